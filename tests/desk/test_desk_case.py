"""Names, dates and reports as a person writes them; actors of a case; the strongest discrepancies."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saydo.desk import bound, find_actors, find_document, highlights, known_kinds
from saydo.desk.actors import merge_actors
from saydo.desk.derive import case_wide, united
from saydo.model.case import CaseActor, CaseDocument, CaseView
from saydo.model.errors import InputError
from saydo.model.records import Actor, CoderInfo, Discrepancy, Event, Mention, Pole, Record, Statement

CODER = CoderInfo(version="1", reader="r", codebook="c")


def actor(id: str, name: str, **more: object) -> Actor:
    return Actor.model_validate(
        {"id": id, "name": name, "kind": "armed group", "resolved_by": "name", "reason": "named", **more}
    )


def mention(n: int, of: str | None) -> Mention:
    return Mention(
        id=f"m{n}", start=n, end=n + 1, text="x", type="group", actor=of, head=(n, n + 1), named=True
    )


def record(id: str, actors: list[Actor], mentions: list[str | None], **found: object) -> Record:
    return Record.model_validate(
        {"id": id, "text_sha256": "0" * 64, "coder": CODER, "actors": tuple(actors),
         "mentions": tuple(mention(n, of) for n, of in enumerate(mentions)), **found}
    )  # fmt: skip


def event(id: str, actors: tuple[str, ...], recipients: tuple[str, ...]) -> Event:
    return Event(
        id=id,
        type="AID",
        trigger=(0, 1),
        evidence=(0, 1),
        rule="r",
        score=1,
        actors=actors,
        recipients=recipients,
    )


def test_an_actor_is_merged_from_all_reports() -> None:
    """The most telling resolution names it; what that leaves open comes from the others; names of all."""
    first = record(
        "a", [actor("reef", "the Reef men", aliases=("Reefers",), sector="REB")], ["reef", "reef", None],
        events=(event("e0", ("m0", "m1"), ("m1",)),),
        statements=(Statement(id="s0", kind="pledge", source_mention="m0", content=((0, 1),), quoted=False, score=1),),
    )  # fmt: skip
    second = record(
        "b", [actor("reef", "Reef Battalion", resolved_by="codebook", country="KGZ"), actor("tal", "Tal")],
        ["reef", "tal"], events=(event("e0", ("m0",), ("m1",)), event("e1", (), ("m1",))),
    )  # fmt: skip
    reef, tal = merge_actors([first, second])
    assert (reef.actor.name, reef.actor.country, reef.actor.sector) == ("Reef Battalion", "KGZ", "REB")
    assert reef.actor.aliases == ("the Reef men", "Reefers")
    assert reef[1:] == (("a", "b"), 3, 2, 0, 1), "an event with two mentions of one actor is one event"
    assert tal[1:] == (("b",), 1, 2, 0, 0)


def view(**more: object) -> CaseView:
    documents = tuple(
        CaseDocument(id, "text", "0" * 64, 1, f"inbox/{id}.txt", title=title)
        for id, title in (("abcdef12", "Rain"), ("abcdef34", "Rain"), ("other", "Sun"))
    )
    actors = tuple(
        CaseActor(one, (), 0, 0, 0, 0)
        for one in (
            actor("reef-battalion", "Reef Battalion", aliases=("RB", "Bataillon Récif")),
            actor("reef-council", "The Reef Council"),
            actor("rb", "River Bank"),
        )
    )
    return CaseView(name="c", documents=documents, records=(), actors=actors, discrepancies=(), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("reef-battalion", ("reef-battalion",)),
        ("rb", ("rb",)),
        ("RB", ("reef-battalion",)),
        ("bataillon recif", ("reef-battalion",)),
        ("the reef battalion", ("reef-battalion",)),
        ("Reef Council", ("reef-council",)),
        ("reef", ("reef-battalion", "reef-council")),
        ("council", ("reef-council",)),
    ],
)
def test_actors_are_found_by_id_by_name_and_by_part(name: str, ids: tuple[str, ...]) -> None:
    """An id goes before a name, a name before a part of one."""
    assert find_actors(view(), name) == ids


@pytest.mark.parametrize("name", ["reefs", "battal", "", "!"])
def test_actors_that_there_are_not(name: str) -> None:
    with pytest.raises(InputError, match="no actor"):
        find_actors(view(), name)


@pytest.mark.parametrize(
    ("name", "id"),
    [("other", "other"), ("abcdef1", "abcdef12"), ("Sun", "other"), ("inbox/other.txt", "other"),
     ("abcdef34.txt", "abcdef34")],
)  # fmt: skip
def test_reports_are_found_by_id_title_and_origin(name: str, id: str) -> None:
    assert find_document(view(), name) == id


@pytest.mark.parametrize(
    ("name", "line"), [("Rain", "2 reports match"), ("abcdef", "2 rep"), ("x", "no report")]
)
def test_reports_that_are_none_or_several(name: str, line: str) -> None:
    with pytest.raises(InputError, match=line):
        find_document(view(), name)


@given(st.dates())
def test_a_bound_covers_the_whole_of_what_was_written(day: date) -> None:
    """A day is itself; a month and a year begin before and end after any of their days."""
    iso = day.isoformat()
    assert bound(iso, last=False) == bound(iso, last=True) == iso
    for partial in (iso[:7], iso[:4]):
        assert bound(partial, last=False) <= iso <= bound(partial, last=True)
        assert bound(partial, last=False).startswith(partial)
        assert bound(partial, last=True).startswith(partial)


@pytest.mark.parametrize("text", ["", "soon", "2019-13", "2019-02-30", "19", "2019-05-09T00:00", "0000"])
def test_bounds_that_are_no_dates(text: str) -> None:
    with pytest.raises(InputError, match="is no date"):
        bound(text, last=False)


def test_kinds_are_written_as_people_write_them() -> None:
    assert known_kinds("events", ("assault", "Aid")) == ("ASSAULT", "AID")
    assert known_kinds("statements", ("claim-of-responsibility, DENIAL",)) == (
        "claim_of_responsibility",
        "denial",
    )
    assert known_kinds("actors", ("armed group",)) == ("armed group",)


def pair(id: str, score: float, statement: str, against: str, **more: object) -> Discrepancy:
    return Discrepancy.model_validate(
        {"id": id, "kind": "tie", "speaker": "reef", "statement": Pole(document="a", id=statement, quote="Q"),
         "against": (Pole(document="b", id=against, quote="R"),), "basis": "inferred", "explanation": "E",
         "rule": "r", "score": score, **more}
    )  # fmt: skip


def test_a_pair_is_listed_once_the_flagged_one_first() -> None:
    """Found over the case, and within a report's own record: one discrepancy, as the report flags it."""
    weighed = [pair("w0", 0.9, "s0", "e0"), pair("w1", 0.3, "s1", "e0")]
    own = list(case_wide("a", [pair("d0", 0.5, "s0", "e0", basis="flagged"), pair("d1", 0.2, "s1", "e0")]))
    assert [(d.id, d.score) for d in united(weighed, own)] == [("a/d0", 0.5), ("w1", 0.3)]


