"""A case written as another data set and compared with itself: what was written is found again."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from export_case import Report, build_case
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from saydo.desk.compare import coded_events, compare_case, write_comparison
from saydo.export.compared_chart import by_type, over_time
from saydo.export.compared_page import render
from saydo.export.compared_tables import TABLES, chunks
from saydo.export.tables import FORMATS, write
from saydo.model.case import CaseView, Incident
from saydo.model.compared import Comparison, Format, Limits, Line
from saydo.model.records import Event

VIEW = build_case()
BOTH: tuple[Format, ...] = ("acled", "ucdp", "polecat", "icews")


def beside_itself(format: Format, folder: Path, view: CaseView = VIEW) -> Comparison:
    path = folder / f"out{FORMATS[format].extension}"
    write(view, None, format, path)
    (found,) = compare_case(view, "delta", [path], None, Limits())
    assert found.format == format, "the file is known by its columns"
    return found


def report_of(id: str) -> str:
    return id.split("/")[0].split(":")[0]


@pytest.mark.parametrize("format", BOTH)
def test_a_case_beside_its_own_export_finds_every_event_again(format: Format, tmp_path: Path) -> None:
    found = beside_itself(format, tmp_path)
    assert found.matches and not found.only_theirs and not found.only_ours
    assert all(
        row.reason in ("event_date is empty", "Event Date is empty", "date_start is empty")
        for row in found.bad
    )
    if format != "ucdp":
        assert all(report_of(m.ours.id) == report_of(m.theirs.id) for m in found.matches)
    assert found.types is None or found.types.observed == 1


def long_case(days: list[int], places: list[int], kinds: list[str], together: bool) -> CaseView:
    """A case with a report for each of some events of a fictional valley."""
    towns = (("Arn", 40.1, 70.1), ("Beld", 41.3, 71.2), ("Corr", 42.2, 72.9), ("Dunn", 43.4, 74.0))
    reports = []
    for n, (day, at, kind) in enumerate(zip(days, places, kinds, strict=True)):
        name, lat, lon = towns[at]
        when = f"2019-{1 + day // 28:02d}-{1 + day % 28:02d}"
        r = Report(
            f"r{n}", f"The Delta Guard acted against the River Police in {name} on that day.",
            title=f"News {n}", publisher="Estuary Post", date=when,
        )  # fmt: skip
        guard, police = (
            r.mention("The Delta Guard", "delta-guard"),
            r.mention("the River Police", "river-police"),
        )
        r.place(name, name, lat, lon, "KAZ")
        type, _, mode = kind.partition(".")
        r.event(type, "acted", when, mode=mode or None, actors=(guard,), recipients=(police,), place=0,
                killed=(n, n, str(n)))  # fmt: skip
        reports.append(r)
    incidents = (Incident("i0", kinds[0].partition(".")[0], (("r0", "e0"), ("r1", "e0")), "same day"),)
    return replace(
        VIEW,
        documents=tuple(r.document() for r in reports),
        records=tuple(r.record() for r in reports),
        document_index={}, record_index={}, discrepancies=(), spells=(), commitments=(),
        incidents=incidents if together else (),
    )  # fmt: skip


KINDS = ("ASSAULT.firearms", "ASSAULT.aerial", "PROTEST.demo", "COERCE.arrest", "ASSAULT")


@given(
    st.lists(
        st.tuples(st.integers(0, 300), st.integers(0, 3), st.sampled_from(KINDS)),
        min_size=2,
        max_size=15,
        unique=True,
    )
)
@settings(max_examples=25)
@pytest.mark.parametrize("format", BOTH)
def test_any_case_of_dated_events_at_places_matches_its_own_export_wholly(
    format: Format, tmp_path_factory: pytest.TempPathFactory, events: list[tuple[int, int, str]]
) -> None:
    view = long_case(*map(list, zip(*events, strict=True)), together=False)  # type: ignore[arg-type]
    ours, _ = coded_events(view, format)
    found = beside_itself(format, tmp_path_factory.mktemp("own"), view)
    assert len(found.matches) == len(ours) and not found.bad
    assert not (found.only_ours or found.only_theirs or found.beside_ours or found.beside_theirs)
    for match in found.matches:
        assert match.score > 0.95 and match.evidence.days == 0 and (match.evidence.km or 0) < 0.1


@pytest.mark.parametrize("format", BOTH)
def test_reports_of_one_incident_count_once(format: Format, tmp_path: Path) -> None:
    days, places = [10, 10, 40], [0, 0, 1]
    view = long_case(days, places, ["ASSAULT.firearms"] * 3, together=True)
    found = beside_itself(format, tmp_path, view)
    assert len(found.matches) == 2 and not found.only_ours and not found.only_theirs
    assert sorted(len(m.ours.accounts) for m in found.matches) == [1, 2]


def test_only_what_happened_is_compared(tmp_path: Path) -> None:
    view = long_case([10, 40], [0, 1], ["ASSAULT.firearms"] * 2, together=False)
    path = tmp_path / "acled.csv"
    write(view, None, "acled", path)

    def changed(**change: object) -> CaseView:
        record = view.records[0]
        event: Event = record.events[0].model_copy(update=change)
        return replace(view, records=(record.model_copy(update={"events": (event,)}), view.records[1]))

    for change in ({"polarity": "negative"}, {"realis": "future"}, {"realis": "hypothetical"}):
        (found,) = compare_case(changed(**change), "delta", [path], None, Limits())
        assert len(found.matches) == 1 and sum(found.left_ours.values()) == 1


@pytest.fixture(scope="module")
def differing(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """An ACLED file with known differences: of seven events two are missing, one is called a battle that the
    case calls an air strike, one lies two days off, and there is one protest of which the case knows nothing."""
    days = [n * 20 for n in range(7)]
    view = long_case(days, [n % 4 for n in range(7)], ["ASSAULT.aerial"] * 7, together=False)
    path = tmp_path_factory.mktemp("differ") / "acled.csv"
    write(view, None, "acled", path)
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))[:5]
    rows[0] |= {"event_type": "Battles", "sub_event_type": "Armed clash"}
    year, month, day = rows[1]["event_date"].split("-")
    rows[1] |= {"event_date": f"{year}-{month}-{int(day) + 2:02d}", "fatalities": "99"}
    rows.append(
        rows[2] | {
            "event_id_cnty": "KAZ1", "event_date": "2019-03-03", "event_type": "Protests", "location": "Ert",
            "sub_event_type": "Peaceful protest", "actor1": "Protesters (Kazakhstan)", "actor2": "", "fatalities": "0",
            "notes": "<b>Hundreds</b> marched over water.",
        }
    )  # fmt: skip
    rows.append(rows[2] | {"event_id_cnty": "KAZ2", "event_date": ""})
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    # the two that are missing lie on days of the file still
    (found,) = compare_case(view, "delta", [path], None, Limits(days=3))
    return found


def test_known_differences_are_found(differing: Comparison) -> None:
    assert len(differing.matches) == 5
    assert [e.id for e in differing.only_theirs] == ["KAZ1"]
    # two of the case lie after the last day of the file and are no miss of ACLED's
    assert sum(differing.left_ours.values()) == 2 and not differing.only_ours
    assert [m.evidence.days for m in differing.matches] == [0, 2, 0, 0, 0]
    assert differing.types is not None and differing.types.pairs == 5
    assert differing.types.observed == pytest.approx(0.8)
    assert ("Explosions/Remote violence", "Battles", 1) in differing.confusion
    assert differing.specific_agreement == pytest.approx(10 / 11)
    assert [row.line for row in differing.bad] == [8]
    assert Line("Protests", 0, 0, 1) in differing.by_type


def test_matches_that_come_by_chance_are_counted_with_days_moved(tmp_path: Path) -> None:
    """The same raid every four weeks matches itself four weeks later; one of its kind does not."""
    every = long_case([n * 28 for n in range(6)], [0] * 6, ["ASSAULT.firearms"] * 6, together=False)
    once = long_case([10, 90], [0, 1], ["ASSAULT.firearms"] * 2, together=False)
    assert beside_itself("acled", tmp_path, every).chance == 5
    assert beside_itself("acled", tmp_path, once).chance == 0


def test_the_tables_hold_every_event_and_figure(differing: Comparison) -> None:
    tables = {name: list(csv.DictReader(io.StringIO("".join(chunks(name, differing))))) for name in TABLES}
    assert len(tables["matches"]) == 5 and len(tables["unmatched"]) == 1
    figures = {row["what"]: row["value"] for row in tables["summary"]}
    assert figures["matched"] == "5" and figures["only in the files"] == "1"
    assert figures["of these, numbers that overlap"] == "4", "99 dead here, 1 there"
    assert sum(int(row["only_files"]) for row in tables["by_week"]) == 1
    assert {row["matched"] for row in tables["limits"]} == {"4", "5"}


def test_the_pictures_are_svg_that_fetches_nothing(differing: Comparison) -> None:
    for picture in (over_time(differing), by_type(differing)):
        assert picture is not None
        tree = etree.fromstring(picture)
        assert tree.tag.endswith("svg") and len(list(tree.iter())) > 10
        assert not re.search(r"href|url\(|<script|@import", picture)


def test_many_weeks_become_months_or_years(differing: Comparison) -> None:
    weeks = tuple(Line(f"{1990 + n // 50}-{1 + n % 12:02d}-01", 1, 0, 0) for n in range(1000))
    picture = over_time(replace(differing, by_week=weeks))
    assert picture is not None and "by year" in picture and picture.count("<rect") < 100


def test_the_page_shows_each_event_with_its_sentence_and_runs_nothing(differing: Comparison) -> None:
    page = render(differing)
    for match in differing.matches:
        assert match.ours.accounts[0].words in page
    assert "&lt;b&gt;Hundreds&lt;/b&gt; marched over water." in page, "a row cannot bring markup in"
    assert "Neither is the truth" in page and "<script" not in page
    assert not re.findall(r'(?:src|href)="(?!#)', page), "nothing is fetched"
    assert "deaths differ: 1 killed here, 99 killed there" in page


def test_what_is_written_is_there_whole(differing: Comparison, tmp_path: Path) -> None:
    files = write_comparison(differing, tmp_path / "new" / "folder")
    assert {path.name for path in files} == {path.name for path in (tmp_path / "new/folder").iterdir()}
    assert files[0].name == "index.html" and {"by_week.svg", "matches.csv"} <= {path.name for path in files}
