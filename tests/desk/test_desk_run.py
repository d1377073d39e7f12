"""A run: what it leaves in the case, that it can be killed anywhere, that it does nothing twice."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from desk_rooms import ROOMS, PlainReader, codebook

from saydo.desk import RunSummary, Settings, open_case, run
from saydo.model.document import Document
from saydo.model.errors import InputError, SaydoError, StoreError
from saydo.model.reading import Reading
from saydo.store import SqliteStore


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Five reports that make one broken vow, a copy, one that cannot be coded, one that cannot be read."""
    place = tmp_path / "inbox"
    place.mkdir()
    (place / "a.txt").write_text("Reef vowed to spare Tal.")
    (place / "b.txt").write_text("on Sunday Reef shelled Tal.")
    (place / "c.txt").write_text("Zor shelled Bree and then Reef.")
    (place / "copy of a.txt").write_text("Reef vowed to spare Tal.")
    (place / "d.jsonl").write_text(
        '{"id": "j1", "text": "Reef met Zor.", "date": "2020-05-01", "publisher": "Post"}\n'
        '{"id": "j2", "text": "FAIL"}\n{"id": "j3", "te'
    )
    (place / "e.bin").write_bytes(b"\x7fELF" + bytes(200))
    return place


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return tmp_path / "case"


def quick(inbox: Path, case: Path, **more: object) -> RunSummary:
    more.setdefault("reader", PlainReader())
    more.setdefault("codebook", codebook())
    return run([str(inbox)], case, rooms=ROOMS, **more)  # type: ignore[arg-type]


def dump(case: Path) -> str:
    with SqliteStore.for_reading(case) as store:
        return store.dump()


def test_a_run_tells_what_it_did_and_found(inbox: Path, case: Path) -> None:
    """Counts, the strongest discrepancies as sentences, what was skipped and why, where the report lies."""
    summary = quick(inbox, case)
    tally = summary.tally
    assert (tally.documents, tally.coded, tally.failed, summary.new, summary.coded) == (5, 4, 1, 5, 4)
    assert (tally.events, tally.statements, tally.discrepancies, tally.actors) == (2, 1, 1, 5)
    assert (summary.kept, summary.broken) == (0, 1)
    (strongest,) = summary.strongest
    assert strongest.sentence == "reef vowed and shelled."
    assert strongest.statement.quote == "to spare Tal."
    assert strongest.against[0].source.endswith("b.txt")
    why = {Path(skipped.origin).name: (skipped.reason, skipped.harmless) for skipped in summary.skipped}
    assert list(why) == ["copy of a.txt", "d.jsonl:2", "d.jsonl:3", "e.bin"]
    assert why["copy of a.txt"][1] and "same bytes" in why["copy of a.txt"][0]
    assert "ValueError" in why["d.jsonl:2"][0]
    assert not summary.complete
    assert summary.report.read_text() == "".join(
        f"<p>{d.explanation}</p>\n" for d in open_case(case).view().discrepancies
    )


def test_the_case_holds_the_originals_and_the_records(inbox: Path, case: Path) -> None:
    quick(inbox, case)
    with SqliteStore.for_reading(case) as store:
        held = {Path(d.origin).name: d for d in store.view().documents}
        assert store.source(held["a.txt"].source_sha256 or "") == (inbox / "a.txt").read_bytes()
        assert (held["d.jsonl:1"].id, held["d.jsonl:1"].publisher) == ("j1", "Post")
        assert [a.actor.id for a in store.view().actors] == ["bree", "reef", "sunday", "tal", "zor"]
        assert store.view().incidents[0].members[0][1] == "e0"


def test_running_again_does_nothing_new(inbox: Path, case: Path) -> None:
    """Not one document is read again, and the case is the same to the last row."""
    quick(inbox, case)
    before = dump(case)
    reader = PlainReader()
    summary = quick(inbox, case, reader=reader)
    assert (summary.new, summary.coded) == (0, 0)
    # Only the one that failed is tried once more, in case the cause was outside of it.
    assert set(reader.read_ids) == {"j2"}
    assert dump(case) == before
    assert summary.tally.coded == 4


