"""``saydo compare``: a case beside somebody else's data set."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from saydo import desk
from saydo.cli.told import SKIPPED, say
from saydo.model.compared import NAMES, Comparison, Line

_MOST = 12
"""Lines of a table in the terminal."""
_BAD = 10


def compare(
    case: Path, files: list[Path], format: str | None, output: Path | None, limits: desk.Limits
) -> None:
    """Prints how far the two agree, and writes the tables, the pictures and the page; exit code 3 where rows
    could not be read."""
    with closing(desk.open_case(case)) as store:
        if store.derived_by() is None:
            say(f"the last run of {case} has not ended: which reports tell of one event is missing")
        found = desk.compare_case(store.view(), case.resolve().name, files, format, limits)
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=110)
    # before anything is printed: whoever reads the output may go away
    told = _written(found, output) if output is not None else []
    for each in found:
        _print(console, each)
    for line in told:
        say(line)
    bad = [row for each in found for row in each.bad]
    if bad:
        say(f"{len(bad):,} rows could not be read:")
        for row in bad[:_BAD]:
            typer.echo(f"  {row.file}, line {row.line}: {row.reason}", err=True)
        if len(bad) > _BAD:
            typer.echo(f"  … and {len(bad) - _BAD:,} more; -o writes them all to bad_rows.csv", err=True)
        raise typer.Exit(SKIPPED)


def _written(found: tuple[Comparison, ...], output: Path) -> list[str]:
    """Writes everything; gives a line for each data set."""
    told = []
    for each in found:
        folder = output / each.format if len(found) > 1 else output
        files = desk.write_comparison(each, folder)
        told.append(f"wrote {files[0]} and {len(files) - 1} more files beside it")
    return told


def _print(console: Console, found: Comparison) -> None:
    theirs = NAMES[found.format]
    period = f", {found.span[0]} to {found.span[1]}" if found.span else ""
    console.print(Text(f"{found.case} beside {theirs}{period}", style="bold"))
    console.print(
        f"{len(found.matches):,} in both   {len(found.only_ours):,} only in the case   "
        f"{len(found.only_theirs):,} only in {theirs}"
    )
    if found.beside_ours or found.beside_theirs:
        console.print(
            f"{len(found.beside_ours):,} of the case and {len(found.beside_theirs):,} of {theirs} fit an "
            "event that is matched better with another"
        )
    drawn = _table("", "", "")
    for what, figure, about in desk.comparison_figures(found):
        drawn.add_row(what, Text(figure, style="bold"), Text(about, style="dim"))
    console.print(drawn)
    for title, lines in (("type", found.by_type), ("place", found.by_place), ("week", _busy(found.by_week))):
        _counts(console, title, lines, theirs)
    for side, left in (("the case", found.left_ours), (theirs, found.left_theirs)):
        for reason, count in sorted(left.items(), key=lambda each: (-each[1], each[0])):
            if count:
                console.print(Text(f"not compared, of {side}: {count:,} {reason}", style="dim"))
    if found.greedy:
        console.print(f"{found.greedy:,} events lie so close that they were matched best pair first")
    console.print("Neither is the truth: each has its own sources and rules. Read the sentences.\n")


def _busy(weeks: tuple[Line, ...]) -> tuple[Line, ...]:
    """The weeks in which something happened."""
    return tuple(line for line in weeks if any(line[1:]))


def _counts(console: Console, title: str, lines: tuple[Line, ...], theirs: str) -> None:
    if not lines:
        return
    drawn = _table(title, "both", "only case", f"only {theirs}")
    for line in lines[:_MOST]:
        drawn.add_row(Text(line.key), *(f"{n:,}" for n in line[1:]))
    console.print(drawn)
    if len(lines) > _MOST:
        console.print(Text(f"… and {len(lines) - _MOST:,} more; -o writes them all", style="dim"))


def _table(*titles: str) -> Table:
    drawn = Table(box=None, header_style="bold", pad_edge=False, show_header=any(titles))
    for n, title in enumerate(titles):
        drawn.add_column(title, justify="right" if n and titles[0] else "left", overflow="fold")
    return drawn
