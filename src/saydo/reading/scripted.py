"""A reader that reads what it was told: readings written by hand, for tests that need no model.

One text, one script. A script is CoNLL-U cut down to what a reading holds::

    # columns: number, word, lemma, part of speech, head, relation
    1  The      the      DET    2  det
    2  Taliban  Taliban  PROPN  3  nsubj
    3  said     say      VERB   0  root
    4  it       it       PRON   5  nsubj
    5  won      win      VERB   3  ccomp
    # mention 1-2 group named
    # attribution source=1-2 cue=3 content=4-5

A blank line ends a sentence, ``# newpar`` before a sentence begins a paragraph. Word numbers are counted
from 1 in their sentence; ``2:4-7`` are words 4 to 7 of sentence 2. Of an attribution ``source`` may be
left out, and each of its parts may be several ranges with commas between them. A mention's head may be
given as ``head=2``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from saydo.model.document import Document
from saydo.model.errors import ReaderError
from saydo.model.reading import (
    MENTION_TYPES,
    Attribution,
    Reading,
    ReadMention,
    Sentence,
    Token,
    TokenRange,
)


class ScriptedReader:
    """Gives the reading that was written for a document's text, and refuses any other text."""

    def __init__(self, scripts: Mapping[str, str], version: str = "scripted 1") -> None:
        self._scripts = dict(scripts)
        self._version = version

    @property
    def version(self) -> str:
        return self._version

    def read(self, document: Document) -> Reading:
        script = self._scripts.get(document.text)
        if script is None:
            raise ReaderError(f"no script was written for document {document.id!r}: {document.text[:60]!r}")
        return scripted_reading(document, script, self._version)

    def read_all(self, documents: Iterable[Document]) -> Iterator[Reading]:
        for document in documents:
            yield self.read(document)


def scripted_reading(document: Document, script: str, version: str = "scripted 1") -> Reading:
    """The reading that a script tells for a document."""
    parts = _Script(document)
    for line in [*script.splitlines(), ""]:
        parts.line(line.strip())
    parts.finish()
    return Reading(
        document=document,
        tokens=tuple(parts.tokens),
        sentences=tuple(parts.sentences),
        mentions=tuple(sorted(parts.mentions, key=lambda m: (m.first, -m.last))),
        attributions=tuple(parts.attributions),
        reader=version,
    )


class _Script:
    """A script as it is taken in, line by line."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._at = 0
        self._first = 0
        self._paragraph = 0
        self._remarks: list[tuple[int, list[str]]] = []
        self.tokens: list[Token] = []
        self.sentences: list[Sentence] = []
        self.mentions: list[ReadMention] = []
        self.attributions: list[Attribution] = []

    def line(self, line: str) -> None:
        if not line:
            self._end_sentence()
        elif line.startswith("#"):
            self._remark(line[1:].split())
        else:
            self._word(line.split())

    def _remark(self, words: list[str]) -> None:
        if words[:1] == ["newpar"]:
            self._end_sentence()
            self._paragraph += bool(self.sentences)
        elif words[:1] in (["mention"], ["attribution"]):
            self._remarks.append((len(self.sentences), words))

    def _word(self, columns: list[str]) -> None:
        if len(columns) != 6 or not (columns[0].isdigit() and columns[4].isdigit()):
            raise ReaderError(f"a word's line needs number, word, lemma, upos, head, relation: {columns}")
        number, word, lemma, upos, head, deprel = columns
        start = self._text.find(word, self._at)
        if start < 0:
            raise ReaderError(
                f"the word {word!r} does not follow in the text at {self._text[self._at :][:40]!r}"
            )
        self._at = start + len(word)
        index = len(self.tokens)
        if int(number) != index - self._first + 1:
            raise ReaderError(f"word {word!r} should have number {index - self._first + 1}, not {number}")
        governor = index if head == "0" else self._first + int(head) - 1
        self.tokens.append(
            Token(index, start, self._at, word, lemma, upos, governor, deprel, len(self.sentences))
        )

    def _end_sentence(self) -> None:
        if len(self.tokens) == self._first:
            return
        words = self.tokens[self._first :]
        self.sentences.append(
            Sentence(words[0].start, words[-1].end, self._first, len(self.tokens), self._paragraph)
        )
        self._first = len(self.tokens)

    def finish(self) -> None:
        """Mentions and attributions, once all sentences they may point to are there."""
        for sentence, (kind, *words) in self._remarks:
            if kind == "mention":
                self.mentions.append(self._mention(sentence, words))
            else:
                told = dict(word.split("=", 1) for word in words)
                roles = [self._ranges(sentence, told.get(role, "")) for role in ("source", "cue", "content")]
                source, cue, content = roles
                self.attributions.append(Attribution(source, cue, content, 1.0))

    def _mention(self, sentence: int, words: list[str]) -> ReadMention:
        where, kind, *rest = words
        if kind not in MENTION_TYPES:
            raise ReaderError(f"{kind!r} is no type of mention")
        ((first, last),) = self._ranges(sentence, where)
        given = next((word[5:] for word in rest if word.startswith("head=")), None)
        head = self._ranges(sentence, given)[0][0] if given else self._head(first, last)
        return ReadMention(first, last, head, kind, "named" in rest, 1.0)

    def _head(self, first: int, last: int) -> int:
        """The word whose own head lies outside the span."""
        return next(t.i for t in self.tokens[first:last] if not first <= t.head < last or t.head == t.i)

    def _ranges(self, sentence: int, told: str) -> tuple[TokenRange, ...]:
        found: list[TokenRange] = []
        for part in filter(None, told.split(",")):
            where, _, words = part.rpartition(":")
            base = self.sentences[int(where) - 1 if where else sentence].first
            first, _, last = words.partition("-")
            found.append((base + int(first) - 1, base + int(last or first)))
        return tuple(found)
