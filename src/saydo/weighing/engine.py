"""Puts the rules together: weighs a set of reports, and rebuilds a discrepancy from its explanation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from saydo.codebook import Codebook
from saydo.codebook.sureness import judged
from saydo.codebook.sureness import kept as sure_enough
from saydo.model.case import Commitment
from saydo.model.choices import NO_CHOICES, Choices
from saydo.model.citations import Ref, cited
from saydo.model.identity import Identities
from saydo.model.ids import digest
from saydo.model.inference import INFERRED, Inference
from saydo.model.records import Discrepancy, DiscrepancyKind, Offsets, Pole, Record
from saydo.weighing.account import accounts, who_began
from saydo.weighing.account_counted import counted_accounts
from saydo.weighing.account_doers import doers_disputed
from saydo.weighing.account_fates import fates_disputed
from saydo.weighing.account_phrases import opposed_accounts
from saydo.weighing.account_worded import worded_accounts
from saydo.weighing.acts import Unfolded
from saydo.weighing.changed import changed
from saydo.weighing.commitment import commitments
from saydo.weighing.contested import contested
from saydo.weighing.decided import Decided, applied, identify, with_steps
from saydo.weighing.denial import denials
from saydo.weighing.finding import Found, Place, clarity
from saydo.weighing.gainsaid import gainsaid
from saydo.weighing.hosting import hosts
from saydo.weighing.incidents import clusters, incidents, public
from saydo.weighing.inferred import inferred
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
KEPT = "commitment.kept"
"""The rule of findings that stand against nothing."""
_BY_WORDS = (".words", INFERRED)
"""Rules by whose findings no pledge is counted as broken: nobody is coded as the doer."""
_MOST = 12
"""Most reports that one discrepancy lists against a statement."""


def weigh(
    reports: Sequence[WeighedReport],
    codebook: Codebook,
    choices: Choices = NO_CHOICES,
    inference: Inference | None = None,
) -> Weighed:
    """Finds where words and conduct part across reports (or within one), and which words were kept.
    ``choices`` are people's decisions; they go before what is found here.

    Deterministic: the same reports give the same result in any order. Discrepancies that a record holds
    as flagged are not found again; they count in the tallies. Raises CodebookError where a weighing rule
    is missing.
    """
    reports = tuple(reports)  # a store may read each anew whenever it is asked for
    return _weigh(reports, codebook, choices, identify(reports, codebook, choices), inference)


def _weigh(
    own: Sequence[WeighedReport],
    codebook: Codebook,
    choices: Choices,
    who: Identities,
    inference: Inference | None,
) -> Weighed:
    """Weighs reports whose actors are known; ``own`` have them as their records do."""
    reports = applied(own, who)
    records = {r.record.id: r.record for r in own}
    decided_by = Decided.of(choices, records)
    case = world(reports, codebook, inference)
    begins = Beginnings.of(codebook)
    matcher = Matcher.of(codebook, case.coverage, decided_by.apart)
    made = decided_by.united(clusters(incidents(case.reports, matcher), matcher))
    found = clearest([*joined(case), *specific(case, accounts(case, made, matcher))])
    discrepancies, used = discrepancies_of(case, found, decided_by)
    decided = commitments_of(case, found, decided_by)
    return Weighed(
        discrepancies=in_rank(with_steps(d, who, records.get) for d in discrepancies),
        kept=_kept(case, (f for f in found if f.rule == KEPT)),
        clusters=public(made),
        commitments=decided,
        tallies=_tallies(decided),
        identities=who,
        spells=spells(t for r in reports if r.record.id in case.by_id for t in told(r, begins)),
        lost=decided_by.lost | who.lost,
        rejected=used,
    )


def asked(case: World) -> list[Found]:
    """What is found by asking of each statement which conduct stands against it, or keeps it."""
    outcome = commitments(case)
    return [*specific(case, [*outcome.broken, *hosts(case), *denials(case)]), *outcome.kept]


def met(case: World) -> list[Found]:
    """What is found where reports meet that speak of one matter, actor or claim."""
    found = [
        *positions(case),
        *who_began(case),
        *worded_accounts(case),
        *counted_accounts(case),
        *doers_disputed(case),
        *fates_disputed(case),
        *opposed_accounts(case),
        *contested(case),
        *gainsaid(case),
        *changed(case),
        *inferred(case),
    ]
    return specific(case, found)


def in_same_words(case: World) -> list[Found]:
    """What is found by the words of pledges and denials alone."""
    return specific(case, same_words(case))


ASKED, MET, WORDS, TOLD = "asked", "met", "words", "told"
FAMILIES: Mapping[str, Callable[[World], list[Found]]] = MappingProxyType(
    {ASKED: asked, MET: met, WORDS: in_same_words}
)
"""The rules by what is looked up for them. A report of whose outcome only a part may have changed is weighed
anew by these alone. Differing accounts of one incident (``told``) are found where its tellings are joined."""


def family_of(found: Found) -> str:
    """The rules by which a finding was made."""
    rule = found.rule
    if rule in ("commitment.words", "denial.words"):
        return WORDS
    if rule.startswith("position.") or rule.endswith(INFERRED) or rule in _MET:
        return MET
    return TOLD if rule.startswith("account.") else ASKED


_MET = frozenset({
    "account.first", "account.doer-in-words", "account.counted", "account.doer", "account.fate",
    "account.opposed", "account.contested", "denial.contested", "denial.gainsaid",
})  # fmt: skip


def joined(case: World) -> list[Found]:
    """All that is found between two reports or in one, but for differing accounts of one incident."""
    return [f for rules in FAMILIES.values() for f in rules(case)]


def clearest(found: Iterable[Found]) -> list[Found]:
    """The findings without those of which others are the clearer tellings."""
    listed = list(found)
    told: dict[str, tuple[int, list[Found]]] = {}
    for f in listed:
        for key, most in f.once:
            told.setdefault(key, (most, []))[1].append(f)
    stands = {key: set(sorted(fs, key=clarity)[:most]) for key, (most, fs) in told.items()}
    return [f for f in listed if all(f in stands[key] for key, _ in f.once)]


def rebuild(
    discrepancy: Discrepancy,
    reports: Sequence[WeighedReport],
    codebook: Codebook,
    choices: Choices = NO_CHOICES,
    inference: Inference | None = None,
) -> Discrepancy | None:
    """The discrepancy again, weighed from nothing but the records that its explanation names, with the actors
    that all reports give.

    None where those records do not yield it: then its explanation does not explain it.
    """
    named = set(cited(discrepancy.explanation))
    documents = {document for document, _ in named}
    pruned = [WeighedReport(_pruned(r.record, named), r.text) for r in reports if r.record.id in documents]
    weighed = _weigh(pruned, codebook, choices, identify(reports, codebook, choices), inference)
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


def discrepancies_of(
    case: World, found: Iterable[Found], by: Decided, statements_of: str | None = None
) -> tuple[list[Discrepancy], frozenset[int]]:
    """The discrepancies that findings make, and the numbers of the decisions by which others are none; with
    ``statements_of`` only those whose statement stands in that report, of which all findings must be given
    that have a pole in it."""
    against = [f for f in found if f.rule != KEPT]
    mine = [f for f in against if statements_of in (None, f.statement.ref[0])]
    _, used = by.split(f for f in mine if f.kind == "commitment")
    if statements_of is not None:
        others = {f.against.ref[0] for f in mine}  # of two that say it of each other one is left
        against = [f for f in against if f.statement.ref[0] in (statements_of, *others)]
    single = [f for f in _one_kind_each(case, against) if statements_of in (None, f.statement.ref[0])]
    # after that, lest another telling of the same passages comes up
    left, more = by.split(single)
    flagged = _flagged(case.reports)
    fresh = [f for f in left if not _told_already(f, flagged)]
    documents = {place.ref[0] for f in fresh for place in (f.statement, f.against)}
    publishers = {document: case.by_id[document].record.publisher for document in documents}
    merged = (judged(d, case.codebook, publishers) for d in _merged(case, fresh))
    return [d for d in merged if sure_enough(d, case.codebook)], used | more


def in_rank(found: Iterable[Discrepancy]) -> tuple[Discrepancy, ...]:
    """Discrepancies, strongest first."""
    return tuple(sorted(found, key=lambda d: (-d.score, _PRECEDENCE.index(d.kind), d.id)))


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


def _order(found: Found) -> tuple[object, ...]:
    # what only like words show yields to what is understood of the two
    by_words = found.rule.endswith((*_BY_WORDS, ".gainsaid"))
    return (by_words, _PRECEDENCE.index(found.kind), -found.score, found.rule, *clarity(found))


def _flagged(reports: Iterable[Unfolded]) -> dict[tuple[Ref, str], frozenset[Ref]]:
    """(statement, kind) → what its own report sets against it."""
    found: dict[tuple[Ref, str], frozenset[Ref]] = {}
    for report in reports:
        for flag in report.record.flagged:
            key = (flag.statement, flag.kind)
            found[key] = found.get(key, frozenset()) | set(flag.against)
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


def commitments_of(case: World, found: Iterable[Found], by: Decided) -> tuple[Commitment, ...]:
    """Every pledge with what became of it; broken outweighs kept, a flagged breach counts like another."""
    broken: dict[Ref, list[Ref]] = {}
    kept: dict[Ref, list[Ref]] = {}
    for f in by.split(f for f in found if f.kind == "commitment" and not f.rule.endswith(_BY_WORDS))[0]:
        (kept if f.rule == KEPT else broken).setdefault(f.statement.ref, []).append(f.against.ref)
    for report in case.reports:
        for flag in report.record.flagged:
            if flag.kind == "commitment":
                refs = [r for r in flag.against if not by.rejects(flag.kind, flag.field, flag.statement, r)]
                if refs:
                    broken.setdefault(flag.statement, []).extend(refs)
    pledges = ((r, s) for r, s in case.said() if s.kind == "pledge")
    decided = []
    for _, said in sorted(pledges, key=lambda p: (p[0].report, p[1].content)):
        against = broken.get(said.ref) or kept.get(said.ref) or []
        word = "broken" if said.ref in broken else "kept" if said.ref in kept else "open"
        if said.who is None or said.who.raw is None:
            continue
        decided.append(
            Commitment(*said.ref, said.who.raw, said.speaker_name, word, tuple(sorted(set(against))))
        )
    return tuple(decided)


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
