"""Shards on Ray: actors on the machines of a cluster, each with a reader of its own in one process.

An actor codes one shard at a time and writes its files; which shards count is decided here alone, by the
entries of the ledger. An actor that dies, with its machine or alone, is replaced, and its shard goes to
another. A report on which the reader dies again and again does not end its actor: the reader is in a child of
it, as with the workers of one machine (decision 17).
"""

from __future__ import annotations

import logging
import os
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from saydo.desk.crew import Crew
from saydo.desk.hand import MakeCoder
from saydo.desk.shards.job import Entry, Job, Shard, Trouble
from saydo.desk.shards.run import Task
from saydo.desk.shards.work import work
from saydo.model.errors import SaydoError
from saydo.model.records import CoderInfo

_LOST_AT_MOST = 5
"""Actors that may die with the same shard in work."""
_FALSE_STARTS = 3
_BEAT_SECONDS = 1.0
_OBJECT_STORE = 100 * 2**20
"""Bytes; only shards' names and entries travel."""
_LOOPBACK = "127.0.0.1"


class Actor:
    """What runs on a machine of the cluster."""

    def __init__(self) -> None:
        self._crew: Crew | None = None

    def start(self, make: MakeCoder) -> CoderInfo:
        """Loads the reader, and says by whom the records will say they were coded."""
        self._crew = Crew(make, 1)
        return self._crew.info

    def code(self, job: Job, shard: Shard, held: Entry | None) -> Entry | Trouble:
        """Codes a shard; see :func:`saydo.desk.shards.work.work`."""
        assert self._crew is not None
        return work(job, shard, self._crew, held)

    def pids(self) -> tuple[int, ...]:
        """The processes of this actor, for whoever measures them."""
        assert self._crew is not None
        return (os.getpid(), *self._crew.pids)


@dataclass
class _Hand:
    actor: Any
    doing: Any
    """What is waited for; None where it has nothing to do."""
    task: Task | None = None
    ready: bool = False


@contextmanager
def on_ray(make: MakeCoder, workers: int) -> Iterator[RayEngine]:
    """An engine of so many actors, on the cluster that ``RAY_ADDRESS`` names, else on this machine. Raises
    SaydoError where there is no Ray or no such cluster."""
    ray = connect(workers)
    try:
        engine = RayEngine(ray, make, workers)
        yield engine
    finally:
        ray.shutdown()


def connect(workers: int) -> Any:
    """Ray, connected to the cluster that ``RAY_ADDRESS`` names, else started on this machine. Raises
    SaydoError where there is none."""
    address = os.environ.get("RAY_ADDRESS") or "local"
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    if address == "local":
        # the one switch by which Ray of one machine listens on its loopback alone, whatever the system
        os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"
    if "RAY_AUTH_MODE" not in os.environ and (address == "local" or _token()):
        # `ray start` asks for the token where there is one; who connects to it must be told to show it
        os.environ["RAY_AUTH_MODE"] = "token"
    try:
        import ray
    except ImportError:
        raise SaydoError("--engine ray needs Ray; install it with `pip install 'saydo[ray]'`") from None
    given: dict[str, Any] = {}
    if address == "local":
        given = {
            "num_cpus": workers,
            "include_dashboard": False,
            "object_store_memory": _OBJECT_STORE,
            "_node_ip_address": _LOOPBACK,
        }
    try:
        ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR, **given)
    except (ConnectionError, RuntimeError, ValueError, OSError) as error:
        told = " ".join(str(error).split())[:200]
        raise SaydoError(
            f"no Ray cluster at {address} ({told}); see that it runs, or unset RAY_ADDRESS"
        ) from error
    return ray


def _token() -> bool:
    """Whether there is a token, by which those know each other who may use a cluster."""
    given = any(os.environ.get(name) for name in ("RAY_AUTH_TOKEN", "RAY_AUTH_TOKEN_PATH"))
    return given or (Path.home() / ".ray" / "auth_token").exists()


