"""Memory in a long computation that makes millions of small values and few cycles.

Python's collector goes through everything that is held again and again while a large case is weighed, which
took a third of the time; what is dropped is freed without it, but for the few values in cycles.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")
_EVERY = 1024


@contextmanager
def uncollected() -> Iterator[None]:
    """No collection but by :func:`swept`; afterwards everything is as it was."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def swept(items: Iterable[T]) -> Iterator[T]:
    """The items; what was made and dropped in cycles since the last few is freed on the way."""
    for number, item in enumerate(items, 1):
        yield item
        if number % _EVERY == 0:
            gc.collect(0)
