"""Who is named in one report, in the compact form in which identities are worked out.

Nothing here looks at more than one report, so that a roll can be kept. A roll holds each actor of the report
once, the words it goes by, and what the report itself says of names: abbreviations it gives in brackets,
"also known as", and who holds which office.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar, cast

from saydo.codebook import ActorEntry, Codebook
from saydo.model.identity import Sight
from saydo.model.ids import fold
from saydo.model.names import OF_DOCUMENT, OF_SENTENCE, name_key, significant, sound
from saydo.model.records import Actor, Mention, Record, Resolution
from saydo.weighing.acts import content_words
from saydo.weighing.parties import singular
from saydo.weighing.times import span

T = TypeVar("T")
Key = tuple[str, ...]

_SHORT = re.compile(r"(?:[A-Z][A-Z0-9&-]{1,8}|(?:[A-Z]\.){2,8})")
_KNOWN_AS = re.compile(
    r",? \(?(?:also|better|otherwise|formerly|previously|popularly|commonly) (?:known|called|referred to)"
    r"(?: simply)?(?: as)? [“\"']?|,? \(?a\.?k\.?a\.? [“\"']?|,? \(?alias [“\"']?|,? whose real name is ",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:the|a|an) ", re.IGNORECASE)
_WORD = re.compile(r"[^\W_][\w’'-]*")
_PRONOUNS = frozenset(["he", "she", "him", "her", "his", "hers", "himself", "herself"])
_SOLE = ("head-of-state", "head-of-government")
"""Offices of the codebook of which a state has one holder."""
_SHARED = frozenset(["prince", "princess", "vice president", "minister of state", "deputy minister"])
_LEGS = frozenset(["of", "the", "and", "for", "in", "on", "to", "de", "del", "la", "e", "y"])


class Short(NamedTuple):
    """An abbreviation that a report gives a name."""

    letters: str
    """Capitals without dots."""
    whole: Sight
    short: Sight
    bracketed: bool
    """Whether it stands in brackets behind the name, or the name behind it."""


class Seen(NamedTuple):
    """One actor as one report shows it."""

    document: str
    date: date | None
    id: str
    name: str
    kind: str
    country: str | None
    sector: str | None
    listed: bool
    """Whether the codebook knows it."""
    key: Key
    """The pieces of its name as they sound: of a person without titles, of a body without function words."""
    forms: tuple[Sight, ...]
    """The first mention under each name, in text order; of an actor never named its first mention."""
    shorts: tuple[Short, ...]
    human: bool
    """Whether the report shows that it is a person: by he or she, or by a title before the name."""
    aliases: tuple[str, ...]
    wikidata: str | None
    resolved_by: Resolution
    reason: str
    around: tuple[str, ...] = ()
    """Of a person or a movement: the words that carry the matter of what its first mentions stand in, each
    once, in order."""
    told: bool = True
    """Whether words beside its name tell its country, rather than the setting of the report."""

    @property
    def person(self) -> bool:
        return self.kind == "person"

    @property
    def actor(self) -> Actor:
        """The actor as its record has it."""
        return Actor(
            id=self.id,
            name=self.name,
            kind=self.kind,
            country=self.country,
            sector=self.sector,
            aliases=self.aliases,
            wikidata=self.wikidata,
            resolved_by=self.resolved_by,
            reason=self.reason,
        )

    @property
    def sight(self) -> Sight:
        """The mention that shows the name best: the one with the actor's own name, else the first."""
        own = fold(self.name)
        return next((s for s in self.forms if fold(s.words) == own), self.forms[0])


class Called(NamedTuple):
    """That a report says of two names that they are one actor's."""

    one: str
    other: str
    first: Sight
    second: Sight


class Holder(NamedTuple):
    """That a report names somebody as holding an office now."""

    title: str
    of: str
    person: str
    sight: Sight


