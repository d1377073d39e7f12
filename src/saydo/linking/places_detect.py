"""Finds the place names of a reading: which words, what stands beside them, what they may mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from saydo.codebook.entries import Codebook
from saydo.linking.gazetteer import Candidate, Gazetteer
from saydo.linking.gazetteer_names import key
from saydo.linking.places_words import (
    CONNECTORS,
    DIRECTIONS,
    FACILITIES,
    GENERICS,
    JOINED_GENERICS,
    LOCATIVES,
    NEVER,
    POSTAL_CODES,
    STATE_ABBREVIATIONS,
)
from saydo.model.reading import Reading, ReadMention, Token

LONGEST = 6
"""Words of the longest place name."""
_SURE = ("country", "region", "water")
_TITLES = frozenset("president prime foreign defense defence minister 's ’s army".split())
_WORDS_WITH_STOP = frozenset("del miss mass ill wash ind la md mo pa ga va ore ark".split())
"""Abbreviated states that are words or initials as well: they need a comma before them."""
_NAMED_GROUPS = frozenset(["group", "organisation", "igo", "media"])


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name at tokens ``[first, last)``; ``cue`` is the kind of place that a generic word beside it
    announces ("" for none); ``candidates`` may be empty."""

    first: int
    last: int
    candidates: tuple[Candidate, ...]
    cue: str
    inside: str
    """Type of the named mention of something else that the name stands in ("Kunduz police")."""


def find_toponyms(reading: Reading, codebook: Codebook, gazetteer: Gazetteer) -> list[Toponym]:
    """The place names of a document in text order, not overlapping."""
    seen = _Seen(reading)
    actors = actor_names(_Names.of(codebook))
    found: list[Toponym] = []
    i, tokens = 0, reading.tokens
    while i < len(tokens):
        toponym = _at(tokens, i, seen, actors, gazetteer) if _may_begin(tokens[i], seen) else None
        if toponym is None:
            i += 1
            continue
        found.append(toponym)
        i = toponym.last
    return _with_unknown(found, reading, seen, actors, gazetteer)


class _Seen:
    """What the reader says of every token, and whether the document is in lower case."""

    def __init__(self, reading: Reading) -> None:
        self.mention: dict[int, ReadMention] = {}
        for mention in reading.mentions:
            if mention.named:
                for i in range(mention.first, mention.last):
                    before = self.mention.get(i)
                    if before is None or before.type == "nationality" or mention.type == "place":
                        self.mention[i] = mention
        # Whoever was named in full is later called by the last name, which is often a town's as well.
        self.surnames = frozenset(
            reading.tokens[m.last - 1].text
            for m in reading.mentions
            if m.type == "person" and m.named and m.last - m.first > 1 and m.score > 0.4
        )
        capitals = sum(t.text[:1].isupper() for t in reading.tokens)
        self.lower = capitals * 50 < len(reading.tokens)
        self.sentence_starts = frozenset(s.first for s in reading.sentences)

    def type_at(self, i: int) -> str:
        mention = self.mention.get(i)
        return mention.type if mention else ""


@dataclass(frozen=True, slots=True)
class _Names:
    """The part of a codebook that names actors, comparable so that its index is made once."""

    version: str
    codebook: Codebook

    @classmethod
    def of(cls, codebook: Codebook) -> _Names:
        return cls(codebook.version, codebook)

    def __hash__(self) -> int:
        return hash(self.version)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Names) and other.version == self.version


@lru_cache(maxsize=4)
def actor_names(names: _Names) -> frozenset[str]:
    """Folded names of the codebook's actors that are no places, and its states' adjectives and peoples."""
    found: set[str] = set()
    for actor in names.codebook.actors.values():
        if actor.kind == "state":
            own = {key(n) for n in (actor.name, *actor.aliases)}
            found |= {key(n) for n in (*actor.adjectives, *actor.demonyms)} - own
        elif actor.kind not in ("government", "community"):
            found |= {key(n) for n in (actor.name, *actor.aliases, *actor.abbreviations)}
    return frozenset(found - {""})


