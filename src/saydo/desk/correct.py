"""What a person may change about a finding, and making it from what they filled in."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple, get_args

from saydo.desk.case import bound
from saydo.model.errors import InputError
from saydo.model.records import (
    Count,
    Event,
    EventType,
    Offsets,
    Polarity,
    Realis,
    Record,
    Statement,
    StatementKind,
    Tie,
    TieState,
    TieType,
    When,
)
from saydo.model.standing import BY_PERSON, Decided, What

KINDS: dict[What, tuple[str, ...]] = {
    "event": get_args(EventType),
    "tie": get_args(TieType),
    "statement": get_args(StatementKind),
}
"""What a finding of each sort may be."""
_COUNT = re.compile(r"(\d{1,9})(?: ?[-–] ?(\d{1,9})| ?(\+|or more))?")
POLARITIES: tuple[str, ...] = get_args(Polarity)
REALIS: tuple[str, ...] = get_args(Realis)
STATES: tuple[str, ...] = get_args(TieState)


class Filled(NamedTuple):
    """What a person filled in. None leaves a part as it is; an empty text or tuple takes it away."""

    kind: str | None = None
    mode: str | None = None
    by: tuple[str, ...] | None = None
    """Mention ids: who does it, from whom a tie goes, who says it."""
    to: tuple[str, ...] | None = None
    since: str | None = None
    """A year, a month or a day."""
    until: str | None = None
    place: str | None = None
    """Number of a place of the record."""
    polarity: str | None = None
    realis: str | None = None
    state: str | None = None
    role: str | None = None
    killed: str | None = None
    """A number of people: ``12``, ``10-12`` or ``12+``."""
    injured: str | None = None
    weapon: str | None = None
    """Id of a mention."""


def correction(filled: Filled) -> Callable[[Record, Decided], Decided]:
    """The change that somebody asks for. It raises InputError where it cannot be made."""

    def change(record: Record, finding: Decided) -> Decided:
        _known(record, filled)
        if isinstance(finding, Event):
            return _event(record, finding, filled)
        if isinstance(finding, Tie):
            return _tie(finding, filled)
        return _statement(finding, filled)

    return change


def addition(what: What, span: Offsets, filled: Filled) -> Callable[[Record], Decided]:
    """A finding that a person adds on the words at ``span``. It raises InputError where it cannot be made."""

    def make(record: Record) -> Decided:
        kind = _one_of(filled.kind or "", KINDS[what], "type")
        evidence = _sentences(record, span)
        shared: dict[str, Any] = {"id": "new", "rule": BY_PERSON, "score": 1.0}
        if what == "statement":
            base: Decided = Statement.model_validate(
                {**shared, "kind": kind, "content": (span,), "quoted": False}
            )
        elif what == "event":
            base = Event.model_validate({**shared, "type": kind, "trigger": span, "evidence": evidence})
        else:
            if not (filled.by and filled.to):
                raise InputError("a tie needs somebody at each end; choose both")
            ends = {"from": filled.by[0], "to": filled.to[0]}
            base = Tie.model_validate({**shared, **ends, "type": kind, "trigger": span, "evidence": evidence})
        return correction(filled)(record, base)

    return make


def _sentences(record: Record, span: Offsets) -> Offsets:
    """The sentences that the words lie in."""
    over = [s for s in record.sentences if s[0] < span[1] and s[1] > span[0]]
    return (min([span[0], *(s for s, _ in over)]), max([span[1], *(e for _, e in over)]))


def _known(record: Record, filled: Filled) -> None:
    mentions = {m.id for m in record.mentions}
    for id in (*(filled.by or ()), *(filled.to or ()), *((filled.weapon,) if filled.weapon else ())):
        if id not in mentions:
            raise InputError(f"the report names nobody as {id!r} any more; reload the page")


def _event(record: Record, event: Event, filled: Filled) -> Event:
    changed: dict[str, Any] = {**_shared(filled)}
    if filled.kind is not None:
        changed["type"] = _one_of(filled.kind, KINDS["event"], "type")
    if filled.mode is not None:
        changed["mode"] = " ".join(filled.mode.split())[:60] or None
    if filled.by is not None:
        changed["actors"] = _as_before(event.actors, filled.by)
    if filled.to is not None:
        changed["recipients"] = _as_before(event.recipients, filled.to)
    if filled.since is not None or filled.until is not None:
        changed["time"] = _when(event.time, filled)
    if filled.place is not None:
        changed["place"] = _place(record, filled.place)
    if filled.killed is not None:
        changed["killed"] = _count(event.killed, filled.killed)
    if filled.injured is not None:
        changed["injured"] = _count(event.injured, filled.injured)
    if filled.weapon is not None:
        changed["weapon"] = filled.weapon or None
    return event.model_copy(update=changed)


def _tie(tie: Tie, filled: Filled) -> Tie:
    changed: dict[str, Any] = {**_shared(filled)}
    if filled.kind is not None:
        changed["type"] = _one_of(filled.kind, KINDS["tie"], "type")
    for name, chosen in (("from_", filled.by), ("to", filled.to)):
        if chosen is not None:
            if len(chosen) != 1:
                raise InputError("a tie has one actor at each end; choose one")
            changed[name] = chosen[0]
    if filled.state is not None:
        changed["state"] = _one_of(filled.state, STATES, "state")
    if filled.role is not None:
        changed["role"] = " ".join(filled.role.split())[:120] or None
    if filled.since is not None:
        changed["since"] = _day(filled.since, last=False)
    if filled.until is not None:
        changed["until"] = _day(filled.until, last=True)
    made = tie.model_copy(update=changed)
    if made.from_ == made.to:
        raise InputError("both ends of a tie are the same; choose two actors")
    return made


def _statement(statement: Statement, filled: Filled) -> Statement:
    changed: dict[str, Any] = {}
    if filled.kind is not None:
        changed["kind"] = _one_of(filled.kind, KINDS["statement"], "kind")
    if filled.by is not None:
        if len(filled.by) > 1:
            raise InputError("a statement has one speaker; choose one")
        changed["source_mention"] = filled.by[0] if filled.by else None
    if filled.to is not None:
        changed["addressees"] = _as_before(statement.addressees, filled.to)
    if filled.since is not None or filled.until is not None:
        changed["time"] = _when(statement.time, filled)
    return statement.model_copy(update=changed)


def count_words(count: Count | None) -> str:
    """A number of people as it is filled in: ``12``, ``10-12``, ``12+``; empty for none."""
    if count is None:
        return ""
    if count.high is None:
        return f"{count.low}+"
    return f"{count.low}" if count.low == count.high else f"{count.low}-{count.high}"


def _count(before: Count | None, words: str) -> Count | None:
    """The number that somebody filled in; the same number stays as the report words it."""
    words = " ".join(words.split())
    if not words:
        return None
    found = _COUNT.fullmatch(words)
    if found is None:
        raise InputError(f"{words!r} is no number of people; write 12, 10-12 or 12+")
    low = int(found[1])
    high = None if found[3] else int(found[2]) if found[2] else low
    if high is not None and high < low:
        raise InputError(f"{words!r} begins with the larger number; write {high}-{low}")
    if before is not None and (before.low, before.high) == (low, high):
        return before
    return Count(low=low, high=high, text=words)


def _shared(filled: Filled) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    if filled.polarity is not None:
        changed["polarity"] = _one_of(filled.polarity, POLARITIES, "polarity")
    if filled.realis is not None:
        changed["realis"] = _one_of(filled.realis, REALIS, "way of telling")
    return changed


def _as_before(before: tuple[str, ...], chosen: tuple[str, ...]) -> tuple[str, ...]:
    """What was chosen, in the order that it had; the same choice is no change."""
    unique = tuple(dict.fromkeys(chosen))
    kept = tuple(id for id in before if id in unique)
    return (*kept, *(id for id in unique if id not in kept))


def _when(before: When | None, filled: Filled) -> When | None:
    since = _day(filled.since or "", last=False)
    until = _day(filled.until or "", last=True)
    if until is None and since and not (before and before.from_ == since and before.to is None):
        until = _day(filled.since or "", last=True)
    if since is None and until is None:
        return None
    if since and until and since > until:
        raise InputError(f"{since} comes after {until}; the first day comes first")
    if before and (before.from_, before.to) == (since, until):
        return before
    precision = "day" if since == until else "interval"
    return When.model_validate({"from": since, "to": until, "precision": precision})


def _day(text: str, *, last: bool) -> str | None:
    return bound(text, last=last) if text.strip() else None


def _place(record: Record, number: str) -> int | None:
    if not number:
        return None
    if not number.isascii() or not number.isdigit() or int(number) >= len(record.places):
        raise InputError("the report names no such place any more; reload the page")
    return int(number)


def _one_of(value: str, allowed: tuple[str, ...], name: str) -> str:
    if value not in allowed:
        raise InputError(f"{value!r} is no {name}; choose one of: {', '.join(allowed)}")
    return value
