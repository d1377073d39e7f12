"""Tallies: how many died, were taken, came, lost their homes, whatever it was that happened.

Tolls (:mod:`saydo.coding.tolls`) belong to events of a type. Accidents, disasters, epidemics, crowds, strikes
and votes have none, and yet two voices count them differently. A tally is a number with what it measures,
read off the verb that those counted stand under, or off a noun that counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from saydo.codebook.entries import Codebook
from saydo.coding.counts import count_of
from saydo.coding.match import Scene
from saydo.coding.tolls import value_of
from saydo.model.records import Count

_MEASURES = ("killed", "injured", "missing", "held", "turnout", "homeless", "infected", "lost")
_SHARES = {"percent", "%", "pct", "cent"}
_FRACTIONS = {"half": 50, "third": 33, "quarter": 25, "fifth": 20, "tenth": 10}
_PART = re.compile(
    r"\b(one|two|three|four|five|six|seven|eight|nine)[ -](?:in|out of)(?: every)?[ -]"
    r"(two|three|four|five|six|seven|eight|nine|ten|twenty)\b",
    re.IGNORECASE,
)
_SMALL = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten".split())} | {
    "twenty": 20
}
_RUN = 6
_ARTICLES = frozenset({"a", "an", "another", "both", "some", "many"})
_COSTS = frozenset({"claim", "take", "cost", "lose"})
_UNCOUNTED = frozenset({"money", "weapon", "quantity"})
_BODIES = frozenset(
    "company government state country party side nation province town city group union year day month week "
    "hour time point seat goal game match dollar euro pound kilometre mile metre ton tonne".split()
)
"""Nouns whose number counts nobody."""


class TallyWords(NamedTuple):
    """The word lists by which tallies are read."""

    verbs: Mapping[str, Mapping[str, str]]
    """``subject`` or ``object`` → verb, with a second word or alone → measure."""
    nouns: Mapping[str, str]
    things: Mapping[str, str]
    numbers: frozenset[str]
    """Nouns that stand for a number ("toll")."""
    households: frozenset[str]
    beasts: frozenset[str]


class Tally(NamedTuple):
    """A number, what it measures, and of whom."""

    trigger: int
    measure: str
    """With the kind of thing, or the unit, where these are no people: ``lost aircraft``."""
    people: Count
    counted: tuple[int, ...]
    """The head tokens of those counted."""
    owners: tuple[int, ...] = ()
    """Of things: the tokens that say whose they are."""


@lru_cache(maxsize=4)
def tally_words(codebook: Codebook) -> TallyWords:
    """The lists of a codebook."""
    verbs: dict[str, dict[str, str]] = {"subject": {}, "object": {}}
    nouns: dict[str, str] = {}
    for measure in _MEASURES:
        for role, words in (*verbs.items(), ("noun", nouns)):
            entry = codebook.cues.get(f"tally-{measure}-{role}")
            words.update((p.lower(), measure) for p in (entry.phrases if entry else ()))
    kinds: dict[str, str] = {}
    things: dict[str, str] = {}
    for phrase in codebook.phrases("tally-things"):
        kind, _, word = phrase.partition(" ")
        things[word] = kinds.setdefault(kind, word)
    return TallyWords(
        MappingProxyType({role: MappingProxyType(found) for role, found in verbs.items()}),
        MappingProxyType(nouns),
        MappingProxyType(things),
        frozenset(codebook.phrases("toll-measures")),
        frozenset(codebook.phrases("tally-households")),
        frozenset(codebook.phrases("tally-beasts")),
    )


def tallies(scene: Scene, words: TallyWords) -> Iterator[Tally]:
    """Every tally of a document in text order."""
    for token in scene.clauses.tokens:
        if token.i in scene.timed:
            continue
        if token.upos in ("VERB", "ADJ", "AUX"):
            yield from _of_verb(scene, token.i, words)
        if token.upos in ("NOUN", "PROPN", "ADJ") or token.deprel == "nmod":
            yield from _of_noun(scene, token.i, words)


def _of_verb(scene: Scene, i: int, words: TallyWords) -> Iterator[Tally]:
    clauses = scene.clauses
    frame = clauses.frame(i)
    lives = tuple(o for o in frame.get("obj") if clauses.tokens[o].lemma.lower() == "life")
    if lives and clauses.tokens[i].lemma.lower() in _COSTS:
        if made := tuple(_made(scene, i, "killed", lives, words)):
            yield from made
            return
    if (here := _of_us(scene, i)) is not None:
        yield Tally(i, "turnout", here, ())
        return
    for role, measure in _measures(scene, i, words):
        heads = frame.get("obj") if role == "object" else frame.get("subj")
        if role == "subject" and not heads and clauses.passive(i):
            heads = frame.get("obj")
        if made := tuple(_made(scene, i, measure, heads, words)):
            yield from made
            return


def _of_us(scene: Scene, i: int) -> Count | None:
    """ "There were 45,000 *of us* on the streets"."""
    clauses = scene.clauses
    if clauses.tokens[i].lemma.lower() != "be":
        return None
    for c in (clauses.tokens[i].head, *clauses.children[i]):
        us = (clauses.tokens[n].text.lower() for n in clauses.with_rel(c, "nmod"))
        if clauses.tokens[c].upos in ("NUM", "NOUN") and {"us"} & set(us):
            return count_of(clauses, c)
    return None


def _measures(scene: Scene, i: int, words: TallyWords) -> Iterator[tuple[str, str]]:
    """(role, what it counts) of a verb: with a second word before the verb alone."""
    clauses = scene.clauses
    lemma = clauses.tokens[i].lemma.lower()
    beside = list(clauses.children[i])
    beside += [c for o in clauses.with_rel(i, "obj") for c in clauses.with_rel(o, "amod", "acl", "advmod")]
    near = {w for c in beside for w in (clauses.tokens[c].lemma.lower(), clauses.tokens[c].text.lower())}
    if i + 1 < len(clauses.tokens):
        near.add(clauses.tokens[i + 1].text.lower())
    for role, verbs in words.verbs.items():
        found = next((verbs[f"{lemma} {w}"] for w in sorted(near) if f"{lemma} {w}" in verbs), None)
        if found is not None:
            yield role, found
    for role, verbs in words.verbs.items():
        if not clauses.particle(i) and lemma in verbs:
            yield role, verbs[lemma]


def _of_noun(scene: Scene, i: int, words: TallyWords) -> Iterator[Tally]:
    """ "Six deaths in the accident", "the deaths of 14 villagers", "a turnout of 78 percent", "26 dead"."""
    clauses = scene.clauses
    token = clauses.tokens[i]
    if token.lemma.lower() in words.numbers:
        yield from _number_of(scene, i, words)
        return
    measure = words.nouns.get(token.lemma.lower()) or words.nouns.get(token.text.lower())
    if measure is None or token.deprel in ("compound", "amod", "nmod:poss"):
        return
    numbered = clauses.with_rel(i, "nummod") or _of_dozens(scene, i)
    own = count_of(clauses, i) if numbered else _headed(scene, i) or _parted(scene, i)
    if own is not None:
        yield Tally(i, measure, own, ())
        return
    for c in clauses.with_rel(i, "nmod"):
        if clauses.preposition(c) == "of":
            made = list(_made(scene, i, measure, clauses.coordinated(c), words))
            if made:
                yield from made
                return
    if measure == "turnout" and token.lemma.lower() in ("turnout", "attendance", "participation", "crowd"):
        yield from _put(scene, i, measure, words)


def _number_of(scene: Scene, i: int, words: TallyWords) -> Iterator[Tally]:
    """ "The number of dead at 10,000", "the toll stands at nine", "the number of people held is ten"."""
    clauses = scene.clauses
    tokens = clauses.tokens
    beside = clauses.with_rel(i, "compound", "amod", "nmod")
    beside += [
        n for c in clauses.with_rel(i, "nmod") for n in clauses.with_rel(c, "acl", "acl:relcl", "amod")
    ]
    for c in beside:
        lemma, text = tokens[c].lemma.lower(), tokens[c].text.lower()
        measure = words.nouns.get(lemma) or words.nouns.get(text) or words.verbs["object"].get(lemma)
        value = value_of(scene, i) if measure not in (None, "lost") else None
        if measure is not None and value is not None:
            yield Tally(i, measure, value, ())
            return
    if tokens[i].lemma.lower() == "toll" and (value := value_of(scene, i)) is not None:
        yield Tally(i, "killed", value, ())


def _put(scene: Scene, i: int, measure: str, words: TallyWords) -> Iterator[Tally]:
    """ "Turnout reached 78 percent", "put the crowd at 45,000"."""
    clauses = scene.clauses
    value = value_of(scene, i)
    if value is not None:
        yield Tally(i, measure, value, ())
        return
    above = clauses.tokens[i].head
    for c in (
        above,
        *clauses.with_rel(above, "obj", "obl", "xcomp", "nsubj"),
        *clauses.with_rel(i, "nmod", "nummod"),
    ):
        if c != i and (share := _share(scene, c)) is not None:
            yield Tally(i, f"{measure} percent", share, ())
            return


def _headed(scene: Scene, i: int) -> Count | None:
    """ "A list of 26 *dead*", where parsers take the number for the noun."""
    clauses = scene.clauses
    head = clauses.tokens[i].head
    if head == i - 1 and clauses.tokens[head].upos == "NUM" and head not in scene.timed:
        return count_of(clauses, head)
    return None


def _of_dozens(scene: Scene, i: int) -> bool:
    token = scene.clauses.tokens[i]
    above = scene.clauses.tokens[token.head]
    return above.lemma.lower() in ("dozen", "hundred", "score", "thousand") and token.deprel == "nmod"


def _made(scene: Scene, i: int, measure: str, heads: Sequence[int], words: TallyWords) -> Iterator[Tally]:
    """The tally of some noun phrases: people added up, things and shares each for itself."""
    people: list[tuple[int, Count]] = []
    for head in heads:
        if head in scene.timed:
            continue
        if (share := _share(scene, head)) is not None:
            yield Tally(i, f"{measure} percent", share, (head,))
            return
        count = count_of(scene.clauses, head) or _parted(scene, head)
        if count is None or _tells_nothing(count) or _is_year(scene, head, count):
            continue
        unit = _unit(scene, head, measure, words)
        if unit is None:
            continue
        if unit:
            yield Tally(i, f"{measure} {unit}", count, (head,), _owners(scene, i, head))
            return
        people.append((head, count))
    if people:
        yield Tally(i, measure, _sum([c for _, c in people]), tuple(h for h, _ in people))


def _tells_nothing(count: Count) -> bool:
    """ "A man", "how few people"."""
    text = count.text.lower()
    return text in _ARTICLES or text.startswith("how ")


def _parted(scene: Scene, head: int) -> Count | None:
    """The number over a noun: "258 *of its colleagues* who died"."""
    clauses = scene.clauses
    token, above = clauses.tokens[head], clauses.tokens[clauses.tokens[head].head]
    if token.deprel == "nmod" and above.upos == "NUM" and clauses.preposition(head) == "of":
        return count_of(clauses, above.i)
    return None


def _unit(scene: Scene, head: int, measure: str, words: TallyWords) -> str | None:
    """Empty for people, the kind of thing or ``family`` for others, None for what is not counted."""
    lemma = scene.clauses.tokens[_noun(scene, head)].lemma.lower()
    mention = scene.mention_of(head)
    if lemma in words.beasts or lemma in _BODIES or (mention is not None and mention.type in _UNCOUNTED):
        return None
    if lemma in words.households:
        return "family"
    thing = words.things.get(lemma)
    if measure == "lost":
        return thing
    return None if thing is not None else ""


def _owners(scene: Scene, i: int, head: int) -> tuple[int, ...]:
    """Whose things are counted: "nine *Pakistani* aircraft", "one of *its* planes", "*India* lost four"."""
    clauses = scene.clauses
    loser = clauses.frame(i).get("subj") if clauses.tokens[i].lemma.lower() == "lose" else ()
    return (*clauses.with_rel(_noun(scene, head), "nmod:poss", "amod", "compound"), *loser)


def _noun(scene: Scene, head: int) -> int:
    """The noun counted: of "258 of its colleagues", "dozens of houses" the one behind "of"."""
    clauses = scene.clauses
    token = clauses.tokens[head]
    if token.upos == "NUM" or token.lemma.lower() in ("dozen", "hundred", "score", "thousand", "none"):
        for c in clauses.with_rel(head, "nmod"):
            if clauses.preposition(c) == "of":
                return c
    return head


def _share(scene: Scene, head: int) -> Count | None:
    """ "92 percent of its members", "one in ten teachers", "a third of staff": as parts of a hundred."""
    clauses = scene.clauses
    token = clauses.tokens[head]
    lemma = token.lemma.lower()
    if lemma in _SHARES or token.text == "%":
        count = count_of(clauses, head)
        return count if count is not None and count.low <= 100 else None
    if lemma in _FRACTIONS and any(clauses.preposition(c) == "of" for c in clauses.with_rel(head, "nmod")):
        part = _FRACTIONS[lemma]
        many = next((count_of(clauses, head) for c in clauses.with_rel(head, "nummod")), None)
        part *= many.low if many is not None and many.low < 10 else 1
        return Count(low=part - 3, high=part + 3, text=token.text)
    near = clauses.tokens[max(0, head - _RUN) : head + _RUN]
    run = " ".join(t.text for t in near if t.sentence == token.sentence)
    found = _PART.search(run)
    if found is None:
        return None
    part = round(100 * _SMALL[found[1].lower()] / _SMALL[found[2].lower()])
    before = run[: found.start()].lower().split()[-2:]
    if {"than"} & set(before) and {"fewer", "less"} & set(before):
        return Count(low=0, high=part, text=" ".join((*before, found[0])))
    more = {"than", "more"} <= set(before) or "least" in before or "over" in before
    return Count(low=part if more else part - 3, high=None if more else part + 3, text=found[0])


def _is_year(scene: Scene, head: int, count: Count) -> bool:
    """ "In 1990 police …": no number of policemen."""
    if not (count.text.isdigit() and 1800 <= count.low <= 2099):
        return False
    tokens = scene.clauses.tokens
    at = next((t.i for t in tokens[max(0, head - 4) : head + 1] if t.text == count.text), None)
    return (
        at is not None
        and at > 0
        and tokens[at - 1].text.lower() in ("in", "since", "by", "until", "from", "after", "before")
    )


def _sum(counts: Sequence[Count]) -> Count:
    if len(counts) == 1:
        return counts[0]
    high = None if any(c.high is None for c in counts) else sum(c.high or 0 for c in counts)
    return Count(low=sum(c.low for c in counts), high=high, text=" + ".join(c.text for c in counts))
