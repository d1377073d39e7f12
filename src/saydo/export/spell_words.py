"""Ties over time in words."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from saydo.model.case import Spell

_VERBS = {
    "allegiance": "owed allegiance to", "command": "commanded", "affiliation": "belonged to",
    "alliance": "was allied with", "rivalry": "was at odds with", "sponsorship": "sponsored",
    "contact": "was in contact with", "presence": "was present in", "leadership": "led",
    "office": "held office in", "composition": "was made up of", "succession": "came out of",
}  # fmt: skip


def sentence(spell: Spell, one: str, other: str) -> str:
    """A tie over time in words: what is stated and what only follows from the dates of reports is told
    apart."""
    verb = _VERBS.get(spell.type, spell.type)
    if spell.type == "office" and spell.role:
        verb = f"was {spell.role} of"
    words = [one, verb, other]
    if spell.since is not None:
        words.append(f"from {spell.since.day} (stated)" if spell.since.stated else f"by {spell.since.day}")
    if spell.until is not None and spell.until.stated:
        words.append(f"until {spell.until.day} (stated)")
    elif spell.until is not None:
        words.append(f"until a day not told, before {spell.until.day}")
    elif spell.last is not None and (spell.since is None or spell.since.day != spell.last):
        words.append(f"until at least {spell.last}")
    if spell.since is None and spell.until is None:
        words.append("at a time not told")
    return " ".join(words) + (" (only sources say so)" if spell.only_said else "")


def began(spell: Spell) -> str | None:
    """The day on which a tie began, where a report states it."""
    return spell.since.day if spell.since and spell.since.stated else None


def ended(spell: Spell) -> str | None:
    """The day on which a tie ended, where a report states it."""
    return spell.until.day if spell.until and spell.until.stated else None


def whole_day(day: str | None, *, last: bool) -> date | None:
    """An ISO day as a date; of a month or a year its first or last day."""
    if not day:
        return None
    year, _, rest = day[:10].partition("-")
    if len(rest) == 5:
        return date.fromisoformat(day[:10])
    month = int(rest) if rest else 12 if last else 1
    return date(int(year), month, monthrange(int(year), month)[1] if last else 1)
