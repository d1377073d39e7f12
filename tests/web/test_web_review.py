"""Review, audit and who is who by plain requests: what a person decides holds, is told, and can be undone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from review_case import code_anew, put_review_case
from serving import as_person

from saydo.web import create_app


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put_review_case(tmp_path_factory.mktemp("review") / "river")


@pytest.fixture
def river(fresh: Path, tmp_path: Path) -> Path:
    import shutil

    return Path(shutil.copytree(fresh, tmp_path / "river"))


@pytest.fixture
def client(river: Path) -> Iterator[TestClient]:
    with as_person(river) as made:
        yield made


def words(html: str) -> str:
    """The words of a page on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def waiting(client: TestClient, **query: str) -> list[dict[str, object]]:
    return client.get("/api/v1/review", params={"limit": "500", **query}).json()["items"]


def decide(client: TestClient, decision: str, *found: dict[str, object]) -> list[int]:
    refs = [{"document": f["document"], "finding": f["finding"]} for f in found]
    answer = client.post("/api/v1/decisions", json={"decision": decision, "findings": refs})
    assert answer.status_code == 200, answer.text
    return answer.json()["numbers"]


def test_the_least_sure_waits_first_with_its_words_and_why_it_was_coded(client: TestClient) -> None:
    scores = [f["score"] for f in waiting(client)]
    assert len(scores) == 42 and scores == sorted(scores)
    page = client.get("/review?what=event").text
    shown = words(page)
    assert "0 of 14 decided" in shown
    assert "Coded by the rule assault/verb" in shown
    assert "reports name Kolda River Brigade" in shown
    assert re.search(r"<mark class=\"done\">", page)


def test_the_list_is_gone_through_without_gaps_or_repeats(client: TestClient) -> None:
    found, at = [], ""
    while True:
        answer = client.get("/api/v1/review", params={"limit": "5", "at": at}).json()
        found += [(f["document"], f["finding"]) for f in answer["items"]]
        if answer["next"] is None:
            break
        at = answer["next"]
    assert len(found) == len(set(found)) == 42


def test_the_list_can_be_cut_down(client: TestClient) -> None:
    assert {f["what"] for f in waiting(client, what="tie")} == {"tie"}
    assert len(waiting(client, actor="weir-watch", what="event")) == 4
    assert len(waiting(client, rule="alliance/allied")) == 14
    assert {f["document"] for f in waiting(client, report="r3")} == {"r3"}
    assert len(waiting(client, since="2019-03", until="2019-03", what="event")) == 1
    page = client.get("/review", params={"actor": "Weir Watch", "what": "event"})
    assert "0 of 4 decided" in words(page.text)


def test_moving_never_decides(client: TestClient) -> None:
    page = client.get("/review").text
    skip = unescape(re.search(r'data-skip href="([^"]+)"', page)[1])  # type: ignore[index]
    assert client.get(skip).status_code == 200
    assert client.get("/api/v1/decisions").json()["items"] == []


def test_a_decision_takes_the_finding_off_the_list_and_into_the_audit(client: TestClient) -> None:
    first, second = waiting(client)[:2]
    form = {
        "document": first["document"],
        "finding": first["finding"],
        "decision": "accept",
        "back": "/review",
    }
    assert client.post("/review/decide", data=form).status_code == 303
    assert waiting(client)[0]["finding"] == second["finding"]
    shown = words(client.get("/audit").text)
    assert "Noor accepted a finding" in shown
    assert "1 of 42 decided" in words(client.get("/review").text)


def test_a_rejected_finding_leaves_the_record_the_lists_and_the_exports(client: TestClient) -> None:
    event = next(f for f in waiting(client) if f["what"] == "event")
    decide(client, "reject", event)
    record = client.get("/api/v1/record", params={"id": event["document"]}).json()
    assert record["events"] == []
    listed = client.get("/api/v1/events", params={"report": event["document"]}).json()["items"]
    assert listed == []
    shown = words(client.get("/review?state=rejected").text)
    assert "ASSAULT" in shown and "Undo" in shown


def test_rejected_findings_do_not_come_back_when_the_reports_are_coded_anew(
    client: TestClient, river: Path
) -> None:
    event = next(f for f in waiting(client) if f["what"] == "event")
    decide(client, "reject", event)
    code_anew(river)
    assert len([f for f in waiting(client) if f["what"] == "event"]) == 13
    assert client.get("/api/v1/events", params={"report": event["document"]}).json()["items"] == []
    assert client.get("/api/v1/reviewed", params={"state": "rejected"}).json()["items"]


def test_a_correction_holds_and_what_a_later_model_says_is_a_proposal(
    client: TestClient, river: Path
) -> None:
    event = next(f for f in waiting(client) if f["what"] == "event")
    correction = {
        "document": event["document"], "finding": event["finding"], "type": "MOBILIZE", "since": "2018-02",
        "polarity": "negative", "by": ["m2"],
    }  # fmt: skip
    assert client.post("/api/v1/corrections", json=correction).status_code == 200
    code_anew(river)
    (made,) = client.get("/api/v1/record", params={"id": event["document"]}).json()["events"]
    assert (made["type"], made["polarity"], made["actors"]) == ("MOBILIZE", "negative", ["m2"])
    assert (made["time"]["from"], made["time"]["to"]) == ("2018-02-01", "2018-02-28")
    assert client.get("/api/v1/reviewed").json()["items"] == [], "the coder says what it said before"


