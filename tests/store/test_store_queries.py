"""Filters give what passes them, all of it, in a fixed order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from store_cases import TEXT, add, derived, document, record

from saydo import store as cases
from saydo.model.records import Event, When
from saydo.model.store import Filter
from saydo.store import SqliteStore


def event(id: str, type: str, start: str | None, end: str | None, actors: tuple[str, ...]) -> Event:
    when = When.model_validate({"from": start, "to": end, "precision": "day"}) if start or end else None
    return Event.model_validate(
        {"id": id, "type": type, "trigger": (0, 1), "evidence": (0, 1), "rule": "r", "score": 0.5,
         "time": when, "actors": actors}
    )  # fmt: skip


@pytest.fixture(scope="module")
def store(place: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    """Three reports: one of May with dated events, one of June whose event has no date, one without any."""
    folder = place(tmp_path_factory.mktemp("queries") / "case")
    with cases.for_writing(folder) as store:
        for id, date in (("may", "2019-05-10"), ("june", "2019-06-20T08:00:00Z"), ("never", None)):
            add(store, document(id, TEXT + id, date))
        store.put_record(
            record("may", TEXT + "may").model_copy(
                update={
                    "events": (
                        event("e0", "ASSAULT", "2019-05-09", "2019-05-09", ("m2",)),
                        event("e1", "AID", "2019-04-01", None, ("m3",)),
                        event("e2", "AID", None, "2019-03-31", ()),
                    )
                }
            )
        )
        for id, date in (("june", "2019-06-20T08:00:00Z"), ("never", None)):
            store.put_record(
                record(id, TEXT + id, date).model_copy(
                    update={"events": (event("e0", "PROTEST", None, None, ("m3",)),)}
                )
            )
        (front,) = derived("may").actors
        front = front._replace(documents=("may", "june", "never"))
        store.put_derived(derived("may")._replace(actors=(front,)), "1")
        yield store


def found(store: SqliteStore, **conditions: object) -> list[tuple[str, str]]:
    where = Filter(**conditions)  # type: ignore[arg-type]
    return [(each.document, each.event.id) for each in store.events(where)]


EVERYTHING = [("may", "e2"), ("may", "e1"), ("may", "e0"), ("june", "e0"), ("never", "e0")]


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({}, EVERYTHING),
        ({"limit": 2}, EVERYTHING[:2]),
        ({"limit": 0}, []),
        ({"kinds": ("AID",)}, [("may", "e2"), ("may", "e1")]),
        ({"kinds": ("AID", "PROTEST"), "document": "june"}, [("june", "e0")]),
        ({"document": "nowhere"}, []),
        ({"actors": ("reef-battalion",)}, [("may", "e0")]),
        ({"actors": ("reef-battalion", "tal-council")}, EVERYTHING[1:]),
        ({"since": "2019-06-01"}, [("may", "e1"), ("june", "e0")]),
        ({"since": "2019-06-20"}, [("may", "e1"), ("june", "e0")]),
        ({"since": "2019-06-21"}, [("may", "e1")]),
        ({"until": "2019-03-01"}, [("may", "e2")]),
        ({"until": "2019-05-09"}, [("may", "e2"), ("may", "e1"), ("may", "e0")]),
        ({"since": "2019-05-09", "until": "2019-05-09"}, [("may", "e1"), ("may", "e0")]),
        ({"since": "2019-05-01", "actors": ("tal-council",)}, [("may", "e1"), ("june", "e0")]),
    ],
)
def test_events_that_pass_a_filter(
    store: SqliteStore, conditions: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    """Open intervals reach for ever, an undated event counts as of its report, and one without either
    date passes only where no bound is set."""
    assert found(store, **conditions) == expected


def test_ties_and_statements_pass_filters_too(store: SqliteStore) -> None:
    assert [t.document for t in store.ties(Filter(kinds=("presence",), until="2018-01-01"))] == [
        "may", "june", "never",
    ]  # fmt: skip
    assert list(store.ties(Filter(kinds=("command",)))) == []
    assert [s.document for s in store.statements(Filter(actors=("tal-council",)))] == ["may", "june", "never"]
    assert [s.document for s in store.statements(Filter(since="2019-06-01"))] == ["june"]
    assert [s.statement.kind for s in store.statements(Filter(limit=1))] == ["pledge"]


@pytest.mark.parametrize(
    ("conditions", "count"),
    [
        ({}, 1),
        ({"kinds": ("commitment",)}, 1),
        ({"kinds": ("denial",)}, 0),
        ({"actors": ("reef-battalion",)}, 1),
        ({"actors": ("tal-council",)}, 1),
        ({"actors": ("nobody",)}, 0),
        ({"since": "2019-05-10", "until": "2019-05-10"}, 1),
        ({"since": "2019-05-11"}, 0),
        ({"document": "may"}, 1),
        ({"document": "june"}, 0),
    ],
)
def test_discrepancies_that_pass_a_filter(
    store: SqliteStore, conditions: dict[str, object], count: int
) -> None:
    """The actor is the speaker or takes part in a pole; the dates are those of the reports."""
    assert len(list(store.discrepancies(Filter(**conditions)))) == count  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("conditions", "count"),
    [
        ({}, 1),
        ({"kinds": ("armed group",)}, 1),
        ({"kinds": ("person",)}, 0),
        ({"actors": ("reef-battalion",), "document": "june"}, 1),
        ({"since": "2019-06-21"}, 0),
        ({"since": "2019-06-01", "until": "2019-06-30"}, 1),
    ],
)
def test_actors_that_pass_a_filter(store: SqliteStore, conditions: dict[str, object], count: int) -> None:
    assert len(list(store.actors(Filter(**conditions)))) == count  # type: ignore[arg-type]


def test_a_value_cannot_become_sql(store: SqliteStore) -> None:
    """Names come from texts and from the command line."""
    hostile = "x') OR 1=1 --"
    assert found(store, actors=(hostile,), kinds=(hostile,), document=hostile) == []
