"""Ties over time as a network: networkx reads both formats, and the times of GEXF come back as they were."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from export_case import build_case
from export_spells import BELONGS, SPELLS, linked_case
from lxml import etree

from saydo.export.case_parts import LOOSE_TIES
from saydo.export.networks import EVENTS, NO_TIE
from saydo.export.tables import FORMATS, write
from saydo.model.case import Bound, CaseView

VIEW = linked_case()
READ = {"gexf": nx.read_gexf, "graphml": nx.read_graphml}


def written(format: str, view: CaseView = VIEW) -> bytes:
    return "".join(map(str, FORMATS[format].chunks(view, "case"))).encode()


def graph(format: str, view: CaseView = VIEW) -> Any:
    return READ[format](io.BytesIO(written(format, view)))


def edge(format: str, source: str, target: str, view: CaseView = VIEW) -> dict[str, Any]:
    found = graph(format, view)
    (data,) = (
        found.get_edge_data(source, target).values() if found.is_multigraph() else (found[source][target],)
    )
    return data


@pytest.mark.parametrize("format", list(READ))
def test_networkx_reads_actors_and_ties(format: str) -> None:
    found = graph(format)
    assert found.number_of_edges() == len(SPELLS)
    assert set(found.nodes) == {end for s in SPELLS for end in (s.from_actor, s.to_actor)}
    guard = found.nodes["delta-guard"]
    assert (guard["label"], guard["kind"], guard["country"], guard["sector"]) == (
        "Delta Guard", "armed group", "KAZ", "REB",
    )  # fmt: skip
    assert isinstance(guard["mentions"], int) and "wikidata" not in guard
    paid = edge(format, "salt-road-front", "delta-guard")
    assert (paid["type"], paid["label"], paid["weight"], paid["contradicted"]) == (
        "sponsorship",
        "supports",
        1,
        1,
    )
    assert paid["since_stated"] is True and paid["directed"] is True and paid["only_said"] is False
    assert edge(format, "heron-brigade", "river-police")["directed"] is False


@pytest.mark.parametrize(
    ("ends", "spells"),
    [
        (("salt-road-front", "delta-guard"), [("2018-01-01", "2018-12-31")]),
        (("samir-vale", "salt-road-front"), [("None", "2019-06-30")]),
        (("heron-brigade", "river-police"), [("2019-05-30", "None")]),
        (("ilya-marsh", "delta-guard"), [("2019-05-04", "None")]),
    ],
)
def test_spells_come_back_as_they_were(ends: tuple[str, str], spells: list[tuple[str, str]]) -> None:
    """An open side is absent from the file, which networkx reads as the word None; a year is all its days."""
    assert edge("gexf", *ends)["spells"] == spells
    known = [
        {name: day for name, day in zip(("start", "end"), s, strict=True) if day != "None"} for s in spells
    ]
    (held,) = (
        e
        for e in etree.fromstring(written("gexf")).iter("{*}edge")
        if (e.get("source"), e.get("target")) == ends
    )
    assert [dict(spell.attrib) for spell in held.iter("{*}spell")] == known


def test_a_tie_at_no_time_has_no_spell() -> None:
    timeless = replace(VIEW, spells=(BELONGS._replace(until=None),))
    assert "spells" not in edge("gexf", "samir-vale", "salt-road-front", timeless)
    assert "until" not in edge("graphml", "samir-vale", "salt-road-front", timeless)


def test_an_end_that_is_only_known_to_be_past_is_the_last_day_on_which_it_held() -> None:
    over = BELONGS._replace(
        since=Bound("2018-03", True, ()), last="2019-01-05", until=Bound("2019-06-01", False, ())
    )
    tie = edge("gexf", "samir-vale", "salt-road-front", replace(VIEW, spells=(over,)))
    assert tie["spells"] == [("2018-03-01", "2019-01-05")] and tie["until_stated"] is False


def test_several_ties_of_two_actors_are_kept_apart() -> None:
    both = (BELONGS, BELONGS._replace(type="allegiance", role=None))
    for format in READ:
        found = graph(format, replace(VIEW, spells=both))
        types = sorted(data["type"] for _, _, data in found.edges(data=True))
        assert types == ["affiliation", "allegiance"], format


def test_gexf_says_its_dates_are_dates() -> None:
    """Gephi reads no spells without it."""
    root = etree.fromstring(written("gexf"))
    assert root.tag == "{http://www.gexf.net/1.2draft}gexf" and root.get("version") == "1.2"
    (told,) = root.findall("{*}graph")
    assert (told.get("mode"), told.get("timeformat")) == ("dynamic", "date")
    declared = {(a.getparent().get("class"), a.get("id")) for a in root.iter("{*}attribute")}
    used = {
        ("node" if v.getparent().getparent().tag.endswith("node") else "edge", v.get("for"))
        for v in root.iter("{*}attvalue")
    }
    assert used <= declared


@pytest.mark.parametrize("format", list(READ))
def test_what_is_no_tie_over_time_is_counted(format: str, tmp_path: Path) -> None:
    left = write(VIEW, None, format, tmp_path / "x").left
    assert left[NO_TIE] == len(VIEW.actors) - 6
    assert left[LOOSE_TIES] == sum(len(record.ties) for record in VIEW.records) - 5
    assert left[EVENTS] == sum(len(record.events) for record in VIEW.records)
    assert "holds both ways" in (tmp_path / "x-notes.txt").read_text("utf-8")


@pytest.mark.parametrize("format", list(READ))
def test_no_name_breaks_the_xml(format: str) -> None:
    """Markup, quotes, line breaks, and characters that XML cannot hold."""
    name = '<a href="x">&amp;\x00\x0b\ud800 "q" \'s\'\n\t\uffff</a>'
    actors = tuple(
        found._replace(actor=found.actor.model_copy(update={"name": name})) for found in VIEW.actors
    )
    role = BELONGS._replace(role="]]>&<b>")
    found = graph(format, replace(VIEW, actors=actors, spells=(role,)))
    label = found.nodes["samir-vale"]["label"]
    assert label.startswith('<a href="x">&amp;') and label.endswith("</a>")
    assert [data["role"] for _, _, data in found.edges(data=True)] == ["]]>&<b>"]


@pytest.mark.parametrize("format", list(READ))
def test_the_same_case_gives_the_same_bytes_and_an_empty_one_is_valid(format: str) -> None:
    assert written(format) == written(format, linked_case())
    assert graph(format, build_case([])).number_of_nodes() == 0
