"""Events while they are being found."""

from __future__ import annotations

from typing import NamedTuple

from saydo.coding.match import Match
from saydo.coding.modality import Modality
from saydo.coding.setting import Setting
from saydo.model.linked import LinkedMention
from saydo.model.records import Count


class DraftEvent(NamedTuple):
    """An event in terms of the scene; ids and offsets are given when the record is written."""

    match: Match
    actors: tuple[LinkedMention, ...]
    recipients: tuple[LinkedMention, ...]
    modality: Modality
    setting: Setting
    killed: Count | None
    injured: Count | None
    weapon: LinkedMention | None
    voice: int | None
    """Index of the statement draft whose content asserts it."""
    contexts: tuple[str, ...]
    score: float
    doubt: str = ""
    """What the reader takes it for where it takes it for something else."""

    @property
    def trigger(self) -> int:
        return self.match.frame.trigger
