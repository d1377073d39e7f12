"""Bad days: a full disk, a folder nobody may write to, two runs at once, damage, death at any moment."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from store_cases import TEXT, add, derived, document, original, record

from saydo import store as cases
from saydo.model.case import SkippedInput
from saydo.model.errors import StoreError
from saydo.store import SqliteStore, connect
from saydo.store.guard import guard
from saydo.store.opening import verify


class Killed(BaseException):
    """Stands for the process being killed; nothing in the store may catch it."""


class Script:
    """A hook that counts the steps and strikes at one of them."""

    def __init__(self, strike: int) -> None:
        self.strike = strike
        self.seen: list[str] = []

    def __call__(self, step: str) -> None:
        self.seen.append(step)
        if len(self.seen) == self.strike:
            raise Killed(step)


def fill(store: SqliteStore) -> None:
    """Everything a run writes, in its order; may be called again on what an earlier call left."""
    for n in range(2):
        add(store, document(f"d{n}", TEXT + str(n)))
    store.skip(SkippedInput("broken.pdf", "is encrypted"), "inbox")
    store.settle_skips("inbox", [SkippedInput("broken.pdf", "is encrypted")])
    for pending in list(store.pending(record().coder)):
        store.put_record(record(pending.id, pending.text))
    if store.derived_by() is None:
        store.put_derived(derived("d0"), "weighed")


@pytest.fixture(scope="module")
def undisturbed(
    place: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, list[str]]:
    """The dump of a case that was filled in peace, and the steps that it took."""
    script = Script(0)
    with cases.for_writing(place(tmp_path_factory.mktemp("peace") / "case"), script) as store:
        fill(store)
        return store.dump(), script.seen


def test_a_case_cut_short_at_any_step_ends_like_an_undisturbed_one(
    undisturbed: tuple[str, list[str]], place: Callable[[Path], Path], tmp_path: Path
) -> None:
    """For every step there is: stop there, open again, go on; nothing is lost, doubled or half there."""
    dump, steps = undisturbed
    assert len(steps) > 20
    for strike in range(1, len(steps) + 1):
        folder = place(tmp_path / str(strike))
        with pytest.raises(Killed), cases.for_writing(folder, Script(strike)) as store:
            fill(store)
        with cases.for_writing(folder) as store:
            fill(store)
            assert store.dump() == dump, f"differs after a stop at {steps[strike - 1]!r}"
        assert verify(folder).faults == (), "the log tells of all that is there, and of nothing else"
        assert not list(folder.rglob("*.part"))


_CHILD = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from test_store_faults import Script, Killed, fill
from saydo import store as cases

class Fatal(Script):
    def __call__(self, step):
        try:
            super().__call__(step)
        except Killed:
            os.kill(os.getpid(), signal.SIGKILL)

with cases.for_writing(Path(sys.argv[1]), Fatal(int(sys.argv[2]))) as store:
    fill(store)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("strike", [3, 8, 9, 12])
def test_a_killed_process_leaves_a_case_that_goes_on(
    undisturbed: tuple[str, list[str]], folder: Path, strike: int
) -> None:
    """A real SIGKILL: no rollback runs, no lock is let go by hand, the log is left behind."""
    dump, _ = undisturbed
    command = [sys.executable, "-c", _CHILD, str(folder), str(strike), str(Path(__file__).parent)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    with cases.for_writing(folder) as store:
        fill(store)
        assert store.dump() == dump


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of three megabytes, where this system lets one be mounted."""
    place = tmp_path / "small"
    place.mkdir()
    mount = shutil.which("mount")
    if mount is None or sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("a tmpfs can be mounted on Linux by root only")
    made = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place)],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        pytest.skip(f"no tmpfs can be mounted here: {made.stderr.strip()}")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_loses_nothing_and_the_case_goes_on_when_there_is_room(
    small_disk: Path, file_case: Path
) -> None:
    """Reports are taken in and coded until the disk is full: one line says so; with room the same
    commands go on, and the case equals one that never met a full disk."""

    def work(store: SqliteStore) -> None:
        for n in range(60):
            add(store, document(f"d{n}", TEXT + f" {n}" * 3000))
        for pending in list(store.pending(record().coder)):
            store.put_record(record(pending.id, pending.text))

    with pytest.raises(StoreError, match=r"disk is full.*goes on where it stopped") as full:
        with cases.for_writing(small_disk / "case") as store:
            work(store)
    assert "\n" not in str(full.value)
    with cases.for_writing(small_disk / "case") as store:
        held = list(store.documents())
        assert 0 < len(held) < 60
        assert all(store.source(d.source_sha256 or "") == original(d) for d in held)
    shutil.copytree(small_disk / "case", file_case)
    with (
        cases.for_writing(file_case) as after,
        cases.for_writing(file_case.with_name("peace")) as peace,
    ):
        work(after)
        work(peace)
        assert after.dump() == peace.dump()


