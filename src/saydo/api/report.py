"""One report and what was found in it: what a coder gives back, and what a case holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from saydo import desk
from saydo.api.findings import Findings
from saydo.model.errors import CodingError

if TYPE_CHECKING:
    from saydo.model.case import CaseDocument, CaseView
    from saydo.model.records import Note, Record


class Report:
    """A text with its events, ties, statements and discrepancies.

    In a notebook it shows itself: the text with what was found marked in it, the ties as a graph, the events
    and binding statements over time.
    """

    def __init__(
        self,
        view: CaseView,
        id: str,
        *,
        failure: str | None = None,
        discrepancies: frozenset[tuple[str, str]] | None = None,
        meta: Mapping[str, Any] | None = None,
    ) -> None:
        self._view, self._id, self._discrepancies = view, id, discrepancies
        self.failure = failure
        """Why it could not be coded, in one line; None where it was."""
        self.meta: dict[str, Any] = dict(meta or {})
        """Whatever was given with the text besides what saydo reads."""

    @property
    def document(self) -> CaseDocument:
        """The text and what is known of where it is from."""
        return self._view.document(self._id)

    @property
    def record(self) -> Record:
        """All that was coded, as ``saydo code`` writes it (``docs/reference/records.md``). Raises CodingError
        where the report could not be coded."""
        try:
            return self._view.record(self._id)
        except KeyError:
            raise CodingError(self.failure or f"{self.id} is not coded yet; run the case again") from None

    @property
    def id(self) -> str:
        """As given; without one the SHA-256 of the text."""
        return self._id

    @property
    def text(self) -> str:
        """All offsets point into it, in code points."""
        return self.document.text

    @property
    def title(self) -> str | None:
        """Headline, where one is known."""
        return self.document.title

    @property
    def publisher(self) -> str | None:
        """Who published it, where that is known."""
        return self.document.publisher

    @property
    def date(self) -> str | None:
        """Day of publication, ISO 8601, where it is known; relative dates rest on it."""
        return self.document.date

    @property
    def notes(self) -> tuple[Note, ...]:
        """What was withheld or left open, each with its reason."""
        return self.record.notes if self.failure is None else ()

    @property
    def events(self) -> Findings[desk.EventRow]:
        """Who did what to whom, when and where."""
        return self._found("events", "events")

    @property
    def ties(self) -> Findings[desk.TieRow]:
        """Who stands how to whom."""
        return self._found("ties", "ties")

    @property
    def statements(self) -> Findings[desk.StatementRow]:
        """Who said what to whom."""
        return self._found("statements", "statements")

    @property
    def discrepancies(self) -> Findings[desk.DiscrepancyRow]:
        """Statements and what stands against them; of a report in a case, those with a passage in it."""
        chosen = desk.Chosen(ids=self._discrepancies)
        return Findings("discrepancies", lambda: self._view, lambda: chosen)

    @property
    def actors(self) -> Findings[desk.ActorRow]:
        """Who is named in it."""
        ids = frozenset(("", f.actor.id) for f in self._view.actors if self._id in f.documents)
        return Findings("actors", lambda: self._view, lambda: desk.Chosen(ids=ids))

    def to_json(self) -> str:
        """The record as one line of JSON, as ``saydo code`` writes it. Raises CodingError."""
        return self.record.model_dump_json(by_alias=True)

    def _found(self, table: desk.Table, what: str) -> Findings[Any]:
        chosen = desk.Chosen((self._id,))
        count = len(getattr(self.record, what)) if self.failure is None else 0
        return Findings(table, lambda: self._view, lambda: chosen, lambda: count)

    def __repr__(self) -> str:
        document = self.document
        words = document.title or " ".join(document.text[:60].split())
        told = words if len(words) <= 60 else words[:59] + "…"
        if self.failure is not None:
            return f"<Report {told!r}: not coded: {self.failure}>"
        found = ", ".join(repr(each)[1:-1] for each in (self.events, self.ties, self.statements) if len(each))
        more = f", {len(self.discrepancies)} discrepancies" if self.discrepancies else ""
        return f"<Report {told!r}: {found or 'nothing found'}{more}>"

    def _repr_html_(self) -> str:
        from saydo.api.pages import report_html

        return report_html(desk.part_of(self._view, (self._id,)), self.failure, self.discrepancies)


def coded(document: Any, record: Record | None, failure: str | None, meta: Mapping[str, Any]) -> Report:
    """The report of a text that was coded by itself."""
    return Report(desk.view_of(document, record), document.id, failure=failure, meta=meta)
