"""What every request of one server shares: the case, the settings, the key that signs its tokens."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from fastapi import Request

from saydo import desk
from saydo.model.store import CaseStore
from saydo.web.settings import Settings


@dataclass(frozen=True, slots=True)
class Room:
    """One case, being worked on. Requests run in threads: each opens the case for itself and closes it."""

    case: Path
    settings: Settings
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    """Signs what the browser hands back; a new one each time the server starts."""

    @staticmethod
    def of(request: Request) -> Room:
        """The room that a request is answered in."""
        return cast(Room, request.app.state.room)

    @property
    def name(self) -> str:
        """The case's name: that of its folder."""
        return self.case.resolve().name

    @contextmanager
    def open(self) -> Iterator[CaseStore]:
        """The case, to read. Raises StoreError."""
        store = desk.open_case(self.case)
        try:
            yield store
        finally:
            store.close()

    def sign(self, *parts: str) -> str:
        """A signature that nobody without this server's key can make."""
        return hmac.new(self.key, "\0".join(parts).encode("utf-8"), hashlib.sha256).hexdigest()
