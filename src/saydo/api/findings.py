"""What was found, as a sequence of typed values and as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar, cast, overload

from saydo import desk
from saydo.model.errors import InputError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from saydo.model.case import CaseView

R = TypeVar("R", bound="desk.Row")
Choose = Callable[[], "desk.Chosen"]
_ONE = {
    "actors": "actor", "events": "event", "ties": "tie", "statements": "statement",
    "discrepancies": "discrepancy",
}  # fmt: skip


class Findings(Sequence[R], Generic[R]):
    """Events, ties, statements, discrepancies or actors, each a frozen value of pydantic: the finding as the
    record has it, with who is meant by name and the sentence that it stands on.

    Those of a case are read from it as they are asked for, in the order of its reports; going through them
    twice reads twice. Ids, offsets (code points of the report's text), scores (0 to 1) and the fields of each
    kind are those of ``docs/reference/records.md``; the columns of the tables are those of
    ``docs/reference/exports.md``.
    """

    def __init__(
        self,
        table: desk.Table,
        view: Callable[[], CaseView],
        choose: Choose = lambda: desk.Chosen(),
        count: Callable[[], int] | None = None,
        where: Callable[..., Findings[R]] | None = None,
    ) -> None:
        self._table, self._view, self._choose, self._count, self._where = table, view, choose, count, where

    def __iter__(self) -> Iterator[R]:
        return cast("Iterator[R]", desk.rows_of(self._view(), self._table, self._choose()))

    def __len__(self) -> int:
        return self._count() if self._count is not None else sum(1 for _ in self)

    def __bool__(self) -> bool:
        return next(iter(self), None) is not None

    @overload
    def __getitem__(self, at: int) -> R: ...
    @overload
    def __getitem__(self, at: slice) -> list[R]: ...
    def __getitem__(self, at: int | slice) -> R | list[R]:
        if isinstance(at, slice):
            return list(self)[at]
        if at < 0:
            return list(self)[at]
        for number, row in enumerate(self):
            if number == at:
                return row
        raise IndexError(f"there are {len(self)} {self._table}; the first is number 0")

    def where(
        self,
        *,
        actor: str | None = None,
        kind: str | Sequence[str] | None = None,
        since: str | None = None,
        until: str | None = None,
        report: str | None = None,
    ) -> Findings[R]:
        """Those that meet every condition given. Only of a case.

        ``actor``: id, name or alias of somebody who takes part. ``kind``: an event type, a tie type, a kind
        of statement, discrepancy or actor, or several. ``since`` and ``until``: a year, a month or a day, of
        the finding, or of its report where the text tells none. ``report``: id, file name or title. Raises
        InputError where a condition means nothing in this case.
        """
        if self._where is None:
            raise InputError("where() chooses in a case; of one text, choose with a comprehension or a table")
        kinds = (kind,) if isinstance(kind, str) else tuple(kind or ())
        return self._where(actor=actor, kinds=kinds, since=since, until=until, document=report)

    @property
    def columns(self) -> dict[str, str]:
        """Name of each column of the tables → what it holds."""
        return {column.name: column.about for column in desk.columns_of(self._table)}

    def to_pandas(self) -> pd.DataFrame:
        """A row for each: days as ``datetime64[s]``, words of fixed lists as ``category``, the rest as
        ``string``, ``Int64``, ``Float64`` and ``boolean``. Raises MissingExtra without pandas."""
        from saydo.api.frames import pandas_frame

        return pandas_frame(self._table, self)

    def to_polars(self) -> pl.DataFrame:
        """A row for each: ``Date``, ``Categorical``, ``String``, ``Int64``, ``Float64``, ``Boolean``. Raises
        MissingExtra without polars."""
        from saydo.api.frames import polars_frame

        return polars_frame(self._table, self)

    def to_arrow(self) -> pa.Table:
        """A row for each: ``date32``, dictionaries, ``string``, ``int64``, ``double``, ``bool``; the metadata
        of a field says what it holds. Raises MissingExtra without pyarrow."""
        from saydo.api.frames import arrow_table

        return arrow_table(self._table, self)

    def __repr__(self) -> str:
        number = len(self)
        return f"<{number:,} {_ONE[self._table] if number == 1 else self._table}>"

    def _repr_html_(self) -> str:
        from saydo.api.pages import findings_html

        return findings_html(self._table, self, len(self))
