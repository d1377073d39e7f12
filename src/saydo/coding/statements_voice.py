"""Who speaks, through what and when: sources behind messages, media, and times of speech acts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from saydo.coding.clauses import RELATIVE, Clauses
from saydo.coding.match import Scene
from saydo.coding.reporting import ACTOR_TYPES, Reporting
from saydo.coding.setting import when
from saydo.coding.statements_spans import clause_tokens, ranges, trim
from saydo.model.linked import LinkedMention
from saydo.model.reading import TokenRange
from saydo.model.records import When

_MEDIUM_PREPOSITIONS = ("in", "on", "through", "via", "at", "during", "by", "over")
_OWNERS = ("obl:by", "obl:from", "obl:of")
_DEADLINE = frozenset({"by", "until", "till", "before", "within", "from", "through", "for"})
"""Prepositions of times that bound what is said, not the saying."""
_FAR = 12
"""Sentences over which "another video" takes up the time of the first."""
_BACK = 4
"""Sentences that a message is followed back to whoever issued it."""


class Voice(NamedTuple):
    """The speaker of a cue: the words, the mention, and how one got from the words to the mention."""

    spans: tuple[TokenRange, ...]
    mention: LinkedMention | None
    reason: str


class Message(NamedTuple):
    """A message put before the public: by whom, to whom, at which token."""

    noun: int
    verb: int
    author: LinkedMention | None
    addressees: tuple[LinkedMention, ...]


@dataclass(frozen=True, slots=True)
class VoiceReader:
    """Answers who, how and when for the cues of one scene."""

    scene: Scene
    lexicon: Reporting
    messages: tuple[Message, ...]
    outlets: frozenset[str]
    """Ids of the actors that are news media."""
    resolved: dict[int, LinkedMention]
    """Head token → the longest mention that it heads and whose actor is known."""

    @classmethod
    def of(cls, scene: Scene, lexicon: Reporting) -> VoiceReader:
        outlets = frozenset(a.id for a in scene.linked.actors if a.kind == "media")
        longest = sorted(scene.linked.mentions, key=lambda m: m.last - m.first)
        resolved = {m.head: m for m in longest if m.actor is not None}
        return cls(scene, lexicon, tuple(_messages(scene, lexicon)), outlets, resolved)

    @property
    def clauses(self) -> Clauses:
        return self.scene.clauses

    # --- who ----------------------------------------------------------------------------------------------

    def voice(self, heads: Sequence[int], cue: int, barred: Collection[int]) -> Voice:
        """The speaker named by the head tokens; ``barred`` are cue and content, which are no part of it."""
        if not heads:
            return Voice((), None, "no source is named")
        spans = self._spans(heads, cue, barred)
        if mention := self._speaker(heads, cue):
            return Voice(spans, mention, "is named beside the cue")
        for head in heads:
            if self.lexicon.has("reporting-message-nouns", self.clauses.tokens[head].lemma):
                author, why = self.author(head)
                return Voice(spans, author, why)
        return Voice(spans, None, "no mention stands at the source")

    def _speaker(self, heads: Sequence[int], cue: int) -> LinkedMention | None:
        """The mention at the heads, or in apposition to them where that one is resolved and they are not."""
        near = [c for h in heads for c in self.clauses.with_rel(h, "appos", "flat")]
        found = [m for i in (*heads, *near) if (m := self.scene.mention_of(i)) and m.type in ACTOR_TYPES]
        found += [m for h in heads if (m := self.resolved.get(h)) and m.type in ACTOR_TYPES]
        if not any(m.actor is not None for m in found):
            beside = (*heads, *self.clauses.with_rel(cue, "nsubj", "nsubj:pass"))
            found += [m for h in beside if (m := self._antecedent(h)) is not None]
        return next((m for m in found if m.actor is not None), found[0] if found else None)

    def _antecedent(self, pronoun: int) -> LinkedMention | None:
        """Whom a relative pronoun at the source stands for: a name right before it ("his rival, *who* says"),
        else what its clause hangs on. What parsers hang further off is not followed."""
        tokens = self.clauses.tokens
        if tokens[pronoun].lemma.lower() not in RELATIVE or pronoun == 0:
            return None
        before = pronoun - (2 if tokens[pronoun - 1].text == "," else 1)
        beside = [m for m in self.scene.linked.mentions if m.named and m.last == before + 1]
        verb = tokens[pronoun].head
        if tokens[verb].deprel == "acl:relcl" and (m := self.scene.mention_of(tokens[verb].head)) is not None:
            beside.append(m)
        return next((m for m in beside if m.type in ACTOR_TYPES), None)

    def author(self, noun: int) -> tuple[LinkedMention | None, str]:
        """Whoever issued a message: its possessor, its ``by``-phrase, or the last to put one out."""
        frame = self.clauses.frame(noun)
        for role in ("poss", "subj", *_OWNERS, "mod"):
            for head in frame.get(role):
                mention = self.scene.mention_of(head)
                if mention is not None and mention.type in ACTOR_TYPES:
                    return mention, "issued the message"
        message = self.message_before(noun)
        if message is not None and message.author is not None:
            return message.author, "issued the message in an earlier sentence"
        return None, "who issued the message is not told"

    def message_before(self, noun: int) -> Message | None:
        """The message of the same name that an earlier sentence tells of."""
        token = self.clauses.tokens[noun]
        for message in reversed(self.messages):
            other = self.clauses.tokens[message.noun]
            if message.noun < noun and token.sentence - other.sentence <= _BACK:
                if other.lemma.lower() == token.lemma.lower() and other.sentence < token.sentence:
                    return message
        return None

    def _spans(self, heads: Sequence[int], cue: int, barred: Collection[int]) -> tuple[TokenRange, ...]:
        found: set[int] = set()
        for head in heads:
            mention = self.scene.by_head.get(head) or self.scene.mention_of(head)
            if mention is not None and mention.first <= head < mention.last:
                found |= set(range(mention.first, mention.last))
            side = {
                c
                for c in self.clauses.children[head]
                if self.clauses.tokens[c].deprel.split(":")[0] in ("acl", "parataxis", "dep", "conj", "cc")
                or self.clauses.tokens[c].deprel == "case"
            }
            around = clause_tokens(self.clauses, head, {*side, cue}) - set(barred)
            found |= next((set(range(*r)) for r in ranges(around) if r[0] <= head < r[1]), {head})
        pronouns = {i for i in found if self.clauses.tokens[i].lemma.lower() in RELATIVE and i not in heads}
        spans = (trim(r, self.clauses) for r in ranges(found - set(barred) - pronouns))
        return tuple(s for s in spans if s is not None)

    # --- to whom and through what ---------------------------------------------------------------------------

    def addressees(self, heads: Sequence[int], cue: int, medium: int | None) -> tuple[str, ...]:
        """Mention ids of those addressed: beside the cue, else those the medium was directed to."""
        found = [m for h in heads if (m := self.scene.mention_of(h)) and m.type in ACTOR_TYPES]
        if medium is not None:
            directed = _directed(self.scene, self.lexicon, medium)
            message = self.message_before(medium)
            if not directed and message is not None:
                directed = list(message.addressees)
            found += directed
        return tuple(dict.fromkeys(m.id for m in found))

    def medium(self, cue: int, addressees: Sequence[int], sources: Sequence[int]) -> int | None:
        """The head token of the medium: a phrase on the cue, the message that speaks, the news agency that
        was told, or the video in which somebody speaks."""
        for anchor in (cue, *self._raisers(cue)):
            frame = self.clauses.frame(anchor)
            for prep in _MEDIUM_PREPOSITIONS:
                for head in frame.get(f"obl:{prep}"):
                    if self._is_medium(head) and (prep != "on" or self._is_on(head)):
                        return head
        for head in (*sources, *addressees):
            token = self.clauses.tokens[head]
            carries = head in sources and self.lexicon.has("reporting-message-nouns", token.lemma)
            if (carries and token.upos == "NOUN") or (head in addressees and self._is_medium(head)):
                return head
        token = self.clauses.tokens[cue]
        if token.deprel in ("acl:relcl", "acl") and self._is_medium(token.head):
            return token.head
        return None

    def _raisers(self, cue: int) -> list[int]:
        token = self.clauses.tokens[cue]
        marks = {self.clauses.tokens[m].text.lower() for m in self.clauses.with_rel(cue, "mark")}
        beside = token.deprel in ("xcomp", "advcl", "conj") or marks & {"while", "when", "as"}
        return [token.head] if beside and token.head != cue else []

    def _is_medium(self, head: int) -> bool:
        token = self.clauses.tokens[head]
        if token.upos not in ("NOUN", "PROPN"):
            return False
        if self.lexicon.has("reporting-media-nouns", token.lemma):
            return True
        beside = self.clauses.with_rel(head, "compound", "amod", "nmod:poss")
        if self.lexicon.has("reporting-qualified-media", token.lemma) and any(
            self.lexicon.has("reporting-media-qualifiers", self.clauses.tokens[c].lemma) for c in beside
        ):
            return True
        mention = self.scene.mention_of(head)
        return mention is not None and mention.actor is not None and mention.actor in self.outlets

    def _is_on(self, head: int) -> bool:
        """Whether words are said "on" it rather than about it."""
        mention = self.scene.mention_of(head)
        outlet = mention is not None and mention.actor in self.outlets
        return outlet or self.lexicon.has("reporting-on-media", self.clauses.tokens[head].lemma)

    def medium_text(self, head: int) -> str:
        """The medium's noun with its modifiers, without determiner and what follows."""
        keep = {head}
        mention = self.scene.by_head.get(head)
        if mention is not None:
            keep |= set(range(mention.first, mention.last))
        for c in self.clauses.with_rel(head, "compound", "amod", "nmod:poss", "flat", "nummod"):
            if self.clauses.tokens[c].deprel != "nmod:poss":
                keep |= set(self.clauses.subtree(c))
        run = next(r for r in ranges(keep) if r[0] <= head < r[1])
        first = run[0]
        while first < head and self.clauses.tokens[first].upos in ("DET", "PUNCT", "NUM", "ADV", "PRON"):
            first += 1
        tokens = self.clauses.tokens
        return self.scene.linked.reading.document.text[tokens[first].start : tokens[run[1] - 1].end]

    # --- when ---------------------------------------------------------------------------------------------

    def time(self, cue: int, content: Collection[int]) -> When | None:
        """The time in the cue's own clause, else the one outside the content that governs the sentence."""
        tokens = self.clauses.tokens
        here = [
            t
            for t in self.scene.linked.times
            if tokens[t.head].sentence == tokens[cue].sentence
            and t.head not in content
            and t.time.precision != "duration"
            and (t.time.from_ or t.time.to)
            and self.clauses.preposition(t.head) not in _DEADLINE
        ]
        above = {cue, *self.clauses.ancestors(cue)}
        for t in here:
            predicate = next(
                (a for a in self.clauses.ancestors(t.head) if tokens[a].upos in ("VERB", "AUX") or a == cue),
                None,
            )
            if predicate == cue:
                return when(t)
        for t in here:
            if self._dates(t.head, above):
                return when(t)
        return None

    def _dates(self, i: int, above: set[int]) -> bool:
        """Whether a time stands under one of some predicates with nothing between that has a time of its own:
        neither "to spare them *last year's* queues" nor "the general, who was freed *in May*, said"."""
        for over in (i, *self.clauses.ancestors(i)):
            if over in above:
                return True
            rel = self.clauses.tokens[over].deprel
            marks = {self.clauses.tokens[m].text.lower() for m in self.clauses.with_rel(over, "mark")}
            if rel in ("nmod:poss", "acl:relcl", "ccomp", "xcomp") or (rel == "advcl" and "to" in marks):
                return False
        return False

    def _same_noun(self, a: int, b: int) -> bool:
        return self.clauses.tokens[a].lemma.lower() == self.clauses.tokens[b].lemma.lower()

    def message_time(self, sentence: int, medium: int | None) -> When | None:
        """The time of the last message put out earlier in the paragraph ("In May the group published two
        videos. … He says …"), or further back where the medium takes it up ("in another video")."""
        sentences = self.scene.linked.reading.sentences
        for message in reversed(self.messages):
            its = self.clauses.tokens[message.noun].sentence
            if its >= sentence:
                continue
            if sentences[its].paragraph != sentences[sentence].paragraph and not (
                medium is not None and sentence - its <= _FAR and self._same_noun(medium, message.noun)
            ):
                return None
            if found := self.time(message.verb, ()):
                return found
        return None


