"""``saydo review``: what waits for a person, and what people decide."""

from __future__ import annotations

from typing import Annotated

import typer

from saydo.cli.options import Case, CodebookFolder

app = typer.Typer(
    name="review",
    help="What waits for a person, and what people decide about a case.",
    short_help="What waits for a person, and what people decide.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

By = Annotated[
    str | None,
    typer.Option("--by", metavar="NAME", help="Who decides; the name you are logged in with if not given."),
]
Why = Annotated[
    str | None, typer.Option("--why", metavar="TEXT", help="The reason, for those who come after.")
]
In = Annotated[
    str | None,
    typer.Option("--in", metavar="REPORT", help="The first one only as this report means it."),
]
One = Annotated[
    str,
    typer.Argument(metavar="ONE", help="An actor (id or name), an event (REPORT/e3) or a question's id."),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


@app.callback()
def review() -> None:
    """What waits for a person, and what people decide about a case. A decision outlives coding the reports
    anew, and can be undone."""


@app.command(short_help="List what waits for a person.")
def questions(
    context: typer.Context,
    case: Case,
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="N", help="At most so many.")] = 20,
    as_json: AsJson = False,
) -> None:
    """List what waits for a person: actors that may be one, with what speaks for and against it. Those that
    touch most reports come first."""
    from saydo.cli import reviewing
    from saydo.cli.told import told

    with told(context.obj):
        reviewing.questions(case, limit, as_json)


@app.command(short_help="List what was taken for one, and why.")
def merges(
    context: typer.Context,
    case: Case,
    limit: Annotated[int | None, typer.Option("--limit", min=1, metavar="N", help="At most so many.")] = None,
    as_json: AsJson = False,
) -> None:
    """List what was taken for one, and why: actors that go by several names, and events of several reports
    that are one incident. What is wrong is held apart with: saydo review apart."""
    from saydo.cli import reviewing
    from saydo.cli.told import told

    with told(context.obj):
        reviewing.merges(case, limit, as_json)


@app.command(short_help="Two actors or two events are one.")
def same(
    context: typer.Context,
    one: One,
    other: Annotated[
        str, typer.Argument(metavar="OTHER", help="The other one; of a question the number of a candidate.")
    ],
    case: Case,
    document: In = None,
    why: Why = None,
    by: By = None,
    codebook: CodebookFolder = None,
) -> None:
    """Decide that two actors, or two events, are one."""
    from saydo.cli import reviewing
    from saydo.cli.told import told

    with told(context.obj):
        reviewing.pair(reviewing.Deciding(case, by, why, codebook), "same", one, other, document)


@app.command(short_help="Two actors or two events are not one.")
def apart(
    context: typer.Context,
    one: One,
    other: Annotated[
        str,
        typer.Argument(
            metavar="OTHER", help="The other one; of a question the number of a candidate or all."
        ),
    ],
    case: Case,
    document: In = None,
    why: Why = None,
    by: By = None,
    codebook: CodebookFolder = None,
) -> None:
    """Decide that two actors, or two events, are not one. With --in and the same actor twice, that report
    means another one by the name."""
    from saydo.cli import reviewing
    from saydo.cli.told import told

    with told(context.obj):
        reviewing.pair(reviewing.Deciding(case, by, why, codebook), "apart", one, other, document)


@app.command(short_help="Say what a discrepancy is worth.")
def verdict(
    context: typer.Context,
    discrepancy: Annotated[
        str, typer.Argument(metavar="ID", help="The discrepancy's id, or the beginning of it.")
    ],
    kind: Annotated[str, typer.Argument(metavar="VERDICT", help="uphold, reject or unclear.")],
    case: Case,
    why: Why = None,
    by: By = None,
    codebook: CodebookFolder = None,
) -> None:
    """Say what a discrepancy is worth. One that is rejected is shown no more, and does not come back when the
    reports are coded anew."""
    from saydo.cli import reviewing
    from saydo.cli.told import told

    with told(context.obj):
        reviewing.verdict(reviewing.Deciding(case, by, why, codebook), discrepancy, kind)


@app.command(short_help="Undo a decision.")
def undo(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="Number of the decision.")],
    case: Case,
    why: Why = None,
    by: By = None,
    codebook: CodebookFolder = None,
) -> None:
    """Undo a decision. Both stay on record; an undoing can be undone, too."""
    from saydo.cli import reviewing
    from saydo.cli.told import told

    with told(context.obj):
        reviewing.undo(reviewing.Deciding(case, by, why, codebook), number)


@app.command(short_help="List what people decided.")
def decisions(context: typer.Context, case: Case, as_json: AsJson = False) -> None:
    """List what people decided, and what has become of it."""
    from saydo.cli import reviewing
    from saydo.cli.told import told

    with told(context.obj):
        reviewing.decisions(case, as_json)
