"""Persons whom a report calls by their title alone."""

from __future__ import annotations

from datetime import timedelta

from saydo.model.ids import fold
from saydo.weighing.likeness import Census, Groups
from saydo.weighing.namesakes import Proposal, Proposals
from saydo.weighing.sightings import Holder, Lore, Seen

_FEW = 3
"""Of more holders of one office than these the reports cannot be right about, and nobody is asked."""
_HOLDS = timedelta(days=366)
"""How far from a report that names its holder an office is taken to be that person's."""


def titles_alone(census: Census, groups: Groups, lore: Lore) -> Proposals:
    """Persons whom a report calls by nothing but a title, where others say who holds the office then."""
    holders: dict[tuple[str, str], list[tuple[Holder, str]]] = {}
    for roll in census.rolls.values():
        for holder in roll.holders:
            office = holder.title, holder.of.partition("-")[0]
            holders.setdefault(office, []).append((holder, roll.document))
    for aside in sorted(census.aside.values()):
        [seen] = census.nodes[aside].seen
        title = fold(seen.name)
        if not seen.country or seen.date is None or title not in lore.sole:
            continue
        found = [
            _holder(seen, aside, holder, census)
            for holder, where in holders.get((title, seen.country), ())
            if holder.person in census.nodes and _near(census, where, seen)
        ]
        unique = {p.other: p for p in found}
        if len(unique) <= _FEW:
            yield list(unique.values())


def _near(census: Census, document: str, seen: Seen) -> bool:
    told = census.rolls[document].date
    return told is not None and seen.date is not None and abs(told - seen.date) <= _HOLDS


def _holder(seen: Seen, aside: str, holder: Holder, census: Census) -> Proposal:
    node = census.nodes[holder.person]
    reason = (
        f"{holder.sight.document} names “{node.name}” as {holder.title} of {seen.country} at about that time"
    )
    against = "" if node.person else "its name is no person's"
    return Proposal("title", aside, node.id, None, reason, (seen.sight, holder.sight), against)
