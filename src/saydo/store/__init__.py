"""Keeps a case on disk: reports with their original bytes, records, findings, and what was skipped.

Every write is one small atomic step, so that a run which is killed can be run again and ends with what an
undisturbed run would have given.
"""

from saydo.store.sqlite import SqliteStore

__all__ = ["SqliteStore"]
