"""What is said to be gone and still does something, and what evidence tells behind a colon: with the real reader."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (
            "General Perin claims that the Kestrels were disbanded in 1999. But they still draw their pay at his "
            "headquarters.",
            "they still draw their pay",
        ),
        (
            "Moscow says its troops have left the port of Poti. Yet Russian soldiers were still digging trenches at "
            "the port's main gate.",
            "still digging trenches",
        ),
        (
            "The utility claims that tap water in Delmore is safe. Its own tests show otherwise: lead "
            "exceeded the limit in 31 of 40 samples.",
            "lead",
        ),
        (
            "The Hill Front insists that it has released all children. Monitors found the contrary: it recruited 41 "
            "more in October.",
            "it recruited 41",
        ),
    ],
)
def test_what_tells_otherwise_is_flagged(record, text: str, quote: str) -> None:
    [found] = [d for d in record(text).discrepancies if d.basis == "flagged"]
    assert quote in (found.against[0].quote or "")


@pytest.mark.parametrize(
    "text",
    [
        "The cooperative was dissolved in 1981, its chairman says. But the old shed still stands behind the church.",
        "The army says its troops have left the port of Poti. But soldiers were still digging trenches at Vardan.",
        "The utility claims that tap water in Delmore is safe: it has tested the water since May.",
    ],
)
def test_other_things_that_still_stand_gainsay_nothing(record, text: str) -> None:
    assert not record(text).discrepancies
