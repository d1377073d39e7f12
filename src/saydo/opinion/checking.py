"""Holding an answer to the report: every item either stands on exact words of it, or is refused with the
reason.

Whatever a model says, and whatever a report made it say, ends here: types are those of the codebook, quotes
stand in the text, parties are words of the quoted sentences at which the report's reading has somebody, dates
are dates."""

from __future__ import annotations

import json
import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, NamedTuple, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from saydo.codebook.entries import Codebook
from saydo.model.errors import InputError
from saydo.model.ids import digest
from saydo.model.records import Mention, Offsets, Polarity, Realis, Record
from saydo.opinion.asking import MOST_FINDINGS, MOST_WORDS, modes_of

What = Literal["event", "tie", "statement"]
_PARTIAL = re.compile(r"\d{4}(-\d{2}){0,2}")
_FENCE = re.compile(r"```(?:json)?\s*(.*?)```", re.S)


class Item(BaseModel):
    """An item of an answer, as it must look; nothing may be added."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    what: What
    type: str = Field(max_length=100)
    mode: str | None = Field(None, max_length=100)
    quote: str = Field(min_length=1, max_length=MOST_WORDS)
    occurrence: int | None = Field(None, ge=1)
    words: str = Field(min_length=1, max_length=MOST_WORDS)
    by: list[str] = Field([], max_length=8)
    to: list[str] = Field([], max_length=8)
    place: str | None = Field(None, max_length=200)
    since: str | None = Field(None, max_length=20)
    until: str | None = Field(None, max_length=20)
    polarity: str = "positive"
    realis: str = "actual"


class Proposal(NamedTuple):
    """What a model proposes, by offsets into the report's text, so that it outlives coding the report
    anew."""

    id: str
    document: str
    what: What
    type: str
    mode: str | None
    words: Offsets
    quote: Offsets
    by: tuple[Offsets, ...] = ()
    to: tuple[Offsets, ...] = ()
    place: Offsets | None = None
    since: str | None = None
    until: str | None = None
    polarity: str = "positive"
    realis: str = "actual"

    def to_json(self) -> str:
        """For a log."""
        return json.dumps(self._asdict())

    @classmethod
    def from_json(cls, text: str) -> Proposal:
        """From a log."""
        told = json.loads(text)
        for name in ("words", "quote"):
            told[name] = tuple(told[name])
        for name in ("by", "to"):
            told[name] = tuple(tuple(span) for span in told[name])
        told["place"] = tuple(told["place"]) if told["place"] else None
        return cls(**told)


class Refused(NamedTuple):
    """An item that does not hold, as the model gave it, and why."""

    item: Any
    reason: str


class _No(Exception):
    """Why an item is refused."""


def items_of(answer: str) -> list[Any]:
    """The items of an answer. Models think aloud and put fences around what they say; beyond that nothing is
    mended. Raises InputError where the answer is none."""
    text = answer.rpartition("</think>")[2].strip()
    fenced = _FENCE.search(text)
    text = fenced[1] if fenced else text
    start = text.find("{")
    try:
        told, _ = json.JSONDecoder().raw_decode(text[start:] if start >= 0 else text)
        found = told["findings"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise InputError(f"the answer is not the JSON that was asked for ({_short(error)})") from None
    if not isinstance(found, list):
        raise InputError("the answer is not the JSON that was asked for (findings is no list)")
    return found[:MOST_FINDINGS]


def checked(
    item: Any, record: Record, text: str, piece: Offsets, codebook: Codebook, model: str
) -> Proposal | Refused:
    """An item as a proposal, or refused. ``piece`` is what the model was shown; ``model`` becomes part of the
    id.

    A quote that stands in the piece several times is the one that ``occurrence`` names, else the first; words
    and parties are the first in the quote.
    """
    try:
        asked = Item.model_validate(item)
        return _proposal(asked, record, text, piece, codebook, model)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the item"
        return Refused(item, f"{where}: {first['msg'][:200]}")
    except _No as no:
        return Refused(item, str(no))


def _proposal(
    item: Item, record: Record, text: str, piece: Offsets, codebook: Codebook, model: str
) -> Proposal:
    _known(item, codebook)
    quote = _nth(text, item.quote, piece, item.occurrence)
    words = _within(text, item.words, quote, "words")
    by = tuple(_party(text, name, quote, record) for name in item.by)
    to = tuple(_party(text, name, quote, record) for name in item.to)
    if item.what == "tie" and (len(by), len(to)) != (1, 1):
        raise _No("a tie needs one party at each end")
    if item.what == "tie" and _actor(record, by[0]) == _actor(record, to[0]):
        raise _No("both ends of the tie are the same")
    if item.what == "statement" and len(by) > 1:
        raise _No("a statement has one speaker")
    place = _within(text, item.place, quote, "the place") if item.place else None
    since, until = _day(item.since, "since"), _day(item.until, "until")
    if since and until and bounds(since)[0] > bounds(until)[1]:
        raise _No(f"since {since} comes after until {until}")
    made = Proposal(
        "", record.id, item.what, item.type, item.mode, words, quote, by, to, place, since, until,
        item.polarity, item.realis,
    )  # fmt: skip
    return made._replace(id=f"p-{digest(model, record.text_sha256, made.to_json())[:10]}")


def _known(item: Item, codebook: Codebook) -> None:
    """Raises where a type, mode, polarity or realis is not the codebook's."""
    rooms: dict[str, Mapping[str, object]] = {
        "event": codebook.events,
        "tie": codebook.ties,
        "statement": codebook.statements,
    }
    if item.type not in rooms[item.what]:
        raise _No(f"{item.type!r} is no type of {item.what} in the codebook")
    if item.mode is not None and (item.what != "event" or item.mode not in modes_of(codebook, item.type)):
        raise _No(f"{item.mode!r} is no mode of {item.type}")
    if item.polarity not in get_args(Polarity) or item.realis not in get_args(Realis):
        raise _No(f"polarity {item.polarity!r} or realis {item.realis!r} is none of the codebook's")


