"""A dossier: discrepancies of an actor or a filter with their passages, each passage a numbered note that
says where the exact words stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from saydo.desk.discrepancy import ContextPassage, DiscrepancyFile, Files, discrepancy_file, discrepancy_files
from saydo.desk.grades import NO_GRADES, Grades, file_grades
from saydo.desk.run import now
from saydo.export.words import DISCREPANCY, day, period
from saydo.model.audit import Head
from saydo.model.deeds import OUTCOMES, DeedsFilter, SpeakerLine
from saydo.model.errors import InputError
from saydo.model.lookups import Cursor
from saydo.model.records import DiscrepancyKind
from saydo.model.store import CaseStore

MOST = 50
"""Discrepancies, and commitments, that one part of a dossier holds."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a pledge, with its passages."""

    outcome: str
    """``kept``, ``broken`` or ``open``."""
    said: ContextPassage
    conduct: tuple[ContextPassage, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: where a passage stands."""

    number: int
    passage: ContextPassage


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything that a printed dossier says."""

    title: str
    case: str
    made: str
    """ISO time, UTC."""
    limits: tuple[str, ...]
    """What it was cut down to, in words."""
    who: SpeakerLine | None
    commitments: tuple[Kept, ...]
    files: tuple[DiscrepancyFile, ...]
    notes: tuple[Note, ...]
    cut: bool
    """Whether more pass than it holds."""
    following: Cursor | None = None
    """Where the next part begins."""
    grades: Grades = NO_GRADES
    head: Head | None = None
    """The head of the case's log when it was made."""
    numbers: Mapping[tuple[str, int, int], int] = field(init=False, compare=False, repr=False)
    """Where a passage stands → the number of its note."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "numbers", {_key(n.passage): n.number for n in self.notes})

    def note(self, passage: ContextPassage) -> int:
        """The number of a passage's note."""
        return self.numbers[_key(passage)]


def dossier(
    store: CaseStore, case: str, where: DeedsFilter, ids: tuple[str, ...] = (), cursor: Cursor | None = None
) -> Dossier:
    """A dossier of the discrepancies with these ids, else of those that pass the filter, from a cursor on;
    commitments stand in the first part. Raises InputError where the case has no such discrepancy or actor."""
    kept: tuple[Kept, ...] = ()
    if ids:
        single = [(id, discrepancy_file(store, id)) for id in ids[:MOST]]
        unknown = [id for id, file in single if file is None]
        if unknown:
            raise InputError(f"the case has no discrepancy {unknown[0]!r}; the case may have been built anew")
        files = tuple(file for _, file in single if file is not None)
        who, cut, following = None, len(ids) > MOST, None
    else:
        who = _who(store, where)
        page = store.deeds_page(where, cursor, MOST)
        files = discrepancy_files(store, page.items)
        if who and cursor is None and _all_commitments(where):
            kept = _commitments(store, who.speaker)
        cut, following = page.next is not None, page.next
    title = f"Words and deeds of {who.name}" if who else "Where words and conduct part"
    if ids and len(files) == 1:
        title = f"{files[0].view.speaker_name}: {files[0].view.title[0].lower()}{files[0].view.title[1:]}"
    notes = _notes(kept, files)
    graded = file_grades(store, files, (note.passage for note in notes))
    return Dossier(
        title, case, now(), _limits(where), who, kept, files, notes, cut, following, graded,
        store.audit_head(),
    )  # fmt: skip


def _who(store: CaseStore, where: DeedsFilter) -> SpeakerLine | None:
    if not where.speaker:
        return None
    who = store.speaker(where.speaker)
    if who is None:
        raise InputError(f"the case has no actor {where.speaker!r}")
    return who


def _all_commitments(where: DeedsFilter) -> bool:
    return not (where.basis or where.standing or where.since or where.until) and where.review is None


def _commitments(store: CaseStore, actor: str) -> tuple[Kept, ...]:
    files = Files(store)
    made = []
    for c in store.commitments_page(actor, None, None, MOST).items:
        said = files.passage_at((c.document, c.statement))
        conduct = {_key(p): p for ref in c.against if (p := files.passage_at(ref)) is not None}
        if said is not None:
            made.append(Kept(c.outcome, said, tuple(conduct.values())))
    return tuple(sorted(made, key=lambda k: OUTCOMES.index(k.outcome)))


def _limits(where: DeedsFilter) -> tuple[str, ...]:
    said = []
    if where.kinds:
        said.append("kind: " + ", ".join(_kind(k) for k in where.kinds))
    if where.basis:
        said.append(
            "set against each other by the report" if where.basis == "flagged" else "matched by saydo"
        )
    if where.since or where.until:
        said.append(f"reports {period(where.since, where.until)}")
    if where.standing:
        said.append(f"verdict: {where.standing}")
    if where.review is not None:
        said.append("needs review" if where.review else "needs no review")
    return tuple(said)


def _kind(kind: str) -> str:
    title = next((words[0] for k, words in DISCREPANCY.items() if k == kind), kind)
    return title[0].lower() + title[1:]


def _notes(kept: tuple[Kept, ...], files: tuple[DiscrepancyFile, ...]) -> tuple[Note, ...]:
    """Each passage once, in the order in which the dossier comes to it."""
    listed: dict[tuple[str, int, int], ContextPassage] = {}
    for k in kept:
        for p in (k.said, *k.conduct):
            listed.setdefault(_key(p), p)
    for f in files:
        for p in (f.said, *f.against, *(p for step in f.steps for p in step.passages)):
            listed.setdefault(_key(p), p)
    return tuple(Note(n, p) for n, p in enumerate(listed.values(), start=1))


def _key(p: ContextPassage) -> tuple[str, int, int]:
    return p.view.heading.id, p.start, p.end


def words_of(passage: ContextPassage) -> str:
    """The words of a passage on one line."""
    return " ".join("".join(piece.text for piece in passage.view.segments).split())


def printed(made: str) -> str:
    """An ISO time for a reader."""
    return f"{day(made)}, {made[11:16]} UTC"


def known_discrepancy_kinds(given: tuple[str, ...]) -> tuple[DiscrepancyKind, ...]:
    """The kinds of discrepancy meant. Raises InputError for an unknown one."""
    found = []
    for each in given:
        kind = next((k for k in DISCREPANCY if k == each), None)
        if kind is None:
            raise InputError(f"there is no kind {each!r} of discrepancy; there are: {', '.join(DISCREPANCY)}")
        found.append(kind)
    return tuple(found)
