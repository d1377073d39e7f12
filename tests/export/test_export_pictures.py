"""The pictures: nothing outside, no label on another, time from left to right at any span."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import combinations, pairwise
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saydo.export.graph_layout import Box, layout
from saydo.export.graph_svg import DASHES, FAMILY, MOST, Node, TieLine, draw
from saydo.export.svg import element, shortened
from saydo.export.timeline_scale import scale
from saydo.export.timeline_svg import Item, Lane
from saydo.export.timeline_svg import draw as draw_timeline
from saydo.export.words import QUAD, STATEMENT, TIE, day, period
from saydo.model.records import EventType, StatementKind, TieType

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), min_size=1, max_size=30))
def test_nodes_lie_inside_the_picture_and_labels_do_not_overlap(pairs: list[tuple[int, int]]) -> None:
    graph = nx.Graph()
    graph.add_edges_from((f"n{a}", f"n{b}") for a, b in pairs if a != b)
    boxes = {node: Box(45, 12, 28) for node in graph}
    places = layout(graph, boxes, 1120, 500)
    for x, y in places.values():
        assert 45 <= x <= 1120 - 45 and 12 <= y <= 500 - 28
    for a, b in combinations(places.values(), 2):
        assert abs(a[0] - b[0]) >= 88 or abs(a[1] - b[1]) >= 38, (a, b)


def test_tied_nodes_lie_nearer_than_distant_ones() -> None:
    chain = nx.path_graph(["a", "b", "c", "d", "e", "f"])
    places = layout(chain, dict.fromkeys(chain, Box(20, 10, 20)), 1000, 400)

    def apart(a: str, b: str) -> float:
        return ((places[a][0] - places[b][0]) ** 2 + (places[a][1] - places[b][1]) ** 2) ** 0.5

    assert apart("a", "b") < apart("a", "c") < apart("a", "f")


def test_one_node_and_no_node_have_a_layout() -> None:
    assert layout(nx.Graph(), {}, 100, 100) == {}
    lone = nx.Graph()
    lone.add_node("a")
    ((x, y),) = layout(lone, {"a": Box(10, 10, 10)}, 100, 100).values()
    assert 10 <= x <= 90 and 10 <= y <= 90


def star(arms: int) -> tuple[list[TieLine], dict[str, Node]]:
    lines = [TieLine("command", "hub", f"arm{n}", "current", None, None, 1) for n in range(arms)]
    nodes = {f"arm{n}": Node(f"Arm {n}", "force") for n in range(arms)} | {"hub": Node("The hub", "state")}
    return lines, nodes


def test_only_the_best_connected_are_drawn_and_the_rest_counted() -> None:
    lines, nodes = star(60)
    lines += [TieLine("alliance", "arm0", f"arm{n}", "current", None, None, 1) for n in range(1, 30)]
    drawing = draw(lines, nodes)
    assert drawing is not None
    assert drawing.svg.count('class="label"') == MOST and drawing.left_out == 61 - MOST
    assert "The hub" in drawing.svg


def test_every_tie_type_has_its_own_look() -> None:
    looks = {(FAMILY[type], DASHES[type]) for type in TIE}
    assert len(looks) == len(TIE) == len(FAMILY) == len(DASHES)


def test_an_ended_tie_is_cut_and_an_undirected_one_has_no_tip() -> None:
    nodes = {"a": Node("A", "force"), "b": Node("B", "person")}
    ended = draw([TieLine("alliance", "a", "b", "ended", None, "2019-05-01", 2)], nodes)
    current = draw([TieLine("command", "a", "b", "current", None, None, 1)], nodes)
    assert ended and current
    assert 'class="cut"' in ended.svg and 'class="tip"' not in ended.svg
    assert "A is allied with B (alliance, ended, until 1 May 2019; 2 reports)" in ended.svg
    assert 'class="cut"' not in current.svg and 'class="tip"' in current.svg


def test_several_ties_of_two_actors_do_not_lie_on_each_other() -> None:
    nodes = {"a": Node("A", "force"), "b": Node("B", "person")}
    types: list[TieType] = ["command", "sponsorship", "contact", "rivalry"]
    lines = [
        TieLine(type, *ends, "current", None, None, 1) for type in types for ends in (("a", "b"), ("b", "a"))
    ]
    drawing = draw(lines, nodes)
    assert drawing is not None
    edges = drawing.svg.split('class="nodes"')[0]
    middles = re.findall(r"Q([\d.-]+ [\d.-]+) ", edges)
    assert len(set(middles)) == len(lines)


def test_a_tie_of_an_actor_to_itself_alone_makes_no_picture() -> None:
    assert draw([TieLine("contact", "a", "a", "current", None, None, 1)], {"a": Node("A", "force")}) is None
    assert draw([], {}) is None


@given(st.lists(DAYS, min_size=1, max_size=30))
def test_later_days_never_lie_further_left(days: list[date]) -> None:
    axis = scale(days, 100, 1000)
    ordered = sorted(days)
    assert all(axis.x(a) <= axis.x(b) for a, b in pairwise(ordered))
    assert all(100 <= axis.x(d) < axis.x_after(d) <= 1000 for d in ordered)


@given(st.lists(DAYS, min_size=1, max_size=30))
def test_ticks_are_few_ordered_and_on_the_axis(days: list[date]) -> None:
    ticks = scale(days, 100, 1000).ticks()
    assert 1 <= len(ticks) <= 12
    assert all(a.x < b.x for a, b in pairwise(ticks))
    assert all(100 <= tick.x <= 1000 for tick in ticks)


@pytest.mark.parametrize(
    ("days", "labels"),
    [
        (0, "1 May"),
        (10, "4 May"),
        (90, "13 May"),
        (400, "Jan 2020"),
        (365 * 8, "2021"),
        (365 * 60, "2050"),
    ],
)
def test_ticks_suit_the_span_from_days_to_decades(days: int, labels: str) -> None:
    first = date(2019, 5, 1)
    shown = [tick.label for tick in scale([first, first + timedelta(days)], 160, 1100).ticks()]
    assert labels in shown, shown


def test_a_lone_early_event_does_not_press_the_rest_together() -> None:
    recent = [date(2019, 5, day) for day in range(1, 29)]
    axis = scale([date(1979, 12, 24), *recent], 100, 1000)
    assert axis.broken_at is not None
    assert axis.x(recent[-1]) - axis.x(recent[0]) > 500
    assert (
        scale([date(1979, 12, 24), *[date(1980 + n, 1, 1) for n in range(30)]], 100, 1000).broken_at is None
    )


def test_marks_of_one_lane_do_not_cover_each_other() -> None:
    days = [date(2019, 5, 1) + timedelta(n // 4) for n in range(32)]
    items = [Item("ASSAULT", d, d + timedelta(n % 3), f"event {n}", n + 1) for n, d in enumerate(days)]
    svg = draw_timeline(items, [Lane("ASSAULT", "assault", "quad4")])
    assert svg is not None
    marks = [
        (float(r.get("x", 0)), float(r.get("y", 0)), float(r.get("width", 0)))
        for r in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}rect")
        if r.get("class") == "mark"
    ]
    assert len(marks) == len(items)
    for (x, y, width), (other, other_y, other_width) in combinations(marks, 2):
        assert y != other_y or x + width <= other or other + other_width <= x


def test_a_span_is_drawn_as_long_as_it_is() -> None:
    items = [
        Item("AID", date(2019, 1, 1), date(2019, 6, 30), "half a year"),
        Item("AID", date(2019, 7, 1), date(2019, 12, 31), "the other half"),
    ]
    svg = draw_timeline(items, [Lane("AID", "aid", "quad2")])
    widths = [float(w) for w in re.findall(r'width="([\d.]+)" height="8"', str(svg))]
    assert len(widths) == 2 and widths[0] == pytest.approx(widths[1], rel=0.03) and widths[0] > 400


def test_nothing_to_draw_is_no_picture() -> None:
    assert draw_timeline([], [Lane("AID", "aid", "quad2")]) is None


def test_every_type_has_words() -> None:
    for codes, table in ((EventType, QUAD), (TieType, TIE), (StatementKind, STATEMENT)):
        assert set(codes.__args__) == set(table)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2019-05-03", "2019-05-03", "3 May 2019"),
        ("2019-05-03", "2019-05-09", "3 – 9 May 2019"),
        ("2019-05-03", "2019-06-09", "3 May – 9 June 2019"),
        ("2018-12-30", "2019-01-02", "30 December 2018 – 2 January 2019"),
        ("2018-01-01", "2018-12-31", "2018"),
        ("2020-02-01", "2020-02-29", "February 2020"),
        ("2020-02-01", "2020-02-28", "1 – 28 February 2020"),
        ("2018-01-01", None, "since 1 January 2018"),
        (None, "2018-01-01", "until 1 January 2018"),
        (None, None, ""),
    ],
)
def test_periods_are_said_as_shortly_as_they_can_be(first: str | None, last: str | None, words: str) -> None:
    assert period(first, last) == words


def test_what_is_no_date_is_printed_as_it_is() -> None:
    assert day("spring") == "spring" and day(None) == ""


@given(st.text(max_size=80), st.integers(2, 40))
def test_shortened_text_fits_and_keeps_its_beginning(text: str, length: int) -> None:
    short = shortened(text, length)
    assert len(short) <= length
    assert " ".join(text.split()).startswith(short.removesuffix("…"))


def test_svg_escapes_text_and_attributes() -> None:
    made = element("text", '<b>&"', x=1.04, class_='a"b')
    assert made == '<text x="1" class="a&#34;b">&lt;b&gt;&amp;&#34;</text>'
    assert ElementTree.fromstring(made).text == '<b>&"'
