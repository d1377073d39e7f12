"""A reader from any spaCy pipeline for English that tags and parses: ``--reader spacy:en_core_web_trf``.

The pipeline gives words, sentences, parts of speech, trees, lemmas and entities; what saydo needs beyond that
(UD relations, the types of mentions, attributions) is made from them by rule.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from itertools import groupby
from typing import Any

from saydo.codebook import Codebook, load
from saydo.model.document import Document
from saydo.model.errors import ReaderError
from saydo.model.ids import digest
from saydo.model.reading import Attribution, Reading, Sentence, Token, TokenRange
from saydo.reading.clear import Node, Scheme, flat_names, scheme, to_ud
from saydo.reading.lemmas import Lemmatizer
from saydo.reading.quotations import extended
from saydo.reading.reported import Reporting, attributions
from saydo.reading.spacy_mentions import Entity, Nouns, mentions
from saydo.reading.spacy_trees import Piece, Stretch, paragraph_starts, pieces, rooted, stretches
from saydo.reading.tokens import printable

_SPANS = ("attribution", "saydo_attribution")
"""Span groups in which a pipeline of its own may give attributions."""
_TOLD = 1.0
"""Score of an attribution that the pipeline itself gives."""
_PEOPLE = frozenset(["PERSON", "PER", "person"])
_WHOLE = "use a whole pipeline, such as en_core_web_sm"


class SpacyReader:
    """Reads documents with a spaCy pipeline. One instance serves any number of documents.

    Every document is computed by itself, so that its reading does not depend on its neighbours. The
    pipeline's vocabulary keeps the words that it has seen, as it always does.
    """

    def __init__(self, nlp: Any, name: str | None = None, codebook: Codebook | None = None) -> None:
        """``name`` is what to call the pipeline; ``codebook`` tells the nouns and the verbs of saying, the
        shipped one if None. Raises ReaderError where the pipeline lacks a component that is needed."""
        self._nlp = nlp
        self._name = name or f"{nlp.meta['lang']}_{nlp.meta['name']}"
        self._version = _version(nlp, self._name)
        self._labels = _relation_labels(nlp)
        _refuse_incomplete(nlp, self._name)
        book = codebook or load()
        self._nouns = Nouns(book)
        self._reporting = Reporting(book)
        self._lemmatizer: Lemmatizer | None = None

    @property
    def version(self) -> str:
        return self._version

    def read(self, document: Document) -> Reading:
        """Everything that the pipeline sees in the document."""
        return next(self.read_all([document]))

    def read_all(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """Readings in the order of the documents, which are drawn one by one.

        Raises ReaderError for a text that is longer than the pipeline takes.
        """
        prepared = ((self._prepared(document), document) for document in documents)
        for doc, document in self._nlp.pipe(prepared, as_tuples=True, batch_size=1):
            yield self._reading(document, doc)

    def _prepared(self, document: Document) -> Any:
        """The Doc before the pipeline: words, and a sentence begun with every paragraph and behind every
        dateline, which parsers keep to."""
        text = printable(document.text)
        if len(text) > self._nlp.max_length:
            raise ReaderError(
                f"the text has {len(text):,} characters and {self._name} takes {self._nlp.max_length:,}; "
                "divide it"
            )
        doc = self._nlp.make_doc(text)
        words = pieces(doc, document.text)
        for start in paragraph_starts(document.text, words):
            doc[words[start].token].is_sent_start = True
        return doc

    def _reading(self, document: Document, doc: Any) -> Reading:
        words = pieces(doc, document.text)
        if not words:
            return Reading(document, (), (), (), (), self._version)
        self._refuse_unannotated(doc)
        labels = self._labels or {word.deprel for word in words}
        found = scheme(label for label in labels if label)
        if found is None:
            raise ReaderError(
                f"the relations of {self._name} are neither those of ClearNLP nor of Universal Dependencies "
                f"({', '.join(sorted(labels)[:5])}, …); {_WHOLE}"
            )
        parts = stretches(doc, document.text, words)
        entities = _entities(doc, words)
        tokens, sentences = self._tokens(document.text, words, parts, entities, found)
        told = _told(doc, words, tokens)
        if told is None:
            told = attributions(tokens, sentences, self._reporting)
        return Reading(
            document=document,
            tokens=tokens,
            sentences=sentences,
            mentions=mentions(tokens, sentences, entities, self._nouns),
            attributions=tuple(extended(told, tokens, sentences)),
            reader=self._version,
        )

    def _refuse_unannotated(self, doc: Any) -> None:
        if not doc.has_annotation("DEP"):
            raise ReaderError(f"the spaCy pipeline {self._name} gave no trees: it has no parser; {_WHOLE}")
        if not (doc.has_annotation("POS") or doc.has_annotation("TAG")):
            raise ReaderError(
                f"the spaCy pipeline {self._name} gave no parts of speech: it has no tagger; {_WHOLE}"
            )

    def _tokens(
        self,
        text: str,
        words: Sequence[Piece],
        parts: Sequence[Stretch],
        entities: Sequence[Entity],
        scheme: Scheme,
    ) -> tuple[tuple[Token, ...], tuple[Sentence, ...]]:
        tokens: list[Token] = []
        sentences: list[Sentence] = []
        for number, part in enumerate(parts):
            own = words[part.first : part.last]
            heads, deprels = rooted([w.head - part.first for w in own], [w.deprel for w in own])
            nodes = [
                Node(text[w.start : w.end], w.upos, head, deprel)
                for w, head, deprel in zip(own, heads, deprels, strict=True)
            ]
            if scheme == "clear":
                people = [
                    (e.first - part.first, e.last - part.first)
                    for e in entities
                    if e.label in _PEOPLE and part.first <= e.first and e.last <= part.last
                ]
                nodes = flat_names(to_ud(nodes), people)
            nodes = [
                n._replace(deprel="punct") if n.upos == "PUNCT" and n.deprel == "parataxis" else n
                for n in nodes
            ]
            for i, (word, node) in enumerate(zip(own, nodes, strict=True), start=part.first):
                lemma = self._lemma(word, node)
                head, deprel = part.first + node.head, node.deprel or "dep"
                tokens.append(
                    Token(i, word.start, word.end, node.text, lemma, node.upos, head, deprel, number)
                )
            sentences.append(Sentence(own[0].start, own[-1].end, part.first, part.last, part.paragraph))
        return tuple(tokens), tuple(sentences)

    def _lemma(self, word: Piece, node: Node) -> str:
        """The pipeline's lemma in our form, or our own where it has none."""
        if node.upos == "PROPN":
            return node.text
        if word.lemma:
            return word.lemma if word.lemma == "I" else word.lemma.lower()
        if self._lemmatizer is None:
            self._lemmatizer = Lemmatizer()
        return self._lemmatizer.lemma(node.text, node.upos)