def test_another_coder_codes_everything_again(inbox: Path, case: Path) -> None:
    """A new reader or a changed codebook makes other records; none of the old ones may stay among them."""
    quick(inbox, case)
    assert quick(inbox, case, reader=PlainReader("plain 2")).coded == 4
    assert quick(inbox, case, reader=PlainReader("plain 2"), codebook=codebook("tiny 2")).coded == 4
    with SqliteStore.for_reading(case) as store:
        assert {(r.coder.reader, r.coder.codebook) for r in store.records()} == {("plain 2", "tiny 2")}


def test_more_reports_join_those_that_are_there(inbox: Path, case: Path) -> None:
    """A case grows; what is derived from all reports is derived anew."""
    quick(inbox / "a.txt", case)
    assert open_case(case).view().discrepancies == ()
    summary = quick(inbox / "b.txt", case)
    assert (summary.new, summary.coded, summary.tally.discrepancies) == (1, 1, 1)


def test_a_mended_file_is_no_longer_listed(inbox: Path, case: Path) -> None:
    quick(inbox, case)
    (inbox / "e.bin").unlink()
    lines = (inbox / "d.jsonl").read_text().splitlines()
    (inbox / "d.jsonl").write_text("\n".join([lines[0], '{"id": "j3", "text": "Zor vowed."}']) + "\n")
    why = [Path(skipped.origin).name for skipped in quick(inbox, case).skipped]
    assert why == ["copy of a.txt", "d.jsonl:2"]  # j2 was taken in before, and still cannot be coded


def test_a_date_is_given_only_to_reports_without_one(inbox: Path, case: Path) -> None:
    quick(inbox, case, settings=Settings(date="2021-01-31"))
    with SqliteStore.for_reading(case) as store:
        dates = {Path(d.origin).name: d.date for d in store.view().documents}
    assert (dates["a.txt"], dates["d.jsonl:1"]) == ("2021-01-31", "2020-05-01")


def test_a_file_that_vanishes_during_the_run_is_listed(tmp_path: Path, case: Path) -> None:
    """It was there when the folder was read and is gone when its turn comes."""
    place = tmp_path / "inbox"
    place.mkdir()
    for name in "abc":
        (place / f"{name}.txt").write_text(f"Reef shelled {name.upper()}.")

    @dataclass
    class Thief:
        stages: list[str] = field(default_factory=list)

        def begin(self, stage: str, amount: int | None = None) -> None:
            self.stages.append(stage)

        def advance(self, reports: int, words: int, amount: int) -> None:
            (place / "b.txt").unlink(missing_ok=True)

    thief = Thief()
    summary = quick(place, case, progress=thief)
    assert thief.stages == ["taking in", "coding", "weighing", "writing the report"]
    assert summary.tally.documents == 2
    (skipped,) = summary.skipped
    assert Path(skipped.origin).name == "b.txt"
    assert "is not there" in skipped.reason


def test_a_case_inside_its_own_input_is_refused(inbox: Path) -> None:
    """It would take in its own report and sources, more with every run."""
    with pytest.raises(InputError, match="lies inside of the input"):
        quick(inbox, inbox / "case")
    assert not (inbox / "case").exists()


def test_progress_is_told_in_full(inbox: Path, case: Path) -> None:
    """The bar of a stage ends where it should: all words of the pending reports are counted off."""

    @dataclass
    class Count:
        total: dict[str, int | None] = field(default_factory=dict)
        done: dict[str, int] = field(default_factory=dict)

        def begin(self, stage: str, amount: int | None = None) -> None:
            self.total[stage], self.done[stage] = amount, 0

        def advance(self, reports: int, words: int, amount: int) -> None:
            self.done[list(self.total)[-1]] += amount

    count = Count()
    quick(inbox, case, progress=count)
    assert count.done["coding"] == count.total["coding"] == 5 + 5 + 6 + 3 + 1
    assert 0 < count.done["taking in"] <= (count.total["taking in"] or 0)


class Killed(BaseException):
    """Stands for the process being killed."""


