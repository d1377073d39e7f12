"""A case as one file: what comes back is the case, and what was damaged on the way does not come back at all."""

from __future__ import annotations

import json
import shutil
import sqlite3
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saydo.desk import back_up, restore
from saydo.model.choices import Decision
from saydo.model.document import Document
from saydo.model.errors import CaseBusy, InputError, StoreError
from saydo.store import SqliteStore
from saydo.store.verify import verify

AT = "2026-01-02T03:04:05Z"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("backup") / "delta"
    with SqliteStore.for_writing(folder) as store:
        number = store.begin_run(AT, ["inbox"], "0.1.0", "Noor")
        for n in range(5):
            text = f"The dam held on day {n}."
            store.add(Document(f"d{n}", text), text.encode(), "text/plain", f"{n}.txt")
        store.end_run(number, AT, "done")
        store.put_decision(Decision(number=0, at=AT, who="Noor", kind="not-same-actor", why="two men"))
    (folder / "report.html").write_text("<p>report</p>")
    (folder / "inbox" / "000001" / "0001").mkdir(parents=True)
    (folder / "inbox" / "000001" / "0001" / "later.txt").write_text("waits")
    (folder / "inbox" / "000001" / "0001.json").write_text("{}")
    (folder / "sources" / "ab").mkdir(exist_ok=True)
    (folder / "sources" / "ab" / ".half.part").write_text("half")
    return folder


