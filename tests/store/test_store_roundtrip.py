"""What goes into a case comes out of it, whatever it is."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_cases import CODER, TEXT, add, derived, document, documents, original, record, records
from store_raw import forge_original, raw

from saydo import store as cases
from saydo.model.case import SkippedInput
from saydo.model.document import Document
from saydo.model.errors import StoreError
from saydo.model.records import Record
from saydo.store import SqliteStore
from saydo.store.columns import COLUMNS


def same(held: Document, given: Document, data: bytes) -> bool:
    """Equal in everything but the hash of the source, which the store always knows."""
    return replace(held, source_sha256=None) == replace(given, source_sha256=None, id=held.id)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given=st.lists(st.tuples(documents(), st.binary(max_size=50)), max_size=5))
def test_documents_come_back_as_they_went_in(
    place: Callable[[Path], Path], given: list[tuple[Document, bytes]]
) -> None:
    """Any text, any metadata, in the order given; equal ids are told apart, equal bytes are one report."""
    with tempfile.TemporaryDirectory() as here, cases.for_writing(place(Path(here))) as store:
        expected: dict[bytes, tuple[str, Document]] = {}
        for one, data in given:
            added = store.add(replace(one, source_sha256=None), data, "text/plain", "here")
            reprint = any((id, d.text) == (one.id, one.text) for id, d in expected.values())
            assert added.new == (data not in expected and not reprint)
            if added.new:
                expected[data] = (added.id, one)
            assert added.id == (expected[data][0] if data in expected else one.id)
        held = list(store.documents())
        assert [d.id for d in held] == [id for id, _ in expected.values()]
        assert len({d.id for d in held}) == len(held)
        for one, (data, (id, first)) in zip(held, expected.items(), strict=True):
            assert same(one, first, data)
            assert store.source(one.source_sha256 or "") == data
            assert store.document(id) == one


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given=st.lists(records("d1"), min_size=1, max_size=3))
def test_records_come_back_as_they_went_in(place: Callable[[Path], Path], given: list[Record]) -> None:
    """The last record of a report is the one the case holds, and the index holds that one's rows only."""
    with tempfile.TemporaryDirectory() as here, cases.for_writing(place(Path(here))) as store:
        add(store, document())
        for one in given:
            store.put_record(one)
        last = given[-1]
        assert store.record("d1") == last
        assert list(store.records()) == [last]
        tally = store.tally()
        assert (tally.events, tally.actors) == (len(last.events), len(last.actors))


def test_a_source_lies_under_its_hash(file_case: Path) -> None:
    """Anyone can find the original bytes with no more than the hash and a file manager."""
    with cases.for_writing(file_case) as store:
        add(store, document())
        sha256 = next(store.documents()).source_sha256 or ""
    assert (file_case / "sources" / sha256[:2] / sha256).read_bytes() == original(document())
    assert not list(file_case.rglob("*.part"))


def test_the_same_bytes_twice_are_one_report(store: SqliteStore) -> None:
    """The second says where the first came from and changes nothing."""
    add(store, document())
    before = store.dump()
    again = store.add(document("other"), original(document()), "text/plain", "copy.txt")
    assert (again.id, again.new, again.origin) == ("d1", False, "inbox/d1.txt")
    assert store.dump() == before


def test_the_same_text_under_the_same_id_is_one_report(store: SqliteStore) -> None:
    """As within one run, where intake says so: saving a report in another format does not double it."""
    add(store, document())
    again = store.add(document(), b"the same text in other bytes", "text/html", "d1.html")
    assert (again.id, again.new, again.origin) == ("d1", False, "inbox/d1.txt")
    assert store.tally().documents == 1


def test_different_reports_with_one_id_are_both_kept(store: SqliteStore) -> None:
    """Two files may both call a report "1"; neither may vanish, and the second's id is stable."""
    first = store.add(document("1"), b"one", "text/plain", "a.jsonl:1")
    second = store.add(document("1", "Another text."), b"two", "text/plain", "b.jsonl:1")
    assert first.id == "1"
    assert second.id.startswith("1~")
    assert store.add(document("1", "Another text."), b"two", "text/plain", "b.jsonl:1").id == second.id
    assert store.document(second.id).text == "Another text."


def test_bytes_that_are_not_what_their_hash_says_are_refused(store: SqliteStore) -> None:
    with pytest.raises(StoreError, match="SHA-256"):
        store.add(replace(document(), source_sha256="0" * 64), b"x", "text/plain", "odd.txt")
    assert store.tally().documents == 0


def test_a_changed_source_is_noticed(store: SqliteStore, folder: Path) -> None:
    """Evidence that was tampered with must not be shown as the original."""
    add(store, document())
    sha256 = next(store.documents()).source_sha256 or ""
    forge_original(folder, sha256, b"forged")
    with pytest.raises(StoreError, match="was changed"):
        store.source(sha256)
    forge_original(folder, sha256, None)
    with pytest.raises(StoreError, match="missing"):
        store.source(sha256)


def test_pending_are_the_reports_that_this_coder_has_not_coded(store: SqliteStore) -> None:
    """None is coded twice by one coder; another version codes all of them again."""
    for n in range(3):
        add(store, document(f"d{n}", TEXT + str(n)))
    store.put_record(record("d1"))
    assert [d.id for d in store.pending(CODER)] == ["d0", "d2"]
    assert store.pending_size(CODER) == (2, 2 * len(TEXT.split()))
    newer = CODER.model_copy(update={"reader": "scripted 2"})
    assert [d.id for d in store.pending(newer)] == ["d0", "d1", "d2"]


def test_a_failure_is_remembered_and_tried_again(store: SqliteStore) -> None:
    """It stands among what was skipped until the report could be coded."""
    add(store, document())
    store.put_failure("d1", "the reader fell over")
    assert store.view().skipped == (SkippedInput("inbox/d1.txt", "the reader fell over", False),)
    assert [d.id for d in store.pending(CODER)] == ["d1"]
    store.put_record(record())
    assert store.view().skipped == ()
    store.put_failure("d1", "no longer")
    with pytest.raises(StoreError, match="not coded"):
        store.record("d1")


def test_what_was_derived_falls_with_a_record_that_changes(store: SqliteStore) -> None:
    """A discrepancy must never point to findings that are not there any more."""
    add(store, document())
    store.put_record(record())
    store.put_derived(derived(), "weighed 1")
    assert store.derived_by() == "weighed 1"
    view = store.view()
    assert (view.discrepancies, view.commitments, view.incidents, view.actors) == (
        derived().discrepancies, derived().commitments, derived().incidents, derived().actors,
    )  # fmt: skip
    store.put_record(record())
    assert store.derived_by() is None
    view = store.view()
    assert (view.discrepancies, view.commitments, view.incidents, view.actors) == ((), (), (), ())


def test_the_view_gives_reports_and_records_by_position_and_by_id(store: SqliteStore) -> None:
    for n in range(4):
        add(store, document(f"d{n}", TEXT + str(n)))
    for n in (0, 2):
        store.put_record(record(f"d{n}", TEXT + str(n)))
    view = store.view()
    assert [d.id for d in view.documents] == ["d0", "d1", "d2", "d3"]
    assert [d.id for d in view.documents[1:3]] == ["d1", "d2"]
    assert view.documents[-1].id == "d3"
    assert view.document("d2").text == TEXT + "2"
    assert view.record("d2") == record("d2", TEXT + "2")
    assert [(d.id, r.id) for d, r in view.pairs()] == [("d0", "d0"), ("d2", "d2")]
    assert view.coder == CODER
    with pytest.raises(KeyError):
        view.record("d1")


def test_skips_of_a_run_replace_those_of_an_earlier_run_over_the_same_inputs(store: SqliteStore) -> None:
    """A file that was mended is no longer listed; what another list of inputs skipped stays."""
    broken, odd, other = (SkippedInput(n, "no text") for n in ("broken.pdf", "odd.bin", "other.pdf"))
    for skipped in (broken, odd):
        store.skip(skipped, "inbox")
    store.skip(other, "elsewhere")
    store.skip(odd, "inbox")
    store.settle_skips("inbox", [odd])
    assert store.view().skipped == (odd, other)


def test_every_table_of_the_index_is_filled(store: SqliteStore, folder: Path) -> None:
    """The record of these tests holds one of each finding, so each table must have its rows."""
    add(store, document())
    store.put_record(record())
    content = json.loads(store.dump())
    expected = {"mentions": 4, "document_actors": 2, "places": 1, "events": 1, "ties": 1, "statements": 1,
                "participants": 6, "notes": 1, "found": 3}  # fmt: skip
    assert {table: len(content[table]) for table in COLUMNS} == expected
    event = content["events"][0]
    assert (event["date_from"], event["country"], event["killed_low"]) == ("2019-05-09", "KGZ", 4)
    assert {(p["finding"], p["role"], p["actor"]) for p in content["participants"]} == {
        ("e0", "actor", "reef-battalion"), ("e0", "recipient", "tal-council"),
        ("t0", "from", "reef-battalion"), ("t0", "to", None),
        ("s0", "source", "reef-battalion"), ("s0", "addressee", "tal-council"),
    }  # fmt: skip


def test_dumps_differ_when_contents_do(store: SqliteStore) -> None:
    """Equality of dumps is what the tests of resuming rest on, so a dump must not hide a difference."""
    seen = {store.dump()}
    add(store, document())
    seen.add(store.dump())
    store.put_record(record())
    seen.add(store.dump())
    store.put_derived(derived(), "1")
    seen.add(store.dump())
    store.put_derived(derived(), "2")
    seen.add(store.dump())
    store.skip(SkippedInput("a", "b"), "c")
    seen.add(store.dump())
    assert len(seen) == 6


def test_runs_are_written_down_but_are_no_part_of_the_content(store: SqliteStore, folder: Path) -> None:
    before = store.dump()
    number = store.begin_run("2026-01-01T00:00:00Z", ["inbox"], "0.1.0")
    store.end_run(number, "2026-01-01T00:00:05Z", "done")
    assert store.dump() == before
    with raw(folder) as db:
        rows = db.execute("SELECT number, started, ended, inputs, outcome FROM runs").fetchall()
    assert rows == [(1, "2026-01-01T00:00:00Z", "2026-01-01T00:00:05Z", '["inbox"]', "done")]
