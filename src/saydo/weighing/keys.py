"""Keys by which reports find each other, as 64-bit digests: what they stand for is told apart by its words.

Two keys that fall together by chance make two reports be compared for nothing; they never make a finding.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from hashlib import blake2b

from saydo.model.dates import Interval

_SPELL = 128
"""Days that one key of time spans."""
_MOST = 24
"""Spells above which a time is looked up by longer ones."""
_LONGER = 32
"""Spells in a longer one."""
_LONGEST = 73_000
"""Days above which a time counts as any."""
ANY = "any"


@lru_cache(maxsize=1 << 17)
def key_of(*parts: object) -> int:
    """The key of some words, numbers and days."""
    joined = "\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(joined, digest_size=8).digest(), "big", signed=True)


def rests_on(family: str, *lookup: object) -> int:
    """The key of all reports whose outcome under a family of rules rests on one lookup."""
    return key_of("rests", family, *lookup)


def spells(at: Interval) -> Iterator[int | str]:
    """The spells of days that a time touches: longer ones for a long time, ``any`` for an open one."""
    if at.start is None or at.end is None:
        yield ANY
        return
    first, last = at.start.toordinal() // _SPELL, at.end.toordinal() // _SPELL
    if last - first < _MOST:
        yield from range(first, last + 1)
    else:
        yield from _longer(first, last)


def all_spells(at: Interval) -> Iterator[int | str]:
    """The spells of a time however long it is, the longer ones, and ``any``."""
    yield ANY
    first = (at.start.toordinal() if at.start else 1) // _SPELL
    last = (at.end.toordinal() if at.end else 3_652_059) // _SPELL
    yield from range(first, last + 1)
    yield from _longer(first, last)


def long_spells(at: Interval) -> tuple[str, ...]:
    """The longer spells that a time touches; ``any`` for an open one, and one of centuries."""
    if at.start is None or at.end is None or (at.end - at.start).days > _LONGEST:
        return (ANY,)
    return tuple(_longer(at.start.toordinal() // _SPELL, at.end.toordinal() // _SPELL))


def _longer(first: int, last: int) -> Iterator[str]:
    return (f"long {n}" for n in range(first // _LONGER, last // _LONGER + 1))


_LEAF, _BLOCK = 256, 4096
"""Days of the fine and of the coarse stretches by which conduct is looked up."""
_FIRST, _LAST = date(1800, 1, 1).toordinal(), date(3000, 1, 1).toordinal()
_EVER = "ever"


def stretches_of(day: date) -> tuple[str, ...]:
    """The stretches of time under which conduct that began on a day is found; any two of them are never asked
    for together, see :func:`stretches_within`."""
    number = day.toordinal()
    if not _FIRST <= number <= _LAST:
        return (_EVER,)
    return f"l{number // _LEAF}", f"b{number // _BLOCK}"


def stretches_within(after: date, until: date) -> Iterator[str]:
    """The stretches that cover some days, no day twice; those outside of all centuries that reports tell of
    go together."""
    yield _EVER
    first, last = max(after.toordinal(), _FIRST) // _LEAF, min(until.toordinal(), _LAST) // _LEAF
    ratio = _BLOCK // _LEAF
    while first <= last:
        if first % ratio == 0 and first + ratio - 1 <= last:
            yield f"b{first // ratio}"
            first += ratio
        else:
            yield f"l{first}"
            first += 1
