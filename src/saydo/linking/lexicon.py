"""The codebook's names, offices and describing nouns, compiled once for fast look-up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from saydo.codebook import ActorEntry, Codebook, NominalEntry, OfficeEntry
from saydo.model.ids import fold
from saydo.model.names import ALWAYS_DROPPED, ARTICLES, INNER_ARTICLES, JOINERS, pieces, sound
from saydo.model.reading import Token

_SOUNDED_KINDS = frozenset(["armed group", "movement", "party", "media", "military", "organisation"])
_END = ""

_WORDS_TOO = frozenset(
    """
    las ais ani bra cam car elf fact far fry hum hut is let mas mend model pap plan rs site spa tip
    up us who
    """.split()
)
"""Abbreviations that are English words where the text has no capitals."""

Node = dict[str, Any]
"""A trie node: pieces to nodes; under ``""`` the tuple of :class:`Known` names that end there."""


class Known(NamedTuple):
    """One name of one codebook actor."""

    entry: ActorEntry
    form: str
    """``name``, ``alias``, ``abbreviation``, ``metonym``, ``adjective`` or ``demonym``."""
    exact: tuple[str, ...]
    """Cased pieces that the text must have; empty where case does not matter."""
    article: bool
    """Whether the text must have the article, too: ``al-Badr`` is a movement, ``Badr`` a man."""
    lower: bool
    """Whether the codebook writes it in lower case, so that the text may, too."""


class Hit(NamedTuple):
    """A codebook name at tokens ``[first, last)`` with all the actors that it may mean."""

    first: int
    last: int
    known: tuple[Known, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Everything linking looks up in a codebook."""

    names: Node
    sounds: Node
    nominals: dict[str, tuple[tuple[tuple[str, ...], NominalEntry], ...]]
    """Head lemma → (modifiers before it, entry), longest first."""
    offices: dict[str, tuple[tuple[tuple[str, ...], OfficeEntry], ...]]
    """Head of the title → (words before it, entry), longest first; ``minister of state`` is under its
    last word like any other."""
    actors: dict[str, ActorEntry]

    def hits(self, tokens: Sequence[Token], caseless: bool) -> Iterator[Hit]:
        """Codebook names in the text, longest first at every place, none overlapping."""
        i, n = 0, len(tokens)
        told = [pieces(t.text) for t in tokens]
        names, sounds = self.names, self.sounds
        while i < n:
            folded = told[i].folded
            if not folded:
                i += 1
                continue
            first = 1 if len(folded) > 1 and folded[0] in ALWAYS_DROPPED else 0
            hit = None
            if folded[first] in names:
                hit = _walk(names, tokens, told, i, 0, caseless)
            longer = hit is None or (hit.last < n and _capital(tokens[hit.last].text))
            if longer and told[i].sound[first] in sounds and (caseless or _capital(tokens[i].text)):
                other = _walk(sounds, tokens, told, i, 2, caseless)
                if other is not None and (hit is None or other.last > hit.last):
                    hit = other
            if hit is None:
                i += 1
                continue
            yield hit
            i = hit.last

    def nominal(self, lemma: str, before: Sequence[str]) -> NominalEntry | None:
        """The entry of a head lemma, given the lower-case lemmas that stand before it."""
        return _longest(self.nominals.get(lemma, ()), before)

    def office(self, head: str, before: Sequence[str]) -> tuple[OfficeEntry, int] | None:
        """The office that a title ending in ``head`` names, with how many words before the head it takes."""
        for words, entry in self.offices.get(head, ()):
            if not words or tuple(before[-len(words) :]) == words:
                return entry, len(words)
        return None


@lru_cache(maxsize=8)
def lexicon(codebook: Codebook) -> Lexicon:
    """The compiled lexicon of a codebook; compiled once for each codebook and kept."""
    names: Node = {}
    sounds: Node = {}
    for entry in codebook.actors.values():
        for form, name in _forms(entry):
            exact = form in ("abbreviation", "metonym")
            for path, cased, article in _paths(name):
                known = Known(entry, form, cased if exact else (), article, name.islower())
                _add(names, path, known)
                if entry.kind in _SOUNDED_KINDS and not exact and sum(map(len, path)) > 4:
                    _add(sounds, tuple(map(sound, path)), known)
    return Lexicon(
        names,
        sounds,
        _by_head((lemma, entry) for entry in codebook.nominals.values() for lemma in entry.lemmas),
        _by_head((title, entry) for entry in codebook.offices.values() for title in entry.titles),
        codebook.actors,
    )


