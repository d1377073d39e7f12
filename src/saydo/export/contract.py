"""What every export format is: a name, an ending, what it can hold, what it cannot express."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

from saydo.export.findings import Part
from saydo.model.case import CaseView

Left = Counter[str]
"""What an export leaves out: reason → how many. It is counted while the export is written."""


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
    def media_type(self) -> str:
        """What a server calls its files: ``text/csv; charset=utf-8``."""
        ...

    @property
    def tables(self) -> tuple[Part, ...]:
        """What it can hold; ``case`` for a format that holds a whole case and no single table."""
        ...

    def limits(self, table: Part) -> tuple[str, ...]:
        """What the format cannot express of a table, one sentence each; empty where nothing is lost."""
        ...

    def chunks(self, view: CaseView, table: Part, left: Left | None = None) -> Iterator[str | bytes]:
        """The file in pieces of text (line ends are in them and must not be translated) or of bytes. Whatever
        is left out is counted in ``left``."""
        ...

    def sidecar(self, table: Part, file_name: str, left: Mapping[str, int] | None = None) -> Sidecar | None:
        """A file to lie beside ``file_name`` that says what that cannot say itself, and what was left out of
        it; None if not needed."""
        ...


def notes(
    about: str, file_name: str, limits: tuple[str, ...], left: Mapping[str, int] | None = None
) -> Sidecar:
    """The sidecar of a format that has no place for notes of its own: plain text, one thing a line."""
    lines = [f"{file_name}: {' '.join(about.split())}", ""]
    lines += ["What this format changes or cannot hold:", *(f"- {limit}" for limit in limits), ""]
    lines += ["Left out of this file:", *(f"- {line}" for line in told(left))]
    return Sidecar("-notes.txt", "\n".join(lines) + "\n")


def told(left: Mapping[str, int] | None) -> list[str]:
    """What was left out, a line for each reason."""
    if left is None:
        return ["not counted for this file"]
    return [f"{count:,}: {reason}" for reason, count in sorted(left.items()) if count] or ["nothing"]
