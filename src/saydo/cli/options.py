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
Workers = Annotated[
    int,
    typer.Option(
        "--workers",
        min=1,
        metavar="N",
        help="Processes that code at the same time, about 700 MB each; what comes out is the same.",
    ),
]
Since = Annotated[
    str | None,
    typer.Option("--since", metavar="DATE", help="Only from then on: 2019, 2019-05 or 2019-05-09."),
]
Until = Annotated[
    str | None, typer.Option("--until", metavar="DATE", help="Only up to then, the whole of it.")
]
