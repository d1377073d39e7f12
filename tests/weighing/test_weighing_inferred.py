"""What goes against words in other words than any rule foresees: when inference is asked, and what is made of its
answer. Real sentences; the inference is scripted."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from weighing_case import Growing, at_once
from weighing_read import reports

from saydo.codebook import load
from saydo.model.inference import Labelled
from saydo.model.records import Discrepancy, DiscrepancyKind
from saydo.weighing import rebuild, weigh

pytestmark = pytest.mark.model


class Scripted:
    """Takes passages with one of some words for going against whatever was said, as a kind, and keeps what it
    was asked."""

    def __init__(self, *against: str, sure: float = 0.97, kind: DiscrepancyKind = "commitment") -> None:
        self._against, self._sure, self._kind = against, sure, kind
        self.asked: list[tuple[str, str]] = []

    def labels(self, pairs: Sequence[tuple[str, str]]) -> list[Labelled]:
        self.asked += pairs
        hits = [any(word in passage for word in self._against) for _, passage in pairs]
        rest = 1 - self._sure
        yes, no = Labelled(self._sure, 0, rest, self._kind), Labelled(0.01, 0.01, 0.98, self._kind)
        return [yes if hit else no for hit in hits]


PLEDGE = (
    "1996-02-05",
    "Nobody at the Vadstena foundry will lose a wage packet, its owner Harald Lind promised.",
)
GATE = (
    "1996-09-12",
    "At the Vadstena foundry the gate is chained, and ninety turners draw relief from the parish.",
)


def found(inference: Scripted | None, *dated: tuple[str, str]) -> list[Discrepancy]:
    every = weigh(reports(*dated), load(), inference=inference).discrepancies
    return [d for d in every if d.rule.endswith(".inference")]


def test_a_promise_is_held_against_what_inference_reads_as_its_breach() -> None:
    [one] = found(Scripted("relief"), PLEDGE, GATE)
    assert (one.kind, one.rule, one.basis) == ("commitment", "commitment.inference", "inferred")
    assert one.speaker_name == "Harald Lind"
    assert "gate is chained" in one.against[0].quote
    assert "reads as going against it" in one.explanation


def test_no_pledge_counts_as_broken_by_it() -> None:
    """Nobody is coded as the doer: the speaker's record is for people to decide."""
    weighed = weigh(reports(PLEDGE, GATE), load(), inference=Scripted("relief"))
    assert weighed.discrepancies
    assert [commitment.outcome for commitment in weighed.commitments] == ["open"]


def test_two_accounts_of_one_incident_are_put_to_it() -> None:
    miners = (
        "1996-02-05",
        "The strike at the Vadstena foundry began when turners broke the gate, its owner Harald Lind said.",
    )
    priest = (
        "1996-02-08",
        "Turners at the Vadstena foundry sat at their relief meal when guards beat them, the priest Ola Berg said.",
    )
    [one] = found(Scripted("relief", kind="account"), miners, priest)
    assert (one.kind, one.needs_review) == ("account", True)


def test_a_truce_that_a_report_tells_of_is_held_against_what_follows() -> None:
    truce = ("1996-02-05", "The Lake Brigade declared a truce in the hills of Vadstena on Sunday.")
    after = ("1996-02-20", "Relief drivers were shot near Vadstena by men who wore Lake Brigade badges.")
    assert [d.kind for d in found(Scripted("Relief"), truce, after)] == ["commitment"]


def test_a_month_is_no_may() -> None:
    told = "At the Vadstena foundry ninety turners have drawn relief from the parish since 3 May."
    assert found(Scripted("relief"), PLEDGE, (GATE[0], told))


def test_without_inference_nothing_is_made_of_it() -> None:
    assert not found(None, PLEDGE, GATE)


def test_what_inference_is_not_sure_of_is_left() -> None:
    assert not found(Scripted("relief", sure=0.5), PLEDGE, GATE)


def test_a_finding_is_made_again_from_the_records_that_it_names() -> None:
    given, book, inference = reports(PLEDGE, GATE), load(), Scripted("relief")
    [one] = weigh(given, book, inference=inference).discrepancies
    assert rebuild(one, given, book, inference=inference) == one


def test_a_passage_that_shares_no_name_is_not_asked_about() -> None:
    inference = Scripted("relief")
    assert not found(inference, PLEDGE, ("1996-09-12", "Ninety turners draw relief from the parish."))
    assert not inference.asked


def test_a_passage_that_shares_the_speakers_name_alone_is_not_asked_about() -> None:
    inference = Scripted("relief")
    assert not found(
        inference, PLEDGE, ("1996-09-12", "Harald Lind opened a relief kitchen in Malmo on Sunday.")
    )
    assert not inference.asked