@pytest.fixture(scope="module")
def backup(case: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "delta.zip"
    back_up(case, path)
    return path


def dump(folder: Path) -> str:
    with SqliteStore.for_reading(folder) as store:
        return store.dump()


def test_a_case_restored_elsewhere_is_the_case_and_verifies(case: Path, backup: Path, tmp_path: Path) -> None:
    made = restore(backup, tmp_path / "elsewhere" / "delta")
    folder = tmp_path / "elsewhere" / "delta"
    assert dump(folder) == dump(case)
    assert verify(folder, [made.head]).faults == ()
    assert (folder / "report.html").read_text() == "<p>report</p>"
    assert (folder / "inbox/000001/0001/later.txt").read_text() == "waits"
    assert not list(folder.rglob("*.part")) and [p.name for p in folder.parent.iterdir()] == ["delta"]


def test_a_restored_case_is_gone_on_with(backup: Path, tmp_path: Path) -> None:
    restore(backup, tmp_path / "delta")
    with SqliteStore.for_writing(tmp_path / "delta") as store:
        store.add(Document("new", "New words."), b"New words.", "text/plain", "new.txt")
    assert verify(tmp_path / "delta").faults == ()


def test_the_manifest_lets_anybody_check_the_file(backup: Path) -> None:
    import hashlib

    with zipfile.ZipFile(backup) as archive:
        told = json.loads(archive.read("manifest.json"))
        assert set(told["files"]) == set(archive.namelist()) - {"manifest.json"}
        for name, each in told["files"].items():
            assert hashlib.sha256(archive.read(name)).hexdigest() == each["sha256"]
        assert not any(name.endswith((".part", "-wal", "-shm", "run.lock")) for name in told["files"])


def test_what_is_decided_but_still_in_the_databases_journal_is_backed_up(case: Path, tmp_path: Path) -> None:
    """The copy is of what was committed, wherever SQLite keeps it just then."""
    folder = Path(shutil.copytree(case, tmp_path / "delta"))
    reader = sqlite3.connect(folder / "case.db")
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM decisions").fetchone()
    with SqliteStore.for_writing(folder) as store:
        store.put_decision(Decision(number=0, at=AT, who="Ilir", kind="undo", undoes=1))
    assert (folder / "case.db-wal").stat().st_size > 0, "the test shows nothing without a journal"
    made = back_up(folder, tmp_path / "delta.zip")
    reader.close()
    restore(tmp_path / "delta.zip", tmp_path / "other")
    assert verify(tmp_path / "other", [made.head]).decisions == 2


MANY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@MANY
@given(place=st.floats(0, 1, exclude_max=True), flip=st.integers(1, 255))
def test_a_backup_with_a_changed_byte_is_refused_or_changes_nothing(
    case: Path, backup: Path, tmp_path: Path, place: float, flip: int
) -> None:
    """A zip has bytes that mean nothing for what is in it; every other change is noticed, in one line."""
    data = bytearray(backup.read_bytes())
    data[int(place * len(data))] ^= flip
    (tmp_path / "hurt.zip").write_bytes(data)
    shutil.rmtree(tmp_path / "made", ignore_errors=True)
    try:
        restore(tmp_path / "hurt.zip", tmp_path / "made")
    except (InputError, StoreError) as error:
        assert "\n" not in str(error)
        assert not (tmp_path / "made").exists(), "half a case is worse than none"
    else:
        assert dump(tmp_path / "made") == dump(case)
        assert verify(tmp_path / "made").faults == ()


@MANY
@given(share=st.floats(0, 1, exclude_max=True))
def test_a_backup_that_was_cut_short_is_refused(backup: Path, tmp_path: Path, share: float) -> None:
    data = backup.read_bytes()
    (tmp_path / "cut.zip").write_bytes(data[: int(len(data) * share)])
    with pytest.raises(InputError, match="damaged or no backup"):
        restore(tmp_path / "cut.zip", tmp_path / "made")
    assert [p.name for p in tmp_path.iterdir()] == ["cut.zip"]


def rewritten(backup: Path, to: Path, **changed: bytes | None) -> Path:
    """A backup whose manifest says something else, or with files put in."""
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(to, "w") as new:
        for name in old.namelist():
            if name not in changed:
                new.writestr(name, old.read(name))
        for name, data in changed.items():
            if data is not None:
                new.writestr(name, data)
    return to


def manifest(backup: Path, **changed: object) -> bytes:
    with zipfile.ZipFile(backup) as archive:
        return json.dumps({**json.loads(archive.read("manifest.json")), **changed}).encode()


@pytest.mark.parametrize(
    "name", ["../out.txt", "/etc/out", "sources/../../out", "case.db-wal", "sources\\..\\out", "C:/out"]
)
def test_a_backup_cannot_write_outside_of_the_case(backup: Path, tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(backup) as archive:
        files = json.loads(archive.read("manifest.json"))["files"]
    files[name] = {"sha256": "5" * 64, "bytes": 1}
    hurt = rewritten(
        backup, tmp_path / "evil.zip", **{name: b"x", "manifest.json": manifest(backup, files=files)}
    )
    with pytest.raises(InputError, match="damaged or no backup"):
        restore(hurt, tmp_path / "inner" / "made")
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == ["evil.zip"]


def test_a_file_more_or_less_than_the_manifest_lists_is_refused(backup: Path, tmp_path: Path) -> None:
    for n, changed in enumerate(({"sources/extra": b"x"}, {"report.html": None}, {"manifest.json": None})):
        hurt = rewritten(backup, tmp_path / f"{n}.zip", **changed)
        with pytest.raises(InputError, match="damaged or no backup"):
            restore(hurt, tmp_path / "made")


def test_a_bomb_is_stopped_at_what_the_manifest_says(backup: Path, tmp_path: Path) -> None:
    """A file that unpacks to more than is listed is given up on, not written out."""
    with (
        zipfile.ZipFile(backup) as old,
        zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, b"0" * 50_000_000 if name == "report.html" else old.read(name))
    with pytest.raises(InputError, match=r"report\.html is not what its manifest says"):
        restore(tmp_path / "bomb.zip", tmp_path / "made")


def test_more_than_the_disk_holds_is_refused_beforehand(backup: Path, tmp_path: Path) -> None:
    files = {"case.db": {"sha256": "0" * 64, "bytes": 10**18}}
    hurt = tmp_path / "large.zip"
    with zipfile.ZipFile(hurt, "w") as new:
        new.writestr("case.db", b"x")
        new.writestr("manifest.json", manifest(backup, files=files))
    with pytest.raises(InputError, match="free some space"):
        restore(hurt, tmp_path / "made")


def test_a_head_that_is_not_the_logs_is_refused(backup: Path, tmp_path: Path) -> None:
    hurt = rewritten(backup, tmp_path / "head.zip", **{"manifest.json": manifest(backup, entry=3)})
    with pytest.raises(InputError, match="does not end with the head"):
        restore(hurt, tmp_path / "made")


def test_a_case_that_is_there_is_never_overwritten(case: Path, backup: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "note.txt").write_text("mine")
    with pytest.raises(InputError, match="is there already"):
        restore(backup, tmp_path / "full")
    (tmp_path / "empty").mkdir()
    restore(backup, tmp_path / "empty")
    assert dump(tmp_path / "empty") == dump(case)


def test_a_case_whose_original_was_changed_is_not_backed_up_as_if_it_were_whole(
    case: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(case, tmp_path / "delta"))
    path = next(p for p in (folder / "sources").rglob("*") if p.is_file() and p.suffix != ".part")
    path.write_bytes(b"forged")
    with pytest.raises(StoreError, match="was changed since it was taken in"):
        back_up(folder, tmp_path / "delta.zip")
    path.unlink()
    with pytest.raises(StoreError, match="1 originals are missing"):
        back_up(folder, tmp_path / "delta.zip")
    assert [p.name for p in tmp_path.iterdir()] == ["delta"]


def test_a_case_at_work_is_not_backed_up(case: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(case, tmp_path / "delta"))
    with SqliteStore.for_writing(folder), pytest.raises(CaseBusy, match="back it up when that has ended"):
        back_up(folder, tmp_path / "delta.zip")


def test_a_backup_is_not_put_into_the_case(case: Path) -> None:
    with pytest.raises(InputError, match="inside of the case"):
        back_up(case, case / "sources" / "delta.zip")


def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text.zip").write_text("no zip")
    with pytest.raises(InputError, match="damaged or no backup"):
        restore(tmp_path / "text.zip", tmp_path / "made")
    with pytest.raises(InputError, match="cannot be restored"):
        restore(tmp_path / "nowhere.zip", tmp_path / "made")
