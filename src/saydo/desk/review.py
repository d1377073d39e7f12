"""What people decide about a case: who is who, which events are one, what a discrepancy is worth.

A decision is written down behind all earlier ones and is never changed; undoing it is one more decision.
After each the case is weighed again and its report written anew, so that what it shows follows it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from saydo import store as cases
from saydo.codebook.entries import Codebook
from saydo.desk.case import find_actors, find_document
from saydo.desk.corridor import Corridor, corridor
from saydo.desk.derive import derive
from saydo.desk.files import whole_file
from saydo.desk.judge import anchored
from saydo.desk.run import REPORT, now
from saydo.model.case import CaseView
from saydo.model.choices import (
    VERDICTS,
    ActorAnchor,
    Choices,
    Decision,
    DecisionKind,
    FindingAnchor,
    anchor_of,
    findings_of,
)
from saydo.model.errors import InputError
from saydo.model.identity import Question
from saydo.model.ids import slug
from saydo.model.records import Discrepancy, Record
from saydo.model.store import CaseStore

_EVENT = re.compile(r"(.+)/(e\d+)")


class Made(NamedTuple):
    """A decision as it was written down."""

    decision: Decision
    follows: bool
    """Whether something in the case follows from it; if not, it is kept until something does."""


class Held(NamedTuple):
    """A decision of a case and what has become of it."""

    decision: Decision
    undone_by: int | None
    lost: bool
    """Whether it matches nothing in the case any more."""


def decisions(view: CaseView) -> tuple[Held, ...]:
    """All decisions of a case, by number."""
    undone = Choices(view.decisions).undone()
    return tuple(Held(d, undone.get(d.number), d.number in view.lost) for d in view.decisions)


class Reviewer:
    """Somebody who decides about one case. Use it as a context: it holds the right to write to the case.

    Raises StoreError where the case cannot be written, InputError where it has not been weighed, or was coded
    with another codebook.
    """

    def __init__(
        self,
        case: Path,
        who: str,
        codebook: Codebook,
        *,
        rooms: Corridor | None = None,
        clock: Callable[[], str] = now,
    ) -> None:
        if not who.strip():
            raise InputError("nobody is named who decides; give --by NAME")
        cases.for_reading(case).close()  # a case must be there; writing would make one
        self._case, self._who, self._codebook = case, " ".join(who.split()), codebook
        self._rooms, self._clock = rooms or corridor(), clock
        self._store: CaseStore = cases.for_writing(case)
        self._fingerprint = self._store.derived_by() or self._store.behind() or ""
        _, _, weighed_with = self._fingerprint.partition(" ")
        if weighed_with != codebook.version:
            self._store.close()
            reason = f"was coded with the codebook {weighed_with}; give it with --codebook DIR"
            raise InputError(
                f"case {case}: {reason if weighed_with else 'its last run has not ended; run it again first'}"
            )

    def __enter__(self) -> Reviewer:
        return self

    def __exit__(self, *_: object) -> None:
        self._store.close()

    def same(self, one: str, other: str, why: str = "", document: str | None = None) -> tuple[Made, ...]:
        """Two actors (ids or names; with ``document`` the first only in that report), or two events
        (``REPORT/e3``), are one. ``one`` may be a question's id and ``other`` the number of a candidate."""
        return self._pair("same", one, other, why, document)

    def apart(self, one: str, other: str, why: str = "", document: str | None = None) -> tuple[Made, ...]:
        """The two are not one; of a question ``other`` may be ``all``, for none of its candidates."""
        return self._pair("not-same", one, other, why, document)

    def verdict(self, discrepancy: str, kind: str, why: str = "") -> Made:
        """What a discrepancy, given by its id or the beginning of it, is worth: ``uphold``, ``reject`` or
        ``unclear``."""
        verdict = next((v for v in VERDICTS if v == kind.strip().lower()), None)
        if verdict is None:
            raise InputError(f"{kind!r} is no verdict; say one of: {', '.join(VERDICTS)}")
        view = self._store.view()
        found = _again(self._store, view, discrepancy) or _meant(view, discrepancy)
        anchor = found.discrepancy if isinstance(found, Decision) else anchored(found, _read(view))
        judged = found.judged if isinstance(found, Decision) else found
        return self._put(
            Decision(
                number=0, at="", who="", kind=verdict, why=why, discrepancy=anchor, judged=judged,
            )
        )  # fmt: skip

    def undo(self, number: int, why: str = "") -> Made:
        """Cancels an earlier decision."""
        held = {h.decision.number: h for h in decisions(self._store.view())}
        if number not in held:
            raise InputError(f"there is no decision {number}; see: saydo review decisions --case …")
        by = held[number].undone_by
        if by is not None:
            raise InputError(f"decision {number} is undone already, by decision {by}")
        return self._put(Decision(number=0, at="", who="", kind="undo", undoes=number, why=why))

    def _pair(self, how: str, one: str, other: str, why: str, document: str | None) -> tuple[Made, ...]:
        view = self._store.view()
        question = next((q for q in view.identities.questions if q.id == one), None)
        if question is not None:
            kind: DecisionKind = "same-actor" if how == "same" else "not-same-actor"
            pairs = [(_asked(view, question), _anchor(view, id, None)) for id in _chosen(question, other)]
            return self._put_all([self._decision(kind, why, actors=pair) for pair in pairs])
        if _EVENT.fullmatch(one) and _EVENT.fullmatch(other):
            kind = "same-event" if how == "same" else "not-same-event"
            events = (_event(view, one), _event(view, other))
            if events[0] == events[1]:
                raise InputError(f"{one} and {other} are the same event in the report; name two")
            return self._put_all([self._decision(kind, why, events=events)])
        kind = "same-actor" if how == "same" else "not-same-actor"
        where = find_document(view, document) if document else None
        actors = (_anchor(view, one, where), _anchor(view, other, None))
        if actors[0] == actors[1]:
            raise InputError(f"{one!r} and {other!r} are one id, {actors[0].id}; name the report with --in")
        return self._put_all([self._decision(kind, why, actors=actors)])

    @staticmethod
    def _decision(
        kind: DecisionKind,
        why: str,
        actors: tuple[ActorAnchor, ...] = (),
        events: tuple[FindingAnchor, ...] = (),
    ) -> Decision:
        return Decision(number=0, at="", who="", kind=kind, actors=actors, events=events, why=why)

    def _put(self, decision: Decision) -> Made:
        return self._put_all([decision])[0]

    def _put_all(self, made: Sequence[Decision]) -> tuple[Made, ...]:
        signed = [d.model_copy(update={"at": self._clock(), "who": self._who}) for d in made]
        numbered = [d.model_copy(update={"number": self._store.put_decision(d)}) for d in signed]
        view = self.weigh()
        return tuple(Made(d, d.number not in view.lost) for d in numbered)

    def weigh(self) -> CaseView:
        """Weighs the case with all decisions and writes its report anew."""
        derived = derive(self._store, self._codebook, self._rooms, self._fingerprint)
        self._store.put_derived(derived, self._fingerprint)
        view = self._store.view()
        with whole_file(self._case / REPORT) as out:
            out.write(self._rooms.render(view))
        return view


