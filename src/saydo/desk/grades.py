"""Admiralty grades as pages show them: those of the sources and claims that a page is about, and none where
the case does not use them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from saydo.desk.discrepancy import ContextPassage, DiscrepancyFile
from saydo.model.case import CaseView
from saydo.model.choices import Spots, covers
from saydo.model.citations import Ref
from saydo.model.errors import StoreError
from saydo.model.grading import CLAIM_GRADES, SOURCE_GRADES, Graded, HeldGrades
from saydo.model.records import Discrepancy, Record
from saydo.model.store import CaseStore


@dataclass(frozen=True, slots=True)
class Grades:
    """The grades that a page may show; ``on`` says whether the case uses them."""

    on: bool = False
    sources: Mapping[str, Graded] = field(default_factory=lambda: MappingProxyType({}))
    """By report."""
    claims: Mapping[Ref, Graded] = field(default_factory=lambda: MappingProxyType({}))
    discrepancies: Mapping[str, Graded] = field(default_factory=lambda: MappingProxyType({}))
    """By id."""

    @property
    def source_scale(self) -> Mapping[str, str]:
        """What each grade of a source says."""
        return SOURCE_GRADES

    @property
    def claim_scale(self) -> Mapping[str, str]:
        """What each grade of a claim says."""
        return CLAIM_GRADES

    def source(self, document: str) -> Graded | None:
        """How far the source of a report is relied on."""
        return self.sources.get(document)

    def claim(self, document: str, finding: str) -> Graded | None:
        """How far a finding is believed."""
        return self.claims.get((document, finding))

    def discrepancy(self, id: str) -> Graded | None:
        """How far a discrepancy is believed."""
        return self.discrepancies.get(id)


NO_GRADES = Grades()


def grades(
    store: CaseStore,
    documents: Iterable[str] = (),
    refs: Iterable[Ref] = (),
    discrepancies: Iterable[Discrepancy] = (),
) -> Grades:
    """The grades of some reports' sources, of findings and of discrepancies; none where the case does not use
    them. Raises StoreError."""
    if not store.grading():
        return NO_GRADES
    return Grades(
        True,
        store.source_grades(documents),
        store.claim_grades(refs),
        _on_discrepancies(store, tuple(discrepancies)),
    )


def file_grades(
    store: CaseStore, files: Iterable[DiscrepancyFile], also: Iterable[ContextPassage] = ()
) -> Grades:
    """The grades of some discrepancies and of all their passages, and of other passages."""
    if not store.grading():
        return NO_GRADES
    listed = tuple(files)
    shown = [p for f in listed for p in (f.said, *f.against, *(p for s in f.steps for p in s.passages))]
    passages = [p.view for p in (*shown, *also)]
    refs = [(p.heading.id, p.finding) for p in passages if p.finding]
    held = [d for f in listed if (d := _discrepancy(store, f.view.id)) is not None]
    return grades(store, [p.heading.id for p in passages], refs, held)


def graded_view(store: CaseStore) -> CaseView:
    """The whole case with the grades that hold in it, where it uses them: for exports. Raises StoreError."""
    view = store.view()
    if not store.grading():
        return view
    kept: tuple[Mapping[Any, Graded], ...] = (
        store.source_grades(view.document_index),
        store.claim_grades(None),
        _on_discrepancies(store, view.discrepancies),
    )
    return replace(view, grades=HeldGrades(*({of: each.grade for of, each in held.items()} for held in kept)))


def _discrepancy(store: CaseStore, id: str) -> Discrepancy | None:
    found = store.discrepancy(id)
    judged = store.rejected(id) if found is None else None
    return judged.discrepancy if judged else found


def _on_discrepancies(store: CaseStore, found: tuple[Discrepancy, ...]) -> Mapping[str, Graded]:
    """Found again by their passages where a later coding gave them other ids."""
    made = store.discrepancy_grades({d.statement.document for d in found})
    if not made:
        return {}
    anchors = [d.discrepancy for d in made if d.discrepancy is not None]
    reports = {a.document for anchor in anchors for a in (anchor.statement, *anchor.against)}
    spots = Spots(record for id in sorted(reports) if (record := _record(store, id)) is not None)
    held: dict[str, Graded] = {}
    for each in found:
        for decision in made:
            same = decision.judged is not None and decision.judged.id == each.id
            if same or (decision.discrepancy is not None and covers(decision.discrepancy, each, spots)):
                held[each.id] = Graded(decision.grade, decision)
    return held


def _record(store: CaseStore, document: str) -> Record | None:
    try:
        return store.record(document)
    except StoreError:
        return None  # not coded any more
