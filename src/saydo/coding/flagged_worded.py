"""Flagged discrepancies between doings in their own words: "despite its promise not to campaign, it campaigned".

The two clauses must be of one doing and one doer, say the opposite, and share what it is about; after a
preposition that gainsays ("contrary to", "despite") doer and doing are enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from saydo.codebook.opposition import Doing
from saydo.coding.flagged_cues import Contrast
from saydo.coding.flagged_poles import Poles
from saydo.model.citations import cite, plain, quoted
from saydo.model.ids import digest
from saydo.model.records import Discrepancy, DiscrepancyKind, Pole, Proposition, Statement

_BACK = 3
_SAID = frozenset({"pledge", "denial", "assertion"})
_REAL = frozenset({"actual", "historical"})
_PRONOUNS = frozenset({"it", "they", "he", "she", "we", "i", "its", "their", "his", "her"})


@dataclass(frozen=True, slots=True)
class Worded:
    """The propositions of a document, asked for pairs that a contrast sets against each other."""

    poles: Poles
    told: Sequence[Proposition]

    def found(self, contrast: Contrast) -> Iterator[Discrepancy]:
        """What a contrast flags."""
        if contrast.before:
            number = self.poles.sentence(contrast.first)
            for back in range(1, _BACK + 1):
                made = list(self._pairs(contrast, self._sentence(number - back), contrast.told, strong=False))
                yield from made
                if made:
                    return
            return
        made = list(self._pairs(contrast, contrast.aside, contrast.told, strong=contrast.strong))
        yield from made or self._pairs(contrast, contrast.told, contrast.aside, strong=False)

    def _sentence(self, number: int) -> frozenset[int]:
        return frozenset(t.i for t in self.poles.linked.reading.tokens if t.sentence == number)

    def _pairs(
        self, contrast: Contrast, said: frozenset[int], done: frozenset[int], strong: bool
    ) -> Iterator[Discrepancy]:
        claims = [p for p in self._in(said) if strong or self._said(p)]
        facts = [q for q in self._in(done) if q.realis in _REAL]
        for p in claims:
            for q in facts:
                if q.id == p.id or (q.attributed_to is not None and q.attributed_to == p.attributed_to):
                    continue
                if self._against(p, q) and self._one_doer(p, q) and (strong or _about(p, q)):
                    yield self._made(contrast, p, q)
                    break

    def _in(self, tokens: frozenset[int]) -> Iterable[Proposition]:
        return [
            p for p in self.told if self.poles.token(p.trigger[0]) in tokens and p.realis != "hypothetical"
        ]

    def _statement(self, p: Proposition) -> Statement | None:
        return self.poles.statements.get(p.attributed_to or "")

    def _said(self, p: Proposition) -> bool:
        statement = self._statement(p)
        return statement is not None and statement.kind in _SAID

    def _against(self, p: Proposition, q: Proposition) -> bool:
        statement = self._statement(p)
        holds = p.polarity == "positive" and (statement is None or statement.kind != "denial")
        mine, its = Doing(f"do:{p.verb}"), Doing(f"do:{q.verb}")
        if q.polarity == "negative":
            return holds and mine == its
        if not holds:
            return mine == its
        return self.poles.oppositions.opposite(mine, its) or self.poles.oppositions.lasts(mine, its)

    def _one_doer(self, p: Proposition, q: Proposition) -> bool:
        statement = self._statement(p)
        mine = self.poles.bases(p.actors) or self.poles.bases(
            [statement.source_mention if statement else None]
        )
        its = self.poles.bases(q.actors)
        if mine and its:
            return self.poles.linked_by(mine, its) is not None
        names = {self._name(i) for i in (*p.actors, *([statement.source_mention] if statement else []))}
        others = {self._name(i) for i in q.actors}
        return bool(names & others - {""}) or bool(others & _PRONOUNS) or not p.actors

    def _name(self, id: str | None) -> str:
        mention = self.poles.mentions.get(id or "")
        return "" if mention is None else self.poles.linked.reading.tokens[mention.head].text.lower()

    def _made(self, contrast: Contrast, p: Proposition, q: Proposition) -> Discrepancy:
        poles = self.poles
        document = poles.document.id
        statement = self._statement(p)
        speaker, name = self._speaker(p, statement)
        said = statement.id if statement is not None else p.id
        kind = _kind(p, statement)
        against = q.attributed_to or q.id
        refs = [(document, said), (document, p.id)]
        told = [*([(document, q.attributed_to)] if q.attributed_to else []), (document, q.id)]
        strength = 0.8 if contrast.strong else 0.7
        return Discrepancy(
            id="d-" + digest("flagged", kind, document, said, against)[:16],
            kind=kind,
            speaker=speaker,
            speaker_name=name,
            statement=Pole(document=document, id=said, quote=poles.quote(statement or p)),
            against=(Pole(document=document, id=against, quote=poles.quote(q)),),
            basis="flagged",
            explanation=(
                f"The report itself sets one against the other [“{contrast.cue}”]: {plain(name or 'somebody')} "
                f"is held to {quoted(poles.words(p), 90)}{cite(refs)}; against it stands "
                f"{quoted(poles.quote(q), 110)}{cite(told)}."
            ),
            rule=f"flagged.{contrast.form}",
            score=round(strength * (0.7 + 0.3 * (p.score * q.score) ** 0.5), 3),
        )

    def _speaker(self, p: Proposition, statement: Statement | None) -> tuple[str | None, str | None]:
        if statement is not None:
            return self.poles.speaker(statement)
        for id in p.actors:
            mention = self.poles.mentions.get(id)
            if mention is not None and mention.actor:
                return mention.actor, self.poles.names.get(mention.actor, mention.actor)
        return None, None


def _kind(p: Proposition, statement: Statement | None) -> DiscrepancyKind:
    if p.realis == "future" or (statement is not None and statement.kind == "pledge"):
        return "commitment"
    if p.polarity == "negative" or (statement is not None and statement.kind == "denial"):
        return "denial"
    return "account"


def _about(p: Proposition, q: Proposition) -> bool:
    mine = {*p.objects, *p.others} - _PRONOUNS
    return bool(mine & {*q.objects, *q.others}) or not mine
