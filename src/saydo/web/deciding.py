"""Who decides, and the right to write to the case for as long as one decision takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from threading import Lock

from fastapi import HTTPException, Request

from saydo import desk
from saydo.model.choices import ON_WHO_IS_WHO, Decision
from saydo.model.errors import CaseBusy, InputError
from saydo.web.room import Room
from saydo.web.who import who_of

_ONE_AT_A_TIME = Lock()
"""Requests of one server wait for each other; a run over the case is another process, and is told."""


@lru_cache(maxsize=1)
def _codebook() -> desk.Codebook:
    return desk.load_codebook()


@contextmanager
def judging(request: Request, who: str = "") -> Iterator[desk.Judge]:
    """Somebody who decides about findings, discrepancies and grades: ``who``, else the name that this browser
    gave. Raises InputError where nobody is named."""
    with _ONE_AT_A_TIME, _told():
        with desk.Judge(Room.of(request).case, who or who_of(request)) as judge:
            yield judge


@contextmanager
def reviewing(request: Request) -> Iterator[desk.Reviewer]:
    """Somebody who decides about who is who; the case is weighed at once."""
    with _ONE_AT_A_TIME, _told():
        with desk.Reviewer(Room.of(request).case, who_of(request), _codebook()) as reviewer:
            yield reviewer


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except CaseBusy as error:
        raise HTTPException(
            409, "Somebody else is writing to the case, a run for instance, so nothing was written down."
        ) from error


def weigh(request: Request) -> bool:
    """Weighs the case again where decisions changed records. Raises InputError."""
    with _ONE_AT_A_TIME, _told():
        return desk.weigh_again(Room.of(request).case, _codebook())


def undo(request: Request, numbers: Sequence[int], why: str = "", who: str = "") -> tuple[int, ...]:
    """Cancels decisions of any kind; those on who is who have the case weighed. Raises InputError for a
    number that is none, or is undone already."""
    with Room.of(request).open() as store:
        every = {d.number: d for d in store.decisions()}
    others = [n for n in numbers if _root(every, n).kind in ON_WHO_IS_WHO]
    quick = [n for n in numbers if n not in set(others)]
    made: list[int] = []
    if quick:
        with judging(request, who) as judge:
            made += judge.undo(quick, why)
    if others:
        with reviewing(request) as reviewer:
            made += [reviewer.undo(number, why).decision.number for number in others]
    return tuple(made)


def _root(every: Mapping[int, Decision], number: int) -> Decision:
    """What a chain of undoing began with."""
    while True:
        if number not in every:
            raise InputError(f"there is no decision {number}")
        decision = every[number]
        if decision.undoes is None:
            return decision
        number = decision.undoes
