"""Who and where, as weighing compares them: parties of an act, places, and what covers what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from saydo.codebook import Codebook
from saydo.model.ids import fold, slug
from saydo.model.records import Actor, Mention, Place

_GOVERNMENT = re.compile(r"([A-Z]{3})-GOV")
_STATE_PART = re.compile(r"([A-Z]{3})-(GOV|MIL|COP)")
_OF_A_PLACE = frozenset(
    "city town village county municipal municipality district borough metropolitan provincial mayor governor "
    "authorities prefect prefecture alderman councillor".split()
)
"""Words in the names of bodies that are a town's or a province's, none of the state's government."""
_POSSESSIVES = frozenset({"my", "our", "his", "her", "its", "their"})
_FIRST = frozenset({"i", "we", "my", "our", "us"})
_THIRD = frozenset({"i", "we", "my", "our", "it", "they", "he", "she", "its", "their", "his", "her"})
STATE_KINDS = frozenset({"state", "government"})
FORCE_KINDS = frozenset({"military", "police"})
UNNAMED = "~"
"""Before the id of a body that a report calls by what it is ("the fisheries ministry")."""
_NAMED_TYPES = frozenset({"place", "group", "organisation", "government", "military", "igo", "person"})
_LAWMAKERS = frozenset(
    "senator lawmaker legislator parliamentarian deputy deputie congressman congresswoman mp assemblyman "
    "member representative speaker leader aide".split()
)
"""Those who sit in a parliament; what one of them says or does, the parliament does not."""
_ANYONE = frozenset("people citizens men women voters officials soldiers police leader leaders".split())
_BODY_TYPES = frozenset({"government", "military", "organisation", "group", "igo"})
BODIES = frozenset(
    "police army navy military ministry government junta administration council commission agency authority "
    "authorities company union party office department board command secretariat parliament mission embassy "
    "bank federation association committee front league movement church coalition opposition regime cabinet "
    "municipality constabulary gendarmerie militia guard coastguard court prosecution utility operator mine "
    "brewery mill airline railway railways university hospital club society trust foundation "
    "force forces service brigade battalion division regiment corps unit squad".split()
)
"""Head words of bodies that act and speak as one."""
_DETERMINERS = frozenset("the a an its their his her our my this that these those".split())


def canonical(actor: str) -> str:
    """The id under which an actor's words and deeds are weighed: a government counts as its state."""
    found = _GOVERNMENT.fullmatch(actor)
    return found.group(1) if found else actor


class Site(NamedTuple):
    """A place as compared: its folded name and what the gazetteer says of it."""

    name: str
    geonames_id: int | None
    country: str | None
    admin1: str | None
    precision: str | None

    @classmethod
    def of(cls, place: Place) -> Site:
        return cls(
            fold(place.name or place.text),
            place.geonames_id,
            place.country,
            fold(place.admin1) if place.admin1 else None,
            place.precision,
        )

    @property
    def local(self) -> bool:
        """Whether it names a spot (a village, a town, a district), not a whole country or region."""
        return self.precision not in ("country", "region", "water", "admin1")

    def contains(self, other: Site) -> bool:
        """Whether ``other`` is this place or lies in it, as far as the gazetteer tells."""
        if self.geonames_id is not None and self.geonames_id == other.geonames_id:
            return True
        sorted_out = self.geonames_id is not None and other.geonames_id is not None
        if (self.name == other.name or (not sorted_out and _core(self.name) == _core(other.name))) and (
            not self.country or not other.country or self.country == other.country
        ):
            return True
        if self.precision == "country":
            return self.country is not None and self.country == other.country
        if self.precision == "admin1":
            names = {self.name, self.admin1} - {None}
            return self.country == other.country and other.admin1 in names
        return False

    def agrees(self, other: Site) -> bool:
        """Whether the two may be one spot, one given more precisely than the other."""
        return self.contains(other) or other.contains(self)


_SORTS = frozenset(
    "valley village town district province region county river lake island hill hills port camp bridge "
    "area department governorate municipality oblast".split()
)


@lru_cache(maxsize=1 << 13)
def _core(name: str) -> str:
    """A folded name without the word for what bears it: "the Sabz valley" is Sabz; a word alone stays."""
    words = name.split()
    while len(words) > 1 and words[-1] in _SORTS:
        words.pop()
    return " ".join(words)


