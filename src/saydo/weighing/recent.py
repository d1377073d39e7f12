"""What was used of late: a mapping that forgets the longest unused first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Recent(Generic[K, V]):
    """Keeps at most ``most`` values."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[K, V] = OrderedDict()

    def get(self, key: K, default: V | None = None) -> V | None:
        """The value, now the latest used; the default where it is not held."""
        if key not in self._held:
            return default
        self._held.move_to_end(key)
        return self._held[key]

    def put(self, key: K, value: V) -> V:
        """Keeps a value and gives it back."""
        self._held[key] = value
        self._held.move_to_end(key)
        if len(self._held) > self._most:
            self._held.popitem(last=False)
        return value

    def pop(self, key: K) -> V | None:
        """Forgets a value and gives it; None where it was not held."""
        return self._held.pop(key, None)
