"""The coded findings of one document by where they stand, and whether two of them are opposed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from saydo.codebook.entries import Codebook
from saydo.codebook.opposition import Doing, Oppositions, words
from saydo.coding.statements_content import base_actor
from saydo.model.document import Document
from saydo.model.linked import LinkedMention, LinkedReading
from saydo.model.records import Event, Statement, Tie

Finding = Event | Tie
_SAYS_HOW_IT_IS = frozenset({"assertion", "denial", "pledge", "accusation", "claim_of_responsibility"})
_LINKS = frozenset({"command", "leadership", "affiliation", "office"})


class Match(NamedTuple):
    """What stands against a statement: a record, the claim it goes against, and how surely."""

    record: Event | Tie | Statement
    claim: Finding | None
    strength: float
    words: str
    """By which step the actors are linked, for the explanation; may be empty."""
    ties: tuple[str, ...]
    same_speaker: bool = False


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
    general: frozenset[str]
    """Head nouns that stand for any of their kind ("ties with terrorist organisations")."""
    gainsaying: frozenset[str]
    """Prepositions by which words are named only in order to be gainsaid."""

    @classmethod
    def of(
        cls,
        linked: LinkedReading,
        events: Sequence[Event],
        ties: Sequence[Tie],
        statements: Sequence[Statement],
        codebook: Codebook,
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
            Oppositions.of(codebook),
            links,
            frozenset(words(codebook.rules["tie"], "group-words"))
            | frozenset(words(codebook.rules["commitment"], "anybody")),
            frozenset(codebook.phrases("contrast-prepositions")),
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

    def side(self, tokens: frozenset[int]) -> Side:
        """What is coded within some tokens."""
        spoken = [
            s for s in self.statements.values() if s.kind in _SAYS_HOW_IT_IS and self.position(s) in tokens
        ]
        facts = [f for f in self._findings() if self.position(f) in tokens and self._actual(f)]
        truces = [
            f
            for f in facts
            if isinstance(f, Event)
            and f.attributed_to is None
            and f.polarity == "positive"
            and self.oppositions.binds(Doing.of(f))
        ]
        return Side(tuple(spoken), tuple(facts), tuple(truces))

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
            for f in self._findings()
            if self._actual(f) and (self.sentence(self.position(f)) in spots or f.attributed_to in voices)
        ]

    def _findings(self) -> Iterable[Finding]:
        yield from self.events.values()
        yield from self.ties.values()

    def _actual(self, record: Finding) -> bool:
        return record.realis in ("actual", "historical")

    def set_aside(self, statement: Statement) -> bool:
        """Whether a statement is named only in order to be gainsaid ("contrary to what they claim"): a
        denial whose content is told by nothing but the clause beside it."""
        return statement.kind == "denial" and statement.rule.partition("/")[2] in self.gainsaying

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

    def _bases(self, ids: Iterable[str | None]) -> frozenset[str]:
        found = (_base(self.mentions.get(i)) for i in ids if i)
        return frozenset(b for b in found if b)

    def _doers(self, record: Finding) -> frozenset[str]:
        return self._bases(record.actors if isinstance(record, Event) else (record.from_,))

    def _others(self, record: Finding) -> tuple[str, ...]:
        return record.recipients if isinstance(record, Event) else (record.to,)

    def _parties(self, record: Finding) -> frozenset[str]:
        return self._doers(record) | self._bases(self._others(record))

    def _linked(self, mine: frozenset[str], its: frozenset[str]) -> tuple[str, ...] | None:
        """How two sets of actors touch: () directly, a tie where one stands under the other, else None."""
        if mine & its:
            return ()
        for a in sorted(mine):
            for b in sorted(its):
                if (a, b) in self.links:
                    return (self.links[a, b],)
        return None

    # --- opposition ---------------------------------------------------------------------------------------

    def opposed(self, statement: Statement, fact: Finding, lenient: bool = False) -> Match | None:
        """Whether a reported event or tie goes against what a statement claims, by type, polarity and
        parties. With ``lenient``, after a cue that leaves no doubt, a doer without a name ("officers") may
        be the one spoken of."""
        if fact.attributed_to == statement.id:
            return None
        same_speaker = self._same_speaker(statement, fact)
        for claim in self._claims(statement):
            strength = self._contrary(statement, claim, fact)
            if not strength or (same_speaker and claim.realis != "future"):
                continue
            ties = self._touch(statement, claim, fact, lenient)
            if ties is not None:
                factor = (1.0 if not ties else 0.9) * (0.95 if fact.attributed_to else 1.0)
                return Match(fact, claim, strength * factor, _by(ties), ties)
        return None

    def _same_speaker(self, statement: Statement, fact: Finding) -> bool:
        other = self.statements.get(fact.attributed_to or "")
        if other is None:
            return False
        mine, its = self.speaker(statement)[0], self.speaker(other)[0]
        return mine is not None and mine == its

    def _claims(self, statement: Statement) -> list[Finding]:
        found: list[Finding] = [self.events[i] for i in statement.events if i in self.events]
        found += [self.ties[i] for i in statement.ties if i in self.ties]
        return [c for c in found if c.realis != "hypothetical"]

    def _contrary(self, statement: Statement, claim: Finding, fact: Finding) -> float:
        """0 where the two are not contrary, else how clearly they are."""
        said, done = Doing.of(claim), Doing.of(fact)
        holds = _positive(claim) and statement.kind != "denial"
        if not holds:
            if not _positive(fact):
                return 0.0
            return 1.0 if self.oppositions.same(said, done) else 0.95 * self.oppositions.ruled_out(said, done)
        if _positive(fact):
            against = (
                self.oppositions.opposite(said, done)
                or self.oppositions.breaks(said, done)
                or self.oppositions.exclusive(said, done)
            )
            return 0.95 if against else 0.0
        return 1.0 if self.oppositions.same(said, done) or self.oppositions.ruled_out(done, said) else 0.0

    def _touch(
        self, statement: Statement, claim: Finding, fact: Finding, lenient: bool = False
    ) -> tuple[str, ...] | None:
        """How the doers of claim and fact touch; None where they, or those it was done to, are different."""
        doers, its = self._doers(claim), self._doers(fact)
        if not doers and statement.source_mention:
            doers = self._bases([statement.source_mention]) if statement.kind == "pledge" else doers
        if self.oppositions.symmetric(Doing.of(claim)) or self.oppositions.symmetric(Doing.of(fact)):
            return self._touch_both(claim, fact)
        if doers and its:
            ties = self._linked(doers, its)
        else:
            # the siege has been lifted; trucks are being turned back: nobody is named who did it
            ties = () if (lenient and not its) or not self._named_apart(claim, fact) else None
        if ties is None or not self._recipients_agree(claim, fact):
            return None
        return ties

    def _touch_both(self, claim: Finding, fact: Finding) -> tuple[str, ...] | None:
        mine, its = self._parties(claim), self._parties(fact)
        general = any(self._general(i) for i in (*self._others(claim), *_ids(claim)))
        shared = mine & its
        if len(shared) >= 2 or (shared and general):
            return ()
        return None

    def _general(self, mention_id: str) -> bool:
        """ "Foreign groups", "others": words that stand for any of them."""
        mention = self.mentions.get(mention_id)
        if mention is None or mention.named:
            return False
        return self.linked.reading.tokens[mention.head].lemma.lower() in self.general

    def _named_apart(self, claim: Finding, fact: Finding) -> bool:
        if bool(self._doers(claim)) == bool(self._doers(fact)):
            return False
        return not (self._parties(claim) & self._parties(fact) or self._heads(claim) & self._heads(fact))

    def _heads(self, record: Finding) -> frozenset[str]:
        """Head words of those it was done to ("villagers")."""
        found = (self.mentions.get(i) for i in self._others(record))
        return frozenset(self.linked.reading.tokens[m.head].lemma.lower() for m in found if m)

    def _recipients_agree(self, claim: Finding, fact: Finding) -> bool:
        mine, its = self._bases(self._others(claim)), self._bases(self._others(fact))
        if not mine or not its or mine & its:
            return True
        if any(self._general(i) for i in self._others(claim)):
            return True
        return self._linked(mine, its) is not None

    def related(self, statement: Statement, fact: Finding) -> Match | None:
        """Whether a fact is about the speaker, or those under it, and so may gainsay words of which no
        claim is coded (only to be asked after a cue that says that it does)."""
        if fact.attributed_to == statement.id or self._same_speaker(statement, fact):
            return None
        if not _positive(fact) and not self.set_aside(statement):
            return None
        if statement.kind in ("accusation", "claim_of_responsibility"):
            return None
        speaker = self._bases([statement.source_mention])
        if not speaker:
            return None
        if isinstance(fact, Tie):
            if fact.type in ("office", "leadership", "composition", "succession"):
                return None
            ties: tuple[str, ...] | None = () if speaker & self._parties(fact) else None
        else:
            ties = self._linked(speaker, self._doers(fact))
        if ties is None:
            return None
        return Match(fact, None, 0.8 if ties else 0.85, _by(ties), ties)

    def gainsaid(self, statement: Statement, other: Statement) -> list[Match]:
        """Claims of another statement that go against those of this one; for one and the same speaker a
        change of position."""
        if other.id == statement.id:
            return []
        mine, its = self.speaker(statement)[0], self.speaker(other)[0]
        found: list[Match] = []
        for fact in self._claims(other):
            if not self._actual(fact) or not _asserted(other, fact):
                continue
            for claim in self._claims(statement):
                strength = self._contrary(statement, claim, fact)
                ties = self._touch(statement, claim, fact) if strength else None
                if ties is not None:
                    same = mine is not None and mine == its
                    found.append(Match(other, claim, strength * 0.9, _by(ties), ties, same))
                    break
        return found[:1]

    def broken_by(self, truce: Event, facts: Iterable[Finding]) -> list[Match]:
        """Conduct that breaks a declared truce, by one of those who declared it."""
        doers = self._doers(truce)
        found: list[Match] = []
        for fact in facts:
            if fact.id == truce.id or not _positive(fact) or fact.attributed_to:
                continue
            if not self.oppositions.breaks(Doing.of(truce), Doing.of(fact)):
                continue
            ties = self._linked(doers | self._bases(truce.recipients), self._doers(fact))
            if ties is not None:
                found.append(Match(fact, truce, 0.9, _by(ties), ties))
        return found

    # --- words --------------------------------------------------------------------------------------------

    def quote(self, record: Event | Tie | Statement) -> str:
        """The full sentence of a record; of a statement all that it touches."""
        if isinstance(record, Statement):
            spans = [*record.cue, *record.source, *record.content]
        else:
            spans = [record.evidence]
        sentences = self.linked.reading.sentences
        first = self.sentence(self.token(min(a for a, _ in spans)))
        last = self.sentence(self.token(max(b for _, b in spans) - 1))
        return self.document.text[sentences[first].start : sentences[last].end].strip()

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


def _positive(record: Finding) -> bool:
    return record.polarity == "positive" and not (isinstance(record, Tie) and record.state == "ended")


def _asserted(statement: Statement, fact: Finding) -> bool:
    return statement.kind != "denial" or not _positive(fact)


def _ids(record: Finding) -> tuple[str, ...]:
    return record.actors if isinstance(record, Event) else (record.from_,)


def _by(ties: tuple[str, ...]) -> str:
    return ", by one who stands under it or over it" if ties else ""
