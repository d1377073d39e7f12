"""What the pages on words and deeds ask of a case: speakers with their commitments, discrepancies by more
than their kind, and what people made of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple, Protocol

from saydo.model.case import Commitment
from saydo.model.choices import Decision
from saydo.model.citations import Ref
from saydo.model.identity import Merge
from saydo.model.lookups import Cursor, Slice
from saydo.model.records import Discrepancy

Standing = Literal["upheld", "rejected", "unclear", "undecided"]
STANDINGS: tuple[Standing, ...] = ("upheld", "rejected", "unclear", "undecided")
OUTCOMES = ("kept", "broken", "open")


class DeedsFilter(NamedTuple):
    """Which discrepancies; every condition must hold, an empty one always does."""

    speaker: str | None = None
    """Id of an actor of the case; an empty string asks for those whose speaker is not named."""
    kinds: tuple[str, ...] = ()
    basis: str | None = None
    """``flagged`` or ``inferred``."""
    since: str | None = None
    until: str | None = None
    """ISO dates; the report of either passage must lie within."""
    standing: Standing | None = None
    """Rejected ones are listed only where they are asked for."""
    review: bool | None = None
    """Whether a person should look before it is passed on."""


class SpeakerLine(NamedTuple):
    """Somebody whose words were held against what was done."""

    speaker: str
    name: str
    kept: int
    broken: int
    open: int
    discrepancies: int


class Facets(NamedTuple):
    """How many discrepancies there are of each kind, basis and standing; whole, or of one speaker."""

    kinds: tuple[tuple[str, int], ...]
    bases: tuple[tuple[str, int], ...]
    standings: tuple[tuple[Standing, int], ...]
    review: int
    unnamed: int
    """Those whose speaker is not named."""


class Judged(NamedTuple):
    """A discrepancy that somebody rejected, as it was then, and the decision."""

    discrepancy: Discrepancy
    decision: Decision


class Glimpse(NamedTuple):
    """A finding in short: what it is, when it was, the words that it stands on."""

    what: Literal["statement", "event", "tie"]
    kind: str
    """Kind of the statement, type of the event or tie."""
    mode: str | None
    day: str | None
    """The day by which it is sorted; None where none is known."""
    own_day: bool
    """Whether that is told of the finding itself; else it is the day of the report."""
    words: str


class DeedsLookups(Protocol):
    """Questions of the pages on words and deeds. All raise StoreError with a line for a person."""

    def speakers(self, cursor: Cursor | None, limit: int) -> Slice[SpeakerLine]:
        """Speakers, those with most discrepancies first, then with most broken commitments."""
        ...

    def speaker(self, actor: str) -> SpeakerLine | None:
        """One actor with its counts (all nought where nothing was held against its words); None where the
        case has no such actor."""
        ...

    def deeds_page(self, where: DeedsFilter, cursor: Cursor | None, limit: int) -> Slice[Discrepancy]:
        """Discrepancies, strongest first. With the standing ``rejected`` those that were rejected, as they
        were then, the latest decision first."""
        ...

    def discrepancy_facets(self, speaker: str | None = None) -> Facets:
        """Counts by which a list can be cut down."""
        ...

    def commitments_page(
        self, speaker: str | None, outcome: str | None, cursor: Cursor | None, limit: int
    ) -> Slice[Commitment]:
        """Commitments in the order in which they were found."""
        ...

    def words_of(
        self, actor: str, kinds: Iterable[str], since: str | None, until: str | None, limit: int
    ) -> tuple[Ref, ...]:
        """Statements of these kinds whose source is the actor, by day; undated ones last."""
        ...

    def conduct_of(
        self, actor: str, types: Iterable[str], since: str | None, until: str | None, limit: int
    ) -> tuple[Ref, ...]:
        """Events of these types that happened and in which the actor acts, by day; undated ones last."""
        ...

    def glimpses(self, refs: Iterable[Ref]) -> Mapping[Ref, Glimpse]:
        """Findings in short; what is not in the index (an opposed clause, a finding that is gone) is left
        out."""
        ...

    def neighbours(self, id: str) -> tuple[str | None, str | None]:
        """Ids of the discrepancies before and behind one in order of strength."""
        ...

    def rejected(self, id: str) -> Judged | None:
        """A discrepancy that is rejected now, by the id that it had; None where none is."""
        ...

    def verdict_history(self, id: str) -> tuple[tuple[Decision, int | None], ...]:
        """Verdicts on a discrepancy and their undoing, by number, each with the number of what undid it."""
        ...

    def against_same(self, document: str, finding: str, but: str, limit: int) -> tuple[Discrepancy, ...]:
        """Other discrepancies whose statement this is, strongest first."""
        ...

    def merges_to(self, document: str, actors: Iterable[str]) -> Mapping[str, tuple[Merge, ...]]:
        """Id of an actor in the record of a report → the merges by which it came to its id in the case."""
        ...