def test_tolls_and_weapon_of_an_event_are_corrected(client: TestClient, river: Path) -> None:
    """As numbers that may be open; and they stay when the reports are coded anew."""
    form = {
        "document": "r1", "finding": "e0", "has_by": "1", "by": "m0", "has_to": "1", "to": "m1", "killed": "10–12",
        "injured": "30+", "weapon": "m1", "back": "/review",
    }  # fmt: skip
    assert client.post("/review/correct", data=form).status_code == 303
    code_anew(river)
    (made,) = client.get("/api/v1/record", params={"id": "r1"}).json()["events"]
    assert made["killed"] == {"low": 10, "high": 12, "text": "10–12"}
    assert (made["injured"]["low"], made["injured"]["high"], made["weapon"]) == (30, None, "m1")
    page = client.get("/review", params={"document": "r1", "finding": made["id"]}).text
    assert 'name="killed" value="10-12"' in page and 'name="injured" value="30+"' in page
    assert "Weapon" in words(page)


def test_a_proposal_is_taken_or_left_by_a_person(client: TestClient, river: Path) -> None:
    from review_case import report

    from saydo.store import SqliteStore

    event = next(f for f in waiting(client) if f["document"] == "r1" and f["what"] == "event")
    decide(client, "accept", event)
    newer = report(1, "0.3.0")[1]
    changed = newer.events[0].model_copy(update={"type": "COERCE"})
    with SqliteStore.for_writing(river) as store:
        store.put_record(newer.model_copy(update={"events": (changed,)}))
    (made,) = client.get("/api/v1/record", params={"id": "r1"}).json()["events"]
    assert made["type"] == "ASSAULT"
    (proposed,) = client.get("/api/v1/reviewed").json()["items"]
    assert proposed["proposal"] == [["type", "ASSAULT", "COERCE"]]
    assert "coded anew" in words(client.get("/review?state=proposal").text)
    form = {"document": "r1", "finding": "e0", "take": "theirs", "back": "/review?state=proposal"}
    assert client.post("/review/settle", data=form).status_code == 303
    (made,) = client.get("/api/v1/record", params={"id": "r1"}).json()["events"]
    assert made["type"] == "COERCE"
    assert client.get("/api/v1/reviewed").json()["items"] == []


def test_deciding_about_a_whole_filter_says_first_how_many_and_is_undone_at_once(client: TestClient) -> None:
    shown = words(client.get("/review/bulk?decision=reject&what=tie").text)
    assert "Reject 14 findings" in shown
    form = {"decision": "reject", "expected": "14"}
    assert client.post("/review/bulk?what=tie", data=form).status_code == 303
    assert client.get("/api/v1/ties").json()["items"] == []
    page = client.get("/audit").text
    together = re.search(r'name="together" value="([0-9a-f]+)"', page)[1]  # type: ignore[index]
    assert client.post("/audit/undo", data={"together": together}).status_code == 303
    assert len(client.get("/api/v1/ties").json()["items"]) == 14


def test_a_list_that_has_changed_since_the_preview_is_not_decided_about(client: TestClient) -> None:
    answer = client.post("/review/bulk?what=tie", data={"decision": "reject", "expected": "3"})
    assert answer.status_code == 400 and "the list has changed" in answer.text


def test_nobody_decides_without_a_name(river: Path) -> None:
    with TestClient(create_app(river), base_url="http://127.0.0.1", follow_redirects=False) as client:
        page = client.get("/review").text
        token = re.search(r'csrf-token" content="([^"]+)"', page)[1]  # type: ignore[index]
        form = {"document": "r0", "finding": "e0", "decision": "accept", "csrf_token": token}
        assert client.post("/review/decide", data=form).status_code == 400
        client.post("/settings/who", data={"who": "Ilir  B.", "csrf_token": token})
        assert client.post("/review/decide", data=form).status_code == 303
        assert "Ilir B. accepted" in words(client.get("/audit").text)


def test_without_the_token_nothing_is_decided(client: TestClient) -> None:
    form = {"document": "r0", "finding": "e0", "decision": "reject"}
    answer = client.post("/review/decide", data=form, headers={"X-CSRF-Token": "no"})
    assert answer.status_code == 403
    assert client.get("/api/v1/decisions").json()["items"] == []


@pytest.mark.parametrize(
    "correction",
    [
        {"type": "CONQUER"}, {"since": "yesterday"}, {"since": "2019", "until": "2018"}, {"by": ["m99"]},
        {"place": 7}, {}, {"killed": "many"}, {"injured": "9-3"}, {"weapon": "m99"},
    ],
)  # fmt: skip
def test_a_correction_that_cannot_be_made_says_why(client: TestClient, correction: dict[str, object]) -> None:
    answer = client.post("/api/v1/corrections", json={"document": "r0", "finding": "e0", **correction})
    assert answer.status_code == 400 and answer.json()["detail"]


