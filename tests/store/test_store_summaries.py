"""What pages are answered from at a million findings equals what the records say, whatever came and went."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lab.bench_web_case import build
from saydo import store as cases
from saydo.model.case import CaseView
from saydo.model.found import Filter
from saydo.model.records import Event, Record, Statement, Tie
from saydo.model.store import Derived
from saydo.model.tables import Sort, TableFilter
from saydo.model.waiting import QueueFilter
from saydo.store import SqliteStore
from saydo.store.found_rows import spot
from saydo.store.place import database_of

SORTS: tuple[Sort, ...] = ("event", "tie", "statement")
KEPT = {
    "(SELECT what, id, document, rule, COALESCE(begins, day), COALESCE(ends, day) FROM found)":
    " UNION ALL ".join(
        f"SELECT '{what}', id, document, rule, "
        "COALESCE(date_from, CASE WHEN date_to IS NULL THEN day ELSE '0001-01-01' END), "
        "COALESCE(date_to, CASE WHEN date_from IS NULL THEN day ELSE '9999-12-31' END) "
        f"FROM {what}s" for what in ("event", "tie", "statement")
    ),
    "found_actors": "SELECT DISTINCT p.actor, f.what, f.day, f.key, f.kind, f.facet, f.score, f.spot, "
    "f.rule, f.begins, f.ends FROM found f "
    "JOIN participants p ON p.document = f.document AND p.what = f.what AND p.finding = f.id "
    "WHERE p.actor IS NOT NULL",
    "(SELECT spot, kind, n FROM found_spots WHERE n > 0)": "SELECT spot, kind, count(*) FROM found "
    "WHERE spot IS NOT NULL GROUP BY 1, 2",
    "(SELECT p.day, s.spot, s.kind, p.key FROM found_placed p JOIN found_spots s ON s.id = p.spot)":
    "SELECT day, spot, kind, key FROM found WHERE spot IS NOT NULL",
    "(SELECT * FROM found_counts WHERE n > 0)":
    "SELECT what, substr(day, 1, 7), kind, COALESCE(facet, ''), count(*) FROM found GROUP BY 1, 2, 3, 4",
    "found_decided": "SELECT f.key FROM stances s JOIN found f ON f.document = s.document "
    "AND f.what = s.what AND f.id = s.finding",
    "(SELECT document, what, finding, key FROM weights)": "SELECT w.document, w.what, w.finding, f.key "
    "FROM weights w JOIN found f ON f.document = w.document AND f.what = w.what AND f.id = w.finding",
    "actor_reports": "SELECT DISTINCT a.id, COALESCE(substr(d.date, 1, 10), '9999-12-31'), d.position "
    "FROM actors a, json_each(a.documents) j JOIN documents d ON d.id = j.value",
    "(SELECT rowid, names, quote FROM pole_words)": "SELECT o.discrepancy << 16 | o.number, n.names, n.quote "
    "FROM poles o JOIN documents d ON d.id = o.document "
    "JOIN found n ON n.document = d.position AND n.id = o.finding",
    "pole_actors": "SELECT DISTINCT p.actor, o.discrepancy, o.number, o.document FROM poles o "
    "JOIN documents d ON d.id = o.document JOIN participants p ON p.document = d.position "
    "AND p.finding = o.finding WHERE p.actor IS NOT NULL",
    "pole_days": "SELECT substr(d.date, 1, 10), o.discrepancy, o.number FROM poles o "
    "JOIN documents d ON d.id = o.document WHERE d.date > ''",
}  # fmt: skip
"""What is kept -> the plain query that it must equal."""


@pytest.fixture(scope="module")
def case(place: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = place(tmp_path_factory.mktemp("summaries") / "case")
    build(folder, reports=80, people=12, seed=3)
    return folder


@pytest.fixture
def store(case: Path) -> Iterator[SqliteStore]:
    with cases.for_reading(case) as held:
        yield held


WORDS = "(SELECT rowid, names, quote FROM pole_words)"


def keeps_step(store: SqliteStore) -> None:
    for kept, plain in KEPT.items():
        if kept == WORDS and database_of(store.folder):
            kept, plain = (kept.replace("names, quote", "words::text"),
                           plain.replace("n.names, n.quote", "fts_words(n.names, n.quote)::text"))  # fmt: skip
        one, other = (store._all(f"SELECT * FROM {kept} AS kept"), store._all(plain))
        assert Counter(one) == Counter(other), kept


def parties(view: CaseView, record: Record, found: Event | Tie | Statement) -> set[str]:
    """Ids in the case of those who take part."""
    of = {m.id: m.actor for m in record.mentions}
    if isinstance(found, Event):
        mentions = (*found.actors, *found.recipients)
    elif isinstance(found, Tie):
        mentions = (found.from_, found.to)
    else:
        mentions = (*((found.source_mention,) if found.source_mention else ()), *found.addressees)
    return {view.identities.of(record.id, actor) for m in mentions if (actor := of.get(m))}


def findings(view: CaseView, sort: Sort) -> list[tuple[Record, Event | Tie | Statement]]:
    return [(record, found) for record in view.records for found in getattr(record, f"{sort}s")]


def day(record: Record, found: Event | Tie | Statement) -> str:
    if isinstance(found, Tie):
        return found.since or found.until or (record.date or "")[:10]
    return (found.time and (found.time.from_ or found.time.to)) or (record.date or "")[:10]


def test_what_is_kept_stays_in_step_with_records_that_are_coded_anew_fail_or_are_weighed(
    folder: Path,
) -> None:
    """At random: a report is coded with fewer findings, fails, or the case is weighed."""
    rng = random.Random(5)
    build(folder, reports=30, people=6, seed=5)
    with cases.for_writing(folder) as store:
        keeps_step(store)
        view = store.view()
        derived = Derived(
            view.actors, view.discrepancies, view.commitments, identities=view.identities, spells=view.spells
        )
        records = list(view.records)
        for _ in range(12):
            record = rng.choice(records)
            fewer = record.model_copy(
                update={"events": record.events[: rng.randrange(4)], "ties": record.ties[: rng.randrange(3)]}
            )
            match rng.randrange(3):
                case 0:
                    store.put_record(fewer)
                case 1:
                    store.put_failure(record.id, "made to fail")
                case _:
                    store.put_record(record)
                    store.put_derived(derived, "again")
            keeps_step(store)


@pytest.mark.parametrize("sort", SORTS)
def test_a_table_of_an_actor_has_what_the_records_say_it_takes_part_in(
    store: SqliteStore, sort: Sort
) -> None:
    """Under whatever id a report knows it, and not where a report means another by that id."""
    view = store.view()
    assert view.identities.whole
    assert view.identities.here
    for actor in (a.actor.id for a in view.actors):
        mine = [(r, f) for r, f in findings(view, sort) if actor in parties(view, r, f)]
        where = TableFilter(sort, actors=(actor,), order="oldest")
        lines = store.lines(where, None, 1000).items
        assert Counter((line.document, line.id) for line in lines) == Counter((r.id, f.id) for r, f in mine)
        assert [line.day for line in lines] == sorted(day(r, f) for r, f in mine)
        counted = store.facets(where)
        kinds = Counter(line.kind for line in lines)
        assert (counted.total, dict(counted.kinds)) == (len(mine), kinds)
        months = Counter(day(r, f)[:7] for r, f in mine)
        bins: Counter[str] = Counter()
        for each in store.bins(where, "month"):
            bins[each.start] += each.number
        assert bins == months


def test_a_table_of_an_actor_is_paged_without_gaps(store: SqliteStore) -> None:
    where = TableFilter("event", actors=("a0", "a1"))
    whole = [line.id for line in store.lines(where, None, 1000).items]
    paged, part = [], store.lines(where, None, 7)
    paged += [line.id for line in part.items]
    while part.next is not None:
        part = store.lines(where, part.next, 7)
        paged += [line.id for line in part.items]
    assert paged == whole


@pytest.mark.parametrize("actors", [(), ("a1",)])
@pytest.mark.parametrize("kinds", [(), ("ASSAULT", "COERCE")])
@pytest.mark.parametrize(
    "days", [(None, None), ("1999-02-10", None), (None, "2020-05-05"), ("2001-01-01", "2001-12-31")]
)
def test_the_map_counts_what_the_records_say(
    store: SqliteStore, days: tuple[str | None, str | None], kinds: tuple[str, ...], actors: tuple[str, ...]
) -> None:
    """Whether the days asked for are counted, or those outside them taken off."""
    view, (since, until) = store.view(), days
    plain: Counter[tuple[str, str]] = Counter()
    for record, found in findings(view, "event"):
        assert isinstance(found, Event)
        word = spot(record.places[found.place]) if found.place is not None else None
        inside = (since or "") <= day(record, found) <= (until or "9999-12-30")
        if word and inside and (not kinds or found.type in kinds):
            if not actors or parties(view, record, found) & set(actors):
                plain[word, found.type] += 1
    asked = store.spots(TableFilter("event", kinds=kinds, actors=actors, since=since, until=until))
    told = {(s.lat, s.lon, s.name, kind): n for s in asked for kind, n in s.counts}
    wanted = {
        (float(lat), float(lon), name, kind): n
        for (word, kind), n in plain.items()
        for lat, lon, _, _, name in [word.split(",", 4)]
    }
    assert told == wanted


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize(
    "days",
    [("1999-02-10", None), (None, "2020-05-05"), ("2001-01-01", "2005-12-31"), ("2001-03-04", "2006-02-11"),
     ("2003-05-05", "2003-05-25"), ("2003-05-20", "2003-06-10"), (None, "9999-12-31")],
)  # fmt: skip
def test_counts_between_two_days_are_those_of_the_rows(
    store: SqliteStore, sort: Sort, days: tuple[str | None, str | None]
) -> None:
    """Whole months come from what is kept, the days before and behind them from the findings."""
    where = TableFilter(sort, since=days[0], until=days[1], order="oldest")
    lines = store.lines(where, None, 1000).items
    counted = store.facets(where)
    assert (counted.total, dict(counted.kinds)) == (len(lines), Counter(line.kind for line in lines))
    bins: Counter[str] = Counter()
    for each in store.bins(where, "month"):
        bins[each.start] += each.number
    assert bins == Counter(line.day[:7] for line in lines if line.day)


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("days", [("1999-02-10", None), (None, "2020-05-05"), ("2001-01-01", "2005-12-31")])
def test_findings_of_an_actor_between_two_days_are_those_of_everybody_cut_down(
    store: SqliteStore, sort: Sort, days: tuple[str | None, str | None]
) -> None:
    view = store.view()
    page = {"event": store.events_page, "tie": store.ties_page, "statement": store.statements_page}[sort]
    records = {r.id: r for r in view.records}
    every = page(Filter(since=days[0], until=days[1]), None, 1000).items
    for actor in ("a0", "a3"):
        mine = page(Filter(actors=(actor,), since=days[0], until=days[1]), None, 1000).items
        told = [getattr(f, sort) for f in mine]
        wanted = [
            getattr(f, sort) for f in every if actor in parties(view, records[f.document], getattr(f, sort))
        ]
        assert told == wanted
        assert [f.document for f in mine] == [
            f.document for f in every if actor in parties(view, records[f.document], getattr(f, sort))
        ]


def test_actors_named_between_two_days(store: SqliteStore) -> None:
    view = store.view()
    dates = {r.id: (r.date or "")[:10] for r in view.records}
    for since, until in (("1999-01-01", "2000-12-31"), ("2010-05-05", None), (None, "1996-01-01")):
        found = store.actors_page(Filter(since=since, until=until), None, 1000).items
        wanted = {
            a.actor.id
            for a in view.actors
            if any((since or "") <= dates.get(d, "") <= (until or "9999") for d in a.documents)
        }
        assert {a.actor.id for a in found} == wanted
    document = view.records[3].id
    found = store.actors_page(Filter(document=document), None, 1000).items
    assert {a.actor.id for a in found} == {a.actor.id for a in view.actors if document in a.documents}


def test_discrepancies_of_an_actor_and_of_some_days(store: SqliteStore) -> None:
    view = store.view()
    held = {r.id: r for r in view.records}
    for actor in ("a0", "a3", "a11"):
        found = store.discrepancies_page(Filter(actors=(actor,)), None, 1000).items
        wanted = []
        for d in view.discrepancies:
            poles = [(held[p.document], p.id) for p in (d.statement, *d.against)]
            ends = {
                party
                for r, id in poles
                for f in (*r.events, *r.ties, *r.statements)
                if f.id == id
                for party in parties(view, r, f)
            }
            if actor in ends or d.speaker == actor:
                wanted.append(d.id)
        assert set(wanted) <= {d.id for d in found}
    since = store.discrepancies_page(Filter(since="2010-01-01"), None, 1000).items
    assert [d.id for d in since] == [
        d.id
        for d in view.discrepancies
        if any((held[p.document].date or "") >= "2010-01-01" for p in (d.statement, *d.against))
    ]


def test_discrepancies_with_words_in_a_passage(store: SqliteStore) -> None:
    view = store.view()
    found = store.discrepancies_like(Filter(), "quay", None, 1000).items
    wanted = [
        d.id for d in view.discrepancies if any("quay" in p.quote for p in (d.statement, *d.against))
    ]  # fmt: skip
    assert wanted
    assert [d.id for d in found] == wanted
    assert sum(n for _, n in store.discrepancy_kinds(Filter(), "quay")) == len(wanted)


def test_the_review_of_an_actor_is_the_whole_review_cut_down(store: SqliteStore) -> None:
    view = store.view()
    records = {r.id: r for r in view.records}
    for actor, order in (("a0", "doubt"), ("a5", "doubt"), ("a0", "weight")):
        where = QueueFilter(actor=actor, order=order, rule="bench")  # type: ignore[arg-type]
        every = store.queue(QueueFilter(order=order, rule="bench"), None, 1000).items  # type: ignore[arg-type]
        mine = store.queue(where, None, 1000)
        wanted = []
        for line in every:
            record = records[line.document]
            found = next(f for f in getattr(record, f"{line.what}s") if f.id == line.finding)
            if actor in parties(view, record, found):
                wanted.append(line)
        assert [(w.document, w.finding, w.weight) for w in mine.items] == [
            (w.document, w.finding, w.weight) for w in wanted if w in every
        ][: len(mine.items)]
        first = store.queue(where, None, 3)
        assert first.next is not None
        rest = store.queue(where, first.next, 1000)
        assert (*first.items, *rest.items) == mine.items
        progress = store.queue_progress(where)
        assert progress.total - progress.decided == len(mine.items)


def test_the_network_is_drawn_anew_when_ties_over_time_change_and_not_when_somebody_reads(case: Path) -> None:
    with cases.for_writing(case) as store:
        before = store.derived_stamp()
        with cases.for_reading(case) as reader:
            assert reader.derived_stamp() == before
        view = store.view()
        store.put_derived(
            Derived(
                view.actors, view.discrepancies, view.commitments, identities=view.identities,
                spells=view.spells, verdicts=view.verdicts,
            ), "bench",
        )  # fmt: skip
        assert store.derived_stamp() != before
