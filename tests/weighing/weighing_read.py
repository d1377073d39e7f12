"""Reports as the real reader reads them, made ready to be weighed."""

from __future__ import annotations

from functools import cache

from saydo.codebook import load
from saydo.coding import code
from saydo.desk.record import assemble
from saydo.linking import link
from saydo.model.document import Document
from saydo.model.reading import Reader
from saydo.model.records import CoderInfo
from saydo.reading import load_reader
from saydo.weighing import Weighed, WeighedReport, weigh


@cache
def reader() -> Reader:
    """The reader that ships, as a run loads it; once."""
    return load_reader(pairs=True)


def reports(*dated: tuple[str, str]) -> list[WeighedReport]:
    """Coded reports of as many papers, each from a date and a text."""
    book, info = load(), CoderInfo(version="t", reader="t", codebook="t")
    made = []
    for k, (date, text) in enumerate(dated):
        document = Document(f"r{k}", text, date=date, publisher=f"Paper {k}")
        linked = link(reader().read(document), book)
        made.append(WeighedReport(assemble(linked, code(linked, book), info), text))
    return made


def weighed(*dated: tuple[str, str]) -> Weighed:
    """What weighing finds among them."""
    return weigh(reports(*dated), load())
