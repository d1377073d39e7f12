"""Plain text: exactly as it stands, less a byte order mark and front matter."""

from __future__ import annotations

from saydo.intake import frontmatter
from saydo.intake.decode import Decoded, decode
from saydo.intake.source import Clean, Facts, Source


def read(data: bytes, source: Source) -> Clean:
    """The text of a ``.txt`` file, its line ends and spaces untouched."""
    decoded = decode(data, source.charset)
    facts, text = frontmatter.split(decoded.text)
    return Clean(text, noted(facts, decoded))


def noted(facts: Facts, decoded: Decoded) -> Facts:
    """The facts with the encoding noted where it was not UTF-8, and what could not be decoded."""
    if decoded.encoding != "utf-8":
        facts = facts.noting(("encoding", decoded.encoding))
    return facts.noting(("encoding_damage", decoded.damage)) if decoded.damage else facts
