"""One update of a case that several processes weigh: they find, this one keeps the ledger.

What comes of it is what :class:`saydo.weighing.step.Step` makes of the same reports, to the byte. There,
reports are weighed one after the other, and each meets those before it; here all are first found by others
under the keys of what they ask and tell, and then each meets those before it, in whatever order they are
weighed. See docs/decisions/0027-weighing-by-many.md.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from saydo.model.ledger import Card, Ledger
from saydo.weighing.decided import Decided
from saydo.weighing.engine import ASKED, FAMILIES
from saydo.weighing.outcome import NOTHING, Finish, written
from saydo.weighing.portion import (
    Ask,
    Bring,
    Brought,
    Came,
    Change,
    Find,
    Findable,
    Hands,
    Made,
    Meet,
    Settle,
    Task,
    Weigh,
)
from saydo.weighing.session import Session
from saydo.weighing.sources import Exchange
from saydo.weighing.step import Step
from saydo.weighing.upkeep import Entry, Reach, enter, entry, reach

T = TypeVar("T")
TOGETHER = 16
"""Reports that one is asked about at once."""


def asked_of(hands: Hands, make: Callable[[tuple[T, ...]], Task], about: Sequence[T]) -> Iterator[Any]:
    """What hands answer about each of these, in their order."""
    tasks = [make(tuple(about[i : i + TOGETHER])) for i in range(0, len(about), TOGETHER)]
    for answers in hands.ask(tasks):
        yield from answers


def brought(hands: Hands, numbers: Sequence[int]) -> Iterator[Came]:
    """Reports as they are by themselves."""
    return asked_of(hands, Bring, numbers)


class Divided(Step):
    """One update while it is under way, weighed by several."""

    def __init__(
        self,
        ledger: Ledger,
        session: Session,
        decided: Decided,
        finish: Finish,
        hands: Hands,
        came: Mapping[int, Brought],
    ) -> None:
        super().__init__(ledger, session, decided, finish)
        self._hands = hands
        self._came = came
        self._known = Reach()
        self._entered: dict[int, Entry] = {}
        self._moved = Exchange({}, set(), {})

    def _reach(self, moved: Exchange) -> Reach:
        self._moved = moved
        known = reach(self.session, moved.leaving.values())
        for number in sorted(moved.entering):
            made = self._came.get(number)
            known.add(made.reach if made else reach(self.session, (self.session.report(number),)))
        self._known = known
        return known

    def _enter(self, number: int) -> None:
        came = self._came.get(number)
        made = came.entry if came is not None else entry(self.session, self.session.report(number))
        self._entered[number] = made
        enter(self.ledger, number, made)

    def _weigh(self, dirty: Mapping[str, set[int]], tell: Callable[[int], None]) -> None:
        for family in FAMILIES:
            for number in dirty[family]:
                self._drop(self._made(family, number))
        for number in set().union(*(dirty[f] for f in FAMILIES)):
            self.session.forget_reach(number)
        self._hands.tell(self._change(dirty))
        every = sorted(set().union(*(dirty[f] for f in FAMILIES)))
        reports = [(n, tuple(f for f in FAMILIES if n in dirty[f])) for n in every]
        others = sorted(self._let_find(reports) - dirty[ASKED])
        for made in asked_of(self._hands, Weigh, reports):
            self._take(made)
            tell(made.number)
        for made in asked_of(self._hands, Ask, others):
            self._take(made)

    def _change(self, dirty: Mapping[str, set[int]]) -> Change:
        """What the others have to know of what came and went."""
        moved, keys, numbers = self._moved, array("q"), array("q")
        notes: list[tuple[int, int, str]] = []
        for number, made in self._entered.items():
            keys.extend(made.keys)
            numbers.extend([number] * len(made.keys))
            notes += [(key, number, text) for key, text in made.notes]
        return Change(
            size=self.session.size,
            gone=frozenset(moved.leaving),
            names={self._card(n).document: n for n in moved.entering},
            facts={n: self._facts(n) for n in moved.entering},
            keys=keys,
            numbers=numbers,
            notes=tuple(notes),
            linked=frozenset(self._known.linked),
            named=frozenset(self._known.named),
            dirty={f: frozenset(dirty[f]) for f in FAMILIES},
        )

    def _card(self, number: int) -> Card:
        came = self._came.get(number)
        card = came.source.card if came is not None else self.ledger.card(number)
        assert card is not None, "it has entered"
        return card

    def _facts(self, number: int) -> bytes:
        came = self._came.get(number)
        return came.source.facts if came is not None else self.ledger.facts(number)

    def _let_find(self, reports: Sequence[tuple[int, tuple[str, ...]]]) -> set[int]:
        """Lets reports be found by each other; gives the numbers of all that ask for what they tell."""
        keys, numbers = array("q"), array("q")
        asking: set[int] = set()
        found: Findable
        for found in asked_of(self._hands, Find, reports):
            for family, (findable, rests) in found.keys.items():
                keys.extend(findable)
                numbers.extend([found.number] * len(findable))
                self.ledger.set_keys(found.number, family, {*findable, *rests})
            asking.update(found.told)
        self._hands.tell(Meet(keys, numbers))
        return self._holders(asking)

    def _take(self, made: Made) -> None:
        self._keep(made.pairs)
        for family, keys in made.keys.items():
            held = self.ledger.keys(made.number, family)
            if not held.issuperset(keys):
                self.ledger.set_keys(made.number, family, held.union(keys))

    def _cluster(self, dirty: set[int]) -> None:
        super()._cluster(dirty - {n for n in self._new() if self._lonely(n)})

    def _new(self) -> Iterable[int]:
        return self._moved.entering - self._moved.leaving.keys()

    def _lonely(self, number: int) -> bool:
        """Whether a new report tells of no incident that may be joined with another."""
        came = self._came.get(number)
        if came is None or came.several:
            return False
        document = came.source.card.document
        if any(document in (one[0], other[0]) for one, other, _ in self.decided.joined):
            return False
        holders = self.ledger.holders(came.incidents)
        return all(numbers == [number] for numbers in holders.values())

    def _outcomes(self, numbers: Iterable[int]) -> Iterator[tuple[int, str]]:
        rows: list[tuple[int, tuple[str, ...]]] = []
        for number in numbers:
            card = self.ledger.card(number)
            if card is None or card.reprint:
                yield number, written(NOTHING)
            else:
                rows.append((number, tuple(p.words for p in self.ledger.pairs(number) if p.stands)))
        yield from asked_of(self._hands, Settle, rows)
