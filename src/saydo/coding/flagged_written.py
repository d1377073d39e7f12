"""Writes the pairs that were read from clauses as discrepancies."""

from __future__ import annotations

from saydo.coding.flagged_cues import Contrast
from saydo.coding.flagged_pairing import Pair
from saydo.coding.flagged_poles import Poles
from saydo.model.citations import cite, plain, quoted
from saydo.model.ids import digest
from saydo.model.records import Discrepancy, DiscrepancyKind, Event, Pole, Proposition, Statement

_SAYING = {"pledge": "pledged", "denial": "denied"}


def written(poles: Poles, contrast: Contrast, pair: Pair) -> Discrepancy:
    """The discrepancy of a pair."""
    document = poles.document.id
    kind = _kind(pair)
    said, against = pair.said, pair.against
    speaker, name = _speaker(poles, said)
    told = list(poles.via(against)) if not isinstance(against, Proposition) else []
    verb = _SAYING.get(said.kind, "said") if isinstance(said, Statement) else "is held to"
    words = poles.content(said) if isinstance(said, Statement) else poles.quote(said)
    base = 0.9 if contrast.strong else 0.8
    opening = f"The report itself sets one against the other [“{contrast.cue}”]"
    stands = "against it stands"
    if contrast.form == "verdict" and poles.quote(said) == poles.quote(against):
        opening, stands = f"The report itself calls it untrue [“{contrast.cue}”]", "as told in"
    return Discrepancy(
        id="d-" + digest("flagged", kind, document, said.id, against.id)[:16],
        kind=kind,
        speaker=speaker,
        speaker_name=name,
        statement=Pole(document=document, id=said.id, quote=poles.quote(said)),
        against=(Pole(document=document, id=against.id, quote=poles.quote(against)),),
        field=pair.differs if kind == "account" else None,
        basis="flagged",
        explanation=(
            f"{opening}: {plain(name or 'somebody')} {verb} {quoted(words, 90)}"
            f"{cite([(document, said.id)])}; {stands} {quoted(poles.quote(against), 110)}"
            f"{cite([*told, (document, against.id)])}."
        ),
        rule=f"flagged.{contrast.form}",
        score=round(base * pair.strength * (0.7 + 0.3 * (said.score * against.score) ** 0.5), 3),
    )


def _kind(pair: Pair) -> DiscrepancyKind:
    said = pair.said
    if pair.bound:
        return "commitment"
    denied = pair.claim is not None and pair.claim.polarity == "negative"
    if denied or (isinstance(said, Statement) and said.kind == "denial"):
        return "denial"
    return "account"


def _speaker(poles: Poles, said: Statement | Proposition | Event) -> tuple[str | None, str | None]:
    if not isinstance(said, Proposition):
        return poles.speaker(said)
    for id in said.actors:
        mention = poles.mentions.get(id)
        if mention is not None and mention.actor:
            return mention.actor, poles.names.get(mention.actor, mention.actor)
    return None, None
