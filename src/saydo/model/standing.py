"""A record as it stands after what people decided about its findings.

The record of a report is coded anew with every model; what a person accepted, rejected, corrected or added
is put into it each time. A rejected finding is left out, an accepted or corrected one stays as the person
left it, and what the coder has in its place now is a proposal, never more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from saydo.model.choices import (
    Decision,
    DecisionKind,
    FindingAnchor,
    Version,
    anchor_of,
    found_again,
)
from saydo.model.ids import digest
from saydo.model.records import Event, Mention, Offsets, Place, Record, Statement, Tie
from saydo.model.twins import corrected_twins, twins

What = Literal["event", "tie", "statement"]
Decided = Event | Tie | Statement
"""What a person can decide about in a report."""
State = Literal["accepted", "rejected", "corrected", "flagged", "added"]
_STATES: dict[DecisionKind, State] = {
    "accept-finding": "accepted",
    "reject-finding": "rejected",
    "correct-finding": "corrected",
    "flag-finding": "flagged",
    "add-finding": "added",
}
BY_PERSON = "person"
"""The rule of a finding that a person added."""


class Stance(NamedTuple):
    """What holds of one finding of a report."""

    what: What
    finding: str
    decision: int
    state: State
    proposal: tuple[tuple[str, str, str], ...] = ()
    """(field, as the person left it, as the coder has it now) where the coder changed its mind since."""
    now: Version | None = None
    """What the coder has there now, where that is a proposal."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A record with people's decisions in it, and what holds of each finding decided on."""

    record: Record
    stances: tuple[Stance, ...] = ()
    lost: frozenset[int] = frozenset()
    """Numbers of the decisions that match nothing in the report any more."""


def by_hand(decision: int) -> str:
    """The id of a finding that stands in a record by a decision alone; no coder gives such ids."""
    return f"h{decision}"


def what_of(finding: Decided) -> What:
    """Which of the three a finding is."""
    if isinstance(finding, Event):
        return "event"
    return "tie" if isinstance(finding, Tie) else "statement"


def decided_findings(record: Record) -> list[Decided]:
    """All findings that a person can decide about."""
    return [*record.events, *record.ties, *record.statements]


def finding_in(record: Record, id: str) -> Decided | None:
    """The event, tie or statement with this id."""
    return next((f for f in decided_findings(record) if f.id == id), None)


def mention_ids(finding: Decided) -> tuple[str, ...]:
    """Ids of all mentions that a finding refers to, in the order of its fields."""
    if isinstance(finding, Event):
        return (*finding.actors, *finding.recipients, *((finding.weapon,) if finding.weapon else ()))
    if isinstance(finding, Tie):
        return (finding.from_, finding.to)
    return (*((finding.source_mention,) if finding.source_mention else ()), *finding.addressees)


def version_of(record: Record, finding: Decided, text: str) -> Version:
    """A finding of a record with all that it refers to."""
    wanted = set(mention_ids(finding))
    mentions = tuple(m for m in record.mentions if m.id in wanted)
    actors = {m.actor for m in mentions if m.actor}
    said = None
    if not isinstance(finding, Statement) and finding.attributed_to:
        statement = finding_in(record, finding.attributed_to)
        said = anchor_of(record, statement, text) if statement else None
    place = finding.place if isinstance(finding, Event) else None
    return Version(
        event=finding if isinstance(finding, Event) else None,
        tie=finding if isinstance(finding, Tie) else None,
        statement=finding if isinstance(finding, Statement) else None,
        mentions=mentions,
        actors=tuple(a for a in record.actors if a.id in actors),
        place=record.places[place] if place is not None else None,
        said=said,
    )


def held(version: Version) -> Decided:
    """The finding of a version."""
    found = version.event or version.tie or version.statement
    assert found is not None, "a version holds a finding"
    return found


def described(version: Version) -> dict[str, str]:
    """What a finding says, field by field in words and independent of any record's ids."""
    finding = held(version)
    names = {a.id: a.name for a in version.actors}
    named = {m.id: names.get(m.actor or "", m.text) for m in version.mentions}

    def who(ids: Iterable[str]) -> str:
        return ", ".join(sorted(named.get(id, id) for id in ids))

    if isinstance(finding, Statement):
        speaker = (finding.source_mention,) if finding.source_mention else ()
        return {"kind": finding.kind, "speaker": who(speaker), "to": who(finding.addressees)}
    shared = {"polarity": finding.polarity, "realis": finding.realis}
    if isinstance(finding, Tie):
        return {
            "type": finding.type, "from": who((finding.from_,)), "to": who((finding.to,)),
            "role": finding.role or "", "state": finding.state, "since": finding.since or "",
            "until": finding.until or "", **shared,
        }  # fmt: skip
    when = finding.time
    return {
        "type": finding.type, "mode": finding.mode or "", "actors": who(finding.actors),
        "recipients": who(finding.recipients),
        "date": " – ".join(dict.fromkeys(d for d in (when.from_, when.to) if d)) if when else "",
        "place": (version.place.name or version.place.text) if version.place else "",
        "killed": finding.killed.text if finding.killed else "",
        "injured": finding.injured.text if finding.injured else "",
        "weapon": who((finding.weapon,)) if finding.weapon else "", **shared,
    }  # fmt: skip


