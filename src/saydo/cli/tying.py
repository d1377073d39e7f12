"""``saydo ties``: ties over time, with the sentences they rest on."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import typer
from rich.console import Console
from rich.text import Text

from saydo import desk
from saydo.cli.running import block
from saydo.cli.told import say


def ties(
    case: Path, of: str | None, types: tuple[str, ...], on: str | None, limit: int | None, as_json: bool
) -> None:
    """Prints the ties that are asked for, each with its evidence."""
    with closing(desk.open_case(case)) as store:
        if store.derived_by() is None:
            say(f"the last run of {case} has not ended: ties over time are missing; run it again")
        view = store.view()
        kinds = desk.known_kinds("ties", types)
        console = Console(highlight=False)
        count = 0
        for found in desk.ties_over_time(view, of=of, types=kinds, on=on):
            if limit is not None and count == limit:
                break
            count += 1
            if as_json:
                line = json.dumps(found.model_dump(mode="json"), ensure_ascii=False)
                typer.echo(line.encode() + b"\n", nl=False)
                continue
            likely = " [likely: no report tells of that day]" if found.on_the_day == "likely" else ""
            block(console, 0, Text.assemble((found.sentence, "bold"), likely))
            for mark, sources in (("", found.evidence), ("against: ", found.against)):
                for source in sources:
                    quote = " ".join(source.citation.quote.split())
                    where = desk.source_name(view.document(source.citation.document))
                    said = f" (said by {source.said_by})" if source.said_by else ""
                    block(console, 3, Text(f"{mark}“{quote}”{said} — {where}"))
    if not as_json:
        say(f"{count:,} ties")
