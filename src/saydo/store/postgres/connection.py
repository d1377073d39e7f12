"""A connection to PostgreSQL that answers as SQLite's do: the store's modules are written against that."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from itertools import count, groupby
from typing import Any, Literal

import psycopg
from psycopg import errors
from psycopg.abc import Buffer
from psycopg.adapt import AdaptersMap, Dumper, Loader
from psycopg.types.string import StrDumperUnknown

from saydo.model.errors import CaseBusy, StoreError
from saydo.store.columns import COLUMNS, Row
from saydo.store.place import Database
from saydo.store.postgres.speech import postgres

WAIT_SECONDS = 30
"""How long to wait for the writes of others before giving up."""
_ESCAPE, _NUL, _ITSELF = "\ufdd0", "\ufdd00", "\ufdd01"
"""PostgreSQL's text cannot hold U+0000: a noncharacter of Unicode stands for it, and is itself doubled."""
IDLE_SECONDS = 60.0
MOST_IDLE = 16
"""Connections kept for a case by one process."""
Lock = Literal["run", "write"]
_Raw = psycopg.Connection[tuple[Any, ...]]
_Kind = tuple[int, Database, bool]


class _Text(StrDumperUnknown):
    def dump(self, obj: str) -> Buffer | None:
        if _ESCAPE in obj or "\x00" in obj:
            obj = obj.replace(_ESCAPE, _ITSELF).replace("\x00", _NUL)
        return super().dump(obj)


class _TextBack(Loader):
    def load(self, data: Buffer) -> str:
        text = bytes(data).decode()
        return text.replace(_NUL, "\x00").replace(_ITSELF, _ESCAPE) if _ESCAPE in text else text


class _Truth(Dumper):
    """Truth is a number in the columns of a case."""

    oid = psycopg.adapters.types["int2"].oid

    def dump(self, obj: bool) -> Buffer | None:
        return b"1" if obj else b"0"


class _TruthBack(Loader):
    def load(self, data: Buffer) -> int:
        return int(bytes(data) == b"t")


class _NumberBack(Loader):
    """A sum of whole numbers is one."""

    def load(self, data: Buffer) -> int | float:
        text = bytes(data).decode()
        return int(text) if text.lstrip("-").isdigit() else float(text)


def _register(adapters: AdaptersMap) -> None:
    adapters.register_dumper(str, _Text)
    adapters.register_dumper(bool, _Truth)
    for name in ("text", "varchar", "name", "json", 705):  # 705: of no known type
        adapters.register_loader(name, _TextBack)
    adapters.register_loader("bool", _TruthBack)
    adapters.register_loader("numeric", _NumberBack)


class Connection:
    """One connection to the schema of a case. Every error is a StoreError with a line for a person."""

    def __init__(self, database: Database, *, writing: bool) -> None:
        self.database = database
        self._kind = (os.getpid(), database, writing)
        with told(database):
            self._raw = _idle.take(self._kind) or _connect(database, writing)

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return self._raw.info.transaction_status not in (
            psycopg.pq.TransactionStatus.IDLE, psycopg.pq.TransactionStatus.UNKNOWN,
        )  # fmt: skip

    def execute(self, sql: str, values: Sequence[Any] = ()) -> psycopg.Cursor[tuple[Any, ...]]:
        """Runs a statement in the store's SQL; the answer is read as one of SQLite's is. A step that writes
        waits its turn: one at a time writes to a case, so that its log has one end. What only
        reads sees one moment."""
        with told(self.database):
            if sql == "BEGIN IMMEDIATE":
                self._raw.execute(f"BEGIN; SELECT pg_advisory_xact_lock({self.lock_key('write')})")
                return self._raw.cursor()
            if sql == "BEGIN":
                return self._raw.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            return self._raw.execute(postgres(sql), tuple(values))

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Runs a statement for each of some rows, sent together."""
        many = list(rows)
        if many:
            with told(self.database):
                self._raw.cursor().executemany(postgres(sql), many)

    def raw(self, sql: str) -> psycopg.Cursor[tuple[Any, ...]]:
        """Runs PostgreSQL's own SQL, several statements at once if need be."""
        with told(self.database):
            return self._raw.execute(sql)

    def load(self, rows: Iterable[Row]) -> None:
        """Writes rows by COPY, those of one table that stand together at once."""
        for table, some in groupby(rows, key=lambda row: row.table):
            names = COLUMNS.get(table)
            listed = f" ({', '.join(map(_quoted, names))})" if names else ""
            self.copy(f"{_quoted(table)}{listed}", (row.values for row in some))

    def copy(self, target: str, rows: Iterable[Sequence[Any]]) -> None:
        """Writes rows into a table (with its columns) by COPY."""
        with told(self.database), self._raw.cursor() as cursor:
            with cursor.copy(f"COPY {target} FROM STDIN") as out:
                for row in rows:
                    out.write_row(row)

    def each(self, sql: str, values: Sequence[Any] = (), at_once: int = 500) -> Iterator[tuple[Any, ...]]:
        """The rows of a question, some hundreds read at once; within a transaction."""
        with told(self.database), self._raw.cursor(name=f"each_{next(_NAMES)}") as cursor:
            cursor.itersize = at_once
            cursor.execute(postgres(sql), tuple(values))
            yield from cursor

    def lock_key(self, what: Lock) -> int:
        """The number of an advisory lock on this case."""
        named = f"saydo {what} {self.database.schema}"
        return int.from_bytes(sha256(named.encode()).digest()[:8], "big", signed=True)

    def close(self) -> None:
        """Lets go of the connection and of every lock it holds."""
        raw = self._raw
        if raw.closed or self.in_transaction:
            raw.close()
            return
        try:
            raw.execute("SELECT pg_advisory_unlock_all()")
        except psycopg.Error:
            raw.close()
        else:
            _idle.keep(self._kind, raw)


