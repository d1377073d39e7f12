"""Where a proposal and what saydo found itself say the same."""

from __future__ import annotations

from typing import Literal, NamedTuple

from saydo.model.records import Event, Offsets, Record, Statement, Tie
from saydo.opinion.checking import Proposal, found_in

How = Literal["same", "other parties", "other type"]


class Agreement(NamedTuple):
    """A finding of the record that stands on words of the proposal."""

    finding: str
    how: How
    type: str
    """What the record has there."""


def agreement(proposal: Proposal, record: Record) -> Agreement | None:
    """The finding that comes nearest to a proposal; None where the record has none of its sort there."""
    found = [
        Agreement(each.id, _how(proposal, each, record), _type(each))
        for each in _of_its_sort(proposal, record)
        if any(a < proposal.words[1] and b > proposal.words[0] for a, b in _words(each))
    ]
    order = ("same", "other parties", "other type")
    return min(found, key=lambda a: (order.index(a.how), a.finding), default=None)


def _of_its_sort(proposal: Proposal, record: Record) -> tuple[Event | Tie | Statement, ...]:
    if proposal.what == "event":
        return record.events
    return record.ties if proposal.what == "tie" else record.statements


def _words(found: Event | Tie | Statement) -> tuple[Offsets, ...]:
    return found.content if isinstance(found, Statement) else (found.trigger,)


def _type(found: Event | Tie | Statement) -> str:
    return found.kind if isinstance(found, Statement) else found.type


def _how(proposal: Proposal, found: Event | Tie | Statement, record: Record) -> How:
    if _type(found) != proposal.type:
        return "other type"
    if isinstance(found, Event):
        ends = (set(found.actors), set(found.recipients))
    elif isinstance(found, Tie):
        ends = ({found.from_}, {found.to})
    else:
        speaker = {found.source_mention} if found.source_mention else set()
        ends = (speaker, set(found.addressees) if proposal.to else set())
    actor = {m.id: m.actor or m.id for m in record.mentions}
    theirs = tuple({actor.get(id, id) for id in end} for end in ends)
    ours = tuple({_who(record, span) for span in end} for end in (proposal.by, proposal.to))
    polarity = found.polarity if not isinstance(found, Statement) else proposal.polarity
    return "same" if theirs == ours and polarity == proposal.polarity else "other parties"


def _who(record: Record, span: Offsets) -> str:
    mention = found_in(record, span)
    return (mention.actor or mention.id) if mention else ""
