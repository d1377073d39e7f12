"""The English reader: words and sentences by rule, the rest by one small network on ONNX Runtime."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from saydo.model.document import Document
from saydo.model.errors import ReaderError
from saydo.model.reading import Attribution, Reading, ReadMention, Sentence, Token
from saydo.reading.attributions import Found, attributions
from saydo.reading.happenings import parties, triggers
from saydo.reading.lemmas import Lemmatizer
from saydo.reading.links import Linker
from saydo.reading.looks import looks, looks_of
from saydo.reading.mentions import Tree, mentions
from saydo.reading.network import HIDDEN, Marked, Network, Scores, packaged
from saydo.reading.pairs import candidates, told
from saydo.reading.quotations import extended
from saydo.reading.sentences import LONGEST, inner_sentences, split, sure_of
from saydo.reading.tokens import Tokenizer, Word
from saydo.reading.trees import heads_of_all

_LANGUAGES = ("en",)
_READER_VERSION = "0.2"
_WINDOW = 200_000
"""Characters of text whose sentences are computed together; bounds what is in memory."""

_NO_PARTICLE = ("ed", "es", "ing", "y")
"""How no particle ends, but the verbs that may be taken for one."""

Part = tuple[int, list[Word]]
"""A sentence: the number of its paragraph, and its words."""


class OnnxReader:
    """Reads English documents. One instance serves any number of documents; none is kept."""

    def __init__(self, network: Network, language: str = "en", *, pairs: bool = False) -> None:
        """``pairs`` makes readings tell of pairs of mentions, too, which takes a pass of its own for each
        pair."""
        self._network = network
        self._with_pairs = pairs
        self._linker = Linker(network.told["linking"])
        self._looks = looks_of(network)
        self._tokenizer = Tokenizer()
        self._lemmatizer = Lemmatizer()
        self._version = f"onnx-{language} {_READER_VERSION} ({network.fingerprint})"

    @property
    def version(self) -> str:
        return self._version

    def read(self, document: Document) -> Reading:
        """Everything the reader sees in the document."""
        return self._window([document])[0]

    def read_all(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """Readings in the order of the documents, which are drawn a few at a time: their sentences are
        computed together, which changes no reading."""
        window: list[Document] = []
        size = 0
        for document in documents:
            window.append(document)
            size += len(document.text)
            if size > _WINDOW:
                yield from self._window(window)
                window, size = [], 0
        if window:
            yield from self._window(window)

    def read_words(self, sentences: Sequence[Sequence[str]]) -> Reading:
        """A reading of sentences that are split into words already; the document's text is the words with
        spaces between them."""
        parts: list[Part] = []
        at = 0
        for sentence in sentences:
            words = []
            for word in sentence:
                words.append(Word(at, at + len(word), word))
                at += len(word) + 1
            parts.append((0, words))
        text = " ".join(word for sentence in sentences for word in sentence)
        scores = self._network.score(sentences)
        governed = heads_of_all([s.arcs for s in scores])
        reading = self._reading(Document("words", text), parts, scores, governed)
        return self._with_pairs_told([reading], scores)[0] if self._with_pairs else reading

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """``[text, 384]``: short texts, such as what somebody searches for, as vectors of length 1.

        They are comparable with ``Reading.vectors`` by scalar product. A text without a word is all zeros.
        """
        words = [[w.text for w in self._tokenizer.words(text)][:LONGEST] for text in texts]
        found = np.zeros((len(texts), HIDDEN), dtype=np.float32)
        there = [i for i, sentence in enumerate(words) if sentence]
        for i, scores in zip(there, self._network.score([words[i] for i in there]), strict=True):
            found[i] = scores.vector
        return found

    def _window(self, documents: Sequence[Document]) -> list[Reading]:
        split_up = [list(split(d.text, self._tokenizer.words(d.text))) for d in documents]
        scores = self._network.score([[w.text for w in words] for parts in split_up for _, words in parts])
        split_up, scores = self._cut(split_up, scores)
        governed = heads_of_all([s.arcs for s in scores])
        readings, at = [], 0
        for document, parts in zip(documents, split_up, strict=True):
            here = slice(at, at + len(parts))
            readings.append(self._reading(document, parts, scores[here], governed[here]))
            at += len(parts)
        return self._with_pairs_told(readings, scores) if self._with_pairs else readings

    def _cut(
        self, split_up: Sequence[Sequence[Part]], scores: Sequence[Scores]
    ) -> tuple[list[list[Part]], list[Scores]]:
        """Sentences in which the network sees an end that no mark shows are cut there, and scored anew."""
        parted: list[list[Part]] = []
        kept: list[Scores | None] = []
        fresh: list[Part] = []
        at = 0
        for parts in split_up:
            parted.append([])
            for paragraph, words in parts:
                sure = sure_of(w.text for w in words)
                pieces = [(paragraph, words[a:b]) for a, b in inner_sentences(scores[at].ends, sure)]
                kept += [scores[at]] if len(pieces) == 1 else [None] * len(pieces)
                fresh += pieces if len(pieces) > 1 else []
                parted[-1] += pieces
                at += 1
        anew = iter(self._network.score([[w.text for w in words] for _, words in fresh]) if fresh else [])
        return parted, [score if score is not None else next(anew) for score in kept]

    def _reading(
        self,
        document: Document,
        parts: Sequence[Part],
        scores: Sequence[Scores],
        governed: Sequence[Sequence[int]],
    ) -> Reading:
        trees = [
            self._tree(words, s, found) for (_, words), s, found in zip(parts, scores, governed, strict=True)
        ]
        placed = _sentences(parts)
        tokens = self._tokens(parts, trees)
        found = [_placed_attribution(f, placed[f.sentence].first) for f in attributions(scores)]
        mentioned = tuple(self._mentions(trees, scores, placed))
        heard = tuple(triggers(scores, placed, self._network.labels))
        return Reading(
            document=document,
            tokens=tokens,
            sentences=placed,
            mentions=mentioned,
            attributions=tuple(extended(found, tokens, placed)),
            reader=self._version,
            triggers=heard,
            parties=tuple(parties(scores, placed, self._network.labels)),
            links=self._linker.links(tokens, placed, mentioned, scores),
            vectors=np.stack([s.vector for s in scores]) if scores else np.zeros((0, HIDDEN), np.float32),
            looks=looks(scores, self._looks),
        )

    def _with_pairs_told(self, readings: Sequence[Reading], scores: Sequence[Scores]) -> list[Reading]:
        """The readings with what the network says of the pairs that stand near a word that may tell of an
        event: those of all readings together, since each has few."""
        asked = [candidates(r.tokens, r.mentions, r.sentences, r.triggers or ()) for r in readings]
        marked: list[Marked] = []
        before = 0
        for reading, pairs in zip(readings, asked, strict=True):
            for number, a, b in pairs:
                base = reading.sentences[number].first
                actor, recipient = (
                    (m.first - base, m.last - base) for m in (reading.mentions[a], reading.mentions[b])
                )
                marked.append((scores[before + number].words, actor, recipient))
            before += len(reading.sentences)
        found = iter(self._network.pairs(marked))
        labels = self._network.labels
        return [
            replace(reading, pairs=tuple(told(a, b, next(found), labels) for _, a, b in pairs))
            for reading, pairs in zip(readings, asked, strict=True)
        ]

    def _tree(self, words: Sequence[Word], scores: Scores, found: Sequence[int]) -> Tree:
        labels = self._network.labels
        upos = _upos(words, scores, labels.upos)
        deprels = relations(scores, found, labels.deprels, upos)
        # From here on a root governs itself, as in the types that leave this room.
        own = [i if h == 0 else h - 1 for i, h in enumerate(found)]
        return Tree([w.text for w in words], upos, own, deprels)

    def _tokens(self, parts: Sequence[tuple[int, list[Word]]], trees: Sequence[Tree]) -> tuple[Token, ...]:
        tokens: list[Token] = []
        lemma = self._lemmatizer.lemma
        for number, ((_, words), tree) in enumerate(zip(parts, trees, strict=True)):
            base = len(tokens)
            tokens.extend(
                Token(
                    base + i, w.start, w.end, w.text, lemma(w.text, upos), upos, base + head, deprel, number
                )
                for i, (w, upos, head, deprel) in enumerate(
                    zip(words, tree.upos, tree.heads, tree.deprels, strict=True)
                )
            )
        return tuple(tokens)

    def _mentions(
        self, trees: Sequence[Tree], scores: Sequence[Scores], placed: Sequence[Sentence]
    ) -> Iterator[ReadMention]:
        for tree, score, sentence in zip(trees, scores, placed, strict=True):
            base = sentence.first
            for m in mentions(tree, score, self._network.labels):
                certainty = round(m.score, 4)
                yield ReadMention(base + m.first, base + m.last, base + m.head, m.type, m.named, certainty)


def load_reader(language: str = "en", threads: int = 1, *, pairs: bool = False) -> OnnxReader:
    """A reader with the model that comes with the package; the caller keeps it and reuses it."""
    if language not in _LANGUAGES:
        known = ", ".join(_LANGUAGES)
        raise ReaderError(f"there is no reader for language {language!r}; there are readers for: {known}")
    return OnnxReader(Network(packaged(), f"reader-{language}", threads), language, pairs=pairs)


def _upos(words: Sequence[Word], scores: Scores, labels: Sequence[str]) -> list[str]:
    """The likeliest part of speech of each word. Particles are few: a verb that the network takes for one
    because it negates ("*denied* having met her") is what is likeliest else."""
    found = [labels[i] for i in scores.upos.argmax(axis=1).tolist()]
    for k, word in enumerate(words):
        if found[k] == "PART" and word.text.lower().endswith(_NO_PARTICLE):
            found[k] = max(
                (score, label) for score, label in zip(scores.upos[k], labels, strict=True) if label != "PART"
            )[1]
    return found


def _sentences(parts: Sequence[tuple[int, list[Word]]]) -> tuple[Sentence, ...]:
    placed: list[Sentence] = []
    first = 0
    for paragraph, words in parts:
        last = first + len(words)
        placed.append(Sentence(words[0].start, words[-1].end, first, last, paragraph))
        first = last
    return tuple(placed)


_LEFT_HEADED = frozenset({"flat", "fixed", "conj", "goeswith"})
"""Relations that UD lets point to a governor on the left only."""
_ON_NOUNS = frozenset({
    "flat", "compound", "nmod", "nmod:poss", "nmod:desc", "nmod:unmarked", "amod", "det", "nummod", "appos",
    "acl", "acl:relcl",
})  # fmt: skip
"""Relations that UD does not let stand on a verb."""


_WITHOUT_CASE = frozenset({
    "flat", "fixed", "goeswith", "compound", "amod", "det", "nummod", "nsubj", "nsubj:pass", "obj", "iobj",
    "vocative", "advmod", "expl", "aux", "cop", "cc", "mark", "case",
})  # fmt: skip
"""Relations of words that UD gives no preposition."""


_NOMINALS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_OF_FUNCTION = frozenset({"case", "mark", "cc", "aux", "aux:pass", "cop", "det", "punct"})
"""Relations that UD gives to function words and marks alone."""


def relations(scores: Scores, found: Sequence[int], names: tuple[str, ...], upos: Sequence[str]) -> list[str]:
    """The relation of every word; ``root`` for the root and for no other.

    The network scores relations for the likeliest head. The best is taken that the guidelines allow; where
    the tree took another head, they are asked more closely. Subjects agree with their verb's voice.
    """
    likeliest = scores.arcs.argmax(axis=1).tolist()
    first = scores.relations.argmax(axis=1).tolist()
    cased = {head for head, relation in zip(found, first, strict=True) if names[relation] == "case"}
    best: list[str] = []
    for i, head in enumerate(found):
        never = {"root"}
        if upos[i] in _NOMINALS:
            never |= _OF_FUNCTION
        if head - 1 > i:
            never |= _LEFT_HEADED
        if likeliest[i] != head:
            never |= _WITHOUT_CASE if i + 1 in cased else set()
            never |= _ON_NOUNS if head and upos[head - 1] in ("VERB", "AUX") else set()
        if head == 0:
            best.append("root")
        else:
            best.append(
                names[first[i]]
                if names[first[i]] not in never
                else _allowed(scores.relations[i], names, never)
            )
    return _voiced(best, found, headline=upos[-1] != "PUNCT")


def _allowed(scores: NDArray[np.float32], names: tuple[str, ...], never: set[str]) -> str:
    """The best relation but those that are ``never`` allowed there."""
    ranked = (names[int(r)] for r in scores.argsort()[::-1])
    return next(relation for relation in ranked if relation not in never)


def _voiced(relations: list[str], found: Sequence[int], headline: bool) -> list[str]:
    """Subjects that agree with their verb: passive beside a passive auxiliary; without one active beside an
    object, and in the main clause of what is no headline ("Two men shot in Lyon")."""
    passive = {head for head, relation in zip(found, relations, strict=True) if relation == "aux:pass"}
    active = {head for head, relation in zip(found, relations, strict=True) if relation == "obj"}
    if not headline:
        active.add(relations.index("root") + 1)
    for i, head in enumerate(found):
        if relations[i] == "nsubj" and head in passive:
            relations[i] = "nsubj:pass"
        elif relations[i] == "nsubj:pass" and head in active - passive:
            relations[i] = "nsubj"
    return relations


def _placed_attribution(found: Found, base: int) -> Attribution:
    """The attribution with document-wide token indices."""
    return Attribution(
        source=tuple((base + a, base + b) for a, b in found.source),
        cue=((base + found.cue[0], base + found.cue[1]),),
        content=tuple((base + a, base + b) for a, b in found.content),
        score=round(found.score, 4),
    )