def _may_begin(token: Token, seen: _Seen) -> bool:
    text = token.text
    if seen.lower:
        return text[0].isalpha() and (token.upos == "PROPN" or seen.type_at(token.i) == "place")
    return text[0].isupper()


def _at(
    tokens: Sequence[Token], i: int, seen: _Seen, actors: frozenset[str], gazetteer: Gazetteer
) -> Toponym | None:
    """The longest acceptable place name that begins at token ``i``."""
    abbreviation = _abbreviated(tokens, i, gazetteer)
    if abbreviation is not None:
        return abbreviation
    for last in range(_reach(tokens, i, seen), i, -1):
        if not (seen.lower or _capitalised(tokens[last - 1].text)):
            continue
        name = _text(tokens, i, last)
        folded = key(name)
        candidates = gazetteer.find_key(folded)
        if folded in actors and not any(c.kind in _SURE and c.primary for c in candidates):
            return None
        cue, end = _cue(tokens, i, last)
        if not candidates and last - i > 1 and tokens[last - 1].text.lower() in JOINED_GENERICS:
            candidates = gazetteer.find_key(key(_text(tokens, i, last - 1)))
            cue = GENERICS[tokens[last - 1].text.lower()]
            candidates = tuple(c for c in candidates if _fits(c, cue))
        if candidates and _accepted(tokens, i, last, candidates, cue, seen):
            return Toponym(i, end, candidates, cue, _inside(i, seen))
    return None


def _capitalised(text: str) -> bool:
    """Whether a word may end a name: "Ivory", "d'Ivoire"."""
    return text[0].isupper() or (len(text) > 2 and text[1] in "'’" and text[2].isupper())


def _fits(candidate: Candidate, cue: str) -> bool:
    """Whether a candidate can be what the generic word in its name says."""
    allowed = {
        "admin1": ("admin1", "district", "region", "city", "capital"),
        "district": ("district", "city", "admin1", "capital"),
        "city": ("city", "capital"),
        "water": ("water",),
        "region": ("region", "admin1", "water"),
    }
    return candidate.kind in allowed[cue]


def _text(tokens: Sequence[Token], first: int, last: int) -> str:
    parts = [tokens[first].text]
    for before, token in zip(tokens[first:last], tokens[first + 1 : last], strict=False):
        parts.append(("" if before.end == token.start else " ") + token.text)
    return "".join(parts)


def _reach(tokens: Sequence[Token], i: int, seen: _Seen) -> int:
    """Where the run of capitalised words and connectors that begins at ``i`` ends."""
    sentence = tokens[i].sentence
    last = i + 1
    while last < min(i + LONGEST, len(tokens)) and tokens[last].sentence == sentence:
        text = tokens[last].text
        if not (seen.lower or _capitalised(text) or text.lower() in CONNECTORS):
            break
        if seen.lower and not (text[0].isalpha() or text in "-'"):
            break
        last += 1
    return last


def _abbreviated(tokens: Sequence[Token], i: int, gazetteer: Gazetteer) -> Toponym | None:
    """A state of the United States behind a comma: "Alexandria, La.", "Dallas, TX"."""
    text, last = tokens[i].text, i + 1
    if (
        last < len(tokens)
        and text in ("W.", "N.", "S.")
        and tokens[last].text in ("Va.", "C.", "D.", "H.", "J.")
    ):
        text, last = text + tokens[last].text, last + 1
    after_comma = i > 1 and tokens[i - 1].text == "," and tokens[i - 2].text[0].isupper()
    name = POSTAL_CODES.get(text) if after_comma else None
    if name is None and text.endswith("."):
        folded = text.replace(".", "").lower()
        alone = len(folded) > 1 and folded not in _WORDS_WITH_STOP
        name = STATE_ABBREVIATIONS.get(folded) if after_comma or alone else None
    if name is None:
        return None
    found = tuple(c for c in gazetteer.find(name) if c.kind == "admin1" and c.country == "USA")
    return Toponym(i, last, found, "admin1", "") if found else None


