"""What a change of the codebook does to a case: its reports are coded anew, and the findings compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any, Literal, NamedTuple

from saydo import __version__
from saydo.codebook.entries import Codebook
from saydo.desk.coder import Coder, Failure
from saydo.desk.corridor import Corridor, corridor
from saydo.desk.progress import Progress, Silent
from saydo.model.document import Document
from saydo.model.errors import InputError
from saydo.model.reading import Reader
from saydo.model.records import Event, Record, Statement, Tie, When
from saydo.model.store import CaseStore

Table = Literal["events", "ties", "statements"]
TABLES: tuple[Table, ...] = ("events", "ties", "statements")
_TOGETHER = 16


@dataclass(frozen=True, slots=True)
class Field:
    """What a finding says under one name, before and after."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """A finding that is there only after the change, only before it, or in another form."""

    table: Table
    change: Literal["appears", "vanishes", "changes"]
    type: str
    """Event type with its mode, tie type or statement kind; where it changes, the new one."""
    document: str
    sentence: str
    """The sentence that it stands in, with single spaces."""
    words: str
    """The words that it was coded from: the trigger, or the cue of a statement."""
    start: int
    """Where those words begin, in code points of the report's text."""
    fields: tuple[Field, ...]
    """All that is said of it, or of one that changes, what is now said otherwise."""


class Total(NamedTuple):
    """How many findings of a type a case has, before and after."""

    table: Table
    type: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class CodebookDiff:
    """The outcome of a comparison."""

    before: str
    """Version of the codebook that coded the case."""
    after: str
    documents: int
    changes: tuple[Change, ...]
    """In the order of the reports, and of their texts."""
    totals: tuple[Total, ...]
    """Every type that the case has before or after."""
    failures: tuple[Failure, ...]
    """Reports that could not be coded with the new codebook."""

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        plain = asdict(self)
        plain["totals"] = [total._asdict() for total in self.totals]
        plain["failures"] = [failure._asdict() for failure in self.failures]
        return plain


def diff_codebook(
    store: CaseStore,
    reader: Reader,
    codebook: Codebook,
    *,
    progress: Progress | None = None,
    rooms: Corridor | None = None,
) -> CodebookDiff:
    """Codes the reports of a case with another codebook and compares the findings; the case stays as it is.

    Raises InputError for a case that is not coded yet, or that another version of saydo or another reader
    has coded: what differs would not come from the codebook alone.
    """
    coder = Coder(reader, codebook, rooms or corridor())
    seen = progress or Silent()
    old_book = _coded_by(store, coder)
    _, words = store.pending_size(coder.info)
    seen.begin("coding", words)
    changes: list[Change] = []
    failures: list[Failure] = []
    counts: tuple[Counter[tuple[Table, str]], Counter[tuple[Table, str]]] = (Counter(), Counter())
    documents = 0
    waiting = _pairs(store)
    while together := list(islice(waiting, _TOGETHER)):
        new = coder.code([document for document, _ in together])
        for (document, old), outcome in zip(together, new, strict=True):
            size = len(document.text.split())
            seen.advance(1, size, size)
            if isinstance(outcome, Failure):
                failures.append(outcome)
                continue
            documents += 1
            before, after = _Report(document.text, old), _Report(document.text, outcome)
            for counter, report in zip(counts, (before, after), strict=True):
                counter.update((item.table, item.type) for item in report.items())
            changes += _compare(document.id, before, after)
    totals = tuple(
        Total(table, type, counts[0][table, type], counts[1][table, type])
        for table in TABLES
        for type in sorted({t for tb, t in (*counts[0], *counts[1]) if tb == table})
    )
    return CodebookDiff(old_book, codebook.version, documents, tuple(changes), totals, tuple(failures))


def _coded_by(store: CaseStore, coder: Coder) -> str:
    """The codebook that coded the case."""
    first = next(iter(store.records()), None)
    if first is None:
        raise InputError("nothing is coded in the case yet; run saydo run first")
    by = first.coder
    if (by.version, by.reader) != (__version__, coder.info.reader):
        raise InputError(
            f"the case was coded by saydo {by.version} with the reader {by.reader}; run saydo run on it with "
            "this version first, so that nothing but the codebook differs"
        )
    return by.codebook


def _pairs(store: CaseStore) -> Iterator[tuple[Document, Record]]:
    """Each coded report with its record; what was never coded has nothing to compare."""
    records = store.records()
    record = next(records, None)
    for document in store.documents():
        if record is not None and record.id == document.id:
            yield document, record
            record = next(records, None)


class _Item(NamedTuple):
    """A finding, as it is compared."""

    table: Table
    type: str
    key: tuple[Any, ...]
    """What it is known by before and after: the words that it stands on."""
    at: tuple[int, int]
    fields: tuple[tuple[str, str], ...]


