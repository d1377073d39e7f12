"""``saydo actors import``: a list of one's own becomes entries that ``--codebook`` uses."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from click.testing import Result

from saydo.codebook import ActorEntry, load
from saydo.linking.lexicon import lexicon
from saydo.model.reading import Token
from saydo.reading.tokens import Tokenizer

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def imported(saydo, tmp_path: Path):
    """Imports a list given as text; the result, and the entries of the codebook that it makes."""

    def run(text: str, name: str = "list.csv") -> tuple[Result, dict[str, ActorEntry]]:
        source = tmp_path / name
        source.write_text(text, encoding="utf-8")
        result = saydo("actors", "import", source, "--output", tmp_path / "mine")
        made = (tmp_path / "mine").is_dir()
        return result, load(tmp_path / "mine").actors if made else {}

    return run


def found(text: str, folder: Path) -> set[str]:
    """Ids of the actors whose names a codebook folder finds in a text."""
    tokens = [Token(i, w.start, w.end, w.text, w.text, "PROPN", 0, "dep", 0)
              for i, w in enumerate(Tokenizer().words(text))]  # fmt: skip
    return {k.entry.id for hit in lexicon(load(folder)).hits(tokens, caseless=False) for k in hit.known}


def test_a_row_becomes_an_actor_with_all_that_it_says(imported) -> None:
    result, actors = imported(
        "name,aliases,kind,country,sector,since,until,wikidata\n"
        "Copper Belt Legion,CBL;Legion of the Belt,rebel group,Zambia,,1998,2004-06-30,"
        "https://www.wikidata.org/wiki/Q424242\n"
    )
    assert result.exit_code == 0, result.output
    made = actors["copper-belt-legion"]
    assert made == ActorEntry(
        id="copper-belt-legion", name="Copper Belt Legion", kind="armed group", country="ZMB", sector="REB",
        aliases=("Legion of the Belt",), abbreviations=("CBL",), since=1998, until=2004, wikidata="Q424242",
    )  # fmt: skip


def test_the_order_of_columns_and_unknown_ones_do_not_matter_and_are_told(imported) -> None:
    result, actors = imported("Colour;ISO;NAME;Type\nred;ml;Arc of the Niger Bend;militia\n")
    assert result.exit_code == 0
    assert "columns not used: Colour" in result.stderr
    made = actors["arc-of-the-niger-bend"]
    assert (made.country, made.kind, made.sector) == ("MLI", "armed group", "PRM")


@pytest.mark.parametrize(
    ("written", "code"),
    [("CI", "CIV"), ("CIV", "CIV"), ("Ivory Coast", "CIV"), ("Côte d'Ivoire", "CIV"), ("uk", "GBR"),
     ("Burma", "MMR"), ("South Korea", "KOR"), ("Russia", "RUS"), ("Kosovo", "XKX"), ("UNO", "UNO"), ("", None)],
)  # fmt: skip
def test_countries_are_understood_by_name_and_by_code(imported, written: str, code: str | None) -> None:
    _, actors = imported(f"name,country\nHollow Reed Circle,{written}\n")
    assert actors["hollow-reed-circle"].country == code


def test_bad_rows_are_told_with_line_and_reason_and_good_ones_kept(imported) -> None:
    result, actors = imported(
        "name,kind,country,since,until,wikidata\n"
        "Salt Road Band,armed group,NER,2001,,\n"
        "Nobody's Band,armed group,Atlantis,,,\n"
        ",armed group,NER,,,\n"
        "Sand Band,orchestra,NER,,,\n"
        "Late Band,armed group,NER,2005,1999,\n"
        "Young Band,armed group,NER,soon,,\n"
        "Odd Band,armed group,NER,,,42\n"
        "rebels,armed group,NER,,,\n"
        "Бригада,armed group,NER,,,\n"
        "Wide Band,armed group,NER,,,,,,\n"
    )
    assert result.exit_code == 3
    assert "salt-road-band" in actors
    told = [line.strip() for line in result.stderr.splitlines()]
    assert told[0] == "saydo: skipped 9:"
    reasons = ["country", "no name", "kind", "since 2005 is after until 1999", "no year", "Q42", "many actors",
               "Latin", "9 cells"]  # fmt: skip
    for line, (said, reason) in enumerate(zip(told[1:], reasons, strict=True), 3):
        assert said.startswith(f"list.csv:{line}: "), said
        assert reason in said


def test_a_cell_of_several_lines_counts_as_the_lines_it_takes(imported) -> None:
    result, _ = imported('name,country\n"Twin\nPeaks Guard",Chad\nRidge Guard,Narnia\n')
    assert "list.csv:4: country 'Narnia'" in result.stderr


def test_an_actor_that_the_codebook_knows_is_merged_and_not_doubled(imported) -> None:
    """The shipped entry keeps what it has, and says so where the list says otherwise."""
    result, actors = imported(
        "name,aliases,country,since,wikidata\nBOKO HARAM,Lake Brotherhood,NG,1990,Q77\n"
    )
    shipped = load().actors["boko-haram"]
    made = actors["boko-haram"]
    assert "merged: Boko Haram" in result.stdout
    assert made.aliases == (*shipped.aliases, "Lake Brotherhood")
    assert (made.since, made.wikidata) == (shipped.since, "Q77")
    assert f"keeps since {shipped.since}" in result.stderr
    assert len(actors) == len(load().actors)


def test_a_known_name_in_another_country_is_another_actor(imported) -> None:
    result, actors = imported("name,kind,country\nBoko Haram,armed group,Fiji\n")
    assert actors["boko-haram"] == load().actors["boko-haram"]
    assert actors["boko-haram-fji"].country == "FJI"
    assert "kept apart" in result.stderr


def test_two_rows_of_one_name_make_one_actor(imported) -> None:
    result, actors = imported("name,aliases,country\nReed Circle,RC,\nreed circle,Circle of Reeds,Laos\n")
    made = actors["reed-circle"]
    assert (made.abbreviations, made.aliases, made.country) == (("RC",), ("Circle of Reeds",), "LAO")
    assert "put together" in result.stderr


def test_names_that_would_match_anything_are_left_out(imported) -> None:
    _, actors = imported("name,aliases\nThe Reed Circle,rebels;the group;X;Круг;Circle of Reeds\n")
    assert actors["reed-circle"].aliases == ("Circle of Reeds",)


def test_entities_of_follow_the_money(imported) -> None:
    lines = [
        {"id": "a", "schema": "Organization", "properties": {
            "name": ["Coral Dawn"], "alias": ["Dawn of Coral", "CD"], "weakAlias": ["Dawn", "The Coral Men"],
            "country": ["ph"], "topics": ["crime.terror", "sanction"], "incorporationDate": ["1999-02-03"],
            "dissolutionDate": ["2008"], "wikidataId": ["Q5150"]}},
        {"id": "b", "schema": "Person", "properties": {"name": ["Ines Okoro"], "nationality": ["ng"], "topics": ["role.pep"]}},
        {"id": "c", "schema": "Company", "properties": {"name": ["Basalt Freight"], "jurisdiction": ["gb"]}},
        {"id": "d", "schema": "PublicBody", "properties": {"name": ["Ports Office of Lagos"], "country": ["ng"]}},
        {"id": "e", "schema": "Address", "properties": {"full": ["1 Quay"]}},
    ]  # fmt: skip
    text = "\n".join(map(json.dumps, lines)) + '\n{"id": "f", "schema": "Person"}\n{broken\n'
    result, actors = imported(text, "sanctions.ftm.json")
    assert result.exit_code == 3
    assert "sanctions.ftm.json:6: no FollowTheMoney entity" in result.stderr
    assert "sanctions.ftm.json:7: not JSON" in result.stderr
    assert "1 entities that are no actors were passed over" in result.stdout
    dawn = actors["coral-dawn"]
    assert (dawn.kind, dawn.sector, dawn.country, dawn.since, dawn.until) == (
        "armed group",
        "UAF",
        "PHL",
        1999,
        2008,
    )
    assert (dawn.aliases, dawn.abbreviations, dawn.wikidata) == (
        ("Dawn of Coral", "Coral Men"),
        ("CD",),
        "Q5150",
    )
    okoro = actors["ines-okoro"]
    assert (okoro.kind, okoro.country, okoro.sector) == ("person", "NGA", "GOV")
    assert (actors["basalt-freight"].kind, actors["basalt-freight"].country) == ("company", "GBR")
    assert actors["ports-office-of-lagos"].kind == "government"


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "empty"), (b"who,what\nx,y\n", "no column name"), (b"name\n\xff\xfe\n", "not UTF-8"),
     (b'[{"schema": "Person"}]', "one entity a line"), (b"name\0\n", "not a text file")],
)  # fmt: skip
def test_a_file_that_is_no_list_is_refused_in_one_line(
    saydo, tmp_path: Path, content: bytes, reason: str
) -> None:
    (tmp_path / "x.csv").write_bytes(content)
    result = saydo("actors", "import", tmp_path / "x.csv", "-o", tmp_path / "mine")
    assert result.exit_code == 1
    assert reason in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert not (tmp_path / "mine").exists()


def test_where_no_row_is_good_nothing_is_written(imported, tmp_path: Path) -> None:
    result, _ = imported("name,country\nReed Circle,Atlantis\n")
    assert result.exit_code == 1
    assert not (tmp_path / "mine").exists()


def test_one_folder_must_be_named(saydo, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("name\nReed Circle\n")
    assert saydo("actors", "import", tmp_path / "x.csv").exit_code == 2
    both = saydo("actors", "import", tmp_path / "x.csv", "-o", tmp_path / "a", "--codebook", tmp_path / "b")
    assert both.exit_code == 2
    missing = saydo("actors", "import", tmp_path / "x.csv", "--codebook", tmp_path / "none")
    assert missing.exit_code == 1
    assert "--output" in missing.stderr


def test_an_import_writes_anew_what_it_wrote_and_nothing_else(saydo, imported, tmp_path: Path) -> None:
    imported("name\nReed Circle\nRush Circle\n")
    _, actors = imported("name\nReed Circle\n")
    assert "rush-circle" not in actors
    written = tmp_path / "mine" / "actors" / "list.yaml"
    mine = written.read_text().partition("\n")[2]
    written.write_text(mine)
    result, _ = imported("name\nReed Circle\n")
    assert result.exit_code == 1
    assert "not made by an import" in result.stderr
    assert written.read_text() == mine


def test_an_actor_of_another_file_of_the_folder_is_changed_there(saydo, imported, tmp_path: Path) -> None:
    imported("name\nReed Circle\n", "first.csv")
    result, actors = imported("name,aliases\nReed Circle,Circle of Reeds\nRush Circle,\n", "second.csv")
    assert result.exit_code == 3
    assert "is in first.yaml of the same folder" in result.stderr
    assert {"reed-circle", "rush-circle"} <= set(actors)


def test_the_guide_does_what_it_says(saydo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (ROOT / "docs/guide/actors.md").read_text(encoding="utf-8")
    lines = [line.strip() for line in page.splitlines() if line.startswith("    ")]
    start = lines.index("cat militias.csv") + 1
    table = lines[start : next(i for i in range(start, len(lines)) if lines[i].startswith("saydo"))]
    monkeypatch.chdir(tmp_path)
    Path("militias.csv").write_text("\n".join(table) + "\n")
    Path("witnesses.csv").write_text("name,kind\nHana Osei,person\n")
    Path("reports").mkdir()
    Path("reports/a.txt").write_text("The harbour was calm.")
    for line in lines[start:]:
        if line.startswith("saydo actors"):
            assert saydo(*shlex.split(line)[1:]).exit_code == 0, line
    text = "the gold-coast rangers; The Gold Coast Rangers; Brotherhood of the Lake; Hana Osei; GCR"
    assert found(text, Path("mine")) == {"gold-coast-rangers", "boko-haram", "hana-osei"}
    assert load(Path("mine")).actors["gold-coast-rangers"].country == "GHA"
