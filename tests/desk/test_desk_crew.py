"""A crew of processes: what one process would have written, whatever happens to one of them."""

from __future__ import annotations

import io
import itertools
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import crew_rooms
import pytest
from desk_rooms import ROOMS, PlainReader, codebook

from saydo.desk import Crew, Failure, code_stream, run
from saydo.model.document import Document
from saydo.model.errors import ReaderError, SaydoError
from saydo.store import SqliteStore

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")


def documents(*texts: str) -> list[Document]:
    return [Document(f"d{n}", text) for n, text in enumerate(texts)]


def alive(pid: int) -> bool:
    """Whether a process is there and no mere entry of one that ended."""
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def gone(*pids: int) -> bool:
    """Whether all have ended within some seconds."""
    until = time.monotonic() + 20
    while any(map(alive, pids)) and time.monotonic() < until:
        time.sleep(0.05)
    return not any(map(alive, pids))


TEXTS = [
    text
    for n in range(40)
    for text in (f"Reef vowed n{n}. Then Reef shelled Tal{n % 7}.", "FAIL" if n % 9 == 4 else f"Zor {n}.")
]


@pytest.fixture
def wire(tmp_path: Path) -> Path:
    """Eighty reports, some of which cannot be coded."""
    path = tmp_path / "wire.jsonl"
    path.write_text("".join(json.dumps({"id": f"d{n}", "text": t}) + "\n" for n, t in enumerate(TEXTS)))
    return path


@pytest.mark.parametrize("workers", [1, 3])
def test_any_number_of_processes_writes_the_same_bytes(wire: Path, workers: int) -> None:
    """And lists the same failures, in the same order."""
    alone, together = io.StringIO(), io.StringIO()
    expected = code_stream([str(wire)], alone, PlainReader(), codebook(), rooms=ROOMS)
    with Crew(crew_rooms.plain, workers) as crew:
        summary = code_stream([str(wire)], together, crew, codebook(), rooms=ROOMS)
    assert together.getvalue() == alone.getvalue() != ""
    assert summary == expected
    assert len(summary.skipped) == sum(text == "FAIL" for text in TEXTS)


def test_a_case_made_by_several_processes_is_the_same_case(wire: Path, tmp_path: Path) -> None:
    with Crew(crew_rooms.plain, 2) as crew:
        run([str(wire)], tmp_path / "two", crew, codebook(), rooms=ROOMS)
    run([str(wire)], tmp_path / "one", PlainReader(), codebook(), rooms=ROOMS)
    dumps = []
    for name in ("one", "two"):
        with SqliteStore.for_reading(tmp_path / name) as store:
            dumps.append(store.dump())
    assert dumps[0] == dumps[1]
    assert (tmp_path / "one" / "report.html").read_text() == (tmp_path / "two" / "report.html").read_text()


def test_documents_are_drawn_only_a_bounded_way_ahead() -> None:
    """Also where the first of them is slow and the others must wait for their turn."""
    drawn = 0

    def endless() -> Iterator[Document]:
        nonlocal drawn
        for n in itertools.count():
            drawn += 1
            yield Document(str(n), "SLOW" if n < 16 else "Reef shelled Tal.")

    with Crew(crew_rooms.plain, 2) as crew:
        made = crew.lines(endless())
        first = next(made)
        assert not isinstance(first, Failure)
        assert json.loads(first.json)["id"] == "0"
        assert 16 <= drawn < 200
        numbers = [
            json.loads(m.json)["id"] for m in itertools.islice(made, 500) if not isinstance(m, Failure)
        ]
    assert numbers == [str(n) for n in range(1, 501)]


def test_a_process_that_dies_is_replaced_and_its_document_coded_once_more(tmp_path: Path) -> None:
    flag = tmp_path / "died"
    texts = [f"Zor {n}." for n in range(50)]
    texts[5] = f"DIE-AT-FIRST {flag}"
    with Crew(crew_rooms.plain, 2) as crew:
        made = list(crew.lines(documents(*texts)))
        assert len(crew.pids) == 2
    assert flag.exists()
    assert [json.loads(m.json)["id"] for m in made if not isinstance(m, Failure)] == [
        f"d{n}" for n in range(50)
    ]


