"""Ties over time as a network, for graph formats: actors that have one, and one edge for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from saydo.export.case_parts import count_untold
from saydo.export.contract import Left
from saydo.export.passages import flat
from saydo.export.spell_words import sentence, whole_day
from saydo.export.words import TIE, UNDIRECTED
from saydo.model.case import CaseActor, CaseView

NO_TIE = "actors without a tie over time"
LOST_END = "ties over time of which an end is no actor of the case"
EVENTS = "events"
NODE_VALUES: Mapping[str, str] = {
    "label": "string", "kind": "string", "country": "string", "sector": "string", "wikidata": "string",
    "mentions": "integer", "events": "integer", "statements": "integer",
}  # fmt: skip
"""What is told of an actor, and of which type it is."""
EDGE_VALUES: Mapping[str, str] = {
    "type": "string", "label": "string", "role": "string", "since": "string", "since_stated": "boolean",
    "until": "string", "until_stated": "boolean", "directed": "boolean", "weight": "integer",
    "contradicted": "integer", "only_said": "boolean", "sentence": "string",
}  # fmt: skip
"""The same of a tie; the names are the fields of :class:`Edge`."""
LIMITS = (
    "Only ties over time between known actors are in it: what single reports say of the rest, events, "
    "statements and discrepancies, and the words themselves, are left out, and counted.",
    "Every edge is directed, since readers of mixed graphs are few; where directed is false it holds both "
    "ways.",
    "since is the day by which a tie held, and the day on which it began where since_stated; until the day "
    "on which it ended where until_stated, else the last day for which a report has it hold, if it is known "
    "to have ended. A month or year stands for its first or last day.",
    "weight is how many findings the tie rests on, contradicted how many speak against it.",
)


class Edge(NamedTuple):
    """A tie over time."""

    source: str
    target: str
    type: str
    label: str
    role: str | None
    since: str | None
    since_stated: bool
    until: str | None
    """None for a tie of which no end is known."""
    until_stated: bool
    directed: bool
    weight: int
    contradicted: int
    only_said: bool
    sentence: str


def edges(view: CaseView, left: Left) -> Iterator[Edge]:
    """The ties over time of a case, in its order."""
    names = {found.actor.id: found.actor.name for found in view.actors}
    for spell in view.spells:
        if spell.from_actor not in names or spell.to_actor not in names:
            left[LOST_END] += 1
            continue
        stated = spell.until is not None and spell.until.stated
        end = spell.until.day if spell.until and (stated or not spell.last) else None
        since = whole_day(spell.since.day if spell.since else None, last=False)
        until = whole_day(end or (spell.last if spell.until else None), last=True)
        if since and until and until < since:
            until = since
        yield Edge(
            source=spell.from_actor,
            target=spell.to_actor,
            type=spell.type,
            label=TIE[spell.type],  # type: ignore[index]
            role=flat(spell.role) if spell.role else None,
            since=since.isoformat() if since else None,
            since_stated=spell.since is not None and spell.since.stated,
            until=until.isoformat() if until else None,
            until_stated=stated,
            directed=spell.type not in UNDIRECTED,
            weight=len(spell.rests_on),
            contradicted=len(spell.against),
            only_said=spell.only_said,
            sentence=flat(sentence(spell, names[spell.from_actor], names[spell.to_actor])),
        )


def nodes(view: CaseView, left: Left) -> Iterator[CaseActor]:
    """The actors that have a tie over time, by id."""
    ends = {end for spell in view.spells for end in (spell.from_actor, spell.to_actor)}
    for found in view.actors:
        if found.actor.id in ends:
            yield found
        else:
            left[NO_TIE] += 1


def node_values(found: CaseActor) -> dict[str, str | int | bool | None]:
    """What is told of an actor, by name; None for what is not known."""
    actor = found.actor
    return {
        "label": flat(actor.name),
        "kind": actor.kind,
        "country": actor.country,
        "sector": actor.sector,
        "wikidata": actor.wikidata,
        "mentions": found.mentions,
        "events": found.events,
        "statements": found.statements,
    }


def count_rest(view: CaseView, left: Left) -> None:
    """Counts what no network of ties holds."""
    count_untold(view, left, statements=False)
    left[EVENTS] += sum(len(record.events) for record in view.records)
    left["statements"] += sum(len(record.statements) for record in view.records)
    left["discrepancies"] += len(view.discrepancies)
