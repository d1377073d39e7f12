"""A case from beginning to end: take in, code, weigh, write the report. Killed and run again, it goes on."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from saydo import __version__
from saydo import store as cases
from saydo.codebook.entries import Codebook
from saydo.desk.coder import Coding, Failure, check_text
from saydo.desk.corridor import Corridor, corridor
from saydo.desk.crew import Crew, coding_by
from saydo.desk.derive import derive, fingerprint
from saydo.desk.files import whole_file
from saydo.desk.progress import Progress, Silent
from saydo.desk.summary import RunSummary, summarise
from saydo.intake import Input, Intaken, Limits, ParserProcess, Skipped, name_of, place_of, read_inputs
from saydo.model.case import SkippedInput
from saydo.model.document import Document
from saydo.model.errors import CodingError, InputError, SaydoError
from saydo.model.ids import digest
from saydo.model.reading import Reader
from saydo.model.store import CaseStore

if TYPE_CHECKING:
    from saydo.desk.team import Hire

REPORT = "report.html"
Reads = Callable[[Sequence[Input], Limits, ParserProcess], Iterator[Intaken | Skipped]]
"""Takes inputs in. What it gives is in the case, whatever happens, once it is asked for the next."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to run."""

    date: str | None = None
    """Publication date (ISO) of reports that say none themselves."""
    limits: Limits = field(default_factory=Limits)
    strict: bool = False
    """Whether an error while coding a report is raised instead of listed."""
    workers: int = 1
    """Processes that weigh."""


@dataclass(frozen=True, slots=True)
class Asked:
    """By whom a run was asked for."""

    who: str = ""
    material: int | None = None
    """Number of the material that was added in the browser, where it was."""


