"""Coders for the tests of the crew, made in its processes; some texts do harm to the process that reads them."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from desk_rooms import ROOMS, PlainReader, codebook

from saydo.desk.coder import Coder
from saydo.model.document import Document
from saydo.model.errors import ReaderError
from saydo.model.reading import Reading


class Harmed(PlainReader):
    """``DIE`` kills the process; ``DIE-AT-FIRST PATH`` only where there is no such file yet; ``SLOW`` takes a
    moment, ``SLEEP`` far too long."""

    def read(self, document: Document) -> Reading:
        first, _, path = document.text.partition(" ")
        if first == "DIE" or (first == "DIE-AT-FIRST" and not Path(path).exists()):
            if path:
                Path(path).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep({"SLOW": 0.05, "SLEEP": 600}.get(first, 0))
        return super().read(document)


def plain() -> Coder:
    """The rooms of the other tests."""
    return Coder(Harmed(), codebook(), ROOMS)


def strict() -> Coder:
    """The same; an error of a room is raised."""
    return Coder(Harmed(), codebook(), ROOMS, strict=True)


def none() -> Coder:
    """There is no such coder."""
    raise ReaderError("there is no reader 'klingon'; install it")


def stillborn() -> Coder:
    """Dies before it is ready."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError
