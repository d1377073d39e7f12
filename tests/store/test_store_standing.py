"""Decisions on findings are put into the records, outlive coding anew, and can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from store_cases import CODER, add, derived, document, record
from store_raw import raw

from saydo import store as cases
from saydo.model.choices import Decision, DecisionKind, anchor_of, findings_of
from saydo.model.errors import StoreError
from saydo.model.records import Proposition, Record
from saydo.model.standing import finding_in, seen_as, version_of
from saydo.model.store import Filter
from saydo.store import SqliteStore, connect, migrate
from saydo.store.schema import MIGRATIONS

AT = "2026-01-02T03:04:05Z"


@pytest.fixture
def store(folder: Path) -> Iterator[SqliteStore]:
    made = cases.for_writing(folder)
    add(made, document())
    made.put_record(record())
    made.put_derived(derived(), "weighed")
    yield made
    made.close()


def decision(kind: DecisionKind, of: Record, id: str, **changes: object) -> Decision:
    """A decision on a finding as the record has it, the finding itself changed first."""
    text = document().text
    finding = finding_in(of, id)
    assert finding is not None
    version = version_of(of, finding, text)
    name = next(n for n in ("event", "tie", "statement") if getattr(version, n))
    edited = version.model_copy(update={name: finding.model_copy(update=changes)})
    return Decision(
        number=0, at=AT, who="Noor", kind=kind, finding=anchor_of(of, finding, text), version=edited,
        seen=seen_as(version),
    )  # fmt: skip


def events(store: SqliteStore) -> dict[str, str]:
    return {f.event.id: f.event.type for f in store.events(Filter())}


def recoded(**changes: object) -> Record:
    """The report coded by a later model, which numbers its events otherwise."""
    made = record(coder=CODER.model_copy(update={"version": "0.2.0"}))
    (event,) = (e for e in made.events if e.id == "e0")
    newer = event.model_copy(update={"id": "e7", **changes})
    others = tuple(e for e in made.events if e.id != "e0")
    said = tuple(
        s.model_copy(update={"events": tuple("e7" if e == "e0" else e for e in s.events)})
        for s in made.statements
    )
    return made.model_copy(update={"events": (newer, *others), "statements": said, "discrepancies": ()})


def test_a_rejected_event_is_gone_from_the_record_and_from_all_that_rested_on_it(store: SqliteStore) -> None:
    before = events(store)
    store.put_decision(decision("reject-finding", record(), "e0"))
    assert events(store) == {id: type for id, type in before.items() if id != "e0"}
    assert finding_in(store.record("d1"), "e0") is None
    assert list(store.discrepancies(Filter())) == []
    assert store.derived_by() is None and store.behind() == "weighed"


def test_what_a_person_accepts_changes_nothing_that_was_weighed(store: SqliteStore) -> None:
    store.put_decision(decision("accept-finding", record(), "e0"))
    assert store.record("d1") == record()
    assert store.derived_by() == "weighed"


def test_a_rejected_finding_does_not_come_back_with_the_next_model(store: SqliteStore) -> None:
    store.put_decision(decision("reject-finding", record(), "e0"))
    store.put_record(recoded())
    assert "e7" not in events(store)


def test_a_rejection_says_nothing_of_another_claim_about_the_same_words(store: SqliteStore) -> None:
    store.put_decision(decision("reject-finding", record(), "e0"))
    store.put_record(recoded(type="COERCE"))
    assert events(store)["e7"] == "COERCE"


def test_undoing_a_rejection_brings_the_finding_back_as_it_was_coded(store: SqliteStore) -> None:
    number = store.put_decision(decision("reject-finding", record(), "e0"))
    store.put_decision(Decision(number=0, at=AT, who="Noor", kind="undo", undoes=number))
    assert store.record("d1") == record()


def test_what_the_coder_found_is_to_be_had_whatever_people_decided(store: SqliteStore) -> None:
    store.put_decision(decision("reject-finding", record(), "e0"))
    assert store.coded_record("d1") == record() != store.record("d1")
    store.put_record(recoded())
    assert store.coded_record("d1") == recoded()
    with pytest.raises(StoreError, match="was not coded"):
        store.coded_record("nowhere")


def test_a_correction_holds_against_the_next_model_which_may_only_propose(store: SqliteStore) -> None:
    store.put_decision(decision("correct-finding", record(), "e0", type="COERCE", polarity="negative"))
    assert events(store)["e0"] == "COERCE"
    store.put_record(recoded(type="PROTEST"))
    (found,) = (e for e in store.record("d1").events if e.id == "e7")
    assert (found.type, found.polarity) == ("COERCE", "negative")
    with raw(store.folder) as db:
        (proposal,) = db.execute("SELECT proposal FROM stances WHERE finding = 'e7'").fetchone()
    assert '["type", "COERCE", "PROTEST"]' in proposal


def test_what_a_person_accepted_stays_when_the_next_model_does_not_find_it(store: SqliteStore) -> None:
    number = store.put_decision(decision("accept-finding", record(), "e0"))
    without = recoded().model_copy(
        update={
            "events": (),
            "statements": tuple(s.model_copy(update={"events": ()}) for s in record().statements),
        }
    )
    store.put_record(without)
    assert f"h{number}" in events(store)


def test_several_decisions_in_one_step_are_written_wholly_or_not_at_all(store: SqliteStore) -> None:
    made = [decision("accept-finding", record(), "e0"), decision("reject-finding", record(), "t0")]
    assert store.put_decisions(made) == (1, 2)
    assert finding_in(store.record("d1"), "t0") is None


def test_decisions_made_before_keep_their_numbers_and_what_refers_to_them(tmp_path: Path) -> None:
    """The table of decisions is made anew by a migration while other tables refer to it."""
    folder = tmp_path / "old"
    folder.mkdir()
    db = connect.for_writing(folder)
    before = next(m.number for m in MIGRATIONS if m.name == "decisions on findings") - 1
    migrate.migrate(db, folder, lambda step: None, MIGRATIONS[:before])
    insert = "INSERT INTO decisions VALUES (?, ?, 'Noor', ?, '{}', '', ?)"
    db.execute(insert, (1, AT, "uphold", None))
    db.execute(insert, (2, AT, "undo", 1))
    db.execute("INSERT INTO verdicts VALUES ('x0', 1)")
    db.execute("INSERT INTO lost_decisions VALUES (2)")
    db.close()
    with cases.for_writing(folder) as store:
        assert [(d.number, d.kind, d.undoes) for d in store.decisions()] == [
            (1, "uphold", None),
            (2, "undo", 1),
        ]
        assert store.view().verdicts == {"x0": 1}


def test_what_an_event_tells_in_words_goes_and_changes_with_it(store: SqliteStore) -> None:
    """Else what was rejected would go on being weighed under another id."""
    coded = record()
    event = next(e for e in coded.events if e.id == "e0")
    twin = Proposition(
        id="p0", verb="shell", trigger=event.trigger, actors=event.actors, evidence=event.evidence, score=0.5,
        attributed_to=event.attributed_to, polarity=event.polarity, realis=event.realis,
    )  # fmt: skip
    other = twin.model_copy(update={"id": "p1", "trigger": (event.trigger[1] + 1, event.trigger[1] + 4)})
    with_twin = coded.model_copy(update={"propositions": (twin, other)})
    store.put_record(with_twin)
    number = store.put_decision(decision("correct-finding", with_twin, "e0", polarity="negative"))
    told = {p.id: p.polarity for p in store.record(coded.id).propositions}
    assert told == {"p0": "negative", "p1": event.polarity}
    store.put_decision(Decision(number=0, at=AT, who="Noor", kind="undo", undoes=number))
    store.put_decision(decision("reject-finding", with_twin, "e0"))
    assert [p.id for p in store.record(coded.id).propositions] == ["p1"]


def test_a_finding_by_hand_has_an_id_that_no_coder_gives(store: SqliteStore) -> None:
    made = decision("add-finding", record(), "e0")
    number = store.put_decision(made)
    ids = [f.id for f in findings_of(store.record(record().id))]
    assert f"h{number}" in ids and len(ids) == len(set(ids))
