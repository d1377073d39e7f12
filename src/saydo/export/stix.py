"""STIX 2.1: one bundle with actors, reports, ties over time, events between actors, and discrepancies.

Object types and required properties are those of the OASIS standard STIX 2.1 (2021); tests parse every bundle
with stix2. The package itself is not needed to write them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from saydo.export.accounts import GROUPS
from saydo.export.case_parts import account, count_untold, headline, json_array, stable_uuid
from saydo.export.codes import ARMED_GROUPS, country
from saydo.export.contract import Left, Sidecar, notes
from saydo.export.findings import Part
from saydo.export.passages import flat
from saydo.export.spell_words import began, ended, sentence, whole_day
from saydo.export.told_events import ToldEvent, happened, told_events
from saydo.export.words import DISCREPANCY
from saydo.model.case import CaseDocument, CaseView, Spell
from saydo.model.choices import Decision
from saydo.model.records import Actor, Discrepancy

Object = dict[str, Any]
NO_PAIR = "events without a known actor on both sides"
_UNKNOWN = "1970-01-01T00:00:00.000Z"
"""The time of what has none: STIX demands one."""
_RELATIONS = {
    "allegiance": "owes-allegiance-to", "command": "commands", "affiliation": "part-of",
    "alliance": "allied-with", "rivalry": "fights", "sponsorship": "sponsors", "contact": "in-contact-with",
    "presence": "present-in", "leadership": "leads", "office": "holds-office-in",
    "composition": "made-up-of", "succession": "came-out-of",
}  # fmt: skip
_OPINIONS = {"uphold": "agree", "reject": "disagree", "unclear": "neutral"}
_ME = f"identity--{stable_uuid('stix', 'saydo')}"


class Stix:
    """For threat-intelligence platforms such as OpenCTI and MISP: one STIX 2.1 bundle. Export only."""

    name = "stix"
    extension = ".stix.json"
    media_type = "application/stix+json;version=2.1"
    tables: tuple[Part, ...] = ("case",)

    def limits(self, table: Part) -> tuple[str, ...]:
        """What STIX has no place for."""
        return (
            "STIX has no object for an event in the world (its incident is a stub): an event between two "
            "known actors is a relationship of our own type, event-assault for ASSAULT; others are left "
            "out.",
            "Ties over time are relationships of our own types (commands, owes-allegiance-to). start_time "
            "and stop_time stand only where a report states them; what follows from dates of reports is in "
            "the description. An event's stop_time is the day after, since it must be later than its start.",
            "Armed groups are an identity and a threat-actor attributed to it; everybody else is an "
            "identity. PLOVER sectors and codes of international bodies are labels.",
            "A discrepancy is a note with its passages; an opinion stands beside it only where a person "
            "decided.",
            "created is when the report, or the first report that names an actor, was published, at "
            "midnight; 1970-01-01 where no report tells. confidence is saydo's score, not that of a source.",
            "Denied, future and possible events are left out, and counted; so are statements other than "
            "those of discrepancies, ties that make no tie over time, and the texts of the reports.",
        )

    def chunks(self, view: CaseView, table: Part, left: Left | None = None) -> Iterator[str]:
        """The bundle, an object a line."""
        bundle = f"bundle--{stable_uuid('stix', 'bundle', view.name)}"
        start = f'{{"type":"bundle","id":"{bundle}","objects":['
        return json_array(_objects(view, Left() if left is None else left), start, "]}\n")

    def sidecar(self, table: Part, file_name: str, left: Mapping[str, int] | None = None) -> Sidecar:
        """``FILE-notes.txt``."""
        return notes("a saydo case as a STIX 2.1 bundle", file_name, self.limits(table), left)


def _objects(view: CaseView, left: Left) -> Iterator[Object]:
    dates = {document.id: document.date for document in view.documents}
    made = {found.actor.id: _time(_first(dates, found.documents)) for found in view.actors}
    yield _object("identity", _ME, _UNKNOWN, name="saydo", identity_class="system", created_by=False)
    states: dict[str, str] = {}
    for found in view.actors:
        yield from _actor(found.actor, made[found.actor.id], states)
    for document, own in view.pairs():
        record = view.identities.applied(own)
        named = {m.actor for m in record.mentions if m.named and m.actor in made}
        yield _report(document, [_ref(actor) for actor in sorted(filter(None, named))])
    for told in happened(told_events(view), left):
        pairs = [(a.actor, b.actor) for a in told.actors for b in told.recipients if a.actor != b.actor]
        known = [(a, b) for a, b in pairs if a and b and a in made and b in made]
        left[NO_PAIR] += not known
        for actor, recipient in known:
            yield _event(told, actor, recipient)
    names = view.actor_names()
    for spell in view.spells:
        if spell.from_actor in made and spell.to_actor in made:
            yield _tie(spell, names, _time(_first(dates, (ref[0] for ref in spell.rests_on))))
        else:
            left["ties over time of which an end is no actor of the case"] += 1
    decided = {decision.number: decision for decision in view.decisions}
    for discrepancy in view.discrepancies:
        yield from _discrepancy(discrepancy, names, dates, decided.get(view.verdicts.get(discrepancy.id, -1)))
    count_untold(view, left)


def _object(type: str, id: str, created: str, *, created_by: bool = True, **properties: Any) -> Object:
    made = {"type": type, "spec_version": "2.1", "id": id, "created": created, "modified": created}
    if created_by:
        made["created_by_ref"] = _ME
    return {**made, **{name: value for name, value in properties.items() if value not in (None, [], "")}}


def _ref(actor: str) -> str:
    return f"identity--{stable_uuid('stix', 'actor', actor)}"


def _report_ref(document: str) -> str:
    return f"report--{stable_uuid('stix', 'report', document)}"


def _time(day: str | None) -> str:
    """Midnight of a day, of the first of a month or year."""
    full = whole_day(day, last=False)
    return f"{full.isoformat()}T00:00:00.000Z" if full else _UNKNOWN


def _span(since: str | None, until: str | None) -> dict[str, Any]:
    """When a relationship holds; it stops at the end of its last day, which is later than its start."""
    first, last = whole_day(since, last=False), whole_day(until, last=True)
    made: dict[str, Any] = {}
    if first:
        made["start_time"] = _time(first.isoformat())
    if last and (first is None or first <= last):
        made["stop_time"] = _time((last + timedelta(days=1)).isoformat())
    return made


def _first(dates: Mapping[str, str | None], documents: Any) -> str | None:
    return min((day for id in documents if (day := dates.get(id))), default=None)


def _actor(actor: Actor, created: str, states: dict[str, str]) -> Iterator[Object]:
    armed = actor.kind in GROUPS or (actor.kind != "person" and actor.sector in ARMED_GROUPS)
    sort = "individual" if actor.kind == "person" else "group" if armed else "organization"
    labels = [
        f"{name}:{value}" for name, value in (("kind", actor.kind), ("plover-sector", actor.sector)) if value
    ]
    wikidata = [{"source_name": "wikidata", "external_id": actor.wikidata}] if actor.wikidata else None
    state = country(actor.country)
    if actor.country and state is None:
        labels.append(f"plover-country:{actor.country}")
    ref = _ref(actor.id)
    yield _object(
        "identity", ref, created, name=flat(actor.name), identity_class=sort, labels=labels,
        external_references=wikidata, description=f"Actor {actor.id} of the case. {flat(actor.reason)}",
    )  # fmt: skip
    if armed:
        threat = f"threat-actor--{stable_uuid('stix', 'threat', actor.id)}"
        aliases = [flat(alias) for alias in actor.aliases]
        yield _object("threat-actor", threat, created, name=flat(actor.name), aliases=aliases)
        yield _relation("attributed-to", threat, ref, created, actor.id)
    if state is not None:
        place = f"location--{stable_uuid('stix', 'country', state.iso3)}"
        if state.iso3 not in states:
            states[state.iso3] = place
            yield _object("location", place, _UNKNOWN, name=state.name, country=state.iso2)
        yield _relation("located-at", ref, place, created, actor.id)


def _relation(type: str, source: str, target: str, created: str, *key: str, **more: Any) -> Object:
    id = f"relationship--{stable_uuid('stix', 'relation', type, source, target, *key)}"
    return _object(
        "relationship", id, created, relationship_type=type, source_ref=source, target_ref=target, **more
    )


def _report(document: CaseDocument, named: list[str]) -> Object:
    web = document.url if document.url and document.url.startswith(("http://", "https://")) else None
    where = {
        "source_name": flat(document.publisher or "") or "publisher not given",
        "external_id": document.id,
    }
    if web:
        where["url"] = web
    return _object(
        "report", _report_ref(document.id), _time(document.date),
        name=flat(document.title or document.origin), published=_time(document.date),
        object_refs=named or [_ME], external_references=[where],
        description=f"Report {document.id} of the case; SHA-256 of its text {document.text_sha256}",
    )  # fmt: skip


def _event(told: ToldEvent, actor: str, recipient: str) -> Object:
    time = told.event.time
    return _relation(
        f"event-{told.event.type.lower()}", _ref(actor), _ref(recipient), _time(told.published), told.id,
        description=f"{headline(told)}. “{told.quote}” {account(told)} {told.id}",
        confidence=round(100 * told.event.score),
        **_span(time.from_ if time else None, time.to if time else None),
    )  # fmt: skip


def _tie(spell: Spell, names: Mapping[str, str], created: str) -> Object:
    stands = f"Rests on {', '.join(':'.join(ref) for ref in spell.rests_on)}."
    if spell.against:
        stands += f" Against it: {', '.join(':'.join(ref) for ref in spell.against)}."
    text = flat(sentence(spell, names[spell.from_actor], names[spell.to_actor]))
    return _relation(
        _RELATIONS[spell.type], _ref(spell.from_actor), _ref(spell.to_actor), created, spell.role or "",
        description=f"{text}. {stands}",
        **_span(began(spell), ended(spell)),
    )  # fmt: skip


def _discrepancy(
    found: Discrepancy,
    names: Mapping[str, str],
    dates: Mapping[str, str | None],
    decision: Decision | None,
) -> Iterator[Object]:
    title, said, against = DISCREPANCY[found.kind]
    poles = (found.statement, *found.against)
    heads = (said, *(against for _ in found.against))
    words = [
        f"{head}: “{flat(pole.quote)}” ({pole.document}:{pole.id})"
        for head, pole in zip(heads, poles, strict=True)
    ]
    documents = dict.fromkeys(pole.document for pole in poles)
    refs = [_report_ref(document) for document in documents]
    if found.speaker and found.speaker in names:
        refs.append(_ref(found.speaker))
    created = _time(max((day for id in documents if (day := dates.get(id))), default=None))
    id = f"note--{stable_uuid('stix', 'discrepancy', found.id)}"
    yield _object(
        "note", id, created, abstract=title, content="\n".join([flat(found.explanation), *words]),
        object_refs=refs, confidence=round(100 * found.score), labels=[found.kind, found.basis],
        authors=["saydo"],
    )  # fmt: skip
    verdict = _OPINIONS.get(decision.kind) if decision else None
    if decision and verdict:
        opinion = f"opinion--{stable_uuid('stix', 'opinion', found.id, str(decision.number))}"
        yield _object(
            "opinion", opinion, _time(decision.at), opinion=verdict, object_refs=[id],
            explanation=flat(decision.why), authors=[flat(decision.who)] if decision.who else None,
        )  # fmt: skip
