"""The English reader: words and sentences by rule, the rest by one small network on ONNX Runtime."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from saydo.model.document import Document
from saydo.model.errors import ReaderError
from saydo.model.reading import Attribution, Reading, ReadMention, Sentence, Token
from saydo.reading.attributions import Found, attributions
from saydo.reading.lemmas import Lemmatizer
from saydo.reading.mentions import Tree, mentions
from saydo.reading.network import Network, Scores, packaged
from saydo.reading.quotations import extended
from saydo.reading.sentences import split
from saydo.reading.tokens import Tokenizer, Word
from saydo.reading.trees import heads

_LANGUAGES = ("en",)
_READER_VERSION = "0.1"


class OnnxReader:
    """Reads English documents. One instance serves any number of documents; none is kept."""

    def __init__(self, network: Network, language: str = "en") -> None:
        self._network = network
        self._tokenizer = Tokenizer()
        self._lemmatizer = Lemmatizer()
        self._version = f"onnx-{language} {_READER_VERSION} ({network.fingerprint})"

    @property
    def version(self) -> str:
        return self._version

    def read(self, document: Document) -> Reading:
        """Everything the reader sees in the document."""
        parts = list(split(document.text, self._tokenizer.words(document.text)))
        scores = self._network.score([[w.text for w in words] for _, words in parts])
        trees = [self._tree(words, s) for (_, words), s in zip(parts, scores, strict=True)]
        placed = _sentences(parts)
        tokens = self._tokens(parts, trees)
        found = [_placed_attribution(f, placed[f.sentence].first) for f in attributions(scores)]
        return Reading(
            document=document,
            tokens=tokens,
            sentences=placed,
            mentions=tuple(self._mentions(trees, scores, placed)),
            attributions=tuple(extended(found, tokens, placed)),
            reader=self._version,
        )

    def read_all(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """Readings in the order of the documents, which are drawn one by one."""
        for document in documents:
            yield self.read(document)

    def _tree(self, words: Sequence[Word], scores: Scores) -> Tree:
        labels = self._network.labels
        found = heads(scores.arcs)
        upos = [labels.upos[i] for i in scores.upos.argmax(axis=1).tolist()]
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


def load_reader(language: str = "en", threads: int = 1) -> OnnxReader:
    """A reader with the model that comes with the package; the caller keeps it and reuses it."""
    if language not in _LANGUAGES:
        known = ", ".join(_LANGUAGES)
        raise ReaderError(f"there is no reader for language {language!r}; there are readers for: {known}")
    return OnnxReader(Network(packaged(), f"reader-{language}", threads), language)


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


def relations(scores: Scores, found: Sequence[int], names: tuple[str, ...], upos: Sequence[str]) -> list[str]:
    """The relation of every word; ``root`` for the root and for no other.

    The network scores relations for the likeliest head. Where the tree took another one, the best
    relation that the guidelines allow with that head is taken.
    """
    likeliest = scores.arcs.argmax(axis=1).tolist()
    best: list[str] = []
    for i, head in enumerate(found):
        if head == 0:
            best.append("root")
            continue
        ranked = (names[r] for r in scores.relations[i].argsort()[::-1].tolist())
        moved = likeliest[i] != head
        on_verb = moved and upos[head - 1] in ("VERB", "AUX")
        best.append(
            next(
                r
                for r in ranked
                if r != "root"
                and not (r in _LEFT_HEADED and head - 1 > i)
                and not (on_verb and r in _ON_NOUNS)
            )
        )
    return best


def _placed_attribution(found: Found, base: int) -> Attribution:
    """The attribution with document-wide token indices."""
    return Attribution(
        source=tuple((base + a, base + b) for a, b in found.source),
        cue=((base + found.cue[0], base + found.cue[1]),),
        content=tuple((base + a, base + b) for a, b in found.content),
        score=round(found.score, 4),
    )
