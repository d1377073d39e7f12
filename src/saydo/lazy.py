"""Names of a package that are loaded when they are asked for (PEP 562), so that nobody waits for what is not
used. A checker of types sees them as they stand in the package under ``TYPE_CHECKING``; a test holds the two
lists against each other."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from types import ModuleType
from typing import Any


def offer(package: str, names: Mapping[str, str]) -> None:
    """Lets a package that is being imported offer ``names`` (name → the module that has it).

    A name wins over a submodule of the same name: ``desk.run`` is the function, whoever imported the module
    ``desk.run`` before.
    """

    class Offering(ModuleType):
        def __getattr__(self, name: str) -> Any:
            module = names.get(name)
            if module is None:
                raise AttributeError(f"module {package!r} has no attribute {name!r}")
            value = getattr(import_module(module), name)
            super().__setattr__(name, value)
            return value

        def __setattr__(self, name: str, value: Any) -> None:
            if name in names and isinstance(value, ModuleType):
                return  # the import of the submodule, which would hide what the package offers
            super().__setattr__(name, value)

        def __dir__(self) -> list[str]:
            return sorted({*super().__dir__(), *names})

    sys.modules[package].__class__ = Offering
