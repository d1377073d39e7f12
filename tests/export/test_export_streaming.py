"""A large case is written as it is read: no format waits for the end, or holds the reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, overload

import pytest
from export_case import build_case
from export_readers import READERS

from saydo.export.tables import FORMATS
from saydo.model.case import CaseView

REPORTS = 400
WHOLE = ("gexf", "graphml", "html")
"""Hold what the case holds in memory anyway, actors and ties over time; or are one page."""


class Endless(Sequence[Any]):
    """The items over and over, each with an id of its own; ``read`` says how far one got."""

    def __init__(self, items: Sequence[Any]) -> None:
        self.items, self.read = items, 0

    def __len__(self) -> int:
        return REPORTS

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> Any: ...
    def __getitem__(self, index: int | slice) -> Any:
        raise AssertionError("only read in order")

    def __iter__(self) -> Iterator[Any]:
        for n in range(REPORTS):
            self.read = n
            item = self.items[n % len(self.items)]
            id = f"{item.id}-{n}"
            yield replace(item, id=id) if hasattr(item, "origin") else item.model_copy(update={"id": id})


def large() -> CaseView:
    small = build_case()
    return replace(
        small,
        documents=Endless(small.documents),
        records=Endless(small.records),
        discrepancies=(),
        document_index={},
        record_index={},
    )


@pytest.mark.parametrize(
    "format", [name for name in FORMATS if name not in (*WHOLE, "parquet", "ftm", "stix")]
)
def test_rows_come_out_before_the_case_is_read(format: str) -> None:
    view = large()
    exporter = FORMATS[format]
    pieces = iter(exporter.chunks(view, "events"))
    written = 0
    for _ in range(6):
        written += len(next(pieces))
    assert written and view.records.read < 20  # type: ignore[attr-defined]
    assert sum(1 for _ in pieces) > REPORTS / 5


@pytest.mark.parametrize("format", ["ftm", "stix"])
def test_a_whole_case_is_gone_through_and_not_held(format: str) -> None:
    """Reports come out one by one; nothing is as long as the case."""
    pieces = list(FORMATS[format].chunks(large(), "case"))
    assert len(pieces) > 2 * REPORTS and max(map(len, pieces)) < 10_000


def test_every_format_has_a_reader_that_tests_open_it_with() -> None:
    assert set(READERS) == set(FORMATS)
