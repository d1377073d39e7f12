"""The documentation site: complete, without broken links, and loading nothing from anywhere else."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote, urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOADS = {("script", "src"), ("img", "src"), ("img", "srcset"), ("link", "href"), ("iframe", "src"), ("source", "src"), ("source", "srcset"), ("object", "data"), ("embed", "src"), ("video", "src"), ("audio", "src"), ("form", "action")}  # fmt: skip
ELSEWHERE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?//", re.I)


class Page(HTMLParser):
    """What a page loads, where its links lead, and what can be linked to in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.without_words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.loads += [value for name, value in attrs if (tag, name) in LOADS and value]
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        if tag == "img" and not given.get("alt"):
            self.without_words.append(str(given.get("src")))
        if given.get("id"):
            self.ids.add(str(given["id"]))


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Page]:
    return {path: Page(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}


def test_every_page_of_the_repository_is_on_the_site(
    builder: ModuleType, site: Path, pages: dict[Path, Page]
) -> None:
    wanted = {site / builder.place(page).replace(".md", ".html") for page in builder.sources()}
    assert wanted <= pages.keys() and len(wanted) > 50


def test_no_page_loads_anything_from_another_host(site: Path, pages: dict[Path, Page]) -> None:
    found = [
        f"{path.name}: {load}" for path, page in pages.items() for load in page.loads if ELSEWHERE.match(load)
    ]
    assert not found
    for style in site.rglob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", style.read_text(encoding="utf-8"), flags=re.S)
        asked = re.findall(r"url\(\s*['\"]?([^'\")]+)", text) + re.findall(r"@import\s+['\"]([^'\"]+)", text)
        assert not [address for address in asked if ELSEWHERE.match(address)], style.name


def test_every_link_of_the_site_leads_somewhere(site: Path, pages: dict[Path, Page]) -> None:
    """In the finished pages, anchors included: a second look at what Sphinx has looked at."""
    broken = []
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            to = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not to.is_file():
                broken.append(f"{path.name}: {link}")
            elif parts.fragment and to in pages and unquote(parts.fragment) not in pages[to].ids:
                broken.append(f"{path.name}: {link}: no such anchor")
    assert not broken


def test_pictures_are_small_used_and_described(pages: dict[Path, Page]) -> None:
    taken = sorted((ROOT / "docs/pictures").glob("*.webp"))
    assert taken and all(path.stat().st_size < 200_000 for path in taken)
    used = {Path(load).name for page in pages.values() for load in page.loads}
    assert {path.name for path in taken} <= used
    assert not [f"{path.name}: {src}" for path, page in pages.items() for src in page.without_words]


def small(root: Path, home: str, other: str, nav: str) -> Path:
    """A project of two pages."""
    (root / "docs/site/static").mkdir(parents=True)
    for name in ("conf.py", "static/site.css", "static/site.js", "static/mark.svg"):
        (root / "docs/site" / name).write_text((ROOT / "docs/site" / name).read_text("utf-8"), "utf-8")
    (root / "src").symlink_to(ROOT / "src")
    (root / "docs/site/nav.yaml").write_text(nav)
    (root / "docs/index.md").write_text(home)
    (root / "docs/other.md").write_text(other)
    return root


def tried(builder: ModuleType, root: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the builder says of a project with a fault."""
    monkeypatch.setattr(builder, "OUTSIDE", {})
    with pytest.raises(SystemExit) as ended:
        builder.build(root / "built", root / "pages", root)
    return str(ended.value)


def test_a_link_that_leads_nowhere_stops_the_build(
    builder: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = small(tmp_path, "# Home\n\n[gone](gone.md)\n", "# Other\n", "- A: [docs/other.md]\n")
    assert tried(builder, root, monkeypatch) == "docs/index.md: gone.md is no page of the site"


def test_a_line_of_the_navigation_without_a_page_stops_the_build(
    builder: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = small(tmp_path, "# Home\n", "# Other\n", "- A: [docs/other.md, docs/gone.md]\n")
    assert tried(builder, root, monkeypatch) == "docs/site/nav.yaml: docs/gone.md is not there"


def test_a_missing_anchor_and_a_page_without_a_place_stop_the_build(
    builder: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both are told at once, by page."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/lost.md").write_text("# Lost\n")
    root = small(tmp_path, "# Home\n\n[there](other.md#no-such)\n", "# Other\n", "- A: [docs/other.md]\n")
    said = tried(builder, root, monkeypatch)
    assert "index.md" in said and "no-such" in said
    assert "lost.md" in said and "toctree" in said
