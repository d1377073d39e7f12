"""Scores the whole corridor on small hand-made cases: are the gaps found, and are lookalikes left alone?

``python -m lab.score_cases [--split dev|heldout] [--id PART] [--quiet]``. A case is a YAML document under
``lab/cases`` with ``id``, ``split``, ``reports``, ``expected`` pairs and, for a lookalike, the ``control``
that says why nothing stands against anything in it.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from saydo.codebook.entries import Codebook
from saydo.desk import code_documents, corridor, load_codebook, load_reader
from saydo.desk.derive import case_wide, united
from saydo.model.choices import NO_CHOICES
from saydo.model.document import Document
from saydo.model.reading import Reader
from saydo.model.records import Discrepancy, Record
from saydo.weighing import WeighedReport

CASES = Path(__file__).parent / "cases"
NEAR = {frozenset(("position", "tie")), frozenset(("denial", "tie"))}
"""Kinds that may be taken for each other: of one pair the more specific is reported."""


@dataclass(slots=True)
class Score:
    """Counts over cases. Pairs are matched by their passages, kinds only of pairs that were found."""

    wanted: int = 0
    found: int = 0
    extra: int = 0
    kinds: int = 0
    controls: int = 0
    clean: int = 0
    lines: list[str] = field(default_factory=list)

    def told(self) -> str:
        """The figures in one line."""
        precision = self.found / max(1, self.found + self.extra)
        recall = self.found / max(1, self.wanted)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        return (
            f"pair P {precision:.2f} R {recall:.2f} F1 {f1:.2f} · kinds right {self.kinds}/{self.found} · "
            f"clean negatives {self.clean}/{self.controls}"
        )


def load(split: str | None = None, part: str = "") -> Iterator[dict[str, Any]]:
    """The cases of a split (None: all) whose id holds ``part``, by file and place in it."""
    for path in sorted(CASES.glob("*.yaml")):
        for case in yaml.safe_load_all(path.read_text(encoding="utf-8")):
            if case and (split is None or case["split"] == split) and part in case["id"]:
                yield case


def weighed(
    case: dict[str, Any], reader: Reader, codebook: Codebook
) -> tuple[list[Record], tuple[Discrepancy, ...]]:
    """Records of the reports of a case, and every discrepancy within and between them."""
    documents = [
        Document(id=r["id"], text=r["text"], date=str(r["date"]), publisher=r.get("publisher"))
        for r in case["reports"]
    ]
    records: list[Record] = []
    for record in code_documents(documents, reader, codebook, rooms=corridor(), strict=True):
        if not isinstance(record, Record):
            raise SystemExit(f"{case['id']}: report {record.document} {record.reason}")
        records.append(record)
    reports = [WeighedReport(r, d.text) for r, d in zip(records, documents, strict=True)]
    across = corridor().weigh(reports, codebook, NO_CHOICES).discrepancies
    own = (found for r in records for found in case_wide(r.id, r.discrepancies))
    return records, united(across, own)


def score(case: dict[str, Any], found: Sequence[Discrepancy], total: Score) -> None:
    """Adds one case to the total, with a line for each miss and extra."""
    left = {_passages(d): d for d in reversed(found)}
    for wanted in case["expected"]:
        total.wanted += 1
        hits = [d for d in found if is_(d, wanted)]
        if not hits:
            total.lines.append(f"MISS  {case['id']}: {wanted['kind']} {wanted['statement_quote']!r}")
            continue
        total.found += 1
        kinds = {d.kind for d in hits}
        right = any(k == wanted["kind"] or frozenset((k, wanted["kind"])) in NEAR for k in kinds)
        total.kinds += right
        if not right:
            total.lines.append(f"KIND  {case['id']}: {wanted['kind']} found as {sorted(kinds)}")
        for d in hits:
            left.pop(_passages(d), None)
    total.extra += len(left)
    for d in left.values():
        total.lines.append(f"EXTRA {case['id']}: {d.kind} {d.explanation[:400]}")
    if not case["expected"]:
        total.controls += 1
        total.clean += not found


def _passages(found: Discrepancy) -> tuple[str, ...]:
    return found.statement.quote, *(p.quote for p in found.against)


def is_(found: Discrepancy, wanted: dict[str, str]) -> bool:
    """Whether a discrepancy is the pair that a case asks for, whatever its kind."""
    said, done = _plain(wanted["statement_quote"]), _plain(wanted["against_quote"])
    one, others = _plain(found.statement.quote), [_plain(p.quote) for p in found.against]
    straight = said in one and any(done in other for other in others)
    # which of two accounts or positions comes first is a matter of taste
    turned = found.kind in ("account", "position", "tie", "denial") and (
        done in one and any(said in other for other in others)
    )
    return straight or turned


def _plain(text: str | None) -> str:
    return " ".join((text or "").split())


def main() -> None:
    """Prints misses and extras of a split, then its figures."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--split", choices=("dev", "heldout"))
    ask.add_argument("--id", default="", help="only cases whose id holds this")
    ask.add_argument("--quiet", action="store_true", help="only the figures")
    given = ask.parse_args()
    reader, codebook, total = load_reader(), load_codebook(), Score()
    for case in load(given.split, given.id):
        score(case, weighed(case, reader, codebook)[1], total)
    if not given.quiet:
        print("\n".join(total.lines))
    print(total.told())


if __name__ == "__main__":
    main()
