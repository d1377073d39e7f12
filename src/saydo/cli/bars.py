"""Progress on a terminal: what is being done, how far it is, how fast, how long it still takes."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import TimeRemainingColumn as TimeLeftColumn

from saydo.desk import Progress as DeskProgress
from saydo.desk import Silent, Stage


class Bar:
    """A bar for the stage at work; the rates are those of the stage."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task: TaskID | None = None
        self._reports = 0
        self._words = 0
        self._begun = time.monotonic()

    def begin(self, stage: Stage, amount: int | None = None) -> None:
        """A stage begins; the bar of the last one goes away."""
        if self._task is not None:
            self._progress.remove_task(self._task)
        self._reports = self._words = 0
        self._begun = time.monotonic()
        self._task = self._progress.add_task(stage, total=amount, rate="")

    def advance(self, reports: int, words: int, amount: int) -> None:
        """So many more are done."""
        if self._task is None:
            return
        self._reports += reports
        self._words += words
        seconds = max(time.monotonic() - self._begun, 1e-3)
        speed = f"{self._reports / seconds:,.1f}/s · {self._words / seconds:,.0f} words/s"
        rate = f"{self._reports:,} reports · {speed}"
        self._progress.update(self._task, advance=amount, rate=rate)


@contextmanager
def bar() -> Iterator[DeskProgress]:
    """Something to tell progress to: a bar on standard error where that is a terminal, else nobody."""
    if not sys.stderr.isatty():
        yield Silent()
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeLeftColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield Bar(progress)
