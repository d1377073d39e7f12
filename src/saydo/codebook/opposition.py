"""Which kinds of doing are the same, and which go against each other: read off the weighing rules.

A kind of doing is an event type with its mode, ``Doing("ASSAULT", "aerial")``, or a tie type,
``Doing("tie:command")``. In the rules ``ASSAULT`` stands for every mode, ``ASSAULT.aerial`` for one.
Used by coding (discrepancies flagged inside a report) and by weighing (across reports), which may not
import each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from saydo.codebook.entries import Codebook, RuleEntry
from saydo.model.errors import CodebookError
from saydo.model.records import Event, Tie


class Doing(NamedTuple):
    """An event type (with its mode, where known) or a tie type as ``tie:TYPE``."""

    type: str
    mode: str | None = None

    @classmethod
    def of(cls, record: Event | Tie) -> Doing:
        """What an event or a tie is about."""
        return cls(record.type, record.mode) if isinstance(record, Event) else cls(f"tie:{record.type}")

    def matches(self, pattern: str) -> bool:
        """Whether a pattern of the rules covers this: a bare type covers every mode."""
        type_, _, mode = pattern.partition(".")
        return self.type == type_ and (not mode or self.mode == mode)


def words(rule: RuleEntry, parameter: str) -> tuple[str, ...]:
    """A list parameter of a weighing rule; CodebookError where it is missing or no list."""
    value = rule.parameters.get(parameter)
    if not isinstance(value, tuple):
        raise CodebookError([f"rules/{rule.id}.yaml: parameters.{parameter}: expected a list of words"])
    return value


def number(rule: RuleEntry, parameter: str) -> float:
    """A number parameter of a weighing rule; CodebookError where it is missing or no number."""
    value = rule.parameters.get(parameter)
    if not isinstance(value, int | float):
        raise CodebookError([f"rules/{rule.id}.yaml: parameters.{parameter}: expected a number"])
    return float(value)


def table(rule: RuleEntry, parameter: str) -> dict[str, tuple[str, ...]]:
    """A mapping parameter of a weighing rule; CodebookError where it is missing or no mapping."""
    value = rule.parameters.get(parameter)
    if not isinstance(value, dict):
        raise CodebookError([f"rules/{rule.id}.yaml: parameters.{parameter}: expected a mapping of lists"])
    return value


@dataclass(frozen=True, slots=True)
class Oppositions:
    """The type tables of the rules ``commitment`` and ``tie``, asked pair by pair."""

    families: tuple[tuple[str, ...], ...]
    opposites: dict[str, tuple[str, ...]]
    lasting: dict[str, tuple[str, ...]]
    shown_by: dict[str, tuple[str, ...]]
    binding: dict[str, tuple[str, ...]]
    rules_out: dict[str, tuple[str, ...]]
    excludes: dict[str, tuple[str, ...]]
    undirected: tuple[str, ...]

    @classmethod
    def of(cls, codebook: Codebook) -> Oppositions:
        """Reads the tables; CodebookError names a rule or parameter that the codebook lacks."""
        needed = ("commitment", "tie")
        missing = [f"rules/{id}.yaml: no such rule" for id in needed if id not in codebook.rules]
        if missing:
            raise CodebookError(missing)
        commitment, tie = codebook.rules["commitment"], codebook.rules["tie"]
        return cls(
            families=tuple(table(commitment, "families").values()),
            opposites=table(commitment, "opposites"),
            lasting=table(commitment, "lasting"),
            shown_by=table(commitment, "shown-by"),
            binding=table(commitment, "binding"),
            rules_out=table(tie, "rules-out"),
            excludes=table(tie, "excludes"),
            undirected=words(tie, "undirected"),
        )

    def same(self, a: Doing, b: Doing) -> bool:
        """Whether words about ``a`` speak of conduct ``b``: one type and no conflicting modes, or one
        family. "Not to attack" (no mode) covers every ASSAULT; "not to shell" covers bombing, not arrest."""
        if a.type == b.type and (a.mode is None or b.mode is None or a.mode == b.mode):
            return True
        return any(_covers(family, a) and _covers(family, b) for family in self.families)

    def opposite(self, promised: Doing, conduct: Doing) -> bool:
        """Whether ``conduct`` goes against a promise to do ``promised``."""
        return _listed(self.opposites, promised, conduct)

    def lasts(self, done: Doing, conduct: Doing) -> bool:
        """Whether ``conduct`` shows that ``done`` has not been done (the troops are still there)."""
        return _listed(self.lasting, done, conduct)

    def shows(self, foresworn: Doing, conduct: Doing) -> bool:
        """Whether ``conduct`` is what was foresworn, or shows it done: who fished there went there."""
        return self.same(foresworn, conduct) or _listed(self.shown_by, foresworn, conduct)

    def binds(self, doing: Doing) -> bool:
        """Whether doing this binds the doer like a pledge (a declared ceasefire)."""
        return any(doing.matches(pattern) for pattern in self.binding)

    def breaks(self, bound: Doing, conduct: Doing) -> bool:
        """Whether ``conduct`` breaks what ``bound`` binds to."""
        return _listed(self.binding, bound, conduct)

    def ruled_out(self, denied: Doing, reported: Doing) -> bool:
        """Whether ``reported`` cannot be where ``denied`` is denied or has ended."""
        return self.same(denied, reported) or _listed(self.rules_out, denied, reported)

    def exclusive(self, a: Doing, b: Doing) -> bool:
        """Whether ``a`` and ``b`` cannot both hold (alliance and rivalry)."""
        return _listed(self.excludes, a, b)

    def symmetric(self, doing: Doing) -> bool:
        """Whether who is named first makes no difference."""
        return any(doing.matches(pattern) for pattern in self.undirected)

    def types_covered(self, doing: Doing) -> tuple[str, ...]:
        """Every type (without mode) whose conduct may be the same as ``doing``, sorted."""
        found = {doing.type}
        for family in self.families:
            if _covers(family, doing):
                found.update(_types(family))
        return tuple(sorted(found))

    def types_showing(self, doing: Doing) -> tuple[str, ...]:
        """Every type (without mode) that is, or shows, what was foresworn, sorted."""
        return tuple(sorted({*self.types_covered(doing), *_listed_types((self.shown_by,), doing)}))

    def types_against(self, doing: Doing) -> tuple[str, ...]:
        """Every type (without mode) that may go against a promise to do ``doing``, sorted."""
        return _listed_types((self.opposites, self.binding), doing)

    def types_lasting(self, doing: Doing) -> tuple[str, ...]:
        """Every type (without mode) that may show that ``doing`` has not been done, sorted."""
        return _listed_types((self.lasting,), doing)

    def types_ruled_out(self, doing: Doing) -> tuple[str, ...]:
        """Every type (without mode) that a denial of ``doing`` may rule out, sorted."""
        return tuple(sorted({*self.types_covered(doing), *_listed_types((self.rules_out,), doing)}))

    def types_denying(self, doing: Doing) -> tuple[str, ...]:
        """Every type (without mode) whose denial may rule out ``doing``, sorted."""
        found = {key.partition(".")[0] for key, row in self.rules_out.items() if _covers(row, doing)}
        return tuple(sorted({*self.types_covered(doing), *found}))

    def types_excluded(self, doing: Doing) -> tuple[str, ...]:
        """Every type (without mode) that cannot stand beside ``doing``, sorted."""
        return _listed_types((self.excludes,), doing)


def _covers(patterns: Iterable[str], doing: Doing) -> bool:
    return any(doing.matches(pattern) for pattern in patterns)


def _listed(tables: dict[str, tuple[str, ...]], left: Doing, right: Doing) -> bool:
    return any(left.matches(key) and _covers(patterns, right) for key, patterns in tables.items())


def _types(patterns: Iterable[str]) -> set[str]:
    return {pattern.partition(".")[0] for pattern in patterns}


def _listed_types(tables: Iterable[dict[str, tuple[str, ...]]], doing: Doing) -> tuple[str, ...]:
    found: set[str] = set()
    for rows in tables:
        for key, patterns in rows.items():
            if doing.matches(key):
                found |= _types(patterns)
    return tuple(sorted(found))
