"""Resolves named bodies and states: by the codebook, by abbreviations, by parts of longer names."""

from __future__ import annotations

from saydo.codebook import ActorEntry
from saydo.linking.actors_abbreviations import (
    BODY_TYPES,
    introduce,
    name_text,
    own_abbreviations,
    pair_abbreviations,
)
from saydo.linking.actors_kinds import described_kind, introduced_as_body, introduced_as_person
from saydo.linking.actors_metonyms import stands_for_state
from saydo.linking.actors_names import SHARED_WORDS, Names
from saydo.linking.actors_runs import BODY_WORDS, is_headline
from saydo.linking.actors_world import World
from saydo.linking.cast import Member
from saydo.linking.drafts import Draft
from saydo.linking.lexicon import Known
from saydo.model.names import ARTICLES

_COMMON = frozenset(
    "state media television government police army military country city county radio".split()
)
_ANY_STATE = _COMMON | frozenset(
    """
    armed forces force army national council command security defence defense opposition court supreme
    high federal central united party coalition congress of the for and parliament senate government
    ministry department embassy bureau revolutionary democratic republican people popular united police
    """.split()
)
"""Words of which many states name their own bodies: they tell none from others."""
_NEIGHBOURS = {
    "PSE": ("ISR", "LBN", "EGY", "JOR"), "XKX": ("SRB", "YUG", "ALB"), "ESH": ("MAR", "DZA"), "GBR": ("IRL",),
    "SSD": ("SDN",), "SDN": ("SSD",), "NAM": ("ZAF", "AGO"), "ERI": ("ETH",), "TLS": ("IDN",),
}  # fmt: skip
"""States whose news speaks of the bodies of a territory that it may not name."""

_DOUBTED = 0.6
"""Score of the reader under which it may have taken a place for a person."""
_IN_FORCE = 2.0
"""What it counts for a body to have existed when the text was written, in namings of its state."""
_SHORT = 4
"""Letters of the abbreviations of which so many share one that the text must speak of the body's state."""
_PARTISAN = frozenset(["armed group", "movement", "party", "criminal organisation"])
_PLACES = frozenset(["state", "state group", "de facto state", "community"])


def resolve_codebook_names(world: World) -> None:
    """Settles the drafts that are codebook names: the plain ones first, then those with several readings."""
    open_drafts: list[Draft] = []
    for draft in world.drafts:
        if not draft.known:
            continue
        candidates = _candidates(draft, world)
        if len(candidates) == 1 and candidates[0].form != "metonym" and not _unsure(draft, world):
            _settle_known(world, draft, candidates[0], "")
        else:
            open_drafts.append(draft)
    world.note_states()
    for draft in open_drafts:
        candidates = _candidates(draft, world)
        if _unsure(draft, world):
            candidates = [k for k in candidates if not _needs_backing(draft, world, k) or _backed(world, k)]
            if not candidates:
                draft.known, draft.origin = (), "name"
                continue
        best, why = _best(world, candidates)
        if best.form == "metonym":
            _settle_metonym(world, draft, best)
        else:
            _settle_known(world, draft, best, why)


def _candidates(draft: Draft, world: World) -> list[Known]:
    """The readings of a codebook name: one for each actor, those that fit the word's form."""
    t = world.reading.tokens[draft.head]
    found: dict[str, Known] = {}
    for known in draft.known:
        found.setdefault(known.entry.id, known)
    held = list(found.values())
    if len(held) < 2:
        return held
    people = [k for k in held if k.entry.kind == "community"]
    if people and len(people) < len(held):
        ethnic = draft.first > 0 and world.reading.tokens[draft.first - 1].text.lower() == "ethnic"
        noun = t.upos in ("NOUN", "PROPN") and t.deprel not in ("amod", "compound")
        held = people if ethnic or noun else [k for k in held if k.entry.kind != "community"]
    else:
        plain = [k for k in held if k.form not in ("adjective", "demonym", "metonym")]
        adjectival = draft.type == "nationality" or t.deprel == "amod"
        held = held if adjectival or not plain else plain
    return held


