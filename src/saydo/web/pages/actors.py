"""Actors: who is in the case, what is known of each, and who is who."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from saydo import desk
from saydo.model.case import CaseActor
from saydo.model.errors import InputError
from saydo.model.identity import Question
from saydo.model.lookups import Heading, Slice
from saydo.model.store import CaseStore
from saydo.web import paging
from saydo.web.deciding import reviewing
from saydo.web.entrance import safe_back
from saydo.web.errors import missing
from saydo.web.pages import Page
from saydo.web.rendering import Links, render
from saydo.web.room import Room
from saydo.web.who import who_of

router = APIRouter()
PAGE = Page("actors", "Actors", 40, router)
PER_PAGE = 50
How = Literal["same", "apart"]


@dataclass(frozen=True, slots=True)
class ActorsPage:
    """A stretch of the list."""

    actors: Slice[CaseActor]
    kinds: tuple[tuple[str, int], ...]
    name: str
    kind: str
    questions: int


@dataclass(frozen=True, slots=True)
class ActorPage:
    """One actor."""

    of: desk.Profile
    headings: dict[str, Heading]
    who: str


@dataclass(frozen=True, slots=True)
class PairPage:
    """What a merge or a split would do."""

    pair: desk.Pair
    how: How
    who: str


@dataclass(frozen=True, slots=True)
class QuestionsPage:
    """One open question of who is who, and how many there are."""

    question: Question | None
    headings: dict[str, Heading]
    total: int
    skip: int
    who: str


@router.get("/actors", name="actors")
def show(request: Request, name: str = "", kind: str = "", at: str | None = None) -> Response:
    """The list; ``name`` is the beginning of a word of a name."""
    with Room.of(request).open() as store:
        found = store.actors_called(name, kind or None, paging.decode(at), PER_PAGE)
        page = ActorsPage(found, store.actor_kinds(), name, kind, store.questions_count())
    return render(request, "actors.html", page, active="actors")


@router.get("/actor", name="actor")
def one(request: Request, id: str) -> Response:
    """A profile."""
    with Room.of(request).open() as store:
        found = desk.profile(store, id)
        if found is None:
            raise missing(f"The case knows no actor {id!r}.")
        seen = [s.first.document for s in found.names]
        seen += [sight.document for merge, _ in found.merges for sight in merge.evidence[:3]]
        seen += [sight.document for q in found.questions for sight in q.evidence[:2]]
        headings = dict(store.headings(seen))
    return render(request, "actor.html", ActorPage(found, headings, who_of(request)), active="actors")


@router.get("/actors/pair", name="pair")
def preview(request: Request, one: str, other: str, how: How = "same") -> Response:
    """What merging two actors would put together, or holding them apart would part."""
    with Room.of(request).open() as store:
        found = desk.pair(store, one, _meant(store, other) if how == "same" else other)
    if found is None:
        raise missing(f"The case knows no two actors {one!r} and {other!r}.")
    if how == "same" and found.other is None:
        raise InputError(f"{other!r} counts as {found.one.actor.name} already")
    return render(request, "actors_pair.html", PairPage(found, how, who_of(request)), active="actors")


def _meant(store: CaseStore, name: str) -> str:
    """The id of the actor that a name means. Raises InputError where there is none, or more than one."""
    held = store.actor(name)
    if held is not None:
        return held.actor.id
    found = store.actors_called(name, None, None, 6).items
    whole = [a for a in found if a.actor.name.casefold() == name.strip().casefold()] or list(found)
    if len(whole) == 1:
        return whole[0].actor.id
    if not whole:
        raise InputError(f"no actor of the case is called {name!r}")
    listed = ", ".join(f"{a.actor.name} [{a.actor.id}]" for a in whole[:5])
    raise InputError(f"{name!r} may be any of {listed}; give the id in brackets")


@router.post("/actors/pair", name="pair_do")
def decide(
    request: Request,
    one: Annotated[str, Form()],
    other: Annotated[str, Form()],
    how: Annotated[How, Form()],
    why: Annotated[str, Form()] = "",
) -> Response:
    """Merges two actors, or holds them apart; the case is weighed at once."""
    with reviewing(request) as reviewer:
        if how == "same":
            reviewer.same(one, other, why)
        else:
            reviewer.apart(one, other, why)
    return RedirectResponse(Links(request).to("actor", id=one), status_code=303)


@router.get("/questions", name="questions")
def questions(request: Request, skip: int = 0) -> Response:
    """Open questions of who is who, one at a time."""
    with Room.of(request).open() as store:
        total = store.questions_count()
        skip = max(0, min(skip, total - 1))
        found = store.questions_of(None, 1, skip)
        question = found[0] if found else None
        sights = [
            s.document
            for group in ((question.evidence, *(c.evidence for c in question.candidates)) if question else ())
            for s in group[:4]
        ]
        headings = dict(store.headings(sights))
    page = QuestionsPage(question, headings, total, skip, who_of(request))
    return render(request, "questions.html", page, active="review")


@router.post("/questions", name="answer")
def answer(
    request: Request,
    question: Annotated[str, Form()],
    candidate: Annotated[str, Form()],
    how: Annotated[How, Form()],
    why: Annotated[str, Form()] = "",
    back: Annotated[str, Form()] = "/questions",
) -> Response:
    """Answers a question: which candidate it is, or that it is none of them."""
    with reviewing(request) as reviewer:
        if how == "same":
            reviewer.same(question, candidate, why)
        else:
            reviewer.apart(question, candidate, why)
    return RedirectResponse(safe_back(request, back), status_code=303)
