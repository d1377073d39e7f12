"""``saydo codebook diff``: the findings of a case before and after a change of the codebook."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import typer

from saydo import desk
from saydo.cli.bars import bar
from saydo.cli.told import SKIPPED, say

_MARKS = {"appears": "+", "vanishes": "-", "changes": "~"}
_USUAL = ("actual", "positive", "current")
"""What goes without saying of a finding."""


def compare(case: Path, folder: Path | None, reader: str, threads: int, as_json: bool) -> None:
    """Prints what differs; exit code 3 where reports could not be coded."""
    codebook = desk.load_codebook(folder)
    with closing(desk.open_case(case)) as store, bar() as progress:
        found = desk.diff_codebook(
            store, desk.load_reader(reader, threads, codebook), codebook, progress=progress
        )
    if as_json:
        typer.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
    else:
        _print(found)
    if found.failures:
        say(f"{len(found.failures)} reports could not be coded with this codebook:")
        for failure in found.failures:
            typer.echo(f"  {failure.document}: {failure.reason}", err=True)
        raise typer.Exit(SKIPPED)


def _print(found: desk.CodebookDiff) -> None:
    for change in found.changes:
        typer.echo(f"{_MARKS[change.change]} {change.type}  {change.document}: {change.sentence}")
        for field in change.fields:
            if field.name in ("type", "kind") and change.change != "changes":
                continue
            if change.change == "changes":
                typer.echo(f"    {field.name}: {field.before or '–'} → {field.after or '–'}")
            elif (field.before or field.after) not in _USUAL:
                typer.echo(f"    {field.name}: {field.before or field.after}")
    moved = [total for total in found.totals if total.before != total.after]
    for total in moved:
        typer.echo(f"{total.table} {total.type}: {total.before} → {total.after}")
    kinds = [sum(change.change == kind for change in found.changes) for kind in _MARKS]
    say(
        f"{found.documents} reports, codebook {found.before} → {found.after}: "
        f"appear {kinds[0]}, vanish {kinds[1]}, change {kinds[2]}"
    )
