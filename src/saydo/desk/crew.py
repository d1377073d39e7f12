"""Coding in several processes: the records of one, in its order, to the byte.

Each process has a reader of its own and codes with one thread. Documents go out a few at a time, and each
process has the next few at hand while it codes; how many are out, or back too early to be their turn, is
bounded, so that memory does not grow with their number.

A process that dies is replaced. What it was coding is coded once more, each document by itself; one on which
a process dies again is a failure, told with how it died. So is one that takes far too long: its process is
ended.
"""

from __future__ import annotations

import pickle
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any, NamedTuple

from saydo.apart import Child, Gone
from saydo.codebook.entries import Codebook
from saydo.desk.coder import TOGETHER, Coder, Coding, Failure, Line
from saydo.desk.corridor import Corridor
from saydo.desk.hand import Done, MakeCoder, Raised, Ready
from saydo.model.document import Document
from saydo.model.errors import CodingError, SaydoError
from saydo.model.reading import Reader
from saydo.model.records import CoderInfo, Record

_AT_HAND = 2
"""Tasks that a process has: the one it works on, and the next."""
_OUT = 64
"""Documents for each process that may be out or wait for their turn."""
_OUT_CHARACTERS = 64_000_000
_TASK_CHARACTERS = 200_000
_FALSE_STARTS = 3
_BEAT_SECONDS = 0.5
_LIMIT_SECONDS = 300.0
"""That a process may be at a document, and a second more for so many characters of its task; a slow machine
that has much else to do takes a tenth of it."""
_CHARACTERS_A_SECOND = 2_000


class _Numbered(NamedTuple):
    number: int
    document: Document


@dataclass
class _Task:
    documents: list[_Numbered]
    again: bool = False
    """Whether a process died on it before."""

    @property
    def limit(self) -> float:
        """Seconds that a process may take from one document to the next."""
        return _LIMIT_SECONDS + sum(len(d.document.text) for d in self.documents) / _CHARACTERS_A_SECOND


@dataclass
class _Hand:
    child: Child
    ready: bool = False
    tasks: deque[_Task] = field(default_factory=deque)
    done: int = 0
    """Documents of the first task that are coded."""
    since: float = 0.0
    """When it began what it is at, by the monotonic clock."""
    late: bool = False
    """Whether it was ended because it took too long."""


