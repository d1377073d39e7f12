"""The workbench over a case made by hand: by requests, and in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from looking import watched
from playwright.sync_api import Browser, Page
from serving import running
from web_case import put_case

from saydo.web import create_app


@pytest.fixture(scope="session")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put_case(tmp_path_factory.mktemp("web") / "delta")


@pytest.fixture
def client(case: Path) -> Iterator[TestClient]:
    with TestClient(create_app(case), base_url="http://127.0.0.1", follow_redirects=False) as made:
        yield made


@pytest.fixture(scope="session")
def served(case: Path) -> Iterator[str]:
    """The address at which the workbench really runs."""
    with running(create_app(case)) as at:
        yield at


@pytest.fixture
def page(chromium: Browser, served: str) -> Iterator[Page]:
    with watched(chromium, served) as page:
        yield page
