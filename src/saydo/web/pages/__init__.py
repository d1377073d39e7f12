"""The pages of the workbench: every module here with a :class:`Page` named ``PAGE``; nothing else lists it.

A page's module holds its router, its context (a frozen dataclass) and the function that fills it from the
desk; its template has the module's name, and so have its style sheet (``static/pages``) and its browser
module (``browser/src/entries``), where it has them.
"""

from __future__ import annotations

import pkgutil
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module

from fastapi import APIRouter


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its name (also that of its main route), how it stands in the bar, and its routes."""

    name: str
    title: str
    order: int
    """Its place in the bar: Case 10, Words and deeds 20, Reports 30, Actors 40, Network 50, Map 60,
    Timeline 70, Tables 80, Review 90, Audit 100."""
    router: APIRouter
    in_nav: bool = True


@lru_cache(maxsize=1)
def pages() -> tuple[Page, ...]:
    """All pages, in the order of the bar."""
    found = []
    for module in pkgutil.iter_modules(__path__):
        page = getattr(import_module(f"{__name__}.{module.name}"), "PAGE", None)
        if isinstance(page, Page):
            found.append(page)
    return tuple(sorted(found, key=lambda page: (page.order, page.name)))
