"""What the readers of others' files know: names of states, what words for an event mean, who is what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import pycountry
import yaml

from saydo.model.compared import Role
from saydo.model.ids import fold
from saydo.model.names import pieces

_BRACKETS = re.compile(r"\([^)]*\)")
_IN_BRACKETS = re.compile(r"\(([^)]*)\)")


class Known(NamedTuple):
    """Tables of the formats that saydo writes, and names of states; see :func:`saydo.desk.compare`."""

    countries: Mapping[str, str]
    """Name, folded → ISO 3166-1 alpha-3."""
    numbers: Mapping[int, str]
    """ISO 3166-1 numeric → alpha-3."""
    gleditsch_ward: Mapping[int, str]
    acled: Mapping[str, tuple[str, ...]]
    """ACLED's sub-event type → PLOVER types that saydo writes so."""
    cameo: Mapping[str, tuple[str, ...]]
    """CAMEO code → PLOVER types that saydo writes so."""
    modes: frozenset[str]
    """Every PLOVER ``TYPE`` and ``TYPE.mode``."""

    def country(self, name: str) -> str | None:
        """The state of a name or a three-letter code; None where it is not known."""
        plain = fold(_BRACKETS.sub("", name))
        if not plain:
            return None
        found = self.countries.get(plain)
        if found is None and len(name) == 3 and name.isupper() and name in self.countries.values():
            return name
        return found or self.countries.get(fold(" ".join(_IN_BRACKETS.findall(name))))


@cache
def table(name: str) -> Any:
    """A file of the room's data."""
    text = (files("saydo.secondcoder") / "data" / f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def all_names(named: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Folded name → alpha-3: ISO's names, those of other data sets, and ``named`` ones, which go first."""
    found = {fold(name): iso3 for name, iso3 in named}
    for name, iso3 in table("countries")["names"].items():
        found.setdefault(fold(name), iso3)
    for state in pycountry.countries:
        for kind in ("name", "common_name", "official_name", "alpha_3"):
            name = getattr(state, kind, None)
            if name:
                found.setdefault(fold(name), state.alpha_3)
                first, _, rest = name.partition(", ")
                if rest:
                    found.setdefault(fold(f"{rest} {first}"), state.alpha_3)
    return found


@cache
def _together() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for pair in table("countries")["together"]:
        for one in pair:
            found.setdefault(one, {one}).update(pair)
    return {one: frozenset(others) for one, others in found.items()}


def land_of(country: str) -> frozenset[str]:
    """A state with those that another data set may name in its place."""
    return _together().get(country, frozenset((country,)))


@cache
def generic() -> frozenset[str]:
    """Words, as they sound, that tell no two parties apart."""
    return frozenset(sound for word in table("parties")["generic"].split() for sound in pieces(word).sound)


@cache
def _role_words() -> Mapping[str, Role]:
    return {word: role for role, words in table("parties")["roles"].items() for word in words}


def role_of(name: str) -> Role | None:
    """What somebody is, by the words of the name."""
    for word in fold(_BRACKETS.sub("", name)).split():
        if word in _role_words():
            return _role_words()[word]
    return None


def role_of_inter(code: str) -> Role | None:
    """What somebody is, by ACLED's number or word."""
    known = table("parties")["inter"]
    plain = " ".join(code.lower().split())
    found: Role | None = known.get(int(plain)) if plain.isdigit() else known.get(plain)
    return found


def role_of_sector(sector: str | None) -> Role | None:
    """What somebody is, by PLOVER's sector."""
    found: Role | None = table("parties")["sectors"].get(sector or "")
    return found


def are_near(one: Role, other: Role) -> bool:
    """Whether a coder may give one role where another coder gives the other."""
    return one == other or any({one, other} == set(pair) for pair in table("parties")["near"])


def words_of(name: str) -> frozenset[str]:
    """The words of a name as they sound, without those that tell nothing."""
    plain = _BRACKETS.sub(" ", name)
    sounds = (sound for word in plain.replace("-", " ").split() for sound in pieces(word).sound)
    return frozenset(sounds) - generic()


def state_in(name: str, known: Known) -> str | None:
    """The state that a party's name says: in brackets, after ``of``, or as an adjective's place in front."""
    for inside in _IN_BRACKETS.findall(name):
        found = known.countries.get(fold(inside))
        if found:
            return found
    _, of, after = _BRACKETS.sub("", name).partition(" of ")
    return known.country(after.strip()) if of else known.country(name)
