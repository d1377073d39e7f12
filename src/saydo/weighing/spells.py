"""Ties over time: the same tie told by many reports as one, with the time for which it held.

A report states since when a tie holds and when it ended, or it only has it hold: then it held on the day of
the report. Denials, and reports of a tie that another says had ended, are kept as what speaks against it. The
result does not depend on the order of the reports.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from saydo.codebook import Codebook
from saydo.codebook.opposition import words
from saydo.model.case import Bound, Spell
from saydo.model.citations import Ref
from saydo.model.ids import fold
from saydo.model.records import Offsets, Record, Tie
from saydo.weighing.times import span
from saydo.weighing.types import WeighedReport

UNDIRECTED = frozenset(["alliance", "rivalry", "contact"])
_HELD = frozenset(["assertion", "accusation", "claim_of_responsibility", "praise", "condemnation"])
"""Kinds of statement in which a tie is said to hold."""
_ANY = "*"
"""Every title, where an end closes all offices that somebody held."""
_STALE = timedelta(days=60)
"""How long after its end a tie may still be told by reports that do not know of it."""
Key = tuple[str, str, str, str]
"""Type, ends, and of an office its title: a senator is no minister."""


class Told(NamedTuple):
    """What one report tells of one tie."""

    ref: Ref
    type: str
    from_actor: str
    to_actor: str
    from_name: str
    to_name: str
    role: str | None
    since: str | None
    """The first day that it gives, as precise as the text tells it."""
    begins: bool
    """Whether the tie began then; else it only held."""
    until: str | None
    state: str
    positive: bool
    published: str | None
    own_voice: bool

    @property
    def key(self) -> Key:
        """The tie that it tells of."""
        if self.type in UNDIRECTED:
            low, high = sorted((self.from_actor, self.to_actor))
            return self.type, low, high, ""
        title = fold(self.role or "") if self.type == "office" else ""
        return self.type, self.from_actor, self.to_actor, title


class Beginnings(NamedTuple):
    """Words by which a date is the day on which a tie began."""

    before_date: frozenset[str]
    telling: frozenset[str]

    @classmethod
    def of(cls, codebook: Codebook) -> Beginnings:
        """Those of the codebook."""
        rule = codebook.rules["tie"]
        return cls(frozenset(words(rule, "begin-marks")), frozenset(words(rule, "begin-words")))


def told(report: WeighedReport, beginnings: Beginnings) -> Iterator[Told]:
    """What a report tells of ties between known actors; nothing that is only feared, planned or imagined."""
    record, text = report
    mentions = {m.id: m for m in record.mentions}
    names = {a.id: a.name for a in record.actors}
    kinds: dict[str | None, str] = {s.id: s.kind for s in record.statements}
    for tie in record.ties:
        kind = kinds.get(tie.attributed_to, "assertion")
        if kind not in _HELD and kind != "denial":
            continue
        one, other = mentions.get(tie.from_), mentions.get(tie.to)
        if tie.realis not in ("actual", "historical") or one is None or other is None:
            continue
        if one.actor is None or other.actor is None or one.actor == other.actor:
            continue
        at = _sentence(record, tie)
        since, begins = _beginning(record, tie, at, text, beginnings)
        if tie.state == "ended" and not begins:
            since = None  # "in 2011 he resigned": the day is that of the end
        yield Told(
            ref=(record.id, tie.id),
            type=tie.type,
            from_actor=one.actor,
            to_actor=other.actor,
            from_name=names.get(one.actor, one.actor),
            to_name=names.get(other.actor, other.actor),
            role=tie.role,
            since=since,
            begins=begins,
            until=_shown(record, at, tie.until, "to"),
            state=tie.state,
            # what is denied is coded as it would be if it were so
            positive=tie.polarity == "positive" and kind != "denial",
            published=record.date[:10] if record.date and span(record.date) else None,
            own_voice=tie.attributed_to is None,
        )


def _sentence(record: Record, tie: Tie) -> Offsets:
    held = [s for s in record.sentences if s[0] < tie.evidence[1] and tie.evidence[0] < s[1]]
    return (held[0][0], held[-1][1]) if held else tie.evidence


def _beginning(
    record: Record, tie: Tie, at: Offsets, text: str, beginnings: Beginnings
) -> tuple[str | None, bool]:
    """The first day that a tie has, and whether it began then."""
    since, published = span(tie.since), span(record.date)
    if since is None or since.start is None:
        return None, False
    if published and published.end and since.start > published.end:
        return None, False  # resolved the wrong way: "on Friday" is the last one here
    trigger = fold(text[tie.trigger[0] : tie.trigger[1]])
    begins = any(f" {word} " in f" {trigger} " for word in beginnings.telling)
    for time in record.times:
        if at[0] <= time.start < at[1] and time.from_ == tie.since:
            before, words_ = fold(text[at[0] : time.start]), fold(time.text)
            begins = begins or any(
                before.endswith(f" {mark}") or words_.startswith(f"{mark} ")
                for mark in beginnings.before_date
            )
    return _shown(record, at, tie.since, "from"), begins


def _shown(record: Record, at: Offsets, day: str | None, end: str) -> str | None:
    """A bound of a tie as precise as the words that give it: the first of May of "in May" is no day."""
    if span(day) is None or day is None:
        return None
    for time in record.times:
        if at[0] <= time.start < at[1] and (time.from_ if end == "from" else time.to) == day:
            return {"month": day[:7], "year": day[:4]}.get(time.precision, day)
    return day


class _End(NamedTuple):
    day: date
    shown: str
    stated: bool
    ref: Ref


@dataclass(slots=True)
class _Stretch:
    """One spell in the making."""

    begins: list[tuple[date, str, Ref]] = field(default_factory=list)
    """Stated beginnings."""
    holds: list[tuple[date, Ref]] = field(default_factory=list)
    undated: list[Ref] = field(default_factory=list)
    ends: list[_End] = field(default_factory=list)
    against: list[Ref] = field(default_factory=list)

    def end(self) -> _End | None:
        """The end that is told best: stated before inferred, then the earliest."""
        return min(self.ends, key=lambda e: (not e.stated, e.day, e.ref), default=None)

    def rests_on(self) -> tuple[Ref, ...]:
        """Everything it is made from."""
        refs = [r for _, _, r in self.begins] + [r for _, r in self.holds] + [e.ref for e in self.ends]
        return tuple(sorted({*refs, *self.undated}))


def spells(all_told: Iterable[Told]) -> tuple[Spell, ...]:
    """Every tie with the time for which it held, by type, ends and time."""
    by_key: dict[Key, list[Told]] = {}
    closed: dict[Key, list[_End]] = {}
    for each in sorted(all_told, key=lambda t: t.ref):
        by_key.setdefault(each.key, []).append(each)
        end = _end(each)
        if end is not None:
            for key in _closes(each):
                closed.setdefault(key, []).append(end)
    found: list[Spell] = []
    for key, listed in sorted(by_key.items()):
        if any(t.positive for t in listed):
            found += (_spell(key, listed, stretch) for stretch in _stretches(listed, closed.get(key, [])))
    return tuple(found)


def _end(each: Told) -> _End | None:
    """When a report has a tie end; None where it does not, or does not say when by."""
    if each.positive and each.until:
        at = span(each.until)
        if at is not None and at.end is not None:
            return _End(at.end, each.until, True, each.ref)
    if each.positive and each.state == "ended" and each.published:
        return _End(date.fromisoformat(_whole(each.published)), each.published, False, each.ref)
    return None


def _whole(iso: str) -> str:
    at = span(iso)
    return at.end.isoformat() if at and at.end else iso


def _closes(each: Told) -> Iterator[Key]:
    """The ties that end with one that ended: who has left a group no longer leads it or holds office there,
    commands it or is commanded by it."""
    yield each.key
    one, other = each.from_actor, each.to_actor
    if each.state == "ended" and each.type in ("affiliation", "allegiance"):
        yield "command", other, one, ""
        if each.type == "affiliation":
            yield from ((type, one, other, "") for type in ("leadership", "allegiance", "command"))
            yield "office", one, other, _ANY


def _stretches(listed: list[Told], ends: list[_End]) -> list[_Stretch]:
    """The told divided into spells: an end closes one, and what is told of later begins another."""
    made = [_Stretch()]
    dated: list[tuple[date, int, Told | _End]] = [(e.day, 1, e) for e in ends]
    for each in listed:
        begin = span(each.since)
        day = begin.start if begin else _published(each)
        if not each.positive:
            continue
        if each.state == "ended" and begin is None:
            continue  # its end is among the ends
        if day is None or (each.state == "unknown" and begin is None):
            made[0].undated.append(each.ref)
            continue
        dated.append((day, 0, each))
    for day, _, item in sorted(dated, key=lambda d: (d[0], d[1], _ref(d[2]))):
        _place(made, day, item)
    for each in listed:
        if not each.positive:
            _covering(made, _published(each)).against.append(each.ref)
    return [s for s in made if s.rests_on()]


def _ref(item: Told | _End) -> Ref:
    return item.ref


def _published(each: Told) -> date | None:
    at = span(each.published)
    return at.end if at else None


def _place(made: list[_Stretch], day: date, item: Told | _End) -> None:
    last = made[-1]
    end = last.end()
    if isinstance(item, _End):
        last.ends.append(item)
        return
    if end is not None:
        if not item.begins and day - end.day <= _STALE:
            last.against.append(item.ref)
            return
        last = _Stretch()
        made.append(last)
    earlier = min((d for d, _ in last.holds), default=day)
    if item.begins and item.since is not None and day <= earlier:
        last.begins.append((day, item.since, item.ref))
    else:
        last.holds.append((day, item.ref))
    if item.state == "current":
        last.holds.append((max(day, _published(item) or day), item.ref))


def _covering(made: list[_Stretch], day: date | None) -> _Stretch:
    """The spell that a denial of a day speaks against: the first that had not ended by then."""
    if day is not None:
        for stretch in made:
            end = stretch.end()
            if end is None or end.day >= day:
                return stretch
    return made[-1]


def _spell(key: Key, listed: list[Told], stretch: _Stretch) -> Spell:
    refs = set(stretch.rests_on())
    mine = [t for t in listed if t.ref in refs] or listed
    first = mine[0]
    turned = key[1] != first.from_actor
    names = (first.to_name, first.from_name) if turned else (first.from_name, first.to_name)
    roles = Counter(t.role for t in mine if t.role)
    end = stretch.end()
    holds = [day for day, _ in stretch.holds if end is None or day <= end.day]
    return Spell(
        type=key[0],
        from_actor=key[1],
        to_actor=key[2],
        from_name=names[0],
        to_name=names[1],
        role=min(roles, key=lambda r: (-roles[r], r)) if roles else None,
        since=_since(stretch),
        until=Bound(end.shown, end.stated, tuple(sorted({e.ref for e in stretch.ends}))) if end else None,
        last=max(holds).isoformat() if holds else None,
        rests_on=stretch.rests_on(),
        against=tuple(sorted(set(stretch.against))),
        only_said=not any(t.own_voice for t in mine),
    )


def _since(stretch: _Stretch) -> Bound | None:
    """The beginning that most reports state, the earliest of several; else the day of the first report that
    has it hold."""
    if stretch.begins:
        counts = Counter(shown for _, shown, _ in stretch.begins)
        day, shown, _ = min(stretch.begins, key=lambda b: (-counts[b[1]], b[0], b[1]))
        return Bound(shown, True, tuple(sorted({r for _, s, r in stretch.begins if s == shown})))
    if stretch.holds:
        day = min(d for d, _ in stretch.holds)
        refs = tuple(sorted({r for d, r in stretch.holds if d == day}))
        return Bound(day.isoformat(), False, refs)
    return None


def holds_on(spell: Spell, day: date, currency: timedelta) -> str | None:
    """``held`` where the reports have a tie hold on a day, ``likely`` where they tell of it no more than
    ``currency`` before or after and of no end, None where they do not."""
    since, until = (
        span(spell.since.day if spell.since else None),
        span(spell.until.day if spell.until else None),
    )
    first = since.start if since else None
    last = until.end if until else None
    told = date.fromisoformat(spell.last) if spell.last else None
    if last is not None and day > last:
        return None
    if first is not None and day < first:
        near = spell.since is not None and not spell.since.stated and first - day <= currency
        return "likely" if near else None
    if first is not None and (last if last is not None else told or first) >= day:
        return "held"
    if first is None and last is not None:
        return "likely" if last - day <= currency else None
    latest = told or first
    return "likely" if latest is not None and day - latest <= currency else None
