"""What every export format is: a name, an ending, what it can hold, what it cannot express."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from saydo.export.findings import Table
from saydo.model.case import CaseView


class Sidecar(NamedTuple):
    """A file beside the export: what to append to the export's name, and the content."""

    suffix: str
    content: str


class Exporter(Protocol):
    """One format. Instances hold no state; ``chunks`` may be drawn lazily and never holds a whole case."""

    @property
    def name(self) -> str:
        """As the user writes it: ``csv``."""
        ...

    @property
    def extension(self) -> str:
        """Usual ending of its files, with the dot."""
        ...

    @property
    def tables(self) -> tuple[Table, ...]:
        """What it can hold."""
        ...

    def limits(self, table: Table) -> tuple[str, ...]:
        """What the format cannot express of a table, one sentence each; empty where nothing is lost."""
        ...

    def chunks(self, view: CaseView, table: Table) -> Iterator[str]:
        """The file's text in pieces; line ends are in them and must not be translated."""
        ...

    def sidecar(self, table: Table, file_name: str) -> Sidecar | None:
        """A file to lie beside ``file_name`` that says what that cannot say itself; None if not needed."""
        ...