class RayEngine:
    """Actors that code. As many as asked for are kept at work, as far as the cluster has processors."""

    def __init__(self, ray: Any, make: MakeCoder, workers: int) -> None:
        self._ray = ray
        self._make = make
        # no restarts by Ray itself: what an actor had in work is given away here, where it is known
        options = {"num_cpus": 1, "max_restarts": 0, "max_task_retries": 0, "scheduling_strategy": "SPREAD"}
        self._kind = ray.remote(Actor).options(**options)
        self._info: CoderInfo | None = None
        self._again: deque[Task] = deque()
        self._lost: dict[str, int] = {}
        self._false_starts = 0
        self._hands = [self._hire() for _ in range(workers)]

    @property
    def info(self) -> CoderInfo:
        """By whom the records will say they were coded; waits until the first actor is ready."""
        while self._info is None:
            for _ in self._hear():
                pass
        return self._info

    def wait(self) -> None:
        """Waits until all actors are ready."""
        while not all(hand.ready for hand in self._hands):
            for _ in self._hear():
                pass

    def pids(self) -> list[tuple[int, ...]]:
        """The processes of each actor; none of them may be at work."""
        pids: list[tuple[int, ...]] = self._ray.get([hand.actor.pids.remote() for hand in self._hands])
        return pids

    def work(self, job: Job, tasks: list[Task]) -> Iterator[Entry | Trouble]:
        """What came of each, as it is done."""
        left = deque(tasks)
        given = 0
        while given < len(tasks):
            for hand in self._hands:
                if hand.doing is None and (self._again or left):
                    hand.task = (self._again or left).popleft()
                    hand.doing = hand.actor.code.remote(job, *hand.task)
            for made in self._hear():
                given += 1
                yield made

    def _hire(self) -> _Hand:
        actor = self._kind.remote()
        return _Hand(actor, actor.start.remote(self._make))

    def _hear(self) -> Iterator[Entry | Trouble]:
        """What the actors have done since."""
        waited = {hand.doing: hand for hand in self._hands if hand.doing is not None}
        # with a limit, so that Ctrl-C is heard
        done, _ = self._ray.wait(list(waited), num_returns=1, timeout=_BEAT_SECONDS)
        errors = self._ray.exceptions
        for each in done:
            hand = waited[each]
            try:
                made = self._ray.get(each)
            except errors.RayTaskError as error:
                raise (error.cause if isinstance(error.cause, Exception) else error) from error
            except errors.RayError as error:
                self._replace(hand, error)
                continue
            hand.doing = None
            if hand.task is None:
                self._welcome(hand, made)
            else:
                hand.task = None
                yield made

    def _welcome(self, hand: _Hand, info: CoderInfo) -> None:
        if self._info is not None and info != self._info:
            raise SaydoError(
                f"the machines of the cluster do not have the same saydo ({info} and {self._info}); "
                "install one version, with the same gazetteer and codebook, on all of them"
            )
        self._info, hand.ready, self._false_starts = info, True, 0

    def _replace(self, hand: _Hand, error: Exception) -> None:
        """Puts another actor in the place of one that died or cannot be reached."""
        with suppress(Exception):
            self._ray.kill(hand.actor)
        told = " ".join(str(error).split())[:300]
        if not hand.ready:
            self._false_starts += 1
            if self._false_starts >= _FALSE_STARTS:
                raise SaydoError(f"no worker comes up on Ray ({told}); see that all machines have saydo[ray]")
        if hand.task is not None:
            name = hand.task.shard.name
            self._lost[name] = self._lost.get(name, 0) + 1
            if self._lost[name] >= _LOST_AT_MOST:
                raise SaydoError(
                    f"{name} was lost with its worker {_LOST_AT_MOST} times ({told}); give the machines more "
                    "memory or run with fewer --workers, then run again: what is done is kept"
                )
            self._again.append(hand.task)
        self._hands[self._hands.index(hand)] = self._hire()
