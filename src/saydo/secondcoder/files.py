"""Tables of events as their projects publish them: which one a file is, and its rows, bad ones told."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

from saydo.model.compared import NAMES, BadRow, Format
from saydo.model.errors import InputError

csv.field_size_limit(1 << 24)
_FAR = 20
"""Lines that no row of a sound file spans."""
_NOTHING = frozenset(("", "none", "null", "na", "nan", "n/a"))
_SIGNS: Mapping[str, tuple[frozenset[str], ...]] = {
    name: tuple(frozenset(either.split("|")) for either in columns.split())
    for name, columns in (
        ("ucdp", "type_of_violence date_start side_a side_b"),
        ("polecat", "event_type event_mode actor_name recipient_name"),
        ("icews", "cameo_code source_name target_name event_date"),
        ("acled", "event_id_cnty|data_id event_type actor1 event_date"),
    )
}
"""Format → columns of which a file must have one each, whatever its release."""
UCDP_COLUMNS = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id "
    "conflict_name dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id "
    "side_b_new_id side_b number_of_sources source_article source_office source_date source_headline "
    "source_original where_prec where_coordinates where_description adm_1 adm_2 latitude longitude "
    "geom_wkt priogrid_gid country country_id region event_clarity date_prec date_start date_end deaths_a "
    "deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob "
).split()
"""Of GED; some monthly candidate files have been published without a head line."""


class Row:
    """A row by the names of its columns, in small letters and with ``_`` for blanks and dots."""

    def __init__(self, file: str, line: int, cells: Mapping[str, str]) -> None:
        self.file, self.line = file, line
        self._cells = cells

    def get(self, *names: str) -> str:
        """The first of these columns that is there and not empty; words for nothing are empty."""
        for name in names:
            value = " ".join(self._cells.get(name, "").split())
            if value.startswith("'") and value[1:2] in "=+-@":
                value = value[1:]  # the mark by which spreadsheets are kept from running a cell
            if value.lower() not in _NOTHING:
                return value
        return ""

    @property
    def where(self) -> str:
        return f"{self.file}:{self.line}"


class Source(NamedTuple):
    """A file that was recognised."""

    path: Path
    format: Format
    delimiter: str
    header: tuple[str, ...]
    headless: bool
    encoding: str


def recognise(path: Path, format: str | None = None) -> Source:
    """Which data set a file is from, by its columns; with ``format`` it must be that. Raises InputError."""
    if format is not None and format not in NAMES:
        raise InputError(f"no data set {format!r}: choose one of {', '.join(NAMES)}")
    encoding = _encoding(path)
    with _text(path, encoding) as lines:
        head = next((line for line in lines if line.strip()), "")
    if not head:
        raise InputError(f"{path} is empty")
    delimiter = max("\t,;", key=lambda mark: head.count(mark))
    cells = next(csv.reader([head], delimiter=delimiter))
    header = tuple(_plain(cell) for cell in cells)
    if _headless(cells):
        return Source(path, "ucdp", delimiter, tuple(UCDP_COLUMNS), True, encoding)
    for name in NAMES:
        if all(columns & set(header) for columns in _SIGNS[name]) and format in (None, name):
            return Source(path, name, delimiter, header, False, encoding)
    raise InputError(_unknown(path, header, format))


def _unknown(path: Path, header: tuple[str, ...], format: str | None) -> str:
    if "events" in header and "week" in header:
        return f"{path} has counts by week, no events; give a file with a row for each event"
    lacks = {name: [min(either) for either in _SIGNS[name] if not either & set(header)] for name in NAMES}
    whole = [NAMES[name] for name in NAMES if not lacks[name]]
    asked = [name for name in NAMES if name == format]
    name = asked[0] if asked else min(NAMES, key=lambda each: len(lacks[each]))
    is_other = f"; it is one of {' or '.join(whole)}" if whole else ""
    return f"{path} is no file of {NAMES[name]}: it lacks the columns {', '.join(lacks[name])}{is_other}"


def rows(source: Source, bad: list[BadRow]) -> Iterator[Row]:
    """The rows of a file, one at a time; those that cannot be split into its columns go to ``bad``."""
    name, width = source.path.name, len(source.header)
    with _text(source.path, source.encoding) as lines:
        started = source.headless
        for line, last, cells in _split(lines, source.delimiter, width):
            if isinstance(cells, str):
                bad.append(BadRow(name, line, f"cannot be read: {cells}"))
                continue
            if not any(cell.strip() for cell in cells):
                continue
            if not started:
                started = True
                continue
            if all(cell.startswith("#") or not cell for cell in cells):
                continue  # a line of HXL tags, as files from the Humanitarian Data Exchange have
            if len(cells) == width:
                yield Row(name, line, dict(zip(source.header, cells, strict=True)))
            else:
                far = f"; a quotation mark seems open down to line {last}" if last - line >= _FAR else ""
                bad.append(BadRow(name, line, f"has {len(cells)} cells, the head line has {width}{far}"))


def _split(lines: Iterator[str], delimiter: str, width: int) -> Iterator[tuple[int, int, list[str] | str]]:
    """``(first line, last line, cells or why there are none)``. Tab-separated files have no cell with a line
    break, but stray quotation marks: each of their lines is a row of its own, so that a mark cannot swallow
    what follows."""
    if delimiter != "\t":
        reader = csv.reader(lines, delimiter=delimiter)
        before = 0
        while True:
            cells: list[str] | str | None
            try:
                cells = next(reader, None)
            except csv.Error as error:
                cells = str(error)
            if cells is None:
                return
            yield before + 1, reader.line_num, cells
            before = reader.line_num
    for number, line in enumerate(lines, start=1):
        quoted = next(csv.reader([line.rstrip("\r\n")], delimiter="\t"), [])
        yield number, number, quoted if len(quoted) == width else line.rstrip("\r\n").split("\t")


def _plain(cell: str) -> str:
    return re.sub(r"[\W_]+", "_", cell.strip().lower()).strip("_")


def _headless(cells: list[str]) -> bool:
    kind = UCDP_COLUMNS.index("type_of_violence")
    return len(cells) == len(UCDP_COLUMNS) and cells[0].isdigit() and cells[kind] in ("1", "2", "3")


@contextmanager
def _bytes(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of a file, of one that is packed those inside."""
    try:
        with path.open("rb") as file:
            start = file.read(4)
            file.seek(0)
            if start[:2] == b"\x1f\x8b":
                with gzip.open(file) as unpacked:
                    yield unpacked  # type: ignore[misc]
            elif start == b"PK\x03\x04":
                with zipfile.ZipFile(file) as archive:
                    tables = [
                        n for n in archive.namelist() if n.lower().endswith((".csv", ".tsv", ".tab", ".txt"))
                    ]
                    if len(tables) != 1:
                        raise InputError(f"{path} holds {len(tables)} tables; unpack it and name one")
                    with archive.open(tables[0]) as inside:
                        yield inside
            else:
                yield file
    except (OSError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error) or "it breaks off"
        raise InputError(f"could not read {path}: {reason}") from error


def _encoding(path: Path) -> str:
    """UTF-8 where all of the file is, else Windows-1252, in which older releases come."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    with _bytes(path) as file:
        try:
            while block := file.read(1 << 20):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


@contextmanager
def _text(path: Path, encoding: str) -> Iterator[Iterator[str]]:
    with _bytes(path) as file:
        # five bytes mean nothing in Windows-1252; a mark stands for them, and the row is kept
        yield io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
