"""Words and deeds, the page of a discrepancy with its verdict, and dossiers, asked for by plain requests."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from deeds_case import code_anew, copy, put_deeds
from fastapi.testclient import TestClient
from serving import as_person

from lab.bench_web_case import build
from saydo.desk import open_case
from saydo.desk.deeds_picture import MOST_ROWS, ROW, Join, Spot, draw
from saydo.desk.dossier_markdown import plain
from saydo.model.deeds import DeedsFilter
from saydo.web import Settings, create_app

FORM = "application/x-www-form-urlencoded"


def words(html: str) -> str:
    """The words of a page on one line, entities resolved."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@pytest.fixture(scope="module")
def weighed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put_deeds(tmp_path_factory.mktemp("deeds") / "port")


@pytest.fixture
def case(weighed: Path, tmp_path: Path) -> Path:
    return copy(weighed, tmp_path / "port")


@pytest.fixture
def client(case: Path) -> Iterator[TestClient]:
    app = create_app(case, Settings(who="Noor"))
    with TestClient(app, base_url="http://127.0.0.1", follow_redirects=False) as made:
        yield made


def found(client: TestClient, **asked: str) -> list[dict]:
    return client.get("/api/v1/deeds", params=asked).json()["items"]


def the_one(client: TestClient) -> str:
    [item] = found(client)
    return item["discrepancy"]["id"]


def token(client: TestClient) -> str:
    found = re.search(r'name="csrf-token" content="([^"]+)"', client.get("/deeds").text)
    assert found
    return found[1]


def post(client: TestClient, path: str, **data: str):
    return client.post(path, data={"csrf_token": token(client), **data})


def test_speakers_are_listed_with_what_they_kept_and_broke(client: TestClient) -> None:
    shown = words(client.get("/deeds").text)
    assert "Reed Company 1 0 1 0" in shown, "one discrepancy; none kept, one broken, none open"
    [speaker] = client.get("/api/v1/speakers").json()["items"]
    assert (speaker["kept"], speaker["broken"], speaker["open"], speaker["discrepancies"]) == (0, 1, 0, 1)
    [broken] = client.get("/api/v1/commitments", params={"outcome": "broken"}).json()["items"]
    assert (broken["document"], broken["against"]) == ("pledge", [["breach", "e0"]])


def test_the_picture_joins_the_two_poles_and_the_list_says_the_same(client: TestClient) -> None:
    page = client.get("/deeds", params={"actor": "reed-company"}).text
    picture = page.split('<svg viewBox="0 0 1080')[1].split("</svg>")[0]
    assert len(re.findall(r'<path class="join undecided"', picture)) == 1
    assert len(re.findall(r'class="spot (?:said|done) joined"', picture)) == 2
    marks = re.findall(r"<title>([^:<]+):", picture)
    listed = page.split('<ol class="deeds">')[1]
    assert re.findall(r'<time datetime="([^"]+)"', listed) == ["2019-05-04", "2019-05-09"]
    assert sorted(marks) == ["artillery", "pledge"] and all(mark in words(listed) for mark in marks)
    assert "broken" in words(listed)


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ({"kind": "commitment"}, 1),
        ({"kind": "denial"}, 0),
        ({"basis": "flagged"}, 0),
        ({"basis": "inferred", "actor": "reed-company"}, 1),
        ({"actor": "harbour-council"}, 0),
        ({"unnamed": "1"}, 0),
        ({"since": "2019-05-10"}, 1),
        ({"since": "2019-06"}, 0),
        ({"until": "2019-05-03"}, 0),
        ({"review": "1"}, 0),
        ({"review": "0"}, 1),
        ({"verdict": "undecided"}, 1),
        ({"verdict": "upheld"}, 0),
        ({"verdict": "rejected"}, 0),
    ],
)
def test_the_address_cuts_the_list_down(client: TestClient, asked: dict[str, str], number: int) -> None:
    assert len(found(client, **asked)) == number
    page = client.get("/discrepancies", params=asked)
    assert page.status_code == 200
    assert len(re.findall(r'<li class="pair"', page.text)) == number


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/deeds?actor=nobody", 404, "no actor"),
        ("/discrepancy?id=d-none", 404, "no discrepancy"),
        ("/discrepancies?verdict=maybe", 400, "is no verdict"),
        ("/discrepancies?kind=quarrel", 400, "no kind"),
        ("/discrepancies?basis=hearsay", 400, "is no basis"),
        ("/deeds?actor=reed-company&since=soon", 400, "is no date"),
        ("/dossier?id=d-none", 400, "no discrepancy"),
    ],
)
def test_what_is_not_there_is_told_in_a_line(client: TestClient, path: str, status: int, told: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, told in answer.text) == (status, True)


