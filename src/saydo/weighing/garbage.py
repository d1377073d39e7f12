"""Memory in a long computation that makes millions of small values and none in circles.

Python's collector goes through everything that is held again and again while a large case is weighed, which
took a third of the time; what is dropped is freed without it. A test holds that nothing is left for it.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """No collection; afterwards everything is as it was."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
