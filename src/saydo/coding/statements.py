"""Statements: who said what to whom, merged from the reader's attributions and the reporting words in the
trees. Thoughts, hopes and fears are none, nor is anything that was only to be said."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

from saydo.codebook.entries import Codebook
from saydo.coding.clauses import RELATIVE
from saydo.coding.match import Scene
from saydo.coding.reporting import Reporting, reporting
from saydo.coding.statements_content import ContentReader, Words, base_actor
from saydo.coding.statements_found import Heard, Hearing, continued, going_on, hear
from saydo.coding.statements_kinds import Verdict, kind_of, performed
from saydo.coding.statements_spans import members, ranges, whole, without
from saydo.coding.statements_voice import Voice, VoiceReader
from saydo.model.linked import LinkedReading
from saydo.model.reading import Reading, TokenRange
from saydo.model.records import Note, Statement, StatementKind, When

_NEAR = 2
"""Sentences over which an accusation or a time carries on to the same speaker's next statement."""


class DraftStatement(NamedTuple):
    """A statement in tokens; ids of events and ties come when the record is written."""

    kind: StatementKind
    source: tuple[TokenRange, ...]
    source_mention: str | None
    addressees: tuple[str, ...]
    cue: tuple[TokenRange, ...]
    content: tuple[TokenRange, ...]
    stop: frozenset[int]
    """Words of the cue that leave open whether the content is so: what they say of it is the speaker's word
    for it. "Fear" and "plan" are none: they tell that it has not happened."""
    quoted: bool
    medium: str | None
    time: When | None
    score: float
    rule: str
    reason: str


class Statements(NamedTuple):
    """The statements of a document, and the speech acts that were withheld and why."""

    drafts: tuple[DraftStatement, ...]
    notes: tuple[Note, ...]


def find_statements(linked: LinkedReading, codebook: Codebook) -> tuple[DraftStatement, ...]:
    """The statements of a document in text order of their cues."""
    return read_statements(Scene.of(linked), codebook).drafts


def read_statements(scene: Scene, codebook: Codebook) -> Statements:
    """The statements of a scene, with notes on what was withheld."""
    lexicon = reporting(codebook)
    hearing = hear(scene, lexicon)
    writer = _Writer(scene, lexicon, hearing)
    told: list[_Told] = []
    more = continued(hearing.heard, hearing.quotations, scene)
    for heard in hearing.heard:
        extra = more.get(heard.spoken.cue, frozenset())
        told.append(writer.told(heard._replace(content=heard.content | extra)))
    told += [writer.told(h) for h in going_on(hearing.heard, hearing.quotations, scene)]
    absorbed = {i for t in told for i in t.absorbed}
    kept = [t for t in told if t.heard.spoken.cue not in absorbed]
    drafts: list[DraftStatement] = []
    for n, t in enumerate(kept):
        drafts.append(writer.draft(t, kept[:n], drafts))
    return Statements(tuple(d for d in drafts if d.content), hearing.notes)


class _Told(NamedTuple):
    """A heard act with its speaker and kind."""

    heard: Heard
    words: Words
    voice: Voice
    verdict: Verdict
    absorbed: tuple[int, ...]
    """Cues of speech acts that the speaker performs in it ("we condemn", he said)."""


