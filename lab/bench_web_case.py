"""A large case of invented reports, written straight through the store: the same for the same numbers."""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import get_args

from saydo import store as cases
from saydo.model.case import Bound, CaseActor, Commitment, Spell
from saydo.model.choices import Decision, DecisionKind, DiscrepancyAnchor, FindingAnchor
from saydo.model.document import Document
from saydo.model.identity import Candidate, Identities, Merge, Question, Sight
from saydo.model.records import (
    Actor,
    CoderInfo,
    Discrepancy,
    DiscrepancyKind,
    Event,
    EventType,
    Mention,
    Place,
    Pole,
    Record,
    Statement,
    StatementKind,
    Tie,
    TieType,
    When,
)
from saydo.model.standing import seen_as, version_of
from saydo.model.store import Derived

CODER = CoderInfo(version="0.1.0", reader="bench 1", codebook="bench 1")
FIRST = date(1995, 1, 1)
DAYS = 31 * 365
FINDINGS = 10
"""Of each report: four events, three ties, three statements."""
OTHER_NAMES, UNNAMED = 0.1, 0.03
"""Share of the reports that call an actor by another name that it has everywhere, and that speak of one in
words which mean another actor in each report."""
_LEFT = ("Red", "Upper", "Black", "River", "Stone", "Salt", "North", "Cedar", "Iron", "White", "Lower", "Old")
_RIGHT = ("Valley", "Harbour", "Ridge", "Delta", "Plain", "Marsh", "Ford", "Coast", "Gate", "Forest")
_KIND = ("Front", "Brigade", "Council", "Ministry", "Union", "Guard", "Company", "Assembly")
_VERBS = ("shelled", "met", "blamed", "joined", "armed", "warned", "praised", "left")
_TOWNS = ("the quay", "the mill", "the school", "the pass", "the depot", "the market")
_COUNTRIES = (("KGZ", 41.2, 74.7), ("MLI", 17.5, -4.0), ("COL", 4.6, -74.1), ("IRQ", 33.0, 43.7))
_PRECISION = ("exact", "city", "district", "admin1", "country")


def actors(count: int) -> list[Actor]:
    """Invented actors; those in front are named most often."""
    made = []
    for n in range(count):
        name = f"{_LEFT[n % 12]} {_RIGHT[n // 12 % 10]} {_KIND[n // 120 % 8]}"
        name += f" {n // 960}" if n >= 960 else ""
        kind = ("armed group", "government", "movement")[n % 3]
        made.append(Actor(id=f"a{n}", name=name, kind=kind, resolved_by="name", reason="made for measuring"))
    return made


def called_otherwise(actor: Actor) -> Actor:
    """An actor as reports name it that use its other name; the case takes both for one."""
    return actor.model_copy(update={"id": f"b{actor.id[1:]}", "name": f"{actor.name} Command"})


def unnamed(n: int) -> Actor:
    """Somebody whom no report names."""
    name = (
        f"{('Local', 'Armed', 'Hill', 'Coast')[n % 4]} {('Rebels', 'Militia', 'Elders', 'Traders')[n // 4]}"
    )
    return Actor(id=f"c{n}", name=name, kind="armed group", resolved_by="introduced", reason="made")