def test_both_passages_stand_in_context_with_steps_and_strength(client: TestClient) -> None:
    id = the_one(client)
    shown = words(client.get("/discrepancy", params={"id": id}).text)
    assert "Talks went on all week. The Reed Company pledged" in shown, "the sentence before"
    assert "The Harbour Council welcomed the pledge." in shown, "the sentence after"
    assert "Estuary Post , 4 May 2019" in shown and "Caspian Wire , 10 May 2019" in shown
    assert "5 days later" in shown and "in 100" in shown and "Nobody yet" in shown
    whole = client.get("/api/v1/discrepancy", params={"id": id}).json()
    report = client.get("/api/v1/report", params={"id": "breach"}).json()
    [against] = whole["against"]
    assert report["text"][against["start"] : against["end"]] == against["quote"]
    assert against["text_sha256"] == report["text_sha256"]
    page = client.get("/discrepancy", params={"id": id}).text
    assert "/reader?report=pledge&amp;finding=s0#f-s0" in page


def test_a_rejected_one_leaves_the_lists_and_is_seen_by_its_verdict(client: TestClient) -> None:
    id = the_one(client)
    answer = post(client, "/discrepancy/verdict", id=id, verdict="reject", reason="another event is meant",
                  note="the old quay")  # fmt: skip
    assert answer.status_code == 303 and answer.headers["location"].startswith("/discrepancy?id=")
    assert found(client) == []
    assert "Reed Company 0 0 0 1" in words(client.get("/deeds").text), "the pledge is open again"
    [item] = found(client, verdict="rejected")
    assert (item["discrepancy"]["id"], item["verdict"]["who"]) == (id, "Noor")
    assert item["verdict"]["why"] == "another event is meant: the old quay"
    page = words(client.get("/discrepancy", params={"id": id}).text)
    assert "Rejected. It is in no list" in page and "shelled Atyrau on 9 May 2019" in page


def test_a_rejected_one_does_not_come_back_when_the_reports_are_coded_anew(
    client: TestClient, case: Path
) -> None:
    """Although the later coder gives its findings other ids; and undoing brings it back from the new coding."""
    id = the_one(client)
    post(client, "/discrepancy/verdict", id=id, verdict="reject", note="no")
    code_anew(case, "9.9.9")
    assert found(client) == []
    whole = client.get("/api/v1/discrepancy", params={"id": id}).json()
    assert whole["rejected"] and whole["against"][0]["finding"] == "e7", "found again by its words"
    number = whole["verdict"]["number"]
    assert post(client, "/discrepancy/undo", id=id, number=str(number)).status_code == 303
    [again] = found(client)
    assert again["verdict"] is None and again["discrepancy"]["against"][0]["id"] == "e7"


def test_without_the_decision_coding_anew_finds_it_again(client: TestClient, case: Path) -> None:
    """What the test before rests on: the new coding alone takes nothing away."""
    code_anew(case, "9.9.9")
    assert len(found(client)) == 1


def test_verdicts_are_kept_with_who_when_and_why_and_each_can_be_undone(client: TestClient) -> None:
    id = the_one(client)
    post(client, "/discrepancy/verdict", id=id, verdict="unclear", note="wait for the port log")
    post(client, "/discrepancy/verdict", id=id, verdict="uphold", note="the log agrees")
    [item] = found(client, verdict="upheld")
    assert item["verdict"]["why"] == "the log agrees"
    post(client, "/discrepancy/undo", id=id, number="2")
    history = client.get("/api/v1/discrepancy", params={"id": id}).json()["history"]
    assert [(h["kind"], h["undone_by"]) for h in history] == [
        ("unclear", None), ("uphold", 3), ("undo", None),
    ]  # fmt: skip
    assert found(client, verdict="unclear")[0]["verdict"]["why"] == "wait for the port log"


