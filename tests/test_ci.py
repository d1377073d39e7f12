"""What CI stands on besides the tests: system packages, the build of the browser modules, the pictures it keeps."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ROOT / "tests" / "system-packages"
LIBRARY = ROOT / "tests" / "ftm-environment"
BASH = shutil.which("bash")
pytestmark = pytest.mark.skipif(BASH is None, reason="bash is not installed")


def program(folder: Path, name: str, body: str = "exit 0") -> None:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!{BASH}\n{body}\n")
    path.chmod(0o755)


def ask(folder: Path, *packages: str, ci: bool) -> subprocess.CompletedProcess[str]:
    """Asks for packages where nothing is installed but what lies in a folder."""
    environment = {"PATH": str(folder), **({"CI": "1"} if ci else {})}
    return subprocess.run(
        [str(BASH), str(PACKAGES), *packages], capture_output=True, text=True, env=environment, check=False
    )


def test_a_package_that_is_there_needs_nothing(tmp_path: Path) -> None:
    program(tmp_path / "bin", "chromium")
    asked = ask(tmp_path / "bin", "chromium", ci=True)
    assert (asked.returncode, asked.stdout, asked.stderr) == (0, "", "")


def test_a_package_may_be_known_by_a_program_of_another_name(tmp_path: Path) -> None:
    program(tmp_path / "bin", "pg_ctlcluster")
    assert ask(tmp_path / "bin", "postgresql:pg_ctlcluster", ci=True).returncode == 0
    program(tmp_path / "none", "id", "echo 1000")
    missing = ask(tmp_path / "none", "postgresql:pg_ctlcluster", ci=True)
    assert missing.returncode == 1 and "CI needs postgresql, which" in missing.stderr


def test_what_cannot_be_installed_is_told_and_in_ci_is_an_error(tmp_path: Path) -> None:
    program(tmp_path / "bin", "id", "echo 1000")
    at_home = ask(tmp_path / "bin", "chromium", ci=False)
    assert at_home.returncode == 0 and "apt-get install chromium" in at_home.stderr
    in_ci = ask(tmp_path / "bin", "chromium", ci=True)
    assert in_ci.returncode == 1 and "CI needs chromium" in in_ci.stderr


def test_a_missing_package_is_installed_by_root(tmp_path: Path) -> None:
    """With a package manager that only notes what it is asked: update first, then the package."""
    place = tmp_path / "bin"
    program(place, "id", "echo 0")
    # as `env` of the script would be looked up in the path too
    installs = f'echo "$*" >> {tmp_path}/asked; case "$*" in *install*) echo "#!{BASH}" > {place}/chromium; /bin/chmod +x {place}/chromium;; esac'
    program(place, "apt-get", installs)
    asked = ask(place, "chromium", ci=True)
    assert asked.returncode == 0, asked.stderr
    lines = (tmp_path / "asked").read_text().splitlines()
    assert lines[0].startswith("update") and lines[1].startswith("install") and lines[1].endswith("chromium")


def test_an_environment_that_cannot_be_made_is_told_and_in_ci_is_an_error(tmp_path: Path) -> None:
    """As where no compiler is: nothing half made is left, and a stale one goes too."""
    makes = 'mkdir -p "$3/bin" && cp "$0" "$3/bin/python"'
    program(tmp_path / "bin", "python", f'[ "$2" = venv ] && {makes} && exit 0; echo no compiler; exit 1')
    for ci in (False, True):
        (tmp_path / "ftm" / "stale").mkdir(parents=True)
        made = subprocess.run(
            [str(BASH), str(LIBRARY), str(tmp_path / "bin" / "python"), str(tmp_path / "ftm")],
            capture_output=True, text=True, check=False,
            env={"PATH": os.environ["PATH"], **({"CI": "1"} if ci else {})},
        )  # fmt: skip
        assert not (tmp_path / "ftm").exists()
        if ci:
            assert made.returncode == 1 and "no compiler\nCI needs followthemoney" in made.stderr
        else:
            (line,) = made.stderr.splitlines()
            assert made.returncode == 0 and "followthemoney" in line and "are skipped" in line


@pytest.fixture
def building(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[ModuleType, list[str]]:
    """The build over a folder of one source; what it had Node run."""
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    ran: list[str] = []
    browser, built = tmp_path / "browser", tmp_path / "built"
    (browser / "src").mkdir(parents=True)
    built.mkdir()
    (browser / "src" / "reader.ts").write_text("export {};\n")
    monkeypatch.setattr(module, "BROWSER", browser)
    monkeypatch.setattr(module, "BUILT", built)
    monkeypatch.setattr(module, "install", lambda: ran.append("install"))
    monkeypatch.setattr(module, "run", lambda what, *arguments: ran.append(what))
    return module, ran


def test_the_build_is_skipped_until_a_source_changes(building: tuple[ModuleType, list[str]]) -> None:
    module, ran = building
    source = module.BROWSER / "src" / "reader.ts"
    assert module.build() is True and ran == ["install", "vite"]
    assert module.build() is False and ran == ["install", "vite"]
    os.utime(source, (1, 1))
    assert module.build() is False, "the content counts, not the time"
    source.write_text("export const changed = 1;\n")
    assert module.build() is True
    source.rename(source.with_name("other.ts"))
    assert module.build() is True, "a name is part of it"
    assert ran.count("vite") == 3


def test_tests_and_fetched_packages_are_no_sources(building: tuple[ModuleType, list[str]]) -> None:
    module, _ = building
    module.build()
    (module.BROWSER / "src" / "reader.test.ts").write_text("test();\n")
    (module.BROWSER / "node_modules").mkdir()
    (module.BROWSER / "node_modules" / "big.js").write_text("1;\n")
    assert module.build() is False


def test_a_build_that_fails_leaves_no_stamp(
    building: tuple[ModuleType, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the next one would take the half of it for the whole."""
    module, _ = building

    def fail(what: str, *arguments: str) -> None:
        raise SystemExit("vite failed")

    monkeypatch.setattr(module, "run", fail)
    with pytest.raises(SystemExit):
        module.build()
    monkeypatch.setattr(module, "run", lambda what, *arguments: None)
    assert module.build() is True


def test_ci_keeps_pictures_of_the_pages(tmp_path: Path) -> None:
    """Where nothing else is named they go below build/, which git leaves alone."""
    clone = tmp_path / "clone"
    (clone / ".ci").mkdir(parents=True)
    shutil.copy(ROOT / ".ci" / "run", clone / ".ci" / "run")
    program(tmp_path / "bin", "make", f'echo "$SAYDO_SCREENSHOTS" > {tmp_path}/told')
    environment = {"PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run([str(BASH), str(clone / ".ci" / "run")], check=True, env=environment)
    assert (tmp_path / "told").read_text().strip() == str(clone / "build" / "screenshots")
    subprocess.run(
        [str(BASH), str(clone / ".ci" / "run")], check=True, env={**environment, "SAYDO_SCREENSHOTS": "/kept"}
    )
    assert (tmp_path / "told").read_text().strip() == "/kept"
    assert "/build/" in (ROOT / ".gitignore").read_text().split()
