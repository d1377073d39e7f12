"""Parsers of foreign formats in a process of their own, with a limit of time and of memory.

A file may be made to break its parser: a page of ten million tags, a PDF that unpacks without end, input on
which a regular expression never comes to an end. None of that can be told beforehand; so the parser may be
killed, its report is skipped with the reason, and the next one gets a new process.
"""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from queue import Empty, SimpleQueue
from types import MappingProxyType, TracebackType
from typing import Any, NamedTuple

from saydo.apart import Child, Gone
from saydo.intake import sniff
from saydo.intake.assemble import check_text
from saydo.intake.kinds import docx, feed, html, jsonl, markdown, pdf, plain, subtitles
from saydo.intake.limits import Limits
from saydo.intake.source import Clean, Fetched, Source
from saydo.model.errors import InputError

REPORTS: Mapping[str, Callable[[bytes, Source], Clean]] = MappingProxyType(
    {
        sniff.TEXT: plain.read,
        sniff.MARKDOWN: markdown.read,
        sniff.HTML: html.read,
        sniff.PDF: pdf.read,
        sniff.DOCX: docx.read,
        sniff.SRT: subtitles.read_srt,
        sniff.VTT: subtitles.read_vtt,
    }
)
"""Kinds whose bytes are one report."""

_PARSERS: Mapping[str, Callable[[bytes, Source], Any]] = MappingProxyType(
    {**REPORTS, sniff.FEED: feed.parsed, sniff.JSONL: jsonl.parsed}
)
_AT_HOME = frozenset((sniff.TEXT,))
"""Read in place: the bytes themselves are the text."""
_GRACE_SECONDS = 30


def gave_up(err: Exception) -> str:
    """The line for an error of a parser that its documentation does not name."""
    told = " ".join(str(err).split())[:200]
    return f"its parser gave up ({type(err).__name__}: {told}); convert it to text and try again"


class _Refused(NamedTuple):
    reason: str


class _OutOfMemory(NamedTuple):
    pass


class ParserProcess:
    """Parses in a child, which is started when there is something to parse; close it after use."""

    def __init__(self, function: str = "saydo.intake.parsers:serve") -> None:
        self._function = function
        self._told: SimpleQueue[tuple[Child, Any]] = SimpleQueue()
        self._child: Child | None = None
        self._fresh = True
        """Whether the child has parsed nothing yet: what kills it then, it did not bring along."""

    def __enter__(self) -> ParserProcess:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Ends the child."""
        if self._child is not None:
            self._child.kill()
            self._child.close()
            self._child = None

    def read(self, kind: str, data: bytes, source: Source) -> Any:
        """What the parser of a kind makes of the bytes. Raises InputError where it refuses them, gives up,
        takes too long or too much memory, or dies."""
        if kind in _AT_HOME:
            return _PARSERS[kind](data, source)
        while True:
            fresh = self._child is None or self._fresh
            made = self._asked(kind, data, source)
            if isinstance(made, _Refused):
                raise InputError(made.reason)
            if not isinstance(made, _OutOfMemory | Gone):
                return made
            self.close()
            if fresh:
                break  # it was not for what the parser held of earlier files
        if isinstance(made, _OutOfMemory):
            most = source.limits.parse_memory
            raise InputError(f"takes more than {most:,} bytes of memory to parse; convert it to text first")
        raise InputError(f"its parser broke down ({made.how}); convert it to text first")

    def _asked(self, kind: str, data: bytes, source: Source) -> Any:
        if self._child is None:
            self._child, self._fresh = Child(self._function, self._told), True
        self._child.send((kind, data, replace(source, fetcher=Nowhere(), parser=None)))
        until = time.monotonic() + source.limits.parse_seconds
        try:
            while True:
                who, message = self._told.get(timeout=max(0.0, until - time.monotonic()))
                if who is self._child:
                    self._fresh = False
                    return message
        except Empty:
            self.close()
            raise InputError(
                f"takes longer than {source.limits.parse_seconds:g} s to parse; convert it to text first"
            ) from None
        except BaseException:
            self.close()
            raise


class Nowhere:
    """Fetches nothing: what stands in a file leads a parser nowhere."""

    def fetch(self, url: str) -> Fetched:
        """Raises InputError."""
        raise InputError(f"{url} is not fetched by a parser")


def serve(messages: Iterator[Any], tell: Callable[[Any], None]) -> None:
    """The whole life of the child: parses one after the other what it is given."""
    limited = False
    for kind, data, source in messages:
        if not limited:
            _limit_memory(source.limits)
            limited = True
        _limit_time(source.limits.parse_seconds)
        try:
            made = _PARSERS[kind](data, source)
            if isinstance(made, Clean):
                check_text(made.text, source)
            tell(made)
        except InputError as err:
            tell(_Refused(str(err)))
        except MemoryError:
            tell(_OutOfMemory())
        except Exception as err:
            tell(_Refused(gave_up(err)))
        finally:
            _limit_time(0)


def _limit_memory(limits: Limits) -> None:
    """Bounds the address space; of use on Linux, the one system that heeds it."""
    if sys.platform != "linux":
        return
    import resource

    used = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    most = used + limits.parse_memory
    if hard == resource.RLIM_INFINITY or hard > most:
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_time(seconds: float) -> None:
    """An alarm that nobody hears kills: where the parent is gone, nobody else would. 0 for none."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds and seconds + _GRACE_SECONDS)