def striking(strike: int, seen: list[str]) -> Callable[[Path], SqliteStore]:
    """Opens a store that dies at the given step, counted from one."""

    def on_step(step: str) -> None:
        seen.append(step)
        if len(seen) == strike:
            raise Killed(step)

    return lambda folder: SqliteStore.for_writing(folder, on_step)


def test_a_run_that_dies_at_any_step_ends_like_an_undisturbed_one(inbox: Path, tmp_path: Path) -> None:
    """Every step of the store once: die there, run again, compare the whole case and the report."""
    steps: list[str] = []
    quick(inbox, tmp_path / "peace", open_store=striking(0, steps))
    peace = dump(tmp_path / "peace")
    page = (tmp_path / "peace" / "report.html").read_text()
    assert len(steps) > 40
    for strike in range(1, len(steps) + 1):
        case = tmp_path / f"case{strike}"
        with pytest.raises(Killed):
            quick(inbox, case, open_store=striking(strike, []))
        quick(inbox, case)
        assert dump(case) == peace, f"differs after death at step {strike}: {steps[strike - 1]}"
        assert (case / "report.html").read_text() == page


def test_a_coder_change_that_dies_at_any_step_ends_like_an_undisturbed_one(
    inbox: Path, tmp_path: Path
) -> None:
    """A half re-coded case mixes two coders until the next run; after it there is one."""
    for case in ("peace", "steps"):
        quick(inbox, tmp_path / case)
    steps: list[str] = []
    quick(inbox, tmp_path / "steps", reader=PlainReader("plain 2"), open_store=striking(0, steps))
    quick(inbox, tmp_path / "peace", reader=PlainReader("plain 2"))
    peace = dump(tmp_path / "peace")
    for strike in range(1, len(steps) + 1):
        case = tmp_path / f"case{strike}"
        quick(inbox, case)
        with pytest.raises(Killed):
            quick(inbox, case, reader=PlainReader("plain 2"), open_store=striking(strike, []))
        quick(inbox, case, reader=PlainReader("plain 2"))
        assert dump(case) == peace, f"differs after death at step {strike}: {steps[strike - 1]}"


class SlowReader(PlainReader):
    """Takes its time, so that a kill may fall anywhere."""

    def read(self, document: Document) -> Reading:
        time.sleep(0.01)
        return super().read(document)


def in_a_process(inputs: Path, case: Path, delay: float) -> bool:
    """Runs the case in a process of its own and kills it after ``delay`` seconds; whether it was still at
    work then."""
    child = multiprocessing.get_context("fork").Process(
        target=run, args=([str(inputs)], case, SlowReader(), codebook()), kwargs={"rooms": ROOMS}
    )
    child.start()
    child.join(delay)
    child.kill()
    child.join()
    return child.exitcode == -signal.SIGKILL


@pytest.mark.skipif(os.name == "nt", reason="Windows has neither fork nor SIGKILL")
def test_a_run_killed_at_random_moments_ends_like_an_undisturbed_one(tmp_path: Path) -> None:
    """Real SIGKILLs, twelve and more, most of them in a run that goes on from where the last was killed."""
    inbox = tmp_path / "inbox.jsonl"
    lines = [{"id": f"r{n}", "text": f"Reef vowed n{n}. Then Reef shelled Tal{n % 7}."} for n in range(16)]
    inbox.write_text("".join(json.dumps(line) + "\n" for line in lines))
    begun = time.monotonic()
    run([str(inbox)], tmp_path / "peace", SlowReader(), codebook(), rooms=ROOMS)
    lasts = time.monotonic() - begun
    chance = random.Random(20)
    kills = finished = 0
    while kills < 12 and finished < 40:
        # Short lives one after the other in one case; when it is done, another case, and shorter lives yet
        # where the machine is quicker than it was.
        delay = chance.uniform(0, lasts / 3) * 0.9**finished
        if in_a_process(inbox, tmp_path / f"case{finished}", delay):
            kills += 1
        else:
            finished += 1
    assert kills >= 12
    for case in sorted(tmp_path.iterdir()):
        if case.is_dir():
            run([str(inbox)], case, PlainReader(), codebook(), rooms=ROOMS)
            assert dump(case) == dump(tmp_path / "peace"), case.name
            assert (case / "report.html").read_text() == (tmp_path / "peace" / "report.html").read_text()
            assert not list(case.rglob("*.part"))


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to one process")
def test_ctrl_c_stops_between_steps_and_leaves_the_case_free(inbox: Path, case: Path) -> None:
    """The store is closed, the run is written down as stopped, the next run goes on."""

    class Stopping(PlainReader):
        def read(self, document: object) -> object:  # type: ignore[override]
            if len(self.read_ids) == 2:
                raise KeyboardInterrupt
            return super().read(document)  # type: ignore[arg-type]

    with pytest.raises(KeyboardInterrupt):
        quick(inbox, case, reader=Stopping())
    assert quick(inbox, case).tally.coded == 4
    with sqlite3.connect(case / "case.db") as db:
        assert db.execute("SELECT outcome FROM runs ORDER BY number").fetchall() == [("stopped",), ("done",)]


