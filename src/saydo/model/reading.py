"""What a reader makes of a document: words, sentences, trees, mentions, attributions.

All indices are into ``Reading.tokens`` unless a field says that it holds character offsets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from saydo.model.document import Document

TokenRange = tuple[int, int]
"""``(first, last)``, half-open, in tokens of the document."""

MENTION_TYPES = (
    "person", "group", "government", "military", "organisation", "igo", "media", "place",
    "nationality", "weapon", "platform", "money", "quantity",
)  # fmt: skip


class Token(NamedTuple):
    """One word. ``start`` and ``end`` are character offsets; ``head`` is the index of the governing token
    in the document (the root of a sentence has its own index as head)."""

    i: int
    start: int
    end: int
    text: str
    lemma: str
    """Lower-case lemma, except that proper nouns keep their case."""
    upos: str
    head: int
    deprel: str
    """Universal Dependencies relation with its subtype: ``nsubj:pass``, ``acl:relcl``, ``obl``."""
    sentence: int
    """Index into ``Reading.sentences``."""


class Sentence(NamedTuple):
    """A sentence: character offsets, and its tokens ``[first, last)``."""

    start: int
    end: int
    first: int
    last: int
    paragraph: int
    """Number of the paragraph (block of text between blank lines or line ends) it stands in."""


class ReadMention(NamedTuple):
    """An entity mention as the reader found it: tokens ``[first, last)``, its head token, its type."""

    first: int
    last: int
    head: int
    type: str
    named: bool
    score: float


class Attribution(NamedTuple):
    """Somebody's words: who (source), by which cue, what (content); each a tuple of token ranges.

    Source may be empty (none expressed); content ranges may be discontinuous and cross sentences.
    """

    source: tuple[TokenRange, ...]
    cue: tuple[TokenRange, ...]
    content: tuple[TokenRange, ...]
    score: float


class Trigger(NamedTuple):
    """A word that may tell of an event: its likeliest PLOVER type, realis and polarity as the network sees
    them, and the probability that it tells of any event at all."""

    token: int
    type: str
    realis: str
    polarity: str
    score: float


class Party(NamedTuple):
    """Tokens ``[first, last)`` that the reader takes for one who acts (``source``), is acted upon
    (``target``) or has another part (``related``) in what its sentence tells."""

    first: int
    last: int
    role: str
    score: float


class Link(NamedTuple):
    """A mention and the nearest earlier mention of the same one, as indices into ``Reading.mentions``."""

    mention: int
    antecedent: int
    score: float


class PairReading(NamedTuple):
    """Two mentions of a sentence, as indices into ``Reading.mentions``: the likeliest of what the first may
    do to the second, and of how the first may be tied to the second, each with its probability and that of
    nothing of the kind."""

    actor: int
    recipient: int
    event: str
    event_score: float
    no_event: float
    tie: str
    tie_score: float
    no_tie: float


@dataclass(frozen=True, slots=True)
class Reading:
    """A document and everything the reader saw in it."""

    document: Document
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    mentions: tuple[ReadMention, ...]
    """In order of first token; they do not overlap, except that one may lie wholly inside another."""
    attributions: tuple[Attribution, ...]
    reader: str
    """Name and version of the reader, e.g. ``onnx-en 0.1 (3fa9c1d2)``."""
    triggers: tuple[Trigger, ...] | None = None
    """Words that may tell of events, in order; None where the reader does not look for them."""
    parties: tuple[Party, ...] = ()
    links: tuple[Link, ...] = ()
    pairs: tuple[PairReading, ...] = ()
    """Empty unless the reader was asked to look at pairs: that takes a further pass over each of them."""
    vectors: NDArray[np.float32] | None = field(default=None, compare=False, repr=False)
    """``[sentence, 384]``: sentences as vectors of length 1, alike where their meaning is; None where the
    reader has none."""
    looks: NDArray[np.float32] | None = field(default=None, compare=False, repr=False)
    """``[token, 3]``: how much each word looks, in its sentence, like one that tells an event that holds,
    like one who does it and like one to whom it is done, in log odds; None where the reader does not tell."""


class Reader(Protocol):
    """Turns documents into readings. The same document always gives the same reading, whatever it is
    batched with."""

    @property
    def version(self) -> str: ...

    def read(self, document: Document) -> Reading: ...

    def read_all(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """Readings in the order of the documents, which are drawn lazily."""
        ...
