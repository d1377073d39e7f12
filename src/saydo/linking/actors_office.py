"""Offices that persons hold: what they say of a person's country and sector."""

from __future__ import annotations

from saydo.codebook import OfficeEntry
from saydo.linking.actors_world import BODY_KINDS, World
from saydo.linking.cast import Member

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
    elif sector == "UNK":
        sector = "GOV" if body is not None and body.kind in ("state", "government") else None
    if sector and (person.sector is None or of_body):
        person.sector = sector
        person.reason = f"a person named in the document, described as “{words}”"
