"""Several that weigh a case come to the same as one, and the ledger holds the same in the end."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from test_weighing_choices import on, on_events, undo
from test_weighing_contested import told
from test_weighing_increments import BOOK, BY_ID, POOL, called, cut, steps
from weighing_case import Growing, at_once

from saydo.model.choices import Choices
from saydo.weighing import WeighedReport
from saydo.weighing.decided import Decided
from saydo.weighing.engine import ASKED, FAMILIES
from saydo.weighing.near import Finding
from saydo.weighing.session import Session


@contextmanager
def growing(hands: int) -> Iterator[Growing]:
    case = Growing(BOOK, hands)
    try:
        yield case
    finally:
        case.close()


@settings(max_examples=30, deadline=None)
@given(steps)
def test_whatever_comes_and_goes(portions: list[list[tuple[str, int]]]) -> None:
    """As :mod:`test_weighing_increments` has it for one."""
    held: dict[str, WeighedReport] = {}
    with growing(0) as one, growing(2) as several:
        for portion in portions:
            changes: list[tuple[str, WeighedReport | None]] = []
            for id, how in portion:
                report = None if how < 0 else BY_ID[id] if how == 4 else cut(BY_ID[id], how)
                if report is None and id not in held:
                    continue
                changes.append((id, report))
                held.pop(id, None)
                if report is not None:
                    held[id] = report
            assert one.update(changes) == several.update(changes)
            assert several.whole() == at_once(list(held.values()), BOOK)
            assert several.content() == one.content()


@pytest.mark.parametrize("together", [1, 2, 7, 20, len(POOL)])
@pytest.mark.parametrize("hands", [1, 3])
def test_every_order_and_size_of_portions(hands: int, together: int) -> None:
    order = list(BY_ID)
    random.Random(hands * 100 + together).shuffle(order)
    with growing(hands) as case, growing(0) as one:
        for start in range(0, len(order), together):
            for each in (case, one):
                each.update([(id, BY_ID[id]) for id in order[start : start + together]])
        assert case.whole() == at_once(POOL, BOOK)
        assert case.content() == one.content()


@pytest.mark.parametrize("together", [9, 100])
def test_a_case_that_grows_large_is_weighed_as_a_large_one(together: int) -> None:
    """Which words are rare is asked of all of it, also of what the portion brings."""
    more = {f"x{n}": called(f"x{n}", told(f"the mill of Anten{n} ground rye and oats")) for n in range(40)}
    order = [*BY_ID.items(), *more.items()]
    random.Random(together).shuffle(order)
    with growing(2) as case:
        for start in range(0, len(order), together):
            case.update(order[start : start + together])
        assert case.whole() == at_once([*BY_ID.values(), *more.values()], BOOK)
        case.update([(id, None) for id in more])
        assert case.whole() == at_once(POOL, BOOK)


def test_what_people_decide_is_followed_and_what_they_undo_is_not() -> None:
    held = {id: BY_ID[id] for id in ("p1", "s1", "a1", "a2", "d4")}
    before = at_once(list(held.values()), BOOK)
    broken = next(d for d in before.discrepancies if d.kind == "commitment")
    made = (
        on("reject", broken, list(held.values()), 1),
        on_events("not-same-event", held["a1"], held["a2"], number=2),
        undo(3, 1),
        on_events("same-event", held["a1"], held["d4"], number=4),
    )
    with growing(2) as case:
        case.update(list(held.items()))
        for count in range(1, len(made) + 1):
            choices = Choices(made[:count])
            case.decide(Decided.of(choices, {id: r.record for id, r in held.items()}))
            case.update(list(held.items()))
            assert case.whole() == at_once(list(held.values()), BOOK, choices), f"decision {count}"


def test_rules_that_ask_for_conduct_meet_nobody() -> None:
    """Else several could not let them be found before they are weighed."""
    case = Growing(BOOK)
    case.update(list(BY_ID.items()))
    session = Session(case.ledger, BOOK, Decided())
    for number in range(1, len(BY_ID) + 1):
        near = Finding(session, session.report(number), ASKED)
        FAMILIES[ASKED](near.here)
        near.close()
        assert not near.findable
