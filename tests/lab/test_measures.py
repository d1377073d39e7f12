"""The measures, on examples small enough to be counted by hand."""

import json
from collections.abc import Sequence
from dataclasses import fields, replace
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab import corpora, labels, parties
from lab.measures.attribution import attribution, touching
from lab.measures.coreference import _chains, _cubed, _many, _muc, _Sums
from lab.measures.pairs import root_type
from lab.measures.tally import Tally, classes
from saydo.model.document import Document
from saydo.model.reading import Link
from saydo.reading.network import PairScores, Scores
from saydo.reading.scripted import scripted_reading
from saydo.reading.spans import typed_spans


def about(value: float) -> float:
    return pytest.approx(value, abs=1e-9)


def test_a_tally_adds_up_over_documents() -> None:
    tally = Tally()
    tally.add(found=["a", "b", "c"], wanted=["a", "d"])
    tally.add(found=["e"], wanted=["e", "f"])
    # right a and e; found 3 + 1; wanted 2 + 2
    assert (tally.right, tally.found, tally.wanted) == (2, 4, 4)
    assert tally.figures("x") == {"x precision": 0.5, "x recall": 0.5, "x F1": 0.5}


def test_what_is_found_twice_is_right_once() -> None:
    tally = Tally()
    tally.add(found=["a", "a"], wanted=["a"])
    assert (tally.right, tally.found) == (1, 2)


def test_nothing_found_and_nothing_wanted_is_nought() -> None:
    assert Tally().figures("x") == {"x precision": 0.0, "x recall": 0.0, "x F1": 0.0}


def test_macro_f1_is_the_mean_over_the_classes_of_the_gold() -> None:
    """A class that is only found costs the others precision or recall and has no share of its own."""
    wanted = ["AID", "AID", "AID", "ASSAULT", "CONSULT"]
    found = ["AID", "AID", "ASSAULT", "ASSAULT", "REJECT"]
    # AID: 2 right of 2 found and 3 wanted, 4/5; ASSAULT: 1 of 2 and 1, 2/3; CONSULT: 0 of 0 and 1, 0
    assert classes(found, wanted, "type") == {
        "type items": 5.0,
        "type accuracy": about(3 / 5),
        "type macro-F1": about((4 / 5 + 2 / 3 + 0) / 3),
    }


def test_classes_of_nothing_are_told_as_no_items() -> None:
    assert classes([], [], "type") == {"type items": 0.0}


def chains(*groups: str) -> dict[int, int]:
    """Chains of mentions that are named by letters."""
    return {ord(letter): number for number, group in enumerate(groups) for letter in group}


def muc(key: dict[int, int], response: dict[int, int]) -> tuple[float, float]:
    """Recall and precision."""
    return tuple(up / down for up, down in (_muc(key, response), _muc(response, key)))  # type: ignore[return-value]


def cubed(key: dict[int, int], response: dict[int, int]) -> tuple[float, float]:
    return tuple(up / down for up, down in (_cubed(key, response), _cubed(response, key)))  # type: ignore[return-value]


def test_a_chain_that_is_found_in_two_halves() -> None:
    """Vilain et al., 1995: {a b c d} answered with {a b} {c d}."""
    key, response = chains("abcd"), chains("ab", "cd")
    # recall: 4 mentions in 2 parts, (4 - 2) / (4 - 1); precision: both halves whole, (2 - 1 + 2 - 1) / (1 + 1)
    assert muc(key, response) == (about(2 / 3), 1.0)
    # recall: each mention finds 2 of its 4, 4 · (2/4) / 4; precision: each has none but its own
    assert cubed(key, response) == (about(1 / 2), 1.0)


def test_two_chains_that_are_found_as_one() -> None:
    key, response = chains("ab", "cd"), chains("abcd")
    assert muc(key, response) == (1.0, about(2 / 3))
    assert cubed(key, response) == (1.0, about(1 / 2))


@pytest.mark.parametrize(
    ("response", "precision"),
    [
        # B-cubed: 1-5 wholly right, 5 · 1; 6 7 have 2 of 7, 2 · 2/7; 8-C have 5 of 7, 5 · 5/7; of 12 mentions
        (("12345", "6789ABC"), (5 + 2 * 2 / 7 + 5 * 5 / 7) / 12),
        # 1-5 and 8-C have 5 of 10 each, 10 · 5/10; 6 7 wholly right, 2 · 1
        (("1234589ABC", "67"), (10 * 5 / 10 + 2) / 12),
    ],
)
def test_muc_forgives_what_b_cubed_does_not(response: tuple[str, ...], precision: float) -> None:
    """Bagga and Baldwin, 1998: either answer joins two chains, the second one the two long ones."""
    key = chains("12345", "67", "89ABC")
    # MUC precision in both: 12 mentions in 2 chains have 10 links, one of them wrong
    assert muc(key, chains(*response)) == (1.0, about(9 / 10))
    assert cubed(key, chains(*response)) == (1.0, about(precision))


