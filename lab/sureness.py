"""Fits the weights from which the probability of a discrepancy follows: ``python -m lab.sureness``.

``python -m lab.sureness --records RECORDS.jsonl TEXTS.jsonl [--records …] [--write] [--diagram FILE.svg]``

It learns from pairs that were read one by one against their texts (``lab/gold/discrepancies.jsonl``: would
an analyst keep it?) and, at a lower weight, from the cases under ``lab/cases`` of the split ``dev``: there a
pair that is asked for is right and any other is wrong. ``RECORDS`` are what ``saydo code`` makes of TEXTS;
each pair found in them is looked up in the gold by its kind and the hashes of its two passages; those that
nobody has read yet are listed. The method is a logistic regression with an L2 penalty (scikit-learn); printed
are log loss, Brier score and a reliability table of folds by report that the fit has not seen.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import numpy as np
import yaml
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from lab import corpora, score_cases
from lab.reliability import diagram, reliability
from saydo.codebook import load
from saydo.codebook.entries import Codebook
from saydo.codebook.sureness import facts
from saydo.model.records import Discrepancy, Record
from saydo.reading import load_reader
from saydo.weighing import WeighedReport, weigh

GOLD = Path(__file__).parent / "gold" / "discrepancies.jsonl"
WEIGHTS = Path(__file__).parents[1] / "src/saydo/codebook/data/weights/discrepancies.yaml"
FOLDS = 5
CASES_COUNT = 0.6
"""What a pair of a case counts beside one of real news: cases are plainer."""
PENALTY = 0.5
"""scikit-learn's C."""
THRESHOLD = 0.5
LEAST = 0.2


BY_HAND = {
    "rule account.inference": -1.25,
    **{f"rule {kind}.inference": -1.05 for kind in ("commitment", "denial", "position", "tie")},
}
"""Weights that follow from no pair: what only inference tells waits for review, since everyday news gave no
such pairs to learn from."""
FOR = ("other publisher", "other report", "words shared", "strength")
"""Facts that can only speak for a pair: independent sources, the same words, a strong match."""


class Row(NamedTuple):
    """A pair, whether an analyst keeps it, where it is from and what it counts."""

    facts: dict[str, float]
    keep: bool
    group: str
    count: float
    rule: str


def passage(words: str | None) -> str:
    """The hash by which a passage is known in the gold."""
    return sha256(" ".join((words or "").split()).encode()).hexdigest()[:16]


def keys(found: Discrepancy) -> Iterator[tuple[str, str, str]]:
    """Kind and passages of a discrepancy, for each passage that stands against it."""
    for against in found.against:
        yield found.kind, passage(found.statement.quote), passage(against.quote)


def raw(codebook: Codebook) -> Codebook:
    """The codebook without weights: scores are then strengths of matches, and nothing is left out."""
    others = {id: entry for id, entry in codebook.weights.items() if id != "discrepancies"}
    return codebook.model_copy(update={"weights": others})


def found_in(
    records: Path, texts: Path, codebook: Codebook
) -> Iterator[tuple[Discrepancy, dict[str, str | None]]]:
    """All discrepancies of some coded reports, with the publishers of the reports."""
    text = {row["id"]: row["text"] for row in corpora.jsonl(texts)}
    made = [Record.model_validate_json(line) for line in records.read_text(encoding="utf-8").splitlines()]
    publishers = {r.id: r.publisher for r in made}
    across = weigh([WeighedReport(r, text[r.id]) for r in made], codebook).discrepancies
    for found in (*across, *(d for r in made for d in r.discrepancies if d.basis == "flagged")):
        yield found, publishers


def read_rows(given: Sequence[tuple[Path, Path]], codebook: Codebook) -> Iterator[Row]:
    """The pairs of real news that somebody has read."""
    gold = {tuple(row["key"]): bool(row["keep"]) for row in corpora.jsonl(GOLD)}
    unread: list[Discrepancy] = []
    for records, texts in given:
        for found, publishers in found_in(records, texts, codebook):
            verdict = next((gold[k] for k in keys(found) if k in gold), None)
            if verdict is None:
                unread.append(found)
                continue
            yield Row(facts(found, publishers), verdict, found.statement.document, 1.0, found.rule)
    for found in unread:
        print(f"not read yet: {found.rule} {found.statement.document} {found.explanation[:300]}")