def test_a_full_disk_at_the_commit_loses_nothing(small_disk: Path) -> None:
    """The disk fills up behind the store's back between two steps."""
    with cases.for_writing(small_disk / "case") as store:
        add(store, document("d0"))
        store.put_record(record("d0"))
        before = store.dump()
        filler = small_disk / "filler"
        with pytest.raises(OSError), filler.open("wb") as out:
            while True:
                out.write(b"x" * 4096)
                out.flush()
        with pytest.raises(StoreError, match="disk is full"):
            for n in range(1, 400):
                store.put_record(record("d0").model_copy(update={"title": "t" * 3000 + str(n)}))
        assert store.record("d0").text_sha256 == record("d0").text_sha256
        filler.unlink()
        store.put_record(record("d0"))
        assert store.dump() == before


def test_a_database_that_may_not_grow_loses_nothing(file_case: Path) -> None:
    """The same for whoever may not mount a small disk: SQLite is told that there are no more pages."""
    with cases.for_writing(file_case) as store:
        add(store, document("d0"))
        pages = store._db.execute("PRAGMA page_count").fetchone()[0]
        store._db.execute(f"PRAGMA max_page_count = {pages + 8}")
        with pytest.raises(StoreError, match="disk is full"):
            for n in range(1, 60):
                add(store, document(f"d{n}", TEXT + f" {n}" * 3000))
        held = store.tally().documents
        assert 0 < held < 60
    with (
        cases.for_writing(file_case) as store,
        cases.for_writing(file_case.with_name("peace")) as peace,
    ):
        assert store.tally().documents == held
        add(peace, document("d0"))
        for each in (store, peace):
            for n in range(1, 60):
                add(each, document(f"d{n}", TEXT + f" {n}" * 3000))
        assert store.dump() == peace.dump()


@pytest.fixture
def read_only_disk(tmp_path: Path, small_disk: Path) -> Callable[[], Path]:
    """Fills the small disk with a case and makes it read-only."""

    def lock_up() -> Path:
        with cases.for_writing(small_disk / "case") as store:
            add(store, document())
            store.put_record(record())
        subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
        return small_disk / "case"

    return lock_up


def test_a_case_on_a_read_only_disk_can_be_read_but_not_written(read_only_disk: Callable[[], Path]) -> None:
    """An archived case opens from a DVD; a run on it says what to do."""
    case = read_only_disk()
    with cases.for_reading(case) as store:
        assert store.record("d1") == record()
    with pytest.raises(StoreError, match="cannot be written here"):
        cases.for_writing(case)


@pytest.mark.parametrize("number", ["EROFS", "EACCES", "EPERM"])
def test_every_way_of_being_refused_gives_the_same_line(file_case: Path, number: str) -> None:
    with (
        pytest.raises(StoreError, match="change its permissions or choose another folder"),
        guard(file_case),
    ):
        raise OSError(getattr(errno, number), "refused", "x")


def test_a_file_where_the_folder_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "case").write_text("not a folder")
    with pytest.raises(StoreError, match="case"):
        cases.for_writing(tmp_path / "case")


def test_two_runs_on_one_case_are_one_too_many(folder: Path) -> None:
    """The second is told so at once; when the first has ended, it may go on. Reading is always possible."""
    first = cases.for_writing(folder)
    add(first, document())
    with pytest.raises(StoreError, match="another run is at work"):
        cases.for_writing(folder)
    with cases.for_reading(folder) as reading:
        assert reading.tally().documents == 1
    first.close()
    cases.for_writing(folder).close()


def test_a_locked_database_is_named(file_case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some other program (a database browser, say) holds the file."""
    monkeypatch.setattr(connect, "WAIT_SECONDS", 0.05)
    with cases.for_writing(file_case) as store:
        other = sqlite3.connect(file_case / "case.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another program is writing"):
            add(store, document())
        other.execute("ROLLBACK")
        other.close()
        assert add(store, document()) == "d1"


def test_a_damaged_database_says_where_the_originals_are(file_case: Path) -> None:
    with cases.for_writing(file_case) as store:
        add(store, document())
    (file_case / "case.db").write_bytes(b"garbage" * 1000)
    for opening in (cases.for_writing, cases.for_reading):
        with pytest.raises(StoreError, match="sources/ still holds every original"):
            opening(file_case)


def test_a_folder_without_a_case_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="saydo run INPUT"):
        cases.for_reading(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_half_written_sources_of_a_killed_run_are_swept(file_case: Path) -> None:
    cases.for_writing(file_case).close()
    orphan = file_case / "sources" / "ab" / ".abc.part"
    orphan.parent.mkdir(parents=True)
    orphan.write_bytes(b"half")
    cases.for_writing(file_case).close()
    assert not orphan.exists()


def test_reading_changes_nothing(folder: Path) -> None:
    """The store refuses to write through a case that was opened to read."""
    with cases.for_writing(folder) as store:
        add(store, document())
    with cases.for_reading(folder) as store, pytest.raises(StoreError):
        store.put_record(record())
