"""Where a case is: a folder that holds all of it, or a folder beside a case in a PostgreSQL database.

A case in a database has a folder on each machine that works on it, for what is that machine's own: the
report, material that waits to be run, stamps. A file in it names the database, without a password.
"""

from __future__ import annotations

import os
import re
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from saydo.model.errors import InputError, StoreError

POINTER = "postgresql.url"
"""The file in a case's folder that names its database."""
SCHEMA = "saydo"
"""The schema that holds a case where the address names none."""
_SCHEMES = ("postgresql", "postgres")
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_ALLOWED = frozenset(
    ("sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout", "host", "port", "service")
)
"""What else an address may say; everything that libpq has its own files or variables for is left to these."""


class Database(NamedTuple):
    """A case in PostgreSQL."""

    conninfo: str
    """What libpq is told; without a password."""
    schema: str
    url: str
    """To be shown, and kept in the folder; without a password."""


def is_address(text: str) -> bool:
    """Whether a case is named by an address of a database, and not by a folder."""
    return text.partition(":")[0] in _SCHEMES and text.partition(":")[2].startswith("//")


def parse(address: str) -> tuple[Database, str | None]:
    """The case that an address means, and the password in it. Raises InputError, never with the password."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise _wrong("it cannot be read") from None
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    schema = asked.pop("schema", SCHEMA)
    password = asked.pop("password", None) or (unquote(parts.password) if parts.password else None)
    if parts.fragment or not parts.path.strip("/"):
        raise _wrong("it names no database")
    if not _NAME.fullmatch(schema):
        raise _wrong(f"the schema {schema!r} is no name of small letters, digits and _")
    if odd := sorted(set(asked) - _ALLOWED):
        raise _wrong(f"it may not say {odd[0]!r}")
    user = f"{quote(unquote(parts.username), safe='')}@" if parts.username else ""
    host = parts.hostname or ""
    place = f"{user}{f'[{host}]' if ':' in host else host}{f':{port}' if port else ''}"
    plain = f"postgresql://{place}/{quote(unquote(parts.path.strip('/')), safe='')}"
    options = "&".join(f"{name}={quote(value, safe='/')}" for name, value in sorted(asked.items()))
    url = f"{plain}?schema={schema}{'&' if options else ''}{options}"
    return Database(f"{plain}{'?' if options else ''}{options}", schema, url), password


def _wrong(why: str) -> InputError:
    return InputError(
        f"this is no address of a case ({why}); write postgresql://USER@HOST/DATABASE?schema=NAME, and keep "
        "the password in ~/.pgpass or in PGPASSWORD"
    )


def case_folder(address: str) -> Path:
    """The folder of a case that is named by its address, made where there is none; a password in the address
    goes into the environment of this process, for it and its children, and nowhere else."""
    database, password = parse(address)
    if password is not None:
        if os.environ.setdefault("PGPASSWORD", password) != password:
            raise InputError(
                f"{database.url}: another password is in use already; keep passwords in ~/.pgpass instead"
            )
    named = re.sub(r"[^A-Za-z0-9]+", "-", database.conninfo.rpartition("/")[2].partition("?")[0])
    parts = urlsplit(database.url)
    told = f"{parts.hostname} {parts.port or ''} {parts.path} {database.url.partition('?')[2]}"
    folder = _cases() / f"{named}-{database.schema}-{sha256(told.encode()).hexdigest()[:8]}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        pointer = folder / POINTER
        if not pointer.is_file() or pointer.read_text(encoding="utf-8").strip() != database.url:
            part = pointer.with_name(f".{POINTER}.{os.getpid()}.part")
            part.write_text(database.url + "\n", encoding="utf-8")
            part.replace(pointer)
    except OSError as error:
        raise StoreError(
            f"{folder}: no folder for the case can be kept there ({error.strerror}); name another place for "
            "such folders in XDG_DATA_HOME"
        ) from None
    return folder


def _cases() -> Path:
    shared = os.environ.get("XDG_DATA_HOME")
    return (Path(shared) if shared else Path.home() / ".local" / "share") / "saydo" / "cases"


def database_of(folder: Path) -> Database | None:
    """The database that a folder names; None where the folder is the case. Raises StoreError."""
    try:
        text = (folder / POINTER).read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise StoreError(f"{folder / POINTER}: cannot be read ({error}); check its permissions") from None
    return parse(text.strip())[0]
