"""The shipped codebook as it was read when the package was built: it can never be out of date."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest

from saydo.codebook import dialect, loader

SHIPPED = sorted(Path(str(files("saydo.codebook") / "data")).rglob("*.yaml"))


@pytest.fixture(autouse=True)
def as_before() -> object:
    yield
    dialect._kept.cache_clear()


def test_what_is_kept_gives_the_same_codebook_as_the_yaml(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [path.read_text(encoding="utf-8") for path in SHIPPED]
    kept = json.loads(dialect.written(texts))
    assert len(kept) == len(set(texts))
    monkeypatch.setattr(dialect, "_kept", lambda: {})
    plain = loader._build([files("saydo.codebook") / "data"])
    monkeypatch.setattr(dialect, "_kept", lambda: kept)
    monkeypatch.setattr(dialect, "parsed", lambda text: pytest.fail("a file was read as YAML"))
    assert loader._build([files("saydo.codebook") / "data"]) == plain


def test_a_file_that_was_changed_is_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    before = "id: x\nwords: [one, two]\n"
    monkeypatch.setattr(dialect, "_kept", lambda: json.loads(dialect.written([before])))
    assert dialect.values_of(before) == {"id": "x", "words": ["one", "two"]}
    assert dialect.values_of(before.replace("two", "three")) == {"id": "x", "words": ["one", "three"]}


def test_another_way_to_read_yaml_makes_all_of_it_old(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = json.loads(dialect.written(["id: x\n"]))
    monkeypatch.setattr(dialect, "DIALECT", dialect.DIALECT + 1)
    assert dialect.digest("id: x\n") not in kept


def test_what_json_cannot_give_back_is_not_kept() -> None:
    assert json.loads(dialect.written(["1: one\n", "id: x\n"])) == {dialect.digest("id: x\n"): {"id": "x"}}


def test_faults_are_told_as_before() -> None:
    with pytest.raises(dialect.NotYaml, match="'id' stands twice"):
        dialect.values_of("id: a\nid: b\n")
    assert dialect.parsed("a: no\nb: true\nc: 2018-05-01\n") == {"a": "no", "b": True, "c": "2018-05-01"}