def test_a_document_that_kills_every_process_is_a_failure_and_the_only_one() -> None:
    """Its neighbours in the same task are coded; the reason says how the process died."""
    texts = [f"Zor {n}." for n in range(40)]
    texts[3] = texts[20] = "DIE"
    with Crew(crew_rooms.plain, 2) as crew:
        made = list(crew.lines(documents(*texts)))
    failures = [m for m in made if isinstance(m, Failure)]
    assert [f.document for f in failures] == ["d3", "d20"]
    assert "SIGKILL" in failures[0].reason
    assert "\n" not in failures[0].reason
    assert len(made) == 40


def test_a_document_that_takes_far_too_long_is_a_failure_and_the_only_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its process is ended, and what it had beside it is coded."""
    monkeypatch.setattr("saydo.desk.crew._LIMIT_SECONDS", 4.0)
    with Crew(crew_rooms.plain, 2) as crew:
        made = list(crew.lines(documents("Zor 1.", "SLEEP", "Zor 2.", "Zor 3.")))
    assert [isinstance(m, Failure) for m in made] == [False, True, False, False]
    failure = made[1]
    assert isinstance(failure, Failure) and failure.document == "d1"
    assert "took more than 4 seconds and was ended" in failure.reason


def test_a_process_killed_from_outside_costs_nothing() -> None:
    """As the system does where memory runs out."""
    texts = ["SLOW" for _ in range(64)]
    with Crew(crew_rooms.plain, 2) as crew:
        made = crew.lines(documents(*texts))
        some = [next(made) for _ in range(3)]
        victim = crew.pids[0]
        os.kill(victim, signal.SIGKILL)
        some += made
        assert victim not in crew.pids
    assert [json.loads(m.json)["id"] for m in some if not isinstance(m, Failure)] == [
        f"d{n}" for n in range(64)
    ]


def test_a_coder_that_cannot_be_made_raises_what_it_said() -> None:
    with Crew(crew_rooms.none, 2) as crew, pytest.raises(ReaderError, match="there is no reader 'klingon'"):
        _ = crew.info


def test_a_crew_that_rests_has_no_process_and_goes_on_when_asked() -> None:
    """While a run weighs, the memory of its coders is free."""
    with Crew(crew_rooms.plain, 2) as crew:
        assert len(list(crew.lines(documents("Zor 1.", "Zor 2.")))) == 2
        pids, info = crew.pids, crew.info
        crew.rest()
        assert gone(*pids) and crew.pids == () and crew.info == info
        assert len(list(crew.lines(documents("Zor 3.")))) == 1
        assert len(crew.pids) == 2


def test_processes_that_never_come_up_are_not_started_for_ever() -> None:
    with Crew(crew_rooms.stillborn, 1) as crew, pytest.raises(SaydoError, match="no worker comes up") as told:
        list(crew.lines(documents("Zor.")))
    assert "SIGKILL" in str(told.value)
    assert "\n" not in str(told.value)


def test_strict_coding_raises_what_went_wrong_in_a_process() -> None:
    """With where it comes from, for whoever looks for the cause."""
    with Crew(crew_rooms.strict, 1) as crew, pytest.raises(KeyError, match="broken rule") as told:
        list(crew.lines(documents("Zor.", "BREAK")))
    assert any("desk_rooms" in note for note in told.value.__notes__)


def test_a_crew_that_is_closed_leaves_no_process() -> None:
    """Neither one that waits nor one in the middle of a document that takes for ever."""
    with Crew(crew_rooms.plain, 2) as crew:
        assert crew.info.reader == "plain 1"
        made = crew.lines(documents("Zor.", "SLEEP"))
        next(made)
        pids = crew.pids
    assert gone(*pids)


_ORPHANS = """
import sys
from saydo.desk import Crew
from saydo.model.document import Document
import crew_rooms
crew = Crew(crew_rooms.plain, 2)
made = crew.lines([Document("a", "Zor.")] + [Document(str(n), "SLEEP") for n in range(40)])
next(made)
print(*crew.pids, flush=True)
next(made)
"""


def test_processes_end_with_the_one_that_started_them() -> None:
    """Killed with no chance to tell them, from a script that has no guard around its main part."""
    paths = os.pathsep.join([str(Path(__file__).parent), *filter(None, sys.path)])
    parent = subprocess.Popen(
        [sys.executable, "-c", _ORPHANS],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": paths},
    )
    assert parent.stdout is not None
    pids = [int(pid) for pid in parent.stdout.readline().split()]
    assert len(pids) == 2
    assert all(map(alive, pids))
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert gone(*pids)
