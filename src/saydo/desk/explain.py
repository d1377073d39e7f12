"""How a text was read, and why each finding was, or was not, coded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from saydo.codebook.entries import Codebook
from saydo.desk.coder import Coder
from saydo.desk.corridor import Corridor, corridor
from saydo.model.document import Document, text_sha256
from saydo.model.errors import InputError
from saydo.model.linked import LinkedReading
from saydo.model.reading import Reader, TokenRange
from saydo.model.records import Record


@dataclass(frozen=True, slots=True)
class Explanation:
    """The reading with what was linked in it, and the record that was coded from it.

    The record is the very one that ``saydo code`` writes for the same text: it comes from the same code.
    """

    linked: LinkedReading
    record: Record

    def words(self, span: TokenRange) -> str:
        """The text of a range of tokens."""
        tokens = self.linked.reading.tokens
        return self.linked.reading.document.text[tokens[span[0]].start : tokens[span[1] - 1].end]

    def as_json(self) -> dict[str, Any]:
        """Everything as plain values: sentences with their words, mentions with reasons, the record."""
        reading = self.linked.reading
        return {
            "reader": reading.reader,
            "sentences": [
                {
                    "start": sentence.start,
                    "end": sentence.end,
                    "tokens": [token._asdict() for token in reading.tokens[sentence.first : sentence.last]],
                }
                for sentence in reading.sentences
            ],
            "mentions": [
                {"id": m.id, "words": self.words((m.first, m.last)), "type": m.type, "named": m.named,
                 "actor": m.actor, "reason": m.reason}
                for m in self.linked.mentions
            ],
            "attributions": [
                {
                    "source": [self.words(span) for span in attribution.source],
                    "cue": [self.words(span) for span in attribution.cue],
                    "content": [self.words(span) for span in attribution.content],
                    "score": attribution.score,
                }
                for attribution in reading.attributions
            ],
            "record": self.record.model_dump(mode="json"),
        }  # fmt: skip


def explain(
    text: str, reader: Reader, codebook: Codebook, *, date: str | None = None, rooms: Corridor | None = None
) -> Explanation:
    """Reads, links and codes one text. Errors are raised, not listed.

    Raises InputError for a text without a word in it.
    """
    if not text.strip():
        raise InputError("the text is empty; give a sentence to explain")
    document = Document(id=text_sha256(text), text=text, date=date)
    coder = Coder(reader, codebook, rooms or corridor(), strict=True)
    reading = reader.read(document)
    linked = (rooms or corridor()).link(reading, codebook)
    return Explanation(linked, coder.record(document, reading))
