"""The report as an export: the page that a run leaves in the case, for whom wants it anew or elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from saydo.export.contract import Left
from saydo.export.findings import Part
from saydo.model.case import CaseView


class Html:
    """For readers and printers: the report of the whole case as one HTML page that fetches nothing."""

    name = "html"
    extension = ".html"
    media_type = "text/html; charset=utf-8"
    tables: tuple[Part, ...] = ("case",)

    def limits(self, table: Part) -> tuple[str, ...]:
        """What the page leaves out."""
        return ("Long lists are cut where the page would become unreadable, and say so on the page.",)

    def chunks(self, view: CaseView, table: Part, left: Left | None = None) -> Iterator[str]:
        """The page, in one piece: it is made whole."""
        from saydo.export.report import render

        yield render(view)

    def sidecar(self, table: Part, file_name: str, left: Mapping[str, int] | None = None) -> None:
        """None: the page says what it cuts."""
