"""Whether a name that the gazetteer knows is rather somebody's, or a word of everyday use."""

from __future__ import annotations

from collections.abc import Sequence

from saydo.linking.gazetteer_names import key
from saydo.linking.places_seen import Seen
from saydo.linking.places_words import CIVIC, FACILITIES, SPEECH
from saydo.model.reading import ReadMention, Token

_WITH_TITLES = CIVIC | frozenset("president prime foreign defense defence minister 's ’s army".split())
_PARTIES = frozenset("D R I DFL".split())
_AFTER_DATELINE = frozenset("- -- --- – — (".split())


def _public(word: str) -> bool:
    return word.lower().rstrip(".") in FACILITIES


def dateline(tokens: Sequence[Token], first: int, last: int, seen: Seen) -> bool:
    """Whether the name says where a report was written: "BEIRUT - ", "PARIS (Reuters)"."""
    return first in seen.sentence_starts and last < len(tokens) and tokens[last].text in _AFTER_DATELINE


def modifies(tokens: Sequence[Token], first: int, last: int, mention: ReadMention) -> bool:
    """Whether the name stands before common nouns: "a Kasese teacher", "the Lyon police"."""
    lead = all(t.text.lower() in ("the", "a", "an") for t in tokens[mention.first : first])
    rest = tokens[last : mention.last]
    return lead and bool(rest) and all(t.text.islower() and t.upos in ("NOUN", "ADJ") for t in rest)


def somebody(tokens: Sequence[Token], first: int, last: int, seen: Seen) -> bool:
    """Whether the name is rather somebody's: so read elsewhere, one who speaks, or a word of everyday use."""
    if dateline(tokens, first, last, seen) or (last < len(tokens) and _public(tokens[last].text)):
        return False
    name = " ".join(t.text for t in tokens[first:last])
    if seen.doubts.get(name, 0.0) > 0.2:
        return True
    if last - first > 1:
        return False
    token, mention = tokens[first], seen.mention.get(first)
    if token.text.lower() in seen.common and (mention is None or mention.score < 0.8):
        return True
    governor = tokens[token.head]
    speaks = token.deprel == "nsubj" and governor.lemma.lower() in SPEECH
    town = any(c.kind == "capital" or c.population > 500_000 for c in seen.find(key(token.text)))
    return speaks and not town


def after_party(tokens: Sequence[Token], first: int) -> bool:
    """Whether the name is the seat behind a party: "Rep. Barbara Lee, D-Oakland"."""
    return first > 1 and tokens[first - 1].text in ("-", "–") and tokens[first - 2].text in _PARTIES


def part_of_person(
    tokens: Sequence[Token], mention: ReadMention, first: int, last: int, sure: bool, seen: Seen
) -> bool:
    """Whether the name belongs to a person: "Jordan Peele", "Mr. Washington"."""
    whole = mention.first == first and mention.last == last
    if after_party(tokens, first) or modifies(tokens, first, last, mention):
        return False
    if whole and tokens[first].text.isupper() and dateline(tokens, first, last, seen):
        return False
    if whole and sure and mention.score < 0.6:
        return False
    # "Iraq Prime Minister Haider …", "Litchfield Fire Chief Jim …": a place before a title is that place.
    if first == mention.first and last < mention.last:
        following = tokens[last].text.lower()
        return following.rstrip(".") not in (_WITH_TITLES if sure else CIVIC)
    return True
