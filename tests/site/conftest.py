"""The documentation site, built once for all tests that look at it."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "web"))  # axe, and what looks at pages


@pytest.fixture(scope="session")
def builder() -> ModuleType:
    """`docs/site/build.py`."""
    spec = importlib.util.spec_from_file_location("docs_site_build", ROOT / "docs/site/build.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def site(builder: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built site; a fault of a page fails every test that asks for it."""
    place = tmp_path_factory.mktemp("site")
    builder.build(place / "built", place / "pages")
    return place / "built"
