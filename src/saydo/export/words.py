"""Plain words for the codes of the records, as the report prints them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from saydo.model.records import DiscrepancyKind, EventType, Statement, StatementKind, TieType, When

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

DISCREPANCY: Mapping[DiscrepancyKind, tuple[str, str, str]] = MappingProxyType(
    {
        "commitment": ("A promise, and what was then done", "Promised", "Reported conduct"),
        "denial": ("A denial, and a report of what was denied", "Denied", "Reported"),
        "account": ("Two accounts of one event", "One account", "Another account"),
        "position": ("Two positions on one matter", "One position", "Another position"),
        "tie": ("A tie as stated, and as reported", "Stated", "Reported"),
    }
)
"""Kind → what it is, heading of the statement, heading of what stands against it."""

BASIS = MappingProxyType(
    {
        "flagged": "A report sets the two against each other itself.",
        "inferred": "saydo matched the two; no report says so.",
    }
)

QUAD: Mapping[EventType, int] = MappingProxyType(
    {
        "AGREE": 1,
        "CONSULT": 1,
        "SUPPORT": 1,
        "CONCEDE": 1,
        "COOPERATE": 2,
        "AID": 2,
        "RETREAT": 2,
        "REQUEST": 3,
        "ACCUSE": 3,
        "REJECT": 3,
        "THREATEN": 3,
        "PROTEST": 4,
        "SANCTION": 4,
        "MOBILIZE": 4,
        "COERCE": 4,
        "ASSAULT": 4,
    }
)
QUAD_NAMES = (
    "verbal cooperation",
    "material cooperation",
    "verbal conflict",
    "material conflict",
)

TIE: Mapping[TieType, str] = MappingProxyType(
    {
        "allegiance": "pledged loyalty to",
        "command": "commands",
        "affiliation": "is part of",
        "alliance": "is allied with",
        "rivalry": "fights",
        "sponsorship": "supports",
        "contact": "has contact with",
        "presence": "is present in",
        "leadership": "leads",
        "office": "holds office in",
        "composition": "is made up of",
        "succession": "came out of",
    }
)
UNDIRECTED: frozenset[TieType] = frozenset(("alliance", "rivalry", "contact"))

STATEMENT: Mapping[StatementKind, tuple[str, str]] = MappingProxyType(
    {
        "pledge": ("pledge", "pledges"),
        "denial": ("denial", "denials"),
        "threat": ("threat", "threats"),
        "claim_of_responsibility": ("claim of responsibility", "claims of responsibility"),
        "accusation": ("accusation", "accusations"),
        "demand": ("demand", "demands"),
        "proposal": ("proposal", "proposals"),
        "prediction": ("prediction", "predictions"),
        "condemnation": ("condemnation", "condemnations"),
        "praise": ("praise", "praise"),
        "assertion": ("assertion", "assertions"),
    }
)
"""Singular and plural; the kinds that bind a speaker most stand first, and are printed first."""

FIELD = MappingProxyType({
    "killed": "how many were killed", "injured": "how many were injured", "missing": "how many are missing",
    "held": "how many were taken", "protesters": "how many protested", "turnout": "how many came",
    "homeless": "how many lost their homes",
    "infected": "how many fell ill", "lost": "how many were lost", "actor": "who did it",
    "first": "who began", "fate": "what became of somebody", "control": "who has the place",
    "where": "where it was", "weapon": "with what it was done", "cause": "how it came about",
    "vote": "whether the vote was fair",
})  # fmt: skip


def day(iso: str | None) -> str:
    """``2019-05-03`` → ``3 May 2019``; an empty string for None; anything else unchanged."""
    if iso is None:
        return ""
    try:
        parsed = date.fromisoformat(iso[:10])
    except ValueError:
        return iso
    return f"{parsed.day} {MONTHS[parsed.month - 1]} {parsed.year}"


def period(first: str | None, last: str | None) -> str:
    """A closed interval of ISO days in words, as short as it can be said."""
    if first is None or last is None:
        return f"since {day(first)}" if first else f"until {day(last)}" if last else ""
    if first == last:
        return day(first)
    if first[:4] == last[:4] and first[5:10] == "01-01" and last[5:10] == "12-31":
        return first[:4]
    if _is_whole_month(first, last):
        return f"{MONTHS[int(first[5:7]) - 1]} {first[:4]}"
    start = day(first)
    if first[:4] == last[:4]:
        start = start[: -len(first[:4])].rstrip()
        if first[:7] == last[:7]:
            start = start.split()[0]
    return f"{start} – {day(last)}"


def _is_whole_month(first: str, last: str) -> bool:
    if first[:7] != last[:7] or first[8:10] != "01":
        return False
    return int(last[8:10]) == monthrange(int(first[:4]), int(first[5:7]))[1]


def when(time: When | None) -> str:
    """The time of a finding in words; an empty string where it has none."""
    return period(time.from_, time.to) if time else ""


def plural(number: int, one: str, many: str | None = None) -> str:
    """``1 report``, ``1,204 reports``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def kind(statement: Statement) -> str:
    """A statement's kind in words."""
    return STATEMENT[statement.kind][0]
