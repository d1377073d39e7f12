"""``saydo eval``: a case's findings against people's decisions."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from saydo import desk
from saydo.cli.told import say
from saydo.model.evaluated import Band, Evaluation, Tally

_MOST = 15
_COLUMNS = ("judged", "right", "corrected", "wrong", "precision", "95 %", "kept", "of all")


def evaluate(case: Path, as_json: bool, output: Path | None) -> None:
    """Prints the figures, or everything as JSON, and writes the table."""
    with closing(desk.open_case(case)) as store:
        found = desk.evaluate(store, case.resolve().name)
    if output is not None:
        with desk.whole_bytes(output) as out:
            out.write(desk.evaluation_csv(found).encode("utf-8", "backslashreplace"))
        say(f"wrote {output}")
    if as_json:
        typer.echo(desk.evaluation_json(found))
        return
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=110)
    _print(console, found)


def train_export(case: Path, output: Path) -> None:
    """Writes the files, and says what they hold and what was left out."""
    with closing(desk.open_case(case)) as store:
        found = desk.train_export(store, case.resolve().name, output)
    counts: dict[str, list[int]] = {}
    for (side, file), lines in found.lines.items():
        counts.setdefault(file, [0, 0])[side == "heldout"] += lines
    for file, (train, held) in counts.items():
        typer.echo(f"{file}: {train:,} lines to train on, {held:,} held out")
    if not counts:
        say("nobody has decided about a finding in a way that teaches something")
    for reason, count in sorted(found.left.items(), key=lambda each: (-each[1], each[0])):
        say(f"left out {count:,}: {reason}")
    reports = found.reports.get("train", 0), found.reports.get("heldout", 0)
    say(f"wrote {output / 'manifest.json'} and what it names, of {reports[0]:,} + {reports[1]:,} reports")


def _print(console: Console, found: Evaluation) -> None:
    console.print(Text(f"{found.case}, coded by saydo {found.coder}", style="bold"))
    if not found.judged and not found.misses:
        console.print("Nobody has judged a finding yet; people decide in the workbench: saydo open.")
        return
    _tallies(console, "", found.by_what)
    _tallies(console, "by rule", found.by_rule)
    _tallies(console, "by type", found.by_type)
    _bands(console, found.bands)
    if found.brier is not None and found.calibration is not None:
        console.print(
            f"Confidence against what is right as found: Brier score {found.brier:.3f}, "
            f"calibration error {found.calibration:.3f}\n"
        )
    if found.fields:
        console.print("Corrected: " + ", ".join(f"{field} {count}" for field, count in found.fields))
    _misses(console, found)
    for pair in found.agreement:
        kappa = "not defined" if pair.kappa.kappa is None else f"{pair.kappa.kappa:.2f}"
        console.print(
            f"{pair.one} and {pair.other} both judged {pair.kappa.pairs}: "
            f"the same {_percent(pair.kappa.observed)}, kappa {kappa}"
        )
    if found.agreement:
        console.print(Text("Who judged second could see what the first had decided.", style="dim"))
    for reason, count in sorted(found.left.items(), key=lambda each: (-each[1], each[0])):
        console.print(Text(f"not counted: {count:,} {reason}", style="dim"))
    console.print(
        "Precision is of what was judged; people often judge doubtful findings first, so it may be too low."
    )


def _misses(console: Console, found: Evaluation) -> None:
    added = sum(miss.added for miss in found.misses)
    most = found.most_recall
    if not found.misses or most is None:
        console.print("Misses: none added by hand. What was missed is not known from confirmations.")
        return
    gone = len(found.misses) - added
    later = f" and {gone:,} approved that the present coding lacks" if gone else ""
    console.print(
        f"Misses: at least {len(found.misses):,} ({added:,} added by hand{later}), so that recall is at most "
        f"{100 * most:.1f} % of what people looked at; more may be missed than anybody added."
    )


def _tallies(console: Console, title: str, tallies: Sequence[Tally]) -> None:
    if not tallies:
        return
    drawn = _table(title, *_COLUMNS)
    for each in tallies[:_MOST]:
        drawn.add_row(*_row(each))
    console.print(drawn)
    if len(tallies) > _MOST:
        console.print(Text(f"… and {len(tallies) - _MOST:,} more; -o writes them all", style="dim"))
    console.print()


def _bands(console: Console, bands: Sequence[Band]) -> None:
    if not bands:
        return
    drawn = _table("by confidence", "mean", *_COLUMNS)
    for band in bands:
        key, *rest = _row(band.tally)
        drawn.add_row(key, "–" if band.mean is None else f"{band.mean:.2f}", *rest)
    console.print(drawn)


def _row(each: Tally) -> list[Text]:
    judged = f"{each.judged:,}" + (f" +{each.unclear} unclear" if each.unclear else "")
    span = "–" if each.low is None or each.high is None else f"{100 * each.low:.0f}–{100 * each.high:.0f}"
    counts = (f"{count:,}" for count in (each.right, each.corrected, each.wrong))
    cells = (
        each.key,
        judged,
        *counts,
        _percent(each.precision),
        span,
        _percent(each.kept),
        f"{each.found:,}",
    )
    return [Text(cell) for cell in cells]


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f} %"


def _table(*titles: str) -> Table:
    drawn = Table(box=None, header_style="bold", pad_edge=False)
    for n, title in enumerate(titles):
        drawn.add_column(title, justify="right" if n else "left", overflow="fold")
    return drawn
