"""Groups that no codebook knows: introduced in a paragraph, then followed under all their names.

The paragraphs lie beside this file. Half of them are blind: written before anybody looked at what the code made
of them, and no rule was made for one; they say how well the rules carry over.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from saydo.codebook import load
from saydo.linking import link
from saydo.model.document import Document
from saydo.model.linked import LinkedReading
from saydo.model.records import Actor

pytestmark = pytest.mark.model

CASES = yaml.safe_load(Path(__file__).with_name("introduced_groups.yaml").read_text(encoding="utf-8"))


class Told(NamedTuple):
    """One thing that a careful reader knows of the group, and whether saydo does."""

    case: str
    blind: bool
    what: str
    known: bool


@cache
def linked() -> dict[str, LinkedReading]:
    from saydo.reading import load_reader

    documents = [Document(case["id"], case["text"], date="2016-10-01") for case in CASES]
    return {r.document.id: link(r, load()) for r in load_reader().read_all(documents)}


def group(case: dict[str, object], found: LinkedReading) -> Actor | None:
    """The actor with the name of the group, or with that name among its aliases."""
    return next((a for a in found.actors if case["name"] in (a.name, *a.aliases)), None)


def place_of(words: str, text: str) -> tuple[int, int]:
    bare, _, number = words.partition("#")
    hits = [m.span() for m in re.finditer(rf"\b{re.escape(bare)}\b", text)]
    return hits[int(number or 1) - 1]


@cache
def told() -> list[Told]:
    made = []
    for case in CASES:
        found = linked()[case["id"]]
        actor = group(case, found)
        blind = bool(case.get("blind"))
        made.append(Told(case["id"], blind, "name", actor is not None))
        made.append(
            Told(case["id"], blind, "country", actor is not None and actor.country == case["country"])
        )
        made.append(Told(case["id"], blind, "sector", actor is not None and actor.sector in case["sector"]))
        tokens = found.reading.tokens
        for words in case["forms"]:
            start, end = place_of(words, case["text"])
            held = [m for m in found.mentions if start <= tokens[m.head].start < end]
            same = actor is not None and any(m.actor == actor.id for m in held)
            made.append(Told(case["id"], blind, words, same))
    return made


def share(blind: bool) -> tuple[float, str]:
    asked = [t for t in told() if t.blind is blind]
    missed = [f"{t.case}: {t.what}" for t in asked if not t.known]
    return 1 - len(missed) / len(asked), "\n".join(missed)


def test_there_are_enough_paragraphs_and_as_many_blind_ones_as_fourteen() -> None:
    assert len(CASES) >= 25
    assert sum(bool(case.get("blind")) for case in CASES) >= 14


def test_unknown_groups_get_country_and_sector_and_are_followed() -> None:
    known, missed = share(blind=False)
    assert known >= 0.95, missed


def test_the_rules_carry_over_to_paragraphs_that_they_were_not_made_for() -> None:
    known, missed = share(blind=True)
    assert known >= 0.7, missed


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_what_is_inferred_comes_with_its_reason(case: dict[str, object]) -> None:
    actor = group(case, linked()[str(case["id"])])
    if actor is not None:
        assert actor.resolved_by in ("introduced", "name")
        assert actor.reason
        if actor.country is not None and actor.resolved_by == "introduced":
            assert re.search("introduced as|taken to be of|its people|said to be", actor.reason), actor.reason
