"""Lists in slices: gone through forwards or back they are the whole list, in its order, each row once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_cases import add, derived, document, record

from saydo import store as cases
from saydo.model.errors import InputError
from saydo.model.found import Filter
from saydo.model.lookups import Cursor, ReportFilter, Slice
from saydo.store import SqliteStore

DATES = st.lists(st.sampled_from([None, "2019-05-01", "2019-05-02", "2020-01-01"]), max_size=9)


def walk(ask, limit: int) -> tuple[list, list]:
    """All items on the way forwards, then all on the way back from the end."""
    forwards, slices, cursor = [], [], None
    while True:
        found: Slice = ask(cursor, limit)
        forwards += found.items
        slices.append(found)
        assert len(found.items) <= limit
        if found.next is None:
            break
        cursor = found.next
    backwards = list(slices[-1].items)
    cursor = slices[-1].previous
    while cursor is not None:
        found = ask(cursor, limit)
        backwards = [*found.items, *backwards]
        cursor = found.previous
    return forwards, backwards


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(dates=DATES, limit=st.integers(1, 4), newest=st.booleans())
def test_reports_by_date_whichever_way_one_goes(
    place: Callable[[Path], Path],
    tmp_path_factory: pytest.TempPathFactory,
    dates: list[str | None],
    limit: int,
    newest: bool,
) -> None:
    """Those without a date count as the oldest; of one day they stand in the order in which they came."""
    with cases.for_writing(place(tmp_path_factory.mktemp("case"))) as store:
        for n, date in enumerate(dates):
            add(store, document(id=f"d{n}", text=f"Report {n}.", date=date))
        where = ReportFilter(newest_first=newest)
        forwards, backwards = walk(lambda cursor, n: store.reports(where, cursor, n), limit)
    expected = sorted(((date or "", n) for n, date in enumerate(dates, start=1)), reverse=newest)
    assert [(report.date or "", report.position) for report in forwards] == expected
    assert backwards == forwards


def test_findings_come_as_without_slices(store: SqliteStore) -> None:
    """The same findings in the same order as the filter gives them whole."""
    for n in range(5):
        add(store, document(id=f"d{n}", text=document().text + " " * n, date=f"2019-05-{10 - n}"))
        store.put_record(record(f"d{n}"))
    for what in ("events", "ties", "statements"):
        for where in (Filter(), Filter(document="d2"), Filter(since="2019-05-08")):
            whole = list(getattr(store, what)(where))
            forwards, backwards = walk(lambda c, n, w=what, q=where: getattr(store, f"{w}_page")(q, c, n), 2)
            assert forwards == whole and backwards == whole


def test_discrepancies_and_actors_come_as_without_slices(store: SqliteStore) -> None:
    add(store, document())
    store.put_record(record())
    store.put_derived(derived(), "test")
    for what in ("discrepancies", "actors"):
        whole = list(getattr(store, what)(Filter()))
        forwards, _ = walk(lambda c, n, w=what: getattr(store, f"{w}_page")(Filter(), c, n), 1)
        assert whole and forwards == whole


def test_a_cursor_of_another_list_is_refused(store: SqliteStore) -> None:
    with pytest.raises(InputError, match="another list"):
        store.reports(ReportFilter(), Cursor(("2019", 1, 2)), 10)


@pytest.mark.parametrize("table", ["events", "ties", "statements"])
def test_a_stretch_is_read_from_an_index_without_sorting(file_case: Path, table: str) -> None:
    """However large the case is: SQLite plans no sort of its own."""
    from saydo.store import queries
    from saydo.store.slices import cut

    plans: list[str] = []

    def plan(sql: str, values: object) -> list[tuple]:
        plans.extend(row[3] for row in store._db.execute(f"EXPLAIN QUERY PLAN {sql}", values))
        return []

    with cases.for_writing(file_case) as store:
        for where in (Filter(), Filter(kinds=("ASSAULT",))):
            cut(plan, queries.listing(table, where), Cursor(("2019-05-01", 1, 0)), 50, tuple)
    assert plans and not [line for line in plans if "TEMP B-TREE" in line], plans


def test_reports_and_overview_read_no_text(file_case: Path) -> None:
    """Counting words or reports of 100,000 reports must not read their texts: every count has an index."""
    from saydo.store.lookups import _TALLY

    with cases.for_writing(file_case) as store:
        lines = [row[3] for row in store._db.execute(f"EXPLAIN QUERY PLAN {_TALLY}")]
    scans = [line for line in lines if line.startswith("SCAN") and "USING" not in line]
    assert not [line for line in scans if "documents" in line or "records" in line], lines
