"""A case as one file, and back: a zip of a copy of the database, every original, and their digests."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import IO, Any, NamedTuple
from zipfile import ZIP_DEFLATED, BadZipFile, LargeZipFile, ZipFile

from saydo import __version__
from saydo.desk.case import at_work, open_case, shown
from saydo.desk.files import whole_bytes
from saydo.desk.inbox import INBOX
from saydo.desk.integrity import STAMPS, case_head
from saydo.desk.progress import Progress, Silent
from saydo.desk.run import REPORT, now
from saydo.model.audit import Head, canonical
from saydo.model.errors import CaseBusy, InputError, StoreError
from saydo.store.connect import DATABASE
from saydo.store.copying import copy
from saydo.store.place import database_of
from saydo.store.verify import copy_database

MANIFEST = "manifest.json"
FORMAT = "saydo case 1"
_PARTS = ("sources", INBOX, STAMPS, REPORT)
"""What a case holds beside its database."""
_CHUNK = 1 << 20
_MOST_MANIFEST = 1 << 30


class Backup(NamedTuple):
    """What a backup holds."""

    head: Head
    files: int
    bytes: int
    """Unpacked."""


def back_up(case: Path, output: Path, progress: Progress | None = None) -> Backup:
    """Writes a case into one file. Raises CaseBusy while a run is at work on it, StoreError where an
    original is not what it was."""
    if output.resolve().is_relative_to(case.resolve()):
        raise InputError(f"{output} lies inside of the case; choose a place outside of it")
    if at_work(case):
        raise CaseBusy(f"case {case}: a run is at work on it; back it up when that has ended")
    if database_of(case) is not None:
        # as a folder, which any machine can restore
        with TemporaryDirectory(dir=output.parent, prefix=".saydo-") as place:
            folder = Path(place) / case.name
            copy(case, folder)
            copy_files(case, folder)
            return back_up(folder, output, progress)
    open_case(case).close()  # brings an older case up to date, so that it has a log
    progress = progress or Silent()
    progress.begin("backing up")
    listed: dict[str, dict[str, Any]] = {}
    with TemporaryDirectory(dir=output.parent, prefix=".saydo-") as place, whole_bytes(output) as out:
        copied = Path(place) / DATABASE
        head, originals = copy_database(case, copied)
        with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=3) as archive:
            for name, path in ((DATABASE, copied), *_files(case)):
                listed[name] = _put(archive, name, path)
                progress.advance(1, 0, int(listed[name]["bytes"]))
                if name.startswith("sources/") and path.name != listed[name]["sha256"]:
                    raise StoreError(
                        f"case {case}: {name} was changed since it was taken in; see saydo verify, and put "
                        "back a copy before backing it up"
                    )
            if missing := originals - {Path(name).name for name in listed if name.startswith("sources/")}:
                raise StoreError(
                    f"case {case}: {len(missing)} originals are missing; see saydo verify, and put back "
                    "copies before backing it up"
                )
            told = {
                "format": FORMAT, "case": case.resolve().name, "made": now(), "saydo": __version__,
                "entry": head.number, "sha256": head.hash, "files": listed,
            }  # fmt: skip
            archive.writestr(MANIFEST, canonical(told))
    return Backup(head, len(listed), sum(int(each["bytes"]) for each in listed.values()))


def _files(case: Path, parts: tuple[str, ...] = _PARTS) -> Iterator[tuple[str, Path]]:
    """Everything that belongs to a case beside its database; links and half-written files do not."""
    for part in parts:
        top = case / part
        if top.is_file() and not top.is_symlink():
            yield part, top
        for here, folders, files in os.walk(top):
            folders.sort()
            for name in sorted(files):
                path = Path(here, name)
                if path.is_file() and not path.is_symlink() and path.suffix != ".part":
                    yield path.relative_to(case).as_posix(), path


def files_beside(case: Path) -> Iterator[tuple[str, Path]]:
    """What lies in a case's folder beside database and originals, by its name there."""
    return _files(case, (INBOX, STAMPS, REPORT))


def copy_files(case: Path, target: Path) -> None:
    """Copies what lies beside database and originals. Raises OSError."""
    for name, path in files_beside(case):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target / name)


def _put(archive: ZipFile, name: str, path: Path) -> dict[str, Any]:
    found, size = hashlib.sha256(), 0
    with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as out:
        while chunk := source.read(_CHUNK):
            found.update(chunk)
            size += len(chunk)
            out.write(chunk)
    return {"sha256": found.hexdigest(), "bytes": size}


