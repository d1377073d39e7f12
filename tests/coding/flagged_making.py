"""Puts findings on a scripted reading by their words, as coding would, and asks what the report flags."""

from __future__ import annotations

from saydo.codebook import load
from saydo.coding.flagged import find_flagged
from saydo.model.document import Document
from saydo.model.linked import LinkedMention, LinkedReading
from saydo.model.records import Actor, Discrepancy, Event, Offsets, Statement, Tie
from saydo.reading.scripted import scripted_reading


class Report:
    """A reading with mentions, events, ties and statements placed by words (the nth time they occur)."""

    def __init__(self, script: tuple[str, str], date: str | None = None) -> None:
        text, tree = script
        self.text = text
        self.reading = scripted_reading(Document("d", text, date=date), tree)
        self.mentions: list[LinkedMention] = []
        self.actors: dict[str, Actor] = {}
        self.events: list[Event] = []
        self.ties: list[Tie] = []
        self.statements: list[Statement] = []

    def at(self, words: str, nth: int = 0) -> Offsets:
        start = -1
        for _ in range(nth + 1):
            start = self.text.index(words, start + 1)
        return start, start + len(words)

    def _tokens(self, span: Offsets) -> list[int]:
        return [t.i for t in self.reading.tokens if t.start < span[1] and span[0] < t.end]

    def who(self, words: str, actor: str | None = None, nth: int = 0, type: str = "group") -> str:
        inside = self._tokens(self.at(words, nth))
        heads = [i for i in inside if self.reading.tokens[i].head not in inside]
        id = f"m{len(self.mentions)}"
        named = any(self.reading.tokens[i].upos == "PROPN" for i in inside)
        self.mentions.append(
            LinkedMention(id, inside[0], inside[-1] + 1, (heads or inside)[-1], type, named, actor, "test")
        )
        if actor:
            self.actors[actor] = Actor(id=actor, name=actor, kind="group", resolved_by="name", reason="test")
        return id

    def _sentence(self, span: Offsets) -> Offsets:
        return next((s.start, s.end) for s in self.reading.sentences if s.start <= span[0] < s.end)

    def event(self, type: str, trigger: str, nth: int = 0, **more: object) -> str:
        span = self.at(trigger, nth)
        fields = {"score": 0.8, **more}
        event = Event(
            id=f"e{len(self.events)}", type=type, trigger=span, evidence=span, rule="test", **fields
        )
        self.events.append(event)
        return event.id

    def tie(self, type: str, trigger: str, from_: str, to: str, nth: int = 0, **more: object) -> str:
        span = self.at(trigger, nth)
        fields = {"score": 0.8, **more}
        tie = Tie(
            id=f"t{len(self.ties)}", type=type, from_=from_, to=to, trigger=span, evidence=span, rule="test",
            **fields,
        )  # fmt: skip
        self.ties.append(tie)
        return tie.id

    def says(
        self,
        kind: str,
        source: str,
        cue: str,
        content: str,
        *ids: str,
        rule: str = "attribution",
        nth: int = 0,
    ) -> str:
        id = f"s{len(self.statements)}"
        mention = next(m for m in self.mentions if m.id == source)
        tokens = self.reading.tokens
        words = (tokens[mention.first].start, tokens[mention.last - 1].end)
        self.statements.append(
            Statement(
                id=id, kind=kind, source=(words,), source_mention=source, cue=(self.at(cue),), content=(self.at(content, nth),),
                quoted='"' in content, events=tuple(i for i in ids if i[0] == "e"), rule=rule,
                ties=tuple(i for i in ids if i[0] == "t"), score=0.8,
            )
        )  # fmt: skip
        update = {"attributed_to": id}
        self.events = [e.model_copy(update=update) if e.id in ids else e for e in self.events]
        self.ties = [t.model_copy(update=update) if t.id in ids else t for t in self.ties]
        return id

    def flagged(self) -> tuple[Discrepancy, ...]:
        linked = LinkedReading(self.reading, tuple(self.mentions), tuple(self.actors.values()), (), (), ())
        return find_flagged(linked, self.events, self.ties, self.statements, load()).discrepancies
