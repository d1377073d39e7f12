"""A whole case for Aleph and for threat-intelligence platforms, read by their own libraries."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import ftm_asking
import pytest
import stix2
from export_case import Report, build_case
from export_spells import linked_case
from hypothesis import given, settings
from hypothesis import strategies as st

from saydo.export.case_parts import LOOSE_TIES, STATEMENTS
from saydo.export.stix import NO_PAIR
from saydo.export.tables import FORMATS, write
from saydo.export.told_events import told_events, why_not
from saydo.model.case import CaseView

VIEW = linked_case()


def entities(view: CaseView = VIEW) -> list[dict[str, Any]]:
    return [json.loads(line) for line in "".join(map(str, FORMATS["ftm"].chunks(view, "case"))).splitlines()]


def of(schema: str, view: CaseView = VIEW) -> list[dict[str, Any]]:
    return [entity["properties"] for entity in entities(view) if entity["schema"] == schema]


def bundle(view: CaseView = VIEW) -> Any:
    text = "".join(map(str, FORMATS["stix"].chunks(view, "case")))
    return stix2.parse(text, allow_custom=False, version="2.1")


def objects(type: str, view: CaseView = VIEW) -> list[Any]:
    return [each for each in bundle(view).objects if each.type == type]


# --- FollowTheMoney ---------------------------------------------------------------------------------


def test_followthemoney_takes_every_value_as_it_is() -> None:
    """Loaded with cleaning, nothing is changed or thrown away: every value is valid where it stands."""
    told = entities()
    for entity, cleaned in zip(told, ftm_asking.cleaned(told), strict=True):
        written = {name: sorted(values) for name, values in entity["properties"].items()}
        assert {name: sorted(values) for name, values in cleaned.items()} == written, entity["schema"]


@settings(max_examples=150, deadline=None)
@given(name=st.text(min_size=1, max_size=12))
def test_followthemoney_takes_any_name_as_it_is(name: str) -> None:
    """Control characters, soft hyphens, letters that can be composed: they are written as they will be kept."""
    actors = tuple(
        found._replace(actor=found.actor.model_copy(update={"name": name})) for found in VIEW.actors
    )
    told = entities(replace(VIEW, actors=actors))
    for entity, cleaned in zip(told, ftm_asking.cleaned(told), strict=True):
        for prop, values in entity["properties"].items():
            assert sorted(cleaned.get(prop, [])) == sorted(values), prop


def test_without_its_environment_a_test_is_skipped_and_in_ci_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What asks followthemoney, that is; the reason names what is not there."""
    monkeypatch.setattr(ftm_asking, "PYTHON", tmp_path / "none")
    start = ftm_asking._library.__wrapped__
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="followthemoney is not installed"):
        start()
    monkeypatch.setenv("CI", "1")
    with pytest.raises(AssertionError, match="CI skips nothing: followthemoney"):
        start()


def test_every_reference_leads_to_an_entity_of_the_right_sort() -> None:
    told = entities()
    sorts = {entity["id"]: sort for entity, sort in zip(told, ftm_asking.sorts(told), strict=True)}
    assert len(sorts) == len(told), "ids are distinct"
    led = 0
    for entity in told:
        sort = sorts[entity["id"]]
        assert entity["schema"] in sort["is"]
        for name, values in entity["properties"].items():
            wanted = sort["properties"][name]
            assert wanted is not None, (entity["schema"], name)
            for target in values if wanted else ():
                assert wanted in sorts[target]["is"], (entity["schema"], name, target)
                led += 1
    assert led


def test_actors_have_the_schema_of_their_kind() -> None:
    schemata = {
        entity["properties"]["name"][0]: entity["schema"]
        for entity in entities()
        if "name" in entity["properties"] and entity["schema"] != "Mention"
    }
    assert schemata["Ilya Marsh"] == "Person"
    assert schemata["Government of Kazakhstan"] == schemata["River Police"] == "PublicBody"
    assert schemata["Delta Guard"] == "Organization"
    guard = next(p for p in of("Organization") if p["name"] == ["Delta Guard"])
    assert guard["country"] == ["kz"] and guard["sector"] == ["PLOVER REB"]


def test_an_event_says_in_words_who_did_what_to_whom() -> None:
    shelled = next(p for p in of("Event") if p["recordId"] == ["breach:e0"])
    assert "Who did it: Reed Company." in shelled["description"][0]
    assert (
        "Killed: 3." in shelled["description"][0] and "Asserted by: port staff." in shelled["description"][0]
    )
    assert shelled["date"] == ["2019-05-09"] and shelled["location"] == ["Atyrau"]
    paid = next(p for p in of("Event") if p["recordId"] == ["court:e0"])
    assert (paid["startDate"], paid["endDate"]) == (["2018-01-01"], ["2018-12-31"]) and "date" not in paid


def test_ties_are_edges_with_the_dates_that_reports_state() -> None:
    (leads,) = of("Directorship")
    assert "startDate" not in leads, "it follows from the date of a report only"
    assert leads["summary"][0].startswith("Ilya Marsh led Delta Guard by 2019-05-04")
    (belongs,) = of("Membership")
    assert (belongs["role"], belongs["endDate"]) == (["paymaster"], ["2019-06"])
    paid, fought = sorted(of("UnknownLink"), key=lambda p: p["role"], reverse=True)
    assert (paid["role"], paid["startDate"]) == (["supports"], ["2018"])
    assert "Against it: pledge:t3" in paid["description"][0]
    assert fought["role"] == ["fights (both ways)"]


