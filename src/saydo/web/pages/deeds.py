"""Words and deeds: whose words were held against what was done, for each of them over time, and every
discrepancy by filter."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from saydo import desk
from saydo.desk import words
from saydo.model.deeds import Facets, SpeakerLine
from saydo.model.lookups import Slice
from saydo.model.records import Discrepancy
from saydo.web.deeds_asked import AskedDeeds, DeedsAsked
from saydo.web.errors import missing
from saydo.web.pages import Page
from saydo.web.rendering import render
from saydo.web.room import Room

router = APIRouter()
PAGE = Page("deeds", "Words and deeds", 20, router)
PER_PAGE = 25
SPEAKERS_PER_PAGE = 50
SHAPES = (
    ("circle", "pledge"),
    ("square", "denial"),
    ("diamond", "other words"),
    ("triangle", "conduct"),
    ("ring", "tie"),
)
"""Shape of a mark → what it stands for."""
_VERDICTS = {"upheld": "upheld", "rejected": "rejected", "unclear": "left open", "undecided": "not decided"}


@dataclass(frozen=True, slots=True)
class Options:
    """What the list can be cut down to: (value, label, count) each."""

    kinds: tuple[tuple[str, str, int], ...]
    bases: tuple[tuple[str, str, int], ...]
    verdicts: tuple[tuple[str, str, int], ...]
    review: int


@dataclass(frozen=True, slots=True)
class SpeakersPage:
    """Everybody whose words were held against what was done."""

    speakers: Slice[SpeakerLine]
    options: Options
    unnamed: int
    total: int


@dataclass(frozen=True, slots=True)
class ActorPage:
    """Words and deeds of one of them."""

    view: desk.DeedsView
    asked: DeedsAsked
    options: Options

    @property
    def shapes(self) -> tuple[tuple[str, str], ...]:
        """The shapes that the picture has, with their words."""
        there = {deed.shape for deed in self.view.deeds}
        return tuple(pair for pair in SHAPES if pair[0] in there)


@dataclass(frozen=True, slots=True)
class ListPage:
    """A stretch of the discrepancies that pass."""

    lines: tuple[desk.DiscrepancyLine, ...]
    slice: Slice[Discrepancy]
    asked: DeedsAsked
    options: Options
    who: SpeakerLine | None


def options(facets: Facets) -> Options:
    """Facets in words."""
    titles = {kind: said[0] for kind, said in words.DISCREPANCY.items()}
    bases = {"flagged": "a report itself", "inferred": "saydo"}
    return Options(
        tuple((k, next((t for n, t in titles.items() if n == k), k), n) for k, n in facets.kinds),
        tuple((b, bases.get(b, b), n) for b, n in facets.bases),
        tuple((s, _VERDICTS[s], n) for s, n in facets.standings if n),
        facets.review,
    )


@router.get("/deeds", name="deeds")
def show(request: Request, asked: AskedDeeds) -> Response:
    """The page: of one actor where the address names one, else of all."""
    with Room.of(request).open() as store:
        if not asked.actor:
            speakers = store.speakers(asked.cursor, SPEAKERS_PER_PAGE)
            facets = store.discrepancy_facets()
            total = sum(n for _, n in facets.kinds)
            page = SpeakersPage(speakers, options(facets), facets.unnamed, total)
            return render(request, "deeds.html", page, active="deeds")
        who = store.speaker(asked.actor)
        if who is None:
            raise missing(f"The case has no actor {asked.actor!r}.")
        view = desk.deeds_view(store, who, asked.where)
        facets = store.discrepancy_facets(asked.actor)
    return render(request, "deeds_actor.html", ActorPage(view, asked, options(facets)), active="deeds")


@router.get("/discrepancies", name="all_discrepancies")
def listed(request: Request, asked: AskedDeeds) -> Response:
    """The list, strongest first; rejected ones where they are asked for."""
    where = asked.where
    with Room.of(request).open() as store:
        found = store.deeds_page(where, asked.cursor, PER_PAGE)
        lines = desk.discrepancy_lines(store, found.items)
        who = store.speaker(asked.actor) if asked.actor else None
        facets = store.discrepancy_facets(where.speaker)
    page = ListPage(lines, found, asked, options(facets), who)
    return render(request, "discrepancies.html", page, active="deeds")
