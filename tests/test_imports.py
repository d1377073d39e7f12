"""The corridor's doors: which room may import which, lazy and typing-only imports included."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

SOURCE = Path(__file__).parent.parent / "src"
PACKAGE = "saydo"
DOMAIN = frozenset(
    {"intake", "reading", "linking", "coding", "weighing", "store", "export", "opinion", "secondcoder"}
)
DOORS: dict[str, frozenset[str]] = {
    "model": frozenset(),
    "apart": frozenset(),
    "lazy": frozenset(),
    "codebook": frozenset({"model"}),
    **{room: frozenset({"model", "codebook"}) for room in DOMAIN},
    "intake": frozenset({"model", "apart"}),
    "desk": frozenset({"model", "codebook", "apart", "lazy"}) | DOMAIN,
    "cli": frozenset({"model", "desk", "web"}),
    "component": frozenset({"model", "desk"}),
    "api": frozenset({"model", "desk"}),
    "web": frozenset({"model", "desk"}),
}
"""Room → the rooms it may import besides itself. The package's root (its version) is open to all."""


class Import(NamedTuple):
    """An import of something of ours: the importing module, the imported one, and the line."""

    by: str
    what: str
    line: int


def modules(source: Path) -> dict[str, Path]:
    """Every module of the package by its dotted name."""
    found = {}
    for path in sorted((source / PACKAGE).rglob("*.py")):
        if "node_modules" in path.parts:
            continue  # what npm fetched to build the browser modules is not ours
        parts = path.relative_to(source).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(name: str, path: Path, known: set[str]) -> Iterator[Import]:
    """Every import of the package's own modules anywhere in a file: at the top, inside functions, under
    ``TYPE_CHECKING``, relative ones, and ``import_module`` with a plain string."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            targets = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            targets = list(_from(node, package, known))
        elif isinstance(node, ast.Call):
            targets = list(_called(node))
        else:
            continue
        for target in targets:
            if target.split(".")[0] == PACKAGE:
                yield Import(name, _module(target, known), node.lineno)


def _from(node: ast.ImportFrom, package: str, known: set[str]) -> Iterator[str]:
    base = node.module or ""
    if node.level:
        above = package.split(".")
        base = ".".join([*above[: len(above) - node.level + 1], *([base] if base else [])])
    for alias in node.names:
        inner = f"{base}.{alias.name}"
        yield inner if inner in known else base


def _called(node: ast.Call) -> Iterator[str]:
    function = node.func
    called = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    if called in ("import_module", "__import__"):
        for value in node.args[:1]:
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield value.value


def _module(target: str, known: set[str]) -> str:
    while target not in known and "." in target:
        target = target.rpartition(".")[0]
    return target


def room(module: str) -> str:
    """The room a module is in; empty for the package's root."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


def wrong_doors(found: list[Import]) -> list[str]:
    """Imports from one room into another that its doors do not lead to."""
    wrong = []
    for each in found:
        here, there = room(each.by), room(each.what)
        if not here or not there or here == there:
            continue
        if there not in DOORS.get(here, frozenset()):
            wrong.append(f"{each.by}:{each.line} imports {each.what}: {here} may not import {there}")
    return wrong


def circles(found: list[Import]) -> list[str]:
    """Circles of modules, each once, as ``a → b → a``; a package's own ``__init__`` counts as a module."""
    graph: dict[str, list[str]] = {}
    for each in found:
        if each.what != each.by:
            graph.setdefault(each.by, []).append(each.what)
    circles: list[str] = []
    done: set[str] = set()

    def visit(node: str, path: list[str]) -> None:
        if node in path:
            circles.append(" → ".join([*path[path.index(node) :], node]))
            return
        if node in done:
            return
        for target in sorted(set(graph.get(node, []))):
            visit(target, [*path, node])
        done.add(node)

    for node in sorted(graph):
        visit(node, [])
    return circles


def all_imports(source: Path) -> list[Import]:
    """Every import of ours by ours below ``source``."""
    known = modules(source)
    return [each for name, path in known.items() for each in imports(name, path, set(known))]


@pytest.fixture(scope="module")
def found() -> list[Import]:
    return all_imports(SOURCE)


def test_every_import_goes_through_a_door(found: list[Import]) -> None:
    """A room imports only what it may: domain rooms the model and the codebook, the desk them all."""
    assert wrong_doors(found) == []


def test_no_modules_import_each_other_in_a_circle(found: list[Import]) -> None:
    """Not even inside functions, where Python would let it pass."""
    assert circles(found) == []


def test_every_room_has_its_doors_listed() -> None:
    """A new room is added to the list on purpose, not by accident."""
    rooms = {room(name) for name in modules(SOURCE)} - {""}
    assert rooms <= set(DOORS), f"rooms without doors: {sorted(rooms - set(DOORS))}"


def test_the_walk_sees_the_real_package(found: list[Import]) -> None:
    """A walk that found nothing would pass everything: the desk is known to import the domain rooms."""
    assert {room(each.what) for each in found if room(each.by) == "desk"} >= {"model", "store", "coding"}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A small package to break rules in."""
    for name in ("", "model", "store", "linking", "cli", "desk"):
        folder = tmp_path / PACKAGE / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "__init__.py").write_text("")
    return tmp_path


@pytest.mark.parametrize(
    "text",
    [
        "from saydo.linking import link",
        "import saydo.linking",
        "from saydo import linking",
        "from ..linking import link",
        "from .. import linking",
        "def late():\n    from saydo.linking import link\n    return link",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from saydo.linking import link",
        "import importlib\nlink = importlib.import_module('saydo.linking')",
    ],
)
def test_a_wrong_door_is_seen_however_it_is_opened(house: Path, text: str) -> None:
    """Late, typing-only, relative and dynamic imports are imports."""
    (house / PACKAGE / "store" / "sqlite.py").write_text(text)
    wrong = wrong_doors(all_imports(house))
    assert len(wrong) == 1
    assert "store may not import linking" in wrong[0]


def test_the_command_line_may_not_reach_past_the_desk(house: Path) -> None:
    (house / PACKAGE / "cli" / "main.py").write_text("from saydo.store import SqliteStore")
    assert "cli may not import store" in wrong_doors(all_imports(house))[0]


def test_a_right_door_passes(house: Path) -> None:
    (house / PACKAGE / "desk" / "run.py").write_text("from saydo.store import x\nfrom saydo import model")
    (house / PACKAGE / "store" / "sqlite.py").write_text("from saydo import __version__\nfrom . import rows")
    assert wrong_doors(all_imports(house)) == []


def test_a_circle_is_named(house: Path) -> None:
    store = house / PACKAGE / "store"
    (store / "one.py").write_text("from saydo.store.two import y")
    (store / "two.py").write_text("def f():\n    from .one import x\n    return x")
    assert circles(all_imports(house)) == ["saydo.store.one → saydo.store.two → saydo.store.one"]
