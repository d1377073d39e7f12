"""The dependency tree of one reading: children, subtrees, prepositions, particles, coordination."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from saydo.model.reading import Reading, Token

PREDICATES = ("VERB", "AUX")
PASSIVE_SUBJECTS = ("nsubj:pass", "csubj:pass")


@dataclass(frozen=True, slots=True)
class Tree:
    """The trees of one reading with their children."""

    tokens: tuple[Token, ...]
    children: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, reading: Reading) -> Self:
        below: list[list[int]] = [[] for _ in reading.tokens]
        for token in reading.tokens:
            if token.head != token.i:
                below[token.head].append(token.i)
        return cls(reading.tokens, tuple(tuple(c) for c in below))

    def with_rel(self, i: int, *relations: str) -> list[int]:
        """Children of ``i`` in any of these relations (exact, subtypes spelt out)."""
        return [c for c in self.children[i] if self.tokens[c].deprel in relations]

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
        words: list[str] = []
        for c in self.with_rel(i, "case"):
            if self.tokens[c].upos in ("ADP", "SCONJ", "ADV", "VERB", "ADJ", "NOUN", "PART"):
                words.append(self.tokens[c].text.lower())
                words += [self.tokens[f].text.lower() for f in self.with_rel(c, "fixed")]
        return " ".join(w for w in words if w not in ("'s", "’s", "'", "’"))

    def particle(self, i: int) -> str:
        """The particle of a phrasal verb: ``up`` in "blow up"; empty where it has none."""
        return " ".join(self.tokens[c].text.lower() for c in self.with_rel(i, "compound:prt"))

    def passive(self, i: int) -> bool:
        if self.with_rel(i, *PASSIVE_SUBJECTS, "aux:pass"):
            return True
        token = self.tokens[i]
        # a bare past participle after a noun: "villagers killed by", "equipment captured in battle"
        return token.deprel == "acl" and self.is_participle(i)

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
