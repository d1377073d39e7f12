"""The bench: peers take turns, ratios are of the same round, and the page's arithmetic is what it says."""

from __future__ import annotations

import json
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import spacy

from lab.bench.__main__ import find_peers, main, no_checkout
from lab.bench.page import Setting, Workers, by_documents, core_hours, page, rate
from lab.bench.plots import bars, lines
from lab.bench.rounds import Fell, Pass, Peer, Results, Spread, Step, play, take_turns
from lab.bench.turns import FEW, WARM, turns
from lab.bench_workers import Flat, Round, Row
from lab.curves import Point

WORDS = [10] * 8
"""Of eight texts, of which two are warm."""
SCRIPT = """
import json, pathlib, sys
log = pathlib.Path(sys.argv[1])
name, speed, fall = sys.argv[2], float(sys.argv[3]), int(sys.argv[4])
turn = (log.read_text() if log.exists() else "").split().count(name) + 1
with log.open("a") as out:
    out.write(name + "\\n")
def tell(**told):
    print(json.dumps(told), flush=True)
tell(first=0.5)
for done in (5, 8):
    tell(documents=done, processor=turn * speed * (done - 2), clock=2 * turn * speed * (done - 2), memory=40 + done)
    if turn == fall:
        sys.exit(f"{name} has lost its dictionary")
tell(peak=50)
"""


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "peer.py"
    path.write_text(SCRIPT)
    return path


def scripted(script: Path, name: str, speed: float, fall: int = 0) -> Peer:
    """A peer that takes ``speed`` seconds a text, and more with every round; it falls in round ``fall``."""
    log = script.with_name("log")
    return Peer(
        name, "does as it is told", (sys.executable, str(script), str(log), name, f"{speed}", f"{fall}")
    )


def setting(price: float | None = None) -> Setting:
    return Setting(
        date="2026-11-28 09:00 UTC", command="python -m lab.bench --texts wire.jsonl", machine="2 × a processor",
        python="Python 3.12", load=(0.4, 0.6), texts=8, words=80, counted=(6, 60), rounds=2, price=price,
    )  # fmt: skip


def test_peers_take_turns_forwards_and_backwards(script: Path) -> None:
    peers = [scripted(script, "saydo", 2.0), scripted(script, "other", 0.5)]
    take_turns(peers, WORDS, 2, 2, lambda said: None)
    assert script.with_name("log").read_text().split() == ["saydo", "other", "other", "saydo"]


def test_ratios_are_of_the_same_round(script: Path) -> None:
    """The second round is twice as slow for both, as on a machine that becomes busy: no ratio shows it."""
    peers = [scripted(script, "saydo", 2.0), scripted(script, "other", 0.5)]
    results = take_turns(peers, WORDS, 2, 2, lambda said: None)
    assert results.ratio("other", lambda p: p.whole.processor) == Spread(4.0, 4.0, 4.0)
    assert results.ratio("saydo", lambda p: p.whole.processor) == Spread(1.0, 1.0, 1.0)
    assert results.spread("saydo", rate) == Spread(3.75, 2.5, 5.0)


def test_warm_texts_are_not_counted(script: Path) -> None:
    done = play(scripted(script, "saydo", 2.0), WORDS, 2)
    assert done.whole == Step(6, 60, 12.0, 24.0, 48)
    assert [step.documents for step in done.steps] == [3, 6]
    assert done.start > 0 and done.start_processor == 0.5 and done.peak == 50


def test_a_peer_that_falls_is_named_and_the_others_go_on(script: Path) -> None:
    peers = [
        scripted(script, "saydo", 2.0),
        scripted(script, "weak", 1.0, fall=2),
        scripted(script, "other", 1.0),
    ]
    said: list[str] = []
    results = take_turns(peers, WORDS, 2, 3, said.append)
    assert results.measured == ["saydo", "other"]
    assert len(results.passes["other"]) == 3
    assert results.fell == {"weak": "weak has lost its dictionary"}
    assert [line for line in said if "weak" in line and "fell" in line]
    assert "- weak: fell: weak has lost its dictionary" in page(results, setting(), {}, None, None)


@pytest.mark.parametrize(
    ("program", "why"),
    [
        ("print('good morning')", "does not speak as a peer does"),
        ("print('{\"first\": 1}')", "before all texts were done"),
        ("import sys; sys.exit(3)", "status 3"),
        ("import time; print('{\"first\": 1}', flush=True); time.sleep(60)", "not done after 2 seconds"),
    ],
)
def test_a_pass_that_is_none_says_why(program: str, why: str) -> None:
    with pytest.raises(Fell, match=why):
        play(Peer("odd", "", (sys.executable, "-c", program)), WORDS, 2, longest=2)


