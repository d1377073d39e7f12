"""Flagged discrepancies read from the clauses: "despite its promise not to campaign, it campaigned".

What was said and what is told must be of one doer, one doing and one thing, and go against each other: the one
denies what the other tells, or their doings are opposites, or their numbers differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from saydo.codebook.entries import Codebook
from saydo.codebook.opposition import Doing
from saydo.coding.clauses import Clauses
from saydo.coding.flagged_cues import Contrast
from saydo.coding.flagged_doers import Doers, Who
from saydo.coding.flagged_poles import Poles
from saydo.coding.flagged_recalled import Recalled
from saydo.coding.flagged_setting import LOOSE, Matters
from saydo.coding.flagged_tellings import Telling, Tellings
from saydo.model.records import Event, Proposition, Statement, Tie

_BACK = 3
_ON = 2
_STORY_BACK = 6
_FLOOR = 0.5
_SAID = frozenset({"pledge", "denial", "assertion"})
_REAL = frozenset({"actual", "historical"})
_TOLD = frozenset({"assertion", "accusation", "claim_of_responsibility"})
_BOTH_WAYS = frozenset({"subordinate", "coordinate", "verb"})
_SAYS_SO = frozenset({"verb", "story", "verdict"})
"""Cues that themselves say that something is not as it was said to be."""

Record = Event | Tie | Statement | Proposition


class Pair(NamedTuple):
    """A statement (or, for want of one, a record), and a record that tells otherwise."""

    said: Statement | Proposition | Event
    claim: Telling | None
    against: Record
    strength: float
    differs: str | None = None
    """What differs between two accounts: ``count`` or ``actor``; None for whether it is so."""
    bound: bool = False
    """Whether the speaker bound itself to do or not to do it."""


@dataclass(frozen=True, slots=True)
class Worded:
    """The clauses of a document, asked for pairs that a contrast sets against each other."""

    poles: Poles
    clauses: Clauses
    tellings: Tellings
    doers: Doers
    matters: Matters
    recalled: Recalled
    propositions: Mapping[int, Proposition]
    """By the token of their word."""
    events: Mapping[int, Event]
    harms: frozenset[str]

    @classmethod
    def of(
        cls, poles: Poles, clauses: Clauses, codebook: Codebook, propositions: Sequence[Proposition]
    ) -> Worded:
        tellings = Tellings.of(poles.linked, clauses, poles.statements.values(), codebook)
        doers = Doers.of(poles, clauses, codebook)
        return cls(
            poles,
            clauses,
            tellings,
            doers,
            Matters.of(poles.linked, clauses, tellings, doers, codebook),
            Recalled.of(poles, clauses, codebook),
            {poles.token(p.trigger[0]): p for p in propositions},
            {poles.token(e.trigger[0]): e for e in poles.events.values()},
            frozenset(codebook.phrases("contrast-harms")),
        )

    def found(self, contrast: Contrast) -> Iterator[Pair]:
        """The pairs that a contrast flags, the surest for each statement."""
        if contrast.before and contrast.form == "adverb":
            yield from self._earlier(contrast)
        elif contrast.form in ("story", "verdict"):
            yield from self._story(contrast)
        else:
            yield from self._beside(contrast)

    def _beside(self, contrast: Contrast) -> Iterator[Pair]:
        aside = self.recalled.set_aside(contrast, contrast.aside)
        told = contrast.told
        if contrast.form == "verb":
            told = told | self._rest(contrast) | self.sentences(contrast.first, 1, _ON)
        made = list(self._best(aside, told, contrast))
        if not made and not aside and contrast.strong:
            made = list(self._unspoken(contrast.aside, contrast.told, contrast))
        other: list[Statement] = []
        if not made and contrast.form in _BOTH_WAYS:
            other = [s for s in self.recalled.set_aside(contrast, contrast.told) if s not in aside]
            made = list(self._best(other, contrast.aside | self._rest(contrast), contrast))
        if not made and contrast.form == "verb":
            made = list(self._by_cue(aside, told, contrast))
            made = made or list(self._by_cue(other, contrast.aside | self._rest(contrast), contrast))
        elif not made and contrast.form == "preposition" and contrast.strong:
            made = list(self._by_cue(aside, contrast.told, contrast))
        yield from made

    def _rest(self, contrast: Contrast) -> frozenset[int]:
        number = self.poles.sentence(contrast.first)
        return frozenset(t.i for t in self.clauses.tokens if t.sentence == number and t.i > contrast.first)

    def _earlier(self, contrast: Contrast) -> Iterator[Pair]:
        """ "However, …": the nearest sentence before that says otherwise, or tells otherwise than is said."""
        number = self.poles.sentence(contrast.first)
        for back in range(1, _BACK + 1):
            before = self.sentences(contrast.first, -back, -back)
            spoken = [s for s in self.poles.side(before).statements if s.kind in _SAID]
            made = list(self._best(spoken, contrast.told, contrast))
            if not made and contrast.strong:
                made = list(self._unspoken(before, contrast.told, contrast))
            if not made:
                here = [
                    s
                    for s in self.poles.side(contrast.told).statements
                    if s.kind in _SAID and self.poles.sentence(self.poles.position(s)) == number
                ]
                deeds = frozenset(i for i in before if self._voice(i) is None)
                made = list(self._best(here, deeds, contrast))
            yield from made
            if made:
                return

    def _story(self, contrast: Contrast) -> Iterator[Pair]:
        """ "The tapes tell a different story", "that is not true": told there or in the sentences after."""
        told = contrast.told | self.sentences(contrast.first, 1, _ON)
        if contrast.aside:
            spoken = self.recalled.set_aside(contrast, contrast.aside)
        elif contrast.form == "verdict":
            spoken = self.recalled.recalled(contrast.told, contrast.first) or self.recalled.nearest(contrast.first, 1)
        else:
            before = self.sentences(contrast.first, -_STORY_BACK, -1)
            spoken = [s for s in self.poles.side(before).statements if s.kind in _SAID]
        made = list(self._best(spoken, told, contrast))
        if contrast.form == "verdict":
            yield from made or self._by_cue(spoken, told, contrast)
        else:
            yield from made[-1:]

    def parted(self, claim: int, fact: int) -> bool:
        """Whether two doings of opposed types, given by their words, are of different matters after all:
        another time or place, or another doer and another thing."""
        said = next(iter(self.tellings.within([claim])), None)
        told = next(iter(self.tellings.within([fact])), None)
        if said is None or told is None:
            return False
        if self.matters.apart(said, told):
            return True
        if not said.doers or not told.doers or not said.objects or not told.objects:
            return False
        other = not self.doers.same(self.doers.who(said.doers), self.doers.who(told.doers))
        return other and not self.matters.about(said, told, lenient=False)

    def sentences(self, token: int, first: int, last: int) -> frozenset[int]:
        """Tokens of the sentences from ``first`` to ``last`` after (before) that of a token, in its
        paragraph where they come after it."""
        reading = self.poles.linked.reading
        number = self.poles.sentence(token)
        held = [n for n in range(number + first, number + last + 1) if 0 <= n < len(reading.sentences)]
        if first > 0:
            paragraph = reading.sentences[number].paragraph
            held = [n for n in held if reading.sentences[n].paragraph == paragraph]
        return frozenset(
            i for n in held for i in range(reading.sentences[n].first, reading.sentences[n].last)
        )

    # --- pairs --------------------------------------------------------------------------------------------

    def _best(
        self, spoken: Sequence[Statement], told: frozenset[int], contrast: Contrast
    ) -> Iterator[Pair]:
        for statement in spoken:
            inside = self._content(statement)
            claims = [
                p for p in self.tellings.within(inside) if p.realis != "hypothetical" or statement.kind == "pledge"
            ]
            facts = list(self.tellings.within(told - inside - contrast.tokens))
            pairs = [
                pair
                for p in claims
                for q in facts
                if (pair := self._pair(statement, p, q, contrast)) is not None
            ]
            if not pairs and statement.kind == "pledge":
                pairs = [pair for q in facts if (pair := self._harms(statement, claims, q)) is not None]
            if pairs:
                yield max(pairs, key=lambda pair: pair.strength)

    def _unspoken(
        self, said: frozenset[int], told: frozenset[int], contrast: Contrast
    ) -> Iterator[Pair]:
        """A pledge or claim of which no statement is coded: what its clause says is the pole."""
        for p in self.tellings.within(said):
            record = self.propositions.get(p.trigger) or self.events.get(p.trigger)
            if record is None or record.attributed_to is not None or not self._claimed(p.trigger):
                continue
            for q in self.tellings.within(told):
                pair = self._pair(record, p, q, contrast)
                if pair is not None:
                    yield pair
                    return

    def _by_cue(
        self, spoken: Sequence[Statement], told: frozenset[int], contrast: Contrast
    ) -> Iterator[Pair]:
        """Where the cue itself says that a claim is not so: what is told beside it is of the same matter, by
        the one who spoke or of the thing spoken of."""
        for statement in spoken:
            inside = self._content(statement)
            mine = frozenset(self.tellings.words(self._heads(inside))) - LOOSE
            best: tuple[float, Record] | None = None
            for q in self.tellings.within(told - inside - contrast.tokens):
                voice = self._voice(q.trigger)
                if q.realis not in _REAL or (voice is not None and not self._may_tell(statement, None, voice)):
                    continue
                words = frozenset(self.tellings.words((*q.doers, *q.objects, *q.others))) - LOOSE
                shared = bool(self.matters.meet(mine, words))
                own = self.doers.same(self._speaker(statement), self.doers.who(q.doers)) if q.doers else 0.0
                strength = 0.62 * shared + 0.2 * own if contrast.form != "preposition" else 0.75 * own + 0.1 * shared
                record = self._record(q, voice)
                if record is not None and strength >= _FLOOR and (best is None or strength > best[0]):
                    best = strength, record
            if best is not None:
                held = statement.kind == "pledge" and not any(
                    self.tellings.finite(p.trigger) for p in self.tellings.within(inside)
                )
                claim = next(iter(self.tellings.within(inside)), None)
                yield Pair(statement, claim, best[1], best[0], None, held)

    def _heads(self, tokens: frozenset[int]) -> list[int]:
        return [i for i in tokens if self.clauses.tokens[i].upos in ("NOUN", "PROPN")]

    def _claimed(self, i: int) -> bool:
        """Whether a clause is what a noun for something said holds: "assurances that …", "the line is that …"."""
        nouns = [*self.clauses.ancestors(i), *self.clauses.with_rel(i, "nsubj", "nsubj:outer")]
        return any(self.clauses.tokens[a].lemma.lower() in self.recalled.nouns for a in nouns)

    def _content(self, statement: Statement) -> frozenset[int]:
        spans = statement.content
        return frozenset(t.i for t in self.clauses.tokens if any(a <= t.start < b for a, b in spans))

    def _pair(
        self, said: Statement | Proposition | Event, p: Telling, q: Telling, contrast: Contrast
    ) -> Pair | None:
        voice = self._voice(q.trigger)
        if q.realis not in _REAL or (voice is not None and not self._may_tell(said, p, voice)):
            return None
        bound = self._bound(said, p)
        strength, differs = self._opposed(said, p, q, bound)
        doer = self._one_doer(said, p, q, contrast)
        about = self.matters.about(p, q, contrast.strong)
        if not strength and doer < _FLOOR and contrast.form in _SAYS_SO and not bound and self._others_did(p, q):
            strength, doer, differs = 0.85, 1.0, "actor"
        if strength * doer * about < _FLOOR:
            return None
        record = self._record(q, voice)
        return None if record is None else Pair(said, p, record, strength * doer * about, differs, bound)

    def _bound(self, said: Statement | Proposition | Event, p: Telling) -> bool:
        """Whether the speaker binds itself; who assures that something is so only asserts it."""
        if isinstance(said, Statement) and said.kind == "pledge":
            return p.realis == "future" or not self.tellings.finite(p.trigger)
        return p.realis == "future"

    def _harms(self, said: Statement, claims: Sequence[Telling], q: Telling) -> Pair | None:
        """Somebody who was promised a good is hurt instead, by the one who promised it."""
        if q.polarity != "positive" or q.realis not in _REAL or q.doing not in self.harms or not q.doers:
            return None
        if any(p.polarity == "negative" or p.doing in self.harms for p in claims if p.doing != "hold"):
            return None
        favoured = frozenset(self.tellings.words(self._heads(self._content(said)))) - LOOSE
        favoured |= self.matters.nouns(
            [self.poles.mentions[i].head for i in said.addressees if i in self.poles.mentions]
        )
        doer = self.doers.same(self._speaker(said), self.doers.who(q.doers))
        if not self.matters.meet(favoured, self.matters.nouns(q.objects)) or 0.8 * doer < _FLOOR:
            return None
        record = self._record(q, self._voice(q.trigger))
        return None if record is None else Pair(said, next(iter(claims), None), record, 0.8 * doer, None, True)

    def _others_did(self, p: Telling, q: Telling) -> bool:
        """Whether both tell of one deed, but not of one doer ("villagers burned the houses")."""
        if p.polarity != "positive" or q.polarity != "positive" or not self._same(p, q):
            return False
        mine, its = self.doers.who(p.doers), self.doers.who(q.doers)
        if not p.objects or not q.objects or mine.pronoun or its.pronoun or not its.nouns or not mine.nouns:
            return False
        return not self.doers.same(mine, its)

    def _voice(self, i: int) -> Statement | None:
        """The statement in whose content a token stands, the innermost."""
        start = self.clauses.tokens[i].start
        around = [s for s in self.poles.statements.values() if any(a <= start < b for a, b in s.content)]
        return min(around, key=lambda s: sum(b - a for a, b in s.content), default=None)

    def _may_tell(
        self, said: Statement | Proposition | Event, p: Telling | None, voice: Statement
    ) -> bool:
        if voice.kind not in _TOLD:
            return False
        if not isinstance(said, Statement):
            return True
        if voice.id == said.id:
            return False
        mine, its = self.poles.speaker(said)[0], self.poles.speaker(voice)[0]
        return mine is None or mine != its or said.kind == "pledge" or (p is not None and p.realis == "future")

    def _record(self, q: Telling, voice: Statement | None) -> Record | None:
        """The record by which a telling is cited."""
        if voice is not None:
            return voice
        for i in (q.trigger, *self.clauses.subtree(q.trigger)):
            record = self.events.get(i) or self.propositions.get(i)
            if record is not None and record.attributed_to is None:
                return record
        return None

    # --- what must agree ----------------------------------------------------------------------------------

    def _opposed(
        self, said: Statement | Proposition | Event, p: Telling, q: Telling, bound: bool
    ) -> tuple[float, str | None]:
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

    def _one_doer(
        self, said: Statement | Proposition | Event, p: Telling, q: Telling, contrast: Contrast
    ) -> float:
        speaker = self._speaker(said)
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
        """Where the doer is a pronoun that nobody resolved, or a part of the speaker, the speaker is asked."""
        owned = (mine.owners & speaker.actors) or (mine.owner_nouns & speaker.nouns)
        if mine.pronoun or owned or (mine.nouns & speaker.nouns):
            return self.doers.same(speaker, its)
        return 0.0

    def _speaker(self, said: Statement | Proposition | Event) -> Who:
        if isinstance(said, Statement):
            mention = self.poles.mentions.get(said.source_mention or "")
            return self.doers.who([mention.head] if mention is not None else [])
        return self.doers.who(self.poles.mentions[i].head for i in said.actors if i in self.poles.mentions)
