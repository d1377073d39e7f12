"""What saydo codes in ordinary news, against events annotated by reading (``lab/gold/events.jsonl``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import networkx

from lab import corpora
from lab.corpora import DataAbsent
from lab.measures.tally import Figures, Tally
from saydo.codebook import load
from saydo.desk.coder import code_documents
from saydo.model.document import Document, text_sha256
from saydo.model.records import Event, Record
from saydo.reading.network import Network
from saydo.reading.reader import OnnxReader

TEXTS = Path(__file__).resolve().parents[3] / "shared" / "data" / "attribution"
"""Where the articles lie; the gold file holds offsets only."""

BOTH_WAYS = ("AGREE", "CONSULT", "COOPERATE")
"""Types that PLOVER codes in both directions, so that their actors and recipients may be exchanged."""

Span = tuple[int, int]
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Found:
    """An event as it was coded. A party is a list of spans: its mention, and, where that stands outside the
    sentence, the mentions in the sentence that name the same actor."""

    type: str
    trigger: Span
    actors: tuple[tuple[Span, ...], ...]
    recipients: tuple[tuple[Span, ...], ...]
    realis: str
    polarity: str
    rule: str


@dataclass(frozen=True)
class Gold:
    """An event as it was annotated; ``actors`` and ``recipients`` hold every name of them in the sentence."""

    types: tuple[str, ...]
    trigger: Span
    actors: tuple[Span, ...]
    recipients: tuple[Span, ...]
    realis: str
    polarity: str
    sure: bool


class Match(NamedTuple):
    """A coded event and the annotated one that it is taken for."""

    found: Found
    gold: Gold


def events(
    gold: Path, network: Network, heldout: bool, *, part: str | None = None, errors: bool = False
) -> Figures:
    """Events of news sentences drawn at random, coded from the whole article and its date. Of a record those
    events count whose trigger lies in an annotated sentence. Coded and annotated events are matched one to
    one, best match first in sum. ``typed``: the type is the gold's (or one of those the gold lets pass) and
    the triggers overlap, or the actors or the recipients do. ``who``: typed, and every coded actor and
    recipient overlaps one of the gold's in that role; in AGREE, CONSULT and COOPERATE the roles may be
    exchanged. ``full pair``: who, among the coded and the annotated events that have actor and recipient.
    ``realis`` and ``polarity``: shares of right ones among the typed matches. Annotated events marked as
    arguable are left out, together with the coded events that match them. ``quiet``: share of the sentences
    without any annotated event in which nothing is coded.

    ``--part`` takes one half of the documents (``--heldout`` is ``--part heldout``); ``--errors`` prints what
    is wrong and what is missed."""
    part = part or ("heldout" if heldout else None)
    rows = [r for r in corpora.jsonl(gold) if part in (None, r["split"])]
    documents = _documents(rows)
    coder = code_documents(documents.values(), OnnxReader(network, pairs=True), load())
    count = _Count()
    for document, record in zip(documents.values(), coder, strict=True):
        if not isinstance(record, Record):
            raise DataAbsent(f"{record.document} could not be coded: {record.reason}")
        for row in rows:
            if row["document"] == document.id:
                count.add(row, list(found_in(record, tuple(row["sentence"]))), document.text, errors)
    return count.figures()


class _Count:
    """Sums over sentences."""

    def __init__(self) -> None:
        self.typed, self.who, self.full = Tally(), Tally(), Tally()
        self.matched = self.realis = self.polarity = 0
        self.sentences = self.empty = self.quiet = 0

    def add(self, row: Row, found: Sequence[Found], text: str, errors: bool) -> None:
        wanted = annotated(row)
        matches = matched(found, wanted)
        spared = [m.found for m in matches if not m.gold.sure]
        taken = [m for m in matches if m.gold.sure]
        right = [m for m in taken if _who(*m)]
        sure = [g for g in wanted if g.sure]
        counted = [f for f in found if not any(f is s for s in spared)]
        for tally, good, have, want in (
            (self.typed, len(taken), len(counted), len(sure)),
            (self.who, len(right), len(counted), len(sure)),
            (self.full, sum(_full(*m) for m in right), sum(map(_two, counted)), sum(map(_two, sure))),
        ):
            tally.right += good
            tally.found += have
            tally.wanted += want
        self.matched += len(taken)
        self.realis += sum(m.found.realis == m.gold.realis for m in taken)
        self.polarity += sum(m.found.polarity == m.gold.polarity for m in taken)
        self.sentences += 1
        self.empty += not wanted
        self.quiet += not wanted and not found
        if errors:
            _print(row, counted, sure, taken, text)

    def figures(self) -> Figures:
        told: Figures = {"sentences": float(self.sentences), "annotated items": float(self.typed.wanted)}
        told["coded items"] = float(self.typed.found)
        for name, tally in (("typed", self.typed), ("who", self.who), ("full pair", self.full)):
            told |= tally.figures(name)
        share = max(1, self.matched)
        told |= {"realis accuracy": self.realis / share, "polarity accuracy": self.polarity / share}
        return told | {"quiet": self.quiet / max(1, self.empty)}


def annotated(row: Row) -> list[Gold]:
    """The annotated events of a sentence."""
    return [
        Gold(
            (event["type"], *event.get("or", ())),
            _span(event["trigger"]),
            tuple(map(_span, [*event["actors"], *event.get("actors_same", ())])),
            tuple(map(_span, [*event["recipients"], *event.get("recipients_same", ())])),
            event["realis"],
            event["polarity"],
            event["sure"],
        )
        for event in row["events"]
    ]


def found_in(record: Record, sentence: Span) -> Iterator[Found]:
    """The events of a record whose trigger lies in the sentence."""
    for event in record.events:
        if sentence[0] <= event.trigger[0] and event.trigger[1] <= sentence[1]:
            yield _found(record, event, sentence)


def _found(record: Record, event: Event, sentence: Span) -> Found:
    mentions = {m.id: m for m in record.mentions}

    def spans(name: str) -> tuple[Span, ...]:
        own = mentions[name]
        if _touch((own.start, own.end), sentence) or own.actor is None:
            return ((own.start, own.end),)
        same = [(m.start, m.end) for m in record.mentions if m.actor == own.actor]
        return ((own.start, own.end), *(s for s in same if _touch(s, sentence)))

    return Found(
        event.type,
        _span(event.trigger),
        tuple(spans(name) for name in event.actors),
        tuple(spans(name) for name in event.recipients),
        event.realis,
        event.polarity,
        event.rule,
    )


def matched(found: Sequence[Found], wanted: Sequence[Gold]) -> list[Match]:
    """Coded and annotated events one to one: as many sure ones as can be, then as many arguable ones, then
    those with the right parties, then those with the right trigger."""
    graph = networkx.Graph()
    for i, coded in enumerate(found):
        for j, gold in enumerate(wanted):
            if typed(coded, gold):
                worth = 1000 if gold.sure else 100
                worth += 4 * _who(coded, gold) + 2 * _touch(coded.trigger, gold.trigger)
                graph.add_edge((0, i), (1, j), weight=worth)
    pairs = (sorted(edge) for edge in networkx.max_weight_matching(graph))
    return [Match(found[i], wanted[j]) for (_, i), (_, j) in sorted(pairs)]


def typed(found: Found, gold: Gold) -> bool:
    """Whether the type is right, and a trigger, an actor or a recipient is shared."""
    return found.type in gold.types and (
        _touch(found.trigger, gold.trigger)
        or any(_among(party, gold.actors) for party in found.actors)
        or any(_among(party, gold.recipients) for party in found.recipients)
    )


def _who(found: Found, gold: Gold) -> bool:
    ways = [(gold.actors, gold.recipients)]
    if found.type in BOTH_WAYS:
        ways.append((gold.recipients, gold.actors))
    return any(
        all(_among(party, actors) for party in found.actors)
        and all(_among(party, recipients) for party in found.recipients)
        for actors, recipients in ways
    )


def _full(found: Found, gold: Gold) -> bool:
    return _two(found) and _two(gold)


def _two(event: Found | Gold) -> bool:
    return bool(event.actors and event.recipients)


def _among(party: Iterable[Span], spans: Iterable[Span]) -> bool:
    return any(_touch(a, b) for b in spans for a in party)


def _touch(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _span(offsets: Sequence[int]) -> Span:
    return offsets[0], offsets[1]


def _documents(rows: Iterable[Row]) -> dict[str, Document]:
    """The articles that the rows are of, by id; each must be the text that was annotated."""
    needed: dict[str, dict[str, str]] = {}
    for row in rows:
        needed.setdefault(row["source"], {})[row["document"]] = row["sha256"]
    found: dict[str, Document] = {}
    for source, wanted in needed.items():
        for article in corpora.jsonl(TEXTS / source):
            if article["id"] in wanted:
                if text_sha256(article["text"]) != wanted[article["id"]]:
                    raise DataAbsent(f"{article['id']} in {source} is not the text that was annotated")
                found[article["id"]] = Document(
                    article["id"],
                    article["text"],
                    date=article.get("date"),
                    publisher=article.get("publisher"),
                )
    absent = {name for wanted in needed.values() for name in wanted} - found.keys()
    if absent:
        raise DataAbsent(f"{len(absent)} annotated articles are not in {TEXTS}, the first is {min(absent)}")
    return found


def _print(row: Row, found: Sequence[Found], sure: Sequence[Gold], taken: Sequence[Match], text: str) -> None:
    """Prints the sentence with what is wrong in it, if anything is."""
    told = []
    for coded in found:
        match = next((m for m in taken if m.found is coded), None)
        if match is None:
            told.append(f"  wrong   {_told(coded, text)}  by {coded.rule}")
        elif not _who(*match):
            told.append(f"  parties {_told(coded, text)}  gold: {_told(match.gold, text)}")
    told += [f"  missed  {_told(g, text)}" for g in sure if not any(m.gold is g for m in taken)]
    if told:
        start, end = row["sentence"]
        print(" ".join(text[start:end].split()), *told, sep="\n", end="\n\n")


def _told(event: Found | Gold, text: str) -> str:
    def words(spans: Iterable[Span]) -> str:
        return ", ".join(" ".join(text[a:b].split()) for a, b in spans) or "-"

    if isinstance(event, Found):
        kind, actors, recipients = event.type, [a[0] for a in event.actors], [r[0] for r in event.recipients]
    else:
        kind, actors, recipients = "/".join(event.types), list(event.actors), list(event.recipients)
    start, end = event.trigger
    return (
        f"{kind} [{' '.join(text[start:end].split())}] {words(actors)} -> {words(recipients)}"
        f" ({event.realis}, {event.polarity})"
    )
