"""The reader with the model that comes with the package, on sentences of our own."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saydo.model.document import Document
from saydo.model.errors import ReaderError
from saydo.model.reading import Reading, TokenRange
from saydo.reading import OnnxReader, load_reader
from saydo.reading.happenings import LEAST
from saydo.reading.sentences import LONGEST

pytestmark = pytest.mark.model

REPORT = (
    "KABUL, Afghanistan - The Taliban attacked a police checkpoint in Faryab on Monday, killing five "
    'soldiers, officials said.\n\n"We will not stop the talks," said Zamir Haddad, Russia\'s special envoy. '
    '"The militants must lay down their arms. They know that."\n\nThe Interior Ministry denied that government '
    "troops had shelled residents of Kunduz."
)


@pytest.fixture(scope="module")
def reader() -> OnnxReader:
    return load_reader()


@pytest.fixture(scope="module")
def paired() -> OnnxReader:
    return load_reader(pairs=True)


def quotes(reading: Reading, ranges: tuple[TokenRange, ...]) -> list[str]:
    text, tokens = reading.document.text, reading.tokens
    return [text[tokens[a].start : tokens[b - 1].end] for a, b in ranges]


def test_a_simple_sentence_is_parsed(reader: OnnxReader) -> None:
    tokens = reader.read(Document("d", "The rebels attacked the town.")).tokens
    assert [t.upos for t in tokens] == ["DET", "NOUN", "VERB", "DET", "NOUN", "PUNCT"]
    assert [t.head for t in tokens] == [1, 2, 2, 4, 2, 2]
    assert [t.deprel for t in tokens] == ["det", "nsubj", "root", "det", "obj", "punct"]
    assert [t.lemma for t in tokens] == ["the", "rebel", "attack", "the", "town", "."]


def test_a_verb_that_negates_is_no_particle(reader: OnnxReader) -> None:
    [denied] = [
        t
        for t in reader.read(Document("d", "The envoy denied meeting the banker Karl Brandt.")).tokens
        if t.i == 2
    ]
    assert (denied.lemma, denied.upos) == ("deny", "VERB")


def test_mentions_have_their_type_and_head(reader: OnnxReader) -> None:
    reading = reader.read(Document("d", REPORT))
    found = {
        quotes(reading, ((m.first, m.last),))[0]: (m.type, m.named, reading.tokens[m.head].text)
        for m in reading.mentions
    }
    assert found["The Taliban"] == ("group", True, "Taliban")
    assert found["Faryab"] == ("place", True, "Faryab")
    assert found["Zamir Haddad"] == ("person", True, "Zamir")
    assert found["The militants"] == ("group", False, "militants")
    assert found["We"][1] is False


def test_attributions_and_their_quotations(reader: OnnxReader) -> None:
    reading = reader.read(Document("d", REPORT))
    told = {
        quotes(reading, a.cue)[0]: (quotes(reading, a.source), quotes(reading, a.content))
        for a in reading.attributions
    }
    source, content = told["said"]
    assert source == ["Zamir Haddad, Russia's special envoy"]
    assert content == [
        '"We will not stop the talks,"',
        '"The militants must lay down their arms. They know that."',
    ]
    assert told["denied"][0] == ["The Interior Ministry"]
    assert "government troops had shelled residents of Kunduz" in told["denied"][1][0]


def test_a_document_reads_the_same_in_any_company(reader: OnnxReader) -> None:
    """Neither neighbours nor their order nor another reader change a reading."""
    documents = [
        Document(str(i), text) for i, text in enumerate([REPORT, "It rained. " * 40, "Yes.", REPORT])
    ]
    alone = [reader.read(document) for document in documents]
    together = list(reader.read_all(documents))
    assert together == alone
    assert [vectors(r).tobytes() for r in together] == [vectors(r).tobytes() for r in alone]
    assert list(load_reader().read_all(reversed(documents))) == alone[::-1]


def vectors(reading: Reading) -> np.ndarray:
    assert reading.vectors is not None
    return reading.vectors


def test_a_sentence_reads_the_same_in_any_document(reader: OnnxReader) -> None:
    """A sentence's trees and mentions depend on its own words alone."""
    sentence = "The Interior Ministry denied that troops had shelled residents of Kunduz."
    alone = reader.read(Document("a", sentence))
    after = reader.read(Document("b", "It rained.\n\n" + sentence + "\n\n" + "Nobody came. " * 30))
    own = [t for t in after.tokens if t.sentence == 1]
    shift = own[0].i
    assert [(t.text, t.upos, t.head - shift, t.deprel) for t in own] == [
        (t.text, t.upos, t.head, t.deprel) for t in alone.tokens
    ]
    moved = [
        m._replace(first=m.first - shift, last=m.last - shift, head=m.head - shift) for m in after.mentions
    ]
    assert [m for m in moved if 0 <= m.first < len(own)] == list(alone.mentions)


@settings(max_examples=40)
@given(text=st.text(alphabet=st.characters(exclude_categories=()), max_size=120))
def test_any_text_is_read(reader: OnnxReader, text: str) -> None:
    check(reader.read(Document("d", text)))


MIXED = st.lists(
    st.sampled_from(
        [
            *("The Hill Front said it had freed Ana Sol . She left . They met him , nurses say “ No ” ?".split()),
            *("\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\t", "\xa0"),
            *("政府宣布停火。", "قالت الحكومة", "Правительство", "ကုလသမဂ္ဂ", "अमन", "𝔘𝔫", "👩‍🚀", "\ud800", "\u200b", "e\u0301"),
        ]
    ),
    max_size=60,
).map(" ".join)  # fmt: skip


@settings(max_examples=25)
@given(text=MIXED)
def test_newlines_and_scripts_of_all_kinds_are_read(paired: OnnxReader, text: str) -> None:
    check(paired.read(Document("d", text)))


@pytest.mark.parametrize(
    "text",
    ["", " \n\t ", "\x00", "\ud800\udfff", "👩‍🚀 👍🏽", "شنّت الجماعة هجوماً.", "x" * 5000, "é" * 400, "and then " * 4000,
     "a.b.c." * 300, '"' * 500, "\u200b\u200b \u00ad", "( [ { “", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 ① ½"],
)  # fmt: skip
def test_strange_texts_are_read(reader: OnnxReader, text: str) -> None:
    check(reader.read(Document("d", text)))


def endless(words: int) -> str:
    """So many words without a full stop and without a line end."""
    stock = (
        "the ferry crew of Zadar told nurses , guards and the mayor ; Ida Toure saw them , she said :".split()
    )
    return " ".join(stock[(i * i + i // 7) % len(stock)] for i in range(words))


@pytest.mark.parametrize("words", [5_000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_a_text_without_a_full_stop_is_read_with_true_offsets(reader: OnnxReader, words: int) -> None:
    text = endless(words)
    reading = reader.read(Document("d", text))
    check(reading)
    assert [t.text for t in reading.tokens] == text.split()
    assert max(s.last - s.first for s in reading.sentences) <= LONGEST


def test_words_that_are_split_already_stay_as_they_are(reader: OnnxReader) -> None:
    """No rule splits them anew, and no end inside of a sentence is looked for."""
    given = [["Ida", "Toure", "can't", "vote", "."], ["It", "rained", "she", "left"]]
    reading = reader.read_words(given)
    check(reading)
    assert [[t.text for t in reading.tokens[s.first : s.last]] for s in reading.sentences] == given


def test_pairs_are_read_on_request_and_change_nothing_else(reader: OnnxReader, paired: OnnxReader) -> None:
    document = Document("d", REPORT)
    without, having = reader.read(document), paired.read(document)
    assert without.pairs == () and having.pairs
    assert replace(having, pairs=()) == without
    check(having)


def test_every_sentence_has_a_vector_of_length_one(reader: OnnxReader) -> None:
    reading = reader.read(Document("d", REPORT))
    assert vectors(reading).shape == (len(reading.sentences), 384)
    assert np.allclose(np.linalg.norm(vectors(reading), axis=1), 1.0, atol=1e-3)
    assert vectors(reader.read(Document("d", " \n"))).shape == (0, 384)


@pytest.mark.parametrize(
    ("query", "nearest"),
    [
        ("soldiers shot at a village", 0),
        ("troops opened fire on houses", 0),
        ("food prices are going up", 1),
        ("the cost of bread", 1),
        ("the two presidents held talks", 2),
        ("diplomacy between the neighbouring states", 2),
    ],
)
def test_a_query_finds_the_sentence_that_means_the_same(reader: OnnxReader, query: str, nearest: int) -> None:
    text = (
        "Army units shelled the hamlet of Oro overnight.\n\nFlour and rice have become dearer in the markets again.\n\n"
        "The leaders of both countries met in Suva to discuss the border."
    )
    found = reader.vectors([query]) @ vectors(reader.read(Document("d", text))).T
    assert found.shape == (1, 3) and int(found.argmax()) == nearest


def test_a_query_has_the_same_vector_in_any_company_and_nought_without_a_word(reader: OnnxReader) -> None:
    asked = ["the price of bread", "", "who shelled Oro?", " \n", "bread"]
    together = reader.vectors(asked)
    assert [v.tobytes() for v in together] == [reader.vectors([text])[0].tobytes() for text in asked]
    lengths = np.linalg.norm(together, axis=1)
    assert np.allclose(lengths, [1, 0, 1, 0, 1], atol=1e-3)


def test_documents_are_drawn_as_they_are_needed(reader: OnnxReader) -> None:
    """A long run keeps no more than a window of text in memory."""
    drawn: list[int] = []

    def reports() -> Iterator[Document]:
        while True:
            drawn.append(1)
            yield Document(str(len(drawn)), "It rained. " + " " * 60_000)

    assert [r.document.id for r in islice(reader.read_all(reports()), 3)] == ["1", "2", "3"]
    assert len(drawn) < 10


def check(reading: Reading) -> None:
    """What holds for every reading: true offsets, one root in each sentence, no crossing mentions."""
    text, tokens = reading.document.text, reading.tokens
    assert all(text[t.start : t.end] == t.text and t.text for t in tokens)
    at = 0
    for token in tokens:
        assert not text[at : token.start].strip()
        at = token.end
    assert not text[at:].strip()
    assert [t.i for t in tokens] == list(range(len(tokens)))
    at = 0
    for number, sentence in enumerate(reading.sentences):
        assert sentence.first == at < sentence.last
        at = sentence.last
        own = tokens[sentence.first : sentence.last]
        assert [t.deprel for t in own if t.head == t.i] == ["root"]
        assert sum(t.deprel == "root" for t in own) == 1
        assert all(sentence.first <= t.head < sentence.last and t.sentence == number for t in own)
    assert at == len(tokens)
    spans = [(m.first, m.last) for m in reading.mentions]
    assert spans == sorted(spans, key=lambda s: (s[0], -s[1]))
    assert all(m.first <= m.head < m.last <= len(tokens) for m in reading.mentions)
    assert not any(a < c < b < d for a, b in spans for c, d in spans)
    for attribution in reading.attributions:
        ranges = (*attribution.source, *attribution.cue, *attribution.content)
        assert attribution.content and all(0 <= a < b <= len(tokens) for a, b in ranges)
    check_events(reading)
    check_links(reading)


def check_events(reading: Reading) -> None:
    """Triggers are words in order, each once; parties lie in a sentence; pairs are two mentions of one sentence."""
    tokens = reading.tokens
    words = [t.token for t in reading.triggers or ()]
    assert words == sorted(set(words)) and all(0 <= i < len(tokens) for i in words)
    assert all(t.type != "none" and LEAST <= t.score <= 1 for t in reading.triggers or ())
    for party in reading.parties:
        assert 0 <= party.first < party.last <= len(tokens) and 0 < party.score <= 1.0001
        assert tokens[party.first].sentence == tokens[party.last - 1].sentence
        assert party.role in ("source", "target", "related")
    ordered = [(p.actor, p.recipient) for p in reading.pairs]
    assert len(ordered) == len(set(ordered))
    for a, b in ordered:
        assert a != b and {a, b} <= set(range(len(reading.mentions)))
        first, second = sorted((reading.mentions[a], reading.mentions[b]))
        assert first.last <= second.first and tokens[first.first].sentence == tokens[second.first].sentence
    assert all(
        0 <= p.event_score + p.no_event <= 1.001
        and 0 <= p.tie_score <= 1.001
        and 0 <= p.no_tie <= 1.001  # the mean of two heads, type by type
        and p.event != "none" != p.tie
        for p in reading.pairs
    )


def check_links(reading: Reading) -> None:
    """Every link leads from a mention to an earlier one, and no mention has two; a reader that gives
    vectors gives one to every sentence."""
    later = [link.mention for link in reading.links]
    assert later == sorted(set(later))
    assert all(0 <= k.antecedent < k.mention < len(reading.mentions) for k in reading.links)
    assert all(0.5 <= k.score <= 1 for k in reading.links)
    if reading.vectors is not None:
        assert reading.vectors.shape == (len(reading.sentences), 384)
        assert np.isfinite(reading.vectors).all()


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ReaderError, match="no reader for language 'xx'"):
        load_reader("xx")
