"""Values of actors as people write them in lists of their own: countries, kinds, sectors, years."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

import pycountry

from saydo.codebook.entries import ActorEntry
from saydo.model.ids import fold

INTERNATIONAL = frozenset(["IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"])
"""Codes that stand in the place of a country for what belongs to none (PLOVER)."""

SECTORS = frozenset(
    """
    COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC
    """.split()
)
"""PLOVER's sectors."""

SECTOR_OF_KIND: Mapping[str, str | None] = {
    "armed group": "UAF", "movement": "OPP", "party": "PTY", "criminal organisation": "CRM", "media": "JRN",
    "government": "GOV", "military": "MIL", "police": "COP", "intelligence service": "SPY",
    "parliament": "LEG", "judiciary": "JUD", "company": "BUS", "organisation": "CVL", "community": "SOC",
    "igo": None, "coalition": "MIL", "person": None, "state": None, "de facto state": None,
    "state group": "GOV",
}  # fmt: skip
"""Every kind of actor, with the sector that one has of which nothing more is said."""

_KINDS = {
    "armed group": "rebel rebels insurgent militant guerrilla armed terrorist militia paramilitary",
    "movement": "protest-movement campaign", "party": "political-party", "person": "individual people",
    "criminal organisation": "criminal gang cartel criminal-organization crime mafia",
    "media": "newspaper broadcaster news-agency outlet press", "government": "public-body ministry agency",
    "military": "army armed-forces navy air-force", "police": "police-force gendarmerie",
    "intelligence service": "intelligence secret-service intelligence-agency", "judiciary": "court courts",
    "company": "business firm corporation enterprise",
    "organisation": "organization ngo charity association foundation non-profit legal-entity",
    "igo": "intergovernmental-organisation intergovernmental-organization international-organisation"
    " international-organization",
    "parliament": "legislature", "state": "country", "community": "ethnic-group religious-group",
}  # fmt: skip
_SECTOR_WORDS = {
    "REB": "rebels insurgents guerrillas", "PRM": "militia paramilitaries paramilitary",
    "UAF": "militants terrorists jihadists unidentified-armed-force", "GOV": "government state",
    "MIL": "military army", "COP": "police", "CRM": "criminals crime", "OPP": "opposition",
    "PTY": "party parties", "JRN": "media press", "BUS": "business", "CVL": "civilians civil-society ngo",
    "LAB": "labour labor", "REL": "religious religion", "EDU": "education", "MED": "medical health",
    "SPY": "intelligence", "LEG": "legislature parliament", "JUD": "judiciary courts",
}  # fmt: skip
_KIND_OF_WORD = {word.replace("-", " "): kind for kind, words in _KINDS.items() for word in words.split()}
_SECTOR_OF_WORD = {
    word.replace("-", " "): code for code, words in _SECTOR_WORDS.items() for word in words.split()
}
_SECTOR_IN_KIND = {
    **dict.fromkeys(("rebel", "rebels", "insurgent", "guerrilla"), "REB"),
    **dict.fromkeys(("militia", "paramilitary"), "PRM"),
}
_GROUP = re.compile(r" (?:group|groups|organi[sz]ation|organi[sz]ations)$")
_YEAR = re.compile(r"(?:[a-z]+ )?(\d{4})(?:-\d{1,2}){0,2}(?:T.*)?", re.IGNORECASE)
_WIKIDATA = re.compile(r"(?:https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/)?(Q[1-9]\d*)", re.IGNORECASE)


def country_code(text: str, states: Mapping[str, ActorEntry]) -> str:
    """The code of a country by its name or its ISO code of two or three letters; ``states`` are the
    codebook's actors. Raises ValueError for what is none."""
    low = fold(text)
    upper = text.strip().upper()
    if upper in INTERNATIONAL or (upper in states and states[upper].kind == "state"):
        return upper
    told = pycountry.countries.get(alpha_2=upper) if len(upper) == 2 else None
    if told is not None:
        return str(told.alpha_3)
    for entry in states.values():
        if entry.kind == "state" and low in _names_of_state(entry):
            return str(entry.country or entry.id)
    try:
        return str(pycountry.countries.lookup(text.strip()).alpha_3)
    except LookupError:
        raise ValueError(
            f"country {text!r} is none; write a name, an ISO code of two or three letters, or one of "
            + ", ".join(sorted(INTERNATIONAL))
        ) from None


@lru_cache(maxsize=512)
def _names_of_state(entry: ActorEntry) -> frozenset[str]:
    return frozenset(fold(name) for name in (entry.name, *entry.aliases, *entry.abbreviations))


def kind_of(text: str) -> tuple[str, str | None]:
    """The kind that a word stands for, with its sector: ``rebel group`` is an armed group of rebels. Raises
    ValueError for a word that is no kind."""
    low = fold(text).replace("-", " ").replace("_", " ")
    short = _GROUP.sub("", low)
    for word in (low, low.removesuffix("s"), short):
        kind = word if word in SECTOR_OF_KIND else _KIND_OF_WORD.get(word)
        if kind is not None:
            return kind, _SECTOR_IN_KIND.get(word) or SECTOR_OF_KIND[kind]
    raise ValueError(f"kind {text!r} is none; write one of " + ", ".join(SECTOR_OF_KIND))


def sector_code(text: str) -> str:
    """A PLOVER sector by its code or a plain word. Raises ValueError for what is none."""
    code = text.strip().upper()
    found = code if code in SECTORS else _SECTOR_OF_WORD.get(fold(text).replace("-", " "))
    if found is None:
        raise ValueError(f"sector {text!r} is none; write one of " + ", ".join(sorted(SECTORS)))
    return found


def year_of(text: str, field: str) -> int:
    """The year of a date: ``2012``, ``2012-05``, ``May 2012``. Raises ValueError for what is no date."""
    told = _YEAR.fullmatch(text.strip())
    if told is None:
        raise ValueError(f"{field} {text!r} is no year; write it as 2012 or 2012-05-31")
    return int(told[1])


def wikidata_id(text: str) -> str:
    """A Wikidata id, bare or as an address. Raises ValueError for what is none."""
    told = _WIKIDATA.fullmatch(text.strip())
    if told is None:
        raise ValueError(f"wikidata {text!r} is no id; write it as Q42")
    return told[1].upper()
