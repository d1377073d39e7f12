"""Adding reports in the browser: what is shown before, what is kept after, what is refused."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from adding_case import (
    DEED,
    VOW,
    api,
    empty_desk,
    find_reader,
    looked,
    post,
    run,
    wait,
    words,
)
from fastapi.testclient import TestClient

from saydo.desk import make_case, open_case


@pytest.fixture(autouse=True)
def light_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    find_reader(monkeypatch)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "border"
    make_case(made)
    return made


@pytest.fixture
def desk(folder: Path) -> Iterator[TestClient]:
    with empty_desk(folder) as client:
        yield client


def test_reports_by_paste_and_by_file_become_a_case(desk: TestClient, folder: Path) -> None:
    """What a person says of a report is kept with it; the run is kept with its name and what it added."""
    where = post(desk, "/add/text", text=VOW, title="A vow", publisher="Harbour Post", date="2019-05-03")
    assert where == "/add?material=1"
    files = [("files", ("deed.txt", DEED.encode(), "text/plain"))]
    assert post(desk, "/add/files", files, material=1, publisher="Wire", date="2019-05-10") == where
    seen = looked(desk, 1)
    assert [piece["reports"][0]["publisher"] for piece in seen["pieces"]] == ["Harbour Post", "Wire"]
    shown = words(desk.get(where).text)
    assert "A vow , Harbour Post , 3 May 2019 , 9 words" in shown and "2 reports that are new" in shown
    assert post(desk, "/add/run", material=1, who="Ana") == "/run?material=1"
    wait(lambda: desk.get("/api/v1/progress/1").json()["over"])
    kept = desk.get("/api/v1/run", params={"number": 1}).json()
    assert (kept["who"], kept["standing"], kept["reports"], kept["skips"]) == ("Ana", "done", 2, [])
    assert len(kept["added"]) == 2
    with open_case(folder) as store:  # type: ignore[attr-defined]
        documents = list(store.documents())
        assert [(d.title, d.publisher, d.date) for d in documents] == [
            ("A vow", "Harbour Post", "2019-05-03"),
            (None, "Wire", "2019-05-10"),
        ]
        assert documents[1].source_sha256 and store.source(documents[1].source_sha256) == DEED.encode()
        assert store.tally().discrepancies == 1
    page = words(desk.get("/run?material=1").text)
    assert "Run 1" in page and "by Ana" in page and "What rests on the new reports" in page
    assert "A vow" in words(desk.get("/reports").text)
    assert not list((folder / "inbox").rglob("*.txt")), "the case keeps the originals; the inbox is cleared"


def test_one_bad_file_stops_none_of_the_others(desk: TestClient) -> None:
    """Before the run it is shown that it will be skipped, after it that it was, each time with the reason."""
    files = [
        ("files", ("broken.pdf", b"%PDF-1.4 not really", "application/pdf")),
        ("files", ("empty.txt", b"", "text/plain")),
        ("files", ("deed.txt", DEED.encode(), "text/plain")),
    ]
    post(desk, "/add/files", files)
    broken, empty, deed = looked(desk, 1)["pieces"]
    assert "damaged" in broken["skipped"][0]["reason"] and "empty" in empty["skipped"][0]["reason"]
    assert len(deed["reports"]) == 1
    page = words(desk.get("/add?material=1").text)
    assert "will be skipped the PDF is damaged" in page and "1 report that is new" in page
    kept = run(desk, 1)
    assert kept["reports"] == 1 and kept["standing"] == "done"
    assert {skip["origin"] for skip in kept["skips"]} == {"added-1/1/broken.pdf", "added-1/2/empty.txt"}
    shown = words(desk.get("/run?number=1").text)
    assert "added-1/1/broken.pdf the PDF is damaged" in shown and "Try the skipped again" in shown


def test_what_the_case_has_already_is_known_before_and_after_the_run(desk: TestClient) -> None:
    post(desk, "/add/files", [("files", ("deed.txt", DEED.encode(), "text/plain"))])
    run(desk, 1)
    number = int(post(desk, "/add/files", [("files", ("again.txt", DEED.encode(), "text/plain"))])[-1])
    assert number == 2, "a number is not given twice, so that origins stay apart"
    (piece,) = looked(desk, number)["pieces"]
    assert piece["reports"][0]["known"]
    assert "in the case already" in desk.get(f"/add?material={number}").text
    kept = run(desk, number)
    assert kept["reports"] == 0
    assert [(s["harmless"], s["reason"]) for s in kept["skips"]] == [
        (True, "the same report as added-1/1/deed.txt")
    ]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../../etc/passwd", "passwd"),
        ("..\\..\\run.bat", "run.bat"),
        ("/absolute/report.txt", "report.txt"),
        ("..", "_"),
        (".hidden", "hidden"),
        ("nul.txt", "_nul.txt"),
        ("a\x00b\n.txt", "a_b_.txt"),
        ('<img src=x>|"?.txt', "_img src=x____.txt"),
        ("é" * 300 + ".pdf", "é" * 88 + ".pdf"),
        ("\ud800.txt", "_.txt"),
    ],
)
def test_a_name_is_never_a_path(desk: TestClient, folder: Path, given: str, kept: str) -> None:
    from saydo.desk import Inbox

    before = {path for path in folder.parent.rglob("*") if path.is_file()}
    number = Inbox(folder).make()
    with Inbox(folder).receive(number, given) as into:
        into.write(DEED.encode())
    (piece,) = Inbox(folder).pieces(number)
    assert piece.name == kept
    new = {path for path in folder.parent.rglob("*") if path.is_file()} - before
    assert {path.parent.parent for path in new if path.suffix != ".json"} == {folder / "inbox" / "000001"}


def test_names_from_a_browser_go_nowhere_else(desk: TestClient, folder: Path) -> None:
    number = api(desk, "/material")["number"]
    held = api(desk, f"/material/{number}/file", params={"name": "../../../../tmp/x.txt"}, content=b"Words.")
    assert [piece["name"] for piece in held["pieces"]] == ["x.txt"]
    post(desk, "/add/files", [("files", ("../../y.txt", b"Words.", "text/plain"))], material=number)
    assert sorted(p.name for p in folder.rglob("*.txt")) == ["x.txt", "y.txt"]
    assert all(p.is_relative_to(folder / "inbox" / "000001") for p in folder.rglob("*.txt"))


def test_a_name_with_markup_is_shown_as_words(desk: TestClient) -> None:
    post(desk, "/add/text", text=VOW, title="<script>alert(1)</script>", publisher="<b>Post")
    looked(desk, 1)
    page = desk.get("/add?material=1").text
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<b>Post" not in page


def test_an_upload_over_the_limit_leaves_nothing(folder: Path) -> None:
    from saydo.desk import Inbox, InboxLimits
    from saydo.model.errors import InputError

    inbox = Inbox(folder, InboxLimits(file_bytes=1000, material_bytes=1500, pieces=3))
    number = inbox.make()
    with (
        pytest.raises(InputError, match="over the limit of 1,000 bytes"),
        inbox.receive(number, "a.txt") as into,
    ):
        into.write(b"x" * 600)
        into.write(b"x" * 600)
    assert inbox.pieces(number) == () and not list((folder / "inbox").rglob("a.txt"))
    with inbox.receive(number, "b.txt") as into:
        into.write(b"x" * 900)
    with pytest.raises(InputError, match="over the limit of 600"), inbox.receive(number, "c.txt") as into:
        into.write(b"x" * 700)
    inbox.add_address(number, "https://example.org/")
    inbox.add_text(number, "Words.")
    with pytest.raises(InputError, match="has 3 pieces already"):
        inbox.add_text(number, "More words.")


def test_an_upload_that_breaks_off_leaves_no_piece(folder: Path) -> None:
    from saydo.desk import Inbox

    inbox = Inbox(folder)
    number = inbox.make()
    with pytest.raises(ConnectionError), inbox.receive(number, "a.txt") as into:
        into.write(b"half")
        raise ConnectionError
    assert inbox.pieces(number) == () and not list((folder / "inbox").rglob("a.txt"))


def test_a_file_that_swells_when_unpacked_is_skipped(
    desk: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a gigabyte of zeros in half a megabyte: the look and the run stop at the limit, and say so."""
    bomb = gzip.compress(b"0" * 450_000_000, compresslevel=1)
    files = [
        ("files", ("bomb.txt.gz", bomb, "application/gzip")),
        ("files", ("deed.txt", DEED.encode(), "text/plain")),
    ]
    post(desk, "/add/files", files)
    swollen, deed = looked(desk, 1)["pieces"]
    assert "limit" in swollen["skipped"][0]["reason"] and deed["reports"]
    kept = run(desk, 1)
    assert kept["reports"] == 1 and [s["origin"] for s in kept["skips"]] == ["added-1/1/bomb.txt.gz"]


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("ftp://example.org/a", "only http and https"),
        ("javascript:alert(1)", "only http and https"),
        ("http://127.0.0.1:8765/", "private network or of this machine"),
        ("http://localhost/", "private network or of this machine"),
        ("http://127.1/", "private network or of this machine"),
        ("http://2130706433/", "private network or of this machine"),
        ("http://0x7f.0.0.1/", "private network or of this machine"),
        ("http://[::1]/", "private network or of this machine"),
        ("http://[::ffff:169.254.169.254]/latest", "private network or of this machine"),
        ("http://10.0.0.8/", "private network or of this machine"),
        ("http://printer.local/", "private network or of this machine"),
        ("http://user:secret@example.org/", "user name or password"),
        ("http:///nowhere", "names no host"),
    ],
)
def test_addresses_that_are_never_fetched_are_refused_at_once(desk: TestClient, url: str, told: str) -> None:
    page = post(desk, "/add/addresses", addresses=f"{url}\nhttps://example.org/story")
    assert told in words(page) and "https://example.org/story" in page
    pieces = desk.get("/api/v1/material/1").json()["pieces"]
    assert [piece["name"] for piece in pieces] == ["https://example.org/story"], (
        "the good one is taken all the same"
    )


