"""What formats that hold a whole case have in common: words for events, ids, and what they leave out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from saydo.export.contract import Left
from saydo.export.told_events import Side, ToldEvent
from saydo.model.case import CaseView
from saydo.model.records import Count

LOOSE_TIES = "ties of which an end is no known actor, or that are denied, planned or imagined"
STATEMENTS = "statements that stand in no discrepancy"
_SPACE = uuid5(NAMESPACE_URL, "urn:saydo:export")


def stable_uuid(*parts: str) -> UUID:
    """The same for the same parts, in every export."""
    return uuid5(_SPACE, "\x1f".join(parts).encode("utf-8", "backslashreplace").decode())


def digest(*parts: str) -> str:
    """A short name for some parts, the same in every export."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:32]


def json_line(value: Any) -> str:
    """A value as JSON on one line; lone surrogates are escaped, as no UTF-8 can hold them."""
    return json.dumps(_sound(value), ensure_ascii=False, separators=(",", ":"))


def json_array(items: Iterable[Any], before: str, after: str) -> Iterator[str]:
    """``before``, the items one a line with commas between them, ``after``; drawn as it is written."""
    yield before
    for n, item in enumerate(items):
        yield ("\n" if n == 0 else ",\n") + json_line(item)
    yield "\n" + after


def headline(told: ToldEvent) -> str:
    """An event in a line: ``assault (firearms): Reed Company → River Police``."""
    event = told.event
    what = event.type.lower() + (f" ({event.mode})" if event.mode else "")
    who, whom = names(told.actors), names(told.recipients)
    if whom:
        return f"{what}: {who or 'not told'} → {whom}"
    return f"{what}: {who}" if who else what


def account(told: ToldEvent) -> str:
    """What is known of an event beside its words, in plain sentences."""
    event = told.event
    parts = [
        ("Who did it", names(told.actors)),
        ("To whom", names(told.recipients)),
        ("When", when(told)),
        ("Where", (told.place.name or told.place.text) if told.place else ""),
        ("Killed", count(event.killed)),
        ("Injured", count(event.injured)),
        ("Contexts", ", ".join(event.contexts)),
        ("Asserted by", told.said_by or ""),
        ("Sureness of the coding, 0 to 1", f"{event.score:.2f}"),
    ]
    return " ".join(f"{title}: {text}." for title, text in parts if text)


def names(sides: Iterable[Side]) -> str:
    """Some who take part."""
    return ", ".join(side.name for side in sides)


def when(told: ToldEvent) -> str:
    """The time of an event as ISO days; empty where the text gives none."""
    time = told.event.time
    if time is None or not (time.from_ or time.to):
        return ""
    return time.from_ if time.from_ == time.to and time.from_ else f"{time.from_ or '…'} to {time.to or '…'}"


def count(of: Count | None) -> str:
    """A number of people; empty for none."""
    if of is None:
        return ""
    return f"{of.low}" if of.low == of.high else f"{of.low} to {of.high}" if of.high else f"{of.low} or more"


def source(told: ToldEvent) -> str:
    """Which report tells of an event."""
    parts = (told.publisher or "publisher not given", told.title, told.published or "no date")
    return ", ".join(part for part in parts if part)


def count_untold(view: CaseView, left: Left, *, statements: bool = True) -> None:
    """Counts what a case as ties over time does not hold: ties that are in none, and statements."""
    held = {ref for spell in view.spells for ref in (*spell.rests_on, *spell.against)}
    said = {(d.statement.document, d.statement.id) for d in view.discrepancies}
    for record in view.records:
        left[LOOSE_TIES] += sum((record.id, tie.id) not in held for tie in record.ties)
        if statements:
            left[STATEMENTS] += sum((record.id, each.id) not in said for each in record.statements)


def _sound(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {key: _sound(each) for key, each in value.items()}
    return [_sound(each) for each in value] if isinstance(value, list | tuple) else value
