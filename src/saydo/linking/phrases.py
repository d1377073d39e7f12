"""Small questions about a dependency tree: dependants, base noun phrases, prepositions, governors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from saydo.model.reading import Reading, Token

_LEFT = frozenset("det amod compound nummod nmod:poss flat nmod:desc nmod:unmarked det:predet advmod".split())
_INSIDE = _LEFT | frozenset(
    ["punct", "case", "conj", "cc", "obl:npmod", "obl:unmarked", "nmod:npmod", "nmod"]
)
_NOT_FIRST = frozenset(["PUNCT", "ADP", "CCONJ", "ADV", "SCONJ", "PART"])
_ARGUMENTS = frozenset("nsubj nsubj:pass obj iobj obl obl:agent nmod nmod:poss conj appos root ccomp".split())


class Phrases:
    """A document's trees with their dependants at hand."""

    __slots__ = ("_kids", "dated", "reading", "tokens")

    def __init__(self, reading: Reading, dated: frozenset[int] = frozenset()) -> None:
        self.reading = reading
        self.dated = dated
        """Tokens of dates."""
        self.tokens: Sequence[Token] = reading.tokens
        kids: list[list[int] | None] = [None] * len(reading.tokens)
        for t in reading.tokens:
            if t.head != t.i:
                held = kids[t.head]
                if held is None:
                    kids[t.head] = [t.i]
                else:
                    held.append(t.i)
        self._kids = kids

    def kids(self, i: int) -> Sequence[int]:
        """Dependants of a token in text order."""
        return self._kids[i] or ()

    def kids_by(self, i: int, *relations: str) -> Iterator[int]:
        """Dependants by relation; a relation without subtype stands for its subtypes too."""
        tokens = self.tokens
        for k in self._kids[i] or ():
            relation = tokens[k].deprel
            if relation in relations or relation.partition(":")[0] in relations:
                yield k

    def head_of(self, first: int, last: int) -> int:
        """The token of ``[first, last)`` whose governor lies outside; a noun where there are several."""
        if last - first == 1:
            return first
        tokens = self.tokens
        best, best_rank = last - 1, 9
        for i in range(first, last):
            t = tokens[i]
            if first <= t.head < last and t.head != i:
                continue
            if t.upos in ("PROPN", "NOUN", "PRON"):
                rank = 0 if t.deprel in _ARGUMENTS else 1
            else:
                rank = 3 if t.upos in ("DET", "PUNCT", "ADP") else 2
            if t.text.lower() in ("al", "el"):
                rank += 1
            if rank < best_rank:
                best, best_rank = i, rank
        return best

    def base(self, head: int) -> int:
        """The first token of the noun phrase that ends in ``head``: what stands before it and hangs on it."""
        tokens = self.tokens
        first = head
        sentence = tokens[head].sentence
        while first > 0 and tokens[first - 1].sentence == sentence and self._belongs(first - 1, head):
            first -= 1
        while first < head and tokens[first].upos in _NOT_FIRST:
            first += 1
        return first

    def _belongs(self, i: int, head: int) -> bool:
        tokens = self.tokens
        for _ in range(12):
            if i == head:
                return True
            t = tokens[i]
            relation = t.deprel
            if relation not in _INSIDE:
                return False
            if t.head == head and (relation in ("punct", "case", "cc", "conj", "nmod") and t.text != "-"):
                return False
            if t.head == i:
                return False
            i = t.head
        return False

    def case(self, i: int) -> str:
        """The preposition of a noun, lower-case; empty where it has none."""
        tokens = self.tokens
        for k in self._kids[i] or ():
            if k > i:
                break
            t = tokens[k]
            if t.deprel == "case" and t.upos != "PART":
                return t.text.lower()
        return ""

    def possessed(self, i: int) -> bool:
        """Whether the noun carries a possessive mark."""
        t = self.tokens[i]
        if t.deprel == "nmod:poss":
            return True
        return i + 1 < len(self.tokens) and self.tokens[i + 1].text in ("'s", "’s", "'", "’")

    def first_conjunct(self, i: int) -> int:
        """The first of the coordinated phrases that a token's phrase belongs to."""
        tokens = self.tokens
        for _ in range(8):
            if tokens[i].deprel != "conj":
                break
            i = tokens[i].head
        return i

    def before(self, i: int, back: int = 4) -> list[str]:
        """Lower-case words before a token in its sentence, hyphens left out, nearest last."""
        tokens = self.tokens
        sentence = tokens[i].sentence
        found: list[str] = []
        j = i - 1
        while j >= 0 and len(found) < back and tokens[j].sentence == sentence:
            t = tokens[j]
            if t.text != "-":
                if t.upos in ("PUNCT", "VERB", "AUX"):
                    break
                found.append(t.text.lower())
            j -= 1
        found.reverse()
        return found

    def plural(self, i: int) -> bool:
        """Whether a noun is plural by its form, its determiner or its numeral."""
        t = self.tokens[i]
        low = t.text.lower()
        if t.upos == "PRON":
            return low in (
                "they",
                "them",
                "their",
                "theirs",
                "themselves",
                "we",
                "us",
                "our",
                "ours",
                "ourselves",
            )
        if low != t.lemma.lower() and low.endswith(("s", "men", "people", "children")):
            return True
        if low in _PLURALS:
            return True
        if low.endswith("s") and t.upos == "PROPN" and not low.endswith(("ss", "us", "is")):
            return any(self.tokens[k].deprel in ("nummod", "det") for k in self.kids(i))
        for k in self.kids(i):
            kid = self.tokens[k]
            if kid.deprel == "nummod" and kid.text.lower() not in ("one", "1"):
                return True
            if kid.deprel == "det" and kid.text.lower() in (
                "these",
                "those",
                "both",
                "several",
                "many",
                "few",
            ):
                return True
        return False


_PLURALS = frozenset(
    """
    people police troops forces mujahideen mujahidin mujahedin mujahedeen fedayeen personnel staff
    authorities officials clergy peshmerga guerrillas militia
    """.split()
)