def test_a_name_that_leads_into_this_machine_is_refused_in_the_run(desk: TestClient, folder: Path) -> None:
    """What it leads to is only known then; the address that is checked is the one that is connected to."""
    from saydo.desk import Inbox, Known
    from saydo.desk.inbox import Piece

    inbox = Inbox(folder)
    number = inbox.make()
    # as if it had been a harmless name when it was added
    inbox._put(number, Piece(1, "address", "http://localhost:9/", 0, Known()))
    kept = run(desk, number)
    assert kept["reports"] == 0
    assert "private network or of this machine" in kept["skips"][0]["reason"]


def test_a_date_or_language_that_is_none_is_refused_in_a_line(desk: TestClient) -> None:
    for more, told in (
        ({"date": "soon"}, "no date"),
        ({"date": "2019-05"}, "no whole day"),
        ({"language": "<b>"}, "no language"),
    ):
        page = words(post(desk, "/add/text", text=VOW, title="T", **more))
        assert "Not taken" in page and told in page
    assert words(post(desk, "/add/text", text="  \n")).count("there is no text") == 1


def test_a_piece_can_be_taken_out_again(desk: TestClient) -> None:
    post(desk, "/add/text", text=VOW)
    post(desk, "/add/text", text=DEED, material=1)
    assert post(desk, "/add/remove", material=1, piece=1) == "/add?material=1"
    assert [piece["number"] for piece in desk.get("/api/v1/material/1").json()["pieces"]] == [2]
    assert post(desk, "/add/remove", material=1) == "/add"
    assert desk.get("/api/v1/material/1").json()["pieces"] == []


def test_the_name_is_asked_for_once(desk: TestClient) -> None:
    post(desk, "/add/text", text=VOW)
    assert "Your name, for the log of runs" in desk.get("/add?material=1").text
    run(desk, 1, who="Ana Šimić")
    post(desk, "/add/text", text=DEED)
    page = desk.get("/add?material=2").text
    assert "Your name, for the log of runs" not in page and "As Ana Šimić." in page
    post(desk, "/settings/who", who="Bo", back="/add?material=2")
    assert run(desk, 2, who="")["who"] == "Bo"


def test_settings_lead_back_to_a_page_of_ours_only(desk: TestClient) -> None:
    assert post(desk, "/settings/who", who="Bo", back="//evil.example/") == "/"
    assert post(desk, "/settings/who", who="Bo", back="/reports?failed=True") == "/reports?failed=True"


def test_an_empty_case_says_how_to_begin(desk: TestClient) -> None:
    page = desk.get("/").text
    assert 'href="/add"' in page and "This case is empty." in page
    assert "Nothing was run yet." in desk.get("/runs").text
    assert desk.get("/run?number=7").status_code == 404
    assert desk.get("/run/progress?material=3").status_code == 404
