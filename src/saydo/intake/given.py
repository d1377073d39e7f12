"""Something to take in together with what a person knows of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from saydo.intake.source import Facts


@dataclass(frozen=True, slots=True)
class Given:
    """A file, folder or address, and what holds of its reports where they do not say it themselves."""

    place: str
    """Path or address."""
    origin: str = ""
    """Where it comes from, as a person would name it; the place if empty."""
    facts: Facts = field(default_factory=Facts)


Input = str | Given


def place_of(given: Input) -> str:
    """The path or address."""
    return given if isinstance(given, str) else given.place


def name_of(given: Input) -> str:
    """What a person knows it by."""
    return given if isinstance(given, str) else given.origin or given.place
