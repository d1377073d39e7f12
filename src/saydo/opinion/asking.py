"""What a model is asked: instructions and the form of the answer, both made from the codebook, and a report
in pieces that it can hold."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple, get_args

import yaml

from saydo.codebook.entries import Codebook, Concept
from saydo.model.records import Offsets, Polarity, Realis

MOST_FINDINGS = 60
"""Findings that one answer may hold."""
MOST_WORDS = 2_000
"""Characters of anything that a model quotes."""


class Prompt(NamedTuple):
    """What is asked of every piece, and the form that the answer must have."""

    version: str
    """Of the words; with a digest of what the codebook adds to them."""
    system: str
    user: str
    schema: Mapping[str, Any]
    """JSON Schema of an answer."""

    @classmethod
    def of(cls, codebook: Codebook) -> Prompt:
        """The prompt for a codebook, its own types and modes included."""
        written = _written()
        system = written["system"].format(
            events="; ".join(
                _event(codebook, name, entry) for name, entry in sorted(codebook.events.items())
            ),
            ties="; ".join(_defined(name, entry) for name, entry in sorted(codebook.ties.items())),
            statements="; ".join(
                _defined(name, entry) for name, entry in sorted(codebook.statements.items())
            ),
        )
        form = answer_schema(codebook)
        told = json.dumps([system, written["user"], form], sort_keys=True).encode()
        return cls(
            f"{written['version']}-{hashlib.sha256(told).hexdigest()[:8]}", system, written["user"], form
        )

    def messages(self, text: str, date: str | None) -> list[dict[str, str]]:
        """The messages about a piece. The marks around it do not stand in it, so that it cannot close
        them."""
        mark = "=" * 12
        while mark in text:
            mark += "="
        user = self.user.format(date=date or "not known", mark=mark, text=text)
        return [{"role": "system", "content": self.system}, {"role": "user", "content": user}]


@cache
def _written() -> dict[str, str]:
    text = files("saydo.opinion").joinpath("data/prompt.yaml").read_text(encoding="utf-8")
    read: dict[str, str] = yaml.safe_load(text)
    return read


def modes_of(codebook: Codebook, type: str) -> tuple[str, ...]:
    """The modes that an event type may have."""
    named = {entry.mode for entry in codebook.modes.values() if entry.type == type}
    units = codebook.events[type].units if type in codebook.events else ()
    return tuple(sorted(named | {unit.mode for unit in units if unit.mode}))


def _event(codebook: Codebook, name: str, entry: Concept) -> str:
    modes = modes_of(codebook, name)
    return _defined(name, entry) + (f" [modes: {', '.join(modes)}]" if modes else "")


def _defined(name: str, entry: Concept) -> str:
    first = " ".join(entry.definition.split()).partition(". ")[0].rstrip(".")
    return f"{name} ({first})"


def answer_schema(codebook: Codebook) -> dict[str, Any]:
    """The JSON Schema of an answer; every field is named and none may be added, as endpoints that hold a
    model to a schema ask for."""
    words = {"type": "string", "minLength": 1, "maxLength": MOST_WORDS}
    maybe = {"type": ["string", "null"], "maxLength": 200}
    names = {"type": "array", "items": words, "maxItems": 8}
    modes = sorted({mode for type in codebook.events for mode in modes_of(codebook, type)})
    fields: dict[str, Any] = {
        "what": {"type": "string", "enum": ["event", "tie", "statement"]},
        "type": {
            "type": "string",
            "enum": [*sorted(codebook.events), *sorted(codebook.ties), *sorted(codebook.statements)],
        },
        "mode": {"anyOf": [{"type": "string", "enum": modes}, {"type": "null"}]}
        if modes
        else {"type": "null"},
        "quote": words,
        "occurrence": {"type": ["integer", "null"], "minimum": 1},
        "words": words,
        "by": names,
        "to": names,
        "place": maybe,
        "since": maybe,
        "until": maybe,
        "polarity": {"type": "string", "enum": list(get_args(Polarity))},
        "realis": {"type": "string", "enum": list(get_args(Realis))},
    }
    return _closed({"findings": {"type": "array", "maxItems": MOST_FINDINGS, "items": _closed(fields)}})


def _closed(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object", "properties": dict(fields), "required": list(fields), "additionalProperties": False,
    }  # fmt: skip


def pieces(text: str, sentences: Sequence[Offsets], most: int) -> tuple[Offsets, ...]:
    """A report in pieces of whole sentences, each of at most ``most`` characters; a sentence that is longer
    is a piece of its own. All words are in exactly one piece."""
    found: list[Offsets] = []
    for start, end in _covering(text, sentences):
        if found and end - found[-1][0] <= most:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(each for each in found if text[each[0] : each[1]].strip())


def _covering(text: str, sentences: Iterable[Offsets]) -> Iterable[Offsets]:
    """Stretches that follow each other without a gap, each with at most one sentence's end in it."""
    at = 0
    for _, end in sorted(sentences):
        if end > at:
            yield at, end
            at = end
    if at < len(text):
        yield at, len(text)
