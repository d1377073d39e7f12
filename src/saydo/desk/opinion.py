"""A second opinion on a case: asks a language model, keeps what holds as proposals, and hands on to the case
what a person accepts. Until then nothing of it is in the case."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

from saydo.codebook.entries import Codebook
from saydo.desk.case import find_document, open_case
from saydo.desk.correct import Filled, addition
from saydo.desk.files import whole_file
from saydo.desk.judge import Judge
from saydo.desk.run import now
from saydo.desk.summary import source_name
from saydo.model.choices import Choices
from saydo.model.document import Document
from saydo.model.errors import InputError, StoreError
from saydo.model.ids import digest
from saydo.model.records import Event, Offsets, Record, Tie
from saydo.model.standing import Decided
from saydo.model.store import CaseStore
from saydo.opinion import (
    Agreement,
    Endpoint,
    EndpointError,
    Prompt,
    Proposal,
    Refused,
    agreement,
    checked,
    found_in,
    items_of,
    pieces,
)
from saydo.store.opinions import KeptRefusal, OpinionLog

__all__ = [
    "REFUSED",
    "STATES",
    "Endpoint",
    "Opinion",
    "Outcome",
    "Plan",
    "SecondOpinion",
    "accept",
    "finding_of",
    "opinions",
    "put_aside",
    "refusals",
]
REFUSED = "opinion-refused.jsonl"
"""In the case's folder: what was refused, with the reason, an item a line."""
PIECE = 6_000
"""Characters of a report that are asked about at once."""
_ENOUGH = 3
"""Reports after which an endpoint that answers none of them is given up."""
_CITED = re.compile(r"\b(p-[0-9a-f]{10})\b")
State = Literal["waiting", "agrees", "accepted", "aside"]
STATES: tuple[State, ...] = ("waiting", "agrees", "accepted", "aside")


class Plan(NamedTuple):
    """What would be sent."""

    documents: tuple[str, ...]
    characters: int
    left: int
    """Reports that are not asked about this time, because of the limit."""


class Outcome(NamedTuple):
    """What asking gave."""

    reports: int
    proposals: int
    refused: int
    answers_kept: int
    """Answers that were there from an earlier time, so that nothing was sent."""
    failed: tuple[tuple[str, str], ...]
    """``(report, reason)``."""


