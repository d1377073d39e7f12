"""Lists of actors as they lie on disk: CSV with a header, and FollowTheMoney's JSON lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from saydo.codebook.actor_list import ActorRow, RowNote
from saydo.model.errors import InputError
from saydo.model.ids import fold

_COLUMNS = {
    "name": "name label caption title",
    "aliases": "aliases alias other_names also_known_as aka names",
    "abbreviations": "abbreviations abbreviation acronym acronyms short_name",
    "id": "id identifier key",
    "kind": "kind type category",
    "country": "country countries state nationality iso iso2 iso3 country_code",
    "sector": "sector plover_sector role",
    "since": "since founded start start_year from established active_from",
    "until": "until dissolved end end_year to ended active_until",
    "wikidata": "wikidata wikidata_id wikidataid qid",
}
_COLUMN_OF = {word.replace("_", " "): column for column, words in _COLUMNS.items() for word in words.split()}
_SEPARATORS = (",", "\t", ";", "|")

_SCHEMAS = {
    "Person": "person", "Organization": "organisation", "LegalEntity": "organisation", "Company": "company",
    "PublicBody": "government",
}  # fmt: skip
"""FollowTheMoney's schemas of actors, with the kind of one of which no topic says more."""

_TOPICS = (
    ("crime.terror", "armed group", "UAF"), ("gov.igo", "igo", ""), ("pol.party", "party", "PTY"),
    ("mil", "military", "MIL"), ("gov.security", "police", "COP"), ("gov.judicial", "judiciary", "JUD"),
    ("gov.legislative", "parliament", "LEG"), ("gov.soe", "company", "BUS"), ("gov", "government", "GOV"),
    ("crime.boss", "", "CRM"), ("crime.traffick", "criminal organisation", "CRM"), ("rel", "", "REL"),
    ("pol.union", "organisation", "LAB"), ("role.judge", "", "JUD"), ("role.spy", "", "SPY"),
    ("role.journo", "", "JRN"), ("role.oligarch", "", "BUS"), ("role.diplo", "", "GOV"),
    ("role.pep", "", "GOV"), ("role.lawyer", "", "CVL"), ("fin.bank", "company", "BUS"),
)  # fmt: skip
"""Topic, kind of a body (not of a person) and sector, the most telling first."""


@dataclass(frozen=True, slots=True)
class ListedActors:
    """The rows of a list, those that could not be read, and what in it is not used."""

    rows: tuple[ActorRow, ...]
    faults: tuple[RowNote, ...] = ()
    unknown_columns: tuple[str, ...] = ()
    passed_over: int = 0


def read_rows(source: Path) -> ListedActors:
    """The rows of a list of actors. Raises InputError where the file as a whole cannot be used."""
    try:
        text = source.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{source}: cannot be read ({error.strerror or error})") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{source}: not UTF-8 (byte {error.start}); save it as UTF-8") from None
    if "\0" in text:
        raise InputError(f"{source}: not a text file; give CSV or FollowTheMoney JSON lines")
    begins = text.lstrip()[:1]
    if not begins:
        raise InputError(f"{source}: empty; give CSV with a header, or FollowTheMoney JSON lines")
    if begins == "[":
        raise InputError(f"{source}: a JSON array; write one entity a line")
    return _entities(text) if begins == "{" else _table(source, text)


def _table(source: Path, text: str) -> ListedActors:
    separator, header = _header(source, text)
    columns = [_COLUMN_OF.get(fold(cell)) for cell in header]
    unknown = [cell for cell, column in zip(header, columns, strict=True) if column is None and cell.strip()]
    twice = {c for c in columns if c is not None and columns.count(c) > 1}
    unknown += [f"{cell} (a second {c})" for k, (cell, c) in enumerate(zip(header, columns, strict=True))
                if c in twice and columns.index(c) != k]  # fmt: skip
    rows: list[ActorRow] = []
    faults: list[RowNote] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for number, cells in enumerate(reader):
            here, line = line, reader.line_num + 1
            if number == 0 or not any(cell.strip() for cell in cells):
                continue
            if len(cells) > len(header):
                faults.append(
                    RowNote(here, f"{len(cells)} cells under {len(header)} columns; quote commas in a cell")
                )
                continue
            told = {c: cell.strip() for c, cell in reversed(list(zip(columns, cells, strict=False))) if c}
            rows.append(_row(here, told))
    except csv.Error as error:
        faults.append(RowNote(line, f"not CSV from here on: {error}"))
    return ListedActors(tuple(rows), tuple(faults), tuple(unknown))


