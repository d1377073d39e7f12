"""One error tree. The message is written where the error is raised: what happened, where, what to do."""

from __future__ import annotations


class SaydoError(Exception):
    """Base of every error that saydo raises on purpose; its text is one line for a person."""


class InputError(SaydoError):
    """A source could not be taken in (unreadable, too large, encrypted, not what its name says)."""


class Changed(InputError):
    """Somebody else decided about the same meanwhile; what was decided here was not written down."""


class CodebookError(SaydoError):
    """A codebook has faults; ``faults`` lists all of them as ``path: what is wrong``."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        super().__init__((faults[0] if faults else "unknown fault") + more)


class ReaderError(SaydoError):
    """A reader could not be loaded or gave an impossible reading."""


class CodingError(SaydoError):
    """A document could not be coded, or what was coded does not hold together."""


class StoreError(SaydoError):
    """A case could not be opened, read or written."""


class CaseBusy(StoreError):
    """Another run, or a decision that is being written, holds the case just now."""


class SpanError(SaydoError):
    """A span does not lie in its document or does not hold the words it claims to hold."""
