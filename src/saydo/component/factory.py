"""The component ``saydo`` for spaCy pipelines: reads each Doc's text and writes what it finds into the Doc.

This module is imported by spaCy alone, when a pipeline asks for the component, so it may import spaCy at
once.
"""

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from spacy.attrs import DEP, HEAD, LEMMA, POS
from spacy.language import Language
from spacy.tokens import Doc, Span

from saydo import desk
from saydo.component.projection import Word, project
from saydo.desk.coder import Coder
from saydo.model.document import Document, text_sha256
from saydo.model.errors import CodingError, InputError
from saydo.model.reading import Reader, Reading, TokenRange
from saydo.model.records import Record

MENTIONS, ATTRIBUTION, EVENTS = "saydo_mentions", "saydo_attribution", "saydo_events"
"""The span groups that the component writes."""
DATE = "date"
"""Where ``doc.user_data`` may hold the publication date of its text."""
_RECORD = "saydo"


class Settings(NamedTuple):
    """The component's configuration, as it stands in ``config.cfg``."""

    reader: str
    """As for ``saydo code --reader``."""
    coding: bool
    """Whether actors are resolved and events, ties and statements coded as well."""
    date: str | None
    """Publication date (``YYYY-MM-DD``) of texts that come without one."""
    codebook: str | None
    """Folder of entries that extend or replace the codebook's."""


# No annotations as strings in this module: spaCy checks the configuration against the real types.
@Language.factory(
    "saydo",
    assigns=[
        "token.pos", "token.lemma", "token.dep", "token.head", "token.is_sent_start", "doc.sents", "doc.ents",
        "doc.spans", "doc._.saydo",
    ],
    default_config={"reader": "en", "coding": False, "date": None, "codebook": None},
)  # fmt: skip
def create(
    nlp: Language, name: str, reader: str, coding: bool, date: str | None, codebook: str | None
) -> "Component":
    """The component for a pipeline. Raises ReaderError, CodebookError or InputError at once where its
    configuration asks for what is not there."""
    return Component(Settings(reader, coding, date, codebook))


class Component:
    """Writes a reading, and with ``coding`` a record, into each Doc; its words stay as they are."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        _checked(settings.date)
        self._reader, self._codebook = _loaded(settings.reader, settings.codebook)
        self._coder = Coder(self._reader, self._codebook, desk.corridor()) if settings.coding else None
        if not Doc.has_extension(_RECORD):
            Doc.set_extension(_RECORD, getter=record_of)

    def __reduce__(self) -> tuple[Any, ...]:
        # The loaded model cannot be sent to another process; its name can.
        return Component, (self._settings,)

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with its annotation. Raises ReaderError or CodingError where a text cannot be read or
        coded; pipelines handle that as their error handler says."""
        date = doc.user_data.get(DATE) or self._settings.date
        document = Document(id=text_sha256(doc.text), text=doc.text, date=_checked(date))
        reading = self._reader.read(document)
        record = self._coder.record(document, reading) if self._coder else None
        _annotate(doc, reading)
        mentions = _mentions(doc, reading, record)
        doc.spans[MENTIONS] = [span for span, _ in mentions]
        doc.set_ents(_not_overlapping(doc, [span for span, named in mentions if named]))
        doc.spans[ATTRIBUTION] = _attributions(doc, reading)
        if record is not None:
            doc.spans[EVENTS] = [
                _span(doc, *event.trigger, label=event.type, span_id=event.id) for event in record.events
            ]
            # As text, so that the Doc can still be written to disk and sent to other processes.
            doc.user_data[_RECORD] = record.model_dump_json(by_alias=True)
        return doc


def record_of(doc: Doc) -> Record | None:
    """What ``doc._.saydo`` gives: the record of a Doc that was coded, None for any other."""
    told = doc.user_data.get(_RECORD)
    return None if told is None else Record.model_validate_json(told)


@cache
def _loaded(reader: str, codebook: str | None) -> tuple[Reader, desk.Codebook]:
    """Reader and codebook, loaded once for the whole process: pipelines share them."""
    book = desk.load_codebook(Path(codebook) if codebook else None)
    return desk.load_reader(reader, codebook=book), book


def _checked(date: object) -> str | None:
    """A whole ISO date, or None for none. Raises InputError for anything else."""
    if date is None or date == "":
        return None
    told = str(date)
    if len(told) != 10 or desk.bound(told, last=False) != told:
        raise InputError(f"{told!r} is no date; write it as YYYY-MM-DD, such as 2019-05-09")
    return told


def _annotate(doc: Doc, reading: Reading) -> None:
    """Parts of speech, lemmas, trees and, through these, sentences."""
    import numpy

    words = [Word(token.idx, token.idx + len(token), token.text) for token in doc]
    given = project(words, reading)
    if given is None:
        return
    add = doc.vocab.strings.add
    told = [[add(a.upos), add(a.lemma), a.head - i, add(a.deprel)] for i, a in enumerate(given)]
    # spaCy takes distances to heads, which may be negative, in an array of unsigned numbers.
    rows: Any = numpy.array([[value % 2**64 for value in row] for row in told], dtype=numpy.uint64)
    doc.from_array([POS, LEMMA, HEAD, DEP], rows)


def _mentions(doc: Doc, reading: Reading, record: Record | None) -> list[tuple[Span, bool]]:
    """All mentions, and whether each is named: the record's with their ids and actors, else the reading's."""
    if record is not None:
        return [
            (_span(doc, m.start, m.end, label=m.type, span_id=m.id, kb_id=m.actor or ""), m.named)
            for m in record.mentions
        ]
    return [
        (_span(doc, *_offsets(reading, (m.first, m.last)), label=m.type), m.named) for m in reading.mentions
    ]


def _attributions(doc: Doc, reading: Reading) -> list[Span]:
    """Spans labelled source, cue and content; those of one attribution share an id."""
    return [
        _span(doc, *_offsets(reading, words), label=label, span_id=f"a{number}")
        for number, attribution in enumerate(reading.attributions)
        for label in ("source", "cue", "content")
        for words in getattr(attribution, label)
    ]


def _not_overlapping(doc: Doc, named: list[Span]) -> list[Span]:
    """The entities that the Doc has, and of the named mentions those that fit between, longer ones first."""
    kept = list(doc.ents)
    taken = {i for span in kept for i in range(span.start, span.end)}
    for span in sorted(named, key=lambda s: (s.start - s.end, s.start)):
        if taken.isdisjoint(range(span.start, span.end)):
            kept.append(span)
            taken.update(range(span.start, span.end))
    return sorted(kept, key=lambda s: s.start)


def _offsets(reading: Reading, words: TokenRange) -> tuple[int, int]:
    return reading.tokens[words[0]].start, reading.tokens[words[1] - 1].end


def _span(doc: Doc, start: int, end: int, label: str, span_id: str = "", kb_id: str = "") -> Span:
    """The words that hold the characters ``[start, end)``, wholly or in part."""
    span: Span | None = doc.char_span(
        start, end, label=label, kb_id=kb_id, span_id=span_id, alignment_mode="expand"
    )
    if span is None:
        raise CodingError(f"no words stand at {start}–{end} of a text with {len(doc.text)} characters")
    return span
