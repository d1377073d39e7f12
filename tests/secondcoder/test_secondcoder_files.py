"""Files as ACLED, UCDP, POLECAT and ICEWS publish them are known by their columns, and no row is lost in silence."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saydo.desk.compare import known
from saydo.model.compared import BadRow, CodedEvent
from saydo.model.errors import InputError
from saydo.secondcoder.cells import Unreadable, day
from saydo.secondcoder.files import UCDP_COLUMNS, recognise, rows
from saydo.secondcoder.formats import cameo_types
from saydo.secondcoder.load import SAME_EVENT, Window, load

KNOWN = known()
ACLED = {
    "event_id_cnty": "MLI77", "event_date": "09 May 2019", "year": "2019", "time_precision": "1",
    "disorder_type": "Political violence", "event_type": "Battles", "sub_event_type": "Armed clash",
    "actor1": "Military Forces of Mali (2013-2020)", "assoc_actor_1": "", "inter1": "State forces",
    "actor2": "Dune League: Brigade of the Wells", "assoc_actor_2": "", "inter2": "Rebel group",
    "interaction": "State forces-Rebel group", "iso": "466", "region": "Western Africa", "country": "Mali",
    "admin1": "Gao", "admin2": "Ansongo", "admin3": "", "location": "Ansongo", "latitude": "15.66",
    "longitude": "0.50", "geo_precision": "1", "source": "Gao Daily", "notes": "A patrol was fired at.",
    "fatalities": "4", "timestamp": "1557500000",
}  # fmt: skip
OLD_ACLED = {
    "GWNO": "432", "EVENT_ID_CNTY": "77MLI", "EVENT_DATE": "18/04/2001", "TIME_PRECISION": "2",
    "EVENT_TYPE": "Battle-No change of territory", "ACTOR1": "Military Forces of Mali", "ALLY_ACTOR_1": "",
    "INTER1": "1", "ACTOR2": "Unidentified Armed Group (Mali)", "ALLY_ACTOR_2": "Herders", "INTER2": "3",
    "COUNTRY": "Mali", "LOCATION": "Kidal", "LATITUDE": "18.44", "LONGITUDE": "1.41", "GEO_PRECISION": "1",
    "SOURCE": "Desert Post", "NOTES": "A post was overrun", "FATALITIES": "0",
}  # fmt: skip
UCDP = dict.fromkeys(UCDP_COLUMNS, "") | {
    "id": "412345", "relid": "MLI-2019-1-1", "type_of_violence": "1", "side_a": "Government of Mali",
    "side_b": "Dune League", "where_prec": "1", "where_coordinates": "Ansongo town", "latitude": "15.66",
    "longitude": "0.50", "country": "Mali", "country_id": "432", "date_prec": "1",
    "date_start": "2019-05-09 00:00:00.000", "date_end": "2019-05-10 00:00:00.000", "best": "4", "low": "3",
    "high": "6",
}  # fmt: skip
POLECAT = {
    "Event ID": "p1", "Event Date": "2019-05-09", "Event Type": "ASSAULT", "Event Mode": "firearms",
    "Event Intensity": "-9.3", "Quad Code": "MATERIAL CONFLICT", "Contexts": "military", "Actor Name": "Dune League",
    "Actor Country": "MLI", "Primary Actor Sector": "REB", "Actor Sectors": "REB", "Recipient Name": "None",
    "Recipient Country": "MLI", "Primary Recipient Sector": "MIL", "Recipient Sectors": "MIL", "Placename": "Ansongo",
    "City": "Ansongo", "Province": "Gao", "Country": "MLI", "Latitude": "15.66", "Longitude": "0.50",
    "Source": "wire", "Publication Date": "2019-05-10",
}  # fmt: skip
ICEWS = {
    "Event ID": "20718170", "Event Date": "2019-05-09", "Source Name": "Military (Mali)",
    "Source Sectors": "Military,Government", "Source Country": "Mali", "Event Text": "fight with small arms",
    "CAMEO Code": "193", "Intensity": "-10.0", "Target Name": "Armed Rebel (Mali)", "Target Sectors": "Rebel",
    "Target Country": "Mali", "Story ID": "1", "Sentence Number": "2", "Publisher": "wire", "City": "Ansongo",
    "District": "", "Province": "Gao", "Country": "Mali", "Latitude": "15.66", "Longitude": "0.50",
}  # fmt: skip
EVERY = {"acled": ACLED, "ucdp": UCDP, "polecat": POLECAT, "icews": ICEWS}


def text(*cells: dict[str, str], delimiter: str = ",", head: bool = True) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(cells[0]), delimiter=delimiter)
    if head:
        writer.writeheader()
    writer.writerows(cells)
    return out.getvalue()


def delimiter_of(format: str) -> str:
    return "\t" if format in ("polecat", "icews") else ","


def written(folder: Path, *cells: dict[str, str], delimiter: str = ",") -> Path:
    path = folder / "events.csv"
    path.write_text(text(*cells, delimiter=delimiter), encoding="utf-8")
    return path


def read(path: Path) -> tuple[list[CodedEvent], list[BadRow]]:
    loaded = load([recognise(path)], KNOWN, None)
    return loaded.events, loaded.bad


@pytest.mark.parametrize("format", EVERY)
def test_a_row_of_each_data_set_is_the_same_fight(format: str, tmp_path: Path) -> None:
    path = written(tmp_path, EVERY[format], delimiter=delimiter_of(format))
    assert recognise(path).format == format
    (event,), bad = read(path)
    assert not bad
    assert event.first == date(2019, 5, 9) and event.country == "MLI" and event.fineness == "town"
    assert {kind.partition(".")[0] for kind in event.types} == {"ASSAULT"}
    assert event.accounts[0].where == "events.csv:2", "the row can be found again"
    assert any(party.country == "MLI" for party in event.parties)


def test_the_columns_of_older_releases_of_acled_are_read(tmp_path: Path) -> None:
    (event,), bad = read(written(tmp_path, OLD_ACLED))
    assert not bad and event.country == "MLI" and event.coarse == "Battles", "today's name of the type"
    assert (event.first, event.last) == (date(2001, 4, 15), date(2001, 4, 21)), "precision 2: within a week"
    assert "Herders" in [party.name for party in event.parties]


def test_a_candidate_file_of_ucdp_without_a_head_line_is_read(tmp_path: Path) -> None:
    path = tmp_path / "GEDEvent_v25_0_12.csv"
    path.write_text(text(UCDP, head=False), encoding="utf-8")
    (event,), bad = read(path)
    assert not bad and event.id == "412345" and (event.low, event.high) == (3, 6)


def test_a_polecat_row_says_nothing_where_it_has_a_word_for_nothing(tmp_path: Path) -> None:
    (event,), _ = read(written(tmp_path, POLECAT, delimiter="\t"))
    acting, suffering = event.parties
    assert acting.name == "Dune League" and acting.role == "rebels"
    assert suffering.name == "" and suffering.country == "MLI" and suffering.role == "state"


@pytest.mark.parametrize(
    ("code", "first"),
    [("193", "ASSAULT.firearms"), ("040", "CONSULT"), ("40", "CONSULT"), ("0311", "AGREE"), ("311", "AGREE"),
     ("112", "ACCUSE.allege"), ("191", "COERCE.restrict"), ("1411", "PROTEST.demo")],
)  # fmt: skip
def test_cameo_codes_are_read_with_and_without_the_0_that_programs_take_away(
    code: str, first: str, tmp_path: Path
) -> None:
    (event,), bad = read(written(tmp_path, ICEWS | {"CAMEO Code": code}, delimiter="\t"))
    assert not bad and event.types[0] == first


def test_every_code_that_saydo_writes_is_read_back_as_what_it_was() -> None:
    for code, kinds in KNOWN.cameo.items():
        assert cameo_types(code, KNOWN) == kinds


def test_statements_of_cameo_are_no_events_and_are_counted(tmp_path: Path) -> None:
    loaded = load([recognise(written(tmp_path, ICEWS | {"CAMEO Code": "010"}, delimiter="\t"))], KNOWN, None)
    assert not loaded.events and sum(loaded.left.values()) == 1


@pytest.mark.parametrize(
    ("format", "change", "reason"),
    [
        ("acled", {"event_date": "soon"}, "event_date 'soon' is no date"),
        ("acled", {"event_date": "31 February 2019"}, "is no day of the calendar"),
        ("acled", {"latitude": "155"}, "is no point of the globe"),
        ("acled", {"event_type": "Parades", "sub_event_type": ""}, "is none of ACLED's"),
        ("acled", {"fatalities": "several"}, "is no number"),
        ("ucdp", {"type_of_violence": "9"}, "is none of UCDP's"),
        ("ucdp", {"date_end": "2019-05-01"}, "is before date_start"),
        ("ucdp", {"date_start": "5/6/2019"}, "may be two days"),
        ("polecat", {"Event Type": "DANCE"}, "is none of PLOVER's"),
        ("icews", {"CAMEO Code": "99999"}, "is none of CAMEO's"),
        ("icews", {"Event Date": ""}, "Event Date is empty"),
    ],
)
def test_a_bad_row_is_told_with_line_and_reason_and_stops_nothing(
    format: str, change: dict[str, str], reason: str, tmp_path: Path
) -> None:
    good = EVERY[format]
    events, bad = read(written(tmp_path, good, good | change, good, delimiter=delimiter_of(format)))
    assert len(events) == 1, "the two good rows are one event"
    assert [(row.file, row.line) for row in bad] == [("events.csv", 3)]
    assert reason in bad[0].reason


def test_a_row_that_was_cut_off_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, ACLED)
    path.write_text(path.read_text(encoding="utf-8") + "MLI78,10 May 2019\r\n", encoding="utf-8")
    loaded = load([recognise(path)], KNOWN, None)
    assert len(loaded.events) == 1 and loaded.rows == 2
    assert loaded.bad == [BadRow("events.csv", 3, f"has 2 cells, the head line has {len(ACLED)}")]


def test_a_quotation_mark_that_is_never_closed_is_told_with_the_lines_it_swallowed(tmp_path: Path) -> None:
    path = written(tmp_path, ACLED)
    lines = path.read_text(encoding="utf-8")
    row = lines.splitlines()[1]
    path.write_text(lines + 'MLI79,"9 May 2019,' + "\n".join([row] * 30), encoding="utf-8")
    events, bad = read(path)
    assert len(events) == 1 and len(bad) == 1
    assert bad[0].line == 3 and "quotation mark seems open down to line" in bad[0].reason


@pytest.mark.parametrize("content", [b"\x1f\x8b\x08\x00broken", b"PK\x03\x04broken"])
def test_a_broken_archive_is_an_error_in_one_line(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "acled.zip"
    path.write_bytes(content)
    with pytest.raises(InputError, match="could not read"):
        recognise(path)


def test_a_stray_quotation_mark_in_a_tab_file_swallows_no_row(tmp_path: Path) -> None:
    path = tmp_path / "ngec.txt"
    head, *_ = text(POLECAT, delimiter="\t").splitlines()
    one, two = (
        "\t".join((POLECAT | change).values())
        for change in ({"Actor Name": '"Dune'}, {"Event Mode": "aerial"})
    )
    path.write_text("\n".join((head, one, two, "")), encoding="utf-8")
    events, bad = read(path)
    assert len(events) == 2 and not bad


def test_notes_with_line_breaks_keep_the_line_of_the_row(tmp_path: Path) -> None:
    broken = ACLED | {"event_id_cnty": "MLI80", "notes": "one\ntwo\nthree"}
    events, _ = read(written(tmp_path, broken, ACLED))
    assert [event.accounts[0].where for event in events] == ["events.csv:2", "events.csv:5"]


@pytest.mark.parametrize("how", ["gz", "zip", "cp1252", "bom", "semicolon"])
def test_packed_files_and_other_encodings_and_delimiters_are_read(how: str, tmp_path: Path) -> None:
    row = ACLED | {"location": "Ménaka", "notes": "L’armée “a tiré”"}
    content = text(row, delimiter=";" if how == "semicolon" else ",").encode(
        {"cp1252": "cp1252", "bom": "utf-8-sig"}.get(how, "utf-8")
    )
    path = tmp_path / "acled"
    if how == "gz":
        content = gzip.compress(content)
    if how == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("a.csv", content)
            archive.writestr("readme.pdf", b"")
    else:
        path.write_bytes(content)
    (event,), bad = read(path)
    assert not bad and event.place == "Ménaka" and "“a tiré”" in event.accounts[0].words


def test_a_line_of_hxl_tags_is_no_row(tmp_path: Path) -> None:
    tags = {name: f"#{name}" for name in ACLED}
    events, bad = read(written(tmp_path, tags, ACLED))
    assert len(events) == 1 and not bad


def test_rows_of_one_actor_each_are_one_event(tmp_path: Path) -> None:
    """ACLED gives its data also with a row for each actor."""
    other = ACLED | {"actor1": ACLED["actor2"], "actor2": "", "inter1": ACLED["inter2"], "inter2": ""}
    loaded = load([recognise(written(tmp_path, ACLED, other))], KNOWN, None)
    assert len(loaded.events) == 1 and loaded.left[SAME_EVENT] == 1


@pytest.mark.parametrize(
    ("name", "state"),
    [("DR Congo (Zaire)", "COD"), ("Yemen (North Yemen)", "YEM"), ("Russia (Soviet Union)", "RUS"),
     ("Bosnia-Herzegovina", "BIH"), ("Macedonia, FYR", "MKD"), ("Kingdom of eSwatini (Swaziland)", "SWZ"),
     ("Occupied Palestinian Territory", "PSE"), ("Côte d’Ivoire", "CIV"), ("Russian Federation", "RUS"),
     ("Niger", "NER"), ("Government of Niger", None), ("", None)],
)  # fmt: skip
def test_states_are_known_by_the_names_that_data_sets_give_them(name: str, state: str | None) -> None:
    assert KNOWN.country(name) == state


def test_what_lies_outside_of_the_case_is_counted_and_not_kept(tmp_path: Path) -> None:
    window = Window(date(2019, 5, 1), date(2019, 5, 31), frozenset(["MLI"]))
    far, late = ACLED | {"event_id_cnty": "a", "iso": "562", "country": "Niger"}, ACLED | {
        "event_id_cnty": "b", "event_date": "2020-05-09",
    }  # fmt: skip
    loaded = load([recognise(written(tmp_path, ACLED, far, late))], KNOWN, window)
    assert len(loaded.events) == 1 and sum(loaded.left.values()) == 2
    assert loaded.countries == {"MLI", "NER"} and loaded.last == date(2020, 5, 9)


def test_events_that_a_data_set_counts_to_a_neighbour_are_not_outside(tmp_path: Path) -> None:
    window = Window(date(2019, 5, 1), date(2019, 5, 31), frozenset(["PSE"]))
    gaza = UCDP | {"country": "Israel", "country_id": "666"}
    assert len(load([recognise(written(tmp_path, gaza))], KNOWN, window).events) == 1


@pytest.mark.parametrize(
    ("head", "reason"),
    [("a,b,c", "is no file of"), ("week,country,events,fatalities", "counts by week"), ("", "is empty")],
)
def test_a_file_that_is_none_of_them_is_refused_with_what_it_lacks(
    head: str, reason: str, tmp_path: Path
) -> None:
    path = tmp_path / "other.csv"
    path.write_text(head + "\n" if head else "", encoding="utf-8")
    with pytest.raises(InputError, match=reason):
        recognise(path)


def test_a_format_that_was_named_must_be_that_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="it is one of ACLED"):
        recognise(written(tmp_path, ACLED), "ucdp")
    with pytest.raises(InputError, match="choose one of acled"):
        recognise(written(tmp_path, ACLED), "gdelt")


@given(st.dates(date(1989, 1, 1), date(2030, 1, 1)))
def test_a_day_is_read_in_every_form_in_which_it_is_published(when: date) -> None:
    month = when.strftime("%B")
    for cell in (
        when.isoformat(), f"{when} 00:00:00.000", f"{when}T00:00:00", f"{when.day} {month} {when.year}",
        f"{when.day:02d}-{month}-{when.year}", f"{when:%d-%b}-{when.year}", f"{when:%d/%m/%Y}",
    ):  # fmt: skip
        assert day(cell, "x") == when
    if when.year < 2089:
        assert day(f"{when:%d-%b-%y}", "x") == when


@given(st.text(max_size=20))
def test_no_cell_breaks_the_reading_of_days(cell: str) -> None:
    try:
        assert isinstance(day(cell, "x"), date)
    except Unreadable as error:
        assert str(error)


@given(st.binary(max_size=300))
def test_no_file_breaks_the_load(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "acled.csv"
    path.write_bytes(text(ACLED).encode() + content)
    bad: list[BadRow] = []
    source = recognise(path)
    assert source.format == "acled"
    found = list(rows(source, bad))
    assert found or bad
