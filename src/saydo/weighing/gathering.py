"""Joins incidents anew around those that came or went, as joining all of a case at once would.

An incident is only ever joined with others that match it, or that a person says are the same; so it is enough
to gather whatever hangs together with one that changed, and to join that in the usual order. Only where more
than 64 clusters share one key (type, day and spot) may the outcome hang on what else the case holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from saydo.model.citations import Ref
from saydo.model.ledger import Ledger
from saydo.weighing.acts import Unfolded
from saydo.weighing.decided import Decided
from saydo.weighing.incidents import Cluster, clusters, incidents, keys_of
from saydo.weighing.keys import key_of
from saydo.weighing.sameness import Incident
from saydo.weighing.session import Session


class Gathering:
    """The incidents of one update that may be joined otherwise than before."""

    def __init__(self, ledger: Ledger, session: Session, decided: Decided) -> None:
        self._ledger = ledger
        self._session = session
        self._decided = decided
        self._left: dict[Ref, Incident] = {}
        self.found: dict[Ref, Incident] = {}
        """All that hang together with one that changed."""
        self.dissolved: set[Ref] = set()
        """Their events, and those of incidents that are gone."""

    def leave(self, report: Unfolded, leaving: set[int]) -> None:
        """A report leaves the case, as it was; whatever hung together with its incidents may be joined
        otherwise."""
        for incident in incidents((report,), self._session.matcher):
            self.dissolved.update(act.ref for act in incident.acts)
            for other in self._near(incident, leaving):
                self._left[other.ref] = other

    def clusters(self, reports: Iterable[int]) -> list[Cluster]:
        """The clusters around the incidents of some reports and around those that others have left."""
        for number in reports:
            self._left.update((i.ref, i) for i in self._session.incidents(number))
        while self._left:
            ref, incident = self._left.popitem()
            self.found[ref] = incident
            for other in self._near(incident, set()):
                if other.ref not in self.found:
                    self._left[other.ref] = other
        self.dissolved.update(act.ref for i in self.found.values() for act in i.acts)
        return self._decided.united(clusters(list(self.found.values()), self._session.matcher))

    def _near(self, incident: Incident, without: set[int]) -> Iterator[Incident]:
        """Incidents that match one, or of which somebody decided that they are the same."""
        matcher = self._session.matcher
        keys = {key_of("incident", *key) for key in keys_of(incident, matcher.days_apart)}
        numbers = {n for found in self._ledger.holders(keys).values() for n in found}
        for number in numbers - without:
            for other in self._session.incidents(number):
                if other.ref != incident.ref and matcher.same(incident, other):
                    yield other
        mine = {act.ref for act in incident.acts}
        for one, other_ref, _ in self._decided.joined:
            for here, there in ((one, other_ref), (other_ref, one)):
                held = self._ledger.number(there[0]) if here in mine else None
                if held is not None and held not in without and self._weighed(held):
                    found = self._session.incidents(held)
                    yield from (i for i in found if any(act.ref == there for act in i.acts))

    def _weighed(self, number: int) -> bool:
        card = self._ledger.card(number)
        return card is not None and not card.reprint
