"""The measure of temporal expressions: TIMEX3 values read off records, and what counts as found."""

from __future__ import annotations

from typing import Any

import pytest

from lab.measures.times import compared, timex
from saydo.model.records import Time


def time(start: int, end: int, edtf: str | None = None, reason: str = "told", **days: Any) -> Time:
    return Time(
        start=start, end=end, text="x" * (end - start), precision="day", edtf=edtf, reason=reason,
        from_=days.get("first"), to=days.get("last"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("edtf", "value"),
    [
        ("2016-10-05", "2016-10-05"),
        ("2016-10~", "2016-10"),
        ("199X", "199"),
        ("1801/1900", "18"),
        ("2016-22~", "2016-SU"),
        ("2016-07/2016-09", "2016-Q3"),
        ("2016-01/2016-06", "2016-H1"),
        ("2016-10-03/2016-10-09", "2016-W40"),
        ("2016-10-08/2016-10-09", "2016-W40-WE"),
        ("2012/2017", "2012/2017"),
        ("2014/..", "2014"),
    ],
)
def test_value_is_read_off_the_edtf(edtf: str, value: str) -> None:
    assert timex(time(0, 4, edtf)) == value


def test_code_in_the_reason_goes_before_the_edtf() -> None:
    """ "The last five years" has days, and its value is a length."""
    assert timex(time(0, 4, "2012/2017", "P5Y, whole years, counted from the publication date")) == "P5Y"
    assert timex(time(0, 4, None, "says no definite time (PAST_REF)")) == "PAST_REF"
    assert timex(time(0, 4, None, "a length of time (PT30M) that no date places")) == "PT30M"
    assert timex(time(0, 4, None, "needs the publication date, which is unknown")) == ""


def test_extents_values_and_days_are_counted_apart() -> None:
    """Three found of four wanted: one right throughout, one too short with the right value, one wrong."""
    found = [
        time(0, 10, "2016-10-05", first="2016-10-05", last="2016-10-05"),
        time(25, 30, "2016", first="2016-01-01", last="2016-12-31"),
        time(40, 50, None, "says no definite time (PAST_REF)"),
    ]
    gold: list[dict[str, Any]] = [
        {"start": 0, "end": 10, "value": "2016-10-05TMO", "from": "2016-10-05", "to": "2016-10-05"},
        {"start": 20, "end": 30, "value": "2016", "from": "2016-01-01", "to": "2016-12-31"},
        {"start": 60, "end": 70, "value": "P3D", "from": None, "to": None},
        {"start": 80, "end": 90, "value": "2015", "from": "2015-01-01", "to": "2015-12-31"},
    ]
    figures = compared([found], [gold])
    assert figures["strict F1"] == pytest.approx(2 * 1 / (3 + 4))
    assert figures["relaxed F1"] == pytest.approx(2 * 2 / (3 + 4))
    assert figures["value precision"] == pytest.approx(2 / 3)
    assert figures["value recall"] == pytest.approx(2 / 4)
    assert figures["days F1"] == pytest.approx(2 * 2 / (2 + 3))
    assert figures["expressions items"] == 4


def test_one_found_expression_stands_for_one_of_the_gold() -> None:
    """A range found where the gold has its two ends counts once."""
    gold = [{"start": 0, "end": 4, "value": "1979", "from": None, "to": None},
            {"start": 8, "end": 12, "value": "1989", "from": None, "to": None}]  # fmt: skip
    assert compared([[time(0, 12, "1979/1989")]], [gold])["relaxed recall"] == 1 / 2
