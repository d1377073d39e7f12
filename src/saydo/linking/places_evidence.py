"""Whether a name that the gazetteer knows is meant as a place: what the reader, the words beside it and the
rest of the document say."""

from __future__ import annotations

from collections.abc import Sequence

from saydo.linking.gazetteer import Candidate
from saydo.linking.gazetteer_names import key
from saydo.linking.places_seen import Seen
from saydo.linking.places_somebody import after_party, dateline, modifies, part_of_person, somebody
from saydo.linking.places_words import (
    AILMENTS,
    ASSAULTS,
    BUILDINGS,
    CIVIC,
    CROSSINGS,
    DIRECTIONS,
    FACILITIES,
    GENERICS,
    LOCATIVES,
    NEVER,
    PARTS_OF,
    ROADS,
    STATE_ABBREVIATIONS,
)
from saydo.model.reading import ReadMention, Token

SURE = ("country", "region", "water")
ARTICLES = frozenset("al el ez az ad ar as ash at".split())
_BODIES = CIVIC - BUILDINGS
_SIDES = DIRECTIONS | PARTS_OF
_LOCAL = frozenset("in near outside around across throughout inside".split())
_OPENERS = frozenset("St. Saint Mount Fort Port San Santa El Los Las New United Air Radio Team".split())
_LEARNED = frozenset("university universities college".split())
_NEVER_BEFORE = AILMENTS | _LEARNED
_ONLY_GENERIC = frozenset(["district"])
_NAMED_GROUPS = frozenset(["group", "organisation", "government", "military", "igo"])


def accepted(
    tokens: Sequence[Token],
    first: int,
    last: int,
    end: int,
    candidates: tuple[Candidate, ...],
    cue: str,
    seen: Seen,
) -> bool:
    """Whether a name that the gazetteer knows, at ``[first, last)``, is meant as a place here.

    ``end`` is where the name ends with a generic word ("Panj River"), ``cue`` what that word announces.
    """
    mention = seen.mention.get(first)
    sure = any(_sure(c) for c in candidates)
    if _refused(tokens, first, last, end, cue, seen, sure):
        return False
    if seen.lower:
        return _accepted_in_lower_case(tokens, first, candidates, cue, sure, mention)
    if sure:
        return True
    single = last - first == 1
    located = bool(cue) or located_by_words(tokens, first, last)
    known = any(c.kind in ("capital", "admin1") or c.population >= 200_000 for c in candidates if c.primary)
    if not cue and all(_minor(c) for c in candidates):
        return (
            mention is not None and mention.type == "place" and mention.score >= 0.5 and last >= mention.last
        )
    if single and len(tokens[first].text) < 5 and tokens[first].text.isupper() and not known:
        return False
    if mention is not None and mention.type == "place":
        rest = [t.text for t in tokens[last : mention.last] if t.text[0].isupper()]
        joined = last < len(tokens) and tokens[last].text in ("-", "–")
        if rest and last >= end and not (joined or _part_of_place(rest, known, located)):
            return False
        return mention.score >= 0.3 or located
    if mention is not None and mention.type in _NAMED_GROUPS:
        begins = _begins_body(tokens, first, end, mention) or modifies(tokens, first, last, mention)
        begins = begins or (tokens[first].text.isupper() and dateline(tokens, first, last, seen))
        return begins and any(c.primary for c in candidates)
    if mention is not None and mention.type == "person":
        # What stands before a title in a person's mention has not been refused: it is where the office is.
        return any(c.primary for c in candidates)
    proper = all(t.upos == "PROPN" or not t.text[0].isupper() for t in tokens[first:last])
    starts = first in seen.sentence_starts
    return proper and ((located and not starts) or (known and not (starts and single and not located)))


def _part_of_place(rest: Sequence[str], known: bool, located: bool) -> bool:
    """Whether the town at the head of a longer name, whose other capitalised words are ``rest``, is meant:
    a body belongs to the town ("Kabul Police"), a building often is only named after somebody."""
    if rest[0].lower() in _BODIES:
        return known or located
    return known and (located or rest[0].lower() in FACILITIES or rest[-1].lower() in FACILITIES)