def _best(world: World, candidates: list[Known]) -> tuple[Known, str]:
    """The likeliest of several readings: named in full elsewhere, of a state in the text, then in force."""
    if len(candidates) == 1:
        return candidates[0], ""

    def rank(known: Known) -> tuple[bool, float]:
        entry = known.entry
        told = entry.id in world.cast and entry.kind not in _PLACES
        near = min(world.weights.get(entry.country or "", 0.0), 3.0)
        return told, near + _IN_FORCE * _in_force(entry, world.reading.document.date)

    ranked = sorted(candidates, key=rank, reverse=True)
    others = ", ".join(k.entry.name for k in ranked[1:3])
    return ranked[0], f"; it may also mean {others}"


def _unsure(draft: Draft, world: World) -> bool:
    return any(_needs_backing(draft, world, known) for known in draft.known)


def _needs_backing(draft: Draft, world: World, known: Known) -> bool:
    """Whether a name says so little that the text must speak of the body's state, too: words that many
    bodies share, and abbreviations of few letters ("PAC" is a South African party, and much else)."""
    short = known.form == "abbreviation" and sum(map(len, known.exact)) < _SHORT
    if short and known.entry.kind in _PARTISAN and draft.last - draft.first < 3:
        return not _in_force(known.entry, world.reading.document.date) or known.entry.kind != "armed group"
    return _vague(draft, world)


def _vague(draft: Draft, world: World) -> bool:
    """Whether a body's name is made of words that many bodies share: it needs a state to back it."""
    if draft.known[0].entry.kind in _PLACES or draft.known[0].form == "abbreviation":
        return False
    tokens = world.reading.tokens
    return all(tokens[i].text.lower() in SHARED_WORDS for i in draft.name if tokens[i].text.isalpha())


def _backed(world: World, known: Known) -> bool:
    country = known.entry.country or ""
    near = (country, *_NEIGHBOURS.get(country, ()))
    return len(country) == 3 and (known.entry.id in world.cast or any(c in world.weights for c in near))


def _in_force(entry: ActorEntry, date: str | None) -> bool:
    if not date or not date[:4].isdigit():
        return True
    year = int(date[:4])
    return (entry.since is None or entry.since <= year) and (entry.until is None or year <= entry.until + 3)


def _settle_known(world: World, draft: Draft, known: Known, why: str) -> None:
    entry = known.entry
    place = world.place_at(draft.head) if entry.kind == "state" and draft.type == "place" else None
    if (
        place is not None
        and place.place.country not in (None, entry.id)
        and place.place.precision != "country"
    ):
        draft.reason = f"a place in {place.place.country}, not the state {entry.name}"
        return
    words = {"name": "its name", "alias": "one of its names"}.get(known.form, f"its {known.form}")
    reason = f"{words} in the codebook{why}"
    world.settle(draft, world.cast.known(entry, reason), "codebook", reason)


def _settle_metonym(world: World, draft: Draft, known: Known) -> None:
    entry = known.entry
    why = stands_for_state(world, draft)
    if why:
        reason = f"{world.text(draft.first, draft.last)} stands for {entry.name}: {why}"
        world.settle(draft, world.cast.known(entry, reason), "codebook", reason)
        draft.type = "government"
    else:
        draft.type = "place"
        draft.reason = f"a place here; it stands for {entry.name} only where it acts"


def resolve_bodies(world: World) -> None:
    """Settles named bodies that no codebook lists, longest names first, so that parts find their whole."""
    for draft in world.drafts:
        if (
            draft.actor is None
            and draft.named
            and not draft.known
            and draft.type in ("group", "organisation")
        ):
            if introduced_as_person(world, draft):
                draft.type = "person"
        elif draft.type == "person" and draft.score < _DOUBTED and len(draft.name) == 1:
            if draft.named and not draft.known and world.place_at(draft.head) is not None:
                draft.type = "place"
        elif draft.actor is None and draft.named and not draft.known and draft.type == "place":
            if introduced_as_body(world, draft):
                draft.type = "organisation"
    names = Names(world)
    pair_abbreviations(world, names)
    waiting = [
        d for d in world.drafts if d.actor is None and d.named and not d.known and d.type in BODY_TYPES
    ]
    waiting += [d for d in world.drafts if _may_be_part(world, d)]
    for draft in sorted(waiting, key=lambda d: (-len(names.key(d)), d.first)):
        if draft.actor is None:
            _settle_body(world, names, draft)
    for draft in world.drafts:
        if draft.actor is None and draft.named and not draft.known and draft.type in ("person", "place"):
            if len(draft.name) > 1 and names.own(names.key(draft)) is not None:
                _settle_body(world, names, draft)
    own_abbreviations(world, names)


