"""Where a document's own voice sets one thing against another: contrast cues and the two sides they part.

Only the form is read here (trees, positions, the cue lists of ``cues/contrast.yaml``); whether what stands
on the two sides really is opposed is asked in :mod:`saydo.coding.flagged`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from saydo.codebook.entries import Codebook
from saydo.coding.clauses import Clauses
from saydo.model.reading import Reading, Token

Form = Literal["preposition", "subordinate", "coordinate", "adverb", "verb", "story", "verdict"]
_ARTICLES = frozenset({"a", "an", "the", "very", "quite", "rather", "somewhat", "altogether", "its", "their"})
_PREDICATES = ("VERB", "AUX", "ADJ", "NOUN", "PROPN")
_SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "nsubj:outer", "expl")
_RELATIVE = frozenset({"which", "that", "who"})
_POINTING = frozenset({"this", "that", "it", "which", "these", "those"})
_NOT = frozenset({"not", "n't", "n’t", "never", "hardly", "scarcely"})
_OPENING = frozenset({"(", "[", "–", "—", "-"})
_SKIPPED_NOT = 4


class Contrast(NamedTuple):
    """A cue and what it parts. ``aside`` is set against ``told``; where ``before`` is true ``aside`` is
    empty and what is meant was said in the sentences before."""

    form: Form
    cue: str
    tokens: frozenset[int]
    aside: frozenset[int]
    told: frozenset[int]
    strong: bool
    before: bool
    evidence: int | None
    """For a story: the head of what tells it ("the recent *videos*"), else None."""

    @property
    def first(self) -> int:
        return min(self.tokens)


@dataclass(frozen=True, slots=True)
class ContrastCues:
    """The contrast lists of a codebook, each phrase as a tuple of lower-case words."""

    adverbs: tuple[tuple[str, ...], ...]
    subordinators: tuple[tuple[str, ...], ...]
    coordinators: frozenset[str]
    prepositions: tuple[tuple[str, ...], ...]
    strong: frozenset[tuple[str, ...]]
    verbs: tuple[tuple[str, ...], ...]
    stories: tuple[tuple[str, ...], ...]
    unsupported: tuple[tuple[str, ...], ...]
    """Phrases that set their subject against their object only where they are negated."""
    verdicts: tuple[tuple[str, ...], ...]
    falsely: frozenset[str]
    untrue: frozenset[str]
    exposing: frozenset[str]
    claims: frozenset[str]
    """Nouns for something said."""
    sharp: frozenset[tuple[str, ...]]
    """Adverbs that leave no doubt that what was said before is not so."""
    opening: frozenset[tuple[str, ...]]
    """Adverbs that set a sentence against another only where they open it."""
    starts: frozenset[str]
    """First words of all phrases: a sentence without any of them holds no cue."""

    @classmethod
    def of(cls, codebook: Codebook) -> ContrastCues:
        lists = {
            name: tuple(tuple(p.lower().split()) for p in codebook.phrases(f"contrast-{name}"))
            for name in (
                "adverbs",
                "subordinators",
                "coordinators",
                "prepositions",
                "strong",
                "verbs",
                "stories",
                "unsupported",
                "verdicts",
                "falsely",
                "untrue",
                "exposing",
                "sharp",
                "opening",
            )
        }
        claims = {
            p for name in ("claims", "pledges", "denials") for p in codebook.phrases(f"contrast-{name}")
        }
        return cls(
            lists["adverbs"],
            lists["subordinators"],
            frozenset(p[0] for p in lists["coordinators"]),
            lists["prepositions"],
            frozenset(lists["strong"]),
            lists["verbs"],
            lists["stories"],
            lists["unsupported"],
            lists["verdicts"],
            frozenset(p[0] for p in lists["falsely"]),
            frozenset(p[0] for p in lists["untrue"]),
            frozenset(p[0] for p in lists["exposing"]),
            frozenset(claims),
            frozenset(lists["sharp"]),
            frozenset(lists["opening"]),
            frozenset(p[0] for phrases in lists.values() for p in phrases)
            | frozenset(p[-1] for p in lists["subordinators"]),
        )


def contrasts(reading: Reading, clauses: Clauses, cues: ContrastCues) -> Iterator[Contrast]:
    """All contrast cues of a reading in text order."""
    for number, sentence in enumerate(reading.sentences):
        tokens = reading.tokens[sentence.first : sentence.last]
        words = {t.text.lower() for t in tokens} | {t.lemma.lower() for t in tokens}
        if not words & cues.starts:
            continue
        forms = [(t.text.lower(), t.lemma.lower()) for t in tokens]
        finder = _Finder(clauses, cues, tokens, forms, number)
        yield from sorted(finder.found(), key=lambda c: (c.first, c.form))


@dataclass(frozen=True, slots=True)
class _Finder:
    clauses: Clauses
    cues: ContrastCues
    sentence: Sequence[Token]
    forms: Sequence[tuple[str, str]]
    """Each word and its lemma, in lower case."""
    number: int

    def found(self) -> Iterator[Contrast]:
        yield from self._prepositions()
        yield from self._subordinate()
        yield from self._coordinate()
        yield from self._adverbs()
        yield from self._verbs()
        yield from self._stories()
        yield from self._verdicts()
        yield from self._falsely()

    def _phrase_at(self, k: int, phrase: tuple[str, ...], lemmas: bool = False) -> list[int] | None:
        """The tokens of a phrase that begins at the k-th word; with ``lemmas`` inflected, articles and
        degree words between its parts skipped."""
        found: list[int] = []
        for word in phrase:
            while lemmas and found and k < len(self.sentence) and self._skipped(k, word):
                k += 1
            if k >= len(self.sentence):
                return None
            token = self.sentence[k]
            if word != token.text.lower() and not (lemmas and word == token.lemma.lower()):
                return None
            found.append(token.i)
            k += 1
        return found

    def _skipped(self, k: int, word: str) -> bool:
        return self.sentence[k].text.lower() != word and self.sentence[k].text.lower() in _ARTICLES

    def _phrases(
        self, phrases: Sequence[tuple[str, ...]], lemmas: bool = False
    ) -> Iterator[tuple[tuple[str, ...], list[int]]]:
        here = {word for pair in self.forms for word in pair}
        wanted = [phrase for phrase in phrases if phrase[0] in here]
        for k, forms in enumerate(self.forms) if wanted else ():
            for phrase in wanted:
                if phrase[0] not in forms:
                    continue
                if found := self._phrase_at(k, phrase, lemmas):
                    yield phrase, found

    def _clause(self, i: int) -> int:
        """The predicate of the clause around ``i``: its nearest governor with a subject, else the last."""
        last = i
        for a in self.clauses.ancestors(i):
            last = a
            if self.clauses.tokens[a].upos in _PREDICATES and self.clauses.with_rel(a, *_SUBJECTS):
                return a
        return last

    def _prepositions(self) -> Iterator[Contrast]:
        for phrase, found in self._phrases(self.cues.prepositions):
            head = self._governed(found)
            if head is None:
                continue
            aside = frozenset(i for i in self.clauses.subtree(head) if i >= found[0])
            predicate = self._clause(head)
            told = frozenset(self.clauses.subtree(predicate)) - aside - frozenset(self.clauses.subtree(head))
            if aside and told:
                yield Contrast(
                    "preposition", " ".join(phrase), frozenset(found), aside, told,
                    phrase in self.cues.strong, False, None,
                )  # fmt: skip

    def _governed(self, found: list[int]) -> int | None:
        """The head of the phrase that a preposition opens, however the tree attaches its words."""
        first = self.clauses.tokens[found[0]]
        relation = first.deprel.split(":")[0]
        head = first.head if relation in ("case", "mark", "fixed", "cc") else first.i
        if head == first.i and relation not in ("obl", "advmod", "nmod", "amod", "advcl", "parataxis", "obj"):
            return None
        if self.clauses.tokens[head].deprel == "fixed":
            head = self.clauses.tokens[head].head
        return head

    def _subordinate(self) -> Iterator[Contrast]:
        seen: set[int] = set()
        for phrase, found in self._phrases(self.cues.subordinators):
            mark = self.clauses.tokens[found[-1]]
            verb = mark.head
            if mark.deprel not in ("mark", "advmod") or verb in seen:
                continue
            # parsers hang "…, while villagers say …" beside the verb as often as under it
            if not self.clauses.tokens[verb].deprel.startswith(("advcl", "parataxis")):
                continue
            seen.add(verb)
            aside = frozenset(self.clauses.subtree(verb))
            told = frozenset(self.clauses.subtree(self._clause(verb))) - aside
            if told:
                cue = " ".join(phrase)
                yield Contrast("subordinate", cue, frozenset(found), aside, told, False, False, None)

    def _coordinate(self) -> Iterator[Contrast]:
        for token in self.sentence:
            if token.text.lower() not in self.cues.coordinators or token.deprel != "cc":
                continue
            verb = token.head
            if self.clauses.tokens[verb].deprel != "conj" or self._not_only(token):
                continue
            told = frozenset(self.clauses.subtree(verb))
            aside = frozenset(self.clauses.subtree(self.clauses.tokens[verb].head)) - told
            yield Contrast(
                "coordinate", token.text.lower(), frozenset({token.i}), aside, told, False, False, None
            )

    def _not_only(self, token: Token) -> bool:
        """ "Not only … but also", "agreed, but only to …": a rise or a limit, no contrast."""
        follows = token.i + 1 < len(self.clauses.tokens) and self.clauses.tokens[token.i + 1].text.lower()
        return follows in ("also", "only") or any(
            t.text.lower() == "only" and self.clauses.tokens[max(0, t.i - 1)].text.lower() == "not"
            for t in self.sentence
            if t.i < token.i
        )

    def _adverbs(self) -> Iterator[Contrast]:
        start = self.sentence[0].i
        for phrase, found in self._phrases(self.cues.adverbs):
            opening = found[0] - start <= 1
            if phrase in self.cues.opening and not opening:
                continue  # "two planes on the ground", "chose Lima instead"
            if phrase[0] in self.cues.coordinators and (not opening or len(phrase) > 1):
                continue
            semicolon = next((t.i for t in self.sentence if t.text == ";" and t.i < found[0]), None)
            whole = frozenset(t.i for t in self.sentence)
            inside = self._bracket(found[0])
            if inside:  # "… wants two hundred (in fact, it has asked for ten)"
                aside, told, before = frozenset(i for i in whole if i < min(inside)), inside, False
            elif semicolon is not None:
                aside = frozenset(i for i in whole if i < semicolon)
                told, before = whole - aside - {semicolon}, False
            else:
                aside, told, before = frozenset(), whole, True
            sharp = phrase in self.cues.sharp
            yield Contrast("adverb", " ".join(phrase), frozenset(found), aside, told, sharp, before, None)

    def _bracket(self, i: int) -> frozenset[int]:
        """The words within the brackets, or dashes, that a word opens; empty where it opens none."""
        last = self.sentence[-1].i
        if i == self.sentence[0].i or self.clauses.tokens[i - 1].text not in _OPENING:
            return frozenset()
        opened = self.clauses.tokens[i - 1].text
        ends = (")", "]") if opened in ("(", "[") else (opened,)
        end = next((k for k in range(i, last + 1) if self.clauses.tokens[k].text in ends), last + 1)
        return frozenset(range(i, end))

    def _verbs(self) -> Iterator[Contrast]:
        for phrase, found in self._phrases(self.cues.verbs, lemmas=True):
            yield from self._verb(phrase, found)
        for phrase, found in self._phrases(self.cues.unsupported, lemmas=True):
            if any(t.text.lower() in _NOT for t in self.sentence if 0 < found[0] - t.i <= _SKIPPED_NOT):
                yield from self._verb(phrase, found)
        for token in self.sentence:  # "the tapes expose the oath as false"
            if token.upos == "VERB":
                told = [c for c in self.clauses.children[token.i] if self.clauses.preposition(c) == "as"]
                for c in told:
                    if self.clauses.tokens[c].lemma.lower() in self.cues.exposing:
                        yield from self._verb((token.lemma.lower(), "as"), [token.i])

    def _verb(self, phrase: tuple[str, ...], found: list[int]) -> Iterator[Contrast]:
        head = self._verb_head(found)
        if head is None:
            return
        # "the log belies his denial: …": what the log says may follow after a colon
        tellers = self.clauses.with_rel(head, *_SUBJECTS, "parataxis")
        told = frozenset(i for s in tellers for i in self.clauses.subtree(s))
        if told and all(self.clauses.tokens[i].text.lower() in _RELATIVE for i in told):
            # "…, which makes a mockery of his words": what the clause before tells
            told = frozenset(t.i for t in self.sentence if t.i < min(told))
        rest = frozenset(i for i in self.clauses.subtree(head) if i > found[-1]) - told
        if rest:
            yield Contrast("verb", " ".join(phrase), frozenset(found), rest, told, True, False, None)

    def _verb_head(self, found: list[int]) -> int | None:
        """The predicate of a verb phrase: its verb, or the noun or adjective that carries the copula."""
        head = found[0]
        token = self.clauses.tokens[head]
        if token.upos == "VERB" and not token.deprel.startswith(("acl", "amod")):
            return head
        if token.upos in ("ADP", "ADJ", "NOUN"):
            for i in (head, *self.clauses.ancestors(head)):
                if self.clauses.with_rel(i, *_SUBJECTS):
                    return i
        return None

    def _stories(self) -> Iterator[Contrast]:
        for phrase, found in self._phrases(self.cues.stories, lemmas=True):
            verb = found[0]
            subjects = self.clauses.with_rel(verb, *_SUBJECTS)
            evidence = subjects[0] if subjects else None
            whole = frozenset(t.i for t in self.sentence)
            yield Contrast(
                "story", " ".join(phrase), frozenset(found), frozenset(), whole, True, True, evidence
            )

    def _verdicts(self) -> Iterator[Contrast]:
        """ "That is not true: …", "the claim was false": what was said stands before."""
        for phrase, found in self._phrases(self.cues.verdicts, lemmas=True):
            head = next(
                (i for i in found if self.clauses.with_rel(i, "nsubj", "nsubj:outer")),
                self._verb_head(found[-1:]),
            )
            subjects = self.clauses.with_rel(head, "nsubj", "nsubj:outer") if head is not None else []
            follows = found[-1] + 1
            if follows <= self.sentence[-1].i and self.clauses.tokens[follows].text.lower() in ("of", "for"):
                continue  # "which is not true of the others"
            if not any(self._points(i) for i in subjects):
                continue
            whole = frozenset(t.i for t in self.sentence)
            yield Contrast(
                "verdict", " ".join(phrase), frozenset(found), frozenset(), whole, True, True, None
            )

    def _points(self, i: int) -> bool:
        token = self.clauses.tokens[i]
        if token.upos in ("PRON", "DET"):
            return token.text.lower() in _POINTING
        return token.lemma.lower() in self.cues.claims

    def _falsely(self) -> Iterator[Contrast]:
        """ "Falsely claimed that …", "the debunked claim that …": what tells otherwise stands behind."""
        for token in self.sentence:
            word, said = token.text.lower(), self.clauses.tokens[token.head]
            if word in self.cues.falsely and token.deprel == "advmod" and said.upos == "VERB":
                parts = self.clauses.with_rel(said.i, "ccomp", "xcomp", "obj", *_SUBJECTS)
            elif (
                word in self.cues.untrue
                and token.deprel == "amod"
                and said.lemma.lower() in self.cues.claims
                and self.clauses.preposition(said.i) != "as"  # "dismissed as baseless reports that": its word
            ):
                parts = [c for c in self.clauses.children[said.i] if c != token.i]
            else:
                continue
            aside = frozenset(i for c in parts for i in self.clauses.subtree(c)) | {said.i}
            told = frozenset(t.i for t in self.sentence) - aside
            words = f"{word} {said.text.lower()}"
            yield Contrast("verdict", words, frozenset({token.i}), aside, told, True, False, None)
