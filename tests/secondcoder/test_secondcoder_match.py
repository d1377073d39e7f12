"""Two events are one where day, place, parties and type speak for it; each has at most one partner."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saydo.model.compared import CodedEvent, Kappa, Limits, Match, Party
from saydo.secondcoder.fit import fit, kilometres, likeness, score
from saydo.secondcoder.match import candidates, paired
from saydo.secondcoder.measures import by_week, correlation, counted, kappa

GUARD = Party("Dune Guard", "MLI", "rebels")
ARMY = Party("Armed forces of Mali", "MLI", "state")
BASE = CodedEvent(
    "o1", date(2019, 5, 9), date(2019, 5, 9), ("ASSAULT.firearms",), "Battles", "Armed clash", country="MLI",
    place="Ansongo", lat=15.66, lon=0.5, fineness="town", parties=(GUARD, ARMY),
)  # fmt: skip
LIMITS = Limits()


def event(id: str = "t1", days: int = 0, **change: object) -> CodedEvent:
    when = BASE.first + timedelta(days)
    return replace(BASE, id=id, first=when, last=when, **change)  # type: ignore[arg-type]


def worth(theirs: CodedEvent, ours: CodedEvent = BASE) -> float:
    found = fit(ours, theirs, LIMITS)
    return 0.0 if found is None else score(found)


def test_the_same_event_has_the_highest_score_and_says_why() -> None:
    found = fit(BASE, event(), LIMITS)
    assert found is not None and score(found) == pytest.approx(1)
    assert found.reasons == (
        "same day", "both at Ansongo", "parties: Dune Guard", "ASSAULT.firearms = Battles / Armed clash",
    )  # fmt: skip


def test_what_speaks_against_two_events_lowers_the_score() -> None:
    whole = worth(event())
    for other in (
        event(days=2), event(lat=15.9), event(parties=(Party("Lake Traders", "MLI", "civilians"),)),
        event(types=("PROTEST.demo",)), event(fineness="country", lat=None, lon=None, place=""),
    ):  # fmt: skip
        assert 0 < worth(other) < whole


@pytest.mark.parametrize(
    "other",
    [event(days=4), event(days=-4), event(lat=17.0), event(lat=None, lon=None, country="NER", fineness="country"),
     event(parties=(Party("Lake Traders", "NER", "civilians"),), types=("CONSULT",))],
)  # fmt: skip
def test_days_and_places_apart_or_nothing_in_common_rule_a_match_out(other: CodedEvent) -> None:
    assert worth(other) < LIMITS.least


def test_a_day_and_a_town_are_enough_where_nobody_is_named() -> None:
    assert worth(event(parties=()), replace(BASE, parties=())) >= LIMITS.least


def test_a_day_and_a_state_alone_are_not_enough() -> None:
    vague = {"lat": None, "lon": None, "place": "", "fineness": "country"}
    other = event(parties=(Party("Lake Traders", "MLI", "civilians"),), **vague)
    assert worth(other, replace(BASE, **vague)) < LIMITS.least  # type: ignore[arg-type]
    nobody = replace(BASE, parties=(), **vague)  # type: ignore[arg-type]
    assert worth(event(parties=(), **vague), nobody) == 0
    nowhere = {**vague, "country": None, "parties": ()}
    assert worth(event(**nowhere), replace(BASE, **nowhere)) == 0  # type: ignore[arg-type]
    assert worth(event(**vague), replace(BASE, **vague)) >= LIMITS.least  # type: ignore[arg-type]


def test_a_border_does_not_part_two_points_that_lie_close() -> None:
    assert worth(event(country="NER")) >= LIMITS.least


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        (Party("JNK: League of the Wells"), Party("League of the Wells"), 1, 1),
        (Party("Harakat al-Nur"), Party("Haraka Nur"), 1, 1),
        (Party("LW", aliases=("League of the Wells",)), Party("League of the Wells"), 1, 1),
        (Party("Armed forces of Mali", "MLI", "state"), Party("Military Forces of Mali (2013-)", "MLI", "state"), 0.8, 1),
        (Party("", "MLI", "state"), Party("Government of Mali", "MLI"), 0.4, 0.8),
        (Party("Police", "MLI", "state"), Party("Police", "TCD", "state"), 0, 0.3),
        (Party("villagers"), Party("Civilians (Mali)", "MLI"), 0.6, 0.8),
        (Party("Dune Guard"), Party("Lake Traders"), 0, 0),
    ],
)  # fmt: skip
def test_names_of_one_party_are_known_again(one: Party, other: Party, least: float, most: float) -> None:
    assert least <= likeness(one, other) <= most
    assert likeness(one, other) == likeness(other, one)


def test_what_one_data_set_counts_to_another_state_can_match() -> None:
    """UCDP has Gaza under Israel."""
    vague = {"lat": None, "lon": None, "place": "", "fineness": "country"}
    gaza = replace(BASE, country="PSE", **vague)  # type: ignore[arg-type]
    assert worth(event(country="ISR", **vague), gaza) >= LIMITS.least
    assert worth(event(country="JOR", **vague), gaza) < LIMITS.least


def test_who_did_it_is_told_from_who_suffered_it_where_both_data_sets_say_so() -> None:
    ours = replace(BASE, parties=(GUARD._replace(acts=True), ARMY._replace(acts=False)))
    same = event(parties=ours.parties)
    turned = event(parties=(GUARD._replace(acts=False), ARMY._replace(acts=True)))
    assert worth(same, ours) > worth(turned, ours)
    assert worth(same, ours) == worth(event(), ours), "ACLED and UCDP do not say it"


def test_each_event_has_at_most_one_partner_and_the_whole_fits_best() -> None:
    """The first of ours would take the only row that the second can have, were it asked alone."""
    ours = [event("o1", 0), event("o2", 1, place="Bara", lat=15.8)]
    theirs = [event("t1", 1), event("t2", -3)]
    found = paired(ours, theirs, candidates(ours, theirs, LIMITS), LIMITS)
    assert {(m.ours.id, m.theirs.id) for m in found.matches} == {("o1", "t2"), ("o2", "t1")}


def test_a_second_row_of_a_matched_event_is_beside_it_and_not_a_miss() -> None:
    ours, theirs = [BASE], [event("t1"), event("t2", 1), event("t3", 30)]
    found = paired(ours, theirs, candidates(ours, theirs, LIMITS), LIMITS)
    assert [(m.ours.id, m.theirs.id) for m in found.matches] == [("o1", "t1")]
    assert found.beside_theirs == {1} and not found.beside_ours


def test_agreement_on_types_is_measured_without_the_help_of_types() -> None:
    ours, theirs = [BASE], [event("t1", types=("PROTEST.demo",)), event("t2", 1)]
    pairs = candidates(ours, theirs, LIMITS)
    assert paired(ours, theirs, pairs, LIMITS).matches[0].theirs.id == "t2"
    assert paired(ours, theirs, pairs, LIMITS, blind=True).matches[0].theirs.id == "t1"


EVENTS = st.lists(
    st.builds(
        lambda days, lat, kind: event("x", days, lat=15.0 + lat / 10, types=(kind,)),
        st.integers(0, 20), st.integers(0, 8), st.sampled_from(["ASSAULT", "PROTEST.demo", "COERCE.arrest"]),
    ),
    max_size=12,
)  # fmt: skip


@given(EVENTS, EVENTS)
def test_whatever_the_events_nobody_is_matched_twice_or_lost(
    ours: list[CodedEvent], theirs: list[CodedEvent]
) -> None:
    ours = [replace(e, id=f"o{n}") for n, e in enumerate(ours)]
    theirs = [replace(e, id=f"t{n}") for n, e in enumerate(theirs)]
    found = paired(ours, theirs, candidates(ours, theirs, LIMITS), LIMITS)
    for side in (0, 1):
        ids = [match[side].id for match in found.matches]
        assert len(ids) == len(set(ids))
    assert all(m.score >= LIMITS.least and m.evidence.days <= LIMITS.days for m in found.matches)
    taken = {m.ours.id for m in found.matches}
    assert not {ours[i].id for i in found.beside_ours} & taken
    again = paired(ours, theirs, candidates(ours, theirs, LIMITS), LIMITS)
    assert again == found, "the same events give the same matches"


@given(EVENTS)
def test_events_beside_themselves_match_one_and_all(ours: list[CodedEvent]) -> None:
    ours = [replace(e, id=f"o{n}") for n, e in enumerate(ours)]
    found = paired(ours, ours, candidates(ours, ours, LIMITS), LIMITS)
    assert len(found.matches) == len(ours)
    assert sum(m.score for m in found.matches) == pytest.approx(len(ours))


def test_a_group_too_large_for_the_best_assignment_is_matched_best_first_and_counted() -> None:
    ours = [event(f"o{n}", n % 3, lat=15.66 + n / 1000) for n in range(110)]
    theirs = [replace(e, id=f"t{n}") for n, e in enumerate(ours)]
    found = paired(ours, theirs, candidates(ours, theirs, LIMITS), LIMITS)
    assert found.greedy == 220 and len(found.matches) == 110
    assert sum(m.score for m in found.matches) == pytest.approx(110)


def test_kilometres_are_those_of_the_globe() -> None:
    paris, berlin = replace(BASE, lat=48.8566, lon=2.3522), replace(BASE, lat=52.52, lon=13.405)
    assert kilometres(paris, berlin) == pytest.approx(877.5, abs=1)


def test_kappa_is_cohens() -> None:
    """The example has 20 + 15 agreements of 50: observed 0.7, by chance 0.5."""
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    found = kappa(pairs)
    assert found is not None and found.kappa == pytest.approx(0.4) and found.observed == pytest.approx(0.7)
    assert found.low is not None and found.low < 0.4 < (found.high or 0)
    assert kappa([("y", "y")] * 3) == Kappa(3, 1.0, None), "one label only: chance explains it all"
    assert kappa([]) is None


def test_counts_put_spellings_of_one_place_together_and_keep_empty_weeks() -> None:
    ours, theirs = [event("o", 0, place="Kŭlob")], [event("t", 21, place="Kulob")]
    (line,) = counted((), ours, theirs, lambda e: e.place)
    assert (line.key, line.only_ours, line.only_theirs) == ("Kulob", 1, 1)
    assert [line[1:] for line in by_week((), ours, theirs)] == [(0, 1, 0), (0, 0, 0), (0, 0, 0), (0, 0, 1)]


def test_a_correlation_needs_eight_weeks() -> None:
    evidence = fit(BASE, event(), LIMITS)
    assert evidence is not None
    matches = [
        Match(event("o", 7 * n), event("t", 7 * n), 1.0, evidence) for n in range(8) for _ in range(n + 1)
    ]
    assert correlation(by_week(matches, (), ())) == pytest.approx(1)
    assert correlation(by_week(matches[:6], (), ())) is None
