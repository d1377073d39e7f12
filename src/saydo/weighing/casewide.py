"""What takes all reports together where a case is weighed report by report: who is who, and ties over time.

Both are made anew each time, from the little that each report says of names and ties. A report whose actors
count as others than when it was weighed is weighed anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from saydo.codebook import Codebook
from saydo.model.choices import VERDICTS, Choices
from saydo.model.identity import NOBODY, Identities
from saydo.model.ids import digest
from saydo.model.ledger import Known, Ledger
from saydo.model.records import Discrepancy
from saydo.weighing.decided import Decided, anchors, last_verdicts, lore
from saydo.weighing.facts import packed, unpacked
from saydo.weighing.garbage import uncollected
from saydo.weighing.identity import identities
from saydo.weighing.outcome import cluster_of, outcome_of
from saydo.weighing.sightings import Roll, roll
from saydo.weighing.spells import Beginnings, Told, spells, told
from saydo.weighing.types import Weighed, WeighedReport


def known(report: WeighedReport, codebook: Codebook) -> Known:
    """What a report says for itself, before it is weighed."""
    own = json.dumps([d.model_dump_json() for d in report.record.discrepancies], ensure_ascii=False)
    return Known(packed(Roll, roll(report.record, report.text, lore(codebook))), own, "", "[]")


def who_is_who(ledger: Ledger, codebook: Codebook, choices: Choices) -> Identities:
    """Who is who over all reports; in one alone everybody is what it takes them for."""
    with uncollected():
        held: dict[Any, Any] = {}
        rolls = tuple(unpacked(Roll, each.roll).sharing(held) for _, _, each in ledger.known())
        del held
        return NOBODY if len(rolls) < 2 else identities(rolls, lore(codebook), choices)


def other_than_weighed(ledger: Ledger, who: Identities) -> list[int]:
    """Numbers of the reports some of whose actors now count as others, or for other reasons."""
    return [
        number
        for number, _, each in ledger.known()
        if each.identity != identity(who, unpacked(Roll, each.roll))
    ]


def identity(who: Identities, seen: Roll) -> str:
    """A digest of all by which the actors of a report count as those of the case."""
    rows = []
    for each in seen.seen:
        id = who.of(each.document, each.id)
        actor = who.actors.get(id)
        if id != each.id or actor is not None:
            steps = [(m.reason, m.evidence) for m in who.steps(each.document, each.id)]
            plain = actor.model_dump(exclude={"aliases"}) if actor is not None else None
            rows.append([each.id, id, plain, steps])
    return digest(json.dumps(rows)) if rows else "its own"


def weighed_as(
    ledger: Ledger, number: int, who: Identities, report: WeighedReport, codebook: Codebook
) -> None:
    """Notes under which actors a report is weighed, and what it then tells of ties; ``report`` has the actors
    of the case."""
    held = ledger.known_of(number)
    if held is not None:
        said = ties_of(report, codebook)
        ledger.know(number, held._replace(identity=identity(who, unpacked(Roll, held.roll)), ties=said))


def note_weighed(ledger: Ledger, number: int, identity: str, ties: str) -> None:
    """The same, where that was worked out elsewhere."""
    held = ledger.known_of(number)
    if held is not None:
        ledger.know(number, held._replace(identity=identity, ties=ties))


def ties_of(report: WeighedReport, codebook: Codebook) -> str:
    """What a report tells of ties, as JSON."""
    return json.dumps([list(t) for t in told(report, Beginnings.of(codebook))], ensure_ascii=False)


def in_force(choices: Choices) -> dict[int, frozenset[str]]:
    """Numbers of the decisions on events and discrepancies that hold → the reports that they speak of."""
    events = choices.in_force("same-event", "not-same-event")
    verdicts = (d for d in last_verdicts(choices) if d.kind in VERDICTS)
    return {d.number: frozenset(a.document for a in anchors(d)) for d in (*events, *verdicts)}


def newly_decided(ledger: Ledger, now: dict[int, frozenset[str]]) -> list[int]:
    """Numbers of the reports that decisions speak of which were made or undone since the case was weighed."""
    before = {int(n): documents for n, documents in json.loads(ledger.mark("decided") or "{}").items()}
    every = {d for n in now.keys() ^ before.keys() for d in now.get(n) or before[n]}
    return [number for d in sorted(every) if (number := ledger.number(d)) is not None]


def follow(ledger: Ledger, now: dict[int, frozenset[str]]) -> None:
    """Notes which decisions the case is weighed by."""
    ledger.set_mark("decided", json.dumps({n: sorted(documents) for n, documents in now.items()}))


def own_of(ledger: Ledger) -> Iterator[Discrepancy]:
    """The discrepancies of the records themselves, report by report."""
    for _, _, each in ledger.known():
        yield from (Discrepancy.model_validate_json(text) for text in json.loads(each.own))


def together(ledger: Ledger, who: Identities, decided: Decided) -> Weighed:
    """All that holds of a case of which every report is weighed, apart from what was kept and tallied."""
    outcomes = [outcome_of(text) for _, text in ledger.outcomes()]
    return Weighed(
        discrepancies=tuple(d for each in outcomes for d in each.discrepancies),
        kept=(),
        clusters=tuple(sorted(map(cluster_of, ledger.clusters()), key=lambda c: c.members)),
        commitments=tuple(c for each in outcomes for c in each.commitments),
        tallies=(),
        identities=who,
        spells=spells(_told(ledger)),
        lost=decided.lost | who.lost,
        rejected=frozenset(n for each in outcomes for n in each.rejected),
    )


def _told(ledger: Ledger) -> Iterable[Told]:
    for _, weighed, each in ledger.known():
        if weighed:
            for ref, *rest in json.loads(each.ties):
                yield Told((ref[0], ref[1]), *rest)
