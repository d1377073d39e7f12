"""A comparison with a second coder as tables: one CSV file each, for spreadsheets, R and pandas."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from saydo.export.columns import Cell
from saydo.export.csv_table import guarded
from saydo.export.passages import flat
from saydo.model.compared import CodedEvent, Comparison, Line

Rows = Iterable[tuple[Cell, ...]]
_EVENT = (
    "id first last type coarse fine place country latitude longitude parties killed_low killed_high where "
    "words"
).split()


def _event(event: CodedEvent) -> tuple[Cell, ...]:
    return (
        event.id, event.first.isoformat(), event.last.isoformat(), "; ".join(event.types), event.coarse,
        event.fine,
        event.place, event.country, event.lat, event.lon,
        "; ".join(party.name or party.country or "" for party in event.parties), event.low, event.high,
        "; ".join(account.where for account in event.accounts),
        " | ".join(flat(account.words) for account in event.accounts),
    )  # fmt: skip


def _matches(found: Comparison) -> Rows:
    for match in found.matches:
        evidence = match.evidence
        yield (
            match.score, evidence.days, None if evidence.km is None else round(evidence.km, 1),
            "; ".join(evidence.reasons), *_event(match.ours), *_event(match.theirs),
        )  # fmt: skip


def _alone(found: Comparison) -> Rows:
    for standing, ours, theirs in (
        ("only", found.only_ours, found.only_theirs),
        ("beside", found.beside_ours, found.beside_theirs),
    ):
        for side, events in (("case", ours), ("file", theirs)):
            for event in events:
                yield side, standing, *_event(event)


def _counts(of: Callable[[Comparison], tuple[Line, ...]]) -> Callable[[Comparison], Rows]:
    return of


def summary(found: Comparison) -> Iterator[tuple[str, Cell]]:
    """The figures, each with what it is."""
    yield (
        "events of the case that are compared",
        len(found.matches) + len(found.only_ours) + len(found.beside_ours),
    )
    yield (
        "events of the files that are compared",
        (len(found.matches) + len(found.only_theirs) + len(found.beside_theirs)),
    )
    yield "matched", len(found.matches)
    yield "only in the case", len(found.only_ours)
    yield "only in the files", len(found.only_theirs)
    yield "of the case, beside one that is matched", len(found.beside_ours)
    yield "of the files, beside one that is matched", len(found.beside_theirs)
    yield (
        "specific agreement on what happened, 2m / (2m + only case + only files)",
        _round(found.specific_agreement),
    )
    yield "matches with the rows' days moved by four weeks: by chance", found.chance
    for days in (0, 1, 3, 7):
        if days <= found.limits.days:
            yield f"matches at most {days} days apart", sum(m.evidence.days <= days for m in found.matches)
    measured = [m.evidence.km for m in found.matches if m.evidence.km is not None]
    yield "matches of which both sides give a point", len(measured)
    for km in (1, 10, 25, 50):
        if km <= found.limits.km:
            yield f"of these, at most {km} km apart", sum(each <= km for each in measured)
    for name, kappa in (("label", found.types), ("finer label", found.fine_types)):
        if kappa is not None:
            yield f"pairs matched without looking at the label, both with a {name}", kappa.pairs
            yield f"share of these with the same {name}", _round(kappa.observed)
            yield f"Cohen's kappa of the {name}", _round(kappa.kappa)
            yield f"kappa of the {name}, lower bound (95 %)", _round(kappa.low)
            yield f"kappa of the {name}, upper bound (95 %)", _round(kappa.high)
    counted = [m for m in found.matches if m.ours.low is not None and m.theirs.low is not None]
    yield "matches of which both sides tell deaths", len(counted)
    yield "of these, numbers that overlap", sum(overlap(m.ours, m.theirs) for m in counted)
    yield "correlation of weekly counts (Pearson)", _round(found.weekly)
    yield "rows of the files", found.rows
    yield "rows that could not be read", len(found.bad)


def overlap(one: CodedEvent, other: CodedEvent) -> bool:
    """Whether the numbers of killed can be the same; an open end counts as any number."""
    if one.low is None or other.low is None:
        return False
    return one.low <= _most(other) and other.low <= _most(one)


def _most(event: CodedEvent) -> float:
    return float("inf") if event.high is None else event.high


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _left(found: Comparison) -> Rows:
    for side, left in (("case", found.left_ours), ("file", found.left_theirs)):
        for reason, count in sorted(left.items(), key=lambda each: (-each[1], each[0])):
            if count:
                yield side, reason, count


TABLES: Mapping[str, tuple[tuple[str, ...], Callable[[Comparison], Rows]]] = MappingProxyType(
    {
        "summary": (("what", "value"), summary),
        "matches": (
            (
                "score",
                "days_apart",
                "km_apart",
                "why",
                *(f"case_{n}" for n in _EVENT),
                *(f"file_{n}" for n in _EVENT),
            ),
            _matches,
        ),
        "unmatched": (("side", "standing", *_EVENT), _alone),
        "by_type": (("type", "matched", "only_case", "only_files"), _counts(lambda f: f.by_type)),
        "by_place": (("place", "matched", "only_case", "only_files"), _counts(lambda f: f.by_place)),
        "by_week": (("week", "matched", "only_case", "only_files"), _counts(lambda f: f.by_week)),
        "labels": (("case", "file", "pairs"), lambda f: f.confusion),
        "limits": (("days", "km", "matched"), lambda f: f.variants),
        "left_out": (("side", "reason", "events"), _left),
        "bad_rows": (("file", "line", "reason"), lambda f: f.bad),
    }
)
"""File (without ``.csv``) → its columns and rows."""


def chunks(name: str, found: Comparison) -> Iterator[str]:
    """A table in pieces, CSV with CR LF; a text that a spreadsheet would run has an apostrophe before it."""
    columns, rows = TABLES[name]
    yield _line(columns)
    for row in rows(found):
        yield _line([guarded(cell) for cell in row])


def _line(cells: Iterable[Cell]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(list(cells))
    return out.getvalue()
