"""One discrepancy with everything that bears on it: both passages in context, the steps that led from one to
the other, what else stands against the same statement, and what people made of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from saydo.desk.deeds import DiscrepancyLine, discrepancy_lines
from saydo.desk.look import DiscrepancyView, PassageView, Reports, described, passage_of, together
from saydo.export.page import Segment
from saydo.export.passages import Passages, finding
from saydo.export.poles import coded, evidence, explained
from saydo.export.words import day
from saydo.model.choices import Decision, Finding, FindingAnchor, found_again
from saydo.model.citations import Ref, cited
from saydo.model.deeds import Judged
from saydo.model.document import text_sha256
from saydo.model.errors import StoreError
from saydo.model.identity import Merge
from saydo.model.lookups import Heading
from saydo.model.records import Discrepancy, Pole, Record, Statement, Tie
from saydo.model.store import CaseStore

MOST_OTHERS = 20


class Word(NamedTuple):
    """A piece of an explanation; ``ref`` where it is the id of a finding."""

    text: str
    ref: Ref | None


@dataclass(frozen=True, slots=True)
class ContextPassage:
    """A passage in its context, and all that it is cited by."""

    view: PassageView
    before: str
    """The sentence before, as it stands; empty at the beginning."""
    after: str
    url: str | None
    start: int
    end: int
    """Code points of the sentence in the report's text."""
    text_sha256: str
    gone: bool = False
    """Whether the latest coding has the finding no more; the words are still there."""


@dataclass(frozen=True, slots=True)
class Step:
    """What leads from the one passage to the other besides themselves."""

    kind: str
    """``tie``, ``also`` (another finding that it rests on), ``merge`` or ``time``."""
    line: str
    passages: tuple[ContextPassage, ...] = ()


@dataclass(frozen=True, slots=True)
class DiscrepancyFile:
    """A discrepancy, ready to be judged by itself."""

    view: DiscrepancyView
    said: ContextPassage
    against: tuple[ContextPassage, ...]
    explanation: tuple[Word, ...]
    steps: tuple[Step, ...]
    others: tuple[DiscrepancyLine, ...]
    history: tuple[tuple[Decision, int | None], ...]
    rejected: bool
    previous: str | None
    next: str | None


def discrepancy_file(store: CaseStore, id: str) -> DiscrepancyFile | None:
    """The discrepancy of this id, rejected ones included; None where the case has none. Raises StoreError."""
    found = store.discrepancy(id)
    judged = store.rejected(id) if found is None else None
    if found is None and judged is None:
        return None
    files = Files(store)
    if judged is not None:
        found = _located(files, judged)
    assert found is not None
    verdict = judged.decision if judged else store.verdicts([id]).get(id)
    return files.of(found, verdict, rejected=judged is not None)


def discrepancy_files(store: CaseStore, found: Iterable[Discrepancy]) -> tuple[DiscrepancyFile, ...]:
    """Several, in the order given; those that were rejected, too. Raises StoreError."""
    listed = tuple(found)
    files, verdicts = Files(store, listed), store.verdicts(d.id for d in listed)
    made = []
    for each in listed:
        judged = None if each.id in verdicts else store.rejected(each.id)
        whole = _located(files, judged) if judged else each
        verdict = judged.decision if judged else verdicts.get(each.id)
        made.append(files.of(whole, verdict, rejected=judged is not None, alone=True))
    return tuple(made)


