"""What a process does that weighs for another: it opens the case to read, and answers what it is asked."""

from __future__ import annotations

import pickle
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from saydo import store as cases
from saydo.codebook.entries import Codebook
from saydo.desk.case import record_of
from saydo.desk.hand import Raised
from saydo.desk.inference import LateInference
from saydo.model.store import CaseStore
from saydo.weighing.hand import Hand
from saydo.weighing.portion import Begun, Change, Meet, Over


class Place(NamedTuple):
    """The case, and by what vocabulary it is weighed."""

    case: Path
    codebook: Codebook


class Ready(NamedTuple):
    """The case is open."""


class Answer(NamedTuple):
    """What was found about the reports of a task, in their order."""

    rows: tuple[Any, ...]


def hand_at(store: CaseStore, codebook: Codebook) -> Hand:
    """One that weighs from a case that is open to read."""
    reports, record = store.to_weigh, partial(record_of, store)
    return Hand(store.ledger(), codebook, reports, record, LateInference())


def work(messages: Iterator[Any], tell: Callable[[Any], None]) -> None:
    """The whole life of the process: first where the case is, then news and tasks."""
    try:
        place: Place = next(messages)
        with closing(cases.for_reading(place.case)) as store:
            hand = hand_at(store, place.codebook)
            tell(Ready())
            for message in messages:
                if isinstance(message, Begun | Change | Meet | Over):
                    hand.hear(message)
                else:
                    tell(Answer(tuple(hand.do(message))))
    except Exception as error:
        tell(Raised(packed(error), traceback.format_exc()))


def packed(error: Exception) -> bytes | None:
    """An error as it travels; None where it cannot."""
    try:
        made = pickle.dumps(error)
        pickle.loads(made)
    except Exception:  # an error may hold anything; its traceback stands for it then
        return None
    return made
