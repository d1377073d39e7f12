"""Unfolds a record: every event and tie as an act with resolved parties, every statement with its claims.

Nothing here looks at more than one report, so that what is unfolded from a report can be kept.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from types import MappingProxyType

from saydo.codebook.opposition import Doing
from saydo.model.dates import Interval
from saydo.model.ids import fold
from saydo.model.records import (
    Event,
    Offsets,
    Polarity,
    Proposition,
    Record,
    Statement,
    Tie,
)
from saydo.weighing.acts import Act, Claim, Said, Unfolded, content_words
from saydo.weighing.doings import WORDED, folded
from saydo.weighing.meant import answered, pledger, rejected, represented, shows, whole_names, with_owner
from saydo.weighing.outline import Outline
from saydo.weighing.parties import (
    UNNAMED,
    Party,
    Site,
    by_name,
    canonical,
    nameless,
    of_nation,
    of_states,
    party,
    unnamed,
)
from saydo.weighing.phrases import before_passive, phrase
from saydo.weighing.rarity import used
from saydo.weighing.scenery import BARE, Scenery, Surroundings
from saydo.weighing.times import interval, span
from saydo.weighing.types import WeighedReport

_OLD = 45
"""Days after which words are old ones that a report recalls."""
_PEOPLE = frozenset({"he", "she"})
_THERE = re.compile(
    r"\bthere\b(?!\s+(?:is|are|was|were|has|have|had|be|being|will|would|can|could|may|might|came)\b)"
)
_TAKEN_BACK = re.compile(
    r"\s*(?:This|That|It|The report|Our report)\s+(?:is|was|were)\s+"
    r"(?:wrong|incorrect|untrue|not true|not correct|false|an error|a mistake|mistaken|inaccurate)\b"
)
"""What a report says behind a sentence that it takes back."""
_OWN_WORDS = re.compile(
    r"\b(?:[Ww]e|[Oo]ur (?:report|article|story|correspondent)|[Tt]his (?:newspaper|paper|agency)|"
    r"[Aa]n? (?:earlier|previous) (?:report|article|story|version))\b"
)
"""How it says that a sentence repeats its own words: what another did and "was wrong" to do, was done."""
_AGAINST = MappingProxyType({"oppose": "support"})
"""Who opposes a thing does not support it."""
_TURNED: Mapping[str, Polarity] = MappingProxyType({"positive": "negative", "negative": "positive"})


def unfold(number: int, report: WeighedReport, occasions: Mapping[str, str] | None = None) -> Unfolded:
    """Resolves every event, tie and statement of one report. ``occasions``: nouns that name incidents, with
    their families."""
    record, text = report
    frame = _Frame.of(report, occasions or {})
    acts: dict[str, Act] = {}
    for event in record.events:
        acts[event.id] = frame.event(event)
    for tie in record.ties:
        acts[tie.id] = frame.tie(tie)
    for proposition in record.propositions:
        if proposition.count is None:
            acts[proposition.id] = frame.proposition(proposition)
    tallies = tuple(frame.proposition(p) for p in record.propositions if p.count is not None)
    said = tuple(frame.said(statement, acts) for statement in record.statements)
    named = frozenset(fold(m.text).removeprefix("the ") for m in record.mentions if m.named)
    outline = Outline.of(record)
    names = dict(outline.names)
    for act in acts.values():
        names.update(
            (p.actor, p.actor.removeprefix(UNNAMED)) for p in act.actors if p.actor and unnamed(p.actor)
        )
    outline = outline._replace(names=tuple(names.items()))
    by_id = acts | {act.ref[1]: act for act in tallies}
    made = Unfolded(
        number, outline, tuple(acts.values()), said, by_id, named, frozenset(), lambda: text, tallies
    )
    return replace(made, stems=used(made))


@dataclass(frozen=True, slots=True)
class _Frame:
    """The lookups of one record while it is unfolded."""

    record: Record
    text: str
    parties: dict[str, Party]
    sites: tuple[Site, ...]
    starts: tuple[int, ...]
    speakers: dict[str, tuple[Party | None, str]]
    """Statement id → speaker and its name."""
    published: Interval | None
    told: dict[str, list[str]]
    """Statement id → ids of its propositions."""
    spoken: dict[str, Interval | None]
    """Statement id → when it was said, where the report says so."""
    around: Surroundings
    known: tuple[tuple[int, int, str], ...]
    """Mentions of known actors by where they stand."""

    @classmethod
    def of(cls, report: WeighedReport, occasions: Mapping[str, str]) -> _Frame:
        record, text = report
        actors = whole_names(record)
        sites = tuple(Site.of(p) for p in record.places)
        located = [(p.start, p.end, s) for p, s in zip(record.places, sites, strict=True)]
        parties = {m.id: party(m, text, actors, located) for m in record.mentions}
        nations = sorted((m.start, m.end) for m in record.mentions if m.type == "nationality")
        for m in record.mentions:
            parties[m.id] = of_nation(m, with_owner(m, record, parties), nations)
        for m in record.mentions:  # "they", where nobody knows which police it stands for
            if parties[m.id].actor is None and m.stands_for in parties:
                parties[m.id] = parties[m.stands_for]
        parties |= of_states(record.mentions, parties)
        speakers: dict[str, tuple[Party | None, str]] = {}
        for s in record.statements:
            who = parties.get(s.source_mention) if s.source_mention else None
            named = " ".join(text[a:b] for a, b in s.source)
            if who is not None and fold(named) in _PEOPLE and who.kind not in (None, "person"):
                who = None  # "he" is no company
            if who is None or who.actor is None:
                who = represented(record, s, parties) or who
            who = by_name(who) if who is not None else None
            if who is not None and shows(text, s, named):
                who = None  # a ledger or a film, whatever "it" was taken for
            speakers[s.id] = (who, who.name if who else named)
        starts = tuple(start for start, _ in record.sentences)
        told: dict[str, list[str]] = {}
        for p in record.propositions:
            if p.attributed_to is not None:
                told.setdefault(p.attributed_to, []).append(p.id)
        spoken = {s.id: interval(s.time) for s in record.statements}
        around = Surroundings.of(record, text, occasions)
        known = tuple(sorted((m.start, m.end, canonical(m.actor)) for m in record.mentions if m.actor))
        day = span(record.date)
        return cls(record, text, parties, sites, starts, speakers, day, told, spoken, around, known)

    def sentence(self, at: Offsets) -> Offsets:
        """The sentences that a stretch of text lies in; the stretch itself where none is recorded."""
        if not self.starts:
            return at
        first = max(0, bisect_right(self.starts, at[0]) - 1)
        last = max(first, bisect_right(self.starts, max(at[0], at[1] - 1)) - 1)
        return (self.record.sentences[first][0], self.record.sentences[last][1])

    def _past(self, when: Interval | None) -> Interval | None:
        """The time of what was said or done, unless it lies after the report that tells of it: then the
        date was resolved the wrong way ("on Friday") and is no better than none."""
        if when is None or self.published is None or when.start is None or self.published.end is None:
            return when
        return None if when.start > self.published.end else when

    def _who(self, ids: tuple[str, ...]) -> tuple[Party, ...]:
        return tuple(self.parties[i] for i in ids if i in self.parties)

    def _doing(self, ids: tuple[str, ...], doers: tuple[str, ...] = ()) -> tuple[Party, ...]:
        """Those who do something: what is named and does something is somebody, resolved or not."""
        found = tuple(by_name(p) for p in self._who(ids))
        if not found and doers and doers[0][:1].isupper():
            found = (nameless(doers[0]),)
        return found

    def event(self, event: Event) -> Act:
        site = self.sites[event.place] if event.place is not None else self._there(event)
        return self._act(
            event,
            self._doing(event.actors),
            self._who(event.recipients),
            site,
            self._past(interval(event.time)) if event.realis != "future" else interval(event.time),
            event.polarity == "positive",
            ended=False,
        )

    def _there(self, event: Event) -> Site | None:
        """The place that "there" stands for: the last spot named before, in the same sentence or the one
        before it."""
        start, end = self.sentence(event.evidence)
        found = next((m for m in _THERE.finditer(self.text, start, end)), None)
        if found is None:
            return None
        back = self.sentence((max(0, start - 2), max(1, start - 1)))[0] if start else 0
        before = [
            s
            for p, s in zip(self.record.places, self.sites, strict=True)
            if back <= p.start < found.start() and s.local
        ]
        return before[-1] if before else None

    def tie(self, tie: Tie) -> Act:
        since, until = span(tie.since), span(tie.until)
        when = None
        if since or until:
            when = Interval(since.start if since else None, until.end if until else None)
        to = self._who((tie.to,))
        site = next((p.site for p in to if p.site), None)
        ended = tie.state == "ended"
        return self._act(
            tie, self._who((tie.from_,)), to, site, when, tie.polarity == "positive" and not ended, ended
        )

    def proposition(self, told: Proposition) -> Act:
        site = self.sites[told.place] if told.place is not None else None
        when = interval(told.time)
        stance = told.verb in _AGAINST
        if stance:
            told = told.model_copy(update={"verb": _AGAINST[told.verb], "polarity": _TURNED[told.polarity]})
        return self._act(
            told,
            self._doing(told.actors, told.doers),
            self._who(told.recipients),
            site,
            self._past(when) if told.realis != "future" else when,
            told.polarity == "positive",
            ended=False,
        )

    def _act(
        self,
        record: Event | Tie | Proposition,
        actors: tuple[Party, ...],
        recipients: tuple[Party, ...],
        site: Site | None,
        when: Interval | None,
        positive: bool,
        ended: bool,
    ) -> Act:
        document = self.record.id
        via = record.attributed_to
        who, name = self.speakers.get(via or "", (None, ""))
        speaker = who.actor if who else None
        objects, what = self._objects(record)
        sentence = self.sentence(record.evidence)
        taken_back = _TAKEN_BACK.match(self.text, sentence[1]) is not None
        taken_back = taken_back and _OWN_WORDS.search(self.text, *sentence) is not None
        own = f"own:{self.record.publisher or document}"
        voice = own if via is None else speaker or f"unnamed:{document}/{via}"
        told = record if isinstance(record, Proposition) else None
        return Act(
            ref=(document, record.id),
            doing=_doing_of(record),
            actors=actors,
            recipients=recipients,
            site=site,
            when=when,
            published=self._as_of(via),
            realis="hypothetical" if taken_back else record.realis,
            positive=positive,
            ended=ended,
            speaker=speaker,
            speaker_name=name or self.record.publisher or "the report",
            voice=voice,
            via=(document, via) if via else None,
            killed=record.killed if isinstance(record, Event) else None,
            injured=record.injured if isinstance(record, Event) else None,
            score=record.score,
            sentence=sentence,
            evidence=record.evidence,
            trigger=record.trigger,
            objects=objects,
            what=what,
            role=record.role if isinstance(record, Tie) else None,
            words=folded(told.objects) if told else (),
            doers=folded(told.doers) if told else (),
            others=folded(told.others) if told else (),
            count=told.count if told else None,
            lasting=not isinstance(record, Tie) or record.state != "unknown",
            scenery=self._scenery(record),
        )

    def _as_of(self, via: str | None) -> Interval | None:
        """Of which day a report speaks: its own, or that of old words which it recalls."""
        said = self.spoken.get(via or "")
        if said is None or said.end is None or self.published is None or self.published.end is None:
            return self.published
        return said if (self.published.end - said.end).days > _OLD else self.published

    def _scenery(self, record: Event | Tie | Proposition) -> Scenery:
        if isinstance(record, Tie):
            return BARE
        sentence = self.sentence(record.evidence)
        if isinstance(record, Event):
            return self.around.at(sentence, record)
        return BARE._replace(lands=self.around.lands(sentence, record))

    def _objects(self, record: Event | Tie | Proposition) -> tuple[frozenset[str], str]:
        """Head words of the noun phrase after the trigger (or before a passive one), times and places
        left out; recipients are compared as parties, this only tells ports from barracks."""
        if isinstance(record, Tie):
            return frozenset(), ""
        if isinstance(record, Proposition):
            return frozenset(folded(record.objects)), " ".join(record.objects[:3])
        spots = [(t.start, t.end) for t in self.record.times] + [(p.start, p.end) for p in self.record.places]
        start, end = self.sentence(record.evidence)
        skip = {i for a, b in spots if a < end and start < b for i in range(a, b)}
        after, last = phrase(self.text[:end], record.trigger[1], skip)
        if after:
            return after, " ".join(self.text[record.trigger[1] : last].split())
        before = before_passive(self.text, start, record.trigger[0])
        return (frozenset({before}), f"the {before}") if before else (frozenset(), "")

    def said(self, statement: Statement, acts: dict[str, Act]) -> Said:
        who, name = self.speakers[statement.id]
        if who is None or who.actor is None:
            who, name = pledger(statement, acts, who, name)
        content = tuple(statement.content)
        spans = [*content, *statement.source, *statement.cue]
        whole = self.sentence((min(s for s, _ in spans), max(e for _, e in spans))) if spans else (0, 0)
        body = " ".join(self.text[a:b] for a, b in content)
        addressed = {p.actor for p in self._who(statement.addressees) if p.actor}
        named = {
            actor
            for a, b in content
            for start, end, actor in islice(self.known, bisect_left(self.known, (a,)), None)
            if start < b and end <= b
        }
        return Said(
            ref=(self.record.id, statement.id),
            kind=statement.kind,
            who=who if who and who.actor else None,
            speaker_name=name or "an unnamed source",
            when=self._past(interval(statement.time)),
            published=self.published,
            claims=(
                *_claims(
                    statement,
                    acts,
                    (*self.told.get(statement.id, ()), *rejected(self.record, statement, self.told)),
                ),
                *(Claim(a, False, False) for a in answered(self.text, whole, content, acts.values())),
            ),
            content=content,
            sentences=whole,
            words=content_words(body),
            actors=frozenset(addressed | named),
            score=statement.score,
            quoted=statement.quoted,
            called=" ".join(self.text[a:b] for a, b in statement.source),
        )


def _doing_of(record: Event | Tie | Proposition) -> Doing:
    if isinstance(record, Proposition):
        return Doing(f"{WORDED}{record.verb}")
    return Doing.of(record)


def _claims(statement: Statement, acts: dict[str, Act], told: Iterable[str]) -> Iterator[Claim]:
    for id in (*statement.events, *statement.ties, *told):
        act = acts.get(id)
        if act is None or act.realis == "hypothetical":
            continue
        future = act.realis == "future"
        # what is denied is coded as it would have been; "said it had not" is coded as negative already
        holds = act.positive and statement.kind != "denial"
        if not _claims_nothing(act, holds) and not _of_those_addressed(statement, act):
            yield Claim(act, holds, future)


def _of_those_addressed(statement: Statement, act: Act) -> bool:
    """Whether the doers are likely those spoken to: "told the guests *they* would not be paid"."""
    if statement.quoted or not statement.addressees:
        return False
    return any(p.actor is None and fold(p.name) == "they" for p in act.actors)


def _claims_nothing(act: Act, holds: bool) -> bool:
    """Acts of which nobody is ever held to his word: that there is no enmity ("no strategy to defeat them",
    "the aim is not to deter them, but to destroy them"), and what one is said to do to oneself."""
    doers = {p.actor for p in act.actors}
    done_to_itself = bool(act.recipients) and None not in doers and doers == {p.actor for p in act.recipients}
    return done_to_itself or (act.doing.type == "tie:rivalry" and not holds and not act.ended)
