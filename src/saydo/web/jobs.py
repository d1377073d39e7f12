"""Runs that the server works on: one at a time, each in a process of its own, the others wait in a queue.

A page only looks: what is done goes on whether anybody looks or not. Where the command line is at work on the
same case, a run waits until that has ended. When the server ends, so does its run, with the case whole; one
goes on with it later.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, cast

from fastapi import Request

from saydo import desk
from saydo.model.errors import InputError, SaydoError

_log = logging.getLogger("saydo.web")
State = Literal["waiting", "running", "stopping", "done", "stopped", "failed"]
OVER: tuple[State, ...] = ("done", "stopped", "failed")
_WAIT_SECONDS = 1.0
_STOP_SECONDS = 15.0
"""How long a run may take to stop by itself before its process is ended, which leaves the case whole too."""
_STAGES = {
    "getting ready": "Getting ready: the reader and the codebook are being loaded",
    "taking in": "Taking the reports in",
    "coding": "Reading and coding",
    "weighing": "Weighing words against conduct, across all reports of the case",
    "writing the report": "Writing the report",
}


@dataclass(frozen=True, slots=True)
class Job:
    """A run as it stands now."""

    material: int
    who: str
    state: State = "waiting"
    stage: str = ""
    amount: int | None = None
    """How much the stage has to do, in any unit; None where nobody knows."""
    done: int = 0
    reports: int = 0
    words: int = 0
    began: float = 0.0
    stage_began: float = 0.0
    now: float = 0.0
    """Of the clock of this machine, in seconds: when it began, when its stage did, when it last told."""
    line: str = ""
    """What it waits for, or how it ended, for a person."""

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self.state in OVER

    @property
    def share(self) -> float | None:
        """How much of the stage is done, 0 to 1; None where that cannot be told."""
        return min(1.0, self.done / self.amount) if self.amount else None

    @property
    def words_now(self) -> str:
        """What is being done, in words."""
        if self.state == "waiting":
            return self.line or "Waiting for the run before it"
        if self.state == "stopping":
            return "Stopping; what was done so far is kept"
        if self.over:
            ended = {
                "done": "Done",
                "stopped": "Stopped; what was done so far is kept",
                "failed": "It failed",
            }
            return ended[self.state]
        return _STAGES.get(self.stage, self.stage or "Beginning")

    @property
    def rate(self) -> str:
        """How fast it goes, in words; empty where there is nothing to count."""
        if self.state != "running" or not self.reports:
            return ""
        seconds = max(self.now - self.stage_began, 1e-3)
        told = f"{self.reports:,} {'report' if self.reports == 1 else 'reports'}, {self.words:,} words"
        left = ""
        if self.share and self.share > 0.02:
            left = f"; about {_span(seconds * (1 - self.share) / self.share)} left"
        return f"{told}; {self.words / seconds:,.0f} words a second{left}"

    def told(self) -> dict[str, Any]:
        """For a program, and for the page's module."""
        return {
            "material": self.material, "who": self.who, "state": self.state, "stage": self.stage,
            "doing": self.words_now, "rate": self.rate, "share": self.share, "reports": self.reports,
            "words": self.words, "line": self.line, "over": self.over,
        }  # fmt: skip


def _span(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} seconds"
    return f"{round(seconds / 60)} minutes" if seconds < 5400 else f"{seconds / 3600:.1f} hours"


