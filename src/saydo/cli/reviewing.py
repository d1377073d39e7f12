"""``saydo review``: prints questions and decisions, and passes decisions on to the desk."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import closing
from getpass import getuser
from pathlib import Path
from typing import Any, NamedTuple

import typer
from rich.console import Console
from rich.text import Text

from saydo import desk
from saydo.cli.running import block
from saydo.cli.told import say
from saydo.model.choices import Decision
from saydo.model.errors import InputError
from saydo.model.identity import Question


class Deciding(NamedTuple):
    """Who decides in which case."""

    case: Path
    by: str | None
    why: str | None
    codebook: Path | None

    def reviewer(self) -> desk.Reviewer:
        """The case, open to decide in."""
        return desk.Reviewer(self.case, self.by or user(), desk.load_codebook(self.codebook))


def user() -> str:
    """The name that somebody is logged in with. Raises InputError."""
    try:
        return getuser()
    except (OSError, KeyError, ImportError):
        raise InputError("it is not known who you are; give --by NAME") from None


def questions(case: Path, limit: int, as_json: bool) -> None:
    """Prints what waits."""
    with closing(desk.open_case(case)) as store:
        view = store.view()
        listed = view.identities.questions
        if as_json:
            for question in listed[:limit]:
                _json(_question(question))
            return
        console = Console(highlight=False)
        for question in listed[:limit]:
            _print(console, question)
        if listed:
            first = listed[0].id
            say(f"{min(limit, len(listed))} of {len(listed)} questions")
            say(f"answer: saydo review same {first} 1 --case {case}   or: saydo review apart {first} all …")
        else:
            say("nothing waits")


def _print(console: Console, question: Question) -> None:
    where = f" in {len(question.documents)} report(s)" if question.documents else ""
    block(console, 0, Text.assemble((question.id, "bold"), f"  Who is “{question.name}”{where}?"))
    for number, candidate in enumerate(question.candidates, start=1):
        doubt = f" But {candidate.against}." if candidate.against else ""
        reason = candidate.reason[:1].upper() + candidate.reason[1:]
        block(console, 3, Text(f"{number}. {candidate.name} [{candidate.actor}]: {reason}.{doubt}"))


def _question(question: Question) -> dict[str, Any]:
    return {
        **question._asdict(),
        "candidates": [
            {**c._asdict(), "evidence": [s._asdict() for s in c.evidence]} for c in question.candidates
        ],
        "evidence": [s._asdict() for s in question.evidence],
    }


def merges(case: Path, limit: int | None, as_json: bool) -> None:
    """Prints what was taken for one."""
    with closing(desk.open_case(case)) as store:
        view = store.view()
    actors, incidents = view.identities.merges[:limit], view.incidents[:limit]
    if as_json:
        for merge in actors:
            _json({**merge._asdict(), "evidence": [s._asdict() for s in merge.evidence]})
        for incident in incidents:
            _json(incident._asdict())
        return
    console = Console(highlight=False)
    for merge in actors:
        where = f" in {merge.document}" if merge.document else ""
        block(
            console,
            0,
            Text.assemble((f"{merge.merged} is {merge.actor}{where}", "bold"), f": {merge.reason}"),
        )
    for incident in incidents:
        named = ", ".join(f"{document}/{event}" for document, event in incident.members)
        block(console, 0, Text.assemble((f"one {incident.type}: {named}", "bold"), f": {incident.reason}"))
    say(f"{len(view.identities.merges)} merged actors, {len(view.incidents)} incidents of several reports")


def pair(deciding: Deciding, how: str, one: str, other: str, document: str | None) -> None:
    """Decides on two."""
    with deciding.reviewer() as reviewer:
        decide = reviewer.same if how == "same" else reviewer.apart
        _tell(decide(one, other, deciding.why or "", document))


def verdict(deciding: Deciding, discrepancy: str, kind: str) -> None:
    """Gives a verdict."""
    with deciding.reviewer() as reviewer:
        _tell([reviewer.verdict(discrepancy, kind, deciding.why or "")])


def undo(deciding: Deciding, number: int) -> None:
    """Undoes a decision."""
    with deciding.reviewer() as reviewer:
        _tell([reviewer.undo(number, deciding.why or "")])


def _tell(made: Iterable[desk.Made]) -> None:
    for each in made:
        typer.echo(f"decision {each.decision.number}: {_words(each.decision)}")
        if not each.follows:
            say(f"nothing in the case follows from decision {each.decision.number}; it is kept")


def decisions(case: Path, as_json: bool) -> None:
    """Prints what was decided."""
    with closing(desk.open_case(case)) as store:
        held = desk.decisions(store.view())
    if as_json:
        for each in held:
            _json({**each.decision.model_dump(), "undone_by": each.undone_by, "lost": each.lost})
        return
    for each in held:
        d = each.decision
        why = f" ({d.why})" if d.why else ""
        gone = f" — undone by {each.undone_by}" if each.undone_by else ""
        lost = " — matches nothing in the case now" if each.lost and not each.undone_by else ""
        typer.echo(f"{d.number:>4}  {d.at}  {d.who}: {_words(d)}{why}{gone}{lost}")
    say(f"{len(held)} decisions")


def _words(decision: Decision) -> str:
    """A decision in words."""
    if decision.kind == "undo":
        return f"undo {decision.undoes}"
    if decision.kind in ("show-grades", "hide-grades"):
        return decision.kind.replace("-", " ")
    if decision.grade:
        return f"grade {decision.grade}: {_graded(decision)}"
    if decision.discrepancy is not None:
        d = decision.discrepancy
        return f"{decision.kind} the {d.kind} of “{_short(d.statement.words)}” in {d.statement.document}"
    if decision.finding is not None:
        anchor = decision.finding
        did = decision.kind.removesuffix("-finding").replace("-", " ")
        return f"{did} {anchor.type} “{_short(anchor.words)}” in {anchor.document}"
    if decision.events:
        ends = [f"“{_short(e.words)}” in {e.document}" for e in decision.events]
    else:
        ends = [f"{a.name} [{a.id}]" + (f" in {a.document}" if a.document else "") for a in decision.actors]
    is_ = "is" if decision.kind.startswith("same") else "is not"
    return f"{ends[0]} {is_} {ends[1]}"


def _graded(decision: Decision) -> str:
    source, anchor, d = decision.source, decision.finding, decision.discrepancy
    if source is not None:
        return source.publisher or f"report {source.report}"
    if d is not None:
        return f"the {d.kind} of “{_short(d.statement.words)}” in {d.statement.document}"
    return f"{anchor.type} “{_short(anchor.words)}” in {anchor.document}" if anchor else ""


def _short(words: str) -> str:
    return words if len(words) < 60 else words[:59].rpartition(" ")[0] + " …"


def _json(value: dict[str, Any]) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False).encode() + b"\n", nl=False)
