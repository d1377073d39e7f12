"""Codebook files made or broken to do harm: each ends as entries or as faults that say why, in bounded time.

``CORPUS`` is what fuzzing has found, and what good files look like; ``SAYDO_FUZZ`` says how many files are
grown from it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saydo.codebook import load, loader
from saydo.codebook.entries import Codebook
from saydo.model.errors import CodebookError

ENTRIES = {
    "events": "id: CONSULT\nquad: 1\ndefinition: Talks.\nroles: {verb: {actor: [subj]}}\nunits:\n"
    "  - {verb: [zap, zip up], where: {obj: ['@person', line]}, without: {'obl:on|at': ['*']}}\n"
    "  - {noun: zapping, roles: {actor: [poss, mod], recipient: 'obl:of'}, needs: actor, score: 0.5}\n",
    "modes": "id: CONSULT.remote\ndefinition: From afar.\nunits:\n  - {verb: [dial], roles: {actor: [subj]}}\n",
    "ties": "id: command\ndefinition: Leads.\nundirected: false\nends: [person, group]\nunits:\n"
    "  - {verb: [head], state: ended, roles: {from: [subj], to: [obj]}}\n",
    "statements": "id: denial\ndefinition: Denies.\nunits:\n  - {verb: [rebut], roles: {source: [subj], content: [clause]}}\n",
    "contexts": "id: sport\ndefinition: Games.\nphrases: [golf, at bat]\nnouns: &n [club]\ncautions: *n\n",
    "cues": "- id: hedge\n  definition: Doubt.\n  phrases: [perhaps, no, on, 1e3, 2001-01-01]\n- id: own\n"
    "  definition: O.\n  phrases: ['x']\n",
    "rules": "id: tie\ndefinition: T.\nparameters: {excludes: {a: [b]}, days: 30, share: 0.5, words: [x], word: y}\n",
    "actors": "- {id: osh-league, name: Osh League, kind: party, country: KGZ, aliases: [The League], since: 1999}\n",
    "nominals": "- {id: clubman, type: person, kind: person, sector: CVL, lemmas: [clubman]}\n",
    "offices": "- id: reeve\n  sector: GOV\n  tie: office\n  titles: [reeve, deputy reeve]\n",
    "weights": "id: events\ndefinition: W.\nweights: {base: 1.5, x: -2}\nthreshold: 0.4\n",
}
"""A good file for every room."""


def swollen(times: int, first: str, more: str) -> str:
    """Each line stands for ten of the one before."""
    lines = [first]
    lines += [more.format(n, ", ".join([f"*a{n - 1}"] * 10)) for n in range(1, times)]
    return "\n".join(lines)


HOSTILE = {
    "a list as a key": "? [a, b]\n: c\n",
    "a mapping as a key": "id: own\n{a: b}: c\n",
    "a mapping that is a word": "!!map x",
    "a number that is none": "id: !!int abc",
    "no binary number": "id: own\ndefinition: 0b_",
    "no fraction": "id: !!float abc",
    "no date": "id: !!timestamp 2001-99-99",
    "no truth value": "id: !!bool nah",
    "a number too long to read": "id: " + "9" * 5000,
    "lists in lists": "[" * 100_000,
    "lists in lists, closed": "[" * 100_000 + "]" * 100_000,
    "items in items": "- " * 50_000 + "x",
    "mappings in mappings": "{a: " * 20_000 + "}" * 20_000,
    "a list within itself": "&a [*a]",
    "a mapping merged with itself": "&a\n<<: *a\n",
    "lists of lists by name": swollen(9, "- &a0 [x]", "- &a{0} [{1}]"),
    "merges of merges": swollen(9, "- &a0 {k0: 1}", "- &a{0} {{<<: [{1}], k{0}: 1}}"),
    "a name that nobody gave": "id: *nobody",
    "half a pair of surrogates": 'id: "\\ud800"',
    "no YAML": "id: \x00",
    "two documents": "a: b\n---\nc: d",
    "a foreign object": "!!python/object:os.system x",
    "nothing": "",
    "a key of several lines": "- ? 'a\n\n    b'\n  : c\n",
    "a key that a terminal obeys": '"\\e[2J": c',
}
"""What a loader of YAML can be harmed by."""

CORPUS = [*ENTRIES.values(), *(text for text in HOSTILE.values() if len(text) < 500)]


def write(folder: Path, room: str, text: str) -> None:
    (folder / room).mkdir(parents=True, exist_ok=True)
    (folder / room / "X.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_harmful_file_is_a_fault_told_in_one_line(tmp_path: Path, text: str) -> None:
    write(tmp_path, "cues", text)
    with pytest.raises(CodebookError) as error:
        load(tmp_path)
    fault = error.value.faults[0]
    assert fault.startswith(f"{tmp_path}/cues/X.yaml")
    assert "\n" not in fault
    assert len(fault) < 400


def test_names_for_parts_of_a_file_may_be_used(tmp_path: Path) -> None:
    """An alias is bounded by what it stands for, not forbidden."""
    write(tmp_path, "contexts", ENTRIES["contexts"])
    assert load(tmp_path).contexts["sport"].cautions == ("club",)


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "cues").mkdir()
    os.mkfifo(tmp_path / "cues" / "pipe.yaml")
    with pytest.raises(CodebookError, match=r"pipe\.yaml: not a file"):
        load(tmp_path)


# --- anything ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An empty folder to write files into, beside a codebook of few entries instead of the shipped ones."""
    base = tmp_path_factory.mktemp("few")
    for room, text in ENTRIES.items():
        write(base / "data", room, text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loader, "files", lambda package: base)
        yield tmp_path_factory.mktemp("own")


