"""What a report brings into the ledger of a case that others may ask for, and takes with it when it goes."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from saydo.model.ledger import Ledger
from saydo.weighing.acts import Unfolded
from saydo.weighing.endings import ends_of
from saydo.weighing.engine import FAMILIES, TOLD, WORDS
from saydo.weighing.hosting import guests
from saydo.weighing.incidents import keys_of
from saydo.weighing.keys import ANY, key_of, long_spells, rests_on
from saydo.weighing.lines import noted
from saydo.weighing.same_words import CROWD, deeds
from saydo.weighing.session import Session
from saydo.weighing.timeline import Tied, links_of
from saydo.weighing.world import Entries


class Crowd(NamedTuple):
    """A rule to which a key says nothing under which many reports tell something."""

    family: str
    """The rules that it is among."""
    telling: Entries[Any]
    """What it reads off reports, looking at nothing but the report."""
    most: int
    """How many reports may tell something under one key."""


CROWDED: dict[str, Crowd] = {"words": Crowd(WORDS, deeds, CROWD)}


FIXED = "fixed"
GROUPS = (FIXED, *FAMILIES, TOLD)
"""The groups of keys under which a report is found: what it lets others find, and, by families of rules, what
its outcome rests on."""


class Told(NamedTuple):
    """Something told of which it matters how many reports tell it."""

    family: str
    """The rules to which it matters."""
    key: int
    """The key under which they tell it."""
    most: int
    """How many may."""


@dataclass(slots=True)
class Reach:
    """What others may have asked for of some reports."""

    linked: set[tuple[str, str]] = field(default_factory=set)
    """Actors from whom a tie leads upward, each with a spell of that, or has ended (``any``)."""
    named: set[str] = field(default_factory=set)
    """Actors that are named, apart from those of the codebook."""
    read: set[tuple[str, ...]] = field(default_factory=set)
    """What rules list: ``reads``, rule and key."""
    told: dict[int, Told] = field(default_factory=dict)
    """Key of the reports whose outcome rests on how many tell something → what is told."""
    stems: set[str] = field(default_factory=set)
    """Of the words in which they assert something."""

    def add(self, other: Reach) -> None:
        """Of some more reports."""
        self.linked |= other.linked
        self.named |= other.named
        self.read |= other.read
        self.told |= other.told
        self.stems |= other.stems


def reach(session: Session, reports: Iterable[Unfolded]) -> Reach:
    """What others may have asked for of these reports."""
    found = Reach()
    for report in reports:
        links = _links(session, report)
        found.linked.update((t.lower, spell) for t in links for spell in long_spells(t.link.during))
        found.linked.update((actor, ANY) for actor, _ in _ends(report))
        found.named.update(actor for actor, _ in report.record.names if actor not in session.ready.names)
        found.read.update(("reads", "guest", *key) for key, _ in guests(session.quiet, report))
        found.stems.update(report.stems)
        for rule, crowd in CROWDED.items():
            for key in {key for key, _ in crowd.telling(session.quiet, report)}:
                asked = rests_on(crowd.family, "crowd", rule, *key)
                found.told[asked] = Told(crowd.family, key_of("tells", rule, *key), crowd.most)
    return found


class Entry(NamedTuple):
    """What a report lets others find."""

    keys: array[int]
    notes: tuple[tuple[int, str], ...]


def entry(session: Session, report: Unfolded) -> Entry:
    """What a report lets others find, worked out from the report alone."""
    keys = {key_of("incident", *k) for i in session.incidents(report.report) for k in keys_of(i, 0)}
    keys.update(key_of("lists", "guest", *key) for key, _ in guests(session.quiet, report))
    for rule, crowd in CROWDED.items():
        keys.update(key_of("tells", rule, *key) for key, _ in crowd.telling(session.quiet, report))
    # by the words of a report those are counted that use a word
    keys.update(key_of("tells", "gainsaid", stem) for stem in report.stems)
    known = session.ready.names
    names = ((a, [a, report.record.id, name]) for a, name in report.record.names if a not in known)
    rows: list[tuple[int, object]] = [(key_of("name", actor), row) for actor, row in names]
    rows += [(key, row) for tied in _links(session, report) for key, row in noted(tied)]
    rows += [(key_of("end", actor), row) for actor, row in _ends(report)]
    return Entry(array("q", keys), tuple((key, json.dumps(row, ensure_ascii=False)) for key, row in rows))


def enter(ledger: Ledger, number: int, made: Entry) -> None:
    """Writes down what a report lets others find."""
    ledger.set_keys(number, FIXED, made.keys)
    ledger.set_notes(number, made.notes)


def leave(ledger: Ledger, number: int) -> None:
    """Takes away what a report let others find."""
    for group in GROUPS:
        ledger.set_keys(number, group, ())
    ledger.set_notes(number, ())


def _links(session: Session, report: Unfolded) -> Iterator[Tied]:
    return links_of(report.acts, session.ready.currency_days, session.ready.titles)


def _ends(report: Unfolded) -> Iterator[tuple[str, list[object]]]:
    for act in report.acts:
        for (lower, upper), end in ends_of(act):
            yield lower, [lower, upper, end.day.toordinal(), end.ref, end.links]
