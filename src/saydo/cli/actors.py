"""``saydo actors``: lists of actors of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    name="actors", help="Lists of actors of your own.", no_args_is_help=True, rich_markup_mode=None
)

_SHOWN = 12


@app.callback()
def actors() -> None:
    """Lists of actors of your own."""


@app.command(name="import", short_help="Make codebook entries from a list of actors.")
def import_(
    context: typer.Context,
    source: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="CSV with a header (name, aliases, kind, country, sector, since, until, wikidata), or "
            "FollowTheMoney JSON lines.",
        ),
    ],
    codebook: Annotated[
        Path | None,
        typer.Option("--codebook", metavar="DIR", help="Codebook folder of yours to add the actors to."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="DIR", help="Codebook folder to make anew.")
    ] = None,
) -> None:
    """Make codebook entries from a list of actors: writes DIR/actors/NAME.yaml, which --codebook DIR of the
    other commands then uses. Actors that the codebook knows get the list's names added."""
    from saydo.cli.told import told

    if (codebook is None) == (output is None):
        raise typer.BadParameter(
            "give one of --codebook DIR (a folder that is there) and --output DIR (a new one)"
        )
    folder = codebook or output
    assert folder is not None
    with told(context.obj):
        _import(source, folder, codebook is not None)


def _import(source: Path, folder: Path, there: bool) -> None:
    from saydo import desk
    from saydo.cli.told import FAILED, SKIPPED, say
    from saydo.model.errors import InputError

    if there and not folder.is_dir():
        raise InputError(f"{folder}: no such folder; make a new one with --output {folder}")
    done = desk.import_actors(source, folder)
    if done.unknown_columns:
        say(f"columns not used: {', '.join(done.unknown_columns)}")
    for note in done.notes:
        typer.echo(f"  {source.name}:{note.line}: {note.text}", err=True)
    if done.faults:
        say(f"skipped {len(done.faults)}:")
        for fault in done.faults:
            typer.echo(f"  {source.name}:{fault.line}: {fault.text}", err=True)
    if done.written is None:
        say("no actor in the list could be used; nothing was written")
        raise typer.Exit(FAILED)
    typer.echo(
        f"{done.written}: {_count(done.added, 'new actor')}, {len(done.merged)} merged with the codebook's"
    )
    for name in done.merged[:_SHOWN]:
        typer.echo(f"  merged: {name}")
    if len(done.merged) > _SHOWN:
        typer.echo(f"  and {len(done.merged) - _SHOWN} more")
    if done.passed_over:
        typer.echo(f"  {done.passed_over} entities that are no actors were passed over")
    typer.echo(f"Use them with --codebook {folder}")
    if done.faults:
        raise typer.Exit(SKIPPED)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
