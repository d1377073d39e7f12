"""What analyses of armed groups tell: possessors, patrons, holdings, words that the author sets aside."""

from __future__ import annotations

from functools import cache

import pytest

from saydo.codebook import load
from saydo.coding import Coded, code
from saydo.linking import link
from saydo.model.document import Document
from saydo.model.linked import LinkedReading
from saydo.model.reading import Reader

pytestmark = pytest.mark.model


@cache
def _reader() -> Reader:
    from saydo.reading import load_reader

    return load_reader()


def _linked(text: str) -> LinkedReading:
    return link(_reader().read(Document("d", text, date="2016-05-01")), load())


def _ties(text: str) -> set[tuple[str, str | None, str | None]]:
    linked = _linked(text)
    actors = {m.id: m.actor for m in linked.mentions}
    return {(t.type, actors[t.from_], actors[t.to]) for t in code(linked, load()).ties}


def _coded(text: str) -> Coded:
    return code(_linked(text), load())


@pytest.mark.parametrize(
    ("text", "tie"),
    [
        (
            "The ELN's Pedro Rojas met the bishop.",
            ("affiliation", "pedro-rojas", "national-liberation-army-colombia"),
        ),
        (
            "Fighting between the Hill Front and the Delta Front killed nine people.",
            ("rivalry", "hill-front", "delta-front"),
        ),
        (
            "The Hill Front helped the Delta Front against the River Army.",
            ("alliance", "hill-front", "delta-front"),
        ),
        ("The Hill Front was formed under the patronage of Chad.", ("command", "TCD", "hill-front")),
        ("Qatar transferred two million dollars to the Hill Front.", ("sponsorship", "QAT", "hill-front")),
        ("The Hill Front received fuel from Chad.", ("sponsorship", "TCD", "hill-front")),
    ],
)
def test_ties_of_groups(text: str, tie: tuple[str, str, str]) -> None:
    kind, one, other = tie
    assert tie in _ties(text) or (kind in ("rivalry", "alliance") and (kind, other, one) in _ties(text))


def test_states_own_too_much() -> None:
    assert "affiliation" not in {t[0] for t in _ties("France's Paul Petit met the bishop.")}


def test_a_leader_named_in_a_pledge_leads_now() -> None:
    [tie] = [
        t
        for t in _coded("The Hill Front swore allegiance to the Delta Front's emir, Musa Sow.").ties
        if t.type == "leadership"
    ]
    assert tie.realis == "actual"


def test_a_post_stands_for_its_holder() -> None:
    linked = _linked("The army of Chad bombed camps of the Hill Front near Bardai.")
    [event] = [e for e in code(linked, load()).events if e.type == "ASSAULT"]
    actors = {m.id: m.actor for m in linked.mentions}
    assert [actors[i] for i in event.recipients] == ["hill-front"]


def test_nothing_given_to_nobody() -> None:
    [event] = [
        e for e in _coded("Qatar supplies weapons to no armed group in Chad.").events if e.type == "AID"
    ]
    assert event.polarity == "negative"


def test_yet_at_the_start_hides_no_statement() -> None:
    [pledge] = _coded("Yet the Hill Front promised that it would not attack Chad.").statements
    assert pledge.kind == "pledge"


def test_a_concession_beside_what_names_the_speaker() -> None:
    text = (
        "Although Tehran insists that it does not arm the Hill Front, the army of Oman seized Iranian rifles."
    )
    [found] = _coded(text).discrepancies
    assert (found.kind, found.speaker, found.basis) == ("denial", "IRN", "flagged")


def test_what_the_envoy_maintains_is_what_he_said_before() -> None:
    text = (
        "Chad's envoy, Ali Sow, said that “our instructors take no part in combat.” Contrary to what the envoy "
        "maintains, soldiers of Chad killed nine villagers in Tal."
    )
    coded = _coded(text)
    [said] = [s for s in coded.statements if s.quoted]
    assert said.id in {d.statement.id for d in coded.discrepancies}
