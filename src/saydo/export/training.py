"""Findings that people reviewed, sentence by sentence, in the forms that the lab's trainers read.

A sentence teaches by what stands in it and by what does not. So of statements, and of events and ties, only
sentences are written in which somebody decided about every finding of that sort; pairs and places teach one
by one. Offsets are those of the sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from types import MappingProxyType
from typing import Any, NamedTuple

from saydo.model.evaluated import Judged, Miss
from saydo.model.records import Event, Mention, Offsets, Record, Statement, Tie
from saydo.model.standing import Decided, by_hand, decided_findings

FILES: Mapping[str, str] = MappingProxyType(
    {
        "attribution": "Who says what: sentences with source, cue and content, in the form of PolNeAR.",
        "coded": "Events and ties with trigger, realis and polarity, as the rules' own coding is given.",
        "dyads": "Pairs of actor and recipient with the type between them, in the form of the PLOVER dyads.",
        "no-dyads": "Pairs between which people rejected a type, in the form of dyads of other ontologies.",
        "places": "Names of places where events of the reports happened, in the form of LGL.",
        "judged": "Events as they were coded and what people made of them, for lab.trust.",
        "texts": "The reports of judged events.",
    }
)
UNDECIDED = "sentences in which somebody decided about some findings of a sort, not about all"
CONFLICT = "findings on which people disagree"
BEYOND = "parties, words or places that stand outside of the finding's sentence"
NO_WORDS = "statements without words that tell of the saying"
MARKED = "pairs in sentences that hold the marks <s> or <t> themselves"
DATES = "dates, which no trainer of the lab learns"
_HELD = 5


class Row(NamedTuple):
    """A line of one of the files."""

    file: str
    content: dict[str, Any]


def split_of(text_sha256: str) -> str:
    """``heldout`` for one report in five, by the hash of its text: the same text is on the same side."""
    return "heldout" if int(sha256(text_sha256.encode()).hexdigest(), 16) % _HELD == 0 else "train"


def rows(
    record: Record,
    coded: Record,
    text: str,
    judged: Sequence[Judged],
    misses: Sequence[Miss],
    left: Counter[str],
) -> Iterator[Row]:
    """The lines of one report: ``record`` is it as it stands, ``coded`` as the coder made it. What cannot be
    taught is counted in ``left``."""
    work = _Report(record, coded, text, judged, misses, left)
    yield from work.sentences()
    yield from work.judged()


class _Report:
    def __init__(
        self,
        record: Record,
        coded: Record,
        text: str,
        judged: Sequence[Judged],
        misses: Sequence[Miss],
        left: Counter[str],
    ) -> None:
        self.record, self.coded, self.text, self.left = record, coded, text, left
        self.mentions = {m.id: m for m in record.mentions}
        self.decisions = {each.finding: [j.number for j in each.by] for each in judged}
        self.decisions |= {by_hand(miss.number): [miss.number] for miss in misses}
        self.outcomes = {each.finding: each for each in judged}
        self.torn = {each.finding for each in judged if _disagree(each)}
        left[CONFLICT] += len(self.torn)
        hand = {by_hand(miss.number) for miss in misses}
        kept = {each.finding for each in judged if each.outcome in ("right", "corrected")} | hand
        self.kept = {f.id: f for f in decided_findings(record) if f.id in kept - self.torn}

    def sentences(self) -> Iterator[Row]:
        for sentence in self.record.sentences:
            here = [f for f in decided_findings(self.record) if _over(_stretch(f), sentence)]
            gone = [
                f for f in decided_findings(self.coded)
                if f.id in self.outcomes and f.id not in {h.id for h in here} and _over(_stretch(f), sentence)
            ]  # fmt: skip
            told: list[Decided] = [f for f in here if isinstance(f, Statement)]
            done: list[Decided] = [f for f in here if not isinstance(f, Statement)]
            yield from self._attribution(sentence, told, [f for f in gone if isinstance(f, Statement)])
            yield from self._coded(sentence, done, [f for f in gone if not isinstance(f, Statement)])
            for event in done:
                if isinstance(event, Event) and event.id in self.kept:
                    yield from self._pairs(event, sentence, "dyads", self.mentions)
                    yield from self._place(event, sentence)
            old = {m.id: m for m in self.coded.mentions}
            for event in gone:
                if isinstance(event, Event) and event.id not in self.torn:
                    yield from self._pairs(event, sentence, "no-dyads", old)

    def _whole(self, here: Sequence[Decided], gone: Sequence[Decided]) -> bool:
        """Whether somebody decided about something here, and about everything."""
        decided = [f for f in here if f.id in self.kept]
        if not decided and not gone:
            return False
        if len(decided) < len(here) or any(f.id in self.torn for f in gone):
            self.left[UNDECIDED] += 1
            return False
        return True

    def _from(self, sentence: Offsets, findings: Iterable[Decided]) -> dict[str, Any]:
        """Where a line is from."""
        numbers = sorted({n for f in findings for n in self.decisions.get(f.id, ())})
        return {
            "document": self.record.id,
            "sha256": self.record.text_sha256,
            "at": list(sentence),
            "decisions": numbers,
        }

    def _attribution(
        self, sentence: Offsets, here: Sequence[Decided], gone: Sequence[Decided]
    ) -> Iterator[Row]:
        if not self._whole(here, gone):
            return
        attributions = []
        for each in here:
            assert isinstance(each, Statement)
            if not each.cue:
                # without its words the sentence would teach that nobody says anything
                self.left[NO_WORDS] += 1
                return
            parts = {"source": each.source, "cue": each.cue, "content": each.content}
            attributions.append({role: _inside(spans, sentence) for role, spans in parts.items()})
        content = {
            "id": f"{self.record.id}:{sentence[0]}",
            "text": self._words(sentence),
            "attributions": attributions,
        }
        yield Row("attribution", content | self._from(sentence, [*here, *gone]))

    def _coded(self, sentence: Offsets, here: Sequence[Decided], gone: Sequence[Decided]) -> Iterator[Row]:
        if not self._whole(here, gone):
            return
        mentions = [m for m in self.record.mentions if _within((m.start, m.end), sentence)]
        ids = {m.id for m in mentions}
        events, ties = [], []
        for each in here:
            if not _within(_stretch(each), sentence):
                self.left[BEYOND] += 1
                return
            if isinstance(each, Event):
                sides = {
                    side: [m for m in getattr(each, side) if m in ids] for side in ("actors", "recipients")
                }
                events.append({"type": each.type, "realis": each.realis, "polarity": each.polarity,
                               "trigger": _moved(each.trigger, sentence), **sides})  # fmt: skip
            elif isinstance(each, Tie) and {each.from_, each.to} <= ids:
                ties.append({"type": each.type, "from": each.from_, "to": each.to,
                             "trigger": _moved(each.trigger, sentence)})  # fmt: skip
            else:
                self.left[BEYOND] += 1
        record = {"mentions": [_mention(m, sentence) for m in mentions], "events": events, "ties": ties}
        yield Row(
            "coded", {"text": self._words(sentence), "record": record, **self._from(sentence, [*here, *gone])}
        )

    def _pairs(
        self, event: Event, sentence: Offsets, file: str, mentions: Mapping[str, Mention]
    ) -> Iterator[Row]:
        words = self._words(sentence)
        for actor in event.actors:
            for recipient in event.recipients:
                ends = mentions[actor], mentions[recipient]
                spans = [_moved((m.start, m.end), sentence) for m in ends]
                if not all(_within((m.start, m.end), sentence) for m in ends) or _over(*spans):
                    self.left[BEYOND] += 1
                elif any(mark in words for mark in ("<s>", "</s>", "<t>", "</t>")):
                    self.left[MARKED] += 1
                else:
                    pair = {"sentence": words, "marked": _marked(words, *spans),
                            "actor": ends[0].text, "recipient": ends[1].text}  # fmt: skip
                    kind = (
                        {"type": event.type}
                        if file == "dyads"
                        else {"ontology_type": event.type, "holds": False}
                    )
                    yield Row(file, pair | kind | self._from(sentence, [event]))

    def _place(self, event: Event, sentence: Offsets) -> Iterator[Row]:
        if event.time is not None:
            self.left[DATES] += 1
        if event.place is None:
            return
        place = self.record.places[event.place]
        if not _within((place.start, place.end), sentence):
            self.left[BEYOND] += 1
            return
        start, end = _moved((place.start, place.end), sentence)
        toponym = {"start": start, "end": end, "text": place.text, "lat": place.lat, "lon": place.lon,
                   "geonames_id": place.geonames_id, "name": place.name}  # fmt: skip
        content = {"id": f"{self.record.id}:{event.id}", "text": self._words(sentence), "toponyms": [toponym]}
        yield Row("places", content | self._from(sentence, [event]))

    def judged(self) -> Iterator[Row]:
        """Every event that was judged, as it was coded, and the report once."""
        mentions = {m.id: m for m in self.coded.mentions}
        any_row = False
        for event in self.coded.events:
            found = self.outcomes.get(event.id)
            sentence = next((s for s in self.coded.sentences if _over(event.trigger, s)), None)
            if found is None or sentence is None or event.id in self.torn:
                continue
            any_row = True
            spans = {side: [[mentions[m].start, mentions[m].end] for m in getattr(event, side)]
                     for side in ("actors", "recipients")}  # fmt: skip
            content = {"source": "texts.jsonl", "sentence": list(sentence), "trigger": list(event.trigger),
                       "by": event.rule, "type": event.type, **spans, "verdict": _verdict(found)}  # fmt: skip
            yield Row("judged", content | self._from(sentence, [event]))
        if any_row:
            yield Row("texts", {"id": self.record.id, "date": self.record.date, "text": self.text})

    def _words(self, sentence: Offsets) -> str:
        return self.text[sentence[0] : sentence[1]]


def _verdict(found: Judged) -> dict[str, str | None]:
    """As in the lab's gold: is it an event of the type, are its actors right, its recipients. A mode, a
    date or a place that was corrected leaves all three right."""
    if found.outcome == "wrong" or "type" in found.fields:
        return {"event": "n", "actors": None, "recipients": None}
    sides: dict[str, str | None] = {
        side: "n" if side in found.fields else "y" for side in ("actors", "recipients")
    }
    return {"event": "y", **sides}


def _disagree(found: Judged) -> bool:
    """Whether one person keeps what another rejects, or two leave it standing differently."""
    return len({j.stands for j in found.by}) > 1


def _stretch(finding: Decided) -> Offsets:
    if isinstance(finding, Statement):
        spans = [*finding.cue, *finding.content]
        return min(s for s, _ in spans), max(e for _, e in spans)
    return finding.trigger


def _over(a: Sequence[int], b: Sequence[int]) -> bool:
    return min(a[1], b[1]) > max(a[0], b[0])


def _within(span: Offsets, sentence: Offsets) -> bool:
    return sentence[0] <= span[0] and span[1] <= sentence[1]


def _moved(span: Offsets, sentence: Offsets) -> list[int]:
    return [span[0] - sentence[0], span[1] - sentence[0]]


def _inside(spans: Sequence[Offsets], sentence: Offsets) -> list[list[int]]:
    """What of the spans lies in the sentence."""
    cut = [(max(s, sentence[0]), min(e, sentence[1])) for s, e in spans]
    return [_moved((s, e), sentence) for s, e in cut if s < e]


def _mention(mention: Mention, sentence: Offsets) -> dict[str, Any]:
    start, end = _moved((mention.start, mention.end), sentence)
    return {"id": mention.id, "start": start, "end": end, "text": mention.text, "type": mention.type}


def _marked(words: str, actor: Sequence[int], recipient: Sequence[int]) -> str:
    """The sentence with ``<s>`` around the actor and ``<t>`` around the recipient."""
    marks = [(actor[0], "<s>"), (actor[1], "</s>"), (recipient[0], "<t>"), (recipient[1], "</t>")]
    for at, mark in sorted(marks, key=lambda each: (each[0], each[1].startswith("</")), reverse=True):
        words = words[:at] + mark + words[at:]
    return words
