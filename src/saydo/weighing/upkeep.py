"""What a report brings into the ledger of a case that others may ask for, and takes with it when it goes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from saydo.model.ledger import Ledger
from saydo.weighing.acts import Unfolded
from saydo.weighing.endings import ends_of
from saydo.weighing.engine import FAMILIES, TOLD
from saydo.weighing.hosting import guests
from saydo.weighing.incidents import keys_of
from saydo.weighing.keys import key_of
from saydo.weighing.same_words import CROWD, deeds
from saydo.weighing.session import Session
from saydo.weighing.timeline import links_of
from saydo.weighing.world import Entries, Key

CROWDED: dict[str, tuple[Entries[Any], int]] = {"words": (deeds, CROWD)}
"""Rule → what it reads off reports, looking at nothing but the report, and how many reports may tell
something under one key before the key says nothing."""


FIXED = "fixed"
GROUPS = (FIXED, *FAMILIES, TOLD)
"""The groups of keys under which a report is found: what it lets others find, and, by families of rules, what
its outcome rests on."""


class Reach(NamedTuple):
    """What others may have asked for of some reports."""

    linked: set[str]
    """Actors from whom a tie leads upward, or has ended."""
    named: set[str]
    """Actors that are named, apart from those of the codebook."""
    read: set[tuple[str, ...]]
    """What rules list: ``reads``, rule and key."""
    told: set[tuple[str, Key]]
    """Rule and key of what is told, for rules to which a key tells nothing that many tell under."""


def reach(session: Session, reports: Iterable[Unfolded]) -> Reach:
    """What others may have asked for of these reports."""
    found = Reach(set(), set(), set(), set())
    for report in reports:
        found.linked.update(actor for actor, _ in (*_links(session, report), *_ends(report)))
        found.named.update(actor for actor, _ in report.record.names if actor not in session.ready.names)
        found.read.update(("reads", "guest", *key) for key, _ in guests(session.quiet, report))
        for rule, (telling, _) in CROWDED.items():
            found.told.update((rule, key) for key, _ in telling(session.quiet, report))
    return found


def enter(ledger: Ledger, session: Session, report: Unfolded) -> None:
    """Writes down what a report lets others find."""
    keys = {key_of("incident", *k) for i in session.incidents(report.report) for k in keys_of(i, 0)}
    keys.update(key_of("lists", "guest", *key) for key, _ in guests(session.quiet, report))
    for rule, (telling, _) in CROWDED.items():
        keys.update(key_of("tells", rule, *key) for key, _ in telling(session.quiet, report))
    # by the words of a report those are counted that use a word
    keys.update(key_of("tells", "gainsaid", stem) for stem in report.stems)
    ledger.set_keys(report.report, FIXED, keys)
    known = session.ready.names
    names = ((a, [a, report.record.id, name]) for a, name in report.record.names if a not in known)
    rows: list[tuple[str, str, object]] = [("name", *row) for row in names]
    rows += [("link", *row) for row in _links(session, report)]
    rows += [("end", *row) for row in _ends(report)]
    notes = ((key_of(kind, actor), json.dumps(row, ensure_ascii=False)) for kind, actor, row in rows)
    ledger.set_notes(report.report, notes)


def leave(ledger: Ledger, number: int) -> None:
    """Takes away what a report let others find."""
    for group in GROUPS:
        ledger.set_keys(number, group, ())
    ledger.set_notes(number, ())


def _links(session: Session, report: Unfolded) -> Iterator[tuple[str, list[object]]]:
    ready = session.ready
    for tied in links_of(report.acts, ready.currency_days, ready.titles):
        link = tied.link
        row = [tied.lower, link.upper, link.label, *map(_day, link.during), link.directness, link.ref]
        yield tied.lower, [*row, tied.speaks, _day(tied.told)]


def _ends(report: Unfolded) -> Iterator[tuple[str, list[object]]]:
    for act in report.acts:
        for (lower, upper), end in ends_of(act):
            yield lower, [lower, upper, _day(end.day), end.ref, end.links]


def _day(day: date | None) -> int | None:
    return day.toordinal() if day else None
