"""One that weighs from a copy of the case, as on another machine, keeps it in step by what it is told."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from test_weighing_increments import BOOK, BY_ID, cut
from weighing_case import Growing, Pickled, at_once

from saydo.desk.copied import chunks
from saydo.desk.team_on_ray import Actor
from saydo.store.ledger import SqliteLedger
from saydo.weighing import WeighedReport
from saydo.weighing.decided import Decided
from saydo.weighing.hand import Alone, Hand
from saydo.weighing.portion import News, Task


class Remote(Alone):
    """An actor, without a cluster."""

    def __init__(self, case: Growing) -> None:
        self.actor = Actor()
        assert case._folder is not None
        for chunk in chunks(Path(case._folder.name)):
            self.actor.take(chunk)
        self.actor.open(None, BOOK)
        copy = self.actor._copy
        assert copy is not None and copy._db is not None
        # reports and records come from the test; the ledger is that of the copy
        self.actor._hand = Hand(SqliteLedger(copy._db), BOOK, case._due, lambda id: None)

    def hear(self, news: News) -> None:
        self.actor.hear(news)

    def do(self, task: Task) -> tuple[object, ...]:
        return self.actor.do(task)


@pytest.mark.parametrize("seed", range(4))
def test_a_copy_that_hears_of_every_portion_is_as_good_as_the_case(seed: int) -> None:
    """Reports come, are coded anew and go; what the actor says stays what the case itself would say."""
    chance = random.Random(seed)
    held: dict[str, WeighedReport] = {}
    case, one = Growing(BOOK, 1), Growing(BOOK)
    try:
        for each in (case, one):  # a copy has the texts of all reports
            each.update(list(BY_ID.items()))
            each.update([(id, None) for id in BY_ID])
        case.hands = Pickled([Remote(case)])  # type: ignore[list-item]
        case.decide(Decided())
        for _ in range(7):
            changes: list[tuple[str, WeighedReport | None]] = []
            for id in chance.sample(sorted(BY_ID), 12):
                if chance.random() < 0.3 and id in held:
                    changes.append((id, None))
                    del held[id]
                else:
                    how = chance.choice((0, 3, 4, 4, 4))
                    held[id] = BY_ID[id] if how == 4 else cut(BY_ID[id], how)
                    changes.append((id, held[id]))
            assert case.update(changes) == one.update(changes)
            assert case.whole() == at_once(list(held.values()), BOOK)
            assert case.content() == one.content()
    finally:
        case.hands._hands[0].actor.end()  # type: ignore[attr-defined]
        case.close()
        one.close()
