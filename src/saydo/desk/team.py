"""Those that weigh for one process: given tasks, told news, replaced when they die.

Tasks are given out in as many stretches as there are hands, so that a hand weighs reports that lie beside
each other and has at hand what it read of them before; who is done first helps whoever has the most left. A
hand that dies is replaced; the new one is told what still holds, and asked what the dead one was asked.
"""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any, Protocol

from saydo.apart import Child, Gone
from saydo.desk.hand import Raised
from saydo.desk.scale import Answer, Place, Ready
from saydo.model.errors import SaydoError
from saydo.weighing.portion import Begun, Change, Hands, News, Over, Task

Hire = Callable[[], AbstractContextManager[Hands]]
"""Brings those that weigh to work, for the time of a block."""
_AT_HAND = 2
"""Tasks that one has: the one it works on, and the next."""
_DEATHS = 2
"""Of hands over one task, after which it is not tried again."""
_FALSE_STARTS = 3
_BEAT_SECONDS = 0.5
Heard = Ready | Answer | Raised | Gone


class Post(Protocol):
    """How hands are reached. A hand is whatever :meth:`hire` gives."""

    def hire(self) -> Any:
        """One more, which will say that it is ready."""
        ...

    def send(self, hand: Any, message: News | Task) -> None:
        """Sends one a message; in the order of the calls."""
        ...

    def hear(self) -> Sequence[tuple[Any, Heard]]:
        """What some of them have to say; nothing after half a second or so without a word."""
        ...

    def dismiss(self, hand: Any) -> None:
        """Lets one go."""
        ...


@dataclass
class _Asked:
    number: int
    task: Task
    deaths: int = 0


@dataclass
class _Member:
    home: int
    """The stretch that it begins with."""
    ready: bool = False
    asked: deque[_Asked] = field(default_factory=deque)


class Team:
    """So many hands at a post; :class:`saydo.weighing.portion.Hands`."""

    def __init__(self, post: Post, workers: int) -> None:
        self._post = post
        self._members: dict[Any, _Member] = {}
        self._news: list[News] = []
        """What still holds, for one that comes later."""
        self._stretches: list[deque[_Asked]] = [deque() for _ in range(workers)]
        self._answers: dict[int, tuple[Any, ...]] = {}
        self._false_starts = 0
        for home in range(workers):
            self._hire(home)

    def close(self) -> None:
        """Lets everybody go."""
        for hand in list(self._members):
            self._post.dismiss(hand)
        self._members.clear()

    def tell(self, news: News) -> None:
        """Everybody hears it before whatever is asked later."""
        if isinstance(news, Begun):
            self._news.clear()
        elif isinstance(news, Change | Over):
            del self._news[1:]
        if not isinstance(news, Over):
            self._news.append(news)
        for hand in self._members:
            self._post.send(hand, news)

    def ask(self, tasks: Sequence[Task]) -> Iterator[Sequence[Any]]:
        """The answers, in the order of the tasks. One call at a time."""
        count = len(self._stretches)
        for number, task in enumerate(tasks):
            self._stretches[number * count // len(tasks)].append(_Asked(number, task))
        for number in range(len(tasks)):
            while number not in self._answers:
                self._give_out()
                for hand, heard in self._post.hear():
                    self._take(hand, heard)
            yield self._answers.pop(number)

    def _give_out(self) -> None:
        for hand, member in self._members.items():
            while len(member.asked) < _AT_HAND and (task := self._next(member.home)) is not None:
                member.asked.append(task)
                self._post.send(hand, task.task)

    def _next(self, home: int) -> _Asked | None:
        """The next task for one at home in a stretch: the first of it, else the last of the longest."""
        if self._stretches[home]:
            return self._stretches[home].popleft()
        longest = max(self._stretches, key=len)
        return longest.pop() if longest else None

    def _hire(self, home: int) -> None:
        hand = self._post.hire()
        self._members[hand] = _Member(home)
        for news in self._news:
            self._post.send(hand, news)

    def _take(self, hand: Any, heard: Heard) -> None:
        member = self._members.get(hand)
        if member is None:
            return
        if isinstance(heard, Answer):
            self._answers[member.asked.popleft().number] = heard.rows
        elif isinstance(heard, Ready):
            member.ready, self._false_starts = True, 0
        elif isinstance(heard, Raised):
            raise raised(heard)
        else:
            self._replace(hand, member, heard)

    def _replace(self, hand: Any, member: _Member, gone: Gone) -> None:
        del self._members[hand]
        self._post.dismiss(hand)
        if not member.ready:
            self._false_starts += 1
            if self._false_starts >= _FALSE_STARTS:
                raise SaydoError(f"no process that weighs comes up: {gone.how}; use fewer --workers")
        elif member.asked:
            first = member.asked[0]
            first.deaths += 1
            if first.deaths >= _DEATHS:
                raise SaydoError(
                    f"the process that weighed died twice over the same reports ({gone.how}), often for "
                    "want of memory; run again with fewer --workers: what was weighed before is kept"
                )
        self._stretches[member.home].extendleft(reversed(member.asked))
        self._hire(member.home)


def raised(message: Raised) -> Exception:
    """The error that was raised in another process."""
    error: Exception = pickle.loads(message.error) if message.error else SaydoError(message.told)
    error.add_note(message.told)
    return error


class Children:
    """Processes of this machine."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._told: SimpleQueue[tuple[Child, Any]] = SimpleQueue()

    def hire(self) -> Child:
        """One more process."""
        child = Child("saydo.desk.scale:work", self._told)
        child.send(self._place)
        return child

    def send(self, hand: Child, message: News | Task) -> None:
        """Sends it a message."""
        hand.send(message)

    def hear(self) -> Sequence[tuple[Child, Heard]]:
        """The next that one of them has to say."""
        try:
            # with a limit, since a wait without one does not hear Ctrl-C on every system
            return (self._told.get(timeout=_BEAT_SECONDS),)
        except Empty:
            return ()

    def dismiss(self, hand: Child) -> None:
        """Ends a process; there is nothing that it could lose."""
        hand.kill()
        hand.close()


def here(place: Place, workers: int) -> Hire:
    """So many processes of this machine."""
    return partial(_working, lambda: Children(place), workers)


@contextmanager
def _working(post: Callable[[], Post], workers: int) -> Iterator[Hands]:
    team = Team(post(), workers)
    try:
        yield team
    finally:
        team.close()
