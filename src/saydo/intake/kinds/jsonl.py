"""JSONL: one document per line, its text used exactly as given."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from saydo.intake.assemble import assemble
from saydo.intake.decode import mark, wide
from saydo.intake.frontmatter import facts_from
from saydo.intake.results import Intaken, Skipped
from saydo.intake.sniff import JSONL
from saydo.intake.source import Clean, Source
from saydo.intake.streams import Line, Transcoded, buffered, lines, peek
from saydo.model.errors import InputError

_SHORT = 1_000_000
"""Bytes of a line that is parsed in place: a hundred million may hold more lists than there is memory for."""


def read(stream: BinaryIO, source: Source) -> Iterator[Intaken | Skipped]:
    """The documents of a JSONL stream. A line that cannot be read is skipped; the others are still read.

    ``text`` is required; ``id``, ``date``, ``title``, ``publisher``, ``url``, ``language`` and ``author`` are
    known; any further plain value becomes metadata; nested values stay in the original only.
    """
    head, stream = peek(stream)
    # JSONL is UTF-8 by definition; UTF-16 is what some shells make of it. Anything else is a broken line.
    marked = mark(head)
    encoding = marked[0] if marked else wide(head) or "utf-8"
    if encoding != "utf-8":
        stream = buffered(Transcoded(stream, encoding))
    found = False
    for line in lines(stream, source.limits.max_bytes):
        if line.data is not None and not line.data.strip(b" \t\r\n\xef\xbb\xbf"):
            continue
        found = True
        part = source.part(str(line.number))
        try:
            yield _document(line, encoding, part)
        except InputError as err:
            yield Skipped(part.origin, str(err))
    if not found:
        yield Skipped(source.origin, "is empty: it holds no JSON lines")


def _document(line: Line, encoding: str, source: Source) -> Intaken:
    if line.data is None:
        raise InputError(f"the line is longer than {source.limits.max_bytes:,} bytes; split its report")
    try:
        decoded = line.data.decode("utf-8", "surrogatepass").removeprefix("\ufeff").strip("\r\n")
    except UnicodeDecodeError as err:
        raise InputError(f"the line is not UTF-8 (byte {err.start + 1}); save the file as UTF-8") from None
    original = line.data.rstrip(b"\r\n") if encoding == "utf-8" else decoded.encode(encoding, "surrogatepass")
    if source.parser is not None and len(line.data) > _SHORT:
        clean = source.parser.read(JSONL, decoded.encode("utf-8", "surrogatepass"), source)
    else:
        clean = _clean(decoded)
    return assemble(clean, original, JSONL, source)


def parsed(data: bytes, source: Source) -> Clean:
    """What stands in one line; raises InputError where it is no document."""
    return _clean(data.decode("utf-8", "surrogatepass"))


def _clean(decoded: str) -> Clean:
    try:
        record = json.loads(decoded)
    except json.JSONDecodeError as err:
        raise InputError(f"the line is broken JSON ({err.msg} at character {err.pos + 1})") from None
    except (RecursionError, ValueError) as err:
        raise InputError(f"the line is JSON that cannot be read ({type(err).__name__})") from None
    if not isinstance(record, dict):
        raise InputError('the line is no JSON object; write {"text": "…"}')
    text = record.pop("text", None)
    if not isinstance(text, str):
        raise InputError('the line has no "text" that is a string')
    if isinstance(record.get("id"), bool | float | list | dict):
        raise InputError('the "id" must be a string')
    pairs = [(key, _plain(value)) for key, value in record.items() if isinstance(value, str | int | float)]
    return Clean(text, facts_from(pairs))


def _plain(value: str | float) -> str:
    return value if isinstance(value, str) else json.dumps(value)