class Files:
    """Puts discrepancies together; each report is read once, and what is short of those that are known
    ``ahead`` is asked for together."""

    def __init__(self, store: CaseStore, ahead: Sequence[Discrepancy] = ()) -> None:
        self._store = store
        self.reports = Reports(store)
        self._names = dict(store.names_of(d.speaker for d in ahead if d.speaker)) if ahead else {}
        self._seen = dict(store.glimpses(ref for d in ahead for ref in _two(d))) if ahead else {}

    def of(
        self, found: Discrepancy, verdict: Decision | None, *, rejected: bool, alone: bool = False
    ) -> DiscrepancyFile:
        """One discrepancy; ``alone`` without its neighbours, its history and what else stands against it."""
        store = self._store
        if found.speaker and found.speaker not in self._names:
            self._names |= store.names_of([found.speaker])
        said = self.passage(together([found.statement])[0])
        against = tuple(self.passage(poles) for poles in together(found.against))
        previous, following = (None, None) if alone else store.neighbours(found.id)
        statement = (found.statement.document, found.statement.id)
        others = () if alone else store.against_same(*statement, found.id, MOST_OTHERS)
        name = self._names.get(found.speaker or "")
        view = described(found, verdict, name, said.view, tuple(p.view for p in against))
        return DiscrepancyFile(
            view=view,
            said=said,
            against=against,
            explanation=_words(found),
            steps=(*self._times(found), *self._cited(found), *self._merges(found)),
            others=discrepancy_lines(store, others),
            history=() if alone else store.verdict_history(found.id),
            rejected=rejected,
            previous=previous,
            next=following,
        )

    def finding(self, ref: Ref) -> tuple[Passages, Record, Finding] | None:
        """A finding with its report; None where the latest coding has it no more."""
        try:
            of, record = self.reports.of(ref[0])
            return of, record, finding(record, ref[1])
        except (KeyError, StoreError, AssertionError):
            return None

    def passage_at(self, ref: Ref) -> ContextPassage | None:
        """The sentence of a finding in context; None where the latest coding has it no more."""
        held = self.finding(ref)
        if held is None:
            return None
        of, _, one = held
        quote = of.text(of.sentences(evidence(of, one)))
        return self.passage((Pole(document=ref[0], id=ref[1], quote=quote),))

    def passage(self, poles: tuple[Pole, ...]) -> ContextPassage:
        """Poles of one sentence in context."""
        held = self.finding((poles[0].document, poles[0].id))
        if held is None or any(self.finding((p.document, p.id)) is None for p in poles):
            return self._bare(poles[0])
        of, record, _ = held
        marks = [m for p in poles for m in evidence(of, finding(record, p.id))]
        view = passage_of(self.reports, poles)
        start, end = _place(of.document.text, poles[0].quote, of.sentences(marks))
        before, after = _around(record, of.document.text, start, end)
        document = of.document
        return ContextPassage(view, before, after, document.url, start, end, document.text_sha256)

    def _bare(self, pole: Pole) -> ContextPassage:
        """The words alone, where no finding stands on them any more."""
        held = self._store.report(pole.document)
        text = held.document.text if held else pole.quote
        heading = self._store.headings([pole.document]).get(pole.document) or Heading(
            pole.document, None, pole.document, None, None
        )
        start, end = _place(text, pole.quote, (0, len(pole.quote)))
        view = PassageView(heading, "", (Segment(pole.quote, False),), (), None)
        url = held.document.url if held else None
        return ContextPassage(view, "", "", url, start, end, text_sha256(text), gone=True)

    def _times(self, found: Discrepancy) -> list[Step]:
        """When the one was said and the other was done, and what lies between."""
        poles, seen = _two(found), self._seen
        if not seen.keys() >= set(poles):
            seen |= self._store.glimpses(poles)
        days = [seen[p].day if p in seen else self._published(p[0]) for p in poles]
        own = [bool(p in seen and seen[p].own_day) for p in poles]
        if days[0] is None or days[1] is None:
            return [Step("time", "Of one of the two no day is known, so their order is open.")]
        said, done = (
            f"{day(d)}{'' if o else ' (day of the report)'}" for d, o in zip(days, own, strict=True)
        )
        apart = (date.fromisoformat(days[1]) - date.fromisoformat(days[0])).days
        gap = "on the same day" if not apart else f"{abs(apart):,} {'day' if abs(apart) == 1 else 'days'} "
        gap += "" if not apart else "later" if apart > 0 else "earlier"
        return [Step("time", f"The statement is of {said}; what stands against it is of {done}: {gap}.")]

    def _published(self, document: str) -> str | None:
        heading = self._store.headings([document]).get(document)
        return (heading.date or "")[:10] or None if heading else None

    def _cited(self, found: Discrepancy) -> list[Step]:
        """Ties and other findings that the explanation names besides the two passages."""
        poles = {(p.document, p.id) for p in (found.statement, *found.against)}
        steps = []
        for ref in dict.fromkeys(word.ref for word in _words(found) if word.ref):
            held = self.finding(ref) if ref not in poles else None
            if held is None:
                continue
            of, _, one = held
            start, end = of.sentences(evidence(of, one))
            pole = Pole(document=ref[0], id=ref[1], quote=of.text((start, end)))
            told_in = (ref[0], one.attributed_to) if not isinstance(one, Statement) else None
            if told_in not in poles and (isinstance(one, Tie) or not _inside(found, pole)):
                kind = "tie" if isinstance(one, Tie) else "also"
                steps.append(Step(kind, coded(of, one), (self.passage((pole,)),)))
        return steps

    def _merges(self, found: Discrepancy) -> list[Step]:
        """Why actors that the reports call differently are taken for one."""
        told: dict[str, Step] = {}
        for ref in dict.fromkeys(
            [*((p.document, p.id) for p in (found.statement, *found.against)),
             *(word.ref for word in _words(found) if word.ref)]
        ):  # fmt: skip
            held = self.finding(ref)
            if held is None:
                continue
            _, record, one = held
            actors = _actors(record, one)
            for merge in (m for steps in self._store.merges_to(ref[0], actors).values() for m in steps):
                told.setdefault(_merged(merge), Step("merge", _merged(merge)))
        return list(told.values())


