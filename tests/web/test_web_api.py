"""The JSON API: the records of the case, in stretches, and errors that a program can read."""

from __future__ import annotations

from pathlib import Path

import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from web_case import HARM

from saydo.model.records import Record
from saydo.web import Settings, create_app


def everything(client: TestClient, what: str, **query: str) -> list[dict]:
    """A whole list, a stretch of two at a time."""
    found, at = [], ""
    while True:
        answer = client.get(f"/api/v1/{what}", params={**query, "limit": "2", "at": at}).json()
        found += answer["items"]
        if answer["next"] is None:
            return found
        at = answer["next"]


def test_every_list_can_be_gone_through_to_its_end(client: TestClient) -> None:
    for what in ("reports", "events", "ties", "statements", "discrepancies", "actors"):
        whole = client.get(f"/api/v1/{what}", params={"limit": 500}).json()
        assert whole["next"] is None and len(whole["items"]) > 2
        assert everything(client, what) == whole["items"]


def test_going_back_leads_to_the_stretch_before(client: TestClient) -> None:
    first = client.get("/api/v1/events", params={"limit": 2}).json()
    second = client.get("/api/v1/events", params={"limit": 2, "at": first["next"]}).json()
    back = client.get("/api/v1/events", params={"limit": 2, "at": second["previous"]}).json()
    assert back["items"] == first["items"]
    assert back["previous"] is None


def test_findings_are_those_of_the_records(client: TestClient) -> None:
    """What the lists give is what the record of the report says, field by field."""
    for what in ("events", "ties", "statements"):
        for item in everything(client, what):
            record = client.get("/api/v1/record", params={"id": item["document"]}).json()
            assert item[what[:-1]] in record[what]


def test_a_record_is_one_as_saydo_writes_it(client: TestClient) -> None:
    answer = client.get("/api/v1/record", params={"id": "breach"}).json()
    assert Record.model_validate(answer).model_dump(mode="json", by_alias=True) == answer


def test_offsets_point_into_the_text_by_code_points(client: TestClient) -> None:
    report = client.get("/api/v1/report", params={"id": "harm/../<b>"}).json()
    assert report["text"] == HARM
    (event,) = client.get("/api/v1/record", params={"id": "harm/../<b>"}).json()["events"]
    assert report["text"][slice(*event["trigger"])] == "shelled"


def test_lists_are_cut_down(client: TestClient) -> None:
    pledges = everything(client, "statements", kind="pledge")
    assert pledges and {s["statement"]["kind"] for s in pledges} == {"pledge"}
    mine = everything(client, "events", actor="harm")
    assert [e["document"] for e in mine] == ["harm/../<b>"]
    assert everything(client, "events", report="breach")
    assert everything(client, "events", since="2031") == []


def test_errors_are_problems(client: TestClient) -> None:
    for path, status in (
        ("/api/v1/report?id=nothing", 404),
        ("/api/v1/record?id=torn", 404),
        ("/api/v1/events?since=soon", 400),
        ("/api/v1/events?at=nonsense", 400),
        ("/api/v1/events?limit=0", 400),
        ("/api/v1/events?colour=red", 400),
        ("/api/v1/nothing", 404),
    ):
        answer = client.get(path)
        assert answer.status_code == status, path
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["detail"] and answer.json()["status"] == status


def test_nothing_that_is_asked_breaks_it(case: Path) -> None:
    """Schemathesis asks whatever the OpenAPI description allows, and much that it does not."""
    schema = schemathesis.openapi.from_asgi(
        "/api/v1/openapi.json", create_app(case, Settings(hosts=("testserver", "localhost")))
    )
    asked = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        told = schema.raw_schema["paths"][operation.path][operation.method]
        for mode in GenerationMode:
            if mode is GenerationMode.NEGATIVE and not (told.get("parameters") or told.get("requestBody")):
                continue  # what takes nothing cannot be asked wrongly

            @settings(max_examples=8, suppress_health_check=list(HealthCheck), database=None)
            @given(question=operation.as_strategy(generation_mode=mode))
            def ask(question: schemathesis.Case) -> None:
                answer = question.call()
                assert answer.status_code < 500, answer.text
                assert answer.headers["content-type"][0] in ("application/json", "application/problem+json")

            ask()
            asked += 1
    assert asked > 10
