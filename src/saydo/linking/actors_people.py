"""Resolves persons: full names, the surnames that follow them, and the offices that introduce them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from saydo.linking.actors_gender import gender_of
from saydo.linking.actors_office import OF_A_STATE, note_led, note_office, take_from
from saydo.linking.actors_owner import introducing_nouns, owner
from saydo.linking.actors_world import World
from saydo.linking.cast import Member
from saydo.linking.drafts import Draft
from saydo.model.names import name_key

Key = tuple[str, ...]
_PAST = frozenset(["former", "ex", "late", "then"])
_NO_LONGER = frozenset(
    ["former", "ex", "late", "then", "outgoing", "acting", "deputy", "senior", "retired", "top"]
)
_PLAIN_OFFICES = frozenset(
    """
    head-of-state head-of-government minister spokesperson envoy adviser local legislator judiciary
    military police intelligence group-leader press medical business lawyer
    """.split()
)
_ALSO_NAMES = frozenset("king prince major judge marshal justice dean count duke private".split())
_PARTISANS = frozenset(
    """
    republican republicans democrat democrats democratic labour conservative socialist liberal tory communist
    """.split()
)
_EXCELLENCIES = frozenset(["HE", "H.E.", "HRH", "HM"])
_KIN = frozenset(
    """
    husband wife spouse son daughter father mother brother sister uncle aunt nephew niece cousin widow widower
    grandson granddaughter grandfather grandmother stepson stepdaughter twin sibling
    """.split()
)
_CREATING = 24
"""Longest name of a person, in pieces; longer runs are tables or lists."""


@dataclass(slots=True)
class _Person:
    key: Key
    member: Member
    last_seen: int
    kin: bool = False
    """Whether the text brings it in as somebody's kin: "her husband, Bill Clinton"."""


class _Called(NamedTuple):
    draft: Draft
    key: Key
    name: tuple[int, ...]


def resolve_people(world: World) -> None:
    """Settles the drafts that name persons: those with the longest names make them, the others join."""
    called: list[_Called] = []
    for draft in world.drafts:
        if _is_person(draft):
            c = _called(world, draft)
            if _only_title(world, c):
                _make_office(world, draft, c.name[0])
            elif c.key:
                called.append(c)
    people = [_Person(name_key(m.name.split()), m, 0) for m in world.cast if m.kind == "person"]
    for c in called:
        if len(c.key) > 1:
            _full_name(world, people, c)
            _learn_gender(world, c)
    for c in called:
        if len(c.key) == 1:
            _one_name(world, people, c)
            _learn_gender(world, c)
    for c in called:
        _learn_offices(world, c.draft)


def _learn_gender(world: World, c: _Called) -> None:
    member = world.cast.get(c.draft.actor)
    if member is not None and not member.gender and c.name:
        member.gender = gender_of(member.name, _titles(world, c))


def _titles(world: World, c: _Called) -> list[str]:
    """The words before a bare name: those inside its mention, and the one before that."""
    tokens = world.reading.tokens
    titles = [tokens[i].text for i in range(c.draft.first, c.name[0])]
    before = c.draft.first - 1
    if before >= 0 and tokens[before].sentence == tokens[c.draft.head].sentence:
        titles.append(tokens[before].text)
    return titles


def _is_person(draft: Draft) -> bool:
    return draft.named and draft.actor is None and draft.type == "person" and not draft.known


def _called(world: World, draft: Draft) -> _Called:
    """The bare name of a draft: without titles before it, and its key as it sounds."""
    tokens = world.reading.tokens
    at = [
        i for i in draft.name or range(draft.first, draft.last) if tokens[i].text not in ("-", ",", "“", "”")
    ]
    del at[: _long_title(world, at)]
    for k in range(len(at) - 2, 0, -1):
        if any(d.known and d is not draft and d.head != draft.head for d in world.drafts.at(at[k])):
            del at[: k + 1]  # "Minister for the Middle East Tove Lund": the name begins behind the known one
            break
    while len(at) > 1:
        before = any(d.known and d.head != draft.head for d in world.drafts.at(at[0]))
        if not before and not _is_title(world, at[0], len(at) == 2):
            break
        at.pop(0)
    key = name_key([tokens[i].text for i in at])
    return _Called(draft, key if len(key) < _CREATING else (), tuple(at))


