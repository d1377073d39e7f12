"""What a run tells at its end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from saydo.model.case import CaseView, SkippedInput
from saydo.model.records import Discrepancy, Pole
from saydo.model.store import CaseStore, Tally

STRONGEST = 3
_CITED = re.compile(r"\s*\((?:[^\s(),;]+/[a-z]+\d+(?:, )?)+\)")
"""The record ids that an explanation cites in parentheses behind each step."""


class Passage(NamedTuple):
    """A sentence of a report and where to find it."""

    quote: str
    source: str
    """Publisher, title and date as far as they are known, or else the origin."""


class Highlight(NamedTuple):
    """A discrepancy as a person reads it."""

    kind: str
    speaker: str
    sentence: str
    """The explanation without the ids of its records."""
    statement: Passage
    against: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a case holds after a run, and what the run itself did."""

    case: Path
    report: Path
    tally: Tally
    new: int
    """Reports taken in by this run."""
    coded: int
    """Reports coded by this run."""
    coded_words: int
    coding_seconds: float
    kept: int
    """Commitments that were kept, of the whole case."""
    broken: int
    strongest: tuple[Highlight, ...]
    skipped: tuple[SkippedInput, ...]
    """Everything of the case that was given but could not be taken in, read or coded."""

    @property
    def complete(self) -> bool:
        """Whether nothing is missing from the case that was given to it."""
        return all(skipped.harmless for skipped in self.skipped)


def highlights(view: CaseView, most: int = STRONGEST) -> tuple[Highlight, ...]:
    """The strongest discrepancies of a case."""
    names = view.actor_names()
    return tuple(_highlight(view, names, found) for found in view.discrepancies[:most])


def _highlight(view: CaseView, names: dict[str, str], found: Discrepancy) -> Highlight:
    speaker = found.speaker_name or names.get(found.speaker or "", found.speaker or "the report")
    return Highlight(
        found.kind,
        speaker,
        _CITED.sub("", found.explanation),
        _passage(view, found.statement),
        tuple(_passage(view, pole) for pole in found.against),
    )


def _passage(view: CaseView, pole: Pole) -> Passage:
    document = view.document(pole.document)
    known = [part for part in (document.publisher, document.title, document.date) if part]
    return Passage(" ".join(pole.quote.split()), ", ".join(known) or document.origin)


def summarise(
    store: CaseStore, case: Path, report: Path, *, new: int, coded: int, words: int, seconds: float
) -> RunSummary:
    """The summary of a case that was just worked on."""
    view = store.view()
    outcomes = [commitment.outcome for commitment in view.commitments]
    return RunSummary(
        case=case,
        report=report,
        tally=store.tally(),
        new=new,
        coded=coded,
        coded_words=words,
        coding_seconds=seconds,
        kept=outcomes.count("kept"),
        broken=outcomes.count("broken"),
        strongest=highlights(view),
        skipped=view.skipped,
    )
