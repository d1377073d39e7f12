"""What is said of a discrepancy: as JSON for programs, and as text for people."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import PurePath
from typing import Any

from saydo.desk.summary import sentence_of
from saydo.desk.watching.news import News, flat
from saydo.export.words import BASIS, DISCREPANCY, day
from saydo.model.records import Pole
from saydo.model.store import CaseStore

CAUTION = (
    "A program put these passages side by side. Whether they stand against each other is for a person to "
    "judge: read the reports before you pass this on."
)
RULE = "-" * 60
"""Between two discrepancies."""
_HEADS = {
    "new": "New",
    "further": "Further report against words told of before",
    "surer": "Surer than before",
}
_BIDI = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))


def message(news: News, store: CaseStore, case: str, at: str) -> dict[str, Any]:
    """A discrepancy as it is delivered. Its id is the same whenever the same passages are told again, so that
    who gets it twice can tell."""
    found = news.found
    statement = _passage(store, found.statement)
    against = [
        {**_passage(store, pole), "new": number < news.fresh} for number, pole in enumerate(news.against)
    ]
    key = [case, news.what, found.kind, statement["document"], flat(found.statement.quote)]
    for pole in news.against[: news.fresh]:
        key += [pole.document, flat(pole.quote)]
    return {
        "id": "saydo-" + sha256("\x00".join(key).encode("utf-8", "replace")).hexdigest()[:24],
        "at": at, "case": case, "what": news.what, "discrepancy": found.id, "kind": found.kind,
        "title": DISCREPANCY[found.kind][0], "speaker": news.speaker,
        "explanation": sentence_of(found), "statement": statement, "against": against,
        "basis": found.basis, "score": found.score, "needs_review": found.needs_review, "caution": CAUTION,
    }  # fmt: skip


def _passage(store: CaseStore, pole: Pole) -> dict[str, Any]:
    held = store.report(pole.document)
    told: dict[str, Any] = {"quote": pole.quote, "document": pole.document}
    if held is None:
        return {**told, "publisher": None, "title": None, "date": None, "url": None}
    of = held.document
    title = of.title or PurePath(of.origin).name
    return {**told, "publisher": of.publisher, "title": title, "date": of.date, "url": of.url}


def message_text(told: Mapping[str, Any], width: int = 0) -> str:
    """A discrepancy as a person reads it; wrapped at ``width`` characters, 0 for not at all."""
    _, said, against = DISCREPANCY[told["kind"]]
    unsure = " (unsure: look closely)" if told["needs_review"] else ""
    both = _same_place(told["statement"], told["against"])
    lines = [
        *_wrapped(f"{_HEADS[told['what']]}: {told['speaker']} — {_small(told['title'])}{unsure}", width, ""),
        *_wrapped(told["explanation"], width, ""),
        "",
        *_quoted(
            f"{said}, and what stands against it, in one sentence" if both else said, told["statement"], width
        ),
    ]
    for number, passage in enumerate(told["against"][both:], start=both):
        known = "" if passage["new"] else ", told of before"
        heading = against if number == 0 else f"Also{known}"
        lines += ["", *_quoted(heading, passage, width)]
    lines += ["", *_wrapped(f"{BASIS[told['basis']]} Score {told['score']:.2f} of 1.", width, "")]
    return "\n".join(lines)


def _same_place(statement: Mapping[str, Any], against: Sequence[Mapping[str, Any]]) -> int:
    """1 where the sentence of the statement is also the first that stands against it, as where a report sets
    them against each other; else 0."""
    place = (statement["document"], statement["quote"])
    return int(bool(against) and (against[0]["document"], against[0]["quote"]) == place)


def _small(title: str) -> str:
    return title[:1].lower() + title[1:]


def paragraph(text: str, width: int) -> str:
    """A text in lines of ``width`` characters; 0 for one line."""
    return "\n".join(_wrapped(text, width, ""))


def _quoted(heading: str, passage: Mapping[str, Any], width: int) -> Iterable[str]:
    yield f"{heading}:"
    yield from _wrapped(f"“{passage['quote'].strip()}”", width, "  ")
    source = ", ".join(filter(None, (passage["publisher"], passage["title"], _day(passage["date"]))))
    yield from _wrapped(f"— {source}", width, "    ")
    if passage["url"]:
        yield f"      {clean(passage['url'])}"


def _day(date: str | None) -> str:
    return day(date) if date else "no date known"


def _wrapped(text: str, width: int, indent: str) -> list[str]:
    text = clean(text)
    if not width:
        return [indent + text]
    return textwrap.wrap(
        text, width, initial_indent=indent, subsequent_indent=indent,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def clean(text: str) -> str:
    """A text of somebody else's on one line, without characters that steer a terminal or turn the direction
    of writing."""
    plain = " ".join(str(text).split()).translate(_BIDI)
    return "".join(c for c in plain if ord(c) >= 32 and not 127 <= ord(c) < 160)