class _Report:
    """The findings of one record in words, so that those of two records can be set side by side."""

    def __init__(self, text: str, record: Record) -> None:
        self.text = text
        self.record = record
        names = {actor.id: actor.name for actor in record.actors}
        self._spans = {m.id: (m.start, m.end) for m in record.mentions}
        self._names = {m.id: _name(m.text, names.get(m.actor or "")) for m in record.mentions}

    def items(self) -> Iterator[_Item]:
        """Events, then ties, then statements."""
        yield from map(self._event, self.record.events)
        yield from map(self._tie, self.record.ties)
        yield from map(self._statement, self.record.statements)

    def _event(self, event: Event) -> _Item:
        kind = f"{event.type}.{event.mode}" if event.mode else event.type
        place = "" if event.place is None else self.record.places[event.place].text
        told = next((s.kind for s in self.record.statements if s.id == event.attributed_to), "")
        fields = {
            "type": kind,
            "actor": self._all(event.actors),
            "recipient": self._all(event.recipients),
            "realis": event.realis,
            "polarity": event.polarity,
            "contexts": ", ".join(event.contexts),
            "place": place,
            "time": _when(event.time),
            "killed": event.killed.text if event.killed else "",
            "injured": event.injured.text if event.injured else "",
            "told in": told,
        }
        return _Item("events", kind, ("events", event.trigger), event.trigger, _given(fields))

    def _tie(self, tie: Tie) -> _Item:
        ends = tuple(sorted((self._spans[tie.from_], self._spans[tie.to])))
        fields = {
            "type": tie.type,
            "from": self._names[tie.from_],
            "to": self._names[tie.to],
            "role": tie.role or "",
            "state": tie.state,
            "realis": tie.realis,
            "polarity": tie.polarity,
        }
        return _Item("ties", tie.type, ("ties", tie.trigger, ends), tie.trigger, _given(fields))

    def _statement(self, said: Statement) -> _Item:
        at = said.cue[0] if said.cue else said.content[0]
        fields = {
            "kind": said.kind,
            "source": self._all((said.source_mention,) if said.source_mention else ()),
            "addressee": self._all(said.addressees),
            "content": self._words(said.content),
        }
        return _Item("statements", said.kind, ("statements", said.cue, said.content[:1]), at, _given(fields))

    def _all(self, mentions: Iterable[str]) -> str:
        return "; ".join(self._names[m] for m in mentions)

    def _words(self, spans: Iterable[tuple[int, int]]) -> str:
        return " … ".join(_plain(self.text[start:end]) for start, end in spans)

    def sentence(self, at: int) -> str:
        """The sentence in which a character stands."""
        spans = self.record.sentences
        start, end = next(((s, e) for s, e in spans if s <= at < e), (at, min(at + 200, len(self.text))))
        return _plain(self.text[start:end])


def _compare(document: str, before: _Report, after: _Report) -> list[Change]:
    old, new = _keyed(before.items()), _keyed(after.items())
    found: list[Change] = []
    for key in dict.fromkeys([*old, *new]):
        one, other = old.get(key), new.get(key)
        shown = other or one
        if shown is None or (one is not None and other is not None and one.fields == other.fields):
            continue
        start, end = shown.at
        found.append(
            Change(
                table=shown.table,
                change="appears" if one is None else "vanishes" if other is None else "changes",
                type=shown.type,
                document=document,
                sentence=before.sentence(start),
                words=_plain(before.text[start:end]),
                start=start,
                fields=_fields(one, other),
            )
        )
    return sorted(found, key=lambda each: (each.start, TABLES.index(each.table), each.change))


def _keyed(items: Iterable[_Item]) -> dict[tuple[Any, ...], _Item]:
    """By what they stand on; where several do, by their number, too."""
    found: dict[tuple[Any, ...], _Item] = {}
    for item in items:
        n = 0
        while (key := (*item.key, n)) in found:
            n += 1
        found[key] = item
    return found


def _fields(one: _Item | None, other: _Item | None) -> tuple[Field, ...]:
    old, new = dict(one.fields if one else ()), dict(other.fields if other else ())
    return tuple(
        Field(name, old.get(name, ""), new.get(name, ""))
        for name in dict.fromkeys([*old, *new])
        if old.get(name, "") != new.get(name, "")
    )


def _given(fields: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in fields.items() if value)


def _name(words: str, actor: str | None) -> str:
    plain = _plain(words)
    return plain if actor is None or actor == plain else f"{plain} = {actor}"


def _when(time: When | None) -> str:
    return "" if time is None else " – ".join(dict.fromkeys(each for each in (time.from_, time.to) if each))


def _plain(text: str) -> str:
    return " ".join(text.split())
