"""``saydo example``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Folder = Annotated[
    Path, typer.Argument(metavar="DIR", help="Folder to write them to; it must be new or empty.")
]


def example(context: typer.Context, folder: Folder = Path("alay-corridor")) -> None:
    """Write the example reports, to try saydo on: 35 reports on a conflict that was invented, with gaps
    between words and conduct planted in them."""
    from saydo.cli.told import say, told
    from saydo.desk.fiction import put_example

    with told(context.obj, "stopped"):
        count = put_example(folder)
        say(f"wrote {count} files to {folder}; everything in them is invented")
