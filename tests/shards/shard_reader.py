"""A reader for the tests of shards: it takes its time over reports that are titled ``slow``."""

from __future__ import annotations

import os
import time

from cli_reader import reader as by_heart

from saydo.model.document import Document
from saydo.model.reading import Reading
from saydo.reading.scripted import ScriptedReader


class Selective:
    """The reader of the command line's tests behind that."""

    def __init__(self) -> None:
        self._reader: ScriptedReader = by_heart()
        self.version = self._reader.version

    def read(self, document: Document) -> Reading:
        if document.title == "slow" and "SAYDO_TEST_SLOW" in os.environ:
            time.sleep(0.05)
        return self._reader.read(document)

    def read_all(self, documents: list[Document]) -> list[Reading]:
        return [self.read(document) for document in documents]


def reader() -> Selective:
    """The reader, as ``--reader shard_reader:reader`` asks for it."""
    return Selective()
