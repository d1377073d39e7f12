"""``saydo opinion``: asks a language model for a second opinion, and decides about what it proposes."""

from __future__ import annotations

from typing import Annotated

import typer

from saydo.cli.options import Case, CodebookFolder

app = typer.Typer(
    name="opinion",
    help="A second opinion of a language model.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Ids = Annotated[
    list[str],
    typer.Argument(metavar="ID", help="A proposal, by its id or the beginning of it; several at once."),
]
By = Annotated[
    str | None,
    typer.Option("--by", metavar="NAME", help="Who decides; the name you are logged in with if not given."),
]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason, for those who come after.")]


@app.callback()
def opinion() -> None:
    """A second opinion of a language model on the reports of a case. Nothing is asked unless an endpoint is
    named, and nothing that a model proposes counts until a person accepts it."""


@app.command(short_help="Ask a language model about reports.")
def ask(
    context: typer.Context,
    case: Case,
    endpoint: Annotated[
        str,
        typer.Option(
            "--endpoint",
            metavar="URL",
            help="An endpoint that speaks as OpenAI's does, up to /v1; its key is in SAYDO_OPINION_KEY.",
        ),
    ],
    model: Annotated[
        str, typer.Option("--model", metavar="NAME", help="The model, as the endpoint calls it.")
    ],
    report: Annotated[
        list[str] | None,
        typer.Option(
            "--report", metavar="ID", help="Only this report: its id, file name or title; may be repeated."
        ),
    ] = None,
    limit: Annotated[
        int, typer.Option(min=1, metavar="N", help="At most so many reports, the latest first.")
    ] = 50,
    piece: Annotated[
        int, typer.Option(min=500, metavar="N", help="Characters of a report that are asked about at once.")
    ] = 6_000,
    timeout: Annotated[
        float, typer.Option(min=1.0, metavar="SECONDS", help="How long one answer may take.")
    ] = 300.0,
    pause: Annotated[
        float, typer.Option(min=0.0, metavar="SECONDS", help="The least time between two questions.")
    ] = 0.0,
    anew: Annotated[
        bool, typer.Option("--anew", help="Ask again what was answered before; else that costs nothing.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be sent where, and send nothing.")
    ] = False,
    codebook: CodebookFolder = None,
) -> None:
    """Ask a language model about reports of a case. The text of the reports is sent to the endpoint, which is
    said first. What it answers is held against the words of the report: what holds waits as a proposal, the
    rest is refused with its reason, in opinion-refused.jsonl of the case."""
    from saydo.cli import opining
    from saydo.cli.told import told

    with told(context.obj, "stopped; run the same command again to go on"):
        asked = opining.Asked(tuple(report or ()), limit, piece, timeout, pause, anew, dry_run)
        opining.ask(case, endpoint, model, asked, codebook)


@app.command("list", short_help="List what was proposed.")
def list_(
    context: typer.Context,
    case: Case,
    state: Annotated[
        str,
        typer.Option(
            metavar="STATE",
            help="waiting, agrees (saydo has the same), accepted, aside, refused (it did not hold), or all.",
        ),
    ] = "waiting",
    report: Annotated[str | None, typer.Option("--report", metavar="ID", help="Only of this report.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="At most so many.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """List what was proposed, each with the words it stands on and with what saydo has there itself."""
    from saydo.cli import opining
    from saydo.cli.told import told

    with told(context.obj):
        opining.list_(case, state, report, limit, as_json)


@app.command(short_help="Make findings of proposals.")
def accept(
    context: typer.Context,
    ids: Ids,
    case: Case,
    by: By = None,
    why: Why = "",
    codebook: CodebookFolder = None,
) -> None:
    """Make findings of proposals: each is added under your name, as if by hand, and the case is weighed
    again. The decision says who proposed it, and can be undone with saydo review undo."""
    from saydo.cli import opining
    from saydo.cli.told import told

    with told(context.obj):
        opining.accept(case, ids, by, why, codebook)


@app.command(short_help="Take proposals off the list.")
def refuse(context: typer.Context, ids: Ids, case: Case, by: By = None, why: Why = "") -> None:
    """Take proposals off those that wait; they are kept with your name and reason."""
    from saydo.cli import opining
    from saydo.cli.told import told

    with told(context.obj):
        opining.refuse(case, ids, by, why)
