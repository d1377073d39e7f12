"""Offices that persons hold: what they say of a person's country and sector."""

from __future__ import annotations

from saydo.codebook import OfficeEntry
from saydo.linking.actors_world import BODY_KINDS, World
from saydo.linking.cast import Member
from saydo.linking.drafts import Draft

OF_A_STATE = frozenset(
    """
    head-of-state head-of-government minister military police local judiciary intelligence
    legislator
    """.split()
)
"""Offices that, where nobody says of which state, are of the state that the text is about."""

_BODIES = BODY_KINDS - {"government", "military", "police", "de facto state", "intelligence service"}


def note_office(
    world: World, person: Member, office: OfficeEntry, title: str, whose: str | None, words: str
) -> None:
    """Gives a person an office and takes country and sector from it; a body other than a state decides."""
    body = world.cast.get(whose)
    if office.id == "courtesy":
        return
    person.offices.append((office.id, title, body.id if body is not None else None))
    take_from(world, person, office.sector, body, words)


def take_from(world: World, person: Member, sector: str | None, body: Member | None, words: str) -> None:
    """Takes a person's country from the body spoken of, and the sector from the body or the description."""
    of_body = body is not None and body.kind in _BODIES
    if body is not None and (person.country is None or (of_body and person.sector in (None, "GOV"))):
        person.country = body.country or person.country
    if body is not None and of_body:
        sector = body.sector or (None if sector in ("GOV", "UNK") else sector)
    elif body is not None and body.kind == "government" and body.id[3:4] != "-" and sector == "COP":
        sector = body.sector  # the inspector general of a ministry is no policeman
    elif sector == "UNK":
        sector = "GOV" if body is not None and body.kind in ("state", "government") else None
    if sector and (person.sector is None or of_body):
        person.sector = sector
        person.reason = f"a person named in the document, described as “{words}”"


_LED = frozenset(["lead", "head", "command", "found"])


def leads_body(world: World, draft: Draft) -> int | None:
    """The noun for the body that a name is said to lead: "a faction under X", "an army led by X"."""
    tokens, phrases = world.reading.tokens, world.phrases
    t = tokens[draft.head]
    case = phrases.case(draft.head)
    noun = tokens[t.head]
    if case == "by" and noun.upos == "VERB" and noun.lemma.lower() in _LED and noun.deprel.startswith("acl"):
        return noun.head
    if case != "under" or not t.deprel.startswith("nmod"):
        return None
    lemma = noun.lemma.lower() if noun.upos == "NOUN" else noun.text.lower()
    nominal = world.lexicon.nominal(lemma, phrases.before(noun.i))
    if nominal is not None and nominal.type in ("group", "organisation", "military"):
        return noun.i
    held = world.drafts.headed(noun.i)
    return noun.i if held is not None and held.named and held.type in ("group", "organisation") else None


def note_led(world: World, draft: Draft, person: Member) -> None:
    """Notes that a person leads the body named or described before: its people are then his men."""
    noun = leads_body(world, draft)
    if noun is None:
        return
    t = world.reading.tokens[noun]
    for at in (noun, t.head if t.deprel == "appos" else noun):
        held = world.drafts.headed(at)
        body = world.cast.get(held.actor) if held is not None else None
        if body is not None and body.kind in BODY_KINDS:
            person.offices.append(("group-leader", "leader", body.id))
            take_from(world, person, "UNK", body, world.text(noun, noun + 1))
            return
