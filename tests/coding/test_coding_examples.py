"""Every example sentence of the codebook is coded, or left alone, as its entry says."""

from __future__ import annotations

import pytest

from saydo.codebook import load
from saydo.desk.examples import ROOMS, Trial, examples_of, try_examples
from saydo.reading import load_reader

CODEBOOK = load()
EXAMPLES = [(room, id, example.text, positive) for room, id, example, positive in examples_of(CODEBOOK)]
ENTRIES = [(room, id) for room in ROOMS for id in getattr(CODEBOOK, room)]
LEAST = {"events": (4, 3), "ties": (4, 3), "statements": (4, 3), "modes": (2, 2), "contexts": (3, 2)}
"""Room → the least number of positive and of negative examples of an entry."""


@pytest.fixture(scope="module")
def trials() -> dict[tuple[str, str, str, bool], Trial]:
    """Every example of the codebook, tried once."""
    found = try_examples(CODEBOOK, load_reader())
    return {(trial.room, trial.entry, trial.example.text, trial.positive): trial for trial in found}


@pytest.mark.model
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: f"{each[1]} {'+-'[not each[3]]} {each[2]}")
def test_an_example_is_coded_or_left_alone_as_its_entry_says(example, trials) -> None:
    trial = trials[example]
    assert trial.holds, f"expected {trial.expected}; found {trial.found}"


@pytest.mark.parametrize(("room", "id"), ENTRIES, ids=lambda each: each)
def test_an_entry_says_what_it_means_what_to_mind_and_shows_it(room: str, id: str) -> None:
    entry = getattr(CODEBOOK, room)[id]
    assert len(entry.definition) > 20 and entry.definition.rstrip().endswith(".")
    assert entry.cautions
    positive, negative = LEAST[room]
    assert len(entry.positive) >= positive and len(entry.negative) >= negative
    assert len({example.text for example in (*entry.positive, *entry.negative)}) == len(entry.positive) + len(
        entry.negative
    )


@pytest.mark.parametrize(("room", "id"), ENTRIES, ids=lambda each: each)
def test_a_negative_example_says_why(room: str, id: str) -> None:
    assert all(example.because for example in getattr(CODEBOOK, room)[id].negative)


def test_every_mode_and_context_of_plover_has_its_entry() -> None:
    assert len(CODEBOOK.modes) == 73
    assert len(CODEBOOK.contexts) == 37


def test_every_mode_can_be_coded() -> None:
    told = {f"{id}.{unit.mode}" for id, event in CODEBOOK.events.items() for unit in event.units if unit.mode}
    assert told == set(CODEBOOK.modes)
