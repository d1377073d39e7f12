"""Admiralty grades: off until somebody turns them on, given by people, apart for source and claim, kept."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from deeds_case import code_anew, copy, put_deeds
from fastapi.testclient import TestClient
from serving import as_person

PAGES = ("/reader?report=pledge", "/tables?table=statements", "/tables?table=discrepancies", "/dossier")


@pytest.fixture(scope="module")
def weighed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put_deeds(tmp_path_factory.mktemp("grades") / "port")


@pytest.fixture
def case(weighed: Path, tmp_path: Path) -> Path:
    return copy(weighed, tmp_path / "port")


@pytest.fixture
def client(case: Path) -> Iterator[TestClient]:
    with as_person(case) as made:
        yield made


@pytest.fixture
def on(client: TestClient) -> TestClient:
    assert client.post("/grades/use", data={"on": "1"}).status_code == 303
    return client


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def the_one(client: TestClient) -> str:
    [item] = client.get("/api/v1/deeds").json()["items"]
    return item["discrepancy"]["id"]


def grade_all(client: TestClient) -> str:
    """The source of the pledge, the pledge itself and the discrepancy; gives its id."""
    id = the_one(client)
    for form in (
        {"report": "pledge", "whole": "1", "grade": "C", "why": "often late"},
        {"document": "pledge", "finding": "s0", "grade": "2"},
        {"discrepancy": id, "grade": "4", "why": "the mole is not the port"},
    ):
        answer = client.post("/grades/give", data={**form, "back": "/"})
        assert answer.status_code == 303, answer.text
    return id


def test_grades_are_off_until_somebody_turns_them_on(client: TestClient) -> None:
    for path in (*PAGES, f"/discrepancy?id={the_one(client)}"):
        assert "grade" not in words(client.get(path).text).lower(), path
    refused = client.post("/grades/give", data={"document": "pledge", "finding": "s0", "grade": "2"})
    assert refused.status_code == 400 and "grades are off" in refused.text
    assert client.get("/api/v1/grades").json()["on"] is False


def test_source_and_claim_are_graded_apart_and_stand_wherever_they_are_shown(on: TestClient) -> None:
    id = grade_all(on)
    reader = words(on.get("/reader?report=pledge").text)
    assert "source C fairly reliable" in reader and "claim 2 probably true" in reader
    page = words(on.get(f"/discrepancy?id={id}").text)
    assert all(g in page for g in ("source C fairly reliable", "claim 2 probably true", "claim 4 doubtful"))
    assert "C , fairly reliable" in words(on.get("/tables?table=statements").text)
    assert "4 , doubtful" in words(on.get("/tables?table=discrepancies").text)
    dossier = on.get("/dossier.md").text
    assert "Source graded C, fairly reliable, by Noor on" in dossier and ": often late." in dossier
    assert "- Claim graded 4, doubtful, by Noor on" in dossier
    assert "source C fairly reliable claim 2 probably true" in words(on.get("/dossier").text)


def test_programs_are_told_and_may_grade(on: TestClient) -> None:
    id = the_one(on)
    for path, sent in (
        ("source", {"publisher": "Estuary Post", "grade": "C"}),
        ("claim", {"document": "pledge", "finding": "s0", "grade": "2"}),
        ("claim", {"discrepancy": id, "grade": "4"}),
    ):
        assert on.post(f"/api/v1/grades/{path}", json=sent).status_code == 200
    whole = on.get("/api/v1/discrepancy", params={"id": id}).json()
    assert (whole["grade"], whole["statement"]["source_grade"], whole["statement"]["claim_grade"]) == (
        "4", "C", "2",
    )  # fmt: skip
    assert on.get("/api/v1/report", params={"id": "pledge"}).json()["source_grade"] == "C"
    lines = on.get("/api/v1/table", params={"sort": "statement"}).json()["items"]
    assert [(line["source_grade"], line["claim_grade"]) for line in lines] == [("C", "2")]
    held = on.get("/api/v1/grades/report", params={"id": "pledge"}).json()
    assert held["source"]["whole"] and held["claims"]["s0"]["who"] == "Noor"
    wrong = on.post(
        "/api/v1/grades/claim", json={"discrepancy": id, "document": "a", "finding": "b", "grade": "1"}
    )
    assert wrong.status_code == 400


def test_a_report_may_be_graded_otherwise_than_its_publisher(on: TestClient) -> None:
    on.post("/grades/give", data={"publisher": "Estuary Post", "grade": "C"})
    on.post("/grades/give", data={"report": "pledge", "grade": "A"})
    assert on.get("/api/v1/report", params={"id": "pledge"}).json()["source_grade"] == "A"
    assert "source C" in words(on.get("/grades").text)


def test_grades_are_in_the_log_and_taken_back_from_there(on: TestClient) -> None:
    grade_all(on)
    log = words(on.get("/audit").text)
    assert "Noor turned grades on" in log and "C, fairly reliable: Estuary Post, all its reports" in log
    assert "often late" in log and "2, probably true: pledge" in log
    assert on.post("/audit/undo", data={"number": "2", "back": "/audit"}).status_code == 303
    assert on.get("/api/v1/report", params={"id": "pledge"}).json()["source_grade"] is None
    assert on.post("/audit/undo", data={"number": "5", "back": "/audit"}).status_code == 303
    assert on.get("/api/v1/report", params={"id": "pledge"}).json()["source_grade"] == "C"


def test_the_command_line_lists_grades_among_the_decisions(on: TestClient, case: Path) -> None:
    from typer.testing import CliRunner

    from saydo.cli.main import app

    grade_all(on)
    told = CliRunner().invoke(app, ["review", "decisions", "--case", str(case)])
    assert told.exit_code == 0, told.output
    for words_ in (
        "show grades",
        "grade C: Estuary Post (often late)",
        "grade 2: statement “",
        "grade 4: the ",
    ):
        assert words_ in told.output


def test_turned_off_they_are_kept_and_not_shown(on: TestClient) -> None:
    grade_all(on)
    on.post("/grades/use", data={})
    assert "fairly reliable" not in words(on.get("/reader?report=pledge").text)
    assert on.get("/api/v1/report", params={"id": "pledge"}).json()["source_grade"] is None
    on.post("/grades/use", data={"on": "1"})
    assert "source C fairly reliable" in words(on.get("/reader?report=pledge").text)


def test_grades_outlive_coding_anew(on: TestClient, case: Path) -> None:
    """Although the later coder gives its findings, and weighing the discrepancy, other ids."""
    before = grade_all(on)
    on.post("/grades/give", data={"document": "breach", "finding": "e0", "grade": "1"})
    code_anew(case, "9.9.9")
    id = the_one(on)
    assert id != before
    whole = on.get("/api/v1/discrepancy", params={"id": id}).json()
    [against] = whole["against"]
    assert (whole["grade"], whole["statement"]["claim_grade"]) == ("4", "2")
    assert (against["finding"], against["claim_grade"]) == ("e7", "1")


def test_a_grade_changes_nothing_of_what_was_found(on: TestClient) -> None:
    grade_all(on)
    assert "Weigh again" not in on.get("/review").text
    assert [i["verdict"] for i in on.get("/api/v1/deeds").json()["items"]] == [None]
    assert len(on.get("/api/v1/review").json()["items"]) == 3, "a grade is no decision on a finding"


@pytest.mark.parametrize(
    "form",
    [
        {"report": "pledge", "grade": "2"}, {"report": "none", "grade": "A"},
        {"publisher": "nobody", "grade": "A"}, {"discrepancy": "d-none", "grade": "1"},
        {"document": "pledge", "finding": "s9", "grade": "1"},
        {"document": "pledge", "finding": "s0", "grade": "A"}, {"grade": "1"},
    ],
)  # fmt: skip
def test_what_cannot_be_graded_is_told(on: TestClient, form: dict[str, str]) -> None:
    answer = on.post("/grades/give", data=form)
    assert answer.status_code == 400 and len(on.get("/api/v1/decisions").json()["items"]) == 1


def rows_in(client: TestClient, table: str) -> tuple[list[dict[str, str]], list[dict[str, Any]]]:
    """The rows of an export, as CSV and as JSONL."""
    sent = [client.get(f"/tables/export?table={table}&format={name}").text for name in ("csv", "jsonl")]
    return list(csv.DictReader(io.StringIO(sent[0], newline=""))), [
        json.loads(x) for x in sent[1].splitlines()
    ]


def test_exports_have_a_column_for_each_grade_where_grades_are_on_and_none_else(client: TestClient) -> None:
    tables = ("events", "ties", "statements", "discrepancies")
    for table in tables:
        for row in (*rows_in(client, table)[0], *rows_in(client, table)[1]):
            assert not any("grade" in name for name in row), table
    assert client.post("/grades/use", data={"on": "1"}).status_code == 303
    id = grade_all(client)
    plain, lines = rows_in(client, "statements")
    [pledge] = [row for row in plain if (row["document"], row["id"]) == ("pledge", "s0")]
    assert (pledge["source_grade"], pledge["claim_grade"]) == ("C", "2")
    assert [(x["source_grade"], x["claim_grade"]) for x in lines] == [
        (row["source_grade"] or None, row["claim_grade"] or None) for row in plain
    ]
    plain, lines = rows_in(client, "discrepancies")
    assert [(row["id"], row["statement.source_grade"], row["claim_grade"]) for row in plain] == [
        (id, "C", "4")
    ]
    assert lines[0]["claim_grade"] == "4" and lines[0]["statement"]["source_grade"] == "C"


def test_the_description_beside_an_export_names_its_columns_with_grades_or_without(
    client: TestClient,
) -> None:
    def named() -> tuple[list[str], list[str]]:
        sent = client.get("/tables/export?table=events&format=csv&pack=1").content
        with ZipFile(io.BytesIO(sent)) as pack:
            told = json.loads(pack.read("saydo-events.csv-metadata.json"))["tableSchema"]["columns"]
            head = pack.read("saydo-events.csv").decode().splitlines()[0]
        return [column["titles"] for column in told], head.split(",")

    told, held = named()
    assert told == held and "claim_grade" not in held
    assert client.post("/grades/use", data={"on": "1"}).status_code == 303
    told, held = named()
    assert told == held and held[-2:] == ["source_grade", "claim_grade"]
