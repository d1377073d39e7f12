"""A PostgreSQL server for tests: made when the first test asks for it, gone with the last, reached by nothing
but a socket in a folder of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from saydo.store.place import POINTER, parse

_NUMBERS = count(1)
_SETTINGS = (
    "listen_addresses=", "fsync=off", "full_page_writes=off", "synchronous_commit=off", "shared_buffers=64MB",
    "max_connections=90", "max_locks_per_transaction=256",
)  # fmt: skip


def programs() -> Path | None:
    """Where PostgreSQL's programs lie; Debian keeps them off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


class Server:
    """A running server with one database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def address(self, schema: str, database: str = "postgres") -> str:
        return f"postgresql://saydo@/{database}?schema={schema}&host={self.folder}"

    def execute(self, sql: str) -> None:
        import psycopg

        with psycopg.connect(host=str(self.folder), user="saydo", dbname="postgres", autocommit=True) as db:
            db.execute(sql)  # type: ignore[call-overload]

    def new_database(self, template: str = "template1") -> str:
        """Makes a database; gives its name."""
        name = f"own_{next(_NUMBERS)}"
        # what saydo keeps open between two uses
        self.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{template}'")
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return name

    def drop_database(self, name: str) -> None:
        self.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def new_schema(self) -> str:
        return f"case_{next(_NUMBERS)}"

    def beside(self, folder: Path, schema: str | None = None, database: str = "postgres") -> str:
        """Makes a folder one beside a case in a schema of its own; gives the name of that."""
        schema = schema or self.new_schema()
        folder.mkdir(parents=True, exist_ok=True)
        (folder / POINTER).write_text(self.address(schema, database) + "\n")
        return schema

    def copy_database(self, whole: Path, target: Path) -> None:
        """Puts a copy of one case, whose database holds nothing else, beside another folder."""
        database, _ = parse((whole / POINTER).read_text().strip())
        self.beside(target, database.schema, self.new_database(database_name(whole)))


def database_name(folder: Path) -> str:
    """The database that a folder names."""
    return (folder / POINTER).read_text().partition("?")[0].rpartition("/")[2]


def _roomy() -> str:
    """In memory where there is room: a schema is hundreds of small files."""
    memory = Path("/dev/shm")
    free = shutil.disk_usage(memory).free if os.access(memory, os.W_OK) else 0
    return str(memory) if free > 3 << 30 else "/tmp"


@contextmanager
def serving() -> Iterator[Server]:
    """Starts a server and stops it; skips the test that asked where PostgreSQL is not installed."""
    bin = programs()
    if bin is None:
        why = "PostgreSQL is not installed (Debian: apt-get install postgresql)"
        pytest.fail(why) if os.environ.get("CI") else pytest.skip(why)
    folder = Path(tempfile.mkdtemp(prefix="saydo-pg-", dir=_roomy()))
    # it refuses to run as root
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
    folder.chmod(0o711)

    def call(*command: str) -> None:
        done = subprocess.run(
            [str(bin / command[0]), *command[1:]], user=user, cwd=folder, check=False, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout

    data = str(folder / "data")
    try:
        call(
            "initdb", "-D", data, "-U", "saydo", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"
        )
        options = " ".join(f"-c {each}" for each in (*_SETTINGS, f"unix_socket_directories={folder}"))
        call("pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield Server(folder)
        finally:
            call("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