def report(rng: random.Random, n: int, cast: list[Actor]) -> tuple[Document, Record]:
    """A report of ten sentences with a finding each."""
    day = (FIRST + timedelta(days=rng.randrange(DAYS))).isoformat()
    picked = [cast[int(len(cast) * rng.random() ** 3)] for _ in range(6)]
    chance = rng.random()
    if chance < OTHER_NAMES:
        picked[2] = called_otherwise(picked[2])
    elif chance < OTHER_NAMES + UNNAMED:
        picked[3] = unnamed(rng.randrange(16))
    text, at = "", 0
    mentions: list[Mention] = []
    spans: list[tuple[int, int, int]] = []
    for k in range(FINDINGS):
        one, verb, other = picked[k % 6], rng.choice(_VERBS), picked[(k + 1 + k // 6) % 6]
        sentence = (
            f"The {one.name} {verb} the {other.name} at {rng.choice(_TOWNS)} on day {rng.randrange(365)}. "
        )
        first = at + 4
        second = first + len(one.name) + len(verb) + 6
        for m, (start, who) in enumerate(((first, one), (second, other))):
            end = start + len(who.name)
            mentions.append(
                Mention(id=f"m{2 * k + m}", start=start, end=end, text=who.name, type="group", actor=who.id,
                        head=(start, end), named=True)
            )  # fmt: skip
        spans.append((at, first + len(one.name) + 1, at + len(sentence) - 1))
        text += sentence
        at += len(sentence)
    spot = rng.randrange(3000)
    country, lat, lon = _COUNTRIES[spot % 4]
    place = Place.model_validate({
        "start": 0, "end": 3, "text": "Tal", "name": f"Tal {spot}", "country": country,
        "lat": round(lat + spot % 61 / 10 - 3, 3), "lon": round(lon + spot % 67 / 10 - 3, 3),
        "precision": _PRECISION[spot % 5], "score": 0.7, "reason": "bench",
    })  # fmt: skip
    when = When.model_validate({"from": day, "to": day, "precision": "day"})
    events, ties, statements = [], [], []
    for k, (start, trigger, end) in enumerate(spans):
        score, a, b = round(rng.random(), 3), f"m{2 * k}", f"m{2 * k + 1}"
        word = (trigger, trigger + 3)
        if k < 4:
            events.append(Event(
                id=f"e{k}", type=rng.choice(get_args(EventType)), trigger=word, actors=(a,), recipients=(b,),
                time=when if k % 2 else None, place=0 if k < 3 else None, evidence=(start, end), rule="bench",
                score=score,
            ))  # fmt: skip
        elif k < 7:
            ties.append(Tie.model_validate({
                "id": f"t{k}", "type": rng.choice(get_args(TieType)), "from": a, "to": b, "trigger": word,
                "state": rng.choice(("current", "ended", "unknown")), "evidence": (start, end),
                "rule": "bench", "score": score,
            }))  # fmt: skip
        else:
            statements.append(Statement(
                id=f"s{k}", kind=rng.choice(get_args(StatementKind)), source=((start + 4, trigger - 1),),
                source_mention=a, content=((trigger, end),), quoted=bool(k % 2), score=score,
            ))  # fmt: skip
    title = f"Dispatch {n}: {picked[0].name} and {picked[1].name}"
    document = Document(
        id=f"r{n}", text=text, date=day, title=title, publisher=f"Wire {n % 40}", language="en"
    )
    used = {actor.id: actor for actor in picked}
    record = Record(
        id=document.id, text_sha256=document.text_sha256, coder=CODER, title=title, date=day,
        sentences=tuple((start, end) for start, _, end in spans), mentions=tuple(mentions),
        actors=tuple(used.values()), places=(place,), events=tuple(events), ties=tuple(ties),
        statements=tuple(statements),
    )  # fmt: skip
    return document, record


def build(folder: Path, reports: int, people: int, seed: int = 7) -> None:
    """Writes a case of so many reports, ten findings in each, with so many actors."""
    rng = random.Random(seed)
    made = _Together(rng, actors(people))
    with cases.for_writing(folder) as store:
        run = store.begin_run("2026-01-01T00:00:00Z", ["bench"], "0.1.0")
        # a case that a killed measurement leaves behind is thrown away: nothing here need survive a power cut
        if isinstance(store._db, sqlite3.Connection):
            store._db.execute("PRAGMA synchronous = OFF")
        os.fsync = lambda fd: None  # type: ignore[assignment]
        for n in range(reports):
            document, record = report(rng, n, made.cast)
            store.add(document, document.text.encode(), "text/plain", f"bench/{document.id}.txt")
            store.put_record(record)
            if n % 500 == 300:
                store.put_failure(document.id, "made to fail for measuring")
            else:
                made.meet(record, document.text)
        numbers = store.put_decisions(tuple(made.decisions))
        store.put_derived(made.derived(numbers), "bench")
        store.end_run(run, "2026-01-01T01:00:00Z", "done")


class _Together:
    """What was found across the reports, and what people decided, while the reports are made."""

    def __init__(self, rng: random.Random, cast: list[Actor]) -> None:
        self.rng, self.cast = rng, cast
        self.decisions: list[Decision] = []
        self._named: dict[str, list[str]] = {actor.id: [] for actor in cast}
        self._pairs: dict[tuple[str, str, str], list[tuple[str, str, str]]] = {}
        self._discrepancies: list[Discrepancy] = []
        self._commitments: list[Commitment] = []
        self._whole: dict[str, str] = {}
        self._here: dict[tuple[str, str], str] = {}
        self._merges: list[Merge] = []
        self._questions: list[Question] = []

    def meet(self, record: Record, text: str) -> None:
        """One more report."""
        who = {actor.id: self._in_case(actor, record) for actor in record.actors}
        for id in dict.fromkeys(who.values()):
            self._named[id].append(record.id)
        of = {m.id: who[m.actor or ""] for m in record.mentions}
        for tie in record.ties[:1]:
            ends = (tie.type, of[tie.from_], of[tie.to])
            if len(self._pairs) < 3 * len(self.cast) or ends in self._pairs:
                self._pairs.setdefault(ends, []).append((record.id, tie.id, record.date or ""))
        n = len(self._here) + len(self._discrepancies)
        if self.rng.random() < 0.3:
            self._held_against(record, text, of)
        for said in record.statements:
            if said.kind == "pledge" and self.rng.random() < 0.5:
                outcome = self.rng.choice(("kept", "broken", "open"))
                against = () if outcome == "open" else ((record.id, record.events[n % 4].id),)
                speaker = of[said.source_mention or ""]
                name = self.cast[int(speaker[1:])].name
                self._commitments.append(Commitment(record.id, said.id, speaker, name, outcome, against))
        if self.rng.random() < 0.015:
            event = record.events[0]
            version = version_of(record, event, text)
            self._decide(
                self.rng.choice(("accept-finding", "flag-finding")), finding=_anchor(record, event, text),
                version=version, seen=seen_as(version),
            )  # fmt: skip

    def _in_case(self, actor: Actor, record: Record) -> str:
        """Whom a report's actor counts as in the case."""
        if actor.id[0] == "a":
            return actor.id
        mention = next(m for m in record.mentions if m.actor == actor.id)
        sight = Sight(record.id, mention.id, mention.start, mention.end, mention.text)
        if actor.id[0] == "b":
            whom = f"a{actor.id[1:]}"
            if actor.id not in self._whole:
                self._whole[actor.id] = whom
                self._merges.append(Merge(whom, actor.id, None, "spelling", "made for measuring", (sight,)))
            return whom
        whom = self.rng.choice(self.cast).id
        self._here[record.id, actor.id] = whom
        self._merges.append(Merge(whom, actor.id, record.id, "wording", "made for measuring", (sight,)))
        if len(self._questions) < 400:
            others = tuple(
                Candidate(other.id, other.name, "named in the same report", "", (sight,))
                for other in self.rng.sample(self.cast, 2)
            )
            id = f"q{len(self._questions)}"
            self._questions.append(Question(id, actor.id, actor.name, (record.id,), others, (sight,)))
        return whom

    def _held_against(self, record: Record, text: str, of: dict[str, str]) -> None:
        rng, said, done = self.rng, record.statements[0], record.events[0]
        number = len(self._discrepancies) + len(self.decisions)
        held = Discrepancy(
            id=f"d{number}", kind=rng.choice(get_args(DiscrepancyKind)),
            speaker=of["m14"] if rng.random() < 0.97 else None, speaker_name=record.mentions[14].text,
            statement=Pole(document=record.id, id=said.id, quote=_sentence(record, text, 7)),
            against=(Pole(document=record.id, id=done.id, quote=_sentence(record, text, 0)),),
            basis="flagged" if rng.random() < 0.2 else "inferred", explanation="Made for measuring.",
            rule="bench", score=round(1 / (1 + number / 10_000), 5), needs_review=rng.random() < 0.3,
        )  # fmt: skip
        chance = rng.random()
        if chance < 0.01:
            verdict: DecisionKind = rng.choice(("uphold", "unclear", "reject"))
            anchor = DiscrepancyAnchor(
                kind=held.kind, statement=_anchor(record, said, text), against=(_anchor(record, done, text),)
            )
            self._decide(verdict, discrepancy=anchor, judged=held)
            if verdict == "reject":
                return
        self._discrepancies.append(held)

    def _decide(self, kind: DecisionKind, **about: object) -> None:
        n = len(self.decisions)
        at, who = f"2026-01-{n % 28 + 1:02}T{n % 24:02}:00:00Z", ("R. Lind", "T. Osei", "M. Aydin")[n % 3]
        self.decisions.append(Decision(number=0, at=at, who=who, kind=kind, why="made", **about))  # type: ignore[arg-type]

    def derived(self, numbers: Sequence[int]) -> Derived:
        """All of it; ``numbers`` are those that the decisions were given."""
        verdicts = {
            d.judged.id: number for number, d in zip(numbers, self.decisions, strict=True)
            if d.judged is not None and d.kind != "reject"
        }  # fmt: skip
        names = {actor.id: actor.name for actor in self.cast}
        counts = {id: (2 * len(held), len(held), len(held), len(held)) for id, held in self._named.items()}
        return Derived(
            tuple(
                CaseActor(a, tuple(self._named[a.id]), *counts[a.id])
                for a in sorted(self.cast, key=lambda a: a.id)
            ),
            tuple(self._discrepancies),
            tuple(self._commitments),
            identities=Identities(
                whole=self._whole, here=self._here, merges=tuple(self._merges),
                questions=tuple(self._questions),
            ),
            spells=tuple(_spell(self.rng, names, ends, told) for ends, told in sorted(self._pairs.items())),
            verdicts=verdicts,
        )  # fmt: skip


def _sentence(record: Record, text: str, n: int) -> str:
    start, end = record.sentences[n]
    return text[start:end]


def _anchor(record: Record, found: Statement | Event, text: str) -> FindingAnchor:
    """Where a finding stands, as a decision knows it."""
    start, end = found.content[0] if isinstance(found, Statement) else found.trigger
    type = "statement" if isinstance(found, Statement) else found.type
    return FindingAnchor(document=record.id, start=start, end=end, type=type, words=text[start:end])


def _spell(
    rng: random.Random, names: dict[str, str], ends: tuple[str, str, str], told: list[tuple[str, str, str]]
) -> Spell:
    days = sorted(day for *_, day in told)
    refs = tuple((document, id) for document, id, _ in told)
    over = rng.random() < 0.4
    end = (date.fromisoformat(days[-1]) + timedelta(days=rng.randrange(30, 3000))).isoformat()
    return Spell(
        type=ends[0], from_actor=ends[1], to_actor=ends[2], from_name=names[ends[1]], to_name=names[ends[2]],
        role="split" if ends[0] == "succession" else None, since=Bound(days[0], True, refs[:1]),
        until=Bound(end, True, refs[-1:]) if over else None, last=days[-1], rests_on=refs,
    )  # fmt: skip
