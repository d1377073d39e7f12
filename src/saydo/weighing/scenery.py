"""What else a report tells around an act: by what noun the incident goes, at what hour, among which names.

Two tellings of one incident often share neither doers nor a place that a gazetteer knows, yet both speak of
"Tuesday's riot" and of one prison. All this is read off the text beside the record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from saydo.codebook import Codebook
from saydo.model.ids import fold
from saydo.model.records import Event, Mention, Offsets, Proposition, Record
from saydo.weighing.parties import singular

_OCCASION = "occasion-"
_HOURS: Mapping[str, str] = {
    "dawn": "early", "daybreak": "early", "sunrise": "early", "early": "early", "morning": "morning",
    "noon": "day", "midday": "day", "afternoon": "day", "lunchtime": "day", "evening": "evening",
    "dusk": "evening", "sunset": "evening", "nightfall": "evening", "night": "night", "midnight": "night",
    "overnight": "night",
}  # fmt: skip
_APART = frozenset({
    frozenset({"early", "day"}), frozenset({"early", "evening"}), frozenset({"morning", "day"}),
    frozenset({"morning", "evening"}), frozenset({"morning", "night"}), frozenset({"day", "night"}),
    frozenset({"day", "evening"}),
})  # fmt: skip
"""Hours of one day that are not taken for each other."""
_NIGHT = frozenset({"night", "early", "evening"})
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_NAME = re.compile(r"[A-ZÀ-Þ][\w’'-]*(?:\s+(?:(?:de|del|la|al|el|of|bin|ibn|du|di|da)\s+)?[A-ZÀ-Þ][\w’'-]*)*")
_ANY_WORD = re.compile(r"[\w’'-]+")
_TOGETHER = frozenset({"fight", "crowd", "strike"})
"""Families whose plural often means one incident: "the clashes at", "the air strikes on"."""
_MORE = frozenset(
    "two three four five six seven eight nine ten eleven twelve twenty thirty dozen dozens several many "
    "various "
    "numerous both other recent series wave string spate".split()
)
_LIES = re.compile(
    r"(?:The|This) (?:village|town|city|island|hamlet|district|camp|port|place)\b", re.IGNORECASE
)
"""How a sentence begins that tells where the place just named lies."""
_BACK = 2
"""Sentences before an act whose names count as standing around it."""
_NAMED_TYPES = frozenset({"place", "organisation"})
_PEOPLE = frozenset({"person", "group", "military", "government", "nationality"})
_POSSESSIVE = re.compile(r"['’]s?$")


class Scenery(NamedTuple):
    """What stands around an act."""

    occasions: frozenset[str] = frozenset()
    """Families of the nouns that its sentence calls the incident by (``blast``, ``raid``, …, ``any``)."""
    hours: frozenset[str] = frozenset()
    """Parts of the day that it names."""
    names: frozenset[str] = frozenset()
    """Folded names of places and bodies in its sentence and just before, states and speakers left out."""
    countries: frozenset[str] = frozenset()
    """States that its sentence names as places, ISO 3166-1 alpha-3."""

    victims: frozenset[str] = frozenset()
    """Head words of those whom its numbers of dead and hurt count."""

    lands: frozenset[str] = frozenset()
    """States in which its place lies, as the sentence or the next one tells ("the village lies in the
    hills south of …"); empty where neither tells."""
    several: bool = False
    """Whether its word means several incidents: "the attacks", "bombings"."""
    counted: bool = False
    """Whether they are even counted: "thirty attacks"."""

    def plus(self, other: Scenery) -> Scenery:
        """Both together."""
        return Scenery(
            self.occasions | other.occasions,
            self.hours | other.hours,
            self.names | other.names,
            self.countries | other.countries,
            self.victims | other.victims,
            self.lands | other.lands,
            self.several and other.several,
            self.counted and other.counted,
        )


BARE = Scenery()


@lru_cache(maxsize=4)
def occasions(codebook: Codebook) -> Mapping[str, str]:
    """Noun → family of incidents that it names."""
    found: dict[str, str] = {}
    for name, cue in codebook.cues.items():
        if name.startswith(_OCCASION):
            for phrase in cue.phrases:
                found.setdefault(phrase, name.removeprefix(_OCCASION))
    return found


def hours_agree(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two acts of one day may have been at one time of it."""
    if not a or not b:
        return True
    return any(frozenset((x, y)) not in _APART for x in a for y in b)


def elsewhere(a: Scenery, b: Scenery) -> bool:
    """Whether two acts lie in two states, as their reports say: then places of one name are two."""
    return bool(a.lands and b.lands) and a.lands.isdisjoint(b.lands)


def nightly(hours: frozenset[str]) -> bool:
    """Whether it was about the turn of a day, so that one report gives the day before another's."""
    return bool(hours & _NIGHT)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Looks around the events of one record."""

    record: Record
    text: str
    words: Mapping[str, str]
    contents: Mapping[str, tuple[Offsets, ...]]
    named: tuple[tuple[int, frozenset[str]], ...]
    """Where places and bodies are named, and how."""
    people: tuple[tuple[frozenset[str], str, int], ...]
    """The words, the head word and the place of every number of people."""
    states: tuple[tuple[int, str], ...]
    """Where states are named as places."""

    @classmethod
    def of(cls, record: Record, text: str, words: Mapping[str, str]) -> Surroundings:
        speakers = {s.source_mention for s in record.statements}
        states = [p for p in record.places if p.precision == "country" and p.country]
        named = (
            (m.start, _names_in(m))
            for m in record.mentions
            if m.type in _NAMED_TYPES
            and m.id not in speakers
            and not any(p.start < m.end and m.start < p.end for p in states)
        )
        return cls(
            record,
            text,
            words,
            {s.id: tuple(s.content) for s in record.statements},
            tuple((start, names) for start, names in named if names),
            tuple(
                (frozenset(fold(m.text).split()), singular(fold(text[m.head[0] : m.head[1]])), m.start)
                for m in record.mentions
                if m.type in _PEOPLE
            ),
            tuple((p.start, p.country) for p in states if p.country),
        )

    def at(self, sentence: Offsets, event: Event) -> Scenery:
        """The scenery of an event; of one that somebody tells of, what is told and not when it was said."""
        within = self.contents.get(event.attributed_to or "", ())
        spans = [(max(a, sentence[0]), min(b, sentence[1])) for a, b in within]
        spans = [(a, b) for a, b in spans if a < b] or [sentence]
        lower = {w.lower() for a, b in spans for w in _WORD.findall(self.text[a:b])}
        bare = lower | {singular(fold(_POSSESSIVE.sub("", w))) for w in lower}
        start = self._back(sentence[0])
        return Scenery(
            frozenset(self.words[w] for w in bare if w in self.words),
            frozenset(_HOURS[w] for w in lower if w in _HOURS),
            frozenset(n for at, names in self.named if start <= at < sentence[1] for n in names),
            frozenset(c for at, c in self.states if any(a <= at < b for a, b in spans)),
            frozenset(self._victims(sentence, event)),
            self.lands(sentence, event),
            *self._several(event),
        )

    def _several(self, event: Event) -> tuple[bool, bool]:
        """Whether a noun of violence stands for several incidents, and whether with their number."""
        word = self.text[event.trigger[0] : event.trigger[1]].lower()
        one = singular(word)
        if word == one or self.words.get(one) in (None, *_TOGETHER):
            return False, False
        before = [
            w.lower() for w in _ANY_WORD.findall(self.text, max(0, event.trigger[0] - 40), event.trigger[0])
        ]
        return True, any(w in _MORE or w.isdigit() for w in before[-3:])

    def lands(self, sentence: Offsets, act: Event | Proposition) -> frozenset[str]:
        """The states of :attr:`Scenery.lands`."""
        spans = [
            (max(a, sentence[0]), min(b, sentence[1]))
            for a, b in self.contents.get(act.attributed_to or "", ())
        ]
        spans = [(a, b) for a, b in spans if a < b] or [sentence]
        said = frozenset(c for at, c in self.states if any(a <= at < b for a, b in spans))
        following = next((s for s in self.record.sentences if s[0] >= sentence[1]), None)
        if said or following is None or not _LIES.match(self.text, following[0], following[1]):
            return said
        found = (p.country for p in self.record.places if following[0] <= p.start < following[1])
        return frozenset(c for c in found if c)

    def _victims(self, sentence: Offsets, event: Event) -> Iterator[str]:
        for count in (event.killed, event.injured):
            counted = fold(count.text).split() if count is not None else []
            for words, head, at in self.people if counted else ():
                if sentence[0] <= at < sentence[1] and counted[-1] in words:
                    yield head

    def _back(self, start: int) -> int:
        before = [a for a, _ in self.record.sentences if a <= start]
        return before[-1 - _BACK] if len(before) > _BACK else (before[0] if before else start)


def _names_in(mention: Mention) -> frozenset[str]:
    """The names in the words of a mention; those of a text without capitals as a whole."""
    names = {fold(_POSSESSIVE.sub("", n)) for n in _NAME.findall(mention.text)}
    names = {n for n in names if n not in ("the", "a", "an")}
    names = {n.removeprefix("the ") for n in names}
    if not names and mention.named and mention.text.islower():
        names = {fold(mention.text)}
    return frozenset(n for n in names if len(n) > 2)