def _refused(
    tokens: Sequence[Token], first: int, last: int, end: int, cue: str, seen: Seen, sure: bool
) -> bool:
    """Whether something speaks against a place: a common word, a person, a longer name, a road."""
    mention, name = seen.mention.get(first), tokens[first].text
    read = mention.type if mention else ""
    following = tokens[end].text.lower() if end < len(tokens) else ""
    if following in _NEVER_BEFORE or _of_firm(tokens, first) or of_road(tokens, first, end):
        return True
    if _as_written(name) and sure:
        return read == "media"
    if last - first == 1:
        if name.lower() in DIRECTIONS:
            return True
        if len(name) < 3 or _never_alone(name.lower()):
            article = first > 0 and tokens[first - 1].text.lower() == "the"
            if not (sure and article and name[0].isupper()) or name.lower() in _ONLY_GENERIC:
                return True
    if mention and read == "person" and part_of_person(tokens, mention, first, last, sure, seen):
        return True
    if _in_longer_name(tokens, first, last, seen, sure) or read == "media":
        return True
    if sure:
        return False
    local = first > 0 and tokens[first - 1].text.lower() in _LOCAL
    if not (cue or local) and (name in seen.surnames or somebody(tokens, first, last, seen)):
        return True
    if read == "nationality" or _goes_on(tokens, first, last):
        return True
    return read != "place" and within_name(tokens, first, seen.people)


def _sure(candidate: Candidate) -> bool:
    """Whether a name needs no reader to be known: countries, regions, waters, large states, "X County"."""
    if candidate.kind == "admin1":
        return candidate.primary and candidate.country in ("USA", "CAN", "AUS")
    if candidate.kind == "district":
        return candidate.primary and candidate.name.endswith((" County", " Parish"))
    return candidate.kind == "country" or (
        candidate.kind in SURE and candidate.primary and candidate.population >= 500
    )


def of_road(tokens: Sequence[Token], first: int, end: int) -> bool:
    """Whether the name is a road's: "Memphis Street", "Elm and Lincoln streets", "U.S. 54"."""
    if of_facility(tokens, end, ROADS):
        # "the Florida Highway Patrol" is no road.
        after = tokens[end + 1].text if end + 1 < len(tokens) else ""
        return not (after.isalpha() and after[0].isupper() and tokens[end + 1].upos == "PROPN")
    if tokens[first].text in ("U.S.", "US") and end < len(tokens) and tokens[end].text.isdigit():
        return first == 0 or tokens[first - 1].text.lower() != "the"
    for i in range(end, min(end + 8, len(tokens))):
        text = tokens[i].text
        if text.lower() in CROSSINGS:
            listed = (
                first > 1 and tokens[first - 1].text in ("and", "or") and tokens[first - 2].text[0].isupper()
            )
            return i > end or listed
        if not (text[0].isupper() or text in ("and", "or", ",")):
            break
    return False


def _minor(candidate: Candidate) -> bool:
    """Whether a place is so small that its name alone tells nothing: the reader must take it for a place."""
    return candidate.population < 500 and candidate.kind in ("city", "region", "water")


def of_facility(tokens: Sequence[Token], last: int, kinds: frozenset[str]) -> bool:
    """Whether the name goes on as that of a road or building: "Memphis Street", "Aberdeen University"."""
    if last >= len(tokens) or not tokens[last].text[0].isalnum():
        return False
    return tokens[last].text.lower().rstrip(".") in kinds and tokens[last].text[0].isupper()


def _of_firm(tokens: Sequence[Token], first: int) -> bool:
    """Whether the name ends that of a university or a firm: "University of Georgia", "Bank of America"."""
    if first < 2 or tokens[first - 1].text != "of" or not tokens[first - 2].text[0].isupper():
        return False
    before = tokens[first - 2].text.lower()
    return before in _LEARNED or before in ("bank", "corp.", "corporation")


def may_echo(tokens: Sequence[Token], first: int, last: int, seen: Seen) -> bool:
    """Whether a name that is a place elsewhere in the document can be one here, whatever the reader says."""
    mention = seen.mention.get(first)
    if last < len(tokens) and tokens[last].text.lower() in _NEVER_BEFORE:
        return False
    if of_road(tokens, first, last) or (last < len(tokens) and tokens[last].deprel.startswith("flat")):
        return False
    if _in_longer_name(tokens, first, last, seen, sure=False):
        return False
    if mention is None:
        return tokens[first].upos == "PROPN"
    begins = first == mention.first or (
        first == mention.first + 1 and tokens[mention.first].text.lower() == "the"
    )
    if mention.type == "person":
        # "the Paris Junior College president Dr. Pam A." begins with a place, "Paris A." does not.
        return (mention.first, mention.last) == (first, last) or (begins and mention.last - last > 3)
    return mention.type not in ("media", "nationality") and begins


