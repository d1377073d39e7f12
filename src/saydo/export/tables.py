"""The door to the tables: which formats there are, and writing one to a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from saydo.export.contract import Exporter
from saydo.export.csv_table import Csv
from saydo.export.findings import Table
from saydo.export.jsonl import Jsonl
from saydo.model.case import CaseView
from saydo.model.errors import SaydoError

FORMATS: Mapping[str, Exporter] = MappingProxyType({"csv": Csv(), "jsonl": Jsonl()})


def write(view: CaseView, table: Table, format: str, path: Path) -> tuple[Path, ...]:
    """Writes a table of a case to ``path`` and says which files it wrote: the export, then its sidecar.

    A file is there whole or not at all: it is written beside its place and then moved there. Raises
    SaydoError where the format is not known, cannot hold the table, or the file cannot be written.
    """
    exporter = FORMATS.get(format)
    if exporter is None:
        raise SaydoError(f"no export format {format!r}: choose one of {', '.join(FORMATS)}")
    if table not in exporter.tables:
        raise SaydoError(f"{format} cannot hold {table!r}: choose one of {', '.join(exporter.tables)}")
    exporter = graded(exporter, view.grades is not None)
    written = [path]
    try:
        _write(path, exporter.chunks(view, table))
        sidecar = exporter.sidecar(table, path.name)
        if sidecar is not None:
            written.append(path.with_name(path.name + sidecar.suffix))
            _write(written[-1], [sidecar.content])
    except OSError as error:
        reason = error.strerror or str(error)
        raise SaydoError(f"could not write {path}: {reason}; choose another place with -o") from error
    return tuple(written)


def graded(exporter: Exporter, grades: bool) -> Exporter:
    """The format with Admiralty grades, where there are any to write and it has a place for them."""
    return exporter.graded() if grades and isinstance(exporter, Csv | Jsonl) else exporter


def _write(path: Path, chunks: Iterable[str]) -> None:
    part = path.with_name(path.name + ".part")
    try:
        with part.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            for chunk in chunks:
                file.write(chunk)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
