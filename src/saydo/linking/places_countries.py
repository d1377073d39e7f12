"""What speaks for a country besides place names: its adjectives and people, the report's web address."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from urllib.parse import urlsplit

from saydo.codebook.entries import Codebook
from saydo.linking.gazetteer import iso3_codes
from saydo.linking.gazetteer_names import key
from saydo.model.reading import Reading

_ADJECTIVE, _MOST = 0.5, 1.5
_PUBLISHED = 1.5
_OTHER_CODES = {"uk": "GBR"}
_WORLDWIDE = frozenset("tv me io co ai fm am ly cc ws la to nu bz sh gg im".split())
"""Country codes of addresses that are sold to everybody."""


def countries_spoken_of(reading: Reading, codebook: Codebook) -> dict[str, float]:
    """Points for each country, by ISO alpha-3 code: little for each adjective or people of it, more
    for the country that the report's web address belongs to."""
    peoples = _peoples(codebook)
    seen: Counter[str] = Counter()
    for mention in reading.mentions:
        if mention.named and mention.type == "nationality":
            country = peoples.get(key(reading.tokens[mention.last - 1].text))
            if country is not None:
                seen[country] += 1
    points = {country: min(_MOST, _ADJECTIVE * times) for country, times in seen.items()}
    home = _country_of_address(reading.document.url)
    if home is not None:
        points[home] = points.get(home, 0.0) + _PUBLISHED
    return points


@lru_cache(maxsize=4)
def _peoples(codebook: Codebook) -> dict[str, str]:
    """Folded adjectives and peoples of states → the state's code."""
    return {
        key(name): actor.country
        for actor in codebook.actors.values()
        if actor.kind == "state" and actor.country
        for name in (*actor.adjectives, *actor.demonyms)
    }


def _country_of_address(url: str | None) -> str | None:
    """The country of a web address by its last part (``.ke``); None where it tells none."""
    if not url:
        return None
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return None
    code = host.rpartition(".")[2].lower()
    if code in _WORLDWIDE:
        return None
    return _OTHER_CODES.get(code) or iso3_codes().get(code)
