"""Figures of what people decided: how many findings are right, by rule, type and confidence; who agrees."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations, pairwise
from math import sqrt

from saydo.model.evaluated import Agreement, Band, Evaluation, Judged, JudgedWhat, Miss, Outcome, Tally
from saydo.secondcoder.measures import kappa

Z = 1.96
BOUNDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Of the bands of confidence; the last takes in 1."""
Found = Mapping[tuple[JudgedWhat, str, str, float], int]
"""(sort, type, rule, lower bound of its band) → how many the coder found in the case."""


def wilson(right: int, of: int) -> tuple[float | None, float | None]:
    """The 95 % score interval of a share (Wilson 1927); None where there is nothing to share."""
    if not of:
        return None, None
    share = right / of
    middle = share + Z**2 / (2 * of)
    half = Z * sqrt(share * (1 - share) / of + Z**2 / (4 * of**2))
    whole = 1 + Z**2 / of
    return max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole)


def band_of(score: float) -> float:
    """The lower bound of the band that a confidence is in."""
    return max(low for low in BOUNDS[:-1] if low <= max(score, 0.0))


def evaluated(
    case: str,
    coder: str,
    judged: Sequence[Judged],
    misses: Sequence[Miss],
    left: Mapping[str, int],
    found: Found,
) -> Evaluation:
    """All figures."""
    bands = _bands(judged, found)
    rated = [(each.score, each.outcome == "right") for each in judged if each.what != "discrepancy"]
    return Evaluation(
        case=case,
        coder=coder,
        judged=tuple(judged),
        misses=tuple(misses),
        left=dict(left),
        by_what=_tallies(judged, found, lambda what, type, rule: what),
        by_rule=_tallies(judged, found, lambda what, type, rule: f"{what}: {rule}"),
        by_type=_tallies(judged, found, lambda what, type, rule: f"{what}: {type}"),
        bands=bands,
        fields=tuple(Counter(field for each in judged for field in each.fields).most_common()),
        agreement=tuple(agreements(judged)),
        brier=sum((score - right) ** 2 for score, right in rated) / len(rated) if rated else None,
        calibration=_calibration(bands),
    )


def tally(key: str, outcomes: Sequence[Outcome], found: int) -> Tally:
    """The counts of some findings, with the interval of the share that is right."""
    counts = Counter(outcomes)
    judged = counts["right"] + counts["corrected"] + counts["wrong"]
    low, high = wilson(counts["right"], judged)
    return Tally(
        key, counts["right"], counts["corrected"], counts["wrong"], counts["unclear"], found, low, high
    )


def _tallies(
    judged: Sequence[Judged], found: Found, key: Callable[[JudgedWhat, str, str], str]
) -> tuple[Tally, ...]:
    """By a key, those with most judgments first; what nobody judged is not listed."""
    outcomes: dict[str, list[Outcome]] = defaultdict(list)
    for each in judged:
        outcomes[key(each.what, each.type, each.rule)].append(each.outcome)
    totals: Counter[str] = Counter()
    for (what, type, rule, _), count in found.items():
        totals[key(what, type, rule)] += count
    made = (tally(name, said, max(totals[name], len(said))) for name, said in outcomes.items())
    return tuple(sorted(made, key=lambda t: (-t.judged, t.key)))


def _bands(judged: Sequence[Judged], found: Found) -> tuple[Band, ...]:
    within: dict[float, list[Judged]] = defaultdict(list)
    for each in judged:
        if each.what != "discrepancy":
            within[band_of(each.score)].append(each)
    totals: Counter[float] = Counter()
    for (what, _, _, low), count in found.items():
        if what != "discrepancy":
            totals[low] += count
    made = []
    for low, high in pairwise(BOUNDS):
        here = within[low]
        if here or totals[low]:
            mean = sum(each.score for each in here) / len(here) if here else None
            name = f"{low:.1f} to {high:.1f}"
            made.append(Band(low, high, tally(name, [e.outcome for e in here], totals[low]), mean))
    return tuple(made)


def _calibration(bands: Sequence[Band]) -> float | None:
    """The mean distance of confidence and share that is right, by band (Naeini and others 2015)."""
    size = sum(band.tally.judged for band in bands)
    if not size:
        return None
    return sum(
        band.tally.judged / size * abs(band.mean - band.tally.precision)
        for band in bands
        if band.mean is not None and band.tally.precision is not None
    )


def agreements(judged: Sequence[Judged]) -> list[Agreement]:
    """Each two people who judged the same findings, with most of these first."""
    pairs: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for each in judged:
        for one, other in combinations(sorted(each.by, key=lambda j: j.who), 2):
            labels = ["rejected" if j.outcome == "wrong" else j.outcome for j in (one, other)]
            kept = ["kept" if label in ("right", "corrected") else label for label in labels]
            pairs[one.who, other.who].append((kept[0], kept[1]))
    made = []
    for (one_name, other_name), labels_of in pairs.items():
        agreed = kappa(labels_of)
        if agreed is not None:
            made.append(Agreement(one_name, other_name, agreed))
    return sorted(made, key=lambda a: (-a.kappa.pairs, a.one, a.other))