def _forms(entry: ActorEntry) -> Iterator[tuple[str, str]]:
    yield ("abbreviation" if _all_capitals(entry.name) else "name"), entry.name
    for form in ("aliases", "abbreviations", "metonyms", "adjectives", "demonyms"):
        single = {"aliases": "alias"}.get(form, form[:-1])
        for name in getattr(entry, form):
            # "U.S." is written in the adjectives, too, but no reader takes "us" for it.
            yield ("abbreviation" if single == "alias" and _all_capitals(name) else single), name


def _all_capitals(name: str) -> bool:
    return len(name) < 7 and name.isupper()


def _paths(name: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], bool]]:
    """The ways through the trie for a name: (folded pieces, cased pieces, begins with an article)."""
    plain = name.partition(" (")[0]
    apart = plain.replace("'s", " s").replace("’s", " s")
    for spelled in dict.fromkeys((plain, apart, *_other_spellings(plain))):
        words = spelled.replace("-", " - ").split()
        folded: list[str] = []
        cased: list[str] = []
        for at, word in enumerate(words):
            hyphened = words[at + 1 : at + 2] == ["-"] or (at > 0 and words[at - 1] == "-")
            for f, c in zip(pieces(word).folded, pieces(word).cased, strict=True):
                if f in ALWAYS_DROPPED or (f in ARTICLES and hyphened) or (at and f in INNER_ARTICLES):
                    continue
                folded.append(f)
                cased.append(c)
        if len(words) > 1 and all(f in ARTICLES for f in folded):
            folded = [f for word in words for f in pieces(word).folded]  # "El Al" would be left as "El"
            cased = [c for word in words for c in pieces(word).cased]
        if folded:
            begins = fold(plain).split()[0] in ALWAYS_DROPPED
            yield tuple(folded), tuple(cased), begins and len(folded) == 1


def _other_spellings(name: str) -> Iterator[str]:
    """A name as British and as American writers have it."""
    for from_, to in ((_BRITISH, _AMERICAN), (_AMERICAN, _BRITISH)):
        changed = name
        for old, new in zip(from_, to, strict=True):
            changed = changed.replace(old, new)
        yield changed


_BRITISH = ("rganisation", "efence", "abour ", "rogramme", "entre ")
_AMERICAN = ("rganization", "efense", "abor ", "rogram", "enter ")


def _add(root: Node, path: tuple[str, ...], known: Known) -> None:
    node = root
    for piece in path:
        node = node.setdefault(piece, {})
    held: tuple[Known, ...] = node.get(_END, ())
    same = [k for k in held if k.entry.id == known.entry.id and k.exact == known.exact]
    if not same:
        node[_END] = (*held, known)
    elif any(k.article and not known.article for k in same):
        node[_END] = tuple(known if k in same else k for k in held)


