"""What people's decisions say of what the coder found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from saydo.model.compared import Kappa

JudgedWhat = Literal["event", "tie", "statement", "discrepancy"]
Outcome = Literal["right", "corrected", "wrong", "unclear"]
"""Right as it was found, right after a correction, wrong; unclear only of discrepancies."""


class Judgment(NamedTuple):
    """What one person's last word on a finding makes of it."""

    who: str
    number: int
    """Of the decision."""
    outcome: Outcome
    fields: tuple[str, ...] = ()
    """What was corrected."""
    stands: str = ""
    """Digest of what they left standing; empty for what they rejected."""


class Judged(NamedTuple):
    """A finding of the coder that somebody judged. ``outcome`` is what holds: the last word on it."""

    document: str
    finding: str
    """Id in the record as it was coded; of a discrepancy its own."""
    what: JudgedWhat
    type: str
    rule: str
    score: float
    outcome: Outcome
    fields: tuple[str, ...]
    by: tuple[Judgment, ...]
    """One of each person, in the order of their decisions; the last holds."""


class Miss(NamedTuple):
    """What a person stands by and the coder does not find."""

    document: str
    what: JudgedWhat
    type: str
    who: str
    number: int
    added: bool
    """False where an earlier coding had found it, and the present one does not."""


class Tally(NamedTuple):
    """Judged findings of one rule, type or sort."""

    key: str
    right: int
    corrected: int
    wrong: int
    unclear: int
    found: int
    """All that the coder found of it in the case, judged or not."""
    low: float | None = None
    """Wilson's 95 % bounds of the share that is right as found; None where nothing is judged."""
    high: float | None = None

    @property
    def judged(self) -> int:
        """Those of which it is known whether they are right."""
        return self.right + self.corrected + self.wrong

    @property
    def precision(self) -> float | None:
        """Share that is right as found."""
        return self.right / self.judged if self.judged else None

    @property
    def kept(self) -> float | None:
        """Share that is right at least after a correction."""
        return (self.right + self.corrected) / self.judged if self.judged else None


class Band(NamedTuple):
    """Judged findings of like confidence."""

    low: float
    high: float
    tally: Tally
    mean: float | None
    """Mean confidence of those that are judged."""


class Agreement(NamedTuple):
    """Two people who judged the same findings."""

    one: str
    other: str
    kappa: Kappa
    """Of keeping or rejecting them."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A case's findings against people's decisions."""

    case: str
    coder: str
    judged: tuple[Judged, ...]
    misses: tuple[Miss, ...]
    left: Mapping[str, int]
    """Decisions that say nothing here: reason → how many."""
    by_what: tuple[Tally, ...]
    by_rule: tuple[Tally, ...]
    by_type: tuple[Tally, ...]
    bands: tuple[Band, ...]
    """Of events, ties and statements."""
    fields: tuple[tuple[str, int], ...]
    """What was corrected, the most first."""
    agreement: tuple[Agreement, ...]
    brier: float | None
    """Mean squared error of the confidence as the probability of being right as found."""
    calibration: float | None
    """Expected calibration error over the bands."""

    @property
    def most_recall(self) -> float | None:
        """No more than this share of what there is was found, as far as people looked: kept findings against
        kept findings and misses. An upper bound, since nobody lists all that was missed."""
        kept = sum(
            each.outcome in ("right", "corrected") for each in self.judged if each.what != "discrepancy"
        )
        return kept / (kept + len(self.misses)) if kept + len(self.misses) else None
