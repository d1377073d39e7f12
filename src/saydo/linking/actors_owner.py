"""Whose: the actor that a described actor belongs to, and the nouns that introduce a name."""

from __future__ import annotations

from collections.abc import Iterator

from saydo.linking.actors_world import LINKED_TO, World
from saydo.linking.drafts import Draft

_ORIGINS = frozenset(["from", "in", "at", "within", "inside", "across", "for"])
_NAMING = frozenset(["name", "call", "dub", "know", "nickname", "title", "style", "entitle", "sign"])
_SENT = frozenset(
    """
    delegation representative team envoy official member fighter militant commander emissary
    negotiator gunman spokesman rebel insurgent guerrilla soldier troop operative agent cadre recruit
    volunteer delegate mediator monitor observer inspector investigator activist
    """.split()
)
"""Nouns for people who come *from* a body: "a delegation from the Highland Army"."""
_SEATED = frozenset(["base", "based", "active", "operate", "headquarter", "found", "locate"])
_RULERS = frozenset(["government", "regime", "administration"])
_BETWEEN = frozenset(["as", "the", "a", "“", '"', "‘", "'", "itself", "themselves", "himself"])
"""What may stand between "called" and the name."""
_POSSESSIVE_MARKS = frozenset(["'s", "’s", "'", "’"])
_REGION_NOUNS = frozenset(
    "province region district city town village state territory area county department capital"
    " border republic"
    " movement group organisation organization front faction wing branch network party office".split()
)


def owner(
    world: World, i: int, located: bool = True, depth: int = 0, first: int | None = None
) -> tuple[str, str] | None:
    """The actor that the noun at ``i`` belongs to, and by which words: "Russian", "of the League".

    ``first`` is where the noun phrase begins, if not where the tree says; ``located``
    lets a state own what is said to be in it: true of its police, not of rebels.
    """
    base = world.phrases.base(i)
    found = _left(world, i, base if first is None else min(base, first), located)
    if found is not None:
        return found
    return _right(world, i, located, depth) if depth < 3 else None


def _left(world: World, i: int, first: int, located: bool) -> tuple[str, str] | None:
    """The modifier or possessor before the noun: bodies and persons go before states."""
    best: tuple[int, str, str] | None = None
    noun = world.reading.tokens[i].lemma.lower()
    if (
        world.reading.tokens[first].text.lower() == "whose"
        and (held := _antecedent(world, first)) is not None
    ):
        return held.actor or "", f"“whose”: of {world.text(held.first, held.last)}"
    if first > 1 and world.reading.tokens[first - 1].text in _POSSESSIVE_MARKS:
        for draft in world.drafts.at(first - 2):
            if draft.last == first - 1 and draft.actor is not None:
                return draft.actor, f"“{world.text(draft.first, draft.last)}”"
    for draft in world.drafts.touching(first, i) if first < i else ():
        if draft.head >= i or not (first <= draft.head < i) or _linked_compound(world, draft):
            continue
        actor = draft.actor
        if actor is None and located and (draft.known or noun not in _RULERS):
            actor = _country_of_place(world, draft)
        if actor is None:
            continue
        rank = 1 if _is_state(world, actor) else 0
        if best is None or (rank, -draft.head) < (best[0], 0):
            best = (rank, actor, world.text(draft.first, draft.last))
    return (best[1], f"“{best[2]}”") if best is not None else None


def _antecedent(world: World, i: int) -> Draft | None:
    """The mention with an actor that a relative "whose" points back to."""
    tokens = world.reading.tokens
    for _ in range(8):
        t = tokens[i]
        if t.head == i:
            return None
        i = t.head
        if t.deprel in ("acl:relcl", "advcl:relcl"):
            held = world.drafts.headed(i)
            return held if held is not None and held.actor is not None else None
    return None