def _long_title(world: World, at: list[int]) -> int:
    """How many words a title of several words takes in front of a name: ``Interior Minister``."""
    words = [world.reading.tokens[i].text.lower().rstrip(".") for i in at]
    first = 0
    while first < len(words) - 1 and (
        words[first] in _NO_LONGER or any(d.known for d in world.drafts.at(at[first]))
    ):
        first += 1
    for k in range(min(len(words) - 2, first + 4), first, -1):
        found = world.lexicon.office(words[k], words[first:k])
        if found is not None and (found[1] == k - first or _title_inside(words, k, found[0].id)):
            return k + 1
    return first if first and words[first - 1] in _NO_LONGER else 0


def _title_inside(words: list[str], k: int, office: str) -> bool:
    """Whether a title ends what stands before a name: "Omsk Governor Ivan Petrov"."""
    return len(words) - k > 2 and office in _PLAIN_OFFICES and words[k] not in _ALSO_NAMES


def _is_title(world: World, i: int, last_but_one: bool) -> bool:
    """Whether a word in front of a name is a title; ``Mullah Omar`` needs his, since all call him so."""
    if world.reading.tokens[i].text in _EXCELLENCIES:
        return True
    low = world.reading.tokens[i].text.lower().rstrip(".")
    office = world.lexicon.office(low, ())
    if office is None:
        return low in ("the", "a") or (low in _PARTISANS and not last_but_one)
    return office[0].id != "fighter" and not (last_but_one and office[0].id == "clergy")


def _only_title(world: World, c: _Called) -> bool:
    """Whether nothing but a title is left: "the Inspector General"."""
    if len(c.name) != 1 or c.draft.last - c.draft.first < 2:
        return False
    office = world.lexicon.office(world.reading.tokens[c.name[0]].text.lower(), ())
    return office is not None and office[0].id not in ("clergy", "fighter", "courtesy")


def _make_office(world: World, draft: Draft, i: int) -> None:
    office = world.lexicon.office(world.reading.tokens[i].text.lower(), world.phrases.before(i))
    draft.named, draft.origin, draft.head = False, "nominal", i
    draft.office = office[0] if office is not None else None


def _full_name(world: World, people: list[_Person], c: _Called) -> None:
    for person in people:
        if _same_name(person.key, c.key):
            if len(c.key) > len(person.key):
                person.key = c.key
            person.last_seen = c.draft.first
            world.settle(c.draft, person.member, "alias", f"another form of the name {person.member.name}")
            return
    member = _new_person(world, c)
    people.append(_Person(c.key, member, c.draft.first, _as_kin(world, c.draft)))
    world.settle(c.draft, member, "person", "a person's full name")


def _as_kin(world: World, draft: Draft) -> bool:
    tokens = world.reading.tokens
    return any(
        tokens[i].lemma.lower() in _KIN and any(True for _ in world.phrases.kids_by(i, "nmod:poss"))
        for i in introducing_nouns(world, draft)
    )


def _same_name(a: Key, b: Key) -> bool:
    """Whether two names may be one person's: alike, or one left something out between first and last name."""
    if a == b:
        return True
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if short[-1] != long[-1] or not _alike(short[0], long[0]):
        return short == long[-len(short) :] or (len(short) > 1 and short == long[: len(short)])
    rest = iter(long)
    return all(any(_alike(piece, other) for other in rest) for piece in short)


def _alike(a: str, b: str) -> bool:
    return a == b or (len(a) == 1 and b.startswith(a)) or (len(b) == 1 and a.startswith(b))


def _one_name(world: World, people: list[_Person], c: _Called) -> None:
    """A surname, or the one name that somebody is known by."""
    word = c.key[0]
    fitting = [p for p in people if p.key[-1] == word] or [p for p in people if word in p.key]
    fitting = _likelier(world, fitting, c)
    if fitting:
        before = [p for p in fitting if p.last_seen < c.draft.first]
        person = max(before, key=lambda p: p.last_seen) if before else min(fitting, key=lambda p: p.last_seen)
        if before:
            person.last_seen = c.draft.first
        if len(person.key) == 1:
            reason = "the same name was used before"
        else:
            reason = f"a part of the name {person.member.name}"
        world.settle(c.draft, person.member, "alias", reason)
        return
    member = _new_person(world, c)
    people.append(_Person(c.key, member, c.draft.first))
    world.settle(c.draft, member, "person", "a person known by one name in this document")