ODD = (
    "*",
    "<<: *a",
    "&a",
    "? ",
    "!!set",
    "|",
    ">-",
    "%YAML 1.1",
    "@actor",
    ".nan",
    ".inf",
    "0o9",
    "1:99",
    "=",
)
WORDS = st.sampled_from([*sorted({word for text in CORPUS for word in text.split() if len(word) < 30}), *ODD])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | WORDS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4) | WORDS, inner, max_size=3)
    ),
    max_leaves=6,
)


@st.composite
def mangled(draw: st.DrawFn) -> str:
    """A file of the corpus, with some of its characters cut out, doubled, overwritten, nested."""
    text = draw(st.sampled_from(CORPUS))
    for _ in range(draw(st.integers(0, 5))):
        first = draw(st.integers(0, len(text)))
        last = draw(st.integers(first, min(len(text), first + 40)))
        part = text[first:last]
        new = draw(
            st.sampled_from(["", part * 2, f"[{part}]", f"{{{part}}}", f"&a {part}", "*a", f"{part}: "])
            | WORDS
            | st.text(max_size=4)
        )
        text = text[:first] + new + text[last:]
    return text


@st.composite
def altered(draw: st.DrawFn) -> str:
    """A good file, with other values, and keys too many, at some places."""
    value = yaml.safe_load(ENTRIES[draw(st.sampled_from(sorted(ENTRIES)))])
    for _ in range(draw(st.integers(1, 4))):
        places = list(_places(value))
        holder, key = draw(st.sampled_from(places))
        if isinstance(holder, dict) and draw(st.booleans()):
            key = draw(WORDS)
        holder[key] = draw(VALUES)
    return yaml.safe_dump(value, allow_unicode=draw(st.booleans()), default_flow_style=draw(st.booleans()))


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    for key, inner in list(value.items() if isinstance(value, dict) else enumerate(value)):
        yield value, key
        if isinstance(inner, dict | list):
            yield from _places(inner)


@given(st.sampled_from(sorted(ENTRIES)), mangled() | altered())
@settings(
    max_examples=int(os.environ.get("SAYDO_FUZZ", "200")),
    deadline=5000,
    suppress_health_check=list(HealthCheck),
)
def test_whatever_is_grown_from_good_files_gives_entries_or_faults(few: Path, room: str, text: str) -> None:
    for folder in few.iterdir():
        (folder / "X.yaml").unlink()
        folder.rmdir()
    write(few, room, text)
    try:
        assert isinstance(load(few), Codebook)
    except CodebookError as error:
        assert error.faults
        for fault in error.faults:
            assert "\n" not in fault, fault
            assert len(fault) < 2000, fault