@dataclass(frozen=True, slots=True)
class Roll:
    """All that one report says of who is who."""

    document: str
    date: date | None
    seen: tuple[Seen, ...]
    called: tuple[Called, ...]
    holders: tuple[Holder, ...]

    def others(self) -> frozenset[str]:
        """Ids of everybody in the report."""
        return frozenset(s.id for s in self.seen)

    def sharing(self, held: dict[Any, Any]) -> Roll:
        """The same roll, made of equal values that are ``held`` already: names, keys and actors come again
        in report after report, and a large case has to be held at once."""

        def one(value: T) -> T:
            return cast("T", held.setdefault(value, value))

        def sight(s: Sight) -> Sight:
            return Sight(document, one(s.mention), one(s.start), one(s.end), one(s.words))

        document = one(self.document)
        seen = (
            s._replace(
                document=document,
                date=self.date,
                id=one(s.id),
                name=one(s.name),
                kind=one(s.kind),
                country=one(s.country),
                sector=one(s.sector),
                key=one(s.key),
                forms=tuple(map(sight, s.forms)),
                aliases=one(s.aliases),
                wikidata=one(s.wikidata),
                resolved_by=one(s.resolved_by),
                reason=one(s.reason),
                around=tuple(map(one, s.around)),
            )
            for s in self.seen
        )
        return Roll(document, self.date, tuple(seen), self.called, self.holders)


def roll(record: Record, text: str, lore: Lore) -> Roll:
    """The roll of one report."""
    published = span(record.date)
    day = published.end if published else None
    mentions: dict[str, list[Mention]] = {}
    for mention in record.mentions:
        if mention.actor is not None:
            mentions.setdefault(mention.actor, []).append(mention)
    seen = tuple(
        _seen(record.id, day, actor, mentions[actor.id], text, lore)
        for actor in record.actors
        if actor.id in mentions
    )
    return Roll(record.id, day, seen, tuple(_called(record, text)), tuple(_holders(record)))


@dataclass(frozen=True, slots=True)
class Lore:
    """What the codebook tells of the words of names; all folded."""

    titles: frozenset[str]
    """The words of titles of office, without the small words between them."""
    common: frozenset[str]
    """Words that describe people or name peoples and parties: no last names."""
    sole: frozenset[str]
    """Titles that one person of a state has at a time."""
    letters: Mapping[str, tuple[str, ...]]
    """Abbreviation of three letters or more → ids of those of the codebook that have it."""

    @classmethod
    def of(cls, codebook: Codebook) -> Lore:
        offices = codebook.offices
        titles = [fold(t) for office in offices.values() for t in office.titles]
        described = [fold(lemma) for n in codebook.nominals.values() for lemma in n.lemmas]
        peoples = [
            fold(word)
            for a in codebook.actors.values()
            for word in (*a.adjectives, *a.demonyms, *_common_names(a))
        ]
        words = {w for t in titles for w in t.split() if w not in _LEGS}
        others = {w for t in (*described, *peoples) for w in t.split() if w not in _LEGS}
        sole = [t for id in _SOLE if id in offices for t in offices[id].titles]
        sole += [t for t in (offices["minister"].titles if "minister" in offices else ()) if " " in t]
        return cls(
            frozenset(words),
            frozenset(form for w in words | others for form in (w, singular(w), f"{w}s")),
            frozenset(fold(t) for t in sole if fold(t) not in _SHARED),
            _letters(codebook),
        )


def _letters(codebook: Codebook) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for entry in codebook.actors.values():
        for short in entry.abbreviations:
            if len(short) > 2:
                found[short] = (*found.get(short, ()), entry.id)
    return MappingProxyType(found)


def _common_names(entry: ActorEntry) -> Iterator[str]:
    """Names of bodies of several words are made of common words: the Democratic Party is no Mr Party."""
    if entry.kind in ("party", "parliament", "igo", "coalition", "movement", "state group", "community"):
        yield from (n for n in (entry.name, *entry.aliases) if " " in n or entry.kind == "community")


def _seen(
    document: str, day: date | None, actor: Actor, mentions: list[Mention], text: str, lore: Lore
) -> Seen:
    named = [m for m in mentions if m.named] or mentions[:1]
    forms: dict[str, Sight] = {}
    for m in named:
        forms.setdefault(" ".join(m.text.split()), _sight(document, m))
    return Seen(
        document,
        day,
        actor.id,
        actor.name,
        actor.kind,
        actor.country,
        actor.sector,
        actor.resolved_by == "codebook",
        person_key(actor.name, lore) if actor.kind == "person" else body_key(actor.name),
        tuple(forms.values()),
        tuple(_shorts(list(forms.values()), text)),
        any(_human(m, lore) for m in mentions),
        actor.aliases,
        actor.wikidata,
        actor.resolved_by,
        actor.reason,
        _around(mentions, text) if actor.kind in _MET else (),
        not (actor.reason or "").endswith((OF_SENTENCE, OF_DOCUMENT)),
    )