def _cue(tokens: Sequence[Token], first: int, last: int) -> tuple[str, int]:
    """The kind that a generic word beside the name announces, and where the name ends with it."""
    if last < len(tokens) and tokens[last].sentence == tokens[first].sentence:
        following = tokens[last].text
        kind = GENERICS.get(following.lower())
        if kind is not None:
            joined = following[0].isupper() and following.lower() in JOINED_GENERICS
            return kind, last + 1 if joined else last
        if following == "refugee" and last + 1 < len(tokens) and tokens[last + 1].text == "camp":
            return "city", last
    if first > 1 and tokens[first - 1].text == "of":
        kind = GENERICS.get(tokens[first - 2].text.lower())
        if kind is not None and tokens[first - 2].sentence == tokens[first].sentence:
            return kind, last
    if first and tokens[first - 1].sentence == tokens[first].sentence:
        before = tokens[first - 1].text.lower()
        if before in ("lake", "river", "mount"):
            return GENERICS[before], last
    return "", last


def _inside(i: int, seen: _Seen) -> str:
    kind = seen.type_at(i)
    return "" if kind in ("place", "person") else kind


def _accepted(
    tokens: Sequence[Token], first: int, last: int, candidates: tuple[Candidate, ...], cue: str, seen: _Seen
) -> bool:
    """Whether a name that the gazetteer knows is meant as a place here."""
    mention = seen.mention.get(first)
    read = mention.type if mention else ""
    name = tokens[first].text
    single = last - first == 1
    best = candidates[0].kind if any(c.primary for c in candidates) else "alternate"
    sure = any(c.kind in _SURE and (c.primary or c.kind == "country") for c in candidates)
    if single and name.lower() in DIRECTIONS:
        return False
    if single and (len(name) < 3 or name.lower() in NEVER | FACILITIES) and not (sure and _as_written(name)):
        return False
    if mention and read == "person" and _part_of_person(tokens, mention, first, last, sure):
        return False
    if _in_longer_name(tokens, first, last, seen):
        return False
    _, end = _cue(tokens, first, last)
    if not sure and (_of_facility(tokens, end) or (not cue and name in seen.surnames)):
        return False
    if read == "media" or (read == "nationality" and not sure):
        return False
    if seen.lower:
        return _accepted_in_lower_case(tokens, first, candidates, cue, sure, mention)
    if sure:
        return True
    located = bool(cue) or _located(tokens, first, last)
    if mention is not None and read == "place":
        if any(t.text[0].isupper() for t in tokens[last : mention.last]) and not located:
            return False
        return mention.score >= 0.3 or located
    if read in _NAMED_GROUPS:
        return mention is not None and first == mention.first and last < mention.last and best != "alternate"
    proper = all(t.upos == "PROPN" or not t.text[0].isupper() for t in tokens[first:last])
    known = any(c.kind in ("capital", "admin1") or c.population >= 200_000 for c in candidates if c.primary)
    starts = first in seen.sentence_starts
    return proper and ((located and not starts) or (known and not (starts and single and not located)))


def _of_facility(tokens: Sequence[Token], last: int) -> bool:
    """Whether the name goes on as that of a road or building: "Memphis Street", "Aberdeen University"."""
    if last >= len(tokens) or not tokens[last].text[0].isalnum():
        return False
    return tokens[last].text.lower().rstrip(".") in FACILITIES and tokens[last].text[0].isupper()


def _as_written(name: str) -> bool:
    """Short forms of countries that must stand as they are: "US" is no "us"."""
    return name in ("US", "U.S.", "UK", "U.K.", "UAE", "U.A.E.", "USA", "U.S.A.", "DRC", "USSR", "U.S.S.R.")