def _by_head(named: Iterator[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, list[tuple[tuple[str, ...], Any]]] = {}
    for phrase, entry in named:
        *before, head = phrase.lower().split()
        found.setdefault(head, []).append((tuple(before), entry))
    return {head: tuple(sorted(held, key=lambda h: -len(h[0]))) for head, held in found.items()}


def _longest(
    held: Sequence[tuple[tuple[str, ...], NominalEntry]], before: Sequence[str]
) -> NominalEntry | None:
    for words, entry in held:
        if not words or tuple(before[-len(words) :]) == words:
            return entry
    return None


def _capital(word: str) -> bool:
    return word[:1].isupper() or not word.islower()


def _walk(
    root: Node, tokens: Sequence[Token], told: Sequence[Any], start: int, form: int, caseless: bool
) -> Hit | None:
    """The longest name of a trie that begins at token ``start``; ``form`` picks folded (0) or sound (2)."""
    node: Node | None = root
    sentence = tokens[start].sentence
    cased: list[str] = []
    best: Hit | None = None
    article = False
    j, n = start, len(tokens)
    while j < n and tokens[j].sentence == sentence:
        found = told[j]
        if not found[form]:
            if j > start and (tokens[j].text in JOINERS or _comma_inside(tokens, told, j, form, node)):
                j += 1
                continue
            break
        held = len(cased)
        for piece, written in zip(found[form], found.cased, strict=True):
            below = node.get(piece) if node is not None else None
            if below is None:
                if piece in ARTICLES and (node is not root or piece in ALWAYS_DROPPED):
                    article = article or node is root
                    continue
                node = None
                break
            node = below
            cased.append(written)
        if node is None:
            break
        j += 1
        if _END in node and len(cased) > held:
            best = _accepted(node[_END], tokens, start, j, tuple(cased), article, caseless) or best
    return best


def _comma_inside(tokens: Sequence[Token], told: Sequence[Any], j: int, form: int, node: Node | None) -> bool:
    """Whether the name goes on behind a comma: a body that is called by a list of towns."""
    if tokens[j].text != "," or j + 1 >= len(told) or not told[j + 1][form]:
        return False
    return node is not None and told[j + 1][form][0] in node


def _accepted(
    held: tuple[Known, ...],
    tokens: Sequence[Token],
    start: int,
    end: int,
    cased: tuple[str, ...],
    article: bool,
    caseless: bool,
) -> Hit | None:
    """The hit with those of the names that the text's letters allow."""
    first = start if article else _with_article(tokens, start)
    article = article or first < start
    capital = any(_capital(t.text) for t in tokens[start:end])
    kept: list[Known] = []
    for known in held:
        if known.article and not article:
            continue
        if known.exact:
            if caseless:
                fits = _fits_caseless(known, tokens[start], end - start)
            else:
                fits = cased == known.exact and (end - start > 1 or not _shouted(tokens, start))
        elif caseless:
            fits = end - start > 1 or tokens[start].upos in ("PROPN", "ADJ", "NOUN", "X")
        else:
            fits = known.lower or (capital and not _common_word(known, tokens, start, end))
        if fits:
            kept.append(known)
    return Hit(first, end, tuple(kept)) if kept else None


def _fits_caseless(known: Known, token: Token, words: int) -> bool:
    """Whether an abbreviation or capital may be meant where the text has no capitals."""
    if words > 1 or known.form == "metonym":
        return words > 1 or token.upos == "PROPN"
    if token.text.lower() in _WORDS_TOO:
        return token.upos == "PROPN"
    letters = sum(map(len, known.exact))
    return token.upos in ("PROPN", "NOUN", "X") and (letters > 2 or token.text.lower() in ("un", "eu", "uk"))


def _shouted(tokens: Sequence[Token], i: int) -> bool:
    """Whether an abbreviation that is also a word stands among words in capitals: "THE FIX IS IN"."""
    t = tokens[i]
    if t.upos in ("AUX", "VERB", "PRON", "ADP", "SCONJ", "CCONJ", "DET", "ADV"):
        return True
    if t.text.lower() not in _WORDS_TOO:
        return False
    around = [
        o.text for o in tokens[max(0, i - 2) : i + 3] if o.i != i and o.text.isalpha() and len(o.text) > 1
    ]
    return len(around) > 1 and all(word.isupper() for word in around)


def _common_word(known: Known, tokens: Sequence[Token], start: int, end: int) -> bool:
    """A name of one word that the text may have capitalised for standing first ("Dawn broke")."""
    if end - start > 1 or known.form in ("adjective", "demonym"):
        return False
    token = tokens[start]
    return token.upos not in ("PROPN", "X") and (
        start == 0 or tokens[start - 1].sentence != token.sentence or tokens[start - 1].upos == "PUNCT"
    )


def _with_article(tokens: Sequence[Token], start: int) -> int:
    """The first token of a name with the article before it: ``al - Qaeda``."""
    sentence = tokens[start].sentence
    for back in (2, 1):
        at = start - back
        if (
            at < 0
            or tokens[at].sentence != sentence
            or tokens[at].text.lower() not in ("al", "el", "ash", "as")
        ):
            continue
        if back == 2 and tokens[start - 1].text == "-":
            return at
        if back == 1 and tokens[at].text.lower() == "al":
            return at
    return start
