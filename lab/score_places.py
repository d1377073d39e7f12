"""Scores place names against LGL and GeoVirus, from raw text.

usage: python -m lab.score_places [--part dev|heldout] [--limit N] [--errors N] [FILE ...]

Each corpus is split in two by a digest, LGL by newspaper, so that no town's paper is in both parts: ``dev``
is for looking at, ``heldout`` only for scoring.

Found: a name whose characters overlap a gold toponym's, each counted once. Resolved: found, and within 161 km
of the gold point (100 miles, the field's measure). LGL also marks adjectives and peoples ("Russian"), which
saydo rightly takes for no places; the second figure leaves those out of the gold.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from saydo.codebook.entries import Codebook
from saydo.codebook.loader import load
from saydo.linking.gazetteer_names import key
from saydo.linking.places import find_places
from saydo.model.document import Document
from saydo.model.ids import digest
from saydo.model.reading import Reading
from saydo.model.records import Place

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "places"
RADIUS_KM = 161.0
_EARTH_KM = 6371.0


@dataclass
class Tally:
    """Counts over a corpus: gold names, names given, names found (exactly), names within the radius."""

    gold: int = 0
    given: int = 0
    found: int = 0
    exact: int = 0
    near: int = 0
    errors: Counter[str] = field(default_factory=Counter)

    def report(self, name: str) -> str:
        """One line of figures, in per cent."""
        detection, exact = (_f1(hits, self.given, self.gold) for hits in (self.found, self.exact))
        near = _f1(self.near, self.given, self.gold)
        right = 100 * self.near / max(1, self.found)
        precision, recall = 100 * self.found / max(1, self.given), 100 * self.found / max(1, self.gold)
        return (
            f"{name}: detection F1 {detection:.1f} (P {precision:.1f}, R {recall:.1f}; exact {exact:.1f}), "
            f"within {RADIUS_KM:.0f} km F1 {near:.1f} ({right:.1f} of those found), gold {self.gold}"
        )


def _f1(hits: int, given: int, gold: int) -> float:
    return 200 * hits / max(1, given + gold)


def distance(lat: float, lon: float, place: Place) -> float:
    """Kilometres on the sphere; infinite where the place is unresolved."""
    if place.lat is None or place.lon is None:
        return math.inf
    a, b = math.radians(lat), math.radians(place.lat)
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(place.lon - lon) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, half)))


def adjectives(codebook: Codebook) -> frozenset[str]:
    """Folded adjectives and peoples of states that are no names of them."""
    states = [a for a in codebook.actors.values() if a.kind == "state"]
    names = {key(n) for a in states for n in (a.name, *a.aliases, *a.abbreviations)}
    return frozenset({key(n) for a in states for n in (*a.adjectives, *a.demonyms)} - names)


def tally(
    rows: Iterable[dict[str, Any]], readings: Iterable[Reading], codebook: Codebook, plain: bool
) -> Tally:
    """Score one corpus; ``plain`` leaves adjectives and peoples out of the gold."""
    total, skipped = Tally(), adjectives(codebook)
    for row, reading in zip(rows, readings, strict=True):
        gold = [_aligned(t, row["text"]) for t in row["toponyms"] if t.get("lat") is not None]
        if plain:
            gold = [t for t in gold if key(t["text"]) not in skipped]
        given = [p.place for p in find_places(reading, codebook)]
        _count(total, row["text"], gold, given)
    return total


def _aligned(toponym: dict[str, Any], text: str) -> dict[str, Any]:
    """The toponym with offsets counted from 0; GeoVirus counts from 1."""
    start, end = toponym["start"], toponym["end"]
    if text[start:end] != toponym["text"] == text[start - 1 : end - 1]:
        return {**toponym, "start": start - 1, "end": end - 1}
    return toponym


def _count(total: Tally, text: str, gold: Sequence[dict[str, Any]], given: Sequence[Place]) -> None:
    total.gold += len(gold)
    total.given += len(given)
    used: set[int] = set()
    for toponym in gold:
        at = _overlapping(toponym, given, used)
        if at is None:
            total.errors[f"missed: {toponym['text']}"] += 1
            continue
        used.add(at)
        place = given[at]
        total.found += 1
        total.exact += (place.start, place.end) == (toponym["start"], toponym["end"])
        if distance(toponym["lat"], toponym["lon"], place) <= RADIUS_KM:
            total.near += 1
        else:
            said = f"{place.name}, {place.admin1}, {place.country}"
            total.errors[f"far: {toponym['text']} ({toponym['lat']}, {toponym['lon']}) as {said}"] += 1
    for at, place in enumerate(given):
        if at not in used:
            around = text[max(0, place.start - 25) : place.end + 25].replace("\n", " ")
            total.errors[f"extra: {place.text} [{around}]"] += 1


def _overlapping(toponym: dict[str, Any], given: Sequence[Place], used: set[int]) -> int | None:
    for at, place in enumerate(given):
        if at not in used and place.start < toponym["end"] and toponym["start"] < place.end:
            return at
    return None


def rows_of(path: Path, limit: int) -> list[dict[str, Any]]:
    """The documents of a file; says what is missing where it is absent."""
    if not path.is_file():
        raise SystemExit(f"{path} is missing: the places corpora lie in ../shared/data/places")
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for _, line in zip(range(limit), lines, strict=False)]


def in_part(row: dict[str, Any], part: str) -> bool:
    """Whether a document belongs to the part ("" for all): by its newspaper, else by its own id."""
    return not part or part == (
        "dev" if int(digest("places", row.get("outlet") or row["id"]), 16) % 2 else "heldout"
    )


def documents(rows: Iterable[dict[str, Any]]) -> Iterator[Document]:
    """The corpus rows as documents."""
    for number, row in enumerate(rows):
        yield Document(f"{row['id']}#{number}", row["text"], (row.get("date") or "")[:10] or None)


def main() -> None:
    """Print the figures of each file, and its most frequent errors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=[DATA / "lgl.jsonl", DATA / "geovirus.jsonl"])
    parser.add_argument("--part", choices=["dev", "heldout"], default="")
    parser.add_argument("--limit", type=int, default=1_000_000)
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args()
    from saydo.reading import load_reader

    reader, codebook = load_reader(), load()
    for path in options.files:
        rows = [row for row in rows_of(path, options.limit) if in_part(row, options.part)]
        readings = list(reader.read_all(documents(rows)))
        total = tally(rows, readings, codebook, plain=False)
        print(total.report(path.stem))
        print(tally(rows, readings, codebook, plain=True).report(f"{path.stem} without adjectives"))
        for error, times in total.errors.most_common(options.errors):
            print(f"  {times:4} {error}")


if __name__ == "__main__":
    main()
