"""Those that weigh on the machines of a Ray cluster: an actor each, with one processor.

A case in PostgreSQL is read where it is. Of a case in a folder each actor gets a copy, since no other machine
can read it safely, and keeps it in step by what it is told. What an actor is asked and told it does in that
order; one that dies, alone or with its machine, is replaced, see :mod:`saydo.desk.team`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

from saydo import __version__
from saydo import store as cases
from saydo.apart import Gone
from saydo.codebook.entries import Codebook
from saydo.desk.copied import Copied, chunks
from saydo.desk.scale import Answer, Place, Ready, hand_at
from saydo.desk.shards.on_ray import connect
from saydo.desk.team import Heard, Hire, Team
from saydo.model.errors import SaydoError
from saydo.model.store import CaseStore
from saydo.store.place import case_folder, database_of
from saydo.weighing.hand import Hand
from saydo.weighing.portion import Begun, Change, Hands, Meet, News, Over, Task

_BEAT_SECONDS = 0.5


class Actor:
    """What runs on a machine of the cluster."""

    def __init__(self) -> None:
        self._copy: Copied | None = None
        self._store: CaseStore | None = None
        self._hand: Hand | None = None
        self._change: Change | None = None
        self._meet: Meet | None = None

    def take(self, chunk: bytes) -> None:
        """A piece of the copy of the case."""
        if self._copy is None:
            self._copy = Copied()
        self._copy.take(chunk)

    def open(self, address: str | None, codebook: Codebook) -> str:
        """Opens the case: at an address, or as it was copied. Gives the version of saydo."""
        if address is not None:
            self._store = cases.for_reading(case_folder(address))
        else:
            assert self._copy is not None, "no copy was sent"
            self._store = self._copy.open()
        self._hand = hand_at(self._store, codebook)
        return __version__

    def hear(self, news: News) -> None:
        """Something is otherwise from now on."""
        assert self._hand is not None
        if isinstance(news, Change):
            self._change, self._meet = news, None
        elif isinstance(news, Meet):
            self._meet = news
        elif isinstance(news, Over) and self._copy is not None and self._change is not None:
            self._copy.write(self._change, self._meet or Meet.none())
        if isinstance(news, Begun | Over):
            self._change = self._meet = None
        self._hand.hear(news)

    def do(self, task: Task) -> tuple[Any, ...]:
        """The answer to a question."""
        assert self._hand is not None
        return tuple(self._hand.do(task))

    def end(self) -> None:
        """Leaves nothing behind on the machine."""
        if self._store is not None:
            self._store.close()
        if self._copy is not None:
            self._copy.close()


class _Hand:
    """An actor, and what it was sent and has not answered yet."""

    def __init__(self, actor: Any) -> None:
        self.actor = actor
        self.out: deque[tuple[Any, str]] = deque()


class Actors:
    """A :class:`saydo.desk.team.Post` on a cluster."""

    def __init__(self, ray: Any, place: Place) -> None:
        self._ray = ray
        self._place = place
        database = database_of(place.case)
        self._address = database.url if database else None
        self._codebook = ray.put(place.codebook)
        # no restarts by Ray itself: what an actor was asked is known here
        options = {"num_cpus": 1, "max_restarts": 0, "max_task_retries": 0, "scheduling_strategy": "SPREAD"}
        self._kind = ray.remote(Actor).options(**options)
        self._hands: list[_Hand] = []
        self._last: tuple[News, Any] | None = None

    def hire(self) -> _Hand:
        """One more actor; it is told where the case is."""
        hand = _Hand(self._kind.remote())
        if self._address is None:
            for chunk in chunks(self._place.case):
                hand.out.append((hand.actor.take.remote(chunk), "take"))
        hand.out.append((hand.actor.open.remote(self._address, self._codebook), "open"))
        self._hands.append(hand)
        return hand

    def send(self, hand: _Hand, message: News | Task) -> None:
        """Sends it a message; news go to the cluster once for all."""
        if isinstance(message, Begun | Change | Meet | Over):
            if self._last is None or self._last[0] is not message:
                self._last = message, self._ray.put(message)
            hand.out.append((hand.actor.hear.remote(self._last[1]), "hear"))
        else:
            hand.out.append((hand.actor.do.remote(message), "do"))

    def hear(self) -> Sequence[tuple[_Hand, Heard]]:
        """What those have to say whose oldest message is answered."""
        waited = {hand.out[0][0]: hand for hand in self._hands if hand.out}
        if not waited:
            return ()
        done, _ = self._ray.wait(list(waited), num_returns=1, timeout=_BEAT_SECONDS)
        said = [(waited[each], self._heard(waited[each])) for each in done]
        return [(hand, heard) for hand, heard in said if heard is not None]

    def _heard(self, hand: _Hand) -> Heard | None:
        errors = self._ray.exceptions
        ref, what = hand.out.popleft()
        try:
            made = self._ray.get(ref)
        except errors.RayTaskError as error:
            raise (error.cause if isinstance(error.cause, Exception) else error) from error
        except errors.RayError as error:
            return Gone(" ".join(str(error).split())[:300])
        if what == "open":
            if made != __version__:
                raise SaydoError(
                    f"a machine of the cluster has saydo {made}, this one {__version__}; install one version"
                )
            return Ready()
        return Answer(made) if what == "do" else None

    def dismiss(self, hand: _Hand) -> None:
        """Ends an actor; one that is alive takes its copy away first."""
        self._hands.remove(hand)
        with suppress(Exception):
            self._ray.get(hand.actor.end.remote(), timeout=_BEAT_SECONDS)
        with suppress(Exception):
            self._ray.kill(hand.actor)


def on_ray(place: Place, workers: int) -> Hire:
    """So many actors, on the cluster that ``RAY_ADDRESS`` names, else on this machine. Entering the block
    raises SaydoError where there is no Ray or no such cluster."""
    return partial(_working, place, workers)


@contextmanager
def _working(place: Place, workers: int) -> Iterator[Hands]:
    ray = connect(workers)
    try:
        team = Team(Actors(ray, place), workers)
        try:
            yield team
        finally:
            team.close()
    finally:
        ray.shutdown()
