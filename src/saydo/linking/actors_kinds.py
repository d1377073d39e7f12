"""What a document says an unknown name is: by apposition, by its own words, by what stands on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from saydo.linking.actors_homes import fights_for_rule, home
from saydo.linking.actors_office import leads_body
from saydo.linking.actors_owner import introducing_nouns
from saydo.linking.actors_runs import BODY_WORDS
from saydo.linking.actors_world import World
from saydo.linking.drafts import Draft

_SECTORS = {
    "rebel": "REB", "insurgent": "REB", "guerrilla": "REB", "guerilla": "REB", "separatist": "REB",
    "secessionist": "REB", "armed": "UAF", "militant": "UAF", "terrorist": "UAF", "terror": "UAF",
    "extremist": "UAF", "jihadist": "UAF", "jihadi": "UAF", "islamist": "UAF", "paramilitary": "PRM",
    "vigilante": "PRM", "pro-government": "PRM", "progovernment": "PRM", "self-defence": "PRM",
    "self-defense": "PRM", "criminal": "CRM", "drug": "CRM", "opposition": "OPP", "political": "PTY",
    "aid": "CVL", "relief": "CVL", "rights": "CVL", "humanitarian": "CVL", "human": "CVL", "trade": "LAB",
    "subversive": "REB", "outlawed": "UAF", "banned": "UAF", "clandestine": "UAF", "underground": "UAF",
    "left-wing": "OPP", "right-wing": "OPP", "protest": "OPP", "pro-democracy": "OPP",
    "dissident": "OPP", "exiled": "OPP", "student": "CVL", "youth": "CVL", "women's": "CVL", "church": "REL",
    "religious": "REL", "charitable": "CVL", "environmental": "CVL", "advocacy": "CVL", "civic": "CVL",
    "monitoring": "CVL", "lobby": "CVL", "civil": "CVL", "labour": "LAB", "labor": "LAB", "workers'": "LAB",
    "street": "CRM", "smuggling": "CRM", "tv": "JRN", "television": "JRN", "radio": "JRN", "news": "JRN",
    "broadcasting": "JRN",
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
_OPEN = frozenset(
    "group movement organisation organization front network outfit alliance league institution member".split()
)
"""Nouns that leave open whether a body carries arms."""
_ARMED_NAME = frozenset(
    """
    brigade brigades battalion battalions army militia resistance guerrilla guerrillas mujahideen
    mujahidin katibat katiba jaysh jaish liwa ansar jund kataib liberation martyrs fighters tigers
    phalange commando commandos lashkar guard guards column legion cell cells soldiers partisans harakat
    force forces
    """.split()
)


_UNITS = frozenset("brigade battalion division regiment corps army squadron fleet infantry".split())
_ORDINALS = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
)
_PERSONAL = frozenset(
    ["militants", "rebels", "gunmen", "soldiers", "civilians", "witnesses", "experts", "lawyers"]
)


_SIGNS: tuple[tuple[frozenset[str], str, str], ...] = (
    (frozenset(["militia", "militias", "vigilantes", "self-defence"]), "armed group", "PRM"),
    (frozenset(["cartel", "gang", "mafia"]), "criminal organisation", "CRM"),
)
_STATE_ARMS = frozenset("army force forces command fleet corps guard navy".split())
_OF_ALL_ARMS = frozenset("air naval navy central special operations fleet corps command marine royal".split())
"""Words that, with a state's name and one of its arms, make a part of its armed forces."""
_NOT_ITS_OWN = frozenset(["attacker", "killer", "murderer", "assailant", "kidnapper", "captor"])
"""Nouns whose "of" names whom they harmed: "the killers of the Ridge men"."""


class Told(NamedTuple):
    """What is known of a new name; empty strings where nothing is."""

    kind: str
    type: str
    sector: str | None
    country: str | None
    reason: str


def described_kind(world: World, draft: Draft) -> Told:
    """What the words around a name, or the name's own words, make of it."""
    nouns = [i for i in _introducing(world, draft) if _names_a_body(world, i)]
    told = _by_noun(world, draft, nouns[0]) if nouns else _by_its_people(world, draft)
    own = _by_its_words(world, draft)
    if told is None or (not told.sector and own.sector):
        reason = told.reason if told is not None else ""
        told = own._replace(
            reason=reason, country=own.country or (told.country if told is not None else None)
        )
    if told.sector in (None, "UAF") and told.kind in ("", "armed group", "movement"):
        if fights_for_rule(world, draft, nouns):
            told = told._replace(kind="armed group", type="group", sector="REB")
    if told.country is None and told.kind not in ("igo", "military"):
        found = home(world, draft, nouns, told.kind or ("movement" if draft.type == "group" else ""))
        if found is not None:
            where = f"taken to be of {found[0]}: {found[1]}"
            told = told._replace(country=found[0], reason=f"{told.reason}; {where}" if told.reason else where)
    return told


def _introducing(world: World, draft: Draft) -> Iterator[int]:
    """Nouns that introduce a name, those of "one of several armed groups" among them."""
    tokens, phrases = world.reading.tokens, world.phrases
    yield from introducing_nouns(world, draft)
    for k in phrases.kids_by(draft.head, "appos"):
        if k > draft.head and tokens[k].lemma.lower() in ("one", "part", "member", "wing", "branch"):
            yield from (m for m in phrases.kids_by(k, "nmod") if phrases.case(m) == "of")


