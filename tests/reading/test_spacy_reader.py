"""Readings made from spaCy pipelines."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy_tables import pipeline, saved
from test_reader import check

from saydo.model.document import Document
from saydo.model.errors import ReaderError
from saydo.model.reading import Reading, TokenRange
from saydo.reading.spacy_reader import SpacyReader, load_pipeline

STORM = """
Governor NNP 3 compound
Lena NNP 3 compound
Ruiz NNP 4 nsubj
said VBD 0 ROOT
rebels NNS 7 nsubj
had VBD 7 aux
fired VBN 4 ccomp
rockets NNS 7 dobj
at IN 7 prep
Tarma NNP 9 pobj
. . 4 punct
"""
QUIET = """
She PRP 3 nsubjpass
was VBD 3 auxpass
wounded VBN 0 ROOT
by IN 3 agent
soldiers NNS 4 pobj
. . 3 punct
"""
UNIVERSAL = """
Envoys NNS 2 nsubj
met VBD 0 root
in IN 4 case
Doha NNP 2 obl
. . 2 punct
"""
NAMES = {
    "Lena Ruiz": "PERSON",
    "Tarma": "GPE",
    "Doha": "GPE",
    "River Police": "ORG",
    "Dutch": "NORP",
    "Friday": "DATE",
}
TEXT = "Governor Lena Ruiz said rebels had fired rockets at Tarma. She was wounded by soldiers."


@pytest.fixture(scope="module")
def reader() -> SpacyReader:
    return SpacyReader(pipeline(STORM, QUIET, names=NAMES))


def read(reader: SpacyReader, text: str) -> Reading:
    reading = reader.read(Document("d", text))
    check(reading)
    return reading


def quotes(reading: Reading, ranges: tuple[TokenRange, ...]) -> list[str]:
    text, tokens = reading.document.text, reading.tokens
    return [text[tokens[a].start : tokens[b - 1].end] for a, b in ranges]


def test_a_clearnlp_tree_is_read_as_universal_dependencies(reader: SpacyReader) -> None:
    """Tags of Penn become universal ones, lemmas are ours where the pipeline has none."""
    first, second = read(reader, TEXT).sentences
    tokens = read(reader, TEXT).tokens
    told = [(t.text, t.lemma, t.upos, t.deprel, tokens[t.head].text) for t in tokens]
    assert told[first.first : first.last] == [
        ("Governor", "Governor", "PROPN", "nmod:desc", "Lena"),
        ("Lena", "Lena", "PROPN", "nsubj", "said"),
        ("Ruiz", "Ruiz", "PROPN", "flat", "Lena"),
        ("said", "say", "VERB", "root", "said"),
        ("rebels", "rebel", "NOUN", "nsubj", "fired"),
        ("had", "have", "AUX", "aux", "fired"),
        ("fired", "fire", "VERB", "ccomp", "said"),
        ("rockets", "rocket", "NOUN", "obj", "fired"),
        ("at", "at", "ADP", "case", "Tarma"),
        ("Tarma", "Tarma", "PROPN", "obl", "fired"),
        (".", ".", "PUNCT", "punct", "said"),
    ]
    assert [row[3] for row in told[second.first : second.last]] == [
        "nsubj:pass", "aux:pass", "root", "case", "obl:agent", "punct",
    ]  # fmt: skip


def test_a_tree_with_universal_labels_stays_as_it_is() -> None:
    tokens = read(SpacyReader(pipeline(UNIVERSAL)), "Envoys met in Doha.").tokens
    assert [(t.deprel, t.head) for t in tokens] == [
        ("nsubj", 1), ("root", 1), ("case", 3), ("obl", 1), ("punct", 1),
    ]  # fmt: skip


def test_names_nouns_and_pronouns_are_mentions(reader: SpacyReader) -> None:
    reading = read(reader, TEXT)
    found = [(*quotes(reading, ((m.first, m.last),)), m.type, m.named) for m in reading.mentions]
    assert found == [
        ("Governor Lena Ruiz", "person", True),
        ("rebels", "group", False),
        ("rockets", "weapon", False),
        ("Tarma", "place", True),
        ("She", "person", False),
        ("soldiers", "military", False),
    ]


def test_what_is_reported_is_an_attribution(reader: SpacyReader) -> None:
    reading = read(reader, TEXT)
    (found,) = reading.attributions
    assert quotes(reading, found.source) == ["Governor Lena Ruiz"]
    assert quotes(reading, found.cue) == ["said"]
    assert quotes(reading, found.content) == ["rebels had fired rockets at Tarma"]


def test_labels_say_the_type_and_words_the_kind_of_an_organisation() -> None:
    """A date is no mention."""
    table = "Dutch JJ 3 amod\nRiver NNP 3 compound\nPolice NNP 0 ROOT\nFriday NNP 3 npadvmod"
    reading = read(SpacyReader(pipeline(table, names=NAMES)), "Dutch River Police Friday")
    found = [(*quotes(reading, ((m.first, m.last),)), m.type) for m in reading.mentions]
    assert found == [("Dutch", "nationality"), ("River Police", "government")]


def test_attributions_that_the_pipeline_gives_are_taken() -> None:
    """Spans of one id belong together, whatever lies between them."""

    @Language.component("saydo_test_spans")
    def spans(doc: spacy.tokens.Doc) -> spacy.tokens.Doc:
        told = [(0, 3, "source"), (3, 4, "cue"), (4, 10, "content")]
        doc.spans["attribution"] = [
            spacy.tokens.Span(doc, a, b, label=label, span_id="x") for a, b, label in told
        ]
        return doc

    nlp = pipeline(STORM)
    nlp.add_pipe("saydo_test_spans")
    reading = read(SpacyReader(nlp), "Governor Lena Ruiz said rebels had fired rockets at Tarma.")
    (found,) = reading.attributions
    assert (found.source, found.cue, found.content, found.score) == (((0, 3),), ((3, 4),), ((4, 10),), 1.0)


def test_white_space_is_no_word_and_moves_no_head(reader: SpacyReader) -> None:
    plain, spaced = read(reader, TEXT), read(reader, "  " + TEXT.replace("said ", "said \t\n   "))
    assert [t.text for t in spaced.tokens] == [t.text for t in plain.tokens]
    own = [t for t in spaced.tokens if t.text == "Lena"]
    assert spaced.document.text[own[0].start : own[0].end] == "Lena"


def test_no_sentence_crosses_a_paragraph(reader: SpacyReader) -> None:
    """Even where the tree does: the part that is cut off hangs on its own root."""
    reading = read(reader, "Governor Lena Ruiz said\n\nrebels had fired rockets at Tarma.")
    assert [s.paragraph for s in reading.sentences] == [0, 1]
    assert [t.text for t in reading.tokens if t.head == t.i] == ["said", "fired"]


def test_without_sentences_of_its_own_the_pipelines_text_is_split_by_rule() -> None:
    @Language.component("saydo_test_heads", assigns=["token.dep", "token.head", "token.pos"])
    def heads(doc: spacy.tokens.Doc) -> spacy.tokens.Doc:
        for token in doc:
            token.pos_, token.dep_ = "NOUN", "dep"
        return doc

    nlp = spacy.blank("en")
    nlp.add_pipe("saydo_test_heads")
    reading = read(SpacyReader(nlp), "Rain fell on Gen. Diaz. Snow followed.")
    assert quotes(reading, tuple((s.first, s.last) for s in reading.sentences)) == [
        "Rain fell on Gen. Diaz.", "Snow followed.",
    ]  # fmt: skip


def test_a_name_that_was_merged_is_several_words() -> None:
    nlp = pipeline(STORM, names=NAMES)
    nlp.add_pipe("merge_entities")
    tokens = read(SpacyReader(nlp), "Governor Lena Ruiz said rebels had fired rockets at Tarma.").tokens
    assert [(t.text, t.deprel, t.head) for t in tokens[1:3]] == [("Lena", "nsubj", 3), ("Ruiz", "flat", 1)]


def test_a_document_reads_the_same_in_any_company(reader: SpacyReader) -> None:
    documents = [Document(str(n), text) for n, text in enumerate([TEXT, "Yes.", "", "Rain. " * 30, TEXT])]
    alone = [reader.read(document) for document in documents]
    assert list(reader.read_all(documents)) == alone
    again = SpacyReader(pipeline(STORM, QUIET, names=NAMES))
    assert list(again.read_all(reversed(documents))) == alone[::-1]


def test_documents_are_drawn_as_they_are_needed(reader: SpacyReader) -> None:
    drawn: list[int] = []

    def endless() -> Iterator[Document]:
        while True:
            drawn.append(1)
            yield Document(str(len(drawn)), "Yes.")

    readings = reader.read_all(endless())
    assert [next(readings).document.id for _ in range(3)] == ["1", "2", "3"]
    assert len(drawn) < 10


ODD = st.text(alphabet=st.characters(exclude_categories=()), max_size=80) | st.lists(
    st.sampled_from(
        [
            *("Lena Ruiz said rebels fired . “ ” don't U.N. 5 % — KABUL".split()), "\r\n", "\n\n", "\r", "\u2028",
            "\x85", "\x00", "\ud800", "\u200b", "\u200d", "\u00ad", "👩‍🚀", "قالت", "政府", "ÀÉ", "e\u0301", "\t", "  ",
            "Governor Lena Ruiz said rebels had fired rockets at Tarma.",
        ]
    ),
    max_size=30,
).map(" ".join)  # fmt: skip


@given(text=ODD)
def test_offsets_are_exact_in_any_text(reader: SpacyReader, text: str) -> None:
    """Every word is where it says it is, and nothing but white space is left out."""
    reading = read(reader, text)
    at = 0
    for token in reading.tokens:
        assert text[at : token.start].strip() == "" and not any(c.isspace() for c in token.text)
        at = token.end
    assert text[at:].strip() == ""


def test_the_version_names_pipeline_and_spacy_and_tells_configurations_apart(tmp_path: Path) -> None:
    """A case codes anew when it changes."""
    one, other = (SpacyReader(pipeline(STORM, names=n)).version for n in ({"Ama": "PERSON"}, NAMES))
    assert one.startswith("spacy:en_pipeline 0.0.0 (")
    assert one.endswith(f", spaCy {spacy.about.__version__})")
    assert SpacyReader(pipeline(STORM)).version != SpacyReader(pipeline(QUIET)).version
    assert load_pipeline(str(saved(tmp_path / "p", STORM))).version == SpacyReader(pipeline(STORM)).version
    assert one != other


@pytest.mark.parametrize(
    ("pipes", "missing"),
    [([], "no parser"), (["sentencizer"], "no parser"), (["parser"], "no tagger"), (["tagger"], "no parser")],
)
def test_a_pipeline_that_lacks_a_component_is_refused(pipes: list[str], missing: str) -> None:
    nlp = spacy.blank("en")
    for pipe in pipes:
        nlp.add_pipe(pipe)
    with pytest.raises(ReaderError, match=missing) as told:
        SpacyReader(nlp)
    assert "\n" not in str(told.value) and "en_core_web_sm" in str(told.value)


def test_what_a_silent_component_did_not_give_is_missed_when_reading() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("saydo_test_silent")
    with pytest.raises(ReaderError, match="it has no parser"):
        SpacyReader(nlp).read(Document("d", "Geese flew."))


def test_relations_of_another_scheme_are_refused() -> None:
    strange = SpacyReader(pipeline("Gänse NNS 2 sb\nfliegen VBP 0 ROOT"))
    with pytest.raises(
        ReaderError, match=r"neither those of ClearNLP nor of Universal Dependencies .*\bsb\b"
    ):
        strange.read(Document("d", "Gänse fliegen"))


def test_a_text_that_is_too_long_is_refused_by_itself(reader: SpacyReader) -> None:
    nlp = pipeline(STORM)
    nlp.max_length = 20
    with pytest.raises(ReaderError, match="the text has 21 characters and en_pipeline takes 20"):
        SpacyReader(nlp).read(Document("d", "x" * 21))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("en_nowhere", "python -m spacy download en_nowhere"),
        ("", "name a spaCy pipeline"),
        ("{folder}", "cannot be read"),
    ],
)
def test_a_pipeline_that_is_not_there_is_told_in_one_line(name: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match=told) as error:
        load_pipeline(name.format(folder=tmp_path))
    assert "\n" not in str(error.value)
