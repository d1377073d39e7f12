"""Decisions of people stay in a case for good, and what was derived comes back as it went in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from store_cases import add, derived, document, record
from store_raw import REFUSED, raw

from saydo import store as cases
from saydo.model.case import Bound, Spell
from saydo.model.choices import ActorAnchor, Decision, DiscrepancyAnchor, FindingAnchor
from saydo.model.identity import Candidate, Identities, Merge, Question, Sight
from saydo.model.store import Filter
from saydo.store import SqliteStore

AT = "2026-01-02T03:04:05Z"
SPOT = FindingAnchor(document="d1", start=64, end=71, type="ASSAULT", words="shelled")
DECISIONS = (
    Decision(number=1, at=AT, who="Noor", kind="same-actor", why="same flag",
             actors=(ActorAnchor(id="a", name="A"), ActorAnchor(id="b", name="B", document="d1"))),
    Decision(number=2, at=AT, who="Noor", kind="not-same-event", events=(SPOT, SPOT)),
    Decision(number=3, at=AT, who="Ilir", kind="reject",
             discrepancy=DiscrepancyAnchor(kind="commitment", statement=SPOT, against=(SPOT,))),
    Decision(number=4, at=AT, who="Ilir", kind="undo", undoes=3),
)  # fmt: skip
SIGHT = Sight("d1", "m0", 0, 18, "The Reef Battalion")


@pytest.fixture
def store(folder: Path) -> Iterator[SqliteStore]:
    made = cases.for_writing(folder)
    add(made, document())
    made.put_record(record())
    yield made
    made.close()


def test_decisions_come_back_in_order_with_numbers_of_the_case(store: SqliteStore) -> None:
    given = [d.model_copy(update={"number": 0}) for d in DECISIONS]
    assert [store.put_decision(d) for d in given] == [1, 2, 3, 4]
    assert store.decisions() == DECISIONS
    assert store.view().decisions == DECISIONS


def test_a_decision_outlives_coding_anew_and_makes_the_case_to_be_weighed_again(store: SqliteStore) -> None:
    store.put_derived(derived(), "weighed")
    store.put_decision(DECISIONS[0])
    assert store.derived_by() is None
    store.put_record(record())
    assert store.decisions() == DECISIONS[:1]


@pytest.mark.parametrize("sql", ["UPDATE decisions SET who = 'x'", "DELETE FROM decisions"])
def test_nothing_can_change_or_delete_a_decision(store: SqliteStore, sql: str) -> None:
    store.put_decision(DECISIONS[0])
    with raw(store.folder) as db, pytest.raises(REFUSED, match="undo it by another one"):
        db.execute(sql)


def test_identities_spells_and_verdicts_come_back_as_they_went_in(store: SqliteStore) -> None:
    for decision in DECISIONS:
        store.put_decision(decision)
    actor = record().actors[0]
    who = Identities(
        whole={"reefers": "reef-battalion"},
        here={("d1", "reef"): "reef-battalion"},
        actors={"reef-battalion": actor},
        merges=(Merge("reef-battalion", "reefers", None, "decision", "Noor said so", (SIGHT,), 1),),
        questions=(
            Question("q1", "rb", "RB", ("d1",),
                     (Candidate("reef-battalion", "Reef Battalion", "initials", "too few", (SIGHT,)),), (SIGHT,)),
        ),
    )  # fmt: skip
    spell = Spell("command", "a", "b", "A", "B", None, Bound("2019-05", True, (("d1", "t0"),)), None, "2019-06-01",
                  (("d1", "t0"),), (("d1", "t1"),), True)  # fmt: skip
    put = derived()._replace(identities=who, spells=(spell,), verdicts={"x0": 2}, lost=frozenset({3}))
    store.put_derived(put, "weighed")
    view = store.view()
    assert view.identities == who
    assert (view.spells, view.verdicts, view.lost) == ((spell,), {"x0": 2}, {3})
    assert view.actor_names()["reefers"] == "Reef Battalion"


def test_findings_of_an_actor_are_those_of_all_that_were_merged_into_it(store: SqliteStore) -> None:
    """The records keep their own ids; who asks for the actor of the case gets what its other ids did."""
    who = Identities(whole={"reef-battalion": "kelp-brigade"})
    store.put_derived(derived()._replace(identities=who), "weighed")
    assert [e.event.id for e in store.events(Filter(actors=("kelp-brigade",)))] == ["e0"]
    assert [d.id for d in store.discrepancies(Filter(actors=("kelp-brigade",)))] == ["x0"]
    here = Identities(here={("elsewhere", "reef-battalion"): "kelp-brigade"})
    store.put_derived(derived()._replace(identities=here), "weighed")
    assert list(store.events(Filter(actors=("kelp-brigade",)))) == []