Dated = tuple[str, str]
LEFT: dict[str, tuple[DiscrepancyKind, Dated, Dated]] = {
    "what was told before the promise": ("commitment", PLEDGE, ("1995-09-12", GATE[1])),
    "another camp": (
        "commitment",
        (
            "2017-01-09",
            "The camp at Lubero will not be cleared before the harvest, Governor Paul Mwenge promised.",
        ),
        ("2017-02-11", "Soldiers drew relief rations after the camp at Kanyabayonga was cleared on Friday."),
    ),
    "what is only feared": (
        "commitment",
        PLEDGE,
        ("1996-09-12", "At the Vadstena foundry ninety turners fear that they might draw relief."),
    ),
    "the deed of another who is known": (
        "commitment",
        ("1988-05-02", "Norway will buy no more coal from the mines of Orsk, its trade minister promised."),
        ("1988-09-02", "Denmark drew relief by buying coal from the mines of Orsk on Monday."),
    ),
    "another year than the one denied": (
        "denial",
        (
            "1976-08-13",
            "The customs office at Vadstena denied that anybody drew cigarettes from its shed in July 1976.",
        ),
        (
            "1976-12-07",
            "A clerk told the court at Vadstena that in 1971 he drew cigarettes in relief of guards.",
        ),
    ),
    "the same words once more": (
        "commitment",
        PLEDGE,
        ("1996-02-07", f"{PLEDGE[1][:-1]} in a relief letter."),
    ),
    "what was not to be, told as not done": (
        "commitment",
        ("1996-02-05", "The army of Togo will not shell the relief camp at Vadstena, General Ayi promised."),
        ("1996-03-05", "The army of Togo has not shelled the relief camp at Vadstena, nurses said."),
    ),
    "what a body does of which nothing was said": (
        "commitment",
        (
            "1988-02-01",
            "The Royal Omari Navy will board no ships in the strait of Vadstena, its chief promised.",
        ),
        (
            "1988-04-19",
            "Marines of the Tarkhan Republic took a relief ship in the strait of Vadstena on Sunday.",
        ),
    ),
    "numbers that rules compare": (
        "account",
        ("1996-02-05", "Three turners died in Sunday's fire at Vadstena, the owner Harald Lind said."),
        ("1996-02-07", "Relief doctors counted nine dead after Sunday's fire at Vadstena."),
    ),
    "a position of somebody else in the report": (
        "position",
        ("1996-02-05", "Harald Lind supports the relief law of Vadstena, he told the senate."),
        ("1997-02-05", "The relief law of Vadstena must go, the mayor Ola Berg said."),
    ),
    "while there is still time": (
        "commitment",
        ("2005-03-02", "Gabon will withdraw its gendarmes from Mbanie by 30 June, its envoy promised."),
        ("2005-05-10", "Relief parcels for Gabon's gendarmes reached Mbanie on Monday."),
    ),
}


@pytest.mark.parametrize("what", LEFT)
def test_nothing_is_made_of(what: str) -> None:
    kind, *dated = LEFT[what]
    assert not found(Scripted("elief", kind=kind), *dated)


def test_the_kind_is_what_inference_takes_it_for() -> None:
    said = ("1996-02-05", "Harald Lind and the guild of Vadstena parted company in 1990, he said.")
    papers = (
        "1996-03-05",
        "Papers show that Harald Lind drew relief from the guild of Vadstena all the while.",
    )
    [one] = found(Scripted("relief", kind="tie"), said, papers)
    assert (one.kind, one.rule) == ("tie", "tie.inference")


def test_a_position_is_left_by_one_who_speaks_for_the_same() -> None:
    first = ("1996-02-05", "The Salt Party opposes the toll of Vadstena, its leader Ola Berg said.")
    later = ("1997-02-05", "The Salt Party calls the toll of Vadstena a relief, the party said.")
    [one] = found(Scripted("relief", kind="position"), first, later)
    assert one.kind == "position"


def test_what_somebody_signs_binds_him() -> None:
    paper = (
        "1996-02-05",
        "Harald Lind signed a paper under which no turner of the Vadstena foundry loses his bench.",
    )
    [one] = found(Scripted("relief"), paper, GATE)
    assert one.speaker_name == "Harald Lind"


def test_of_one_pair_what_a_rule_understands_is_kept() -> None:
    dated = (
        ("2003-05-06", "Zambia will not bomb the port of Mpulungu, its president promised on Monday."),
        ("2003-07-01", "Zambian jets bombed the port of Mpulungu on Sunday."),
    )
    inference = Scripted("bombed")
    [one] = weigh(reports(*dated), load(), inference=inference).discrepancies
    assert inference.asked
    assert (one.kind, one.rule.endswith(".inference")) == ("commitment", False)


@pytest.mark.parametrize("hands", [0, 2])
def test_report_by_report_the_same_comes_out_as_all_at_once(hands: int) -> None:
    dated = [
        PLEDGE,
        GATE,
        ("1997-01-04", "Turners of the Vadstena foundry were handed relief tickets at the church door."),
        ("1996-03-01", "No ferry to Gotland ran at night, said the harbour master, Sven Brask."),
        (
            "1997-03-01",
            "Passengers to Gotland were given relief blankets on the ferry that came in at night.",
        ),
    ]
    given, book = reports(*dated), load()
    whole = at_once(given, book, inference=Scripted("relief"))
    assert sum(len(d.against) for d in whole.discrepancies if d.rule.endswith(".inference")) > 1
    for seed, together in enumerate((1, 1, 2, 4)):
        order = random.Random(seed).sample(given, len(given))
        growing = Growing(book, hands, inference=Scripted("relief"))
        for start in range(0, len(order), together):
            growing.update([(r.record.id, r) for r in order[start : start + together]])
        assert growing.whole() == whole
        growing.close()
