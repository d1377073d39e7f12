"""Cursors in addresses, so that a link to the middle of a list shows the same rows to everybody."""

from __future__ import annotations

import base64
import binascii
import json

from saydo.model.errors import InputError
from saydo.model.lookups import Cursor

_LARGEST = 2**63 - 1


def encode(cursor: Cursor | None) -> str | None:
    """A cursor as a word for an address; None for None."""
    if cursor is None:
        return None
    text = json.dumps([cursor.back, *cursor.values], ensure_ascii=True, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode("ascii")).decode("ascii").rstrip("=")


def decode(word: str | None) -> Cursor | None:
    """The cursor of an address; None where it has none. Raises InputError for one that saydo did not make."""
    if not word:
        return None
    try:
        held = json.loads(base64.b64decode(word + "=" * (-len(word) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        held = None
    if not isinstance(held, list) or not held or not isinstance(held[0], bool):
        raise InputError("this link leads nowhere in the list; start the list from its beginning")
    back, *values = held
    for value in values:
        number = isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _LARGEST
        if not (number or isinstance(value, (str, float))):
            raise InputError("this link leads nowhere in the list; start the list from its beginning")
    return Cursor(tuple(values), back)
