"""``saydo actors import``: a user's list of actors becomes a file of a codebook folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from saydo import codebook
from saydo.codebook.actor_list import RowNote, import_rows
from saydo.codebook.entries import ActorEntry, Codebook
from saydo.desk.actor_files import read_rows
from saydo.desk.files import whole_file
from saydo.model.errors import InputError
from saydo.model.ids import slug

_MADE = "# Made by `saydo actors import`"


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What an import did; ``faults`` and ``notes`` are of rows of the list."""

    written: Path | None
    """The file of entries; None where no row was good, and nothing was written."""
    added: int
    merged: tuple[str, ...]
    """Names of actors that the codebook had already, to which the list's names were added."""
    faults: tuple[RowNote, ...]
    notes: tuple[RowNote, ...]
    unknown_columns: tuple[str, ...]
    passed_over: int
    """Items of a FollowTheMoney file that are no actors: addresses, ownerships and the like."""


def import_actors(source: Path, folder: Path) -> ImportSummary:
    """Writes ``folder/actors/NAME.yaml`` from a list, CSV or FollowTheMoney JSON lines; NAME is the list's.

    ``folder`` is a codebook folder, made where there is none; its own entries are known beside the shipped
    ones. A file that an earlier import of the same list wrote is written anew; raises InputError rather than
    write over any other, CodebookError where the folder has faults.
    """
    given = read_rows(source)
    target = folder / "actors" / f"{slug(source.name.partition('.')[0])}.yaml"
    if target.exists() and not target.read_text(encoding="utf-8", errors="replace").startswith(_MADE):
        raise InputError(f"{target} is there and was not made by an import; rename it or the list")
    own = dict(_own(folder, target))
    entries = {**codebook.load().actors, **{e.id: e for e, _ in own.values()}}
    common = frozenset(
        lemma.removesuffix("s") for n in codebook.load().nominals.values() for lemma in n.lemmas
    )
    made = import_rows(given.rows, entries, common, {i: name for i, (_, name) in own.items()})
    written = None
    if made.entries:
        _write(target, made.entries, source)
        written = target
    faults = sorted((*given.faults, *made.faults), key=lambda fault: fault.line)
    return ImportSummary(
        written,
        len(made.entries) - len(made.merged),
        tuple(next(e.name for e in made.entries if e.id == i) for i in made.merged),
        tuple(faults),
        made.notes,
        given.unknown_columns,
        given.passed_over,
    )


def _own(folder: Path, target: Path) -> Iterator[tuple[str, tuple[ActorEntry, str]]]:
    """The folder's own actors by id, each with its file, but those of the file to be written."""
    if not folder.is_dir():
        return
    whole: Codebook = codebook.load(folder)
    for path in sorted((folder / "actors").glob("*.y*ml")) if (folder / "actors").is_dir() else ():
        if path == target or path.name.startswith((".", "_")):
            continue
        listed = yaml.safe_load(path.read_text(encoding="utf-8"))
        for item in listed if isinstance(listed, list) else [listed]:
            yield item["id"], (whole.actors[item["id"]], path.name)


def _write(target: Path, entries: tuple[ActorEntry, ...], source: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"{target.parent}: cannot be made ({error.strerror}); choose another folder"
        ) from error
    plain = [e.model_dump(mode="json", exclude_defaults=True) for e in entries]
    with whole_file(target) as out:
        out.write(f"{_MADE} from {source.name}; the next import of that list writes it anew.\n\n")
        for item in plain:
            out.write(yaml.safe_dump([item], allow_unicode=True, sort_keys=False, width=100) + "\n")
