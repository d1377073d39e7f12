"""What pages show of a case, put together from the store's answers: a report with its evidence, a
discrepancy with its passages. Each reads what it shows and no more, however large the case is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from saydo.desk.marks import Mark, Run, cut_runs
from saydo.export.page import Segment
from saydo.export.passages import Finding, Passages, finding, spans
from saydo.export.poles import coded, evidence, explained, segments
from saydo.export.words import BASIS, DISCREPANCY, FIELD, STATEMENT
from saydo.model.case import CaseDocument
from saydo.model.choices import Decision
from saydo.model.lookups import Heading
from saydo.model.records import Discrepancy, Pole, Record, Statement, Tie
from saydo.model.store import CaseStore

MOST_AGAINST = 3
"""How many passages against a statement a list shows; the page of the discrepancy shows all."""
MOST_OF_REPORT = 50
Side = Literal["said", "done", "tied"]


@dataclass(frozen=True, slots=True)
class FindingCard:
    """A finding of a report, in words."""

    id: str
    side: Side
    """``said`` for a statement, ``done`` for an event, ``tied`` for a tie."""
    kind: str
    """Its kind in words: ``pledge``, ``ASSAULT · beat``, ``command``."""
    line: str
    """What was coded: who, whom, when, where."""
    words: str
    """The evidence, one line."""
    start: int
    score: float
    rule: str


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report with what was found in it."""

    document: CaseDocument
    failure: str | None
    coder: str
    """Version, reader and codebook; empty where it is not coded."""
    runs: tuple[Run, ...]
    findings: tuple[FindingCard, ...]
    """In the order of the text."""
    notes: tuple[tuple[str, str], ...]
    """(about, reason) of what was withheld or left open."""
    discrepancies: tuple[Discrepancy, ...]
    """Those with a passage in this report, strongest first; at most fifty."""


@dataclass(frozen=True, slots=True)
class PassageView:
    """One pole of a discrepancy: the sentence, what in it is the evidence, and where it is from."""

    heading: Heading
    finding: str
    """Id of the finding in the report's record."""
    segments: tuple[Segment, ...]
    coded: tuple[str, ...]
    timecode: str | None


@dataclass(frozen=True, slots=True)
class DiscrepancyView:
    """A discrepancy, ready to be judged."""

    id: str
    kind: str
    title: str
    speaker: str | None
    """Id of the actor in the case."""
    speaker_name: str
    basis: str
    basis_words: str
    field: str
    explanation: tuple[Segment, ...]
    score: float
    needs_review: bool
    said_heading: str
    against_heading: str
    statement: PassageView
    against: tuple[PassageView, ...]
    more_against: int
    verdict: Decision | None


def report_view(store: CaseStore, id: str) -> ReportView | None:
    """A report with its evidence; None where the case has none of that id. Raises StoreError."""
    held = store.report(id)
    if held is None:
        return None
    text = held.document.text
    if not held.coded:
        return ReportView(held.document, held.failure, "", cut_runs(text, ()), (), (), ())
    record = store.record(id)
    names = {actor: named.name for actor, named in store.names_in(id).items()}
    of = Passages(held.document, record, names)
    discrepancies = store.discrepancies_of(id, MOST_OF_REPORT)
    poles = {pole.id for d in discrepancies for pole in (d.statement, *d.against) if pole.document == id}
    opposed = [p for p in record.propositions if p.id in poles]
    found: list[Finding] = [*record.statements, *record.events, *record.ties, *opposed]
    cards = sorted((_card(of, one) for one in found), key=lambda c: (c.start, c.id))
    marks = [Mark(start, end, one.id) for one in found for start, end in evidence(of, one)]
    coder = record.coder
    return ReportView(
        document=held.document,
        failure=held.failure,
        coder=f"saydo {coder.version} · reader {coder.reader} · codebook {coder.codebook}",
        runs=cut_runs(text, marks),
        findings=tuple(cards),
        notes=tuple((note.about, note.reason) for note in record.notes),
        discrepancies=discrepancies,
    )