def _right(world: World, i: int, located: bool, depth: int) -> tuple[str, str] | None:
    tokens = world.reading.tokens
    for k in world.phrases.kids_by(i, "nmod", "obl", "acl"):
        if k < i or tokens[k].deprel == "nmod:poss":
            continue
        case = world.phrases.case(k)
        draft = world.drafts.headed(k)
        if case == "for" and draft is not None and draft.named and draft.actor is not None:
            if world.lexicon.office(tokens[i].lemma.lower(), ()) is not None:
                return draft.actor, f"“for {world.text(draft.first, draft.last)}”"
        sent = case == "from" and tokens[i].lemma.lower() in _SENT and draft is not None and draft.named
        if (
            case == "of"
            or sent
            or (
                (case in _ORIGINS if located else case == "from")
                and (draft is None or _stateful(world, draft))
            )
        ):
            actor = None if draft is None else draft.actor or _country_of_place(world, draft)
            if actor is not None and draft is not None:
                return actor, f"“{case} {world.text(draft.first, draft.last)}”"
            if draft is not None and draft.office is not None:
                return owner(world, k, located, depth + 1)
            if case == "of" and tokens[k].lemma.lower() in _REGION_NOUNS:
                inner = owner(world, k, located, depth + 1)
                if inner is not None:
                    return inner
    based = _seat(world, i)
    if based is not None:
        return based
    following = i + 1
    if following + 1 < len(tokens) and tokens[following].text.lower() == "of":
        for j in range(following + 1, min(following + 4, len(tokens))):
            draft = world.drafts.headed(j)
            if draft is not None and draft.first <= following + 1:
                actor = draft.actor or _country_of_place(world, draft)
                if actor is None:
                    return owner(world, j, located, depth + 1) if draft.office is not None else None
                return actor, f"“of {world.text(draft.first, draft.last)}”"
    return None


def _seat(world: World, i: int) -> tuple[str, str] | None:
    """The state of "a group based in Chad", "a movement active in northern Mali"."""
    tokens, phrases = world.reading.tokens, world.phrases
    for verb in phrases.kids_by(i, "acl", "amod"):
        if verb < i or tokens[verb].lemma.lower() not in _SEATED:
            continue
        for k in phrases.kids_by(verb, "obl"):
            draft = world.drafts.headed(k)
            if draft is not None and phrases.case(k) in ("in", "from") and _stateful(world, draft):
                actor = draft.actor or _country_of_place(world, draft)
                if actor is not None:
                    return actor, f"“{tokens[verb].text} in {world.text(draft.first, draft.last)}”"
    return None


def _stateful(world: World, draft: Draft) -> bool:
    if draft.actor is not None:
        return _is_state(world, draft.actor)
    return draft.type == "place"


def _is_state(world: World, actor: str) -> bool:
    member = world.cast.get(actor)
    return member is not None and member.kind in ("state", "state group", "de facto state", "community")


def _country_of_place(world: World, draft: Draft) -> str | None:
    """The state in which a named place lies, taken into the cast."""
    if draft.type != "place":
        return None
    place = world.place_at(draft.head)
    country = place.place.country if place is not None else None
    if country is None and draft.known and draft.known[0].form == "metonym":
        country = draft.known[0].entry.id
    if country is None:
        return None
    member = world.cast.by_id(country, "a place in it is named")
    return member.id if member is not None else None


def _linked_compound(world: World, draft: Draft) -> bool:
    """Whether the modifier is the first half of a compound such as "US-backed"."""
    tokens = world.reading.tokens
    after = draft.last
    if after + 1 >= len(tokens) or tokens[after].text not in ("-", "–", "‑"):
        return False
    return tokens[after].start == tokens[after - 1].end and (
        tokens[after + 1].text.lower() in LINKED_TO or tokens[after + 1].upos == "VERB"
    )


def introducing_nouns(world: World, draft: Draft) -> Iterator[int]:
    """Heads of the noun phrases that say what a name is: appositions, titles, "a militia called …"."""
    tokens, phrases = world.reading.tokens, world.phrases
    head = tokens[draft.head]
    seen: set[int] = set()
    for k in _nouns(world, draft):
        inside = draft.first <= k < draft.last
        if (
            k not in seen
            and tokens[k].upos in ("NOUN", "PROPN")
            and not inside
            and not _apart(world, draft, k)
        ):
            seen.add(k)
            yield k
            for more in phrases.kids_by(k, "conj"):
                if tokens[more].upos == "NOUN" and k > draft.head:
                    yield more
    if head.deprel.startswith("nsubj"):
        governor = tokens[head.head]
        if governor.upos == "NOUN" and any(True for _ in phrases.kids_by(governor.i, "cop")):
            yield governor.i


def _apart(world: World, draft: Draft, noun: int) -> bool:
    """Whether a preposition parts the noun from the name, so that it describes somebody else."""
    if noun < draft.first:
        return False
    return world.phrases.case(noun) not in ("", "as")


