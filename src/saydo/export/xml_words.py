"""Text for XML: escaped, and without the characters that no XML 1.0 file may hold."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def sound(text: str) -> str:
    """Text with a replacement character for each that XML cannot hold."""
    return _FORBIDDEN.sub("\ufffd", text)


def element(name: str, text: str | float | bool, /, **attributes: str | float | bool | None) -> str:
    """``<name a="b">text</name>``."""
    return f"{opening(name, **attributes)}{escape(sound(_plain(text)))}</{name}>"


def opening(name: str, /, **attributes: str | float | bool | None) -> str:
    """``<name a="b">``; an attribute that is None is left out, a trailing underscore of a name is cut."""
    return f"<{name}{_attributes(attributes)}>"


def empty(name: str, /, **attributes: str | float | bool | None) -> str:
    """``<name a="b"/>``."""
    return f"<{name}{_attributes(attributes)}/>"


def _attributes(attributes: dict[str, str | float | bool | None]) -> str:
    return "".join(
        f" {name.rstrip('_')}={quoteattr(sound(_plain(value)))}"
        for name, value in attributes.items()
        if value is not None
    )


def _plain(value: str | float | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
