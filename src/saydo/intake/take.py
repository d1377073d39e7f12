"""The registry of kinds: bytes or a stream of whatever kind to documents."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import BinaryIO

from saydo.intake import sniff
from saydo.intake.assemble import assemble
from saydo.intake.kinds import csv_table, feed, jsonl, warc
from saydo.intake.parsers import REPORTS, gave_up
from saydo.intake.results import Intaken, Skipped
from saydo.intake.source import Source
from saydo.intake.streams import Gunzip, buffered, peek, read_all
from saydo.model.errors import InputError

Taken = Iterator[Intaken | Skipped]
TakeBytes = Callable[[bytes, Source], Taken]

STREAMS: Mapping[str, Callable[[BinaryIO, Source], Taken]] = MappingProxyType(
    {sniff.JSONL: jsonl.read, sniff.CSV: csv_table.read}
)
"""Kinds that are many reports, read in bounded memory."""

NESTS: Mapping[str, Callable[[BinaryIO, Source, TakeBytes], Taken]] = MappingProxyType(
    {sniff.WARC: warc.read, sniff.FEED: feed.read}
)
"""Kinds that hold or name sources of other kinds, which they hand back to be taken."""


def take_bytes(data: bytes, source: Source) -> Taken:
    """The documents in bytes already at hand; every failure is a Skipped."""
    yield from take_stream(io.BytesIO(data), source)


def take_stream(stream: BinaryIO, source: Source) -> Taken:
    """The documents in a stream; every failure is a Skipped.

    This is the one place where errors of third-party parsers that their documentation does not name end:
    each is reported with its type, none stops the run.
    """
    try:
        yield from _take(stream, source)
    except InputError as err:
        yield Skipped(source.origin, str(err))
    except OSError as err:
        yield Skipped(source.origin, f"could not be read to its end ({err.strerror or err})")
    except Exception as err:
        yield Skipped(source.origin, gave_up(err))


def _take(stream: BinaryIO, source: Source) -> Taken:
    head, stream = peek(stream)
    if not head:
        raise InputError("is empty (0 bytes)")
    media_type = sniff.identify(head, source.name, source.media_type)
    if media_type == sniff.GZIP:
        yield from _unpacked(stream, source)
        return
    if media_type in NESTS:
        yield from NESTS[media_type](stream, source, take_bytes)
    elif media_type in STREAMS:
        yield from STREAMS[media_type](stream, source)
    else:
        data = read_all(stream, source.limits.max_bytes, "for one report")
        if source.parser is not None:
            clean = source.parser.read(media_type, data, source)
        else:
            clean = REPORTS[media_type](data, source)
        yield assemble(clean, data, media_type, source)


def _unpacked(stream: BinaryIO, source: Source) -> Taken:
    """What a gzip file holds. Its name without ``.gz`` says what that is; a WARC says so itself."""
    name = source.name[:-3] if source.name.lower().endswith(".gz") else source.name
    inner = replace(source, name=name, media_type=None, facts=source.facts.noting(("packed", "gzip")))
    head, unpacked = peek(buffered(Gunzip(stream, source.limits.max_ratio)))
    if not head:
        raise InputError("is a gzip file with nothing in it")
    media_type = sniff.identify(head, inner.name)
    if media_type == sniff.GZIP:
        raise InputError("is packed twice; unpack it once")
    if media_type not in REPORTS:
        yield from _take(unpacked, inner)
        return
    data = read_all(unpacked, source.limits.max_unpacked_bytes, "after unpacking")
    limits = replace(source.limits, max_bytes=source.limits.max_unpacked_bytes)
    yield from _take(io.BytesIO(data), replace(inner, limits=limits))
