"""Indexes a dump of GeoNames (``allCountries.txt``, ``XX.txt``, either also as ``.zip``), for every village.

A dump has 19 columns a line, divided by tabs: geonameid, name, asciiname, alternatenames, latitude,
longitude, feature class, feature code, country code, cc2, admin1 to admin4 codes, population, elevation, dem,
timezone, modification date. Taken are populated places, administrative areas, waters, mountains, parks and
forests; buildings, roads and countries are not, nor what the built-in gazetteer has already. Lines are read
one at a time and sorted by SQLite on disk, so that memory does not grow with the dump.
"""

from __future__ import annotations

import io
import sqlite3
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, NamedTuple

from saydo.linking.gazetteer import FORMAT, Gazetteer, iso3_codes
from saydo.linking.gazetteer_names import is_latin, key
from saydo.model.errors import InputError

FIRST_ID = 1_000_000_000
"""Added to a geonameid to make the id of a place, apart from those of the built-in gazetteer."""
_COLUMNS = 19
_TOGETHER = 20_000
_LONGEST_LINE = 1_000_000
_KINDS = {"P": "city", "A": "district", "H": "water", "T": "region", "L": "region", "V": "region"}
_TABLES = f"""
pragma journal_mode = off;
pragma synchronous = off;
pragma user_version = {FORMAT};
create table place (id integer primary key, name text, kind text, lat real, lon real, country text,
  admin1 text, population integer, geonames_id integer);
create table edition (dump text);
create table name (key text, place integer, main integer, primary key (key, place)) without rowid;
attach database '' as draft;
create table draft.said (key text, place integer, main integer);
create table draft.area (country text, code text, name text, primary key (country, code)) without rowid;
"""
_FINISH = """
insert into name select key, place, max(main) from draft.said group by key, place order by key, place;
update place set admin1 = coalesce((select name from draft.area a
  where a.country = place.country and a.code = place.admin1), '');
"""


class Fault(NamedTuple):
    """A line that could not be taken: its number, from 1, and why."""

    line: int
    reason: str


class Built(NamedTuple):
    """What an index holds, and what a dump had that it does not."""

    places: int
    known: int
    """Lines of places that the built-in gazetteer has already."""
    faults: tuple[Fault, ...]
    """The first of the lines that could not be taken."""
    faulty: int
    """How many there were."""


class _Row(NamedTuple):
    id: int
    name: str
    others: tuple[str, ...]
    lat: float
    lon: float
    kind: str
    code: str
    country: str
    admin1: str
    population: int


def build(
    dump: Path, connection: sqlite3.Connection, known: Gazetteer, advance: Callable[[int, int], None]
) -> Built:
    """Index a dump into an empty database. ``advance`` is told of each stretch: lines, and bytes of the dump.

    Raises InputError where the dump cannot be read at all or holds no place.
    """
    connection.executescript(_TABLES)
    areas = known.areas_by_id()
    named: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    official: dict[tuple[str, str], str] = {}
    counts: Counter[str] = Counter()
    faults: list[Fault] = []
    digest = sha256()
    with _opened(dump) as lines:
        batch: list[_Row] = []
        size = 0
        for number, line in enumerate(_lines(lines), 1):
            size += len(line)
            digest.update(line)
            row = _row(line)
            if isinstance(row, str):
                counts["faulty"] += 1
                if len(faults) < 100:
                    faults.append(Fault(number, row))
            elif row is not None:
                if row.code == "ADM1":
                    official[row.country, row.admin1] = row.name
                if row.id in areas:
                    counts["known"] += 1
                    named[row.country, row.admin1][areas[row.id]] += 1
                else:
                    batch.append(row)
            if number % _TOGETHER == 0:
                counts["places"] += _write(connection, batch)
                batch.clear()
                advance(_TOGETHER, size)
                size = 0
        counts["places"] += _write(connection, batch)
        advance(0, size)
    if not counts["places"] and not counts["known"]:
        raise InputError(f"{dump}: {_no_place(faults)}")
    # The built-in names of areas, where its towns tell them: places of both then lie in the same area.
    official |= {code: names.most_common(1)[0][0] for code, names in named.items() if any(names)}
    rows = ((country, code, name) for (country, code), name in sorted(official.items()))
    connection.executemany("insert into draft.area values (?,?,?)", rows)
    connection.execute("insert into edition values (?)", (digest.hexdigest()[:12],))
    connection.executescript(_FINISH)
    connection.commit()
    return Built(counts["places"], counts["known"], tuple(faults), counts["faulty"])


