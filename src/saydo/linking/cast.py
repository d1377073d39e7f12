"""The actors of one document while they are being found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from saydo.codebook import ActorEntry
from saydo.model.ids import fold, slug
from saydo.model.records import Actor

ResolvedBy = Literal["codebook", "office", "introduced", "alias", "coreference", "name", "person"]

_ORGANS: dict[str, tuple[str, str]] = {
    "GOV": ("government", "Government of {}"),
    "MIL": ("military", "Armed forces of {}"),
    "COP": ("police", "Police of {}"),
    "SPY": ("intelligence service", "Intelligence services of {}"),
    "LEG": ("parliament", "Parliament of {}"),
    "JUD": ("judiciary", "Courts of {}"),
    "OPP": ("opposition", "Opposition of {}"),
    "REB": ("armed group", "Rebels of {}"),
    "UAF": ("armed group", "Militants of {}"),
    "PRM": ("armed group", "Militias of {}"),
    "CRM": ("criminal organisation", "Criminal gangs of {}"),
    "CVL": ("civilians", "Civilians of {}"),
    "REF": ("refugees", "Refugees of {}"),
    "AGR": ("farmers", "Farmers of {}"),
    "LAB": ("labour", "Workers of {}"),
}
_LONGEST_ALIAS = 120


@dataclass(slots=True)
class Member:
    """An actor as far as it is known; ``aliases`` are its forms in the text, in order."""

    id: str
    name: str
    kind: str
    country: str | None
    sector: str | None
    resolved_by: ResolvedBy
    reason: str
    wikidata: str | None = None
    gender: str = ""
    """For persons: ``he``, ``she`` or, where the text does not tell, empty."""
    aliases: dict[str, None] = field(default_factory=dict)
    offices: list[tuple[str, str, str | None]] = field(default_factory=list)
    """For persons: (office id, title, actor that it is an office of), in text order."""

    def record(self) -> Actor:
        """The actor as it leaves the room."""
        name = fold(self.name)
        return Actor(
            id=self.id,
            name=self.name,
            kind=self.kind,
            country=self.country,
            sector=self.sector,
            aliases=tuple(a for a in self.aliases if a != self.name and fold(a) != name),
            wikidata=self.wikidata,
            resolved_by=self.resolved_by,
            reason=self.reason,
        )


class Cast:
    """Members by id. An id is made from the codebook or the name alone, never from the document."""

    def __init__(self, codebook: Mapping[str, ActorEntry]) -> None:
        self._codebook = codebook
        self._members: dict[str, Member] = {}

    def __getitem__(self, actor: str) -> Member:
        return self._members[actor]

    def __contains__(self, actor: str) -> bool:
        return actor in self._members

    def __iter__(self) -> Iterator[Member]:
        return iter(self._members.values())

    def get(self, actor: str | None) -> Member | None:
        """The member with an id, if there is one."""
        return self._members.get(actor) if actor is not None else None

    def entry(self, actor: str) -> ActorEntry | None:
        """The codebook's entry for an id."""
        return self._codebook.get(actor)

    def known(self, entry: ActorEntry, reason: str) -> Member:
        """A codebook actor."""
        member = self._members.get(entry.id)
        if member is None:
            member = Member(
                entry.id,
                entry.name,
                entry.kind,
                entry.country,
                entry.sector,
                "codebook",
                reason,
                entry.wikidata,
            )
            self._members[entry.id] = member
        return member

    def by_id(self, actor: str, reason: str) -> Member | None:
        """The member with an id, taken in from the codebook where it is not here yet."""
        member = self._members.get(actor)
        if member is None:
            entry = self._codebook.get(actor)
            member = self.known(entry, reason) if entry is not None else None
        return member

    def organ(self, owner: str, sector: str, kind: str, reason: str) -> Member | None:
        """A state's government, military, police, …; of a group of states, its people of that kind."""
        base = owner.partition("-")[0] if owner[:3].isupper() else owner
        entry = self._codebook.get(base)
        if entry is None or sector not in _ORGANS:
            return None
        if entry.kind == "state":
            told, template = _ORGANS[sector]
            actor, kind, country = f"{base}-{sector}", told, entry.country
            name = template.format(entry.name)
        else:
            actor, country = f"{base}-{slug(kind or sector)}", entry.country
            kind = kind or _ORGANS[sector][0]
            name = f"{kind.capitalize()} of {entry.name}"
        member = self._members.get(actor)
        if member is None:
            member = Member(actor, name, kind, country, sector, "codebook", reason)
            self._members[actor] = member
        return member

    def add(
        self,
        name: str,
        kind: str,
        resolved_by: ResolvedBy,
        reason: str,
        country: str | None = None,
        sector: str | None = None,
    ) -> Member:
        """An actor that no codebook lists; its id is made from its name."""
        actor = slug(name)
        if len(actor) > 3 and actor in self._codebook:
            return self.known(self._codebook[actor], f"its name is that of the codebook entry {actor}")
        member = self._members.get(actor)
        if member is None:
            member = Member(actor, name, kind, country, sector, resolved_by, reason)
            self._members[actor] = member
        return member

    def alias(self, actor: str, form: str) -> None:
        """Notes a surface form of an actor."""
        member = self._members.get(actor)
        if member is not None and 0 < len(form) <= _LONGEST_ALIAS:
            member.aliases.setdefault(" ".join(form.split()))
