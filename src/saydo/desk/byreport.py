"""Weighs a case report by report: what is due, some reports at a time, each time in one step of the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from saydo.codebook.entries import Codebook
from saydo.desk.case import record_of
from saydo.desk.corridor import WeigherRoom
from saydo.desk.progress import Progress
from saydo.model.choices import Choices
from saydo.model.identity import Identities
from saydo.model.ledger import Ledger
from saydo.model.records import Discrepancy
from saydo.model.store import CaseStore, Due

if TYPE_CHECKING:
    from saydo.desk.team import Hire
    from saydo.weighing import Weighed, WeighedReport, Weigher
    from saydo.weighing.portion import Came, Hands

TOGETHER = 1024
"""Reports weighed in one step that were weighed before: as they were then has to be held, too."""
FRESH = 2048
"""New reports weighed in one step. Those that a step touches are weighed once for all that come with it, so
more at once are weighed faster; and more is done again after a kill."""
WORTH = 64
"""Reports due from which on it is worth while to bring others to work."""
_AT_HAND = 256
"""Records kept for the explanations of discrepancies."""


def weigh_by_report(
    store: CaseStore,
    codebook: Codebook,
    weigher: WeigherRoom,
    choices: Choices,
    by: str,
    progress: Progress,
    hire: Hire | None = None,
) -> tuple[Weighed, list[Discrepancy]]:
    """Weighs whatever is due; what holds of the whole case, and the discrepancies of the records themselves.

    Reports are due that were coded since they were weighed, some of whose actors count as others now, or of
    which a decision speaks that was made or undone since. With ``hire`` others weigh for this process, where
    there is enough to do; what comes out is the same.
    """
    store.begin_weighing(by)
    progress.begin("weighing", len(store.due()) or None)
    several = hire is not None and len(store.due()) >= WORTH
    with hire() if hire is not None and several else nullcontext() as hands:
        return _Weighing(store, codebook, choices, progress, hands).all(weigher)


class _Weighing:
    def __init__(
        self,
        store: CaseStore,
        codebook: Codebook,
        choices: Choices,
        progress: Progress,
        hands: Hands | None,
    ) -> None:
        self._store, self._codebook, self._choices = store, codebook, choices
        self._progress = progress
        self._hands = hands

    def all(self, make: WeigherRoom) -> tuple[Weighed, list[Discrepancy]]:
        """One thing after the other."""
        from saydo.weighing import casewide
        from saydo.weighing.decided import Decided, with_steps
        from saydo.weighing.portion import Begun, Over

        store, codebook, choices = self._store, self._codebook, self._choices
        for portion in _portions(store.due(), TOGETHER):
            store.weigh(partial(self._look, portion))
        who = store.weigh(lambda ledger: casewide.who_is_who(ledger, codebook, choices))
        other = store.weigh(lambda ledger: casewide.other_than_weighed(ledger, who))
        spoken_of = casewide.in_force(choices)
        decided_on = store.weigh(lambda ledger: casewide.newly_decided(ledger, spoken_of))
        due = sorted({*store.due(), *other, *decided_on})
        store.weigh(lambda ledger: None, more=due)
        records = lru_cache(_AT_HAND)(partial(record_of, store))
        documents = frozenset().union(*spoken_of.values())
        decided = Decided.of(choices, {d: r for d in sorted(documents) if (r := records(d)) is not None})
        if self._hands is not None:
            self._hands.tell(Begun(replace(who, questions=()), decided))
        made: list[Weigher] = []

        def weigh(portion: Sequence[int], ledger: Ledger) -> None:
            if not made:
                made.append(make(ledger, codebook, decided, lambda d: with_steps(d, who, records)))
            self._weigh(made[0], portion, who, ledger)

        weighed = store.weigh(lambda ledger: {n for n in due if ledger.card(n) is not None})
        fresh = _portions([n for n in due if n not in weighed], FRESH)
        for portion in (*fresh, *_portions(sorted(weighed), TOGETHER)):
            store.weigh(partial(weigh, portion), done=portion)
            if self._hands is not None:
                self._hands.tell(Over())
        store.weigh(lambda ledger: casewide.follow(ledger, spoken_of))
        own = store.weigh(lambda ledger: list(casewide.own_of(ledger)))
        return store.weigh(lambda ledger: casewide.together(ledger, who, decided)), own

    def _look(self, portion: Sequence[int], ledger: Ledger) -> None:
        """Notes what reports say for themselves."""
        from saydo.weighing import WeighedReport
        from saydo.weighing.casewide import known
        from saydo.weighing.divided import asked_of
        from saydo.weighing.portion import Look

        if self._hands is not None:
            for number, said in asked_of(self._hands, Look, portion):
                ledger.know(number, said)
            return
        for number, record, text in self._store.to_weigh(portion):
            report = WeighedReport(record, text) if record is not None else None
            ledger.know(number, known(report, self._codebook) if report is not None else None)

    def _weigh(self, weigher: Weigher, portion: Sequence[int], who: Identities, ledger: Ledger) -> None:
        from saydo.weighing.casewide import note_weighed

        left = dict.fromkeys(portion, 0)

        def note(came: Came) -> None:
            left[came.number] = came.words
            if came.brought is not None:
                note_weighed(ledger, came.number, came.brought.identity, came.brought.ties)

        def tell(number: int) -> None:
            if number in left:
                self._progress.advance(1, left.pop(number), 1)

        if self._hands is not None:
            weigher.update_by(self._hands, portion, note, tell)
        else:
            reports = self._store.to_weigh(portion)
            weigher.update(_changes(ledger, reports, who, self._codebook, left), tell)
        self._progress.advance(len(left), sum(left.values()), len(left))


def _portions(numbers: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    return (numbers[i : i + size] for i in range(0, len(numbers), size))


def _changes(
    ledger: Ledger, reports: Iterable[Due], who: Identities, codebook: Codebook, words: dict[int, int]
) -> Iterator[tuple[int, WeighedReport | None]]:
    """Reports under the actors of the case, each noted in the ledger, its words counted, when it is read."""
    from saydo.weighing import WeighedReport
    from saydo.weighing.casewide import weighed_as

    for number, record, text in reports:
        report = WeighedReport(who.applied(record), text) if record is not None else None
        if report is not None:
            weighed_as(ledger, number, who, report, codebook)
        words[number] = len(text.split())
        yield number, report
