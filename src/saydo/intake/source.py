"""The types that travel inside intake: where bytes come from, what a source says of itself, clean text."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from saydo.intake.limits import Limits
from saydo.model.capture import Capture
from saydo.model.document import TimeCode

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a source says of itself, as written; ``date`` is not yet normalised."""

    id: str | None = None
    title: str | None = None
    author: str | None = None
    date: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    extra: Pairs = ()

    def or_else(self, other: Facts) -> Facts:
        """These facts, completed by ``other`` where they are silent; extras of both, these first."""
        return Facts(
            id=self.id or other.id,
            title=self.title or other.title,
            author=self.author or other.author,
            date=self.date or other.date,
            publisher=self.publisher or other.publisher,
            url=self.url or other.url,
            language=self.language or other.language,
            extra=self.extra + other.extra,
        )

    def noting(self, *pairs: tuple[str, str]) -> Facts:
        """These facts with further metadata pairs."""
        return replace(self, extra=self.extra + pairs)


@dataclass(frozen=True, slots=True)
class Clean:
    """The readable text of one report and what it says of itself."""

    text: str
    facts: Facts = Facts()
    timecodes: tuple[TimeCode, ...] = ()


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answer to a request: the body, unpacked, and the address that finally gave it."""

    url: str
    body: bytes
    media_type: str | None
    charset: str | None
    capture: Capture | None = None
    """How it was captured; None from a fetcher that does not say."""


class Fetches(Protocol):
    """Anything that gets the bytes of an address; see :class:`saydo.intake.fetch.Fetcher`."""

    def fetch(self, url: str) -> Fetched:
        """Get an address; raises InputError with the reason where it cannot or may not be had."""


class Parses(Protocol):
    """Anything that parses the bytes of a kind; see :class:`saydo.intake.parsers.ParserProcess`."""

    def read(self, kind: str, data: bytes, source: Source) -> Any:
        """What the kind's parser makes of the bytes; raises InputError with the reason where it fails."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where bytes come from: the origin shown to a person, the file name, and what is known beforehand."""

    origin: str
    name: str
    limits: Limits
    fetcher: Fetches
    media_type: str | None = None
    """The type that the server or the archive declared; the bytes have the last word."""
    charset: str | None = None
    facts: Facts = field(default_factory=Facts)
    parser: Parses | None = None
    """Parses what may harm the process that does; None to parse in this one."""
    capture: Capture | None = None
    """How the bytes that this source is, or is a part of, came from the web; None where they did not."""

    def part(self, label: str) -> Source:
        """A part of this source (a line, a capture), named ``origin:label``."""
        return replace(self, origin=f"{self.origin}:{label}")
