"""Admiralty grades: how far a source is relied on (A to F), and how far a claim is believed (1 to 6).

The two are given apart, by people only, and say nothing of each other: a reliable source may be wrong. A case
shows them where somebody turned them on. Scale: the one of NATO's intelligence doctrine (AJP-2.1).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple, Protocol

from saydo.model.choices import Decision
from saydo.model.citations import Ref

SOURCE_GRADES: Mapping[str, str] = MappingProxyType(
    {
        "A": "completely reliable", "B": "usually reliable", "C": "fairly reliable",
        "D": "not usually reliable", "E": "unreliable", "F": "reliability cannot be judged",
    }
)  # fmt: skip
"""How far a source is relied on, from what is known of it."""
CLAIM_GRADES: Mapping[str, str] = MappingProxyType(
    {
        "1": "confirmed by other sources", "2": "probably true", "3": "possibly true", "4": "doubtful",
        "5": "improbable", "6": "truth cannot be judged",
    }
)  # fmt: skip
"""How far a claim is believed, whoever makes it."""


class Graded(NamedTuple):
    """A grade that holds, and the decision that gave it."""

    grade: str
    decision: Decision

    @property
    def words(self) -> str:
        """The grade in words."""
        return SOURCE_GRADES.get(self.grade) or CLAIM_GRADES[self.grade]

    @property
    def whole(self) -> bool:
        """Whether it is that of a publisher with all its reports."""
        source = self.decision.source
        return source is not None and source.publisher is not None


class HeldGrades(NamedTuple):
    """The grades that hold in a case, by what they are of: letters and numbers alone."""

    sources: Mapping[str, str]
    """By report."""
    claims: Mapping[Ref, str]
    discrepancies: Mapping[str, str]
    """By id."""


class GradeLookups(Protocol):
    """Questions about grades. All raise StoreError with a line for a person."""

    def grading(self) -> bool:
        """Whether grades are shown and given in the case."""
        ...

    def source_grades(self, documents: Iterable[str]) -> Mapping[str, Graded]:
        """Id of a report → the grade of it, else of its publisher; one without a grade is left out."""
        ...

    def publisher_grades(self, publishers: Iterable[str]) -> Mapping[str, Graded]:
        """A publisher → the grade of it with all its reports; one without is left out."""
        ...

    def claim_grades(self, refs: Iterable[Ref] | None) -> Mapping[Ref, Graded]:
        """A finding → its grade; one without is left out. All that have one where none are asked for."""
        ...

    def discrepancy_grades(self, documents: Iterable[str]) -> tuple[Decision, ...]:
        """The grades that hold of discrepancies whose statement is in one of these reports, by number."""
        ...
