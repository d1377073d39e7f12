"""``saydo code``: inputs to records, one line each, without a case."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import BinaryIO, NamedTuple, TextIO

from saydo.codebook.entries import Codebook
from saydo.desk.coder import Failure
from saydo.desk.corridor import Corridor, corridor
from saydo.desk.crew import Crew, coding_by
from saydo.desk.progress import Progress, Silent
from saydo.desk.run import Settings, bytes_of
from saydo.intake import Intaken, ParserProcess, read_inputs
from saydo.model.case import SkippedInput
from saydo.model.document import Document
from saydo.model.reading import Reader


class _Taken(NamedTuple):
    origin: str
    words: int
    size: int


@dataclass
class CodeSummary:
    """What came of coding a stream of inputs."""

    records: int = 0
    words: int = 0
    skipped: list[SkippedInput] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Whether every input that holds something new was coded."""
        return all(skipped.harmless for skipped in self.skipped)


def code_stream(
    inputs: Sequence[str],
    out: TextIO,
    reader: Reader | Crew,
    codebook: Codebook,
    *,
    settings: Settings | None = None,
    progress: Progress | None = None,
    rooms: Corridor | None = None,
    stdin: BinaryIO | None = None,
) -> CodeSummary:
    """Writes one record a line to ``out`` for each report of the inputs, in their order.

    Whatever gave no record, or a record with nothing in it because the text could not be read, is listed
    in the summary with its reason. Memory does not grow with the number of reports. With a crew in place of
    a reader its processes code; what is written is the same to the byte.
    """
    settings = settings or Settings()
    progress = progress or Silent()
    summary = CodeSummary()
    waiting: deque[_Taken] = deque()
    progress.begin("coding", bytes_of(inputs))
    documents = _documents(inputs, settings, stdin, summary, waiting)
    coding = coding_by(reader, codebook, rooms or corridor(), settings.strict)
    for made in coding.lines(documents):
        taken = waiting.popleft()
        if isinstance(made, Failure):
            summary.skipped.append(SkippedInput(taken.origin, made.reason))
        else:
            out.write(made.json + "\n")
            summary.records += 1
            summary.words += taken.words
            summary.skipped += [SkippedInput(taken.origin, reason) for reason in made.unread]
        progress.advance(1, taken.words, taken.size)
    return summary


def _documents(
    inputs: Sequence[str],
    settings: Settings,
    stdin: BinaryIO | None,
    summary: CodeSummary,
    waiting: deque[_Taken],
) -> Iterator[Document]:
    with ParserProcess() as parser:
        for item in read_inputs(inputs, limits=settings.limits, stdin=stdin, parser=parser):
            if isinstance(item, Intaken):
                document = item.document
                waiting.append(_Taken(item.origin, len(document.text.split()), len(item.original)))
                yield replace(document, date=document.date or settings.date)
            else:
                summary.skipped.append(SkippedInput(item.origin, item.reason, item.harmless))
