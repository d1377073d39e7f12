"""The loader refuses a codebook with faults, and tells all of them at once, each with its file and place."""

from __future__ import annotations

from pathlib import Path

import pytest

from saydo.codebook import load
from saydo.model.errors import CodebookError

UNIT = "{verb: [zap], roles: {actor: [subj]}}"


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def event(*units: str, more: str = "") -> str:
    lines = "".join(f"  - {unit}\n" for unit in units)
    return f"id: CONSULT\nquad: 1\ndefinition: Talks.\n{more}units:\n{lines}"


def faults(folder: Path) -> list[str]:
    """The faults of a user's folder, without the folder's own path."""
    with pytest.raises(CodebookError) as error:
        load(folder)
    return [fault.removeprefix(f"{folder}/") for fault in error.value.faults]


# --- faults of one unit, and the place that each is told with ---------------------------------------


@pytest.mark.parametrize(
    ("unit", "fault"),
    [
        ("{verb: [zap], symetric: true, roles: {actor: [subj]}}", "units.0.symetric: unknown key"),
        ("{verb: {zap: 1}, roles: {actor: [subj]}}", "units.0.verb: Input should be a valid tuple"),
        (
            "{verb: [zap], score: high, roles: {actor: [subj]}}",
            "units.0.score: Input should be a valid number",
        ),
        ("{verb: [zap], score: 2, roles: {actor: [subj]}}", "units.0.score: Input should be less than"),
        ("{verb: [zap], realis: maybe, roles: {actor: [subj]}}", "units.0.realis: Input should be"),
        ("{roles: {actor: [subj]}}", "units.0: no word; give verb, noun, adj"),
        ("{verb: [zap]}", "units.0: says no roles, and neither does the entry for a verb"),
        ('{verb: [""], roles: {actor: [subj]}}', "units.0.verb: an empty word"),
        ("{verb: [Zap], roles: {actor: [subj]}}", "units.0.verb: 'Zap' never matches"),
        ("{verb: [zap], where: {obj: [NATO]}, roles: {actor: [subj]}}", "units.0.where.obj: 'NATO' never"),
        (
            "{verb: [zap], where: {subject: [x]}, roles: {actor: [subj]}}",
            "units.0.where.subject: is no argum",
        ),
        (
            "{verb: [zap], without: {obl-on: [x]}, roles: {actor: [subj]}}",
            "units.0.without.obl-on: is no argu",
        ),
        (
            "{verb: [zap], where: {obj: ['@folk']}, roles: {actor: [subj]}}",
            "units.0.where.obj: '@folk' is no ",
        ),
        (
            "{verb: [zap], roles: {agent: [subj]}}",
            "units.0.roles: 'agent' is no role here; there are actor, r",
        ),
        ("{verb: [zap], roles: {actor: [agens]}}", "units.0.roles.actor: 'agens' is no argument of a word"),
        ("{verb: [zap], roles: {actor: [subj]}, needs: to}", "units.0.needs: 'to' is no role here"),
        ("{verb: [zap], roles: {actor: [subj]}, state: ended}", "units.0.state: means nothing in events/"),
        (
            "{verb: [zap], roles: {actor: [subj]}, mode: secret}",
            "units.0.mode: 'secret' has no entry; write mo",
        ),
    ],
)
def test_a_fault_of_a_unit_is_told_with_its_place(tmp_path: Path, unit: str, fault: str) -> None:
    write(tmp_path, "events/CONSULT.yaml", event(unit))
    (found,) = faults(tmp_path)
    assert found.startswith(f"events/CONSULT.yaml: {fault}")


def test_a_unit_that_another_always_goes_before_is_a_fault(tmp_path: Path) -> None:
    second = "{verb: [zap, zip], without: {obj: [film]}, roles: {actor: [subj]}}"
    write(tmp_path, "events/CONSULT.yaml", event(UNIT, second))
    assert faults(tmp_path) == [
        "events/CONSULT.yaml: units.1: 'zap' is never coded by it: units.0 asks for the same and goes first; "
        "take the word out of one of them"
    ]


@pytest.mark.parametrize(
    "second",
    [
        "{verb: [zap], where: {obj: [film]}, roles: {actor: [subj]}}",
        "{verb: [zap], roles: {actor: [obj]}}",
        "{verb: [zap], roles: {actor: [subj]}, score: 0.9}",
        "{noun: [zap], roles: {actor: [subj]}}",
    ],
    ids=["asks for more", "other roles", "higher score", "other part of speech"],
)
def test_a_unit_that_may_be_chosen_beside_another_is_none(tmp_path: Path, second: str) -> None:
    write(tmp_path, "events/CONSULT.yaml", event(UNIT, second))
    assert len(load(tmp_path).events["CONSULT"].units) >= 2


