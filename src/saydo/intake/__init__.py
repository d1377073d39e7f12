"""Intake: files, folders, addresses, feeds and archives to documents with their original bytes."""

from __future__ import annotations

from saydo.intake.inputs import read_inputs
from saydo.intake.limits import Limits
from saydo.intake.results import Intaken, Skipped

__all__ = ["Intaken", "Limits", "Skipped", "read_inputs"]
