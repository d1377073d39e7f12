"""``docs/speed.md``: what was measured, with its arithmetic."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from typing import NamedTuple

from lab.bench.rounds import Pass, Results, Spread
from lab.bench_workers import Flat, Round, Row, of_same_round
from lab.curves import Point

DAY = 500_000
"""Articles of a day of the world's news."""
_MILLION = 1_000_000


class Setting(NamedTuple):
    """Where, when and on what it was measured."""

    date: str
    command: str
    machine: str
    python: str
    load: tuple[float, float]
    """The one-minute load average at the beginning and at the end."""
    texts: int
    words: int
    counted: tuple[int, int]
    """Texts and words without the warm ones."""
    rounds: int
    price: float | None
    """Of an hour of one core."""


class Workers(NamedTuple):
    """What several workers bring, on so many texts."""

    texts: int
    rounds: Mapping[Row, Sequence[Round]]
    without: str
    """Why rows are missing; empty where none is."""


def rate(each: Pass) -> float:
    """Words a second of processor time."""
    return each.whole.words / each.whole.processor


def clock_rate(each: Pass) -> float:
    return each.whole.words / each.whole.clock


def core_hours(articles: int, words: float, a_second: float) -> float:
    """Hours of one core for articles of so many words each."""
    return articles * words / a_second / 3600


def told(found: Spread, form: str = ",.0f") -> str:
    """``median (lowest–highest)``."""
    return f"{found.median:{form}} ({found.low:{form}}–{found.high:{form}})"


def _beginning(setting: Setting) -> Iterator[str]:
    texts, words = setting.counted
    yield "# How fast saydo is"
    yield ""
    yield (
        "Written by one command, which runs saydo and its peers on the same texts in the same run: each in a "
        "process of its own with one thread, in turn, round by round. A ratio is always of two passes of the "
        "same round, so that what else the machine does weighs on both. Given are the median of the rounds "
        "and, in brackets, the lowest and the highest. Processor time says most on a machine that does other "
        "work, too; the higher the load, the longer it is itself."
    )
    yield ""
    yield f"    {setting.command}"
    yield ""
    yield "| | |"
    yield "|---|---|"
    yield f"| measured | {setting.date} |"
    yield f"| machine | {setting.machine}; {setting.python} |"
    yield f"| load average, at the beginning and at the end | {setting.load[0]:.1f}, {setting.load[1]:.1f} |"
    yield (
        f"| texts | {setting.texts}, drawn at random, {setting.words:,} words; "
        f"counted: the last {texts}, {words:,} words |"
    )
    yield f"| rounds | {setting.rounds} |"
    yield ""


def _table(results: Results, setting: Setting) -> Iterator[str]:
    priced = setting.price is not None
    yield "## saydo and its peers"
    yield ""
    yield "![Words a second of processor time](speed-rates.svg)"
    yield ""
    yield (
        "| | what it does | words a second of processor time | by the clock | saydo's processor time by its "
        "| saydo's time by its, clock | start to first record, s | the same, processor s | peak memory, MB | "
        "core-hours for a million articles |" + (" cost |" if priced else "")
    )
    yield "|---" * (10 + priced) + "|"
    per = setting.counted[1] / setting.counted[0]
    for name in results.measured:
        hours = core_hours(_MILLION, per, results.spread(name, rate).median)
        cells = [
            f"**{name}**" if name == results.first else name,
            results.peers[name].what,
            told(results.spread(name, rate)),
            told(results.spread(name, clock_rate)),
            told(results.ratio(name, lambda p: p.whole.processor), ".2f"),
            told(results.ratio(name, lambda p: p.whole.clock), ".2f"),
            f"{results.spread(name, lambda p: p.start).median:.1f}",
            f"{results.spread(name, lambda p: p.start_processor).median:.1f}",
            f"{results.spread(name, lambda p: p.peak).high:,.0f}",
            f"{hours:,.0f}",
        ]
        yield f"| {' | '.join(cells)} |" + (f" {hours * (setting.price or 0):,.2f} |" if priced else "")
    yield ""
    a_second = results.spread(results.first, rate).median
    hours = core_hours(_MILLION, per, a_second)
    yield (
        f"A million articles: 1,000,000 × {per:,.0f} words (the mean of these texts) ÷ {a_second:,.0f} words "
        f"a second ÷ 3,600 = {hours:,.0f} core-hours."
        + (f" At {setting.price:g} for a core-hour: {hours * setting.price:,.2f}." if setting.price else "")
    )
    yield ""


def _missing(results: Results, skipped: Mapping[str, str]) -> Iterator[str]:
    rows = {**skipped, **{name: f"fell: {why}" for name, why in results.fell.items()}}
    if rows:
        yield "Not measured:"
        yield ""
        yield from (f"- {name}: {why}" for name, why in rows.items())
        yield ""


def by_documents(results: Results, what: str) -> dict[str, list[Point]]:
    """For each peer the median of a field of its steps, by documents done."""
    found = {}
    for name in results.measured:
        steps = zip(*(each.steps for each in results.passes[name]), strict=True)
        found[name] = [
            Point(same[0].documents, statistics.median(getattr(s, what) for s in same)) for same in steps
        ]
    return found


