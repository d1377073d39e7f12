"""saydo as a component of spaCy pipelines: what it writes into a Doc."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest
import spacy
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from saydo.component.factory import Component, Settings
from saydo.model.errors import InputError, ReaderError
from saydo.model.records import Record

ROOT = Path(__file__).resolve().parents[2]
SCRIPTED = "component_reader:reader"
VOW = "The Seleka vowed that they would not shell Bossangoa."
DEED = "Seleka shelled Bossangoa."


def blank(**config: object) -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("saydo", config={"reader": SCRIPTED, **config})
    return nlp


def spans(doc: Doc, key: str) -> list[tuple[str, str]]:
    return [(span.text, span.label_) for span in doc.spans[key]]


def test_words_get_parts_of_speech_lemmas_and_trees() -> None:
    doc = blank()(DEED)
    assert [(t.text, t.pos_, t.lemma_, t.dep_, t.head.text) for t in doc] == [
        ("Seleka", "PROPN", "Seleka", "nsubj", "shelled"),
        ("shelled", "VERB", "shell", "ROOT", "shelled"),
        ("Bossangoa", "PROPN", "Bossangoa", "obj", "shelled"),
        (".", "PUNCT", ".", "punct", "shelled"),
    ]


def test_the_words_stay_those_of_the_pipelines_own_tokenizer() -> None:
    """A tokenizer that splits at spaces alone leaves the full stop on the name."""
    nlp = blank()
    nlp.tokenizer = spacy.tokenizer.Tokenizer(nlp.vocab)  # type: ignore[assignment]
    doc = nlp(DEED)
    assert [(t.text, t.dep_, t.head.text) for t in doc] == [
        ("Seleka", "nsubj", "shelled"), ("shelled", "ROOT", "shelled"), ("Bossangoa.", "obj", "shelled"),
    ]  # fmt: skip
    assert ("Bossangoa.", "place") in spans(doc, "saydo_mentions")


def test_sentences_are_those_of_the_reading() -> None:
    doc = blank()(f"{DEED}\n\n{VOW}")
    assert [sentence.text.strip() for sentence in doc.sents] == [DEED, VOW]


def test_named_mentions_are_entities_and_all_mentions_spans() -> None:
    doc = blank()(VOW)
    assert [(e.text, e.label_) for e in doc.ents] == [("The Seleka", "group"), ("Bossangoa", "place")]
    assert spans(doc, "saydo_mentions") == [
        ("The Seleka", "group"),
        ("they", "group"),
        ("Bossangoa", "place"),
    ]


def test_entities_that_the_doc_has_stay() -> None:
    nlp = blank()
    ruler = nlp.add_pipe("entity_ruler", before="saydo")
    ruler.add_patterns([{"label": "ARMED", "pattern": "Seleka"}])  # type: ignore[attr-defined]
    assert [(e.text, e.label_) for e in nlp(VOW).ents] == [("Seleka", "ARMED"), ("Bossangoa", "place")]


def test_attributions_are_spans_that_share_an_id() -> None:
    doc = blank()(VOW)
    assert spans(doc, "saydo_attribution") == [
        ("The Seleka", "source"), ("vowed", "cue"), ("that they would not shell Bossangoa", "content"),
    ]  # fmt: skip
    assert {span.id_ for span in doc.spans["saydo_attribution"]} == {"a0"}


def test_without_coding_there_is_no_record() -> None:
    doc = blank()(DEED)
    assert doc._.saydo is None and "saydo_events" not in doc.spans


def test_coding_gives_events_and_the_typed_record() -> None:
    doc = blank(coding=True)(f"{DEED}\n\n{VOW}")
    record = doc._.saydo
    assert isinstance(record, Record)
    assert spans(doc, "saydo_events") == [(doc.text[slice(*e.trigger)], e.type) for e in record.events]
    assert ("shelled", "ASSAULT") in spans(doc, "saydo_events")
    assert [s.kind for s in record.statements] == ["pledge"]
    assert [s.id_ for s in doc.spans["saydo_mentions"]] == [m.id for m in record.mentions]
    assert {s.kb_id_ for s in doc.spans["saydo_mentions"]} >= {m.actor for m in record.mentions if m.actor}


def test_the_date_comes_from_the_doc_or_else_the_configuration() -> None:
    nlp = blank(coding=True, date="2013-04-01")
    assert nlp(DEED)._.saydo.date == "2013-04-01"
    doc = nlp.make_doc(DEED)
    doc.user_data["date"] = "2014-01-10"
    assert nlp(doc)._.saydo.date == "2014-01-10"


def test_displacy_shows_what_was_found() -> None:
    doc = blank(coding=True)(VOW)
    shown = displacy.render(doc, style="span", options={"spans_key": "saydo_attribution"}, jupyter=False)
    assert all(label in shown for label in ("source", "cue", "content"))
    assert "group" in displacy.render(doc, style="ent", jupyter=False)
    events = displacy.render(
        blank(coding=True)(DEED), style="span", options={"spans_key": "saydo_events"}, jupyter=False
    )
    assert "ASSAULT" in events
    assert "nsubj" in displacy.render(doc, style="dep", jupyter=False)


def test_a_pipeline_is_the_same_after_writing_and_loading(tmp_path: Path) -> None:
    nlp = blank(coding=True)
    nlp.to_disk(tmp_path / "mine")
    again = spacy.load(tmp_path / "mine")
    assert again(VOW)._.saydo == nlp(VOW)._.saydo
    assert [t.dep_ for t in again(VOW)] == [t.dep_ for t in nlp(VOW)]


def test_docs_can_be_streamed_stored_and_sent() -> None:
    """In order, in other processes too, and with all that was found."""
    nlp = blank(coding=True)
    alone = [nlp(text) for text in (VOW, DEED, "", VOW)]
    for processes in (1, 2):
        piped = list(nlp.pipe((VOW, DEED, "", VOW), n_process=processes, batch_size=1))
        assert [doc._.saydo for doc in piped] == [doc._.saydo for doc in alone]
        assert [spans(doc, "saydo_events") for doc in piped] == [spans(doc, "saydo_events") for doc in alone]
    stored = DocBin(docs=alone, store_user_data=True).to_bytes()
    assert [d._.saydo for d in DocBin().from_bytes(stored).get_docs(nlp.vocab)] == [d._.saydo for d in alone]


def test_a_component_is_sent_by_its_settings() -> None:
    """The model itself could not be."""
    sent = pickle.loads(pickle.dumps(Component(Settings(SCRIPTED, True, None, None))))
    assert sent(spacy.blank("en").make_doc(DEED))._.saydo is not None


def test_the_reader_is_loaded_once_for_all_pipelines() -> None:
    one, other = (blank().get_pipe("saydo") for _ in range(2))
    assert one._reader is other._reader  # type: ignore[attr-defined]


def test_a_text_without_words_passes() -> None:
    nlp = blank(coding=True)
    for text in ("", "  \n"):
        doc = nlp(text)
        assert doc.ents == () and len(doc.spans["saydo_mentions"]) == 0


@pytest.mark.parametrize(
    ("config", "error"),
    [
        ({"reader": "xx"}, ReaderError),
        ({"reader": "spacy:en_nowhere"}, ReaderError),
        ({"date": "1 April"}, InputError),
        ({"date": "2013-04"}, InputError),
    ],
)
def test_a_wrong_configuration_is_told_when_the_component_is_added(
    config: dict[str, str], error: type[Exception]
) -> None:
    with pytest.raises(error):
        blank(**config)


def test_a_wrong_date_of_a_doc_is_told() -> None:
    nlp = blank()
    doc = nlp.make_doc(DEED)
    doc.user_data["date"] = "yesterday"
    with pytest.raises(InputError, match="write it as YYYY-MM-DD"):
        nlp(doc)


# --- with the reader that comes with saydo ----------------------------------------------------------


@pytest.mark.model
def test_the_packaged_reader_is_the_default() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("saydo", config={"coding": True, "date": "2018-07-02"})
    doc = nlp("According to the prefect, gunmen shelled the market of Diffa on Sunday, killing four traders.")
    assert ("shelled", "ASSAULT") in spans(doc, "saydo_events")
    assert ("the prefect", "source") in spans(doc, "saydo_attribution")
    assert doc._.saydo.coder.reader.startswith("onnx-en")
    assert doc._.saydo.events[0].time.from_ == "2018-07-01"


@pytest.mark.model
def test_the_snippets_of_the_guide_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One after the other, as a reader of the page would run them."""
    monkeypatch.chdir(tmp_path)
    page = (ROOT / "docs/guide/spacy.md").read_text(encoding="utf-8")
    snippets = re.findall(r"```python\n(.*?)```", page, re.S)
    assert snippets
    names: dict[str, object] = {}
    for snippet in snippets:
        exec(compile(snippet, "docs/guide/spacy.md", "exec"), names)
