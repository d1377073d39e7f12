"""axe-core over a page in Chromium: what it finds serious is a fault."""

from __future__ import annotations

import importlib.util
from functools import lru_cache
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "src/saydo/web/browser/node_modules/axe-core/axe.min.js"


@lru_cache(maxsize=1)
def source() -> str:
    """axe-core's code, from the locked packages of the browser modules."""
    if not AXE.is_file():
        spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.install()
    return AXE.read_text(encoding="utf-8")


def serious(page: Page) -> list[str]:
    """What axe finds serious or critical on a page, a line each with where it is."""
    page.evaluate(source())
    found = page.evaluate(
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    return [
        f"{fault['id']}: {fault['help']}: {node['target']}"
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]