class _Writer:
    """Puts speaker, kind, addressees, medium and time to the acts of one scene."""

    def __init__(self, scene: Scene, lexicon: Reporting, hearing: Hearing) -> None:
        self._scene = scene
        self._lexicon = lexicon
        self._hearing = hearing
        self._voices = VoiceReader.of(scene, lexicon)
        self._reader = ContentReader(scene, lexicon, hearing.acts)

    def told(self, heard: Heard) -> _Told:
        spoken = heard.spoken
        barred = spoken.cue_tokens | (heard.content if spoken.form != "contrast" else frozenset())
        voice = self._voices.voice(spoken.sources, spoken.cue, barred)
        medium = self._voices.medium(spoken.cue, spoken.addressees, spoken.sources)
        words = Words(
            spoken, heard.content, self._quoted(heard.content), voice.mention, self._own(heard, voice), medium
        )
        verdict = kind_of(self._reader, words)
        absorbed: tuple[int, ...] = ()
        if spoken.kind == "assertion" and words.quoted:
            found = [performed(self._reader, words, p) for p in self._reader.predicates(words)]
            absorbed = tuple(act.cue for act in found if act is not None and act.cue in heard.content)
        return _Told(heard, words, voice, verdict, absorbed)

    def draft(self, told: _Told, before: list[_Told], drafts: list[DraftStatement]) -> DraftStatement:
        spoken, voice = told.heard.spoken, told.voice
        clauses = self._scene.clauses
        kind, reason = self._carried(told, before, drafts)
        cue, source = self._cue(told), self._source(told)
        taken = spoken.cue_tokens | members(cue) | (members(source) - told.heard.content)
        heads = spoken.addressees
        for act in told.absorbed:
            heads = heads or self._hearing.acts[act].addressees
        medium = told.words.medium
        mention = voice.mention.id if voice.mention else None
        return DraftStatement(
            kind=kind,
            source=source,
            source_mention=mention,
            addressees=tuple(a for a in self._voices.addressees(heads, spoken.cue, medium) if a != mention),
            cue=cue,
            stop=spoken.cue_tokens if spoken.listed else frozenset(),
            content=without(self._by_paragraph(told.heard.content), taken, clauses),
            quoted=told.words.quoted,
            medium=None if medium is None else self._voices.medium_text(medium),
            time=self._time(told, before, drafts),
            score=self._score(told),
            rule=f"{kind}/{spoken.name.split('/', 1)[1]}",
            reason=f"{reason}; the speaker {voice.reason}" if voice.mention else f"{reason}; {voice.reason}",
        )

    # --- parts --------------------------------------------------------------------------------------------

    def _cue(self, told: _Told) -> tuple[TokenRange, ...]:
        """The cue with its auxiliaries, adverbs and prepositions as the reader has it; else the words of
        the unit."""
        spoken, read = told.heard.spoken, told.heard.read
        if read is None or spoken.cue not in members(read.cue):
            return ranges(spoken.cue_tokens)
        return tuple(whole(r, self._scene.clauses) for r in read.cue)

    def _source(self, told: _Told) -> tuple[TokenRange, ...]:
        """The words for the speaker as the reader has them, a relative pronoun included; else those at the
        tree's source."""
        read, heads = told.heard.read, told.heard.spoken.sources
        if read is None or not read.source:
            return told.voice.spans
        words = members(read.source)
        pronoun = any(self._scene.clauses.tokens[i].lemma.lower() in RELATIVE for i in words)
        if not (pronoun or not heads or words & set(heads)):
            return told.voice.spans
        if len(words) == 1 and self._scene.clauses.tokens[min(words)].upos == "DET":
            return tuple(whole(r, self._scene.clauses) for r in read.source)
        return read.source

    def _quoted(self, content: frozenset[int]) -> bool:
        inside = members((q.first, q.last) for q in self._hearing.quotations)
        return 2 * len(content & inside) > len(content)

    def _by_paragraph(self, content: frozenset[int]) -> tuple[TokenRange, ...]:
        """The runs of the content, none across the end of a paragraph."""
        reading = self._scene.linked.reading
        return tuple(
            run
            for _, tokens in groupby(
                sorted(content), key=lambda i: reading.sentences[reading.tokens[i].sentence].paragraph
            )
            for run in ranges(list(tokens))
        )

    def _own(self, heard: Heard, voice: Voice) -> frozenset[str]:
        """The actors that the speaker is or speaks for."""
        found: set[str] = set()
        mention = voice.mention
        if mention is None:
            return frozenset()
        if base := base_actor(mention.actor):
            found.add(base)
        clauses = self._scene.clauses
        heads = {mention.head, *heard.spoken.sources}
        heads |= {c for h in tuple(heads) for c in clauses.with_rel(h, "appos", "compound")}
        for head in sorted(heads):
            if not self._lexicon.has("statement-representatives", clauses.tokens[head].lemma):
                continue
            frame = clauses.frame(head)
            for role in ("poss", "mod", "obl:of", "obl:for", "obl:from"):
                for i in frame.get(role):
                    other = self._scene.mention_of(i)
                    if other is not None and (base := base_actor(other.actor)):
                        found.add(base)
        return frozenset(found)

    def _carried(self, told: _Told, before: list[_Told], drafts: list[DraftStatement]) -> Verdict:
        """An accusation goes on in the same speaker's next words about others."""
        if told.verdict[0] != "assertion" or not before or told.voice.mention is None:
            return told.verdict
        previous, draft = before[-1], drafts[-1]
        if draft.kind != "accusation" or not self._same_voice(told, previous):
            return told.verdict
        predicates = self._reader.predicates(told.words)
        agents = [p for p in predicates if not p.own and not p.negated and not p.modal]
        verbal = [p for p in agents if self._scene.clauses.tokens[p.i].upos == "VERB"]
        if verbal and len(agents) == len(predicates):
            return "accusation", "goes on with the accusation before it"
        return told.verdict

    def _same_voice(self, told: _Told, previous: _Told) -> bool:
        a, b = told.voice.mention, previous.voice.mention
        if a is None or b is None or a.actor is None or a.actor != b.actor:
            return False
        return 0 <= self._sentence(told) - self._sentence(previous) <= _NEAR

    def _sentence(self, told: _Told) -> int:
        return self._scene.clauses.tokens[told.heard.spoken.cue].sentence

    def _time(self, told: _Told, before: list[_Told], drafts: list[DraftStatement]) -> When | None:
        spoken = told.heard.spoken
        if found := self._voices.time(spoken.cue, told.heard.content):
            return found
        if told.words.medium is not None:
            message = self._voices.message_before(told.words.medium)
            if message is not None and (found := self._voices.time(message.verb, ())):
                return found
        sentence = self._sentence(told)
        for other, draft in zip(reversed(before), reversed(drafts), strict=True):
            if sentence - self._sentence(other) > _NEAR:
                break
            if self._same_voice(told, other):
                return draft.time
        return self._voices.message_time(sentence, told.words.medium)

    def _score(self, told: _Told) -> float:
        score = told.heard.spoken.score
        read = told.heard.read
        if read is not None and told.heard.spoken.listed:
            score += 0.5 * read.score * (1 - score)
        if told.heard.spoken.sources and told.voice.mention is None:
            score -= 0.15
        return round(min(1.0, max(0.05, score)), 3)


def to_record(
    draft: DraftStatement,
    statement_id: str,
    events: tuple[str, ...],
    ties: tuple[str, ...],
    reading: Reading,
) -> Statement:
    """The draft as a record, token ranges turned into character offsets."""
    tokens = reading.tokens

    def offsets(spans: tuple[TokenRange, ...]) -> tuple[tuple[int, int], ...]:
        return tuple((tokens[first].start, tokens[last - 1].end) for first, last in spans)

    return Statement(
        id=statement_id,
        kind=draft.kind,
        source=offsets(draft.source),
        source_mention=draft.source_mention,
        addressees=draft.addressees,
        cue=offsets(draft.cue),
        content=offsets(draft.content),
        quoted=draft.quoted,
        time=draft.time,
        medium=draft.medium,
        events=events,
        ties=ties,
        rule=draft.rule,
        score=draft.score,
    )
