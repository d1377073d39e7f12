"""Names that a noun beside them makes a body's: "the Simba militia", "M27 fighters", "the armed group X"."""

from __future__ import annotations

from saydo.linking.drafts import Draft, Drafts
from saydo.linking.phrases import Phrases
from saydo.model.reading import Token

_ARMED = frozenset(
    "militia faction gang cartel guerrilla rebel fighter militant insurgent recruit paramilitary".split()
)
_BODIES = frozenset("movement group organisation organization network sect brotherhood coalition".split())
_PEOPLE = frozenset("rebel fighter militant insurgent recruit guerrilla paramilitary".split())
"""Those whom a place may name as well: "Ndola rebels"."""
_CRIME = frozenset({"cartel", "gang"})
"""Bodies that go by the name of a place: "the Medellín cartel"."""
_MISTAKEN = frozenset({"platform", "weapon", "nationality", "quantity"})
"""What a reader takes a name for that nobody knows, where it stands before a noun."""


def add_names_beside(drafts: Drafts, phrases: Phrases) -> None:
    """Adds, or mends the type of, names that stand beside a noun for a body and that no list knows."""
    for t in phrases.tokens:
        lemma = t.lemma.lower()
        if (
            not t.text.islower()
            or t.upos not in ("NOUN", "PROPN")
            or (lemma not in _ARMED and lemma not in _BODIES)
        ):
            continue
        kind = "group" if lemma in _ARMED else "organisation"
        for run in (_before(phrases, t.i), _after(phrases, t.i)):
            if run is not None:
                _add(drafts, phrases, run, kind, lemma)


def _before(phrases: Phrases, noun: int) -> tuple[int, int] | None:
    """The capitalised words right before a noun, an article or nothing before them."""
    tokens, first = phrases.tokens, noun
    while first and _is_name(phrases, first - 1, tokens[noun].sentence):
        first -= 1
    return (first, noun) if 0 < noun - first < 4 else None


def _after(phrases: Phrases, noun: int) -> tuple[int, int] | None:
    """The name right behind "the armed group"."""
    tokens, last = phrases.tokens, noun + 1
    if not any(tokens[d].text.lower() == "the" for d in phrases.kids_by(noun, "det")):
        return None
    while last < len(tokens) and _is_name(phrases, last, tokens[noun].sentence):
        last += 1
    return (noun + 1, last) if 0 < last - noun - 1 < 4 else None


def _is_name(phrases: Phrases, i: int, sentence: int) -> bool:
    t = phrases.tokens[i]
    named = (t.upos == "PROPN" and t.text[0].isupper()) or _coded(t)
    return named and t.sentence == sentence and t.text.lower() != "the"


def _coded(t: Token) -> bool:
    """Whether a word is made of capitals and figures, as no place is: "M27"."""
    return t.text.isupper() and any(c.isdigit() for c in t.text)


def _add(drafts: Drafts, phrases: Phrases, run: tuple[int, int], kind: str, lemma: str) -> None:
    (first, last), crime = run, lemma in _CRIME
    sure = lemma not in _PEOPLE or _coded(phrases.tokens[first])
    held = drafts.touching(first, last)
    if any(d.known for d in held):
        return
    inside = [d for d in held if d.named]
    if inside:
        for d in inside:
            if (d.type in _MISTAKEN or (crime and d.type == "place")) and d.first >= first and d.last <= last:
                d.type = kind
        return
    if sure and not any(d.first < first and d.last >= last and d.named for d in held):
        for d in held:
            if d.first >= first and d.last <= last:
                drafts.remove(d)
        head = phrases.head_of(first, last)
        drafts.add(Draft(first, last, head, kind, True, "name", name=tuple(range(first, last))))
