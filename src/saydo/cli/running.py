"""``saydo run``: a case, and what it holds in the end."""

from __future__ import annotations

from pathlib import Path

import typer
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from saydo import desk
from saydo.cli.bars import bar
from saydo.cli.coding import Choice
from saydo.cli.told import FAILED, SKIPPED, list_skipped, say


def run(inputs: list[str], case: Path, choice: Choice, debug: bool) -> None:
    """Runs a case and prints its summary."""
    settings = choice.settings(debug)
    desk.refuse_itself(inputs, case)
    with choice.hired(debug) as (reader, codebook), bar() as progress:
        summary = desk.run(inputs, case, reader, codebook, settings=settings, progress=progress)
    tell(summary)
    list_skipped(summary.skipped)
    if not summary.tally.documents:
        say("nothing could be taken in; the case is empty")
        raise typer.Exit(FAILED)
    if not summary.complete:
        raise typer.Exit(SKIPPED)


def tell(summary: desk.RunSummary) -> None:
    """The summary on standard output."""
    console = Console(highlight=False)
    tally = summary.tally
    counts = (
        ("reports", tally.documents),
        ("actors", tally.actors),
        ("events", tally.events),
        ("ties", tally.ties),
        ("statements", tally.statements),
        ("discrepancies", tally.discrepancies),
    )
    console.print(Text(f"Case {summary.case}", style="bold"))
    for name, count in counts:
        console.print(Text.assemble((f"{count:>9,}", "bold"), f"  {name}{_more(name, summary)}"))
    if summary.strongest:
        console.print()
        console.print(Text("Strongest discrepancies", style="bold"))
    for number, found in enumerate(summary.strongest, start=1):
        console.print()
        review = " (needs review)" if found.needs_review else ""
        block(console, 0, Text.assemble((f"{number}. {found.kind}{review}", "bold"), f"  {found.sentence}"))
        for passage in (found.statement, *found.against):
            block(console, 3, Text(f"“{passage.quote}”", style="italic"))
            block(console, 5, Text(f"— {passage.source}", style="dim"))
    console.print()
    console.print(Text(f"Report: {summary.report}"), soft_wrap=True)


def block(console: Console, indent: int, text: Text) -> None:
    """A paragraph, indented and wrapped on a terminal, on one line in a file or a pipe."""
    if console.is_terminal:
        console.print(Padding(text, (0, 0, 0, indent), expand=False))
    else:
        console.print(Text(" " * indent) + text, soft_wrap=True)


def _more(name: str, summary: desk.RunSummary) -> str:
    if name == "reports":
        words = f", {summary.tally.words:,} words"
        if not summary.coded:
            return f"{words} (nothing new to code)"
        speed = summary.coded_words / max(summary.coding_seconds, 1e-3)
        return f"{words} ({summary.new:,} new; {summary.coded:,} coded at {speed:,.0f} words/s)"
    if name == "statements" and summary.kept + summary.broken:
        return f" (commitments: {summary.kept:,} kept, {summary.broken:,} broken)"
    return ""
