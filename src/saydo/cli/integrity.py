"""``saydo verify`` and ``saydo audit``: whether a case is what it was, and what to keep to tell."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from saydo.cli.options import Case, case_at

audit = typer.Typer(
    name="audit",
    help="The log of a case: its head, a stamp, all of it.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
case_ = typer.Typer(
    name="case",
    help="A case as a whole.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Output = Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Where to write.")]


@audit.callback()
def _audit() -> None:
    """The log of a case: everything that was taken in, run and decided, each entry chained to the one before
    by its hash."""


@audit.command(short_help="Print the head of the log.")
def head(
    context: typer.Context,
    case: Case,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE.json", help="Write it to a file, to be kept elsewhere."),
    ] = None,
) -> None:
    """Print the head of the log, as NUMBER:HASH and the time of its last entry. Who keeps it elsewhere can
    tell later whether anything before it was changed: saydo verify --head."""
    from saydo.cli import checking
    from saydo.cli.told import told

    with told(context.obj):
        checking.head(case, output)


@audit.command(short_help="Write the whole log to a file.")
def export(context: typer.Context, case: Case, output: Output) -> None:
    """Write the whole log to a file, an entry a line, oldest first. The SHA-256 of each line is what the next
    one names as the hash before it."""
    from saydo.cli import checking
    from saydo.cli.told import told

    with told(context.obj):
        checking.export(case, output)


@audit.command(short_help="Have the head stamped with the time (RFC 3161).")
def stamp(
    context: typer.Context,
    case: Case,
    authority: Annotated[
        str | None, typer.Option("--authority", metavar="URL", help="Ask this time stamp authority.")
    ] = None,
    request: Annotated[
        Path | None,
        typer.Option(
            "--request", metavar="FILE.tsq", help="Write the request to a file, to be sent by another way."
        ),
    ] = None,
    answer: Annotated[
        Path | None, typer.Option("--answer", metavar="FILE.tsr", help="Keep the answer to such a request.")
    ] = None,
) -> None:
    """Have the head of the log stamped with the time by somebody else (RFC 3161). The authority gets a hash,
    nothing of the case. Give one of --authority, --request and --answer."""
    from saydo.cli import checking
    from saydo.cli.told import told

    with told(context.obj):
        checking.stamp(case, authority, request, answer)


@case_.callback()
def _case() -> None:
    """A case as a whole."""


@case_.command(short_help="Write the captured pages as a web archive (WACZ).")
def pages(context: typer.Context, case: Case, output: Output) -> None:
    """Write every page that was fetched from the web, as it was received and with the record of its capture,
    as a web archive (WACZ) that other tools open."""
    from saydo.cli import checking
    from saydo.cli.told import told

    with told(context.obj):
        checking.pages(case, output)


@case_.command(short_help="Write a case into one file.")
def backup(context: typer.Context, case: Case, output: Output) -> None:
    """Write a case into one file: its database, every original, what waits to be run, stamps and report, with
    the digests of all."""
    from saydo.cli import checking
    from saydo.cli.told import told

    with told(context.obj):
        checking.back_up(case, output)


@case_.command("copy", short_help="Copy a case to another place.")
def copy(
    context: typer.Context,
    source: Annotated[
        Path, typer.Argument(metavar="FROM", parser=case_at, help="A case: its folder, or postgresql://….")
    ],
    target: Annotated[
        Path,
        typer.Argument(metavar="TO", parser=case_at, help="A folder that is not there, or postgresql://…."),
    ],
) -> None:
    """Copy a case to another place, between folders and PostgreSQL: reports, originals, records, decisions,
    the log. The copy is checked as by saydo verify in the end."""
    from saydo.cli import checking
    from saydo.cli.told import told

    with told(context.obj):
        checking.copy(source, target)


@case_.command(short_help="Make a case of a backup.")
def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `saydo case backup` wrote.")],
    case: Case,
) -> None:
    """Make a case of a backup, in a folder that is not there yet. Everything is checked on the way; a backup
    that is damaged is refused, and the case is checked as by saydo verify in the end."""
    from saydo.cli import checking
    from saydo.cli.told import told

    with told(context.obj):
        checking.restore(file, case)


def verify(
    context: typer.Context,
    case: Case,
    head: Annotated[
        list[str] | None,
        typer.Option(
            "--head",
            metavar="FILE",
            help="A head that was kept: a file of `saydo audit head`, or NUMBER:HASH; may be repeated.",
        ),
    ] = None,
    roots: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE.pem",
            help="Certificates that you trust, to check the signatures of stamps; may be repeated.",
        ),
    ] = None,
    no_originals: Annotated[
        bool, typer.Option("--no-originals", help="Check the log and what it tells of, and read no original.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="All that was found as one JSON object.")] = False,
) -> None:
    """Check that nothing in a case was changed, put in, taken out or reordered past saydo: the log, what it
    tells of, and every original."""
    from saydo.cli import checking
    from saydo.cli.told import told

    with told(context.obj):
        checking.verify(case, tuple(head or ()), tuple(roots or ()), not no_originals, as_json)
