"""Composes statements, events and ties of one document and writes them as records."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from saydo.codebook.entries import Codebook, OfficeEntry
from saydo.coding.drafts import DraftEvent
from saydo.coding.events import find_events
from saydo.coding.flagged import find_flagged
from saydo.coding.match import Index, Scene, index_units
from saydo.coding.modality import ModalityCues
from saydo.coding.propositions import find_propositions
from saydo.coding.statements import DraftStatement, read_statements, to_record
from saydo.coding.ties import DraftTie, find_ties, title_index
from saydo.coding.voices import Voices
from saydo.model.linked import LinkedMention, LinkedReading
from saydo.model.records import Discrepancy, Event, Note, Proposition, Statement, Tie


class Coded(NamedTuple):
    """The findings of one document, with what was withheld and why."""

    events: tuple[Event, ...]
    ties: tuple[Tie, ...]
    statements: tuple[Statement, ...]
    discrepancies: tuple[Discrepancy, ...]
    notes: tuple[Note, ...]
    propositions: tuple[Proposition, ...] = ()


@dataclass(frozen=True)
class Coder:
    """A codebook made ready for coding; build it once and use it for any number of documents."""

    codebook: Codebook
    events: Index
    ties: Index
    titles: dict[str, OfficeEntry]
    cues: ModalityCues

    @classmethod
    def of(cls, codebook: Codebook) -> Coder:
        return cls(
            codebook,
            index_units(codebook.events.items()),
            index_units(codebook.ties.items()),
            title_index(codebook),
            ModalityCues.of(codebook),
        )

    def code(self, linked: LinkedReading) -> Coded:
        """Events, ties and statements of one document, and what it sets against each other itself."""
        scene = Scene.of(linked)
        spoken, withheld = read_statements(scene, self.codebook)
        voices = Voices.of(spoken)
        events, notes = find_events(scene, self.events, voices, self.cues, self.codebook)
        ties = find_ties(scene, self.ties, self.titles, voices, self.cues, self.codebook, events)
        event_records = tuple(_event(scene, d, f"e{k}") for k, d in enumerate(events))
        notes += [
            Note(about=e.id, reason=f"seen otherwise: {d.doubt}", start=e.trigger[0], end=e.trigger[1])
            for d, e in zip(events, event_records, strict=True)
            if d.doubt
        ]
        tie_records = tuple(_tie(scene, d, f"t{k}") for k, d in enumerate(ties))
        statements = _statements(linked, spoken, events, ties)
        told = find_propositions(scene, voices, self.cues, self.codebook)
        flagged = find_flagged(
            linked, event_records, tie_records, statements, self.codebook, told, scene.clauses
        )
        told = (*told, *flagged.propositions)
        return Coded(event_records, tie_records, statements, flagged.discrepancies, (*notes, *withheld), told)


def code(linked: LinkedReading, codebook: Codebook) -> Coded:
    """Codes one document; the codebook is made ready once and kept."""
    return _ready(codebook).code(linked)


@lru_cache(maxsize=4)
def _ready(codebook: Codebook) -> Coder:
    return Coder.of(codebook)


def _statements(
    linked: LinkedReading, spoken: tuple[DraftStatement, ...], events: list[DraftEvent], ties: list[DraftTie]
) -> tuple[Statement, ...]:
    return tuple(
        to_record(
            draft,
            f"s{k}",
            tuple(f"e{n}" for n, e in enumerate(events) if e.voice == k),
            tuple(f"t{n}" for n, t in enumerate(ties) if t.voice == k),
            linked.reading,
        )
        for k, draft in enumerate(spoken)
    )


def _evidence(
    scene: Scene, trigger: int, support: int | None, mentions: list[LinkedMention]
) -> tuple[int, int]:
    """From the first to the last of trigger, light verb and role fillers of the same sentence."""
    tokens = scene.clauses.tokens
    sentence = tokens[trigger].sentence
    first, last = trigger, trigger + 1
    if support is not None:
        first, last = min(first, support), max(last, support + 1)
    for mention in mentions:
        if tokens[mention.head].sentence == sentence:
            first, last = min(first, mention.first), max(last, mention.last)
    return tokens[first].start, tokens[last - 1].end


def _trigger_span(scene: Scene, trigger: int) -> tuple[int, int]:
    """The trigger word with its particle where it stands right behind ("blew up")."""
    tokens = scene.clauses.tokens
    last = max([trigger, *(c for c in scene.clauses.with_rel(trigger, "compound:prt") if c == trigger + 1)])
    return tokens[trigger].start, tokens[last].end


def _event(scene: Scene, draft: DraftEvent, event_id: str) -> Event:
    match = draft.match
    people = [*draft.actors, *draft.recipients, *([draft.weapon] if draft.weapon else [])]
    return Event.model_validate(
        {
            "id": event_id,
            "type": match.concept,
            "mode": match.unit.mode,
            "contexts": draft.contexts,
            "trigger": _trigger_span(scene, draft.trigger),
            "actors": tuple(m.id for m in draft.actors),
            "recipients": tuple(m.id for m in draft.recipients),
            "place": draft.setting.place,
            "time": draft.setting.time,
            "killed": draft.killed,
            "injured": draft.injured,
            "weapon": draft.weapon.id if draft.weapon else None,
            "realis": draft.modality.realis,
            "polarity": draft.modality.polarity,
            "attributed_to": None if draft.voice is None else f"s{draft.voice}",
            "evidence": _evidence(scene, draft.trigger, match.frame.support, people),
            "rule": f"{match.concept}/{match.name}",
            "score": draft.score,
        }
    )


def _over(draft: DraftTie) -> bool:
    """Whether a tie is told of a stretch of years that has its end: "armed them from 1980 until 1989"."""
    time = draft.time
    if draft.state != "unknown" or time is None or time.from_ is None or time.to is None:
        return False
    return time.from_[:4] != time.to[:4]


def _tie(scene: Scene, draft: DraftTie, tie_id: str) -> Tie:
    time = draft.time
    return Tie.model_validate(
        {
            "id": tie_id,
            "type": draft.type,
            "from": draft.source.id,
            "to": draft.target.id,
            "role": draft.role,
            "since": time.from_ if time else None,
            "until": time.to if time and (draft.state == "ended" or _over(draft)) else None,
            "state": draft.state,
            "polarity": draft.modality.polarity,
            "realis": draft.modality.realis,
            "attributed_to": None if draft.voice is None else f"s{draft.voice}",
            "evidence": _evidence(scene, draft.trigger, draft.frame.support, [draft.source, draft.target]),
            "trigger": _trigger_span(scene, draft.trigger),
            "rule": draft.rule,
            "score": draft.score,
        }
    )
