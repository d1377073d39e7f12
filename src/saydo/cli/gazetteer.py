"""``saydo gazetteer``: an index of every village."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    name="gazetteer",
    help="Places beyond the built-in ones.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command(short_help="Index a dump of GeoNames, for every village.")
def build(
    context: typer.Context,
    dump: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="A dump of GeoNames: allCountries.txt or XX.txt, also as .zip."),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Where to write the index; the user's folder for data if not given.",
        ),
    ] = None,
) -> None:
    """Index a dump of GeoNames. Commands that code use the index named by the environment variable
    SAYDO_GAZETTEER beside the built-in places."""
    from saydo import desk
    from saydo.cli.bars import bar
    from saydo.cli.told import SKIPPED, say, told

    with told(context.obj, "stopped; nothing was written"):
        path = output or desk.default_gazetteer()
        with bar() as progress:
            built = desk.build_gazetteer(dump, path, progress)
        known = f"; {built.known:,} were built in already" if built.known else ""
        typer.echo(f"{path}: {built.places:,} places{known}. To use it: export SAYDO_GAZETTEER={path}")
        if built.faulty:
            say(f"skipped {built.faulty:,} lines:")
            for fault in built.faults:
                typer.echo(f"  {dump}, line {fault.line}: {fault.reason}", err=True)
            if built.faulty > len(built.faults):
                typer.echo(f"  and {built.faulty - len(built.faults):,} more", err=True)
            raise typer.Exit(SKIPPED)
