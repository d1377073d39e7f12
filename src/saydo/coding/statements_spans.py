"""Token ranges of statements: quotation marks, clauses without the words that report them, trimming."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import pairwise
from typing import NamedTuple

from saydo.coding.clauses import Clauses
from saydo.model.reading import Reading, Token, TokenRange

_OPEN_DOUBLE = frozenset({"“", "„", "‟", "«", "``"})
_CLOSE_DOUBLE = frozenset({"”", "»"})
_STRAIGHT = frozenset({'"', "''", "＂"})
_OPEN_SINGLE = "‘"
_SINGLES = frozenset({"’", "'"})
_TRIM = frozenset({",", ";", ":", "–", "—", "-", "(", ")", ".", "…", "--"})
_SPEECH_WORDS = 4
_LEAD = 3
"""Words at most from a cue's broken end to the noun that it leads up to."""


class Quotation(NamedTuple):
    """A stretch between quotation marks: tokens ``[first, last)`` with the marks; ``closed`` is false for
    one that runs on into the next paragraph."""

    first: int
    last: int
    closed: bool


def quotations(reading: Reading) -> tuple[Quotation, ...]:
    """The quotations of a document in text order; none lies in another.

    Marks are paired within a paragraph. A paragraph whose last quotation never closes is taken as quoted to
    its end only where the next paragraph opens with a mark again, as printers do with long speeches.
    """
    found: list[Quotation] = []
    blocks = list(_paragraphs(reading))
    for n, block in enumerate(blocks):
        following = blocks[n + 1][0].text if n + 1 < len(blocks) else ""
        goes_on = following in _OPEN_DOUBLE or following in _STRAIGHT
        found.extend(_pair(reading.document.text, block, goes_on))
    return tuple(found)


def _paragraphs(reading: Reading) -> Iterable[list[Token]]:
    block: list[Token] = []
    paragraph = None
    for sentence in reading.sentences:
        if sentence.paragraph != paragraph and block:
            yield block
            block = []
        paragraph = sentence.paragraph
        block.extend(reading.tokens[sentence.first : sentence.last])
    if block:
        yield block


def _pair(text: str, block: list[Token], goes_on: bool) -> Iterable[Quotation]:
    opened: int | None = None
    single = False
    last_closing = {
        kind: max((t.i for t in block if t.text in marks and _closes(text, t)), default=-1)
        for kind, marks in (("single", _SINGLES), ("double", _STRAIGHT))
    }
    for token in block:
        mark = token.text
        if opened is not None and not single and mark in _OPEN_DOUBLE:
            opened = token.i  # the mark before was never closed
        elif opened is not None and single and (mark in _OPEN_DOUBLE or mark == _OPEN_SINGLE):
            continue
        elif opened is None:
            if mark in _OPEN_DOUBLE or (mark in _STRAIGHT and not _only_closes(text, token)):
                opened, single = token.i, False
            elif (mark == _OPEN_SINGLE or (mark == "'" and _opens(text, token))) and last_closing[
                "single"
            ] > token.i:
                opened, single = token.i, True
        elif _ends(text, token, single):
            yield Quotation(opened, token.i + 1, True)
            opened = None
    if opened is not None and not single and goes_on:
        yield Quotation(opened, block[-1].i + 1, False)


def _ends(text: str, token: Token, single: bool) -> bool:
    if single:
        before = text[token.start - 1 : token.start]
        return (
            token.text in _SINGLES and _closes(text, token) and (before in ".,?!…;" or not before.isspace())
        )
    return token.text in _CLOSE_DOUBLE or token.text in _STRAIGHT


def _closes(text: str, token: Token) -> bool:
    after = text[token.end : token.end + 1]
    return not after.isalnum()


def _only_closes(text: str, token: Token) -> bool:
    before, after = text[token.start - 1 : token.start], text[token.end : token.end + 1]
    return token.start > 0 and not before.isspace() and before not in "([—–-" and not after.isalnum()


def _opens(text: str, token: Token) -> bool:
    before, after = (
        text[token.start - 1 : token.start] if token.start else "",
        text[token.end : token.end + 1],
    )
    return (not before or before.isspace() or before in "([—–:") and after.isalpha()


def speech(quotation: Quotation, clauses: Clauses) -> bool:
    """Whether a quotation holds words that somebody said rather than a name or a term: it has a verb, or
    several words and an end mark."""
    inside = clauses.tokens[quotation.first + 1 : quotation.last - (1 if quotation.closed else 0)]
    words = [t for t in inside if t.upos != "PUNCT"]
    if not words:
        return False
    verbal = any(t.upos in ("VERB", "AUX") for t in words)
    ended = inside[-1].text in (".", "!", "?", ",", "…")
    return len(words) >= _SPEECH_WORDS if verbal else ended and len(words) >= 2


# --- token sets and ranges ------------------------------------------------------------------------------


def ranges(tokens: Collection[int]) -> tuple[TokenRange, ...]:
    """The maximal runs of neighbouring tokens."""
    out: list[TokenRange] = []
    for i in sorted(tokens):
        if out and out[-1][1] == i:
            out[-1] = (out[-1][0], i + 1)
        else:
            out.append((i, i + 1))
    return tuple(out)


def members(spans: Iterable[TokenRange]) -> set[int]:
    """All tokens in the ranges."""
    return {i for first, last in spans for i in range(first, last)}


