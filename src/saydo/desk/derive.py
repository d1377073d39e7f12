"""What is found across all reports of a case: actors, discrepancies, commitments, incidents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, overload

from saydo.codebook.entries import Codebook
from saydo.desk.actors import merge_actors
from saydo.desk.corridor import Corridor
from saydo.model.case import CaseView, Incident
from saydo.model.records import CoderInfo, Discrepancy, Pole
from saydo.model.store import Derived

if TYPE_CHECKING:
    from saydo.weighing import WeighedReport

Ref = tuple[str, str]
"""``(document, id)`` of a finding."""


def fingerprint(coder: CoderInfo) -> str:
    """Who weighs; a case that was weighed by another is weighed again."""
    return f"{coder.version} {coder.codebook}"


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


def derive(view: CaseView, codebook: Codebook, rooms: Corridor) -> Derived:
    """Everything that takes all reports together."""
    weighed = rooms.weigh(_Reports(view), codebook)
    own = (found for record in view.records for found in case_wide(record.id, record.discrepancies))
    return Derived(
        actors=merge_actors(view.records),
        discrepancies=united(weighed.discrepancies, own),
        commitments=weighed.commitments,
        incidents=tuple(Incident(c.id, c.type, c.members, c.reason) for c in weighed.clusters),
    )


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
    return tuple(sorted(kept.values(), key=lambda d: (-d.score, d.id)))


def _ref(pole: Pole) -> Ref:
    return pole.document, pole.id
