"""Reports that come as lines of JSON from elsewhere than a file of this machine, one line at a time."""

from __future__ import annotations

import io
from typing import BinaryIO

from saydo.intake import sniff
from saydo.intake.kinds import jsonl
from saydo.intake.limits import Limits
from saydo.intake.parsers import Nowhere, gave_up
from saydo.intake.results import Intaken, Skipped
from saydo.intake.source import Parses, Source
from saydo.intake.streams import Gunzip, buffered

_DEFAULT = Limits()


def read_line(
    data: bytes, origin: str, *, name: str = "", limits: Limits = _DEFAULT, parser: Parses | None = None
) -> Intaken | Skipped | None:
    """The report in one line of a JSONL file, or why there is none; None for a line with nothing in it.

    ``origin`` is where the line stands, for a person; ``name`` the name of its file, which may say a date.
    """
    if not data.strip(b" \t\r\n\xef\xbb\xbf"):
        return None
    source = Source(origin, name, limits, Nowhere(), sniff.JSONL, parser=parser)
    try:
        for item in jsonl.read(io.BytesIO(data), source):
            return item if isinstance(item, Intaken) else Skipped(origin, item.reason, item.harmless)
    except Exception as err:
        return Skipped(origin, gave_up(err))
    return None


def unpacked(stream: BinaryIO, limits: Limits = _DEFAULT) -> BinaryIO:
    """What a gzip stream holds; reading it raises InputError where it is damaged or unpacks without end."""
    return buffered(Gunzip(stream, limits.max_ratio))
