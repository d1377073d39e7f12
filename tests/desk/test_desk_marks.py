"""A text cut into runs: joined they are the text, and every run knows what stands on it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from saydo.desk import Mark, Run, cut_runs

TEXTS = st.text(max_size=40)
MARKS = st.lists(
    st.builds(Mark, st.integers(-5, 50), st.integers(-5, 50), st.sampled_from(["s0", "e0", "e1", "t0"])),
    max_size=8,
)


@given(TEXTS, MARKS)
def test_the_runs_joined_are_the_text(text: str, marks: list[Mark]) -> None:
    runs = cut_runs(text, marks)
    assert "".join(run.text for run in runs) == text
    assert [run.start for run in runs] == [sum(len(r.text) for r in runs[:n]) for n in range(len(runs))]
    assert all(run.text for run in runs)


@given(TEXTS, MARKS)
def test_every_character_has_the_findings_that_stand_on_it(text: str, marks: list[Mark]) -> None:
    for run in cut_runs(text, marks):
        for at in range(run.start, run.start + len(run.text)):
            assert set(run.findings) == {m.finding for m in marks if m.start <= at < m.end}
        assert len(set(run.findings)) == len(run.findings)


def test_of_several_the_shortest_passage_comes_first() -> None:
    """A click on a word opens what was coded from that word rather than from the whole sentence."""
    runs = cut_runs("He said it fell.", [Mark(0, 16, "s0"), Mark(11, 15, "e0")])
    assert runs == (Run(0, "He said it ", ("s0",)), Run(11, "fell", ("e0", "s0")), Run(15, ".", ("s0",)))


def test_an_emoji_is_one_character() -> None:
    assert cut_runs("🌊🌊x", [Mark(1, 2, "e0")])[1] == Run(1, "🌊", ("e0",))
