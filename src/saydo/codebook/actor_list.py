"""Rows of a user's list of actors as codebook entries: checked, and merged with what is known already."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pydantic import ValidationError

from saydo.codebook.actor_values import country_code, kind_of, sector_code, wikidata_id, year_of
from saydo.codebook.entries import ActorEntry
from saydo.model.ids import fold, slug

_ARTICLE = re.compile(r"^(?:the|a|an) (?=.)", re.IGNORECASE)
"""Articles before a name, which texts have or leave out."""


@dataclass(frozen=True, slots=True)
class ActorRow:
    """One actor as a list has it: words, not yet checked. ``line`` is where it stands, from 1."""

    line: int
    name: str
    aliases: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    id: str = ""
    kind: str = ""
    countries: tuple[str, ...] = ()
    sector: str = ""
    since: str = ""
    until: str = ""
    wikidata: str = ""
    weak: tuple[str, ...] = ()
    """Names that the list itself calls unsure; only those that can hardly mean anybody else are used."""


@dataclass(frozen=True, slots=True)
class RowNote:
    """Something about one row that its owner should know."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class ImportedActors:
    """What became of a list: ``entries`` to write, in the order of the list."""

    entries: tuple[ActorEntry, ...]
    merged: tuple[str, ...]
    """Ids of those entries that the codebook had already; the list's names were added to them."""
    faults: tuple[RowNote, ...]
    """Rows that were left out, with the reason."""
    notes: tuple[RowNote, ...]


def import_rows(
    rows: Iterable[ActorRow],
    known: Mapping[str, ActorEntry],
    common: frozenset[str] = frozenset(),
    held: Mapping[str, str] | None = None,
) -> ImportedActors:
    """Entries of the rows. ``known`` are the codebook's actors by id; ``common`` are nouns that describe
    actors without naming one, which no name may be; ``held`` are ids that another file of the same codebook
    folder defines, with that file's name: such an entry can be changed only there."""
    work = _Work(known, common, held or {}, _by_name(known.values()))
    for row in rows:
        try:
            work.take(row)
        except ValueError as error:
            work.faults.append(RowNote(row.line, str(error)))
    merged = tuple(i for i in work.made if i in known)
    return ImportedActors(tuple(work.made.values()), merged, tuple(work.faults), tuple(work.notes))


