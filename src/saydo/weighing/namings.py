"""Whether two descriptions that nothing resolves to one actor are one's all the same, or two's of a name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from saydo.weighing.acts import Act, Said, Unfolded, content_words
from saydo.weighing.parties import BODIES, Party, unnamed

_CAPITAL = re.compile(r"\b[A-Z][\w-]+")
_NUMBERED = re.compile(r"\b\d+(?:st|nd|rd|th)?\b")
_STATE = frozenset({"government", "forces", "armed", "president", "minister", "ministry"})
_VOICES = frozenset(
    "spokesman spokeswoman spokesperson spokespeople official source statement representative leader head "
    "chief member deputy aide lawyer witness".split()
)
"""What many are that speak: two that are each called so need not be one."""
_COLLECTIVE = frozenset({"military", "government", "organisation", "group", "igo"})


def one_body(claim: Act, known: Sequence[Party], alike: bool) -> bool:
    """Whether a body called by what it is alone may be one with a name: "the coalition", "the Saudi-led
    coalition", where the two passages share a name (``alike``)."""
    bare = {p.head for p in claim.actors if p.type in _COLLECTIVE and (p.actor is None or unnamed(p.actor))}
    return alike and bool(bare & {p.head for p in known})


def _called(party: Party) -> bool:
    """Whether a party has a name, and is not only called by what it is: "Officers" begins a sentence."""
    alone = not party.named and " " not in party.name
    return not alone and _CAPITAL.search(party.name.removeprefix("The ")) is not None


def newly_told(report: Unfolded, act: Act) -> bool:
    """Whether a deed is told of something not spoken of before: "*a* meat plant closed"."""
    thing = act.words[0] if act.words else ""
    new = rf"\b(?:an?|another|some|one)\s+(?:[\w’'-]+\s+){{0,3}}?{re.escape(thing)}"
    return bool(thing) and re.search(new, report.quote(act.sentence), re.IGNORECASE) is not None


def same_body(claim: Act, act: Act) -> bool:
    """Whether a report calls by what it is whom the words name: "the Indonesian military", "the military"."""
    bodies = {p.head for p in claim.actors if p.type in _COLLECTIVE} | {
        *(claim.doers if not claim.actors else ())
    }
    there = {p.head for p in act.actors if not _called(p)} | {*(act.doers if not act.actors else ())}
    return bool(bodies & there) or any(bodies & served and there & men for served, men in _MEN)


_MEN = tuple(
    (frozenset(body.split()), frozenset(men.split()))
    for body, men in (
        ("police sheriff constabulary", "police officer policeman policewoman constable gendarme deputy"),
        ("army military force troop soldier", "army military soldier troop officer conscript paratrooper"),
        ("prison service jail warder guard", "warder guard jailer gaoler"),
        ("coastguard guard navy", "crew boat patrol coastguard sailor"),
    )
)
"""Bodies and those who do their work: what the police denies a constable may have done."""


def one_name(said: Said, claim: Act, doers: str, shared: frozenset[str]) -> bool:
    """Whether words that two descriptions share make them one's: where there is a proper name, it must be
    among them, and not each have a name or number of its own ("the *Malawi* Electoral Commission", "the
    *Zambia* Electoral Commission"). ``doers``: what the other passage calls its doers."""
    called = (said.speaker_name, said.called, *(p.name for p in claim.actors))
    proper = content_words(" ".join(_CAPITAL.findall(" ".join(called)))) - _STATE
    if said.who is not None and said.who.kind == "person" and len(shared - _VOICES) > 1:
        proper -= content_words(said.who.name)  # "the tramway union's secretary, Bill Doyle"
    if not proper:
        return bool(shared - _VOICES)
    return bool(shared & proper) and not all(_names_apart(name, doers) for name in called if name)


def _names_apart(one: str, other: str) -> bool:
    numbers = [frozenset(_NUMBERED.findall(n)) for n in (one, other)]
    if all(numbers) and not numbers[0] & numbers[1]:
        return True
    mine, its = (content_words(" ".join(_CAPITAL.findall(n))) - _STATE - BODIES for n in (one, other))

    def beside(words: frozenset[str], there: frozenset[str]) -> bool:
        return any(not any(w.startswith(t) or t.startswith(w) for t in there) for w in words)

    return beside(mine, its) and beside(its, mine)
