"""Packages that only some of the interface needs: imported where they are used, missed in one line."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from saydo.model.errors import SaydoError

EXTRAS = {"pandas": "pandas", "polars": "polars", "pyarrow": "parquet", "matplotlib": "plot"}
"""Package → the extra of saydo that installs it."""


class MissingExtra(SaydoError, ImportError):
    """Something needs a package that a plain installation has not got; the line says how to install it."""


def needed(module: str, what: str) -> Any:
    """A module of a package, for ``what``. Raises MissingExtra where it is not installed."""
    package = module.partition(".")[0]
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != package:
            raise
        raise MissingExtra(f"{what} needs {package}: pip install 'saydo[{EXTRAS[package]}]'") from None
