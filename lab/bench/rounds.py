"""The peers take turns: a pass each in every round, and ratios of passes of the same round."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

_LONGEST = 900.0
"""Seconds after which a pass is given up."""
_ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"), "1"
)


class Peer(NamedTuple):
    """Who is measured."""

    name: str
    what: str
    """What it does, for the table."""
    command: tuple[str, ...]
    """Starts its process, which speaks as ``lab.bench.child`` does."""


class Step(NamedTuple):
    """How far a pass was, counted from the end of the warm texts."""

    documents: int
    words: int
    processor: float
    """Seconds of processor time so far."""
    clock: float
    memory: float
    """MB held then."""


class Pass(NamedTuple):
    """One peer in one round."""

    start: float
    """Seconds of the clock from the start of the process to its first record."""
    start_processor: float
    steps: tuple[Step, ...]
    peak: float

    @property
    def whole(self) -> Step:
        return self.steps[-1]


class Spread(NamedTuple):
    """Median, lowest and highest of the rounds."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        return cls(statistics.median(values), min(values), max(values))


class Fell(Exception):
    """A peer did not come to its end; the text says why, in one line."""


class Results:
    """All passes by peer, in the order of the rounds; the first peer is the one that others are beside."""

    def __init__(self, peers: Sequence[Peer]) -> None:
        self.peers = {peer.name: peer for peer in peers}
        self.passes: dict[str, list[Pass]] = {peer.name: [] for peer in peers}
        self.fell: dict[str, str] = {}
        self.first = peers[0].name

    @property
    def measured(self) -> list[str]:
        """Peers that came to the end in every round."""
        return [name for name in self.peers if name not in self.fell]

    def spread(self, name: str, of: Callable[[Pass], float]) -> Spread:
        return Spread.of([of(each) for each in self.passes[name]])

    def ratio(self, name: str, of: Callable[[Pass], float]) -> Spread:
        """The first peer's figure by this one's; each ratio is of the two passes of one round."""
        pairs = zip(self.passes[self.first], self.passes[name], strict=True)
        return Spread.of([of(a) / of(b) for a, b in pairs])


def surroundings() -> dict[str, str]:
    """The environment of a process of ours: one thread, and the lab is found wherever it is started."""
    paths = [str(Path(__file__).parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, **_ONE_THREAD, "PYTHONPATH": os.pathsep.join(paths)}


def play(peer: Peer, words: Sequence[int], warm: int, longest: float = _LONGEST) -> Pass:
    """Runs a peer's process once. ``words`` are those of each text. Raises Fell."""
    so_far = [0, *accumulate(words)]
    begun = time.perf_counter()
    try:
        process = subprocess.Popen(
            peer.command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env=surroundings(),
        )  # fmt: skip
    except OSError as error:
        raise Fell(f"its process does not start: {error}") from error
    assert process.stdout is not None and process.stderr is not None
    complaints: list[str] = []
    # read beside, or a peer that complains much would wait for ever
    listening = threading.Thread(target=lambda: complaints.extend(process.stderr or ()), daemon=True)
    listening.start()
    late = threading.Timer(longest, process.kill)
    late.start()
    start, start_processor, peak = None, 0.0, None
    steps: list[Step] = []
    try:
        for line in process.stdout:
            told = json.loads(line)
            if "first" in told:
                start, start_processor = time.perf_counter() - begun, told["first"]
            elif "peak" in told:
                peak = told["peak"]
            else:
                count = told["documents"]
                done = so_far[count] - so_far[warm]
                steps.append(Step(count - warm, done, told["processor"], told["clock"], told["memory"]))
    except (ValueError, KeyError, TypeError, IndexError) as error:
        process.kill()
        raise Fell(f"it does not speak as a peer does: {error}") from error
    finally:
        ended = process.wait()
        in_time = late.is_alive()
        late.cancel()
        listening.join(5)
    if not in_time:
        raise Fell(f"it was not done after {longest:.0f} seconds")
    if ended != 0:
        said = [line.strip() for line in complaints if line.strip()]
        raise Fell(said[-1] if said else f"it ended with status {ended}")
    if start is None or peak is None or not steps or steps[-1].documents != len(words) - warm:
        raise Fell("it ended before all texts were done")
    return Pass(start, start_processor, tuple(steps), peak)


def take_turns(
    peers: Sequence[Peer], words: Sequence[int], warm: int, rounds: int, tell: Callable[[str], None]
) -> Results:
    """All peers in turn, forwards and backwards, so that none is always first. A peer that falls is named
    and left out from then on; the others go on."""
    results = Results(peers)
    for number in range(rounds):
        for peer in peers if number % 2 == 0 else peers[::-1]:
            if peer.name in results.fell:
                continue
            try:
                done = play(peer, words, warm)
            except Fell as why:
                results.fell[peer.name] = str(why)
                tell(f"round {number + 1}, {peer.name}: fell: {why}")
                continue
            results.passes[peer.name].append(done)
            tell(f"round {number + 1}, {peer.name}: {done.whole.processor:.1f} s of processor time")
    return results


def child(kind: str, folder: str, *more: str) -> tuple[str, ...]:
    """The command of a peer of ours."""
    return (sys.executable, "-m", "lab.bench.child", kind, folder, *more)
