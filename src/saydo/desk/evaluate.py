"""A case's findings against what people decided about them."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from saydo.export.csv_table import guarded
from saydo.model.choices import ON_FINDINGS, Choices, Decision
from saydo.model.errors import StoreError
from saydo.model.evaluated import Evaluation, Judged, JudgedWhat, Miss, Tally
from saydo.model.records import Record
from saydo.model.standing import BY_PERSON, decided_findings, what_of
from saydo.model.store import CaseStore
from saydo.secondcoder.evaluate import band_of, evaluated
from saydo.secondcoder.judged import InReport, judge_discrepancies, judge_report, kind_of

NOT_CODED = "decisions on reports that are not coded now"


def evaluate(store: CaseStore, name: str) -> Evaluation:
    """Every finding that somebody judged, every miss that is known, and their figures."""
    view = store.view()
    judged: list[Judged] = []
    misses: list[Miss] = []
    found: Counter[tuple[JudgedWhat, str, str, float]] = Counter()
    left: Counter[str] = Counter()
    seen = set()
    for document, record, own in decided_reports(store):
        seen.add(document)
        judged += own.judged
        misses += own.misses
        left += own.left
        _count(record, found)
    for record in store.records():
        if record.id not in seen:
            _count(record, found)
    left[NOT_CODED] += sum(len(own) for id, own in by_report(store.decisions()).items() if id not in seen)
    verdicts, gone = judge_discrepancies(store.decisions(), view.lost)
    for each in view.discrepancies:
        found["discrepancy", each.kind, each.rule, band_of(each.score)] += 1
    for verdict in verdicts:
        if verdict.outcome == "wrong":
            found["discrepancy", verdict.type, verdict.rule, band_of(verdict.score)] += 1
    coder = view.coder
    version = f"{coder.version}, reader {coder.reader}, codebook {coder.codebook}" if coder else "nobody"
    return evaluated(
        name, version, (*judged, *verdicts), misses, {k: n for k, n in (left + gone).items() if n}, found
    )


def by_report(decisions: Iterable[Decision]) -> dict[str, list[Decision]]:
    """The decisions in force on findings, by report."""
    found: dict[str, list[Decision]] = defaultdict(list)
    for decision in Choices(tuple(decisions)).in_force(*ON_FINDINGS):
        if decision.finding is not None:
            found[decision.finding.document].append(decision)
    return found


def decided_reports(store: CaseStore) -> Iterator[tuple[str, Record, InReport]]:
    """Each report with decisions on its findings: its id, its record as the coder made it, and what the
    decisions make of that. Reports that are not coded now are left out."""
    for document, own in by_report(store.decisions()).items():
        report = store.report(document)
        if report is None or not report.coded:
            continue
        try:
            record = store.coded_record(document)
        except StoreError:
            continue  # its record went since; the decisions are counted as on a report that is not coded
        yield document, record, judge_report(record, report.document.text, own)


def _count(record: Record, found: Counter[tuple[JudgedWhat, str, str, float]]) -> None:
    for finding in decided_findings(record):
        if finding.rule != BY_PERSON:
            found[what_of(finding), kind_of(finding), finding.rule, band_of(finding.score)] += 1


COLUMNS = (
    "group key judged right corrected wrong unclear found precision low high kept mean_confidence"
).split()


def evaluation_csv(found: Evaluation) -> str:
    """One table: a row for each sort, rule, type and band of confidence."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for group, tallies in (("sort", found.by_what), ("rule", found.by_rule), ("type", found.by_type)):
        for each in tallies:
            writer.writerow([guarded(cell) for cell in (group, *_cells(each), None)])
    for band in found.bands:
        mean = None if band.mean is None else round(band.mean, 3)
        writer.writerow([guarded(cell) for cell in ("confidence", *_cells(band.tally), mean)])
    return out.getvalue()


def _cells(each: Tally) -> tuple[Any, ...]:
    shares = (each.precision, each.low, each.high, each.kept)
    return (
        each.key, each.judged, each.right, each.corrected, each.wrong, each.unclear, each.found,
        *(None if share is None else round(share, 3) for share in shares),
    )  # fmt: skip


def evaluation_json(found: Evaluation) -> str:
    """Everything as one JSON object, the single judgments too."""

    def tallies(those: Iterable[Tally]) -> list[dict[str, Any]]:
        names = COLUMNS[1:-1]
        return [dict(zip(names, _cells(each), strict=True)) for each in those]

    made = {
        "case": found.case,
        "coder": found.coder,
        "by_sort": tallies(found.by_what),
        "by_rule": tallies(found.by_rule),
        "by_type": tallies(found.by_type),
        "by_confidence": [
            row | {"mean_confidence": band.mean}
            for row, band in zip(tallies(b.tally for b in found.bands), found.bands, strict=True)
        ],
        "brier": found.brier,
        "calibration_error": found.calibration,
        "corrected_fields": dict(found.fields),
        "agreement": [{"one": a.one, "other": a.other, **a.kappa._asdict()} for a in found.agreement],
        "misses_known": len(found.misses),
        "recall_at_most": found.most_recall,
        "left_out": dict(found.left),
        "judged": [
            each._asdict() | {"by": [judgment._asdict() for judgment in each.by]} for each in found.judged
        ],
        "misses": [each._asdict() for each in found.misses],
    }
    return json.dumps(made, ensure_ascii=False, indent=1)
