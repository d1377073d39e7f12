"""A case on disk or in PostgreSQL, opened to be read, and run over more reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, overload

from saydo import desk
from saydo.api.findings import Findings
from saydo.api.frames import iso_day
from saydo.api.report import Report
from saydo.model.errors import InputError
from saydo.model.found import Filter, Tally

if TYPE_CHECKING:
    from saydo.api.plots import Plots
    from saydo.model.case import CaseView
    from saydo.model.store import CaseStore

MANY = 1_000_000
"""More than a report has discrepancies."""


class Reports(Sequence[Report]):
    """The reports of a case in the order in which they came in, read as they are asked for."""

    def __init__(self, case: Case) -> None:
        self._case = case

    def __len__(self) -> int:
        return len(self._case.view.documents)

    def __iter__(self) -> Iterator[Report]:
        for document in self._case.view.documents:
            yield self._case._report(document.id)

    @overload
    def __getitem__(self, at: int) -> Report: ...
    @overload
    def __getitem__(self, at: slice) -> list[Report]: ...
    def __getitem__(self, at: int | slice) -> Report | list[Report]:
        documents = self._case.view.documents
        if isinstance(at, slice):
            return [self._case._report(documents[n].id) for n in range(*at.indices(len(documents)))]
        return self._case._report(documents[at].id)

    def __repr__(self) -> str:
        number = len(self)
        return f"<{number:,} report{'' if number == 1 else 's'}>"


class Case:
    """A case that ``saydo run`` or :meth:`run` made, to be read. Close it after use, or use ``with``::

        with saydo.Case.open("my-case") as case:
            case.events.where(kind="ASSAULT", since="2018-06").to_pandas()

    It shows the case as it was when it was opened; :meth:`reload` looks again. Reports and findings are read
    as they are asked for, so that a case may be larger than memory; actors, discrepancies and ties over time
    are held.
    """

    def __init__(self, place: Path) -> None:
        self._place = place
        self._store: CaseStore | None = desk.open_case(place)

    @classmethod
    def open(cls, case: str | Path) -> Case:
        """Opens the case in a folder, or at an address of PostgreSQL
        (``postgresql://HOST/DATABASE?schema=NAME``). Raises StoreError where there is none, or the database
        cannot be asked (``pip install 'saydo[postgres]'``)."""
        return cls(desk.case_at(str(case)))

    @classmethod
    def create(cls, case: str | Path) -> Case:
        """Opens a case, and makes an empty one where there is none. Raises StoreError."""
        place = desk.case_at(str(case))
        desk.make_case(place)
        return cls(place)

    def run(
        self,
        inputs: str | Path | Sequence[str | Path],
        *,
        date: object = None,
        workers: int = 1,
        reader: str = "en",
        codebook: str | Path | None = None,
    ) -> Case:
        """Takes files, folders and web addresses into the case, codes what is new and weighs all of it, as
        ``saydo run`` does; then looks at the case anew. What could not be taken in is among :attr:`skipped`.

        ``date``: day of publication of reports that tell none. ``workers``: that many processes code.
        ``reader``, ``codebook``: as for :func:`saydo.load`. Raises InputError, StoreError (another run is at
        work), ReaderError, CodebookError.
        """
        given = [str(each) for each in ([inputs] if isinstance(inputs, str | Path) else inputs)]
        book = Path(codebook) if codebook is not None else None
        vocabulary = desk.load_codebook(book)
        settings = desk.Settings(date=iso_day(date))
        self.close()
        try:
            if workers == 1:
                made = desk.load_reader(reader, 1, vocabulary)
                desk.run(given, self._place, made, vocabulary, settings=settings)
            else:
                with desk.Crew(partial(desk.make_coder, reader, 1, book), workers) as crew:
                    desk.run(given, self._place, crew, vocabulary, settings=settings)
        finally:
            self.reload()
        return self

    def reload(self) -> None:
        """Looks at the case as it is now. Raises StoreError."""
        self.close()
        self._store = desk.open_case(self._place)

    def close(self) -> None:
        """Lets go of the case."""
        self.__dict__.pop("view", None)
        if self._store is not None:
            self._store.close()
            self._store = None

    def __enter__(self) -> Case:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self.close()

    @property
    def store(self) -> CaseStore:
        """What answers every other question (:class:`saydo.model.store.CaseStore`). Raises InputError after
        :meth:`close`."""
        if self._store is None:
            raise InputError("the case is closed; open it again with saydo.Case.open()")
        return self._store

    @cached_property
    def view(self) -> CaseView:
        """All of the case, read lazily (:class:`saydo.model.case.CaseView`)."""
        return self.store.view()

    @property
    def name(self) -> str:
        """What the case is called: its folder or database."""
        return self.view.name

    @property
    def counts(self) -> Tally:
        """How many documents, words, actors, events, ties, statements and discrepancies it holds, and how
        many documents are coded or failed."""
        return self.store.tally()

    @property
    def reports(self) -> Reports:
        """The reports, in the order in which they came in."""
        return Reports(self)

    def report(self, named: str) -> Report:
        """One report, by id, file name, title or address. Raises InputError where none or several match."""
        return self._report(desk.find_document(self.view, named))

    @property
    def events(self) -> Findings[desk.EventRow]:
        """Who did what to whom, when and where; every report's account is a row of its own."""
        return self._found("events")

    @property
    def ties(self) -> Findings[desk.TieRow]:
        """Who stands how to whom, as each report tells it; :meth:`ties_over_time` puts them together."""
        return self._found("ties")

    @property
    def statements(self) -> Findings[desk.StatementRow]:
        """Who said what to whom."""
        return self._found("statements")

    @property
    def discrepancies(self) -> Findings[desk.DiscrepancyRow]:
        """Statements and what stands against them, strongest first; never a verdict."""
        return self._found("discrepancies")

    @property
    def actors(self) -> Findings[desk.ActorRow]:
        """Who acts in the case, all reports taken together."""
        return self._found("actors")

    def ties_over_time(
        self, *, actor: str | None = None, types: Sequence[str] = (), on: str | None = None
    ) -> list[desk.TieOverTime]:
        """Ties with the time for which they held, each in a sentence and with all that it rests on. ``on``:
        a day (of a month or a year its last) on which they held or likely did. Raises InputError."""
        return list(desk.ties_over_time(self.view, of=actor, types=tuple(types), on=on))

    @property
    def skipped(self) -> list[tuple[str, str]]:
        """What was given and not taken in, or not coded: where it came from, and why."""
        return [(each.origin, each.reason) for each in self.view.skipped if not each.harmless]

    @property
    def plot(self) -> Plots:
        """Pictures with matplotlib: ``case.plot.events()``, ``ties()``, ``say_do(actor)``, ``map()``."""
        from saydo.api.plots import Plots

        return Plots(self.view, self.store, self.events, self.ties_over_time)

    def export(self, path: str | Path, format: str, what: str | None = None) -> tuple[Path, ...]:
        """Writes a format of ``docs/guide/exports.md`` and gives the files. Raises SaydoError."""
        return desk.export(self.store, what, format, Path(path)).files  # type: ignore[arg-type]

    def _report(self, id: str) -> Report:
        held = self.store.report(id)
        failure = None
        if held is not None and not held.coded:
            failure = held.failure or "it is not coded yet; run the case again"
        ids = frozenset(("", d.id) for d in self.store.discrepancies_of(id, MANY))
        return Report(self.view, id, failure=failure, discrepancies=ids)

    def _found(self, table: desk.Table) -> Findings[Any]:
        def chosen(**conditions: Any) -> Findings[Any]:
            where = desk.make_filter(self.view, **conditions)
            return Findings(
                table, lambda: self.view, lambda: _chosen(self, table, where),
                lambda: len(_chosen(self, table, where).ids or ()), narrower(conditions),
            )  # fmt: skip

        def narrower(before: dict[str, Any]) -> Any:
            return lambda **more: chosen(**{**before, **{key: told for key, told in more.items() if told}})

        return Findings(table, lambda: self.view, count=lambda: _count(self, table), where=chosen)

    def __repr__(self) -> str:
        if self._store is None:
            return f"<Case {desk.shown(self._place)!r}, closed>"
        found = (self.reports, self.events, self.ties, self.statements, self.discrepancies, self.actors)
        return f"<Case {self.name!r}: {', '.join(repr(each)[1:-1] for each in found)}>"

    def _repr_html_(self) -> str:
        from saydo.api.pages import case_html

        return case_html(self.name, self.counts._asdict(), self.discrepancies)


def _count(case: Case, table: desk.Table) -> int:
    if table in ("actors", "discrepancies"):
        return len(getattr(case.view, table))
    return int(getattr(case.counts, table))


def _chosen(case: Case, table: desk.Table, where: Filter) -> desk.Chosen:
    """The findings that pass a filter, asked of the store's indexes."""
    store = case.store
    if table == "actors":
        return desk.Chosen(ids=frozenset(("", found.actor.id) for found in store.actors(where)))
    if table == "discrepancies":
        return desk.Chosen(ids=frozenset(("", found.id) for found in store.discrepancies(where)))
    if table == "events":
        ids = frozenset((found.document, found.event.id) for found in store.events(where))
    elif table == "ties":
        ids = frozenset((found.document, found.tie.id) for found in store.ties(where))
    else:
        ids = frozenset((found.document, found.statement.id) for found in store.statements(where))
    index = case.view.document_index
    documents = {document for document, _ in ids}
    return desk.Chosen(tuple(sorted(documents, key=lambda id: index.get(id, -1))), ids)