def load_pipeline(name: str, codebook: Codebook | None = None) -> SpacyReader:
    """A reader from an installed spaCy pipeline, or from the folder of one.

    Raises ReaderError where it cannot be loaded or lacks what is needed.
    """
    import spacy

    if not name:
        raise ReaderError("name a spaCy pipeline or its folder behind the colon: spacy:en_core_web_sm")
    try:
        nlp = spacy.load(name)
    except OSError as error:
        told = " ".join(str(error).split())
        if "[E050]" not in told:
            raise ReaderError(f"the spaCy pipeline {name!r} cannot be read: {told[:200]}") from error
        raise ReaderError(
            f"there is no spaCy pipeline {name!r}: install it (python -m spacy download {name}) or "
            "give the folder of one"
        ) from None
    except Exception as error:  # spaCy, and what a pipeline is made of, raise errors of many kinds
        told = " ".join(str(error).split())[:200]
        raise ReaderError(
            f"the spaCy pipeline {name!r} cannot be loaded ({told}); install what it needs, such as "
            "spacy-transformers for a name that ends in _trf"
        ) from error
    return SpacyReader(nlp, _called(nlp, name), codebook)


def _called(nlp: Any, name: str) -> str:
    """The pipeline's own name: a folder's name would differ from machine to machine."""
    own = f"{nlp.meta['lang']}_{nlp.meta['name']}"
    return name if name == own else own


