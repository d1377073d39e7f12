"""A case that is weighed report by report: in what portions, and after what deaths, makes no difference."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from desk_rooms import ROOMS, PlainReader

from saydo.codebook import load
from saydo.desk import byreport, run
from saydo.desk.derive import derive
from saydo.store import SqliteStore
from saydo.weighing import Weigher, weigh

BOOK = load()
AT_ONCE = replace(ROOMS, weigh=weigh)
BY_REPORT = replace(ROOMS, weigh=weigh, weigher=Weigher)
TEXTS = {
    "a": "Reef vowed to spare Tal.",
    "b": "on Sunday Reef shelled Tal.",
    "c": "Zor shelled Bree and then Reef.",
    "d": "Reef vowed to leave Bree.",
    "e": "Zor shelled Tal. Then Bree vowed to wait.",
}


class Killed(BaseException):
    """Stands for the process being killed."""


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    place = tmp_path / "inbox"
    place.mkdir()
    for name, text in TEXTS.items():
        (place / f"{name}.txt").write_text(text)
    return place


def quick(inbox: Path, case: Path, reader: PlainReader | None = None, at_once: bool = False) -> str:
    run([str(inbox)], case, reader or PlainReader(), BOOK, rooms=AT_ONCE if at_once else BY_REPORT)
    with SqliteStore.for_reading(case) as store:
        return store.dump()


def weighed_anew(case: Path, strike: int = 0, seen: list[str] | None = None) -> str:
    """Weighs all of a case by somebody new, dying at a step of the store counted from one."""
    steps: list[str] = [] if seen is None else seen

    def on_step(step: str) -> None:
        steps.append(step)
        if len(steps) == strike:
            raise Killed(step)

    with SqliteStore.for_writing(case, on_step) as store:
        store.put_derived(derive(store, BOOK, BY_REPORT, "somebody new"), "somebody new")
        return store.dump()


@pytest.mark.parametrize("together", [1, 2, 5])
def test_portions_make_no_difference(
    inbox: Path, tmp_path: Path, together: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(byreport, "TOGETHER", together)
    assert quick(inbox, tmp_path / "case") == quick(inbox, tmp_path / "whole", at_once=True)
    with SqliteStore.for_reading(tmp_path / "case") as store:
        assert len(store.view().commitments) == 3
        assert store.due() == ()


def test_a_death_at_any_step_makes_no_difference(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A portion is weighed wholly or not at all; the next run goes on with what is still due."""
    monkeypatch.setattr(byreport, "TOGETHER", 2)
    quick(inbox, tmp_path / "peace")
    steps: list[str] = []
    peace = weighed_anew(tmp_path / "peace", seen=steps)
    assert len(steps) > 5
    for strike in range(1, len(steps) + 1):
        case = tmp_path / f"case{strike}"
        quick(inbox, case)
        with pytest.raises(Killed):
            weighed_anew(case, strike)
        assert weighed_anew(case) == peace, f"differs after death at {steps[strike - 1]}"


def test_a_case_that_grew_is_like_one_that_was_filled_at_once(inbox: Path, tmp_path: Path) -> None:
    whole = quick(inbox, tmp_path / "whole")
    for name in sorted(TEXTS):
        grown = quick(inbox / f"{name}.txt", tmp_path / "grown")
    assert grown == whole


def test_only_what_is_new_is_due(inbox: Path, tmp_path: Path) -> None:
    quick(inbox / "a.txt", tmp_path / "case")
    with SqliteStore.for_writing(tmp_path / "case") as store:
        assert store.due() == ()
        [before] = store.records()
        store.put_record(before)
        assert [due.record for due in store.to_weigh(store.due())] == [before]


def test_another_coder_weighs_all_anew(inbox: Path, tmp_path: Path) -> None:
    """And nothing of what the first one found is left."""
    quick(inbox, tmp_path / "case")
    again = quick(inbox, tmp_path / "case", PlainReader("plain 2"))
    assert again == quick(inbox, tmp_path / "new", PlainReader("plain 2"))
