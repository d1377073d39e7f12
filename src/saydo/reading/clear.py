"""From the labels of ClearNLP, which spaCy's English models use, to Universal Dependencies 2.

The two differ in more than names. ClearNLP hangs a noun under its preposition, what a copula says under the
copula, and each conjunct under the one before; in UD the words of content govern and the small words hang
on them. The functions here are pure; what goes in is a tree and what comes out is one, over the same words.

Left as ClearNLP has it: an infinitive that stands as the predicate of "be" ("the plan is to leave":
``xcomp``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from saydo.reading.clear_labels import (
    CLAUSE_PARTS,
    COMPLEX_PREPOSITIONS,
    DIRECTIONS,
    FORMS_OF_BE,
    NOMINAL,
    ONLY_CLEAR,
    PERCEIVING,
    PLACE_ADVERBS,
    RENAMED,
    UNIVERSAL,
)

Scheme = Literal["clear", "ud"]


class Node(NamedTuple):
    """A word in a tree of one sentence: ``head`` is an index into the sentence, its own for the root."""

    text: str
    upos: str
    head: int
    deprel: str


def scheme(labels: Iterable[str]) -> Scheme | None:
    """Which scheme relation labels are of; None where they are of neither."""
    # "nsubj||ccomp" is how a parser of spaCy's learns an arc that crosses another.
    found = {label.partition("||")[0] for label in labels if label}
    if found & ONLY_CLEAR:
        return "clear"
    if all(label.lower().partition(":")[0] in UNIVERSAL for label in found):
        return "ud"
    return None


def to_ud(nodes: Sequence[Node]) -> list[Node]:
    """The sentence with UD heads, relations and, where they follow from these, parts of speech."""
    tree = _Tree(nodes)
    _free_punctuation(tree)
    _prepositions(tree)
    _coordination(tree)
    _raised_objects(tree)
    _copulas(tree)
    _relabel(tree)
    _reclass(tree)
    return [
        node._replace(upos=tree.upos[i], head=tree.head[i], deprel=tree.dep[i])
        for i, node in enumerate(nodes)
    ]


def flat_names(nodes: Sequence[Node], people: Iterable[tuple[int, int]]) -> list[Node]:
    """The sentence with people's names headed by their first word, as UD has them: the rest is ``flat``, a
    title before it ``nmod:desc``. ``people`` are ranges ``[first, last)`` of words."""
    tree = _Tree(nodes)
    for first, last in people:
        own = range(first, last - 1)
        if not all(tree.dep[i] == "compound" and tree.head[i] == last - 1 for i in own) or not own:
            continue
        tree.replace(last - 1, first, tree.dep[last - 1], "flat")
        for c in tree.children(first, "compound"):
            tree.dep[c] = "flat" if first < c < last else "nmod:desc"
    return [node._replace(head=tree.head[i], deprel=tree.dep[i]) for i, node in enumerate(nodes)]


class _Tree:
    """A sentence while it is rebuilt."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.low = [node.text.lower() for node in nodes]
        self.upos = [node.upos for node in nodes]
        self.head = [node.head for node in nodes]
        self.dep = ["root" if node.head == i else node.deprel.lower() for i, node in enumerate(nodes)]
        self._below: list[set[int]] = [set() for _ in nodes]
        for i, head in enumerate(self.head):
            if head != i:
                self._below[head].add(i)

    def __len__(self) -> int:
        return len(self.low)

    def children(self, i: int, *deps: str) -> list[int]:
        """Dependants of ``i`` in text order; of these relations only, where some are given."""
        return sorted(c for c in self._below[i] if not deps or self.dep[c] in deps)

    def hang(self, i: int, head: int, dep: str | None = None) -> None:
        """Hangs a word on another, or with itself as the head makes it the root."""
        self._below[self.head[i]].discard(i)
        self.head[i] = head
        if head != i:
            self._below[head].add(i)
        if dep is not None:
            self.dep[i] = dep

    def nominal(self, i: int) -> bool:
        return self.upos[i] in NOMINAL

    def replace(self, i: int, by: int, dep: str, own: str) -> None:
        """``by``, a dependant of ``i``, takes its place under the relation ``dep``; ``i`` (as ``own``) and
        what else hung on it hang on ``by``."""
        root = self.head[i] == i
        self.hang(by, by if root else self.head[i], "root" if root else dep)
        for c in self.children(i):
            self.hang(c, by)
        self.hang(i, by, own)

    def depth(self, i: int) -> int:
        steps = 0
        while self.head[i] != i:
            i = self.head[i]
            steps += 1
        return steps

    def clausal(self, i: int) -> bool:
        """Whether the word is the predicate of a clause and no noun or adverb."""
        return self.upos[i] in ("VERB", "AUX") or bool(self.children(i, *CLAUSE_PARTS))


def _free_punctuation(tree: _Tree) -> None:
    """Nothing hangs on a punctuation mark, though parsers err so: it hangs on what the mark hangs on."""
    for i in range(len(tree)):
        while tree.head[i] != i and tree.upos[tree.head[i]] == "PUNCT":
            above = tree.head[tree.head[i]]
            if above == tree.head[i]:
                break
            tree.hang(i, above)


