"""Whether one clause goes against another: the same doer, the same doing, the same thing, but told otherwise.

What was said and what is told go against each other where the one denies what the other tells, where
their doings are opposites, where their numbers differ or, after a cue that vouches for it, where they name
another doer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from saydo.codebook.entries import Codebook
from saydo.codebook.opposition import Doing
from saydo.coding.clauses import Clauses
from saydo.coding.flagged_cues import Contrast
from saydo.coding.flagged_doers import Doers, Who
from saydo.coding.flagged_poles import Poles
from saydo.coding.flagged_setting import Matters
from saydo.coding.flagged_tellings import Telling, Tellings
from saydo.model.records import Event, Proposition, Statement, Tie
from saydo.model.spans import tokens_in

FLOOR = 0.5
"""Strength below which two clauses are too loosely alike to be called opposed."""
REAL = frozenset({"actual", "historical"})
_TOLD = frozenset({"assertion", "accusation", "claim_of_responsibility"})
_SAYS_SO = frozenset({"verb", "story", "verdict"})
"""Cues that themselves say that something is not as it was said to be."""
_WEAK = frozenset({"adverb", "coordinate", "subordinate"})
_SCORE = 0.6
_ONE_DOING = 0.9
_GOES_ON = 0.8
_LEAVING = "leave"
_DISBANDING = frozenset({"disband", "dissolve", "demobilise", "demobilize"})
_RULING = frozenset({"government", "state", "de facto state"})

Record = Event | Tie | Statement | Proposition
Said = Statement | Proposition | Event


class Pair(NamedTuple):
    """A statement (or, for want of one, a record), and a record that tells otherwise."""

    said: Said
    claim: Telling | None
    against: Record
    strength: float
    differs: str | None = None
    """What differs between two accounts: ``count`` or ``actor``; None for whether it is so."""
    bound: bool = False
    """Whether the speaker bound itself to do or not to do it."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """The clauses of a document, asked two by two."""

    poles: Poles
    clauses: Clauses
    tellings: Tellings
    doers: Doers
    matters: Matters
    propositions: Mapping[int, Proposition]
    """By the token of their word."""
    events: Mapping[int, Event]
    harms: frozenset[str]
    first: int
    """Number of the next proposition."""
    further: dict[int, Proposition]
    """Clauses that no other record stands for, by the token of their word, as far as they were asked for."""

    @classmethod
    def of(
        cls, poles: Poles, clauses: Clauses, codebook: Codebook, propositions: Sequence[Proposition]
    ) -> Pairing:
        tellings = Tellings.of(poles.linked, clauses, poles.statements.values(), codebook)
        doers = Doers.of(poles, clauses, codebook)
        return cls(
            poles,
            clauses,
            tellings,
            doers,
            Matters.of(poles.linked, clauses, tellings, doers, codebook),
            {poles.token(p.trigger[0]): p for p in propositions},
            {poles.token(e.trigger[0]): e for e in poles.events.values()},
            frozenset(codebook.phrases("contrast-harms")),
            len(propositions),
            {},
        )

    def claims(self, tokens: frozenset[int]) -> list[Telling]:
        """What the words of a statement tell."""
        return list(self.tellings.within(tokens))

    def within(self, tokens: frozenset[int]) -> list[Telling]:
        """What is told; whether it is so as coded, where it is coded as an event."""
        found = []
        for t in self.tellings.within(tokens):
            event = self.events.get(t.trigger)
            found.append(t if event is None else replace(t, realis=event.realis, polarity=event.polarity))
        return found

    def content(self, statement: Statement) -> frozenset[int]:
        return tokens_in(self.poles.starts, statement.content)

    def heads(self, tokens: frozenset[int]) -> list[int]:
        return [i for i in tokens if self.clauses.tokens[i].upos in ("NOUN", "PROPN")]

    def pair(self, said: Said, p: Telling, q: Telling, contrast: Contrast) -> Pair | None:
        voice = self.voice(q.trigger)
        if q.realis not in REAL or (voice is not None and not self.may_tell(said, p, voice)):
            return None
        bound = self.bound(said, p)
        strength, differs = self._opposed(said, p, q, bound)
        doer = self._one_doer(said, p, q, contrast)
        about = self.matters.about(p, q, contrast.strong)
        if contrast.form == "preposition" and contrast.strong and strength >= _ONE_DOING:
            # "despite a promise not to block aid, police blocked lorries": the report says it is the same
            about = max(about, 0.75)
            its = self.doers.who(q.doers)
            speakers = self.speaker(said).actors
            of_state = any(a.id in speakers and a.kind in _RULING for a in self.poles.linked.actors)
            if of_state and its.nouns & self.doers.bodies and not its.actors:
                doer = max(doer, 0.75)
        if (
            not strength
            and doer < FLOOR
            and contrast.form in _SAYS_SO
            and not bound
            and self._others_did(p, q)
        ):
            strength, doer, differs = 0.85, 1.0, "actor"
        if strength * doer * about < FLOOR:
            goes_on = contrast.form != "preposition" and self._goes_on(p, q)
            return Pair(said, p, self.record(q, voice), _GOES_ON) if goes_on else None
        own = bound and q.doers and doer >= FLOOR  # what one does oneself is held against one's promise
        if contrast.form in _WEAK and not contrast.strong and not own and not self._one_matter(p, q):
            return None
        return Pair(said, p, self.record(q, voice), strength * doer * about, differs, bound)

    def _goes_on(self, p: Telling, q: Telling) -> bool:
        """ "The Wolves were disbanded … they *still* draw their pay", "have left the port … were *still* at
        its gate": who is said to be gone still does something."""
        gone = p.doing == _LEAVING or self.clauses.tokens[p.trigger].lemma.lower() in _DISBANDING
        if not gone or p.realis not in REAL or (p.polarity, q.polarity) != ("positive", "positive"):
            return False
        words = (self.clauses.tokens[c].text.lower() for c in self.clauses.with_rel(q.trigger, "advmod"))
        if "still" not in words:
            return False
        over = p.doers or p.objects
        if not self.doers.same(self.doers.who(over), self.doers.who(q.doers)):
            return False
        here, there = (self.matters.nouns((*t.objects, *t.others)) for t in (p, q))
        return p.doing != _LEAVING or self.matters.meet(here, there)

    def conditional(self, p: Telling) -> bool:
        """Whether a clause is itself a condition: "*if it stays* quiet, we will …"."""
        marks = self.clauses.with_rel(p.trigger, "mark")
        return any(self.clauses.tokens[m].text.lower() in self.tellings.cues.conditions for m in marks)

    def _one_matter(self, p: Telling, q: Telling) -> bool:
        """Whether two clauses have a thing in common beside their doers, or else these, where nothing else is
        named: what "but" and "however" answer may just as well be something else."""
        mine, its = (self.matters.nouns((*t.objects, *t.others)) for t in (p, q))
        if self.matters.meet(mine, its):
            return True
        doers = [self.matters.nouns(t.doers) for t in (p, q)]
        if self.matters.meet(mine | doers[0], its | doers[1]) and (not mine or not its):
            return True
        return self.doers.same(self.doers.who(p.doers), self.doers.who(q.doers)) > 0 and not (mine and its)

    def bound(self, said: Said, p: Telling) -> bool:
        """Whether the speaker binds itself; who assures that something is so only asserts it."""
        if isinstance(said, Statement) and said.kind == "pledge":
            return p.realis == "future" or not self.tellings.finite(p.trigger)
        return p.realis == "future"

    def harmed(self, said: Statement, claims: Sequence[Telling], q: Telling) -> Pair | None:
        """Somebody who was promised a good is hurt instead, by the one who promised it."""
        if q.polarity != "positive" or q.realis not in REAL or q.doing not in self.harms or not q.doers:
            return None
        if any(p.polarity == "negative" or p.doing in self.harms for p in claims if p.doing != "hold"):
            return None
        favoured = frozenset(self.tellings.words(self.heads(self.content(said))))
        favoured |= self.matters.nouns(
            [self.poles.mentions[i].head for i in said.addressees if i in self.poles.mentions]
        )
        doer = self.doers.same(self.speaker(said), self.doers.who(q.doers))
        if not self.matters.meet(favoured, self.matters.nouns(q.objects)) or 0.8 * doer < FLOOR:
            return None
        record = self.record(q, self.voice(q.trigger))
        return (
            None if record is None else Pair(said, next(iter(claims), None), record, 0.8 * doer, None, True)
        )

    def _others_did(self, p: Telling, q: Telling) -> bool:
        """Whether both tell of one deed, but not of one doer ("villagers burned the houses")."""
        if p.polarity != "positive" or q.polarity != "positive" or not self._same(p, q):
            return False
        mine, its = self.doers.who(p.doers), self.doers.who(q.doers)
        if not p.objects or not q.objects or mine.pronoun or its.pronoun or not its.nouns or not mine.nouns:
            return False
        return not self.doers.same(mine, its)

    def voice(self, i: int) -> Statement | None:
        """The statement in whose content a token stands, the innermost."""
        start = self.clauses.tokens[i].start
        around = [s for s in self.poles.statements.values() if any(a <= start < b for a, b in s.content)]
        return min(around, key=lambda s: sum(b - a for a, b in s.content), default=None)

    def may_tell(self, said: Said, p: Telling | None, voice: Statement) -> bool:
        if voice.kind not in _TOLD or self.poles.asks(voice):
            return False
        if not isinstance(said, Statement):
            return True
        if voice.id == said.id:
            return False
        mine, its = self.poles.speaker(said)[0], self.poles.speaker(voice)[0]
        return (
            mine is None or mine != its or said.kind == "pledge" or (p is not None and p.realis == "future")
        )

    def record(self, q: Telling, voice: Statement | None) -> Record:
        """The record by which a telling is cited; where there is none, a proposition is made of it."""
        if voice is not None:
            return voice
        for i in (q.trigger, *self.clauses.subtree(q.trigger)):
            record = self.events.get(i) or self.propositions.get(i)
            if record is not None and record.attributed_to is None:
                return record
        return self.kept(q)

    def kept(self, q: Telling) -> Proposition:
        """A clause of the document's own voice as a proposition, to be kept with the record."""
        if q.trigger in self.propositions:
            return self.propositions[q.trigger]
        return self.further.setdefault(q.trigger, self.draft(q))

    def draft(self, q: Telling) -> Proposition:
        """The proposition of a clause."""
        tokens = self.clauses.tokens
        sentence = tokens[q.trigger].sentence
        heads = [h for h in (*q.doers, *q.objects, *q.others) if tokens[h].sentence == sentence]
        inside = [m for h in (*q.doers, *q.objects) if (m := self.doers.heads.get(h)) is not None]
        span = [q.trigger, *heads]
        return Proposition(
            id=f"p{self.first + len(self.further)}",
            verb=q.doing,
            trigger=(tokens[q.trigger].start, tokens[q.trigger].end),
            actors=tuple(m.id for m in inside if m.head in q.doers),
            recipients=tuple(m.id for m in inside if m.head not in q.doers),
            objects=self.tellings.words(q.objects),
            others=self.tellings.words(q.others),
            realis=q.realis,
            polarity=q.polarity,
            evidence=(tokens[min(span)].start, tokens[max(span)].end),
            score=_SCORE,
        )

    # --- what must agree ----------------------------------------------------------------------------------

    def _opposed(self, said: Said, p: Telling, q: Telling, bound: bool) -> tuple[float, str | None]:
        """How clearly what is told goes against what was said, and in what two numbers differ."""
        holds = p.polarity == "positive" and not (isinstance(said, Statement) and said.kind == "denial")
        same = self._same(p, q)
        if q.polarity == "negative":
            return (same if holds else 0.0), None
        if not holds:
            return same, None
        if self._opposite(p, q, bound):
            return 0.95, None
        if not bound and same and self.matters.counts_differ(p, q):
            return 0.9, "count"
        return 0.0, None

    def _same(self, p: Telling, q: Telling) -> float:
        if p.doing == q.doing:
            return 1.0
        a, b = self.events.get(p.trigger), self.events.get(q.trigger)
        if a is None or b is None:
            return 0.0
        if self.poles.oppositions.same(Doing.of(a), Doing.of(b)):
            return 0.95
        return 0.8 if a.type == b.type and p.objects and q.objects else 0.0

    def _opposite(self, p: Telling, q: Telling, bound: bool) -> bool:
        oppositions = self.poles.oppositions
        mine, its = Doing(f"do:{p.doing}"), Doing(f"do:{q.doing}")
        if oppositions.opposite(mine, its) or oppositions.lasts(mine, its):
            return True
        # what is said to be so now is gainsaid by the opposite either way round
        if not bound and oppositions.opposite(its, mine):
            return True
        a, b = self.events.get(p.trigger), self.events.get(q.trigger)
        return a is not None and b is not None and oppositions.opposite(Doing.of(a), Doing.of(b))

    def _one_doer(self, said: Said, p: Telling, q: Telling, contrast: Contrast) -> float:
        speaker = self.speaker(said)
        mine, its = self.doers.who(p.doers), self.doers.who(q.doers)
        if not q.doers:
            return 0.85 if p.doers else 1.0
        if not p.doers:
            if isinstance(said, Statement) and said.kind in ("pledge", "denial"):
                return max(self.doers.same(speaker, its), 0.0 if its.actors else 0.7)
            return 0.85
        ahead = contrast.form == "preposition"
        found = max(self.doers.same(mine, its, ahead), self._as_speaker(mine, speaker, its))
        if not found and contrast.form in _SAYS_SO and not (its.actors and (mine.actors or speaker.actors)):
            return 0.7  # "their memoranda expose that as false: the companies …": the cue vouches for it
        return found

    def _as_speaker(self, mine: Who, speaker: Who, its: Who) -> float:
        """Where the doer is a pronoun that nobody resolved, or is of the speaker, the speaker is asked."""
        owned = (mine.owners & speaker.actors) or (mine.owner_nouns & speaker.nouns)
        if mine.pronoun or owned or (mine.nouns & speaker.nouns):
            return self.doers.same(speaker, its)
        return 0.0

    def speaker(self, said: Said) -> Who:
        if isinstance(said, Statement):
            mention = self.poles.mentions.get(said.source_mention or "")
            return self.doers.who([mention.head] if mention is not None else [])
        return self.doers.who(self.poles.mentions[i].head for i in said.actors if i in self.poles.mentions)

    def parted(self, claim: int, fact: int) -> bool:
        """Whether two doings of opposed types, given by their words, are of different matters after all:
        another time or place, or another doer and another thing."""
        said = next(iter(self.within(frozenset({claim}))), None)
        told = next(iter(self.within(frozenset({fact}))), None)
        if said is None or told is None:
            return False
        if self.matters.apart(said, told):
            return True
        if not said.doers or not told.doers or not said.objects or not told.objects:
            return False
        other = not self.doers.same(self.doers.who(said.doers), self.doers.who(told.doers))
        return other and not self.matters.about(said, told, lenient=False)
