"""A run, or a look at material before it, in a process of its own: ``python -m saydo.desk.worker``.

Tells what it does as JSON, a line each on standard output, and ends when its standard input closes: so it
can be stopped on any system, and never outlives the server that started it.
"""

from __future__ import annotations

import _thread
import argparse
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from saydo.desk.case import open_case
from saydo.desk.gazetteer import check_gazetteer
from saydo.desk.inbox import Foreseen, Inbox, Outlook, Piece
from saydo.desk.load import load_codebook, load_reader
from saydo.desk.progress import Stage
from saydo.desk.run import Asked, Settings, run
from saydo.intake import Intaken, Limits, ParserProcess, read_inputs
from saydo.model.errors import CaseBusy, SaydoError
from saydo.model.store import CaseStore

MOST_FORESEEN = 100
"""Reports of one piece that are looked at before the run."""
_EVERY_SECONDS = 0.2


class Telling:
    """Progress as lines of JSON, a few a second."""

    def __init__(self) -> None:
        self._stage: Stage = "taking in"
        self._amount: int | None = None
        self._done = self._reports = self._words = 0
        self._told = 0.0

    def begin(self, stage: Stage, amount: int | None = None) -> None:
        """A stage begins."""
        self._stage, self._amount = stage, amount
        self._done = self._reports = self._words = 0
        self._tell()

    def advance(self, reports: int, words: int, amount: int) -> None:
        """So many more are done."""
        self._done += amount
        self._reports += reports
        self._words += words
        if time.monotonic() - self._told >= _EVERY_SECONDS:
            self._tell()

    def _tell(self) -> None:
        self._told = time.monotonic()
        tell(
            stage=self._stage, amount=self._amount, done=self._done, reports=self._reports, words=self._words
        )


def tell(**what: Any) -> None:
    """One line for whoever started this."""
    print(json.dumps(what, ensure_ascii=True), flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs, or looks; the last line says how it ended."""
    asked = _arguments(arguments)
    # a server in the background of a shell was started with this signal ignored, and so would its runs be
    signal.signal(signal.SIGINT, signal.default_int_handler)
    threading.Thread(target=_until_closed, daemon=True).start()
    try:
        if asked.look:
            look(asked.case, asked.material)
        else:
            _run(asked)
        tell(end="done")
    except KeyboardInterrupt:
        tell(end="stopped")
    except CaseBusy as error:
        tell(end="busy", line=str(error))
    except SaydoError as error:
        tell(end="failed", line=str(error))
    except Exception as error:
        told = " ".join(str(error).split()) or "no more is known"
        tell(end="failed", line=f"{type(error).__name__}: {told}; run it again, or report this line")
    return 0


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="saydo.desk.worker", description=__doc__)
    parser.add_argument("case", type=Path)
    parser.add_argument("material", type=int)
    parser.add_argument("--look", action="store_true")
    parser.add_argument("--who", default="")
    parser.add_argument("--codebook", type=Path)
    parser.add_argument("--reader", default="en")
    return parser.parse_args(arguments)


def _until_closed() -> None:
    """Waits for the end of standard input, which is the word to stop."""
    # below Python's own buffer, whose lock a thread that waits would still hold at the end
    while os.read(0, 4096):
        pass
    if hasattr(signal, "pthread_kill"):
        # as Ctrl-C would: what waits in a system call wakes up too
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
    else:
        _thread.interrupt_main()


def _run(asked: argparse.Namespace) -> None:
    inputs = Inbox(asked.case).inputs(asked.material)
    tell(stage="getting ready", amount=None, done=0, reports=0, words=0)
    codebook = load_codebook(asked.codebook)
    check_gazetteer()
    reader = load_reader(asked.reader, 1, codebook)
    by = Asked(asked.who, asked.material)
    run(inputs, asked.case, reader, codebook, settings=Settings(), progress=Telling(), asked=by)


def look(case: Path, material: int) -> None:
    """Looks at every piece that nobody has looked at: what reports it holds, and what will be skipped."""
    inbox = Inbox(case)
    store = open_case(case)
    try:
        with ParserProcess() as parser:
            for piece in inbox.pieces(material):
                if piece.outlook is None and piece.kind != "address":
                    inbox.foresee(material, piece.number, _outlook(inbox, material, piece, store, parser))
                    tell(looked=piece.number)
    finally:
        store.close()


def _outlook(inbox: Inbox, material: int, piece: Piece, store: CaseStore, parser: ParserProcess) -> Outlook:
    # what a feed links to is fetched in the run; until then its own words stand for it
    limits = replace(Limits(), fetch_linked=False)
    reports: list[Foreseen] = []
    skipped: list[tuple[str, str, bool]] = []
    for item in read_inputs([inbox.given(material, piece)], limits=limits, parser=parser):
        if len(reports) + len(skipped) >= MOST_FORESEEN:
            return Outlook(tuple(reports), True, tuple(skipped))
        if isinstance(item, Intaken):
            d = item.document
            known = store.holds(d.source_sha256 or "", d.id, d.text_sha256)
            reports.append(Foreseen(d.title, d.date, d.publisher, len(d.text.split()), known))
        else:
            skipped.append((item.origin, item.reason, item.harmless))
    return Outlook(tuple(reports), False, tuple(skipped))


if __name__ == "__main__":
    sys.exit(main())
