"""Sides taken by a word for taking sides: "is against the dam", "came out in favour of it", "threw its weight
behind the bill", "urged voters to reject divorce".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from saydo.codebook.entries import Codebook
from saydo.coding.clauses import Clauses

STANDS = frozenset({"support", "oppose"})
OTHER = MappingProxyType({"support": "oppose", "oppose": "support"})
_FOR = ("favour", "favor", "support")
_AGAINST = ("opposition",)
_PHRASES = MappingProxyType({
    "for": "support", "behind": "support", "against": "oppose",
    **dict.fromkeys((f"in {noun} of" for noun in _FOR), "support"), "in opposition to": "oppose",
})  # fmt: skip
_SPEAKING = frozenset(
    "speak come campaign vote argue stand rally protest march lobby plead preach warn advise counsel "
    "inveigh agitate declare pronounce".split()
)
_NAMING_THEMSELVES = frozenset({"declare", "pronounce", "say"})
"""Verbs that take a side only of oneself: "declared herself in favour of the dam"."""
_HAVING = frozenset({"have", "enjoy", "win", "find", "get", "receive", "command"})
_LENDING = frozenset(
    "throw put lend give cast voice express declare announce reiterate restate reaffirm repeat state signal "
    "offer confirm register reserve maintain".split()
)
_TAKING_BACK = frozenset("withdraw drop abandon retract revoke rescind end lift reverse renounce".split())
_GIVING = frozenset({"give", "lend", "offer", "maintain", "end"})
_BLESSING = frozenset(
    {"weight", "name", "vote", "voice", "blessing", "endorsement", "opposition", "objection", "resistance"}
)
"""What is given in words alone; "gave support to the rebels" is more than a side."""
_WEIGHT = frozenset({"weight", "support", "backing", "name", "vote", "voice", "blessing", "endorsement"})


_ACCEPTING = frozenset({"accept", "tolerate", "embrace", "countenance", "entertain"})
_CONSENTING = frozenset({"agree", "consent", "assent", "acquiesce", "accede"})
_MIGHT = frozenset({"would", "could", "might", "may", "can"})
_NEVER = frozenset({"not", "never", "n't", "n’t"})
_CONDITIONS = frozenset({"if", "unless", "provided", "when", "once"})


class Side(NamedTuple):
    """Who takes which side on what, in tokens."""

    verb: str
    subjects: tuple[int, ...]
    matter: tuple[int, ...]
    turned: bool = False
    """Whether the side is given up ("dropped its opposition to the bill")."""
    held: bool = False
    """Whether the side is taken though the words speak of what is to be ("urged voters to reject it")."""


@dataclass(frozen=True, slots=True)
class SideWords:
    """What the lists of a codebook say of matters and of asking, by side."""

    words: dict[str, str]
    doings: dict[str, str]
    wants: frozenset[str]


@lru_cache(maxsize=4)
def side_words(codebook: Codebook) -> SideWords:
    """The lists ``stance-…`` of a codebook; built once for each and kept."""
    words: dict[str, str] = {}
    doings: dict[str, str] = {}
    for side, verb in (("for", "support"), ("against", "oppose")):
        words |= dict.fromkeys(codebook.phrases(f"stance-{side}-words"), verb)
        doings |= dict.fromkeys(codebook.phrases(f"stance-{side}-doings"), verb)
    return SideWords(words, doings, frozenset(codebook.phrases("stance-wants")))


@dataclass(frozen=True, slots=True)
class Sides:
    """Reads sides off the trees of a reading. ``verbs`` and ``nouns``: the doing of a word."""

    clauses: Clauses
    lists: SideWords
    verbs: Mapping[str, str]
    nouns: Mapping[str, str]

    def of(self, i: int) -> Side | None:
        """The side that the word ``i`` takes, the matter as what it is about in the end."""
        for side in (self._stood(i), self._spoken(i), self._lent(i), self._had(i), self._urged(i)):
            if side is not None and side.matter:
                return self.about(side)
        return None

    def about(self, side: Side) -> Side:
        """What a side is about: who opposes the abolition of a law is for the law."""
        verb, matter = side.verb, side.matter
        for _ in range(3):
            doing, inner = self._doing(matter)
            if doing is None or not inner:
                break
            verb = verb if doing == "support" else OTHER[verb]
            matter = inner
        return side._replace(verb=verb, matter=matter)

    def _doing(self, matter: tuple[int, ...]) -> tuple[str | None, tuple[int, ...]]:
        """Where a matter is itself a doing away with, or a bringing in: of what."""
        if len(matter) != 1:
            return None, ()
        frame = self.clauses.frame(matter[0])
        token = self.clauses.tokens[matter[0]]
        word = token.lemma.lower()
        if token.upos == "NOUN" and word not in self.lists.doings and token.text.lower().endswith("ing"):
            word = token.text.lower()
        inner = frame.get("obj") if token.upos == "VERB" else frame.get("obl:of") or frame.get("obj")
        side = self.lists.doings.get(word)
        if side is None and token.upos == "VERB" and inner:
            return "support", inner  # "is against selling the works": a matter is told by its nouns
        return side, inner

    def _stood(self, i: int) -> Side | None:
        """ "Is in favour of the dam", "is opposed to it", "is against it"."""
        token, with_rel = self.clauses.tokens[i], self.clauses.with_rel
        if not with_rel(i, "cop"):
            return None
        subjects = tuple(with_rel(i, "nsubj", "nsubj:pass"))
        word = token.lemma.lower()
        if word in (*_FOR, *_AGAINST) and self.clauses.preposition(i) == "in":
            return (
                Side("support" if word in _FOR else "oppose", subjects, self._behind(i)) if subjects else None
            )
        if token.text.lower() == "opposed":
            matter = tuple(c for c in with_rel(i, "obl", "advcl") if self._led(c) == "to")
            return Side("oppose", subjects, matter) if subjects else None
        verb = _PHRASES.get(self.clauses.preposition(i)) if token.upos in ("NOUN", "PROPN") else None
        return Side(verb, subjects, (i,)) if verb is not None and subjects else None

    def _spoken(self, i: int) -> Side | None:
        """ "Came out against the dam", "spoke in favour of lowering the age", "declared herself for it"."""
        token = self.clauses.tokens[i]
        if token.upos != "VERB" or token.lemma.lower() not in _SPEAKING:
            return None
        frame = self.clauses.frame(i)
        themselves = any(
            self.clauses.tokens[o].text.lower().endswith(("self", "selves")) for o in frame.get("obj")
        )
        if not frame.get("subj") or (token.lemma.lower() in _NAMING_THEMSELVES) != themselves:
            return None
        for c in self.clauses.with_rel(i, "obl", "advcl", "xcomp", "obj"):
            led = self._led(c).removeprefix("out ").removeprefix("up ")
            word = self.clauses.tokens[c].lemma.lower()
            if led == "in" and word in (*_FOR, *_AGAINST) and (matter := self._behind(c)):
                return Side("support" if word in _FOR else "oppose", frame.get("subj"), matter)
            if led in _PHRASES and not self.clauses.dated(c) and word not in self._PEOPLE_AND_TIME:
                return Side(_PHRASES[led], frame.get("subj"), (c,))
        return None

    _PEOPLE_AND_TIME = frozenset("hour minute year day month week time reason office".split())
    """What one speaks or stands *for* that is no matter."""

    def _lent(self, i: int) -> Side | None:
        """ "Threw its weight behind the bill", "voiced opposition to it", "withdrew her support for it"."""
        token = self.clauses.tokens[i]
        lemma = token.lemma.lower()
        back = lemma in _TAKING_BACK
        if token.upos != "VERB" or not (back or lemma in _LENDING):
            return None
        frame = self.clauses.frame(i)
        if not frame.get("subj"):
            return None
        for o in frame.get("obj"):
            noun = self.clauses.tokens[o].lemma.lower()
            doing = "support" if noun in _WEIGHT else self.nouns.get(noun, "")
            if doing not in STANDS or (lemma in _GIVING and noun not in _BLESSING):
                continue
            none = any(self.clauses.tokens[d].text.lower() == "no" for d in self.clauses.with_rel(o, "det"))
            of_verb = [c for c in self.clauses.with_rel(i, "obl", "iobj") if c > i]
            for c in (*self.clauses.with_rel(o, "nmod", "acl"), *of_verb):
                led = self._led(c) or ("to" if self.clauses.tokens[c].deprel == "iobj" else "")
                if led in ("behind", "to") or (led in ("for", "of") and noun != "name"):
                    return Side(doing, frame.get("subj"), (c,), back != none)
                if led == "against":
                    return Side("oppose", frame.get("subj"), (c,), back != none)
        return None

    def _had(self, i: int) -> Side | None:
        """ "The dam has the support of the union"."""
        token = self.clauses.tokens[i]
        doing = self.nouns.get(token.lemma.lower(), "") if token.upos == "NOUN" else ""
        if doing not in STANDS or token.deprel != "obj":
            return None
        over = self.clauses.tokens[token.head]
        behind = tuple(
            c for c in self.clauses.with_rel(i, "nmod") if self.clauses.preposition(c) in ("of", "from")
        )
        if over.lemma.lower() not in _HAVING or not behind:
            return None
        return Side(doing, behind, self.clauses.frame(over.i).get("subj"))

    def _urged(self, i: int) -> Side | None:
        """ "Urged voters to reject divorce": who wants others to take a side has taken it."""
        token = self.clauses.tokens[i]
        doing = self.verbs.get(token.lemma.lower(), "") if token.upos == "VERB" else ""
        if doing not in STANDS or not self.clauses.marked(i, "to"):
            return None
        over = self.clauses.tokens[token.head]
        if (
            token.deprel not in ("xcomp", "ccomp", "advcl", "acl")
            or over.lemma.lower() not in self.lists.wants
        ):
            return None
        subjects = self.clauses.frame(over.i).get("subj")
        matter = self.clauses.frame(i).get("obj")
        return Side(doing, subjects, matter, held=True) if subjects else None

    def accepted(self, i: int) -> Side | None:
        """ "Accepted the treaty", "has agreed to it", "would never tolerate it": what one puts up
        with one is no longer against; "would accept cuts", and what hangs on a condition, says too little."""
        token = self.clauses.tokens[i]
        lemma = token.lemma.lower()
        if token.upos != "VERB" or lemma not in (*_ACCEPTING, *_CONSENTING):
            return None
        frame = self.clauses.frame(i)
        near = {self.clauses.tokens[c].lemma.lower() for c in self.clauses.with_rel(i, "aux", "advmod")}
        if near & _MIGHT and not near & _NEVER:
            return None
        for c in self.clauses.with_rel(i, "advcl"):
            if any(
                self.clauses.tokens[m].text.lower() in _CONDITIONS for m in self.clauses.with_rel(c, "mark")
            ):
                return None
        matter = frame.get("obj") if lemma in _ACCEPTING else frame.get("obl:to|in")
        if not matter and lemma in _CONSENTING:  # a noun behind "to" that was read as a verb
            nouns = (c for c in self.clauses.with_rel(i, "xcomp") if self.clauses.tokens[c].upos == "NOUN")
            matter = tuple(c for c in nouns if self._led(c) == "to")
        subjects = frame.get("subj")
        return self.about(Side("support", subjects, matter, held=True)) if subjects and matter else None

    def _behind(self, i: int) -> tuple[int, ...]:
        """What follows "in favour of" and "in opposition to": a thing or a doing."""
        return tuple(
            c for c in self.clauses.with_rel(i, "nmod", "acl", "advcl") if self._led(c) in ("of", "to")
        )

    def _led(self, c: int) -> str:
        """The preposition of a phrase, also where a doing stands in it ("against *selling* the works")."""
        marks: Iterator[str] = (self.clauses.tokens[m].text.lower() for m in self.clauses.with_rel(c, "mark"))
        return self.clauses.preposition(c) or next(marks, "")