class Jobs:
    """The queue of one case. All of it may be called from any thread."""

    def __init__(self, case: Path, codebook: Path | None = None, reader: str = "en") -> None:
        self._case = case
        self._options = ["--reader", reader, *(["--codebook", str(codebook)] if codebook else [])]
        self._lock = threading.RLock()
        self._changed = threading.Condition(self._lock)
        self._jobs: dict[int, Job] = {}
        self._queue: deque[int] = deque()
        self._worker: subprocess.Popen[str] | None = None
        self._looking: dict[int, subprocess.Popen[str]] = {}
        self._thread: threading.Thread | None = None
        self._closed = False

    @staticmethod
    def of_request(request: Request) -> Jobs:
        """The queue of the server that answers a request."""
        return cast(Jobs, request.app.state.jobs)

    @property
    def closed(self) -> bool:
        """Whether the server is ending."""
        return self._closed

    @property
    def inbox(self) -> desk.Inbox:
        """What was added to the case and not yet run."""
        return desk.Inbox(self._case)

    def start(self, material: int, who: str) -> Job:
        """Puts a run of some material into the queue. Raises InputError where it holds nothing."""
        self.inbox.inputs(material)
        with self._lock:
            held = self._jobs.get(material)
            if held is not None and not held.over:
                return held
            self._jobs[material] = Job(material, who)
            self._queue.append(material)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name="runs", daemon=True)
                self._thread.start()
            self._changed.notify_all()
            return self._jobs[material]

    def stop(self, material: int) -> None:
        """Takes a run out of the queue, or stops it; what it did stays done."""
        with self._lock:
            job = self._jobs.get(material)
            if job is None or job.over:
                raise InputError("this run is not at work; it may have ended just now")
            if job.state == "waiting":
                self._queue = deque(each for each in self._queue if each != material)
                self._note(material, state="stopped", line="taken out of the queue before it began")
            elif self._worker is not None:
                self._note(material, state="stopping")
                _end(self._worker)

    def of(self, material: int) -> Job | None:
        """A run of this server's time; None for another."""
        with self._lock:
            return self._jobs.get(material)

    def under_way(self) -> tuple[Job, ...]:
        """The run at work and those that wait."""
        with self._lock:
            return tuple(job for job in self._jobs.values() if not job.over)

    def look(self, material: int) -> bool:
        """Has a process look at pieces that nobody has looked at; whether some are still to be looked at."""
        unseen = any(p.outlook is None and p.kind != "address" for p in self.inbox.pieces(material))
        with self._lock:
            at_it = self._looking.get(material)
            if at_it is not None and at_it.poll() is None:
                return True
            if not unseen or self._closed:
                return False
            if at_it is not None and at_it.returncode:
                return False  # it broke down on a piece; the run will say on which
            self._looking[material] = self._spawn(material, ["--look"])
            threading.Thread(target=_drain, args=(self._looking[material],), daemon=True).start()
            return True

    def close(self) -> None:
        """Stops what is at work and waits a moment for it."""
        with self._lock:
            self._closed = True
            self._queue.clear()
            working = [*([self._worker] if self._worker else []), *self._looking.values()]
            self._changed.notify_all()
        for process in working:
            _end(process, now=False)
        for process in working:
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                process.kill()

    def _spawn(self, material: int, more: list[str]) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "saydo.desk.worker", str(self._case), str(material)]
        return subprocess.Popen(
            [*command, *self._options, *more],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            # Ctrl-C ends the server, which then stops the run in its own way
            start_new_session=True,
        )

    def _work(self) -> None:
        while True:
            with self._lock:
                while not self._queue and not self._closed:
                    self._changed.wait()
                if self._closed:
                    return
                material = self._queue[0]
            if not self._free(material):
                continue
            try:
                self._one(material)
            except (OSError, SaydoError) as error:
                self._note(material, state="failed", line=f"the run could not be started ({error})")

    def _free(self, material: int) -> bool:
        """Whether the case is free and the run left the queue to begin; waits a moment where it is not."""
        busy = desk.at_work(self._case)
        with self._lock:
            if not self._queue or self._queue[0] != material:
                return False
            if busy:
                self._note(material, line="Waiting: another program is at work on this case")
                self._changed.wait(_WAIT_SECONDS)
                return False
            self._queue.popleft()
            now = time.time()
            self._note(material, state="running", line="", began=now, stage_began=now, now=now)
            who = self._jobs[material].who
            self._worker = self._spawn(material, ["--who", who] if who else [])
            return True

    def _one(self, material: int) -> None:
        worker = self._worker
        assert worker is not None and worker.stdout is not None
        ended: dict[str, Any] = {}
        for line in worker.stdout:
            try:
                told = json.loads(line)
            except ValueError:
                _log.warning("a run said what is not understood: %s", line.strip()[:200])
                continue
            if "end" in told:
                ended = told
            else:
                self._tell(material, told)
        worker.wait()
        _close(worker)
        with self._lock:
            self._worker = None
            self._over(material, ended)

    def _tell(self, material: int, told: dict[str, Any]) -> None:
        with self._lock:
            job, now = self._jobs[material], time.time()
            begun = now if told.get("stage") != job.stage else job.stage_began
            self._note(material, **told, now=now, stage_began=begun)

    def _over(self, material: int, ended: dict[str, Any]) -> None:
        how = ended.get("end")
        if how == "busy" and not self._closed and self._jobs[material].state != "stopping":
            # something took the case between the look and the run: wait in front of all others
            self._queue.appendleft(material)
            self._note(material, state="waiting", line="Waiting: another program is at work on this case")
        elif how == "done":
            self._note(material, state="done", line="")
            self._tidy(material)
        elif how == "stopped" or self._jobs[material].state == "stopping":
            self._note(material, state="stopped", line="")
        else:
            line = str(ended.get("line") or "its process ended without a word; run it again to go on")
            self._note(material, state="failed", line=line)

    def _tidy(self, material: int) -> None:
        """Lets go of what the case itself keeps now."""
        try:
            store = desk.open_case(self._case)
            try:
                held = store.run_of(material)
                whole = held is not None and all(s.harmless for s in store.run_skips(held.number, 1))
            finally:
                store.close()
            if whole:
                self.inbox.empty(material)
        except SaydoError as error:
            _log.warning("material %d is done but was not cleared away: %s", material, error)

    def _note(self, material: int, **what: Any) -> None:
        with self._lock:
            self._jobs[material] = replace(self._jobs[material], **what)
            self._changed.notify_all()


def _drain(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    for _ in process.stdout:
        pass
    process.wait()
    _close(process)


def _close(process: subprocess.Popen[str]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None and not pipe.closed:
            with suppress(OSError):
                pipe.close()


def _end(process: subprocess.Popen[str], now: bool = True) -> None:
    """Asks a process to stop; one that does not is ended."""
    if process.stdin is not None and not process.stdin.closed:
        with suppress(OSError):
            process.stdin.close()
    if now:
        # killing one that has ended does nothing
        timer = threading.Timer(_STOP_SECONDS, process.kill)
        timer.daemon = True
        timer.start()
