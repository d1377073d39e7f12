"""Blame: who is said to have done a deed that stands as a noun ("blamed the bombing on the League").

The deed is an event of the statement that blames; who is blamed for it is its actor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from saydo.codebook.entries import Codebook, Unit
from saydo.coding.drafts import DraftEvent
from saydo.coding.match import Match, Scene
from saydo.coding.voices import Voices
from saydo.model.linked import LinkedMention

BLAMED = "blamed for"
"""The name of the rule of events that are told by nothing but the blame for them."""
_SCORE = 0.7
_ON = frozenset({"blame", "pin"})
_TO = frozenset({"attribute", "ascribe", "impute", "trace"})
_CULPRITS = frozenset({"person", "group", "government", "military", "organisation", "igo"})
_NEGATIONS = frozenset({"not", "n't", "n’t", "never"})


class _Blame(NamedTuple):
    deed: int
    culprit: LinkedMention


def with_culprits(
    scene: Scene,
    events: Sequence[DraftEvent],
    voices: Voices,
    make: Callable[[Match], DraftEvent],
    codebook: Codebook,
) -> list[DraftEvent]:
    """The events, those without an actor done by whom somebody blames for them; and deeds of destruction that
    only the blame tells of. ``make`` gives a match its time, place, voice and modality."""
    out = list(events)
    ruin = _ruin(codebook)
    for blame in _blames(scene):
        if voices.of_token(blame.deed) is None:
            continue  # the report's own voice blames nobody
        k = next((k for k, d in enumerate(out) if d.trigger == blame.deed), None)
        if k is not None:
            if not out[k].actors and not any(m.id == blame.culprit.id for m in out[k].recipients):
                out[k] = out[k]._replace(actors=(blame.culprit,))
        elif scene.clauses.tokens[blame.deed].lemma.lower() in ruin:
            out.append(make(_ruined(scene, blame))._replace(score=_SCORE))
    return sorted(out, key=lambda d: d.trigger)


@lru_cache(maxsize=4)
def _ruin(codebook: Codebook) -> frozenset[str]:
    return frozenset(codebook.phrases("ruin-nouns"))


def _ruined(scene: Scene, blame: _Blame) -> Match:
    clauses = scene.clauses
    frame = clauses.frame(blame.deed)
    heads = frame.get("obl:of") or frame.get("poss")
    mentions = tuple(
        m for h in heads if (m := scene.mention_of(h)) is not None and clauses.tokens[h].upos != "PRON"
    )
    unit = Unit(name=BLAMED, mode="destroy")
    return Match("ASSAULT", unit, frame, {"actor": (blame.culprit,), "recipient": mentions}, {})


def _blames(scene: Scene) -> Iterator[_Blame]:
    """Every deed that somebody is blamed for in a plain main verb."""
    clauses = scene.clauses
    for token in clauses.tokens:
        if token.upos != "VERB" or token.lemma.lower() not in _ON | _TO:
            continue
        if any(clauses.tokens[c].text.lower() in _NEGATIONS for c in clauses.with_rel(token.i, "advmod")):
            continue
        args = clauses.frame(token.i).args
        if token.lemma.lower() == "blame":
            yield from _pairs(scene, args.get("obl:for", ()), args.get("obj", ()))
        over = ("on", "upon") if token.lemma.lower() in _ON else ("to",)
        culprits = [h for o in over for h in args.get(f"obl:{o}", ()) if h not in scene.timed]
        yield from _pairs(scene, args.get("obj", ()), culprits or _low(scene, args.get("obj", ()), over))


def _low(scene: Scene, deeds: Sequence[int], over: tuple[str, ...]) -> list[int]:
    """The phrase that names the culprit where the tree hangs it on the last noun of the deed's own phrase."""
    clauses = scene.clauses
    return [c for d in deeds for c in clauses.subtree(d) if c > d and clauses.preposition(c) in over][-1:]


def _pairs(scene: Scene, deeds: Sequence[int], culprits: Sequence[int]) -> Iterator[_Blame]:
    found = [m for c in culprits if c not in scene.timed and (m := scene.mention_of(c)) is not None]
    able = [m for m in found if m.type in _CULPRITS]
    for deed in deeds:
        if able and scene.clauses.tokens[deed].upos == "NOUN":
            yield _Blame(deed, able[0])
