"""``saydo codebook``: entries shown, examples tried, and what a change does to a case."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_reader import DEED, VOW
from conftest import READER, Saydo

from saydo.codebook import load

ASSAULT = """
id: ASSAULT
quad: 4
definition: Violence.
units:
  - {verb: [%s], roles: {actor: [subj], recipient: [obj]}}
positive:
  - {text: "%s", actor: Taliban, recipient: Tajikistan}
negative:
  - {text: "%s", because: weather}
"""


def folder(place: Path, word: str = "attack", positive: str = DEED, negative: str = "It rained.") -> Path:
    """A codebook in which ASSAULT is one word."""
    (place / "events").mkdir(parents=True)
    (place / "events/ASSAULT.yaml").write_text(ASSAULT % (word, positive, negative))
    return place


# --- show -------------------------------------------------------------------------------------------


def test_show_lists_every_room_and_the_entries_that_are_few(saydo: Saydo) -> None:
    shown = saydo("codebook", "show").stdout
    assert "events: ACCUSE, AGREE, AID, ASSAULT, " in shown
    assert "ASSAULT.aerial" in shown and "human_rights" in shown and "command" in shown
    assert "actors: " in shown and " entries" in shown


def test_show_prints_an_entry_with_what_it_looks_for(saydo: Saydo) -> None:
    shown = saydo("codebook", "show", "assault.drone").stdout
    assert shown.startswith("ASSAULT.drone  modes\n")
    assert "strike, attack (noun)" in shown and "word before it is drone" in shown
    assert "is not" in shown


def test_show_takes_a_room_before_the_id_and_prints_all_of_one_name_without(saydo: Saydo) -> None:
    assert saydo("codebook", "show", "denial").stdout.count("denial  ") == 2
    assert saydo("codebook", "show", "statements/denial").stdout.startswith("denial  statements\n")


@pytest.mark.parametrize("room", ["contexts", "ties", "statements", "rules", "cues", "actors", "offices"])
def test_show_prints_entries_of_every_room(saydo: Saydo, room: str) -> None:
    id, entry = next(iter(getattr(load(), room).items()))
    shown = saydo("codebook", "show", f"{room}/{id}").stdout
    assert shown.startswith(f"{id}  {room}\n")
    words = getattr(entry, "definition", None) or getattr(entry, "name", None) or entry.titles[0]
    assert words.split()[0] in shown


def test_show_marks_an_entry_of_the_user(saydo: Saydo, tmp_path: Path) -> None:
    shown = saydo("codebook", "show", "ASSAULT", "--codebook", folder(tmp_path / "mine")).stdout
    assert shown.startswith("ASSAULT  events (yours)")


def test_show_says_where_the_names_are_for_one_that_is_not_there(saydo: Saydo) -> None:
    result = saydo("codebook", "show", "FEAST")
    assert result.exit_code == 1
    assert "no entry 'FEAST'; saydo codebook show lists" in result.stderr


# --- test -------------------------------------------------------------------------------------------


def test_test_tries_the_entries_of_the_user_alone(saydo: Saydo, tmp_path: Path) -> None:
    result = saydo("codebook", "test", "--codebook", folder(tmp_path / "mine"), *READER)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "2 examples tried, none failed" in result.stderr


def test_test_prints_what_fails_with_what_was_found(saydo: Saydo, tmp_path: Path) -> None:
    mine = folder(tmp_path / "mine", word="bomb", negative=VOW)
    result = saydo("codebook", "test", "--codebook", mine, *READER)
    assert result.exit_code == 1
    (line,) = result.stdout.splitlines()
    assert line == (
        f"events/ASSAULT: “{DEED}” expected ASSAULT, from 'Taliban', to 'Tajikistan'; found nothing"
    )
    assert "2 examples tried, 1 failed" in result.stderr


def test_test_fails_for_a_negative_example_that_is_coded(saydo: Saydo, tmp_path: Path) -> None:
    mine = folder(tmp_path / "mine", negative=VOW)
    result = saydo("codebook", "test", "--codebook", mine, *READER)
    assert result.exit_code == 1
    assert f"events/ASSAULT: “{VOW}” expected no ASSAULT (weather); found ASSAULT [" in result.stdout


def test_test_as_json_gives_every_example(saydo: Saydo, tmp_path: Path) -> None:
    mine = folder(tmp_path / "mine", word="bomb")
    result = saydo("codebook", "test", "--codebook", mine, "--json", *READER)
    first, second = (json.loads(line) for line in result.stdout.splitlines())
    assert (first["room"], first["entry"], first["positive"], first["holds"]) == (
        "events", "ASSAULT", True, False,
    )  # fmt: skip
    assert first["example"] == {"text": DEED, "actor": "Taliban", "recipient": "Tajikistan"}
    assert second["holds"] is True


def test_test_without_an_example_says_so(saydo: Saydo, tmp_path: Path) -> None:
    (tmp_path / "mine/contexts").mkdir(parents=True)
    (tmp_path / "mine/contexts/sport.yaml").write_text("id: sport\ndefinition: Games.\nphrases: [golf]\n")
    result = saydo("codebook", "test", "--codebook", tmp_path / "mine", *READER)
    assert result.exit_code == 0
    assert "there is no example sentence to try" in result.stderr


def test_a_codebook_with_faults_is_refused_with_all_of_them(saydo: Saydo, tmp_path: Path) -> None:
    mine = folder(tmp_path / "mine", word="Attack, x: 1")
    (mine / "events/AID.yaml").write_text("id: AID\nquad: 9\ndefinition: Help.\nhelps: 1\n")
    for words in (["test"], ["show"], ["diff", "--case", tmp_path]):
        result = saydo("codebook", *words, "--codebook", mine)
        assert result.exit_code == 1
        assert "saydo: the codebook has " in result.stderr
        assert f"{mine}/events/AID.yaml: quad: " in result.stderr
        assert f"{mine}/events/AID.yaml: helps: unknown key" in result.stderr


# --- diff -------------------------------------------------------------------------------------------


def test_diff_of_the_same_codebook_finds_nothing(saydo: Saydo, case: Path) -> None:
    result = saydo("codebook", "diff", "--case", case, *READER)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "3 reports" in result.stderr and "appear 0, vanish 0, change 0" in result.stderr


def test_diff_quotes_the_sentence_of_what_vanishes_and_counts(
    saydo: Saydo, case: Path, tmp_path: Path
) -> None:
    mine = folder(tmp_path / "mine", word="bomb")
    result = saydo("codebook", "diff", "--case", case, "--codebook", mine, *READER)
    lines = result.stdout.splitlines()
    assert f"- ASSAULT  deed: {DEED}" in lines
    assert "    actor: The Taliban = Taliban" in lines and "    recipient: Tajikistan" in lines
    assert "events ASSAULT: 2 → 0" in lines
    assert "ties rivalry: 1 → 0" in lines, "the tie rested on the attack"
    assert "appear 0, vanish 3" in result.stderr


def test_diff_shows_what_changes_with_before_and_after(saydo: Saydo, case: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    (mine / "modes").mkdir(parents=True)
    (mine / "modes/x.yaml").write_text(
        "id: ASSAULT.raid\ndefinition: Raids.\nunits:\n  - {verb: [attack], where: {obj: ['*']}, "
        "roles: {actor: [subj], recipient: [obj]}}\n"
    )
    result = saydo("codebook", "diff", "--case", case, "--codebook", mine, *READER)
    lines = result.stdout.splitlines()
    at = lines.index(f"~ ASSAULT.raid  deed: {DEED}")
    assert lines[at + 1] == "    type: ASSAULT → ASSAULT.raid"
    assert {"events ASSAULT: 2 → 0", "events ASSAULT.raid: 0 → 2"} <= set(lines)


def test_diff_as_json_holds_places_and_totals(saydo: Saydo, case: Path, tmp_path: Path) -> None:
    mine = folder(tmp_path / "mine", word="bomb")
    result = saydo("codebook", "diff", "--case", case, "--codebook", mine, "--json", *READER)
    found = json.loads(result.stdout)
    deed = next(each for each in found["changes"] if each["document"] == "deed" and each["table"] == "events")
    assert (deed["change"], deed["type"], deed["words"]) == ("vanishes", "ASSAULT", "attacked")
    assert DEED[deed["start"] :].startswith("attacked")
    assert {"table": "events", "type": "ASSAULT", "before": 2, "after": 0} in found["totals"]
    assert found["before"] != found["after"] and found["documents"] == 3


def test_diff_leaves_the_case_as_it_was(saydo: Saydo, case: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in case.rglob("*") if path.is_file()}
    saydo("codebook", "diff", "--case", case, "--codebook", folder(tmp_path / "mine", word="bomb"), *READER)
    assert {path: path.read_bytes() for path in before} == before


def test_diff_refuses_a_case_that_another_reader_coded(saydo: Saydo, case: Path) -> None:
    result = saydo("codebook", "diff", "--case", case, "--reader", "cli_reader:other")
    assert result.exit_code == 1
    assert "run saydo run on it with this version first" in result.stderr
