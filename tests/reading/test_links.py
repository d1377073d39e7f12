"""Coreference: which earlier mention a mention takes, and by which of its features."""

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reader_making import scores, told

from saydo.model.reading import Link, Reading
from saydo.reading.links import FORMS, LINKED, TABLES, WINDOW, Linker, candidates
from saydo.reading.network import Scores

Weights = Mapping[tuple[str, str, int], float]
"""Table, form of the later mention, column → weight."""

VISIT = ("[Amina Toure/nsubj]person* thanked [Lucia Prado/obj]person* .", "[She/nsubj]person smiled .")


def linker(weights: Weights | None = None, alone: float = 0.0) -> Linker:
    """A linker whose weights are all nought but these."""
    tables = {name: np.zeros(shape) for name, shape in TABLES.items()}
    for (table, form, column), weight in (weights or {}).items():
        tables[table][FORMS.index(form), column] = weight
    return Linker({**{n: t.tolist() for n, t in tables.items()}, "alone": [alone] * len(FORMS)})


def silent(reading: Reading) -> list[Scores]:
    """Scores in which no word looks for anything or offers anything."""
    return [scores(s.last - s.first) for s in reading.sentences]


def links(reading: Reading, made: Linker, seen: list[Scores] | None = None) -> tuple[Link, ...]:
    return made.links(reading.tokens, reading.sentences, reading.mentions, seen or silent(reading))


def linked(reading: Reading, weights: Weights, alone: float = 0.0) -> list[tuple[int, int]]:
    return [(k.mention, k.antecedent) for k in links(reading, linker(weights, alone))]


def features(reading: Reading) -> dict[tuple[int, int], dict[str, int]]:
    """The features of every pair, later mention first."""
    found = candidates(reading.tokens, reading.mentions)
    return {
        (int(later), int(earlier)): {name: int(column[n]) for name, column in found.features.items()}
        for n, (later, earlier) in enumerate(zip(found.later, found.earlier, strict=True))
    }


@pytest.mark.parametrize(
    ("table", "column", "antecedent"),
    [("parts", 0, 0), ("parts", 1, 1), ("steps", 0, 1), ("steps", 1, 0)],
)
def test_a_pronoun_takes_the_candidate_whose_weights_win(table: str, column: int, antecedent: int) -> None:
    """Subject or object, the nearest or the one before it: as the tables say."""
    assert linked(told(*VISIT), {(table, "she", column): 1.0}) == [(2, antecedent)]


def test_weights_of_another_form_do_not_count() -> None:
    assert linked(told(*VISIT), {("parts", "he", 0): 5.0, ("forms", "it", FORMS.index("name")): 5.0}) == []


@pytest.mark.parametrize(("offers", "antecedent"), [(1, 0), (4, 1)])
def test_a_pronoun_takes_the_candidate_that_offers_what_it_looks_for(offers: int, antecedent: int) -> None:
    """The head words' vectors: one half is what a word looks for, the other what it offers."""
    reading = told(*VISIT)
    seen = silent(reading)
    seen[1].links[0, 7] = 8.0
    seen[0].links[offers, 64 + 7] = 2.0
    (link,) = links(reading, linker(), seen)
    assert (link.mention, link.antecedent) == (2, antecedent)
    # 8 · 2 divided by the root of 64, and of that the logistic function
    assert link.score == round(1 / (1 + np.exp(-2.0)), 4)


def test_what_the_later_word_offers_and_the_earlier_looks_for_does_not_count() -> None:
    reading = told(*VISIT)
    seen = silent(reading)
    seen[1].links[0, 64 + 7] = 8.0
    seen[0].links[4, 7] = 2.0
    assert links(reading, linker(), seen) == ()


@pytest.mark.parametrize(("alone", "expected"), [(0.5, [(2, 0)]), (1.0, []), (3.0, [])])
def test_a_mention_that_may_well_stand_alone_has_no_link(alone: float, expected: list) -> None:
    """A link must be worth more than none, not as much."""
    assert linked(told(*VISIT), {("parts", "she", 0): 1.0}, alone) == expected


