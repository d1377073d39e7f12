"""Entity mentions of a sentence: names as the network tags them, common nouns and pronouns by their
head."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from saydo.reading.amounts import amounts
from saydo.reading.network import Floats, Labels, Scores

_LEFT_OF_HEAD = frozenset(["det", "amod", "compound", "nummod", "nmod:poss", "flat", "advmod", "det:predet"])
_NAME_PARTS = frozenset(["compound", "flat", "nmod:desc", "amod", "nmod:unmarked", "goeswith"])
_TITLE_PARTS = frozenset(["compound", "flat", "nmod:desc", "amod"])
_BY_RULE = frozenset(["money", "quantity"])
_NEVER_NAMED = frozenset(["weapon", "platform", "money", "quantity"])
_HEADLINE_POS = frozenset(["NOUN", "PROPN", "PRON", "NUM", "ADJ", "SYM", "X"])


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
    found = [
        Mention(a.first, a.last, tree.head_of(a.first, a.last), a.type, False, 1.0)
        for a in amounts(tree.words, tree.upos, tree.heads, tree.deprels)
    ]
    for name in _names(tree, scores, labels):
        if not any(_crosses(name, other) or _same(name, other) for other in found):
            found.append(name)
    covered = {i for m in found for i in range(m.first, m.last)}
    probabilities = scores.nominals
    for i in (probabilities[:, 0] < 0.5).nonzero()[0].tolist():
        if i not in covered and _heads_a_mention(tree, i):
            kind = int(probabilities[i, 1:].argmax()) + 1
            first, last = _base_phrase(tree, i)
            certainty = float(probabilities[i, kind])
            candidate = Mention(first, last, i, labels.nominals[kind], False, certainty)
            if any(_crosses(candidate, other) or _same(candidate, other) for other in found):
                candidate = candidate._replace(first=i, last=i + 1)
            found.append(candidate)
    return sorted(found, key=lambda m: (m.first, -m.last))


def _names(tree: Tree, scores: Scores, labels: Labels) -> list[Mention]:
    """Names: runs of words that are more likely inside a name than not, typed by all of their words."""
    tags = scores.names
    kinds = [tag[2:] for tag in labels.names[1::2]]
    begins, insides = tags[:, 1::2], tags[:, 2::2]
    masses = begins + insides
    found: list[Mention] = []
    for run_first, run_last in _runs(tree, tags[:, 0], begins.sum(axis=1), insides.sum(axis=1)):
        first, last = _trimmed(tree, run_first, run_last)
        if first >= last:
            continue
        mass = masses[first:last].mean(axis=0)
        kind = kinds[int(mass.argmax())]
        if kind in _BY_RULE:
            continue
        head = tree.head_of(first, last)
        first = _leftward(tree, first, last, head, kind)
        if found and first < found[-1].last:
            first = found[-1].last
        named = kind not in _NEVER_NAMED and _has_name(tree, first, last, kind)
        found.append(Mention(first, last, head, kind, named, float(mass.max())))
    return found + _nationalities(tree, masses, kinds, found)


def _runs(tree: Tree, outside: Floats, begins: Floats, insides: Floats) -> list[tuple[int, int]]:
    """Ranges of words that together are one name each."""
    runs: list[tuple[int, int]] = []
    for i in (outside < 0.5).nonzero()[0].tolist():
        joined = bool(runs) and runs[-1][1] == i
        if joined and (insides[i] >= begins[i] or _linked(tree, i - 1, i)):
            runs[-1] = (runs[-1][0], i + 1)
        else:
            runs.append((i, i + 1))
    return runs


def _linked(tree: Tree, a: int, b: int) -> bool:
    """Whether two neighbours are parts of one name in the tree: one hangs under the other as such."""
    return (tree.heads[a] == b and tree.deprels[a] in _NAME_PARTS) or (
        tree.heads[b] == a and tree.deprels[b] in _NAME_PARTS
    )


def _leftward(tree: Tree, first: int, last: int, head: int, kind: str) -> int:
    """Where the mention begins: a person's with his capitalised title, any with its determiner."""
    while first and kind == "person":
        before = first - 1
        part = tree.deprels[before] in _TITLE_PARTS and first <= tree.heads[before] < last
        if not (part and tree.words[before][:1].isupper()):
            break
        first = before
    while first and tree.deprels[first - 1] == "det" and tree.heads[first - 1] == head:
        first -= 1
    return first


def _nationalities(tree: Tree, masses: Floats, kinds: list[str], names: list[Mention]) -> list[Mention]:
    """Nationalities inside longer names: the Turkish in "the Turkish Foreign Minister"."""
    column = kinds.index("nationality")
    return [
        Mention(i, i + 1, i, "nationality", True, float(masses[i, column]))
        for name in names
        if name.last - name.first > 1
        for i in range(name.first, name.last)
        if int(masses[i].argmax()) == column and tree.words[i][:1].isupper()
    ]


def _trimmed(tree: Tree, first: int, last: int) -> tuple[int, int]:
    """The run without punctuation, prepositions and clitics at its edges."""
    while first < last and (
        tree.upos[first] in ("PUNCT", "ADP", "CCONJ")
        or (tree.upos[first] == "DET" and not first <= tree.heads[first] < last)
    ):
        first += 1
    while first < last and (
        tree.upos[last - 1] in ("PUNCT", "ADP", "CCONJ", "DET") or tree.words[last - 1] in ("'s", "’s")
    ):
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