def _growth(results: Results) -> Iterator[str]:
    yield "## As documents grow"
    yield ""
    yield "![Processor time by documents](speed-documents.svg)"
    yield ""
    yield "![Memory by documents](speed-memory.svg)"
    yield ""
    yield "| | documents | words | processor s | words a second | memory held, MB |"
    yield "|---" * 6 + "|"
    for name in results.measured:
        steps = list(zip(*(each.steps for each in results.passes[name]), strict=True))
        quarters = sorted({max(0, ceil(len(steps) * part / 4) - 1) for part in (1, 2, 3, 4)})
        for same in (steps[at] for at in quarters):
            spent = statistics.median(s.processor for s in same)
            held = statistics.median(s.memory for s in same)
            yield (
                f"| {name} | {same[0].documents} | {same[0].words:,} | {spent:.1f} | "
                f"{same[0].words / spent:,.0f} | {held:,.0f} |"
            )
    yield ""


def _workers(workers: Workers) -> Iterator[str]:
    yield "## As workers grow"
    yield ""
    yield (
        f"The first {workers.texts} of these texts, from one file to another; the output is the same to the "
        "byte. Beside: how many times as quick as the first row of its kind, by the clock, in the same "
        "round. A machine with fewer free processors than workers cannot show more than it has; then "
        "processor time tells what the workers cost beyond one. On Ray a worker is two processes."
    )
    yield ""
    yield (
        "| workers | words a second, clock | beside | processor s: workers | the program | "
        "most memory of a worker, MB | the program |"
    )
    yield "|---" * 7 + "|"
    for row, done in workers.rounds.items():
        first = next(made for of, made in workers.rounds.items() if of.ray == row.ray)
        cells = [
            f"{'Ray, ' if row.ray else ''}{row.workers}",
            told(Spread.of([r.words / r.seconds for r in done])),
            told(Spread.of(of_same_round(done, first)), ".2f"),
            told(Spread.of([r.workers_worked for r in done]), ".1f"),
            f"{statistics.median(r.worked for r in done):.1f}",
            f"{max(r.worker for r in done):,.0f}",
            f"{max(r.parent for r in done):,.0f}",
        ]
        yield f"| {' | '.join(cells)} |"
    yield ""
    if workers.without:
        yield f"Not measured: {workers.without}."
        yield ""


def _flat(flat: Flat) -> Iterator[str]:
    yield "## Flat memory"
    yield ""
    yield (
        f"{flat.reports:,} small reports through {flat.workers} worker(s), with a reader that takes no time: "
        "the most memory held over the first half and over the second."
    )
    yield ""
    yield "| | first half, MB | second half, MB | second by first |"
    yield "|---|---|---|---|"
    for name, (first, second) in (("a worker", flat.worker), ("the program", flat.program)):
        yield f"| {name} | {first:.0f} | {second:.0f} | {second / first:.3f} |"
    yield ""


def _day(results: Results, setting: Setting) -> Iterator[str]:
    per = setting.counted[1] / setting.counted[0]
    a_second = results.spread(results.first, rate).median
    hours = core_hours(DAY, per, a_second)
    peak = results.spread(results.first, lambda p: p.peak).high
    yield "## A day of the world's news"
    yield ""
    yield (
        f"{DAY:,} articles, from raw text to records. Extrapolated from the table above: one process with "
        "one thread on a core, and as many of them as there are cores. Weighing the records comes on top "
        "([how it grows](weighing.md))."
    )
    yield ""
    words = DAY * per
    yield f"- words: {DAY:,} × {per:,.0f} = {words / 1e6:,.1f} million"
    yield (
        f"- core-hours: {words / 1e6:,.1f} million ÷ {a_second:,.0f} words a second ÷ 3,600 = {hours:,.1f}"
    )
    yield f"- to be done within a day: {hours:,.1f} ÷ 24 = {hours / 24:,.2f}, so {ceil(hours / 24)} core(s)"
    yield f"- to be done within an hour: {ceil(hours)} cores"
    if setting.price is not None:
        yield f"- cost: {hours:,.1f} × {setting.price:g} = {hours * setting.price:,.2f}"
    yield ""
    yield "| cores | hours | memory, GB |"
    yield "|---|---|---|"
    for cores in (2, 8, 32, 128):
        yield f"| {cores} | {hours / cores:,.1f} | {cores * peak / 1024:,.1f} |"
    yield ""
    yield f"Hours: {hours:,.1f} ÷ cores. Memory: cores × the peak of one process, {peak:,.0f} MB."
    yield ""


def page(
    results: Results,
    setting: Setting,
    skipped: Mapping[str, str],
    workers: Workers | None,
    flat: Flat | None,
) -> str:
    """The whole page."""
    lines = [*_beginning(setting), *_table(results, setting), *_missing(results, skipped), *_growth(results)]
    if workers:
        lines += _workers(workers)
    if flat:
        lines += _flat(flat)
    lines += _day(results, setting)
    lines += ["## Other figures of speed", ""]
    lines += ["[The workbench](workbench-speed.md), [weighing as a case grows](weighing.md).", ""]
    return "\n".join(lines)