def test_types_that_are_not_linked_take_no_part_and_keep_their_numbers() -> None:
    """Sums, arms and nationalities are mentions and neither have nor are antecedents."""
    reading = told(
        "[Forty crates]quantity of [rifles/obj]weapon reached [the Omani]nationality [guild/obl]organisation .",
        "[It/nsubj]organisation sold [them/obj]weapon for [9 dinars]money .",
    )
    kinds = [m.type for m in reading.mentions]
    assert kinds[3:5] == ["organisation", "organisation"]
    assert linked(reading, {("types", form, same): 9.0 for form in FORMS for same in (0, 1)}) == [(4, 3)]
    assert {kinds[i] for pair in features(reading) for i in pair} <= LINKED


@pytest.mark.parametrize(
    ("words", "form"),
    [
        ("[him]person", "he"), ("[Hers]person", "she"), ("[itself]group", "it"), ("[THEIR]group", "they"),
        ("[mine]person", "i"), ("[us]group", "we"), ("[yours]person", "you"), ("[whose]group", "who"),
        ("[those nurses]group", "definite"), ("[his brother]person", "definite"), ("[Its wardens]group", "definite"),
        ("[a nurse]person", "indefinite"), ("[smugglers]group", "indefinite"), ("[the Kola Front]group*", "name"),
        ("[Who]igo*", "name"), ("[the it]group", "definite"),
    ],
)  # fmt: skip
def test_the_form_of_a_mention(words: str, form: str) -> None:
    reading = told(f"{words} met [Ida]person* .")
    assert FORMS[features(reading)[1, 0]["forms"]] == form


@pytest.mark.parametrize(
    ("earlier", "later", "match"),
    [
        ("[the Reed guild]organisation", "[a Reed guild]organisation", 3),
        ("[The Reed guild]organisation", "[THE REED GUILD]organisation", 3),
        ("[the Reed guild]organisation", "[this guild]organisation", 2),
        ("[the Reed guild]organisation", "[Reed farmers]group", 1),
        ("[the Reed guild]organisation", "[the port]place", 0),
        ("[he]person", "[his]person", 2),
        ("[her]person", "[her]person", 3),
        ("[them]group", "[her]person", 0),
    ],
)
def test_how_far_words_match(earlier: str, later: str, match: int) -> None:
    """All of them 3, the heads 2, some 1, none 0; articles and titles do not count, a pronoun's cases are one."""
    reading = told(f"{earlier} saw {later} .")
    assert features(reading)[1, 0]["matches"] == match


@pytest.mark.parametrize(
    ("gap", "column"), [(0, 0), (1, 1), (2, 2), (3, 3), (4, 3), (5, 4), (8, 4), (9, 5), (30, 5)]
)
def test_sentences_between_two_mentions_are_counted_in_classes(gap: int, column: int) -> None:
    between = [f"Rain fell on day {n} ." for n in range(gap - 1)]
    ends = ("[The ferry crew]group waited", "[they]group left")
    reading = told(*(ends[0], *between, ends[1]) if gap else (" and ".join(ends),))
    assert features(reading)[1, 0]["distances"] == column


def test_mentions_between_two_mentions_are_counted_in_classes() -> None:
    reading = told(" ".join(f"[Guard{n}]person*" for n in range(20)))
    found = features(reading)
    steps = {19 - earlier: found[19, earlier]["steps"] for earlier in range(19)}
    assert [steps[n] for n in (1, 2, 3, 4, 5, 8, 9, 16, 17, 19)] == [0, 1, 2, 2, 3, 3, 4, 4, 5, 5]


