"""``saydo dossier``: a dossier as Markdown."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import typer

from saydo import desk
from saydo.cli.told import say
from saydo.model.deeds import STANDINGS, DeedsFilter
from saydo.model.errors import InputError
from saydo.model.store import CaseStore


class Asked(NamedTuple):
    """The filters as written."""

    actor: str | None
    kinds: tuple[str, ...]
    since: str | None
    until: str | None
    verdict: str | None
    discrepancies: tuple[str, ...]


def dossier(case: Path, asked: Asked, output: Path | None) -> None:
    """Writes what passes. Raises InputError where a filter means nothing."""
    standing = next((s for s in STANDINGS if s == asked.verdict), None)
    if asked.verdict and standing is None:
        raise InputError(f"{asked.verdict!r} is no verdict; say one of: {', '.join(STANDINGS)}")
    with closing(desk.open_case(case)) as store:
        where = DeedsFilter(
            speaker=_one(asked.actor, store) if asked.actor else None,
            kinds=desk.known_discrepancy_kinds(asked.kinds),
            since=desk.bound(asked.since, last=False) if asked.since else None,
            until=desk.bound(asked.until, last=True) if asked.until else None,
            standing=standing,
        )
        made = desk.dossier(store, case.resolve().name, where, asked.discrepancies)
    text = desk.markdown(made).encode("utf-8")
    if output is None:
        typer.echo(text, nl=False)
    else:
        with desk.whole_file(output) as out:
            out.write(text.decode("utf-8"))
    say(f"{len(made.files)} discrepancies, {len(made.notes)} passages")


def _one(name: str, store: CaseStore) -> str:
    ids = desk.find_actors(store.view(), name)
    if len(ids) > 1:
        listed = ", ".join(ids[:5])
        raise InputError(f"{name!r} may be any of {listed}{' …' if len(ids) > 5 else ''}; give the id")
    return ids[0]
