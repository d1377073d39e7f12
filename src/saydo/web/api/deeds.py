"""Words and deeds: speakers and their tallies, discrepancies with both poles, commitments, dossiers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel

from saydo import desk
from saydo.model import records
from saydo.model.choices import Decision
from saydo.model.deeds import OUTCOMES, SpeakerLine
from saydo.model.errors import InputError
from saydo.web import paging
from saydo.web.api.answers import At, Limit, Listed, letter, listed
from saydo.web.deeds_asked import AskedDeeds
from saydo.web.errors import missing
from saydo.web.room import Room

router = APIRouter(tags=["words and deeds"])


class SpeakerOf(BaseModel):
    """Somebody whose words were held against what was done."""

    actor: str
    name: str
    kept: int
    broken: int
    open: int
    discrepancies: int


class CommitmentOf(BaseModel):
    """What became of a pledge."""

    document: str
    statement: str
    """Id of the pledge in the record of that report."""
    actor: str
    name: str
    outcome: str
    against: list[tuple[str, str]]
    """Report and id of the conduct that kept or broke it."""


class VerdictOf(BaseModel):
    """A decision on a discrepancy."""

    number: int
    at: str
    who: str
    kind: str
    """uphold, reject, unclear, or undo."""
    why: str
    undoes: int | None
    undone_by: int | None


class JudgedOf(BaseModel):
    """A discrepancy with the verdict that holds of it; null where nobody decided."""

    discrepancy: records.Discrepancy
    verdict: VerdictOf | None


class PassageOf(BaseModel):
    """A passage in context. Offsets are code points into the report's text."""

    document: str
    finding: str
    """Empty where the latest coding finds nothing on the words any more."""
    title: str | None
    publisher: str | None
    date: str | None
    url: str | None
    quote: str
    before: str
    after: str
    start: int
    end: int
    text_sha256: str
    coded: list[str]
    source_grade: str | None
    """A to F; null where nobody gave one, or the case does not use grades."""
    claim_grade: str | None
    """1 to 6."""


class StepOf(BaseModel):
    """What leads from one passage to the other."""

    kind: str
    """time, tie, merge or also (another finding that it rests on)."""
    line: str
    passages: list[PassageOf]


class WholeDiscrepancy(BaseModel):
    """A discrepancy with all that bears on it."""

    id: str
    kind: str
    speaker: str | None
    speaker_name: str
    basis: str
    field: str
    explanation: str
    score: float
    needs_review: bool
    rejected: bool
    statement: PassageOf
    against: list[PassageOf]
    steps: list[StepOf]
    others: list[str]
    """Ids of other discrepancies with the same statement."""
    verdict: VerdictOf | None
    grade: str | None
    """1 to 6: how far it is believed that they stand against each other."""
    history: list[VerdictOf]


class DossierOf(BaseModel):
    """A dossier as Markdown with footnotes."""

    title: str
    discrepancies: int
    cut: bool
    """Whether more pass than it holds."""
    markdown: str
    next: str | None
    """Handed back as `at` it gives the part that follows; null at the end."""


@router.get("/speakers")
def speakers(request: Request, at: At = "", limit: Limit = 100) -> Listed[SpeakerOf]:
    """Speakers, those with most discrepancies first."""
    with Room.of(request).open() as store:
        found = store.speakers(paging.decode(at), limit)
    return listed(found, _speaker)


@router.get("/speaker")
def speaker(request: Request, actor: Annotated[str, Query(description="Id in the case.")]) -> SpeakerOf:
    """One actor's tallies."""
    with Room.of(request).open() as store:
        found = store.speaker(actor)
    if found is None:
        raise missing(f"the case has no actor {actor!r}")
    return _speaker(found)