def _header(source: Path, text: str) -> tuple[str, list[str]]:
    first = io.StringIO(text, newline="")
    for separator in _SEPARATORS:
        first.seek(0)
        try:
            header = next(csv.reader(first, delimiter=separator))
        except (csv.Error, StopIteration):
            continue
        if any(_COLUMN_OF.get(fold(cell)) == "name" for cell in header):
            return separator, header
    raise InputError(f"{source}: no column name in the first line; begin the file with a header such as "
                     "name,aliases,kind,country")  # fmt: skip


def _row(line: int, told: dict[str, str]) -> ActorRow:
    def listed(column: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in told.get(column, "").split(";") if part.strip())

    return ActorRow(
        line,
        told.get("name", ""),
        listed("aliases"),
        listed("abbreviations"),
        told.get("id", ""),
        told.get("kind", ""),
        listed("country"),
        told.get("sector", ""),
        told.get("since", ""),
        told.get("until", ""),
        told.get("wikidata", ""),
    )


def _entities(text: str) -> ListedActors:
    rows: list[ActorRow] = []
    faults: list[RowNote] = []
    passed = 0
    for line, content in enumerate(text.split("\n"), 1):
        if not content.strip():
            continue
        try:
            row = _entity(line, json.loads(content))
        except json.JSONDecodeError as error:
            faults.append(RowNote(line, f"not JSON: {error.msg} at column {error.colno}"))
        except (TypeError, ValueError) as error:
            faults.append(RowNote(line, str(error)))
        else:
            if row is None:
                passed += 1
            else:
                rows.append(row)
    return ListedActors(tuple(rows), tuple(faults), (), passed)


def _entity(line: int, entity: Any) -> ActorRow | None:
    """The row of an entity; None for one that is no actor. Raises ValueError for what is no entity."""
    if not isinstance(entity, dict) or not isinstance(entity.get("schema"), str):
        raise ValueError("no FollowTheMoney entity: it has no schema")
    if entity["schema"] not in _SCHEMAS:
        return None
    properties = entity.get("properties")
    if not isinstance(properties, dict):
        raise ValueError("no FollowTheMoney entity: it has no properties")
    kind, sector = _by_topics(entity["schema"], tuple(_values(properties, "topics")))
    names = [*_values(properties, "name")] or [str(entity.get("caption") or "")]
    return ActorRow(
        line,
        names[0],
        (*names[1:], *_values(properties, "alias"), *_values(properties, "previousName")),
        tuple(_values(properties, "abbreviation")),
        "",
        kind,
        tuple(c.upper() for c in (*_values(properties, "country"), *_values(properties, "jurisdiction"),
                                  *_values(properties, "nationality")))[:1],
        sector,
        next(_values(properties, "incorporationDate"), ""),
        next(_values(properties, "dissolutionDate"), ""),
        next(_values(properties, "wikidataId"), ""),
        tuple(_values(properties, "weakAlias")),
    )  # fmt: skip


def _values(properties: dict[str, Any], name: str) -> Iterator[str]:
    held = properties.get(name) or ()
    for value in (held,) if isinstance(held, str) else held:
        if isinstance(value, str) and value.strip():
            yield value.strip()


def _by_topics(schema: str, topics: tuple[str, ...]) -> tuple[str, str]:
    person = schema == "Person"
    for topic, kind, sector in _TOPICS:
        if any(t == topic or t.startswith(topic + ".") for t in topics):
            return (_SCHEMAS[schema] if person or not kind else kind), sector
    return _SCHEMAS[schema], ""
