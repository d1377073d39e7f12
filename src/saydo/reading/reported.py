"""Attributions by rule: verbs of saying with what they say, quotations beside them, "according to".

For trees in Universal Dependencies. Which verbs report, and whether a clause, an infinitive or only direct
speech is their content, stands in the codebook's entries of statements.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from saydo.codebook import Codebook
from saydo.model.reading import Attribution, Sentence, Token, TokenRange
from saydo.reading.quotations import quotations

_CLAUSE, _QUOTATION, _ASIDE, _PHRASE = 0.8, 0.6, 0.7, 0.8
"""Scores: a clause under its verb, a quotation beside one, a verb in an aside, "according to"."""
_RELATIVE = frozenset(["who", "which", "that"])
_MARKS = frozenset(["“", "”", "«", "»", "„", '"', "''", "``", "＂"])
_SUBJECTS = ("nsubj", "nsubj:outer")


class Reporting:
    """What the codebook says of verbs and phrases that report."""

    def __init__(self, codebook: Codebook) -> None:
        self.forms: dict[str, set[str]] = {}
        """Verb, with its particle where it has one → ``clause``, ``inf`` and ``quote``."""
        direct = set(codebook.phrases("reporting-direct-only"))
        for entry in codebook.statements.values():
            for unit in entry.units:
                source = unit.roles.get("source") or entry.roles.get("verb", {}).get("source", ())
                if "subj" not in source or set(unit.where) - {"subj"}:
                    continue
                specs = {part for spec in unit.roles.get("content", ()) for part in spec.split("+")[-1:]}
                forms = {"quote"} | ({"clause"} & specs) | ({"inf"} & specs)
                if "comp" in unit.roles.get("content", ()):
                    forms |= {"clause", "inf"}
                for verb in unit.verb:
                    told = {"quote"} if verb.split()[0] in direct else forms
                    self.forms.setdefault(verb.lower(), set()).update(told)
        self.phrases = [tuple(p.lower().split()) for p in codebook.phrases("reporting-source-phrases")]


def attributions(
    tokens: Sequence[Token], sentences: Sequence[Sentence], reporting: Reporting
) -> list[Attribution]:
    """The attributions of a document in order of their cues; each within one sentence."""
    reader = _Reader(tokens, sentences, reporting)
    found = [each for token in tokens for each in reader.at(token)]
    return sorted(found, key=lambda a: a.cue)


class _Reader:
    """One document with its trees and quotations at hand."""

    def __init__(self, tokens: Sequence[Token], sentences: Sequence[Sentence], reporting: Reporting) -> None:
        self._tokens = tokens
        self._sentences = sentences
        self._reporting = reporting
        self._children: list[list[int]] = [[] for _ in tokens]
        for token in tokens:
            if token.head != token.i:
                self._children[token.head].append(token.i)
        self._quotes = quotations(tokens, sentences)

    def at(self, token: Token) -> Iterator[Attribution]:
        """The attributions whose cue begins at a token."""
        if token.deprel in ("case", "mark"):
            for phrase in self._reporting.phrases:
                here = self._tokens[token.i : token.i + len(phrase)]
                if tuple(t.text.lower() for t in here) == phrase:
                    yield from self._according(token, len(phrase))
        elif token.upos == "VERB":
            particle = [self._tokens[c] for c in self._with(token.i, "compound:prt")]
            name = " ".join([token.lemma.lower(), *(t.text.lower() for t in particle)])
            forms = self._reporting.forms.get(name)
            if forms:
                yield from self._reported(token.i, {token.i, *(t.i for t in particle)}, forms)

    # --- verbs ----------------------------------------------------------------------------------------

    def _reported(self, i: int, cue: set[int], forms: set[str]) -> Iterator[Attribution]:
        source = self._source(i)
        if not source and not self._with(i, "aux:pass"):
            return
        content, score = self._content(i, forms)
        quoted = [q for q in self._beside(i) if content & set(range(*q))] if content else []
        for first, last in quoted:
            content |= set(range(first, last))
        content -= source | cue
        ranges = self._ranges(content)
        if ranges:
            yield Attribution(self._ranges(source), self._ranges(cue), ranges, score)

    def _content(self, i: int, forms: set[str]) -> tuple[set[int], float]:
        """What is said, as far as the tree or quotation marks show it, and how sure that is."""
        heads = []
        if "clause" in forms:
            heads += [c for c in self._with(i, "ccomp", "csubj:pass") if not self._infinitive(c)]
        if "inf" in forms:
            heads += [c for c in self._with(i, "xcomp", "ccomp") if self._infinitive(c)]
        if heads:
            return {t for c in heads for t in self._below(c)}, _CLAUSE
        if "clause" in forms and (outer := self._told_aside(i)) is not None:
            return self._below(outer) - self._below(i), _ASIDE
        beside = [c for c in self._with(i, "parataxis") if self._with(c, *_SUBJECTS, "nsubj:pass")]
        if "clause" in forms and beside:
            return {t for c in beside for t in self._below(c)}, _ASIDE
        own = {t for first, last in self._beside(i) for t in range(first, last)}
        return own, _QUOTATION

    def _infinitive(self, c: int) -> bool:
        marked = any(self._tokens[m].text.lower() == "to" for m in self._with(c, "mark"))
        return marked and not self._with(c, *_SUBJECTS, "nsubj:pass")

    def _told_aside(self, i: int) -> int | None:
        """The clause that an aside is about: "the truce held, he said", "as he said"."""
        token = self._tokens[i]
        if token.head == i or not self._with(i, *_SUBJECTS):
            return None
        as_said = token.deprel == "advcl" and any(
            self._tokens[m].text.lower() == "as" for m in self._with(i, "mark", "advmod")
        )
        return token.head if token.deprel == "parataxis" or as_said else None

    def _beside(self, i: int) -> list[TokenRange]:
        """Quotations that lie in the sentence of a verb and not around it."""
        here = self._sentences[self._tokens[i].sentence]
        return [
            (first, last)
            for first, last in self._quotes
            if here.first <= first and last <= here.last and not first <= i < last
        ]

    def _source(self, i: int) -> set[int]:
        """Who says it: the subject or agent, shared or carried over where the verb has none of its own."""
        token = self._tokens[i]
        if self._with(i, "aux:pass"):
            agents = self._with(i, "obl:agent")
            return {t for a in agents for t in self._below(a) - set(self._with(a, "case"))}
        for subject in self._with(i, *_SUBJECTS):
            relative = token.deprel == "acl:relcl" and self._tokens[subject].text.lower() in _RELATIVE
            return (
                self._before(token.head, i)
                if relative
                else self._below(subject) - self._below_clauses(subject)
            )
        if token.head == i:
            return set()
        if token.deprel == "acl":
            return self._before(token.head, i)
        above = self._tokens[token.head].upos in ("VERB", "AUX") and not self._with(token.head, "aux:pass")
        if above and token.deprel in ("conj", "xcomp", "advcl", "parataxis"):
            subjects = self._with(token.head, *_SUBJECTS)
            return {t for s in subjects[:1] for t in self._below(s)}
        return set()

    def _before(self, noun: int, clause: int) -> set[int]:
        """A noun's phrase without the clause that hangs on it and what stands behind that."""
        return {t for t in self._below(noun) - self._below(clause) if t < clause} - set(
            self._with(noun, "case")
        )

    def _below_clauses(self, noun: int) -> set[int]:
        return {t for c in self._with(noun, "acl", "parataxis") for t in self._below(c)}

    # --- phrases ----------------------------------------------------------------------------------------

    def _according(self, case: Token, length: int) -> Iterator[Attribution]:
        noun = case.head
        governor = self._tokens[noun].head
        if governor == noun:
            return
        cue = set(range(case.i, case.i + length))
        source = self._below(noun) - cue
        content = self._ranges(self._below(governor) - self._below(noun))
        if content and source:
            yield Attribution(self._ranges(source), self._ranges(cue), content, _PHRASE)

    # --- trees ------------------------------------------------------------------------------------------

    def _with(self, i: int, *relations: str) -> list[int]:
        return [c for c in self._children[i] if self._tokens[c].deprel in relations]

    def _below(self, i: int) -> set[int]:
        found, stack = {i}, [i]
        while stack:
            below = self._children[stack.pop()]
            found.update(below)
            stack.extend(below)
        return found

    def _ranges(self, members: Iterable[int]) -> tuple[TokenRange, ...]:
        """Runs of tokens without punctuation at their edges, quotation marks excepted."""
        runs: list[TokenRange] = []
        for _, group in groupby(enumerate(sorted(members)), key=lambda pair: pair[1] - pair[0]):
            run = [i for _, i in group]
            while run and self._only_marks(run[0]):
                run.pop(0)
            while run and self._only_marks(run[-1]):
                run.pop()
            if any(self._tokens[i].upos != "PUNCT" for i in run):
                runs.append((run[0], run[-1] + 1))
        return tuple(runs)

    def _only_marks(self, i: int) -> bool:
        return self._tokens[i].upos == "PUNCT" and self._tokens[i].text not in _MARKS
