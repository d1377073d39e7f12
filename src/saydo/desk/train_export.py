"""Reviewed findings of a case as files that the lab trains on."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from saydo import __version__
from saydo.desk.evaluate import decided_reports
from saydo.desk.files import whole_file
from saydo.export.training import FILES, rows, split_of
from saydo.model.errors import SaydoError
from saydo.model.store import CaseStore

SIDES = ("train", "heldout")
MANIFEST = "manifest.json"


class TrainingFiles(NamedTuple):
    """What was written."""

    folder: Path
    lines: dict[tuple[str, str], int]
    """(side, file) → lines."""
    reports: dict[str, int]
    """Side → reports with a decision."""
    left: dict[str, int]


def train_export(store: CaseStore, name: str, folder: Path) -> TrainingFiles:
    """Writes what people decided in the forms that ``lab`` reads, each report wholly on one side, and a
    manifest. Raises SaydoError where it cannot be written."""
    lines: Counter[tuple[str, str]] = Counter()
    reports: Counter[str] = Counter()
    left: Counter[str] = Counter()
    view = store.view()
    with ExitStack() as stack:
        out = {
            (side, file): stack.enter_context(whole_file(_folder(folder / side) / f"{file}.jsonl"))
            for side in SIDES
            for file in FILES
        }
        for document, coded, own in decided_reports(store):
            held = store.report(document)
            assert held is not None, "a report with a record"
            left += own.left
            side = split_of(coded.text_sha256)
            reports[side] += 1
            for row in rows(store.record(document), coded, held.document.text, own.judged, own.misses, left):
                out[side, row.file].write(json.dumps(row.content, ensure_ascii=False) + "\n")
                lines[side, row.file] += 1
    found = TrainingFiles(folder, dict(lines), dict(reports), {k: n for k, n in left.items() if n})
    with whole_file(folder / MANIFEST) as manifest:
        manifest.write(json.dumps(_manifest(name, view.coder and view.coder.model_dump(), found),
                                  ensure_ascii=False, indent=1) + "\n")  # fmt: skip
    return found


def _folder(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SaydoError(
            f"{path}: cannot be made ({error.strerror}); choose another place with -o"
        ) from error
    return path


def _manifest(name: str, coder: object, found: TrainingFiles) -> dict[str, object]:
    """What the files hold, where they are from, and what was left out for what reason."""
    return {
        "case": name,
        "saydo": __version__,
        "coder": coder,
        "split": "by the hash of a report's text: one report in five is held out, with all its sentences",
        "reports": found.reports,
        "files": {
            file: {"about": about, **{side: found.lines.get((side, file), 0) for side in SIDES}}
            for file, about in FILES.items()
        },
        "provenance": (
            "each line has document, sha256 (of the report's text), at (characters of the sentence in it) "
            "and decisions (their numbers in the case's log, which has who, when and why); nobody is named"
        ),
        "left_out": found.left,
        "caution": (
            "the files hold sentences of your reports: rights in them, and the privacy of the people they "
            "are about, are as in the reports"
        ),
    }
