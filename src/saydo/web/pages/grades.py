"""Grades: whether the case uses them, what they say, and how far each publisher is relied on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

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


@router.post("/grades/source", name="grade_source")
def source(
    request: Request,
    grade: Annotated[str, Form()],
    report: Annotated[str, Form()] = "",
    publisher: Annotated[str, Form()] = "",
    whole: Annotated[bool, Form()] = False,
    why: Annotated[str, Form()] = "",
    back: Annotated[str, Form()] = "/grades",
) -> Response:
    """How far a publisher, or one report, is relied on."""
    with judging(request) as judge:
        if publisher:
            judge.grade_publisher(publisher, grade, why)
        else:
            judge.grade_source(report, grade, why, whole=whole)
    return RedirectResponse(safe_back(request, back), status_code=303)


@router.post("/grades/claim", name="grade_claim")
def claim(
    request: Request,
    document: Annotated[str, Form()],
    finding: Annotated[str, Form()],
    grade: Annotated[str, Form()],
    why: Annotated[str, Form()] = "",
    back: Annotated[str, Form()] = "/grades",
) -> Response:
    """How far a finding is believed."""
    with judging(request) as judge:
        judge.grade_claim(desk.Ref(document, finding), grade, why)
    return RedirectResponse(safe_back(request, back), status_code=303)


@router.post("/grades/discrepancy", name="grade_discrepancy")
def discrepancy(
    request: Request,
    id: Annotated[str, Form()],
    grade: Annotated[str, Form()],
    why: Annotated[str, Form()] = "",
    back: Annotated[str, Form()] = "/grades",
) -> Response:
    """How far a discrepancy is believed."""
    with judging(request) as judge:
        judge.grade_discrepancy(id, grade, why)
    return RedirectResponse(safe_back(request, back), status_code=303)
