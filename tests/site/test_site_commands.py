"""Every command and every piece of Python of every page runs, page by page and in order, as a reader would run it.

What cannot run here is named with its reason, and counted: nothing drops out of this unseen.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import os
import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from pages_run import PROGRAMS, ROOT, Piece, first_word, pieces, saydo, shown_file

pytestmark = pytest.mark.model

# Pages whose commands and Python other tests run.
ELSEWHERE = {
    "docs/guide/python.md": "tests/api/test_api_guide.py",
    "docs/guide/codebook.md": "tests/codebook/test_codebook_guide.py",
    "docs/guide/spacy.md": "tests/component/test_spacy_component.py",
}
# Lines that begin with saydo and are not run here.
_MACHINES = "an address of another machine"
_WORKERS = "several processes of 700 MB: tests/desk and tests/shards run them with two"
_DATABASE = "a database on another machine: tests/cli/test_cli_postgres.py runs them on one here"
_IDS = "ids from a case of the reader's own: tests/cli/test_cli_review.py runs them with ids of its case"
_STAMPS = "an authority for time stamps: tests/cli/test_cli_integrity.py has one"
_TABLES = "tables of others that nobody may pass on: tests/cli/test_cli_compare.py makes some"
_FEEDS = "feeds on the web, and no end: tests/cli/test_cli_watch.py serves some"
_MODEL = "a language model, or ids of its proposals: tests/desk/test_opinion.py has one that follows a script"
NOT_RUN = {
    "docs/guide/cluster.md": {
        "saydo code wire/ -o coded/ --workers 4": _WORKERS,
        "saydo code wire/ -o coded-ray/ --engine ray --workers 2": "a cluster: tests/shards/test_shards_ray.py",
        "saydo weigh --case chad --engine ray --workers 8": "a cluster",
        "saydo code s3://wires/in -o s3://wires/out --engine ray --workers 40 --format parquet": "a cluster and a store",
    },
    "docs/guide/watch.md": {
        "saydo watch feeds.opml --case delta": _FEEDS,
        "saydo watch feeds.opml --case delta --every 1h --kind denial --kind commitment --min-score 0.5": _FEEDS,
        "saydo watch feeds.opml --case delta --once": _FEEDS,
        "saydo watch feeds.opml --case delta --to-file new.jsonl": _FEEDS,
        "saydo watch feeds.opml --case delta --webhook https://hooks.post.example/saydo": _FEEDS,
        "saydo watch feeds.opml --case delta --mail-to desk@post.example --smtp mail.post.example --smtp-user saydo@post.example": _FEEDS,
    },
    "docs/guide/second-opinion.md": {
        "saydo opinion ask --case delta --endpoint http://localhost:11434/v1 --model qwen3": _MODEL,
        'saydo opinion accept p-4e1d0c7a92 --case delta --why "the photographs show it"': _MODEL,
        'saydo opinion refuse p-91b7aa03fe --case delta --why "an accident"': _MODEL,
    },
    "docs/guide/compare.md": {
        "saydo compare --case delta acled.csv -o comparison/": _TABLES,
        "saydo compare --case delta GEDEvent_v25_1.zip --days 7 --km 100 -o comparison/": _TABLES,
    },
    "docs/guide/gazetteer.md": {
        "saydo gazetteer build KE.zip": "a dump to be fetched: tests/cli/test_cli_gazetteer.py builds from one of its own"
    },
    "docs/guide/identity.md": {
        'saydo review same q4be82a01 1 --case delta --why "same emblem in both videos"': _IDS,
        "saydo review apart q4be82a01 all --case delta": _IDS,
        'saydo review same KRB "Kolda River Brigade" --case delta': _IDS,
        'saydo review apart "Astrid Lund" "Astrid Lund" --in post-17 --case delta': _IDS,
        "saydo review same post-17/e3 wire-4/e0 --case delta": _IDS,
        'saydo review verdict d-5f02 reject --case delta --why "another ferry"': _IDS,
        "saydo review undo 3 --case delta": _IDS,
        'saydo ties --case delta --of "Kolda River Brigade" --type command --on 2017-03-12': _IDS,
    },
    "docs/guide/integrity.md": {
        "saydo audit stamp --case delta --authority https://stamps.example/tsr": _STAMPS,
        "saydo audit stamp --case delta --answer delta.tsr": _STAMPS,
        "saydo verify --case delta --roots authority.pem": _STAMPS,
        "saydo case pages --case delta -o delta.wacz": "pages from the web: tests/desk/test_desk_pages.py serves some",
    },
    "docs/guide/large-cases.md": {
        "saydo code wire.jsonl -o records.jsonl --workers 4": _WORKERS,
        "saydo run archive --case chad --workers 4": _WORKERS,
    },
    "docs/guide/postgresql.md": {
        "saydo run reports --case 'postgresql://saydo@db.example.org/saydo?schema=spring'": _DATABASE,
        "saydo open --case 'postgresql://saydo@db.example.org/saydo?schema=spring'": _DATABASE,
        "saydo case copy spring 'postgresql://saydo@db.example.org/saydo?schema=spring'": _DATABASE,
        "saydo case copy 'postgresql://saydo@db.example.org/saydo?schema=spring' spring-copy": _DATABASE,
        "saydo case backup --case 'postgresql://saydo@db.example.org/saydo?schema=spring' -o spring.zip": _DATABASE,
    },
    "docs/guide/team.md": {"saydo serve --case delta --host 10.0.0.5 --token-file token.txt": _MACHINES},
    "docs/guide/workbench.md": {"saydo serve --case delta --host 10.0.0.5 --token-file token.txt": _MACHINES},
}
HOW_MANY = 37
# Blocks that are no commands: what a page shows beside them, by page and number.
SHOWN = {
    "CONTRIBUTING.md": 1,
    "docs/decisions/0006-store-and-resume.md": 1,
    "docs/guide/first-case.md": 1,
}
# Programs that are not saydo and are not run: what is looked at instead stands in `looked_at`.
OTHER = {
    "pip": "installs from a registry",
    "pipx": "installs from a registry",
    "uvx": "installs from a registry",
    "uv": "asks a registry",
    "make": "CI itself is `make test`",
    "docker": "no daemon",
    "ray": "a cluster",
    "git": "signs with a key",
    "minisign": "a key",
    "cosign": "a key",
    "sha256sum": "files of a release",
    "python": "the lab: data that are not saydo's, or hours",
    "python3": "makes the environment that the tests run in",
    ".venv/bin/python": "the tests that run",
    ".": "enters that environment",
    "open": "opens a window",
}
SMALL = ("02-", "04-", "06-", "08-", "09-", "24-", "25-")


def every_page() -> list[str]:
    spec = importlib.util.spec_from_file_location("docs_site_build", ROOT / "docs/site/build.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return ["README.md", *module.sources()]


PAGES = [page for page in every_page() if "docs/reference/" not in page and any(pieces(page))]


def prepare(folder: Path, made: dict[str, Path]) -> None:
    """What a reader has at hand: a folder of reports and cases of it, the examples, a codebook, a token."""
    reports = [
        path for path in sorted((ROOT / "examples/alay-corridor").iterdir()) if path.name.startswith(SMALL)
    ]
    (folder / "reports").mkdir(parents=True)
    for path in reports:
        shutil.copy(path, folder / "reports")
    (folder / "reports/short.txt").write_text("The ferry was late.\n")
    shutil.copytree(ROOT / "examples", folder / "examples")
    shutil.copytree(ROOT / "examples/relief-codebook", folder / "mine")
    line = {"id": "w1", "date": "2019-05-03", "text": "Gunmen shelled the market of Diffa on Friday."}
    (folder / "wire/2019-05").mkdir(parents=True)
    with gzip.open(folder / "wire/2019-05/a.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
    (folder / "witnesses.csv").write_text("name,kind\nAnna Dosso,person\n")
    (folder / "token.txt").write_text("a-token-of-some-length-for-tests\n")
    for name, case in made.items():
        shutil.copytree(case, folder / name)


def run(page: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """Runs what a page shows; the number of pieces that ran."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "data"))
    names: dict[str, object] = {"__name__": "__main__"}
    ran = 0
    for piece in pieces(page):
        if piece.kind == "python":
            exec(compile(piece.text, page, "exec"), names)
            ran += 1
        elif piece.kind == "shell" and piece.text not in NOT_RUN.get(page, {}):
            ran += command(piece, page, monkeypatch)
    return ran


