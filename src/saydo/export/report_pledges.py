"""Pledges for the report: by speaker, with the conduct that kept or broke them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from saydo.export.page import PledgeLine, PledgesOf, Shown
from saydo.export.passages import Passages, finding, flat
from saydo.export.words import day
from saydo.model.case import CaseView, Commitment
from saydo.model.records import Statement

MOST = 120
"""Pledges on the page: the broken and kept ones first, then open ones."""
_ORDER = ("broken", "kept", "open")


class PledgeBlocks(NamedTuple):
    speakers: tuple[PledgesOf, ...]
    shown: Shown


def pledge_blocks(view: CaseView, numbers: dict[str, int]) -> PledgeBlocks:
    """Pledges by speaker: those who broke most first, then those who kept most, then by name."""
    chosen = sorted(view.commitments, key=lambda c: _ORDER.index(c.outcome))[:MOST]
    by_speaker: dict[str, tuple[str, list[PledgeLine]]] = {}
    for commitment in chosen:
        entry = by_speaker.setdefault(commitment.speaker, (flat(commitment.speaker_name), []))
        entry[1].append(_line(view, commitment, numbers))
    speakers = [_pledges_of(name, lines) for name, lines in by_speaker.values()]
    ranked = sorted(speakers, key=lambda s: (-s.broken, -s.kept, -s.open, s.speaker))
    return PledgeBlocks(tuple(ranked), Shown(len(chosen), len(view.commitments)))


def _line(view: CaseView, commitment: Commitment, numbers: dict[str, int]) -> PledgeLine:
    document, record = view.document(commitment.document), view.record(commitment.document)
    statement = next(s for s in record.statements if s.id == commitment.statement)
    return PledgeLine(
        outcome=commitment.outcome,
        words=Passages(document, record, {}).said(statement.content),
        quoted=statement.quoted,
        date=day((statement.time and statement.time.from_) or document.date),
        source=numbers[document.id],
        conduct=tuple((_words(view, report, id), numbers[report]) for report, id in commitment.against),
    )


def _pledges_of(name: str, lines: Sequence[PledgeLine]) -> PledgesOf:
    count = {outcome: sum(line.outcome == outcome for line in lines) for outcome in _ORDER}
    ranked = sorted(lines, key=lambda line: (_ORDER.index(line.outcome), line.source))
    return PledgesOf(name, count["kept"], count["broken"], count["open"], tuple(ranked))


def _words(view: CaseView, document: str, id: str) -> str:
    """The sentence of a record that kept or broke a pledge."""
    record = view.record(document)
    of = Passages(view.document(document), record, {})
    found = finding(record, id)
    return flat(of.text(of.sentences(found.content if isinstance(found, Statement) else [found.evidence])))
