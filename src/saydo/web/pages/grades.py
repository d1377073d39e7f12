"""Grades: whether the case uses them, what they say, and how far each publisher is relied on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel

from saydo import desk
from saydo.model.grading import Graded
from saydo.web.deciding import judging
from saydo.web.entrance import safe_back
from saydo.web.pages import Page
from saydo.web.rendering import render
from saydo.web.room import Room
from saydo.web.who import who_of

router = APIRouter()
PAGE = Page("grades", "Grades", 105, router, in_nav=False)


@dataclass(frozen=True, slots=True)
class GradesPage:
    """The scales, and the publishers with most reports."""

    grades: desk.Grades
    publishers: tuple[tuple[str, int, Graded | None], ...]
    """Name, reports, grade."""
    who: str


@router.get("/grades", name="grades")
def show(request: Request) -> Response:
    """The page."""
    with Room.of(request).open() as store:
        grades = desk.grades(store)
        counted = [(name, n) for name, n in store.intake().publishers if name]
        held = store.publisher_grades(name for name, _ in counted) if grades.on else {}
    rows = tuple((name, n, held.get(name)) for name, n in counted)
    return render(request, "grades.html", GradesPage(grades, rows, who_of(request)), active="settings")


@router.post("/grades/use", name="use_grades")
def use(
    request: Request,
    on: Annotated[bool, Form()] = False,
    why: Annotated[str, Form()] = "",
    back: Annotated[str, Form()] = "/grades",
) -> Response:
    """Turns grades on or off in the case."""
    with judging(request) as judge:
        judge.use_grades(on, why)
    return RedirectResponse(safe_back(request, back), status_code=303)


class Given(BaseModel):
    """A grade of what is named: a publisher, a report, a finding of a report, or a discrepancy."""

    grade: str
    publisher: str = ""
    report: str = ""
    whole: bool = False
    """Whether with the report all others of its publisher are meant."""
    document: str = ""
    finding: str = ""
    discrepancy: str = ""
    why: str = ""
    back: str = "/grades"

    def to(self, judge: desk.Judge) -> None:
        """Writes it down. Raises InputError where the case has no such thing, or nothing is named."""
        if self.publisher:
            judge.grade_publisher(self.publisher, self.grade, self.why)
        elif self.report:
            judge.grade_source(self.report, self.grade, self.why, whole=self.whole)
        elif self.discrepancy:
            judge.grade_discrepancy(self.discrepancy, self.grade, self.why)
        else:
            judge.grade_claim(desk.Ref(self.document, self.finding), self.grade, self.why)


@router.post("/grades/give", name="give_grade")
def give(request: Request, given: Annotated[Given, Form()]) -> Response:
    """How far a source is relied on, or a claim believed."""
    with judging(request) as judge:
        given.to(judge)
    return RedirectResponse(safe_back(request, given.back), status_code=303)