def _apposed_to(world: World, noun: int) -> int:
    """What a name between commas is put to. Parsers hang it on the nearest noun, but in "the mayor of the
    port of Split, Ivo Baldasar," it is the mayor's."""
    tokens, phrases = world.reading.tokens, world.phrases
    at = noun
    for _ in range(4):
        if tokens[at].deprel != "nmod" or phrases.case(at) != "of" or tokens[at].head > at:
            break
        at = tokens[at].head
        if tokens[at].upos == "NOUN" and world.lexicon.office(tokens[at].lemma.lower(), ()) is not None:
            return at
    return noun


def _nouns(world: World, draft: Draft) -> Iterator[int]:
    tokens, phrases = world.reading.tokens, world.phrases
    head = tokens[draft.head]
    before = draft.first - 1
    if before >= 0 and tokens[before].sentence == head.sentence:
        t = tokens[before]
        if t.upos == "NOUN" or (t.upos == "PROPN" and world.lexicon.office(t.text.lower().rstrip("."), ())):
            yield before
        elif t.text == "," and before > 0 and head.deprel == "appos":
            yield _apposed_to(world, head.head)
        elif t.upos in ("VERB", "ADJ") and t.lemma.lower() in _NAMING and before > 0:
            yield _noun_left_of(world, before)
        elif t.text.lower() in _BETWEEN and before > 0:
            back = before - 1
            while back > 0 and tokens[back].text.lower() in _BETWEEN:
                back -= 1
            if tokens[back].lemma.lower() in _NAMING:
                yield _noun_left_of(world, back)
    if head.deprel == "appos" and not draft.first <= head.head < draft.last:
        yield _apposed_to(world, head.head)
    elif head.deprel in ("flat", "nmod:desc") and not draft.first <= head.head < draft.last:
        yield head.head
    elif head.deprel == "compound" and head.head > draft.head:
        yield head.head
    for k in phrases.kids_by(draft.head, "appos"):
        yield k
    if (hung := _hung_higher(world, draft)) is not None:
        yield hung
    for k in phrases.kids(draft.head):
        if k < draft.first and tokens[k].deprel in ("compound", "nmod:desc", "flat"):
            yield k
    for i in draft.name:
        if i != draft.head:
            for k in phrases.kids_by(i, "appos"):
                yield k


def named_after(world: World, last: int) -> int | None:
    """The first token of the name that follows a description ending before ``last``: "a group that calls
    itself X", "a militia known as the X", "a gang named “X”"."""
    tokens = world.reading.tokens
    end = min(world.reading.sentences[tokens[last - 1].sentence].last, last + 8)
    at = last
    while at < end and tokens[at].lemma.lower() not in _NAMING:
        if tokens[at].text.lower() not in _LEADING_UP and tokens[at].upos != "ADV":
            return None
        at += 1
    at += 1
    while at < end and tokens[at].text.lower() in _BETWEEN:
        at += 1
    return at if at < end else None


_LEADING_UP = frozenset([",", "that", "which", "who", "is", "was", "are", "were", "also", "has", "been"])


def _hung_higher(world: World, draft: Draft) -> int | None:
    """The apposition to a name that a parser hung on the plural before it: "Fighters of the Hill Army (HA), a
    rebel group, fled" speaks of the army."""
    tokens, phrases = world.reading.tokens, world.phrases
    above = tokens[draft.head].head
    if tokens[draft.head].deprel != "nmod" or above >= draft.first or not phrases.plural(above):
        return None
    at, end = draft.last, world.reading.sentences[tokens[draft.head].sentence].last
    if at + 2 < end and tokens[at].text == "(" and tokens[at + 2].text == ")":
        at += 3
    if at + 1 >= end or tokens[at].text != "," or tokens[at + 1].text.lower() not in ("a", "an", "the"):
        return None
    for k in phrases.kids_by(above, "appos"):
        if at < k < at + 8 and not phrases.plural(k):
            return k
    return None


def _noun_left_of(world: World, verb: int) -> int:
    """The noun that "called" or "known as" describes."""
    tokens = world.reading.tokens
    t = tokens[verb]
    if t.deprel.startswith("acl") and t.head != verb:
        return t.head
    back = verb - 1
    while (
        back > 0
        and tokens[back].upos in ("ADV", "AUX", "PRON", "PUNCT")
        and tokens[back].sentence == t.sentence
    ):
        back -= 1
    return back
