"""Review: one small decision a screen, over events, ties and statements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel

from saydo import desk
from saydo.model.errors import InputError
from saydo.model.lookups import Cursor, Slice
from saydo.model.standing import State, What
from saydo.model.store import CaseStore
from saydo.model.waiting import Progress, QueueFilter, Settled
from saydo.web import paging
from saydo.web.deciding import judging, weigh
from saydo.web.entrance import safe_back
from saydo.web.errors import missing
from saydo.web.pages import Page
from saydo.web.rendering import Links, is_fragment, render
from saydo.web.room import Room
from saydo.web.who import who_of

router = APIRouter()
PAGE = Page("review", "Review", 90, router)
AT_HAND = 6
"""Findings sent with a page, so that the next one is there at once."""
SETTLED_PER_PAGE = 20
_EVERY: tuple[What, ...] = ("event", "tie", "statement")
States = Literal["accepted", "rejected", "corrected", "flagged", "added", "proposal"]


class Asked(BaseModel, extra="ignore"):
    """What the review is cut down to."""

    what: Literal["", "event", "tie", "statement"] = ""
    kind: str = ""
    actor: str = ""
    since: str = ""
    until: str = ""
    rule: str = ""
    report: str = ""
    order: Literal["doubt", "weight"] = "doubt"
    state: Literal["", "accepted", "rejected", "corrected", "flagged", "added", "proposal"] = ""
    document: str = ""
    finding: str = ""
    at: str = ""

    def where(self, store: CaseStore) -> QueueFilter:
        """As a filter; an actor may be given by name. Raises InputError."""
        what: tuple[What, ...] = (self.what,) if self.what else _EVERY
        if self.kind and not self.what:
            what = tuple(w for w in _EVERY if self.kind in desk.KINDS[w])
        return QueueFilter(
            what=what,
            kinds=(self.kind,) if self.kind else (),
            actor=_actor(store, self.actor),
            since=desk.bound(self.since, last=False) if self.since else None,
            until=desk.bound(self.until, last=True) if self.until else None,
            rule=self.rule or None,
            document=self.report or None,
            order=self.order,
        )


Question = Annotated[Asked, Query()]


def _actor(store: CaseStore, name: str) -> str | None:
    """The actor that somebody means by an id or a name. Raises InputError where there is none."""
    if not name.strip():
        return None
    held = store.actor(name)
    if held is not None:
        return held.actor.id
    found = store.actors_called(name, None, None, 1).items
    if not found:
        raise InputError(f"no actor of the case is called {name!r}")
    return found[0].actor.id


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """The finding to decide on, those that follow, and what the list is cut down to."""

    items: tuple[desk.ReviewItem, ...]
    asked: Asked
    actor_name: str
    progress: Progress
    rules: tuple[tuple[str, int], ...]
    counts: Mapping[str, int]
    questions: int
    settled: Slice[Settled] | None
    more: str | None
    """Where the list goes on behind the findings that were sent."""
    who: str
    behind: bool
    single: bool
    kinds: Mapping[What, tuple[str, ...]]
    polarities: tuple[str, ...] = desk.POLARITIES
    realis: tuple[str, ...] = desk.REALIS
    states: tuple[str, ...] = desk.STATES

    @property
    def left(self) -> int:
        """How many still wait."""
        return self.progress.total - self.progress.decided


@router.get("/review", name="review")
def show(request: Request, asked: Question) -> Response:
    """The page; htmx and the page's module get the findings alone."""
    with Room.of(request).open() as store:
        page = _page(request, store, asked)
    template = "review_items.html" if is_fragment(request) else "review.html"
    return render(request, template, page, active="review")


def _page(request: Request, store: CaseStore, asked: Asked) -> ReviewPage:
    where = asked.where(store)
    cursor = paging.decode(asked.at)
    settled: Slice[Settled] | None = None
    more: Cursor | None = None
    single = bool(asked.document and asked.finding)
    if single:
        one = desk.review_item(store, asked.document, asked.finding)
        if one is None:
            raise missing(f"Report {asked.document!r} has no finding {asked.finding!r} to decide on.")
        items: tuple[desk.ReviewItem, ...] = (one,)
    elif asked.state:
        states: tuple[State, ...] = () if asked.state == "proposal" else (asked.state,)
        settled = store.settled(states, asked.report or None, cursor, SETTLED_PER_PAGE)
        items = desk.settled_items(store, settled.items)
    else:
        waiting = store.queue(where, cursor, AT_HAND)
        more = waiting.next
        items = desk.queue_items(store, waiting.items)
    fragment = is_fragment(request)
    name = store.names_of([where.actor]).get(where.actor, "") if where.actor else ""
    return ReviewPage(
        items=items,
        asked=asked,
        actor_name=name,
        progress=Progress(0, 0, False) if fragment else store.queue_progress(where),
        rules=() if fragment else store.rules(where),
        counts=store.settled_counts(),
        questions=store.questions_count(),
        settled=settled,
        more=paging.encode(more),
        who=who_of(request),
        behind=store.behind() is not None,
        single=single,
        kinds=desk.KINDS,
    )


