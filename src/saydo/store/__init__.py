"""Keeps a case on disk or in PostgreSQL: reports with their originals, records, findings, what was skipped.

Every write is one small atomic step, so that a run which is killed can be run again and ends with what an
undisturbed run would have given.
"""

from saydo.store.opening import for_deciding, for_reading, for_writing, is_held
from saydo.store.sqlite import SqliteStore

__all__ = ["SqliteStore", "for_deciding", "for_reading", "for_writing", "is_held"]
