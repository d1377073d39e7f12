"""Whether a case is still what it was: its head to keep elsewhere, its log to hand on, and the check."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from saydo import __version__
from saydo.desk.case import at_work, open_case
from saydo.desk.files import whole_file
from saydo.desk.progress import Progress, Silent
from saydo.model.audit import Checked, Head, canonical
from saydo.model.errors import CaseBusy, InputError, StoreError
from saydo.model.store import CaseStore
from saydo.store.opening import verify

STAMPS = "stamps"
"""Folder in a case of the heads that were stamped, with their stamps."""
_SHORT = re.compile(r"\s*(\d{1,15}):([0-9a-f]{64})\s*")
_MOST = 100_000
"""Bytes that a file with a head may have."""
_SMALL = 256 * 1024 * 1024
"""Bytes of originals up to which a check that somebody waits for reads them."""
_SOON = 100_000
"""Entries up to which such a check is done at all: some twenty seconds."""


def case_head(store: CaseStore) -> Head:
    """The head of a case's log. Raises StoreError where the log was deleted."""
    head = store.audit_head()
    if head is None:
        raise StoreError("the audit log is empty: it was deleted; see: saydo verify --case …")
    return head


def head_file(case: str, head: Head) -> str:
    """A head as a file to keep elsewhere: one line of JSON."""
    told = {"case": case, "entry": head.number, "sha256": head.hash, "at": head.at, "saydo": __version__}
    return canonical(told) + "\n"


def known_head(given: str) -> Head:
    """A head that was kept: a file of :func:`head_file`, or ``NUMBER:HASH``. Raises InputError."""
    short = _SHORT.fullmatch(given)
    if short:
        return Head(int(short[1]), short[2])
    path = Path(given)
    try:
        if path.stat().st_size > _MOST:
            raise ValueError
        return read_head(path.read_bytes())
    except OSError as error:
        raise InputError(
            f"{given}: no head can be read there ({error.strerror}); give a file of: saydo audit head, or "
            "NUMBER:HASH"
        ) from None
    except ValueError:
        raise InputError(f"{given}: is no head; give a file of: saydo audit head, or NUMBER:HASH") from None


def read_head(data: bytes) -> Head:
    """The head in a file's bytes. Raises ValueError."""
    try:
        held = json.loads(data)
        number, hash, at = held["entry"], held["sha256"], held.get("at", "")
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError from error
    if not isinstance(number, int) or number < 1 or not re.fullmatch(r"[0-9a-f]{64}", str(hash)):
        raise ValueError
    return Head(number, str(hash), str(at))


def export_log(case: Path, output: Path) -> Head:
    """Writes all entries, a line each as they are hashed; gives the head."""
    with whole_file(output) as out:
        store = open_case(case)
        try:
            last: Head | None = None
            for entry in store.audit_entries():
                out.write(entry.line + "\n")
                last = Head(entry.number, entry.hash)
            return last or case_head(store)
        finally:
            store.close()


def is_small(store: CaseStore) -> bool:
    """Whether a check that somebody waits for would read the originals too."""
    return store.audit_sizes()[1] <= _SMALL


def check_here(case: Path) -> tuple[Checked, bool]:
    """A check that somebody waits for, and whether it read the originals. Raises InputError for a case that
    is too large for that."""
    store = open_case(case)
    try:
        entries, originals = store.audit_sizes()[0], is_small(store)
    finally:
        store.close()
    if entries > _SOON:
        raise InputError(
            f"the log has {entries:,} entries, too many to be checked while you wait; on the machine of the "
            "case: saydo verify --case DIR"
        )
    return verify_case(case, originals=originals), originals


def verify_case(
    case: Path, heads: Sequence[Head] = (), *, originals: bool = True, progress: Progress | None = None
) -> Checked:
    """Checks a case, see :func:`saydo.store.verify.verify`. Raises CaseBusy while a run is at work."""
    if at_work(case):
        raise CaseBusy(f"case {case}: a run is at work on it; check it when that has ended")
    progress = progress or Silent()
    progress.begin("checking")
    return verify(case, heads, originals=originals, tell=lambda done: progress.advance(done, 0, done))
