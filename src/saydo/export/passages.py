"""The words of one report: what the offsets and ids of its record stand for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping

from saydo.export.rows import Citation, Party
from saydo.model.case import CaseDocument
from saydo.model.records import Event, Mention, Offsets, Proposition, Record, Statement, Tie

Finding = Statement | Event | Tie | Proposition


def hms(seconds: float) -> str:
    """Seconds as ``hh:mm:ss``, cut (not rounded) to the second, so that a player starts before the words."""
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"


class Passages:
    """Resolves what a record says about its report; holds nothing that the two do not hold.

    ``names`` are the actors' names of the case, by id; they win over those of the record, so that an actor
    has one name throughout.
    """

    def __init__(self, document: CaseDocument, record: Record, names: Mapping[str, str]) -> None:
        self.document = document
        self.record = record
        self._mentions: dict[str, Mention] = {mention.id: mention for mention in record.mentions}
        self._statements = {statement.id: statement for statement in record.statements}
        self._names = names
        self._own_names = {actor.id: actor.name for actor in record.actors}
        self._starts = [start for start, _ in record.sentences]
        self._ends = [end for _, end in record.sentences]

    def text(self, offsets: Offsets) -> str:
        """The words at ``offsets``, exactly."""
        return self.document.text[offsets[0] : offsets[1]]

    def words(self, spans: Iterable[Offsets]) -> str:
        """The words of a broken-up passage, its pieces joined by an ellipsis."""
        return " … ".join(self.text(span) for span in spans)

    def said(self, spans: Iterable[Offsets]) -> str:
        """The words of a passage on one line without the quotation marks around its pieces."""
        return " … ".join(flat(self.text(span)).strip('"“”„«» ') for span in spans)

    def sentences(self, spans: Iterable[Offsets]) -> Offsets:
        """The range of whole sentences that holds all ``spans`` (the spans' own range outside of any)."""
        spans = list(spans)
        start, end = min(s for s, _ in spans), max(e for _, e in spans)
        first = bisect_right(self._starts, start) - 1
        last = bisect_left(self._ends, end)
        return (
            min(start, self._starts[first]) if first >= 0 and self._ends[first] > start else start,
            max(end, self._ends[last]) if last < len(self._ends) and self._starts[last] < end else end,
        )

    def timecode(self, start: int) -> str | None:
        """When the words at ``start`` are spoken, ``hh:mm:ss``; None for a written report."""
        cue = self.document.timecode(start)
        return hms(cue.from_seconds) if cue else None

    def cite(self, spans: Iterable[Offsets]) -> Citation:
        """The sentences that hold ``spans``, and which report they are from."""
        start, end = self.sentences(spans)
        document = self.document
        return Citation(
            document=document.id,
            title=document.title,
            publisher=document.publisher,
            published=document.date,
            url=document.url,
            quote=self.text((start, end)),
            start=start,
            end=end,
            timecode=self.timecode(start),
        )

    def party(self, mention_id: str) -> Party:
        """Who a mention is; KeyError where the record has no such mention."""
        mention = self._mentions[mention_id]
        own = self._own_names.get(mention.actor or "", mention.text)
        name = self._names.get(mention.actor or "", own)
        return Party(
            mention=mention.id, actor=mention.actor, name=name, words=mention.text, named=mention.named
        )

    def parties(self, mention_ids: Iterable[str]) -> tuple[Party, ...]:
        """Who some mentions are, in order."""
        return tuple(self.party(id) for id in mention_ids)

    def speaker(self, statement: Statement) -> Party | None:
        """Whose words a statement reports; None where the text names nobody."""
        if statement.source_mention is not None:
            return self.party(statement.source_mention)
        if statement.source:
            words = self.words(statement.source)
            return Party(mention="", actor=None, name=words, words=words, named=False)
        return None

    def said_by(self, of: Event | Tie | Proposition) -> Party | None:
        """Who asserts an event or tie, where it is not the report's own voice."""
        if of.attributed_to is None:
            return None
        return self.speaker(self._statements[of.attributed_to])


def finding(record: Record, id: str) -> Finding:
    """The statement, event, tie or proposition with this id; KeyError where the record has none."""
    for statement in record.statements:
        if statement.id == id:
            return statement
    for event in record.events:
        if event.id == id:
            return event
    for tie in record.ties:
        if tie.id == id:
            return tie
    for proposition in record.propositions:
        if proposition.id == id:
            return proposition
    raise KeyError(f"{record.id}: {id}")


def spans(of: Finding) -> tuple[Offsets, ...]:
    """Every passage a finding stands on; of a statement source, cue and content."""
    if isinstance(of, Statement):
        return (*of.source, *of.cue, *of.content)
    return (of.evidence,)


def flat(text: str) -> str:
    """A passage on one line: every run of white space is one space."""
    return " ".join(text.split())
