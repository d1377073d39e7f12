"""The shape of a release: small, built alike twice, from the sdist too, with a list of parts, and a container."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
import tomllib
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
import yaml
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
MOST = 80_000_000
"""Bytes that a wheel may have."""


def script(name: str) -> ModuleType:
    """A program of `release/`."""
    spec = importlib.util.spec_from_file_location(f"release_{name}", ROOT / f"release/{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_wheel_is_small_and_holds_model_workbench_and_example(wheel: Path) -> None:
    assert wheel.stat().st_size < MOST
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {"saydo/reading/data/reader-en.zip", "saydo/web/built/manifest.json"} <= names
    assert any(name.startswith("saydo/example/") for name in names)


def test_the_sdist_gives_the_same_wheel_to_the_byte(wheel: Path, tmp_path: Path) -> None:
    """The browser modules are taken as built: `make release` builds them anew, which needs what npm fetches."""
    make = script("make")
    sdist = make.hatchling(ROOT, "sdist", tmp_path / "sdist")
    again = make.wheel_of(sdist, tmp_path / "again", ROOT / make.BUILT)
    assert again.name == wheel.name and make.digest(again) == make.digest(wheel)


def test_a_folder_that_holds_something_is_not_written_to(tmp_path: Path) -> None:
    (tmp_path / "old.whl").write_text("")
    with pytest.raises(SystemExit, match="is not empty"):
        script("make").release(tmp_path)


@pytest.fixture(scope="module")
def parts() -> dict[str, dict[str, object]]:
    """The components of the list, by name; the list has been held against the schema."""
    text = script("sbom").written()
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    assert text == script("sbom").written(), "the same sources give the same list"
    whole = json.loads(text)
    assert whole["metadata"]["component"]["version"] == PROJECT["version"]
    return {component["name"]: component for component in whole["components"]}


def test_the_list_has_every_pinned_library_with_its_hashes(parts: dict[str, dict[str, object]]) -> None:
    lock = (ROOT / "requirements/runtime.txt").read_text(encoding="utf-8")
    for name in re.findall(r"^([\w.-]+)==", lock, re.M):
        properties = parts[name]["properties"]
        assert any(p["name"] == "saydo:file:sha256" and p["value"] in lock for p in properties), name  # type: ignore[attr-defined]


def test_the_list_has_model_data_and_browser_libraries(parts: dict[str, dict[str, object]]) -> None:
    model = parts["saydo/reading/data"]
    weights = hashlib.sha256((ROOT / "src/saydo/reading/data/reader-en.zip").read_bytes()).hexdigest()
    assert model["type"] == "machine-learning-model" and weights in json.dumps(model)
    assert "CC-BY-SA-4.0" in json.dumps(model["licenses"])
    assert {
        "saydo/codebook/data",
        "saydo/linking/data",
        "all-MiniLM-L6-v2",
        "sigma",
        "maplibre-gl",
    } <= parts.keys()
    assert "vite" not in parts, "what only builds the workbench is no part of it"


def stages() -> list[list[str]]:
    """The instructions of the Dockerfile, by stage, continued lines joined."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    starts = [number for number, line in enumerate(lines) if line.startswith("FROM ")]
    return [lines[a:b] for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]


def test_the_container_builds_in_one_stage_and_runs_in_another_without_rights() -> None:
    build, run = stages()
    assert any("--require-hashes" in line for line in build)
    user = next(line for line in run if line.startswith("USER "))
    assert re.fullmatch(r"USER [1-9]\d*:[1-9]\d*", user)
    after = run[run.index(user) :]
    assert not any(line.startswith(("RUN", "COPY", "ADD")) for line in after)
    assert not any("pip install" in line or "curl" in line for line in run), "nothing is fetched in what runs"
    for stage in (build, run):
        assert re.match(r"FROM python:3\.\d+-slim-\w+", stage[0]), "a base image of a named version"


def test_what_the_dockerfile_copies_is_there_and_not_ignored() -> None:
    kept = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    for line in stages()[0]:
        if line.startswith("COPY"):
            for source in line.split()[1:-1]:
                assert (ROOT / source).exists(), source
                assert source.rstrip("/") in kept, f"{source} is ignored"


def test_the_compose_file_listens_on_this_machine_only_and_keeps_no_password() -> None:
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    services = yaml.safe_load(text)["services"]
    assert services.keys() == {"app", "postgres"}
    for name, service in services.items():
        assert all(port.startswith("127.0.0.1:") for port in service["ports"]), name
        for key, value in service["environment"].items():
            if "PASSWORD" in key or "TOKEN" in key:
                assert str(value).startswith("${SAYDO_"), key
    app = services["app"]
    assert app["read_only"] and app["cap_drop"] == ["ALL"]
    assert app["security_opt"] == ["no-new-privileges:true"]
    assert app["depends_on"] == {"postgres": {"condition": "service_healthy"}}


def test_the_command_of_the_compose_file_is_one_that_saydo_has() -> None:
    import typer

    from saydo.cli.main import app

    words = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]["app"]["command"]
    command = typer.main.get_command(app).commands[words[0]]  # type: ignore[attr-defined]
    asked = dict(zip(words[1::2], words[2::2], strict=True))
    options = {option for parameter in command.params for option in parameter.opts}
    assert asked.keys() <= options and asked["--case"].startswith("postgresql://")


def test_python_versions_are_told_alike() -> None:
    """The classifiers begin where `requires-python` does, and the container uses one of them."""
    told = sorted(
        int(found[1])
        for line in PROJECT["classifiers"]
        if (found := re.fullmatch(r"Programming Language :: Python :: 3\.(\d+)", line))
    )
    assert PROJECT["requires-python"] == f">=3.{told[0]}"
    used = re.match(r"FROM python:3\.(\d+)", stages()[1][0])
    assert used and int(used[1]) in told