def test_a_clock_that_is_set_back_loses_nothing(inbox: Path, case: Path) -> None:
    """Between runs and within one; which run is the last is told by number, not by time."""
    times = iter(
        ["2031-01-01T00:00:00Z", "2030-06-01T00:00:00Z", "1999-12-31T23:59:59Z", "1970-01-01T00:00:00Z"]
    )
    for _ in range(2):
        quick(inbox, case, clock=lambda: next(times))
    with SqliteStore.for_reading(case) as store:
        runs = store.runs_page(None, 10).items
        assert [run.outcome for run in runs] == ["done", "done"]
        assert runs[0].started == "1999-12-31T23:59:59Z"  # the latest first
    quick(inbox, case.with_name("peace"))
    assert dump(case) == dump(case.with_name("peace"))


def test_odd_characters_travel_through_a_whole_run(tmp_path: Path, case: Path) -> None:
    """A zero character is kept as it is; half of a surrogate pair, which no file can hold, is one line."""
    wire = tmp_path / "wire.jsonl"
    lines = [{"id": "nul", "text": "Reef shelled\0 Tal."}, {"id": "half", "text": "Reef \ud800 shelled Tal."}]
    lines += [{"id": "odd", "text": "Reef met Zor.", "title": "a\0b", "note": "\udfff"}]
    wire.write_text("".join(json.dumps(line) + "\n" for line in lines))
    summary = quick(wire, case)
    (skipped,) = summary.skipped
    assert skipped.origin.endswith(":2")
    assert "half of a surrogate pair" in skipped.reason
    with SqliteStore.for_reading(case) as store:
        assert [d.text for d in store.documents()] == ["Reef shelled\0 Tal.", "Reef met Zor."]
        assert store.record("nul").text_sha256 == Document("x", "Reef shelled\0 Tal.").text_sha256
        assert store.dump()


def test_two_runs_at_once_do_not_mix(inbox: Path, case: Path) -> None:
    """The second is refused while the first is at work."""
    waiting, go_on = threading.Event(), threading.Event()

    class Waiting(PlainReader):
        def read(self, document: object) -> object:  # type: ignore[override]
            waiting.set()
            go_on.wait(20)
            return super().read(document)  # type: ignore[arg-type]

    first = threading.Thread(target=lambda: quick(inbox, case, reader=Waiting()))
    first.start()
    assert waiting.wait(20)
    with pytest.raises(StoreError, match="another run is at work"):
        quick(inbox, case)
    go_on.set()
    first.join(20)
    assert quick(inbox, case).coded == 0


def test_a_report_page_that_cannot_be_written_is_one_line(inbox: Path, case: Path) -> None:
    """And the case itself is whole: the next run only writes the page."""
    (case / "report.html").mkdir(parents=True)
    with pytest.raises(SaydoError, match=r"report\.html: cannot be written"):
        quick(inbox, case)
    (case / "report.html").rmdir()
    assert quick(inbox, case).coded == 0
