"""Commands that hold a case against others' data and against people's decisions, with their options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from saydo.cli.options import Case


def compare(
    context: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE", help="Tables of events as these projects publish them, also .gz and .zip."
        ),
    ],
    case: Case,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FOLDER", help="Where to write the page, the pictures and the tables."
        ),
    ] = None,
    format: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="FORMAT", help="acled, ucdp, polecat or icews; by the columns if not given."
        ),
    ] = None,
    days: Annotated[
        int, typer.Option(min=0, max=31, metavar="N", help="Days that a match may be apart.")
    ] = 3,
    km: Annotated[
        float, typer.Option(min=0, max=1000, metavar="N", help="Kilometres that a match may be apart.")
    ] = 50.0,
    least: Annotated[
        float, typer.Option(min=0, max=1, metavar="SCORE", help="The lowest score of a match.")
    ] = 0.6,
) -> None:
    """Compare the events of a case with somebody else's: which both have, which only one has, and how far
    they agree, by type, place and week. Neither is the truth."""
    from saydo.cli.told import told

    with told(context.obj):
        from saydo import desk
        from saydo.cli import secondcoder

        secondcoder.compare(case, files, format, output, desk.Limits(days, km, least))


def evaluate(
    context: typer.Context,
    case: Case,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE.csv", help="Where to write the figures as a table."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Everything as one JSON object, each judgment too.")
    ] = False,
) -> None:
    """Score the findings of a case against what people decided about them: how many are right, by rule, by
    type and by confidence, and how far people agree."""
    from saydo.cli.told import told

    with told(context.obj):
        from saydo.cli import evaluating

        evaluating.evaluate(case, as_json, output)


def train_export(
    context: typer.Context,
    case: Case,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where to write the files.")
    ],
) -> None:
    """Write what people reviewed in the forms that the lab trains on: sentences with what stands in them, one
    report in five held out. manifest.json says what was left out, and why."""
    from saydo.cli.told import told

    with told(context.obj):
        from saydo.cli import evaluating

        evaluating.train_export(case, output)


def register(app: typer.Typer, epilog: str) -> None:
    """Puts the commands to the others."""
    for name, summary, command in (
        ("compare", "Compare a case with ACLED, UCDP GED, POLECAT or ICEWS.", compare),
        ("eval", "Score findings against what people decided.", evaluate),
        ("train-export", "Write reviewed findings to train on.", train_export),
    ):
        app.command(name, epilog=epilog, short_help=summary)(command)