def _messages(scene: Scene, lexicon: Reporting) -> list[Message]:
    """Messages that verbs of issuing put before the public, in text order."""
    clauses = scene.clauses
    found: list[Message] = []
    for token in clauses.tokens:
        if token.upos != "NOUN" or not lexicon.has("reporting-message-nouns", token.lemma):
            continue
        verb = clauses.tokens[token.head]
        if verb.upos != "VERB" or token.deprel not in ("obj", "nsubj:pass", "conj"):
            continue
        if not lexicon.has("reporting-release-verbs", verb.lemma):
            continue
        heads = clauses.frame(verb.i).get("subj")
        authors = [m for h in heads if (m := scene.mention_of(h)) and m.type in ACTOR_TYPES]
        if not authors:
            authors = [
                m
                for h in heads
                for role in ("poss", *_OWNERS, "mod")
                for k in clauses.frame(h).get(role)
                if (m := scene.mention_of(k)) and m.type in ACTOR_TYPES
            ]
        author = authors[0] if authors else None
        found.append(Message(token.i, verb.i, author, tuple(_directed(scene, lexicon, token.i))))
    return found


def _directed(scene: Scene, lexicon: Reporting, noun: int) -> list[LinkedMention]:
    """To whom a message is directed: "a letter to the bishops", "a statement addressed to them"."""
    clauses = scene.clauses
    heads = list(clauses.frame(noun).get("obl:to"))
    for c in clauses.with_rel(noun, "acl"):
        if lexicon.has("reporting-directed-verbs", clauses.tokens[c].lemma):
            heads += clauses.frame(c).get("obl:to|at")
    return [m for h in heads if (m := scene.mention_of(h)) and m.type in ACTOR_TYPES]
