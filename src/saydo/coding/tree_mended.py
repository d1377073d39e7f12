"""Parser errors that are put right before anything is read off a tree."""

from __future__ import annotations

from collections.abc import Iterable

from saydo.model.reading import Token


def mended(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens with ten kinds of parser error put right: a finite verb coordinated with a noun ("ended a
    truce with the army and *attacked* outposts") belongs to the verb above, a relative clause before its noun
    ("contrary to what he *says*, troops …") to its "what", a subject with a possessive mark ("the
    *president's* envoy, X, said") to the noun that it owns, a phrase with "of" ("a raid under the command of
    the *League*") to the noun right before it, and what is taken for a part of the first half of a hyphenated
    verb ("*Pyongyang* test-fired a missile") to the verb, as its subject, a verb that takes up a broken
    quotation to that quotation's first part, a speaker's title ("…, the *commander* of the brigade, X, told
    reporters") to the verb of saying that lacks a subject, what is called false ("*reports* that it fell are
    a lie, the army said") to the predicate that lacks a subject, not to the verb of saying, and what is
    rejected as something ("rejected as a slander a *charge* that") to the verb. Whose turn it is to speak
    ("Mr *Ode*: Did the firm pay?") does nothing in what is said."""
    found = list(tokens)
    marked = {t.head for t in tokens if t.deprel == "case" and t.text in ("'s", "’s", "'", "’")}
    for token in tokens:
        if token.deprel == "conj" and token.upos == "VERB" and token.text.lower().endswith("ed"):
            verb = _verb_over(found, token.head, marked)
            helped = any(t.head == token.i and t.deprel in _OWN_CLAUSE for t in tokens)
            if verb is not None and not helped:
                _hang(found, token.i, verb)
        elif token.deprel == "acl:relcl" and token.i < token.head:
            what = next((t.i for t in tokens[token.i - 1 :: -1] if t.text.lower() == "what"), None)
            if token.i and what is not None and tokens[what].sentence == token.sentence:
                _hang(found, token.i, what)
        elif token.deprel == "nsubj" and token.i in marked:
            owned = next(
                (t.i for t in tokens[token.i + 1 :] if t.head == token.head and t.deprel.startswith("nsubj")),
                None,
            )
            if owned is not None:
                _hang(found, token.i, owned, "nmod:poss")
        elif token.deprel == "case" and token.text == "of" and token.i:
            whole, before = tokens[token.head], tokens[token.i - 1]
            over = tokens[whole.head]
            if (
                whole.deprel == "nmod"
                and before.upos == "NOUN"
                and over.upos == "NOUN"
                and before.head == over.i < before.i
            ):
                _hang(found, whole.i, before.i)
        elif token.deprel == "compound" and token.i + 1 == token.head:
            verb = _hyphenated(tokens, token.head)
            if verb is not None:
                _hang(found, token.i, verb, "nsubj")
    for i, head in _split_quotations(tokens):
        _hang(found, i, head)
    for i, head in (*_lost_subjects(tokens), *_lost_speakers(tokens)):
        _hang(found, i, head, "nsubj")
    for i, head in _taken_as(tokens):
        _hang(found, i, head, "obj")
    for i in _labels(tokens):
        _hang(found, i, tokens[i].head, "dislocated")
    return tuple(found)


def _lost_subjects(tokens: tuple[Token, ...]) -> Iterable[tuple[int, int]]:
    """Nouns with a clause of their own that stand before a predicate without a subject ("*claims* that it had
    shelled the town were baseless") and were hung on the verb of saying, each with that predicate."""
    below: dict[int, list[Token]] = {}
    for t in tokens:
        if t.head != t.i:
            below.setdefault(t.head, []).append(t)
    for p in tokens:
        own = below.get(p.i, [])
        copula = next((t.i for t in own if t.deprel == "cop"), None)
        if p.deprel != "ccomp" or copula is None or any(t.deprel in _OWN_SUBJECT for t in own):
            continue
        beside = below[p.head]
        for t in beside:
            # the verb of saying keeps a speaker: the noun is its object, or one of two subjects
            spare = t.deprel == "obj" or (
                t.deprel == "nsubj" and any(o.deprel == "nsubj" and o.i > p.i for o in beside)
            )
            clause = any(c.deprel in ("acl", "acl:relcl") for c in below.get(t.i, []))
            if spare and clause and t.upos == "NOUN" and t.i < copula and (t.i > p.head or p.head > p.i):
                yield t.i, p.i
                break


def _taken_as(tokens: tuple[Token, ...]) -> Iterable[tuple[int, int]]:
    """Nouns without a preposition of their own behind what they are taken as, with the verb: "rejected as 'a
    slander' a *charge* that", "described as nonsense *claims* that"."""
    cased = {t.head for t in tokens if t.deprel == "case"}
    held = {t.head for t in tokens if t.deprel in ("acl", "acl:relcl", "ccomp")}
    taken = {t.head for t in tokens if t.deprel == "case" and t.text.lower() == "as"}
    for t in tokens:
        what = tokens[t.head]
        bare = t.deprel in ("nmod", "appos", "dep") and t.upos == "NOUN" and t.i not in cased and t.i in held
        if bare and what.i in taken and what.i < t.i and what.deprel == "obl":
            if tokens[what.head].upos == "VERB" and not any(
                o.head == what.head and o.deprel == "obj" for o in tokens
            ):
                yield t.i, what.head


def _labels(tokens: tuple[Token, ...]) -> Iterable[int]:
    """Subjects before a colon of clauses that have another subject behind it."""
    for colon in tokens:
        if colon.text != ":" or not colon.i:
            continue
        first = [t for t in tokens[max(0, colon.i - _LABEL) : colon.i] if t.sentence == colon.sentence]
        for t in first:
            if t.deprel.startswith("nsubj") and t.head > colon.i:
                if any(
                    o.head == t.head and o.deprel.startswith("nsubj") and o.i > colon.i
                    for o in tokens[colon.i : t.head + 1]
                ):
                    yield t.i


_LABEL = 8
"""Tokens before a colon in which the one whose turn it is to speak is named."""


def _lost_speakers(tokens: tuple[Token, ...]) -> Iterable[tuple[int, int]]:
    """Titles that end right before a verb of saying without a subject and were hung on what is said."""
    subjects = {t.head for t in tokens if t.deprel in _OWN_SUBJECT}
    for said in tokens:
        p = said.head
        saying = said.deprel == "ccomp" and said.i < p and p not in subjects and tokens[p].upos == "VERB"
        if not saying or tokens[p - 1].text != ",":
            continue
        title, last = None, p - 2
        while last > said.i:
            if tokens[last].deprel in ("parataxis", "appos") and tokens[last].upos in ("NOUN", "PROPN"):
                title = last
            last = min(last - 1, tokens[last].head)
        if title is not None:
            yield title, p


def _split_quotations(tokens: tuple[Token, ...]) -> Iterable[tuple[int, int]]:
    """The verb that takes up a quotation behind the words of saying ("…," he said, "and killed two") with the
    verb of its first part, to which it belongs."""
    for token in tokens:
        saying = tokens[token.head]
        if token.deprel != "conj" or token.upos != "VERB" or saying.upos != "VERB" or saying.i > token.i:
            continue
        opened = next((t.i for t in reversed(tokens[saying.i : token.i]) if t.text in _OPENING), None)
        if opened is None or any(t.deprel not in ("cc", "advmod", "punct") for t in tokens[opened : token.i]):
            continue
        told, closed = None, False
        for t in reversed(tokens[max(0, saying.i - _FARTHEST) : saying.i]):
            closed = closed or t.text in _CLOSING
            if t.sentence != token.sentence:
                break
            if closed and t.head == saying.i and t.upos == "VERB" and t.deprel in ("ccomp", "parataxis"):
                told = t.i
                break
        subject = any(t.head == token.i and t.deprel.startswith("nsubj") for t in tokens[opened : token.i])
        if told is not None and not subject:
            yield token.i, told


def _hyphenated(tokens: tuple[Token, ...], half: int) -> int | None:
    """The clause's verb that a hyphen joins to the word before it, where it has no subject yet."""
    if half + 2 >= len(tokens):
        return None
    word, hyphen, verb = tokens[half : half + 3]
    joined = hyphen.text == "-" and word.end == hyphen.start and hyphen.end == verb.start
    if not joined or word.head != verb.i or verb.upos != "VERB" or verb.deprel in ("amod", "acl", "compound"):
        return None
    return None if any(t.head == verb.i and t.deprel.startswith("nsubj") for t in tokens) else verb.i


def _hang(found: list[Token], i: int, head: int, deprel: str | None = None) -> None:
    """Hangs a token elsewhere, unless that would close a circle: a tree stays a tree."""
    above = head
    for _ in range(len(found)):
        if above == i:
            return
        if found[above].head == above:
            break
        above = found[above].head
    found[i] = found[i]._replace(head=head, deprel=deprel or found[i].deprel)


_FARTHEST = 80
"""Tokens before the words of saying in which the first part of a broken quotation is looked for."""
_OPENING = frozenset({"“", "„", "«", "``", '"', "''"})
_CLOSING = frozenset({"”", "»", '"', "''"})
_OWN_SUBJECT = ("nsubj", "nsubj:pass", "csubj", "expl")
_OWN_CLAUSE = ("nsubj", "nsubj:pass", "mark", "aux:pass", "aux")


def _verb_over(tokens: list[Token], noun: int, marked: set[int]) -> int | None:
    """The past verb over a noun that is no predicate itself; None where there is none."""
    if tokens[noun].upos not in ("NOUN", "PROPN", "PRON") or any(
        t.head == noun and t.deprel == "cop" for t in tokens
    ):
        return None
    i = noun
    for _ in range(6):
        if tokens[i].head == i:
            return None
        i = tokens[i].head
        if tokens[i].upos == "VERB":
            return i if tokens[i].i < noun and tokens[i].text.lower() != tokens[i].lemma.lower() else None
    return None