class Party(NamedTuple):
    """Somebody who takes part in an act, as resolved as the report allows."""

    actor: str | None
    """Canonical actor id; None for "gunmen", "the port"."""
    raw: str | None
    """The actor id as resolved (a government not yet folded into its state)."""
    name: str
    kind: str | None
    country: str | None
    sector: str | None
    head: str
    """The head word, folded and in the singular as far as a simple rule gives it."""
    site: Site | None
    type: str
    named: bool


def singular(word: str) -> str:
    """A rough singular for comparing head words: ``villages`` → ``village``, ``cities`` → ``city``."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def party(
    mention: Mention, text: str, actors: Mapping[str, Actor], sites: Iterable[tuple[int, int, Site]]
) -> Party:
    """The party that a mention stands for."""
    actor = actors.get(mention.actor) if mention.actor else None
    site = next((s for start, end, s in sites if start < mention.end and mention.start < end), None)
    head = fold(text[mention.head[0] : mention.head[1]]) or fold(mention.text)
    if actor is not None and actor.kind == "parliament" and singular(head.rpartition(" ")[2]) in _LAWMAKERS:
        actor, mention = None, mention.model_copy(update={"actor": None})
    raw = actor.id if actor else mention.actor
    return Party(
        canonical(raw) if raw else _unnamed(mention, head),
        raw,
        actor.name if actor else mention.text,
        actor.kind if actor else None,
        actor.country if actor else None,
        actor.sector if actor else None,
        singular(head.rpartition(" ")[2]),
        site if mention.type == "place" else None,
        mention.type,
        mention.named,
    )


def _unnamed(mention: Mention, head: str) -> str | None:
    """The id of a body that goes by what it is; None for what is no such body or somebody's own."""
    if mention.type not in _BODY_TYPES or head.rpartition(" ")[2] not in BODIES:
        return None
    first, _, rest = fold(mention.text).partition(" ")
    if first in _POSSESSIVES or "’s " in mention.text or "'s " in mention.text:
        return None
    words = rest if first in _DETERMINERS else f"{first} {rest}".strip()
    return UNNAMED + words if words and len(words.split()) <= 4 else None


def by_name(party: Party) -> Party:
    """Somebody whom a report names and nothing resolves goes by that name, as other unknown actors do."""
    if party.actor is not None:
        return _without_trade(party)
    if not party.named or party.type not in _NAMED_TYPES:
        return party
    words = party.name.split()
    name = " ".join(words[1:] if words and words[0].lower() in _DETERMINERS else words)
    return party._replace(actor=slug(name)) if name[:1].isupper() and len(name) > 3 else party


def _without_trade(party: Party) -> Party:
    """ "brewer Castel Noir" is Castel Noir: what stands in small letters before a name is no part of it."""
    words = party.name.split()
    rest = [w for i, w in enumerate(words) if not all(x[:1].islower() for x in words[: i + 1])]
    if "of" in words[: len(words) - len(rest)] or "for" in words[: len(words) - len(rest)]:
        return party  # "council of Port Hannay"
    if len(rest) == len(words) or not rest or party.actor != slug(party.name):
        return party
    return party._replace(actor=slug(" ".join(rest)))


def nameless(name: str) -> Party:
    """Somebody named where no mention stands for the name."""
    head = singular(fold(name).rpartition(" ")[2])
    return Party(slug(name), None, name, None, None, None, head, None, "organisation", True)


def of_nation(mention: Mention, found: Party, nations: Sequence[tuple[int, int]]) -> Party:
    """People described by their nation ("Spanish skippers") go by that description."""
    if found.actor is not None or mention.type not in ("person", "group", "military") or mention.named:
        return found
    if not any(mention.start <= a and b < mention.end for a, b in nations):
        return found
    words = [w for w in fold(mention.text).split() if w not in _DETERMINERS]
    if len(words) != 2 or words[1] in _ANYONE:
        return found
    return found._replace(actor=UNNAMED + " ".join(words))


def unnamed(actor: str | None) -> bool:
    """Whether an id is that of a body that goes by what it is: there is one in every town."""
    return actor is not None and actor.startswith(UNNAMED)


def of_states(mentions: Sequence[Mention], parties: Mapping[str, Party]) -> dict[str, Party]:
    """Those whom nobody resolves but whose nationality is told: "a Turkish patrol boat"."""
    states = [m for m in mentions if m.type == "nationality" and m.actor and len(m.actor) == 3]
    found: dict[str, Party] = {}
    for m in mentions:
        if m.actor is None and m.type not in ("place", "money", "quantity"):
            inner = [s.actor for s in states if m.start <= s.start and s.end <= m.end and s.id != m.id]
            if len(inner) == 1:
                found[m.id] = parties[m.id]._replace(country=inner[0])
    return found


