"""The captured pages of a case as a web archive that other tools can open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from saydo import __version__
from saydo.desk.case import open_case
from saydo.desk.files import whole_bytes
from saydo.desk.run import now
from saydo.export.wacz import CapturedPage, write_wacz
from saydo.model.errors import InputError
from saydo.model.store import CaseStore


def export_pages(case: Path, output: Path) -> tuple[int, int]:
    """Writes every captured page whose body is kept whole as WACZ; gives how many, and how many reports there
    are. Raises InputError where nothing was captured from the web, StoreError where an original is not what
    it was."""
    store = open_case(case)
    try:
        reports = store.tally().documents
        if next(store.captured(), None) is None:
            raise InputError(
                f"case {case}: none of its {reports} reports was captured from the web with a record"
            )
        with whole_bytes(output) as out:
            made = write_wacz(
                _pages(store), out, title=case.resolve().name, software=f"saydo {__version__}", made=now()
            )
        return made, reports
    finally:
        store.close()


def _pages(store: CaseStore) -> Iterator[CapturedPage]:
    for id in store.captured():
        capture, held = store.capture(id), store.document(id)
        if capture is not None and held.source_sha256 is not None:
            yield CapturedPage(capture, store.source(held.source_sha256), held.title, id)