@pytest.mark.parametrize(
    ("earlier", "later", "column"),
    [
        ("[the nurse]person", "[she]person", 0),
        ("[the nurses]group", "[she]person", 1),
        ("[the nurse]person", "[they]group", 2),
        ("[the nurses]group", "[our]group", 3),
        ("[the Nurses]group*", "[the guards]group", 2),
    ],
)
def test_number_of_both_mentions(earlier: str, later: str, column: int) -> None:
    """A name has no number: what ends in s there may be one."""
    reading = told(f"{earlier} heard that {later} slept .")
    assert features(reading)[1, 0]["numbers"] == column


@pytest.mark.parametrize(
    ("relation", "column"),
    [("nsubj", 0), ("nsubj:pass", 0), ("obj", 1), ("obl", 1), ("obl:agent", 1), ("nmod", 2), ("appos", 2)],
)
def test_part_of_the_earlier_mention_in_its_sentence(relation: str, column: int) -> None:
    reading = told(f"[the miners/{relation}]group sang", "[they/nsubj]group slept")
    assert features(reading)[1, 0]["parts"] == column


def test_types_alike_and_mentions_inside_of_mentions() -> None:
    reading = told("[the clerk/obj of [the abbey/nmod]organisation]person met [a clerk]person")
    found = features(reading)
    assert {pair: f["nested"] for pair, f in found.items()} == {(1, 0): 1, (2, 0): 0, (2, 1): 0}
    assert {pair: f["types"] for pair, f in found.items()} == {(1, 0): 0, (2, 0): 1, (2, 1): 0}


def test_the_window_bounds_the_candidates_and_counts_only_what_is_linked() -> None:
    """Weapons stand between all of them and take no place in the window."""
    reading = told(*(f"[Guard{n}]person* dropped [a spear]weapon ." for n in range(WINDOW + 5)))
    last = 2 * (WINDOW + 4)
    earlier = sorted(e for later, e in features(reading) if later == last)
    assert earlier == list(range(last - 2 * WINDOW, last, 2))


def test_nothing_beyond_the_window_is_linked_however_well_it_fits() -> None:
    reading = told(*(f"[Guard{n}]person* slept ." for n in range(WINDOW + 2)))
    seen = silent(reading)
    seen[WINDOW + 1].links[0, 0] = 80.0
    seen[0].links[0, 64] = 80.0
    assert links(reading, linker(), seen) == ()
    seen[1].links[0, 64] = 1.0
    assert [(k.mention, k.antecedent) for k in links(reading, linker(), seen)] == [(WINDOW + 1, 1)]


@pytest.mark.parametrize(
    "sentences", [(), ("Rain fell .",), ("[Ida]person* slept .",), ("[a spear]weapon fell",)]
)
def test_where_there_is_no_pair_there_is_no_link(sentences: tuple[str, ...]) -> None:
    assert links(told(*sentences), linker({("types", "name", 1): 9.0})) == ()


@settings(max_examples=40)
@given(seed=st.integers(0, 10_000), kinds=st.lists(st.sampled_from(sorted(LINKED | {"weapon"})), max_size=12))
def test_any_weights_give_each_mention_at_most_one_earlier_one(seed: int, kinds: list[str]) -> None:
    """Whatever the vectors and tables hold."""
    random = np.random.default_rng(seed)
    reading = told(*(f"[Guard{n}]{kind}* slept ." for n, kind in enumerate(kinds)))
    seen = [scores(3, links=random.normal(size=(3, 128)) * 3) for _ in kinds]
    tables = {name: random.normal(size=shape).tolist() for name, shape in TABLES.items()}
    made = Linker({**tables, "alone": random.normal(size=len(FORMS)).tolist()})
    found = links(reading, made, seen)
    assert [k.mention for k in found] == sorted({k.mention for k in found})
    assert all(0 <= k.antecedent < k.mention < len(kinds) for k in found)
    assert all(kinds[i] in LINKED for k in found for i in (k.mention, k.antecedent))
    assert all(0.5 <= k.score <= 1.0 for k in found)
