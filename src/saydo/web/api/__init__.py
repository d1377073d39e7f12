"""The JSON API, ``/api/v1``: the same records as ``docs/reference/records.md``. A module here with a
``router`` is a part of it; nothing else lists it."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from fastapi import APIRouter

PREFIX = "/api/v1"


def router() -> APIRouter:
    """All parts under one prefix."""
    whole = APIRouter(prefix=PREFIX)
    for module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
        part = getattr(import_module(f"{__name__}.{module}"), "router", None)
        if isinstance(part, APIRouter):
            whole.include_router(part)
    return whole
