"""Record ids inside an explanation: ``(r1/s0, r1/e0)``, written so that they can be read back out of it."""

from __future__ import annotations

import re
from collections.abc import Iterable

Ref = tuple[str, str]
"""``(document id, record id)``: one finding of one report."""

_ID = re.compile(r"[^\s(),;]+/[a-z]+\d+")
_ESCAPED = re.compile(r"[\s(),;%]")
_UNESCAPE = re.compile(r"%([0-9a-f]{2,6})\.")


def cite(refs: Iterable[Ref]) -> str:
    """Record ids in parentheses with a blank before, each once, in order; empty for none."""
    listed = list(dict.fromkeys(f"{_escape(document)}/{id}" for document, id in refs))
    return f" ({', '.join(listed)})" if listed else ""


def cited(explanation: str) -> tuple[Ref, ...]:
    """The record ids that an explanation rests on, in order, each once."""
    found: list[Ref] = []
    for inside in re.findall(r"\(([^()]*)\)", explanation):
        for token in _ID.findall(inside):
            document, _, id = token.rpartition("/")
            found.append((_UNESCAPE.sub(lambda m: chr(int(m.group(1), 16)), document), id))
    return tuple(dict.fromkeys(found))


def plain(text: str) -> str:
    """Words from a report as an explanation can hold them: no parentheses, no line breaks."""
    return " ".join(text.replace("(", "[").replace(")", "]").split())


def quoted(words: str, limit: int = 160) -> str:
    """Words from a report in quotation marks, cut at a word where they are many."""
    whole = plain(words)
    if len(whole) > limit:
        whole = whole[:limit].rpartition(" ")[0] + " …"
    return f"“{whole}”"


def _escape(document: str) -> str:
    return _ESCAPED.sub(lambda m: f"%{ord(m.group()):02x}.", document)