@router.post("/review/decide", name="review_decide")
def decide(
    request: Request,
    decision: Annotated[str, Form()],
    document: Annotated[str, Form()],
    finding: Annotated[str, Form()],
    why: Annotated[str, Form()] = "",
    back: Annotated[str, Form()] = "/review",
) -> Response:
    """Accepts, rejects or flags one finding, and goes on."""
    with judging(request) as judge:
        judge.decide(decision, [desk.Ref(document, finding)], why)
    return RedirectResponse(safe_back(request, back), status_code=303)


@dataclass(frozen=True, slots=True)
class Correction:
    """The form of a correction, as it was sent."""

    document: str
    finding: str
    filled: desk.Filled
    why: str
    back: str


async def filled_in(request: Request) -> Correction:
    """Reads the form of a correction: a part that it does not have stays as it is."""
    form = await request.form()

    def text(name: str) -> str | None:
        value = form.get(name)
        return value if isinstance(value, str) else None

    def many(name: str) -> tuple[str, ...] | None:
        if f"has_{name}" not in form:
            return None
        return tuple(value for value in form.getlist(name) if isinstance(value, str) and value)

    filled = desk.Filled(
        kind=text("kind"), mode=text("mode"), by=many("by"), to=many("to"), since=text("since"),
        until=text("until"), place=text("place"), polarity=text("polarity"), realis=text("realis"),
        state=text("state"), role=text("role"), killed=text("killed"), injured=text("injured"),
        weapon=text("weapon"),
    )  # fmt: skip
    return Correction(
        text("document") or "", text("finding") or "", filled, text("why") or "", text("back") or "/review"
    )


@router.post("/review/correct", name="review_correct")
def correct(request: Request, sent: Annotated[Correction, Depends(filled_in)]) -> Response:
    """Puts what somebody filled in in place of what was coded."""
    with judging(request) as judge:
        judge.correct(desk.Ref(sent.document, sent.finding), desk.correction(sent.filled), sent.why)
    return RedirectResponse(safe_back(request, sent.back), status_code=303)


@router.post("/review/settle", name="review_settle")
def settle(
    request: Request,
    document: Annotated[str, Form()],
    finding: Annotated[str, Form()],
    take: Annotated[str, Form()],
    back: Annotated[str, Form()] = "/review",
) -> Response:
    """Answers a proposal of a later coding."""
    with judging(request) as judge:
        judge.settle(desk.Ref(document, finding), take)
    return RedirectResponse(safe_back(request, back), status_code=303)


@router.post("/review/weigh", name="review_weigh")
def weigh_now(request: Request, back: Annotated[str, Form()] = "/review") -> Response:
    """Weighs the case with the decisions made."""
    weigh(request)
    return RedirectResponse(safe_back(request, back), status_code=303)


@dataclass(frozen=True, slots=True)
class BulkPage:
    """What deciding about a whole filter would do."""

    asked: Asked
    decision: str
    total: int
    more: bool
    shown: tuple[desk.ReviewItem, ...]
    who: str
    actor_name: str
    most: int = desk.MOST_AT_ONCE


@router.get("/review/bulk", name="review_bulk")
def preview(request: Request, asked: Question, decision: str = "accept") -> Response:
    """How many findings a decision about the whole filter would touch, and the first of them."""
    if decision not in desk.SIMPLE:
        raise InputError(f"{decision!r} is no decision; say one of: {', '.join(desk.SIMPLE)}")
    with Room.of(request).open() as store:
        where = asked.where(store)
        found = store.queue(where, None, desk.MOST_AT_ONCE)
        shown = desk.queue_items(store, found.items[:8])
        name = store.names_of([where.actor]).get(where.actor, "") if where.actor else ""
    page = BulkPage(asked, decision, len(found.items), found.next is not None, shown, who_of(request), name)
    return render(request, "review_bulk.html", page, active="review")


@router.post("/review/bulk", name="review_bulk_do")
def decide_all(
    request: Request,
    asked: Question,
    decision: Annotated[str, Form()],
    expected: Annotated[int, Form()],
    why: Annotated[str, Form()] = "",
) -> Response:
    """Decides about all findings of the filter in one step; refused where they are others than were shown."""
    with judging(request) as judge:
        with Room.of(request).open() as store:
            found = store.queue(asked.where(store), None, desk.MOST_AT_ONCE).items
        if len(found) != expected:
            raise InputError(
                f"the list has changed: it has {len(found)} findings now, not {expected}; look at it again"
            )
        if found:
            judge.decide(decision, [desk.Ref(f.document, f.finding) for f in found], why)
    return RedirectResponse(Links(request).to("audit"), status_code=303)
