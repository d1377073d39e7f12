"""``saydo watch`` and ``saydo opinion``: what a person types and sees."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_reader import DEED, VOW
from throwaway_postgres import Server

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests/desk"))
from watch_world import Answer, Request, Web, mail_server, web  # noqa: E402

READER = ["--reader", "cli_reader:reader"]


@pytest.fixture
def here() -> Iterator[Web]:
    with web() as made:
        for path, day, words in (("/vow", "2019-05-03", VOW), ("/deed", "2019-05-10", DEED)):
            dated = f"---\ndate: {day}\n---\n{words}"
            made.pages[path] = (200, {"Content-Type": "text/plain"}, dated.encode())
        yield made


@pytest.fixture
def feed(here: Web) -> str:
    return here.feed("/feed", f"{here.base}/vow", f"{here.base}/deed")


def test_once_tells_what_is_new_and_says_what_was_done(saydo, here: Web, feed: str, tmp_path: Path) -> None:
    asked = ["watch", feed, "--case", tmp_path / "case", "--once", "--private-feeds", *READER]
    result = saydo(*asked)
    assert result.exit_code == 0, result.output
    assert (
        f"“{VOW}”" in result.stdout and f"“{DEED}”" in result.stdout and "a person to judge" in result.stdout
    )
    assert re.search(
        r"1 feeds asked, 2 new reports, 1 new discrepancies, .*: saydo open --case", result.stderr
    )
    again = saydo(*asked)
    assert (again.exit_code, again.stdout) == (0, "")
    assert "0 feeds asked, 0 new reports, 0 new discrepancies" in again.stderr


def test_a_case_that_holds_discrepancies_already_says_that_these_are_not_told(
    saydo, case: Path, here: Web
) -> None:
    result = saydo("watch", here.feed("/none"), "--case", case, "--once", "--private-feeds", *READER)
    assert result.stdout == "" and "holds 1 discrepancies already" in result.stderr


def test_telling_by_file_webhook_and_mail_at_once(
    saydo, here: Web, feed: str, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setenv("SAYDO_WEBHOOK_SECRET", "our secret")
    here.pages["/hook"] = (204, {}, b"")
    with mail_server() as posts:
        result = saydo(
            "watch", feed, "--case", tmp_path / "case", "--once", "--private-feeds", *READER,
            "--to-file", tmp_path / "new.jsonl", "--webhook", f"{here.base}/hook",
            "--mail-to", "desk@post.example", "--smtp", f"127.0.0.1:{posts.port}",
        )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert (
        len(posts.taken) == here.times("/hook") == len((tmp_path / "new.jsonl").read_text().splitlines()) == 1
    )


def test_what_could_not_be_delivered_shows_in_the_exit_code(
    saydo, here: Web, feed: str, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setenv("SAYDO_WEBHOOK_SECRET", "our secret")
    result = saydo(
        "watch", feed, "--case", tmp_path / "case", "--once", "--private-feeds", *READER, "--webhook", f"{here.base}/no",
    )  # fmt: skip
    assert result.exit_code == 3 and "webhook: 127.0.0.1 answered 404; 1 kept" in result.stderr


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (["--every", "10s"], "too often"),
        (["--kind", "lies"], "lies"),
        (["--webhook", "https://a.example"], "SAYDO_WEBHOOK_SECRET"),
        (["--mail-to", "desk@post.example"], "--smtp"),
        (["--smtp", "post.example"], "--mail-to"),
        (["--to-file", "/nowhere/at/all.jsonl"], "no file in a folder that is there"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_is_done(
    saydo, here: Web, feed: str, tmp_path: Path, more: list[str], why: str
) -> None:
    result = saydo("watch", feed, "--case", tmp_path / "case", "--once", "--private-feeds", *READER, *more)
    assert result.exit_code == 1 and why in result.stderr and result.stderr.count("\n") == 1
    assert here.asked == [] and not (tmp_path / "case").exists()


def test_feeds_of_this_machine_are_watched_only_where_that_is_asked_for(
    saydo, here: Web, feed: str, tmp_path: Path
) -> None:
    result = saydo("watch", feed, "--case", tmp_path / "case", "--once", *READER)
    assert result.exit_code == 1 and "private network" in result.stderr and here.asked == []


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_and_a_service_manager_end_it_cleanly(
    here: Web, feed: str, tmp_path: Path, how: signal.Signals
) -> None:
    command = [sys.executable, "-c", "from saydo.cli.main import app; app()"]
    paths = os.pathsep.join((str(ROOT / "tests/cli"), *sys.path))
    child = subprocess.Popen(
        [*command, "watch", feed, "--case", str(tmp_path / "case"), "--private-feeds", *READER],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": paths},
    )  # fmt: skip
    assert child.stderr is not None
    seen = ""
    while "new discrepancies" not in seen:
        line = child.stderr.readline()
        assert line, seen
        seen += line
    child.send_signal(how)
    out, err = child.communicate(timeout=30)
    assert child.returncode == 130 and err == "saydo: stopped; run the same command again to go on\n"
    assert f"“{DEED}”" in out, seen


def test_a_case_in_postgresql_is_watched_like_one_in_a_folder(
    saydo, server: Server, here: Web, feed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the watch stands lies in the folder beside such a case, of the machine that watches."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    schema = server.new_schema()
    asked = ["watch", feed, "--case", server.address(schema), "--once", "--private-feeds", *READER]
    result = saydo(*asked)
    assert result.exit_code == 0, result.output
    assert f"“{DEED}”" in result.stdout and saydo(*asked).stdout == ""
    assert len(list(tmp_path.rglob("watch.db"))) == 1
    proposed = saydo(
        "opinion", "ask", "--case", server.address(schema), "--endpoint", model(here), "--model", "tiny"
    )
    assert "2 reports: 1 proposals, 1 items refused" in proposed.stderr
    server.execute(f"DROP SCHEMA {schema} CASCADE")


# --- a second opinion -------------------------------------------------------------------------------


def model(here: Web, also: bool = False) -> str:
    """An endpoint whose model sees a tie in the deed, and something that is not there."""
    good = {
        "what": "tie", "type": "rivalry", "mode": None, "quote": DEED, "occurrence": None, "words": "attacked",
        "by": ["The Taliban"], "to": ["Tajikistan"], "place": None, "since": "2019-05-09", "until": None,
        "polarity": "positive", "realis": "actual",
    }  # fmt: skip
    bad = {**good, "quote": "The Taliban fled."}

    def answer(request: Request) -> Answer:
        found = (
            [good, bad, *([{**good, "type": "contact"}] if also else [])]
            if DEED in json.loads(request.body)["messages"][1]["content"]
            else []
        )
        content = json.dumps({"findings": found})
        told = {"choices": [{"message": {"content": content}, "finish_reason": "stop"}]}
        return 200, {"Content-Type": "application/json"}, json.dumps(told).encode()

    here.pages["/v1/chat/completions"] = answer
    return f"{here.base}/v1"


def test_what_is_sent_where_is_said_first_and_nothing_is_sent_on_a_dry_run(
    saydo, here: Web, case: Path
) -> None:
    asked = ["opinion", "ask", "--case", case, "--endpoint", model(here), "--model", "tiny"]
    result = saydo(*asked, "--dry-run")
    assert here.asked == [] and result.exit_code == 0
    told = r"the text of 3 reports \(\d+ characters\), with their dates, would be sent to http://127[^ ]+/v1, on this machine, for the model tiny"
    assert re.search(told, result.stderr)
    result = saydo(*asked)
    assert result.exit_code == 0 and here.times("/v1/chat/completions") == 3
    assert "is sent to http://127" in result.stderr.splitlines()[0]
    assert result.stderr.splitlines()[-1] == "saydo: 3 reports: 1 proposals, 1 items refused"
    assert "was asked about every report already" in saydo(*asked).stderr


def test_words_go_nowhere_in_the_clear_or_unasked(saydo, case: Path) -> None:
    assert saydo("opinion", "ask", "--case", case).exit_code == 2
    result = saydo("opinion", "ask", "--case", case, "--endpoint", "http://9.9.9.9/v1", "--model", "big")
    assert result.exit_code == 1 and "public network" in result.stderr


def test_proposals_are_listed_accepted_and_refused(saydo, here: Web, case: Path) -> None:
    saydo("opinion", "ask", "--case", case, "--endpoint", model(here), "--model", "tiny")
    listed = saydo("opinion", "list", "--case", case, "--state", "all")
    assert re.match(
        r"p-[0-9a-f]{10}  tie rivalry  \(\w+\)\n   The Taliban → Tajikistan · 2019-05-09\n", listed.stdout
    )
    assert "“The Taliban [attacked] Tajikistan on 9 May.”" in listed.stdout
    assert (
        "proposed by tiny at http://127" in listed.stdout
        and "none counts until a person accepts" in listed.stderr
    )
    row = json.loads(saydo("opinion", "list", "--case", case, "--state", "all", "--json").stdout)
    assert (row["quote"], row["by"], row["evidence"]["proposer"]) == (DEED, ["The Taliban"], "model")
    no = saydo("opinion", "list", "--case", case, "--state", "refused")
    assert "the quote does not stand in the text" in no.stdout and "1 items did not hold" in no.stderr
    (line,) = (case / "opinion-refused.jsonl").read_text().splitlines()
    assert json.loads(line)["reason"] == "the quote does not stand in the text"
    result = saydo("opinion", "refuse", row["id"], "--case", case, "--by", "Noor", "--why", "too thin")
    assert result.stdout == "1 put aside\n"
    assert "put aside: too thin" in saydo("opinion", "list", "--case", case, "--state", "aside").stdout
    result = saydo("opinion", "accept", row["id"], "--case", case, "--by", "Noor")
    assert result.stdout == f"decision 1: {row['id']} is a finding now\n", result.output
    ties = [json.loads(t) for t in saydo("show", "ties", "--case", case, "--json").stdout.splitlines()]
    assert [t["id"] for t in ties if t["id"] == "h1"] == ["h1"]
    assert "second opinion p-" in saydo("review", "decisions", "--case", case).stdout
    for wrong in (["list", "--state", "odd"], ["accept", "p-nobody"]):
        result = saydo("opinion", *wrong, "--case", case)
        assert result.exit_code == 1 and result.stderr.count("\n") == 1


def test_an_endpoint_that_fails_shows_in_the_exit_code(saydo, here: Web, case: Path) -> None:
    here.pages["/v1/chat/completions"] = (401, {}, b"no")
    result = saydo("opinion", "ask", "--case", case, "--endpoint", f"{here.base}/v1", "--model", "tiny")
    assert result.exit_code == 1 and "answered 401 (no)" in result.stderr


# --- the guides -------------------------------------------------------------------------------------


def commands(page: str) -> list[list[str]]:
    """The commands of a guide, in their order."""
    lines = (ROOT / "docs/guide" / page).read_text(encoding="utf-8").splitlines()
    return [shlex.split(line.strip())[1:] for line in lines if line.startswith("    saydo ")]


def test_the_commands_of_the_guide_to_watching_do_what_it_says(
    saydo, here: Web, feed: str, tmp_path: Path, monkeypatch
) -> None:
    """With addresses of this machine in place of those of the world."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAYDO_WEBHOOK_SECRET", "our secret")
    monkeypatch.setenv("SAYDO_SMTP_PASSWORD", "hush")
    Path("feeds.opml").write_text(f'<opml><body><outline xmlUrl="{feed}"/></body></opml>')
    here.pages["/hook"] = (200, {}, b"")
    with mail_server() as posts:
        there = {
            "https://hooks.post.example/saydo": f"{here.base}/hook",
            "mail.post.example": f"127.0.0.1:{posts.port}",
        }
        ran = 0
        for words in commands("watch.md"):
            if words[0] != "watch":
                continue
            words = [there.get(word, word) for word in words]
            # a mail server of this machine asks for no password in these tests
            words = [w for n, w in enumerate(words) if "--smtp-user" not in words[max(0, n - 1) : n + 1]]
            result = saydo(*words, *([] if "--once" in words else ["--once"]), "--private-feeds", *READER)
            assert result.exit_code == 0, (words, result.output)
            ran += 1
    assert ran >= 4


def test_the_commands_of_the_guide_to_second_opinions_do_what_it_says(saydo, here: Web, case: Path) -> None:
    url = model(here, also=True)
    ran = 0
    for words in commands("second-opinion.md"):
        listed = saydo("opinion", "list", "--case", case, "--state", "all", "--json").stdout.splitlines()
        ids = [json.loads(line)["id"] for line in listed]
        words = [str(case) if word == "delta" else url if word.startswith("http") else word for word in words]
        words = [{"p-4e": ids[:1], "p-91": ids[1:]}.get(word[:4], [word])[0] for word in words]
        result = saydo(*words)
        assert result.exit_code == 0, (words, result.output)
        ran += 1
    assert ran >= 6
