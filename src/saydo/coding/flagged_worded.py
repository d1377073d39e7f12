"""Flagged discrepancies read from the clauses: "despite its promise not to campaign, it campaigned".

Here is asked which statement a contrast sets aside and where what stands against it is told; whether the two
go against each other is asked in :mod:`saydo.coding.flagged_pairing`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from saydo.codebook.entries import Codebook
from saydo.coding.clauses import Clauses
from saydo.coding.flagged_cues import Contrast
from saydo.coding.flagged_doers import LOOSELY
from saydo.coding.flagged_pairing import FLOOR, REAL, Pair, Pairing
from saydo.coding.flagged_poles import Poles
from saydo.coding.flagged_recalled import Recalled
from saydo.coding.flagged_setting import LOOSE
from saydo.coding.flagged_tellings import Telling
from saydo.model.records import Proposition, Statement

_VERDICT = 0.75
_BARE = 4
"""Words up to which what is called untrue only points back."""
_BACK = 3
_ON = 2
_STORY_BACK = 6
_SAID = frozenset({"pledge", "denial", "assertion"})
_OWN = frozenset({"pledge", "denial"})
_CONCEDING = frozenset({"subordinate", "coordinate"})
_BOTH_WAYS = frozenset({"subordinate", "coordinate", "verb"})


@dataclass(frozen=True, slots=True)
class Worded:
    """The clauses of a document, asked for pairs that a contrast sets against each other."""

    poles: Poles
    clauses: Clauses
    pairing: Pairing
    recalled: Recalled

    @classmethod
    def of(
        cls, poles: Poles, clauses: Clauses, codebook: Codebook, propositions: Sequence[Proposition]
    ) -> Worded:
        pairing = Pairing.of(poles, clauses, codebook, propositions)
        return cls(poles, clauses, pairing, Recalled.of(poles, clauses, pairing.doers, codebook))

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
        if contrast.form in _CONCEDING:
            aside = [s for s in aside if s.kind in _SAID]
        told = contrast.told
        if contrast.form == "verb":
            told = told | self._rest(contrast) | self.sentences(contrast.first, 1, _ON)
        made = list(self._best(aside, told, contrast))
        if not made and not aside and contrast.strong:
            made = list(self._unspoken(contrast.aside, contrast.told, contrast))
        other: list[Statement] = []
        if not made and contrast.form in _BOTH_WAYS:
            other = [s for s in self.recalled.set_aside(contrast, contrast.told) if s not in aside]
            if contrast.form in _CONCEDING:
                other = [s for s in other if s.kind in _SAID]
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
                deeds = frozenset(i for i in before if self.pairing.voice(i) is None)
                made = list(self._best(here, deeds, contrast))
            yield from made
            if made:
                return

    def _story(self, contrast: Contrast) -> Iterator[Pair]:
        """ "The tapes tell a different story", "that is not true": told there or in the sentences after."""
        told = contrast.told | self.sentences(contrast.first, 1, _ON)
        if contrast.aside:
            spoken = self.recalled.set_aside(contrast, contrast.aside)
            if len(contrast.aside) > _BARE:  # "the debunked claim that …" says itself what was claimed
                here = self.poles.sentence(contrast.first)
                spoken = [s for s in spoken if self.poles.sentence(self.poles.position(s)) == here]
        elif contrast.form == "verdict":
            spoken = self.recalled.recalled(contrast.told, contrast.first) or self.recalled.nearest(
                contrast.first, 1
            )
        else:
            before = self.sentences(contrast.first, -_STORY_BACK, -1)
            spoken = [s for s in self.poles.side(before).statements if s.kind in _SAID]
        made = list(self._best(spoken, told, contrast))
        if contrast.form == "verdict":
            made = made or list(self._by_cue(spoken, told, contrast))
            yield from made or (self._judged(spoken, contrast) if contrast.aside else ())
        else:
            # the evidence is set against what was said last, also where it is told in other words
            nearest = self.recalled.nearest(contrast.first, 1)
            made = made[-1:] or list(self._by_cue(nearest, told, contrast))
            yield from made or self._after_colon(nearest, contrast)

    def _after_colon(self, spoken: Sequence[Statement], contrast: Contrast) -> Iterator[Pair]:
        """ "Its own tests show otherwise: …": what the report sets behind a colon tells otherwise, also
        where it shares no word with what was said just before."""
        rest = self._rest(contrast)
        colon = next((i for i in sorted(rest) if self.clauses.tokens[i].text == ":"), None)
        if colon is None or colon <= max(contrast.tokens):
            return
        told = [q for q in self.pairing.within(frozenset(i for i in rest if i > colon)) if q.realis in REAL]
        for statement in spoken[-1:]:
            for q in told if statement.kind in ("assertion", "denial") else ():
                voice = self.pairing.voice(q.trigger)
                if voice is None or self.pairing.may_tell(statement, None, voice):
                    yield Pair(statement, None, self.pairing.record(q, voice), _VERDICT)
                    break

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

    def _best(self, spoken: Sequence[Statement], told: frozenset[int], contrast: Contrast) -> Iterator[Pair]:
        for statement in spoken:
            inside = self.pairing.content(statement)
            claims = [p for p in self.pairing.claims(inside) if self._held(statement, p)]
            facts = list(self.pairing.within(told - inside - contrast.tokens))
            pairs = [
                pair
                for p in claims
                for q in facts
                if (pair := self.pairing.pair(statement, p, q, contrast)) is not None
            ]
            if not pairs and statement.kind == "pledge":
                pairs = [
                    pair for q in facts if (pair := self.pairing.harmed(statement, claims, q)) is not None
                ]
            if pairs:
                yield max(pairs, key=lambda pair: pair.strength)

    def _held(self, statement: Statement, p: Telling) -> bool:
        """Whether a speaker can be held to what it says: no mere possibility, nothing that others will do."""
        if statement.kind == "pledge":
            return not self.pairing.conditional(p)
        if p.realis == "future":
            doers, speaker = self.pairing.doers.who(p.doers), self.pairing.speaker(statement)
            return statement.kind == "assertion" and self.pairing.doers.same(speaker, doers) > 0
        return p.realis != "hypothetical"

    def _unspoken(self, said: frozenset[int], told: frozenset[int], contrast: Contrast) -> Iterator[Pair]:
        """A pledge or claim of which no statement is coded, since nobody is named ("despite assurances that
        …"): what its clause says is the pole."""
        pairing = self.pairing
        claims = [
            p for p in pairing.claims(said) if pairing.voice(p.trigger) is None and self._claimed(p.trigger)
        ]
        facts = pairing.within(told) if claims else []
        for p in claims:
            for q in facts:
                draft = pairing.draft(p)
                if (pair := pairing.pair(draft, p, q, contrast)) is not None:
                    yield pair._replace(said=pairing.kept(p))
                    return

    def _by_cue(
        self, spoken: Sequence[Statement], told: frozenset[int], contrast: Contrast
    ) -> Iterator[Pair]:
        """Where the cue itself says that a claim is not so: what is told beside it is of the same matter, by
        the one who spoke or of the thing spoken of."""
        for statement in spoken:
            inside = self.pairing.content(statement)
            claims = self.pairing.claims(inside)
            best: tuple[float, Telling] | None = None
            for q in self.pairing.within(told - inside - contrast.tokens):
                strength = self._matters(statement, inside, q, contrast)
                if strength >= FLOOR and (best is None or strength > best[0]):
                    best = strength, q
            if best is not None:
                held = statement.kind == "pledge" and not any(
                    self.pairing.tellings.finite(p.trigger) for p in claims
                )
                record = self.pairing.record(best[1], self.pairing.voice(best[1].trigger))
                yield Pair(statement, next(iter(claims), None), record, best[0], None, held)

    def _judged(self, spoken: Sequence[Statement], contrast: Contrast) -> Iterator[Pair]:
        """Where nothing more is told: the clause in which the document itself calls what was said untrue."""
        verb = next(
            (a for a in self.clauses.ancestors(contrast.first) if self.clauses.tokens[a].upos == "VERB"), None
        )
        known = [s for s in spoken if self.poles.speaker(s)[0] is not None]
        if verb is None or not known:
            return
        doers = self.clauses.frame(verb).get("subj")
        clause = Telling(
            verb, self.clauses.tokens[verb].lemma.lower(), doers, (), (), "actual", "positive", ()
        )
        yield Pair(known[0], None, self.pairing.kept(clause), _VERDICT)

    def _matters(self, statement: Statement, inside: frozenset[int], q: Telling, contrast: Contrast) -> float:
        """How surely what is told beside a claim is of its matter: of the same things, or by the speaker."""
        pairing = self.pairing
        voice = pairing.voice(q.trigger)
        if q.realis not in REAL or (voice is not None and not pairing.may_tell(statement, None, voice)):
            return 0.0
        mine = frozenset(pairing.tellings.words(pairing.heads(inside))) - LOOSE
        words = pairing.matters.nouns((*q.doers, *q.objects, *q.others))
        shared = pairing.matters.meet(mine, words)
        speaker, its = pairing.speaker(statement), pairing.doers.who(q.doers)
        own = pairing.doers.same(speaker, its) if q.doers else 0.0
        if not own and its.actors and statement.kind in _OWN:
            return 0.0  # what others do keeps or breaks no word of the speaker
        if contrast.form == "preposition":
            return 0.75 * own + 0.1 * shared if own > LOOSELY else 0.0
        return 0.62 * shared + 0.2 * own

    def _claimed(self, i: int) -> bool:
        """Whether a clause is what a noun for something said holds: "assurances that", "the line is that"."""
        nouns = [*self.clauses.ancestors(i), *self.clauses.with_rel(i, "nsubj", "nsubj:outer")]
        return any(self.clauses.tokens[a].lemma.lower() in self.recalled.nouns for a in nouns)