# --- prepositions -----------------------------------------------------------------------------------------


def _prepositions(tree: _Tree) -> None:
    """What a preposition governs takes its place: ``obl`` or ``nmod`` with ``case``, a clause with ``mark``.

    Deepest first, so that of "out of town" the town rises twice."""
    governing = [i for i in range(len(tree)) if tree.children(i, "pobj", "pcomp")]
    nested = [i for i in range(len(tree)) if tree.dep[i] in ("prep", "agent")]
    for i in sorted({*governing, *nested}, key=lambda i: (-tree.depth(i), i)):
        _lift_object(tree, i)
    for i in range(len(tree) - 1):
        if (tree.low[i], tree.low[i + 1]) in COMPLEX_PREPOSITIONS:
            _join(tree, i, i + 1)
    for i in range(len(tree)):
        above = tree.head[i]
        if tree.dep[i] == "obl" and tree.low[above] in DIRECTIONS and tree.dep[above] in ("advmod", "prt"):
            tree.hang(i, tree.head[above])  # "broke away from the Front": the phrase is the verb's


def _lift_object(tree: _Tree, i: int) -> None:
    objects = tree.children(i, "pobj")
    clauses = tree.children(i, "pcomp")
    # In "because of the rain" the second preposition is called a complement of the first.
    for c in [c for c in clauses if objects and tree.upos[c] in ("ADP", "SCONJ") and not tree.children(c)]:
        clauses.remove(c)
        tree.dep[c] = "fixed"
    if not objects and not clauses:
        return
    object_, *others = [*objects, *clauses]
    for other in others:
        tree.dep[other] = "dep"
    clause = object_ not in objects and tree.clausal(object_)
    fixed = tree.children(i, "fixed")
    adverb = not clause and tree.upos[object_] == "ADV"
    tree.replace(i, object_, _place(tree, i, clause, adverb), "mark" if clause else "case")
    for c in fixed:
        tree.hang(c, i)


def _place(tree: _Tree, i: int, clause: bool, adverb: bool) -> str:
    """The relation of what rises into the place of the preposition ``i``."""
    dep, head = tree.dep[i], tree.head[i]
    if dep not in ("prep", "agent", "dative", "pcomp", "pobj", "advmod", "mark", "case", "nmod", "amod"):
        return dep  # a conjunct, a predicate, a clause: it stays what the preposition was
    outer = tree.dep[head] in ("prep", "agent", "pcomp", "dative") and tree.upos[head] in (
        "ADP",
        "SCONJ",
        "VERB",
    )
    if outer and not tree.children(head, "pobj") and dep in ("prep", "pcomp", "advmod"):
        return "pcomp" if clause else "pobj"
    on_noun = tree.nominal(head)
    if clause:
        return "acl" if on_noun else "advcl"
    if adverb:
        return "advmod"
    if dep == "agent":
        return "obl:agent"
    return "nmod" if on_noun else "obl"


def _join(tree: _Tree, i: int, second: int) -> None:
    """Makes one preposition of two words: "such as", "instead of", "because of"."""
    if tree.dep[i] in ("acomp", "attr", "root"):
        return
    if tree.head[second] == i:  # "because of" is joined already, and not every neighbour is a preposition
        return
    noun = tree.head[second]
    if tree.dep[second] not in ("case", "mark") or noun == second:
        return
    own = tree.dep[second]
    if tree.head[noun] == i:  # "instead" governs "of the army"
        on_noun = tree.nominal(tree.head[i]) and tree.head[i] != i
        clause = own == "mark"
        tree.replace(i, noun, ("acl" if clause else "nmod") if on_noun else "advcl" if clause else "obl", own)
    elif tree.head[i] != noun or tree.children(i):
        return
    tree.dep[i] = own
    tree.hang(second, i, "fixed")


# --- coordination -----------------------------------------------------------------------------------------


def _coordination(tree: _Tree) -> None:
    """All conjuncts hang on the first, and each conjunction on the conjunct that it announces."""
    for i in range(len(tree)):
        while tree.dep[i] == "conj" and tree.dep[tree.head[i]] == "conj" and _alike(tree, i):
            tree.hang(i, tree.head[tree.head[i]])
    for c in range(len(tree)):
        if tree.dep[c] != "cc":
            continue
        whole = tree.head[c]
        if tree.dep[whole] == "conj" and not [j for j in tree.children(whole, "conj") if j > c]:
            whole = tree.head[whole]
        following = [j for j in tree.children(whole, "conj") if j > c]
        if following and c > tree.head[c]:
            tree.hang(c, following[0])


def _alike(tree: _Tree, i: int) -> bool:
    """Whether a conjunct goes with the first of its chain: in "raided and burned houses and shops" the
    shops go with the houses."""
    above = tree.head[i]
    return (tree.nominal(i) == tree.nominal(above)) == (tree.nominal(i) == tree.nominal(tree.head[above]))


# --- clauses ----------------------------------------------------------------------------------------------


