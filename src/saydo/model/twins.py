"""The same doing told twice: an event has its type, a proposition beside it the words. What a person decides
about the one is meant of the other, too."""

from __future__ import annotations

from saydo.model.records import Event, Proposition, Record

_SHARED = ("actors", "place", "time", "realis", "polarity")


def twins(record: Record, event: Event) -> tuple[str, ...]:
    """Ids of the propositions that tell in words what an event tells by its type: coded from the same word,
    told by the same voice."""
    return tuple(
        p.id
        for p in record.propositions
        if p.attributed_to == event.attributed_to
        and min(p.trigger[1], event.trigger[1]) > max(p.trigger[0], event.trigger[0])
    )


def corrected_twins(record: Record, before: Event, after: Event) -> Record:
    """The record with what was corrected about an event corrected in its propositions; ``before`` is the
    event as it was coded, ``after`` as it stands in this record."""
    changed = {
        name: getattr(after, name) for name in _SHARED if getattr(before, name) != getattr(after, name)
    }
    ids = twins(record, before)
    if not changed or not ids:
        return record

    def made(p: Proposition) -> Proposition:
        return p.model_copy(update=changed) if p.id in ids else p

    return record.model_copy(update={"propositions": tuple(made(p) for p in record.propositions)})
