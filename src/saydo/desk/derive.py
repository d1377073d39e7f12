"""What is found across all reports of a case: actors, discrepancies, commitments, incidents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, overload

from saydo.codebook.entries import Codebook
from saydo.desk.actors import merge_actors
from saydo.desk.byreport import weigh_by_report
from saydo.desk.corridor import Corridor
from saydo.desk.progress import Progress, Silent
from saydo.model.case import CaseView, Incident
from saydo.model.choices import Choices
from saydo.model.identity import Identities
from saydo.model.ledger import FORM
from saydo.model.records import CoderInfo, Discrepancy, DiscrepancyKind, Pole, Record
from saydo.model.store import CaseStore, Derived

if TYPE_CHECKING:
    from saydo.desk.team import Hire
    from saydo.weighing import WeighedReport

_SPECIFIC: tuple[DiscrepancyKind, ...] = ("position", "commitment", "denial", "tie", "account")
"""Of discrepancies that are equally sure the more specific kind comes first."""
Ref = tuple[str, str]
"""``(document, id)`` of a finding."""


def fingerprint(coder: CoderInfo) -> str:
    """Who weighs; a case that was weighed by another is weighed again."""
    return f"{coder.version}/{FORM} {coder.codebook}"


class _Reports(Sequence["WeighedReport"]):
    """The coded reports of a case, each read when asked for."""

    def __init__(self, view: CaseView) -> None:
        self._view = view

    def __len__(self) -> int:
        return len(self._view.records)

    @overload
    def __getitem__(self, index: int) -> WeighedReport: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[WeighedReport]: ...

    def __getitem__(self, index: int | slice) -> WeighedReport | Sequence[WeighedReport]:
        from saydo.weighing import WeighedReport

        if isinstance(index, slice):
            return [self[n] for n in range(*index.indices(len(self)))]
        record = self._view.records[index]
        return WeighedReport(record, self._view.document(record.id).text)

    def __iter__(self) -> Iterator[WeighedReport]:
        return (self[n] for n in range(len(self)))


def derive(
    store: CaseStore,
    codebook: Codebook,
    rooms: Corridor,
    by: str,
    progress: Progress | None = None,
    hire: Hire | None = None,
) -> Derived:
    """Everything that takes all reports together; ``by`` says who weighs, see :func:`fingerprint`. With
    ``hire`` others weigh for this process, where there is enough to do.

    Only what is new since the case was last weighed, or touched by what is, is weighed, some reports at a
    time; what was weighed stays so, whatever stops the run.
    """
    view, progress = store.view(), progress or Silent()
    choices = Choices(view.decisions)
    if rooms.weigher is None:
        progress.begin("weighing")
        weighed = rooms.weigh(_Reports(view), codebook, choices)
        own = [found for record in view.records for found in record.discrepancies]
    else:
        weighed, own = weigh_by_report(store, codebook, rooms.weigher, choices, by, progress, hire)
    who = weighed.identities
    mine = (as_known(d, who) for found in own for d in case_wide(found.statement.document, (found,)))
    every = united(weighed.discrepancies, mine)
    standing, verdicts, lost = judged(every, choices, weighed.rejected, partial(_record, view))
    return Derived(
        actors=merge_actors(who.applied(record) for record in view.records),
        discrepancies=standing,
        commitments=weighed.commitments,
        incidents=tuple(Incident(c.id, c.type, c.members, c.reason) for c in weighed.clusters),
        identities=who,
        spells=weighed.spells,
        verdicts=verdicts,
        lost=weighed.lost | lost,
    )


def _record(view: CaseView, document: str) -> Record | None:
    try:
        return view.record(document)
    except KeyError:
        return None  # not coded any more


def judged(
    every: Iterable[Discrepancy],
    choices: Choices,
    rejected: frozenset[int],
    records: Callable[[str], Record | None],
) -> tuple[tuple[Discrepancy, ...], dict[str, int], frozenset[int]]:
    """The discrepancies that nobody rejected, the verdicts on them (id → decision), and the decisions that
    match none; ``rejected`` are those that weighing followed."""
    from saydo.weighing.decided import verdicts

    every = tuple(every)
    met, lost = verdicts(choices, every, records)
    standing = tuple(d for d in every if d.id not in met or met[d.id].kind != "reject")
    return standing, {d.id: met[d.id].number for d in standing if d.id in met}, lost - rejected


def as_known(found: Discrepancy, who: Identities) -> Discrepancy:
    """A report's own discrepancy with the speaker under the id that the case knows."""
    if found.speaker is None:
        return found
    return found.model_copy(update={"speaker": who.of(found.statement.document, found.speaker)})


def case_wide(document: str, found: Iterable[Discrepancy]) -> Iterator[Discrepancy]:
    """Discrepancies of one record with ids that no other record of the case has."""
    for each in found:
        yield each.model_copy(update={"id": f"{document}/{each.id}"})


def united(weighed: Iterable[Discrepancy], own: Iterable[Discrepancy]) -> tuple[Discrepancy, ...]:
    """Both lists as one, strongest first, each pair of passages once under each kind: what a report flags
    itself goes before what was inferred, and what was found over the whole case before what was found
    within one report."""
    kept: dict[tuple[str, Ref, frozenset[Ref]], Discrepancy] = {}
    for found in sorted((*weighed, *own), key=lambda d: d.basis != "flagged"):
        kept.setdefault((found.kind, _ref(found.statement), frozenset(map(_ref, found.against))), found)
    return tuple(
        sorted(kept.values(), key=lambda d: (d.needs_review, -d.score, _SPECIFIC.index(d.kind), d.id))
    )


def _ref(pole: Pole) -> Ref:
    return pole.document, pole.id
