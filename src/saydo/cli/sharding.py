"""``saydo code`` of JSONL and Parquet to a folder with a manifest, on this machine or on Ray."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import NamedTuple

import typer

from saydo import desk
from saydo.cli.coding import Choice
from saydo.cli.told import FAILED, SKIPPED, list_skipped, say
from saydo.desk import shards
from saydo.model.errors import InputError

_EVERY_SECONDS = {True: 0.2, False: 10.0}
"""Between two lines of progress: on a terminal, where one takes the place of the other, and elsewhere."""


class Asked(NamedTuple):
    """How to write, as asked for on the command line."""

    output: str | None
    engine: str = "local"
    format: str | None = None
    partition: str | None = None
    shard_mb: float = shards.SHARD_BYTES / 1e6

    @property
    def by_shards(self) -> bool:
        """Whether the output is a folder with a manifest, rather than one file of records."""
        output = self.output or ""
        folder = output.endswith("/") or "://" in output
        return folder or self.engine != "local" or self.format is not None or self.partition is not None


class Line:
    """How far a job is, in one line on standard error."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._told = time.monotonic()
        self._open = False

    def tell(self, now: shards.Standing) -> None:
        """Shows it, now and then."""
        if time.monotonic() - self._told < _EVERY_SECONDS[self._terminal]:
            return
        self._told = time.monotonic()
        line = standing(now)
        if self._terminal:
            width = shutil.get_terminal_size().columns - 1
            sys.stderr.write("\r" + line[:width].ljust(width))
            sys.stderr.flush()
            self._open = True
        else:
            say(line)

    def end(self) -> None:
        """Leaves the line."""
        if self._open:
            sys.stderr.write("\n")


def standing(now: shards.Standing) -> str:
    """The line."""
    seconds = max(now.seconds, 1e-3)
    kept = f" ({now.kept:,} done before)" if now.kept else ""
    return (
        f"{now.done:,} of {now.shards:,} shards{kept}, {now.shards - now.done:,} left · "
        f"{now.reports:,} reports · {now.reports / seconds:,.1f}/s · {now.words / seconds:,.0f} words/s"
    )


def code(inputs: list[str], asked: Asked, choice: Choice, debug: bool) -> None:
    """Codes the inputs shard by shard. Raises InputError for what was asked for wrongly."""
    if asked.output is None:
        raise InputError("shards need a place to be written to; give a folder or an address with -o")
    if asked.engine not in ("local", "ray"):
        raise InputError(f"{asked.engine!r} is no engine; say local or ray")
    job = shards.make_job(
        inputs,
        asked.output,
        asked.format or "jsonl",
        asked.partition,
        shard_bytes=max(1, int(asked.shard_mb * 1e6)),
        date=choice.settings(debug).date,
        strict=debug,
    )
    line = Line()
    try:
        with _engine(asked, choice, debug) as engine:
            summary = shards.code_shards(job, engine, line.tell)
    finally:
        line.end()
    _end(summary, asked.output)


@contextmanager
def _engine(asked: Asked, choice: Choice, debug: bool) -> Iterator[shards.Engine]:
    if asked.engine == "ray":
        make = partial(desk.make_coder, choice.reader, choice.threads, choice.codebook, debug)
        with shards.on_ray(make, choice.workers) as engine:
            yield engine
    else:
        with choice.hired(debug) as (reader, codebook):
            yield shards.Here(desk.coding_by(reader, codebook, desk.corridor(), debug))


def _end(summary: shards.ShardSummary, output: str) -> None:
    list_skipped(summary.skipped)
    say(
        f"{summary.records:,} records, {summary.words:,} words in {summary.shards:,} shards"
        + (f", {summary.kept:,} of them done before" if summary.kept else "")
        + (f"; {summary.repeated:,} reports given twice" if summary.repeated else "")
        + (f"; {summary.unread:,} could not be read, as their notes say" if summary.unread else "")
    )
    if summary.dead:
        say(f"{summary.dead:,} gave no record; each is in {output.rstrip('/')}/dead-letters with its reason")
    if not summary.records and not summary.complete:
        raise typer.Exit(FAILED)
    if not summary.complete:
        raise typer.Exit(SKIPPED)
