"""What nobody stands for: words that a speaker puts into the mouths of others ("They write that we fired"),
and charges of which the same sentence says that they could not be borne out."""

from __future__ import annotations

import re

from saydo.model.ids import fold
from saydo.weighing.acts import Act, Said, Unfolded

_SOMEBODY = frozenset("they people some others many you everybody everyone somebody someone critics".split())
_VERIFIED = r"(?:corroborat|verif|confirm|substantiat|authenticat)"
_UNPROVEN = re.compile(
    r"\b(?:unable to|could not|couldn['’]t|cannot|can not|not able to|failed to)\s+(?:\w+ly\s+)?"
    rf"(?:be\s+)?(?:\w+ly\s+)?{_VERIFIED}\w*\b|\b(?:uncorroborated|unsubstantiated)\b"
)


def hearsay(report: Unfolded, act: Act) -> bool:
    """Whether a report tells of an act only what others are said to say, or what could not be confirmed."""
    if act.via is None:
        return False
    told = next((s for s in report.said if s.ref == act.via), None)
    if told is not None and told.speaker is None and _anybody(told) and _inside(report, told):
        return True
    return _UNPROVEN.search(report.quote(act.sentence).lower()) is not None


def _anybody(told: Said) -> bool:
    return fold(told.called or told.speaker_name) in _SOMEBODY


def _inside(report: Unfolded, told: Said) -> bool:
    """Whether a statement stands within the words of another speaker."""
    first = told.content[0][0]
    return any(a <= first < b for s in report.said if s.ref != told.ref for a, b in s.content)
