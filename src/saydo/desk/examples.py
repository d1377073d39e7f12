"""Runs the example sentences of a codebook: whether each is coded, or left alone, as its entry says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any, Literal

from saydo.codebook.entries import Codebook, Concept, ContextEntry, Example
from saydo.desk.corridor import Corridor, corridor
from saydo.model.document import Document
from saydo.model.linked import LinkedReading
from saydo.model.reading import Reader, Reading
from saydo.model.records import Event, Statement, Tie

Room = Literal["events", "modes", "ties", "statements", "contexts"]
ROOMS: tuple[Room, ...] = ("events", "modes", "ties", "statements", "contexts")
"""The rooms of a codebook whose entries have example sentences."""
_DATE = "2020-06-15"
"""Publication date of an example that gives none."""
_TOGETHER = 32


@dataclass(frozen=True, slots=True)
class Trial:
    """One example sentence, what its entry expects of it, and what was found."""

    room: Room
    entry: str
    example: Example
    positive: bool
    holds: bool
    expected: str
    found: str

    def as_json(self) -> dict[str, Any]:
        """Plain values, without what the example does not say."""
        plain = asdict(self) | {"example": self.example.model_dump(exclude_none=True)}
        order = ("room", "entry", "positive", "holds", "expected", "found", "example")
        return {key: plain[key] for key in order}


def examples_of(
    codebook: Codebook, only: Iterable[tuple[str, str]] | None = None
) -> list[tuple[Room, str, Example, bool]]:
    """Room, id, example and whether it is a positive one, for every example of a codebook; ``only`` names
    the entries wanted as (room, id)."""
    wanted = None if only is None else frozenset(only)
    found: list[tuple[Room, str, Example, bool]] = []
    for room in ROOMS:
        entries: dict[str, Concept | ContextEntry] = getattr(codebook, room)
        for id, entry in entries.items():
            if wanted is None or (room, id) in wanted:
                found += ((room, id, example, True) for example in entry.positive)
                found += ((room, id, example, False) for example in entry.negative)
    return found


def try_examples(
    codebook: Codebook,
    reader: Reader,
    *,
    only: Iterable[tuple[str, str]] | None = None,
    rooms: Corridor | None = None,
) -> Iterator[Trial]:
    """Reads and codes the examples, and says of each whether it holds, in the order of the codebook.

    Errors of reading and coding are raised: they are no matter of an example.
    """
    walk = rooms or corridor()
    waiting = iter(examples_of(codebook, only))
    while together := list(islice(waiting, _TOGETHER)):
        documents = [
            Document(id=f"example {n}", text=example.text, date=example.date or _DATE)
            for n, (_, _, example, _) in enumerate(together)
        ]
        readings = reader.read_all(documents)
        for (room, id, example, positive), reading in zip(together, readings, strict=True):
            coded = _Coded.of(reading, codebook, walk)
            holds, expected = coded.judge(room, id, example, positive)
            yield Trial(room, id, example, positive, holds, expected, coded.summary())


@dataclass(frozen=True, slots=True)
class _Coded:
    """One example as it was coded."""

    codebook: Codebook
    linked: LinkedReading
    events: tuple[Event, ...]
    ties: tuple[Tie, ...]
    statements: tuple[Statement, ...]

    @classmethod
    def of(cls, reading: Reading, codebook: Codebook, walk: Corridor) -> _Coded:
        linked = walk.link(reading, codebook)
        found = walk.code(linked, codebook)
        return cls(codebook, linked, found.events, found.ties, found.statements)

    def judge(self, room: Room, id: str, example: Example, positive: bool) -> tuple[bool, str]:
        """Whether the example holds, and what is expected of it in words."""
        if room == "contexts":
            return self._context(id, positive)
        if not positive:
            because = f" ({example.because})" if example.because else ""
            return not self._kinds(room, id), f"no {id}{because}"
        wanted = [id]
        if example.mode and room == "events":
            wanted[0] += f".{example.mode}"
        wanted += [
            f"{name} {value!r}"
            for name, value in (("from", example.actor), ("to", example.recipient))
            if value is not None
        ]
        wanted += [value for value in (example.realis, example.polarity) if value is not None]
        return self._fits(room, id, example), ", ".join(wanted)

    def _context(self, id: str, positive: bool) -> tuple[bool, str]:
        if not self.events:  # an example that no event is coded in would show nothing, either way
            return False, f"an event {'with' if positive else 'without'} the context {id}"
        there = any(id in event.contexts for event in self.events)
        return there == positive, f"{'the' if positive else 'no'} context {id}"

    def _kinds(self, room: Room, id: str) -> bool:
        """Whether anything of the entry's kind was coded."""
        if room == "events":
            return any(event.type == id for event in self.events)
        if room == "modes":
            return any(_mode(event) == id for event in self.events)
        if room == "ties":
            return any(tie.type == id for tie in self.ties)
        return any(statement.kind == id for statement in self.statements)

    def _fits(self, room: Room, id: str, example: Example) -> bool:
        if room in ("events", "modes"):
            return any(
                id == (event.type if room == "events" else _mode(event))
                and self._named(example.actor, event.actors)
                and self._named(example.recipient, event.recipients)
                and example.mode in (None, event.mode)
                and example.realis in (None, event.realis)
                and example.polarity in (None, event.polarity)
                for event in self.events
            )
        if room == "ties":
            return any(tie.type == id and self._tied(tie, example) for tie in self.ties)
        return any(
            said.kind == id
            and self._named(example.actor, (said.source_mention,) if said.source_mention else ())
            and self._named(example.recipient, said.addressees)
            for said in self.statements
        )

    def _tied(self, tie: Tie, example: Example) -> bool:
        ends = [(tie.from_, tie.to)]
        if self.codebook.ties[tie.type].undirected:
            ends.append((tie.to, tie.from_))
        return (
            any(
                self._named(example.actor, (one,)) and self._named(example.recipient, (other,))
                for one, other in ends
            )
            and example.realis in (None, tie.realis)
            and example.polarity in (None, tie.polarity)
            and example.mode in (None, tie.role)
        )

    def _named(self, wanted: str | None, mentions: tuple[str, ...]) -> bool:
        return wanted is None or any(wanted.lower() in self._words(m).lower() for m in mentions)

    def _words(self, mention_id: str) -> str:
        """The words of a mention with the name of its actor where that is another."""
        mention = next(m for m in self.linked.mentions if m.id == mention_id)
        tokens = self.linked.reading.tokens
        text = self.linked.reading.document.text
        words = text[tokens[mention.first].start : tokens[mention.last - 1].end]
        name = next((a.name for a in self.linked.actors if a.id == mention.actor), words)
        return words if name == words else f"{words} = {name}"

    def summary(self) -> str:
        """Everything that was coded, on one line."""
        lines = [
            f"{_mode(e)} {self._pair(e.actors, e.recipients)}"
            + "".join(f" {x}" for x in (e.realis, e.polarity) if x not in ("actual", "positive"))
            + (f" about {', '.join(e.contexts)}" if e.contexts else "")
            for e in self.events
        ]
        lines += [f"{t.type} {self._pair((t.from_,), (t.to,))}" for t in self.ties]
        lines += [
            f"{s.kind} {self._pair((s.source_mention,) if s.source_mention else (), s.addressees)}"
            for s in self.statements
        ]
        return "; ".join(lines) or "nothing"

    def _pair(self, one: tuple[str, ...], other: tuple[str, ...]) -> str:
        left, right = (" and ".join(map(self._words, side)) for side in (one, other))
        return f"[{left or '–'} → {right}]" if right else f"[{left or '–'}]"


def _mode(event: Event) -> str:
    return f"{event.type}.{event.mode}" if event.mode else event.type