def test_other_kinds_of_the_same_pair_stay_the_more_specific_one_first() -> None:
    both = united([pair("w0", 0.5, "s0", "e0"), pair("w1", 0.5, "s0", "e0", kind="denial")], [])
    assert [(d.id, d.kind) for d in both] == [("w1", "denial"), ("w0", "tie")]


def test_highlights_are_of_different_statements_first() -> None:
    """Three things against one statement say less than three statements that something stands against."""
    documents = tuple(
        CaseDocument(id, "t", "0" * 64, 1, f"inbox/{id}.txt", publisher="Post", date="2020-01-01")
        for id in "ab"
    )
    found = tuple(
        pair(f"w{n}", 1 - n / 10, s, f"e{n}", explanation=f"E{n}")
        for n, s in enumerate(["s0", "s0", "s0", "s1"])
    )
    case = CaseView(name="c", documents=documents, records=(), actors=(), discrepancies=found)
    shown = highlights(case)
    assert [h.sentence for h in shown] == ["E0", "E3", "E1"]
    assert shown[0].statement.source == "Post, a.txt, 2020-01-01"
    assert [h.sentence for h in highlights(case, 9)] == ["E0", "E3", "E1", "E2"]


def test_the_ids_of_an_explanation_are_left_out_of_its_sentence() -> None:
    documents = tuple(CaseDocument(id, "t", "0" * 64, 1, id) for id in "ab")
    told = "Reef [the men] vowed (a/s0, a/e1); Reef did it (b/e12) (in May)."
    case = CaseView(
        name="c", documents=documents, records=(), actors=(),
        discrepancies=(pair("w", 1, "s0", "e0", explanation=told),),
    )  # fmt: skip
    assert highlights(case)[0].sentence == "Reef [the men] vowed; Reef did it (in May)."