def test_a_program_that_is_not_there_falls() -> None:
    with pytest.raises(Fell, match="does not start"):
        play(Peer("odd", "", ("/nowhere/python2",)), WORDS, 2)


def made(rounds: int = 1) -> Results:
    results = Results([Peer("saydo", "records", ()), Peer("encoder", "nothing", ())])
    for name, seconds in (("saydo", 6.0), ("encoder", 2.0)):
        half = Step(3, 30, seconds / 2, seconds, 400)
        results.passes[name] = [
            Pass(4.0, 3.0, (half, Step(6, 60, seconds, 2 * seconds, 410)), 512.0)
        ] * rounds
    return results


def test_the_table_and_its_arithmetic() -> None:
    """10 words an article at 10 words a second: a second each, so a million take 278 hours."""
    written = page(made(2), setting(0.5), {"spacy:xx": "no such pipeline is installed"}, None, None)
    row = next(line for line in written.splitlines() if line.startswith("| **saydo**"))
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells[2:6] == ["10 (10–10)", "5 (5–5)", "1.00 (1.00–1.00)", "1.00 (1.00–1.00)"]
    assert cells[6:] == ["4.0", "3.0", "512", "278", "138.89"]
    assert "| encoder | nothing | 30 (30–30) | 15 (15–15) | 3.00 (3.00–3.00)" in written
    assert (
        "1,000,000 × 10 words" in written and "= 278 core-hours. At 0.5 for a core-hour: 138.89." in written
    )
    assert "- spacy:xx: no such pipeline is installed" in written


def test_the_table_has_as_many_cells_in_every_row() -> None:
    for price in (None, 0.5):
        written = page(made(), setting(price), {}, None, Flat(100, 1, (400, 404), (300, 300)))
        for block in re.findall(r"(?:^\|.*\n)+", written + "\n", re.M):
            assert len({line.count("|") for line in block.splitlines()}) == 1, block


def test_a_day_of_news_follows_from_the_measured_rate() -> None:
    written = page(made(), setting(), {}, None, None)
    assert core_hours(500_000, 10, 10) == pytest.approx(138.9, abs=0.05)
    assert "- core-hours: 5.0 million ÷ 10 words a second ÷ 3,600 = 138.9" in written
    assert "138.9 ÷ 24 = 5.79, so 6 core(s)" in written
    assert "| 32 | 4.3 | 16.0 |" in written


def worker_round(seconds: float) -> Round:
    """A pass of workers over 600 words."""
    done = Round.__new__(Round)
    done.words, done.seconds, done.worked, done.workers_worked = 600, seconds, 1.0, 9.0
    done.worker, done.own, done.parent, done.digest = 650.0, 500.0, 330.0, ""
    return done


def test_workers_stand_beside_the_first_row_of_their_kind_in_the_same_round() -> None:
    """The second round is of a busy machine: twice the time for all, and no ratio shows it."""
    rows = {
        Row(1): [worker_round(10), worker_round(20)],
        Row(2): [worker_round(5), worker_round(10)],
        Row(1, True): [worker_round(12), worker_round(24)],
        Row(2, True): [worker_round(8), worker_round(16)],
    }
    written = page(made(), setting(), {}, Workers(40, rows, "a third row: a reason"), None)
    assert "| 2 | 90 (60–120) | 2.00 (2.00–2.00) | 9.0 (9.0–9.0) | 1.0 | 650 | 330 |" in written
    assert "| Ray, 2 | 56 (38–75) | 1.50 (1.50–1.50) |" in written
    assert "Not measured: a third row: a reason." in written


def test_flat_memory_is_the_second_half_by_the_first() -> None:
    written = page(made(), setting(), {}, None, Flat(100_000, 1, (400, 410), (300, 297)))
    assert "| a worker | 400 | 410 | 1.025 |" in written
    assert "| the program | 300 | 297 | 0.990 |" in written


def test_the_setting_stands_beside() -> None:
    written = page(made(), setting(), {}, None, None)
    for told in (
        "2026-11-28 09:00 UTC",
        "2 × a processor; Python 3.12",
        "0.4, 0.6",
        "lab.bench --texts wire",
    ):
        assert told in written