def _two(found: Discrepancy) -> tuple[Ref, Ref]:
    """The statement, and the first finding against it."""
    said, against = found.statement, found.against[0]
    return (said.document, said.id), (against.document, against.id)


def _inside(found: Discrepancy, pole: Pole) -> bool:
    """Whether a passage is one of the two that are shown anyway."""
    return any(
        (p.document, p.quote) == (pole.document, pole.quote) for p in (found.statement, *found.against)
    )


def _merged(merge: Merge) -> str:
    whom = f"“{merge.merged}” is taken for “{merge.actor}”"
    where = f" in {merge.document}" if merge.document else ""
    decided = f" (decision {merge.decision})" if merge.decision is not None else ""
    return f"{whom}{where}: {merge.reason}{decided}"


def _actors(record: Record, one: Finding) -> list[str]:
    if isinstance(one, Statement):
        mentions = [one.source_mention] if one.source_mention else []
    elif isinstance(one, Tie):
        mentions = [one.from_, one.to]
    else:
        mentions = [*one.actors, *one.recipients]
    of = {m.id: m.actor for m in record.mentions}
    return [actor for m in mentions if (actor := of.get(m))]


def _words(found: Discrepancy) -> tuple[Word, ...]:
    """The explanation with each record id by itself; one without a report is of the statement's."""
    words: list[Word] = []
    for piece in explained(found.explanation):
        if not piece.mark:
            words.append(Word(piece.text, None))
            continue
        words.append(Word("(", None))
        for n, token in enumerate(piece.text.strip("()").split(", ")):
            refs = cited(f"({token})") or ((found.statement.document, token),)
            words += [Word(", ", None)] * bool(n) + [Word(token, refs[0])]
        words.append(Word(")", None))
    return tuple(words)


def _place(text: str, quote: str, near: tuple[int, int]) -> tuple[int, int]:
    """Where a quote stands in a text: the place nearest before the end of ``near``."""
    start = text.rfind(quote, 0, max(near[1], near[0] + len(quote)))
    start = start if start >= 0 else text.find(quote)
    return (start, start + len(quote)) if start >= 0 else near


def _around(record: Record, text: str, start: int, end: int) -> tuple[str, str]:
    """The sentences before and behind."""
    before = [s for s in record.sentences if s[1] <= start]
    after = [s for s in record.sentences if s[0] >= end]
    last, first = (before[-1:] or [(0, 0)])[0], (after or [(0, 0)])[0]
    return text[last[0] : last[1]], text[first[0] : first[1]]


def _located(files: Files, judged: Judged) -> Discrepancy:
    """A rejected discrepancy with the ids that its findings have in the latest coding."""
    found, anchor = judged.discrepancy, judged.decision.discrepancy
    if anchor is None or len(anchor.against) != len(found.against):
        return found
    statement = _again(files, found.statement, anchor.statement)
    against = tuple(_again(files, p, a) for p, a in zip(found.against, anchor.against, strict=True))
    return found.model_copy(update={"statement": statement, "against": against})


def _again(files: Files, pole: Pole, anchor: FindingAnchor) -> Pole:
    try:
        of, record = files.reports.of(anchor.document)
    except (StoreError, AssertionError):
        return pole
    ids = found_again(record, anchor)
    if not ids:
        return pole.model_copy(update={"id": "gone"})
    one = finding(record, ids[0])
    return pole.model_copy(update={"id": ids[0], "quote": of.text(of.sentences(evidence(of, one)))})