def test_a_discrepancy_is_a_note_with_both_passages() -> None:
    notes = of("Note")
    assert len(notes) == len(VIEW.discrepancies)
    assert any("will not fire" in words for words in notes[0]["description"])
    assert len(notes[0]["proof"]) == 2 and notes[0]["entity"]


def test_a_report_names_its_actors_by_mentions() -> None:
    names = Counter(p["document"][0] for p in of("Mention"))
    assert sum(names.values()) == sum(
        len({m.actor for m in record.mentions if m.named and m.actor}) for record in VIEW.records
    )


# --- STIX -------------------------------------------------------------------------------------------


def test_stix2_parses_the_bundle_without_anything_custom() -> None:
    found = bundle()
    ids = [each.id for each in found.objects]
    assert len(set(ids)) == len(ids)
    for each in found.objects:
        for name, value in each.items():
            if name.endswith("_ref") or name.endswith("_refs"):
                assert set(value if isinstance(value, list) else [value]) <= set(ids), name


def test_armed_groups_are_threat_actors_beside_their_identity() -> None:
    armed = {each.name for each in objects("threat-actor")}
    assert {"Delta Guard", "Salt Road Front", "Reed Company", "Heron Brigade"} == armed
    classes = {each.name: each.identity_class for each in objects("identity")}
    assert (classes["Ilya Marsh"], classes["River Police"], classes["Delta Guard"]) == (
        "individual", "organization", "group",
    )  # fmt: skip
    assert {each.country for each in objects("location")} == {"KZ", "RU"}


def test_ties_and_events_are_relationships_with_their_times() -> None:
    relations = {each.relationship_type: each for each in objects("relationship")}
    paid = relations["sponsors"]
    assert (paid.start_time.date().isoformat(), paid.stop_time.date().isoformat()) == (
        "2018-01-01",
        "2019-01-01",
    )
    assert "start_time" not in relations["leads"] and "stop_time" not in relations["leads"]
    arrested = relations["event-coerce"]
    assert (arrested.stop_time - arrested.start_time).days == 1 and arrested.confidence == 80
    names = {each.id: each.name for each in objects("identity")}
    assert (names[arrested.source_ref], names[arrested.target_ref]) == ("River Police", "Samir Vale")


def test_a_discrepancy_is_a_note_and_a_verdict_an_opinion() -> None:
    notes = objects("note")
    assert len(notes) == len(VIEW.discrepancies)
    (opinion,) = objects("opinion")
    assert (opinion.opinion, opinion.explanation, opinion.authors) == ("agree", "both were filmed", ["Ada"])
    assert opinion.object_refs == [notes[0].id]


def test_a_report_stands_with_whom_it_names() -> None:
    reports = {each.name: each for each in objects("report")}
    assert len(reports) == len(VIEW.documents)
    told = reports["Shells fall on the grain port"]
    assert told.published.date().isoformat() == "2019-05-10" and len(told.object_refs) == 5


# --- both -------------------------------------------------------------------------------------------


def test_every_finding_is_held_or_counted(tmp_path: Path) -> None:
    unreal = sum(why_not(told.event) is not None for told in told_events(VIEW))
    for format in ("ftm", "stix"):
        left = write(VIEW, None, format, tmp_path / "x").left
        assert left[LOOSE_TIES] == sum(len(r.ties) for r in VIEW.records) - 5
        said = {(d.statement.document, d.statement.id) for d in VIEW.discrepancies}
        assert left[STATEMENTS] == sum(len(r.statements) for r in VIEW.records) - len(said)
        assert sum(left.values()) - left[LOOSE_TIES] - left[STATEMENTS] - left.get(NO_PAIR, 0) == unreal
        noted = (tmp_path / "x-notes.txt").read_text("utf-8")
        assert f"- {left[STATEMENTS]}: {STATEMENTS}" in noted


def test_the_same_case_gives_the_same_bytes_and_an_empty_one_is_valid() -> None:
    for format in ("ftm", "stix"):
        assert list(FORMATS[format].chunks(VIEW, "case")) == list(
            FORMATS[format].chunks(linked_case(), "case")
        )
    assert entities(build_case([])) == []
    assert [each.name for each in bundle(build_case([])).objects] == ["saydo"]


def test_hostile_names_stay_words() -> None:
    """Quotes, line breaks, markup and lone surrogates."""
    report = Report('r\n"1', "x hit y.", title='a "b"\n\ud800', publisher="<p>\t", date=None)
    report.event("ASSAULT", "hit", None, actors=(report.mention("x", "RUS", "government"),))
    view = build_case([report])
    name = 'O"Neill\r\n\u2028\ud800</script>'
    view = replace(view, actors=tuple(
        found._replace(actor=found.actor.model_copy(update={"name": name})) for found in view.actors
    ))  # fmt: skip
    assert any("</script>" in str(entity) for entity in entities(view))
    assert any("</script>" in each.name for each in objects("identity", view))