def _accepted_in_lower_case(
    tokens: Sequence[Token],
    first: int,
    candidates: tuple[Candidate, ...],
    cue: str,
    sure: bool,
    mention: ReadMention | None,
) -> bool:
    if sure:
        return True
    known = any(c.kind in ("capital", "admin1") or c.population >= 50_000 for c in candidates)
    located = bool(cue) or (first > 0 and tokens[first - 1].text.lower() in LOCATIVES)
    read = mention is not None and mention.type == "place"
    return (read and (known or located)) or (located and known)


def _located(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the words beside say that the name is that of a place."""
    if first and tokens[first - 1].text.lower() in LOCATIVES:
        return True
    if first > 1 and tokens[first - 1].text.lower() in DIRECTIONS:
        return True
    if last + 1 < len(tokens) and tokens[last].text == "," and tokens[last + 1].text[0].isupper():
        follower = tokens[last + 1].text.replace(".", "").lower()
        return follower in STATE_ABBREVIATIONS
    return last + 1 < len(tokens) and tokens[last].text == "-" and tokens[last + 1].text.lower() == "based"


def _part_of_person(tokens: Sequence[Token], mention: ReadMention, first: int, last: int, sure: bool) -> bool:
    """Whether the name belongs to a person: "Jordan Peele", "Mr. Washington"."""
    whole = mention.first == first and mention.last == last
    if whole and sure and mention.score < 0.6:
        return False
    # "Iraqi Prime Minister", "Ukraine President Volodymyr …": a country before a title is that country.
    if sure and first == mention.first and last < mention.last:
        following = tokens[last].text.lower()
        return following not in (
            "president",
            "prime",
            "foreign",
            "defense",
            "defence",
            "minister",
            "'s",
            "’s",
            "army",
        )
    return True


def _in_longer_name(tokens: Sequence[Token], first: int, last: int, seen: _Seen) -> bool:
    """Whether the word or hyphen before ties the name to more of it: the "York" of "New York"."""
    if first and tokens[first - 1].sentence == tokens[first].sentence:
        before = tokens[first - 1]
        if before.text in (
            "St.",
            "Saint",
            "Mount",
            "Fort",
            "Port",
            "San",
            "Santa",
            "El",
            "Los",
            "Las",
            "New",
        ):
            return before.upos in ("PROPN", "ADJ")
        if before.text in ("-", "–") and first > 1 and before.start == tokens[first - 2].end:
            return before.end == tokens[first].start and tokens[first - 2].text.lower() in (
                "al",
                "el",
                "ez",
                "az",
            )
    return False


def _plausible(word: str, seen: _Seen) -> bool:
    """Whether a single word that the gazetteer lacks may be a place name."""
    return len(word) > 2 and word.isalpha() and word.lower() not in NEVER and word not in seen.surnames


def _with_unknown(
    found: list[Toponym], reading: Reading, seen: _Seen, actors: frozenset[str], gazetteer: Gazetteer
) -> list[Toponym]:
    """The names found, and those that the reader takes for places but the gazetteer does not know."""
    taken = {i for t in found for i in range(t.first, t.last)}
    unknown: list[Toponym] = []
    for mention in reading.mentions:
        if mention.type != "place" or not mention.named or mention.score < 0.6:
            continue
        first, last = mention.first, mention.last
        while first < last and reading.tokens[first].text.lower() in ("the", "an", "a", *DIRECTIONS):
            first += 1
        words = reading.tokens[first:last]
        if not words or taken & set(range(first, last)) or key(_text(reading.tokens, first, last)) in actors:
            continue
        if not (seen.lower or words[0].text[0].isupper()) or not any(c.isalpha() for c in words[0].text):
            continue
        if len(words) == 1 and not _plausible(words[0].text, seen):
            continue
        if any(w.text.lower().rstrip(".") in FACILITIES for w in words):
            continue
        cue, _ = _cue(reading.tokens, first, last)
        unknown.append(Toponym(first, last, (), cue, ""))
        taken |= set(range(first, last))
    return sorted([*found, *unknown], key=lambda t: t.first)
