"""The door of intake: whatever a person names, in order, to documents and reasons."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from saydo.intake import sniff
from saydo.intake.fetch import Fetcher
from saydo.intake.folders import files, shown
from saydo.intake.given import Given, Input
from saydo.intake.limits import Limits
from saydo.intake.results import Intaken, Skipped
from saydo.intake.source import Facts, Fetches, Source
from saydo.intake.take import take_bytes, take_stream
from saydo.model.errors import InputError

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_DEFAULT = Limits()


def read_inputs(
    inputs: Sequence[Input],
    *,
    limits: Limits = _DEFAULT,
    fetcher: Fetches | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Intaken | Skipped]:
    """Take in files, folders, addresses, feeds and ``-`` (JSONL on standard input), one report at a time.

    The order is that of ``inputs``, of paths within a folder, and of records within a file. Nothing is ever
    raised for a source: what cannot be read comes as a Skipped with its reason. The same bytes, or the same
    text under the same id, come once; a second document under an id already taken is skipped.
    """
    known = _Known()
    with closing(Fetcher(limits)) as own:
        for name in inputs:
            for item in _one(name, limits, fetcher or own, stdin, known):
                yield known.judged(item)


class _Known:
    """What a run has already taken in: files, bytes and ids."""

    def __init__(self) -> None:
        self._files: dict[tuple[int, int], str] = {}
        self._bytes: dict[str, str] = {}
        self._ids: dict[str, tuple[str, str]] = {}

    def file(self, identity: tuple[int, int], origin: str) -> str | None:
        """The origin under which this very file was already read, if it was."""
        if identity in self._files:
            return self._files[identity]
        self._files[identity] = origin
        return None

    def judged(self, item: Intaken | Skipped) -> Intaken | Skipped:
        """The item, or in its place why it is not taken a second time."""
        if isinstance(item, Skipped):
            return item
        document = item.document
        digest = document.source_sha256 or document.text_sha256
        if digest in self._bytes:
            return Skipped(item.origin, f"the same bytes as {self._bytes[digest]}", harmless=True)
        text, origin = self._ids.get(document.id, (document.text_sha256, ""))
        if text != document.text_sha256:
            return Skipped(
                item.origin,
                f"its id {document.id!r} is already that of another report ({origin}); give it its own",
            )
        self._bytes[digest] = item.origin
        if origin:
            return Skipped(item.origin, f"the same text as {origin}", harmless=True)
        self._ids[document.id] = (text, item.origin)
        return item


def _one(
    given: Input, limits: Limits, fetcher: Fetches, stdin: BinaryIO | None, known: _Known
) -> Iterator[Intaken | Skipped]:
    if isinstance(given, Given):
        told = Source(given.origin, "", limits, fetcher, facts=given.facts)
        if _ADDRESS.match(given.place):
            yield from _address(given.place, told)
        else:
            yield from _path(given.place, told, known)
        return
    name = given
    plain = Source("", "", limits, fetcher)
    if name == "-":
        source = Source("-", "stdin.jsonl", limits, fetcher, media_type=sniff.JSONL)
        yield from take_stream(stdin if stdin is not None else sys.stdin.buffer, source)
    elif _ADDRESS.match(name):
        yield from _address(name, plain)
    else:
        yield from _path(name, plain, known)


def _address(url: str, told: Source) -> Iterator[Intaken | Skipped]:
    try:
        page = told.fetcher.fetch(url)
    except InputError as err:
        yield Skipped(told.origin or url, str(err))
        return
    extra = () if page.url == url else (("requested_url", url),)
    source = replace(
        told,
        origin=told.origin or url,
        name=page.url.partition("?")[0].rsplit("/", 1)[-1],
        media_type=page.media_type,
        charset=page.charset,
        facts=Facts(url=page.url, extra=extra).or_else(told.facts),
        capture=page.capture,
    )
    yield from take_bytes(page.body, source)


def _path(name: str, told: Source, known: _Known) -> Iterator[Intaken | Skipped]:
    path = Path(name)
    if not name:
        yield Skipped(name, "the name is empty; give a file, a folder, an address or -")
        return
    try:
        is_folder = path.is_dir()
    except (OSError, ValueError) as err:
        yield Skipped(name, f"is no path that can be read ({err})")
        return
    if not is_folder:
        yield from _file(path, told, known)
        return
    found = False
    for item in files(path):
        found = True
        if isinstance(item, Skipped):
            yield item
        else:
            yield from _file(item, told, known)
    if not found:
        yield Skipped(shown(path), "the folder holds no files")


def _file(path: Path, told: Source, known: _Known) -> Iterator[Intaken | Skipped]:
    origin = told.origin or shown(path)
    try:
        # Not blocking: opening a named pipe would otherwise wait for a writer for ever.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as err:
        yield Skipped(origin, why_unopened(err))
        return
    with os.fdopen(descriptor, "rb") as stream:
        status = os.fstat(stream.fileno())
        if not stat.S_ISREG(status.st_mode):
            yield Skipped(origin, "is no regular file (a device, pipe or socket); give a file")
            return
        first = known.file((status.st_dev, status.st_ino), origin)
        if first is not None:
            yield Skipped(origin, f"the same file as {first}", harmless=True)
            return
        yield from take_stream(stream, replace(told, origin=origin, name=path.name))


def why_unopened(err: Exception) -> str:
    """One line on why a file could not be opened, and what to do."""
    if isinstance(err, FileNotFoundError):
        return "is not there; check the path (it may have been moved during the run)"
    if isinstance(err, PermissionError):
        return "may not be read; check its permissions"
    return f"cannot be opened ({getattr(err, 'strerror', None) or err})"
