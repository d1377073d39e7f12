"""Which statements a contrast sets aside: those coded beside its cue, or those that a noun recalls.

"In defiance of *that vow*", "records contradict *the claim*", "*this* is not true": what was said stands in
the sentences before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from saydo.codebook.entries import Codebook
from saydo.coding.clauses import Clauses
from saydo.coding.flagged_cues import Contrast
from saydo.coding.flagged_doers import Doers
from saydo.coding.flagged_poles import Poles
from saydo.model.records import Statement

_BACK = 4
_SAID = frozenset({"pledge", "denial", "assertion"})
_CLAIMING = frozenset({*_SAID, "accusation", "claim_of_responsibility"})
_POINTING = frozenset({"the", "this", "that", "these", "those", "such", "his", "her", "its", "their", "both"})
_PRONOUNS = frozenset({"this", "that", "it", "which"})


@dataclass(frozen=True, slots=True)
class Recalled:
    """The statements of a document, asked for by what points back to them."""

    poles: Poles
    clauses: Clauses
    doers: Doers
    nouns: dict[str, frozenset[str]]
    """Noun for something said → kinds of statement that it may stand for."""

    @classmethod
    def of(cls, poles: Poles, clauses: Clauses, doers: Doers, codebook: Codebook) -> Recalled:
        nouns: dict[str, frozenset[str]] = {}
        for name, kinds in (("pledges", {"pledge"}), ("denials", {"denial"}), ("claims", _CLAIMING)):
            for phrase in codebook.phrases(f"contrast-{name}"):
                nouns[phrase] = nouns.get(phrase, frozenset()) | frozenset(kinds)
        return cls(poles, clauses, doers, nouns)

    def set_aside(self, contrast: Contrast, tokens: frozenset[int]) -> list[Statement]:
        """The statements within some tokens of a contrast, else those that a noun in them recalls."""
        here = [s for s in self.poles.side(tokens).statements if s.kind in _CLAIMING]
        # "the survivors *refute* this account": those words set aside, they are not set aside
        here = [s for s in here if not self.recalling(s)]
        if contrast.form == "verb":
            here = [s for s in here if not self.poles.cued(s, contrast.tokens)]
        return here or self.recalled(tokens, contrast.first)

    def recalling(self, statement: Statement) -> bool:
        """Whether the content of a statement is nothing but a noun for something said ("refute this
        account"): then it is what sets aside, not what is set aside."""
        tokens = [
            t
            for a, b in statement.content
            for t in self.clauses.tokens
            if a <= t.start < b and t.upos != "PUNCT"
        ]
        nouns = [t for t in tokens if t.upos in ("NOUN", "PROPN", "VERB")]
        return bool(nouns) and len(tokens) <= 4 and all(t.lemma.lower() in self.nouns for t in nouns)

    def recalled(self, tokens: Iterable[int], before: int) -> list[Statement]:
        """What a noun among some tokens ("this claim") recalls from the sentences before, nearest first."""
        for i in sorted(tokens):
            token = self.clauses.tokens[i]
            kinds = self.nouns.get(token.lemma.lower()) if token.upos == "NOUN" else None
            if kinds is None or not self._points(i):
                continue
            for statement in self._before(before):
                if statement.kind in kinds and self._of_owner(i, statement):
                    return [statement]
        return []

    def nearest(self, before: int, back: int = _BACK) -> list[Statement]:
        """The last thing that was said, pledged or denied before a token, in its sentence or those before."""
        return [s for s in self._before(before, back) if s.kind in _CLAIMING][:1]

    def _points(self, i: int) -> bool:
        words = {self.clauses.tokens[c].text.lower() for c in self.clauses.with_rel(i, "det", "nmod:poss")}
        return bool(words & _POINTING) or bool(self.clauses.with_rel(i, "nmod:poss"))

    def _of_owner(self, i: int, statement: Statement) -> bool:
        """ "The ministry's denial" recalls no denial of another."""
        owners = self.clauses.with_rel(i, "nmod:poss")
        owners += [
            c for c in self.clauses.with_rel(i, "nmod") if self.clauses.preposition(c) in ("of", "by", "from")
        ]
        if not owners:
            return True
        mention = self.poles.mentions.get(statement.source_mention or "")
        if mention is None:
            return False
        return self.doers.same(self.doers.who([mention.head]), self.doers.who(owners)) > 0

    def _before(self, token: int, back: int = _BACK) -> Iterator[Statement]:
        number = self.poles.sentence(token)
        found = [
            (self.poles.position(s), s)
            for s in self.poles.statements.values()
            if self.poles.position(s) < token
            and number - back <= self.poles.sentence(self.poles.position(s)) <= number
            and not self.recalling(s)
            and not any(a <= self.clauses.tokens[token].start < b for a, b in s.content)
        ]
        yield from (s for _, s in sorted(found, key=lambda pair: -pair[0]))
