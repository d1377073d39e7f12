"""Plain words for the codes of the records, for pages to print."""

from saydo.export.words import (
    BASIS,
    DISCREPANCY,
    FIELD,
    QUAD,
    QUAD_NAMES,
    STATEMENT,
    TIE,
    UNDIRECTED,
    day,
    period,
    when,
)

__all__ = [
    "BASIS",
    "DISCREPANCY",
    "FIELD",
    "QUAD",
    "QUAD_NAMES",
    "STATEMENT",
    "TIE",
    "UNDIRECTED",
    "day",
    "period",
    "when",
]