# --- faults of entries ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("events/X.yaml", "id: FEAST\nquad: 1\ndefinition: Eats.", "id: Input should be 'AGREE', "),
        ("events/CONSULT.yaml", "id: CONSULT\nquad: 1", "definition: is missing"),
        (
            "events/CONSULT.yaml",
            event(UNIT, more="roles: {verbs: {actor: [subj]}}\n"),
            "roles.verbs: no part",
        ),
        ("modes/X.yaml", "id: aerial\ndefinition: Planes.", "id: String should match pattern"),
        ("modes/X.yaml", "id: FEAST.big\ndefinition: Eats.", "id: 'FEAST' is no event type of this codebook"),
        (
            "modes/X.yaml",
            "id: AID.food\ndefinition: F.\nunits:\n  - {verb: [feed], mode: x, roles: {actor: [subj]}}",
            "units.0.mode: is 'x' in the entry of AID.food; leave it out",
        ),
        (
            "ties/X.yaml",
            "id: command\ndefinition: C.\nunits:\n  - {verb: [own], roles: {actor: [subj]}}",
            "uni",
        ),
        ("contexts/X.yaml", "id: sport\ndefinition: Games.", "no word; give phrases or nouns"),
        ("contexts/X.yaml", "id: sport\ndefinition: G.\nphrases: ['']", "phrases: an empty word"),
        (
            "contexts/X.yaml",
            "id: sport\ndefinition: G.\nphrases: [a]\nnouns: [a]",
            "nouns: 'a' stands under ph",
        ),
        (
            "contexts/X.yaml",
            "id: sport\nextends: true\nphrases: [golf]",
            "extends: there is no entry 'sport'",
        ),
        ("cues/X.yaml", "- just words", "expected a mapping with an id, found str"),
        ("cues/X.yaml", "id: [", "not valid YAML"),
        ("cues/X.yaml", "id: a\nid: b", "not valid YAML: 'id' stands twice"),
        ("cues/X.txt", "words", "not a YAML file"),
    ],
)
def test_a_fault_of_an_entry_is_told_with_its_file(tmp_path: Path, name: str, text: str, fault: str) -> None:
    write(tmp_path, name, text)
    first = faults(tmp_path)[0]
    assert first.startswith(name) and f": {fault}" in first


def test_an_id_that_stands_twice_names_both_files(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(tmp_path, f"contexts/{name}.yaml", "id: sport\ndefinition: Games.\nphrases: [football]")
    assert faults(tmp_path) == [
        f"contexts/two.yaml: id 'sport' appears twice in contexts/, first in {tmp_path}/contexts/one.yaml"
    ]


def test_a_folder_of_an_unknown_name_and_a_missing_one_are_faults(tmp_path: Path) -> None:
    (tmp_path / "verbs").mkdir()
    assert faults(tmp_path)[0].startswith("verbs: unknown entry in a codebook; known folders are events, ")
    with pytest.raises(CodebookError, match="no such directory"):
        load(tmp_path / "nowhere")


def test_a_file_in_another_encoding_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "cues").mkdir()
    (tmp_path / "cues/a.yaml").write_bytes(b"id: caf\xe9")
    assert faults(tmp_path)[0].startswith("cues/a.yaml: cannot be read: ")


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    write(
        tmp_path, "events/CONSULT.yaml", event("{verb: [Zap], symetric: true, roles: {agent: [subj]}}", "{}")
    )
    write(tmp_path, "contexts/sport.yaml", "id: sport\ndefinition: Games.")
    write(tmp_path, "cues/x.yaml", "id: [")
    found = faults(tmp_path)
    assert len(found) == 6
    assert {fault.partition(":")[0] for fault in found} == {
        "events/CONSULT.yaml",
        "contexts/sport.yaml",
        "cues/x.yaml",
    }


# --- what a user's folder does ----------------------------------------------------------------------


def test_an_entry_of_the_user_replaces_the_shipped_one_whole(tmp_path: Path) -> None:
    write(tmp_path, "events/CONSULT.yaml", event(UNIT))
    book = load(tmp_path)
    own = [unit for unit in book.events["CONSULT"].units if unit.mode is None]
    assert [unit.verb for unit in own] == [("zap",)]
    assert book.events["AGREE"] == load().events["AGREE"]
    assert book.added == {("events", "CONSULT")} and not load().added
    assert book.version != load().version


def test_an_entry_that_extends_is_laid_over_the_shipped_one(tmp_path: Path) -> None:
    text = f"id: CONSULT\nextends: true\ncautions: [Mind the gap.]\nunits:\n  - {UNIT}\n"
    write(tmp_path, "events/CONSULT.yaml", text)
    mine, shipped = load(tmp_path).events["CONSULT"], load().events["CONSULT"]
    assert mine.units[0].verb == ("zap",) and mine.units[1:] == shipped.units
    assert mine.cautions == ("Mind the gap.", *shipped.cautions)
    assert mine.definition == shipped.definition


def test_a_unit_of_an_extension_may_go_before_a_shipped_one(tmp_path: Path) -> None:
    meet = "{verb: [meet], roles: {actor: [subj], recipient: [obj]}, score: 0.9}"
    write(tmp_path, "events/CONSULT.yaml", f"id: CONSULT\nextends: true\nunits:\n  - {meet}\n")
    assert load(tmp_path).events["CONSULT"].units[0].score == 0.9


def test_a_mode_brings_its_units_to_its_type(tmp_path: Path) -> None:
    write(tmp_path, "modes/AID-food.yaml", f"id: AID.food\ndefinition: Feeds.\nunits:\n  - {UNIT}\n")
    unit = load(tmp_path).events["AID"].units[-1]
    assert (unit.verb, unit.mode) == (("zap",), "food")


def test_a_unit_of_a_mode_without_roles_takes_those_of_its_entry_else_of_its_type(tmp_path: Path) -> None:
    unit = "units:\n  - {verb: [zap]}\n"
    write(tmp_path, "modes/AID-food.yaml", f"id: AID.food\ndefinition: Feeds.\n{unit}")
    assert load(tmp_path).events["AID"].units[-1].roles == {}
    own = "roles: {verb: {actor: [obj]}}\n"
    write(tmp_path, "modes/AID-food.yaml", f"id: AID.food\ndefinition: Feeds.\n{own}{unit}")
    assert load(tmp_path).events["AID"].units[-1].roles == {"actor": ("obj",)}
