"""What Tables, Timeline and Map are cut down to, as their address says it: one part for the three of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import Depends, Query

from saydo import desk
from saydo.desk import tables as held
from saydo.model.store import CaseStore, Filter
from saydo.model.tables import Facets, Order, Sort, TableFilter

MOST_ACTORS = 8
Options = tuple[tuple[str, str, int | None], ...]
"""(value, words, how many or None) of each choice of a facet."""


@dataclass(frozen=True, slots=True)
class Cut:
    """What the address asks for."""

    q: str = ""
    kind: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    """A year, a month or a day."""

    @property
    def query(self) -> Mapping[str, Any]:
        """The same as the query of a link."""
        return {
            "q": self.q, "kind": self.kind, "actor": self.actor, "since": self.since, "until": self.until,
        }  # fmt: skip

    def known(self, table: desk.What) -> Cut:
        """The same with its kinds as the case writes them. Raises InputError for one that is none."""
        return replace(self, kind=desk.known_kinds(table, self.kind))

    @property
    def days(self) -> tuple[str | None, str | None]:
        """The first and the last day. Raises InputError for a date that is none."""
        return (
            desk.bound(self.since, last=False) if self.since else None,
            desk.bound(self.until, last=True) if self.until else None,
        )

    def where(self, sort: Sort, facet: str | None = None, order: Order = "newest") -> TableFilter:
        """As the store is asked. Raises InputError for a date that is none."""
        return TableFilter(sort, self.q, self.kind, self.actor, *self.days, facet, order)


def _cut(
    q: Annotated[str, Query(max_length=400)] = "",
    kind: Annotated[list[str], Query()] = [],  # noqa: B006
    actor: Annotated[list[str], Query()] = [],  # noqa: B006
    since: str = "",
    until: str = "",
) -> Cut:
    return Cut(q, tuple(kind), tuple(actor), since, until)


CutDown = Annotated[Cut, Depends(_cut)]


def actor_options(store: CaseStore, cut: Cut) -> Options:
    """The actors chosen, then those named in most reports."""
    most = store.actors_page(Filter(), None, MOST_ACTORS).items
    names = store.names_of(cut.actor)
    chosen = [(id, names.get(id, id)) for id in cut.actor]
    others = [(a.actor.id, a.actor.name) for a in most if a.actor.id not in cut.actor]
    return tuple((id, " ".join(name.split()), None) for id, name in (*chosen, *others))


def kind_options(sort: Sort, counted: Facets, chosen: tuple[str, ...]) -> Options:
    """Kinds with how many there are; all kinds without a number where there are too many to count."""
    numbers: tuple[tuple[str, int | None], ...] = counted.kinds
    if counted.total is None:
        numbers = tuple((kind, None) for kind in held.KINDS[sort])
    else:
        gone = [kind for kind in chosen if kind not in dict(numbers)]
        numbers = (*numbers, *((kind, 0) for kind in gone))
    return tuple((kind, held.kind_words(sort, kind), n) for kind, n in numbers)