def now() -> str:
    """The present time, UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def run(
    inputs: Sequence[Input],
    case: Path,
    reader: Reader | Crew,
    codebook: Codebook,
    *,
    settings: Settings | None = None,
    progress: Progress | None = None,
    rooms: Corridor | None = None,
    open_store: Callable[[Path], CaseStore] = cases.for_writing,
    clock: Callable[[], str] = now,
    asked: Asked = Asked(),
    reads: Reads | None = None,
) -> RunSummary:
    """Takes the inputs into the case, codes what is not coded yet, weighs all of it and writes the report.

    What is done already is not done again; a run that was killed is gone on with by the same call. With a
    crew in place of a reader its processes code, and the case is the same in the end. ``reads`` takes in what
    is at hand already, such as articles that were fetched before. Raises
    InputError where the case lies inside of an input, StoreError where it cannot be kept.
    """
    refuse_itself(inputs, case)
    store = open_store(case)
    try:
        rooms = rooms or corridor()
        settings = settings or Settings()
        coding = coding_by(reader, codebook, rooms, settings.strict)
        names = [name_of(each) for each in inputs]
        number = store.begin_run(clock(), names, __version__, asked.who, asked.material)
        work = _Run(
            store, case, coding, codebook, rooms, settings, progress or Silent(), number, reads or _read
        )
        try:
            summary = work.all(inputs)
        except KeyboardInterrupt:
            store.end_run(number, clock(), "stopped")
            raise
        except Exception as error:
            # a full disk keeps no note of itself either; the run then stands there as interrupted
            with suppress(SaydoError):
                store.fail_run(number, clock(), " ".join(str(error).split()) or type(error).__name__)
            raise
        store.end_run(number, clock(), "done")
        return summary
    finally:
        store.close()


def refuse_itself(inputs: Sequence[Input], output: Path) -> None:
    """Raises InputError where what is written lies inside of an input: it would be taken in in its turn."""
    for each in inputs:
        name = place_of(each)
        path = Path(name)
        if "://" not in name and path.exists() and output.resolve().is_relative_to(path.resolve()):
            raise InputError(f"{output} lies inside of the input {name}; choose a place outside of it")


def bytes_of(inputs: Sequence[Input]) -> int | None:
    """About how many bytes the inputs hold; None where that cannot be told beforehand."""
    total = 0
    try:
        for name in map(place_of, inputs):
            path = Path(name)
            if name == "-" or "://" in name or not path.exists():
                return None
            files = iter((path,)) if path.is_file() else (e for e in path.rglob("*") if e.is_file())
            total += sum(each.stat().st_size for each in files)
    except OSError:
        # A file that vanishes or may not be looked at; taking it in will say so.
        return None
    return total


def _read(inputs: Sequence[Input], limits: Limits, parser: ParserProcess) -> Iterator[Intaken | Skipped]:
    return read_inputs(inputs, limits=limits, parser=parser)


@dataclass
class _Run:
    store: CaseStore
    case: Path
    coding: Coding
    codebook: Codebook
    rooms: Corridor
    settings: Settings
    progress: Progress
    number: int
    reads: Reads

    def all(self, inputs: Sequence[Input]) -> RunSummary:
        """Every stage in turn."""
        new = self._take_in(inputs)
        begun = time.monotonic()
        coded, words = self._code()
        seconds = time.monotonic() - begun
        self._weigh()
        report = self._report()
        return summarise(self.store, self.case, report, new=new, coded=coded, words=words, seconds=seconds)

    def _take_in(self, inputs: Sequence[Input]) -> int:
        self.progress.begin("taking in", bytes_of(inputs))
        named = digest(*map(name_of, inputs))
        skipped: list[SkippedInput] = []
        new = 0
        for item in self._read(inputs):
            if isinstance(item, Intaken):
                held, added, words = self._add(item)
                new += added
                self.progress.advance(1, words, len(item.original))
            else:
                held = SkippedInput(item.origin, item.reason, item.harmless)
            if held is not None:
                self.store.skip(held, named)
                self.store.skip_in_run(self.number, held)
                skipped.append(held)
        self.store.settle_skips(named, skipped)
        return new

    def _read(self, inputs: Sequence[Input]) -> Iterator[Intaken | Skipped]:
        with ParserProcess() as parser:
            yield from self.reads(inputs, self.settings.limits, parser)

    def _add(self, item: Intaken) -> tuple[SkippedInput | None, bool, int]:
        """Takes one report in: why it was skipped, if it was, whether it is new, its words."""
        document = item.document
        if document.date is None and self.settings.date:
            document = replace(
                document,
                date=self.settings.date,
                metadata=(*document.metadata, ("date_from", "given for the run")),
            )
        try:
            check_text(document)
        except CodingError as error:
            return SkippedInput(item.origin, str(error)), False, 0
        added = self.store.add(document, item.original, item.media_type, item.origin, item.capture)
        words = len(document.text.split())
        if added.new or added.origin == item.origin:
            return None, added.new, words
        return SkippedInput(item.origin, f"the same report as {added.origin}", True), False, words

    def _code(self) -> tuple[int, int]:
        _, words = self.store.pending_size(self.coding.info)
        self.progress.begin("coding", words)
        coded = coded_words = 0
        out: deque[tuple[str, int]] = deque()  # the reports that are being coded, and their words
        for outcome in self.coding.records(self._pending(out)):
            id, size = out.popleft()
            if isinstance(outcome, Failure):
                self.store.put_failure(id, outcome.reason)
            else:
                self.store.put_record(outcome)
                coded += 1
                coded_words += size
            self.progress.advance(1, size, size)
        return coded, coded_words

    def _pending(self, out: deque[tuple[str, int]]) -> Iterator[Document]:
        for document in self.store.pending(self.coding.info):
            out.append((document.id, len(document.text.split())))
            yield document

    def _weigh(self) -> None:
        by = fingerprint(self.coding.info)
        if self.store.derived_by() != by:
            if isinstance(self.coding, Crew):
                self.coding.rest()
            derived = derive(self.store, self.codebook, self.rooms, by, self.progress, self._hire())
            self.store.put_derived(derived, by)

    def _hire(self) -> Hire | None:
        if self.settings.workers == 1:
            return None
        from saydo.desk.scale import Place
        from saydo.desk.team import here

        return here(Place(self.case, self.codebook), self.settings.workers)

    def _report(self) -> Path:
        self.progress.begin("writing the report")
        return write_report(self.store, self.case, self.rooms)


def write_report(store: CaseStore, case: Path, rooms: Corridor) -> Path:
    """Writes the page that shows a case, and tells where."""
    report = case / REPORT
    page = rooms.render(replace(store.view(), captures=store.captures()))
    with whole_file(report) as out:
        out.write(page)
    return report