def possessed(party: Party) -> bool:
    """Whether somebody unresolved is the speaker's own: "our troops", "her government"."""
    return party.actor is None and fold(party.name).partition(" ")[0] in _POSSESSIVES


def speakers_own(party: Party, quoted: bool) -> bool:
    """Whether somebody unresolved in what a speaker says is the speaker or its own: "we", "our troops" in its
    very words, "it", "their officers" in a report of them."""
    if party.actor is not None:
        return False
    first = fold(party.name).partition(" ")[0]
    return first in (_FIRST if quoted else _THIRD)


def state_of(party: Party) -> tuple[str, bool] | None:
    """The state of whose government or forces this party is part, and whether it is only its forces."""
    if party.raw and (found := _STATE_PART.fullmatch(party.raw)):
        return found.group(1), found.group(2) != "GOV"
    if party.kind in FORCE_KINDS and party.country and party.sector in ("MIL", "COP", None):
        return party.country, True
    if party.sector == "SPY" and party.country and party.kind != "person":
        return party.country, True
    local = not _OF_A_PLACE.isdisjoint(fold(party.name).split())
    if party.kind == "government" and party.country and party.sector in ("GOV", None) and not local:
        return party.country, False
    return None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the words of one record cover in the parties and places of another."""

    groups: Mapping[str, frozenset[str]]
    """Actor id of a group of states → ISO codes of its members."""
    classes: Mapping[str, str]
    """Head noun → sector of the nominals of the codebook (``villager`` → CVL)."""
    anybody: frozenset[str]

    @classmethod
    def of(cls, codebook: Codebook, anybody: Iterable[str]) -> Coverage:
        return cls(
            {a.id: frozenset(a.regions) for a in codebook.actors.values() if a.regions},
            {lemma: n.sector for n in codebook.nominals.values() if n.sector for lemma in n.lemmas},
            frozenset(anybody),
        )

    def covers(self, scope: Party, target: Party) -> float:
        """How well words about ``scope`` cover ``target``: 1 the same, 0 not at all."""
        if scope.actor and target.actor:
            if scope.actor == target.actor:
                return 1.0
            return self._covers_actor(scope, target)
        if scope.site and target.site:
            return 1.0 if scope.site.contains(target.site) else 0.0
        if scope.actor and target.site and self.covers_site(scope, target.site):
            return 0.9
        if scope.named and target.named and scope.head == target.head:
            return 0.9  # one name, resolved in one report and not in the other
        if scope.actor is None and scope.site is None:
            return self._covers_nominal(scope, target)
        if target.actor is None and self.classes.get(target.head) in ("MIL", "COP"):
            # "two soldiers" fit a pledge about somebody's forces, though nobody says whose they were
            return 0.7 if scope.kind in FORCE_KINDS or scope.sector in ("MIL", "COP") else 0.0
        return 0.0

    def _covers_nominal(self, scope: Party, target: Party) -> float:
        if scope.head in self.anybody:
            return 0.5
        if scope.head == target.head:
            # one port is likely the port; there are many rebels
            return 0.7 if scope.head in self.classes else 0.9
        mine, its = self.classes.get(scope.head), self.classes.get(target.head) or target.sector
        return 0.55 if mine == "CVL" and its == "CVL" else 0.0

    def _covers_actor(self, scope: Party, target: Party) -> float:
        members = self.groups.get(scope.actor or "")
        if members:
            country = target.actor if target.kind in STATE_KINDS else target.country
            return 0.95 if country in members and target.sector not in ("REB", "UAF") else 0.0
        # a state stands for its government, forces and citizens, not for the rebels on its soil
        if scope.kind in STATE_KINDS and target.country == scope.actor:
            return 0.9 if target.sector not in ("REB", "UAF") else 0.0
        return 0.0

    def covers_site(self, scope: Party, site: Site) -> bool:
        """Whether a place lies in what a party stands for: a state, a group of states, a place."""
        if scope.site:
            return scope.site.contains(site)
        if not scope.actor or not site.country:
            return False
        return site.country == scope.actor or site.country in self.groups.get(scope.actor, ())
