"""Events in the columns of POLECAT and ICEWS: read by pandas as a researcher would, true to the case."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from export_case import Report, build_case
from hypothesis import given, settings
from hypothesis import strategies as st

from saydo.codebook import load
from saydo.export.accounts import Accounts, put_together
from saydo.export.acled import acled_event, inter
from saydo.export.codes import acled, cameo, countries, country, country_name, intensity
from saydo.export.csv_table import FORMULA_STARTS
from saydo.export.flat_table import FlatTable
from saydo.export.tables import FORMATS, write
from saydo.export.told_events import NOT_SO, POSSIBLE, TO_COME, Side, incidents, listed, told_events
from saydo.export.ucdp import prio_grid, sides
from saydo.export.words import QUAD
from saydo.model.case import CaseView, Incident
from saydo.model.records import Event

VIEW = build_case()
TABULAR = [name for name, exporter in FORMATS.items() if isinstance(exporter, FlatTable)]


def table(format: str, tmp_path: Path, view: CaseView = VIEW) -> pd.DataFrame:
    """As a user reads it, with the separator that the sidecar names."""
    path = tmp_path / f"out{FORMATS[format].extension}"
    _, beside = write(view, None, format, path).files
    described = json.loads(beside.read_text(encoding="utf-8"))
    return pd.read_csv(path, sep=described["dialect"]["delimiter"], dtype={"CAMEO Code": str})


@pytest.mark.parametrize(("format", "columns"), [("polecat", 40), ("icews", 20)])
def test_the_columns_are_those_of_the_data_set(format: str, columns: int, tmp_path: Path) -> None:
    frame = table(format, tmp_path)
    exporter = FORMATS[format]
    assert isinstance(exporter, FlatTable)
    assert list(frame.columns) == [field.name for field in exporter.fields]
    assert len(frame.columns) == columns and len(frame)


@pytest.mark.parametrize("format", TABULAR)
def test_pandas_reads_every_column_as_what_it_is_said_to_hold(format: str, tmp_path: Path) -> None:
    frame = table(format, tmp_path)
    exporter = FORMATS[format]
    assert isinstance(exporter, FlatTable)
    for field in exporter.fields:
        column = frame[field.name]
        if field.of is None:
            assert column.isna().all(), field.name
        elif field.datatype in ("integer", "number"):
            assert pd.api.types.is_numeric_dtype(column), field.name
            if field.datatype == "integer":
                assert (column.dropna() % 1 == 0).all(), field.name
        elif field.datatype == "date":
            assert pd.to_datetime(column.dropna(), format="%Y-%m-%d").notna().all(), field.name
        elif column.notna().any() and "COW" not in field.name:
            assert column.dropna().map(lambda cell: isinstance(cell, str)).all(), field.name


def test_an_event_keeps_who_whom_where_and_when(tmp_path: Path) -> None:
    frame = table("polecat", tmp_path).set_index("Event ID")
    shelled = frame.loc["breach:e0"]
    assert (shelled["Event Type"], shelled["Event Mode"]) == ("ASSAULT", "heavy-weapons")
    assert (shelled["Event Date"], shelled["Publication Date"]) == ("2019-05-09", "2019-05-10")
    assert (shelled["Actor Name"], shelled["Actor Country"]) == ("Reed Company", "KAZ")
    assert (shelled["Actor COW"], shelled["Primary Actor Sector"]) == (705, "REB")
    assert (shelled["City"], shelled["Country"], shelled["Latitude"]) == ("Atyrau", "KAZ", 47.1167)
    assert (shelled["Intensity"], shelled["Quad Code"]) == (-9.3, 4)
    assert "Port Workers" in shelled["Story Organizations"]
    assert pd.isna(shelled["Recipient Name"])


def test_a_time_of_more_than_a_day_is_no_event_date(tmp_path: Path) -> None:
    frame = table("polecat", tmp_path).set_index("Event ID")
    paid = frame.loc["court:e0"]
    assert pd.isna(paid["Event Date"]) and paid["Publication Date"] == "2019-06-21"
    dyads = table("icews", tmp_path).set_index("Event ID")
    assert pd.isna(dyads.loc["court:e0"]["Event Date"]), "2018 is no day"


def timeless() -> CaseView:
    report = Report(
        "r", "Guards hit Ann. Once, guards hit Bea.", title=None, publisher=None, date="2020-02-03"
    )
    guards = report.mention("Guards", None)
    report.event("ASSAULT", "hit Ann", None, actors=(guards,))
    report.event("ASSAULT", "hit Bea", None, actors=(guards,), realis="historical")
    return build_case([report])


def test_icews_dates_an_event_by_its_report_only_where_the_text_gives_no_time(tmp_path: Path) -> None:
    dates = table("icews", tmp_path, timeless()).set_index("Event ID")["Event Date"]
    assert dates["r:e0"] == "2020-02-03" and pd.isna(dates["r:e1"])
    assert table("polecat", tmp_path, timeless())["Event Date"].isna().all(), "it has both dates"


def test_icews_has_a_row_for_each_pair_and_the_codes_of_cameo(tmp_path: Path) -> None:
    frame = table("icews", tmp_path).set_index("Event ID")
    arrested = frame.loc["court:e1"]
    assert (arrested["Source Name"], arrested["Target Name"]) == ("River Police", "Samir Vale")
    assert (arrested["CAMEO Code"], arrested["Intensity"]) == ("173", -5.0)
    assert (arrested["Source Sectors"], arrested["Source Country"]) == ("Police", "Kazakhstan")
    assert arrested["Sentence Number"] == 2 and arrested["Country"] == "Kazakhstan"
    report = Report("r", "Ann and Bea met Cem and Dana.", title=None, publisher=None, date=None)
    names = [report.mention(name, None, "person") for name in ("Ann", "Bea", "Cem", "Dana")]
    report.event("CONSULT", "met", None, actors=tuple(names[:2]), recipients=tuple(names[2:]))
    pairs = table("icews", tmp_path, build_case([report]))
    assert list(zip(pairs["Source Name"], pairs["Target Name"], strict=True)) == [
        ("Ann", "Cem"), ("Ann", "Dana"), ("Bea", "Cem"), ("Bea", "Dana"),
    ]  # fmt: skip
    assert pairs["Event ID"].is_unique and pairs["CAMEO Code"].eq("040").all()


def test_somebody_described_but_not_known_is_no_name(tmp_path: Path) -> None:
    report = Report("r", "Gunmen beat a tailor.", title=None, publisher=None, date=None)
    tailor = report.mention("a tailor", None, "person")
    report.mentions[-1] = report.mentions[-1].model_copy(update={"named": False})
    report.event("ASSAULT", "beat", None, recipients=(tailor,))
    row = table("polecat", tmp_path, build_case([report])).iloc[0]
    assert pd.isna(row["Recipient Name"]) and row["Recipient Name Raw"] == "a tailor"


def unreal() -> CaseView:
    report = Report(
        "r", "They hit. They hid. They will go. They may stay.", title=None, publisher=None, date=None
    )
    report.event("ASSAULT", "hit")
    report.event("RETREAT", "hid", polarity="negative")
    report.event("RETREAT", "go", realis="future")
    report.event("RETREAT", "stay", realis="hypothetical")
    return build_case([report])


@pytest.mark.parametrize("format", ["polecat", "icews"])
def test_what_did_not_happen_is_left_out_and_counted(format: str, tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    written = write(unreal(), None, format, path)
    assert written.left == {NOT_SO: 1, TO_COME: 1, POSSIBLE: 1}
    assert len(path.read_text("utf-8").splitlines()) == 2
    described = json.loads(written.files[1].read_text("utf-8"))
    assert described["leftOut"] == [f"1: {reason}" for reason in sorted(written.left)]


@pytest.mark.parametrize("format", TABULAR)
def test_the_sidecar_names_the_columns_that_are_always_empty(format: str) -> None:
    exporter = FORMATS[format]
    assert isinstance(exporter, FlatTable)
    said = " ".join(exporter.limits("events"))
    for field in exporter.fields:
        assert field.about and (field.of is not None or field.name in said), field.name


@pytest.mark.parametrize("format", TABULAR)
def test_every_event_is_a_row_or_is_counted(format: str) -> None:
    left: Counter[str] = Counter()
    rows = "".join(map(str, FORMATS[format].chunks(VIEW, "events", left)))
    told = list(told_events(VIEW))
    assert len(told) == sum(len(record.events) for record in VIEW.records)
    if format == "polecat":
        assert rows.count("\n") - 1 + sum(left.values()) == len(told)


NASTY = st.text(st.sampled_from("\t\r\n\"';,=+-@ |\\﻿\u2028éЖ漢ab"), min_size=1, max_size=12).filter(str.strip)


@pytest.mark.parametrize("format", TABULAR)
@settings(max_examples=60, deadline=None)
@given(name=NASTY, other=NASTY)
def test_no_name_breaks_a_row_or_becomes_a_formula(format: str, name: str, other: str) -> None:
    """Tabs, quotes and line breaks stay inside their cell, and no cell starts a formula."""
    text = f"{name} shot {other} dead."
    report = Report("r", text, title=name, publisher=other, date="2020-01-01")
    report.sentences = [(0, len(text))]
    one = report.mention(name, "KAZ-GOV", "government")
    report.event("ASSAULT", " shot ", "2020-01-01", actors=(one,), killed=(1, 1, "dead"))
    view = build_case([report])
    actor = view.actors[0].actor.model_copy(update={"name": name, "id": "KAZ-GOV"})
    view = replace(view, actors=(view.actors[0]._replace(actor=actor),))
    exporter = FORMATS[format]
    assert isinstance(exporter, FlatTable)
    written = "".join(map(str, exporter.chunks(view, "events")))
    header, row = csv.reader(io.StringIO(written, newline=""), delimiter=exporter.delimiter)
    assert len(row) == len(header)
    for cell in row:
        number = cell.lstrip("-").replace(".", "", 1).isdigit()
        assert number or not cell.startswith(FORMULA_STARTS)
        assert "\n" not in cell and "\t" not in cell and "\r" not in cell


@pytest.mark.parametrize("format", TABULAR)
def test_the_same_case_gives_the_same_bytes(format: str) -> None:
    assert list(FORMATS[format].chunks(VIEW, "events")) == list(
        FORMATS[format].chunks(build_case(), "events")
    )


def test_a_list_in_a_cell_can_be_taken_apart_again() -> None:
    assert listed(["A;B", None, "C", "A;B", ""]) == "A,B;C"
    assert listed([]) is None


def event(type: str, mode: str | None) -> Event:
    return Event(id="e0", type=type, mode=mode, trigger=(0, 1), evidence=(0, 1), rule="x", score=1.0)  # type: ignore[arg-type]


def test_every_type_and_mode_has_its_code_and_score() -> None:
    book = load()
    for type in book.events:
        assert -10 <= intensity(event(type, None)) <= 10 and cameo(event(type, None)).code
        assert (intensity(event(type, None)) > 0) == (QUAD[type] < 3), "cooperation is above nothing"
    for mode in book.modes.values():
        code = cameo(event(mode.type, mode.mode))
        assert code.code.isdigit() and code.words, mode.id
        if code.scale is not None:
            assert (code.scale > 0) == (QUAD[mode.type] < 3), mode.id


def test_the_table_of_codes_names_every_mode_of_the_codebook() -> None:
    from saydo.export.codes import _table

    table = _table("plover.yaml")
    assert set(table["codes"]) == set(load().events) | set(load().modes)
    assert set(table["codes"].values()) == set(table["cameo"])


@pytest.mark.parametrize(
    ("iso3", "cow", "gw"),
    [("USA", 2, 2), ("DEU", 255, 260), ("YEM", 679, 678), ("SRB", 345, 340), ("KAZ", 705, 705),
     ("SSD", 626, 626), ("COD", 490, 490), ("TWN", 713, 713), ("PSE", None, None)],
)  # fmt: skip
def test_states_have_their_numbers_in_both_lists(iso3: str, cow: int | None, gw: int | None) -> None:
    found = country(iso3)
    assert found is not None and (found.cow, found.gw) == (cow, gw)


def test_no_number_stands_for_two_states_and_every_code_is_one_of_iso() -> None:
    import pycountry

    known = countries().values()
    for numbers in ([c.cow for c in known if c.cow], [c.gw for c in known if c.gw]):
        assert len(set(numbers)) == len(numbers)
    assert {c.iso3 for c in known} - {"XKX"} <= {c.alpha_3 for c in pycountry.countries}
    assert country_name("IGO") == "IGO" and country_name(None) is None and country_name("IRN") == "Iran"


# --- ACLED and UCDP: one row for an event, whoever tells of it ------------------------------------


def raid(id: str, killed: tuple[int, int | None] | None, **more: object) -> Report:
    """A report of one attack by a rebel group on the army."""
    text = "Delta Guard fighters shot soldiers at Aktau. Nothing else was said."
    report = Report(id, text, title=f"Raid, {id}", publisher="Caspian Wire", date="2019-06-05")
    guard = report.mention("Delta Guard", "delta-guard")
    army = report.mention("soldiers", "KAZ-GOV", "military")
    place = report.place("Aktau", "Aktau", 43.65, 51.1667, "KAZ")
    told = {"actors": (guard,), "recipients": (army,), "place": place, "mode": "firearms"}
    count = (*killed, "so many") if killed else None
    report.event("ASSAULT", "shot", "2019-06-04", killed=count, **{**told, **more})
    return report


def same(*reports: Report) -> CaseView:
    members = tuple((report.id, "e0") for report in reports)
    view = build_case(list(reports))
    return replace(view, incidents=(Incident("i0", "ASSAULT", members, "same"),))


@pytest.mark.parametrize(("format", "columns"), [("acled", 31), ("ucdp", 49)])
def test_accounts_of_one_event_are_one_row(format: str, columns: int, tmp_path: Path) -> None:
    view = same(raid("a", (3, 3)), raid("b", None), raid("c", (5, 8)))
    frame = table(format, tmp_path, view)
    assert frame.shape == (1, columns)
    assert len(table("polecat", tmp_path, view)) == 3, "one for each report"


def test_an_attack_between_armed_sides_in_the_columns_of_acled(tmp_path: Path) -> None:
    row = table("acled", tmp_path, same(raid("a", (3, 3)), raid("b", (5, 8)))).iloc[0]
    assert (row["event_date"], row["year"], row["time_precision"]) == ("2019-06-04", 2019, 1)
    assert (row["disorder_type"], row["event_type"]) == ("Political violence", "Battles")
    assert row["sub_event_type"] == "Armed clash" and pd.isna(row["civilian_targeting"])
    assert (row["actor1"], row["actor2"]) == ("Delta Guard", "Government of Kazakhstan")
    assert (row["inter1"], row["inter2"], row["interaction"]) == (2, 1, 12)
    assert (row["iso"], row["country"], row["region"]) == (398, "Kazakhstan", "Caucasus and Central Asia")
    assert (row["location"], row["geo_precision"], row["fatalities"]) == ("Aktau", 1, 3)
    assert row["tags"] == "saydo=a:e0; saydo=b:e0"
    assert row["notes"].count("Delta Guard fighters shot soldiers at Aktau.") == 2


def test_an_attack_between_armed_sides_in_the_columns_of_ucdp(tmp_path: Path) -> None:
    row = table("ucdp", tmp_path, same(raid("a", (3, 3)), raid("b", (5, 8)))).iloc[0]
    assert (row["type_of_violence"], row["side_a"]) == (1, "Government of Kazakhstan")
    assert (row["side_b"], row["dyad_name"]) == ("Delta Guard", "Government of Kazakhstan - Delta Guard")
    assert (row["gwnoa"], row["country_id"], row["region"]) == (705, 705, "Asia")
    assert pd.isna(row["gwnob"]) and pd.isna(row["best"]) and pd.isna(row["deaths_unknown"])
    assert (row["low"], row["high"], row["number_of_sources"]) == (3, 8, 2)
    assert (row["date_start"], row["date_end"], row["date_prec"]) == ("2019-06-04", "2019-06-04", 1)
    assert (row["where_prec"], row["geom_wkt"]) == (1, "POINT (51.1667 43.65)")
    assert row["source_headline"] == "Raid, a; Raid, b"


def test_reports_that_agree_give_the_best_number(tmp_path: Path) -> None:
    row = table("ucdp", tmp_path, same(raid("a", (3, 3)), raid("b", (3, 3)))).iloc[0]
    assert (row["best"], row["deaths_unknown"], row["low"], row["high"]) == (3, 3, 3, 3)
    open_above = table("ucdp", tmp_path, same(raid("a", (3, None)))).iloc[0]
    assert open_above["low"] == 3 and pd.isna(open_above["high"]) and pd.isna(open_above["best"])


def sides_of(
    actor: tuple[str, str | None], target: tuple[str, str | None], mode: str | None = None
) -> Accounts:
    """An attack of somebody of a kind and sector on another."""
    report = raid("a", (1, 1), mode=mode)
    told = next(iter(told_events(build_case([report]))))
    one, other = (
        Side(n, n, True, False, kind, "KAZ", sector)
        for n, (kind, sector) in zip("ab", (actor, target), strict=True)
    )
    return put_together((told._replace(actors=(one,), recipients=(other,)),))


REBELS, ARMY, TOWNSPEOPLE = ("armed group", "REB"), ("military", "MIL"), ("community", "CVL")


@pytest.mark.parametrize(
    ("actor", "target", "ucdp", "acled", "codes"),
    [
        (REBELS, ARMY, 1, "Battles", (2, 1)),
        (ARMY, REBELS, 1, "Battles", (1, 2)),
        (ARMY, ("military", "MIL"), 1, "Battles", (1, 1)),
        (REBELS, ("armed group", "UAF"), 2, "Battles", (2, None)),
        (REBELS, ("armed group", "PRM"), 2, "Battles", (2, 3)),
        (REBELS, TOWNSPEOPLE, 3, "Violence against civilians", (2, 7)),
        (ARMY, ("person", "JRN"), 3, "Violence against civilians", (1, 7)),
        (ARMY, ("person", "GOV"), 3, "Violence against civilians", (1, 7)),
        (REBELS, ("person", None), None, "", (2, None)),
    ],
)  # fmt: skip
def test_who_fights_whom_says_what_sort_of_violence_it_is(
    actor: tuple[str, str | None],
    target: tuple[str, str | None],
    ucdp: int | None,
    acled: str,
    codes: tuple[int | None, int | None],
) -> None:
    found = sides_of(actor, target)
    sort = acled_event(found)
    assert sort is not None and sort.event == acled
    assert sides(found)[0] == ucdp
    assert (inter(found, found.actors), inter(found, found.recipients)) == codes


def test_a_side_from_abroad_is_of_other_forces() -> None:
    found = sides_of(ARMY, REBELS)
    assert found.place is not None
    there = found._replace(place=found.place.model_copy(update={"country": "KGZ"}))
    assert inter(there, there.actors) == 8 and inter(found, found.actors) == 1


def test_what_a_data_set_does_not_record_is_counted(tmp_path: Path) -> None:
    for format in ("acled", "ucdp"):
        written = write(VIEW, None, format, tmp_path / "x.csv")
        rows = len((tmp_path / "x.csv").read_bytes().split(b"\r\n")) - 2
        members = sum(len(i.members) for i in VIEW.incidents) - len(VIEW.incidents)
        assert rows + sum(written.left.values()) >= len(list(told_events(VIEW))) - members
        assert written.left


def test_members_of_an_incident_that_were_cut_away_do_not_hold_up_the_others() -> None:
    one, other, third = raid("a", (1, 1)), raid("b", (1, 1)), raid("c", (1, 1))
    view = same(one, other)
    cut = replace(view, documents=(one.document(), third.document()), records=(one.record(), third.record()))
    groups = [tuple(t.document for t in group) for group in incidents(cut, told_events(cut))]
    assert groups == [("c",), ("a",)]


def test_acled_events_are_all_of_known_disorder_and_every_mode_is_one_of_the_codebook() -> None:
    book = load()
    assert set(acled()) <= set(book.events) | set(book.modes)
    assert {e.event for several in acled().values() for e in several} == {
        "Battles", "Explosions/Remote violence", "Violence against civilians", "Protests", "Riots",
        "Strategic developments",
    }  # fmt: skip


@given(lat=st.floats(-90, 90), lon=st.floats(-180, 180))
def test_every_point_has_a_cell_of_the_grid(lat: float, lon: float) -> None:
    assert 1 <= prio_grid(lat, lon) <= 259200


@pytest.mark.parametrize(
    ("lat", "lon", "cell"), [(-90, -180, 1), (-89.9, -179.4, 2), (-89.4, -180, 721), (89.9, 179.9, 259200)]
)
def test_cells_are_numbered_from_the_south_west(lat: float, lon: float, cell: int) -> None:
    assert prio_grid(lat, lon) == cell
