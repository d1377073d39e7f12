"""``saydo.load()``: texts in, reports with their findings out."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pandas
import pytest
from api_reader import BROKEN, CALM, DEED, VOW

import saydo
from saydo.model.document import text_sha256


def test_a_text_becomes_a_report_with_typed_findings(coder: saydo.Coder) -> None:
    report = coder(DEED, date="2013-06-05", title="Shells on the town")
    (event,) = report.events
    assert isinstance(event, saydo.Event)
    assert (event.type, event.actor_parties[0].name) == ("ASSAULT", "Séléka")
    assert event.time is not None and event.time.from_ == "2013-06-04"
    assert event.citation.quote == report.text == DEED
    assert report.id == text_sha256(DEED)
    assert isinstance(report.record, saydo.Record)
    assert saydo.Record.model_validate_json(report.to_json()) == report.record
    assert repr(report) == "<Report 'Shells on the town': 1 event>"


def test_findings_are_a_sequence(coder: saydo.Coder) -> None:
    found = coder(VOW, date="2013-05-20").statements
    assert len(found) == 1 and found and found[0] == found[-1] == next(iter(found))
    assert found[0:5] == [found[0]]
    assert (found[0].kind, found[0].speaker.name) == ("pledge", "Séléka")
    with pytest.raises(IndexError, match="there are 1 statements"):
        found[1]
    with pytest.raises(saydo.InputError, match="of one text"):
        found.where(kind="pledge")


@pytest.mark.parametrize(
    "day",
    [
        "2013-06-05",
        date(2013, 6, 5),
        datetime(2013, 6, 5, 14, 30),
        pandas.Timestamp("2013-06-05 14:30"),
        "2013-06-05T14:30:00Z",
    ],
)
def test_a_date_may_be_whatever_people_have_dates_in(coder: saydo.Coder, day: object) -> None:
    assert coder(DEED, date=day).date == "2013-06-05"


@pytest.mark.parametrize("day", [None, "", float("nan"), pandas.NaT])
def test_a_date_may_be_missing(coder: saydo.Coder, day: object) -> None:
    report = coder(DEED, date=day)
    assert report.date is None and len(report.events) == 1


def test_what_is_no_text_or_no_date_is_refused_in_one_line(coder: saydo.Coder) -> None:
    with pytest.raises(saydo.InputError, match="it is no text but nothing"):
        coder(None)  # type: ignore[arg-type]
    with pytest.raises(saydo.InputError, match="'last week' is no date; write it as YYYY-MM-DD"):
        coder(DEED, date="last week")
    with pytest.raises(saydo.CodingError, match="no such luck"):
        coder(BROKEN)


def test_many_texts_come_back_in_order_in_whatever_form_they_are_given(coder: saydo.Coder) -> None:
    given = [DEED, (VOW, {"date": "2013-05-20", "row": 7}), {"text": CALM, "id": "c", "source": "radio"}]
    reports = list(coder.pipe(given))
    assert [report.text for report in reports] == [DEED, VOW, CALM]
    assert [report.meta for report in reports] == [{}, {"row": 7}, {"source": "radio"}]
    assert (reports[1].date, reports[2].id) == ("2013-05-20", "c")


def test_the_rows_of_a_table_go_in_as_they_are(coder: saydo.Coder) -> None:
    frame = pandas.DataFrame(
        {"text": [DEED, VOW], "date": pandas.to_datetime(["2013-06-05", None]), "title": ["A", None]}
    )
    one, other = coder.pipe(frame.to_dict("records"))
    assert (one.date, one.title, other.date, other.title) == ("2013-06-05", "A", None, None)


def test_a_bad_text_stops_nothing_and_is_told(coder: saydo.Coder) -> None:
    """It keeps its place, has no findings, and says why; a warning names it."""
    given = [None, DEED, BROKEN, (VOW, {"date": "someday"}), CALM, float("nan")]
    with pytest.warns(saydo.NotCoded) as told:
        reports = list(coder.pipe(given))
    assert [report.failure is None for report in reports] == [False, True, False, False, True, False]
    assert [str(each.message).split(":")[0] for each in told] == [
        f"text {n} (from 0) was not coded" for n in (0, 2, 3, 5)
    ]
    assert [len(report.events) for report in reports] == [0, 1, 0, 0, 0, 0]
    assert len(reports[2].events.to_pandas()) == len(reports[2].discrepancies) == len(reports[2].actors) == 0
    assert reports[2].notes == ()
    assert "not coded" in repr(reports[2]) and "no such luck" in reports[2]._repr_html_()
    with pytest.raises(saydo.CodingError, match="no such luck"):
        _ = reports[2].record


def test_errors_may_be_kept_or_raised_instead(coder: saydo.Coder) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert [r.failure is None for r in coder.pipe([BROKEN, DEED], errors="keep")] == [False, True]
    with pytest.raises(saydo.CodingError, match=r"text 1 \(from 0\)"):
        list(coder.pipe([DEED, BROKEN], errors="raise"))
    with pytest.raises(saydo.InputError, match="choose 'warn', 'raise' or 'keep'"):
        coder.pipe([DEED], errors="ignore")  # type: ignore[arg-type]


def test_texts_are_drawn_a_few_at_a_time(coder: saydo.Coder) -> None:
    drawn = 0

    def endless() -> Iterator[str]:
        nonlocal drawn
        while True:
            drawn += 1
            yield DEED

    reports = coder.pipe(endless())
    for _ in range(3):
        next(reports)
    assert drawn <= 32


def test_workers_find_the_same(coder: saydo.Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", f"{Path(__file__).parent}:{Path(saydo.__file__).parents[1]}")
    given = [DEED, VOW, None, CALM, BROKEN] * 3
    alone = list(coder.pipe(given, errors="keep"))
    crew = list(coder.pipe(given, workers=2, errors="keep"))
    assert [(r.failure, r.failure or r.to_json()) for r in crew] == [
        (r.failure, r.failure or r.to_json()) for r in alone
    ]


def test_a_reader_of_ones_own_may_be_given_as_it_is() -> None:
    from api_reader import reader

    own = saydo.load(reader())
    assert len(own(DEED).events) == 1
    assert "scripted for the interface" in repr(own) and own.info.reader == "scripted for the interface"
    with pytest.raises(saydo.ReaderError, match="workers need a reader that has a name"):
        own.pipe([DEED], workers=2)
    with pytest.raises(saydo.InputError, match="give 1 or more"):
        own.pipe([DEED], workers=0)


def test_faults_of_a_codebook_of_ones_own_are_told(tmp_path: Path) -> None:
    (tmp_path / "contexts").mkdir()
    (tmp_path / "contexts" / "broken.yaml").write_text("id: broken\nunknown: 1\n", encoding="utf-8")
    with pytest.raises(saydo.CodebookError) as told:
        saydo.load("api_reader:reader", codebook=tmp_path)
    assert any("unknown key" in fault for fault in told.value.faults)


def test_a_reader_that_is_not_there_is_named() -> None:
    with pytest.raises(saydo.ReaderError, match="api_reader:nobody"):
        saydo.load("api_reader:nobody")


@pytest.mark.model
def test_the_real_reader_codes_a_text_as_the_command_does(tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from saydo.cli.main import app

    text = "Gunmen killed two guards at the Sahr depot on Monday, the governor of Kidal said."
    (tmp_path / "in.jsonl").write_text(
        f'{{"id": "a", "text": "{text}", "date": "2019-05-09"}}\n', encoding="utf-8"
    )
    ran = CliRunner().invoke(app, ["code", str(tmp_path / "in.jsonl"), "-o", str(tmp_path / "out.jsonl")])
    assert ran.exit_code == 0, ran.output
    report = saydo.load()(text, id="a", date="2019-05-09")
    assert report.to_json() + "\n" == (tmp_path / "out.jsonl").read_text(encoding="utf-8")
    assert report.events[0].type == "ASSAULT"
