"""The audit log: what is written into it, and that checking finds whatever is done to a case behind its back."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from store_cases import TEXT, add, document, original, record
from store_raw import REFUSED, copy_case, forge_original, raw, tamper
from throwaway_postgres import Server, database_name

from saydo import store as cases
from saydo.model.audit import START, Checked, Fault, Head, canonical, line_hash, make_entry
from saydo.model.capture import Capture
from saydo.model.case import SkippedInput
from saydo.model.choices import Decision, FindingAnchor
from saydo.model.errors import StoreError
from saydo.store.opening import verify
from saydo.store.schema import MIGRATIONS

AT = "2026-01-02T03:04:05Z"
SPOT = FindingAnchor(document="d0", start=64, end=71, type="ASSAULT", words="shelled")
NOTE = Decision(number=0, at=AT, who="Noor", kind="note", finding=SPOT, why="seen on the map, too")


CAPTURE = Capture(AT, "https://wire.example/", "https://wire.example/", 200, (("server", "x"),),
                  hashlib.sha256(b"page").hexdigest(), "saydo/0.1.0")  # fmt: skip


def fill(folder: Path) -> None:
    """Two runs, four reports, three decisions: a small case in which everything occurs that a log tells of."""
    with cases.for_writing(folder) as store:
        first = store.begin_run(AT, ["inbox"], "0.1.0", "Noor")
        for n in range(3):
            add(store, document(f"d{n}", f"{TEXT} {n}"))
        store.skip_in_run(first, SkippedInput("broken.pdf", "is encrypted"))
        store.put_record(record("d0", f"{TEXT} 0"))
        store.end_run(first, AT, "done")
        store.put_decision(NOTE)
        store.put_decisions([NOTE, NOTE.model_copy(update={"who": "Ilir"})])
        second = store.begin_run(AT, ["more"], "0.1.0")
        store.add(document("d3", f"{TEXT} 3"), b"page", "text/html", "https://wire.example/", CAPTURE)
        store.fail_run(second, AT, "the disk is full")


@pytest.fixture(scope="module")
def copies(kind: str, request: pytest.FixtureRequest) -> Server | None:
    """Where cases are copied that are kept in a database."""
    return request.getfixturevalue("server") if kind == "postgres" else None


@pytest.fixture(scope="module")
def whole(copies: Server | None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole") / "case"
    if copies:
        copies.beside(folder, database=copies.new_database())
    fill(folder)
    return folder


@pytest.fixture
def case(whole: Path, copies: Server | None, tmp_path: Path) -> Iterator[Path]:
    yield copy_case(whole, tmp_path / "case", copies)
    if copies:
        copies.drop_database(database_name(tmp_path / "case"))


@pytest.fixture(scope="module")
def whole_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole") / "case"
    fill(folder)
    return folder


@pytest.fixture
def file_case(whole_file: Path, tmp_path: Path) -> Path:
    return copy_case(whole_file, tmp_path / "case")


def kinds(folder: Path) -> list[str]:
    with cases.for_reading(folder) as store:
        return [json.loads(entry.line)["kind"] for entry in store.audit_entries()]


def head_of(folder: Path) -> Head:
    with cases.for_reading(folder) as store:
        held = store.audit_head()
    assert held is not None
    return held


def chain_anew(folder: Path) -> None:
    """Numbers and hashes the whole log anew, as a forger who knows how it is made would."""
    with raw(folder) as db:
        held = db.execute("SELECT line FROM audit ORDER BY number").fetchall()
    last: Head | None = None
    rows = []
    for (line,) in held:
        told = json.loads(line)
        entry = make_entry(last, told["at"], told["kind"], told["of"])
        number = told["of"]["number"] if told["kind"] == "decision" else None
        rows.append((*entry, number))
        last = Head(entry.number, entry.hash)
    tamper(folder, "DELETE FROM audit", *(("INSERT INTO audit VALUES (?, ?, ?, ?)", row) for row in rows))


def wheres(found: Checked) -> set[str]:
    return {fault.where for fault in found.faults}


# --- what is written --------------------------------------------------------------------------------


def test_every_run_report_and_decision_is_an_entry_in_the_order_in_which_it_happened(whole: Path) -> None:
    assert kinds(whole) == [
        "begun", "run", "report", "report", "report", "run-ended", "decision", "decision", "decision", "run",
        "report", "run-ended",
    ]  # fmt: skip


def test_an_entry_names_the_hash_of_the_one_before_and_is_hashed_as_any_tool_would(whole: Path) -> None:
    with cases.for_reading(whole) as store:
        previous = START
        for n, entry in enumerate(store.audit_entries(), start=1):
            told = json.loads(entry.line)
            assert (told["number"], told["previous"]) == (n, previous)
            assert entry.hash == hashlib.sha256(entry.line.encode("ascii")).hexdigest()
            previous = entry.hash
        assert store.audit_head() == Head(12, previous, told["at"])
        assert store.audit_at(12) == entry and store.audit_at(13) is None


def test_a_report_is_bound_to_its_original_and_its_text(whole: Path) -> None:
    with cases.for_reading(whole) as store:
        entry = store.audit_at(3)
        held = store.document("d0")
    assert entry is not None
    of = json.loads(entry.line)["of"]
    assert (of["id"], of["source"], of["text_sha256"]) == ("d0", held.source_sha256, held.text_sha256)


def test_how_a_report_was_captured_comes_back_and_is_in_its_entry(whole: Path) -> None:
    with cases.for_reading(whole) as store:
        assert store.capture("d3") == CAPTURE and store.capture("d0") is None
        assert list(store.captured()) == ["d3"]
        entry = store.audit_at(11)
    assert entry is not None and json.loads(entry.line)["of"]["capture"]["url"] == CAPTURE.url


def test_decisions_can_be_found_in_the_log(whole: Path) -> None:
    with cases.for_reading(whole) as store:
        assert store.audit_of_decisions((1, 3, 99)) == {1: 7, 3: 9}


def test_what_a_step_that_failed_wrote_is_not_in_the_log(case: Path) -> None:
    """An entry and what it tells of are one transaction."""

    def strike(step: str) -> None:
        if step == "decision before commit":
            raise KeyboardInterrupt

    before = head_of(case)
    with pytest.raises(KeyboardInterrupt), cases.for_writing(case, strike) as store:
        store.put_decision(NOTE)
    assert head_of(case) == before
    assert verify(case).faults == ()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit SET line = '{}'", "DELETE FROM audit WHERE number = 12",
        f"INSERT INTO audit VALUES (14, '{{}}', '{0:064d}', NULL)", "UPDATE documents SET text = ''",
        "DELETE FROM documents", "UPDATE sources SET bytes = 1", "DELETE FROM sources",
        "UPDATE runs SET who = 'x'", "UPDATE runs SET outcome = 'done'", "DELETE FROM runs",
        "UPDATE run_skips SET reason = ''", "DELETE FROM run_skips",
    ],
)  # fmt: skip
def test_the_database_itself_refuses_to_change_what_was_written(case: Path, sql: str) -> None:
    with raw(case) as db, pytest.raises(REFUSED, match=r"never changed|one behind the other"):
        db.execute(sql)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=5))
def test_the_same_value_is_the_same_line_and_comes_back(value: object) -> None:
    """Whatever it holds, lone surrogates too, a line is ASCII and says one thing only."""
    line = canonical({"b": value, "a": value})
    assert line.isascii() and "\n" not in line
    assert json.loads(line) == {"a": value, "b": value}
    assert canonical(json.loads(line)) == line


# --- checking ----------------------------------------------------------------------------------------


def test_a_case_that_nobody_touched_holds(whole: Path) -> None:
    found = verify(whole, [head_of(whole)])
    assert found.faults == ()
    assert (found.entries, found.decisions, found.runs, found.reports, found.originals) == (12, 3, 2, 4, 4)
    assert found.head == head_of(whole) and found.adopted == 0


def test_a_case_goes_on_holding_when_it_is_gone_on_with(case: Path) -> None:
    """Coding anew, failures, new reports and an earlier head: none of it is a fault."""
    before = head_of(case)
    with cases.for_writing(case) as store:
        store.put_record(record("d0", f"{TEXT} 0").model_copy(update={"title": "coded anew"}))
        store.put_failure("d1", "is in Klingon")
        add(store, document("d9", f"{TEXT} 9"))
        store.put_decision(Decision(number=0, at=AT, who="Noor", kind="undo", undoes=1))
    found = verify(case, [before])
    assert found.faults == () and found.entries == 14


LAST = 12
EDITS: dict[str, Callable[[str], str]] = {
    "a letter more": lambda line: line.replace('"at":"', '"at":"x', 1),
    "blanks": lambda line: line.replace(",", ", ", 1),
    "another time": lambda line: line.replace('"at":"2', '"at":"1', 1),
    "no JSON": lambda line: line[:-1],
    "a field more": lambda line: line.replace('"of":{', '"of":{"a":1,', 1),
    "nothing": lambda line: "",
}


def tampered(whole: Path, tmp: Path, how: Callable[[Path], None], copies: Server | None = None) -> Path:
    folder = tmp / "tampered"
    if copies and folder.exists():
        copies.drop_database(database_name(folder))
    copy_case(whole, folder, copies)
    how(folder)
    return folder


MANY = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@MANY
@given(number=st.integers(1, LAST), edit=st.sampled_from(sorted(EDITS)), hashed=st.booleans())
def test_an_edited_entry_is_found(
    whole: Path, copies: Server | None, tmp_path: Path, number: int, edit: str, hashed: bool
) -> None:
    """Wherever it stands, whatever was changed, hashed anew or not; of the last entry, hashed anew, by a head
    that was kept."""

    def how(folder: Path) -> None:
        with raw(folder) as db:
            line, hash = db.execute("SELECT line, hash FROM audit WHERE number = ?", (number,)).fetchone()
        line = EDITS[edit](line)
        values = (line, line_hash(line) if hashed else hash, number)
        tamper(folder, ("UPDATE audit SET line = ?, hash = ? WHERE number = ?", values))

    found = verify(tampered(whole, tmp_path, how, copies), [head_of(whole)])
    assert any(f.where == "log" and f.what in (str(number), str(number + 1)) for f in found.faults), (
        found.faults
    )


@MANY
@given(first=st.integers(1, LAST), count=st.integers(1, 4), anew=st.booleans())
def test_deleted_entries_are_found(
    whole: Path, copies: Server | None, tmp_path: Path, first: int, count: int, anew: bool
) -> None:
    """Even where the rest is numbered and hashed anew: what they told of is then told of nowhere."""

    def how(folder: Path) -> None:
        tamper(folder, f"DELETE FROM audit WHERE number BETWEEN {first} AND {first + count - 1}")
        if anew:
            chain_anew(folder)

    folder = tampered(whole, tmp_path, how, copies)
    assert verify(folder, [head_of(whole)]).faults
    if first > 1:  # the first entry tells of nothing but that the log began
        assert verify(folder).faults


@MANY
@given(one=st.integers(1, LAST), other=st.integers(1, LAST), whole_rows=st.booleans())
def test_reordered_entries_are_found(
    whole: Path, copies: Server | None, tmp_path: Path, one: int, other: int, whole_rows: bool
) -> None:
    if one == other:
        return

    def how(folder: Path) -> None:
        what = "line" if not whole_rows else "line || '|' || hash"
        with raw(folder) as db:
            asked = f"SELECT number, {what} FROM audit WHERE number IN (?, ?)"
            lines = dict(db.execute(asked, (one, other)).fetchall())
        for number, value in ((one, lines[other]), (other, lines[one])):
            line, _, hash = value.partition("|") if whole_rows else (value, "", "")
            if whole_rows:
                tamper(folder, ("UPDATE audit SET line = ?, hash = ? WHERE number = ?", (line, hash, number)))
            else:
                tamper(folder, ("UPDATE audit SET line = ? WHERE number = ?", (line, number)))

    assert "log" in wheres(verify(tampered(whole, tmp_path, how, copies)))


@MANY
@given(place=st.integers(2, LAST + 1), kind=st.sampled_from(["decision", "report", "run", "begun", "gossip"]))
def test_an_inserted_entry_is_found(
    whole: Path, copies: Server | None, tmp_path: Path, place: int, kind: str
) -> None:
    """It tells of something that is not there or is told of already, however well it is chained."""

    def how(folder: Path) -> None:
        of = {"number": 2, "position": 2, "id": "d1", "adopted": 0}
        line = canonical({"at": AT, "kind": kind, "number": place, "of": of, "previous": START})
        moved = [f"UPDATE audit SET number = {n + 1} WHERE number = {n}" for n in range(LAST, place - 1, -1)]
        values = (place, line, line_hash(line), 2 if kind == "decision" else None)
        tamper(folder, *moved, ("INSERT INTO audit VALUES (?, ?, ?, ?)", values))
        chain_anew(folder)

    assert verify(tampered(whole, tmp_path, how, copies)).faults


@MANY
@given(kept=st.integers(1, LAST - 1))
def test_a_log_whose_end_was_cut_off_is_found_by_a_head(
    whole: Path, copies: Server | None, tmp_path: Path, kept: int
) -> None:
    found = verify(
        tampered(whole, tmp_path, lambda f: tamper(f, f"DELETE FROM audit WHERE number > {kept}"), copies),
        [head_of(whole)],
    )
    assert Fault("log", str(kept + 1), f"the log ends at entry {kept}, and had 12 when that head was kept: "
                 "its end was cut off") in found.faults  # fmt: skip


def forge(folder: Path) -> None:
    """The whole of it: the last decision and its entry taken out, the log numbered and hashed anew."""
    tamper(folder, "DELETE FROM audit WHERE decision = 3", "DELETE FROM decisions WHERE number = 3")
    chain_anew(folder)


def test_a_log_written_anew_as_a_whole_is_found_by_a_head_and_by_nothing_else(case: Path) -> None:
    """What a chain cannot prove: who holds the case can make another that holds together. A head that was
    kept elsewhere tells the two apart."""
    before = head_of(case)
    forge(case)
    assert verify(case).faults == ()
    (fault,) = verify(case, [before]).faults
    assert fault.where == "log" and "cut off" in fault.line


COLUMNS = {
    "documents": ("id", "origin", "text", "text_sha256", "words", "date", "title", "publisher", "url", "language",
                  "author", "timecodes", "metadata"),
    "sources": ("bytes", "media_type"),
    "decisions": ("at", "who", "kind", "payload", "why"),
    "runs": ("started", "inputs", "version", "who", "material", "after", "ended", "outcome", "reason", "upto"),
    "run_skips": ("origin", "reason", "harmless"),
    "captures": ("at", "requested", "url", "status", "headers", "payload", "tool"),
}  # fmt: skip


KEYS = {"documents": "position", "sources": "sha256", "decisions": "number", "runs": "number",
        "run_skips": "run", "captures": "document"}  # fmt: skip


@pytest.mark.parametrize(("table", "column"), [(t, c) for t, cs in COLUMNS.items() for c in cs])
def test_a_changed_value_is_found(case: Path, table: str, column: str) -> None:
    """In each column that the log vouches for, of one row, in whatever type."""
    value = {
        "harmless": "1 - harmless",
        "status": "404",
        "text_sha256": f"'{7:064d}'",
        "payload": "payload || ' '",
    }.get(column, f"{column} || '1'")
    if column in ("material", "after", "upto", "words", "bytes"):
        value = f"COALESCE({column}, 0) + 1"
    if column in ("outcome", "reason"):
        value = f"COALESCE({column}, '') || '1'"
    if table == "captures" and column == "payload":
        value = f"'{7:064d}'"
    key = KEYS[table]
    tamper(case, f"UPDATE {table} SET {column} = {value} WHERE {key} = (SELECT max({key}) FROM {table})")
    found = verify(case)
    assert wheres(found) & {"report", "decision", "run", "original"}, found


def test_a_text_that_belongs_to_another_original_is_found(case: Path) -> None:
    """Two reports exchange their texts, digests and all: each is whole, and neither is where it belongs."""
    with raw(case) as db:
        texts = db.execute("SELECT text, text_sha256, position FROM documents WHERE position < 3").fetchall()
    (one, a, first), (other, b, second) = texts
    change = "UPDATE documents SET text = ?, text_sha256 = ? WHERE position = ?"
    tamper(case, (change, (other, b, first)), (change, (one, a, second)))
    found = verify(case)
    assert {f.what for f in found.faults if "not the one that was made from the original" in f.line} == {
        "1",
        "2",
    }


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("decisions", "SELECT 9, at, 'Mallory', kind, payload, why, undoes FROM decisions WHERE number = 1"),
        ("runs", "SELECT 9, started, ended, inputs, version, outcome, who, material, after, upto, reason FROM runs WHERE number = 1"),
    ],
)  # fmt: skip
def test_a_row_put_in_past_the_log_is_found(case: Path, table: str, row: str) -> None:
    tamper(case, f"INSERT INTO {table} {row}")
    assert any(f.what == "9" and "no entry of the log tells of it" in f.line for f in verify(case).faults)


def test_a_report_put_in_past_the_log_is_found(case: Path) -> None:
    fields = "id, origin, text, text_sha256, words, timecodes, metadata"
    tamper(
        case,
        f"INSERT INTO sources VALUES ('{1:064d}', 1, 'text/plain')",
        f"INSERT INTO documents (source, {fields}) SELECT '{1:064d}', 'forged', "
        f"{fields.removeprefix('id, ')} FROM documents WHERE position = 1",
    )
    assert any("report forged: no entry" in f.line for f in verify(case).faults)


def test_a_guard_that_was_taken_away_or_weakened_is_found(file_case: Path) -> None:
    case = file_case
    with sqlite3.connect(case / "case.db") as db:
        db.execute("DROP TRIGGER audit_stays")
        db.execute("DROP TRIGGER runs_stay")
        db.execute("CREATE TRIGGER runs_stay BEFORE DELETE ON runs BEGIN SELECT 1; END")
    db.close()
    assert {f.what for f in verify(case).faults} == {"audit_stays", "runs_stay"}


@MANY
@given(data=st.data())
def test_bytes_that_are_no_text_are_a_fault_and_no_crash(
    whole_file: Path, tmp_path: Path, data: st.DataObject
) -> None:
    """Somebody who writes anything anywhere is told of, in whatever type it is."""
    junk = data.draw(st.binary(max_size=8) | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False))
    table, columns = data.draw(
        st.sampled_from([("audit", ("line",)), *((t, COLUMNS[t]) for t in sorted(COLUMNS))])
    )
    # an index over the payload makes SQLite itself refuse what is no JSON
    column = data.draw(st.sampled_from([c for c in columns if c != "payload"]))

    row = f"rowid = (SELECT max(rowid) FROM {table})"
    asked = f"SELECT CAST({column} AS BLOB) FROM {table} WHERE {row}"

    def held(folder: Path) -> object:
        db = sqlite3.connect(folder / "case.db")
        value = db.execute(asked).fetchone()
        db.close()
        return value

    def how(folder: Path) -> None:
        tamper(folder, (f"UPDATE {table} SET {column} = CAST(? AS TEXT) WHERE {row}", (junk,)))

    folder = tampered(whole_file, tmp_path, how)
    assume(held(folder) != held(whole_file))
    try:
        assert verify(folder).faults
    except StoreError as error:
        assert "\n" not in str(error)


# --- originals ---------------------------------------------------------------------------------------


def originals(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "sources").rglob("*") if path.is_file())


def source_of(folder: Path, n: int) -> str:
    with raw(folder) as db:
        return str(db.execute("SELECT source FROM documents WHERE position = ?", (n,)).fetchone()[0])


def test_a_changed_original_is_found(case: Path) -> None:
    sha256 = source_of(case, 2)
    forge_original(case, sha256, original(document("d1", f"{TEXT} 1"))[:-1] + b"!")
    (fault,) = verify(case).faults
    assert (fault.where, fault.what) == ("original", sha256) and "changed" in fault.line


def test_a_missing_original_is_found(case: Path) -> None:
    sha256 = source_of(case, 1)
    forge_original(case, sha256, None)
    (fault,) = verify(case).faults
    assert (fault.where, fault.what) == ("original", sha256) and "missing" in fault.line


def test_a_planted_original_is_found(case: Path) -> None:
    forge_original(case, "ab" * 32, b"planted")
    (fault,) = verify(case).faults
    assert fault.where == "original" and "no report was made from it" in fault.line


def test_a_link_in_the_place_of_an_original_is_found(file_case: Path, tmp_path: Path) -> None:
    case = file_case
    path = originals(case)[0]
    (tmp_path / "elsewhere").write_bytes(path.read_bytes())
    path.unlink()
    path.symlink_to(tmp_path / "elsewhere")
    assert "a link lies in its place" in verify(case).faults[0].line


@pytest.mark.parametrize("name", ["ab/" + "ab" * 32, "stray.txt", "ab/cd/ef"])
def test_an_original_that_nobody_took_in_is_found(file_case: Path, name: str) -> None:
    case = file_case
    path = case / "sources" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"planted")
    (fault,) = verify(case).faults
    assert fault.where == "original" and "no report was made from it" in fault.line


def test_originals_need_not_be_read(case: Path) -> None:
    forge_original(case, source_of(case, 1), None)
    found = verify(case, originals=False)
    assert found.faults == () and found.originals == 0


# --- older cases -------------------------------------------------------------------------------------


def test_a_case_without_a_log_is_told_how_to_begin_one(tmp_path: Path) -> None:
    from test_store_migrations import old_case

    old_case(tmp_path / "case", next(m.number for m in MIGRATIONS if m.name == "the audit log") - 1)
    with pytest.raises(StoreError, match="no audit log yet"):
        verify(tmp_path / "case")
    cases.for_reading(tmp_path / "case").close()
    found = verify(tmp_path / "case")
    assert found.faults == () and found.adopted == 1 and found.reports == 1