def command(piece: Piece, page: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Runs a line, or looks at one that cannot run; 1 where it ran."""
    word = first_word(piece.text)
    if word == "saydo":
        result = saydo(piece.text)
        assert result is None or result.exit_code == 0, f"{page}: {piece.text}\n{result.output}"
        return 1
    if word == "cat":
        shown_file(piece.text)
        return 1
    if word == "openssl":
        subprocess.run(["bash", "-c", piece.text], check=True)
        return 1
    if word == "export":
        for name, value in re.findall(r"([A-Z_]+)=(\"[^\"]*\"|\S+)", piece.text):
            if name != "SAYDO_GAZETTEER":  # names a file that is not there
                monkeypatch.setenv(name, os.path.expandvars(value.strip('"')))
        return 1
    assert word in OTHER, f"{page}: {piece.text}: what is {word}? Run it here, or say why not"
    looked_at(word, shlex.split(piece.text), page)
    return 0


def looked_at(word: str, words: list[str], page: str) -> None:
    """What can be said of a line that is not run: the targets, extras, modules and files that it names are there."""
    if word == "make":
        targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
        assert set(words[1:]) <= set(targets), words
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "optional-dependencies"
    ]
    for asked in re.findall(r"saydo\[([\w,]+)\]", " ".join(words)):
        assert set(asked.split(",")) <= set(extras), f"{page}: {asked}"
    if "-m" in words:
        module = words[words.index("-m") + 1]
        assert module.startswith("lab.") is (ROOT / f"{module.replace('.', '/')}.py").is_file() or (
            importlib.util.find_spec(module)
        ), f"{page}: {module}"
    for file in words:
        if file.startswith(("requirements/", "lab/")):
            assert (ROOT / file).exists(), f"{page}: {file}"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The cases that pages speak of: ``alay``, made by the commands of the tutorial, and ``delta``, of few reports."""
    folder = tmp_path_factory.mktemp("pages")
    with pytest.MonkeyPatch.context() as patch:
        (folder / "tutorial").mkdir()
        assert run("docs/tutorial.md", folder / "tutorial", patch) >= 9
        prepare(folder / "first", {})
        patch.chdir(folder / "first")
        assert saydo("saydo run reports/ --case delta").exit_code == 0  # type: ignore[union-attr]
    return {"alay": folder / "tutorial/alay", "delta": folder / "first/delta"}


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page not in ELSEWHERE and page != "docs/tutorial.md"]
)
def test_what_a_page_shows_runs_in_order(
    page: str, made: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(tmp_path / "reader", made)
    run(page, tmp_path / "reader", monkeypatch)


def test_the_tutorial_makes_what_it_says(made: dict[str, Path]) -> None:
    """Its commands ran when the case was made: the files that it names are there, and the numbers are right."""
    folder = made["alay"].parent
    for name in ("alay/report.html", "discrepancies.csv", "events.geojson", "highland-front.md"):
        assert (folder / name).stat().st_size > 500, name
    said = (ROOT / "docs/tutorial.md").read_text(encoding="utf-8")
    files = len(list((folder / "alay-corridor").iterdir()))
    found = len((folder / "discrepancies.csv").read_text(encoding="utf-8").splitlines()) - 1
    assert f"{files} files" in said
    assert "about twenty discrepancies" in said and 15 <= found <= 25


def test_pages_that_other_tests_run_are_run_there() -> None:
    for page, test in ELSEWHERE.items():
        assert Path(page).name in (ROOT / test).read_text(encoding="utf-8"), f"{test} does not read {page}"


def test_what_is_not_run_is_in_a_page_and_counted() -> None:
    for page, lines in NOT_RUN.items():
        shown = {piece.text for piece in pieces(page)}
        assert lines.keys() <= shown, f"{page} no longer shows {lines.keys() - shown}"
        assert all(lines.values())
    assert sum(map(len, NOT_RUN.values())) == HOW_MANY


def test_blocks_that_are_no_commands_are_known() -> None:
    """So that a command in a program that this does not know is not passed over as if it were text."""
    shown = {
        page: sum(piece.kind == "other" and first_word(piece.text).isascii() for piece in pieces(page))
        for page in PAGES
        if page not in ELSEWHERE
    }
    languages = re.compile(r"^```(?:yaml|json|text|toml|html|csv|sql)", re.M)
    for page, count in shown.items():
        named = len(languages.findall((ROOT / page).read_text(encoding="utf-8")))
        assert count - named == SHOWN.get(page, 0), f"{page}: a block begins with none of {sorted(PROGRAMS)}"
