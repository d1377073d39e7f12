"""Whether two findings of one document are opposed: by type, polarity and who takes part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from saydo.codebook.entries import Codebook
from saydo.codebook.opposition import Doing, Oppositions, words
from saydo.coding.flagged_poles import Finding, Poles
from saydo.model.records import Event, Statement, Tie

_STANDING = frozenset({"office", "leadership", "composition", "succession"})
"""Ties told in passing, by which nothing is gainsaid."""


_ANYONE = frozenset(
    "people person man woman child civilian soldier fighter victim number dead government army police "
    "ministry official spokesman monday tuesday wednesday thursday friday saturday sunday day week year "
    "hospital".split()
)
"""Nouns that two incidents share without being one."""


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
class Opposed:
    """The findings of a document, asked in pairs whether one goes against the other."""

    poles: Poles
    oppositions: Oppositions
    general: frozenset[str]
    """Head nouns that stand for any of their kind ("ties with terrorist organisations")."""
    gainsaying: frozenset[str]
    """Prepositions by which words are named only in order to be gainsaid."""
    verbal: tuple[str, ...]
    """Acts in words alone: that somebody also blamed or praised gainsays nothing of itself."""

    @classmethod
    def of(cls, poles: Poles, codebook: Codebook) -> Opposed:
        return cls(
            poles,
            poles.oppositions,
            frozenset(words(codebook.rules["tie"], "group-words"))
            | frozenset(words(codebook.rules["commitment"], "anybody")),
            frozenset(codebook.phrases("contrast-prepositions")),
            words(codebook.rules["denial"], "not-denied"),
        )

    def set_aside(self, statement: Statement) -> bool:
        """Whether a statement is named only in order to be gainsaid ("contrary to what they claim"): a
        denial whose content is told by nothing but the clause beside it."""
        return statement.kind == "denial" and statement.rule.partition("/")[2] in self.gainsaying

    def opposed(self, statement: Statement, fact: Finding, lenient: bool = False) -> Match | None:
        """Whether a reported event or tie goes against what a statement claims, by type, polarity and
        parties. With ``lenient``, after a cue that leaves no doubt, a doer without a name ("officers") may
        be the one spoken of."""
        if fact.attributed_to == statement.id:
            return None
        same_speaker = self._same_speaker(statement, fact)
        for claim in self.claims(statement):
            strength = self._contrary(statement, claim, fact)
            if not strength or (same_speaker and claim.realis != "future"):
                continue
            ties = self._touch(statement, claim, fact, lenient)
            if ties is not None:
                factor = (1.0 if not ties else 0.9) * (0.95 if fact.attributed_to else 1.0)
                return Match(fact, claim, strength * factor, _by(ties), ties)
        return None

    def _same_speaker(self, statement: Statement, fact: Finding) -> bool:
        other = self.poles.statements.get(fact.attributed_to or "")
        if other is None:
            return False
        mine, its = self.poles.speaker(statement)[0], self.poles.speaker(other)[0]
        return mine is not None and mine == its

    def claims(self, statement: Statement) -> list[Finding]:
        """What a statement says, as coded: events and ties that are no mere possibilities."""
        found: list[Finding] = [self.poles.events[i] for i in statement.events if i in self.poles.events]
        found += [self.poles.ties[i] for i in statement.ties if i in self.poles.ties]
        # what somebody is accused of planning is no promise of the accuser
        unreal = ("hypothetical", "future") if statement.kind == "accusation" else ("hypothetical",)
        return [c for c in found if c.realis not in unreal and Doing.of(c).type != "AGREE"]

    def _contrary(self, statement: Statement, claim: Finding, fact: Finding) -> float:
        """0 where the two are not contrary, else how clearly they are."""
        if claim.realis == "future" and statement.kind == "accusation":
            return 0.0  # what somebody is charged with planning may well not have been done
        said, done = Doing.of(claim), Doing.of(fact)
        holds = _positive(claim) and statement.kind != "denial"
        if holds and isinstance(claim, Event) and isinstance(fact, Event) and disputed(claim, fact):
            return 0.9 if self._one_incident(claim, fact) else 0.0
        if not holds:
            if not _positive(fact):
                return 0.0
            return 1.0 if self.oppositions.same(said, done) else 0.95 * self.oppositions.ruled_out(said, done)
        if _positive(fact):
            against = (
                self.oppositions.opposite(said, done)
                or self.oppositions.lasts(said, done)
                or self.oppositions.breaks(said, done)
                or self.oppositions.exclusive(said, done)
            )
            return 0.95 if against else 0.0
        return 1.0 if self.oppositions.same(said, done) or self.oppositions.ruled_out(done, said) else 0.0

    def _one_incident(self, claim: Event, fact: Event) -> bool:
        """Whether two counts may well be of one incident: one place, or words in common for where and how."""
        if claim.place is not None and claim.place == fact.place:
            return True
        mine, its = (self._nouns(e) for e in (claim, fact))
        return bool(mine & its)

    def _nouns(self, event: Event) -> frozenset[str]:
        tokens = self.poles.linked.reading.tokens
        number = self.poles.sentence(self.poles.position(event))
        return frozenset(
            t.lemma.lower()
            for t in tokens
            if t.sentence == number and t.upos in ("NOUN", "PROPN") and t.lemma.lower() not in _ANYONE
        )

    def _touch(
        self, statement: Statement, claim: Finding, fact: Finding, lenient: bool = False
    ) -> tuple[str, ...] | None:
        """How the doers of claim and fact touch; None where they, or those it was done to, are different."""
        doers, its = self.poles.doers(claim), self.poles.doers(fact)
        speaker = self.poles.bases([statement.source_mention])
        if not doers and (statement.kind == "pledge" or self.poles.linked_by(speaker, its) is not None):
            doers = speaker  # one speaks of what one's own side does, where nobody else is named
        if self.oppositions.symmetric(Doing.of(claim)) or self.oppositions.symmetric(Doing.of(fact)):
            return self._touch_both(claim, fact)
        if doers and its:
            ties = self.poles.linked_by(doers, its)
        else:
            # the siege has been lifted; trucks are being turned back: nobody is named who did it
            ties = () if (lenient and not its) or not self._named_apart(claim, fact) else None
        if ties is None or not self._recipients_agree(claim, fact):
            return None
        return ties

    def _touch_both(self, claim: Finding, fact: Finding) -> tuple[str, ...] | None:
        mine, its = self.poles.parties(claim), self.poles.parties(fact)
        general = any(self._general(i) for i in (*self.poles.others(claim), *_ids(claim)))
        shared = mine & its
        if len(shared) >= 2 or (shared and general):
            return ()
        return None

    def _general(self, mention_id: str) -> bool:
        """ "Foreign groups", "others": words that stand for any of them."""
        mention = self.poles.mentions.get(mention_id)
        if mention is None or mention.named:
            return False
        return self.poles.linked.reading.tokens[mention.head].lemma.lower() in self.general

    def _named_apart(self, claim: Finding, fact: Finding) -> bool:
        if bool(self.poles.doers(claim)) == bool(self.poles.doers(fact)):
            return False
        return not (
            self.poles.parties(claim) & self.poles.parties(fact) or self._heads(claim) & self._heads(fact)
        )

    def _heads(self, record: Finding) -> frozenset[str]:
        """Head words of those it was done to ("villagers")."""
        found = (self.poles.mentions.get(i) for i in self.poles.others(record))
        return frozenset(self.poles.linked.reading.tokens[m.head].lemma.lower() for m in found if m)

    def _recipients_agree(self, claim: Finding, fact: Finding) -> bool:
        mine, its = self.poles.bases(self.poles.others(claim)), self.poles.bases(self.poles.others(fact))
        if not mine or not its or mine & its:
            return True
        if any(self._general(i) for i in self.poles.others(claim)):
            return True
        return self.poles.linked_by(mine, its) is not None

    def related(self, statement: Statement, fact: Finding) -> Match | None:
        """Whether a fact is about the speaker, or those under it, and so may gainsay words of which no
        claim is coded (only to be asked after a cue that says that it does)."""
        if fact.attributed_to == statement.id or self._same_speaker(statement, fact):
            return None
        if self.poles.saying(fact) or self._in_words(fact):
            return None
        if not _positive(fact) and not self.set_aside(statement):
            return None
        if statement.kind in ("accusation", "claim_of_responsibility"):
            return None
        speaker = self.poles.bases([statement.source_mention])
        if not speaker:
            return None
        if isinstance(fact, Tie):
            if fact.type in _STANDING:
                return None
            ties: tuple[str, ...] | None = () if speaker & self.poles.parties(fact) else None
        else:
            ties = self.poles.linked_by(speaker, self.poles.doers(fact))
        if ties is None:
            return None
        return Match(fact, None, 0.8 if ties else 0.85, _by(ties), ties)

    def beside(self, statement: Statement, fact: Finding) -> Match | None:
        """A reported deed that the document itself holds against words ("despite the embassy's statement
        that …", "although Rome insists …"), whoever did it: weaker, for no step shows how they are linked."""
        if fact.attributed_to == statement.id or self._same_speaker(statement, fact) or not _positive(fact):
            return None
        if statement.kind not in ("assertion", "denial") or fact.type in _STANDING:
            return None
        if self.poles.saying(fact) or self._in_words(fact):
            return None
        if self.claims(statement) and not self.denies(statement):
            return None  # what was claimed is known, and this does not go against it
        if self.claims(statement) and self.poles.doers(fact) and not self._speaks_of(statement, fact):
            return None  # what was said is coded, and somebody else did this
        return Match(fact, None, 0.66, "", ())

    def _in_words(self, fact: Finding) -> bool:
        return any(Doing.of(fact).matches(p) for p in self.verbal)

    def denies(self, statement: Statement) -> bool:
        """Whether nothing but denied events and ties is coded from a statement."""
        claims = self.claims(statement)
        return bool(claims) and (statement.kind == "denial" or not any(_positive(c) for c in claims))

    def _speaks_of(self, statement: Statement, fact: Finding) -> bool:
        """Whether what stands beside the words names their speaker ("the navy seized *Iranian* rifles")."""
        poles = self.poles
        speaker = poles.bases([statement.source_mention])
        here = poles.sentence(poles.position(fact))
        said = [*statement.source, *statement.cue, *statement.content]
        tokens = poles.linked.reading.tokens
        return any(
            m.actor is not None
            and m.id != statement.source_mention
            and tokens[m.head].sentence == here
            and poles.bases([m.id]) & speaker
            and not any(a <= tokens[m.head].start < b for a, b in said)
            for m in poles.mentions.values()
        )

    def gainsaid(self, statement: Statement, other: Statement) -> list[Match]:
        """Claims of another statement that go against those of this one; for one and the same speaker a
        change of position."""
        if other.id == statement.id:
            return []
        mine, its = self.poles.speaker(statement)[0], self.poles.speaker(other)[0]
        found: list[Match] = []
        for fact in self.claims(other):
            if not self.poles.actual(fact) or not _asserted(other, fact):
                continue
            for claim in self.claims(statement):
                strength = self._contrary(statement, claim, fact)
                ties = self._touch(statement, claim, fact) if strength else None
                if ties is not None:
                    same = mine is not None and mine == its
                    found.append(Match(other, claim, strength * 0.9, _by(ties), ties, same))
                    break
        return found[:1]

    def broken_by(self, truce: Event, facts: Iterable[Finding]) -> list[Match]:
        """Conduct that breaks a declared truce, by one of those who declared it."""
        doers = self.poles.doers(truce)
        found: list[Match] = []
        for fact in facts:
            if fact.id == truce.id or not _positive(fact) or fact.attributed_to:
                continue
            if not self.oppositions.breaks(Doing.of(truce), Doing.of(fact)):
                continue
            ties = self.poles.linked_by(doers | self.poles.bases(truce.recipients), self.poles.doers(fact))
            if ties is not None:
                found.append(Match(fact, truce, 0.9, _by(ties), ties))
        return found


def disputed(claim: Event, fact: Event) -> tuple[str, ...]:
    """The counts ("killed", "injured") of which two tellings of like events cannot both be right."""
    if claim.type != fact.type or not _positive(claim) or not _positive(fact):
        return ()
    if claim.place is not None and fact.place is not None and claim.place != fact.place:
        return ()
    found = []
    for name in ("killed", "injured"):
        a, b = getattr(claim, name), getattr(fact, name)
        if a is not None and b is not None:
            low, high = (a, b) if a.low <= b.low else (b, a)
            if low.high is not None and low.high < high.low:
                found.append(name)
    return tuple(found)


def _positive(record: Finding) -> bool:
    return record.polarity == "positive" and not (isinstance(record, Tie) and record.state == "ended")


def _asserted(statement: Statement, fact: Finding) -> bool:
    return statement.kind != "denial" or not _positive(fact)


def _ids(record: Finding) -> tuple[str, ...]:
    return record.actors if isinstance(record, Event) else (record.from_,)


def _by(ties: tuple[str, ...]) -> str:
    return ", by one who stands under it or over it" if ties else ""
