"""What a text has just spoken of: the candidates that pronouns and "the group" may stand for."""

from __future__ import annotations

from typing import NamedTuple

from saydo.linking.actors_world import World
from saydo.linking.cast import Member
from saydo.linking.drafts import Draft

_WINDOW = 4
_REFLEXIVE = frozenset("himself herself itself themselves".split())


class Salient(NamedTuple):
    draft: Draft
    member: Member | None
    sentence: int
    paragraph: int
    subject: bool
    plural: bool
    lemma: str
    aside: bool
    """In a prepositional phrase of place or inside another noun phrase."""


def salient_of(world: World, draft: Draft) -> Salient:
    t = world.reading.tokens[draft.head]
    sentence = world.reading.sentences[t.sentence]
    relation = t.deprel
    case = world.phrases.case(t.i)
    aside = relation in ("nmod", "compound", "amod") or (
        relation == "obl" and case in ("in", "at", "near", "from")
    )
    return Salient(
        draft,
        world.cast.get(draft.actor),
        t.sentence,
        sentence.paragraph,
        relation.startswith("nsubj"),
        world.phrases.plural(t.i),
        t.lemma.lower(),
        aside,
    )


def follow(world: World, draft: Draft, antecedent: Salient) -> None:
    words = world.text(antecedent.draft.first, antecedent.draft.last)
    if antecedent.draft.type != "place":
        draft.type = antecedent.draft.type
    if antecedent.member is None:
        draft.antecedent = antecedent.draft
        draft.reason = f"stands for “{words}”, which is not resolved"
    else:
        world.settle(draft, antecedent.member, "coreference", f"stands for “{words}”")


def far(world: World, draft: Draft, c: Salient) -> bool:
    return world.reading.tokens[draft.head].sentence - c.sentence > _WINDOW


def nearness(world: World, draft: Draft, c: Salient, low: str) -> float:
    tokens = world.reading.tokens
    t, other = tokens[draft.head], tokens[c.draft.head]
    if c.draft.first <= draft.head < c.draft.last or (other.i == t.head and low not in _REFLEXIVE):
        return -99.0
    if (
        t.head == other.head
        and t.deprel != "nmod:poss"
        and low not in _REFLEXIVE
        and not t.deprel.startswith("nsubj")
    ):
        return -99.0
    if t.deprel == "nmod:poss" and other.head == t.head and c.subject:
        return -99.0  # "the battalion is not under its command": nobody is his own
    score = -2.0 * (t.sentence - c.sentence) - 0.03 * (t.i - other.i)
    score += (2.0 if t.deprel != "obj" else 1.0) * c.subject + 0.5 * c.draft.named - 1.5 * c.aside
    if t.deprel == "obj" and other.deprel == "obj":
        score += 1.5
    if t.deprel.startswith("nsubj") and c.subject:
        score += 0.5
    if low in _REFLEXIVE:
        score -= 0.4 * (t.i - other.i)
    if t.sentence == c.sentence and c.aside and _inside_speaker(world, t.i, other.i):
        score -= 4.0
    if world.reading.sentences[t.sentence].paragraph != c.paragraph:
        score -= 0.7
    if t.sentence == c.sentence and c.subject and _above(world, t.i, other.head):
        score += 1.5
    return score


def _inside_speaker(world: World, i: int, candidate: int) -> bool:
    """Whether a candidate only says where the speaker of the words around a pronoun belongs: the institute
    of "analysts at the Orinoco Institute say it is paid"."""
    tokens = world.reading.tokens
    above = tokens[candidate]
    if not above.deprel.startswith("nmod"):
        return False
    subject = tokens[above.head]
    return (
        subject.deprel.startswith("nsubj")
        and world.phrases.plural(subject.i)
        and _above(world, i, subject.head)
    )


def _above(world: World, i: int, verb: int) -> bool:
    """Whether ``verb`` governs the clause that a token stands in."""
    tokens = world.reading.tokens
    for _ in range(12):
        t = tokens[i]
        if t.head == i:
            return False
        i = t.head
        if i == verb:
            return True
    return False
