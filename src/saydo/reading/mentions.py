"""Entity mentions of a sentence: names as the network tags them, common nouns and pronouns by their
head."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from saydo.reading.network import Labels, Scores, softmax
from saydo.reading.spans import typed_spans

_LEFT_OF_HEAD = frozenset(["det", "amod", "compound", "nummod", "nmod:poss", "flat", "advmod", "det:predet"])
_NEVER_NAMED = frozenset(["weapon", "platform", "money", "quantity"])
_HEADLINE_POS = frozenset(["NOUN", "PROPN", "PRON", "NUM", "ADJ", "SYM", "X", "DET"])


class Mention(NamedTuple):
    """A mention in word indices of its sentence."""

    first: int
    last: int
    head: int
    type: str
    named: bool
    score: float


class Tree(NamedTuple):
    """One sentence's words with their parts of speech, heads (0-based, root its own head) and relations."""

    words: Sequence[str]
    upos: Sequence[str]
    heads: Sequence[int]
    deprels: Sequence[str]

    def head_of(self, first: int, last: int) -> int:
        """The word of ``[first, last)`` whose head lies outside; a nominal one where there are several."""
        outside = [i for i in range(first, last) if not first <= self.heads[i] < last or self.heads[i] == i]
        nominal = [i for i in outside if self.upos[i] in _HEADLINE_POS]
        return (nominal or outside or [last - 1])[0]


def mentions(tree: Tree, scores: Scores, labels: Labels) -> list[Mention]:
    """The sentence's mentions in order; one may lie wholly inside another, but none cross."""
    found = _names(tree, scores, labels)
    covered = {i for m in found for i in range(m.first, m.last)}
    probabilities = softmax(scores.nominals)
    kinds = probabilities.argmax(axis=1)
    for i in kinds.nonzero()[0].tolist():
        if i in covered or not _heads_a_mention(tree, i):
            continue
        first, last = _base_phrase(tree, i)
        kind = int(kinds[i])
        candidate = Mention(first, last, i, labels.nominals[kind], False, float(probabilities[i, kind]))
        if any(_crosses(candidate, other) or _same(candidate, other) for other in found):
            candidate = candidate._replace(first=i, last=i + 1)
        found.append(candidate)
    return sorted(found, key=lambda m: (m.first, -m.last))


def _names(tree: Tree, scores: Scores, labels: Labels) -> list[Mention]:
    found: list[Mention] = []
    for span in typed_spans(softmax(scores.names)):
        kind = labels.names[2 * span.label + 1][2:]
        first, last = _trimmed(tree, span.first, span.last)
        if first >= last:
            continue
        head = tree.head_of(first, last)
        while first and tree.deprels[first - 1] == "det" and tree.heads[first - 1] == head:
            first -= 1
        if found and first < found[-1].last:
            first = found[-1].last
        named = kind not in _NEVER_NAMED and _has_name(tree, first, last, kind)
        found.append(Mention(first, last, head, kind, named, span.score))
    return found


def _trimmed(tree: Tree, first: int, last: int) -> tuple[int, int]:
    """The span without punctuation at its edges, except marks that belong to money and numbers."""
    while first < last and tree.upos[first] == "PUNCT":
        first += 1
    while first < last and (tree.upos[last - 1] in ("PUNCT", "ADP") or tree.words[last - 1] in ("'s", "’s")):
        last -= 1
    return first, last


def _has_name(tree: Tree, first: int, last: int, kind: str) -> bool:
    """Whether a proper name stands in the span: a proper noun, or the adjective of a nationality."""
    if kind == "nationality":
        return any(word[:1].isupper() for word in tree.words[first:last])
    return any(tree.upos[i] == "PROPN" or _capital_inside(tree, i) for i in range(first, last))


def _capital_inside(tree: Tree, i: int) -> bool:
    return i > 0 and tree.words[i][:1].isupper() and tree.upos[i] in ("NOUN", "ADJ", "X")


def _heads_a_mention(tree: Tree, i: int) -> bool:
    """Whether the word stands for itself: not a modifier inside another noun, not a part of a name."""
    if tree.upos[i] not in ("NOUN", "PRON", "PROPN", "ADJ", "NUM", "DET"):
        return False
    return tree.deprels[i] not in ("compound", "flat", "det", "amod", "nummod", "expl")


def _base_phrase(tree: Tree, head: int) -> tuple[int, int]:
    """The head with what stands before it in its phrase, without clauses and phrases after it."""
    first = head
    while first > 0 and _belongs(tree, first - 1, head):
        first -= 1
    while first < head and tree.upos[first] in ("PUNCT", "ADP", "CCONJ", "ADV", "SCONJ"):
        first += 1
    return first, head + 1


def _belongs(tree: Tree, word: int, head: int) -> bool:
    """Whether the word hangs under the head by left-of-noun relations alone."""
    for _ in range(len(tree.words)):
        if word == head:
            return True
        relation = tree.deprels[word]
        inner = relation in ("punct", "case", "conj", "cc", "obl:npmod", "obl:unmarked", "nmod:npmod")
        if not inner and relation not in _LEFT_OF_HEAD:
            return False
        if relation in ("punct", "case", "cc") and tree.heads[word] == head:
            return False
        word = tree.heads[word]
    return False


def _crosses(a: Mention, b: Mention) -> bool:
    return a.first < b.first < a.last < b.last or b.first < a.first < b.last < a.last


def _same(a: Mention, b: Mention) -> bool:
    return (a.first, a.last) == (b.first, b.last)
