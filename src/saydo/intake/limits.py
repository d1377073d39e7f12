"""What intake is willing to read, and how patiently."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one source. A source beyond a bound is skipped with a line that names the bound.

    JSONL, CSV and WARC files are streams of reports and may be of any length: for them the bounds hold
    per line, row or capture.
    """

    max_bytes: int = 100_000_000
    """Bytes of one report as it lies on disk or comes over the network."""
    max_unpacked_bytes: int = 400_000_000
    """Bytes of one report after unpacking (gzip, docx)."""
    max_text: int = 20_000_000
    """Characters of one report's text."""
    max_ratio: int = 300
    """How many times its size a gzip file may unpack to, beyond the first 64 MB."""
    max_name: int = 4_000
    """Characters of a title, author, publisher, language or date; what is beyond is cut off, and said so."""
    max_id: int = 1_000
    """Characters of an id or an address that a source gives its report."""
    parse_seconds: float = 120.0
    """Seconds in which the parser of a file must be done, where it is one that may be killed."""
    parse_memory: int = 2_000_000_000
    """Bytes that such a parser may take beside what it is loaded with; heeded on Linux."""
    timeout: float = 20.0
    """Seconds to wait for a server to connect or to send the next bytes."""
    max_seconds: float = 60.0
    """Seconds for one address in all, its redirects included."""
    max_redirects: int = 5
    delay: float = 1.0
    """Seconds between two requests to one host; a longer crawl delay in robots.txt is honoured."""
    max_delay: float = 30.0
    """The longest crawl delay waited for; a host that asks for more is not read."""
    respect_robots: bool = True
    allow_private: bool = False
    """Whether addresses of private networks and of this machine may be fetched."""
    fetch_linked: bool = True
    """Whether the pages that a feed links to are fetched; otherwise its own entries are the reports."""
    max_feed_entries: int = 500
