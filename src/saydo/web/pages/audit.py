"""Audit: who decided what, when and why, each with its undoing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from saydo import desk
from saydo.model.audit import Head
from saydo.model.choices import Decision, DecisionKind
from saydo.model.errors import InputError
from saydo.model.grading import Graded
from saydo.model.lookups import Heading, Slice
from saydo.model.standing import described
from saydo.model.waiting import LogFilter, Logged
from saydo.web import paging
from saydo.web.deciding import undo
from saydo.web.entrance import safe_back
from saydo.web.pages import Page
from saydo.web.rendering import render
from saydo.web.room import Room
from saydo.web.who import who_of

router = APIRouter()
PAGE = Page("audit", "Audit", 100, router)
PER_PAGE = 50
KINDS: dict[DecisionKind, str] = {
    "accept-finding": "accepted a finding",
    "reject-finding": "rejected a finding",
    "correct-finding": "corrected a finding",
    "flag-finding": "flagged a finding",
    "add-finding": "added a finding",
    "note": "wrote a note",
    "same-actor": "took two actors for one",
    "not-same-actor": "held two actors apart",
    "same-event": "took two events for one",
    "not-same-event": "held two events apart",
    "uphold": "upheld a discrepancy",
    "reject": "rejected a discrepancy",
    "unclear": "left a discrepancy open",
    "grade-source": "graded a source",
    "grade-claim": "graded a claim",
    "show-grades": "turned grades on",
    "hide-grades": "turned grades off",
    "undo": "took a decision back",
}
"""What somebody did, in words."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A decision in the log, in words."""

    logged: Logged
    did: str
    about: str
    words: str
    """The words of the report that it stands on; empty where it stands on none."""
    heading: Heading | None
    together: int
    """How many decisions of the same step still hold, this one included; 0 where it stands alone."""


@dataclass(frozen=True, slots=True)
class AuditPage:
    """A stretch of the log."""

    entries: tuple[Entry, ...]
    log: Slice[Logged]
    people: tuple[tuple[str, int], ...]
    kinds: dict[DecisionKind, str]
    who: str
    kind: str
    since: str
    until: str
    report: str
    me: str
    head: Head | None
    numbers: Mapping[int, int]
    """Number of a decision → number of its entry in the log of the case."""


@router.get("/audit", name="audit")
def show(
    request: Request,
    who: str = "",
    kind: str = "",
    since: str = "",
    until: str = "",
    report: str = "",
    at: str | None = None,
) -> Response:
    """The page."""
    where = LogFilter(
        who=who or None,
        kinds=(kind,) if kind else (),
        since=desk.bound(since, last=False) if since else None,
        until=desk.bound(until, last=True) if until else None,
        document=report or None,
    )
    with Room.of(request).open() as store:
        log = store.log(where, paging.decode(at), PER_PAGE)
        documents = {d for each in log.items if (d := _document(each.decision))}
        headings = store.headings(documents)
        steps = {d.decision.together for d in log.items if d.decision.together}
        sizes = {step: len(store.step(step)) for step in steps}
        people = store.deciders()
        head = store.audit_head()
        numbers = store.audit_of_decisions(tuple(d.decision.number for d in log.items))
    entries = tuple(
        Entry(
            each,
            KINDS[each.decision.kind],
            about(each.decision),
            _words(each.decision),
            headings.get(_document(each.decision) or ""),
            sizes.get(each.decision.together, 0),
        )
        for each in log.items
    )
    page = AuditPage(
        entries, log, people, KINDS, who, kind, since, until, report, who_of(request), head, numbers
    )
    return render(request, "audit.html", page, active="audit")


@router.post("/audit/undo", name="undo")
def take_back(
    request: Request,
    number: Annotated[int, Form()] = 0,
    together: Annotated[str, Form()] = "",
    why: Annotated[str, Form()] = "",
    back: Annotated[str, Form()] = "/audit",
) -> Response:
    """Undoes one decision, or all of one step that still hold."""
    numbers: tuple[int, ...] = (number,)
    if together:
        with Room.of(request).open() as store:
            numbers = store.step(together)
        if not numbers:
            raise InputError("everything of this step is undone already")
    undo(request, numbers, why)
    return RedirectResponse(safe_back(request, back), status_code=303)


def about(decision: Decision) -> str:
    """What a decision is about, in one line."""
    if decision.undoes is not None:
        return f"decision {decision.undoes}"
    if decision.kind == "note":
        return "a passage"
    if decision.grade:
        return f"{decision.grade}, {Graded(decision.grade, decision).words}: {_graded(decision)}"
    return _said(decision)


def _graded(decision: Decision) -> str:
    source = decision.source
    if source is None:
        return _said(decision)
    return f"{source.publisher}, all its reports" if source.publisher else f"the report {source.report}"


def _said(decision: Decision) -> str:
    if decision.version is not None:
        said = described(decision.version)
        kind = said.pop("kind", "") or said.pop("type", "")
        plain = {"positive", "actual", "unknown", ""}
        return " · ".join([kind.replace("_", " "), *(v for v in said.values() if v not in plain)])
    if decision.discrepancy is not None:
        return f"{decision.discrepancy.kind}: “{decision.discrepancy.statement.words}”"
    if decision.actors:
        return " / ".join(
            anchor.name + (f" (in {anchor.document})" if anchor.document else "")
            for anchor in decision.actors
        )
    return " / ".join(f"{anchor.type} “{anchor.words}”" for anchor in decision.events)


def _document(decision: Decision) -> str | None:
    if decision.source is not None:
        return decision.source.report
    if decision.finding is not None:
        return decision.finding.document
    return decision.discrepancy.statement.document if decision.discrepancy else None


def _words(decision: Decision) -> str:
    return decision.finding.words if decision.finding else ""
