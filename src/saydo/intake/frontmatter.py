"""What a text file says of itself before its text begins: a ``---`` block or leading ``Key: value`` lines."""

from __future__ import annotations

import re
from collections.abc import Iterable

from saydo.intake.source import Facts

_FIELDS = {
    "id": "id",
    "title": "title",
    "headline": "title",
    "author": "author",
    "authors": "author",
    "by": "author",
    "byline": "author",
    "date": "date",
    "published": "date",
    "publication date": "date",
    "date published": "date",
    "publisher": "publisher",
    "outlet": "publisher",
    "publication": "publisher",
    "site name": "publisher",
    "url": "url",
    "link": "url",
    "permalink": "url",
    "language": "language",
    "lang": "language",
}
_NOTED = frozenset(
    ("source", "fiction", "section", "place", "translator", "translated from", "note", "licence", "license")
)
"""Further keys that make a leading line a header line; they become metadata."""

_LINE = re.compile(r"(?P<key>[A-Za-z][A-Za-z _-]{0,29}):(?:[ \t]+(?P<value>.*))?$")
_MAX_VALUE = 500
_MAX_LINES = 80


def split(text: str) -> tuple[Facts, str]:
    """The facts before the text, and the text exactly as it follows them.

    A ``---`` block counts only if it is closed and every line in it is ``key: value``, a list item, a
    continuation or a comment. Without a block, leading lines count while their key is a known one; so a
    text that begins with ``Osh: a city divided`` keeps its first line.
    """
    found = _block(text) or _lines(text)
    if found is None:
        return Facts(), text
    pairs, end = found
    return facts_from(pairs), text[end:].lstrip("\r\n")


def facts_from(pairs: Iterable[tuple[str, str]]) -> Facts:
    """Facts from key-value pairs; the first of two values of a field wins, unknown keys become metadata.

    A ``source`` stands in for a publisher where none is named.
    """
    known: dict[str, str] = {}
    extra: list[tuple[str, str]] = []
    for key, value in pairs:
        name = _FIELDS.get(normal(key))
        if name is None:
            extra.append((normal(key).replace(" ", "_"), value))
        elif value:
            known.setdefault(name, value)
    if "publisher" not in known:
        source = next((value for key, value in extra if key == "source" and value), None)
        if source and not source.startswith(("http://", "https://")):
            known["publisher"] = source
    return Facts(**known, extra=tuple(extra))


def is_known(key: str) -> bool:
    """Whether a key names a fact that intake looks for."""
    return normal(key) in _FIELDS or normal(key) in _NOTED


def normal(key: str) -> str:
    """A key in lower case with single spaces: ``Publication_Date`` → ``publication date``."""
    return re.sub(r"[\s_-]+", " ", key).strip().casefold()


def _rows(text: str) -> Iterable[tuple[str, int]]:
    """Lines without their ends, each with the offset after it; bounded, for headers are short."""
    offset = 0
    for _ in range(_MAX_LINES):
        if offset >= len(text):
            return
        end = text.find("\n", offset)
        end = len(text) if end < 0 else end + 1
        yield text[offset:end].rstrip("\r\n"), end
        offset = end


def _block(text: str) -> tuple[list[tuple[str, str]], int] | None:
    pairs: list[tuple[str, str]] = []
    for number, (line, end) in enumerate(_rows(text)):
        bare = line.strip()
        if number == 0:
            if bare != "---":
                return None
        elif bare in ("---", "..."):
            return (pairs, end) if pairs else None
        elif (match := _LINE.match(line)) is not None:
            pairs.append((match["key"], _unquoted((match["value"] or "").strip())))
        elif bare and pairs and (line[0] in " \t" or bare.startswith("- ")):
            key, value = pairs[-1]
            item = _unquoted(bare.removeprefix("- ").strip())
            comma = ", " if bare.startswith("- ") else " "
            pairs[-1] = (key, f"{value}{comma}{item}" if value else item)
        elif bare and not bare.startswith("#"):
            return None
    return None


def _lines(text: str) -> tuple[list[tuple[str, str]], int] | None:
    pairs: list[tuple[str, str]] = []
    after = 0
    for line, end in _rows(text):
        match = _LINE.match(line)
        if match is None or not is_known(match["key"]) or len(match["value"] or "") > _MAX_VALUE:
            # The header must be set off by a blank line, or it is the beginning of the prose.
            return (pairs, after) if pairs and not line.strip() else None
        pairs.append((match["key"], _unquoted((match["value"] or "").strip())))
        after = end
    return (pairs, after) if pairs and after >= len(text) else None


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
