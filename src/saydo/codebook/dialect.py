"""The YAML of a codebook, and its files as they were read when the package was built.

Reading two hundred YAML files takes longer than all else that a codebook needs. A wheel therefore carries
what stands in the shipped ones as plain values, each under a digest of the very text of its file: a file
that was changed since has another digest and is read as YAML, so that what is kept is never out of date.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

DIALECT = 1
"""Of how YAML is read here; another way to read it is another number."""
_DEEPEST = 40
"""Lists and mappings in one another. No entry needs ten; the library crashes at some thousands."""
_MOST = 200_000
"""Values that the aliases (``*name``) of one file may stand for."""


class NotYaml(ValueError):
    """A text that is not YAML, or not in this dialect; what is wrong with it, in one line."""


def values_of(text: str) -> Any:
    """What a file says, as plain values, which the caller must not change. Raises NotYaml."""
    kept = _kept().get(digest(text))
    return kept if kept is not None else parsed(text)


def digest(text: str) -> str:
    """Names a text as it is read here."""
    return hashlib.sha256(f"{DIALECT}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


def written(texts: list[str]) -> str:
    """The content of the file of what is kept. What JSON cannot give back as it is, is left out."""
    kept = {}
    for text in texts:
        value = parsed(text)
        if value is not None and json.loads(json.dumps(value)) == value:
            kept[digest(text)] = value
    return json.dumps(kept, ensure_ascii=True, sort_keys=False, separators=(",", ":")) + "\n"


@cache
def _kept() -> dict[str, Any]:
    try:
        held = json.loads((files("saydo.codebook") / "built" / "codebook.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # nothing was built, as in a plain checkout
    return held if isinstance(held, dict) else {}


def parsed(text: str) -> Any:
    """A text read as YAML. Raises NotYaml."""
    import yaml

    try:
        _bounded(yaml.parse(text, Loader=_loader()))
        return yaml.load(text, Loader=_loader())  # derived from a safe loader
    except (yaml.YAMLError, ValueError) as error:  # the latter of numbers that are none: 0b_, 5,000 digits
        raise NotYaml(" ".join(str(error).split())) from None


def _bounded(events: Iterable[Any]) -> None:
    """Raises NotYaml before a value is made that would take all memory, all time, or the process with it."""
    import yaml

    begun: list[tuple[Any, int]] = []  # what is open: its anchor, and the values before it
    sizes: dict[str, int] = {}
    size = named = 0
    for event in events:
        line = event.start_mark.line + 1
        if getattr(event, "tag", None) not in (None, "!"):
            raise NotYaml(f"a tag ({event.tag}) in line {line}; leave it out")
        if isinstance(event, yaml.AliasEvent):
            if event.anchor in (anchor for anchor, _ in begun):
                raise NotYaml(f"*{event.anchor} in line {line} stands within itself")
            size += sizes.get(str(event.anchor), 1)
            named += sizes.get(str(event.anchor), 1)
        elif isinstance(event, yaml.NodeEvent):
            size += 1
            begun.append((event.anchor, size - 1))
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionEndEvent):
            anchor, before = begun.pop()
            if anchor is not None:
                sizes[anchor] = size - before
        if len(begun) > _DEEPEST or named > _MOST:
            what = f"{_DEEPEST} levels" if len(begun) > _DEEPEST else f"{_MOST:,} values by alias"
            raise NotYaml(f"more than {what} by line {line}")


@cache
def _loader() -> Any:
    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C where it is built in

    class Loader(base):  # type: ignore[misc]
        """YAML in which ``no``, ``on`` and ``yes`` are the English words that a vocabulary is full of, and
        only ``true`` and ``false`` are truth values, as in YAML 1.2; dates stay text."""

        yaml_implicit_resolvers = {  # noqa: RUF012
            first: [
                (tag, regexp)
                for tag, regexp in resolvers
                if tag != "tag:yaml.org,2002:timestamp"
                and (tag != "tag:yaml.org,2002:bool" or first in "tTfF")
            ]
            for first, resolvers in base.yaml_implicit_resolvers.items()
        }

        def construct_mapping(self, node: Any, deep: bool = False) -> Any:
            """A key that stands twice is a slip: YAML would silently keep the last."""
            seen: set[str] = set()
            for key, _ in node.value:
                if not isinstance(key, yaml.ScalarNode):
                    raise yaml.MarkedYAMLError(problem="a key is no word", problem_mark=key.start_mark)
                if key.value in seen:
                    raise yaml.MarkedYAMLError(
                        problem=f"{key.value!r} stands twice", problem_mark=key.start_mark
                    )
                seen.add(key.value)
            return super().construct_mapping(node, deep=deep)

    return Loader
