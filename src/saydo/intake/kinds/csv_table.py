"""CSV: one document per row, the column ``text`` used exactly as given."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import BinaryIO

from saydo.intake.assemble import assemble
from saydo.intake.decode import encoding_of
from saydo.intake.frontmatter import facts_from, normal
from saydo.intake.results import Intaken, Skipped
from saydo.intake.sniff import CSV
from saydo.intake.source import Clean, Source
from saydo.intake.streams import Transcoded, buffered, lines, peek
from saydo.model.errors import InputError

_DELIMITERS = ",;\t|"


def read(stream: BinaryIO, source: Source) -> Iterator[Intaken | Skipped]:
    """The documents of a table. A row that cannot be read is skipped; the others are still read.

    The first row names the columns: ``text`` is required, the field names of JSONL are known, and any other
    column becomes metadata. Comma, semicolon, tab and bar are told apart by the first row.
    """
    head, stream = peek(stream)
    encoding = encoding_of(head) if head else "utf-8"
    if encoding != "utf-8":
        stream = buffered(Transcoded(stream, encoding))
    # The csv module's own bound is for the whole process and far below a long report; ours is applied per
    # text, so widening it here takes nothing from anyone.
    csv.field_size_limit(max(csv.field_size_limit(), source.limits.max_text * 4))
    tape = _Tape(stream, source)
    columns, delimiter, header = _columns(tape)
    rows = csv.reader(tape, delimiter=delimiter, strict=True)
    while True:
        begin = tape.line + 1
        try:
            row = next(rows)
            if row:
                yield _document(columns, row, header + tape.taken(), encoding, source.part(str(begin)))
        except StopIteration:
            return
        except csv.Error as err:
            yield Skipped(f"{source.origin}:{begin}", f"the row cannot be read ({err}); check its quotes")
        except InputError as err:
            yield Skipped(f"{source.origin}:{begin}", str(err))
        tape.taken()


class _Tape(Iterator[str]):
    """The lines of a table as text, keeping those of the row that is being read."""

    def __init__(self, stream: BinaryIO, source: Source) -> None:
        self._lines = lines(stream, source.limits.max_bytes)
        self._kept: list[str] = []
        self._size = 0
        self._most = source.limits.max_bytes
        self.line = 0

    def __next__(self) -> str:
        line = next(self._lines)
        self.line = line.number
        if line.data is None:
            raise InputError("the line is longer than the limit for one report; split it")
        try:
            text = line.data.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            raise InputError(f"line {line.number} is not UTF-8; save the file as UTF-8") from None
        text = text.removeprefix("\ufeff") if line.number == 1 else text
        self._kept.append(text)
        self._size += len(text)
        if self._size > self._most:
            raise InputError(f"the row is longer than {self._most:,} characters; check its quotes")
        return text

    def taken(self) -> str:
        """The lines since the last call."""
        text = "".join(self._kept)
        self._kept.clear()
        self._size = 0
        return text


def _columns(tape: _Tape) -> tuple[list[str], str, str]:
    """The columns' names, the delimiter, and the header line."""
    header = next(tape, "")
    for delimiter in _DELIMITERS:
        names = next(csv.reader([header], delimiter=delimiter), [])
        columns = [normal(name) for name in names]
        if "text" in columns:
            tape.taken()
            return columns, delimiter, header
    if not header.strip():
        raise InputError("is empty: it holds no rows")
    raise InputError('its first row names no column "text"; name the column that holds the reports')


def _document(columns: list[str], row: list[str], raw: str, encoding: str, source: Source) -> Intaken:
    values = dict(zip(columns, row, strict=False))
    if len(row) > len(columns):
        raise InputError(f"the row has {len(row)} cells under {len(columns)} columns; check its quotes")
    text = values.pop("text", "")
    pairs = [(key, value) for key, value in values.items() if value]
    original = raw.encode(encoding, "surrogatepass" if encoding.startswith("utf") else "strict")
    return assemble(Clean(text, facts_from(pairs)), original, CSV, source)
