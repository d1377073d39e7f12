"""The two sides of a discrepancy as passages, with the evidence marked in the full sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from saydo.export.page import PassageBlock, Segment
from saydo.export.passages import Finding, Passages, finding, flat
from saydo.export.words import STATEMENT, TIE, day, period, when
from saydo.model.case import CaseView
from saydo.model.records import Offsets, Pole, Proposition, Statement, Tie

_IDS = re.compile(r"(\((?:[^\s()]+/)?[a-z]\d+(?:, (?:[^\s()]+/)?[a-z]\d+)*\))")


def passages(
    view: CaseView, poles: Iterable[Pole], heading: str, numbers: dict[str, int]
) -> tuple[PassageBlock, ...]:
    """The passages of poles; findings of one and the same sentence share one.

    KeyError where the case lacks a report or record that a pole names.
    """
    together: dict[tuple[str, str], list[str]] = {}
    for pole in poles:
        together.setdefault((pole.document, pole.quote), []).append(pole.id)
    return tuple(
        _passage(view, document, quote, ids, heading, numbers) for (document, quote), ids in together.items()
    )


def _passage(
    view: CaseView, id: str, quote: str, records: Sequence[str], heading: str, numbers: dict[str, int]
) -> PassageBlock:
    document, record = view.document(id), view.record(id)
    of = Passages(document, record, view.actor_names())
    found = [finding(record, id) for id in records]
    marks = [mark for one in found for mark in evidence(of, one)]
    return PassageBlock(
        heading=heading,
        segments=segments(document.text, quote, marks),
        coded=tuple(dict.fromkeys(coded(of, one) for one in found)),
        source=numbers[document.id],
        title=flat(document.title or document.origin),
        publisher=flat(document.publisher or ""),
        date=day(document.date),
        timecode=of.timecode(min(start for start, _ in marks)),
    )


def evidence(of: Passages, found: Finding) -> tuple[Offsets, ...]:
    """What to mark: the words of a statement; of conduct the part of the sentence that tells it, or where
    that is all of it, the word that names it."""
    if isinstance(found, Statement):
        return found.content
    whole = of.sentences([found.evidence])
    return (found.trigger,) if found.evidence == whole else (found.evidence,)


def segments(text: str, quote: str, marks: Sequence[Offsets]) -> tuple[Segment, ...]:
    """The quote, cut where marks begin and end; unmarked where the marks lie elsewhere in the text."""
    first = min(start for start, _ in marks)
    start = text.rfind(quote, 0, first + len(quote))
    if start < 0:
        start = text.find(quote)
    if start < 0:
        return (Segment(quote, False),)
    end = start + len(quote)
    inside = sorted((max(a, start), min(b, end)) for a, b in marks if a < end and b > start)
    pieces: list[Segment] = []
    at = start
    for a, b in inside:
        pieces += [Segment(text[at : max(a, at)], False), Segment(text[max(a, at) : max(b, at)], True)]
        at = max(b, at)
    pieces.append(Segment(text[at:end], False))
    return tuple(piece for piece in pieces if piece.text)


def explained(explanation: str) -> tuple[Segment, ...]:
    """An explanation cut into its words and, marked, the record ids in brackets."""
    pieces = _IDS.split(flat(explanation))
    return tuple(Segment(piece, n % 2 == 1) for n, piece in enumerate(pieces) if piece)


def coded(of: Passages, found: Finding) -> str:
    """What was coded, in one line: type, who, whom, when, where."""
    if isinstance(found, Statement):
        speaker = of.speaker(found)
        return _joined(
            STATEMENT[found.kind][0], speaker.name if speaker else "source not named", when(found.time)
        )
    said_by = of.said_by(found)
    voice = f"according to {said_by.name}" if said_by else ""
    if isinstance(found, Tie):
        ended = "ended" if found.state == "ended" else ""
        words = f"{of.party(found.from_).name} {TIE[found.type]} {of.party(found.to).name}"
        return _joined(words, ended, period(found.since, found.until), voice)
    who = ", ".join(party.name for party in of.parties(found.actors)) or "actor not named"
    whom = ", ".join(party.name for party in of.parties(found.recipients))
    place = of.record.places[found.place] if found.place is not None else None
    if isinstance(found, Proposition):
        what = of.text(found.trigger)
    else:
        what = f"{found.type} ({found.mode})" if found.mode else found.type
    return _joined(
        what,
        f"{who} → {whom}" if whom else who,
        when(found.time),
        (place.name or place.text) if place else "",
        voice,
    )


def _joined(*parts: str) -> str:
    return " · ".join(flat(part) for part in parts if part)
