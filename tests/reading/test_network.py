"""Sentences are computed together, and each gives the same bits as by itself."""

from collections.abc import Sequence
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saydo.reading.network import _AT_ONCE, Network, PairScores, Scores, groups_of, packaged, widened

SIZES = st.integers(0, 700)
SHAPES = st.lists(
    st.tuples(st.integers(1, 40), st.integers(1, 9)).map(lambda s: (16 * s[0], s[1])), max_size=300
)


@given(size=SIZES)
def test_a_width_is_never_less_than_the_size_and_little_more(size: int) -> None:
    assert size <= widened(size) < size + 16


@given(size=SIZES, other=SIZES)
def test_a_longer_sentence_is_never_computed_in_a_smaller_width(size: int, other: int) -> None:
    assert (widened(size) <= widened(other)) or size > other


@given(size=SIZES, more=st.integers(0, 40))
def test_sizes_that_fit_into_a_width_are_computed_in_it(size: int, more: int) -> None:
    """Whatever else is computed: the width follows from the size alone."""
    within = min(size + more, widened(size))
    assert widened(within) == widened(size) == widened(widened(size))


@given(shapes=SHAPES)
def test_groups_hold_each_sentence_once_and_only_equal_shapes(shapes: list[tuple[int, int]]) -> None:
    groups = groups_of(shapes)
    assert sorted(i for group in groups for i in group) == list(range(len(shapes)))
    assert all(group and len({shapes[i] for i in group}) == 1 for group in groups)


@given(shapes=SHAPES)
def test_groups_stay_under_the_limit_and_are_no_smaller_than_they_must(shapes: list[tuple[int, int]]) -> None:
    groups = groups_of(shapes)
    assert all(len(group) * shapes[group[0]][0] <= _AT_ONCE for group in groups)
    for shape in set(shapes):
        fitting = _AT_ONCE // shape[0]
        assert sum(shapes[g[0]] == shape for g in groups) == -(-shapes.count(shape) // fitting)


def test_a_sentence_that_is_wider_than_the_limit_is_a_group_of_its_own() -> None:
    assert groups_of([(_AT_ONCE + 16, 4), (_AT_ONCE + 16, 4)]) == [[0], [1]]


SENTENCES = [
    text.split()
    for text in (
        "Yes .",
        "No .",
        "Nobody came .",
        "Who pays ?",
        "The bakers of Aksum went home .",
        "Two ferries left Zadar at dawn .",
        "Port workers in Callao have gone on strike .",
        "A judge in Tartu freed the poet 's brother .",
        "“ We saw smoke , ” said Naledi Khumalo , a nurse .",
        "The ministry denied that its patrol boats had fired on the trawlers .",
        "Elders from both valleys agreed to meet again once the rains are over .",
        "On Tuesday the Harbour Front shelled the customs house , killing two clerks .",
        "President Ilmar Saks will fly to Suva to sign the fisheries treaty , aides say .",
        "Rice , maize , millet , beans , oil , salt , soap , tents , ropes , nails , glass",
        "It was , the widow told the court , the third time that men in grey coats had come for him .",
        "The league 's secretary accused the council of hiding the report from the families of the drowned sailors .",
        "Unless the two companies settle their quarrel over the dam before the end of the month , villagers fear , the "
        "fields below it will lie dry for a second year .",
        "UN MONITORS COUNT 41 BREACHES OF TRUCE IN ONE WEEK",
        "Zgjwqx Ōtautahi 北京 Ελλάδα наводнение antidisestablishmentarianism 3.141592 @desk #flood http://example.org/a",
        "and then the river rose " * 25,
        "the mayor said that the clerk said that " * 14 + "it rained .",
    )
]


def bits(made: Scores | PairScores) -> list[tuple[tuple[int, ...], bytes]]:
    arrays = [getattr(made, field.name) for field in fields(made)]
    return [(array.shape, array.tobytes()) for array in arrays]


def spans(words: Sequence[str]) -> tuple[tuple[int, int], tuple[int, int]]:
    """Two spans of a sentence that do not overlap."""
    middle = len(words) // 2
    return (0, max(1, middle - 1)), (middle, min(len(words), middle + 2))


@pytest.fixture(scope="module")
def network() -> Network:
    return Network(packaged(), "reader-en")


@pytest.fixture(scope="module")
def alone(network: Network) -> list[Scores]:
    return [network.score([words])[0] for words in SENTENCES]


@pytest.fixture(scope="module")
def paired_alone(network: Network, alone: list[Scores]) -> list[PairScores]:
    return [network.pairs([(s.words, *spans(w))])[0] for s, w in zip(alone, SENTENCES, strict=True)]


COMPANIES = st.tuples(
    st.permutations(range(len(SENTENCES))), st.sets(st.integers(1, len(SENTENCES) - 1), max_size=5)
).map(
    lambda drawn: [
        drawn[0][a:b] for a, b in zip([0, *sorted(drawn[1])], [*sorted(drawn[1]), None], strict=True)
    ]
)
"""The sentences in any order, parted into any calls."""


def test_some_of_the_sentences_share_a_length_and_others_do_not() -> None:
    """Else the tests below would compute each sentence by itself."""
    lengths = [len(words) for words in SENTENCES]
    assert len(set(lengths)) < len(lengths) and max(lengths) > 100
    assert any(widened(a) == widened(b) for a in lengths for b in lengths if a != b)


@pytest.mark.model
@settings(max_examples=12)
@given(companies=COMPANIES)
def test_scores_have_the_same_bits_in_any_company(
    network: Network, alone: list[Scores], companies: list[list[int]]
) -> None:
    for group in companies:
        for i, made in zip(group, network.score([SENTENCES[i] for i in group]), strict=True):
            for field in fields(Scores):
                one, other = getattr(made, field.name), getattr(alone[i], field.name)
                assert one.shape == other.shape and one.tobytes() == other.tobytes(), (
                    SENTENCES[i],
                    field.name,
                )


@pytest.mark.model
@settings(max_examples=12)
@given(companies=COMPANIES)
def test_pairs_have_the_same_bits_in_any_company(
    network: Network, alone: list[Scores], paired_alone: list[PairScores], companies: list[list[int]]
) -> None:
    for group in companies:
        found = network.pairs([(alone[i].words, *spans(SENTENCES[i])) for i in group])
        assert [bits(f) for f in found] == [bits(paired_alone[i]) for i in group]


@pytest.mark.model
def test_a_sentence_beside_itself_many_times_has_the_same_bits(network: Network, alone: list[Scores]) -> None:
    """More often than fit into one call."""
    i = max(range(len(SENTENCES)), key=lambda n: len(SENTENCES[n]))
    times = 2 + _AT_ONCE // len(SENTENCES[i])
    assert all(bits(made) == bits(alone[i]) for made in network.score([SENTENCES[i]] * times))


@pytest.mark.model
def test_two_threads_give_the_same_bits_as_one(
    network: Network, alone: list[Scores], paired_alone: list[PairScores]
) -> None:
    two = Network(packaged(), "reader-en", threads=2)
    found = two.score(SENTENCES)
    assert [bits(f) for f in found] == [bits(a) for a in alone]
    pairs = two.pairs([(s.words, *spans(w)) for s, w in zip(found, SENTENCES, strict=True)])
    assert [bits(p) for p in pairs] == [bits(p) for p in paired_alone]


@pytest.mark.model
def test_the_order_of_a_pair_and_its_marks_matter(network: Network, alone: list[Scores]) -> None:
    """Else the tests of pairs above would compare constants."""
    words, (actor, recipient) = alone[11].words, ((1, 4), (5, 8))
    one, turned = network.pairs([(words, actor, recipient), (words, recipient, actor)])
    assert one.event.tobytes() != turned.event.tobytes()
    for made in (one, turned):
        assert all(abs(float(p.sum()) - 1) < 1e-4 for p in (made.event, made.tie, made.relation))


@pytest.mark.model
def test_scores_are_cut_to_the_words_of_the_sentence(network: Network, alone: list[Scores]) -> None:
    for words, made in zip(SENTENCES, alone, strict=True):
        n = len(words)
        assert made.arcs.shape == (n, n + 1) and made.roles.shape == (4, n, n) and made.ends.shape == (n, 2)
        assert (
            made.links.shape == (n, 128) and made.words.shape == (n + 1, 384) and made.vector.shape == (384,)
        )
        for name in ("upos", "names", "nominals", "entities", "parties", "triggers", "realis", "polarity"):
            array = getattr(made, name)
            assert array.shape == (n, len(getattr(network.labels, name)))
            assert np.allclose(array.sum(axis=1), 1.0, atol=1e-3), name


@pytest.mark.model
def test_no_sentence_gives_no_scores(network: Network) -> None:
    assert network.score([]) == [] == network.pairs([])
