"""``saydo code``, and what every command that codes needs first."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

import typer

from saydo import desk
from saydo.cli.bars import bar
from saydo.cli.told import FAILED, SKIPPED, list_skipped, say
from saydo.model.reading import Reader


class Choice(NamedTuple):
    """How to code, as asked for on the command line."""

    date: str | None
    codebook: Path | None
    reader: str
    threads: int
    workers: int = 1

    def settings(self, debug: bool) -> desk.Settings:
        """The settings of the desk. Raises InputError for a date that is none."""
        return desk.Settings(date=day(self.date), strict=debug, workers=self.workers)

    def load(self) -> tuple[Reader, desk.Codebook]:
        """The codebook and the gazetteer first: their faults are found at once, and the
        reader takes a moment."""
        codebook = self._book()
        return desk.load_reader(self.reader, self.threads, codebook), codebook

    @contextmanager
    def hired(self, debug: bool) -> Iterator[tuple[Reader | desk.Crew, desk.Codebook]]:
        """The same for the time of the block; with several workers a crew stands in the reader's place."""
        if self.workers == 1:
            yield self.load()
            return
        codebook = self._book()
        make = partial(desk.make_coder, self.reader, self.threads, self.codebook, debug)
        with desk.Crew(make, self.workers) as crew:
            yield crew, codebook

    def _book(self) -> desk.Codebook:
        codebook = desk.load_codebook(self.codebook)
        desk.check_gazetteer()
        return codebook


def day(text: str | None) -> str | None:
    """A whole ISO date, or None where none was given. Raises InputError for anything else."""
    from datetime import date

    from saydo.model.errors import InputError

    if text is None:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise InputError(f"{text!r} is no date; write it as YYYY-MM-DD, such as 2019-05-09") from None


def code(inputs: list[str], output: Path | None, choice: Choice, debug: bool) -> None:
    """Codes the inputs to ``output`` or to standard output."""
    settings = choice.settings(debug)
    if output is not None:
        desk.refuse_itself(inputs, output)
    with choice.hired(debug) as (reader, codebook), bar() as progress:
        if output is None:
            out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n", write_through=False)
            try:
                summary = desk.code_stream(
                    inputs, out, reader, codebook, settings=settings, progress=progress
                )
                out.flush()
            finally:
                out.detach()
        else:
            with desk.whole_file(output, keep=True) as file:
                summary = desk.code_stream(
                    inputs, file, reader, codebook, settings=settings, progress=progress
                )
    list_skipped(summary.skipped)
    if not summary.records and not summary.complete:
        say("nothing could be coded")
        raise typer.Exit(FAILED)
    if not summary.complete:
        raise typer.Exit(SKIPPED)
