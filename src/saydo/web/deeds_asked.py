"""What the lists of discrepancies may be cut down to, as it stands in an address."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, Field

from saydo import desk
from saydo.model.deeds import STANDINGS, DeedsFilter
from saydo.model.errors import InputError
from saydo.model.lookups import Cursor
from saydo.web import paging

BASES = ("flagged", "inferred")


class DeedsAsked(BaseModel):
    """Every condition must hold; an empty one always does."""

    actor: str = Field(default="", description="Only of this speaker: id of an actor in the case.")
    unnamed: bool = Field(default=False, description="Only those whose speaker is not named.")
    kind: list[str] = Field(default=[], description="commitment, denial, account, position or tie.")
    basis: str = Field(default="", description="flagged (by a report itself) or inferred (by saydo).")
    since: str = Field(default="", description="Only from then on: 2019, 2019-05 or 2019-05-09.")
    until: str = Field(default="", description="Only up to then, the whole of it.")
    verdict: str = Field(default="", description="upheld, rejected, unclear or undecided.")
    review: bool | None = Field(default=None, description="Only those that need review, or that do not.")

    id: list[str] = Field(default=[], description="For a dossier: just these discrepancies.")
    at: str = Field(default="", description="Where to go on: `next` or `previous` of another answer.")
    limit: int = Field(default=100, ge=1, le=500, description="At most so many.")

    @property
    def cursor(self) -> Cursor | None:
        """Where to begin. Raises InputError for a word that saydo did not give."""
        return paging.decode(self.at)

    @property
    def where(self) -> DeedsFilter:
        """As a filter. Raises InputError where a part of it means nothing."""
        standing = next((s for s in STANDINGS if s == self.verdict), None)
        if self.verdict and standing is None:
            raise InputError(f"{self.verdict!r} is no verdict; say one of: {', '.join(STANDINGS)}")
        if self.basis and self.basis not in BASES:
            raise InputError(f"{self.basis!r} is no basis; say one of: {', '.join(BASES)}")
        return DeedsFilter(
            speaker=self.actor or ("" if self.unnamed else None),
            kinds=desk.known_discrepancy_kinds(tuple(self.kind)),
            basis=self.basis or None,
            since=desk.bound(self.since, last=False) if self.since else None,
            until=desk.bound(self.until, last=True) if self.until else None,
            standing=standing,
            review=self.review,
        )


AskedDeeds = Annotated[DeedsAsked, Query()]