def test_a_mind_may_be_changed_about_a_rejected_one(client: TestClient) -> None:
    """Upholding what was rejected brings it back, upheld."""
    id = the_one(client)
    post(client, "/discrepancy/verdict", id=id, verdict="reject")
    post(client, "/discrepancy/verdict", id=id, verdict="uphold", note="after all")
    assert [i["discrepancy"]["id"] for i in found(client, verdict="upheld")] == [id]
    assert found(client, verdict="rejected") == []


def test_a_verdict_costs_no_weighing_and_weighing_leaves_what_it_shows(
    client: TestClient, case: Path
) -> None:
    """The report of the case is not written anew while somebody decides; all that the verdict did by itself is
    what weighing the case would have done."""
    from saydo.store import SqliteStore

    def held() -> dict[str, object]:
        with SqliteStore.for_reading(case) as store:
            content = json.loads(store.dump())
        return {t: content[t] for t in ("discrepancies", "poles", "commitments", "verdicts", "weights")}

    def weigh() -> None:
        assert "Weigh again" in client.get("/discrepancy", params={"id": id}).text
        assert post(client, "/review/weigh", back="/").status_code == 303
        assert "Weigh again" not in client.get("/discrepancy", params={"id": id}).text

    id, report = the_one(client), case / "report.html"
    for form in (
        {"id": id, "verdict": "reject"}, {"id": id, "verdict": "uphold"}, {"id": id, "verdict": "reject"},
    ):  # fmt: skip
        report.unlink(missing_ok=True)
        post(client, "/discrepancy/verdict", **form)
        assert not report.exists()
        before = held()
        weigh()
        assert held() == before and report.exists()
    report.unlink()
    post(client, "/discrepancy/undo", id=id, number="3")
    before = held()
    weigh()
    assert held() == before


def test_a_program_gives_a_verdict_too(client: TestClient) -> None:
    id = the_one(client)
    made = client.post(
        "/api/v1/verdicts", json={"discrepancy": id, "verdict": "reject", "why": "misread"},
        headers={"X-CSRF-Token": token(client)},
    )  # fmt: skip
    assert made.status_code == 200 and made.json()["numbers"] == [1]
    assert found(client) == []


def test_nobody_decides_without_a_name_and_a_name_is_asked_for_once(case: Path) -> None:
    with TestClient(create_app(case), base_url="http://127.0.0.1", follow_redirects=False) as client:
        id = the_one(client)
        assert 'name="who" required' in client.get("/discrepancy", params={"id": id}).text
        refused = post(client, "/discrepancy/verdict", id=id, verdict="uphold")
        assert refused.status_code == 400 and "give your name" in refused.text
        post(client, "/discrepancy/verdict", id=id, verdict="uphold", who="Åsa Berg")
        page = client.get("/discrepancy", params={"id": id}).text
        assert "You decide as" in page and "Åsa Berg" in page


def test_a_verdict_is_no_word_of_one_s_own_and_undoes_only_its_own(client: TestClient, case: Path) -> None:
    id = the_one(client)
    assert post(client, "/discrepancy/verdict", id=id, verdict="guilty").status_code == 400
    assert post(client, "/discrepancy/verdict", id="d-none", verdict="reject").status_code == 400
    assert post(client, "/discrepancy/undo", id=id, number="1").status_code == 400
    assert client.post("/discrepancy/verdict", data={"id": id, "verdict": "reject"}).status_code == 403
    assert open_case(case).decisions() == ()


def test_a_dossier_leads_from_every_passage_to_the_exact_words(client: TestClient, case: Path) -> None:
    page = client.get("/dossier", params={"actor": "reed-company"})
    assert page.status_code == 200 and "Words and deeds of Reed Company" in words(page.text)
    notes = set(re.findall(r'href="#note-(\d+)"', page.text))
    assert notes == set(re.findall(r'id="note-(\d+)"', page.text)) and len(notes) == 2
    text = client.get("/dossier.md", params={"actor": "reed-company"})
    assert text.headers["content-type"].startswith("text/markdown")
    assert set(re.findall(r"\[\^(\d+)\](?!:)", text.text)) == set(
        re.findall(r"^\[\^(\d+)\]:", text.text, re.M)
    )
    for quote, report, start, end, sha in re.findall(
        r"^\[\^\d+\]: “(.+?)” .* Report (\w+), code points (\d+) to (\d+) .* SHA-256 (\w{64})\.$",
        text.text,
        re.M,
    ):
        with open_case(case) as store:
            document = store.document(report)
        assert plain(document.text[int(start) : int(end)]) == quote
        assert document.text_sha256 == sha
    assert text.text.count("<https://news.example/") == 2
    assert client.get("/api/v1/dossier", params={"actor": "reed-company"}).json()["discrepancies"] == 1
    head = client.get("/api/v1/audit/head").json()
    for printed in (page.text, text.text):
        assert f"entry {head['entry']}, SHA-256 {head['sha256']}" in printed


