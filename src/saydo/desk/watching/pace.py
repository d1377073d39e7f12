"""When to ask again: a feed's own pace, what a server asks for, and waiting longer after each failure."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from saydo.model.errors import InputError

LEAST = 300.0
"""Seconds between two visits to a feed, whatever is asked for."""
MOST = 86_400.0
"""Seconds after which a feed, a host or an address is tried again at the latest."""
_SPAN = re.compile(r"(\d{1,6})\s*([smhd]?)")
_UNITS = {"s": 1.0, "m": 60.0, "": 60.0, "h": 3600.0, "d": 86_400.0}


def seconds_of(text: str) -> float:
    """``90s``, ``15m``, ``2h``, ``1d``; a number alone is minutes. Raises InputError for anything else, and
    for less than five minutes."""
    found = _SPAN.fullmatch(text.strip().lower())
    if found is None:
        raise InputError(f"{text!r} is no span of time; write 15m, 2h or 1d")
    seconds = int(found[1]) * _UNITS[found[2]]
    if seconds < LEAST:
        raise InputError(f"{text!r} is too often; feeds are asked every {LEAST / 60:g} minutes at most")
    return seconds


def after(every: float, feed: float, asked: float) -> float:
    """Seconds until a feed is asked again: no sooner than the user, the feed and the server want."""
    return max(every, LEAST, min(max(feed, asked), MOST))


def back_off(failures: int, asked: float, chance: float, least: float = LEAST) -> float:
    """Seconds to wait after so many failures one after the other: twice as long each time, up to a day, and
    by ``chance`` (0 to 1) up to a half less, so that not all come back at once. No sooner than was asked."""
    doubled = min(least * 2.0 ** min(max(failures, 1) - 1, 20), MOST)
    return max(min(asked, MOST), doubled * (1.0 - 0.5 * chance))


def retry_after(value: str, now: float) -> float:
    """Seconds that a header ``Retry-After`` asks for, in either of its forms; 0 where it says nothing."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        at = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return 0.0
    return max(0.0, at.replace(tzinfo=at.tzinfo or UTC).timestamp() - now)


def max_age(value: str) -> float:
    """Seconds for which a header ``Cache-Control`` says that nothing will change; 0 where it says nothing."""
    found = re.search(r"max-age=(\d{1,9})", value)
    return float(found[1]) if found and "no-cache" not in value and "no-store" not in value else 0.0


def clock_words(at: float) -> str:
    """A time as ISO 8601, UTC, to the second."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