def _may_be_part(world: World, draft: Draft) -> bool:
    """Names tagged as persons or places behind "fighters of" may be short for a body's name."""
    if draft.actor is not None or not draft.named or draft.known or draft.type not in ("person", "place"):
        return False
    tokens, phrases = world.reading.tokens, world.phrases
    t = tokens[draft.head]
    governor = tokens[t.head]
    if draft.type == "place" and world.place_at(draft.head) is not None:
        return False  # the Mosul of Mosul University stays a town
    if len(draft.name) == 1 and len(t.text) > 3 and t.text not in world.surnames:
        return True
    if t.deprel.startswith("nmod") and (phrases.case(t.i) == "of" or phrases.possessed(t.i)):
        nominal = world.lexicon.nominal(governor.lemma.lower(), ())
        return (nominal is not None and nominal.type in ("group", "military")) or governor.lemma == "leader"
    return False


def _settle_body(world: World, names: Names, draft: Draft) -> None:
    key = names.key(draft)
    if not key:
        draft.reason = "no name that could be told from others"
        return
    text = name_text(world, draft)
    actor = names.exact(key)
    reason = "the same name was used before"
    if actor is None and len(key) == 1 and text.isupper():
        actor, reason = names.initials(text), "initials of a name in this document"
    if actor is None and (len(key) > 1 or key[0] in BODY_WORDS or len(key[0]) > 3):
        actor, reason = names.part(key), "a part of a longer name in this document"
    if actor is not None:
        member = world.cast.by_id(actor, reason)
        if draft.type in ("person", "place"):
            draft.type = "group"
        world.settle(draft, member, "alias", f"{reason}: {member.name if member else actor}")
        if member is not None and member.resolved_by in ("name", "introduced"):
            _learn_more(world, draft, member)
        return
    if draft.type not in BODY_TYPES:
        return
    common = all(piece in BODY_WORDS or piece in SHARED_WORDS or piece in _COMMON for piece in key)
    if common and not _in_capitals(world, draft):
        draft.reason = "a common noun in capitals, not a name of one body"
        draft.named = False
        draft.nominal = world.lexicon.nominal(world.reading.tokens[draft.head].text.lower(), ())
        return
    member = introduce(world, draft, text)
    names.learn(text, member.id)
    world.settle(draft, member, member.resolved_by, member.reason)


def _in_capitals(world: World, draft: Draft) -> bool:
    """Whether common words make a name of one body: "the Southern Front" does, "the Armed Forces" not."""
    tokens = world.reading.tokens
    words = [tokens[i].text for i in draft.name if tokens[i].text.isalpha()]
    lows = {w.lower() for w in words}
    if len(words) < 2 or lows <= _ANY_STATE or not lows & BODY_WORDS.keys():
        return False
    if not all(w[0].isupper() or w in ARTICLES or w in ("of", "for") for w in words):
        return False
    return not is_headline(world.reading, world.reading.sentences[tokens[draft.head].sentence])


def _learn_more(world: World, draft: Draft, member: Member) -> None:
    """Fills what the first mention of a body left open by what is said beside a later one."""
    if member.sector is not None and member.country is not None:
        return
    told = described_kind(world, draft)
    if member.sector is None and told.sector is not None and told.kind:
        member.kind, member.sector = told.kind, told.sector
    if member.country is None:
        member.country = told.country
    if told.reason and told.reason not in member.reason:
        member.reason = f"{member.reason}; {told.reason}"