def seen_as(version: Version) -> str:
    """A digest of what a finding says."""
    told = {key: words for key, words in described(version).items() if words or key != "weapon"}
    return digest(*(part for pair in sorted(told.items()) for part in pair))[:16]


def stand(record: Record, text: str, decisions: Iterable[Decision]) -> Standing:
    """The record of a report with people's decisions in it; ``decisions`` are those in force about findings
    of this report. Of several about one finding the later holds. Pure."""
    at_work = _Work(record, text)
    for decision in sorted(decisions, key=lambda d: d.number):
        at_work.follow(decision)
    return at_work.done()


def meant(record: Record, text: str, decision: Decision) -> str | None:
    """The id of the finding of a record, as the coder made it, that a decision speaks of, found as
    :func:`stand` finds it; None where the coder has nothing there any more."""
    if decision.finding is None or decision.version is None:
        return None
    return _Work(record, text)._match(decision.finding, decision.version, decision.kind)


@dataclass
class _Work:
    """A record while decisions are put into it."""

    record: Record
    text: str
    coded: dict[str, Version] = field(default_factory=dict)
    stances: dict[str, tuple[Decision, What]] = field(default_factory=dict)
    lost: set[int] = field(default_factory=set)

    def follow(self, decision: Decision) -> None:
        """Puts one decision into the record."""
        version = decision.version
        if decision.finding is None or version is None:
            return
        if decision.kind == "add-finding":
            self._place(version, by_hand(decision.number), decision)
            return
        id = self._match(decision.finding, version, decision.kind)
        keeps = decision.kind in ("accept-finding", "correct-finding")
        if id is None and keeps:
            # what a person stands by stays, though the coder has nothing there any more
            self._place(version, by_hand(decision.number), decision)
        elif id is None:
            self.lost.add(decision.number)
        elif keeps:
            self._place(version, id, decision)
        else:
            found = finding_in(self.record, id)
            assert found is not None
            self.stances[id] = (decision, what_of(found))

    def _match(self, anchor: FindingAnchor, version: Version, kind: DecisionKind) -> str | None:
        """The finding that a decision means: same type and words, of several with the same parties and kind.
        What a person stands by is also what the coder now has at these words under another type."""
        meant = held(version)
        names = [id for id in found_again(self.record, anchor) if self._like(id, meant, kind)]
        if not names and kind in ("accept-finding", "correct-finding"):
            spans = (anchor.start, anchor.end)
            names = [
                f.id
                for f in decided_findings(self.record)
                if what_of(f) == what_of(meant) and f.id not in self.stances and _over(_stretch(f), spans)
            ]
        parties = described(version)
        keys = [key for key in ("kind", "actors", "recipients", "from", "to", "speaker") if key in parties]

        def unlike(id: str) -> int:
            found = finding_in(self.record, id)
            assert found is not None
            now = described(self.coded.get(id) or version_of(self.record, found, self.text))
            return sum(parties[key] != now.get(key) for key in keys)

        return min(names, key=lambda id: (unlike(id), names.index(id)), default=None)

    def _like(self, id: str, meant: Decided, kind: DecisionKind) -> bool:
        found = finding_in(self.record, id)
        if found is None or what_of(found) != what_of(meant):
            return False
        # a statement's anchor does not tell its kind; rejecting a pledge says nothing of a denial
        same_kind = not isinstance(found, Statement) or found.kind == meant.kind  # type: ignore[union-attr]
        return same_kind or kind not in ("reject-finding", "flag-finding")

    def _place(self, version: Version, id: str, decision: Decision) -> None:
        """Puts a version into the record under an id, in place of what is there."""
        now = finding_in(self.record, id)
        if now is not None and id not in self.coded:
            self.coded[id] = version_of(self.record, now, self.text)
        finding = held(version)
        said = self._said(version)
        if version.said is not None and said is None:
            self.lost.add(decision.number)  # nobody is known any more to say it
            return
        mentions = {m.id: self._mention(m, version) for m in version.mentions}
        placed = _renamed(finding, id, mentions, self._at(version.place), said, now)
        self.record = _with(self.record, placed)
        if isinstance(now, Event) and isinstance(placed, Event):
            self.record = corrected_twins(self.record, now, placed)
        self.stances[id] = (decision, what_of(placed))

    def _said(self, version: Version) -> str | None:
        if version.said is None:
            return None
        return next(iter(found_again(self.record, version.said)), None)

    def _mention(self, wanted: Mention, version: Version) -> str:
        """The id under which a mention is found again, or put in."""
        here = [
            m for m in self.record.mentions if _over((m.start, m.end), (wanted.start, wanted.end))
            and (m.actor == wanted.actor or not m.actor)
        ]  # fmt: skip
        if here:
            return max(here, key=lambda m: (m.actor == wanted.actor, _shared(m, wanted))).id
        id = f"p{len(self.record.mentions)}"
        known = {a.id for a in self.record.actors}
        actors = tuple(a for a in version.actors if a.id == wanted.actor and a.id not in known)
        mention = wanted.model_copy(update={"id": id, "stands_for": None})
        update = {"mentions": (*self.record.mentions, mention), "actors": (*self.record.actors, *actors)}
        self.record = self.record.model_copy(update=update)
        return id

    def _at(self, place: Place | None) -> int | None:
        if place is None:
            return None
        for n, known in enumerate(self.record.places):
            if (known.name or known.text) == (place.name or place.text) and known.start == place.start:
                return n
        self.record = self.record.model_copy(update={"places": (*self.record.places, place)})
        return len(self.record.places) - 1

    def done(self) -> Standing:
        """The record without what was rejected, and what holds of each finding."""
        gone = {id for id, (decision, _) in self.stances.items() if decision.kind == "reject-finding"}
        gone |= {twin for e in self.record.events if e.id in gone for twin in twins(self.record, e)}
        stances = tuple(self._stance(id, *at) for id, at in sorted(self.stances.items()))
        return Standing(without(self.record, gone), stances, frozenset(self.lost))

    def _stance(self, id: str, decision: Decision, what: What) -> Stance:
        state = _STATES[decision.kind]
        if state not in ("accepted", "corrected") or decision.version is None:
            return Stance(what, id, decision.number, state)
        now = self.coded.get(id)
        ours = described(decision.version)
        if now is None:
            gone = (("coded", "yes", "no longer"),) if decision.seen else ()
            return Stance(what, id, decision.number, state, gone)
        theirs = described(now)
        if seen_as(now) == decision.seen or theirs == ours:
            return Stance(what, id, decision.number, state)
        differ = tuple((key, ours[key], theirs.get(key, "")) for key in ours if ours[key] != theirs.get(key))
        return Stance(what, id, decision.number, state, differ, now)