def _names_a_body(world: World, i: int) -> bool:
    """Whether a noun that introduces a name makes it that of a body: "militia", "opposition party"."""
    lemma = world.reading.tokens[i].lemma.lower()
    nominal = world.lexicon.nominal(lemma, world.phrases.before(i))
    if lemma in _BODY_NOUNS:
        return True
    return nominal is not None and nominal.type != "person"


def _by_noun(world: World, draft: Draft, i: int) -> Told:
    """What an introducing noun and the words before it make of a name."""
    lemma = world.reading.tokens[i].lemma.lower()
    nominal = world.lexicon.nominal(lemma, world.phrases.before(i))
    words = world.text(world.phrases.base(i), i + 1)
    sector = next((_SECTORS[w] for w in words.lower().split() if w in _SECTORS), None)
    if sector is None and nominal is not None and lemma not in _OPEN:
        sector = nominal.sector
    if sector is None and draft.type in ("media", "igo", "government", "military"):
        return Told("", draft.type, None, None, f"introduced as “{words}”")
    kind = _KIND_OF_SECTOR.get(sector or "", "") or ("movement" if lemma in _OPEN else "")
    kind = kind or (nominal.kind if nominal is not None else "organisation")
    if sector == "CVL" or (lemma in ("organisation", "organization", "institution") and sector is None):
        kind = "organisation"
    return Told(kind, _TYPE_OF_KIND.get(kind, draft.type), sector, None, f"introduced as “{words}”")


def _by_its_people(world: World, draft: Draft) -> Told | None:
    """What those are whom the text calls a body's own: "rebels of the Hill Council", "Ridge gunmen"."""
    tokens, phrases = world.reading.tokens, world.phrases
    t = tokens[draft.head]
    people = tokens[t.head]
    owned = t.deprel in ("nmod", "nmod:poss") and (phrases.case(t.i) == "of" or phrases.possessed(t.i))
    if not owned and t.deprel != "compound":
        return None
    nominal = world.lexicon.nominal(people.lemma.lower(), phrases.before(people.i))
    if nominal is None or nominal.kind not in ("armed group", "criminal organisation"):
        return None
    if people.lemma.lower() in _NOT_ITS_OWN or not phrases.plural(people.i):
        return None
    kind = _KIND_OF_SECTOR.get(nominal.sector or "", nominal.kind)
    return Told(kind, "group", nominal.sector, None, f"its people are “{people.text}”")


def introduced_as_person(world: World, draft: Draft) -> bool:
    """Whether the name is that of one person: "a militant named X", "a faction under X"."""
    tokens = world.reading.tokens
    if leads_body(world, draft) is not None and 1 < len(draft.name) < 4:
        if not any(tokens[i].text.lower() in BODY_WORDS or tokens[i].text.isupper() for i in draft.name):
            return True
    for i in introducing_nouns(world, draft):
        lemma = tokens[i].lemma.lower()
        if i > draft.head or world.phrases.plural(i) or tokens[i].upos != "NOUN":
            continue
        nominal = world.lexicon.nominal(lemma, ())
        if nominal is not None and nominal.id in _PERSONAL:
            return True
        if nominal is None and world.lexicon.office(lemma, ()) is not None:
            return True
        if len(draft.name) > 1 and i == draft.first - 1 and _person_at(world, i):
            return True  # "the sanctioned banker Gleb Rusin"
    return False


def _person_at(world: World, i: int) -> bool:
    """Whether a noun is read as that of one person."""
    return any(d.head == i and d.type == "person" and not d.named for d in world.drafts.at(i))


def introduced_as_body(world: World, draft: Draft) -> bool:
    """Whether a name that the reader took for a place's is a body's: "Basalt Ridge, a security company"."""
    tokens = world.reading.tokens
    for i in introducing_nouns(world, draft):
        beside = tokens[i].head == draft.head and tokens[i].deprel == "appos"
        nominal = world.lexicon.nominal(tokens[i].lemma.lower(), world.phrases.before(i))
        if beside and nominal is not None and nominal.type in ("group", "organisation"):
            return not world.phrases.plural(i) and nominal.kind not in ("civilians", "facility")
    return False


def _by_its_words(world: World, draft: Draft) -> Told:
    """A name that says itself what it names: ``… Liberation Army`` is armed, ``… Party`` a party."""
    tokens = world.reading.tokens
    words = {tokens[i].text.lower() for i in draft.name}
    country = None
    for other in world.drafts.touching(draft.first, draft.last):
        if other is not draft and other.actor is not None and draft.first <= other.first < draft.last:
            member = world.cast[other.actor]
            country = member.country if member.kind == "state" else country
    if words & _UNITS and any(
        tokens[i].text[0].isdigit() or tokens[i].text.lower() in _ORDINALS for i in draft.name
    ):
        about = world.state_about(tokens[draft.head].sentence)
        return Told("military", "military", "MIL", about[0] if about else country, "")
    for sign, kind, sector in _SIGNS:
        if words & sign:
            return Told(kind, _TYPE_OF_KIND[kind], sector, country, "")
    if country and words & _STATE_ARMS and words & _OF_ALL_ARMS:
        return Told("military", "military", "MIL", country, "")
    if words & _ARMED_NAME and draft.type in ("group", "organisation", "military"):
        return Told("armed group", "group", "UAF", country, "")
    if "party" in words:
        return Told("party", "organisation", "PTY", country, "")
    if "movement" in words or "front" in words:
        return Told("movement", "group", None, country, "")
    return Told("", "", None, country, "")