def _card(of: Passages, found: Finding) -> FindingCard:
    line = coded(of, found)
    marked = evidence(of, found)
    if isinstance(found, Statement):
        side: Side = "said"
        kind = STATEMENT[found.kind][0]
    elif isinstance(found, Tie):
        side, kind = "tied", found.type
    else:
        side = "done"
        kind = line.partition(" · ")[0]
    return FindingCard(
        id=found.id,
        side=side,
        kind=kind,
        line=line.removeprefix(f"{kind} · "),
        words=of.said(marked if isinstance(found, Statement) else spans(found)),
        start=min(start for start, _ in marked),
        score=found.score,
        rule=getattr(found, "rule", ""),
    )


class Reports:
    """Reports and their records, each read once for a page."""

    def __init__(self, store: CaseStore) -> None:
        self._store = store
        self._held: dict[str, tuple[Passages, Record]] = {}

    def of(self, document: str) -> tuple[Passages, Record]:
        if document not in self._held:
            held = self._store.report(document)
            assert held is not None, "a pole's report is kept by the store"
            record = self._store.record(document)
            names = {id: named.name for id, named in self._store.names_in(document).items()}
            self._held[document] = Passages(held.document, record, names), record
        return self._held[document]


def discrepancy_views(
    store: CaseStore, found: Iterable[Discrepancy], most_against: int | None = MOST_AGAINST
) -> tuple[DiscrepancyView, ...]:
    """Discrepancies with their passages, in the order given; ``most_against`` None shows all. Raises
    StoreError."""
    listed = tuple(found)
    reports = Reports(store)
    verdicts = store.verdicts(d.id for d in listed)
    names = store.names_of(d.speaker for d in listed if d.speaker)
    return tuple(
        _discrepancy(reports, d, most_against, verdicts.get(d.id), names.get(d.speaker or "")) for d in listed
    )


def _discrepancy(
    reports: Reports, found: Discrepancy, most: int | None, verdict: Decision | None, name: str | None
) -> DiscrepancyView:
    grouped = together(found.against)
    shown = grouped if most is None else grouped[:most]
    return described(
        found,
        verdict,
        name,
        passage_of(reports, together([found.statement])[0]),
        tuple(passage_of(reports, poles) for poles in shown),
        len(grouped) - len(shown),
    )


def described(
    found: Discrepancy,
    verdict: Decision | None,
    name: str | None,
    statement: PassageView,
    against: tuple[PassageView, ...],
    more_against: int = 0,
) -> DiscrepancyView:
    """A discrepancy in words, with the passages given; ``name`` is the speaker's in the case."""
    title, said_heading, against_heading = DISCREPANCY[found.kind]
    return DiscrepancyView(
        id=found.id,
        kind=found.kind,
        title=title,
        speaker=found.speaker,
        speaker_name=" ".join((name or found.speaker_name or found.speaker or "speaker not named").split()),
        basis=found.basis,
        basis_words=BASIS[found.basis],
        field=FIELD.get(found.field, found.field) if found.field else "",
        explanation=explained(found.explanation),
        score=found.score,
        needs_review=found.needs_review,
        said_heading=said_heading,
        against_heading=against_heading,
        statement=statement,
        against=against,
        more_against=more_against,
        verdict=verdict,
    )


def together(poles: Iterable[Pole]) -> list[tuple[Pole, ...]]:
    """Poles of one and the same sentence share a passage."""
    groups: dict[tuple[str, str], list[Pole]] = {}
    for pole in poles:
        groups.setdefault((pole.document, pole.quote), []).append(pole)
    return [tuple(group) for group in groups.values()]


def passage_of(reports: Reports, poles: tuple[Pole, ...]) -> PassageView:
    of, record = reports.of(poles[0].document)
    found = [finding(record, pole.id) for pole in poles]
    marks = [mark for one in found for mark in evidence(of, one)]
    document = of.document
    return PassageView(
        heading=Heading(document.id, document.title, document.origin, document.publisher, document.date),
        finding=found[0].id,
        segments=segments(document.text, poles[0].quote, marks),
        coded=tuple(dict.fromkeys(coded(of, one) for one in found)),
        timecode=of.timecode(min(start for start, _ in marks)),
    )