def test_mentions_that_only_one_side_has() -> None:
    key, response = chains("abc"), chains("abx")
    # {a b c} in the answer is {a b} and c by itself: (3 - 2) / (3 - 1); the same the other way
    assert muc(key, response) == (0.5, 0.5)
    # a and b find 2 of 3 each, c nothing: (2/3 + 2/3 + 0) / 3; the same the other way
    assert cubed(key, response) == (about(4 / 9), about(4 / 9))


def test_sums_over_documents_weigh_by_links_and_mentions() -> None:
    sums = _Sums()
    sums.add(recall=(1.0, 3.0), precision=(1.0, 1.0))
    sums.add(recall=(1.0, 1.0), precision=(0.0, 3.0))
    # recall 2/4, precision 1/4, F1 2 · 2/4 · 1/4 / (3/4)
    assert sums.figures("x") == {"x precision": 0.25, "x recall": 0.5, "x F1": about(1 / 3)}
    assert _Sums().figures("x")["x F1"] == 0.0


def test_links_make_chains_and_mentions_alone_are_left_out() -> None:
    text = "Ida saw Per . She waved , he left . He slept ."
    words = text.split()
    script = "\n".join(f"{i + 1} {w} {w} X {i} dep" for i, w in enumerate(words))
    script += "".join(
        f"\n# mention {i + 1} person" for i, w in enumerate(words) if w.lower() in ("ida", "per", "she", "he")
    )
    bare = scripted_reading(Document("d", text), script)
    linked = replace(bare, links=(Link(3, 1, 0.9), Link(4, 3, 0.8)))
    assert _many(_chains(linked)) == {2: 1, 7: 1, 10: 1}
    assert len(set(_chains(linked).values())) == 3
    assert _many(_chains(bare)) == {}


class Told:
    """A network that says of each sentence what it was told: ``words`` → attributions as spans of source, cue, content."""

    def __init__(self, told: dict[str, list[tuple]]) -> None:
        self._told = told

    def score(self, sentences: Sequence[Sequence[str]]) -> list[Scores]:
        return [_scores(len(words), self._told.get(" ".join(words), [])) for words in sentences]


def _scores(n: int, told: list[tuple]) -> Scores:
    given = {f.name: np.zeros((n, 1), dtype=np.float32) for f in fields(Scores)}
    given["cues"] = np.tile(np.array([1, 0, 0], dtype=np.float32), (n, 1))
    given["roles"] = np.full((4, n, n), -9, dtype=np.float32)
    for source, cue, content in told:
        for tag, spans in ((0, source), (2, content)):
            for first, last in spans:
                given["roles"][tag, cue[0], first] = 9
                given["roles"][tag + 1, cue[0], first + 1 : last] = 9
        given["cues"][cue[0] : cue[1]] = [0, 0, 1]
        given["cues"][cue[0]] = [0, 1, 0]
    return Scores(**given)


DAM = "Mayor Ruiz said the dam would hold ."
CAMP = "Nurses warned of cholera while the army denied it ."


def gold(path: Path) -> Path:
    """Three attributions in two sentences, and a sentence without any."""
    text = f"{DAM} It rained . {CAMP}"

    def at(*quotes: str) -> list[list[int]]:
        return [[text.index(q), text.index(q) + len(q)] for q in quotes]

    told = [
        {"source": at("Mayor Ruiz"), "cue": at("said"), "content": at("the dam would hold")},
        {"source": at("Nurses"), "cue": at("warned"), "content": at("of cholera")},
        {
            "source": at("the army"),
            "cue": at("denied"),
            "content": [[text.index("it ."), text.index("it .") + 2]],
        },
    ]
    path.write_text(json.dumps({"text": text, "attributions": told}), encoding="utf-8")
    return path


def test_attribution_counts_spans_overlaps_and_triples(tmp_path: Path) -> None:
    """The first found source is too short, the third attribution is not found."""
    network = Told({
        DAM: [([(1, 2)], (2, 3), [(3, 7)])],
        CAMP: [([(0, 1)], (1, 2), [(2, 4)])],
    })  # fmt: skip
    figures = attribution(gold(tmp_path / "own.jsonl"), network)  # type: ignore[arg-type]
    assert figures["sentences"] == 2
    # sources: Nurses is right, of Ruiz and Nurses found and of three wanted
    assert (figures["source precision"], figures["source recall"]) == (about(1 / 2), about(1 / 3))
    assert figures["source F1"] == about(2 * 1 / (2 + 3))
    for role in ("cue", "content"):
        assert (figures[f"{role} precision"], figures[f"{role} recall"]) == (1.0, about(2 / 3))
    # overlap: both found sources touch a wanted one, 2/2; two of three wanted ones are touched, 2/3; F1 = (4/3) / (5/3)
    assert figures["source overlap F1"] == about(4 / 5)
    # triples: the one of the nurses
    assert (figures["triples precision"], figures["triples recall"]) == (about(1 / 2), about(1 / 3))


