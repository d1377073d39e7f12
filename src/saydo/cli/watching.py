"""``saydo watch``: what is given on the command line, and what is printed."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import typer

from saydo import desk
from saydo.cli.coding import Choice
from saydo.cli.told import SKIPPED, say
from saydo.desk import watching
from saydo.model.errors import InputError


class Tell(NamedTuple):
    """Whom to tell, as written."""

    lines: Path | None
    webhook: str | None
    mail: tuple[str, ...]
    smtp: str | None
    smtp_user: str | None
    mail_from: str | None


class Asked(NamedTuple):
    """What to watch, how often, and what of it to tell, as written."""

    feeds: str
    every: str
    once: bool
    kinds: tuple[str, ...]
    least: float
    actor: str
    private: bool


def watch(case: Path, asked: Asked, tell: Tell, choice: Choice, debug: bool) -> None:
    """Watches until Ctrl-C, or once."""
    settings = choice.settings(debug)
    wanted = watching.Wanted(desk.known_discrepancy_kinds(asked.kinds), asked.least, asked.actor)
    every = watching.seconds_of(asked.every)
    codebook = desk.load_codebook(choice.codebook)
    desk.check_gazetteer()
    world = watching.World()
    at_work = watching.Watch(
        case=case,
        feeds=lambda: watching.FeedList.read(asked.feeds, asked.private),
        reader=lambda: desk.load_reader(choice.reader, choice.threads, codebook),
        codebook=codebook,
        channels=_channels(tell, world),
        tell=_matter,
        every=every,
        wanted=wanted,
        private=asked.private,
        world=world,
        settings=settings,
    )
    with _ended_politely(), at_work as begun:
        if begun.known:
            say(f"the case holds {begun.known} discrepancies already; only what is new from here on is told")
        if asked.once:
            told = begun.round()
            _summary(case, told, once=True)
            if told.failed:
                raise typer.Exit(SKIPPED)
        else:
            say("watching; Ctrl-C ends it")
            begun.forever(lambda told: _summary(case, told))


def _channels(tell: Tell, world: watching.World) -> list[watching.Channel]:
    width = min(os.get_terminal_size().columns, 100) if sys.stdout.isatty() else 0
    channels: list[watching.Channel] = [watching.Terminal(_print, width)]
    if tell.lines is not None:
        watching.check_file(tell.lines)
        channels.append(watching.JsonLines(tell.lines))
    if tell.webhook is not None:
        secret = os.environ.get(watching.SECRET, "")
        channels.append(watching.Webhook(tell.webhook, secret, world.now, world.sleep))
    if tell.mail:
        password = os.environ.get(watching.PASSWORD, "")
        to = watching.MailTo.checked(tell.mail, tell.smtp, tell.smtp_user, tell.mail_from, password)
        channels.append(watching.Mail(to, world.now, _matter))
    elif tell.smtp or tell.smtp_user or tell.mail_from:
        raise InputError("to whom the mail goes is not known; name somebody with --mail-to")
    return channels


def _print(text: str) -> None:
    typer.echo(text)
    sys.stdout.flush()


def _matter(where: str, told: str) -> None:
    say(f"{watching.clean(where)}: {watching.clean(told)}")


def _summary(case: Path, told: watching.Told, once: bool = False) -> None:
    if not (once or told.new or told.news):
        return
    parts = [
        f"{told.asked} feeds asked",
        f"{told.new} new reports",
        f"{told.news} new discrepancies",
    ]
    if told.waiting:
        parts.append(f"{told.waiting} articles to be fetched again later")
    if told.news:
        parts.append(f"read them in their reports and decide: saydo open --case {desk.shown(case)}")
    then = "" if once else f"; next at {datetime.fromtimestamp(told.next).strftime('%H:%M')}"
    say(f"{time.strftime('%Y-%m-%d %H:%M')}: {', '.join(parts)}{then}")


@contextmanager
def _ended_politely() -> Iterator[None]:
    """A service manager's wish to end (SIGTERM) is Ctrl-C."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
