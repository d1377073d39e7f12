"""Weighs a case report by report: what a new one touches is weighed again, and nothing else.

The outcome is that of :func:`saydo.weighing.engine.weigh` over all reports at once, in whatever order and in
whatever portions they come. See docs/decisions/0013-weighing-by-increments.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from saydo.codebook import Codebook
from saydo.model.inference import Inference
from saydo.model.ledger import Ledger
from saydo.weighing.decided import Decided
from saydo.weighing.divided import Divided, brought
from saydo.weighing.garbage import uncollected
from saydo.weighing.outcome import Finish
from saydo.weighing.portion import Brought, Came, Hands
from saydo.weighing.session import Session
from saydo.weighing.sources import exchange, put, source
from saydo.weighing.step import Step
from saydo.weighing.types import WeighedReport


class Weigher:
    """Keeps a ledger in step with the reports of a case. All of one update belongs into one transaction."""

    def __init__(
        self,
        ledger: Ledger,
        codebook: Codebook,
        decided: Decided,
        finish: Finish = lambda d: d,
        inference: Inference | None = None,
    ) -> None:
        self._ledger = ledger
        self._session = Session(ledger, codebook, decided, inference)
        self._decided = decided
        self._finish = finish

    def update(
        self,
        changes: Iterable[tuple[int, WeighedReport | None]],
        tell: Callable[[int], None] = lambda number: None,
    ) -> int:
        """Takes in reports that are new or were coded anew, by their numbers; None for one that is gone. They
        are asked for one at a time; ``tell`` is told of each that is weighed. Gives how many these were."""
        session, ledger = self._session, self._ledger
        session.size = ledger.size()
        with uncollected():
            moved = exchange(
                ledger, session, changes, lambda n, report: put(ledger, n, source(session, n, report))
            )
            return Step(ledger, session, self._decided, self._finish).update(moved, tell)

    def update_by(
        self,
        hands: Hands,
        numbers: Sequence[int],
        note: Callable[[Came], None] = lambda came: None,
        tell: Callable[[int], None] = lambda number: None,
    ) -> int:
        """The same of the reports of these numbers, weighed by others; they must know by what
        (:class:`saydo.weighing.portion.Begun`). ``note`` is told of each as it comes. When all is written,
        tell the hands that it is (:class:`saydo.weighing.portion.Over`)."""
        session, ledger = self._session, self._ledger
        session.size = ledger.size()
        held: dict[int, Brought] = {}

        def changes() -> Iterator[tuple[int, Brought | None]]:
            for came in brought(hands, numbers):
                note(came)
                if came.brought is not None:
                    held[came.number] = came.brought
                yield came.number, came.brought

        with uncollected():
            moved = exchange(ledger, session, changes(), lambda n, made: put(ledger, n, made.source))
            step = Divided(ledger, session, self._decided, self._finish, hands, held)
            return step.update(moved, tell)
