"""Codes of other people's data sets for what saydo found, read from the files in ``data``.

``countries.csv``: state → its number in the list of states of the Correlates of War project (COW), its
number in the list of Gleditsch and Ward (GW, which UCDP uses; the two differ for Germany, Serbia, Yemen and
some islands), the English name usual in data sets of conflict, and the region of ACLED's codebook.
``plover.yaml``: the scores of the PLOVER manual, CAMEO codes with their scale (its head names the sources).
``acled.yaml``: the events of ACLED's codebook.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

from saydo.model.records import Event


class Country(NamedTuple):
    """A state or territory in the lists of others."""

    iso3: str
    iso2: str
    numeric: int | None
    """ISO 3166-1 numeric."""
    cow: int | None
    gw: int | None
    name: str
    region: str
    """ACLED's."""


class Cameo(NamedTuple):
    """A CAMEO code: its scale (None where the published scale has none) and what it stands for."""

    code: str
    scale: float | None
    words: str


class AcledEvent(NamedTuple):
    """How ACLED sorts an event."""

    disorder: str
    event: str
    sub: str


def _text(name: str) -> str:
    return (files("saydo.export") / "data" / name).read_text(encoding="utf-8")


@cache
def countries() -> Mapping[str, Country]:
    """ISO 3166-1 alpha-3 → the state."""
    rows = csv.DictReader(_text("countries.csv").splitlines())
    return {
        row["iso3"]: Country(
            row["iso3"],
            row["iso2"],
            int(row["numeric"]) if row["numeric"] else None,
            int(row["cow"]) if row["cow"] else None,
            int(row["gw"]) if row["gw"] else None,
            row["name"],
            row["region"],
        )
        for row in rows
    }


@cache
def _table(name: str) -> Any:
    return yaml.load(_text(name), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def country(iso3: str | None) -> Country | None:
    """The state of a code; None for an international code and for territories that the table lacks."""
    return countries().get(iso3 or "")


def country_name(iso3: str | None) -> str | None:
    """The name of a state; a code that the table lacks stays as it is."""
    found = country(iso3)
    return found.name if found else iso3


def intensity(event: Event) -> float:
    """The PLOVER score of an event's type, -10 (conflict) to 10 (cooperation)."""
    return float(_table("plover.yaml")["intensity"][event.type])


def cameo(event: Event) -> Cameo:
    """The CAMEO code that stands for an event's type and mode; that of the type where the mode has none."""
    table = _table("plover.yaml")
    code = table["codes"].get(f"{event.type}.{event.mode}") or table["codes"][event.type]
    scale, words = table["cameo"][code]
    return Cameo(code, scale, words)


def cameo_codes() -> Mapping[str, str]:
    """PLOVER type, or type.mode → the CAMEO code that stands for it."""
    found: dict[str, str] = _table("plover.yaml")["codes"]
    return found


SECTORS: Mapping[str, str] = {
    "COP": "Police", "GOV": "Government", "JUD": "Judicial", "LEG": "Legislative", "MIL": "Military",
    "PRM": "Paramilitary", "PTY": "Parties", "REB": "Rebel", "SPY": "Intelligence", "UNK": "Unknown",
    "UAF": "Unidentified Forces", "AGR": "Agriculture", "BUS": "Business", "CRM": "Criminals",
    "CVL": "General Population", "EDU": "Education", "ELI": "Elite", "JRN": "Media",
    "LAB": "Labor", "MED": "Medical", "REF": "Refugees",
    "OPP": "Opposition", "PRE": "Pressure Groups", "REL": "Religious", "SOC": "Social",
}  # fmt: skip
"""PLOVER sector → a word for it."""


@cache
def acled() -> Mapping[str, tuple[AcledEvent, ...]]:
    """PLOVER type or type.mode → ACLED's event; two where it depends on the target: the first for civilians,
    the second for others who are armed."""
    table = _table("acled.yaml")
    disorder = table["disorder"]
    made = {}
    for key, cells in table["events"].items():
        pairs = cells if isinstance(cells[0], list) else [cells]
        made[key] = tuple(AcledEvent(disorder[event], event, sub) for event, sub in pairs)
    return made


STATE_FORCES = frozenset(("COP", "GOV", "MIL", "SPY"))
ARMED_GROUPS = frozenset(("REB", "UAF", "PRM", "CRM"))
CIVILIANS = frozenset(("AGR", "BUS", "CVL", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "REL", "SOC"))
