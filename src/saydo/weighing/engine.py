"""Puts the rules together: weighs a set of reports, and rebuilds a discrepancy from its explanation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from saydo.codebook import Codebook
from saydo.codebook.sureness import judged
from saydo.codebook.sureness import kept as sure_enough
from saydo.model.case import Commitment
from saydo.model.choices import NO_CHOICES, Choices
from saydo.model.citations import Ref, cited
from saydo.model.identity import Identities
from saydo.model.ids import digest
from saydo.model.records import Discrepancy, DiscrepancyKind, Offsets, Pole, Record
from saydo.weighing.account import accounts
from saydo.weighing.account_worded import worded_accounts
from saydo.weighing.changed import changed
from saydo.weighing.commitment import Commitments, commitments
from saydo.weighing.contested import contested
from saydo.weighing.decided import Decided, applied, identify, with_steps
from saydo.weighing.denial import denials
from saydo.weighing.finding import Found, Place
from saydo.weighing.gainsaid import gainsaid
from saydo.weighing.hosting import hosts
from saydo.weighing.incidents import clusters, incidents, public
from saydo.weighing.parties import canonical
from saydo.weighing.position import positions
from saydo.weighing.same_words import same_words
from saydo.weighing.sameness import Matcher
from saydo.weighing.specific import specific
from saydo.weighing.spells import Beginnings, spells, told
from saydo.weighing.types import EventCluster, Kept, Tally, Weighed, WeighedReport
from saydo.weighing.world import World, world

_PRECEDENCE: tuple[DiscrepancyKind, ...] = ("position", "commitment", "denial", "tie", "account")
"""Of several kinds that join the same two passages the most specific is reported, and only it."""
_MOST = 12
"""Most reports that one discrepancy lists against a statement."""


def weigh(reports: Sequence[WeighedReport], codebook: Codebook, choices: Choices = NO_CHOICES) -> Weighed:
    """Finds where words and conduct part across reports (or within one), and which words were kept.
    ``choices`` are people's decisions; they go before what is found here.

    Deterministic: the same reports give the same result in any order. Discrepancies that a record holds
    as flagged are not found again; they count in the tallies. Raises CodebookError where a weighing rule
    is missing.
    """
    reports = tuple(reports)  # a store may read each anew whenever it is asked for
    return _weigh(reports, codebook, choices, identify(reports, codebook, choices))


def _weigh(own: Sequence[WeighedReport], codebook: Codebook, choices: Choices, who: Identities) -> Weighed:
    """Weighs reports whose actors are known; ``own`` have them as their records do."""
    reports = applied(own, who)
    decided_by = Decided.of(choices, own)
    case = world(reports, codebook)
    begins = Beginnings.of(codebook)
    matcher = Matcher.of(codebook, case.coverage, decided_by.apart)
    made = decided_by.united(clusters(incidents(case.reports, matcher), matcher))
    outcome = commitments(case)
    outcome.broken.extend(hosts(case))
    listed = [
        *denials(case),
        *accounts(case, made, matcher),
        *worded_accounts(case),
        *positions(case),
        *contested(case),
        *gainsaid(case),
        *changed(case),
        *same_words(case),
    ]
    found = _one_kind_each(case, specific(case, [*outcome.broken, *listed]))
    flagged = _flagged(reports)
    left, used = decided_by.split(found)  # after that, lest another telling of the same passages comes up
    outcome.broken[:], more = decided_by.split(outcome.broken)
    fresh = [f for f in left if not _told_already(f, flagged)]
    records = {r.record.id: r.record for r in own}
    publishers = {r.record.id: r.record.publisher for r in case.reports}
    merged = (judged(d, codebook, publishers) for d in _merged(case, fresh))
    discrepancies = [with_steps(d, who, records) for d in merged if sure_enough(d, codebook)]
    kept = _kept(case, outcome.kept)
    decided = _commitments(case, outcome, reports, decided_by)
    return Weighed(
        discrepancies=tuple(sorted(discrepancies, key=lambda d: (-d.score, _PRECEDENCE.index(d.kind), d.id))),
        kept=kept,
        clusters=public(made),
        commitments=decided,
        tallies=_tallies(decided),
        identities=who,
        spells=spells(t for r in reports if r.record.id in case.by_id for t in told(r, begins)),
        lost=decided_by.lost | who.lost,
        rejected=used | more,
    )


def rebuild(
    discrepancy: Discrepancy,
    reports: Sequence[WeighedReport],
    codebook: Codebook,
    choices: Choices = NO_CHOICES,
) -> Discrepancy | None:
    """The discrepancy again, weighed from nothing but the records that its explanation names, with the actors
    that all reports give.

    None where those records do not yield it: then its explanation does not explain it.
    """
    named = set(cited(discrepancy.explanation))
    documents = {document for document, _ in named}
    pruned = [WeighedReport(_pruned(r.record, named), r.text) for r in reports if r.record.id in documents]
    weighed = _weigh(pruned, codebook, choices, identify(reports, codebook, choices))
    return next((d for d in weighed.discrepancies if d.id == discrepancy.id), None)


def _pruned(record: Record, named: set[Ref]) -> Record:
    def keep(id: str) -> bool:
        return (record.id, id) in named

    return record.model_copy(
        update={
            "events": tuple(e for e in record.events if keep(e.id)),
            "ties": tuple(t for t in record.ties if keep(t.id)),
            "statements": tuple(s for s in record.statements if keep(s.id)),
            "propositions": tuple(p for p in record.propositions if keep(p.id)),
            "discrepancies": (),
        }
    )


def _one_kind_each(case: World, found: Iterable[Found]) -> list[Found]:
    """One finding for two passages: the most specific kind, then the strongest. A passage is a sentence,
    or a whole statement: an analyst reads "armed them" once, whether it is coded as event, tie or both."""
    best: dict[tuple[object, ...], Found] = {}
    for f in found:
        key = (*sorted(_passage(case, place) for place in (f.statement, f.against)), f.field)
        if key not in best or _order(f) < _order(best[key]):
            best[key] = f
    return list(best.values())


def _passage(case: World, place: Place) -> tuple[str, Offsets]:
    act = case.report(place.ref).by_id.get(place.ref[1])
    said = case.said_by(act) if act is not None else None
    return place.ref[0], said.sentences if said is not None else place.sentence


def _order(found: Found) -> tuple[int, float, str, Ref, Ref]:
    place = _PRECEDENCE.index(found.kind)
    return (place, -found.score, found.rule, found.statement.ref, found.against.ref)


def _flagged(reports: Iterable[WeighedReport]) -> dict[tuple[Ref, str], frozenset[Ref]]:
    """(statement, kind) → what its own report sets against it."""
    found: dict[tuple[Ref, str], frozenset[Ref]] = {}
    for report in reports:
        for d in report.record.discrepancies:
            if d.basis == "flagged":
                key = ((d.statement.document, d.statement.id), d.kind)
                found[key] = found.get(key, frozenset()) | {(p.document, p.id) for p in d.against}
    return found


def _told_already(found: Found, flagged: dict[tuple[Ref, str], frozenset[Ref]]) -> bool:
    """Whether the report that holds both passages has flagged them, or others of the same kind, itself."""
    if found.statement.ref[0] != found.against.ref[0]:
        return False
    return (found.statement.ref, found.kind) in flagged or any(
        ref == found.statement.ref and found.against.ref in against for (ref, _), against in flagged.items()
    )


def _merged(case: World, found: list[Found]) -> list[Discrepancy]:
    """One discrepancy for a statement and all that stands against it in one way."""
    groups: dict[tuple[object, ...], list[Found]] = {}
    for f in found:
        groups.setdefault((f.kind, f.field, f.statement.ref), []).append(f)
    return [_discrepancy(case, group) for group in groups.values()]


def _discrepancy(case: World, group: list[Found]) -> Discrepancy:
    # the earliest report names the discrepancy, so that later ones do not rename it
    ordered = sorted(group, key=lambda f: (case.report(f.against.ref).record.date or "9999", f.against.ref))
    first = ordered[0]
    strongest = sorted(ordered[1:], key=lambda f: (-f.score, f.against.ref))[: _MOST - 1]
    listed = [f for f in ordered if f is first or f in strongest]
    best = max(listed, key=lambda f: (f.score, f.against.ref))
    told = [best, *(f for f in listed if f is not best)]
    return Discrepancy(
        id="d-" + digest(first.kind, first.field or "", *first.statement.ref, *first.against.ref)[:16],
        kind=first.kind,
        speaker=best.speaker,
        speaker_name=best.speaker_name,
        statement=_pole(case, first.statement),
        against=tuple(_pole(case, f.against) for f in listed),
        field=first.field,
        basis="inferred",
        explanation=f"{best.opening}; " + "; also, ".join(f.against_words for f in told) + ".",
        rule=best.rule,
        score=best.score,
    )


def _pole(case: World, place: Place) -> Pole:
    document, id = place.ref
    return Pole(document=document, id=id, quote=case.report(place.ref).quote(place.sentence))


def _kept(case: World, found: Iterable[Found]) -> tuple[Kept, ...]:
    groups: dict[Ref, list[Found]] = {}
    for f in found:
        groups.setdefault(f.statement.ref, []).append(f)
    kept = []
    for group in groups.values():
        best = max(group, key=lambda f: (f.score, f.against.ref))
        by = sorted({f.against.ref: f for f in group}.values(), key=lambda f: f.against.ref)
        kept.append(
            Kept(
                best.speaker or "",
                best.speaker_name,
                _pole(case, best.statement),
                tuple(_pole(case, f.against) for f in by),
                f"{best.opening}; {best.against_words}.",
                best.rule,
                best.score,
            )
        )
    return tuple(sorted(kept, key=lambda k: (-k.score, k.statement.document, k.statement.id)))


def _commitments(
    case: World, outcome: Commitments, reports: Sequence[WeighedReport], by: Decided
) -> tuple[Commitment, ...]:
    """Every pledge with what became of it; broken outweighs kept, a flagged breach counts like another."""
    broken: dict[Ref, list[Ref]] = {}
    for f in outcome.broken:
        broken.setdefault(f.statement.ref, []).append(f.against.ref)
    for report in reports:
        for d in report.record.discrepancies:
            if d.kind == "commitment" and d.basis == "flagged":
                pledge = (d.statement.document, d.statement.id)
                refs = [(p.document, p.id) for p in d.against]
                refs = [r for r in refs if by.rejecting(d.kind, d.field, pledge, r) is None]
                if refs:
                    broken.setdefault(pledge, []).extend(refs)
    kept: dict[Ref, list[Ref]] = {}
    for f in outcome.kept:
        kept.setdefault(f.statement.ref, []).append(f.against.ref)
    found = []
    for _, said in sorted(outcome.pledges, key=lambda p: (p[0].report, p[1].content)):
        against = broken.get(said.ref) or kept.get(said.ref) or []
        word = "broken" if said.ref in broken else "kept" if said.ref in kept else "open"
        if said.who is None or said.who.raw is None:
            continue
        found.append(
            Commitment(*said.ref, said.who.raw, said.speaker_name, word, tuple(sorted(set(against))))
        )
    return tuple(found)


def _tallies(decided: Iterable[Commitment]) -> tuple[Tally, ...]:
    counts: dict[str, tuple[str, dict[str, int]]] = {}
    for c in decided:
        _, count = counts.setdefault(
            canonical(c.speaker), (c.speaker_name, {"kept": 0, "broken": 0, "open": 0})
        )
        count[c.outcome] += 1
    return tuple(
        Tally(speaker, name, count["kept"], count["broken"], count["open"])
        for speaker, (name, count) in sorted(counts.items())
    )


__all__ = ["EventCluster", "rebuild", "weigh"]
