"""Spans: half-open ranges of Unicode code points in a document's text, with the words they hold."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from saydo.model.document import Document
from saydo.model.errors import SpanError

Range = tuple[int, int]
"""``(start, end)``, half-open, in code points of the document's text."""


class Span(NamedTuple):
    """A range of one document and the exact words in it; make it with :func:`quote`."""

    document: str
    start: int
    end: int
    quote: str


def quote(document: Document, start: int, end: int) -> Span:
    """The span ``document.text[start:end]``; raises SpanError where the range lies outside the text."""
    if not 0 <= start < end <= len(document.text):
        raise SpanError(
            f"span {start}–{end} lies outside document {document.id!r} of {len(document.text)} characters"
        )
    return Span(document.id, start, end, document.text[start:end])


def tokens_in(starts: Sequence[int], spans: Iterable[Range]) -> frozenset[int]:
    """The tokens that begin within some spans; ``starts`` are where the tokens of the document begin."""
    found: set[int] = set()
    for a, b in spans:
        found.update(range(bisect_left(starts, a), bisect_left(starts, b)))
    return frozenset(found)


def overlap(a: Range, b: Range) -> bool:
    """Whether two half-open ranges share at least one character."""
    return a[0] < b[1] and b[0] < a[1]


def contains(outer: Range, inner: Range) -> bool:
    """Whether ``inner`` lies wholly in ``outer``."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]
