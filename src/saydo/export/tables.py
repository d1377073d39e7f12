"""The door to the exports: which formats there are, and writing one to a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from saydo.export.acled import AcledLike
from saydo.export.annotations import WebAnnotation
from saydo.export.contract import Exporter, Left
from saydo.export.csv_table import Csv
from saydo.export.findings import Part
from saydo.export.ftm import FollowTheMoney
from saydo.export.geojson import GeoJson
from saydo.export.gexf import Gexf
from saydo.export.graphml import GraphMl
from saydo.export.html_report import Html
from saydo.export.icews import Icews
from saydo.export.jsonl import Jsonl
from saydo.export.kml import Kml
from saydo.export.parquet import Parquet
from saydo.export.polecat import Polecat
from saydo.export.stix import Stix
from saydo.export.timeline import TimelineJs
from saydo.export.ucdp import UcdpLike
from saydo.model.case import CaseView
from saydo.model.errors import SaydoError

_ALL: tuple[Exporter, ...] = (
    *(Csv(), Jsonl(), Parquet()),
    *(Polecat(), Icews(), AcledLike(), UcdpLike()),
    *(GeoJson(), Kml(), TimelineJs(), WebAnnotation()),
    *(FollowTheMoney(), Stix(), Gexf(), GraphMl(), Html()),
)
FORMATS: Mapping[str, Exporter] = MappingProxyType({exporter.name: exporter for exporter in _ALL})
DOSSIER = "markdown"
"""The one format that is written from more than a view of the case: by the desk."""
_NEEDS: Mapping[str, str] = MappingProxyType({"parquet": "pyarrow"})
"""Format → a package that it needs and that is no part of a plain installation; the extra has the name of the
format."""


def ready(format: str) -> bool:
    """Whether what a format needs is installed."""
    return format not in _NEEDS or find_spec(_NEEDS[format]) is not None


class Written(NamedTuple):
    """What came of an export."""

    files: tuple[Path, ...]
    """The export, then what belongs beside it."""
    left: Mapping[str, int]
    """What the format has no place for and was left out: reason → how many."""


def part_of(format: str, what: Part | None) -> tuple[Exporter, Part]:
    """A format by name, and what it is to hold: what it holds at all, where it holds just one thing. Raises
    SaydoError where there is no such format, it cannot hold that, or a package is missing."""
    exporter = FORMATS.get(format)
    if exporter is None:
        raise SaydoError(f"no export format {format!r}: choose one of {', '.join((*FORMATS, DOSSIER))}")
    if not ready(format):
        raise SaydoError(f"{format} needs {_NEEDS[format]}: pip install 'saydo[{format}]'")
    if what is None and len(exporter.tables) == 1:
        return exporter, exporter.tables[0]
    if what is None:
        raise SaydoError(
            f"{format} holds one table: name it with --what, one of {', '.join(exporter.tables)}"
        )
    if what not in exporter.tables:
        raise SaydoError(f"{format} cannot hold {what!r}: choose one of {', '.join(exporter.tables)}")
    return exporter, what


def write(view: CaseView, what: Part | None, format: str, path: Path) -> Written:
    """Writes a table of a case, or the case, to ``path``, with a sidecar where the format needs one.

    A file is there whole or not at all: it is written beside its place and then moved there. Raises
    SaydoError where the format is not known, cannot hold the table, or the file cannot be written.
    """
    exporter, part = part_of(format, what)
    exporter = graded(exporter, view.grades is not None)
    left = Left()
    written = [path]
    try:
        _write(path, exporter.chunks(view, part, left))
        sidecar = exporter.sidecar(part, path.name, left)
        if sidecar is not None:
            written.append(path.with_name(path.name + sidecar.suffix))
            _write(written[-1], [sidecar.content])
    except OSError as error:
        reason = error.strerror or str(error)
        raise SaydoError(f"could not write {path}: {reason}; choose another place with -o") from error
    return Written(tuple(written), left)


def graded(exporter: Exporter, grades: bool) -> Exporter:
    """The format with Admiralty grades, where there are any to write and it has a place for them."""
    return exporter.graded() if grades and isinstance(exporter, Csv | Jsonl) else exporter


def encoded(piece: str | bytes) -> bytes:
    """A piece of an export as it stands in the file; a lone surrogate becomes an escape."""
    return piece if isinstance(piece, bytes) else piece.encode("utf-8", errors="backslashreplace")


def _write(path: Path, chunks: Iterable[str | bytes]) -> None:
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            for chunk in chunks:
                file.write(encoded(chunk))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
