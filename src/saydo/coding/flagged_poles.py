"""The coded findings of one document by where they stand, and whether two of them are opposed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from saydo.codebook.opposition import Doing, Oppositions
from saydo.coding.statements_content import base_actor
from saydo.model.document import Document
from saydo.model.linked import LinkedMention, LinkedReading
from saydo.model.records import Event, Proposition, Statement, Tie

Finding = Event | Tie
_SAYS_HOW_IT_IS = frozenset({"assertion", "denial", "pledge", "accusation", "claim_of_responsibility"})
_LINKS = frozenset({"command", "leadership", "affiliation", "office"})


@dataclass(frozen=True, slots=True)
class Side:
    """What is coded on one side of a contrast."""

    statements: tuple[Statement, ...]
    facts: tuple[Finding, ...]
    """Events and ties that are reported as actual."""
    truces: tuple[Event, ...]

    def with_facts(self, more: Iterable[Finding]) -> Side:
        """The side with further facts, each once."""
        return replace(self, facts=tuple({f.id: f for f in (*self.facts, *more)}.values()))


@dataclass(frozen=True, slots=True)
class Poles:
    """The findings of a document, asked by position and by opposition."""

    linked: LinkedReading
    events: Mapping[str, Event]
    ties: Mapping[str, Tie]
    statements: Mapping[str, Statement]
    mentions: Mapping[str, LinkedMention]
    names: Mapping[str, str]
    starts: tuple[int, ...]
    oppositions: Oppositions
    links: Mapping[tuple[str, str], str]
    """(one actor, another) → the tie by which one stands under the other."""

    @classmethod
    def of(
        cls,
        linked: LinkedReading,
        events: Sequence[Event],
        ties: Sequence[Tie],
        statements: Sequence[Statement],
        oppositions: Oppositions,
    ) -> Poles:
        mentions = {m.id: m for m in linked.mentions}
        links: dict[tuple[str, str], str] = {}
        for tie in ties:
            if tie.type not in _LINKS or tie.polarity == "negative" or tie.state == "ended":
                continue
            ends = [_base(mentions.get(i)) for i in (tie.from_, tie.to)]
            if ends[0] and ends[1] and ends[0] != ends[1]:
                links.setdefault((ends[0], ends[1]), tie.id)
                links.setdefault((ends[1], ends[0]), tie.id)
        return cls(
            linked,
            {e.id: e for e in events},
            {t.id: t for t in ties},
            {s.id: s for s in statements},
            mentions,
            {a.id: a.name for a in linked.actors},
            tuple(t.start for t in linked.reading.tokens),
            oppositions,
            links,
        )

    @property
    def document(self) -> Document:
        return self.linked.reading.document

    # --- where things stand -------------------------------------------------------------------------------

    def token(self, offset: int) -> int:
        """The token in which a character offset lies."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def position(self, record: Event | Tie | Statement) -> int:
        """The token by which a record is placed: its trigger, the cue of a statement."""
        if isinstance(record, Statement):
            spans = record.cue or record.source or record.content
            return self.token(spans[0][0])
        return self.token(record.trigger[0])

    def sentence(self, token: int) -> int:
        return self.linked.reading.tokens[token].sentence

    def quoted(self, token: int) -> bool:
        """Whether a token stands in somebody's words; what only ends in "…, they said" is the report's own
        telling."""
        start = self.linked.reading.tokens[token].start
        return any(
            a <= start < b and (s.quoted or not s.cue or s.cue[0][0] < a)
            for s in self.statements.values()
            for a, b in s.content
        )

    def in_source(self, token: int) -> bool:
        """Whether a token stands in the words that name a speaker ("aides long at odds with him say …")."""
        start = self.linked.reading.tokens[token].start
        return any(a <= start < b for s in self.statements.values() for a, b in s.source)

    def cued(self, statement: Statement, tokens: frozenset[int]) -> bool:
        """Whether any of some tokens is in the cue of a statement."""
        starts = [self.linked.reading.tokens[i].start for i in tokens]
        return any(a <= start < b for a, b in statement.cue for start in starts)

    def saying(self, record: Finding) -> bool:
        """Whether an event is an act of speaking ("denied"), or what somebody denies: words, no deed."""
        start = record.trigger[0]
        voice = self.statements.get(record.attributed_to or "")
        if voice is not None and voice.kind == "denial":
            return True
        return any(a <= start < b for s in self.statements.values() for a, b in s.cue)

    def side(self, tokens: frozenset[int]) -> Side:
        """What is coded within some tokens."""
        spoken = [
            s
            for s in self.statements.values()
            if s.kind in _SAYS_HOW_IT_IS and self._within(s, tokens) and not self.asks(s)
        ]
        facts = [f for f in self.findings() if self.position(f) in tokens and self.actual(f)]
        truces = [
            f
            for f in facts
            if isinstance(f, Event)
            and f.attributed_to is None
            and f.polarity == "positive"
            and self.oppositions.binds(Doing.of(f))
        ]
        return Side(tuple(spoken), tuple(facts), tuple(truces))

    def asks(self, statement: Statement) -> bool:
        """Whether a statement only asks: "asked *if* the road was open"."""
        words = self.content(statement).split(maxsplit=1)
        return bool(words) and words[0].lower() in ("if", "whether")

    def _within(self, statement: Statement, tokens: frozenset[int]) -> bool:
        """Whether a statement stands on a side: by its cue, or by most of what it says ("says it has left,
        but …", where only what is said is joined)."""
        if self.position(statement) in tokens:
            return True
        said = [range(self.token(a), self.token(b - 1) + 1) for a, b in statement.content]
        return 2 * sum(len(tokens.intersection(each)) for each in said) > sum(map(len, said))

    def sentences(self, first: int, last: int) -> Side:
        """What is coded within the sentences ``[first, last)``."""
        reading = self.linked.reading
        held = range(max(0, first), max(0, last))
        return self.side(frozenset(t.i for t in reading.tokens if t.sentence in held))

    def following(self, number: int, most: int) -> Side:
        """What is coded within the sentences after one, in its paragraph."""
        sentences = self.linked.reading.sentences
        last = number + 1
        while last < len(sentences) and last <= number + most:
            if sentences[last].paragraph != sentences[number].paragraph:
                break
            last += 1
        return self.sentences(number + 1, last)

    def about(self, lemma: str, before: int) -> list[Finding]:
        """What is told in earlier sentences that speak of the same evidence (videos, papers, photos), and
        in what is said in them."""
        reading = self.linked.reading
        spots = {t.sentence for t in reading.tokens if t.lemma.lower() == lemma and t.sentence < before}
        voices = {s.id for s in self.statements.values() if self.sentence(self.position(s)) in spots}
        return [
            f
            for f in self.findings()
            if self.actual(f) and (self.sentence(self.position(f)) in spots or f.attributed_to in voices)
        ]

    def findings(self) -> Iterable[Finding]:
        """All events, then all ties."""
        yield from self.events.values()
        yield from self.ties.values()

    def actual(self, record: Finding) -> bool:
        """Whether a record is reported as so, now or before."""
        return record.realis in ("actual", "historical")

    # --- who is spoken of ---------------------------------------------------------------------------------

    def speaker(self, pole: Statement | Event) -> tuple[str | None, str | None]:
        """Actor id and name of the one whose words (or truce) a pole is."""
        ids = (pole.source_mention,) if isinstance(pole, Statement) else pole.actors
        for id in ids:
            mention = self.mentions.get(id or "")
            if mention is not None and mention.actor:
                return mention.actor, self.names.get(mention.actor, mention.actor)
        if isinstance(pole, Statement) and pole.source:
            return None, " ".join(self.document.text[a:b] for a, b in pole.source)
        return None, None

    def bases(self, ids: Iterable[str | None]) -> frozenset[str]:
        """The resolved actors behind some mentions, a state for its branches."""
        found = (_base(self.mentions.get(i)) for i in ids if i)
        return frozenset(b for b in found if b)

    def doers(self, record: Finding) -> frozenset[str]:
        """Resolved actors of an event, or at the near end of a tie."""
        return self.bases(record.actors if isinstance(record, Event) else (record.from_,))

    def others(self, record: Finding) -> tuple[str, ...]:
        """Mentions of those it is done to, or at the far end of a tie."""
        return record.recipients if isinstance(record, Event) else (record.to,)

    def parties(self, record: Finding) -> frozenset[str]:
        """Everybody resolved that takes part."""
        return self.doers(record) | self.bases(self.others(record))

    def linked_by(self, mine: frozenset[str], its: frozenset[str]) -> tuple[str, ...] | None:
        """How two sets of actors touch: () directly, a tie where one stands under the other, else None."""
        if mine & its:
            return ()
        for a in sorted(mine):
            for b in sorted(its):
                if (a, b) in self.links:
                    return (self.links[a, b],)
        return None

    # --- words --------------------------------------------------------------------------------------------

    def quote(self, record: Event | Tie | Statement | Proposition) -> str:
        """The full sentence of a record; of a statement all that it touches."""
        if isinstance(record, Statement):
            spans = [*record.cue, *record.source, *record.content]
        else:
            spans = [record.evidence]
        sentences = self.linked.reading.sentences
        first = self.sentence(self.token(min(a for a, _ in spans)))
        last = self.sentence(self.token(max(b for _, b in spans) - 1))
        return self.document.text[sentences[first].start : sentences[last].end].strip()

    def words(self, record: Proposition) -> str:
        """The words of a clause as far as they are known to belong to it."""
        return self.document.text[record.evidence[0] : record.evidence[1]]

    def content(self, statement: Statement) -> str:
        """The words of a statement's content."""
        return " … ".join(self.document.text[a:b] for a, b in statement.content)

    def via(self, record: Event | Tie | Statement) -> list[tuple[str, str]]:
        """The statement that an event or tie was coded from, as a citation."""
        if isinstance(record, Statement) or record.attributed_to is None:
            return []
        return [(self.document.id, record.attributed_to)]


def _base(mention: LinkedMention | None) -> str | None:
    return base_actor(mention.actor) if mention is not None and mention.actor else None
