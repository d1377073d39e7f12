"""The rooms that a report walks through, as the functions that the desk calls.

A test may put another function in the place of one; what saydo does by itself is :func:`corridor`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from saydo.codebook.entries import Codebook
from saydo.desk.inference import LateInference
from saydo.model.case import CaseView
from saydo.model.choices import Choices
from saydo.model.ledger import Ledger
from saydo.model.linked import LinkedReading
from saydo.model.reading import Reading
from saydo.model.records import Discrepancy

if TYPE_CHECKING:
    from saydo.coding import Coded
    from saydo.weighing import Weighed, WeighedReport, Weigher
    from saydo.weighing.decided import Decided


WeigherRoom = Callable[[Ledger, Codebook, "Decided", Callable[[Discrepancy], Discrepancy]], "Weigher"]


@dataclass(frozen=True, slots=True)
class Corridor:
    """Linking, coding, weighing, and the page that shows the outcome."""

    link: Callable[[Reading, Codebook], LinkedReading]
    code: Callable[[LinkedReading, Codebook], Coded]
    weigh: Callable[[Sequence[WeighedReport], Codebook, Choices], Weighed]
    render: Callable[[CaseView], str]
    weigher: WeigherRoom | None = None
    """Weighs a case report by report; None where ``weigh`` is to weigh all of it each time."""


def corridor() -> Corridor:
    """The rooms of saydo; their libraries are loaded here and not before."""
    from saydo.coding import code
    from saydo.linking import link
    from saydo.weighing import Weigher, weigh

    inference = LateInference()
    return Corridor(
        link, code, partial(weigh, inference=inference), _render, partial(Weigher, inference=inference)
    )


def _render(view: CaseView) -> str:
    """The report; its libraries are loaded when a case is written, since whoever codes a text needs none."""
    from saydo.export.report import render

    return render(view)
