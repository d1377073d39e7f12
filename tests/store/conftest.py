"""Cases to read and write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from saydo.store import SqliteStore


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "case"


@pytest.fixture
def store(folder: Path) -> Iterator[SqliteStore]:
    with SqliteStore.for_writing(folder) as opened:
        yield opened
