"""The vocabulary of saydo as data, with a strict loader.

``load()`` gives the codebook that ships with the package; ``load(extra)`` extends or replaces its entries
with a user's directory of the same layout.
"""

from saydo.codebook.entries import (
    ActorEntry,
    Codebook,
    ContextEntry,
    CueEntry,
    EventEntry,
    Example,
    ModeEntry,
    NominalEntry,
    OfficeEntry,
    RuleEntry,
    StatementEntry,
    TieEntry,
    Unit,
)
from saydo.codebook.loader import load

__all__ = [
    "ActorEntry",
    "Codebook",
    "ContextEntry",
    "CueEntry",
    "EventEntry",
    "Example",
    "ModeEntry",
    "NominalEntry",
    "OfficeEntry",
    "RuleEntry",
    "StatementEntry",
    "TieEntry",
    "Unit",
    "load",
]
