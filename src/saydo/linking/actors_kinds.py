"""What a document says an unknown name is: by apposition, by its own words, by what stands on it."""

from __future__ import annotations

from typing import NamedTuple

from saydo.linking.actors_owner import introducing_nouns, owner
from saydo.linking.actors_world import World
from saydo.linking.drafts import Draft

_SECTORS = {
    "rebel": "REB", "insurgent": "REB", "guerrilla": "REB", "guerilla": "REB", "separatist": "REB",
    "secessionist": "REB", "armed": "UAF", "militant": "UAF", "terrorist": "UAF", "terror": "UAF",
    "extremist": "UAF", "jihadist": "UAF", "jihadi": "UAF", "islamist": "UAF", "paramilitary": "PRM",
    "vigilante": "PRM", "pro-government": "PRM", "progovernment": "PRM", "self-defence": "PRM",
    "self-defense": "PRM", "criminal": "CRM", "drug": "CRM", "opposition": "OPP", "political": "PTY",
    "aid": "CVL", "relief": "CVL", "rights": "CVL", "humanitarian": "CVL", "human": "CVL", "trade": "LAB",
    "subversive": "REB", "outlawed": "UAF", "banned": "UAF", "clandestine": "UAF",
}  # fmt: skip
_KIND_OF_SECTOR = {
    "REB": "armed group", "UAF": "armed group", "PRM": "armed group", "CRM": "criminal organisation",
    "OPP": "movement", "PTY": "party", "CVL": "organisation", "LAB": "organisation", "JRN": "media",
    "BUS": "company", "GOV": "government", "MIL": "military", "COP": "police", "LEG": "parliament",
    "JUD": "judiciary", "EDU": "organisation", "REL": "organisation", "MED": "organisation",
    "SPY": "intelligence service",
}  # fmt: skip
_TYPE_OF_KIND = {
    "armed group": "group", "criminal organisation": "group", "movement": "group", "party": "organisation",
    "organisation": "organisation", "media": "media", "company": "organisation", "military": "military",
    "police": "military",
}  # fmt: skip
_BODY_NOUNS = frozenset(
    """
    group organisation organization movement faction militia party network gang cartel cell wing
    front offshoot splinter alliance coalition union agency company association charity newspaper
    station brigade battalion branch affiliate unit squad army force rebel militant guerrilla
    fighter insurgent separatist terrorist
    """.split()
)
_ARMED_NAME = frozenset(
    """
    brigade brigades battalion battalions army militia resistance guerrilla guerrillas mujahideen
    mujahidin katibat katiba jaysh jaish liwa ansar jund kataib liberation martyrs fighters tigers
    phalange commando commandos lashkar guard guards
    """.split()
)


_UNITS = frozenset("brigade battalion division regiment corps army squadron fleet infantry".split())
_ORDINALS = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
)
_PERSONAL = frozenset(
    ["militants", "rebels", "gunmen", "soldiers", "civilians", "witnesses", "experts", "lawyers"]
)


class Told(NamedTuple):
    """What is known of a new name; empty strings where nothing is."""

    kind: str
    type: str
    sector: str | None
    country: str | None
    reason: str


def described_kind(world: World, draft: Draft) -> Told:
    """What the words around a name, or the name's own words, make of it."""
    tokens = world.reading.tokens
    for i in introducing_nouns(world, draft):
        lemma = tokens[i].lemma.lower()
        before = world.phrases.before(i)
        nominal = world.lexicon.nominal(lemma, before)
        if nominal is None and lemma not in _BODY_NOUNS:
            continue
        if nominal is not None and nominal.type == "person" and lemma not in _BODY_NOUNS:
            continue
        first = world.phrases.base(i)
        sector = next(
            (_SECTORS[t.text.lower()] for t in tokens[first : i + 1] if t.text.lower() in _SECTORS),
            nominal.sector if nominal is not None else None,
        )
        kind = _KIND_OF_SECTOR.get(sector or "", nominal.kind if nominal is not None else "organisation")
        whose = owner(world, i)
        country = world.country_of(whose[0]) if whose is not None else None
        words = world.text(first, i + 1)
        return Told(kind, _TYPE_OF_KIND.get(kind, draft.type), sector, country, f"introduced as “{words}”")
    return _by_its_words(world, draft)


def introduced_as_person(world: World, draft: Draft) -> bool:
    """Whether the name is that of one person, by the noun that introduces it: "a militant named X"."""
    tokens = world.reading.tokens
    for i in introducing_nouns(world, draft):
        lemma = tokens[i].lemma.lower()
        if i > draft.head or world.phrases.plural(i) or tokens[i].upos != "NOUN":
            continue
        nominal = world.lexicon.nominal(lemma, ())
        if nominal is not None and nominal.id in _PERSONAL:
            return True
        if nominal is None and world.lexicon.office(lemma, ()) is not None:
            return True
    return False


def _by_its_words(world: World, draft: Draft) -> Told:
    """A name that says itself what it names: ``… Liberation Army`` is armed, ``… Party`` a party."""
    tokens = world.reading.tokens
    words = {tokens[i].text.lower() for i in draft.name}
    country = None
    for other in world.drafts.touching(draft.first, draft.last):
        if other is not draft and other.actor is not None and draft.first <= other.first < draft.last:
            country = world.country_of(other.actor)
    if words & _UNITS and any(
        tokens[i].text[0].isdigit() or tokens[i].text.lower() in _ORDINALS for i in draft.name
    ):
        about = world.state_about(tokens[draft.head].sentence)
        return Told("military", "military", "MIL", about[0] if about else country, "")
    if words & _ARMED_NAME and draft.type in ("group", "organisation", "military"):
        return Told("armed group", "group", "UAF", country, "")
    if "party" in words:
        return Told("party", "organisation", "PTY", country, "")
    if "movement" in words or "front" in words:
        return Told("movement", "group", None, country, "")
    return Told("", "", None, country, "")
