"""What clauses tell, read for comparing: which doing or state, whose, of what, whether it is so.

Wider than propositions: agentless passives ("wages had been paid"), states ("the railway is open"), being
somewhere ("there are no soldiers in the valley") and numbers count as well. Only the sides of contrasts are
read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from saydo.codebook.entries import Codebook
from saydo.coding.clauses import Clauses, Frame
from saydo.coding.counts import count_of
from saydo.coding.modality import ModalityCues, modality
from saydo.coding.propositions_deeds import Deeds, deeds
from saydo.model.linked import LinkedReading
from saydo.model.records import Count, Polarity, Realis, Statement
from saydo.model.spans import tokens_in

_STATE = "state-"
_SPOKEN = ("claims", "pledges", "denials")
_STAY = "stay"
_LOCATIVE = frozenset({"in", "at", "on", "inside", "within", "outside", "around", "across", "near"})
_STAYING = frozenset({"remain", "stay", "keep", "leave"})
_ADVERBS = frozenset({"there", "here", "still"})
_CONTENT = frozenset({"NOUN", "PROPN"})
_SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer", "expl")
_SHORT = 4
_BELOW = ("nmod", "compound", "conj", "flat", "amod", "appos")
_MODALS = frozenset(
    {"will", "shall", "would", "could", "can", "may", "might", "should", "must", "'ll", "’ll"}
)
_NEVER = frozenset({"not", "never", "n't", "n’t"})


@dataclass(frozen=True, slots=True)
class Telling:
    """A clause in tokens. ``objects`` and ``others`` are heads of noun phrases."""

    trigger: int
    doing: str
    doers: tuple[int, ...]
    objects: tuple[int, ...]
    others: tuple[int, ...]
    realis: Realis
    polarity: Polarity
    counts: tuple[tuple[int, Count], ...]
    """Noun phrases with a number, and the number."""


@dataclass(frozen=True, slots=True)
class States:
    """Adjectives and phrases for states, as the doing that brings each about (``cues/contrast.yaml``)."""

    of: Mapping[str, str]

    @classmethod
    def read(cls, codebook: Codebook) -> States:
        """The lists ``state-…`` of a codebook."""
        found: dict[str, str] = {}
        for name, entry in codebook.cues.items():
            if name.startswith(_STATE):
                for phrase in entry.phrases:
                    found.setdefault(phrase.lower(), name.removeprefix(_STATE))
        return cls(MappingProxyType(found))


@dataclass(frozen=True, slots=True)
class Tellings:
    """Reads the clauses of a document that are asked for."""

    clauses: Clauses
    deeds: Deeds
    states: States
    cues: ModalityCues
    said: frozenset[int]
    """Words of the cues of statements: saying is not told as a doing."""
    timed: frozenset[int]
    spoken: frozenset[str]
    """Nouns for something said: an assurance does nothing itself."""

    @classmethod
    def of(
        cls, linked: LinkedReading, clauses: Clauses, statements: Iterable[Statement], codebook: Codebook
    ) -> Tellings:
        starts = [t.start for t in clauses.tokens]
        said = tokens_in(starts, (span for s in statements for span in s.cue))
        spoken = frozenset(p for name in _SPOKEN for p in codebook.phrases(f"contrast-{name}"))
        timed = frozenset(i for t in linked.times for i in range(*t.tokens))
        return cls(
            clauses, deeds(codebook), States.read(codebook), ModalityCues.of(codebook), said, timed, spoken
        )

    def within(self, tokens: Iterable[int]) -> Iterator[Telling]:
        """Every telling whose word is among some tokens, in text order."""
        for i in sorted(tokens):
            if i in self.timed or i in self.said:
                continue
            token = self.clauses.tokens[i]
            resultant = token.deprel == "xcomp" and self._staying(token.head) and not self._to(i)
            if resultant and token.upos in ("VERB", "ADJ"):
                yield from self._state(i)  # "keeps the pumps manned"
            elif token.upos == "VERB" or (token.upos == "ADJ" and self.clauses.with_rel(i, "aux:pass")):
                yield from self._verb(i)
            elif token.upos in ("ADJ", "ADV", *_CONTENT):
                yield from self._state(i)

    def _staying(self, i: int) -> bool:
        return self.clauses.tokens[i].lemma.lower() in _STAYING

    def _to(self, i: int) -> bool:
        return any(self.clauses.tokens[c].text.lower() == "to" for c in self.clauses.with_rel(i, "mark"))

    # --- kinds of clauses ---------------------------------------------------------------------------------

    def _verb(self, i: int) -> Iterator[Telling]:
        token = self.clauses.tokens[i]
        lemma = token.lemma.lower()
        frame = self.clauses.frame(i)
        objects = frame.get("obj")
        others = _phrases(frame, objects)
        state = self.states.of.get(token.text.lower())
        if state is not None and self.clauses.passive(i) and not frame.get("subj"):
            yield self._told(i, state, frame, (), objects, others)  # "is blocked"
            return
        if lemma == "have" and objects and any(self.clauses.preposition(h) in _LOCATIVE for h in others):
            yield self._told(i, _STAY, frame, frame.get("subj"), objects, others)
            return
        if lemma == "be" and (
            theme := self.clauses.with_rel(i, "nsubj")
        ):  # "there are no troops in the city"
            yield self._told(i, _STAY, frame, tuple(theme), tuple(theme), others)
            return
        verb = self.deeds.verb(lemma, self.clauses.particle(i))
        if verb is None and lemma in _STAYING and not objects and not frame.get("comp"):
            verb = _STAY
        if verb is not None:
            yield self._told(i, verb, frame, frame.get("subj"), objects, others)

    def _state(self, i: int) -> Iterator[Telling]:
        clauses = self.clauses
        token = clauses.tokens[i]
        subject = tuple(clauses.with_rel(i, "nsubj", "nsubj:pass"))
        governor = clauses.tokens[token.head]
        predicate = bool(subject and clauses.with_rel(i, "cop"))
        if not predicate and token.deprel == "xcomp" and self._staying(governor.i):
            over = clauses.frame(governor.i)
            subject = over.get("obj") or over.get("subj")
            predicate = bool(subject)
        if predicate:
            yield from self._predicate(i, subject)
        elif token.upos == "NOUN" and token.deprel != "compound":
            doing = self.deeds.nouns.get(token.lemma.lower())
            frame = clauses.frame(i)
            objects = frame.get("obl:of") or frame.get("obj")
            doers = frame.get("subj") or (frame.get("poss") if objects else ())
            if doing is not None and (doers or objects):
                yield self._told(i, doing, frame, doers, objects, _phrases(frame, objects))

    def _predicate(self, i: int, subject: tuple[int, ...]) -> Iterator[Telling]:
        clauses = self.clauses
        token = clauses.tokens[i]
        preposition = clauses.preposition(i)
        phrase = f"{preposition} {token.lemma.lower()}".strip()
        frame = Frame(i, {"subj": subject}, None)
        others = tuple(c for c in clauses.with_rel(i, "obl", "nmod") if clauses.preposition(c))
        state = self.states.of.get(phrase)
        if state is not None:
            here = subject if state == _STAY else ()
            yield self._told(i, state, frame, here, subject, others)
        elif preposition in _LOCATIVE and token.upos in _CONTENT:
            yield self._told(i, _STAY, frame, subject, subject, (i, *others))
        elif token.text.lower() in _ADVERBS:
            yield self._told(i, _STAY, frame, subject, subject, others)
        elif token.upos in ("ADJ", "VERB") and not preposition:
            yield self._quality(i, frame, subject, others)

    def _quality(self, i: int, frame: Frame, subject: tuple[int, ...], others: tuple[int, ...]) -> Telling:
        """ "Is safe", "is unsafe": a word that begins with un- denies the one without it."""
        word = self.clauses.tokens[i].text.lower()
        bare = word.removeprefix("un")
        told = self._told(i, f"be {bare}", frame, (), subject, others)
        if bare == word or len(bare) < _SHORT:
            return told
        return replace(told, polarity="negative" if told.polarity == "positive" else "positive")

    def finite(self, i: int) -> bool:
        """Whether a clause tells what is or was so: a subject of its own, no modal."""
        return bool(self.clauses.with_rel(i, *_SUBJECTS)) and not any(
            self.clauses.tokens[c].text.lower() in _MODALS for c in self.clauses.with_rel(i, "aux")
        )

    # --- one clause ---------------------------------------------------------------------------------------

    def _told(
        self,
        i: int,
        doing: str,
        frame: Frame,
        doers: tuple[int, ...],
        objects: tuple[int, ...],
        others: tuple[int, ...],
    ) -> Telling:
        doers = tuple(h for h in doers if self.clauses.tokens[h].lemma.lower() not in self.spoken)
        how = modality(self.clauses, frame, self.cues, self.said)
        polarity = how.polarity
        if polarity == "positive" and self._none(i, (*doers, *objects, *others)):
            polarity = "negative"
        heads = dict.fromkeys((*doers, *objects))
        counts = tuple((h, c) for h in heads if (c := count_of(self.clauses, h)) is not None)
        return Telling(i, doing, doers, objects, others, how.realis, polarity, counts)

    def _none(self, i: int, heads: tuple[int, ...]) -> bool:
        """ "Not one resident", "fired no live rounds", "no soldiers", where the verb is not negated."""
        clauses = self.clauses
        if any(clauses.tokens[c].lemma.lower() in _NEVER for c in clauses.with_rel(i, "advmod")):
            return False
        for head in heads:
            if clauses.tokens[head].sentence != clauses.tokens[i].sentence:
                continue
            before = [c for c in clauses.subtree(head) if c < head]
            words = [clauses.tokens[c].text.lower() for c in before]
            if "not" in words and "one" in words:
                return True
            if words[:1] == ["no"] and words[1:2] not in (["more"], ["fewer"], ["less"]):
                # "no school" is negated on the noun already where it is the verb's own argument
                return not any(clauses.tokens[c].text.lower() == "no" for c in clauses.with_rel(head, "det"))
        return False

    def words(self, heads: Iterable[int]) -> tuple[str, ...]:
        """Nouns of some phrases as lemmas, heads first; no relative clauses, no dates."""
        found: dict[str, None] = {}
        below: dict[str, None] = {}
        for head in heads:
            if head in self.timed:
                continue
            for k in self._below(head):
                token = self.clauses.tokens[k]
                if token.upos in _CONTENT and k not in self.timed and len(token.text) > 1:
                    (found if k == head else below).setdefault(token.lemma.lower())
        return tuple(dict.fromkeys((*found, *below)))

    def _below(self, head: int) -> list[int]:
        found, stack = [head], [head]
        while stack:
            for c in self.clauses.children[stack.pop()]:
                if self.clauses.tokens[c].deprel.split(":")[0] in _BELOW:
                    found.append(c)
                    stack.append(c)
        return sorted(found)


def _phrases(frame: Frame, but: tuple[int, ...]) -> tuple[int, ...]:
    heads = [h for role, found in frame.args.items() if role.startswith("obl") for h in found]
    return tuple(dict.fromkeys(h for h in heads if h not in but))