class _Idle:
    """Connections that nobody uses just now: a new one costs PostgreSQL a process, which learns the tables of
    a case anew. Few are kept, and not for long."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[_Kind, list[tuple[float, _Raw]]] = {}

    def take(self, kind: _Kind) -> _Raw | None:
        """One that still answers; None where there is none."""
        while True:
            with self._lock:
                held = self._held.get(kind)
                if not held:
                    return None
                since, raw = held.pop()
            if time.monotonic() - since < IDLE_SECONDS:
                try:
                    raw.execute("SELECT 1")
                    return raw
                except psycopg.Error:
                    pass  # the server went away meanwhile, or took it away
            raw.close()

    def keep(self, kind: _Kind, raw: _Raw) -> None:
        """Keeps one, if there are not many already; lets go of those that were long not used."""
        now = time.monotonic()
        with self._lock:
            gone = [raw for some in self._held.values() for since, raw in some if now - since >= IDLE_SECONDS]
            for some in self._held.values():
                some[:] = [each for each in some if now - each[0] < IDLE_SECONDS]
            held = self._held.setdefault(kind, [])
            if len(held) < MOST_IDLE:
                held.append((now, raw))
            else:
                gone.append(raw)
        for each in gone:
            each.close()


_idle = _Idle()


def _connect(database: Database, writing: bool) -> _Raw:
    raw = psycopg.connect(
        database.conninfo, autocommit=True, application_name="saydo", cursor_factory=psycopg.RawCursor
    )
    _register(raw.adapters)
    raw.execute(
        f'SET search_path = "{database.schema}", pg_catalog, public; '
        f"SET lock_timeout = '{WAIT_SECONDS}s'; SET client_min_messages = warning"
        f"{'' if writing else '; SET default_transaction_read_only = on'}"
    )
    return raw


_NAMES = count()


def _quoted(name: str) -> str:
    return f'"{name}"'


@contextmanager
def told(database: Database) -> Iterator[None]:
    """Raises StoreError in place of any error of PostgreSQL."""
    try:
        yield
    except psycopg.Error as error:
        raise _line(database, error) from None


class NoTable(StoreError):
    """What was asked of a table that is not there."""


def _line(database: Database, error: psycopg.Error) -> StoreError:
    where = f"case {database.url}"
    text = " ".join((error.diag.message_primary or str(error)).split())
    if password := os.environ.get("PGPASSWORD"):
        text = text.replace(password, "…")
    if isinstance(error, errors.LockNotAvailable | errors.QueryCanceled | errors.DeadlockDetected):
        return CaseBusy(f"{where}: others are writing to it; nothing was written: do the same again")
    if isinstance(error, errors.UndefinedTable):
        return NoTable(f"{where}: {text}; is there a case? make one with: saydo run INPUT… --case …")
    if isinstance(error, errors.DiskFull):
        return StoreError(
            f"{where}: the disk of its server is full; free some space and run the same command again: "
            "nothing that was written is lost and it goes on where it stopped"
        )
    if isinstance(error, errors.ReadOnlySqlTransaction | errors.InsufficientPrivilege):
        return StoreError(f"{where}: it cannot be written here ({text}); ask who keeps the database")
    if isinstance(error, errors.AdminShutdown | errors.CrashShutdown) or (
        isinstance(error, psycopg.OperationalError) and error.sqlstate is None
    ):
        return StoreError(
            f"{where}: its server cannot be reached or does not let you in ({text}); check the address, the "
            "password in ~/.pgpass or PGPASSWORD, and that the server is up: what was written is kept"
        )
    return StoreError(f"{where}: {text}; run again, and if that does not help, report this line")
