"""Files that a page loads: our own style sheets, and the browser modules that Vite built."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

_log = logging.getLogger("saydo.web")
PACKAGE = Path(str(files("saydo.web")))
STATIC = PACKAGE / "static"
BUILT = PACKAGE / "built"


@dataclass(frozen=True, slots=True)
class Module:
    """A browser module as a page loads it: paths below ``built/``."""

    script: str
    styles: tuple[str, ...]


@lru_cache(maxsize=256)
def static_version(name: str) -> str:
    """A short digest of a style sheet, so that a changed one has another address."""
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]


def load_modules(built: Path = BUILT) -> Mapping[str, Module]:
    """The built modules by the name of their entry; none, and a line in the log, where none was built."""
    manifest = built / "manifest.json"
    if not manifest.is_file():
        _log.warning("the browser modules are not built; pages work without them: python hatch_build.py")
        return MappingProxyType({})
    held = json.loads(manifest.read_text(encoding="utf-8"))
    return MappingProxyType(
        {
            chunk["name"]: Module(chunk["file"], _styles(held, key))
            for key, chunk in held.items()
            if chunk.get("isEntry")
        }
    )


def _styles(held: Mapping[str, Mapping[str, object]], key: str) -> tuple[str, ...]:
    """The style sheets of a chunk and of all that it imports, each once."""
    found: dict[str, None] = {}
    seen: set[str] = set()
    waiting = [key]
    while waiting:
        at = waiting.pop()
        if at in seen:
            continue
        seen.add(at)
        chunk = held[at]
        found.update(dict.fromkeys(_listed(chunk.get("css"))))
        waiting += _listed(chunk.get("imports"))
    return tuple(found)


def _listed(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []
