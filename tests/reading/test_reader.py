"""The reader with the model that comes with the package, on sentences of our own."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saydo.model.document import Document
from saydo.model.errors import ReaderError
from saydo.model.reading import Reading, TokenRange
from saydo.reading import OnnxReader, load_reader

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


def quotes(reading: Reading, ranges: tuple[TokenRange, ...]) -> list[str]:
    text, tokens = reading.document.text, reading.tokens
    return [text[tokens[a].start : tokens[b - 1].end] for a, b in ranges]


def test_a_simple_sentence_is_parsed(reader: OnnxReader) -> None:
    tokens = reader.read(Document("d", "The rebels attacked the town.")).tokens
    assert [t.upos for t in tokens] == ["DET", "NOUN", "VERB", "DET", "NOUN", "PUNCT"]
    assert [t.head for t in tokens] == [1, 2, 2, 4, 2, 2]
    assert [t.deprel for t in tokens] == ["det", "nsubj", "root", "det", "obj", "punct"]
    assert [t.lemma for t in tokens] == ["the", "rebel", "attack", "the", "town", "."]


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
    assert list(reader.read_all(documents)) == alone
    assert list(load_reader().read_all(reversed(documents))) == alone[::-1]


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


@settings(deadline=None, max_examples=40)
@given(text=st.text(alphabet=st.characters(exclude_categories=()), max_size=120))
def test_any_text_is_read(reader: OnnxReader, text: str) -> None:
    check(reader.read(Document("d", text)))


@pytest.mark.parametrize(
    "text",
    ["", " \n\t ", "\x00", "\ud800\udfff", "👩‍🚀 👍🏽", "شنّت الجماعة هجوماً.", "x" * 5000, "é" * 400, "and then " * 4000,
     "a.b.c." * 300, '"' * 500, "\u200b\u200b \u00ad", "( [ { “", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 ① ½"],
)  # fmt: skip
def test_strange_texts_are_read(reader: OnnxReader, text: str) -> None:
    check(reader.read(Document("d", text)))


def check(reading: Reading) -> None:
    """What holds for every reading: true offsets, one root in each sentence, no crossing mentions."""
    text, tokens = reading.document.text, reading.tokens
    assert all(text[t.start : t.end] == t.text and t.text for t in tokens)
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


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ReaderError, match="no reader for language 'xx'"):
        load_reader("xx")