def _raised_objects(tree: _Tree) -> None:
    """The subject of an infinitive under a verb is the object of that verb: "want them to leave"."""
    for clause in range(len(tree)):
        governor = tree.head[clause]
        if tree.dep[clause] != "ccomp" or governor > clause or tree.upos[governor] != "VERB":
            continue
        subjects = [s for s in tree.children(clause, "nsubj", "nsubjpass") if governor < s < clause]
        infinitive = [c for c in tree.children(clause, "aux") if tree.low[c] == "to"]
        bare = tree.low[governor] in PERCEIVING and not tree.children(clause, "aux", "auxpass", "neg")
        if len(subjects) != 1 or tree.children(clause, "mark") or tree.children(governor, "dobj"):
            continue
        if infinitive or bare:
            tree.hang(subjects[0], governor, "dobj")
            tree.dep[clause] = "xcomp"


def _copulas(tree: _Tree) -> None:
    """What "be" says of its subject governs the clause, and "be" hangs on it as ``cop``."""
    for i in range(len(tree)):
        if tree.low[i] not in FORMS_OF_BE or tree.dep[i] in ("aux", "auxpass"):
            continue
        if any(tree.low[c] == "there" for c in tree.children(i, "expl")):
            for c in tree.children(i, "attr"):
                tree.dep[c] = "nsubj"
            tree.upos[i] = "VERB"
        elif (predicate := _predicate(tree, i)) is not None:
            if tree.dep[predicate] == "ccomp":
                for c in tree.children(i, "nsubj"):
                    tree.dep[c] = "nsubj:outer"
            tree.replace(i, predicate, tree.dep[i], "cop")


def _predicate(tree: _Tree, i: int) -> int | None:
    """What a form of "be" says of its subject: a noun or adjective, else a phrase or adverb of place."""
    said = tree.children(i, "attr", "acomp")
    if said:
        return said[0]
    if not tree.children(i, "nsubj") or tree.children(i, "xcomp", "oprd"):
        return None
    clauses = [c for c in tree.children(i, "ccomp") if c > i]
    if clauses:
        return clauses[0] if tree.children(clauses[0], "mark", *CLAUSE_PARTS) else None
    for c in tree.children(i):
        phrase = tree.dep[c] == "obl" and tree.children(c, "case") and tree.nominal(c)
        if c > i and (phrase or (tree.dep[c] == "advmod" and tree.low[c] in PLACE_ADVERBS)):
            return c
    return None


# --- labels -----------------------------------------------------------------------------------------------


def _relabel(tree: _Tree) -> None:
    """UD's names for the relations that are left."""
    for i in range(len(tree)):
        tree.dep[i] = _renamed(tree, i)


def _renamed(tree: _Tree, i: int) -> str:
    dep, head = tree.dep[i], tree.head[i]
    if head == i:
        return "root"
    on_noun = tree.nominal(head) and not tree.children(head, "cop")
    if dep == "aux" and tree.low[i] == "to":
        return "mark"
    if dep == "neg":
        return "det" if tree.upos[i] == "DET" else "advmod"
    if dep == "npadvmod":
        return "nmod:unmarked" if on_noun else "obl:unmarked"
    if dep in ("relcl", "rcmod"):
        if any(tree.low[c] == "to" for c in tree.children(i, "aux", "mark")) and not tree.children(
            i, "nsubj"
        ):
            return "acl" if tree.nominal(head) else "advcl"
        return "acl:relcl" if tree.nominal(head) else "advcl:relcl"
    if dep == "dobj" and i < max(tree.children(head, "dobj", "obj")):
        return "iobj"  # "gave them food": of two objects the first is the one who gets the other
    if dep == "acl" and tree.upos[head] in ("VERB", "AUX"):
        return "advcl"
    if dep == "nmod" and not tree.children(i, "case"):
        return "compound" if i < head else "nmod"
    if dep == "prep":  # it governs nothing: stranded ("the man he spoke to") or an adverb ("came in")
        if tree.clausal(i):
            return "advcl"
        return "obl" if tree.upos[i] == "ADP" and _in_relative(tree, i) else "advmod"
    known = dep.partition(":")[0] in UNIVERSAL and dep != "root"
    return RENAMED.get(dep, dep if known else "dep")


def _in_relative(tree: _Tree, i: int) -> bool:
    head = tree.head[i]
    return tree.dep[head] in ("relcl", "rcmod", "acl:relcl", "acl", "infmod")


def _reclass(tree: _Tree) -> None:
    """Parts of speech that depend on the relation."""
    for i in range(len(tree)):
        dep, upos = tree.dep[i], tree.upos[i]
        if upos == "VERB" and dep in ("aux", "aux:pass", "cop"):
            tree.upos[i] = "AUX"
        elif upos == "AUX" and dep not in ("aux", "aux:pass", "cop") and tree.low[i] not in FORMS_OF_BE:
            tree.upos[i] = "VERB"
        elif upos == "ADP" and dep == "mark":
            tree.upos[i] = "SCONJ"
        elif upos == "SCONJ" and dep == "case":
            tree.upos[i] = "ADP"
