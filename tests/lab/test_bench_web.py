"""The bench of the workbench asks every page, and its figures are what it says they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from lab.bench_web import Clocked, measure, not_asked, percentile, served
from lab.bench_web_asks import MAKERS, Hand, asks
from lab.bench_web_case import build


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bench") / "case"
    build(folder, reports=90, people=15, seed=1)
    return folder


def test_every_page_and_route_is_asked_and_answers(case: Path) -> None:
    """On a small case; a route that is new needs a question, or a reason why it has none."""
    with served(case) as (app, address):
        assert isinstance(app, Clocked)
        assert not_asked(app.app) == set()
        rows = measure(app, address, asks(Hand(case, 1), 2))
    assert [row.of for row in rows] == [f"{path} ({way})" if way else path for path, way, _ in MAKERS]
    assert all(len(row.walls) == len(row.processors) == 2 for row in rows)
    assert all(0 < wall < 60 for row in rows for wall in row.walls)


def test_the_same_seed_asks_the_same(case: Path) -> None:
    assert asks(Hand(case, 4), 3) == asks(Hand(case, 4), 3)
    assert asks(Hand(case, 4), 3) != asks(Hand(case, 5), 3)


def test_a_percentile_is_the_value_that_so_many_do_not_exceed() -> None:
    assert percentile([3.0, 1.0, 2.0, 4.0], 0.5) == 2.0
    assert percentile([float(n) for n in range(1, 101)], 0.95) == 95.0
    assert percentile([7.0], 0.95) == 7.0
