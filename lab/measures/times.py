"""Temporal expressions: their extents, their TIMEX3 values, and the days they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from lab import corpora
from lab.measures.tally import Figures, Tally
from saydo.linking.times import find_times
from saydo.model.document import Document, text_sha256
from saydo.model.records import Time
from saydo.reading.network import Network
from saydo.reading.reader import OnnxReader

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
SOURCES = {
    "polnear-dev": "attribution/polnear-dev.jsonl",
    "polnear-train": "attribution/polnear-train.jsonl",
    "re3d-train": "relations/re3d-train.jsonl",
}
SPLITS = ("dev", "heldout")
_SEASONS = {"21": "SP", "22": "SU", "23": "FA", "24": "WI"}
_CODE = re.compile(r"\b(?:P(?:T?[\dX]+(?:DE|CE|[YQMWDHS]))|(?:PAST|PRESENT|FUTURE)_REF)\b")
_FINER = re.compile(r"(?<=\d)T[\dA-Z:]+$")


def times(gold: Path, network: Network, heldout: bool) -> Figures:
    """Temporal expressions from raw text, by the real reader, in the parts of documents that the gold names.

    ``strict``: the same first and last character. ``relaxed``: the two overlap, each counted once. ``value``:
    relaxed, and of the same TIMEX3 value; precision is the share of found, recall that of wanted expressions
    (TempEval-3, UzZaman et al. 2013). ``days``: of the expressions that stand for days of the calendar, in
    the gold and in the record, those that overlap and have the same two ends (``from``, ``to``).

    A record has no TIMEX3 value. It is read off ``edtf`` (``199X`` is 199; ``2016-22`` is 2016-SU; months
    that make a quarter or a half-year are Q or H; seven days from a Monday are a week, Saturday and Sunday
    its WE) and, for what has no days, off the code that ``reason`` gives: a length or a rate (P3D), or
    PAST_REF, PRESENT_REF, FUTURE_REF. A day's part or hour is left out of both values, since days are the
    finest that a record tells."""
    rows = [row for row in corpora.jsonl(gold) if not heldout or row["split"] == "heldout"]
    reader = OnnxReader(network)
    figures: Figures = {}
    pairs = list(_texts(rows))
    for split in SPLITS:
        mine = [(row, text) for row, text in pairs if row["split"] == split]
        if not mine:
            continue
        readings = reader.read_all(Document(row["document"], text, row["date"]) for row, text in mine)
        found = [
            _inside([f.time for f in find_times(reading)], row["part"])
            for (row, _), reading in zip(mine, readings, strict=True)
        ]
        wanted = [row["times"] for row, _ in mine]
        figures |= {f"{split} {name}": value for name, value in compared(found, wanted).items()}
    return figures


def compared(found: Sequence[Sequence[Time]], wanted: Sequence[Sequence[dict]]) -> Figures:
    """The figures of a set of documents; ``wanted`` are the gold's rows."""
    strict, relaxed, value, days = Tally(), Tally(), Tally(), Tally()
    for here, gold in zip(found, wanted, strict=True):
        strict.add([(t.start, t.end) for t in here], [(g["start"], g["end"]) for g in gold])
        pairs = list(overlapping(here, gold))
        for tally, right in ((relaxed, len(pairs)), (value, sum(_same(t, g) for t, g in pairs))):
            tally.right, tally.found, tally.wanted = (
                tally.right + right, tally.found + len(here), tally.wanted + len(gold),
            )  # fmt: skip
        days.right += sum(g["from"] is not None and (t.from_, t.to) == (g["from"], g["to"]) for t, g in pairs)
        loose = {id(t) for t, g in pairs if not g.get("days", True)}
        days.found += sum((t.from_ or t.to) is not None and id(t) not in loose for t in here)
        days.wanted += sum(g["from"] is not None for g in gold)
    items = {"expressions items": float(value.wanted)}
    named = (("strict", strict), ("relaxed", relaxed), ("value", value), ("days", days))
    return {k: v for name, tally in named for k, v in tally.figures(name).items()} | items


def _texts(rows: Iterable[dict]) -> Iterator[tuple[dict, str]]:
    """The gold's rows with their texts, which the gold does not hold."""
    texts: dict[str, dict[str, str]] = {}
    for row in rows:
        source = row["source"]
        if source not in texts:
            texts[source] = {d["id"]: d["text"] for d in corpora.jsonl(DATA / SOURCES[source])}
        text = texts[source].get(row["document"])
        if text is None or text_sha256(text) != row["sha256"]:
            raise corpora.DataAbsent(f"{DATA / SOURCES[source]} holds no {row['document']} with that text")
        yield row, text


def _inside(times: Iterable[Time], part: Sequence[int]) -> list[Time]:
    return [t for t in times if part[0] <= t.start and t.end <= part[1]]


def overlapping(found: Sequence[Time], wanted: Sequence[dict]) -> Iterator[tuple[Time, dict]]:
    """Pairs of found and wanted expressions that share a character, in text order, each in one pair."""
    left = list(wanted)
    for time in sorted(found, key=lambda t: t.start):
        match = next((g for g in left if time.start < g["end"] and g["start"] < time.end), None)
        if match is not None:
            left.remove(match)
            yield time, match


def _same(time: Time, gold: dict) -> bool:
    return timex(time) == _FINER.sub("", gold["value"])


def timex(time: Time) -> str:
    """The TIMEX3 value of a record's time; empty where it has none."""
    code = _CODE.search(time.reason)
    if code is not None:
        return code.group()
    edtf = (time.edtf or "").rstrip("~")
    start, slash, end = edtf.partition("/")
    if not slash:
        return _single(edtf)
    if ".." in (start, end):
        return _single(end if start == ".." else start)
    return _stretch(start, end)


def _single(edtf: str) -> str:
    if edtf.endswith("X"):
        return edtf.rstrip("X")
    year, _, code = edtf.partition("-")
    return f"{year}-{_SEASONS[code]}" if code in _SEASONS else edtf


def _stretch(start: str, end: str) -> str:
    same_year = start[:4] == end[:4]
    if len(start) == len(end) == 7 and same_year:
        first, last = int(start[5:]), int(end[5:])
        for letter, length in (("Q", 3), ("H", 6)):
            if first % length == 1 and last == first + length - 1:
                return f"{start[:4]}-{letter}{last // length}"
    if len(start) == len(end) == 4 and start.endswith("01") and int(end) == int(start) + 99:
        return f"{int(start) // 100:02}"
    if len(start) == len(end) == 10:
        first_day, last_day = date.fromisoformat(start), date.fromisoformat(end)
        year, week, weekday = first_day.isocalendar()
        length = (last_day - first_day).days
        if (weekday, length) in ((1, 6), (6, 1)):
            return f"{year}-W{week:02}" + ("-WE" if weekday == 6 else "")
    return f"{start}/{end}"
