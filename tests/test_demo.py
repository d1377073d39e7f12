"""What `make demo` does, with the real reader: the example case from reports to page and exports."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner

from saydo.cli.main import app
from saydo.model.records import Record

pytestmark = pytest.mark.model
ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "examples" / "alay-corridor"
TABLES = ("actors", "events", "ties", "statements", "discrepancies")


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "case"
    result = CliRunner().invoke(app, ["run", str(EXAMPLE), "--case", str(folder)])
    assert result.exit_code == 0, result.output
    assert "discrepanc" in result.output and "report.html" in result.output
    return folder


def exported(case: Path, table: str, format: str) -> Path:
    path = case.parent / f"{table}.{format}"
    arguments = ["export", "--case", str(case), "--what", table, "--format", format, "-o", str(path)]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    return path


def test_the_report_says_that_it_is_fiction_and_shows_every_discrepancy(case: Path) -> None:
    page = (case / "report.html").read_text(encoding="utf-8")
    assert "<strong>Fiction.</strong>" in page and "<script" not in page
    found = exported(case, "discrepancies", "jsonl").read_text(encoding="utf-8").splitlines()
    assert found and page.count('<article class="discrepancy"') == len(found)
    assert page.count('role="img"') == 2, "ties and events as pictures"


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_exported_alike_in_both_formats(case: Path, table: str) -> None:
    lines = [json.loads(line) for line in exported(case, table, "jsonl").read_text("utf-8").splitlines()]
    with exported(case, table, "csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert lines and [line["id"] for line in lines] == [row["id"] for row in rows]


def test_every_discrepancy_can_be_judged_from_its_export_alone(case: Path) -> None:
    for line in exported(case, "discrepancies", "jsonl").read_text(encoding="utf-8").splitlines():
        found = json.loads(line)
        assert found["kind"] and found["basis"] in ("flagged", "inferred") and found["explanation"]
        for pole in (found["statement"], *found["against"]):
            assert len(pole["quote"].split()) > 2 and pole["publisher"] and pole["published"], pole


def test_real_records_fit_the_published_schema(tmp_path: Path) -> None:
    output = tmp_path / "records.jsonl"
    files = sorted(str(path) for path in EXAMPLE.iterdir())[:6]
    result = CliRunner().invoke(app, ["code", *files, "-o", str(output)])
    assert result.exit_code == 0, result.output
    schema = json.loads((ROOT / "src/saydo/model/record.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    lines = output.read_text(encoding="utf-8").splitlines()
    assert len(lines) >= len(files)
    for line in lines:
        validator.validate(json.loads(line))
        assert json.loads(Record.model_validate_json(line).model_dump_json()) == json.loads(line)
