"""Weighs a case report by report: what is due, some reports at a time, each time in one step of the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from saydo.codebook.entries import Codebook
from saydo.desk.corridor import WeigherRoom
from saydo.desk.progress import Progress
from saydo.model.choices import Choices
from saydo.model.errors import StoreError
from saydo.model.identity import Identities
from saydo.model.ledger import Ledger
from saydo.model.records import Discrepancy, Record
from saydo.model.store import CaseStore, Due

if TYPE_CHECKING:
    from saydo.weighing import Weighed, WeighedReport, Weigher

TOGETHER = 1024
"""Reports weighed in one step that were weighed before: as they were then has to be held, too."""
FRESH = 2048
"""New reports weighed in one step. Those that a step touches are weighed once for all that come with it, so
more at once are weighed faster; and more is done again after a kill."""
_AT_HAND = 256
"""Records kept for the explanations of discrepancies."""


def weigh_by_report(
    store: CaseStore,
    codebook: Codebook,
    weigher: WeigherRoom,
    choices: Choices,
    by: str,
    progress: Progress,
) -> tuple[Weighed, list[Discrepancy]]:
    """Weighs whatever is due; what holds of the whole case, and the discrepancies of the records themselves.

    Reports are due that were coded since they were weighed, some of whose actors count as others now, or of
    which a decision speaks that was made or undone since.
    """
    from saydo.weighing import casewide
    from saydo.weighing.decided import Decided, with_steps

    store.begin_weighing(by)
    progress.begin("weighing", len(store.due()) or None)
    for portion in _portions(store.due(), TOGETHER):
        store.weigh(partial(_look, list(store.to_weigh(portion)), codebook))
    who = store.weigh(lambda ledger: casewide.who_is_who(ledger, codebook, choices))
    other = store.weigh(lambda ledger: casewide.other_than_weighed(ledger, who))
    spoken_of = casewide.in_force(choices)
    decided_on = store.weigh(lambda ledger: casewide.newly_decided(ledger, spoken_of))
    due = sorted({*store.due(), *other, *decided_on})
    store.weigh(lambda ledger: None, more=due)
    records = lru_cache(_AT_HAND)(partial(_record, store))
    documents = frozenset().union(*spoken_of.values())
    decided = Decided.of(choices, {d: r for d in sorted(documents) if (r := records(d)) is not None})
    made: list[Weigher] = []

    def weigh(portion: Sequence[int], ledger: Ledger) -> None:
        if not made:
            made.append(weigher(ledger, codebook, decided, lambda d: with_steps(d, who, records)))
        left = dict.fromkeys(portion, 0)
        changes = _changes(ledger, store.to_weigh(portion), who, codebook, left)
        made[0].update(changes, lambda n: progress.advance(1, left.pop(n), 1) if n in left else None)
        progress.advance(len(left), sum(left.values()), len(left))

    weighed = store.weigh(lambda ledger: {n for n in due if ledger.card(n) is not None})
    for portion in _portions([n for n in due if n not in weighed], FRESH):
        store.weigh(partial(weigh, portion), done=portion)
    for portion in _portions(sorted(weighed), TOGETHER):
        store.weigh(partial(weigh, portion), done=portion)
    store.weigh(lambda ledger: casewide.follow(ledger, spoken_of))
    own = store.weigh(lambda ledger: list(casewide.own_of(ledger)))
    return store.weigh(lambda ledger: casewide.together(ledger, who, decided)), own


def _portions(numbers: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    return (numbers[i : i + size] for i in range(0, len(numbers), size))


def _look(reports: Sequence[Due], codebook: Codebook, ledger: Ledger) -> None:
    """Notes what reports say for themselves."""
    from saydo.weighing import WeighedReport
    from saydo.weighing.casewide import known

    for number, record, text in reports:
        ledger.know(number, known(WeighedReport(record, text), codebook) if record is not None else None)


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


def _record(store: CaseStore, document: str) -> Record | None:
    try:
        return store.record(document)
    except StoreError:
        return None  # not coded any more
