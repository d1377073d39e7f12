"""Place names of a reading, resolved against the gazetteer."""

from __future__ import annotations

from collections import defaultdict

from saydo.codebook.entries import Codebook
from saydo.linking.gazetteer import Candidate, gazetteer
from saydo.linking.places_countries import countries_spoken_of
from saydo.linking.places_detect import Toponym, find_toponyms
from saydo.linking.places_evidence import within_name
from saydo.linking.places_metonyms import is_metonym
from saydo.linking.places_resolve import Choice, resolve
from saydo.linking.places_seen import people_in
from saydo.model.linked import LinkedPlace
from saydo.model.reading import Reading
from saydo.model.records import Place, PlacePrecision

_NAMES = frozenset(["group", "igo", "media"])
_UNKNOWN = "not in the gazetteer"
_PRECISION: dict[str, PlacePrecision] = {
    "country": "country", "region": "region", "water": "water", "capital": "city", "admin1": "admin1",
    "district": "district", "city": "city",
}  # fmt: skip


def find_places(reading: Reading, codebook: Codebook) -> tuple[LinkedPlace, ...]:
    """The place names of a document in text order, each resolved, or listed with the reason why not.

    Names of countries and capitals that stand for their governments are places too, with ``metonym`` true and
    a reason that says so.
    """
    toponyms = find_toponyms(reading, codebook, gazetteer())
    if not toponyms:
        return ()
    choices = resolve(toponyms, reading.tokens, countries_spoken_of(reading, codebook))
    children: dict[int, list[int]] = defaultdict(list)
    for token in reading.tokens:
        if token.head != token.i:
            children[token.head].append(token.i)
    people = people_in(reading)
    found = []
    for toponym, choice in zip(toponyms, choices, strict=True):
        metonym = _stands_for(reading, toponym, choice, children, people)
        place = _record(reading, toponym, choice, metonym)
        found.append(LinkedPlace((toponym.first, toponym.last), place, bool(metonym)))
    return tuple(found)


def _stands_for(
    reading: Reading,
    toponym: Toponym,
    choice: Choice | None,
    children: dict[int, list[int]],
    people: frozenset[int],
) -> str:
    """What a name stands for that does not say where something happened; "" for a place."""
    if choice is None:
        return ""
    if toponym.inside in _NAMES or within_name(reading.tokens, toponym.first, people):
        # "The Islamic Emirate of X" is somewhere, but its name does not say where something happened.
        return "part of another name"
    if choice.place.kind not in ("country", "capital"):
        return ""
    metonym = is_metonym(reading.tokens, toponym.first, toponym.last, children)
    return "stands for a government" if metonym else ""


def _record(reading: Reading, toponym: Toponym, choice: Choice | None, metonym: str) -> Place:
    start, end = reading.tokens[toponym.first].start, reading.tokens[toponym.last - 1].end
    text = reading.document.text[start:end]
    if choice is None:
        return Place(start=start, end=end, text=text, reason=_UNKNOWN)
    place = choice.place
    return Place(
        start=start,
        end=end,
        text=text,
        name=place.name,
        geonames_id=place.geonames_id,
        lat=place.lat,
        lon=place.lon,
        country=place.country or None,
        admin1=place.admin1 or None,
        precision=_precision(place, toponym),
        score=choice.score,
        reason=f"{choice.reason}; {metonym}" if metonym else choice.reason,
    )


def _precision(place: Candidate, toponym: Toponym) -> PlacePrecision:
    """How finely the place is told: a district known only by its chief town is told as a district."""
    if toponym.cue == "district" and place.kind == "city":
        return "district"
    return _PRECISION[place.kind]