@dataclass(slots=True)
class _Work:
    known: Mapping[str, ActorEntry]
    common: frozenset[str]
    held: Mapping[str, str]
    names: dict[str, list[str]]
    """Folded full names of the known and the new, to the ids that have them."""
    made: dict[str, ActorEntry] = field(default_factory=dict)
    faults: list[RowNote] = field(default_factory=list)
    notes: list[RowNote] = field(default_factory=list)

    def take(self, row: ActorRow) -> None:
        """One row. Raises ValueError with the reason where it can make no entry."""
        name = _ARTICLE.sub("", " ".join(row.name.split()))
        if not name:
            raise ValueError("no name; every actor needs one")
        if not _latin(name) or len(slug(name)) < 2:
            raise ValueError(f"name {name!r} has too few Latin letters; give the name that English texts use")
        if _plain(name) in self.common:
            raise ValueError(f"name {name!r} is a word for many actors, not the name of one")
        kind, sector = kind_of(row.kind) if row.kind.strip() else ("", None)
        country = self._country(row)
        since = year_of(row.since, "since") if row.since.strip() else None
        until = year_of(row.until, "until") if row.until.strip() else None
        if since is not None and until is not None and since > until:
            raise ValueError(f"since {since} is after until {until}")
        given: dict[str, str | int | None] = {
            "country": country,
            "sector": sector_code(row.sector) if row.sector.strip() else sector,
            "since": since,
            "until": until,
            "wikidata": wikidata_id(row.wikidata) if row.wikidata.strip() else None,
        }
        aliases, short = self._names(row, name)
        before = self._same(row, name, country, str(given["wikidata"] or ""))
        if before is not None:
            if before.id in self.held:
                raise ValueError(f"{name!r} is in {self.held[before.id]} of the same folder; change it there")
            self._merge(row, before, name, aliases, short, given, bool(row.sector.strip()))
            return
        given |= {
            "id": self._free(slug(row.id or name), country),
            "name": name,
            "kind": kind or "organisation",
        }
        self._keep(_entry(**given, aliases=aliases, abbreviations=short))

    def _country(self, row: ActorRow) -> str | None:
        told = [c for c in row.countries if c.strip()]
        if len(told) > 1:
            rest = ", ".join(told[1:])
            self.notes.append(
                RowNote(row.line, f"country {told[0]} is used; an actor has one, not also {rest}")
            )
        return country_code(told[0], self.known) if told else None

    def _names(self, row: ActorRow, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The further names worth matching, and the abbreviations, each once."""
        long: dict[str, str] = {}
        short: dict[str, None] = {}
        left: list[str] = []
        sure = [(n, True) for n in (*row.aliases, *row.abbreviations)] + [(n, False) for n in row.weak]
        for given, certain in sure:
            told = _ARTICLE.sub("", " ".join(given.split()))
            if not told or fold(told) == fold(name):
                continue
            capitals = told.isupper() and len(told) < 7
            if not _latin(told) or len(told) < 2 or _plain(told) in self.common:
                left.append(told)
            elif capitals or told in row.abbreviations:
                short.setdefault(told)
            elif certain or " " in told:
                long.setdefault(fold(told), told)
            else:
                left.append(told)
        if left:
            words = ", ".join(repr(n) for n in left[:3]) + (" …" if len(left) > 3 else "")
            self.notes.append(RowNote(row.line, f"{_names_left(len(left))}: {words}"))
        return tuple(long.values()), tuple(short)

    def _same(self, row: ActorRow, name: str, country: str | None, wikidata: str) -> ActorEntry | None:
        """The entry that a row speaks of: by its id, its Wikidata id, or its name in the same country."""
        if row.id and (found := self._get(row.id.strip())) is not None:
            return found
        for entry in (*self.made.values(), *self.known.values()) if wikidata else ():
            if entry.wikidata == wikidata:
                return entry
        found_ids = self.names.get(fold(name), [])
        entries = [e for e in map(self._get, dict.fromkeys(found_ids)) if e is not None]
        fitting = [e for e in entries if country is None or e.country in (None, country)]
        if len(fitting) == 1:
            return fitting[0]
        if entries and not fitting:
            others = ", ".join(f"{e.id} ({e.country})" for e in entries[:3])
            self.notes.append(RowNote(row.line, f"{name!r} is also the name of {others}; kept apart"))
        elif fitting:
            others = ", ".join(e.id for e in fitting[:3])
            raise ValueError(f"{name!r} may be any of {others}; give its id in a column id")
        return None

    def _get(self, identity: str) -> ActorEntry | None:
        return self.made.get(identity) or self.known.get(identity)

    def _merge(
        self,
        row: ActorRow,
        before: ActorEntry,
        name: str,
        aliases: tuple[str, ...],
        short: tuple[str, ...],
        given: Mapping[str, str | int | None],
        sector_given: bool,
    ) -> None:
        """An entry known already, with the row's names added; what the row says fills what is empty."""
        if before.id in self.made and before.id not in self.known:
            self.notes.append(
                RowNote(row.line, f"{name!r} is a second row for {before.name!r}; put together")
            )
        have = {fold(n) for n in (before.name, *before.aliases, *before.abbreviations, *before.metonyms)}
        new = [n for n in (name, *aliases) if fold(n) not in have]
        changed: dict[str, object] = {
            "aliases": (*before.aliases, *new),
            "abbreviations": (*before.abbreviations, *(n for n in short if n not in before.abbreviations
                                                       and fold(n) not in have)),
        }  # fmt: skip
        for key, value in given.items():
            old = getattr(before, key)
            if value is None or value == old:
                continue
            if old is None:
                changed[key] = value
            elif key != "sector" or sector_given:
                self.notes.append(
                    RowNote(row.line, f"{before.name!r} keeps {key} {old} of the codebook, not {value}")
                )
        self._keep(_entry(**{**before.model_dump(), **changed}))

    def _free(self, wanted: str, country: str | None) -> str:
        """An id that nobody has: the name's, with the country or a number behind it where it is taken."""
        for candidate in (wanted, *([f"{wanted}-{country.lower()}"] if country else [])):
            if self._get(candidate) is None:
                return candidate
        number = 2
        while self._get(f"{wanted}-{number}") is not None:
            number += 1
        return f"{wanted}-{number}"

    def _keep(self, entry: ActorEntry) -> None:
        self.made[entry.id] = entry
        for name in (entry.name, *entry.aliases):
            ids = self.names.setdefault(fold(name), [])
            if entry.id not in ids:
                ids.append(entry.id)


def _entry(**values: object) -> ActorEntry:
    try:
        return ActorEntry.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        raise ValueError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None


def _by_name(entries: Iterable[ActorEntry]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for entry in entries:
        for name in _full_names(entry):
            ids = found.setdefault(fold(name), [])
            if entry.id not in ids:
                ids.append(entry.id)
    return found


def _full_names(entry: ActorEntry) -> Iterator[str]:
    """Names that stand for one actor alone; abbreviations are shared by too many."""
    yield entry.name
    yield from entry.aliases


def _plain(name: str) -> str:
    """A name as the singular of a noun that it may be."""
    return fold(name).removesuffix("s")


def _latin(name: str) -> bool:
    """Whether a name is written in Latin letters, which is all that an English text has."""
    letters = [c for c in fold(name) if c.isalpha()]
    return bool(letters) and sum(c.isascii() for c in letters) >= 0.8 * len(letters)


def _names_left(count: int) -> str:
    return "a name left out, too short, too common or not in Latin letters" if count == 1 else (
        f"{count} names left out, too short, too common or not in Latin letters")  # fmt: skip
