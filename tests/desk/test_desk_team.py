"""Several processes weigh a case: the same case, whatever becomes of them."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from lab import kill_case
from saydo import codebook
from saydo.apart import Child, Gone
from saydo.desk import byreport, run
from saydo.desk.corridor import corridor
from saydo.desk.derive import derive
from saydo.desk.run import Settings
from saydo.desk.scale import Answer, Place, Ready
from saydo.desk.team import Children, Hire, Team, here
from saydo.model.errors import SaydoError
from saydo.store import SqliteStore
from saydo.store.ledger import LEDGER
from saydo.weighing.portion import Begun, Bring, Change, Hands, Meet, News, Over, Task


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    return kill_case.write_reports(tmp_path / "inbox", 44)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Portions of seven reports, so that there are many, and nothing too little for several."""
    monkeypatch.setattr(byreport, "FRESH", 7)
    monkeypatch.setattr(byreport, "TOGETHER", 7)
    monkeypatch.setattr(byreport, "WORTH", 1)


BOOK = codebook.load()


def content(case: Path) -> tuple[str, dict[str, list[Any]]]:
    """All that a case holds, the ledger of weighing with it."""
    with SqliteStore.for_reading(case) as store:
        dump = store.dump()
    with sqlite3.connect(case / "case.db") as db:
        return dump, {
            table: db.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in LEDGER
        }


def made(inbox: Path, case: Path, workers: int = 1) -> tuple[str, dict[str, list[Any]]]:
    settings = Settings(workers=workers)
    run([str(inbox)], case, kill_case.reader(), BOOK, settings=settings)
    return content(case)


def anew(case: Path, hire: Hire | None) -> tuple[str, dict[str, list[Any]]]:
    """Weighs all of a case by somebody new."""
    with SqliteStore.for_writing(case) as store:
        store.put_derived(derive(store, BOOK, corridor(), "somebody new", hire=hire), "somebody new")
    return content(case)


def hiring(team: Callable[[], Team]) -> Hire:
    @contextmanager
    def hire() -> Iterator[Hands]:
        made = team()
        try:
            yield made
        finally:
            made.close()

    return hire


@pytest.mark.parametrize("workers", [2, 3])
def test_a_case_weighed_by_several_is_the_same_case(inbox: Path, tmp_path: Path, workers: int) -> None:
    """To the last key of the ledger, so that what is weighed later is the same, too."""
    alone = made(inbox, tmp_path / "1" / "case")
    assert alone[1]["weighing_pairs"]
    assert made(inbox, tmp_path / "2" / "case", workers) == alone


class Murderous(Children):
    """Kills the process to which the n-th message goes."""

    def __init__(self, place: Place, strike: int) -> None:
        super().__init__(place)
        self.left = strike
        self.hired: list[Child] = []

    def hire(self) -> Child:
        self.hired.append(super().hire())
        return self.hired[-1]

    def send(self, hand: Child, message: News | Task) -> None:
        self.left -= 1
        super().send(hand, message)
        if self.left == 0:
            os.kill(hand.pid, signal.SIGKILL)


@pytest.mark.parametrize("strike", [1, 9, 24, 43])
def test_a_process_that_is_killed_costs_nothing(inbox: Path, tmp_path: Path, strike: int) -> None:
    """Whether it is at reading, finding or weighing; the one in its place is told what holds."""
    case = tmp_path / "case"
    made(inbox, case)
    alone = anew(case, None)
    posts: list[Murderous] = []

    def team() -> Team:
        posts.append(Murderous(Place(case, BOOK), strike))
        return Team(posts[0], 2)

    made(inbox, case)
    assert anew(case, hiring(team)) == alone
    assert len(posts[0].hired) == 3
    assert all(child._process.poll() is not None for child in posts[0].hired)


def test_a_run_that_is_stopped_while_several_weigh_is_gone_on_with(inbox: Path, tmp_path: Path) -> None:
    case = tmp_path / "case"
    made(inbox, case)
    alone = anew(case, None)
    made(inbox, case)
    place = Place(case, BOOK)

    class Dying(Children):
        def send(self, hand: Child, message: News | Task) -> None:
            if isinstance(message, Meet) and portions.popleft():
                raise KeyboardInterrupt
            super().send(hand, message)

    portions = deque([False, False, False, False, True])
    with pytest.raises(KeyboardInterrupt):
        anew(case, hiring(lambda: Team(Dying(place), 2)))
    with SqliteStore.for_reading(case) as store:
        assert 0 < len(store.due()) < 44
    assert anew(case, here(place, 2)) == alone


class Scripted:
    """A post in this process: hands repeat their tasks, and die of some."""

    def __init__(self, deadly: Callable[[Task], bool], ready: bool = True) -> None:
        self._deadly, self._ready = deadly, ready
        self._said: deque[tuple[int, Any]] = deque()
        self.heard: dict[int, list[Any]] = {}
        self.gone: set[int] = set()

    def hire(self) -> int:
        hand = len(self.heard)
        self.heard[hand] = []
        self._said.append((hand, Ready() if self._ready else Gone("it was killed by SIGKILL")))
        return hand

    def send(self, hand: int, message: News | Task) -> None:
        self.heard[hand].append(message)
        if not isinstance(message, Bring) or hand in self.gone:
            return
        if self._deadly(message):
            self.gone.add(hand)
            self._said.append((hand, Gone("it was killed by SIGKILL")))
        else:
            self._said.append((hand, Answer(message.numbers)))

    def hear(self) -> Sequence[tuple[int, Any]]:
        return [self._said.popleft()] if self._said else []

    def dismiss(self, hand: int) -> None:
        self.gone.add(hand)


def asked(team: Team, count: int) -> list[int]:
    return [n for answer in team.ask([Bring((n,)) for n in range(count)]) for n in answer]


def test_answers_come_in_the_order_of_the_questions() -> None:
    assert asked(Team(Scripted(lambda task: False), 3), 20) == list(range(20))


def test_one_that_comes_later_hears_what_still_holds_and_no_more() -> None:
    struck: list[Task] = []

    def once(task: Task) -> bool:
        if not struck and task == Bring((1,)):
            struck.append(task)
            return True
        return False

    post = Scripted(once)
    team = Team(post, 2)
    begun = Begun(None, None)  # type: ignore[arg-type]
    changes = [Change(*[n] * 10) for n in (1, 2)]  # type: ignore[arg-type]
    meets = [Meet(n, n) for n in (1, 2)]  # type: ignore[arg-type]
    for news in (begun, changes[0], meets[0], Over(), changes[1], meets[1]):
        team.tell(news)
    assert asked(team, 6) == list(range(6))
    assert post.heard[2][:3] == [begun, changes[1], meets[1]]


def test_reports_over_which_two_processes_die_end_the_run() -> None:
    with pytest.raises(SaydoError, match=r"died twice over the same reports .*SIGKILL"):
        asked(Team(Scripted(lambda task: task == Bring((3,))), 2), 6)


def test_processes_that_never_come_up_are_not_started_for_ever() -> None:
    with pytest.raises(SaydoError, match="no process that weighs comes up"):
        asked(Team(Scripted(lambda task: False, ready=False), 2), 6)