def test_a_long_dossier_comes_in_parts_that_together_hold_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path / "case", reports=24, people=6, seed=3)
    monkeypatch.setattr(sys.modules["saydo.desk.dossier"], "MOST", 2)
    with as_person(tmp_path / "case") as client:
        every = [item["discrepancy"]["id"] for item in client.get("/api/v1/deeds").json()["items"]]
        assert len(every) > 4
        assert "the next part</a> goes on" in client.get("/dossier").text
        held, at = [], ""
        while at is not None:
            part = client.get("/api/v1/dossier", params={"at": at}).json()
            held += [id for id in every if f"- Discrepancy {plain(id)}\n" in part["markdown"]]
            assert 0 < part["discrepancies"] <= 2 and part["cut"] is (part["next"] is not None)
            at = part["next"]
    assert held == every


def test_markup_of_a_report_stays_words_in_a_dossier(client: TestClient) -> None:
    text = client.get("/dossier.md").text
    assert "Word given on \\<b\\>Atyrau\\</b\\>" in text
    assert plain("1. *a* [b](c) <d> `e`\n# f") == "1\\. \\*a\\* \\[b\\](c) \\<d\\> \\`e\\` \\# f"
    assert "<b>Atyrau" not in client.get("/dossier").text


def test_a_rejected_one_can_be_printed_with_the_reason(client: TestClient) -> None:
    post(client, "/discrepancy/verdict", id=the_one(client), verdict="reject", note="misread")
    assert "No discrepancy passes." in client.get("/dossier.md").text
    assert "Verdict: rejected by Noor" in client.get("/dossier.md?verdict=rejected").text


def test_marks_of_one_day_do_not_hide_each_other() -> None:
    """Up to as many rows as there are; words stand above the axis, conduct below."""
    spots = [
        Spot(("r", f"s{n}"), "said", "circle", "pledge", "2019-05-01", "", False, "")
        for n in range(MOST_ROWS)
    ]
    spots += [Spot(("r", "e0"), "done", "triangle", "raid", "2019-05-03", "", True, "")]
    picture = draw(spots, [Join(1, "d", ("r", "s0"), (("r", "e0"),), "uphold", "")])
    assert picture is not None
    said = sorted(m.y for m in picture.marks if m.spot.side == "said")
    assert all(b - a >= ROW - 0.01 for a, b in pairwise(said))
    assert max(said) < picture.axis < min(m.y for m in picture.marks if m.spot.side == "done")
    assert [line.join.id for line in picture.lines] == ["d"]
    assert draw([Spot(("r", "e0"), "done", "ring", "tie", None, "", False, "")], []) is None


def test_the_questions_are_answered_from_indexes(case: Path) -> None:
    """No list of these pages reads a whole table of findings."""
    with open_case(case) as store:
        plans = []
        for where in (
            DeedsFilter(speaker="reed-company"),
            DeedsFilter(basis="inferred"),
            DeedsFilter(review=True),
        ):
            store._db.set_trace_callback(plans.append)  # type: ignore[attr-defined]
            store.deeds_page(where, None, 10)
            store._db.set_trace_callback(None)  # type: ignore[attr-defined]
        for sql in plans:
            steps = [row[3] for row in store._db.execute(f"EXPLAIN QUERY PLAN {sql}")]  # type: ignore[attr-defined]
            assert any("USING INDEX" in step or "USING COVERING INDEX" in step for step in steps), steps


def test_the_command_writes_the_same_dossier(case: Path, tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from saydo.cli.main import app

    out = tmp_path / "reed.md"
    made = CliRunner().invoke(
        app, ["dossier", "--case", str(case), "--actor", "Reed Company", "-o", str(out)]
    )
    assert made.exit_code == 0, made.output
    assert out.read_text(encoding="utf-8").startswith("# Words and deeds of Reed Company\n")
    wrong = CliRunner().invoke(app, ["dossier", "--case", str(case), "--verdict", "guilty"])
    assert wrong.exit_code != 0 and "is no verdict" in wrong.output
