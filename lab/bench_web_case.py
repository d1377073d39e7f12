"""A large case of invented reports, written straight through the store: the same for the same numbers."""

from __future__ import annotations

import os
import random
from datetime import date, timedelta
from pathlib import Path
from typing import get_args

from saydo.model.case import Bound, CaseActor, Spell
from saydo.model.document import Document
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
from saydo.model.store import Derived
from saydo.store import SqliteStore

CODER = CoderInfo(version="0.1.0", reader="bench 1", codebook="bench 1")
FIRST = date(1995, 1, 1)
DAYS = 31 * 365
FINDINGS = 10
"""Of each report: four events, three ties, three statements."""
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


def report(rng: random.Random, n: int, cast: list[Actor]) -> tuple[Document, Record]:
    """A report of ten sentences with a finding each."""
    day = (FIRST + timedelta(days=rng.randrange(DAYS))).isoformat()
    picked = [cast[int(len(cast) * rng.random() ** 3)] for _ in range(6)]
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
    cast = actors(people)
    named: dict[str, list[str]] = {actor.id: [] for actor in cast}
    pairs: dict[tuple[str, str, str], list[tuple[str, str, str]]] = {}
    discrepancies: list[Discrepancy] = []
    with SqliteStore.for_writing(folder) as store:
        run = store.begin_run("2026-01-01T00:00:00Z", ["bench"], "0.1.0")
        # a case that a killed measurement leaves behind is thrown away: nothing here need survive a power cut
        store._db.execute("PRAGMA synchronous = OFF")
        os.fsync = lambda fd: None  # type: ignore[assignment]
        for n in range(reports):
            document, record = report(rng, n, cast)
            store.add(document, document.text.encode(), "text/plain", f"bench/{document.id}.txt")
            store.put_record(record)
            who = {m.id: m.actor for m in record.mentions}
            for actor in record.actors:
                named[actor.id].append(document.id)
            for tie in record.ties[:1]:
                ends = (tie.type, who[tie.from_] or "", who[tie.to] or "")
                if len(pairs) < 3 * people or ends in pairs:
                    pairs.setdefault(ends, []).append((document.id, tie.id, record.date or ""))
            if n % 10 == 0:
                discrepancies.append(_discrepancy(rng, len(discrepancies), record))
            if n % 500 == 300:
                store.put_failure(document.id, "made to fail for measuring")
        failed = {f"r{n}" for n in range(300, reports, 500)}
        names = {actor.id: actor.name for actor in cast}
        store.put_derived(
            Derived(
                tuple(
                    CaseActor(a, tuple(named[a.id]), 2 * len(named[a.id]), len(named[a.id]), len(named[a.id]),
                              len(named[a.id]))
                    for a in sorted(cast, key=lambda a: a.id)
                ),
                tuple(d for d in discrepancies if d.statement.document not in failed),
                spells=tuple(_spell(rng, names, ends, told) for ends, told in sorted(pairs.items())),
            ),
            "bench",
        )  # fmt: skip
        store.end_run(run, "2026-01-01T01:00:00Z", "done")


def _discrepancy(rng: random.Random, n: int, record: Record) -> Discrepancy:
    said, done = record.statements[0], record.events[0]
    return Discrepancy(
        id=f"d{n}", kind=rng.choice(get_args(DiscrepancyKind)), speaker=record.mentions[14].actor,
        speaker_name=record.mentions[14].text,
        statement=Pole(document=record.id, id=said.id, quote="They said so."),
        against=(Pole(document=record.id, id=done.id, quote="It was otherwise."),), basis="inferred",
        explanation="Made for measuring.", rule="bench", score=round(1 - n / 100_000, 5),
    )  # fmt: skip


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