@router.get("/commitments")
def commitments(
    request: Request,
    actor: Annotated[str, Query(description="Only of this speaker.")] = "",
    outcome: Annotated[str, Query(description="kept, broken or open.")] = "",
    at: At = "",
    limit: Limit = 100,
) -> Listed[CommitmentOf]:
    """Pledges and what became of them."""
    if outcome and outcome not in OUTCOMES:
        raise InputError(f"{outcome!r} is no outcome; say one of: {', '.join(OUTCOMES)}")
    with Room.of(request).open() as store:
        found = store.commitments_page(actor or None, outcome or None, paging.decode(at), limit)
    return listed(
        found,
        lambda c: CommitmentOf(
            document=c.document, statement=c.statement, actor=c.speaker, name=c.speaker_name,
            outcome=c.outcome, against=list(c.against),
        ),
    )  # fmt: skip


@router.get("/deeds")
def judged(request: Request, asked: AskedDeeds) -> Listed[JudgedOf]:
    """Discrepancies by kind, basis, dates, speaker and verdict, strongest first."""
    with Room.of(request).open() as store:
        found = store.deeds_page(asked.where, asked.cursor, asked.limit)
        lines = {line.id: line.verdict for line in desk.discrepancy_lines(store, found.items)}
    return listed(found, lambda d: JudgedOf(discrepancy=d, verdict=_verdict(lines[d.id])))


@router.get("/discrepancy")
def whole_discrepancy(request: Request, id: Annotated[str, Query(description="Its id.")]) -> WholeDiscrepancy:
    """One discrepancy, rejected ones included, with passages, steps and verdicts."""
    with Room.of(request).open() as store:
        file = desk.discrepancy_file(store, id)
        grades = desk.file_grades(store, (file,)) if file else desk.NO_GRADES
    if file is None:
        raise missing(f"the case has no discrepancy {id!r}")
    v = file.view
    undone = {d.number: by for d, by in file.history}
    return WholeDiscrepancy(
        id=v.id, kind=v.kind, speaker=v.speaker, speaker_name=v.speaker_name, basis=v.basis, field=v.field,
        explanation="".join(word.text for word in file.explanation), score=v.score,
        needs_review=v.needs_review, rejected=file.rejected, statement=_passage(file.said, grades),
        against=[_passage(p, grades) for p in file.against], grade=letter(grades.discrepancy(v.id)),
        steps=[
            StepOf(kind=s.kind, line=s.line, passages=[_passage(p, grades) for p in s.passages])
            for s in file.steps
        ],
        others=[line.id for line in file.others], verdict=_verdict(v.verdict, undone),
        history=[_made(d, by) for d, by in file.history],
    )  # fmt: skip


@router.get("/dossier")
def whole_dossier(request: Request, asked: AskedDeeds) -> DossierOf:
    """A dossier of an actor, of discrepancies or of a filter."""
    room = Room.of(request)
    with room.open() as store:
        made = desk.dossier(store, room.name, asked.where, tuple(asked.id), asked.cursor)
    return DossierOf(
        title=made.title, discrepancies=len(made.files), cut=made.cut, markdown=desk.markdown(made),
        next=paging.encode(made.following),
    )  # fmt: skip


def _speaker(s: SpeakerLine) -> SpeakerOf:
    return SpeakerOf(
        actor=s.speaker, name=s.name, kept=s.kept, broken=s.broken, open=s.open, discrepancies=s.discrepancies
    )


def _passage(p: desk.ContextPassage, grades: desk.Grades) -> PassageOf:
    h = p.view.heading
    return PassageOf(
        document=h.id, finding=p.view.finding, title=h.title, publisher=h.publisher, date=h.date, url=p.url,
        quote="".join(piece.text for piece in p.view.segments), before=p.before, after=p.after, start=p.start,
        end=p.end, text_sha256=p.text_sha256, coded=list(p.view.coded),
        source_grade=letter(grades.source(h.id)), claim_grade=letter(grades.claim(h.id, p.view.finding)),
    )  # fmt: skip


def _verdict(d: Decision | None, undone: dict[int, int | None] | None = None) -> VerdictOf | None:
    return _made(d, (undone or {}).get(d.number)) if d else None


def _made(d: Decision, undone_by: int | None) -> VerdictOf:
    return VerdictOf(
        number=d.number, at=d.at, who=d.who, kind=d.kind, why=d.why, undoes=d.undoes, undone_by=undone_by
    )
