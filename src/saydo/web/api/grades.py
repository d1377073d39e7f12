"""Admiralty grades: whether the case uses them, what was given, and giving them."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field

from saydo import desk
from saydo.model.errors import InputError
from saydo.model.grading import CLAIM_GRADES, SOURCE_GRADES, Graded
from saydo.web.api.decisions import Written
from saydo.web.deciding import judging
from saydo.web.errors import missing
from saydo.web.room import Room

router = APIRouter(tags=["grades"])
SourceGrade = Literal["A", "B", "C", "D", "E", "F"]
ClaimGrade = Literal["1", "2", "3", "4", "5", "6"]
Why = Annotated[str, Field(description="The reason, for those who come after.", max_length=1000)]


class Scales(BaseModel):
    """What the grades say, and whether the case uses them."""

    on: bool
    sources: dict[str, str]
    claims: dict[str, str]


class GradeOf(BaseModel):
    """A grade, and the decision that gave it."""

    grade: str
    words: str
    decision: int
    who: str
    at: str
    why: str
    whole: bool
    """Of a source: whether it is that of the publisher with all its reports."""


class GradesOf(BaseModel):
    """The grades in one report."""

    source: GradeOf | None
    claims: dict[str, GradeOf]
    """By id of the finding."""


class Using(BaseModel, extra="forbid"):
    """Whether grades are shown and given."""

    on: bool
    why: Why = ""


class GradingSource(BaseModel, extra="forbid"):
    """How far a source is relied on: name a publisher, or a report."""

    grade: SourceGrade
    publisher: str = ""
    report: str = ""
    why: Why = ""


class GradingClaim(BaseModel, extra="forbid"):
    """How far a claim is believed: name a report and a finding in it, or a discrepancy."""

    grade: ClaimGrade
    document: str = ""
    finding: str = ""
    discrepancy: str = ""
    why: Why = ""


@router.get("/grades", name="api_grades")
def scales(request: Request) -> Scales:
    """What the grades say, and whether the case uses them."""
    with Room.of(request).open() as store:
        on = store.grading()
    return Scales(on=on, sources=dict(SOURCE_GRADES), claims=dict(CLAIM_GRADES))


@router.get("/grades/report", name="api_grades_of_report")
def of_report(request: Request, id: Annotated[str, Query(description="The report's id.")]) -> GradesOf:
    """The grades of a report's source and of its findings; none where the case does not use them."""
    with Room.of(request).open() as store:
        view = desk.report_view(store, id)
        if view is None:
            raise missing(f"the case has no report {id!r}")
        grades = desk.grades(store, (id,), ((id, card.id) for card in view.findings))
    source = grades.source(id)
    claims = {finding: _grade(graded) for (_, finding), graded in grades.claims.items()}
    return GradesOf(source=_grade(source) if source else None, claims=claims)


@router.post("/grades/use", name="api_use_grades")
def use(request: Request, sent: Using) -> Written:
    """Turns grades on or off in the case; those that were given are kept."""
    with judging(request) as judge:
        return Written(numbers=[judge.use_grades(sent.on, sent.why)])


@router.post("/grades/source", name="api_grade_source")
def grade_source(request: Request, sent: GradingSource) -> Written:
    """Grades a publisher with all its reports, or one report."""
    if bool(sent.publisher) == bool(sent.report):
        raise InputError("name a publisher or a report, one of the two")
    with judging(request) as judge:
        if sent.publisher:
            return Written(numbers=[judge.grade_publisher(sent.publisher, sent.grade, sent.why)])
        return Written(numbers=[judge.grade_source(sent.report, sent.grade, sent.why, whole=False)])


@router.post("/grades/claim", name="api_grade_claim")
def grade_claim(request: Request, sent: GradingClaim) -> Written:
    """Grades a finding or a discrepancy."""
    if bool(sent.discrepancy) == bool(sent.document and sent.finding):
        raise InputError("name a finding by its report and id, or a discrepancy, one of the two")
    with judging(request) as judge:
        if sent.discrepancy:
            return Written(numbers=[judge.grade_discrepancy(sent.discrepancy, sent.grade, sent.why)])
        ref = desk.Ref(sent.document, sent.finding)
        return Written(numbers=[judge.grade_claim(ref, sent.grade, sent.why)])


def _grade(graded: Graded) -> GradeOf:
    d = graded.decision
    return GradeOf(
        grade=graded.grade, words=graded.words, decision=d.number, who=d.who, at=d.at, why=d.why,
        whole=graded.whole,
    )  # fmt: skip
