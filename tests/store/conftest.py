"""Cases to read and write: every test that asks for one runs on a folder and on a PostgreSQL schema."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from throwaway_postgres import Server

from saydo import store as cases
from saydo.store import SqliteStore

Place = Callable[[Path], Path]


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def kind(request: pytest.FixtureRequest) -> str:
    """Where cases are kept."""
    return str(request.param)


@pytest.fixture(scope="module")
def place(kind: str, request: pytest.FixtureRequest) -> Iterator[Place]:
    """Makes a path the place of a case of either kind, and gives it back."""
    if kind == "sqlite":
        yield lambda path: path
        return
    server: Server = request.getfixturevalue("server")
    database = server.new_database()

    def beside(path: Path) -> Path:
        server.beside(path, database=database)
        return path

    yield beside
    server.drop_database(database)


@pytest.fixture
def file_case(tmp_path: Path) -> Path:
    """The place of a case in a folder, for what is true of files only."""
    return tmp_path / "case"


@pytest.fixture
def folder(place: Place, tmp_path: Path) -> Path:
    return place(tmp_path / "case")


@pytest.fixture
def store(folder: Path) -> Iterator[SqliteStore]:
    with cases.for_writing(folder) as opened:
        yield opened
