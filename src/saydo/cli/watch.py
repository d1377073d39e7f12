"""``saydo watch``: its options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from saydo.cli.options import Case, CodebookFolder, ReaderName, Threads


def watch(
    context: typer.Context,
    feeds: Annotated[
        str,
        typer.Argument(
            metavar="FEEDS", help="OPML file, a file with the address of a feed on each line, or one address."
        ),
    ],
    case: Case,
    once: Annotated[
        bool, typer.Option("--once", help="One round, for cron; feeds that are not due yet are left alone.")
    ] = False,
    every: Annotated[
        str,
        typer.Option(
            metavar="SPAN", help="How often each feed is asked: 15m, 2h, 1d; not more often than it wants."
        ),
    ] = "15m",
    kind: Annotated[
        list[str] | None,
        typer.Option(metavar="KIND", help="Tell only these (commitment, denial, …); may be repeated."),
    ] = None,
    min_score: Annotated[
        float, typer.Option(min=0.0, max=1.0, metavar="N", help="Tell only those with this score or more.")
    ] = 0.0,
    actor: Annotated[
        str, typer.Option(metavar="NAME", help="Tell only what is held against the words of this actor.")
    ] = "",
    lines: Annotated[
        Path | None, typer.Option("--to-file", metavar="FILE.jsonl", help="Append each as a line of JSON.")
    ] = None,
    webhook: Annotated[
        str | None,
        typer.Option(
            metavar="URL", help="Post each as JSON there, signed with the secret in SAYDO_WEBHOOK_SECRET."
        ),
    ] = None,
    mail_to: Annotated[
        list[str] | None, typer.Option(metavar="ADDRESS", help="Send them by e-mail; may be repeated.")
    ] = None,
    smtp: Annotated[
        str | None, typer.Option(metavar="HOST:PORT", help="Mail server; 587 if no port is given.")
    ] = None,
    smtp_user: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="User of the mail server; the password is in SAYDO_SMTP_PASSWORD."),
    ] = None,
    mail_from: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Sender; the user of the mail server if not given.")
    ] = None,
    private_feeds: Annotated[
        bool,
        typer.Option(
            "--private-feeds", help="The hosts of the list may be of this machine or a private network."
        ),
    ] = False,
    date: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Publication date of articles that say none.")
    ] = None,
    codebook: CodebookFolder = None,
    reader: ReaderName = "en",
    threads: Threads = 1,
) -> None:
    """Watch feeds: ask them politely what is new, run it, and tell each new discrepancy once, with both
    passages. Ctrl-C ends it; it goes on where it was when it is run again."""
    from saydo.cli import coding, watching
    from saydo.cli.told import told

    with told(context.obj, "stopped; run the same command again to go on"):
        asked = watching.Asked(feeds, every, once, tuple(kind or ()), min_score, actor, private_feeds)
        tell = watching.Tell(lines, webhook, tuple(mail_to or ()), smtp, smtp_user, mail_from)
        watching.watch(case, asked, tell, coding.Choice(date, codebook, reader, threads), context.obj)
