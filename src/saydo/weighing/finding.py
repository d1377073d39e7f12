"""What a rule finds before it is written down, and the words of its explanation.

An explanation is one sentence in which every step is followed by the ids of the records it rests on, in
order: ``Hill Front pledged on 2024-05-03 not to … (r1/s0, r1/e0); its subordinate … (r3/t1) …``. The ids
can be read back out of it, see :func:`saydo.model.citations.cited`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from saydo.model.citations import Ref, cite, plain
from saydo.model.dates import Interval
from saydo.model.records import DiscrepancyKind, Offsets
from saydo.weighing.acts import Act, Said
from saydo.weighing.timeline import Standing
from saydo.weighing.times import shown

_STEPS = {
    "command": "under the command of",
    "leadership": "leader of",
    "led by": "led by",
    "affiliation": "part of",
    "office": "holding office in",
    "forces": "the forces of",
    "government": "speaking for",
    "official": "of the government of",
}


class Place(NamedTuple):
    """Where one pole stands: its record and its sentence."""

    ref: Ref
    sentence: Offsets


class Found(NamedTuple):
    """A statement and one thing that stands against it."""

    kind: DiscrepancyKind
    rule: str
    speaker: str | None
    speaker_name: str
    statement: Place
    against: Place
    opening: str
    """The first half of the explanation: who said what."""
    against_words: str
    """The second half: what stands against it."""
    score: float
    field: str | None = None
    once: tuple[tuple[str, int], ...] = ()
    """Of what it is one of several tellings, each with how many of these count: the clearest of a case."""


def told(found: Found) -> str:
    """A finding as JSON."""
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def found_of(text: str) -> Found:
    """A finding from its JSON."""
    kind, rule, speaker, name, statement, against, opening, words, score, field, once = json.loads(text)
    return Found(
        kind, rule, speaker, name, _place(statement), _place(against), opening, words, score, field,
        tuple((key, most) for key, most in once),
    )  # fmt: skip


def _place(row: list[list[Any]]) -> Place:
    (document, id), (start, end) = row
    return Place((document, id), (start, end))


def clarity(found: Found) -> tuple[float, Ref, Ref, str, str]:
    """Least for the clearest of several tellings."""
    return -found.score, found.statement.ref, found.against.ref, found.opening, found.against_words


def chain(standing: Standing, names: Mapping[str, str]) -> str:
    """Through which ties somebody counts as somebody else, each with its id: ``, part of X (r3/t1),``."""
    parts: list[str] = []
    for link in standing.steps:
        upper = plain(names.get(link.upper, link.upper))
        parts.append(f", {_STEPS[link.label]} {upper}{cite([link.ref] if link.ref else [])}")
    return "".join(parts) + ("," if parts else "")


def who_did(act: Act, standing: Standing, names: Mapping[str, str]) -> str:
    """Who did an act, and by which steps it counts as the principal's conduct."""
    actor = next((p for p in act.actors if p.actor), None)
    return (plain(actor.name) if actor else "somebody") + chain(standing, names)


def reported(act: Act) -> str:
    """By whom an act is reported, where the document does not say it itself."""
    return f", according to {plain(act.speaker_name)}" if act.via else ""


def when_done(act: Act) -> str:
    """When an act happened, for an explanation."""
    return _when(act.when, act.published)


def when_said(said: Said) -> str:
    """When something was said, for an explanation."""
    return _when(said.when, said.published)


def _when(given: Interval | None, published: Interval | None) -> str:
    if given is None:
        return f"in a report of {shown(published)}" if published else "at an unknown date"
    if given.end is None:
        return f"since {shown(Interval(given.start, given.start))}"
    if given.start is None:
        return f"until {shown(Interval(given.end, given.end))}"
    return f"on {shown(given)}" if given.start == given.end else f"in {shown(given)}"


def rank_of(act: Act) -> tuple[object, ...]:
    """Of two tellings of one thing that comes first, as the statement, which is somebody's words, a known
    speaker's, and the earlier one."""
    return act.via is None, act.speaker is None, str(act.published), act.ref


def certainty(*scores: float) -> float:
    """How far the coder's own scores carry a finding: 0.7 for the weakest coding, 1 for a sure one."""
    product = 1.0
    for score in scores:
        product *= max(score, 0.0)
    return float(0.7 + 0.3 * product ** (1 / max(1, len(scores))))
