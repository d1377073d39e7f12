"""Finds the place names of a reading: which words, what stands beside them, what they may mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from saydo.codebook.entries import Codebook
from saydo.linking.gazetteer import Candidate, Gazetteer
from saydo.linking.gazetteer_names import key, respelt
from saydo.linking.places_evidence import (
    ARTICLES,
    SURE,
    accepted,
    assaulted,
    located_by_words,
    may_echo,
    of_facility,
    of_road,
)
from saydo.linking.places_seen import Seen
from saydo.linking.places_somebody import after_party
from saydo.linking.places_words import (
    AILMENTS,
    BUILDINGS,
    CONNECTORS,
    DIRECTIONS,
    GENERICS,
    JOINED_GENERICS,
    NEVER,
    PARTS_OF,
    POSTAL_CODES,
    ROADS,
    STATE_ABBREVIATIONS,
)
from saydo.model.reading import Reading, Token

LONGEST = 6
"""Words of the longest place name."""
_WORDS_WITH_STOP = frozenset("del miss mass ill wash ind la md mo pa ga va ore ark".split())
"""Abbreviated states that are words or initials as well: they need a comma before them."""
_BEFORE_NOUN = _WORDS_WITH_STOP - {"miss", "la", "del"}
"""Those that with their full stop are a state before a noun as well: "an Ill. man"."""
_BEFORE_STATE = frozenset([",", "-", "–"])
_TRUSTED = 0.7
"""Score from which a place that only the reader knows is listed."""


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
    seen = Seen(reading, gazetteer.find_key)
    actors = actor_names(codebook)
    found: list[Toponym] = []
    i, tokens = 0, reading.tokens
    while i < len(tokens):
        toponym = _at(tokens, i, seen, actors, gazetteer) if _may_begin(tokens[i], seen) else None
        if toponym is None or _second_half(tokens, toponym.first, found):
            i += 1
            continue
        found.append(toponym)
        i = toponym.last
    found = _with_echoes(found, tokens, seen)
    return _with_unknown(found, reading, seen, actors)


def _second_half(tokens: Sequence[Token], first: int, found: Sequence[Toponym]) -> bool:
    """Whether the name goes on from a capitalised word that is no place: the "Mart" of "Wal-Mart"."""
    if first < 2 or tokens[first - 1].text not in ("-", "–") or not tokens[first - 2].text[0].isupper():
        return False
    touching = (
        tokens[first - 2].end == tokens[first - 1].start and tokens[first - 1].end == tokens[first].start
    )
    party = tokens[first - 2].text.isupper()
    return touching and not party and not (found and found[-1].last == first - 1)


@lru_cache(maxsize=4)
def actor_names(codebook: Codebook) -> frozenset[str]:
    """Folded names of the codebook's actors that are no places, and its states' adjectives and peoples."""
    found: set[str] = set()
    for actor in codebook.actors.values():
        if actor.kind == "state":
            own = {key(n) for n in (actor.name, *actor.aliases)}
            found |= {key(n) for n in (*actor.adjectives, *actor.demonyms, *actor.metonyms)} - own
        elif actor.kind not in ("government", "community"):
            found |= {key(n) for n in (actor.name, *actor.aliases, *actor.abbreviations)}
    return frozenset(found - {""})


def _may_begin(token: Token, seen: Seen) -> bool:
    text = token.text
    if text in ("The", "A", "An"):
        return False
    if seen.lower:
        return text[0].isalpha() and (token.upos == "PROPN" or seen.type_at(token.i) == "place")
    return text[0].isupper()


def _at(
    tokens: Sequence[Token], i: int, seen: Seen, actors: frozenset[str], gazetteer: Gazetteer
) -> Toponym | None:
    """The longest acceptable place name that begins at token ``i``."""
    if "." in tokens[i].text or (i and tokens[i - 1].text in _BEFORE_STATE):
        abbreviation = _abbreviated(tokens, i, gazetteer)
        if abbreviation is not None:
            return abbreviation
    for last in range(_reach(tokens, i, seen), i, -1):
        final = tokens[last - 1].text
        if not (final[0].isalpha() if seen.lower else _capitalised(final)):
            continue
        name = _text(tokens, i, last)
        folded = key(name)
        candidates = gazetteer.find_key(folded)
        if folded in actors and not any(_outweighs(c) for c in candidates):
            return None
        generic = ""
        if not candidates and last - i > 1 and final in ("Co.", "Co"):
            candidates = gazetteer.find_key(key(_text(tokens, i, last - 1)) + " county")
        if not candidates and last - i > 1 and final.lower() in JOINED_GENERICS:
            generic = GENERICS[final.lower()]
            candidates = gazetteer.find_key(key(_text(tokens, i, last - 1)))
            candidates = tuple(c for c in candidates if _fits(c, generic))
        if candidates:
            cue, end = _cue(tokens, i, last)
            cue = generic or cue
            # The longest known name decides: "West Virginia" refused is not "Virginia" either.
            meant = accepted(tokens, i, last, end, candidates, cue, seen)
            return Toponym(i, end, candidates, cue, _inside(i, last, seen)) if meant else None
    return None


def _outweighs(candidate: Candidate) -> bool:
    """Whether a place keeps a name that the codebook gives to an actor, as Moscow does."""
    if not candidate.primary:
        return False
    return candidate.kind in ("capital", *SURE) or candidate.population >= 300_000


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


def _reach(tokens: Sequence[Token], i: int, seen: Seen) -> int:
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
    after_comma = after_comma or after_party(tokens, i)
    name = POSTAL_CODES.get(text) if after_comma else None
    if name is None and ("." in text or after_comma):
        folded = text.replace(".", "").lower()
        alone = len(folded) > 1 and folded not in _WORDS_WITH_STOP
        if folded in _BEFORE_NOUN and "." in text and text[0].isupper() and last < len(tokens):
            alone = tokens[last].sentence == tokens[i].sentence and tokens[last].upos in ("NOUN", "PROPN")
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


def _inside(first: int, last: int, seen: Seen) -> str:
    """Type of the longer name of something else that the name stands in; "" where it stands alone."""
    mention = seen.mention.get(first)
    if mention is None or mention.type in ("place", "person") or mention.last - mention.first <= last - first:
        return ""
    return mention.type


def _beside(tokens: Sequence[Token], first: int, last: int, taken: set[int]) -> bool:
    """Whether the name stands in a list with a place that was found: "Rabia and Zumar"."""
    links = (",", "and", "or")
    if first > 1 and tokens[first - 1].text in links and first - 2 in taken:
        return True
    return last + 1 < len(tokens) and tokens[last].text in links and last + 1 in taken


def _of_building(word: str) -> bool:
    """Whether a word makes an unknown name one of a road, a building or an address."""
    return word.lower().rstrip(".") in ROADS | BUILDINGS or any(c.isdigit() for c in word)


def _plausible(word: str, seen: Seen) -> bool:
    """Whether a single word that the gazetteer lacks may be a place name."""
    if len(word) < 3 or not word.isalpha() or (word.isupper() and len(word) < 6):
        return False
    return word.lower() not in NEVER and word not in seen.surnames


def _with_echoes(found: list[Toponym], tokens: Sequence[Token], seen: Seen) -> list[Toponym]:
    """Adds names that are places elsewhere in the document, where nothing beside them tells so."""
    known = {tuple(t.text for t in tokens[p.first : p.last]): p for p in found}
    starts: dict[str, list[tuple[str, ...]]] = {}
    for words in sorted(known, key=len, reverse=True):
        if len(words[0]) > 3 and words[-1] not in seen.surnames and words[0][0].isupper():
            starts.setdefault(words[0], []).append(words)
    taken = {i for p in found for i in range(p.first, p.last)}
    echoes: list[Toponym] = []
    for token in tokens:
        for words in starts.get(token.text, ()):
            first, last = token.i, token.i + len(words)
            if tuple(t.text for t in tokens[first:last]) != words or not taken.isdisjoint(range(first, last)):
                continue
            if may_echo(tokens, first, last, seen):
                cue, end = _cue(tokens, first, last)
                echoes.append(Toponym(first, end, known[words].candidates, cue, _inside(first, last, seen)))
                taken |= set(range(first, end))
                break
    return sorted([*found, *echoes], key=lambda t: t.first)


def _respelt(name: str, seen: Seen) -> tuple[Candidate, ...]:
    """The places of a name that the gazetteer spells otherwise: "Hilla" for "Al Hillah"."""
    places = next((found for other in respelt(key(name)) if (found := seen.find(other))), ())
    return tuple(place._replace(primary=False) for place in places)


def _with_unknown(
    found: list[Toponym], reading: Reading, seen: Seen, actors: frozenset[str]
) -> list[Toponym]:
    """The names found, and those that the reader takes for places but the gazetteer does not know."""
    taken = {i for t in found for i in range(t.first, t.last)}
    unknown: list[Toponym] = []
    for mention in reading.mentions:
        if mention.type != "place" or not mention.named or mention.score < _TRUSTED:
            continue
        first, last = mention.first, mention.last
        while first < last and reading.tokens[first].text.lower() in (
            "the",
            "an",
            "a",
            *DIRECTIONS,
            *PARTS_OF,
        ):
            first += 1
        words = reading.tokens[first:last]
        if not words or taken & set(range(first, last)) or key(_text(reading.tokens, first, last)) in actors:
            continue
        capital = words[0].text[0].isupper() or (len(words) > 2 and words[0].text in ARTICLES)
        if not (seen.lower or capital) or not any(c.isalpha() for c in words[0].text):
            continue
        if len(words) == 1 and (words[0].upos == "ADJ" or not _plausible(words[0].text, seen)):
            continue
        if any(_of_building(w.text) for w in words):
            continue
        cue, end = _cue(reading.tokens, first, last)
        if of_facility(reading.tokens, end, BUILDINGS) or of_road(reading.tokens, first, end):
            continue
        if end < len(reading.tokens) and reading.tokens[end].text.lower() in AILMENTS:
            continue
        cue = cue or GENERICS.get(words[-1].text.lower(), "")
        listed = _beside(reading.tokens, first, last, taken)
        located = located_by_words(reading.tokens, first, last) or assaulted(reading.tokens, first)
        if not (cue or listed or located):
            continue
        unknown.append(Toponym(first, last, _respelt(_text(reading.tokens, first, last), seen), cue, ""))
        taken |= set(range(first, last))
    return sorted([*found, *unknown], key=lambda t: t.first)
