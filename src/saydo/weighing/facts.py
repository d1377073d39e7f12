"""What was unfolded from a report as bytes, and back: plain JSON, packed, so that a case can keep it.

How each field is written follows from its type, so a new field of an act needs nothing here. A case may come
from a stranger; nothing but numbers, words and lists is ever made from the bytes.
"""

from __future__ import annotations

import json
import types
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from functools import lru_cache
from sys import intern
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from saydo.model.errors import StoreError
from saydo.weighing.acts import Act, Claim, Said, Unfolded
from saydo.weighing.outline import Outline
from saydo.weighing.parties import Party


@dataclass(slots=True)
class _Tables:
    """What is written once and named by its number: parties, and the acts that statements claim."""

    numbers: dict[Party, int] = field(default_factory=dict)
    parties: list[Party] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    acts: list[Act] = field(default_factory=list)


Step = Callable[[Any, _Tables], Any]
_NONE: frozenset[str] = frozenset()


def pack(report: Unfolded) -> bytes:
    """A report as bytes; its text is not among them."""
    tables = _Tables(places={act.ref[1]: n for n, act in enumerate(report.acts)})
    acts = _run(_writer(tuple[Act, ...]), report.acts, tables)
    tallies = _run(_writer(tuple[Act, ...]), report.tallies, tables)
    said = _run(_writer(tuple[Said, ...]), report.said, tables)
    outline = _run(_writer(Outline), report.record, tables)
    row = _structure(Party)[1]
    parties = [[_run(_writer(t), getattr(p, n), tables) for n, t in row.items()] for p in tables.numbers]
    whole = [outline, parties, acts, tallies, said, sorted(report.named), sorted(report.stems)]
    return zlib.compress(json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode(), 1)


def unpack(number: int, data: bytes, read: Callable[[], str]) -> Unfolded:
    """The report again. Raises StoreError where the bytes are no such report."""
    try:
        outline, parties, acts, tallies, said, named, stems = json.loads(zlib.decompress(data))
        tables = _Tables()
        steps = [_reader(t) for t in _structure(Party)[1].values()]
        tables.parties = [
            Party(*(_run(s, v, tables) for s, v in zip(steps, p, strict=True))) for p in parties
        ]
        tables.acts = list(_run(_reader(tuple[Act, ...]), acts, tables))
        counts: tuple[Act, ...] = _run(_reader(tuple[Act, ...]), tallies, tables)
        return Unfolded(
            report=number,
            record=_run(_reader(Outline), outline, tables),
            acts=tuple(tables.acts),
            said=_run(_reader(tuple[Said, ...]), said, tables),
            by_id={act.ref[1]: act for act in (*tables.acts, *counts)},
            tallies=counts,
            named=frozenset(map(intern, named)),
            stems=frozenset(map(intern, stems)),
            read=read,
        )
    except (ValueError, TypeError, LookupError, zlib.error) as error:
        raise _unreadable(f"what was weighed of report {number}", error) from error


def packed(kind: Any, value: Any) -> bytes:
    """A value of a type that is made of tuples, sets, words, numbers, days and named fields, as bytes."""
    written = _run(_writer(kind), value, _Tables())
    return zlib.compress(json.dumps(written, ensure_ascii=False, separators=(",", ":")).encode(), 1)


def unpacked(kind: Any, data: bytes) -> Any:
    """The value again. Raises StoreError where the bytes are none."""
    try:
        return _run(_reader(kind), json.loads(zlib.decompress(data)), _Tables())
    except (ValueError, TypeError, LookupError, zlib.error) as error:
        raise _unreadable("who is named in a report", error) from error


@lru_cache(maxsize=1 << 14)
def _day(number: int) -> date:
    """A day; most reports speak of the same ones, which are held once."""
    return date.fromordinal(number)


def _unreadable(what: str, error: Exception) -> StoreError:
    return StoreError(f"{what} cannot be read ({type(error).__name__}); code the reports of the case anew")


