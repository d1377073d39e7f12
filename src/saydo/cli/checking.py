"""Prints what a check of a case found, and heads of logs."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import typer

from saydo import desk
from saydo.cli.bars import bar
from saydo.cli.told import FAULTY, say
from saydo.model.audit import Checked

_MOST_SHOWN = 50
"""Faults that are printed for a person; ``--json`` has them all."""


def head(case: Path, output: Path | None) -> None:
    """Prints the head, or writes it to a file."""
    with closing(desk.open_case(case)) as store:
        held = desk.case_head(store)
    if output is None:
        typer.echo(f"{held.number}:{held.hash} {held.at}")
        return
    with desk.whole_file(output) as out:
        out.write(desk.head_file(case.resolve().name, held))
    say(f"wrote {output}: the head of {held.number:,} entries; keep it where the case is not")


def export(case: Path, output: Path) -> None:
    """Writes the log."""
    held = desk.export_log(case, output)
    say(f"wrote {output}: {held.number:,} entries, head {held.number}:{held.hash}")


def pages(case: Path, output: Path) -> None:
    """Writes the captured pages."""
    made, reports = desk.export_pages(case, output)
    say(f"wrote {output}: {made:,} captured pages; the case has {reports:,} reports")


def back_up(case: Path, output: Path) -> None:
    """Writes a backup."""
    with bar() as progress:
        made = desk.back_up(case, output, progress)
    say(f"wrote {output}: {made.files:,} files; head of the log {made.head.number}:{made.head.hash}")


def restore(backup: Path, case: Path) -> None:
    """Restores a backup and checks the case."""
    with bar() as progress:
        made = desk.restore(backup, case, progress)
        found = desk.verify_case(case, [made.head], progress=progress)
    say(f"restored {case}: {made.files:,} files")
    tell(found, 1, True)
    if found.faults:
        raise typer.Exit(FAULTY)


def verify(case: Path, heads: tuple[str, ...], originals: bool, as_json: bool) -> None:
    """Checks a case and says what was found."""
    known = [desk.known_head(given) for given in heads]
    with bar() as progress:
        found = desk.verify_case(case, known, originals=originals, progress=progress)
    if as_json:
        held = {**found._asdict(), "head": found.head._asdict() if found.head else None}
        held["faults"] = [fault._asdict() for fault in found.faults]
        typer.echo(json.dumps(held, ensure_ascii=True))
    else:
        tell(found, len(known), originals)
    if found.faults:
        raise typer.Exit(FAULTY)


def tell(found: Checked, heads: int, originals: bool) -> None:
    """What was found, for a person."""
    for fault in found.faults[:_MOST_SHOWN]:
        typer.echo(fault.line.encode("utf-8", "replace"))
    if len(found.faults) > _MOST_SHOWN:
        typer.echo(f"… and {len(found.faults) - _MOST_SHOWN:,} more: see them with --json")
    if found.faults:
        say(f"{len(found.faults):,} faults; the case is not what it was")
        return
    read = f", {found.originals:,} originals" if originals else "; originals were not read"
    typer.echo(
        f"Holds: {found.entries:,} entries of the log since {found.since}, {found.reports:,} reports, "
        f"{found.decisions:,} decisions, {found.runs:,} runs{read}."
    )
    if found.adopted:
        typer.echo(f"The first {found.adopted:,} entries are of what was there when the log began.")
    if heads:
        typer.echo("Nothing before the head that was kept was changed.")
    else:
        typer.echo(
            "Without a head kept elsewhere, a log written anew as a whole cannot be told: --head FILE."
        )
