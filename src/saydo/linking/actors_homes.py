"""Where a body that no codebook lists is at home, by what the text says around its name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from saydo.linking.actors_owner import owner
from saydo.linking.actors_world import LINKED_TO, World
from saydo.linking.drafts import Draft
from saydo.model.names import OF_DOCUMENT, OF_SENTENCE

_RELATIVE = frozenset(["who", "which", "that", "whose", "where"])
_CLOSING = frozenset([",", ";", "—", "–", ")", "("])
_AT_HOME = frozenset(
    """
    base found form establish create set make consist comprise fight operate control run rule hold want seek
    demand take recruit emerge active headquarter campaign rebel rise struggle wage defend belong live hide
    """.split()
)
"""What a body does in its own country; what it attacks may lie in another."""
_INTO = frozenset(
    ["in", "of", "from", "at", "near", "across", "throughout", "around", "within", "inside", "for"]
)
_UNRULY = frozenset("independence autonomy secession homeland self-determination caliphate breakaway".split())
_TOPPLING = frozenset("overthrow topple oust secede".split())
_FOLLOWS = frozenset(["armed group", "criminal organisation", "movement", "party"])
"""Kinds of bodies that are taken to be of the state that the text is about."""
_ABROAD = frozenset(
    "coalition international global world european african asian regional multinational".split()
)
"""Words in the names of bodies of several states."""
_LONGEST = 40
_CLEARLY = 2.0
"""How much oftener than any other a state must be named to be the one that a body is taken to be of."""


def home(world: World, draft: Draft, nouns: Sequence[int], kind: str) -> tuple[str, str] | None:
    """The country of a body and the words that tell it; ``nouns`` are the heads of what introduces it."""
    tokens = world.reading.tokens
    for i in nouns:
        whose = owner(world, i)
        country = world.country_of(whose[0]) if whose is not None else None
        if whose is not None and country is not None:
            return country, whose[1]
    for first, last in _regions(world, draft, nouns):
        found = _named_in(world, draft, first, last)
        if found is not None:
            return found
    words = {tokens[i].text.lower() for i in draft.name}
    if kind in _FOLLOWS and not words & _ABROAD:
        return _scene(world, tokens[draft.head].sentence)
    return None


def _scene(world: World, sentence: int) -> tuple[str, str] | None:
    """The one state that the places of a sentence lie in, else the one that the document is about."""
    held = world.reading.sentences[sentence]
    found = {
        place.place.country
        for i in range(held.first, held.last)
        if (place := world.place_at(i)) is not None and not place.metonym and _set_in(world, i)
    }
    if len(found) == 1 and (state := found.pop()) is not None and world.lexicon.actors.get(state):
        return state, OF_SENTENCE
    ranked = sorted(world.weights.items(), key=lambda item: (-item[1], item[0]))
    if ranked and (len(ranked) == 1 or ranked[0][1] >= _CLEARLY * ranked[1][1]):
        return ranked[0][0], OF_DOCUMENT
    return None


def fights_for_rule(world: World, draft: Draft, nouns: Sequence[int]) -> bool:
    """Whether the text says beside a name that its bearers want a state of their own or the state itself."""
    tokens = world.reading.tokens
    for first, last in _regions(world, draft, nouns):
        lemmas = [t.lemma.lower() for t in tokens[first:last]]
        if any(w in _UNRULY or w in _TOPPLING for w in lemmas):
            return True
        if "independent" in lemmas and "state" in lemmas:
            return True
    return False


def _regions(world: World, draft: Draft, nouns: Sequence[int]) -> Iterator[tuple[int, int]]:
    """What stands by a name to say more of it: the phrase of an introducing noun, a relative clause."""
    tokens = world.reading.tokens
    for i in nouns:
        first, last = world.phrases.base(i), _end(world, i)
        yield first, last
    end = world.reading.sentences[tokens[draft.head].sentence].last
    at = draft.last
    while at < end and at < draft.last + 5 and tokens[at].text.lower() not in _RELATIVE:
        if tokens[at].text not in _CLOSING and not tokens[at].text.isupper():
            return
        at += 1
    if at < end and tokens[at].text.lower() in _RELATIVE:
        yield at, next((k for k in range(at + 1, end) if tokens[k].text in _CLOSING), end)


def _end(world: World, i: int) -> int:
    """The token after everything that hangs on a noun, not further than to the name that it describes."""
    last, waiting = i, [i]
    while waiting:
        k = waiting.pop()
        last = max(last, k)
        waiting.extend(
            c
            for c in world.phrases.kids(k)
            if c > i and c - i < _LONGEST and world.reading.tokens[c].deprel not in ("appos", "conj", "punct")
        )
    return last + 1


def _named_in(world: World, draft: Draft, first: int, last: int) -> tuple[str, str] | None:
    """The country of the first place in a region, else of the first adjective of a state."""
    tokens = world.reading.tokens
    verbs = [t.lemma.lower() for t in tokens[first:last] if t.upos == "VERB"]
    if verbs and not _AT_HOME.intersection(verbs):
        last = next(t.i for t in tokens[first:last] if t.upos == "VERB")
    adjective: tuple[str, str] | None = None
    for i in range(first, last):
        if draft.first <= i < draft.last or _linked(world, i):
            continue
        place = world.place_at(i)
        told = next((d for d in world.drafts.at(i) if d.named and d.actor is not None and d.head == i), None)
        member = world.cast.get(told.actor) if told is not None else None
        if told is not None and member is not None and member.kind == "state" and told.type == "nationality":
            adjective = adjective or (member.id, f"“{world.text(i, i + 1)}”")
        elif place is not None and place.place.country and not place.metonym and _set_in(world, i):
            if world.cast.by_id(place.place.country, "a place in it is named") is not None:
                words = world.text(*place.tokens)
                return place.place.country, f"“{words}”"
    return adjective


def _set_in(world: World, i: int) -> bool:
    """Whether a place says where: behind a preposition of place, or before a noun ("a Darfur faction")."""
    t = world.reading.tokens[i]
    if t.deprel in ("compound", "amod", "nmod:poss", "nmod:desc", "flat"):
        return True
    case = world.phrases.case(i)
    return case in _INTO or not case


def _linked(world: World, i: int) -> bool:
    """The Turkey of "Turkey-backed", the Turkish of "Turkish-led"."""
    tokens = world.reading.tokens
    return i + 2 < len(tokens) and tokens[i + 1].text == "-" and tokens[i + 2].text.lower() in LINKED_TO