def _likelier(world: World, fitting: list[_Person], c: _Called) -> list[_Person]:
    """Of several with one surname, those whom a title suits ("Mrs Lund"); then those of whom the text tells,
    before their kin."""
    if len(fitting) < 2:
        return fitting
    called = gender_of("", _titles(world, c))
    same = [p for p in fitting if called and p.member.gender == called]
    suited = same or [p for p in fitting if not (called and p.member.gender)] or fitting
    return [p for p in suited if not p.kin] or suited


def _new_person(world: World, c: _Called) -> Member:
    name = " ".join(world.text(c.name[0], c.name[-1] + 1).split())
    return world.cast.add(name, "person", "person", "a person named in the document")


def _learn_offices(world: World, draft: Draft) -> None:
    """Takes country and sector from what stands around the name: "Peruvian Interior Minister X"."""
    member = world.cast.get(draft.actor)
    if member is None or member.kind != "person":
        return
    note_led(world, draft, member)
    tokens = world.reading.tokens
    for i in _describing(world, draft):
        low = tokens[i].text.lower().rstrip(".") if tokens[i].upos == "PROPN" else tokens[i].lemma.lower()
        before = world.phrases.before(i)
        office = world.lexicon.office(low, before)
        nominal = world.lexicon.nominal(low, before)
        if office is None and nominal is None:
            continue
        whose = owner(world, i) or _owner_before(world, draft, i)
        if whose is None and office is not None and office[0].id in OF_A_STATE:
            about = world.state_about(tokens[i].sentence)
            if (
                about is not None
                and not _held_by_another(world, draft, i, about[0])
                and world.cast.by_id(about[0], about[1]) is not None
            ):
                whose = about
        words = world.text(i, i + 1)
        if office is not None and not _PAST & set(before[-3:]):
            title = " ".join([*before[len(before) - office[1] :], low])
            note_office(world, member, office[0], title, whose[0] if whose else None, words)
        else:
            sector = office[0].sector if office is not None else nominal.sector if nominal else None
            if office is None and nominal is not None and nominal.id == "civilians":
                sector = None  # somebody's husband, a man, a guest: nobody's sector
            take_from(world, member, sector, world.cast.get(whose[0]) if whose else None, words)


def _held_by_another(world: World, draft: Draft, i: int, state: str) -> bool:
    """Whether the sentence gives the same office of a state to somebody else: "Foreign Minister Lund met the
    foreign minister of Iraq", "met his Iraqi counterpart"."""
    tokens = world.reading.tokens
    held = world.reading.sentences[tokens[i].sentence]
    for k in range(held.first, held.last):
        if k == i or draft.first <= k < draft.last:
            continue
        low = tokens[k].text.lower()
        if low not in ("counterpart", "counterparts", tokens[i].text.lower()):
            continue
        whose = owner(world, k)
        if whose is not None and whose[0] == state:
            return True
    return False


def _describing(world: World, draft: Draft) -> list[int]:
    """Nouns that say who the person is: appositions and the titles inside or before the name."""
    tokens = world.reading.tokens
    found = list(introducing_nouns(world, draft))
    at = draft.first - 1
    if at >= 0 and at not in found and tokens[at].sentence == tokens[draft.head].sentence:
        low = tokens[at].text.lower().rstrip(".")
        if world.lexicon.office(low, ()) is not None:
            found.insert(0, at)
    for i in range(draft.first, draft.last):
        surname = len(draft.name) > 1 and i == draft.name[-1] and tokens[i - 1].upos == "PROPN"
        if i not in found and world.lexicon.office(tokens[i].text.lower().rstrip("."), ()) is not None:
            if not surname:
                found.append(i)
    return found


def _owner_before(world: World, draft: Draft, i: int) -> tuple[str, str] | None:
    """The state or body named right before a title that the parser hung elsewhere: "Iranian President X"."""
    tokens = world.reading.tokens
    if i >= draft.head:
        return None
    at = i - 1
    while at >= 0 and at > i - 4 and tokens[at].sentence == tokens[i].sentence:
        held = [d for d in world.drafts.at(at) if d.actor is not None and d.named and d is not draft]
        if held:
            return held[0].actor or "", world.text(held[0].first, held[0].last)
        title = world.lexicon.office(tokens[at].lemma.lower(), ()) is not None
        if tokens[at].upos not in ("ADJ", "PROPN", "PART") and not title:
            return None
        at -= 1
    return None
