"""How many an incident killed or hurt, in whatever words; and who is blamed for it."""

from __future__ import annotations

from functools import cache

import pytest

from saydo.codebook import load
from saydo.coding import code
from saydo.coding.counts import number
from saydo.desk.record import assemble
from saydo.linking import link
from saydo.model.document import Document
from saydo.model.reading import Reader
from saydo.model.records import CoderInfo, Record
from saydo.reading import load_reader

pytestmark = pytest.mark.model


@cache
def _reader() -> Reader:
    return load_reader()


def _record(text: str) -> Record:
    linked = link(_reader().read(Document("d", text, date="2011-06-10", publisher="Delta Gazette")), load())
    return assemble(linked, code(linked, load()), CoderInfo(version="t", reader="t", codebook="t"))


def _tolls(text: str) -> list[tuple[str, int, int | None]]:
    found = []
    for event in _record(text).events:
        for name, count in (("killed", event.killed), ("injured", event.injured)):
            if count is not None:
                found.append((name, count.low, count.high))
    return found


KILLED = {
    "The death toll of Wednesday's ambush at Ferkessa stands at fourteen, the prefect said.": (14, 14),
    "The hospital gave the number of dead in Wednesday's riot at Ferkessa as fourteen.": (14, 14),
    "The authorities put the number of miners killed in the clashes at Ferkessa at fourteen.": (14, 14),
    "The body count after the raid on Ferkessa is fourteen, a pathologist said.": (14, 14),
    "The toll of the bombing at Ferkessa has climbed to 112, the mayor said.": (112, 112),
    "Fourteen women lost their lives in the massacre at Ferkessa, a nun said.": (14, 14),
    "Fourteen corpses were counted after the shelling of Ferkessa, a nurse said.": (14, 14),
    "The army has admitted fourteen deaths in the raid on Ferkessa.": (14, 14),
    "The assault on Ferkessa cost fourteen lives, according to the bishop.": (14, 14),
    "Three hundred and forty people died in the unrest at Ferkessa, a deputy said.": (340, 340),
    "More than sixty people perished in the shootout at Ferkessa, the sheikh said.": (60, None),
}
INJURED = {
    "The ministry put the number of wounded in the clashes at Ferkessa at nine.": (9, 9),
    "Nine pupils sustained injuries in the disturbances at Ferkessa, a teacher said.": (9, 9),
    "Nine pupils were treated for wounds after the riot at Ferkessa, the clinic said.": (9, 9),
    "Nurses treated nine pupils for wounds after the riot at Ferkessa.": (9, 9),
}


@pytest.mark.parametrize("text", KILLED)
def test_a_number_of_dead_is_counted_once(text: str) -> None:
    assert _tolls(text) == [("killed", *KILLED[text])]


@pytest.mark.parametrize("text", INJURED)
def test_a_number_of_hurt_is_counted_once(text: str) -> None:
    assert _tolls(text) == [("injured", *INJURED[text])]


@pytest.mark.parametrize(
    "text",
    [
        "The death toll of Tuesday's earthquake stands at 120, the prefect said.",
        "The number of dead fish in the lagoon stands at 9,000, the institute said.",
        "Fourteen people died in a car crash on the coastal highway, police said.",
        "The number of marriages in the province rose to 1,200.",
        "Two patients died of cholera at the clinic, a doctor said.",
    ],
)
def test_harm_without_violence_is_no_toll_of_an_incident(text: str) -> None:
    assert _tolls(text) == []


def test_a_toll_counts_the_violence_told_before_it() -> None:
    text = "Gunmen raided the village of Ferkessa on Wednesday. The death toll stands at nineteen, the mayor said."
    assert ("killed", 19, 19) in _tolls(text)


@pytest.mark.parametrize(
    "text",
    [
        "The governor blamed the bombing of the depot at Warra on the Delta Front.",
        "The governor blamed the Delta Front for the bombing of the depot at Warra.",
        "The governor attributed the bombing of the depot at Warra to the Delta Front.",
        "The governor blamed the burning of the depot at Warra on the Delta Front.",
    ],
)
def test_who_is_blamed_for_a_deed_has_done_it_by_that_account(text: str) -> None:
    record = _record(text)
    [deed] = [e for e in record.events if e.type == "ASSAULT"]
    names = {m.id: m.text for m in record.mentions}
    assert [names[m] for m in deed.actors] == ["the Delta Front"]
    assert deed.attributed_to is not None


def test_who_is_not_blamed_has_not_done_it() -> None:
    record = _record("The governor did not blame the bombing of the depot at Warra on the Delta Front.")
    assert not any(e.actors for e in record.events if e.type == "ASSAULT")


def test_number_words() -> None:
    assert [number(w) for w in ("nineteen", "forty-three", "1,200", "lots")] == [19, 43, 1200, None]
