"""Admiralty grades in exports: of the source and of the claim apart, and only where the case uses them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from saydo.export.columns import Cell, Column
from saydo.export.findings import Part
from saydo.export.rows import ActorRow, DiscrepancyRow, Row
from saydo.model.grading import HeldGrades

_SOURCE = "A to F: how far a person relies on the source; only where the case uses grades"
_CLAIM = "1 to 6: how far a person believes it; only where the case uses grades"
_FINDING = (
    Column("source_grade", "string", _SOURCE, "source_grade"),
    Column("claim_grade", "string", _CLAIM, "claim_grade"),
)
GRADE_COLUMNS: Mapping[Part, tuple[Column, ...]] = MappingProxyType(
    {
        "actors": (),
        "events": _FINDING,
        "ties": _FINDING,
        "statements": _FINDING,
        "discrepancies": (
            Column("statement.source_grade", "string", f"of the statement: {_SOURCE}", "source_grade"),
            Column("against.source_grade", "string", f"of what stands against it: {_SOURCE}", "source_grade"),
            Column("claim_grade", "string", _CLAIM, "claim_grade"),
        ),
    }
)
"""The columns behind the others, where the case uses grades."""


def grade_cells(row: Row, grades: HeldGrades) -> tuple[Cell, ...]:
    """What stands in these columns for one row."""
    if isinstance(row, ActorRow):
        return ()
    if isinstance(row, DiscrepancyRow):
        against = [grades.sources.get(pole.document) for pole in row.against]
        return (
            grades.sources.get(row.statement.document),
            "; ".join(grade or "" for grade in against) if any(against) else None,
            grades.discrepancies.get(row.id),
        )
    document = row.citation.document
    return grades.sources.get(document), grades.claims.get((document, row.id))


def graded_line(line: dict[str, Any], row: Row, grades: HeldGrades) -> dict[str, Any]:
    """A row as JSON with its grades; those of a discrepancy's sources stand in its passages."""
    if isinstance(row, ActorRow):
        return line
    if isinstance(row, DiscrepancyRow):
        for pole in (line["statement"], *line["against"]):
            pole["source_grade"] = grades.sources.get(pole["document"])
        return {**line, "claim_grade": grades.discrepancies.get(row.id)}
    source, claim = grade_cells(row, grades)
    return {**line, "source_grade": source, "claim_grade": claim}
