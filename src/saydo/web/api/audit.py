"""The audit log: its head, its entries, and a check of the case against it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field

from saydo import desk
from saydo.web.room import Room

router = APIRouter(tags=["audit"])


class HeadOf(BaseModel):
    """The last entry of the log."""

    entry: int
    sha256: str
    at: str = Field(description="When it was written, UTC.")


class EntryOf(BaseModel):
    """An entry as it was written: the SHA-256 of `line` is what the next one names as `previous`."""

    entry: int
    line: str
    sha256: str


class StampOf(BaseModel):
    """A head that was signed with the time by an authority (RFC 3161). Who signed is not checked here."""

    name: str = Field(description="Its file in the case.")
    head: HeadOf | None
    at: str = Field(description="When it was stamped, UTC; empty where the stamp is not there or unreadable.")
    fault: str = Field(description="What does not hold; empty where nothing is wrong.")
    note: str = Field(description="What was not checked, and why.")


class FaultOf(BaseModel):
    """Something that does not hold."""

    where: str = Field(description="log, guard, decision, run, report or original.")
    what: str
    line: str


class CheckOf(BaseModel):
    """What a check found. `originals` is 0 where they were too many to be read here."""

    entries: int
    reports: int
    decisions: int
    runs: int
    originals: int
    adopted: int
    since: str
    faults: list[FaultOf]


@router.get("/audit/head")
def head(request: Request) -> HeadOf:
    """The head of the log; keep it elsewhere."""
    with Room.of(request).open() as store:
        held = desk.case_head(store)
    return HeadOf(entry=held.number, sha256=held.hash, at=held.at)


@router.get("/audit/entries")
def entries(
    request: Request,
    after: Annotated[int, Query(ge=0, le=2**53, description="Only those behind this one.")] = 0,
    limit: Annotated[int, Query(ge=1, le=500, description="At most so many.")] = 100,
) -> list[EntryOf]:
    """Entries of the log, the oldest first."""
    with Room.of(request).open() as store:
        found = store.audit_after(after, limit)
    return [EntryOf(entry=e.number, line=e.line, sha256=e.hash) for e in found]


@router.get("/audit/stamps")
def stamps(request: Request) -> list[StampOf]:
    """The heads that were stamped, each with what its stamp tells."""
    room = Room.of(request)
    with room.open() as store:
        found = desk.shown_stamps(store, room.case)
    return [
        StampOf(
            name=s.name, at=s.at, fault=s.fault, note=s.note,
            head=HeadOf(entry=s.head.number, sha256=s.head.hash, at=s.head.at) if s.head else None,
        )
        for s in found
    ]  # fmt: skip


@router.post("/audit/check", name="api_check")
def check(request: Request) -> CheckOf:
    """Checks the case against its log, and its originals where they are not too many."""
    found, _ = desk.check_here(Room.of(request).case)
    told = {name: value for name, value in found._asdict().items() if name in CheckOf.model_fields}
    return CheckOf(**{**told, "faults": [FaultOf(**fault._asdict()) for fault in found.faults]})
