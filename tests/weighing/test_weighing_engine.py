"""The engine: order, repetition, explanations that rebuild their finding, growth with the number of reports."""

from __future__ import annotations

import time
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_weighing_account import army, began, relatives
from test_weighing_commitment import by_reef_battalion, pledge, promise_to_leave, reef_tie, shelling
from test_weighing_denial import brigade_denies, court, denial_of_arming, links, market_shelled
from test_weighing_position import NO, YES, relations
from weighing_build import Draft, codebook

from saydo.model.citations import cite, cited
from saydo.model.records import Discrepancy
from saydo.weighing import WeighedReport, rebuild, weigh
from saydo.weighing.independence import alike, likeness, reprints, sketch

BOOK = codebook()
ENDED = links("r1", "Tirana has cut its links with the Hill Front, Agron Leka said.", "2020-03-01",
              speaker=("Agron Leka", "agron-leka"), state="ended")  # fmt: skip
ALIVE = links("r2", "Tirana directs the Hill Front.", "2020-05-01", trigger="directs", type="command")
CASES = {
    "commitment": [pledge(), shelling()],
    "commitment through a tie": [pledge(), by_reef_battalion(), reef_tie()],
    "denial": [denial_of_arming(), court()],
    "denied incident": [brigade_denies(), market_shelled("Orle", "2024-05-02")],
    "account": [army(), relatives()],
    "who began": [
        began("r1", "The navy said the trawlers fired first on 2 May.", ("navy", "navy"), ("trawlers", "fleet")),
        began("r2", "The skippers said the navy fired first on 2 May.", ("skippers", "fleet"), ("navy", "navy")),
    ],
    "position": [relations(*NO), relations(*YES)],
    "tie": [ENDED, ALIVE],
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_every_finding_is_rebuilt_from_the_records_that_its_explanation_names(name: str) -> None:
    noise = Draft("r9", "Wheat prices fell in Orle.", "2024-05-05").done()
    reports = [*CASES[name], noise]
    found = weigh(reports, BOOK).discrepancies
    assert found
    for discrepancy in found:
        assert rebuild(discrepancy, reports, BOOK) == discrepancy


@pytest.mark.parametrize("name", CASES)
def test_without_a_record_that_the_explanation_names_there_is_no_finding(name: str) -> None:
    for discrepancy in weigh(CASES[name], BOOK).discrepancies:
        for document, id in cited(discrepancy.explanation):
            if not id.startswith(("e", "t")):
                continue
            cut = [_without(r, id) if r.record.id == document else r for r in CASES[name]]
            left = weigh(cut, BOOK).discrepancies
            assert discrepancy not in left


def _without(report: WeighedReport, id: str) -> WeighedReport:
    record = report.record
    return report._replace(
        record=record.model_copy(
            update={
                "events": tuple(e for e in record.events if e.id != id),
                "ties": tuple(t for t in record.ties if t.id != id),
            }
        )
    )


@pytest.mark.parametrize("name", CASES)
def test_the_order_of_reports_does_not_matter(name: str) -> None:
    first = weigh(CASES[name], BOOK)
    for order in permutations(CASES[name]):
        again = weigh(order, BOOK)
        assert again.discrepancies == first.discrepancies
        assert again.kept == first.kept
        assert again.clusters == first.clusters


def test_each_kind_says_whom_it_is_about_and_reads_as_one_sentence() -> None:
    for reports in CASES.values():
        for d in weigh(reports, BOOK).discrepancies:
            assert d.explanation.endswith(".")
            assert "\n" not in d.explanation
            assert d.speaker is not None and d.speaker_name
            assert d.statement.quote and all(p.quote for p in d.against)
            assert d.basis == "inferred"


def test_what_a_report_flags_itself_is_not_found_again_but_counts() -> None:
    d = Draft("r1", "On 3 May the Northern League vowed not to shell the port. On 9 May the Northern League shelled the port.", "2024-05-10")  # fmt: skip
    one, two = d.who("Northern League", "northern-league"), d.who("Northern League", "northern-league", nth=1)
    e = d.event("ASSAULT", "shell", realis="future", polarity="negative", actors=(one,))
    d.event("ASSAULT", "shelled", actors=(two,), time=d.time("9 May", "2024-05-09"))
    d.says("pledge", one, "not to shell the port", events=[e], time=d.time("3 May", "2024-05-03"))
    plain = d.done()
    [inferred] = weigh([plain], BOOK).discrepancies
    flagged = Discrepancy.model_validate({**inferred.model_dump(), "basis": "flagged"})
    told = plain._replace(record=plain.record.model_copy(update={"discrepancies": (flagged,)}))
    weighed = weigh([told], BOOK)
    assert weighed.discrepancies == ()
    assert [(t.speaker, t.broken) for t in weighed.tallies] == [("northern-league", 1)]


def test_every_pledge_is_listed_with_its_outcome() -> None:
    [open_one] = weigh([promise_to_leave()], BOOK).commitments
    assert (open_one.outcome, open_one.against) == ("open", ())
    [broken] = weigh([pledge(), shelling()], BOOK).commitments
    assert (broken.outcome, broken.against) == ("broken", (("r2", "e0"),))


def test_nothing_comes_of_nothing() -> None:
    empty = weigh([], BOOK)
    assert (empty.discrepancies, empty.kept, empty.clusters, empty.tallies) == ((), (), (), ())


DOCUMENT_IDS = st.text(min_size=1, max_size=40).filter(lambda s: s.strip() == s)


@given(st.lists(st.tuples(DOCUMENT_IDS, st.from_regex(r"[ets][0-9]{1,3}", fullmatch=True)), max_size=6))
def test_citations_read_back_whatever_a_document_is_called(refs: list[tuple[str, str]]) -> None:
    assert cited(f"Somebody said so{cite(refs)}; and more (in brackets).") == tuple(dict.fromkeys(refs))


@given(st.text(max_size=300))
def test_a_text_is_like_itself(text: str) -> None:
    assert likeness(sketch(text), sketch(text)) == (1.0 if sketch(text) else 0.0)


def test_reprints_are_told_from_reports_on_the_same_matter() -> None:
    story = (
        "The council of Orle met on Monday to hear the engineers, who said that the dam would hold through the "
        "spring if the upper gates were kept open, and that the cracks seen last year had not grown since. "
        "Farmers from the lower villages asked for sirens and were promised them by the mayor before April."
    )
    reprint = story.replace("on Monday", "Monday") + " (Agency)"
    other = (
        "Engineers told the council of Orle that the dam will hold if its upper gates stay open. Villagers want "
        "sirens, which the mayor said they would have by April. The cracks of last year are no larger."
    )
    assert reprints([sketch(text) for text in (story, other, reprint)]) == {2: 0}


@pytest.mark.slow
def test_time_grows_with_the_reports_not_with_their_square() -> None:
    def case(n: int) -> list[WeighedReport]:
        made = []
        for k in range(n):
            name, place = f"Front {chr(65 + k % 26)}{k // 26}", ("Orle", "Zor")[k % 2]
            d = Draft(f"p{k}", f"{name} vowed not to attack in {place}, a clerk wrote in note {k} of {k * 7}.", "2024-05-01")  # fmt: skip
            who = d.who(name, name.lower().replace(" ", "-"))
            e = d.event("ASSAULT", "attack", realis="future", polarity="negative", actors=(who,), place=d.place(place))  # fmt: skip
            d.says("pledge", who, f"not to attack in {place}", events=[e])
            made.append(d.done())
            r = Draft(f"c{k}", f"{name} attacked in {place} on 4 June, read sheet {k} in file {k * 3}.", "2024-06-05")  # fmt: skip
            actor = r.who(name, name.lower().replace(" ", "-"))
            when = r.time("4 June", "2024-06-04")
            r.event("ASSAULT", "attacked", actors=(actor,), place=r.place(place), time=when)
            made.append(r.done())
        return made

    def seconds(n: int) -> float:
        reports = case(n)
        start = time.process_time()
        assert len(weigh(reports, BOOK).discrepancies) == n
        return time.process_time() - start

    seconds(50)
    small, large = seconds(200), seconds(1600)
    assert large / small < 8 * 3


SKETCHES = st.lists(st.integers(0, 120), max_size=64, unique=True).map(lambda hashes: tuple(sorted(hashes)))


@given(SKETCHES, SKETCHES)
def test_a_count_never_tells_otherwise_of_two_texts_than_their_likeness(
    one: tuple[int, ...], other: tuple[int, ...]
) -> None:
    assert alike(one, other) is (likeness(one, other) >= 0.7)