def _run(step: Step | None, value: Any, tables: _Tables) -> Any:
    return value if step is None else step(value, tables)


@lru_cache(maxsize=64)
def _structure(kind: type) -> tuple[Callable[..., Any], dict[str, Any]]:
    """How a value of several fields is made, and the types of its fields in order."""
    hints = get_type_hints(kind)
    if is_dataclass(kind):
        return kind, {f.name: hints[f.name] for f in fields(kind)}
    if issubclass(kind, BaseModel):
        names = tuple(kind.model_fields)
        return lambda *row: kind.model_construct(**dict(zip(names, row, strict=True))), {
            n: hints[n] for n in names
        }
    return kind, {n: hints[n] for n in kind._fields}  # type: ignore[attr-defined]


def _plain(kind: Any) -> bool:
    return kind in (str, int, float, bool, type(None)) or get_origin(kind) is Literal


def _inner(kind: Any) -> Any:
    """The type of a value that may be None; the type itself where it may not."""
    if get_origin(kind) in (Union, types.UnionType):
        [one] = [t for t in get_args(kind) if t is not type(None)]
        return one
    return kind


@lru_cache(maxsize=256)
def _writer(kind: Any) -> Step | None:
    """How a value of a type is written; None where it is written as it is."""
    inner = _inner(kind)
    if inner is not kind:
        step = _writer(inner)
        return None if step is None else lambda v, t: None if v is None else step(v, t)
    if _plain(kind):
        return None
    if kind is date:
        return lambda v, t: v.toordinal()
    if kind is Party:
        return lambda v, t: t.numbers.setdefault(v, len(t.numbers))
    if kind is Claim:
        return lambda v, t: (t.places[v.act.ref[1]], v.holds, v.future)
    if get_origin(kind) is frozenset:
        return lambda v, t: sorted(v)
    if get_origin(kind) is tuple:
        return _many(get_args(kind), _writer, list)
    row = [(name, _writer(of)) for name, of in _structure(kind)[1].items()]
    return lambda v, t: [_run(step, getattr(v, name), t) for name, step in row]


@lru_cache(maxsize=256)
def _reader(kind: Any) -> Step | None:
    """How a value of a type is read; None where it is as it was written."""
    inner = _inner(kind)
    if inner is not kind:
        step = _reader(inner)
        return None if step is None else lambda v, t: None if v is None else step(v, t)
    if _plain(kind):
        return None
    if kind is date:
        return lambda v, t: _day(v)
    if kind is Party:
        return lambda v, t: t.parties[v]
    if kind is Claim:
        return lambda v, t: Claim(t.acts[v[0]], v[1], v[2])
    if get_origin(kind) is frozenset:
        return lambda v, t: frozenset(map(intern, v)) if v else _NONE
    if kind in (tuple[str, ...], tuple[str, str]):
        return lambda v, t: tuple(map(intern, v))
    if get_origin(kind) is tuple:
        return _many(get_args(kind), _reader, tuple)
    make, types_ = _structure(kind)
    read = [_reader(_inner(of)) for of in types_.values()]
    steps = [(n, step) for n, step in enumerate(read) if step is not None]
    if not steps:
        return lambda v, t: make(*v)

    def made(v: Any, t: _Tables) -> Any:
        row = list(v)
        for n, step in steps:
            if (value := row[n]) is not None:
                row[n] = step(value, t)
        return make(*row)

    return made


def _many(args: tuple[Any, ...], way: Callable[[Any], Step | None], into: Callable[[Any], Any]) -> Step:
    """The step for ``tuple[X, ...]`` and ``tuple[X, Y]``."""
    if args[-1] is ...:
        step = way(args[0])
        if step is None:
            return lambda v, t: into(v)
        return lambda v, t: into([step(x, t) for x in v])
    steps = [way(of) for of in args]
    if not any(steps):
        return lambda v, t: into(v)
    return lambda v, t: into([_run(s, x, t) for s, x in zip(steps, v, strict=True)])