def _version(nlp: Any, name: str) -> str:
    """Name and version of the pipeline, a digest of what it says of itself (its configuration, and the scores
    of its training, which differ from one training to the next), and spaCy's version."""
    told = digest(nlp.config.to_str(), json.dumps(nlp.meta, sort_keys=True, default=str))
    return f"spacy:{name} {nlp.meta['version']} ({told[:8]}, spaCy {version('spacy')})"


def _relation_labels(nlp: Any) -> frozenset[str]:
    """The relations that the pipeline's parser knows; none where it does not say."""
    for name, component in nlp.pipeline:
        if "token.dep" in nlp.get_pipe_meta(name).assigns:
            return frozenset(getattr(component, "labels", ()))
    return frozenset()


def _refuse_incomplete(nlp: Any, name: str) -> None:
    """Raises ReaderError where the components say all that they give, and it is not enough."""
    given = {each: set(nlp.get_pipe_meta(each).assigns) for each in nlp.pipe_names}
    rules = [each for each in nlp.pipe_names if nlp.get_pipe_meta(each).factory == "attribute_ruler"]
    if any(not assigns for each, assigns in given.items() if each not in rules):
        return  # a component that does not say what it gives may give anything
    everything = set().union(*given.values())
    if "token.dep" not in everything:
        raise ReaderError(f"the spaCy pipeline {name} has no parser, which gives the trees; {_WHOLE}")
    if not rules and not everything & {"token.pos", "token.tag"}:
        raise ReaderError(
            f"the spaCy pipeline {name} has no tagger or morphologizer, which gives parts of speech; {_WHOLE}"
        )


def _entities(doc: Any, words: Sequence[Piece]) -> list[Entity]:
    """The pipeline's entities in words."""
    found = [(_within(words, entity), entity.label_) for entity in doc.ents]
    return [Entity(*own, label) for own, label in found if own is not None]


def _within(words: Sequence[Piece], span: Any) -> TokenRange | None:
    """The words of a span of spaCy tokens; None where it has none."""
    first, last = (bisect_left(words, token, key=lambda word: word.token) for token in (span.start, span.end))
    return (first, last) if first < last else None


def _told(doc: Any, words: Sequence[Piece], tokens: Sequence[Token]) -> list[Attribution] | None:
    """The attributions that the pipeline itself gives as spans labelled source, cue and content; None where
    it gives none. Spans with one id belong together; without ids they belong to the nearest cue of their
    sentence."""
    key = next((key for key in _SPANS if key in doc.spans), None)
    if key is None:
        return None
    spans: list[tuple[str, str, TokenRange]] = []
    for span in doc.spans[key]:
        own = _within(words, span)
        if own is not None and span.label_.lower() in ("source", "cue", "content"):
            spans.append((span.id_, span.label_.lower(), own))
    cues = [each for each in spans if each[1] == "cue"]
    groups = [
        (id or _nearest(where, cues, tokens), role, where)
        if role != "cue"
        else (id or str(where), role, where)
        for id, role, where in spans
    ]
    groups.sort()
    found = []
    for _, members in groupby(groups, key=lambda each: each[0]):
        roles: dict[str, list[TokenRange]] = {"source": [], "cue": [], "content": []}
        for _, role, where in members:
            roles[role].append(where)
        if roles["content"]:
            source, cue, content = (tuple(sorted(roles[role])) for role in ("source", "cue", "content"))
            found.append(Attribution(source, cue, content, _TOLD))
    return sorted(found, key=lambda a: a.cue or a.content)


def _nearest(where: TokenRange, cues: Sequence[tuple[str, str, TokenRange]], tokens: Sequence[Token]) -> str:
    """What the group of the nearest cue is called; a name of its own where the sentence has no cue."""
    sentence = tokens[where[0]].sentence
    here = [c for _, _, c in cues if tokens[c[0]].sentence == sentence]
    if not here:
        return f"alone {where}"
    return str(min(here, key=lambda c: (max(c[0] - where[1], where[0] - c[1]), c)))
