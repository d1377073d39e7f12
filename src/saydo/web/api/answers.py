"""What the API's lists look like, and the questions that they share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel, Field

from saydo import desk
from saydo.model.grading import Graded
from saydo.model.lookups import Cursor, Slice
from saydo.model.store import Filter
from saydo.web import paging

T = TypeVar("T")
S = TypeVar("S")

Since = Annotated[str, Query(description="Only from then on: 2019, 2019-05 or 2019-05-09.")]
Until = Annotated[str, Query(description="Only up to then, the whole of it.")]
At = Annotated[str, Query(description="Where to go on: `next` or `previous` of another answer.")]
Limit = Annotated[int, Query(ge=1, le=500, description="At most so many.")]


class Asked(BaseModel, extra="forbid"):
    """What every list of findings may be cut down to; every condition must hold."""

    actor: list[str] = Field(default=[], description="Only with one of these actors: ids in the case.")
    kind: list[str] = Field(default=[], description="Only these types or kinds.")
    since: str = Field(default="", description="Only from then on: 2019, 2019-05 or 2019-05-09.")
    until: str = Field(default="", description="Only up to then, the whole of it.")
    report: str = Field(default="", description="Only from this report: its id.")
    at: str = Field(default="", description="Where to go on: `next` or `previous` of another answer.")
    limit: int = Field(default=100, ge=1, le=500, description="At most so many.")

    @property
    def where(self) -> Filter:
        """As a filter. Raises InputError for a date that is none."""
        return Filter(
            actors=tuple(self.actor),
            kinds=tuple(self.kind),
            since=desk.bound(self.since, last=False) if self.since else None,
            until=desk.bound(self.until, last=True) if self.until else None,
            document=self.report or None,
        )

    @property
    def cursor(self) -> Cursor | None:
        """Where to begin. Raises InputError for a word that saydo did not give."""
        return paging.decode(self.at)


Question = Annotated[Asked, Query()]


class Listed(BaseModel, Generic[T]):
    """A stretch of a list. Hand `next` back as `at` for what follows; it is null at the end."""

    items: list[T]
    next: str | None
    previous: str | None


def letter(graded: Graded | None) -> str | None:
    """A grade alone."""
    return graded.grade if graded else None


def listed(found: Slice[S], make: Callable[[S], T]) -> Listed[T]:
    """A slice as an answer."""
    return Listed(
        items=[make(item) for item in found.items],
        next=paging.encode(found.next),
        previous=paging.encode(found.previous),
    )
