"""Discrepancies that a report flags itself: its own voice sets a statement against conduct or a tie.

A contrast cue alone flags nothing. Both sides must be coded, a statement (or a truce) on one and an event,
tie or statement on the other, and the two must be opposed: by type, polarity and parties; or, after a cue
that leaves no doubt ("contrary to what they claim", "the footage tells a different story"), by being about
the same actors or those under their command.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from saydo.codebook.entries import Codebook
from saydo.codebook.opposition import Oppositions
from saydo.codebook.sureness import judged, kept
from saydo.coding.clauses import Clauses
from saydo.coding.flagged_cues import Contrast, ContrastCues, contrasts
from saydo.coding.flagged_opposed import Match, Opposed, disputed
from saydo.coding.flagged_poles import Poles, Side
from saydo.coding.flagged_worded import Worded
from saydo.coding.flagged_written import written
from saydo.model.citations import cite, plain, quoted
from saydo.model.ids import digest
from saydo.model.linked import LinkedReading
from saydo.model.records import Discrepancy, DiscrepancyKind, Event, Pole, Proposition, Statement, Tie

_BACK = 3
"""Sentences before an adverb of contrast in which what it sets aside may stand."""
_STORY_BACK = 12
"""The same for "tells a different story", where the speaker must be named again."""
_FLOOR = 0.45
"""Score below which two sides are too loosely coded to be called opposed."""
_STORY_ON = 2
"""Sentences after it, in its paragraph, that may tell the story."""
_TOLD_BACK = 2
"""Sentences before "despite the claim that …" that may tell what stands against it."""
_CONCEDING = frozenset({"although", "though", "even though"})
"""Subordinators that concede; while and even as often only compare."""
_MOST = 5
"""Most records that one flagged discrepancy lists against a statement."""
_BOUND = frozenset({"pledge", "denial"})
_WEAK = frozenset({"adverb", "coordinate", "subordinate"})


class Flagged(NamedTuple):
    """What a document sets against each other, and the propositions by which alone some of it is cited."""

    discrepancies: tuple[Discrepancy, ...]
    propositions: tuple[Proposition, ...]


def find_flagged(
    linked: LinkedReading,
    events: Sequence[Event],
    ties: Sequence[Tie],
    statements: Sequence[Statement],
    codebook: Codebook,
    propositions: Sequence[Proposition] = (),
    clauses: Clauses | None = None,
) -> Flagged:
    """The discrepancies that the document's own voice flags, in text order of their cues.

    ``events``, ``ties`` and ``statements`` are those coded from the same document, ``clauses`` its clauses
    where they are there already. Raises KeyError where the codebook lacks a contrast list, CodebookError
    where it lacks a weighing rule.
    """
    reading = linked.reading
    clauses = clauses or Clauses.of(reading)
    poles = Poles.of(linked, events, ties, statements, Oppositions.of(codebook))
    opposed = Opposed.of(poles, codebook)
    worded = Worded.of(poles, clauses, codebook, propositions)
    found: dict[tuple[str, str], Discrepancy] = {}
    for contrast in contrasts(reading, clauses, ContrastCues.of(codebook)):
        if poles.quoted(contrast.first) or poles.in_source(contrast.first):
            continue  # somebody else's contrast, or one that only describes a speaker
        for statement, told in _matched(opposed, contrast, clauses):
            matches = [m for m in told if not _parted(worded, contrast, m)]
            if not matches:
                continue
            made = _discrepancy(opposed, contrast, statement, matches)
            if made.score < _FLOOR:
                continue
            key = (made.statement.id, made.kind)
            if key not in found or found[key].score < made.score:
                found[key] = made
        for pair in worded.found(contrast):
            made = written(poles, contrast, pair)
            if contrast.form in ("coordinate", "subordinate") and made.score < _FLOOR:
                continue
            # what is coded by type goes before what only the words tell
            if not any(statement == made.statement.id for statement, _ in found):
                found[made.statement.id, made.kind] = made
    publishers = {reading.document.id: reading.document.publisher}
    sure = (judged(made, codebook, publishers) for made in found.values())
    stands = tuple(made for made in sure if kept(made, codebook))
    cited = {pole.id for made in stands for pole in (made.statement, *made.against)}
    return Flagged(stands, tuple(p for p in worded.pairing.further.values() if p.id in cited))


def _parted(worded: Worded, contrast: Contrast, match: Match) -> bool:
    """Whether a match of types is of two matters; after cues that gainsay by themselves that is not asked."""
    if contrast.form not in _WEAK or match.claim is None or isinstance(match.record, Statement):
        return False
    poles = worded.poles
    return worded.pairing.parted(poles.position(match.claim), poles.position(match.record))


def _matched(
    opposed: Opposed, contrast: Contrast, clauses: Clauses
) -> Iterator[tuple[Statement | Event, list[Match]]]:
    if contrast.form == "story":
        yield from _story(opposed, contrast, clauses)
    elif contrast.before:
        yield from _earlier(opposed, contrast)
    else:
        yield from _sides(opposed, contrast, clauses)


def _sides(
    opposed: Opposed, contrast: Contrast, clauses: Clauses
) -> Iterator[tuple[Statement | Event, list[Match]]]:
    """Both sides in one sentence; either may hold the statement."""
    poles = opposed.poles
    aside, told = poles.side(contrast.aside), poles.side(contrast.told)
    if contrast.form == "verb" and not told.facts and not told.statements:
        told = poles.sentences(poles.sentence(contrast.first) - 1, poles.sentence(contrast.first))
    for spoken, fact in ((aside, told), (told, aside)):
        # "the survivors *refute* this account": those words set aside, they are not set aside
        own = [s for s in spoken.statements if contrast.form != "verb" or not poles.cued(s, contrast.tokens)]
        if contrast.form == "subordinate":
            own = [s for s in own if s.kind != "accusation"]  # "although X was not charged, he has accused Y"
        # only what a strong preposition governs is set aside by it without further ado
        strong = spoken is aside and (contrast.strong or _says(opposed, contrast, clauses))
        statements = [t for s in own for t in _meant(opposed, s)]
        if strong and not statements:
            statements = _recalled(opposed, contrast, clauses)
        # a concession ("although Rome insists …") gainsays of itself only words that hold no coded claim
        sure = [
            strong and (contrast.strong or not opposed.claims(s) or opposed.denies(s)) for s in statements
        ]
        found = [
            (s, m) for s, k in zip(statements, sure, strict=True) if (m := _against(opposed, s, fact, k))
        ]
        if strong and not found and not fact.facts and not fact.statements:
            number = poles.sentence(contrast.first)  # "…, the channel remains open": told just before
            told_before = poles.sentences(number - _TOLD_BACK, number)
            found = [(s, m) for s in statements if (m := _against(opposed, s, told_before, strong=False))]
        # where what was said is coded, words of the same speaker that hold no claim add nothing
        claimed = {poles.speaker(s) for s, m in found if m[0].claim is not None}
        yield from ((s, m) for s, m in found if m[0].claim is not None or poles.speaker(s) not in claimed)
        for truce in spoken.truces:
            if matches := opposed.broken_by(truce, fact.facts):
                yield truce, matches


def _says(opposed: Opposed, contrast: Contrast, clauses: Clauses) -> bool:
    """Whether a subordinate clause of contrast is itself one of saying: "although Rome *insists* …"."""
    if contrast.form != "subordinate" or contrast.cue not in _CONCEDING:
        return False
    verb = clauses.tokens[contrast.first].head
    return any(opposed.poles.position(s) == verb for s in opposed.poles.statements.values())


def _meant(opposed: Opposed, statement: Statement) -> list[Statement]:
    """What "contrary to what the envoy maintains" sets aside: what the envoy was just said to maintain."""
    poles = opposed.poles
    speaker = poles.speaker(statement)[0]
    if not opposed.set_aside(statement) or speaker is None:
        return [statement]
    number = poles.sentence(poles.position(statement))
    before = poles.sentences(number - _BACK, number).statements
    earlier = [s for s in before if poles.speaker(s)[0] == speaker and not opposed.set_aside(s)]
    return [*earlier[-1:], statement]


def _recalled(opposed: Opposed, contrast: Contrast, clauses: Clauses) -> list[Statement]:
    """The last words, shortly before, of the one whom "contrary to what the envoy maintains" names, where
    that clause itself is coded as no statement."""
    poles = opposed.poles
    if not any(clauses.tokens[i].text.lower() == "what" for i in contrast.aside):
        return []
    named = {m.actor for m in poles.mentions.values() if m.head in contrast.aside and m.actor}
    number = poles.sentence(contrast.first)
    before = poles.sentences(number - _BACK, number).statements
    return [s for s in before if poles.speaker(s)[0] in named][-1:]


def _against(opposed: Opposed, statement: Statement, side: Side, strong: bool) -> list[Match]:
    matches = [m for f in side.facts if (m := opposed.opposed(statement, f, strong)) is not None]
    if not matches:
        matches = [m for s in side.statements for m in opposed.gainsaid(statement, s)]
    if not matches and strong:
        matches = [m for f in side.facts if (m := opposed.related(statement, f)) is not None]
    if not matches and strong and not opposed.set_aside(statement):
        matches = [m for f in side.facts if (m := opposed.beside(statement, f)) is not None]
    return _per_sentence(opposed.poles, matches)


def _per_sentence(poles: Poles, matches: list[Match]) -> list[Match]:
    """The strongest match of each sentence, in the order given: one passage is one thing to look at."""
    best: dict[int, Match] = {}
    for match in matches:
        here = poles.sentence(poles.position(match.record))
        if here not in best or match.strength > best[here].strength:
            best[here] = match
    return list(best.values())[:_MOST]


def _earlier(opposed: Opposed, contrast: Contrast) -> Iterator[tuple[Statement | Event, list[Match]]]:
    """ "However, …": the nearest sentence before that holds something opposed."""
    poles = opposed.poles
    number = poles.sentence(contrast.first)
    told = poles.side(contrast.told)
    if not told.facts and not told.statements:
        return
    for back in range(1, _BACK + 1):
        if number - back < 0:
            return
        before = poles.sentences(number - back, number - back + 1)
        found = False
        for statement in before.statements:
            if matches := _against(opposed, statement, told, strong=False):
                found = True
                yield statement, matches
        for truce in before.truces:
            if matches := opposed.broken_by(truce, told.facts):
                found = True
                yield truce, matches
        # "Its gunners, however, …" may also set words of now against deeds told before
        for statement in told.statements:
            deeds = [f for f in before.facts if f.attributed_to is None]
            matches = [m for f in deeds if (m := opposed.opposed(statement, f)) is not None]
            if matches:
                found = True
                yield statement, _per_sentence(poles, matches)
        if found:
            return


def _story(
    opposed: Opposed, contrast: Contrast, clauses: Clauses
) -> Iterator[tuple[Statement | Event, list[Match]]]:
    """ "The videos, however, tell a different story: …": what was claimed stands before, what tells
    otherwise is in the sentence, or in those that tell of the same videos."""
    poles = opposed.poles
    number = poles.sentence(contrast.first)
    told = poles.side(contrast.told)
    if not told.facts:  # "The view from the road tells a different story. Soldiers …"
        told = poles.following(number, _STORY_ON)
    if contrast.evidence is not None:
        lemma = clauses.tokens[contrast.evidence].lemma.lower()
        told = told.with_facts(poles.about(lemma, number))
    if not told.facts:
        return
    before = poles.sentences(max(0, number - _STORY_BACK), number)
    found: list[tuple[Statement, list[Match]]] = []
    for statement in before.statements:
        if statement.kind not in (*_BOUND, "assertion") or opposed.set_aside(statement):
            continue
        matches = [m for f in told.facts if (m := _told_otherwise(opposed, statement, f)) is not None]
        if matches:
            found.append((statement, _nearest(poles, matches, contrast.first)))
    bound = [pair for pair in found if pair[0].kind in _BOUND]
    yield from bound or found[-1:]


def _told_otherwise(opposed: Opposed, statement: Statement, fact: Event | Tie) -> Match | None:
    """What evidence that "tells a different story" tells: the opposite of what was claimed, or, where
    somebody bound itself, what it or those under it do."""
    match = opposed.opposed(statement, fact, lenient=True)
    if match is None and statement.kind in _BOUND:
        match = opposed.related(statement, fact)
    return match


def _nearest(poles: Poles, matches: list[Match], cue: int) -> list[Match]:
    return _per_sentence(
        poles, sorted(matches, key=lambda m: (abs(poles.position(m.record) - cue), m.record.id))
    )


# --- writing ---------------------------------------------------------------------------------------------


def _discrepancy(
    opposed: Opposed, contrast: Contrast, statement: Statement | Event, matches: list[Match]
) -> Discrepancy:
    poles = opposed.poles
    document = poles.document.id
    kind = _kind(opposed, statement, matches)
    score = (0.9 if contrast.strong else 0.8) * matches[0].strength
    score *= 0.7 + 0.3 * (statement.score * matches[0].record.score) ** 0.5
    speaker, name = poles.speaker(statement)
    return Discrepancy(
        id="d-" + digest("flagged", kind, document, statement.id, matches[0].record.id)[:16],
        kind=kind,
        speaker=speaker,
        speaker_name=name,
        statement=Pole(document=document, id=statement.id, quote=poles.quote(statement)),
        against=tuple(Pole(document=document, id=m.record.id, quote=poles.quote(m.record)) for m in matches),
        basis="flagged",
        explanation=_explanation(poles, contrast, statement, matches, name),
        field=_field(matches[0]) if kind == "account" else None,
        rule=f"flagged.{contrast.form}",
        score=round(min(1.0, score), 3),
    )


def _field(match: Match) -> str | None:
    """What differs between two accounts of one event; None where it is whether it happened."""
    claim, fact = match.claim, match.record
    if not isinstance(claim, Event) or not isinstance(fact, Event):
        return None
    return next(iter(disputed(claim, fact)), None)


def _kind(opposed: Opposed, statement: Statement | Event, matches: list[Match]) -> DiscrepancyKind:
    first = matches[0]
    if isinstance(statement, Event) or statement.kind == "pledge":
        return "commitment"
    if first.same_speaker:
        return "position"
    about_tie = isinstance(first.claim, Tie) or (first.claim is None and isinstance(first.record, Tie))
    if about_tie and (statement.kind != "denial" or opposed.set_aside(statement)):
        return "tie"
    if statement.kind == "denial":
        return "denial"
    if first.claim is not None and first.claim.realis == "future":
        return "commitment"
    if first.claim is not None and first.claim.polarity == "negative":
        return "denial"
    return "account"


_VERBS = {
    "pledge": "pledged",
    "denial": "denied",
    "assertion": "said",
    "accusation": "charged",
    "claim_of_responsibility": "claimed",
}


def _told(poles: Poles, statement: Statement) -> str:
    """The verb and the words of a statement; of one that is only named ("contrary to what the envoy *says*")
    the words that name it."""
    if statement.cue and statement.content and poles.content(statement).lower().startswith("what "):
        start, end = statement.content[0][0], statement.cue[-1][1]
        if start < end:
            return f"is gainsaid in {quoted(poles.document.text[start:end], 90)}"
    return f"{_VERBS.get(statement.kind, 'said')} {quoted(poles.content(statement), 90)}"


def _explanation(
    poles: Poles, contrast: Contrast, statement: Statement | Event, matches: list[Match], name: str | None
) -> str:
    document = poles.document.id
    refs = [(document, statement.id)]
    if matches[0].claim is not None:
        refs.append((document, matches[0].claim.id))
    if isinstance(statement, Event):
        said = f"{plain(name or 'the parties')} were bound by it, {quoted(poles.quote(statement), 90)}"
    else:
        said = f"{plain(name or 'somebody')} {_told(poles, statement)}"
    parts = [
        f"{quoted(poles.quote(m.record), 110)}{m.words}"
        f"{cite([*((document, t) for t in m.ties), *poles.via(m.record), (document, m.record.id)])}"
        for m in matches
    ]
    return (
        f"The report itself sets one against the other [“{contrast.cue}”]: {said}{cite(refs)}; against it "
        f"stands {'; and '.join(parts)}."
    )
