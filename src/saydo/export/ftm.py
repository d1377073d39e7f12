"""FollowTheMoney entities, a JSON object a line, as Aleph and OpenSanctions' tools read them.

Schemata and properties are those of followthemoney 4 (the package of that name); tests load every entity with
it. The package itself is not needed to write them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from unicodedata import category, normalize

from saydo.export.case_parts import (
    account,
    count_untold,
    digest,
    headline,
    json_line,
)
from saydo.export.codes import country
from saydo.export.contract import Left, Sidecar, notes
from saydo.export.findings import Part
from saydo.export.passages import flat
from saydo.export.spell_words import began, ended, sentence
from saydo.export.told_events import ToldEvent, happened, told_events
from saydo.export.words import DISCREPANCY, TIE, UNDIRECTED
from saydo.model.case import CaseDocument, CaseView, Spell
from saydo.model.records import Actor, Discrepancy, Record

Entity = dict[str, Any]

_PUBLIC = frozenset(
    ("state", "de facto state", "government", "military", "police", "intelligence service", "judiciary",
     "parliament")
)  # fmt: skip
_ORGANISATIONS = frozenset(
    ("armed group", "movement", "party", "organisation", "igo", "media", "criminal organisation", "coalition",
     "state group")
)  # fmt: skip
_LANGUAGES = {
    "ar": "ara", "de": "deu", "en": "eng", "es": "spa", "fa": "fas", "fr": "fra", "it": "ita", "ps": "pus",
    "pt": "por", "ru": "rus", "tr": "tur", "uk": "ukr", "ur": "urd", "zh": "zho",
}  # fmt: skip


class FollowTheMoney:
    """For Aleph and other tools that read FollowTheMoney: reports, actors, events, ties over time and
    discrepancies as entities, a JSON object a line."""

    name = "ftm"
    extension = ".ftm.json"
    media_type = "application/json+ftm"
    tables: tuple[Part, ...] = ("case",)

    def limits(self, table: Part) -> tuple[str, ...]:
        """What FollowTheMoney has no place for."""
        return (
            "An Event has no perpetrator, target or casualties: who did what to whom stands in words in its "
            "description; involved lists the actors of the case on either side, namesMentioned the others.",
            "Allegiance, command, alliance, rivalry, sponsorship, contact, presence and composition are "
            "UnknownLink, with the direction in role; leadership is Directorship, affiliation and office are "
            "Membership, succession is Succession, where the two ends allow it.",
            "Dates of ties are given only where a report states them; what follows from the dates of "
            "reports is in the summary. Dates of a month or a year are cut to that, and kept in words in "
            "description.",
            "Denied, future and possible events are left out, and counted; so are statements other than "
            "those of discrepancies (which are Notes), and ties that make no tie over time.",
            "Values are as the format keeps them: Unicode composed (NFC), no control or format characters.",
            "The texts of the reports are not in it. Countries are two-letter codes; those of PLOVER for "
            "international bodies are left to classification.",
        )

    def chunks(self, view: CaseView, table: Part, left: Left | None = None) -> Iterator[str]:
        """Reports and actors, then events and mentions, then ties and discrepancies."""
        for entity in _entities(view, Left() if left is None else left):
            properties = {
                name: [value for value in dict.fromkeys(_kept(each) for each in values if each) if value]
                for name, values in sorted(entity["properties"].items())
            }
            entity["properties"] = {name: values for name, values in properties.items() if values}
            yield json_line(entity) + "\n"

    def sidecar(self, table: Part, file_name: str, left: Mapping[str, int] | None = None) -> Sidecar:
        """``FILE-notes.txt``."""
        return notes("a saydo case as FollowTheMoney entities", file_name, self.limits(table), left)


def _kept(value: str) -> str:
    """A value as FollowTheMoney keeps it: composed, without control and format characters, on one line."""
    if value.isascii() and value.isprintable():
        return flat(value)
    seen = "".join(c for c in value if category(c) not in ("Cc", "Cf", "Cs") or c.isspace())
    return flat(normalize("NFC", seen))


def _entities(view: CaseView, left: Left) -> Iterator[Entity]:
    schemata = {found.actor.id: _schema(found.actor) for found in view.actors}
    names = view.actor_names()
    for document in view.documents:
        yield _article(document)
    for found in view.actors:
        yield _actor(found.actor, schemata[found.actor.id])
    for document, own in view.pairs():
        yield from _mentions(view.identities.applied(own), document.id, schemata)
    for told in happened(told_events(view), left):
        yield _event(told, schemata)
    for spell in view.spells:
        if spell.from_actor in schemata and spell.to_actor in schemata:
            yield _tie(spell, schemata, names)
        else:
            left["ties over time of which an end is no actor of the case"] += 1
    for discrepancy in view.discrepancies:
        yield _note(discrepancy, names, schemata)
    count_untold(view, left)


def _id(kind: str, *parts: str) -> str:
    return f"saydo-{kind}-{digest(kind, *parts)}"


def _entity(id: str, schema: str, **properties: Any) -> Entity:
    lists = {
        name: [value] if isinstance(value, str) else [*(value or ())] for name, value in properties.items()
    }
    return {"id": id, "schema": schema, "properties": lists}


def _schema(actor: Actor) -> str:
    if actor.kind == "person":
        return "Person"
    if actor.kind in _PUBLIC:
        return "PublicBody"
    if actor.kind in ("company", "business"):
        return "Company"
    return "Organization" if actor.kind in _ORGANISATIONS else "LegalEntity"


def _country(code: str | None) -> str | None:
    found = country(code)
    return found.iso2.lower() if found else None


def _article(document: CaseDocument) -> Entity:
    return _entity(
        _id("article", document.id),
        "Article",
        title=flat(document.title or document.origin),
        publisher=flat(document.publisher or ""),
        publishedAt=(document.date or "")[:10],
        author=flat(document.author or ""),
        sourceUrl=document.url if document.url and document.url.startswith(("http://", "https://")) else None,
        language=_LANGUAGES.get(document.language or ""),
        notes=f"Report {document.id} of the case; SHA-256 of its text {document.text_sha256}",
    )


def _actor(actor: Actor, schema: str) -> Entity:
    sort = [
        actor.kind,
        *([f"PLOVER {actor.country}"] if actor.country and not country(actor.country) else []),
    ]
    return _entity(
        _id("actor", actor.id),
        schema,
        name=flat(actor.name),
        alias=[flat(alias) for alias in actor.aliases],
        country=_country(actor.country),
        sector=f"PLOVER {actor.sector}" if actor.sector else None,
        classification=sort,
        wikidataId=actor.wikidata,
        notes=f"Actor {actor.id} of the case",
    )


def _mentions(record: Record, document: str, schemata: Mapping[str, str]) -> Iterator[Entity]:
    """By which names a report calls an actor; pronouns and descriptions are none."""
    found: dict[str, list[str]] = {}
    for mention in record.mentions:
        if mention.named and mention.actor and mention.actor in schemata:
            found.setdefault(mention.actor, []).append(flat(mention.text))
    for actor, words in found.items():
        yield _entity(
            _id("mention", document, actor),
            "Mention",
            document=_id("article", document),
            resolved=_id("actor", actor),
            name=words,
            detectedSchema=schemata[actor],
        )


def _event(told: ToldEvent, schemata: Mapping[str, str]) -> Entity:
    sides = (*told.actors, *told.recipients)
    time, place = told.event.time, told.place
    return _entity(
        _id("event", told.id),
        "Event",
        name=headline(told),
        summary=told.quote,
        description=account(told),
        date=told.day,
        startDate=time.from_ if time and told.day is None else None,
        endDate=time.to if time and told.day is None else None,
        location=(place.name or place.text) if place else None,
        country=_country(place.country) if place else None,
        involved=[_id("actor", side.actor) for side in sides if side.actor and side.actor in schemata],
        namesMentioned=[side.name for side in sides if side.actor not in schemata and side.known],
        keywords=[told.event.type, *([told.event.mode] if told.event.mode else ()), *told.event.contexts],
        proof=_id("article", told.document),
        publisher=told.publisher,
        recordId=told.id,
    )


def _tie(spell: Spell, schemata: Mapping[str, str], names: Mapping[str, str]) -> Entity:
    one, other = names[spell.from_actor], names[spell.to_actor]
    ends = (_id("actor", spell.from_actor), _id("actor", spell.to_actor))
    body = schemata[spell.to_actor] not in ("Person", "LegalEntity")
    role: str | None = spell.role
    if spell.type == "leadership" and body:
        schema, sides = "Directorship", ("director", "organization")
    elif spell.type in ("affiliation", "office") and body:
        schema, sides = "Membership", ("member", "organization")
    elif spell.type == "succession":
        schema, sides = "Succession", ("successor", "predecessor")
    else:
        schema, sides = "UnknownLink", ("subject", "object")
        both = " (both ways)" if spell.type in UNDIRECTED else ""
        role = f"{TIE[spell.type]}{f' as {spell.role}' if spell.role else ''}{both}"  # type: ignore[index]
    return _entity(
        _id("tie", spell.type, spell.from_actor, spell.to_actor, spell.role or ""),
        schema,
        **dict(zip(sides, ends, strict=True)),
        role=flat(role or ""),
        summary=flat(sentence(spell, one, other)),
        description=f"Rests on {', '.join(':'.join(ref) for ref in spell.rests_on)}."
        + (f" Against it: {', '.join(':'.join(ref) for ref in spell.against)}." if spell.against else ""),
        startDate=began(spell),
        endDate=ended(spell),
        proof=[_id("article", document) for document, _ in spell.rests_on],
    )


def _note(found: Discrepancy, names: Mapping[str, str], schemata: Mapping[str, str]) -> Entity:
    title, said, against = DISCREPANCY[found.kind]
    speaker = found.speaker_name or names.get(found.speaker or "", "")
    poles = [f"{said} ({found.statement.document}): “{flat(found.statement.quote)}”"]
    poles += [f"{against} ({pole.document}): “{flat(pole.quote)}”" for pole in found.against]
    return _entity(
        _id("discrepancy", found.id),
        "Note",
        name=f"{title}: {flat(speaker)}" if speaker else title,
        description=[flat(found.explanation), *poles],
        entity=_id("actor", found.speaker) if found.speaker and found.speaker in schemata else None,
        proof=[_id("article", pole.document) for pole in (found.statement, *found.against)],
        keywords=[found.kind, found.basis],
        notes=f"Discrepancy {found.id} of the case; not a verdict; strength {found.score:.2f}"
        + ("; needs review" if found.needs_review else ""),
    )