def without(record: Record, gone: set[str]) -> Record:
    """The record without some findings; what was coded from the words of a statement that is gone goes with
    it, since nobody is known any more to say it."""
    if not gone:
        return record
    voiced: tuple[Event | Tie, ...] = (*record.events, *record.ties)
    out = gone | {f.id for f in voiced if f.attributed_to in gone}
    statements = tuple(
        s.model_copy(
            update={
                "events": tuple(e for e in s.events if e not in out),
                "ties": tuple(t for t in s.ties if t not in out),
            }
        )
        for s in record.statements
        if s.id not in out
    )
    propositions = tuple(p for p in record.propositions if p.attributed_to not in out and p.id not in out)
    left = out | {p.id for p in record.propositions} - {p.id for p in propositions}
    return record.model_copy(
        update={
            "events": tuple(e for e in record.events if e.id not in out),
            "ties": tuple(t for t in record.ties if t.id not in out),
            "statements": statements,
            "propositions": propositions,
            "discrepancies": tuple(
                d for d in record.discrepancies if not left & {p.id for p in (d.statement, *d.against)}
            ),
        }
    )


def _with(record: Record, placed: Decided) -> Record:
    name = {"event": "events", "tie": "ties", "statement": "statements"}[what_of(placed)]
    listed: tuple[Decided, ...] = getattr(record, name)
    if any(f.id == placed.id for f in listed):
        return record.model_copy(update={name: tuple(placed if f.id == placed.id else f for f in listed)})
    return record.model_copy(update={name: (*listed, placed)})


def _renamed(
    finding: Decided, id: str, ids: dict[str, str], place: int | None, said: str | None, now: Decided | None
) -> Decided:
    """The finding with the ids that its references have in this record."""
    if isinstance(finding, Statement):
        of = now if isinstance(now, Statement) else None
        return finding.model_copy(
            update={
                "id": id,
                "source_mention": ids.get(finding.source_mention or ""),
                "addressees": tuple(ids[m] for m in finding.addressees if m in ids),
                "events": of.events if of else (),
                "ties": of.ties if of else (),
            }
        )
    if isinstance(finding, Tie):
        return finding.model_copy(
            update={"id": id, "from_": ids[finding.from_], "to": ids[finding.to], "attributed_to": said}
        )
    return finding.model_copy(
        update={
            "id": id,
            "actors": tuple(ids[m] for m in finding.actors if m in ids),
            "recipients": tuple(ids[m] for m in finding.recipients if m in ids),
            "weapon": ids.get(finding.weapon or ""),
            "place": place,
            "attributed_to": said,
        }
    )


def _stretch(finding: Decided) -> Offsets:
    if isinstance(finding, Statement):
        return (min(s for s, _ in finding.content), max(e for _, e in finding.content))
    return finding.trigger


def _over(a: Offsets, b: Offsets) -> bool:
    return min(a[1], b[1]) > max(a[0], b[0])


def _shared(one: Mention, other: Mention) -> int:
    return min(one.end, other.end) - max(one.start, other.start)
