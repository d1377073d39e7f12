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
from saydo.intake.known import Known
from saydo.intake.limits import Limits
from saydo.intake.results import Intaken, Skipped
from saydo.intake.source import Facts, Fetches, Parses, Source
from saydo.intake.take import take_bytes, take_stream
from saydo.model.errors import InputError

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_DEFAULT = Limits()


def read_inputs(
    inputs: Sequence[Input],
    *,
    limits: Limits = _DEFAULT,
    fetcher: Fetches | None = None,
    parser: Parses | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Intaken | Skipped]:
    """Take in files, folders, addresses, feeds and ``-`` (JSONL on standard input), one report at a time.

    The order is that of ``inputs``, of paths within a folder, and of records within a file. Nothing is
    raised for a source: what cannot be read comes as a Skipped with its reason. The same bytes, or the same
    text under the same id, come once; a second document under an id already taken is skipped. Only where
    the folder for temporary files is full, an InputError is raised.

    ``parser`` parses what may harm the process that does; without one all is parsed in this process.
    """
    with closing(Fetcher(limits)) as own, closing(Known()) as known:
        for name in inputs:
            source = Source("", "", limits, fetcher or own, parser=parser)
            for item in _one(name, source, stdin, known):
                yield known.judged(item)


def _one(given: Input, plain: Source, stdin: BinaryIO | None, known: Known) -> Iterator[Intaken | Skipped]:
    if isinstance(given, Given):
        told = replace(plain, origin=given.origin, facts=given.facts)
        if _ADDRESS.match(given.place):
            yield from _address(given.place, told)
        else:
            yield from _path(given.place, told, known)
        return
    name = given
    if name == "-":
        source = replace(plain, origin="-", name="stdin.jsonl", media_type=sniff.JSONL)
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


def _path(name: str, told: Source, known: Known) -> Iterator[Intaken | Skipped]:
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


def _file(path: Path, told: Source, known: Known) -> Iterator[Intaken | Skipped]:
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
