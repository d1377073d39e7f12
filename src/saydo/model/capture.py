"""How a report was captured from the web: when, from where, what the server said beside it, and by what."""

from __future__ import annotations

from typing import NamedTuple


class Capture(NamedTuple):
    """One answer of a server, without its body."""

    at: str
    """When it came, by the clock of the capturing machine: ISO 8601, UTC."""
    requested: str
    """The address that was asked for."""
    url: str
    """The address that answered, after all redirects."""
    status: int
    headers: tuple[tuple[str, str], ...]
    """As the server sent them, in order; of a great many the first."""
    payload: str
    """SHA-256 (hex) of the body, unpacked; where it is that of the original, the body is kept whole."""
    tool: str
    """Who fetched it: saydo with its version, or the web archive that it was taken from."""