class Crew:
    """Processes that code; close it after use. As many as asked for are kept at work."""

    def __init__(self, make: MakeCoder, workers: int) -> None:
        self._make = make
        self._workers = workers
        self._told: SimpleQueue[tuple[Child, Any]] = SimpleQueue()
        self._hands: dict[Child, _Hand] = {}
        self._false_starts = 0
        self._info: CoderInfo | None = None
        self._again: deque[_Task] = deque()
        self._made: dict[int, Line | Failure] = {}
        try:
            self._hire_all()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self.close(at_once=kind is not None)

    def close(self, at_once: bool = False) -> None:
        """Ends the processes."""
        hands, self._hands = list(self._hands.values()), {}
        for hand in hands:
            if at_once:
                hand.child.kill()
        for hand in hands:
            hand.child.close()

    def rest(self) -> None:
        """Ends the processes until there is something to code again, so that others have the memory."""
        self.close()

    def _hire_all(self) -> None:
        while len(self._hands) < self._workers:
            self._hire()

    @property
    def pids(self) -> tuple[int, ...]:
        """The processes at work."""
        return tuple(child.pid for child in self._hands)

    @property
    def info(self) -> CoderInfo:
        """By whom the records will say they were coded; waits until the first process is ready. Raises
        what making the coder raised."""
        while self._info is None:
            self._hear()
        return self._info

    def wait(self) -> None:
        """Waits until all processes are ready."""
        while not all(hand.ready for hand in self._hands.values()):
            self._hear()

    def records(self, documents: Iterable[Document]) -> Iterator[Record | Failure]:
        """One record or failure for each document, in order."""
        for made in self.lines(documents):
            yield made if isinstance(made, Failure) else Record.model_validate_json(made.json)

    def lines(self, documents: Iterable[Document]) -> Iterator[Line | Failure]:
        """The same, as lines of JSON. One call at a time."""
        self._hire_all()
        tasks = _tasks(documents)
        sizes: deque[int] = deque()  # of the documents drawn and not given back yet
        given, more = 0, True
        while more or sizes:
            hand = self._free()
            if hand is not None and self._again:
                self._send(hand, self._again.popleft())
            elif hand is not None and more and self._room(sizes):
                task = next(tasks, None)
                more = task is not None
                if task is not None:
                    sizes += [len(each.document.text) for each in task.documents]
                    self._send(hand, task)
            elif given not in self._made:
                self._hear()
            while not self._told.empty():
                self._hear()
            while given in self._made:
                yield self._made.pop(given)
                sizes.popleft()
                given += 1

    def _room(self, out: deque[int]) -> bool:
        return len(out) < _OUT * max(1, len(self._hands)) and sum(out) < _OUT_CHARACTERS

    def _free(self) -> _Hand | None:
        """The process that has the least to do, if any may have more."""
        free = [
            h for h in self._hands.values() if len(h.tasks) < _AT_HAND and not any(t.again for t in h.tasks)
        ]
        return min(free, key=lambda hand: len(hand.tasks), default=None)

    def _send(self, hand: _Hand, task: _Task) -> None:
        if not hand.tasks:
            hand.since = time.monotonic()
        hand.tasks.append(task)
        hand.child.send([each.document for each in task.documents])

    def _hire(self) -> None:
        child = Child("saydo.desk.hand:work", self._told)
        self._hands[child] = _Hand(child)
        child.send(self._make)

    def _hear(self) -> None:
        """Takes the next of what the processes tell."""
        while True:
            self._end_late()
            try:
                # with a limit, since a wait without one does not hear Ctrl-C on every system
                child, message = self._told.get(timeout=_BEAT_SECONDS)
                break
            except Empty:
                continue
        hand = self._hands.get(child)
        if hand is None:
            return
        if isinstance(message, Done):
            self._take(hand, message.made)
        elif isinstance(message, Ready):
            hand.ready, self._info, self._false_starts = True, message.info, 0
            hand.since = time.monotonic()
        elif isinstance(message, Raised):
            raise _raised(message)
        elif isinstance(message, Gone):
            self._replace(hand, message)

    def _end_late(self) -> None:
        """Ends processes that have been at one document far too long; that they are gone is told."""
        now = time.monotonic()
        for hand in self._hands.values():
            if hand.ready and hand.tasks and not hand.late and now - hand.since > hand.tasks[0].limit:
                hand.late = True
                hand.child.kill()

    def _take(self, hand: _Hand, made: Line | Failure) -> None:
        hand.since = time.monotonic()
        task = hand.tasks[0]
        self._made[task.documents[hand.done].number] = made
        hand.done += 1
        if hand.done == len(task.documents):
            hand.tasks.popleft()
            hand.done = 0

    def _replace(self, hand: _Hand, gone: Gone) -> None:
        """Puts another process in the place of one that died; what it had to do is done by others."""
        del self._hands[hand.child]
        hand.child.close()
        if not hand.ready:
            self._false_starts += 1
            if self._false_starts >= _FALSE_STARTS:
                raise SaydoError(
                    f"no worker comes up: {gone.how} before it was ready; use fewer --workers (each needs "
                    "about 700 MB), or run with --workers 1 to see what is wrong"
                )
            self._again.extendleft(reversed(hand.tasks))
        else:
            self._reckon(hand, gone)
        self._hire()

    def _reckon(self, hand: _Hand, gone: Gone) -> None:
        tasks = list(hand.tasks)
        left = tasks[0].documents[hand.done :] if tasks else []
        again = [_Task([each], True) for each in left]
        if tasks and tasks[0].again:
            (at_fault,) = left
            reason = _late(tasks[0]) if hand.late else _died(gone)
            self._made[at_fault.number] = Failure(at_fault.document.id, reason)
            again = []
        for task in reversed([*again, *tasks[1:]]):
            self._again.appendleft(task)


def coding_by(reader: Reader | Crew, codebook: Codebook, rooms: Corridor, strict: bool) -> Coding:
    """Who codes: a crew, where there is one, else this process."""
    return reader if isinstance(reader, Crew) else Coder(reader, codebook, rooms, strict)


def _raised(message: Raised) -> Exception:
    error: Exception = pickle.loads(message.error) if message.error else CodingError(message.told)
    error.add_note(message.told)
    return error


def _died(gone: Gone) -> str:
    return (
        f"the process that coded it died twice ({gone.how}), often for want of memory; run again with fewer "
        "--workers, or split the text"
    )


def _late(task: _Task) -> str:
    return f"coding it took more than {task.limit:,.0f} seconds and was ended; split the text, or report it"


def _tasks(documents: Iterable[Document]) -> Iterator[_Task]:
    """The documents a few at a time; long ones in smaller companies."""
    few: list[_Numbered] = []
    size = 0
    for number, document in enumerate(documents):
        few.append(_Numbered(number, document))
        size += len(document.text)
        if len(few) == TOGETHER or size >= _TASK_CHARACTERS:
            yield _Task(few)
            few, size = [], 0
    if few:
        yield _Task(few)
