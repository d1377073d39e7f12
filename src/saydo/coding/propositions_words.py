"""What the words around a verb make of it: particles, prepositions and objects that belong to it ("sent
back", "walked off the job", "put his name down"), and verbs that leave out who did it ("the branch closed").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from saydo.coding.clauses import Clauses

_PARTICLES = frozenset({"away", "back", "out", "off", "up", "down", "in", "over", "aside", "through"})
_BY_ITSELF = MappingProxyType({
    "close": "close", "shut": "close", "close down": "close", "shut down": "close",
    "open": "open", "reopen": "open",
    "rise": "raise", "increase": "raise", "go up": "raise", "climb": "raise", "soar": "raise",
    "jump": "raise", "double": "raise", "triple": "raise",
    "fall": "lower", "drop": "lower", "go down": "lower", "shrink": "lower", "come down": "lower",
})  # fmt: skip
"""Verbs that say without an object what was done to their subject."""


class Doing(NamedTuple):
    """What a verb with its words is compared as."""

    verb: str
    taken: tuple[int, ...] = ()
    """The nouns that belong to the verb and are nothing to which it is done."""
    undone_by: bool = False
    """Whether the subject is what it is done to: "the branch *closed*", "the school *changed hands*"."""


def particle(clauses: Clauses, i: int) -> str:
    """The particle of a verb, also where it was read as an adverb or as part of a preposition: "were taken
    *away*", "were put *out* of the hotel"."""
    if found := clauses.particle(i):
        return found
    for c in clauses.with_rel(i, "advmod"):
        if c > i and clauses.tokens[c].text.lower() in _PARTICLES:
            return clauses.tokens[c].text.lower()
    for c in clauses.with_rel(i, "obl", "obj"):
        words = clauses.preposition(c).split()
        if c > i and words and words[0] in _PARTICLES and (len(words) > 1 or words[0] == "off"):
            return words[0]
    return ""


def in_its_words(clauses: Clauses, of: Mapping[str, str], i: int) -> Doing | None:
    """The doing that a verb is with words of its own, where a list has them together."""
    lemma, part = clauses.tokens[i].lemma.lower(), particle(clauses, i)
    if clauses.with_rel(i, "aux:pass") and (told := of.get(f"be {clauses.tokens[i].text.lower()}")):
        return Doing(told)
    for o in clauses.frame(i).get("obj"):
        noun = clauses.tokens[o].lemma.lower()
        for key in _keys(lemma, noun, part):
            if key in of:
                # "the school changed hands": nobody does that, and it is done to the school
                return Doing(of[key], () if of[key] in _OF_THINGS else (o,), undone_by=key in _UNDONE)
    for c in clauses.with_rel(i, "obl", "obj"):
        prep, noun = clauses.preposition(c), clauses.tokens[c].lemma.lower()
        if prep and f"{lemma} {prep} {noun}" in of:
            return Doing(of[f"{lemma} {prep} {noun}"], (c,))
    if part and not clauses.particle(i) and f"{lemma} {part}" in of:
        return Doing(of[f"{lemma} {part}"])
    for c in clauses.with_rel(i, "obl"):
        if c > i and f"{lemma} {clauses.preposition(c)}" in of:
            return Doing(of[f"{lemma} {clauses.preposition(c)}"])
    return _by_itself(clauses, of, i, f"{lemma} {part}" if part else lemma)


_OF_THINGS = frozenset({"fell", "dismiss"})
"""Doings whose phrases name what they are done to: "clear a forest", "cut jobs"."""
_UNDONE = frozenset({"change hand"})


def _keys(lemma: str, noun: str, part: str) -> Iterator[str]:
    if part:
        yield f"{lemma} {noun} {part}"
        yield f"{lemma} {part} {noun}"
    yield f"{lemma} {noun}"


def _by_itself(clauses: Clauses, of: Mapping[str, str], i: int, verb: str) -> Doing | None:
    """ "The branch has closed", "fares went up", "no job will go"."""
    if clauses.passive(i) or clauses.with_rel(i, "obj", "ccomp", "xcomp"):
        return None
    subjects = clauses.with_rel(i, "nsubj")
    if not subjects:
        return None
    told = of.get(f"{clauses.tokens[subjects[0]].lemma.lower()} {verb}") or _BY_ITSELF.get(verb)
    return None if told is None else Doing(told, undone_by=True)
