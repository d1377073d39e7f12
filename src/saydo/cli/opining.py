"""``saydo opinion``: what is printed, and what is passed on to the desk."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, NamedTuple

import typer
from rich.console import Console
from rich.text import Text

from saydo import desk
from saydo.cli.reviewing import user
from saydo.cli.running import block
from saydo.cli.told import FAILED, SKIPPED, say
from saydo.desk import opinion as opinions
from saydo.desk.afar import FAR, named_address, where_to
from saydo.desk.watching import clean
from saydo.model.errors import InputError

KEY = "SAYDO_OPINION_KEY"


class Asked(NamedTuple):
    """What to ask about, and how, as written."""

    reports: tuple[str, ...]
    limit: int
    piece: int
    timeout: float
    pause: float
    anew: bool
    dry_run: bool


def ask(case: Path, url: str, model: str, asked: Asked, codebook: Path | None) -> None:
    """Asks, after saying what is sent where."""
    book = desk.load_codebook(codebook)
    where = where_to(named_address(url, "the endpoint"))
    endpoint = opinions.Endpoint(
        url, model, key=os.environ.get(KEY, ""), timeout=asked.timeout, pause=asked.pause
    )
    second = opinions.SecondOpinion(case, endpoint, book, asked.piece, anew=asked.anew)
    try:
        plan = second.plan(asked.reports, asked.limit)
        if not plan.documents:
            say("this model was asked about every report already; --anew asks again")
            return
        say(
            f"the text of {len(plan.documents)} reports ({plan.characters:,} characters), with their dates, "
            f"{'would be' if asked.dry_run else 'is'} sent to {url}, on {where}, for the model {model}"
        )
        if where == FAR and not asked.dry_run:
            say("whoever runs that endpoint can read and keep it; Ctrl-C stops")
        if not asked.dry_run:
            _tell(second.ask(plan, _progress), plan)
    finally:
        endpoint.close()


def _progress(done: int, of: int) -> None:
    if done == of or not done % 10:
        say(f"{done} of {of} reports")


def _tell(made: opinions.Outcome, plan: opinions.Plan) -> None:
    kept = f"; {made.answers_kept} answers were there already" if made.answers_kept else ""
    say(f"{made.reports} reports: {made.proposals} proposals, {made.refused} items refused{kept}")
    for report, reason in made.failed:
        typer.echo(f"  {report}: {clean(reason)}", err=True)
    if plan.left:
        say(f"{plan.left} further reports were not asked about; run the same command again")
    if made.failed:
        raise typer.Exit(SKIPPED if made.reports else FAILED)


def list_(case: Path, state: str, report: str | None, limit: int | None, as_json: bool) -> None:
    """Prints proposals, or what was refused."""
    if state == "refused":
        _refused(case, report, limit, as_json)
        return
    known = {each: (each,) for each in opinions.STATES} | {"all": opinions.STATES}
    if state not in known:
        raise InputError(f"{state!r} is no state; say one of: {', '.join((*known, 'refused'))}")
    found = opinions.opinions(case, report=report)
    listed = [each for each in found if each.state in known[state]]
    for each in listed[:limit]:
        if as_json:
            _json(_row(each))
        else:
            _print(Console(highlight=False), each)
    counts = [f"{sum(each.state == name for each in found)} {name}" for name in opinions.STATES]
    if not as_json:
        say(f"{', '.join(counts)}; a model proposed them, and none counts until a person accepts it")


def _print(console: Console, each: opinions.Opinion) -> None:
    proposal = each.proposal
    kind = f"{proposal.what} {proposal.type}" + (f" · {proposal.mode}" if proposal.mode else "")
    accepted = f" by decision {each.decision}" if each.decision else ""
    block(console, 0, Text.assemble((f"{proposal.id}  {kind}", "bold"), f"  ({each.state}{accepted})"))
    block(console, 3, Text(clean(_who(each))))
    start, end = proposal.quote
    before, words, after = each.text[start : proposal.words[0]], each.said(proposal.words), ""
    after = each.text[proposal.words[1] : end]
    block(console, 3, Text(clean(f"“{before}[{words}]{after}”"), style="italic"))
    block(console, 5, Text(clean(f"— {each.report}"), style="dim"))
    block(console, 5, Text(clean(f"proposed by {each.source}{_own(each)}"), style="dim"))
    if each.why:
        block(console, 5, Text(clean(f"put aside: {each.why}"), style="dim"))


def _who(each: opinions.Opinion) -> str:
    proposal = each.proposal
    by = ", ".join(map(each.said, proposal.by)) or "nobody named"
    to = ", ".join(map(each.said, proposal.to))
    parts = [f"{by} → {to}" if to else by]
    if proposal.place:
        parts.append(f"in {each.said(proposal.place)}")
    if proposal.since or proposal.until:
        parts.append(" to ".join(dict.fromkeys(filter(None, (proposal.since, proposal.until)))))
    if proposal.polarity == "negative":
        parts.append("denied")
    if proposal.realis != "actual":
        parts.append(proposal.realis)
    return " · ".join(parts)


def _own(each: opinions.Opinion) -> str:
    if each.agreement is None or each.state == "accepted":
        return ""
    own = each.agreement
    told = {
        "same": "saydo has the same",
        "other parties": "saydo has it with other parties",
        "other type": f"saydo has {own.type} on these words",
    }
    return f"; {told[own.how]} ({own.finding})"


def _row(each: opinions.Opinion) -> dict[str, Any]:
    proposal = each.proposal
    place = each.said(proposal.place) if proposal.place else None
    return {
        **proposal._asdict(), "state": each.state, "by": list(map(each.said, proposal.by)),
        "to": list(map(each.said, proposal.to)), "quote": each.text[slice(*proposal.quote)],
        "words": each.text[slice(*proposal.words)], "place": place,
        "agreement": each.agreement and each.agreement._asdict(), "decision": each.decision,
        "evidence": each.evidence,
    }  # fmt: skip


def _refused(case: Path, report: str | None, limit: int | None, as_json: bool) -> None:
    found = opinions.refusals(case, report)
    console = Console(highlight=False)
    for each, named in found[:limit]:
        if as_json:
            _json(each._asdict())
            continue
        block(console, 0, Text(clean(each.reason), style="bold"))
        item = each.item if isinstance(each.item, dict) else {}
        shown = [str(item[key]) for key in ("what", "type", "quote") if item.get(key)]
        block(console, 3, Text(clean(": ".join(shown) or json.dumps(each.item))[:400]))
        block(console, 5, Text(clean(f"— {named}"), style="dim"))
    if not as_json:
        say(f"{len(found)} items did not hold")


def accept(case: Path, ids: list[str], by: str | None, why: str, codebook: Path | None) -> None:
    """Accepts and weighs again."""
    book = desk.load_codebook(codebook)
    numbers = opinions.accept(case, ids, by or user(), why)
    for id, number in zip(ids, numbers, strict=True):
        typer.echo(f"decision {number}: {id} is a finding now")
    desk.weigh_again(case, book)


def refuse(case: Path, ids: list[str], by: str | None, why: str) -> None:
    """Puts aside."""
    opinions.put_aside(case, ids, by or user(), why)
    typer.echo(f"{len(ids)} put aside")


def _json(value: dict[str, Any]) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False).encode() + b"\n", nl=False)