def _nth(text: str, quote: str, piece: Offsets, occurrence: int | None) -> Offsets:
    if not quote.strip():
        raise _No("the quote holds no words")
    wanted = occurrence or 1
    found = _places(text, quote, piece)
    if not found:
        raise _No("the quote does not stand in the text")
    if len(found) < wanted:
        raise _No(f"the quote stands in the text {len(found)} times, not {wanted}")
    return found[wanted - 1]


def _within(text: str, words: str, quote: Offsets, name: str) -> Offsets:
    found = _places(text, words, quote)
    if not found:
        raise _No(f"{words[:80]!r} ({name}) does not stand in the quote")
    return found[0]


def _places(text: str, words: str, within: Offsets) -> list[Offsets]:
    """Everywhere that some words stand, character by character; only how they are spaced, or broken into
    lines, is left open, since models do not keep that."""
    parts = words.split()
    if not parts:
        return []
    pattern = re.compile(r"\s+".join(map(re.escape, parts)))
    return [match.span() for match in pattern.finditer(text, *within)]


def _party(text: str, name: str, quote: Offsets, record: Record) -> Offsets:
    """Where a party is named. Of several places the first at which the report's reading has somebody."""
    _within(text, name, quote, "a party")
    for span in _places(text, name, quote):
        if found_in(record, span):
            return span
    raise _No(f"the reading of the report has nobody at the words {name[:80]!r}")


def found_in(record: Record, span: Offsets) -> Mention | None:
    """Whom the report's reading has at some words: of several the one that covers most of them, then who is
    known."""
    over = [m for m in record.mentions if m.start < span[1] and m.end > span[0]]
    # the head must lie in the words: "the mayor of Tal" is not named by "Tal"
    over = [m for m in over if span[0] <= m.head[0] < span[1]]
    return min(over, key=lambda m: (-_shared(m, span), not m.actor, m.end - m.start), default=None)


def _shared(mention: Mention, span: Offsets) -> int:
    return min(mention.end, span[1]) - max(mention.start, span[0])


def _actor(record: Record, span: Offsets) -> str:
    mention = found_in(record, span)
    return (mention.actor or mention.id) if mention else ""


def _day(text: str | None, name: str) -> str | None:
    if text is None:
        return None
    try:
        if not _PARTIAL.fullmatch(text):
            raise ValueError
        bounds(text)
    except ValueError:
        raise _No(f"{name} {text!r} is no date; a date is 2019, 2019-05 or 2019-05-09") from None
    return text


def bounds(partial: str) -> tuple[date, date]:
    """First and last day of a year, month or day. Raises ValueError."""
    parts = [int(part) for part in partial.split("-")]
    first = date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)
    if len(parts) == 3:
        return first, first
    month = parts[1] if len(parts) > 1 else 12
    return first, date(parts[0], month, monthrange(parts[0], month)[1])


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
