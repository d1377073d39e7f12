"""One discrepancy: both passages in context, the steps between them, and a person's verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from saydo import desk
from saydo.model.errors import InputError
from saydo.web.deciding import judging
from saydo.web.errors import missing
from saydo.web.pages import Page
from saydo.web.rendering import Links, render
from saydo.web.room import Room
from saydo.web.who import clean, remember, who_of

router = APIRouter()
PAGE = Page("discrepancy", "Discrepancy", 21, router, in_nav=False)
LONGEST_WHY = 1000
REASONS = (
    "the words are read rightly",
    "another event is meant",
    "another actor is meant",
    "the words are misread",
    "the conduct is misread",
    "the order of time does not fit",
    "the source is not to be relied on",
)
"""Reasons that a click gives; the note says more."""


@dataclass(frozen=True, slots=True)
class DiscrepancyPage:
    """A discrepancy to be judged."""

    file: desk.DiscrepancyFile
    who: str
    """Who works here; empty where the page must ask."""
    behind: bool
    """Whether decisions were made since the case was last weighed."""
    grades: desk.Grades

    @property
    def of_100(self) -> int:
        """The score as so many in a hundred."""
        return round(self.file.view.score * 100)

    @property
    def reasons(self) -> tuple[str, ...]:
        """What may be given as a reason."""
        return REASONS

    @property
    def holds(self) -> int | None:
        """Number of the decision that holds, which can be undone."""
        verdict = self.file.view.verdict
        return verdict.number if verdict else None


@router.get("/discrepancy", name="discrepancy")
def show(request: Request, id: str) -> Response:
    """The page."""
    with Room.of(request).open() as store:
        file = desk.discrepancy_file(store, id)
        behind = store.behind() is not None
        grades = desk.file_grades(store, (file,)) if file else desk.NO_GRADES
    if file is None:
        raise missing(f"The case has no discrepancy {id!r}.")
    return render(
        request, "discrepancy.html", DiscrepancyPage(file, who_of(request), behind, grades), active="deeds"
    )


@router.post("/discrepancy/verdict", name="give_verdict")
def give_verdict(
    request: Request,
    id: Annotated[str, Form()],
    verdict: Annotated[str, Form()],
    reason: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
    who: Annotated[str, Form()] = "",
) -> Response:
    """Writes a verdict down; the lists follow at once, the rest when the case is weighed."""
    name = clean(who) or who_of(request)
    why = ": ".join(part for part in (" ".join(reason.split()), " ".join(note.split())) if part)
    with judging(request, name) as judge:
        judge.verdict(id, verdict, why[:LONGEST_WHY])
    return _back(request, id, name)


@router.post("/discrepancy/undo", name="undo_verdict")
def undo(
    request: Request,
    id: Annotated[str, Form()],
    number: Annotated[int, Form()],
    who: Annotated[str, Form()] = "",
) -> Response:
    """Takes a verdict back by one more decision."""
    name = clean(who) or who_of(request)
    with Room.of(request).open() as store:
        mine = {d.number for d, _ in store.verdict_history(id)}
    if number not in mine:
        raise InputError(f"decision {number} is not about this discrepancy; nothing was undone")
    with judging(request, name) as judge:
        judge.undo([number])
    return _back(request, id, name)


def _back(request: Request, id: str, name: str) -> Response:
    answer = RedirectResponse(f"{Links(request).to('discrepancy', id=id)}#verdict", status_code=303)
    if name != Room.of(request).settings.who:
        remember(request, answer, name)
    return answer
