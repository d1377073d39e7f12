"""The command line: thin commands over the desk. Nothing heavy is imported before a command runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from saydo import __version__
from saydo.cli import actors, example, gazetteer, integrity, measuring, opinion, review, watch, weighing
from saydo.cli import codebook as codebooks
from saydo.cli.options import (
    Case,
    CodebookFolder,
    Engine,
    Partition,
    ReaderName,
    ShardFormat,
    ShardSize,
    Since,
    Threads,
    Until,
    Workers,
)

EPILOG = (
    "Exit codes: 0 all is done. 1 an error, told in one line; nothing was done, or it stopped where the line "
    "says. 2 the command was called wrongly. 3 done, but something was skipped, listed with its reason. "
    "4 a check found something that does not hold. 130 stopped with Ctrl-C. "
    "141 the program that read the output went away."
)

app = typer.Typer(
    name="saydo",
    help="Who said what, who did what to whom, and where words and conduct part, every item on exact words.",
    epilog=EPILOG,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.add_typer(actors.app)
app.add_typer(gazetteer.app)
app.add_typer(codebooks.app)
app.add_typer(review.app)
app.add_typer(opinion.app)
app.add_typer(integrity.audit)
app.add_typer(integrity.case_)

Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT",
        help="Files (.txt .md .html .pdf .docx .srt .vtt .jsonl .csv .warc, also .gz), folders, web "
        "addresses, feeds; - reads JSONL from standard input.",
    ),
]
Date = Annotated[
    str | None,
    typer.Option(
        "--date", metavar="YYYY-MM-DD", help="Publication date of reports that do not say one themselves."
    ),
]
FORMAT_HELP = (
    "Tables: csv, jsonl, parquet. Events as other data sets have them: polecat, icews, acled, ucdp. "
    "Events on a map or time line: geojson, kml, timelinejs. Words as evidence: webannotation. "
    "The whole case: ftm, stix. Its network of ties: gexf, graphml. To read: html, markdown."
)
What = Annotated[
    str, typer.Argument(metavar="WHAT", help="actors, events, ties, statements or discrepancies.")
]


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"saydo {__version__}")
        raise typer.Exit


@app.callback()
def saydo(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show where an error comes from, in place of one line.")
    ] = False,
) -> None:
    """Options that stand before the command."""
    context.obj = debug


@app.command(epilog=EPILOG, short_help="Code reports into records, one JSON line each.")
def code(
    context: typer.Context,
    inputs: Inputs,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="OUT",
            help="Where to write; standard output if not given. A folder (ends with /) or an address "
            "(s3://…) gets shards with a manifest; INPUT is JSONL or Parquet then (path, address, pattern).",
        ),
    ] = None,
    date: Date = None,
    codebook: CodebookFolder = None,
    reader: ReaderName = "en",
    threads: Threads = 1,
    workers: Workers = 1,
    engine: Engine = "local",
    format: ShardFormat = None,
    partition: Partition = None,
    shard_mb: ShardSize = 4.0,
) -> None:
    """Code reports into records: documents in, one JSON record a line out, in the order of the input. Keeps
    no case. To a folder it writes shards of records, and goes on when run again."""
    from saydo.cli import coding, sharding
    from saydo.cli.told import told

    choice = coding.Choice(date, codebook, reader, threads, workers)
    asked = sharding.Asked(output, engine, format, partition, shard_mb)
    if asked.by_shards:
        with told(context.obj, "stopped; run the same command again to go on"):
            sharding.code(inputs, asked, choice, context.obj)
        return
    so_far = f"; what was done so far is in {output}.part" if output else ""
    with told(context.obj, f"stopped{so_far}"):
        coding.code(inputs, Path(output) if output else None, choice, context.obj)


@app.command(epilog=EPILOG, short_help="Build a case, with a report to read and print.")
def run(
    context: typer.Context,
    inputs: Inputs,
    case: Case,
    date: Date = None,
    codebook: CodebookFolder = None,
    reader: ReaderName = "en",
    threads: Threads = 1,
    workers: Workers = 1,
) -> None:
    """Build a case: take reports in, code and weigh them, write DIR/report.html. Stopped, it goes on when
    run again."""
    from saydo.cli import coding, running
    from saydo.cli.told import told

    with told(context.obj, "stopped; run the same command again to go on"):
        running.run(inputs, case, coding.Choice(date, codebook, reader, threads, workers), context.obj)


app.command(epilog=EPILOG, short_help="Weigh what is due of a case.")(weighing.weigh)


@app.command(epilog=EPILOG)
def show(
    context: typer.Context,
    what: What,
    case: Case,
    actor: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Only what this actor takes part in; an id, a name, a part of one."
        ),
    ] = None,
    type: Annotated[
        list[str] | None,
        typer.Option(
            "--type",
            "--kind",
            metavar="TYPE",
            help="Only these (ASSAULT, command, pledge, …); may be repeated.",
        ),
    ] = None,
    since: Since = None,
    until: Until = None,
    document: Annotated[
        str | None, typer.Option(metavar="ID", help="Only from this report; its id, file name or title.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="At most so many.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Show what a case holds, as a table or as JSON lines."""
    from saydo.cli import showing
    from saydo.cli.told import told

    with told(context.obj):
        asked = showing.Asked(actor, tuple(type or ()), since, until, document, limit)
        showing.show(case, what, asked, as_json)


