"""What holds of one report, as it is kept in the ledger."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import NamedTuple

from saydo.model.case import Commitment
from saydo.model.records import Discrepancy
from saydo.weighing.acts import Unfolded
from saydo.weighing.decided import Decided
from saydo.weighing.engine import commitments_of, discrepancies_of
from saydo.weighing.finding import Found
from saydo.weighing.session import Session
from saydo.weighing.types import EventCluster

Finish = Callable[[Discrepancy], Discrepancy]
"""Completes the explanation of a discrepancy; see :func:`saydo.weighing.decided.with_steps`."""


class Outcome(NamedTuple):
    """What holds of one report."""

    discrepancies: tuple[Discrepancy, ...]
    """Those whose statement stands in the report."""
    commitments: tuple[Commitment, ...]
    rejected: frozenset[int]
    """Numbers of the decisions by which others are none."""


NOTHING = Outcome((), (), frozenset())


def outcome(
    session: Session, report: Unfolded, found: Iterable[Found], decided: Decided, finish: Finish
) -> Outcome:
    """What holds of a report, from all findings with a pole in it that stand."""
    listed = list(found)
    world = session.world((report,), None)
    discrepancies, used = discrepancies_of(world, listed, decided, report.record.id)
    mine = (f for f in listed if f.statement.ref[0] == report.record.id)
    return Outcome(tuple(map(finish, discrepancies)), commitments_of(world, mine, decided), used)


def written(outcome: Outcome) -> str:
    """An outcome as JSON."""
    rows = [
        [d.model_dump_json() for d in outcome.discrepancies],
        outcome.commitments,
        sorted(outcome.rejected),
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def outcome_of(text: str) -> Outcome:
    """An outcome from its JSON."""
    discrepancies, commitments, rejected = json.loads(text)
    return Outcome(
        tuple(Discrepancy.model_validate_json(d) for d in discrepancies),
        tuple(_commitment(*row) for row in commitments),
        frozenset(rejected),
    )


def _commitment(
    document: str, statement: str, speaker: str, name: str, outcome: str, against: list[list[str]]
) -> Commitment:
    return Commitment(document, statement, speaker, name, outcome, tuple((a, b) for a, b in against))


def cluster_of(text: str) -> EventCluster:
    """A cluster from its JSON."""
    id, type_, members, reason = json.loads(text)
    return EventCluster(id, type_, tuple((a, b) for a, b in members), reason)
