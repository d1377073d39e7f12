"""Who speaks and who is who: the parts of the report about persons and groups."""

from __future__ import annotations

from saydo.export.gathered import Gathered, SpeakerFindings
from saydo.export.page import ActorEntry, SpeakerBlock, StatementEntry
from saydo.export.passages import flat
from saydo.export.words import STATEMENT, day, plural, when
from saydo.model.case import CaseView

MOST_SPEAKERS = 24
MOST_ACTORS = 60


def speaker_blocks(view: CaseView, gathered: Gathered, numbers: dict[str, int]) -> tuple[SpeakerBlock, ...]:
    """Speakers by how much they say that binds them or others (all but plain assertions), then by all."""
    about = {found.actor.id: found.actor.kind for found in view.actors}
    ranked = sorted(
        gathered.speakers.items(),
        key=lambda item: (-_binding(item[1]), -item[1].counts.total(), item[1].name, item[0]),
    )
    return tuple(_block(found, about.get(key, ""), numbers) for key, found in ranked[:MOST_SPEAKERS])


def _binding(found: SpeakerFindings) -> int:
    return found.counts.total() - found.counts["assertion"]


def _block(found: SpeakerFindings, about: str, numbers: dict[str, int]) -> SpeakerBlock:
    entries = tuple(
        StatementEntry(
            kind=STATEMENT[kept.statement.kind][0],
            who="" if found.name else kept.who,
            words=kept.words,
            quoted=kept.statement.quoted,
            addressees=", ".join(kept.addressees),
            date=when(kept.statement.time) or day(kept.published),
            sources=tuple(numbers[document] for document in kept.documents),
            timecode=kept.timecode,
        )
        for _, kept in found.ranked
    )
    counts = tuple(plural(found.counts[kind], *STATEMENT[kind]) for kind in STATEMENT if found.counts[kind])
    shown = sum(len(kept.documents) for _, kept in found.ranked)
    return SpeakerBlock(found.name, about, counts, entries, max(found.counts.total() - shown, 0))


def nameless_block(gathered: Gathered, numbers: dict[str, int]) -> SpeakerBlock | None:
    """What speakers said whom the reports describe but do not name; None where there is nothing."""
    return _block(gathered.nameless, "", numbers) if gathered.nameless.ranked else None


def actor_entries(view: CaseView) -> tuple[ActorEntry, ...]:
    """The actors that most is known of."""
    ranked = sorted(
        view.actors,
        key=lambda a: (-(a.events + a.ties + a.statements), -len(a.documents), -a.mentions, a.actor.id),
    )
    merges = view.identities.into()
    return tuple(
        ActorEntry(
            name=flat(found.actor.name),
            kind=found.actor.kind,
            country=found.actor.country or "",
            aliases=", ".join(flat(alias) for alias in found.actor.aliases),
            reports=len(found.documents),
            events=found.events,
            ties=found.ties,
            statements=found.statements,
            merges=tuple(dict.fromkeys(flat(m.reason) for m in merges.get(found.actor.id, ()))),
        )
        for found in ranked[:MOST_ACTORS]
    )
