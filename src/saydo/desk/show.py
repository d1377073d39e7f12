"""Findings of a case that pass a filter, as rows with names and passages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args

from saydo.export.findings import TABLES, Table
from saydo.model.case import CaseView
from saydo.model.errors import InputError
from saydo.model.records import DiscrepancyKind, EventType, StatementKind, TieType
from saydo.model.store import CaseStore, Filter

if TYPE_CHECKING:
    from saydo.export.rows import Row

What = Table
WHAT: tuple[What, ...] = get_args(Table)
"""The tables of a case."""
_KINDS: dict[str, tuple[str, ...]] = {
    "events": get_args(EventType),
    "ties": get_args(TieType),
    "statements": get_args(StatementKind),
    "discrepancies": get_args(DiscrepancyKind),
}


def known_kinds(what: Table, given: Iterable[str]) -> tuple[str, ...]:
    """The kinds as the case writes them (any case, ``-`` for ``_``, several
    with commas). Raises InputError for an unknown one."""
    known = _KINDS.get(what)
    if known is None:
        return tuple(kind.strip() for several in given for kind in several.split(","))
    plain = {kind.lower(): kind for kind in known}
    found = []
    for kind in (kind for several in given for kind in several.split(",")):
        written = plain.get(kind.strip().lower().replace("-", "_"))
        if written is None:
            raise InputError(f"{what} have no type {kind!r}; there are: {', '.join(known)}")
        found.append(written)
    return tuple(found)


def rows(store: CaseStore, what: Table, where: Filter) -> Iterator[Row]:
    """The rows of a table that pass the filter, in the order of the store: findings by date, discrepancies
    by strength, actors by how many reports name them."""
    view = store.view()
    if what == "actors":
        yield from TABLES[what](replace(view, actors=tuple(store.actors(where))))
    elif what == "discrepancies":
        yield from TABLES[what](replace(view, discrepancies=tuple(store.discrepancies(where))))
    else:
        yield from _findings(store, view, what, where)


_FIND: dict[str, Callable[[CaseStore, Filter], list[tuple[str, Any]]]] = {
    "events": lambda store, where: [(found.document, found.event) for found in store.events(where)],
    "ties": lambda store, where: [(found.document, found.tie) for found in store.ties(where)],
    "statements": lambda store, where: [
        (found.document, found.statement) for found in store.statements(where)
    ],
}


def _findings(store: CaseStore, view: CaseView, what: Table, where: Filter) -> Iterator[Row]:
    """Reports are read one by one, cut down to the findings asked for, and the rows put back in order."""
    found = _FIND[what](store, where)
    by_report: dict[str, list[Any]] = {}
    for document, finding in found:
        by_report.setdefault(document, []).append(finding)
    made: dict[tuple[str, str], Row] = {}
    for document, findings in by_report.items():
        # What the findings refer to (mentions, places, the statements that tell them) stays in the record.
        record = view.record(document).model_copy(update={what: tuple(findings)})
        report = replace(
            view, documents=(view.document(document),), records=(record,), document_index={}, record_index={}
        )
        for finding, row in zip(findings, TABLES[what](report), strict=True):
            made[document, finding.id] = row
    for document, finding in found:
        yield made[document, finding.id]