def _no_place(faults: list[Fault]) -> str:
    why = f" (line {faults[0].line}: {faults[0].reason})" if faults else ""
    return f"no place in it{why}; give a dump of GeoNames such as allCountries.txt or KE.zip"


@contextmanager
def _opened(dump: Path) -> Iterator[BinaryIO]:
    """The lines of a dump, of the text file in it where it is an archive."""
    try:
        if not zipfile.is_zipfile(dump):
            with dump.open("rb") as lines:
                yield lines
            return
        with zipfile.ZipFile(dump) as archive:
            inside = [
                i for i in archive.infolist() if i.filename.endswith(".txt") and "readme" not in i.filename
            ]
            if not inside:
                raise InputError(f"{dump}: there is no .txt file in it; give a dump of GeoNames")
            with archive.open(max(inside, key=lambda i: i.file_size)) as packed:
                yield io.BufferedReader(packed)  # type: ignore[type-var]
    except (OSError, zipfile.BadZipFile, EOFError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(
            f"{dump}: cannot be read ({reason}); look at the path or download it anew"
        ) from error


def _lines(lines: BinaryIO) -> Iterator[bytes]:
    """Lines of a bounded length: what is no dump may have none at all."""
    while line := lines.readline(_LONGEST_LINE):
        yield line


def _row(line: bytes) -> _Row | str | None:
    """The place of a line; why it is none; or None where it is none that we want."""
    try:
        text = line.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError as error:
        return f"is not UTF-8 (byte {error.start})"
    if not text:
        return None
    cells = text.split("\t")
    if len(cells) != _COLUMNS:
        return f"has {len(cells)} columns, not {_COLUMNS}"
    if not cells[0].isdecimal():
        return f"its id {cells[0][:20]!r} is no number"
    kind = _kind(cells[6], cells[7])
    if kind is None:
        return None
    try:
        lat, lon, population = float(cells[4]), float(cells[5]), int(cells[14] or 0)
    except ValueError:
        return f"its position or population is no number ({cells[4][:20]}, {cells[5][:20]}, {cells[14][:20]})"
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return f"its position {lat}, {lon} is not on the earth"
    name = cells[2] if cells[2] and not is_latin(cells[1]) else cells[1]
    if not name:
        return "it has no name"
    others = tuple(n for n in (cells[1], cells[2], *cells[3].split(",")) if n and n != name and is_latin(n))
    country = iso3_codes().get(cells[8].lower(), "")
    return _Row(int(cells[0]), name, others, lat, lon, kind, cells[7], country, cells[10], population)


def _kind(feature_class: str, code: str) -> str | None:
    if feature_class == "P":
        return None if code in ("PPLH", "PPLQ", "PPLW", "PPLCH") else "city"
    if feature_class == "A":
        if code == "ADM1":
            return "admin1"
        return "district" if code in ("ADM2", "ADM3", "ADM4", "ADMD") else None
    return _KINDS.get(feature_class)


def _write(connection: sqlite3.Connection, rows: list[_Row]) -> int:
    """Writes places and their names; the number of places."""
    connection.executemany(
        "insert or replace into place values (?,?,?,?,?,?,?,?,?)",
        (
            (
                FIRST_ID + r.id,
                r.name,
                r.kind,
                round(r.lat, 4),
                round(r.lon, 4),
                r.country,
                r.admin1,
                r.population,
                r.id,
            )
            for r in rows
        ),
    )
    names = (
        (folded, FIRST_ID + row.id, int(name == row.name))
        for row in rows
        for name in (row.name, *row.others)
        if (folded := key(name))
    )
    connection.executemany("insert into draft.said values (?,?,?)", names)
    connection.commit()
    return len(rows)