def test_a_finding_added_on_words_is_a_persons_and_outlives_coding_anew(
    client: TestClient, river: Path
) -> None:
    text = client.get("/api/v1/report", params={"id": "r4"}).json()["text"]
    start = text.index("was lit")
    added = {
        "document": "r4", "what": "event", "type": "COOPERATE", "start": start, "end": start + 7, "by": ["m2"],
    }  # fmt: skip
    answer = client.post("/api/v1/findings", json=added)
    assert answer.status_code == 200, answer.text
    code_anew(river)
    events = client.get("/api/v1/record", params={"id": "r4"}).json()["events"]
    (mine,) = (e for e in events if e["rule"] == "person")
    assert text[slice(*mine["trigger"])] == "was lit" and mine["type"] == "COOPERATE"


def test_two_actors_are_merged_after_a_look_and_the_merge_is_undone(client: TestClient) -> None:
    preview = words(client.get("/actors/pair?one=kolda-river-brigade&other=Weir%20Watch").text)
    assert "Are these two one?" in preview and "Weir Watch" in preview
    form = {"one": "kolda-river-brigade", "other": "weir-watch", "how": "same", "why": "same banner"}
    assert client.post("/actors/pair", data=form).status_code == 303
    profile = client.get("/actor?id=kolda-river-brigade").text
    assert "same banner" in words(profile) or "Noor" in words(profile)
    assert "14 events" in words(profile)
    assert client.get("/actor?id=weir-watch").status_code == 200, "the id still leads to who it is now"
    number = re.search(r'name="number" value="(\d+)"', profile)[1]  # type: ignore[index]
    assert client.post("/audit/undo", data={"number": number, "back": "/actors"}).status_code == 303
    assert "10 events" in words(client.get("/actor?id=kolda-river-brigade").text)


def test_actors_are_found_by_the_beginning_of_any_word_of_a_name(client: TestClient) -> None:
    for name in ("kolda", "River Br", "BRIG"):
        assert "kolda-river-brigade" in client.get("/actors", params={"name": name}).text
    assert "Nobody here" in client.get("/actors", params={"name": "lda"}).text


def test_a_profile_shows_names_with_where_they_were_seen_and_ties_as_lanes(client: TestClient) -> None:
    page = client.get("/actor?id=kolda-river-brigade").text
    assert "/reader?report=r0#:~:text=Kolda%20River%20Brigade" in page
    assert '<svg class="lane alliance"' in page
    assert "is allied with" in words(page)


def test_what_changed_by_decisions_waits_to_be_weighed(client: TestClient) -> None:
    event = next(f for f in waiting(client) if f["what"] == "event")
    decide(client, "reject", event)
    assert "Weigh again" in client.get("/review").text
    assert client.post("/review/weigh", data={"back": "/review"}).status_code == 303
    assert "Weigh again" not in client.get("/review").text


def test_a_rejected_statement_takes_what_it_tells_with_it(client: TestClient, river: Path) -> None:
    """Nobody is known any more to say it; it must not turn into the report's own words."""
    from review_case import report

    from saydo.store import SqliteStore

    record = report(2)[1]
    told = record.events[0].model_copy(update={"attributed_to": "s0"})
    with SqliteStore.for_writing(river) as store:
        store.put_record(record.model_copy(update={"events": (told,)}))
    decide(client, "reject", {"document": "r2", "finding": "s0"})
    made = client.get("/api/v1/record", params={"id": "r2"}).json()
    assert made["statements"] == [] and made["events"] == []


def test_a_note_on_a_passage_is_shown_in_the_report_and_can_be_undone(
    client: TestClient, river: Path
) -> None:
    note = {"report": "r5", "start": "0", "end": "8", "kind": "note", "why": "ask the <b>ferryman</b>"}
    assert client.post("/reader/add", data=note).status_code == 303
    code_anew(river)
    page = client.get("/reader?report=r5").text
    assert "ask the &lt;b&gt;ferryman&lt;/b&gt;" in page
    assert client.post("/audit/undo", data={"number": "1"}).status_code == 303
    assert "ferryman" not in client.get("/reader?report=r5").text


@pytest.mark.parametrize("span", [(5, 5), (0, 100_000), (-3, 4), (9, 2)])
def test_nothing_is_added_where_there_are_no_words(client: TestClient, span: tuple[int, int]) -> None:
    form = {"report": "r5", "start": str(span[0]), "end": str(span[1]), "kind": "event:AID"}
    assert client.post("/reader/add", data=form).status_code == 400
    assert client.get("/api/v1/decisions").json()["items"] == []


def test_the_reader_says_what_was_decided_and_leads_to_deciding_otherwise(client: TestClient) -> None:
    decide(client, "accept", {"document": "r5", "finding": "e0"})
    decide(client, "reject", {"document": "r5", "finding": "t0"})
    page = client.get("/reader?report=r5").text
    assert "accepted" in words(page) and "1 finding was rejected" in words(page)
    assert "/review?document=r5&amp;finding=e0" in page
    assert client.get("/review?document=r5&finding=e0").status_code == 200
