"""What a page of review shows: a finding with its words in context, and what each part of it stands on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from saydo.desk.correct import count_words
from saydo.desk.judge import with_finding
from saydo.export.page import Segment
from saydo.export.passages import Passages
from saydo.export.poles import coded, evidence
from saydo.export.words import STATEMENT, TIE, period, when
from saydo.model.lookups import Heading
from saydo.model.records import Event, Mention, Offsets, Record, Statement, Tie
from saydo.model.standing import Decided, State, What, finding_in, mention_ids
from saydo.model.store import CaseStore
from saydo.model.waiting import Settled, Waiting

AROUND = 320
"""Code points of context shown on either side of the sentence, cut at white space."""
MOST_ACTORS = 16
"""Actors of the report offered for a correction, those nearest to the words first."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a finding and the words it stands on."""

    label: str
    value: str
    words: str
    """The words of the report; empty where they say the same as the value."""
    why: str


@dataclass(frozen=True, slots=True)
class Choice:
    """An actor or place of the report that a correction may name."""

    id: str
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A finding to decide on."""

    document: str
    finding: str
    what: What
    kind: str
    """Its type or kind as the records have it."""
    title: str
    line: str
    before: str
    segments: tuple[Segment, ...]
    after: str
    heading: Heading
    score: float
    weight: int
    rule: str
    parts: tuple[Part, ...]
    subject: Decided
    actors: tuple[Choice, ...]
    places: tuple[Choice, ...]
    weapons: tuple[Choice, ...] = ()
    """The weapons that the report names."""
    state: State | None = None
    settled: Settled | None = None
    key: tuple[str | int | float, ...] = ()

    @property
    def tolls(self) -> tuple[str, str]:
        """Killed and injured as they are filled in, each empty where none are told of."""
        found = self.subject
        if not isinstance(found, Event):
            return "", ""
        return count_words(found.killed), count_words(found.injured)

    @property
    def dates(self) -> tuple[str, str]:
        """First and last day, each empty where it is not known."""
        found = self.subject
        if isinstance(found, Tie):
            return found.since or "", found.until or ""
        return (found.time.from_ or "", found.time.to or "") if found.time else ("", "")


class _Reader:
    """Reports, each read once for a page."""

    def __init__(self, store: CaseStore) -> None:
        self._store = store
        self._held: dict[str, tuple[Passages, Record]] = {}

    def passages(self, document: str) -> tuple[Passages, Record]:
        if document not in self._held:
            report = self._store.report(document)
            assert report is not None, "a finding's report is kept by the store"
            record = self._store.record(document)
            names = {id: named.name for id, named in self._store.names_in(document).items()}
            self._held[document] = Passages(report.document, record, names), record
        return self._held[document]

    def item(self, document: str, id: str, settled: Settled | None = None) -> ReviewItem | None:
        of, record = self.passages(document)
        found = finding_in(record, id)
        if settled is not None and settled.state == "rejected":
            record, id_there = with_finding(record, of.document.text, settled.decision)
            names = {key: named.name for key, named in self._store.names_in(document).items()}
            of, found = Passages(of.document, record, names), finding_in(record, id_there)
        return _item(of, record, found, id, settled) if found is not None else None


def named_in(store: CaseStore, document: str) -> tuple[tuple[str, str], ...]:
    """A mention and the name of each actor of a report, to choose from; none where it is not coded."""
    held = store.report(document)
    if held is None or not held.coded:
        return ()
    names = store.names_in(document)
    found: dict[str, tuple[str, str]] = {}
    for mention in store.record(document).mentions:
        if mention.actor and (mention.actor not in found or mention.named):
            name = names[mention.actor].name if mention.actor in names else mention.text
            found.setdefault(mention.actor, (mention.id, name))
    return tuple(sorted(found.values(), key=lambda pair: pair[1].casefold()))


def queue_items(store: CaseStore, waiting: Iterable[Waiting]) -> tuple[ReviewItem, ...]:
    """Findings that wait, ready to be decided on, in the order given. Raises StoreError."""
    from dataclasses import replace

    reader = _Reader(store)
    made = []
    for each in waiting:
        item = reader.item(each.document, each.finding)
        if item is not None:
            made.append(replace(item, weight=each.weight, key=each.key))
    return tuple(made)


def settled_items(store: CaseStore, settled: Iterable[Settled]) -> tuple[ReviewItem, ...]:
    """Findings that were decided on, as they stand; of rejected ones as they were."""
    reader = _Reader(store)
    items = (reader.item(each.document, each.finding, each) for each in settled)
    return tuple(item for item in items if item is not None)


def review_item(store: CaseStore, document: str, finding: str) -> ReviewItem | None:
    """One finding, decided on or not; None where the case has none."""
    held = store.report(document)
    if held is None or not held.coded:
        return None
    settled = next((s for s in store.stances_in(document) if s.finding == finding), None)
    return _Reader(store).item(document, finding, settled)


def _item(of: Passages, record: Record, found: Decided, id: str, settled: Settled | None) -> ReviewItem:
    marked = evidence(of, found)
    whole = (*found.content, *found.source, *found.cue) if isinstance(found, Statement) else marked
    start, end = of.sentences(whole)
    text, document = of.document.text, of.document
    line = coded(of, found)
    title = line.partition(" · ")[0] if not isinstance(found, Tie) else found.type
    return ReviewItem(
        document=document.id,
        finding=id,
        what="event" if isinstance(found, Event) else "tie" if isinstance(found, Tie) else "statement",
        kind=found.kind if isinstance(found, Statement) else found.type,
        title=title,
        line=line.removeprefix(f"{title} · "),
        before=_lead(text, start),
        segments=_cut(text, start, end, marked),
        after=_tail(text, end),
        heading=Heading(document.id, document.title, document.origin, document.publisher, document.date),
        score=found.score,
        weight=0,
        rule=found.rule,
        parts=tuple(_parts(of, record, found)),
        subject=found,
        actors=_actors(of, record, found, marked[0][0]),
        places=tuple(Choice(str(n), p.name or p.text, p.text) for n, p in enumerate(record.places[:60])),
        weapons=tuple(_weapons(record, found)),
        state=settled.state if settled else None,
        settled=settled,
    )


def _lead(text: str, start: int) -> str:
    cut = text[max(0, start - AROUND) : start]
    if start > AROUND:
        cut = "… " + cut.partition(" ")[2]
    return cut


def _tail(text: str, end: int) -> str:
    cut = text[end : end + AROUND]
    return cut.rpartition(" ")[0] + " …" if end + AROUND < len(text) else cut


def _cut(text: str, start: int, end: int, marks: Iterable[Offsets]) -> tuple[Segment, ...]:
    pieces, at = [], start
    for a, b in sorted(marks):
        a, b = max(a, at), min(b, end)
        if a < b:
            pieces += [Segment(text[at:a], False), Segment(text[a:b], True)]
            at = b
    pieces.append(Segment(text[at:end], False))
    return tuple(piece for piece in pieces if piece.text)


def _parts(of: Passages, record: Record, found: Decided) -> Iterable[Part]:
    """What each part stands on, in the order in which it is read."""
    mentions = {m.id: m for m in record.mentions}
    reasons = {a.id: a.reason for a in record.actors}

    def who(label: str, ids: Iterable[str]) -> Iterable[Part]:
        for id in ids:
            mention = mentions.get(id)
            if mention is not None:
                name = of.party(id).name
                words = mention.text if mention.text != name else ""
                yield Part(label, name, " ".join(words.split()), reasons.get(mention.actor or "", ""))

    if isinstance(found, Statement):
        yield Part("Kind", STATEMENT[found.kind][0], of.said(found.cue) if found.cue else "", "")
        if found.source_mention:
            yield from who("Said by", (found.source_mention,))
        elif found.source:
            yield Part("Said by", " ".join(of.words(found.source).split()), "", "named by these words alone")
        yield from who("Said to", found.addressees)
        if found.time:
            yield Part("When", when(found.time), "", "")
        return
    words = of.said([found.trigger])
    if isinstance(found, Tie):
        yield Part("Tie", TIE[found.type], words, "")
        yield from who("From", (found.from_,))
        yield from who("To", (found.to,))
        if found.role:
            yield Part("Role", found.role, "", "")
        if found.since or found.until:
            yield Part("When", period(found.since, found.until), "", "")
        if found.state != "unknown":
            yield Part("State", found.state, "", "")
    else:
        yield Part("Type", found.type + (f" · {found.mode}" if found.mode else ""), words, "")
        yield from who("Done by", found.actors)
        yield from who("Done to", found.recipients)
        if found.time:
            yield Part("When", when(found.time), "", "")
        if found.place is not None:
            place = record.places[found.place]
            yield Part("Where", place.name or place.text, place.text, place.reason)
        yield from who("Weapon", (found.weapon,) if found.weapon else ())
        for label, count in (("Killed", found.killed), ("Injured", found.injured)):
            if count is not None:
                yield Part(label, count.text, "", "")
    if found.polarity == "negative":
        yield Part("Denied", "the words say that it is not so", "", "")
    if found.realis != "actual":
        yield Part("Told as", found.realis, "", "")
    said_by = of.said_by(found) if found.attributed_to else None
    if said_by:
        yield Part("According to", said_by.name, "", "")


def _actors(of: Passages, record: Record, found: Decided, at: int) -> tuple[Choice, ...]:
    """The actors of the report, each by the mention that the finding has, else by the nearest."""
    nearest: dict[str, Mention] = {}
    used = set(mention_ids(found))
    for mention in record.mentions:
        if mention.type in ("place", "money", "quantity", "weapon", "platform") and not mention.actor:
            continue
        key = mention.actor or f"m:{mention.text}"
        held = nearest.get(key)
        if held is None or _far(mention, at, used) < _far(held, at, used):
            nearest[key] = mention
    listed = sorted(nearest.values(), key=lambda m: _far(m, at, used))[:MOST_ACTORS]
    return tuple(Choice(m.id, of.party(m.id).name, " ".join(m.text.split())) for m in listed)


def _weapons(record: Record, found: Decided) -> Iterable[Choice]:
    """Each weapon or vehicle of the report once, by the mention that the event has, else by the first."""
    own = found.weapon if isinstance(found, Event) else None
    named: dict[str, Mention] = {}
    for mention in sorted(record.mentions, key=lambda m: (m.id != own, m.start)):
        if mention.type in ("weapon", "platform") or mention.id == own:
            named.setdefault(" ".join(mention.text.split()).casefold(), mention)
    for mention in list(named.values())[:MOST_ACTORS]:
        words = " ".join(mention.text.split())
        yield Choice(mention.id, words, words)


def _far(mention: Mention, at: int, used: set[str]) -> tuple[bool, int]:
    return mention.id not in used, abs(mention.start - at)


def review_items_of(store: CaseStore, refs: Iterable[tuple[str, str]]) -> tuple[ReviewItem, ...]:
    """Some findings with their words, in the order given."""
    reader = _Reader(store)
    items = (reader.item(document, finding) for document, finding in refs)
    return tuple(item for item in items if item is not None)
