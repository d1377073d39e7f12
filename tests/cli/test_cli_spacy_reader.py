"""``--reader spacy:…``: a pipeline that was trained and saved with spaCy reads for saydo."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
import spacy
from click.testing import Result
from spacy.tokens import Doc
from spacy.training import Example
from typer.testing import CliRunner

from saydo.cli.main import app
from saydo.model.records import Record

WORDS = "Rebels shelled Sodara in May . The mayor said that rebels had shelled the harbour .".split()
TAGS = "NNS VBD NNP IN NNP . DT NN VBD IN NNS VBD VBN DT NN .".split()
HEADS = [1, 1, 1, 1, 3, 1, 7, 8, 8, 12, 12, 12, 8, 14, 12, 8]
DEPS = "nsubj ROOT dobj prep pobj punct det nsubj ROOT mark nsubj aux ccomp det dobj punct".split()
TEXT = "Rebels shelled Sodara in May. The mayor said that rebels had shelled the harbour."


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a tagger and parser that have learnt one text by heart."""
    random.seed(0)
    spacy.util.fix_random_seed(0)
    nlp = spacy.blank("en")
    nlp.meta["name"] = "harbour"
    nlp.add_pipe("tagger")
    nlp.add_pipe("parser", config={"min_action_freq": 1})
    spaces = [word not in ("May", "harbour") for word in WORDS]
    spaces[-1] = False
    gold = Doc(nlp.vocab, WORDS, spaces=spaces, tags=TAGS, heads=HEADS, deps=DEPS)
    assert gold.text == TEXT
    example = Example(nlp.make_doc(TEXT), gold)
    optimizer = nlp.initialize(lambda: [example])
    for _ in range(40):
        nlp.update([example], sgd=optimizer)
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "GPE", "pattern": "Sodara"}])  # type: ignore[attr-defined]
    learnt = nlp(TEXT)
    assert [t.dep_ for t in learnt] == DEPS and [t.tag_ for t in learnt] == TAGS
    folder = tmp_path_factory.mktemp("pipelines") / "harbour"
    nlp.to_disk(folder)
    return folder


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "reports" / "harbour.txt"
    path.parent.mkdir()
    path.write_text(TEXT)
    return path


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_a_saved_pipeline_codes_reports(trained: Path, report: Path) -> None:
    """Two shellings: one told by the report itself, one by the mayor; the record names the reader."""
    result = call("code", report, "--date", "2021-05-20", "--reader", f"spacy:{trained}")
    assert result.exit_code == 0, result.output
    record = Record.model_validate_json(result.stdout)
    assert record.coder.reader.startswith("spacy:en_harbour 0.0.0 (")
    assert "spaCy " in record.coder.reader
    assert [(e.type, TEXT[slice(*e.trigger)]) for e in record.events] == [("ASSAULT", "shelled")] * 2
    (statement,) = record.statements
    assert [e.attributed_to for e in record.events] == [None, statement.id]
    assert [TEXT[slice(*span)] for span in statement.source] == ["The mayor"]
    assert ("Sodara", "place", True) in [(m.text, m.type, m.named) for m in record.mentions]
    assert record.sentences == ((0, 29), (30, 81))


def test_the_same_pipeline_writes_the_same_bytes(trained: Path, report: Path) -> None:
    first, second = (call("code", report, "--reader", f"spacy:{trained}").stdout for _ in range(2))
    assert first and first == second


def test_a_case_is_coded_anew_by_another_pipeline(trained: Path, report: Path, tmp_path: Path) -> None:
    """And not by the same one."""
    case = tmp_path / "case"
    other = spacy.load(trained)
    other.get_pipe("entity_ruler").add_patterns([{"label": "ORG", "pattern": "Rebels"}])  # type: ignore[attr-defined]
    other.to_disk(tmp_path / "other")
    told = []
    for reader in (trained, trained, tmp_path / "other"):
        result = call("run", report.parent, "--case", case, "--reader", f"spacy:{reader}")
        assert result.exit_code == 0, result.output
        told.append(next(line for line in result.output.splitlines() if "reports" in line))
    assert "1 coded" in told[0]
    assert "nothing new to code" in told[1]
    assert "1 coded" in told[2]


def test_a_text_is_explained_by_the_pipeline(trained: Path) -> None:
    result = call("explain", TEXT, "--json", "--reader", f"spacy:{trained}")
    assert result.exit_code == 0, result.output
    explained = json.loads(result.stdout)
    first = explained["sentences"][0]["tokens"]
    assert [(t["text"], t["deprel"]) for t in first] == [
        ("Rebels", "nsubj"), ("shelled", "root"), ("Sodara", "obj"), ("in", "case"), ("May", "obl"), (".", "punct"),
    ]  # fmt: skip
    assert explained["reader"].startswith("spacy:en_harbour ")


@pytest.mark.parametrize("command", ["code", "explain"])
def test_a_pipeline_that_is_not_there_is_one_line(command: str, report: Path) -> None:
    given = report if command == "code" else TEXT
    result = call(command, given, "--reader", "spacy:en_nowhere_at_all")
    assert result.exit_code == 1
    assert result.stderr.startswith("saydo: there is no spaCy pipeline 'en_nowhere_at_all'")
    assert result.stderr.count("\n") == 1 and "python -m spacy download" in result.stderr


def test_a_pipeline_without_a_parser_is_refused_before_anything_is_read(report: Path, tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "bare")
    result = call("code", report, "--reader", f"spacy:{tmp_path / 'bare'}")
    assert result.exit_code == 1
    assert "has no parser" in result.stderr and result.stderr.count("\n") == 1
