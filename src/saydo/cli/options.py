"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Case = Annotated[Path, typer.Option("--case", metavar="DIR", help="Folder of the case.")]
CodebookFolder = Annotated[
    Path | None,
    typer.Option("--codebook", metavar="DIR", help="Folder of entries that extend or replace saydo's own."),
]
ReaderName = Annotated[
    str,
    typer.Option(
        "--reader",
        metavar="NAME",
        help="Reader: a language, spacy:NAME (a spaCy pipeline or its folder), or MODULE:NAME of your own.",
    ),
]
Threads = Annotated[
    int, typer.Option("--threads", min=1, metavar="N", help="Processor threads of saydo's own reader.")
]
