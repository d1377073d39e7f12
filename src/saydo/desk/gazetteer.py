"""The gazetteer of a user: built from a dump of GeoNames, looked at before anything is coded."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from pathlib import Path

from saydo.desk.progress import Progress
from saydo.linking import gazetteer
from saydo.linking.gazetteer_dump import Built, build
from saydo.model.errors import InputError, SaydoError


def default_gazetteer() -> Path:
    """Where an index is written if nothing else is said: the user's folder for data."""
    shared = os.environ.get("XDG_DATA_HOME")
    return (Path(shared) if shared else Path.home() / ".local" / "share") / "saydo" / "gazetteer.sqlite"


def check_gazetteer() -> None:
    """Raises InputError where the environment names a gazetteer that cannot be used."""
    gazetteer.gazetteer()


def further_edition() -> str:
    """Names the dump that the environment's gazetteer was built from; "" where there is none."""
    return gazetteer.gazetteer().edition


def build_gazetteer(dump: Path, output: Path, progress: Progress) -> Built:
    """Index a dump of GeoNames into ``output``, which appears under its name only when it is whole.

    Raises InputError where the dump cannot be read, SaydoError where the index cannot be written.
    """
    if not dump.is_file():
        raise InputError(f"{dump}: there is no such file; give a dump of GeoNames such as allCountries.zip")
    if output.exists() and output.samefile(dump):
        raise InputError(f"{output}: is the dump itself; choose another --output")
    progress.begin("indexing", dump.stat().st_size)
    draft: Path | None = None
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=output.parent, suffix=".part")
        os.close(handle)
        draft = Path(name)
        connection = sqlite3.connect(draft)
        try:
            built = build(
                dump, connection, gazetteer.built_in(), lambda lines, size: progress.advance(lines, 0, size)
            )
        finally:
            connection.close()
        draft.replace(output)
    except (OSError, sqlite3.OperationalError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SaydoError(
            f"{output}: cannot be written ({reason}); choose another place with --output"
        ) from error
    finally:
        if draft is not None:
            draft.unlink(missing_ok=True)
    return built