def test_drawings_are_whole_and_to_scale() -> None:
    drawn = ET.fromstring(bars({"saydo": Spread(50, 40, 60), "a & b": Spread(100, 90, 120)}, "words"))
    wide = [float(r.get("width", 0)) for r in drawn.iter("{http://www.w3.org/2000/svg}rect")][1:]
    assert wide[1] == pytest.approx(2 * wide[0], abs=0.2)
    found = ET.fromstring(lines(by_documents(made(), "memory"), "documents", "MB"))
    dots = [float(c.get("cy", 0)) for c in found.iter("{http://www.w3.org/2000/svg}circle")]
    assert len(dots) == 4 and dots[1] < dots[0]
    assert by_documents(made(), "processor")["saydo"] == [Point(3, 3.0), Point(6, 6.0)]


def test_all_texts_are_done_once_and_warm_ones_first() -> None:
    found = turns(WARM + FEW + 5)
    assert [n for a, b in found for n in range(a, b)] == list(range(WARM + FEW + 5))
    assert found[:2] == [(0, 1), (1, WARM)]


def test_peers_that_are_not_there_are_skipped_with_the_reason(tmp_path: Path) -> None:
    names = ["encoder", "plain", "spacy:xx_nobody_made_this"]
    peers, skipped = find_peers(names, None, tmp_path, {"plain": "torch is not installed"})
    assert [peer.name for peer in peers] == ["saydo", "encoder"]
    assert skipped["plain"] == "torch is not installed"
    assert "installed" in skipped["spacy:xx_nobody_made_this"]
    assert "--petrarch" in skipped["UniversalPetrarch"]
    with pytest.raises(ValueError, match="oracle is no peer"):
        find_peers(["oracle"], None, tmp_path, {})


def test_a_folder_that_is_no_checkout_is_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--texts", "x.jsonl", "--petrarch", str(tmp_path)])
    assert ended.value.code == 2
    assert "is no checkout of UniversalPetrarch" in capsys.readouterr().err.splitlines()[-1]
    (tmp_path / "UniversalPetrarch").mkdir()
    (tmp_path / "UniversalPetrarch" / "petrarch_ud.py").touch()
    assert no_checkout(tmp_path) is None


CODER = """
import sys, xml.etree.ElementTree as ET
given, out = sys.argv[sys.argv.index("-i") + 1], sys.argv[sys.argv.index("-o") + 1]
sentences = list(ET.parse(given).getroot().iter("Sentence"))
assert sys.argv[1] == "batch" and sentences
for sentence in sentences:
    assert len(sentence.get("date")) == 8 and len(sentence.get("id").split("_")) == 2
    rows = [line.split("\\t") for line in sentence.find("Parse").text.splitlines()]
    assert all(len(row) == 8 for row in rows)
    assert [int(row[0]) for row in rows] == list(range(1, len(rows) + 1))
    assert [row[7] for row in rows if row[6] == "0"] == ["root"]
open(out, "w").write(str(len(sentences)))
sum(n * n for n in range(len(sentences) * 20000))
"""
CITIES = ("Oruro", "Tete", "Pokhara", "Mbeya", "Osijek")


@pytest.mark.model
@pytest.mark.slow
def test_one_command_measures_and_writes_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With a scripted UniversalPetrarch, which looks at what it is given, and a small spaCy pipeline."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.to_disk(tmp_path / "small")
    pipeline = f"spacy:{tmp_path / 'small'}"
    texts = tmp_path / "texts.jsonl"
    rows = [
        {
            "text": f"Miners in {CITIES[n % 5]} struck for {n + 2} days.\nThe governor called the strike unlawful."
        }
        for n in range(40)
    ]
    texts.write_text("".join(json.dumps(row) + "\n" for row in rows))
    program = tmp_path / "checkout" / "UniversalPetrarch" / "petrarch_ud.py"
    program.parent.mkdir(parents=True)
    program.write_text(CODER)
    out = tmp_path / "speed.md"
    given = [
        "--texts",
        str(texts),
        "--documents",
        "30",
        "--rounds",
        "1",
        "--peer",
        "reader",
        pipeline,
        "--workers",
    ]
    assert main([*given, "--petrarch", str(tmp_path / "checkout"), "--out", str(out)]) == 0
    written = out.read_text()
    assert written in capsys.readouterr().out
    for name in ("**saydo**", "reader", pipeline, "UniversalPetrarch"):
        assert f"| {name} |" in written
    assert "fell" not in written
    for name in ("rates", "documents", "memory"):
        assert ET.parse(tmp_path / f"speed-{name}.svg").getroot().tag.endswith("svg")