def restore(backup: Path, case: Path, progress: Progress | None = None) -> Backup:
    """Makes a case of a backup, in a folder that is not there yet or empty. Everything is checked against
    the manifest; where anything differs, no case is made. Raises InputError."""
    if database_of(case) is not None:
        raise InputError(
            "a backup is restored into a folder; restore it into one, and then: saydo case copy FOLDER "
            f"{shown(case)}"
        )
    if case.exists() and (not case.is_dir() or any(case.iterdir())):
        raise InputError(f"{case} is there already; restore into a folder that is not")
    progress = progress or Silent()
    with _readable(backup), ZipFile(backup) as archive:
        told = _manifest(archive, backup)
        files: dict[str, dict[str, Any]] = told["files"]
        free = shutil.disk_usage(_standing(case)).free
        if (size := sum(each["bytes"] for each in files.values())) > free:
            raise InputError(
                f"{backup} unpacks to {size:,} bytes, and {free:,} are free at {case}; free some space"
            )
        progress.begin("restoring", size)
        case.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=case.parent, prefix=".saydo-") as place:
            made = Path(place) / "case"
            for name, each in files.items():
                _unpack(archive, backup, name, each, made / name)
                progress.advance(1, 0, each["bytes"])
            _check_head(made, told, backup)
            if case.is_dir():
                case.rmdir()
            made.replace(case)
    return Backup(Head(told["entry"], told["sha256"]), len(files), size)


def _manifest(archive: ZipFile, backup: Path) -> dict[str, Any]:
    """The manifest, after making sure that the archive holds what it lists and nothing else."""
    names = archive.namelist()
    if MANIFEST not in names or archive.getinfo(MANIFEST).file_size > _MOST_MANIFEST:
        raise _damaged(backup, "it has no manifest, so it is none or was cut short")
    try:
        told: dict[str, Any] = json.loads(archive.read(MANIFEST))
        files = told["files"]
        sound = told["format"] == FORMAT and isinstance(told["entry"], int) and DATABASE in files
        sound = sound and all(
            isinstance(each["bytes"], int) and each["bytes"] >= 0 and isinstance(each["sha256"], str)
            for each in files.values()
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        sound = False
    if not sound:
        raise _damaged(backup, "its manifest is none that this saydo knows")
    if sorted(names) != sorted([*files, MANIFEST]):
        raise _damaged(backup, "it does not hold exactly the files that its manifest lists")
    for name in files:
        parts = PurePosixPath(name).parts
        if not _belongs(name, parts):
            raise _damaged(backup, f"{name!r} is no file of a case")
    return told


def _belongs(name: str, parts: tuple[str, ...]) -> bool:
    if name in (DATABASE, REPORT):
        return True
    plain = "\\" not in name and ":" not in name and "/".join(parts) == name
    return plain and len(parts) > 1 and parts[0] in _PARTS and not {"..", "."} & set(parts)


def _unpack(archive: ZipFile, backup: Path, name: str, each: dict[str, Any], target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    found, size = hashlib.sha256(), 0
    with archive.open(name) as source, target.open("xb") as out:
        while chunk := _read(source, each["bytes"] - size):
            found.update(chunk)
            size += len(chunk)
            if size > each["bytes"]:
                break
            out.write(chunk)
    if size != each["bytes"] or found.hexdigest() != each["sha256"]:
        raise _damaged(backup, f"{name} is not what its manifest says")


def _read(source: IO[bytes], left: int) -> bytes:
    """The next bytes; one more than should be left is enough to see that there are too many."""
    return source.read(min(_CHUNK, left + 1))


def _check_head(made: Path, told: dict[str, Any], backup: Path) -> None:
    with closing(open_case(made)) as store:
        head = case_head(store)
    if (head.number, head.hash) != (told["entry"], told["sha256"]):
        raise _damaged(backup, "the log in it does not end with the head that its manifest names")


def _standing(path: Path) -> Path:
    """The nearest folder above that is there."""
    path = path.resolve()
    while not path.exists():
        path = path.parent
    return path


def _damaged(backup: Path, why: str) -> InputError:
    return InputError(f"{backup} is damaged or no backup of a case: {why}; use another copy of it")


@contextmanager
def _readable(backup: Path) -> Iterator[None]:
    try:
        yield
    except (BadZipFile, LargeZipFile, zlib.error, EOFError, RuntimeError, ValueError) as error:
        raise _damaged(backup, " ".join(str(error).split()) or type(error).__name__) from None
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{backup} cannot be restored ({reason}); check both places and try again") from None
