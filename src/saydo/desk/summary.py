"""What a run tells at its end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import NamedTuple

from saydo.model.case import CaseDocument, CaseView, SkippedInput
from saydo.model.records import Discrepancy, Pole
from saydo.model.store import CaseStore, Tally

STRONGEST = 3
_CITED = re.compile(r"\s*\((?:[^\s(),;]+/[a-z]+\d+(?:, )?)+\)")
"""The record ids that an explanation cites in parentheses behind each step."""


class Passage(NamedTuple):
    """A sentence of a report and where to find it."""

    quote: str
    source: str
    """See :func:`source_name`."""


class Highlight(NamedTuple):
    """A discrepancy as a person reads it."""

    kind: str
    speaker: str
    sentence: str
    """The explanation without the ids of its records."""
    statement: Passage
    against: tuple[Passage, ...]
    needs_review: bool


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
    """The strongest discrepancies of a case, of each statement first the strongest one: three things that
    stand against the same words say less than three statements that something stands against."""
    names = view.actor_names()
    seen: set[tuple[str, str]] = set()
    first: list[Discrepancy] = []
    further: list[Discrepancy] = []
    for found in view.discrepancies:
        said = (found.statement.document, found.statement.id)
        (further if said in seen else first).append(found)
        seen.add(said)
    return tuple(_highlight(view, names, found) for found in (*first, *further)[:most])


def _highlight(view: CaseView, names: dict[str, str], found: Discrepancy) -> Highlight:
    speaker = found.speaker_name or names.get(found.speaker or "", found.speaker or "the report")
    return Highlight(
        found.kind,
        speaker,
        sentence_of(found),
        _passage(view, found.statement),
        tuple(_passage(view, pole) for pole in found.against),
        found.needs_review,
    )


def sentence_of(found: Discrepancy) -> str:
    """The explanation without the ids of its records."""
    return _CITED.sub("", found.explanation)


def _passage(view: CaseView, pole: Pole) -> Passage:
    document = view.document(pole.document)
    return Passage(" ".join(pole.quote.split()), source_name(document))


def source_name(document: CaseDocument) -> str:
    """What to call a report: publisher, title (or else where it came from) and date, as far as known."""
    title = document.title or PurePath(document.origin).name
    return ", ".join(part for part in (document.publisher, title, document.date) if part)


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
