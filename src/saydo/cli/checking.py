"""Prints what a check of a case found, and heads of logs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import typer

from saydo import desk
from saydo.cli.bars import bar
from saydo.cli.told import FAULTY, say
from saydo.model.audit import Checked, Fault
from saydo.model.errors import InputError

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


def copy(source: Path, target: Path) -> None:
    """Copies a case and checks the copy."""
    with bar() as progress:
        made = desk.copy_case(source, target, progress)
        found = desk.verify_case(target, [made.head], progress=progress)
    what = f"{made.rows:,} rows, {made.originals:,} originals"
    say(f"copied {desk.shown(source)} to {desk.shown(target)}: {what}")
    tell(found, 1, True)
    if found.faults:
        raise typer.Exit(FAULTY)


def stamp(case: Path, authority: str | None, request: Path | None, answer: Path | None) -> None:
    """Has the head stamped. Raises InputError unless exactly one way is given."""
    if sum(way is not None for way in (authority, request, answer)) != 1:
        raise InputError("say one of --authority URL, --request FILE.tsq and --answer FILE.tsr")
    if request is not None:
        kept, query = desk.request_stamp(case)
        with desk.whole_bytes(request) as out:
            out.write(query)
        say(f"wrote {request} for the head in {kept}; hand the authority's answer back with --answer")
        return
    if answer is not None:
        made = desk.keep_stamp(case, _bytes(answer))
    else:
        made = desk.stamp(case, authority or "")
    say(f"{made.name} was stamped at {made.at}; check it with: saydo verify --roots FILE.pem --case {case}")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); give the authority's answer") from None


def verify(
    case: Path, heads: tuple[str, ...], roots: tuple[Path, ...], originals: bool, as_json: bool
) -> None:
    """Checks a case and says what was found."""
    known = [desk.known_head(given) for given in heads]
    stamps = desk.check_stamps(case, roots)
    known += [each.head for each in stamps if each.head is not None]
    with bar() as progress:
        found = desk.verify_case(case, known, originals=originals, progress=progress)
    wrong = tuple(Fault("stamp", each.name, each.fault) for each in stamps if each.fault)
    found = found._replace(faults=(*found.faults, *wrong))
    if as_json:
        held = {**found._asdict(), "head": found.head._asdict() if found.head else None}
        held["faults"] = [fault._asdict() for fault in found.faults]
        held["stamps"] = [{**each._asdict(), "head": each.head and each.head._asdict()} for each in stamps]
        typer.echo(json.dumps(held, ensure_ascii=True))
    else:
        tell(found, len(heads), originals, stamps)
    if found.faults:
        raise typer.Exit(FAULTY)


def tell(found: Checked, heads: int, originals: bool, stamps: Sequence[desk.Stamp] = ()) -> None:
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
    for each in stamps:
        number = f"The head of entry {each.head.number:,}" if each.head else each.name
        told = f"stamped at {each.at}, signed by whom you trust" if each.signed else f"stamped at {each.at}"
        typer.echo(f"{number}: {'; '.join(filter(None, (told if each.at else '', each.note)))}.")
    if heads:
        typer.echo("Nothing before the head that was kept was changed.")
    else:
        typer.echo(
            "Without a head kept elsewhere, a log written anew as a whole cannot be told: --head FILE."
        )
