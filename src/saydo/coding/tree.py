"""The dependency tree of one reading: children, subtrees, prepositions, particles, coordination."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from saydo.coding.clauses_verbs import ASKING, DAYS
from saydo.coding.tree_mended import mended
from saydo.model.reading import Reading, Token

_SUFFERED = frozenset(
    "kill wound injure arrest detain abduct kidnap behead evacuate displace rescue maim".split()
)
"""Verbs of which somebody without an object is the one to whom it is done."""
_STATES = frozenset({"opposed", "committed", "dedicated", "devoted", "accustomed", "averse"})
_PARTICIPLES = frozenset({"shot", "held", "struck", "slain", "caught", "thrown", "driven", "torn", "shelled"})
"""Past participles that do not end like most; those that are like their verb's base form are left out."""
_WHOLE_CLAUSE = frozenset({"nsubj", "csubj", "expl", "obj", "iobj", "aux", "cop", "ccomp"})
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
PREDICATES = ("VERB", "AUX")
PASSIVE_SUBJECTS = ("nsubj:pass", "csubj:pass")


@dataclass(frozen=True, slots=True)
class Tree:
    """The trees of one reading with their children."""

    tokens: tuple[Token, ...]
    children: tuple[tuple[int, ...], ...]
    _prepositions: dict[int, str] = field(default_factory=dict, repr=False, compare=False)
    _passives: dict[int, bool] = field(default_factory=dict, repr=False, compare=False)
    """What was asked before; the same is asked of a word many times."""

    @classmethod
    def of(cls, reading: Reading) -> Self:
        tokens = mended(reading.tokens)
        below: list[list[int]] = [[] for _ in tokens]
        for token in tokens:
            if token.head != token.i:
                below[token.head].append(token.i)
        return cls(tokens, tuple(tuple(c) for c in below))

    def with_rel(self, i: int, *relations: str) -> list[int]:
        """Children of ``i`` in any of these relations (exact, subtypes spelt out)."""
        children = self.children[i]
        if not children:
            return []
        tokens = self.tokens
        return [c for c in children if tokens[c].deprel in relations]

    def is_root(self, i: int) -> bool:
        return self.tokens[i].head == i

    def subtree(self, i: int) -> list[int]:
        """``i`` and everything below it, in text order."""
        found, stack = [i], [i]
        while stack:
            below = self.children[stack.pop()]
            found.extend(below)
            stack.extend(below)
        return sorted(found)

    def ancestors(self, i: int) -> Iterable[int]:
        """The governors of ``i`` from near to far, root last."""
        while self.tokens[i].head != i:
            i = self.tokens[i].head
            yield i

    def preposition(self, i: int) -> str:
        """The case marking of a noun: ``on``, ``on behalf of``; empty where it has none."""
        found = self._prepositions.get(i)
        if found is None:
            words: list[str] = []
            for c in self.with_rel(i, "case"):
                if self.tokens[c].upos in ("ADP", "SCONJ", "ADV", "VERB", "ADJ", "NOUN", "PART"):
                    words.append(self.tokens[c].text.lower())
                    words += [self.tokens[f].text.lower() for f in self.with_rel(c, "fixed")]
            found = " ".join(w for w in words if w not in ("'s", "’s", "'", "’"))
            self._prepositions[i] = found
        return found

    def phrase(self, i: int, c: int) -> str:
        """The preposition of the phrase ``c`` of the verb ``i``, also where it was read as the verb's
        particle: "called *on* the minister"."""
        found = self.preposition(c)
        if found or not self.tokens[c].deprel.startswith("obl"):
            return found
        before = min(self.subtree(c)) - 1
        return self.tokens[before].text.lower() if before in self.with_rel(i, "compound:prt") else ""

    def asked(self, verb: int, above: dict[str, list[int]]) -> list[int]:
        """Who is to do what follows, where he stands in a phrase: "called on *the minister* to resign"."""
        if above.get("obj"):
            return []
        for prep in ASKING.get(self.tokens[verb].lemma, ()):
            heads = [h for h in above.get(f"obl:{prep}", []) if h > verb and not self.dated(h)]
            if heads:
                return heads
        return []

    def dated(self, i: int) -> bool:
        """Whether a noun is a day or a month: who calls *on Monday* to complain calls on nobody."""
        return self.tokens[i].upos == "NUM" or self.tokens[i].text.lower().rstrip(".") in DAYS

    def marked(self, i: int, *words: str) -> bool:
        return any(self.tokens[c].text.lower() in words for c in self.with_rel(i, "mark", "case"))

    def particle(self, i: int) -> str:
        """The particle of a phrasal verb: ``up`` in "blow up"; empty where it has none."""
        return " ".join(self.tokens[c].text.lower() for c in self.with_rel(i, "compound:prt"))

    def passive(self, i: int) -> bool:
        found = self._passives.get(i)
        if found is None:
            found = self._passives[i] = self._passive(i)
        return found

    def _passive(self, i: int) -> bool:
        if self.with_rel(i, *PASSIVE_SUBJECTS, "aux:pass"):
            return not self.stative(i) and not self._active_perfect(i)
        token = self.tokens[i]
        # a bare past participle after a noun: "villagers killed by", "equipment captured in battle"
        if token.deprel == "acl":
            return self.is_participle(i)
        if self.told_in_short(i):
            return True
        return token.deprel == "advcl" and self._lone_participle(i)

    def _active_perfect(self, i: int) -> bool:
        """Whether a perfect without a form of "be" was taken for a passive: "they *had* not *fired*"."""
        helped = [self.tokens[c].lemma.lower() for c in self.with_rel(i, "aux")]
        return "have" in helped and "be" not in helped and not self.with_rel(i, "aux:pass")

    def stative(self, i: int) -> bool:
        """Whether a participle tells how somebody stands, not what is done: "is *opposed* to the dam"."""
        to = {self.tokens[m].text.lower() for c in self.with_rel(i, "obl") for m in self.with_rel(c, "case")}
        return self.tokens[i].text.lower() in _STATES and "to" in to and not self.with_rel(i, "obl:agent")

    def agents_above(self, i: int) -> list[int]:
        """Who did what a noun names, where parsers hang it on the verb: "saw the killing of a man *by
        soldiers*"."""
        token = self.tokens[i]
        if token.deprel != "obj" or self.passive(token.head) or not self.with_rel(i, "nmod"):
            return []
        beside = self.with_rel(token.head, "obl", "obl:agent", "nsubj")
        nouns = [c for c in beside if c > i and self.tokens[c].upos in ("NOUN", "PROPN")]
        return [c for c in nouns if self.preposition(c) == "by"]

    def owner_of(self, c: int) -> int:
        """A possessor; for "whose" the noun that the relative clause stands on."""
        if self.tokens[c].text.lower() == "whose":
            for a in self.ancestors(c):
                if self.tokens[a].deprel in ("acl:relcl", "advcl:relcl"):
                    return self.tokens[a].head
        return c

    def hyphenated(self, i: int) -> list[int]:
        """The subject that a parser hung on the first half of a verb like "test-fired"."""
        joined = i >= 2 and self.tokens[i - 1].text == "-" and self.tokens[i - 2].head == i
        return self.with_rel(i - 2, "nsubj") if joined else []

    def told_in_short(self, i: int) -> bool:
        """Whether a participle tells what came of so many people, as headlines and dispatches do: "reports
        eight *killed* in the ambush", "Twelve men *arrested* in Oran"."""
        token = self.tokens[i]
        if token.lemma.lower() not in _SUFFERED or not token.text.lower().endswith("ed"):
            return False
        subjects = self.with_rel(i, "nsubj")
        counted = any(self.with_rel(s, "nummod") or self.tokens[s].upos == "NUM" for s in subjects)
        return counted and not self.with_rel(i, "obj", "aux", "ccomp", "conj", "iobj")

    def _lone_participle(self, i: int) -> bool:
        """Whether a clause is no more than a past participle and its phrases: "*wounded* in the leg, he
        fled", "though not *wounded*"."""
        token = self.tokens[i]
        form = token.text.lower()
        return (
            token.upos == "VERB"
            and (form.endswith(("ed", "en")) or form in _PARTICIPLES)
            and form != token.lemma.lower()
            and not any(self.tokens[c].deprel in _WHOLE_CLAUSE for c in self.children[i])
        )

    def past(self, i: int) -> bool:
        """Whether a verb tells of the past: a past form without a present or future auxiliary."""
        token = self.tokens[i]
        form = token.text.lower()
        inflected = form != token.lemma.lower() and not form.endswith(("ing", "s"))
        helpers = {self.tokens[c].text.lower() for c in self.with_rel(i, "aux", "aux:pass", "cop")}
        if helpers & {"was", "were", "had", "did"}:
            return True
        return inflected and not helpers

    def is_participle(self, i: int) -> bool:
        token = self.tokens[i]
        return (
            token.upos in ("VERB", "ADJ")
            and not token.text.lower().endswith("ing")
            and not self.with_rel(i, "mark")
        )

    def coordinated(self, i: int) -> tuple[int, ...]:
        """``i`` and what is coordinated with it: both states in "Tajikistan and Kyrgyzstan"."""
        found = [i]
        for c in self.with_rel(i, "conj"):
            if self.tokens[c].upos not in PREDICATES:
                found.extend(self.coordinated(c))
        return tuple(found)

    def first_noun(self, i: int) -> int:
        """The noun that coordinated ones begin with: ``guidance`` of ``name`` in "under the guidance and in
        the name of"."""
        while self.tokens[i].deprel == "conj" and self.tokens[self.tokens[i].head].upos == "NOUN":
            i = self.tokens[i].head
        return i

    def relative_governor(self, i: int) -> int | None:
        """The noun that the relative clause of ``i`` stands on."""
        token = self.tokens[i]
        if token.deprel in ("acl:relcl", "advcl:relcl"):
            return token.head
        if token.deprel in ("conj", "xcomp") and self.tokens[token.head].deprel == "acl:relcl":
            return self.tokens[token.head].head
        return None

    def antecedent(self, i: int, c: int) -> int:
        """What a relative pronoun under the noun ``i`` stands for: "mutineers, *who* are part of"."""
        relative = self.tokens[c].lemma.lower() in RELATIVE and self.tokens[c].upos in (
            "PRON",
            "DET",
            "SCONJ",
        )
        governor = self.relative_governor(i) if relative else None
        return c if governor is None else governor