def without(spans: Iterable[TokenRange], taken: Collection[int], clauses: Clauses) -> tuple[TokenRange, ...]:
    """The ranges less the taken tokens, each trimmed; pieces of bare punctuation and lone particles go."""
    pieces = (trim(r, clauses) for span in spans for r in ranges(members((span,)).difference(taken)))
    return tuple(p for p in pieces if p is not None and _worth(p, clauses))


def _worth(piece: TokenRange, clauses: Clauses) -> bool:
    words = [t for t in clauses.tokens[piece[0] : piece[1]] if t.upos not in ("PUNCT", "SYM")]
    return any(t.upos not in ("CCONJ", "SCONJ", "PART", "DET", "ADP") for t in words)


def trim(span: TokenRange, clauses: Clauses) -> TokenRange | None:
    """The range without punctuation at its ends; quotation marks stay where their partner is inside, and a
    quotation keeps the comma or stop that stands within its marks."""
    first, last = span
    tokens = clauses.tokens
    while first < last and (tokens[first].text in _TRIM or _lone_close(first, first, last, tokens)):
        first += 1
    while first < last and (tokens[last - 1].text in _TRIM or _lone_open(last - 1, first, last, tokens)):
        last -= 1
    while first < last and _dangles(tokens[last - 1]):
        last -= 1
    return (first, last) if first < last else None


def whole(span: TokenRange, clauses: Clauses) -> TokenRange:
    """A range that breaks off before the noun it leads up to ("said in a follow-up"), with that noun."""
    last = clauses.tokens[span[1] - 1]
    leads = last.deprel in ("det", "amod", "compound", "nummod", "nmod:poss")
    noun = clauses.tokens[last.head]
    near = last.i < last.head <= last.i + _LEAD and noun.sentence == last.sentence
    if leads and near and noun.upos in ("NOUN", "PROPN"):
        return span[0], last.head + 1
    return span


def _dangles(token: Token) -> bool:
    """A word that leads up to something, left at the end when that went ("to the leaders at")."""
    return token.upos in ("CCONJ", "SCONJ") or (
        token.upos in ("ADP", "DET") and token.head > token.i and token.deprel in ("case", "det", "mark")
    )


def _quote_balance(first: int, last: int, tokens: tuple[Token, ...]) -> int:
    return sum(tokens[i].text in _OPEN_DOUBLE for i in range(first, last)) - sum(
        tokens[i].text in _CLOSE_DOUBLE for i in range(first, last)
    )


def _lone_close(i: int, first: int, last: int, tokens: tuple[Token, ...]) -> bool:
    if tokens[i].text in _CLOSE_DOUBLE or tokens[i].text == "’":
        return True
    straight = sum(tokens[k].text in _STRAIGHT for k in range(first, last))
    return tokens[i].text in _STRAIGHT and straight % 2 == 1


def _lone_open(i: int, first: int, last: int, tokens: tuple[Token, ...]) -> bool:
    text = tokens[i].text
    if text in _OPEN_DOUBLE or text == _OPEN_SINGLE:
        return True
    if text in _CLOSE_DOUBLE:
        return _quote_balance(first, last, tokens) < 0
    straight = sum(tokens[k].text in _STRAIGHT for k in range(first, last))
    return text in _STRAIGHT and straight % 2 == 1


def clause_tokens(clauses: Clauses, head: int, barred: Collection[int] = ()) -> set[int]:
    """The tokens of a clause or phrase: everything below its head, less what hangs on a barred token."""
    found, stack = {head}, [head]
    while stack:
        for child in clauses.children[stack.pop()]:
            if child not in barred:
                found.add(child)
                stack.append(child)
    return found


def filled(tokens: Collection[int], clauses: Clauses, barred: Collection[int]) -> set[int]:
    """The tokens with the gaps between them closed where only punctuation, or stray words that the parser
    hung elsewhere, stand in the gap; never over a barred token."""
    out = set(tokens)
    pieces = ranges(out)
    for (_, end), (start, _) in pairwise(pieces):
        gap = range(end, start)
        small = len(gap) <= 2 or all(clauses.tokens[i].upos == "PUNCT" for i in gap)
        if small and not any(i in barred for i in gap):
            out.update(gap)
    return out


def connected(
    tokens: Collection[int], heads: Collection[int], clauses: Clauses, own: Collection[int]
) -> set[int]:
    """The runs that hold a head, and those that only the reporting words part from these ("the talks, he
    said, had failed"); what a parser hung far off goes."""
    runs = ranges(tokens)
    keep = {n for n, (first, last) in enumerate(runs) if any(first <= h < last for h in heads)}
    if not keep:
        return set(tokens)
    changed = True
    while changed:
        near = {
            b
            for a in keep
            for b in (a - 1, a + 1)
            if 0 <= b < len(runs) and b not in keep
            if _only_own(runs[min(a, b)], runs[max(a, b)], clauses, own)
        }
        changed = bool(near)
        keep |= near
    return members(runs[n] for n in keep)


def _only_own(left: TokenRange, right: TokenRange, clauses: Clauses, own: Collection[int]) -> bool:
    return all(i in own or clauses.tokens[i].upos == "PUNCT" for i in range(left[1], right[0]))


def outermost(span: TokenRange, clauses: Clauses) -> int:
    """The head token of a range: the one that is governed from outside it."""
    first, last = span
    outer = [
        i
        for i in range(first, last)
        if clauses.tokens[i].head == i or not first <= clauses.tokens[i].head < last
    ]
    nominal = [i for i in outer if clauses.tokens[i].upos in ("NOUN", "PROPN", "PRON", "VERB")]
    words = [i for i in outer if clauses.tokens[i].upos != "PUNCT"]
    return (nominal or words or [first])[0]
