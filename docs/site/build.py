"""Builds the documentation site: ``python docs/site/build.py [-o build/site]``; ``make docs`` does it.

The pages lie where people read them in the repository (docs/, CHANGELOG.md, examples/README.md …). They are
laid out below build/ as the site has them, their links follow, and Sphinx makes pages of them. What is
wrong stops the build: a link or an anchor that leads nowhere, a page that the navigation does not have, a
line of the navigation without a page.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path, PurePosixPath

import yaml

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "docs" / "site"
HOME = "docs/index.md"
LINK = re.compile(r"(!?\[(?:[^\]`]|`[^`]*`)*\]\()([^)\s]+)(\))")
PICTURES = (".svg", ".png", ".webp")

# Pages from outside of docs/: where the site has them.
OUTSIDE = {
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "examples/README.md": "example-case.md",
    "lab/README.md": "lab.md",
}
# Whole folders, where a page speaks of one.
FOLDERS = {"docs/decisions": "docs/decisions/0001-frozen-types-and-pydantic.md"}


def navigation(root: Path = ROOT) -> dict[str, list[str]]:
    """Heading → pages, by their paths in the repository, stars filled in. SystemExit names what is not
    there."""
    named: dict[str, list[str]] = {
        heading: lines
        for part in yaml.safe_load((root / "docs/site/nav.yaml").read_text(encoding="utf-8"))
        for heading, lines in part.items()
    }
    taken = {line for lines in named.values() for line in lines}
    filled: dict[str, list[str]] = {}
    for heading, lines in named.items():
        filled[heading] = []
        for line in lines:
            found = sorted(
                path.relative_to(root).as_posix() for path in root.glob(line) if path.suffix == ".md"
            )
            filled[heading] += [page for page in found if page == line or page not in taken]
            if not found:
                raise SystemExit(f"docs/site/nav.yaml: {line} is not there")
    return filled


def place(page: str) -> str:
    """Where the site has a page or a picture of the repository."""
    return OUTSIDE.get(page, page.removeprefix("docs/"))


def sources(root: Path = ROOT) -> list[str]:
    """Every page of the site, by its path in the repository."""
    inside = {path.relative_to(root).as_posix() for path in (root / "docs").rglob("*.md")}
    return sorted(inside | set(OUTSIDE))


def led(text: str, page: str, root: Path = ROOT) -> str:
    """The text with its links as the site needs them. SystemExit names a link that leads to nothing there."""
    here = PurePosixPath(place(page)).parent

    def follow(found: re.Match[str]) -> str:
        before, target, after = found.groups()
        path, mark, anchor = target.partition("#")
        if not path or "://" in target or target.startswith("mailto:"):
            return found[0]
        meant = os.path.normpath((PurePosixPath(page).parent / path).as_posix())
        meant = FOLDERS.get(meant, meant)
        shown = meant in OUTSIDE or (
            meant.startswith("docs/") and (root / meant).is_file() and meant.endswith((".md", *PICTURES))
        )
        if not shown:
            raise SystemExit(f"{page}: {target} is no page of the site")
        return f"{before}{os.path.relpath(place(meant), here)}{mark}{anchor}{after}"

    return LINK.sub(follow, text)


def lay_out(folder: Path, root: Path = ROOT) -> None:
    """Writes the pages into a folder as the site has them, with the navigation on the home page."""
    shutil.rmtree(folder, ignore_errors=True)
    for page in sources(root):
        to = folder / place(page)
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(led((root / page).read_text(encoding="utf-8"), page, root), encoding="utf-8")
    for picture in (root / "docs").rglob("*"):
        if picture.suffix in PICTURES and SITE.name not in picture.relative_to(root / "docs").parts:
            to = folder / place(picture.relative_to(root).as_posix())
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(picture, to)
    trees = [
        "\n".join(["```{toctree}", ":hidden:", f":caption: {heading}", "", *map(place, pages), "```", ""])
        for heading, pages in navigation(root).items()
    ]
    home = folder / place(HOME)
    home.write_text(home.read_text(encoding="utf-8") + "\n" + "\n".join(trees), encoding="utf-8")
    for name in ("conf.py", "static"):
        copy = shutil.copytree if (root / "docs/site" / name).is_dir() else shutil.copy2
        copy(root / "docs/site" / name, folder / name)


def build(out: Path, laid: Path, root: Path = ROOT) -> None:
    """Builds the site into a folder. SystemExit with what Sphinx said where something is wrong."""
    lay_out(laid, root)
    shutil.rmtree(out, ignore_errors=True)
    asked = [sys.executable, "-m", "sphinx", "-b", "html", "-q", "-W", "--keep-going", "-E"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root / "src"), *sys.path])}
    made = subprocess.run(
        [*asked, "-d", str(laid.with_name(laid.name + "-read")), str(laid), str(out)],
        capture_output=True, text=True, check=False, env=environment,
    )  # fmt: skip
    if made.returncode:
        raise SystemExit(f"the site was not built:\n{(made.stdout + made.stderr).replace(f'{laid}/', '')}")
    for kept in (".buildinfo", "objects.inv"):
        (out / kept).unlink(missing_ok=True)
    for page in out.rglob("*.html"):
        # Sphinx calls the captions of the navigation headings, and does not say of which level: they are
        # labels
        text = page.read_text(encoding="utf-8").replace('class="caption" role="heading"', 'class="caption"')
        page.write_text(text, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="Build the documentation site.")
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "build" / "site")
    out = parser.parse_args().output.resolve()
    build(out, ROOT / "build" / "site-pages")
    pages = len(list(out.rglob("*.html")))
    print(f"{pages} pages; open {os.path.relpath(out / 'index.html')}")


if __name__ == "__main__":
    main()
