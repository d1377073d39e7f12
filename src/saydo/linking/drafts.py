"""Mentions while they are being settled: a set without crossing spans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from saydo.codebook import NominalEntry, OfficeEntry
from saydo.linking.lexicon import Known


@dataclass(slots=True)
class Draft:
    """A mention on its way to a :class:`LinkedMention`; tokens ``[first, last)``."""

    first: int
    last: int
    head: int
    type: str
    named: bool
    origin: str
    """``codebook``, ``name``, ``nominal``, ``pronoun`` or ``reader``."""
    known: tuple[Known, ...] = ()
    nominal: NominalEntry | None = None
    office: OfficeEntry | None = None
    score: float = 1.0
    actor: str | None = None
    reason: str = ""
    resolved_by: str = ""
    antecedent: Draft | None = None
    """What it stands for, where that is resolved to nobody either ("the police … they")."""
    name: tuple[int, ...] = field(default=())
    """Tokens of the bare name, for persons and organisations."""

    @property
    def span(self) -> tuple[int, int]:
        return self.first, self.last

    @property
    def form(self) -> str:
        """The form of codebook name, empty where there is none."""
        return self.known[0].form if self.known else ""


class Drafts:
    """Drafts by span; a new one that crosses an earlier one is cut back or refused."""

    def __init__(self) -> None:
        self._by_span: dict[tuple[int, int], Draft] = {}
        self._at: dict[int, list[Draft]] = {}
        self._ordered: list[Draft] | None = None
        """The drafts in text order; None once one has come or gone."""

    def __iter__(self) -> Iterator[Draft]:
        if self._ordered is None:
            self._ordered = sorted(self._by_span.values(), key=lambda d: (d.first, -d.last))
        return iter(self._ordered)

    def add(self, draft: Draft) -> Draft | None:
        """The draft as it was taken in; None where the span is taken or crosses another beyond repair."""
        if draft.span in self._by_span:
            return None
        for other in self.touching(draft.first, draft.last):
            if _crosses(draft, other):
                if not _shrink(draft, other) or draft.span in self._by_span:
                    return None
        if any(_crosses(draft, other) for other in self.touching(draft.first, draft.last)):
            return None
        self._by_span[draft.span] = draft
        self._ordered = None
        for i in range(draft.first, draft.last):
            self._at.setdefault(i, []).append(draft)
        return draft

    def remove(self, draft: Draft) -> None:
        """Takes a draft out again."""
        del self._by_span[draft.span]
        self._ordered = None
        for i in range(draft.first, draft.last):
            self._at[i].remove(draft)

    def touching(self, first: int, last: int) -> list[Draft]:
        """Drafts that share a token with ``[first, last)``."""
        if last - first == 1:
            return list(self._at.get(first, ()))
        found: dict[tuple[int, int], Draft] = {}
        for i in range(first, last):
            for draft in self._at.get(i, ()):
                found[draft.span] = draft
        return list(found.values())

    def at(self, i: int) -> list[Draft]:
        """Drafts over a token."""
        return self._at.get(i, [])

    def headed(self, i: int) -> Draft | None:
        """The widest draft whose head is a token."""
        best: Draft | None = None
        for draft in self._at.get(i, ()):
            if draft.head == i and (best is None or draft.last - draft.first > best.last - best.first):
                best = draft
        return best


def _crosses(a: Draft, b: Draft) -> bool:
    return a.first < b.first < a.last < b.last or b.first < a.first < b.last < a.last


def _shrink(draft: Draft, other: Draft) -> bool:
    """Cuts a draft back to the side of ``other`` on which its head stands."""
    if other.last <= draft.head:
        draft.first = max(draft.first, other.last)
    elif draft.head < other.first:
        draft.last = min(draft.last, other.first)
    else:
        return False
    return draft.first <= draft.head < draft.last
