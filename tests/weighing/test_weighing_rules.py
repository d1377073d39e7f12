"""The weighing rules as data: every kind has one, says what it cautions against, and can be read."""

from __future__ import annotations

import pytest

from saydo.codebook import load
from saydo.codebook.opposition import Doing, Oppositions, number, table, words
from saydo.model.errors import CodebookError

BOOK = load()
KINDS = ("commitment", "denial", "account", "position", "tie")
DEEDS = {c.removeprefix("deed-").removeprefix("noun-") for c in BOOK.cues if c.startswith("deed-")}
THERE = "do:be-there"  # read off a preposition, not off a list
TYPES = {*BOOK.events, THERE, *(f"tie:{t}" for t in BOOK.ties), *(f"do:{d}" for d in DEEDS)}
"""Event types, ties, and lists of words for one doing."""


def test_every_kind_has_a_rule_with_cautions_and_examples() -> None:
    assert set(BOOK.rules) == set(KINDS)
    for rule in BOOK.rules.values():
        assert rule.definition and rule.cautions
        assert len(rule.positive) >= 3 and len(rule.negative) >= 3
        assert 0 < number(rule, "floor") < 1


@pytest.mark.parametrize(
    ("rule", "parameter"),
    [("commitment", p) for p in ("opposites", "lasting", "binding")]
    + [("tie", "rules-out"), ("tie", "excludes"), ("position", "verbal")],
)
def test_tables_speak_of_types_that_exist(rule: str, parameter: str) -> None:
    for left, right in table(BOOK.rules[rule], parameter).items():
        for pattern in (left, *right):
            type_, _, mode = pattern.partition(".")
            assert type_ in TYPES
            assert not mode or pattern in BOOK.modes


def test_words_for_one_doing_or_thing_stand_in_one_list() -> None:
    for kind in ("deed-", "deed-noun-", "thing-"):
        held: dict[str, str] = {}
        for name, entry in BOOK.cues.items():
            verb = kind == "deed-" and name.startswith("deed-noun-")
            if not name.startswith(kind) or verb or name == "deed-empty":
                continue
            for phrase in entry.phrases:
                assert held.setdefault(phrase, name) == name, phrase


def test_families_speak_of_types_that_exist() -> None:
    for family in table(BOOK.rules["commitment"], "families").values():
        for pattern in family:
            type_, _, mode = pattern.partition(".")
            assert type_ in TYPES
            assert not mode or pattern in BOOK.modes


def test_what_is_the_same_and_what_goes_against_it() -> None:
    o = Oppositions.of(BOOK)
    attack, shelling, arrest = Doing("ASSAULT"), Doing("ASSAULT", "heavy-weapons"), Doing("COERCE", "arrest")
    assert o.same(attack, shelling) and o.same(shelling, Doing("ASSAULT", "aerial"))
    assert not o.same(shelling, Doing("ASSAULT", "abduct")) and not o.same(attack, arrest)
    assert o.same(Doing("AID"), Doing("tie:sponsorship"))
    assert o.opposite(Doing("RETREAT", "release"), arrest)
    assert o.breaks(Doing("RETREAT", "ceasefire"), shelling) and not o.binds(Doing("RETREAT", "withdraw"))
    assert o.ruled_out(Doing("tie:contact"), Doing("tie:command"))
    assert not o.ruled_out(Doing("tie:command"), Doing("tie:contact"))
    assert o.exclusive(Doing("tie:alliance"), Doing("tie:rivalry"))
    assert o.lasts(Doing("RETREAT", "withdraw"), Doing("tie:presence"))


@pytest.mark.parametrize(
    "doing", [Doing("ASSAULT"), Doing("AID"), Doing("RETREAT", "release"), Doing("tie:contact")]
)
def test_the_types_to_look_for_hold_all_that_matches(doing: Doing) -> None:
    o = Oppositions.of(BOOK)
    every = [Doing(t) for t in TYPES] + [Doing(m.type, m.mode) for m in BOOK.modes.values()]
    for other in every:
        if o.same(doing, other):
            assert other.type in o.types_covered(doing)
        if o.opposite(doing, other) or o.breaks(doing, other):
            assert other.type in o.types_against(doing)
        if o.ruled_out(doing, other):
            assert other.type in o.types_ruled_out(doing)
        if o.ruled_out(other, doing):
            assert other.type in o.types_denying(doing)
        if o.lasts(doing, other):
            assert other.type in o.types_lasting(doing)
        if o.exclusive(doing, other):
            assert other.type in o.types_excluded(doing)


def test_a_missing_rule_or_parameter_is_named() -> None:
    with pytest.raises(CodebookError, match=r"rules/commitment\.yaml: no such rule"):
        Oppositions.of(BOOK.model_copy(update={"rules": {}}))
    with pytest.raises(CodebookError, match=r"parameters\.conditions: expected a number"):
        number(BOOK.rules["commitment"], "conditions")
    with pytest.raises(CodebookError, match=r"parameters\.floor: expected a list"):
        words(BOOK.rules["commitment"], "floor")
    with pytest.raises(CodebookError, match=r"parameters\.floor: expected a mapping"):
        table(BOOK.rules["commitment"], "floor")
