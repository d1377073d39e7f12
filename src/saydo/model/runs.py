"""Runs over a case as they are kept: who asked for them, what they added, what they skipped and why."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from saydo.model.case import SkippedInput
from saydo.model.lookups import Cursor, Heading, Slice
from saydo.model.records import Discrepancy


class RunHeld(NamedTuple):
    """A run; ``ended`` is None while it is at work, or where it was killed."""

    number: int
    started: str
    """UTC, ISO 8601."""
    ended: str | None
    outcome: str | None
    """``done``, ``stopped`` or ``failed``."""
    reason: str | None
    """Why it failed, in one line."""
    who: str
    """Who asked for it; empty where nobody said."""
    material: int | None
    """Number of the material that was added in the browser; None for a run of the command line."""
    inputs: tuple[str, ...]
    version: str
    reports: int | None
    """How many reports it added; None for a run before this was kept."""
    skipped: int
    """How much it skipped, what loses nothing included."""


class RunLog(Protocol):
    """What a store keeps of its runs. All raise StoreError with a line for a person."""

    def skip_in_run(self, number: int, skipped: SkippedInput) -> None:
        """Remembers for good what a run skipped; nothing that was told before is told twice."""
        ...

    def fail_run(self, number: int, ended: str, reason: str) -> None:
        """Notes that a run ended with an error, and the line that says why."""
        ...

    def runs_page(self, cursor: Cursor | None, limit: int) -> Slice[RunHeld]:
        """Runs, the latest first."""
        ...

    def run_held(self, number: int) -> RunHeld | None:
        """One run."""
        ...

    def run_of(self, material: int) -> RunHeld | None:
        """The latest run over some material; None where it was never run."""
        ...

    def run_skips(self, number: int, limit: int) -> tuple[SkippedInput, ...]:
        """What a run skipped and what it could not code, in order; what loses something comes first."""
        ...

    def run_reports(self, number: int, limit: int) -> tuple[Heading, ...]:
        """The reports that a run added, in the order in which they came."""
        ...

    def discrepancies_of_run(self, number: int, limit: int) -> tuple[Discrepancy, ...]:
        """Discrepancies with a passage in a report that a run added, strongest first."""
        ...

    def holds(self, source_sha256: str, id: str, text_sha256: str) -> str | None:
        """The id under which the case has these bytes, or this text under this id; None where it is new."""
        ...

    def latest_material(self) -> int:
        """The highest number of material that was ever run; 0 where there is none."""
        ...