def case_rows(codebook: Codebook) -> Iterator[Row]:
    """The pairs found in the cases of the split ``dev``."""
    reader = load_reader(pairs=True)
    for case in score_cases.load("dev"):
        publishers = {r["id"]: r.get("publisher") for r in case["reports"]}
        for found in score_cases.weighed(case, reader, codebook)[1]:
            keep = any(score_cases.is_(found, wanted) for wanted in case["expected"])
            yield Row(facts(found, publishers), keep, f"case {case['id']}", CASES_COUNT, found.rule)


def fitted(rows: Sequence[Row], left_out: frozenset[str] = frozenset()) -> dict[str, float]:
    """The weights of the facts; those that hardly count are left out, and those that can only speak for a
    pair but come out against it, because of what they mostly come with."""
    vectorizer = DictVectorizer(sort=True)
    told = [{name: value for name, value in r.facts.items() if name not in left_out} for r in rows]
    matrix = vectorizer.fit_transform(told)
    model = LogisticRegression(C=PENALTY, max_iter=5000, fit_intercept=False)
    model.fit(matrix, [r.keep for r in rows], sample_weight=[r.count for r in rows])
    named = zip(vectorizer.feature_names_, model.coef_[0], strict=True)
    weights = {name: round(float(weight), 3) for name, weight in named if abs(weight) >= 0.01}
    wrong = frozenset(name for name in FOR if weights.get(name, 0.0) < 0)
    return fitted(rows, left_out | wrong) if wrong else weights


def crossed(rows: Sequence[Row]) -> NDArray[np.float64]:
    """Each row's probability by weights fitted without the reports of its fold."""
    groups = sorted({r.group for r in rows})
    random.Random(0).shuffle(groups)
    fold = {group: n % FOLDS for n, group in enumerate(groups)}
    found = np.zeros(len(rows))
    for n in range(FOLDS):
        weights = fitted([r for r in rows if fold[r.group] != n])
        for k, row in enumerate(rows):
            if fold[row.group] == n:
                total = sum(weights.get(name, 0.0) * value for name, value in row.facts.items())
                found[k] = 1 / (1 + np.exp(-total))
    return found


def report(rows: Sequence[Row], probabilities: NDArray[np.float64]) -> Iterator[str]:
    keep = np.array([r.keep for r in rows])
    clipped = probabilities.clip(1e-6, 1 - 1e-6)
    loss = -np.where(keep, np.log(clipped), np.log(1 - clipped)).mean()
    brier = ((probabilities - keep) ** 2).mean()
    yield f"{len(rows)} pairs, {keep.sum()} kept; log loss {loss:.3f}, Brier score {brier:.3f}"
    for mean, share, count in reliability(probabilities, keep, 5):
        yield f"  probability {mean:.2f}: kept {share:.2f} of {count}"
    for least in (LEAST, 0.35, THRESHOLD, 0.65):
        shown = probabilities >= least
        share = keep[shown].mean() if shown.any() else 0.0
        yield f"  from {least}: {share:.2f} of {shown.sum()} kept; {keep[shown].sum()} of {keep.sum()}"
    for rule, count in sorted(Counter(r.rule for r in rows).items()):
        yield f"  {rule}: {sum(r.keep for r in rows if r.rule == rule)} of {count} kept"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--records", nargs=2, type=Path, action="append", default=[], metavar=("RECORDS", "TEXTS")
    )
    parser.add_argument("--write", action="store_true", help="put the weights into the codebook")
    parser.add_argument("--diagram", type=Path, metavar="FILE.svg", help="draw the reliability diagram")
    options = parser.parse_args(arguments)
    codebook = raw(load())
    news, cases = list(read_rows(options.records, codebook)), list(case_rows(codebook))
    rows = [*news, *cases]
    probabilities = crossed(rows)
    print("news:", *report(news, probabilities[: len(news)]), sep="\n")
    print("cases:", *report(cases, probabilities[len(news) :]), sep="\n")
    if options.diagram:
        keep = np.array([r.keep for r in news])
        drawn = diagram(list(reliability(probabilities[: len(news)], keep, 5)))
        options.diagram.write_text(drawn, encoding="utf-8")
    if options.write:
        entry = {
            "id": "discrepancies",
            "definition": "How much each fact counts for or against a pair, in log odds (lab/sureness.py).",
            "threshold": THRESHOLD,
            "least": LEAST,
            "weights": dict(sorted((fitted(rows) | BY_HAND).items())),
        }
        WEIGHTS.write_text(yaml.safe_dump(entry, sort_keys=False, width=110), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
