"""The log of runs: see :class:`saydo.model.runs.RunLog`; the half of it that reads."""

from __future__ import annotations

import json
from typing import Any

from saydo.model.case import WHOLE_TEXT, SkippedInput
from saydo.model.lookups import Cursor, Heading, Slice
from saydo.model.records import Discrepancy
from saydo.model.runs import RunHeld
from saydo.store.asking import Asking
from saydo.store.slices import Listing, cut

# Where a run that was killed left no end, its reports are those up to the beginning of the next.
_UPTO = """COALESCE(r.upto, (SELECT n.after FROM runs n WHERE n.number > r.number ORDER BY n.number LIMIT 1),
    (SELECT COALESCE(max(position), 0) FROM documents))"""
_RUN = f"""r.number, r.started, r.ended, r.outcome, r.reason, r.who, r.material, r.inputs, r.version,
    CASE WHEN r.after IS NULL THEN NULL ELSE {_UPTO} - r.after END,
    (SELECT count(*) FROM run_skips s WHERE s.run = r.number)"""
_OWN = f"FROM runs r JOIN documents d ON d.position > r.after AND d.position <= {_UPTO}"
_FEW = 2_000
"""So many reports of a run are looked through for discrepancies; of more, the discrepancies for reports."""


def _run(row: tuple[Any, ...]) -> RunHeld:
    held = RunHeld(*row)
    return held._replace(inputs=tuple(json.loads(row[7])))


class SqliteRuns(Asking):
    """What is asked of the runs of a case."""

    def runs_page(self, cursor: Cursor | None, limit: int) -> Slice[RunHeld]:
        """Runs, the latest first."""
        listing = Listing(_RUN, "runs r", (), (), ("r.number",), descending=True)
        return cut(self._all, listing, cursor, limit, _run)

    def run_held(self, number: int) -> RunHeld | None:
        """One run."""
        row = self._one(f"SELECT {_RUN} FROM runs r WHERE r.number = ?", (number,))
        return _run(row) if row else None

    def run_of(self, material: int) -> RunHeld | None:
        """The latest run over some material."""
        row = self._one(
            f"SELECT {_RUN} FROM runs r WHERE r.material = ? ORDER BY r.number DESC LIMIT 1", (material,)
        )
        return _run(row) if row else None

    def run_skips(self, number: int, limit: int) -> tuple[SkippedInput, ...]:
        """What a run skipped and what it could not code."""
        found = self._all(
            "SELECT origin, reason, harmless FROM run_skips WHERE run = ? UNION "
            f"SELECT d.origin, d.failure, 0 {_OWN} WHERE r.number = ? AND d.failure IS NOT NULL UNION "
            f"SELECT d.origin, n.reason, 0 {_OWN} "
            "JOIN notes n ON n.document = d.position WHERE r.number = ? AND n.about = ? "
            "ORDER BY 3, 1, 2 LIMIT ?",
            (number, number, number, WHOLE_TEXT, limit),
        )
        return tuple(SkippedInput(origin, reason, bool(harmless)) for origin, reason, harmless in found)

    def run_reports(self, number: int, limit: int) -> tuple[Heading, ...]:
        """The reports that a run added."""
        found = self._all(
            f"SELECT d.id, d.title, d.origin, d.publisher, d.date {_OWN} "
            "WHERE r.number = ? ORDER BY d.position LIMIT ?",
            (number, limit),
        )
        return tuple(Heading(*row) for row in found)

    def discrepancies_of_run(self, number: int, limit: int) -> tuple[Discrepancy, ...]:
        """Discrepancies with a passage in a report that a run added, strongest first."""
        counted = f"SELECT count(*) FROM (SELECT 1 {_OWN} WHERE r.number = ? LIMIT ?) AS q"
        (own,) = self._one(counted, (number, _FEW + 1)) or (0,)
        if own > _FEW:
            # so many reports that the strongest are soon met
            ranks = (
                "SELECT f.rank FROM discrepancies f WHERE EXISTS (SELECT 1 FROM runs r CROSS JOIN poles o "
                f"JOIN documents d ON d.id = o.document AND d.position > r.after AND d.position <= {_UPTO} "
                "WHERE r.number = ? AND o.discrepancy = f.rank) ORDER BY f.rank LIMIT ?"
            )
        else:
            ranks = (
                f"SELECT DISTINCT o.discrepancy {_OWN} JOIN poles o ON o.document = d.id "
                "WHERE r.number = ? ORDER BY o.discrepancy LIMIT ?"
            )
        found = self._all(
            f"SELECT json FROM discrepancies WHERE rank IN ({ranks}) ORDER BY rank", (number, limit)
        )
        return tuple(Discrepancy.model_validate_json(text) for (text,) in found)

    def holds(self, source_sha256: str, id: str, text_sha256: str) -> str | None:
        """The id under which the case has these bytes, or this text under this id."""
        row = self._one(
            "SELECT id FROM documents WHERE source = ? OR (id = ? AND text_sha256 = ?) LIMIT 1",
            (source_sha256, id, text_sha256),
        )
        return str(row[0]) if row else None

    def latest_material(self) -> int:
        """The highest number of material that was ever run."""
        row = self._one("SELECT COALESCE(max(material), 0) FROM runs")
        return int(row[0]) if row else 0