_MET = frozenset({"person", "armed group", "movement"})
_REACH = 160
_FIRST = 4


def _around(mentions: Iterable[Mention], text: str) -> tuple[str, ...]:
    """The words near the first mentions that carry their matter."""
    spans = [(max(0, m.start - _REACH), m.end + _REACH) for m in list(mentions)[:_FIRST]]
    return tuple(sorted(frozenset().union(*(content_words(text[a:b]) for a, b in spans)) - _TALK))


_TALK = frozenset("said says told monday tuesday wednesday thursday friday saturday sunday".split())


def _human(m: Mention, lore: Lore) -> bool:
    words = fold(m.text).split()
    return bool(words) and (words[0] in _PRONOUNS or (len(words) > 1 and words[0] in lore.titles))


def _sight(document: str, m: Mention) -> Sight:
    return Sight(document, m.id, m.start, m.end, " ".join(m.text.split()))


def person_key(name: str, lore: Lore) -> Key:
    """A person's name as it sounds, without titles and descriptions before it as long as two words are
    left."""
    words = name.split()
    while len(words) > 2 and fold(words[0]) in lore.common:
        words = words[1:]
    return name_key(words)


def body_key(name: str) -> Key:
    """A body's name as it sounds, in the singular, without function words."""
    return tuple(sound(singular(piece)) for piece in significant(name.split()))


def letters_of(name: str) -> str | None:
    """The letters of a name that is an abbreviation (``F.B.I.`` → ``FBI``); None of any other."""
    return name.replace(".", "") if _SHORT.fullmatch(name) else None


def spells(letters: str, name: str) -> bool:
    """Whether the letters are the initials of a name's words, with or without its small words."""
    words = [w.group() for w in _WORD.finditer(name)]
    parts = [p for w in words for p in w.split("-") if p]
    initials = {"".join(p[0] for p in parts).upper()}
    initials.add("".join(p[0] for p in parts if p.lower() not in _LEGS).upper())
    return len(parts) > 1 and letters.upper() in initials


def _shorts(forms: list[Sight], text: str) -> Iterator[Short]:
    for short in forms:
        letters = letters_of(short.words)
        if letters is None:
            continue
        for whole in forms:
            if " " not in _ARTICLE.sub("", whole.words):
                continue
            bracketed = _beside(whole, short, text) or _beside(short, whole, text)
            if bracketed or spells(letters, whole.words):
                yield Short(letters, whole, short, bracketed)
                break


def _beside(first: Sight, second: Sight, text: str) -> bool:
    between = text[first.end : second.start]
    return first.end <= second.start and re.fullmatch(r"\s*\([^\w)]*", between) is not None


def _called(record: Record, text: str) -> Iterator[Called]:
    named = [m for m in record.mentions if m.actor is not None and m.named and m.type != "nationality"]
    for one, other in itertools.pairwise(named):
        if one.actor == other.actor or other.start - one.end > 40 or one.end > other.start:
            continue
        if _KNOWN_AS.fullmatch(text, one.end, other.start):
            assert one.actor is not None and other.actor is not None
            yield Called(one.actor, other.actor, _sight(record.id, one), _sight(record.id, other))


def _holders(record: Record) -> Iterator[Holder]:
    mentions = {m.id: m for m in record.mentions}
    for tie in record.ties:
        if tie.type != "office" or tie.state != "current" or tie.polarity != "positive" or not tie.role:
            continue
        holder, whole = mentions.get(tie.from_), mentions.get(tie.to)
        if holder and whole and holder.actor and whole.actor and tie.realis == "actual":
            yield Holder(fold(tie.role), whole.actor, holder.actor, _sight(record.id, holder))


def title_only(seen: Seen, lore: Lore) -> bool:
    """Whether an actor's name is nothing but a title: the President of one report is not that of another."""
    bare = seen.person and seen.resolved_by in ("person", "name")
    return bare and all(word in lore.titles for word in fold(seen.name).split())


def common_ground(rolls: Iterable[Roll]) -> dict[str, int]:
    """In how many reports each actor is named."""
    counts: dict[str, int] = {}
    for each in rolls:
        for id in each.others():
            counts[id] = counts.get(id, 0) + 1
    return counts
