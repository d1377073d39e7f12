"""Opening a case, and finding in it what a person means by a name, a date or a report's id."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from pathlib import Path

from saydo import store as cases
from saydo.model.case import CaseView
from saydo.model.errors import InputError, StoreError
from saydo.model.ids import fold
from saydo.model.records import Record
from saydo.model.store import CaseStore, Filter
from saydo.store.place import case_folder, database_of, is_address

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_ARTICLE = re.compile(r"^the (?=.)")


def open_case(case: Path) -> CaseStore:
    """A case to read; close it after use. Raises StoreError where there is none."""
    return cases.for_reading(case)


def record_of(store: CaseStore, document: str) -> Record | None:
    """A record; None where the report is not coded any more."""
    try:
        return store.record(document)
    except StoreError:
        return None


def make_case(case: Path) -> None:
    """Makes an empty case where there is none. Raises StoreError where it cannot be kept there."""
    cases.for_writing(case).close()


def case_at(named: str) -> Path:
    """The folder of a case that is named by its folder or by an address of a database. Raises InputError."""
    return case_folder(named) if is_address(named) else Path(named)


def shown(case: Path) -> str:
    """A case as a person names it."""
    database = database_of(case)
    return database.url if database else str(case)


def at_work(case: Path) -> bool:
    """Whether a run, of the browser or of the command line, is at work on a case just now."""
    return cases.is_held(case)


def bound(text: str, *, last: bool) -> str:
    """An ISO date from a year, a month or a day: the first day of it, or with ``last`` the last.

    Raises InputError for anything else.
    """
    found = _PARTIAL.fullmatch(text.strip())
    try:
        if found is None:
            raise ValueError
        year, month, day = (int(part) if part else None for part in found.groups())
        if year is None or year < 1:
            raise ValueError
        if month is None:
            month = 12 if last else 1
        if day is None:
            day = monthrange(year, month)[1] if last else 1
        return date(year, month, day).isoformat()
    except ValueError:
        raise InputError(
            f"{text!r} is no date; write a year, a month or a day: 2019, 2019-05, 2019-05-09"
        ) from None


def find_actors(view: CaseView, name: str) -> tuple[str, ...]:
    """Ids of the actors that a name means: by id, else by name or alias, else by a part of a name.

    Case, accents, punctuation and a leading "the" do not count. Raises InputError where the case knows none.
    """
    wanted = _ARTICLE.sub("", fold(name))
    ids = [found.actor.id for found in view.actors]
    if name in ids:
        return (name,)
    named = [
        found.actor.id
        for found in view.actors
        if wanted
        and any(_ARTICLE.sub("", fold(each)) == wanted for each in (found.actor.name, *found.actor.aliases))
    ]
    part = [
        found.actor.id for found in view.actors if wanted and f" {wanted} " in f" {fold(found.actor.name)} "
    ]
    if not named and not part:
        raise InputError(f"no actor {name!r} in the case {view.name}; see: saydo show --case … actors")
    return tuple(named or part)


def find_document(view: CaseView, name: str) -> str:
    """The id of the report that is meant: by id, by the beginning of one, by origin, file name or title.

    Raises InputError where the case has none or several.
    """
    ids = list(view.document_index) or [document.id for document in view.documents]
    if name in ids:
        return name
    found = [id for id in ids if id.startswith(name)] if len(name) > 3 else []
    if not found:
        found = [
            document.id
            for document in view.documents
            if name in (document.origin, Path(document.origin).name, document.title, document.url)
        ]
    if len(found) == 1:
        return found[0]
    problem = f"{len(found)} reports match" if found else "no report matches"
    raise InputError(f"{problem} {name!r}; give the id, the file's name or the title of one")


def make_filter(
    view: CaseView,
    *,
    actor: str | None = None,
    kinds: tuple[str, ...] = (),
    since: str | None = None,
    until: str | None = None,
    document: str | None = None,
    limit: int | None = None,
) -> Filter:
    """A filter from what a person wrote. Raises InputError where a part of it means nothing here."""
    return Filter(
        actors=find_actors(view, actor) if actor else (),
        kinds=kinds,
        since=bound(since, last=False) if since else None,
        until=bound(until, last=True) if until else None,
        document=find_document(view, document) if document else None,
        limit=limit,
    )
