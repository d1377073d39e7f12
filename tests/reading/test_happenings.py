"""Triggers and parties: what becomes of the network's scores for the words of events and those who act in them."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from reader_making import LABELS, scores

from saydo.model.reading import Party, Sentence, Trigger
from saydo.reading.happenings import LEAST, parties, triggers
from saydo.reading.mentions import Tree
from saydo.reading.network import Scores

NONE, AGREE, AID, ASSAULT = range(4)


def tree(told: str) -> Tree:
    """Words as ``text/UPOS/head``, heads counted from 1, 0 for the root."""
    rows = [word.rsplit("/", 2) for word in told.split()]
    heads = [int(head) - 1 if head != "0" else i for i, (_, _, head) in enumerate(rows)]
    return Tree([w for w, _, _ in rows], [u for _, u, _ in rows], heads, ["dep"] * len(rows))


FERRY = tree("Gunmen/NOUN/2 opened/VERB/0 fire/NOUN/2 on/ADP/6 a/DET/6 ferry/NOUN/2")
GRAIN = tree("Lydia/PROPN/2 pledged/VERB/0 aid/NOUN/2 and/CCONJ/5 shipped/VERB/2 rice/NOUN/5")


def sure(size: int, kinds: dict[int, int], words: int) -> NDArray[np.float32]:
    """Probabilities ``[word, size]``: 0.95 for the kind that is told of a word, and for 0 elsewhere."""
    made = np.full((words, size), 0.05 / (size - 1), dtype=np.float32)
    for i in range(words):
        made[i, kinds.get(i, 0)] = 0.95
    return made


def placed(trees: Sequence[Tree]) -> list[Sentence]:
    found: list[Sentence] = []
    for t in trees:
        first = found[-1].last if found else 0
        found.append(Sentence(0, 0, first, first + len(t.words), 0))
    return found


def seen(
    t: Tree,
    kinds: dict[int, int],
    realis: dict[int, int] | None = None,
    polarity: dict[int, int] | None = None,
) -> Scores:
    words = len(t.words)
    return scores(
        words,
        triggers=sure(4, kinds, words),
        realis=sure(4, realis or {}, words),
        polarity=sure(2, polarity or {}, words),
    )


def found(*told: tuple[Tree, Scores]) -> list[Trigger]:
    return list(triggers([s for _, s in told], placed([t for t, _ in told]), LABELS))


def test_every_word_that_may_tell_of_an_event_is_a_trigger_with_its_likeliest_type() -> None:
    told = found((GRAIN, seen(GRAIN, {1: AGREE, 2: AID, 4: AID})))
    assert [(t.token, t.type) for t in told] == [(1, "AGREE"), (2, "AID"), (4, "AID")]


@pytest.mark.parametrize(("none", "told"), [(0.95, []), (0.91, []), (0.89, ["AID"]), (0.0, ["AID"])])
def test_a_word_may_be_a_doubtful_trigger_and_says_how_sure_it_is(none: float, told: list[str]) -> None:
    """However the rest is shared out among the types: together they count, the likeliest gives its name."""
    score = seen(FERRY, {})
    rest = 1.0 - none
    score.triggers[1] = [none, 0.3 * rest, 0.4 * rest, 0.3 * rest]
    heard = found((FERRY, score))
    assert [t.type for t in heard] == told
    assert all(t.score == pytest.approx(rest, abs=1e-4) and t.score >= LEAST for t in heard)


def test_realis_and_polarity_are_the_likeliest_of_the_word() -> None:
    score = seen(FERRY, {1: ASSAULT, 2: ASSAULT}, {1: 2, 2: 1}, {1: 1, 2: 0})
    assert [(t.realis, t.polarity) for t in found((FERRY, score))] == [
        ("future", "negative"),
        ("historical", "positive"),
    ]


def test_triggers_are_counted_in_words_of_the_document() -> None:
    quiet = tree("Rain/NOUN/2 fell/VERB/0")
    told = found(
        (FERRY, seen(FERRY, {1: ASSAULT})), (quiet, seen(quiet, {})), (GRAIN, seen(GRAIN, {1: AGREE, 4: AID}))
    )
    assert [(t.token, t.type) for t in told] == [(1, "ASSAULT"), (8 + 1, "AGREE"), (8 + 4, "AID")]


def test_a_sentence_without_a_trigger_has_none() -> None:
    assert found((FERRY, seen(FERRY, {}))) == []
    assert found() == []


def acting(*tags: dict[int, int], words: int = 6) -> list[Party]:
    """Parties of sentences of six words, each with the tags of its words."""
    places = [Sentence(0, 0, n * words, (n + 1) * words, 0) for n in range(len(tags))]
    return list(parties([scores(words, parties=sure(7, t, words)) for t in tags], places, LABELS))


def test_parties_have_their_spans_and_roles() -> None:
    """Tags are those of source, target and related, each begun and continued."""
    told = acting({0: 1, 1: 2, 3: 3, 4: 5, 5: 6})
    assert [(p.first, p.last, p.role) for p in told] == [
        (0, 2, "source"),
        (3, 4, "target"),
        (4, 6, "related"),
    ]


def test_two_sources_side_by_side_are_two_parties() -> None:
    told = acting({0: 1, 1: 1, 2: 2})
    assert [(p.first, p.last, p.role) for p in told] == [(0, 1, "source"), (1, 3, "source")]


def test_parties_are_counted_in_words_of_the_document() -> None:
    told = acting({}, {2: 3, 3: 4}, {0: 1})
    assert [(p.first, p.last, p.role) for p in told] == [(8, 10, "target"), (12, 13, "source")]


def test_a_party_is_as_sure_as_its_words_on_average() -> None:
    """A word counts for its role whether it begins or continues it."""
    score = scores(2, parties=np.array([[0.2, 0.6, 0.2, 0, 0, 0, 0], [0.4, 0.1, 0.5, 0, 0, 0, 0]]))
    (party,) = parties([score], [Sentence(0, 0, 0, 2, 0)], LABELS)
    assert party == Party(0, 2, "source", 0.7)