@app.command(epilog=EPILOG, short_help="Show who was tied to whom, and when.")
def ties(
    context: typer.Context,
    case: Case,
    of: Annotated[
        str | None, typer.Option("--of", metavar="NAME", help="Only of this actor; an id, a name, an alias.")
    ] = None,
    type: Annotated[
        list[str] | None,
        typer.Option("--type", metavar="TYPE", help="Only these (command, affiliation, …); may be repeated."),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DATE", help="Only those that held on that day, such as 2019-05-09."),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="At most so many.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Show ties over time, put together from all reports, each with the sentences that it rests on and those
    that speak against it."""
    from saydo.cli import tying
    from saydo.cli.told import told

    with told(context.obj):
        tying.ties(case, of, tuple(type or ()), on, limit, as_json)


@app.command(epilog=EPILOG)
def export(
    context: typer.Context,
    case: Case,
    format: Annotated[str, typer.Option("--format", metavar="FORMAT", help=FORMAT_HELP)],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Where to write.")],
    what: Annotated[
        str | None,
        typer.Option(
            "--what",
            metavar="WHAT",
            help="actors, events, ties, statements or discrepancies, for csv, jsonl, parquet and "
            "webannotation; the other formats hold one thing, and take that.",
        ),
    ] = None,
) -> None:
    """Export a case, or a table of it, to a file."""
    from saydo.cli import showing
    from saydo.cli.told import told

    with told(context.obj):
        showing.export(case, what, format, output)


@app.command(epilog=EPILOG, short_help="Write a dossier with footnotes to the exact words.")
def dossier(
    context: typer.Context,
    case: Case,
    actor: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Only the words of this actor; an id, a name, an alias."),
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(metavar="KIND", help="Only these (commitment, denial, …); may be repeated."),
    ] = None,
    since: Since = None,
    until: Until = None,
    verdict: Annotated[
        str | None, typer.Option(metavar="VERDICT", help="upheld, rejected, unclear or undecided.")
    ] = None,
    discrepancy: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Just this discrepancy; may be repeated.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE.md", help="Where to write; standard output if not given."
        ),
    ] = None,
) -> None:
    """Write a dossier as Markdown: discrepancies, and an actor's commitments, with a footnote to the exact
    words of every passage."""
    from saydo.cli import telling
    from saydo.cli.told import told

    with told(context.obj):
        asked = telling.Asked(actor, tuple(kind or ()), since, until, verdict, tuple(discrepancy or ()))
        telling.dossier(case, asked, output)


@app.command("open", epilog=EPILOG, short_help="Open a case in the browser.")
def open_(
    context: typer.Context,
    case: Case,
    port: Annotated[
        int, typer.Option(min=0, max=65535, metavar="N", help="Port to listen on; a free one if not given.")
    ] = 0,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Print the address, and open no browser.")
    ] = False,
    by: Annotated[
        str | None,
        typer.Option(
            "--by", metavar="NAME", help="Who decides; the name you are logged in with if not given."
        ),
    ] = None,
    new: Annotated[
        bool, typer.Option("--new", help="Make an empty case where there is none, to add reports to.")
    ] = False,
    codebook: CodebookFolder = None,
    reader: ReaderName = "en",
) -> None:
    """Open a case in the browser: the workbench, for yourself, on this machine only. Ctrl-C ends it."""
    from saydo.cli import serving
    from saydo.cli.told import told

    with told(context.obj):
        serving.open_case(case, port, not no_browser, by, serving.Runs(codebook, reader), new)


@app.command(epilog=EPILOG, short_help="Serve a case to a team.")
def serve(
    context: typer.Context,
    case: Case,
    host: Annotated[
        str,
        typer.Option(metavar="ADDRESS", help="Address to listen on; one others can reach needs a token."),
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="Port to listen on.")] = 8765,
    token_file: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="File with the token that people must show; else the variable SAYDO_TOKEN."
        ),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="A name that browsers know the server by (of the proxy, say); may be repeated.",
        ),
    ] = None,
    proxy: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Believe the forwarded headers of this proxy, and of no other."),
    ] = None,
    prefix: Annotated[
        str,
        typer.Option(metavar="PATH", help="Path below which the proxy shows it, such as /saydo."),
    ] = "",
    codebook: CodebookFolder = None,
    reader: ReaderName = "en",
) -> None:
    """Serve a case to a team, best behind a proxy that speaks https. Ctrl-C ends it."""
    from saydo.cli import serving
    from saydo.cli.told import told

    with told(context.obj):
        at = serving.At(host, port, tuple(allow_host or ()), proxy, prefix)
        serving.serve(case, at, token_file, serving.Runs(codebook, reader))


@app.command(epilog=EPILOG, short_help="Show how a text was read and coded, and why.")
def explain(
    context: typer.Context,
    text: Annotated[
        str, typer.Argument(metavar="TEXT", help="One or a few sentences; - reads standard input.")
    ],
    date: Date = None,
    codebook: CodebookFolder = None,
    reader: ReaderName = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Everything as one JSON object.")] = False,
) -> None:
    """Explain a text: how it was read, and why each finding was, or was not, coded."""
    from saydo.cli import coding, explaining
    from saydo.cli.told import told

    with told(context.obj):
        explaining.explain(text, coding.Choice(date, codebook, reader, 1), as_json)


measuring.register(app, EPILOG)
app.command(epilog=EPILOG, short_help="Watch feeds and tell each new discrepancy once.")(watch.watch)
app.command(epilog=EPILOG, short_help="Check that nothing in a case was changed.")(integrity.verify)
app.command(epilog=EPILOG, short_help="Write the example reports, to try saydo on.")(example.example)


@app.command()
def version() -> None:
    """Print the version."""
    typer.echo(f"saydo {__version__}")


@app.command(short_help="Print the JSON Schema of a record.")
def schema(context: typer.Context) -> None:
    """Print the JSON Schema of a record, as `saydo code` writes it."""
    from saydo.cli.told import told

    with told(context.obj):
        from importlib.resources import files

        published = files("saydo.model").joinpath("record.schema.json")
        typer.echo(published.read_text(encoding="utf-8"), nl=False)
