"""Which reports of a case are weighed and which only repeat one: kept in step as reports come and go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar

from saydo.model.ledger import Card, Ledger
from saydo.weighing.acts import Unfolded
from saydo.weighing.facts import pack
from saydo.weighing.independence import enough, may_repeat, reprints, sketch, sketch_keys
from saydo.weighing.keys import key_of
from saydo.weighing.session import Session
from saydo.weighing.types import WeighedReport
from saydo.weighing.unfolding import unfold

T = TypeVar("T")
_SHORT = key_of("short text")
"""Key of texts that have so few keys that sharing one of them may be enough."""


class Exchange(NamedTuple):
    """Reports that leave the case as it is weighed, and those that enter it; one coded anew does both."""

    leaving: dict[int, Unfolded]
    """As they were."""
    entering: set[int]
    gone: dict[int, str]
    """Those that are no longer in the case, with their ids."""


Put = Callable[[int, T], None]
"""Writes into the ledger what a report is by itself: its card, its facts, the keys of its text."""


def exchange(
    ledger: Ledger, session: Session, changes: Iterable[tuple[int, T | None]], put: Put[T]
) -> Exchange:
    """Puts reports into the ledger, or their new coding in place of the old, and tells reprints from sources
    among them and those that are like them. The reports are read one at a time; None for one that is gone."""
    leaving: dict[int, Unfolded] = {}
    left: dict[int, str] = {}
    new: set[int] = set()
    alike: set[int] = set()
    for number, report in changes:
        card = ledger.card(number)
        if card is not None:
            alike |= _alike(ledger, number, card)
            if not card.reprint:
                leaving[number] = session.report(number)
            session.forget_report(number)
        if report is not None:
            new.add(number)
            put(number, report)
        elif card is not None:
            left[number] = card.document
            ledger.set_keys(number, "text", ())
    cards = _component(ledger, {*new, *(alike - left.keys())})
    order = sorted(cards, key=lambda n: (cards[n].date or "9999", cards[n].document))
    copies = reprints([cards[n].sketch for n in order])
    entering: set[int] = set()
    for n, number in enumerate(order):
        reprint, stood = n in copies, number not in new and not cards[number].reprint
        ledger.mark_reprint(number, reprint)
        if reprint and stood:
            leaving[number] = session.report(number)
        if not reprint and not stood:
            entering.add(number)
    return Exchange(leaving, entering, left)


class Source(NamedTuple):
    """What a report is by itself."""

    card: Card
    facts: bytes
    keys: list[int]
    """By which its text is found by those that are like it."""


def source(session: Session, number: int, report: WeighedReport) -> Source:
    """What a report is by itself; unfolded, it stays at hand."""
    card = Card(report.record.id, report.record.date, sketch(report.text), True)
    unfolded = unfold(number, report, session.ready.occasions)
    session.hold(unfolded)
    keys = _keys(card.sketch)
    return Source(card, pack(unfolded), keys if len(keys) >= 3 else [*keys, _SHORT])


def put(ledger: Ledger, number: int, made: Source) -> None:
    """Writes it down."""
    ledger.put_report(number, made.card, made.facts)
    ledger.set_keys(number, "text", made.keys)


def _alike(ledger: Ledger, number: int, card: Card) -> set[int]:
    """The reports of which this one may be a reprint, or that may be reprints of it."""
    keys = _keys(card.sketch)
    shared = Counter(n for numbers in ledger.holders(keys).values() for n in numbers)
    short = set(ledger.holders((_SHORT,)).get(_SHORT, ())) if len(shared) > 1 else set()
    # whoever shares a key or two by chance is not even looked at
    near = {n for n, count in shared.items() if enough(card.sketch, count) or n in short} - {number}
    cards = {n: held for n in near if (held := ledger.card(n)) is not None}
    return {n for n, other in cards.items() if may_repeat(card.sketch, other.sketch)}


def _keys(sketch: tuple[int, ...]) -> list[int]:
    return [key_of("text", key) for key in sketch_keys(sketch)]


def _component(ledger: Ledger, seeds: set[int]) -> dict[int, Card]:
    """All reports that are like these, or like one that is like them."""
    found: dict[int, Card] = {}
    left = sorted(seeds)
    while left:
        number = left.pop()
        card = ledger.card(number)
        if number in found or card is None:
            continue
        found[number] = card
        left += sorted(_alike(ledger, number, card) - found.keys())
    return found
