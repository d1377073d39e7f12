"""``saydo.Case``: a case on disk, read from Python."""

from __future__ import annotations

from pathlib import Path

import pytest
from api_reader import BROKEN, DEED
from throwaway_postgres import Server

import saydo
from saydo import desk


def test_a_case_shows_what_it_holds(case: saydo.Case) -> None:
    assert (case.counts.documents, case.counts.events, case.counts.statements) == (4, 4, 1)
    assert [report.title for report in case.reports] == [
        "About the again",
        "About the calm",
        "About the deed",
        "About the vow",
    ]
    assert len(case.reports) == 4 and case.reports[-1].publisher == "Ouham Post"
    assert [report.date for report in case.reports[1:3]] == ["2013-06-07", "2013-06-05"]
    assert {actor.name for actor in case.actors} >= {"Séléka"}
    assert case.skipped == []
    assert repr(case).startswith("<Case 'case': 4 reports, ") and len(repr(case)) < 120
    assert (repr(case.reports), repr(case.events)) == ("<4 reports>", "<4 events>")


def test_findings_are_chosen_by_actor_kind_time_and_report(case: saydo.Case) -> None:
    assert len(case.events.where(kind="ASSAULT", since="2013-06", until="2013-06-04")) == 2
    assert len(case.events.where(actor="seleka")) == len(case.events) == 4
    assert len(case.events.where(kind=["AID", "ASSAULT"]).where(report="again.md")) == 1
    assert [row.citation.title for row in case.events.where(report="About the deed")] == ["About the deed"]
    assert not case.events.where(kind="AID") and list(case.events.where(since="2014")) == []
    assert len(case.statements.where(kind="pledge")) == 1
    assert len(case.actors.where(actor="Séléka")) == 1
    for wrong in ({"actor": "Nobody at all"}, {"since": "soon"}, {"report": "elsewhere.md"}):
        with pytest.raises(saydo.InputError):
            case.events.where(**wrong)


def test_a_vow_and_the_deed_against_it_are_one_discrepancy_with_both_passages(case: saydo.Case) -> None:
    found = case.discrepancies[0]
    assert isinstance(found, saydo.Discrepancy)
    assert (found.kind, found.speaker_name, found.statement.quote) == (
        "commitment",
        "Séléka",
        "The Seleka vowed that they would not shell Bossangoa.",
    )
    report = case.report("vow.md")
    assert [each.id for each in report.discrepancies] == [found.id]
    assert list(case.discrepancies.where(kind="denial")) == []
    assert len(case.discrepancies.where(kind="commitment", actor="Séléka")) == len(case.discrepancies)


def test_a_report_of_a_case_is_like_one_that_was_coded_by_itself(case: saydo.Case) -> None:
    report = case.report("About the deed")
    assert [event.type for event in report.events] == ["ASSAULT"]
    assert report.record.id == report.id and report.failure is None
    assert {actor.name for actor in report.actors} == {"Séléka"}
    with pytest.raises(saydo.InputError, match="no report matches"):
        case.report("About nothing")


def test_a_closed_case_says_so_and_can_be_opened_again(place: Path) -> None:
    with saydo.Case.open(place) as case:
        events = case.events
    assert "closed" in repr(case)
    with pytest.raises(saydo.InputError, match="the case is closed"):
        len(events)
    case.reload()
    assert len(events) == 4
    case.close()


def test_there_must_be_a_case(tmp_path: Path) -> None:
    with pytest.raises(saydo.StoreError):
        saydo.Case.open(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_a_new_case_is_empty_and_shows_itself(tmp_path: Path) -> None:
    with saydo.Case.create(tmp_path / "new") as case:
        assert len(case.reports) == len(case.events) == len(case.discrepancies) == 0
        assert "nothing in it yet" in case._repr_html_()
        assert case.events.to_pandas().empty


def test_a_case_in_postgresql_is_opened_by_its_address(
    server: Server, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    schema = server.new_schema()
    address = server.address(schema)
    desk.copy_case(place, desk.case_at(address))
    with saydo.Case.open(address) as there, saydo.Case.open(place) as here:
        assert len(there.events.where(kind="ASSAULT", actor="Séléka")) == 3
        assert there.events.to_arrow() == here.events.to_arrow()
        assert address in repr(there) or "4 reports" in repr(there)
    server.execute(f"DROP SCHEMA {schema} CASCADE")


@pytest.mark.parametrize("workers", [1, 2])
def test_reports_are_taken_in_and_the_case_is_looked_at_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    monkeypatch.setenv("PYTHONPATH", f"{Path(__file__).parent}:{Path(saydo.__file__).parents[1]}")
    (tmp_path / "deed.txt").write_text(DEED, encoding="utf-8")
    (tmp_path / "empty.docx").write_bytes(b"no document")
    with saydo.Case.create(tmp_path / "case") as case:
        events = case.events
        case.run(tmp_path / "deed.txt", date="2013-06-05", reader="api_reader:reader", workers=workers)
        assert [report.date for report in case.reports] == ["2013-06-05"]
        assert [event.type for event in events] == ["ASSAULT"]
        case.run([tmp_path / "deed.txt", tmp_path / "empty.docx"], reader="api_reader:reader")
        assert len(case.reports) == 1 and case.skipped[0][0].endswith("empty.docx")


def test_a_report_that_could_not_be_coded_is_in_the_case_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "broken.txt").write_text(BROKEN, encoding="utf-8")
    with saydo.Case.create(tmp_path / "case").run(
        tmp_path / "broken.txt", reader="api_reader:reader"
    ) as case:
        (report,) = case.reports
        assert "no such luck" in (report.failure or "") and len(report.events) == 0
        assert case.counts.failed == 1 and case.events.to_pandas().empty
