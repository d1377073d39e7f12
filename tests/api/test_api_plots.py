"""Pictures of a case: they draw what is there, say what they leave out, and give their axes back."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from matplotlib import colors, pyplot
from matplotlib.axes import Axes

import saydo
from saydo.api import plots_map
from saydo.api.plots_look import SERIES


@pytest.fixture
def ax() -> Axes:
    _, ax = pyplot.subplots()
    yield ax
    pyplot.close("all")


def words(ax: Axes) -> str:
    legend = ax.get_legend()
    told = [text.get_text() for text in (*ax.texts, *(legend.get_texts() if legend else ()))]
    return " ".join([ax.get_title(loc="left"), ax.get_xlabel(), ax.get_ylabel(), *told])


def test_events_a_week_by_type(case: saydo.Case, ax: Axes) -> None:
    """The two accounts of one assault count once; the vow not to do it is no event."""
    assert case.plot.events(ax=ax) is ax
    heights = [bar.get_height() for bar in ax.patches]
    assert sum(heights) == 1
    assert "Events a week by type" in words(ax) and "assault (1)" in words(ax)
    assert ax.get_ylabel() == "events" and "first day of the week" in ax.get_xlabel()


@pytest.mark.parametrize("every", ["day", "week", "month"])
def test_the_bars_may_be_days_weeks_or_months(case: saydo.Case, ax: Axes, every: str) -> None:
    assert sum(bar.get_height() for bar in case.plot.events(every=every, ax=ax).patches) == 1
    with pytest.raises(saydo.InputError, match="choose 'day', 'week' or 'month'"):
        case.plot.events(every="year", ax=ax)


def test_words_and_deeds_are_joined_and_numbered(case: saydo.Case, ax: Axes) -> None:
    assert case.plot.say_do("Séléka", ax=ax) is ax
    told = words(ax)
    assert "Séléka: words and deeds" in told and "pledge" in told and "heavy-weapons" in told and "1" in told
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["said", "done"]
    with pytest.raises(saydo.InputError):
        case.plot.say_do("Nobody at all", ax=ax)


def test_the_strongest_discrepancies_are_listed_beneath_a_picture_of_its_own(case: saydo.Case) -> None:
    assert "1  commitment, " in case.plot.say_do("Séléka").get_xlabel()
    pyplot.close("all")


def test_places_are_discs_on_outlines(case: saydo.Case, ax: Axes) -> None:
    assert case.plot.map(ax=ax) is ax
    assert "Where 1 event happened" in words(ax) and "Bossangoa" in words(ax)
    west, east = ax.get_xlim()
    south, north = ax.get_ylim()
    assert west < 17.45 < east and south < 6.49 < north
    assert ax.get_xlabel().startswith("degrees east") and ax.get_ylabel() == "degrees north"


def test_the_outlines_are_those_of_the_workbench(recwarn: pytest.WarningsRecorder) -> None:
    """Where they were built: two hundred countries, closed, in degrees."""
    plots_map._outlines.cache_clear()
    rings = plots_map._outlines()
    if not any((Path(saydo.__file__).parent / "web" / "built").glob("assets/countries-*")):
        assert rings == () and "the map has no outlines" in str(recwarn[0].message)
        return
    assert len(rings) > 1000
    assert all(
        ring[0] == ring[-1] and -181 < lon < 181 and -91 < lat < 91 for ring in rings for lon, lat in ring
    )


def test_an_empty_case_gives_empty_pictures(tmp_path: Path) -> None:
    with saydo.Case.create(tmp_path / "new") as case:
        assert not case.plot.events().patches
        assert "no tie" in words(case.plot.ties())
        assert "Where 0 events happened" in words(case.plot.map())
    pyplot.close("all")


def test_ties_on_a_day_in_colours_and_dashes_of_their_own(ax: Axes) -> None:
    from saydo.api.plots_ties import draw_ties
    from saydo.desk import TieOverTime

    def tie(type: str, one: str, other: str, day: str = "held") -> TieOverTime:
        return TieOverTime(
            sentence="", type=type, from_actor=one, from_name=one.title(), to_actor=other, to_name=other.title(),
            on_the_day=day, evidence=(),
        )  # fmt: skip

    ties = [
        tie("command", "front", "brigade"),
        tie("rivalry", "front", "army", "likely"),
        tie("leadership", "ali", "front"),
    ]
    draw_ties(ax, ties, {"ali": "person", "front": "armed group", "army": "state"}, "2013-06-04")
    told = words(ax)
    for word in (
        "Ties on 2013-06-04",
        "Front",
        "Brigade",
        "command",
        "rivalry",
        "person",
        "1 tie drawn thin",
    ):
        assert word in told
    widths = sorted(arrow.get_linewidth() for arrow in ax.patches)
    assert len(widths) == 3 and widths[0] < widths[1]
    assert len({(arrow.get_edgecolor(), str(arrow.get_linestyle())) for arrow in ax.patches}) == 3


def test_colours_differ_in_lightness_too() -> None:
    """So that they can be told apart in print and by eyes that see fewer colours."""

    def light(name: str) -> float:
        return sum(w * c for w, c in zip((0.299, 0.587, 0.114), colors.to_rgb(name), strict=True))

    lights = sorted(map(light, SERIES))
    assert len(set(SERIES)) == len(SERIES) and lights[-1] - lights[0] > 0.35


def test_a_missing_matplotlib_is_named(case: saydo.Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", None)
    with pytest.raises(saydo.MissingExtra, match=r"a plot needs matplotlib: pip install 'saydo\[plot\]'"):
        case.plot.events()