def weigh_again(
    case: Path, codebook: Codebook, *, rooms: Corridor | None = None, who: str = "weighing"
) -> bool:
    """Weighs a case in which decisions changed records; False where there is nothing to weigh."""
    with cases.for_reading(case) as store:
        if store.behind() is None:
            return False
    with Reviewer(case, who, codebook, rooms=rooms) as reviewer:
        reviewer.weigh()
    return True


def _chosen(question: Question, wanted: str) -> list[str]:
    """The candidates of a question that are meant: by number, id or name, or all."""
    if wanted == "all":
        return [c.actor for c in question.candidates]
    listed = question.candidates
    if wanted.isdigit() and 0 < int(wanted) <= len(listed):
        return [listed[int(wanted) - 1].actor]
    found = [c.actor for c in listed if wanted in (c.actor, c.name)]
    if len(found) != 1:
        raise InputError(
            f"question {question.id} has no candidate {wanted!r}; give a number from 1 to {len(listed)}"
        )
    return found


def _asked(view: CaseView, question: Question) -> ActorAnchor:
    """Whom a question is about; one whom only a single report knows by that name, in that report."""
    for (document, actor), in_case in view.identities.here.items():
        if in_case == question.actor and "~" in in_case:
            return ActorAnchor(id=actor, name=question.name, document=document)
    return ActorAnchor(id=question.actor, name=question.name)


def _anchor(view: CaseView, name: str, document: str | None) -> ActorAnchor:
    """The actor that a person means: by an id of the records or a name they give it, merged or not, else as
    in every other command."""
    who = view.identities
    if document is not None:
        for actor in view.record(document).actors:
            if name in (actor.id, actor.name) or slug(name) == actor.id:
                return ActorAnchor(id=actor.id, name=actor.name, document=document)
        raise InputError(f"report {document} names no actor {name!r}; see: saydo show actors --document …")
    merged = {*who.whole, *(actor for _, actor in who.here)}
    names = {found.actor.id: found.actor.name for found in view.actors}
    for id in (name, slug(name)):
        if id in names:
            return ActorAnchor(id=id, name=names[id])
        if id in merged:
            return ActorAnchor(id=id, name=name)
    ids = find_actors(view, name)
    if len(ids) > 1:
        listed = ", ".join(ids[:5])
        raise InputError(f"{name!r} may be any of {listed}{' …' if len(ids) > 5 else ''}; give the id")
    return ActorAnchor(id=ids[0], name=names[ids[0]])


def _event(view: CaseView, name: str) -> FindingAnchor:
    found = _EVENT.fullmatch(name)
    assert found is not None
    document = find_document(view, found[1])
    return _finding(view, document, found[2])


def _finding(view: CaseView, document: str, id: str) -> FindingAnchor:
    record = view.record(document)
    for finding in findings_of(record):
        if finding.id == id:
            return anchor_of(record, finding, view.document(document).text)
    raise InputError(f"report {document} has no {id}; see: saydo show events --json --document …")


def _meant(view: CaseView, id: str) -> Discrepancy:
    found = [d for d in view.discrepancies if d.id == id] or [
        d for d in view.discrepancies if len(id) > 3 and d.id.startswith(id)
    ]
    if len(found) != 1:
        problem = f"{len(found)} discrepancies begin with" if found else "no discrepancy has the id"
        raise InputError(f"{problem} {id!r}; see: saydo show discrepancies --json --case …")
    return found[0]


def _again(store: CaseStore, view: CaseView, id: str) -> Decision | None:
    """The decision by which a discrepancy of this id is rejected now: its mind may be changed."""
    if any(d.id == id for d in view.discrepancies):
        return None
    held = store.rejected(id)
    return held.decision if held else None


def _read(view: CaseView) -> Callable[[str], tuple[Record, str]]:
    return lambda document: (view.record(document), view.document(document).text)
