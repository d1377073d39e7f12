"""Builds coded reports by hand: every mention, event, tie and statement is placed by its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from saydo.codebook import ActorEntry, Codebook, load
from saydo.model.document import text_sha256
from saydo.model.records import (
    Actor,
    CoderInfo,
    Count,
    Event,
    Mention,
    Offsets,
    Place,
    Record,
    Statement,
    Tie,
    Time,
    When,
)
from saydo.weighing import WeighedReport

PRECISE = {
    "Orle": ("Orle", 1, "XKX", "Vardan", "city"),
    "Zor": ("Zor", 2, "XKX", "Vardan", "city"),
    "Vardan": ("Vardan", 3, "XKX", "Vardan", "admin1"),
}


def codebook(*extra: ActorEntry) -> Codebook:
    """The shipped codebook with further actors."""
    shipped = load()
    return shipped.model_copy(update={"actors": {**shipped.actors, **{a.id: a for a in extra}}})


@dataclass
class Draft:
    """A report in the making. ``actors`` maps the words of a mention to ``(actor id, kind, country, sector)``
    or to an id alone (an armed group)."""

    id: str
    text: str
    date: str | None = None
    publisher: str | None = None
    mentions: list[Mention] = field(default_factory=list)
    actors: dict[str, Actor] = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)

    def at(self, words: str, nth: int = 0) -> Offsets:
        start = -1
        for _ in range(nth + 1):
            start = self.text.index(words, start + 1)
        return (start, start + len(words))

    def who(
        self,
        words: str,
        actor: str | None = None,
        kind: str = "armed group",
        country: str | None = None,
        sector: str | None = "REB",
        type: str = "group",
        nth: int = 0,
        head: str | None = None,
    ) -> str:
        """A mention; returns its id."""
        start, end = self.at(words, nth)
        id = f"m{len(self.mentions)}"
        last = head or words.split()[-1]
        head_at = start + words.index(last)
        if actor:
            self.actors.setdefault(
                actor,
                Actor(
                    id=actor, name=words, kind=kind, country=country, sector=sector,
                    resolved_by="introduced", reason="test",
                ),
            )  # fmt: skip
        self.mentions.append(
            Mention(
                id=id, start=start, end=end, text=words, type=type, actor=actor,
                head=(head_at, head_at + len(last)), named=words[0].isupper(),
            )
        )  # fmt: skip
        return id

    def place(self, words: str, nth: int = 0) -> int:
        start, end = self.at(words, nth)
        name, geonames_id, country, admin1, precision = PRECISE.get(words, (None, None, None, None, None))
        self.places.append(
            Place(
                start=start, end=end, text=words, name=name, geonames_id=geonames_id, country=country,
                admin1=admin1, precision=precision, reason="test",
            )
        )  # fmt: skip
        return len(self.places) - 1

    def time(self, words: str, start: str, end: str | None = None, nth: int = 0) -> When:
        a, b = self.at(words, nth)
        last = end or start
        precision = "day" if last == start else "interval"
        self.times.append(
            Time(start=a, end=b, text=words, from_=start, to=last, precision=precision, reason="test")
        )
        return When(from_=start, to=last, precision=precision)

    def event(
        self, type: str, trigger: str, evidence: str | None = None, nth: int = 0, **more: object
    ) -> str:
        id = f"e{len(self.events)}"
        at = self.at(trigger, nth)
        self.events.append(
            Event(
                id=id, type=type, trigger=at, evidence=self.at(evidence) if evidence else self._sentence(at),
                rule="test", **{"score": 0.8, **more},
            )
        )  # fmt: skip
        return id

    def tie(self, type: str, trigger: str, from_: str, to: str, nth: int = 0, **more: object) -> str:
        id = f"t{len(self.ties)}"
        at = self.at(trigger, nth)
        self.ties.append(
            Tie(
                id=id, type=type, from_=from_, to=to, trigger=at, evidence=self._sentence(at), rule="test",
                **{"score": 0.8, **more},
            )
        )  # fmt: skip
        return id

    def says(
        self,
        kind: str,
        source: str | None,
        content: str,
        *,
        events: Sequence[str] = (),
        ties: Sequence[str] = (),
        cue: str | None = None,
        time: When | None = None,
        addressees: Sequence[str] = (),
        nth: int = 0,
    ) -> str:
        """A statement; the events and ties named become attributed to it."""
        id = f"s{len(self.statements)}"
        mention = next((m for m in self.mentions if m.id == source), None)
        self.statements.append(
            Statement(
                id=id, kind=kind, source=((mention.start, mention.end),) if mention else (),
                source_mention=source, cue=(self.at(cue),) if cue else (), content=(self.at(content, nth),),
                quoted="“" in self.text, time=time, addressees=tuple(addressees), events=tuple(events),
                ties=tuple(ties), score=0.8,
            )
        )  # fmt: skip
        self.events = [
            e.model_copy(update={"attributed_to": id}) if e.id in events else e for e in self.events
        ]
        self.ties = [t.model_copy(update={"attributed_to": id}) if t.id in ties else t for t in self.ties]
        return id

    def _sentence(self, at: Offsets) -> Offsets:
        return next(s for s in self._sentences() if s[0] <= at[0] < s[1])

    def _sentences(self) -> tuple[Offsets, ...]:
        found, start = [], 0
        for i, c in enumerate(self.text):
            if c == "." and (i + 1 == len(self.text) or self.text[i + 1] == " "):
                found.append((start, i + 1))
                start = i + 2
        return tuple(found or [(0, len(self.text))])

    def done(self) -> WeighedReport:
        record = Record(
            id=self.id, date=self.date, publisher=self.publisher, text_sha256=text_sha256(self.text),
            coder=CoderInfo(version="t", reader="t", codebook="t"), sentences=self._sentences(),
            mentions=tuple(self.mentions), actors=tuple(self.actors.values()), places=tuple(self.places),
            times=tuple(self.times), events=tuple(self.events), ties=tuple(self.ties),
            statements=tuple(self.statements),
        )  # fmt: skip
        return WeighedReport(record, self.text)


def count(low: int, high: int | None = -1, text: str | None = None) -> Count:
    """``count(5)`` is exactly five, ``count(5, None)`` at least five."""
    return Count(low=low, high=low if high == -1 else high, text=text or str(low))
