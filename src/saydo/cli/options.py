"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def case_at(named: str) -> Path:
    """The folder of a case that is named by its folder or by an address of PostgreSQL."""
    if not named.startswith(("postgresql:", "postgres:")):
        return Path(named)
    from saydo import desk
    from saydo.model.errors import SaydoError

    try:
        return desk.case_at(named)
    except SaydoError as error:
        raise typer.BadParameter(str(error)) from None


Case = Annotated[
    Path,
    typer.Option(
        "--case",
        metavar="DIR",
        parser=case_at,
        help="Folder of the case, or postgresql://USER@HOST/DATABASE?schema=NAME.",
    ),
]
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
        help="Processes that work at the same time, about 700 MB each; what comes out is the same.",
    ),
]
WeighWorkers = Annotated[
    int,
    typer.Option(
        "--workers",
        min=1,
        metavar="N",
        help="Processes that weigh at the same time, 0.4 to 1.1 GB each; what comes out is the same.",
    ),
]
Engine = Annotated[
    str,
    typer.Option(
        "--engine",
        metavar="ENGINE",
        help="local, or ray: on the Ray cluster of RAY_ADDRESS, or on this machine if that is not set.",
    ),
]
ShardFormat = Annotated[
    str | None, typer.Option("--format", metavar="FORMAT", help="Of shards: jsonl or parquet.")
]
Partition = Annotated[
    str | None,
    typer.Option(
        "--partition", metavar="SPAN", help="A folder of shards for each year, month or day of publication."
    ),
]
ShardSize = Annotated[
    float, typer.Option("--shard-mb", min=0.000001, metavar="MB", help="Input that a shard has, about.")
]
Since = Annotated[
    str | None,
    typer.Option("--since", metavar="DATE", help="Only from then on: 2019, 2019-05 or 2019-05-09."),
]
Until = Annotated[
    str | None, typer.Option("--until", metavar="DATE", help="Only up to then, the whole of it.")
]
