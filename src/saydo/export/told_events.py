"""Events of a case, each with what the public data sets of events have columns for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from saydo.export.contract import Left
from saydo.export.passages import Passages, flat
from saydo.export.rows import Party
from saydo.model.case import CaseView
from saydo.model.records import Actor, Event, MentionType, Place, Record

NOT_SO = "events that the text says did not happen"
TO_COME = "events that the text tells of as to come"
POSSIBLE = "events that the text tells of as possible only"
ONLY_HAPPENED = (
    "Only events that a report or a speaker in it says happened: denied, future and possible ones are left "
    "out, and counted."
)


class Side(NamedTuple):
    """Somebody who takes part in an event, as the case knows them."""

    name: str
    """The actor's; the words of the text for somebody who is not resolved to one."""
    words: str
    known: bool = False
    """Whether it is an actor of the case or has a name: "the town" is not known."""
    thing: bool = False
    """Whether it is a place, a weapon, money or the like, which can suffer but not act."""
    kind: str | None = None
    country: str | None = None
    """ISO 3166-1 alpha-3 or a PLOVER international code."""
    sector: str | None = None
    titles: tuple[str, ...] = ()
    """Offices that the report gives them."""
    actor: str | None = None
    """Id of the actor in the case."""


class Story(NamedTuple):
    """Who and what else is named in the report, in the order of the text."""

    people: tuple[str, ...]
    organisations: tuple[str, ...]
    places: tuple[str, ...]


class ToldEvent(NamedTuple):
    """One event of one report; small enough that some may wait for others."""

    event: Event
    document: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    language: str | None
    version: str
    """Of the coder."""
    actors: tuple[Side, ...]
    recipients: tuple[Side, ...]
    place: Place | None
    quote: str
    sentence: int
    """Number of the sentence in the report, from 1."""
    said_by: str | None
    story: Story

    @property
    def id(self) -> str:
        """Unique in the case, and says where the event stands: ``report:e3``."""
        return f"{self.document}:{self.event.id}"

    @property
    def day(self) -> str | None:
        """The day on which it happened; None where the text leaves more than one open."""
        time = self.event.time
        return time.from_ if time and time.from_ and time.from_ == time.to else None


def told_events(view: CaseView) -> Iterator[ToldEvent]:
    """Every event of the case, denied and future ones too, in the order of the reports and of their text."""
    names = view.actor_names()
    known = {found.actor.id: found.actor for found in view.actors}
    for document, own in view.pairs():
        if not own.events:
            continue
        record = view.identities.applied(own)
        of = Passages(document, record, names)
        actors = {actor.id: actor for actor in record.actors} | known
        types = {mention.id: mention.type for mention in record.mentions}
        titles = _titles(record)
        story = _story(of)
        starts = [start for start, _ in record.sentences]
        for event in record.events:
            said_by = of.said_by(event)
            yield ToldEvent(
                event=event,
                document=document.id,
                title=flat(document.title) if document.title else None,
                publisher=flat(document.publisher) if document.publisher else None,
                published=document.date,
                url=document.url,
                language=document.language,
                version=record.coder.version,
                actors=_sides(of.parties(event.actors), types, actors, titles),
                recipients=_sides(of.parties(event.recipients), types, actors, titles),
                place=None if event.place is None else record.places[event.place],
                quote=flat(of.text(of.sentences([event.evidence]))),
                sentence=bisect_right(starts, event.trigger[0]),
                said_by=flat(said_by.name) if said_by else None,
                story=story,
            )


def why_not(event: Event) -> str | None:
    """Why data sets of what happened have no place for an event; None for one that happened."""
    if event.polarity == "negative":
        return NOT_SO
    return {"future": TO_COME, "hypothetical": POSSIBLE}.get(event.realis)


def happened(events: Iterable[ToldEvent], left: Left) -> Iterator[ToldEvent]:
    """The events that somebody says happened; the others are counted in ``left``."""
    for told in events:
        why = why_not(told.event)
        if why is None:
            yield told
        else:
            left[why] += 1


def incidents(view: CaseView, events: Iterable[ToldEvent]) -> Iterator[tuple[ToldEvent, ...]]:
    """Events with those that the case takes for the same one, each group as soon as it is complete. Those of
    which a member is not among ``events`` come last."""
    group = {ref: n for n, incident in enumerate(view.incidents) for ref in incident.members}
    missing = [len(incident.members) for incident in view.incidents]
    waiting: dict[int, list[ToldEvent]] = {}
    for told in events:
        n = group.get((told.document, told.event.id))
        if n is None:
            yield (told,)
            continue
        waiting.setdefault(n, []).append(told)
        missing[n] -= 1
        if missing[n] == 0:
            yield tuple(waiting.pop(n))
    for n in sorted(waiting):
        yield tuple(waiting[n])


def listed(values: Iterable[str | None], between: str = ";") -> str | None:
    """Values in one cell, each once; what separates them becomes a comma inside of one. None for none."""
    mark = between.strip()
    each = dict.fromkeys(flat(value).replace(mark, ",") for value in values if value)
    return between.join(each) or None


def _sides(
    parties: tuple[Party, ...],
    types: dict[str, MentionType],
    actors: dict[str, Actor],
    titles: dict[str, tuple[str, ...]],
) -> tuple[Side, ...]:
    """Each once, though a text may name it twice."""
    found: dict[str, Side] = {}
    for party in parties:
        actor = actors.get(party.actor or "")
        thing = actor is None and types.get(party.mention) in _THINGS
        known = actor is not None or (party.named and not thing)
        side = Side(flat(party.name), flat(party.words), known, thing)
        if actor is not None:
            side = side._replace(
                kind=actor.kind,
                country=actor.country,
                sector=actor.sector,
                titles=titles.get(actor.id, ()),
                actor=actor.id,
            )
        found.setdefault(party.actor or party.mention, side)
    return tuple(found.values())


def _titles(record: Record) -> dict[str, tuple[str, ...]]:
    """Actor id → the offices that the report says it holds."""
    actor_of = {mention.id: mention.actor for mention in record.mentions}
    found: dict[str, tuple[str, ...]] = {}
    for tie in record.ties:
        who = actor_of.get(tie.from_)
        if tie.type in ("office", "leadership") and tie.role and who and tie.polarity == "positive":
            found[who] = tuple(dict.fromkeys((*found.get(who, ()), flat(tie.role))))
    return found


_THINGS: frozenset[MentionType] = frozenset(
    ("place", "nationality", "weapon", "platform", "money", "quantity")
)
_ORGANISATIONS: frozenset[MentionType] = frozenset(
    ("group", "government", "military", "organisation", "igo", "media")
)


def _story(of: Passages) -> Story:
    people: dict[str, None] = {}
    organisations: dict[str, None] = {}
    for mention in of.record.mentions:
        if mention.named and mention.type == "person":
            people.setdefault(flat(of.party(mention.id).name))
        elif mention.named and mention.type in _ORGANISATIONS:
            organisations.setdefault(flat(of.party(mention.id).name))
    places = dict.fromkeys(flat(place.name or place.text) for place in of.record.places)
    return Story(tuple(people), tuple(organisations), tuple(places))
