"""``saydo codebook``: look at the codebook, test it, and see what a change to it does to a case."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Annotated

import typer

from saydo.cli.options import Case, CodebookFolder, ReaderName, Threads

app = typer.Typer(
    name="codebook",
    help="Look at the codebook, test it, compare it.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Entries = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[ENTRY]…", help="Only these: ASSAULT, ASSAULT.aerial, ties/command, human_rights."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


@app.command(short_help="Show entries of the codebook.")
def show(context: typer.Context, entries: Entries = None, codebook: CodebookFolder = None) -> None:
    """Show entries of the codebook: what they mean, what they look for, and examples; without ENTRY, list
    what there is."""
    from saydo import desk
    from saydo.cli.told import told

    with told(context.find_root().obj):
        book = desk.load_codebook(codebook)
        if not entries:
            for room, ids in desk.rooms_of(book).items():
                typer.echo(f"{room}: {', '.join(ids) if room in desk.SHOWN else f'{len(ids)} entries'}")
            return
        blocks = [
            "\n".join(desk.describe(book, *found))
            for name in entries
            for found in desk.find_entries(book, name)
        ]
        typer.echo("\n\n".join(blocks))


@app.command(short_help="Try the example sentences of the codebook.")
def test(
    context: typer.Context,
    entries: Entries = None,
    codebook: CodebookFolder = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Saydo's own entries as well as those in DIR.")
    ] = False,
    reader: ReaderName = "en",
    as_json: Json = False,
) -> None:
    """Try the example sentences of the codebook: each must be coded, or left alone, as its entry says. With
    --codebook only the entries in DIR are tried. What fails is printed, and the exit code is 1."""
    from saydo import desk
    from saydo.cli.told import FAILED, told

    with told(context.find_root().obj):
        book = desk.load_codebook(codebook)
        only: Iterable[tuple[str, str]] | None = None
        if entries:
            only = [(room, id) for name in entries for room, id, _ in desk.find_entries(book, name)]
        elif codebook is not None and not everything:
            only = book.added
        if _report(desk.try_examples(book, desk.load_reader(reader, 1, book), only=only), as_json):
            raise typer.Exit(FAILED)


def _report(trials: Iterable, as_json: bool) -> int:  # type: ignore[type-arg]
    """Prints what fails (with ``as_json`` every trial) and a summary; gives the number of failures."""
    from saydo.cli.told import say

    tried = failed = 0
    for trial in trials:
        tried += 1
        failed += not trial.holds
        if as_json:
            typer.echo(json.dumps(trial.as_json(), ensure_ascii=False))
        elif not trial.holds:
            typer.echo(
                f"{trial.room}/{trial.entry}: “{trial.example.text}” expected {trial.expected}; "
                f"found {trial.found}"
            )
    if not tried:
        say("there is no example sentence to try; write some under positive and negative")
    else:
        say(f"{tried} examples tried, {failed or 'none'} failed")
    return failed


@app.command(short_help="See what another codebook does to a case.")
def diff(
    context: typer.Context,
    case: Case,
    codebook: CodebookFolder = None,
    reader: ReaderName = "en",
    threads: Threads = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Everything as one JSON object.")] = False,
) -> None:
    """See what another codebook does to a case: which events, ties and statements appear, vanish or change,
    with their sentences. The reports are coded anew; the case itself stays as it is. Without --codebook the
    case is compared with saydo's own codebook."""
    from saydo.cli import comparing
    from saydo.cli.told import told

    with told(context.find_root().obj):
        comparing.compare(case, codebook, reader, threads, as_json)