class Opinion(NamedTuple):
    """A proposal as a person sees it."""

    proposal: Proposal
    source: str
    at: str
    state: State
    agreement: Agreement | None
    """What saydo has on these words itself."""
    text: str
    """Of the report."""
    report: str
    """Publisher, title and date of the report, as far as known."""
    decision: int | None = None
    """By which it was accepted."""
    why: str = ""
    """Why it was put aside."""

    def said(self, span: Offsets) -> str:
        """Words of the report, on one line."""
        return " ".join(self.text[span[0] : span[1]].split())

    @property
    def evidence(self) -> dict[str, Any]:
        """Who proposes it and on what words."""
        return {
            "proposer": "model", "source": self.source, "at": self.at, "quote": list(self.proposal.quote),
            "words": list(self.proposal.words),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """One model, asked about reports of one case."""

    case: Path
    endpoint: Endpoint
    codebook: Codebook
    piece: int = PIECE
    clock: Callable[[], str] = now
    anew: bool = False
    """Whether answers of an earlier time are passed over."""

    @property
    def source(self) -> str:
        """Model, endpoint and prompt, as proposals are signed."""
        prompt = Prompt.of(self.codebook).version
        return f"{self.endpoint.model} at {self.endpoint.url}, prompt {prompt}"

    def plan(self, wanted: Sequence[str] = (), limit: int = 50) -> Plan:
        """Which reports to ask about: those named, else those that this model was not asked about, the latest
        to come in first. Raises StoreError where the case has no such report."""
        with closing(open_case(self.case)) as store, closing(OpinionLog(self.case)) as log:
            view = store.view()
            if wanted:
                ids = list(dict.fromkeys(find_document(view, name) for name in wanted))
            else:
                coded = [record.id for record in store.records()]
                ids = [id for id in reversed(coded) if self.anew or not log.asked(id, self.source)]
            chosen = ids if wanted else ids[:limit]
            characters = sum(len(store.document(id).text) for id in chosen)
        return Plan(tuple(chosen), characters, len(ids) - len(chosen))

    def ask(self, plan: Plan, progress: Callable[[int, int], None] = lambda done, of: None) -> Outcome:
        """Asks about all reports of a plan. A report about which the endpoint gives no answer is listed and
        stops no other; where it answers none of the first, the rest is left."""
        prompt = Prompt.of(self.codebook)
        proposals = refusals = kept = done = 0
        failed: list[tuple[str, str]] = []
        with closing(open_case(self.case)) as store, closing(OpinionLog(self.case)) as log:
            for number, id in enumerate(plan.documents):
                try:
                    document, record = store.document(id), store.record(id)
                    found, no, cached = self._report(document, record, prompt, log)
                except (EndpointError, StoreError) as error:
                    failed.append((id, str(error)))
                    if not done and len(failed) >= _ENOUGH:
                        break
                    continue
                finally:
                    progress(number + 1, len(plan.documents))
                rows = [(each.id, each.to_json()) for each in found]
                log.put_report(id, self.source, self.clock(), rows, [tuple(each) for each in no])
                done, kept = done + 1, kept + cached
                proposals, refusals = proposals + len(rows), refusals + len(no)
            _write_refused(self.case, log)
        return Outcome(done, proposals, refusals, kept, tuple(failed))

    def _report(
        self, document: Document, record: Record, prompt: Prompt, log: OpinionLog
    ) -> tuple[list[Proposal], list[Refused], int]:
        found: dict[str, Proposal] = {}
        no: list[Refused] = []
        cached = 0
        for piece in pieces(document.text, record.sentences, self.piece):
            messages = prompt.messages(document.text[piece[0] : piece[1]], document.date)
            asked = json.dumps([self.endpoint.url, self.endpoint.settings(), prompt.version, messages])
            key = digest(asked)
            answer = None if self.anew else log.answer(key)
            cached += answer is not None
            if answer is None:
                answer = self.endpoint.ask(messages, prompt.schema)
                log.put_answer(key, answer)
            try:
                items = items_of(answer)
            except InputError as error:
                no.append(Refused({"answer": answer[:2_000]}, str(error)))
                continue
            for item in items:
                made = checked(item, record, document.text, piece, self.codebook, self.source)
                if isinstance(made, Refused):
                    no.append(made)
                else:
                    found.setdefault(made.id, made)
        return list(found.values()), no, cached


def _write_refused(case: Path, log: OpinionLog) -> None:
    with whole_file(case / REFUSED) as out:
        for each in log.refused():
            out.write(json.dumps(each._asdict(), ensure_ascii=True) + "\n")


def refusals(case: Path, report: str | None = None) -> tuple[tuple[KeptRefusal, str], ...]:
    """What was refused, with the reason, each with the name of its report."""
    with closing(open_case(case)) as store, closing(OpinionLog(case)) as log:
        document = find_document(store.view(), report) if report else None
        listed = [each for each in log.refused() if document in (None, each.document)]
        names = {id: _named(store, id) for id in {each.document for each in listed}}
    return tuple((each, names[each.document]) for each in listed)


def _named(store: CaseStore, document: str) -> str:
    held = store.report(document)
    return source_name(held.document) if held else document


def opinions(case: Path, states: Iterable[State] = STATES, report: str | None = None) -> tuple[Opinion, ...]:
    """The proposals of a case in these states, report by report. Raises StoreError."""
    wanted = frozenset(states)
    with closing(open_case(case)) as store, closing(OpinionLog(case)) as log:
        document = find_document(store.view(), report) if report else None
        return tuple(each for each in _opinions(store, log, document) if each.state in wanted)


def _opinions(store: CaseStore, log: OpinionLog, document: str | None) -> Iterator[Opinion]:
    accepted, aside = _accepted(store), log.aside()
    held: dict[str, tuple[str, str, Record]] = {}
    for kept in log.proposals(document):
        if kept.document not in held:
            text, record = store.document(kept.document).text, store.record(kept.document)
            held = {kept.document: (text, _named(store, kept.document), record)}
        text, named, record = held[kept.document]
        proposal = Proposal.from_json(kept.proposal)
        own = agreement(proposal, record)
        state: State = "agrees" if own and own.how == "same" else "waiting"
        if kept.id in accepted:
            state = "accepted"
        elif kept.id in aside:
            state = "aside"
        why = aside[kept.id].why if state == "aside" else ""
        yield Opinion(
            proposal._replace(id=kept.id), kept.source, kept.at, state, own, text, named,
            accepted.get(kept.id), why,
        )  # fmt: skip


def _accepted(store: CaseStore) -> dict[str, int]:
    """Id of a proposal → the decision in force by which it was accepted."""
    choices = Choices(store.decisions())
    return {
        cited: decision.number
        for decision in choices.in_force("add-finding")
        for cited in _CITED.findall(decision.why)[:1]
    }


def accept(
    case: Path, ids: Sequence[str], who: str, why: str = "", *, clock: Callable[[], str] = now
) -> list[int]:
    """Makes findings of proposals, given by id or the beginning of one: a person adds each, as if by hand,
    and the decision says who proposed it. Gives the decisions' numbers. Raises InputError."""
    waiting = {each.proposal.id: each for each in opinions(case)}
    chosen = [_meant(waiting, id) for id in ids]
    for each in chosen:
        if each.state == "accepted":
            raise InputError(f"{each.proposal.id} is accepted already, by decision {each.decision}")
    numbers = []
    with Judge(case, who, clock=clock) as judge:
        for each in chosen:
            told = f"second opinion {each.proposal.id} of {each.source}"
            reason = f"{told}: {why}" if why else told
            numbers.append(judge.add(each.proposal.document, finding_of(each.proposal), reason))
    return numbers


def put_aside(
    case: Path, ids: Sequence[str], who: str, why: str = "", *, clock: Callable[[], str] = now
) -> int:
    """Takes proposals off those that wait; gives how many. Raises InputError."""
    known = {each.proposal.id: each for each in opinions(case)}
    chosen = [_meant(known, id) for id in ids]
    for each in chosen:
        if each.state == "accepted":
            raise InputError(
                f"{each.proposal.id} is accepted; undo that first: saydo review undo {each.decision} --case …"
            )
    with closing(OpinionLog(case)) as log:
        log.put_aside([each.proposal.id for each in chosen], who, clock(), " ".join(why.split())[:1000])
    return len(chosen)


def _meant(known: dict[str, Opinion], id: str) -> Opinion:
    found = [each for key, each in known.items() if key == id or (len(id) > 4 and key.startswith(id))]
    if len(found) != 1:
        problem = f"{len(found)} proposals begin with" if found else "there is no proposal"
        raise InputError(f"{problem} {id!r}; see: saydo opinion list --case …")
    return found[0]


def finding_of(proposal: Proposal) -> Callable[[Record], Decided]:
    """The finding that a person adds who accepts a proposal, made for the record as it is read now. It raises
    InputError where the reading has nobody at the words of a party any more."""

    def make(record: Record) -> Decided:
        filled = Filled(
            kind=proposal.type,
            mode=proposal.mode,
            by=_mentions(record, proposal.by),
            to=_mentions(record, proposal.to),
            since=proposal.since,
            until=proposal.until,
            place=_place(record, proposal.place) if proposal.what == "event" else None,
            polarity=None if proposal.what == "statement" else proposal.polarity,
            realis=None if proposal.what == "statement" else proposal.realis,
        )
        made = addition(proposal.what, proposal.words, filled)(record)
        if isinstance(made, Event | Tie):
            # what stands inside of somebody's words is told by that somebody, not by the report
            return made.model_copy(update={"attributed_to": _voice(record, proposal.words)})
        return made

    return make


def _mentions(record: Record, spans: Iterable[Offsets]) -> tuple[str, ...]:
    found = []
    for span in spans:
        mention = found_in(record, span)
        if mention is None:
            raise InputError(
                f"report {record.id} is read otherwise now: it has nobody at characters {span[0]} to "
                f"{span[1]}; ask for a second opinion anew"
            )
        found.append(mention.id)
    return tuple(found)


def _place(record: Record, span: Offsets | None) -> str | None:
    """The number of the place at these words; None where the reading resolved none there."""
    if span is None:
        return None
    at = (n for n, place in enumerate(record.places) if place.start < span[1] and place.end > span[0])
    number = next(at, None)
    return None if number is None else str(number)


def _voice(record: Record, words: Offsets) -> str | None:
    """The statement whose words these are; of several the innermost."""
    around = [
        (end - start, statement.id)
        for statement in record.statements
        for start, end in statement.content
        if start <= words[0] and words[1] <= end
    ]
    return min(around)[1] if around else None