def test_a_triple_whose_parts_are_right_and_belong_to_another_cue_is_wrong(tmp_path: Path) -> None:
    """Sources changed round: every span is right, no triple of that sentence is."""
    network = Told({
        DAM: [([(0, 2)], (2, 3), [(3, 7)])],
        CAMP: [([(5, 7)], (1, 2), [(2, 4)]), ([(0, 1)], (7, 8), [(8, 9)])],
    })  # fmt: skip
    figures = attribution(gold(tmp_path / "own.jsonl"), network)  # type: ignore[arg-type]
    assert all(
        figures[f"{role} F1"] == figures[f"{role} overlap F1"] == 1.0 for role in ("source", "cue", "content")
    )
    assert (figures["triples precision"], figures["triples recall"]) == (about(1 / 3), about(1 / 3))


def test_spans_that_touch_without_a_common_word_do_not_overlap() -> None:
    precise, complete = Tally(), Tally()
    touching([(0, 2), (4, 9)], [(2, 4), (5, 6), (8, 12)], precise, complete)
    # found (4, 9) meets two wanted ones; (0, 2) and (2, 4) are neighbours
    assert (precise.right, precise.wanted) == (1, 2)
    assert (complete.right, complete.wanted) == (2, 3)


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        ({"CONCEDE": 0.2, "RETREAT": 0.2, "AID": 0.3, "none": 0.3}, "YIELD"),
        ({"none": 0.8, "AID": 0.2}, "AID"),
    ],
)
def test_the_root_type_sums_what_the_dyads_have_under_one_name(event: dict[str, float], kind: str) -> None:
    """None is no answer: every pair of the gold has a type."""
    scores = np.array([event.get(name, 0.0) for name in labels.EVENT_TYPES], dtype=np.float32)
    network = SimpleNamespace(labels=SimpleNamespace(event=tuple(labels.EVENT_TYPES)))
    assert root_type(PairScores(scores, scores, scores), network) == kind  # type: ignore[arg-type]


KINDS = {"source": "S", "target": "T", "related": "R"}
PARTS = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 4), st.sampled_from(sorted(KINDS))), max_size=6)


@given(parts=PARTS)
def test_party_spans_survive_the_way_through_tags(parts: list[tuple[int, int, str]]) -> None:
    """Spans of a gap, a length and a role each."""
    tags: list[str] = []
    spans: list[tuple[int, int, str]] = []
    for gap, length, role in parts:
        tags += ["O"] * gap
        spans.append((len(tags), len(tags) + length, role))
        tags += [f"B-{KINDS[role]}"] + [f"I-{KINDS[role]}"] * (length - 1)
    assert parties.spans(tags) == spans


@given(
    tags=st.lists(
        st.sampled_from(["O", *(f"{side}-{kind}" for side in "BI" for kind in "STR")]),
        min_size=1,
        max_size=14,
    )
)
def test_spans_of_any_gold_tags_follow_one_another(tags: list[str]) -> None:
    """Also where tags go on with what nothing began; where they are well made, found spans read alike."""
    spans = parties.spans(tags)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    well_made = ["O"] * len(tags)
    for first, last, role in spans:
        letter = next(letter for letter, name in parties._NAMES.items() if name == role)
        well_made[first:last] = [f"B-{letter}"] + [f"I-{letter}"] * (last - first - 1)
    numbers = [parties._label(tag) for tag in well_made]
    found = typed_spans(np.eye(len(labels.PARTY_TAGS), dtype=np.float32)[numbers])
    assert [(s.first, s.last, labels.PARTY_TAGS[2 * s.label + 1][2:]) for s in found] == spans


def test_party_columns_are_read_sentence_by_sentence(tmp_path: Path) -> None:
    path = tmp_path / "own.txt"
    path.write_text("Ida B-S\nToure I-S\nfed O\nPer B-T\n\n\nRain O\nfell O\n", encoding="utf-8")
    assert list(parties.sentences(path)) == [
        (["Ida", "Toure", "fed", "Per"], ["B-S", "I-S", "O", "B-T"]),
        (["Rain", "fell"], ["O", "O"]),
    ]
    both = [*parties.parties(path, True), *parties.parties(path, False)]
    assert sorted(tuple(e.parties or []) for e in both) == [(0, 0), (1, 2, 0, 3)]


def test_tags_are_spans() -> None:
    assert corpora.tagged([1, 2, 0, 1, 1, 2, 2]) == [(0, 2), (3, 4), (4, 7)]