def _begins_body(tokens: Sequence[Token], first: int, end: int, mention: ReadMention) -> bool:
    """Whether the name begins that of a public body of the place: "the Kunduz Provincial Council"."""
    lead = first - mention.first
    if lead > 1 or (lead == 1 and tokens[mention.first].text.lower() != "the"):
        return False
    return end < len(tokens) and tokens[end].text.lower() in CIVIC


def _never_alone(word: str) -> bool:
    return word in NEVER or word in ROADS or word in BUILDINGS or word in GENERICS


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


def within_name(tokens: Sequence[Token], first: int, people: frozenset[int]) -> bool:
    """Whether the name ends a longer one with "of": "Islamic Emirate of X", "Ministry of X"."""
    if (
        first < 3
        or tokens[first - 1].text not in ("of", "for")
        or tokens[first - 2].sentence != tokens[first].sentence
    ):
        return False
    before = tokens[first - 2]
    return before.i not in people and (
        before.text[0].isupper() and before.text.lower() not in GENERICS and before.upos in ("PROPN", "NOUN")
    )


def _goes_on(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the word after the name is one more part of it: "Wadi" of "Wadi Barada"."""
    if last >= len(tokens) or not tokens[last].text[0].isupper():
        return False
    return tokens[last].deprel.startswith("flat") and first <= tokens[last].head < last


def located_by_words(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the words beside say that the name is that of a place."""
    if first and tokens[first - 1].text.lower() in LOCATIVES:
        return True
    if first > 1 and tokens[first - 1].text.lower() in DIRECTIONS:
        return True
    if after_party(tokens, first):
        return True
    if last + 1 < len(tokens) and tokens[last].text == "," and tokens[last + 1].text[0].isupper():
        follower = tokens[last + 1].text.replace(".", "").lower()
        return follower in STATE_ABBREVIATIONS
    return last + 1 < len(tokens) and tokens[last].text == "-" and tokens[last + 1].text.lower() == "based"


def assaulted(tokens: Sequence[Token], first: int) -> bool:
    """Whether force was used on what is named: "the raid on Tell Amara". People are attacked, too; this only
    backs a reader who takes the name for a place."""
    if first < 2 or tokens[first - 1].text.lower() not in ("on", "against"):
        return False
    return tokens[first - 2].upos == "NOUN" and tokens[first - 2].lemma.lower() in ASSAULTS


def _in_longer_name(tokens: Sequence[Token], first: int, last: int, seen: Seen, sure: bool) -> bool:
    """Whether the words beside tie the name to more of it, like the "Vest" of "Vest-Agder"."""
    before = tokens[first - 1] if first and tokens[first - 1].sentence == tokens[first].sentence else None
    if before is not None:
        if before.text in _OPENERS:
            return before.upos in ("PROPN", "ADJ")
        if before.text in ("-", "–") and first > 1 and before.start == tokens[first - 2].end:
            return before.end == tokens[first].start and tokens[first - 2].text.lower() in (
                "al",
                "el",
                "ez",
                "az",
            )
        mention = seen.mention.get(first)
        if not sure and mention is not None and mention.type == "place" and mention.first < first:
            leads = before.text.lower() in _SIDES or before.text == "The"
            return before.text[0].isupper() and not leads
    if sure or last + 1 >= len(tokens) or tokens[last].text not in ("-", "–"):
        return False
    touching = tokens[last - 1].end == tokens[last].start and tokens[last].end == tokens[last + 1].start
    return touching and (
        (tokens[last + 1].text[0].isupper() and not _is_town(tokens[last + 1].text, seen))
        or tokens[last + 1].text in ("el", "al", "ez", "e")
    )


def _is_town(word: str, seen: Seen) -> bool:
    """Whether a word is a town's name by itself: of "Fargo-Moorhead" both are."""
    return (
        word.lower() not in DIRECTIONS
        and word.lower() not in NEVER
        and any(c.primary and c.kind in ("city", "capital") for c in seen.find(key(word)))
    )
