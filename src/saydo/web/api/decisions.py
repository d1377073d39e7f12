"""Decisions of people: those that were made, making them, and taking them back."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field

from saydo import desk
from saydo.model.choices import Decision
from saydo.model.lookups import Slice
from saydo.model.standing import State, What
from saydo.model.waiting import LogFilter, Logged, QueueFilter
from saydo.web import paging
from saydo.web.api.answers import At, Limit, Listed, Since, Until, listed
from saydo.web.deciding import judging, reviewing, undo, weigh
from saydo.web.room import Room

router = APIRouter(tags=["decisions"])
Why = Annotated[str, Field(description="The reason, for those who come after.", max_length=1000)]


class FindingRef(BaseModel, extra="forbid"):
    """A finding: the id of its report and its id in the record."""

    document: str
    finding: str


class Deciding(BaseModel, extra="forbid"):
    """A decision about findings, all in one step."""

    decision: Literal["accept", "reject", "flag"]
    findings: list[FindingRef] = Field(min_length=1, max_length=desk.MOST_AT_ONCE)
    why: Why = ""


class Correcting(BaseModel, extra="forbid"):
    """What is otherwise about a finding. What is left out or null stays as it is."""

    document: str
    finding: str
    type: str | None = Field(default=None, description="Type of an event or tie, kind of a statement.")
    mode: str | None = None
    by: list[str] | None = Field(default=None, description="Mention ids: who does it, says it, or `from`.")
    to: list[str] | None = Field(default=None, description="Mention ids: to whom.")
    since: str | None = None
    until: str | None = None
    place: int | None = Field(default=None, description="Index into the record's places; -1 for none.")
    polarity: Literal["positive", "negative"] | None = None
    realis: Literal["actual", "historical", "future", "hypothetical"] | None = None
    state: Literal["current", "ended", "unknown"] | None = None
    role: str | None = None
    killed: str | None = Field(default=None, description="A number: 12, 10-12 or 12+; empty for none.")
    injured: str | None = None
    weapon: str | None = Field(default=None, description="Mention id; empty for none.")
    why: Why = ""

    @property
    def filled(self) -> desk.Filled:
        """As the desk takes it."""
        place = None if self.place is None else "" if self.place < 0 else str(self.place)
        return desk.Filled(
            kind=self.type, mode=self.mode, by=None if self.by is None else tuple(self.by),
            to=None if self.to is None else tuple(self.to), since=self.since, until=self.until, place=place,
            polarity=self.polarity, realis=self.realis, state=self.state, role=self.role,
            killed=self.killed, injured=self.injured, weapon=self.weapon,
        )  # fmt: skip


class Adding(Correcting):
    """A finding that the coder did not make, on words of a report."""

    finding: str = Field(default="", max_length=0)
    what: Literal["event", "tie", "statement"]
    start: int = Field(ge=0, description="Code points into the report's text.")
    end: int = Field(ge=1)


class Undoing(BaseModel, extra="forbid"):
    """Decisions to be taken back."""

    numbers: list[int] = Field(min_length=1, max_length=desk.MOST_AT_ONCE)
    why: Why = ""


class Pairing(BaseModel, extra="forbid"):
    """Whether two actors are one."""

    one: str = Field(description="An actor: id or name; or the id of an open question.")
    other: str = Field(description="The other one; of a question the number of a candidate, or `all`.")
    same: bool
    report: str | None = Field(default=None, description="The first one only as this report means it.")
    why: Why = ""


class Judging(BaseModel, extra="forbid"):
    """What a discrepancy is worth."""

    discrepancy: str = Field(description="Its id; it may be one that is rejected.")
    verdict: Literal["uphold", "reject", "unclear"]
    why: Why = ""


class Written(BaseModel):
    """Numbers of the decisions as they were written down."""

    numbers: list[int]


class LoggedDecision(BaseModel):
    """A decision and what became of it."""

    decision: Decision
    undone_by: int | None
    lost: bool


class WaitingFinding(BaseModel):
    """A finding on which nobody decided yet."""

    document: str
    what: What
    finding: str
    type: str
    score: float
    weight: int


class SettledFinding(BaseModel):
    """What was decided about a finding."""

    document: str
    what: What
    finding: str
    state: State
    decision: int
    proposal: list[tuple[str, str, str]] = Field(
        description="Field, as the person left it, as the coder has it now."
    )


@router.get("/decisions")
def decisions(
    request: Request,
    who: Annotated[str, Query(description="Only by this person.")] = "",
    kind: Annotated[list[str] | None, Query(description="Only of these kinds.")] = None,
    report: Annotated[str, Query(description="Only on findings of this report: its id.")] = "",
    since: Since = "",
    until: Until = "",
    at: At = "",
    limit: Limit = 100,
) -> Listed[LoggedDecision]:
    """Who decided what, when and why, the latest first."""
    where = LogFilter(
        who=who or None, kinds=tuple(kind or ()), document=report or None,
        since=desk.bound(since, last=False) if since else None,
        until=desk.bound(until, last=True) if until else None,
    )  # fmt: skip
    with Room.of(request).open() as store:
        found: Slice[Logged] = store.log(where, paging.decode(at), limit)
    return listed(found, lambda d: LoggedDecision(decision=d.decision, undone_by=d.undone_by, lost=d.lost))


@router.get("/review")
def waiting(
    request: Request,
    what: Annotated[list[What] | None, Query(description="Only these sorts.")] = None,
    kind: Annotated[list[str] | None, Query(description="Only these types or kinds.")] = None,
    actor: Annotated[str, Query(description="Only with this actor: its id in the case.")] = "",
    rule: Annotated[str, Query(description="Only what this rule coded.")] = "",
    report: Annotated[str, Query(description="Only from this report: its id.")] = "",
    order: Annotated[Literal["doubt", "weight"], Query(description="What comes first.")] = "doubt",
    since: Since = "",
    until: Until = "",
    at: At = "",
    limit: Limit = 100,
) -> Listed[WaitingFinding]:
    """Findings on which nobody decided yet."""
    where = QueueFilter(
        what=tuple(dict.fromkeys(what)) if what else ("event", "tie", "statement"), kinds=tuple(kind or ()),
        actor=actor or None, rule=rule or None, document=report or None, order=order,
        since=desk.bound(since, last=False) if since else None,
        until=desk.bound(until, last=True) if until else None,
    )  # fmt: skip
    with Room.of(request).open() as store:
        found = store.queue(where, paging.decode(at), limit)
    return listed(
        found,
        lambda w: WaitingFinding(
            document=w.document, what=w.what, finding=w.finding, type=w.kind, score=w.score, weight=w.weight
        ),
    )


@router.get("/reviewed")
def reviewed(
    request: Request,
    state: Annotated[list[State] | None, Query(description="None: those with a proposal.")] = None,
    report: Annotated[str, Query(description="Only from this report: its id.")] = "",
    at: At = "",
    limit: Limit = 100,
) -> Listed[SettledFinding]:
    """Findings on which somebody decided, the latest decision first."""
    with Room.of(request).open() as store:
        found = store.settled(tuple(state or ()), report or None, paging.decode(at), limit)
    return listed(
        found,
        lambda s: SettledFinding(
            document=s.document, what=s.what, finding=s.finding, state=s.state, decision=s.decision.number,
            proposal=list(s.proposal),
        ),
    )  # fmt: skip


@router.post("/decisions", name="api_decide")
def decide(request: Request, sent: Deciding) -> Written:
    """Accepts, rejects or flags findings, all in one step."""
    with judging(request) as judge:
        numbers = judge.decide(
            sent.decision, [desk.Ref(f.document, f.finding) for f in sent.findings], sent.why
        )
    return Written(numbers=list(numbers))


@router.post("/decisions/undo", name="api_undo")
def take_back(request: Request, sent: Undoing) -> Written:
    """Cancels decisions; what they did is done no more. Nothing is deleted."""
    return Written(numbers=list(undo(request, sent.numbers, sent.why)))


@router.post("/verdicts", name="api_verdict")
def give_verdict(request: Request, sent: Judging) -> Written:
    """Gives a verdict on a discrepancy; lists follow at once, the rest when the case is weighed."""
    with judging(request) as judge:
        number = judge.verdict(sent.discrepancy, sent.verdict, sent.why)
    return Written(numbers=[number])


@router.post("/corrections", name="api_correct")
def correct(request: Request, sent: Correcting) -> Written:
    """Corrects a finding; it stays so when the reports are coded anew."""
    with judging(request) as judge:
        number = judge.correct(desk.Ref(sent.document, sent.finding), desk.correction(sent.filled), sent.why)
    return Written(numbers=[number])


@router.post("/findings", name="api_add")
def add(request: Request, sent: Adding) -> Written:
    """Adds a finding on words of a report."""
    make = desk.addition(sent.what, (sent.start, sent.end), sent.filled)
    with judging(request) as judge:
        number = judge.add(sent.document, make, sent.why)
    return Written(numbers=[number])


@router.post("/merges", name="api_merge")
def merge(request: Request, sent: Pairing) -> Written:
    """Decides that two actors are one, or are not; the case is weighed at once."""
    with reviewing(request) as reviewer:
        how = reviewer.same if sent.same else reviewer.apart
        made = how(sent.one, sent.other, sent.why, sent.report)
    return Written(numbers=[m.decision.number for m in made])


@router.post("/weigh", name="api_weigh")
def weigh_again(request: Request) -> dict[str, bool]:
    """Weighs the case where decisions changed what was coded."""
    return {"weighed": weigh(request)}
