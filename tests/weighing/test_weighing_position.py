"""One speaker taking opposite positions at two times."""

from __future__ import annotations

import pytest
from weighing_build import Draft, codebook

from saydo.weighing import WeighedReport, weigh

BOOK = codebook()


def relations(id: str, text: str, date: str, polarity: str, speaker: str = "governor") -> WeighedReport:
    """The governor, or another, on his province's relations with the League."""
    d = Draft(id, text, date, id)
    source = d.who(speaker, speaker, kind="person", sector="ELI", type="person")
    us = d.who("Vardan", "vardan-province", kind="government")
    league = d.who("League", "northern-league")
    t = d.tie("contact", "relations", us, league, polarity=polarity)
    d.says("assertion", source, text.partition(", ")[0], ties=[t])
    return d.done()


NO = ("r1", "Vardan has no relations with the League, the governor said.", "2024-03-05", "negative")
YES = ("r2", "Vardan has excellent relations with the League, the governor said.", "2024-04-09", "positive")


def test_a_reversal_is_reported_once_as_a_position() -> None:
    [found] = weigh([relations(*NO), relations(*YES)], BOOK).discrepancies
    assert (found.kind, found.speaker) == ("position", "governor")
    assert (found.statement.document, found.against[0].document) == ("r1", "r2")
    assert found.against[0].id == "s0"


def test_the_order_in_time_makes_the_statement() -> None:
    later_no = (NO[0], NO[1], "2024-05-05", NO[3])
    [found] = weigh([relations(*later_no), relations(*YES)], BOOK).discrepancies
    assert (found.statement.document, found.against[0].document) == ("r2", "r1")


def test_two_speakers_hold_no_one_position() -> None:
    other = relations(
        "r2", "Vardan has excellent relations with the League, the bishop said.", YES[2], "positive", "bishop"
    )
    found = weigh([relations(*NO), other], BOOK).discrepancies
    assert all(d.kind != "position" for d in found)


def test_the_same_position_twice_is_none() -> None:
    again = ("r2", "Vardan still has no relations with the League, the governor said.", YES[2], "negative")
    assert weigh([relations(*NO), relations(*again)], BOOK).discrepancies == ()


def test_two_office_holders_of_one_state() -> None:
    def envoy(id: str, name: str, date: str, polarity: str) -> WeighedReport:
        words = f"Tbilisi has {'no ' if polarity == 'negative' else ''}troops in Orle"
        d = Draft(id, f"{words}, {name} said.", date, id)
        source = d.who(name, name.lower().replace(" ", "-"), kind="person", type="person", sector=None)
        state = d.who("Tbilisi", "GEO", kind="state", country="GEO", sector="GOV", type="government")
        place = d.who("Orle", type="place")
        d.place("Orle")
        d.tie("office", "said", source, state, role="envoy", since="2020-01-01")
        t = d.tie("presence", "troops", state, place, polarity=polarity)
        d.says("assertion", source, words, ties=[t])
        return d.done()

    one, two = (
        envoy("r1", "Ana Beridze", "2024-03-05", "negative"),
        envoy("r2", "Ilia Gelo", "2024-06-05", "positive"),
    )
    [found] = weigh([one, two], BOOK).discrepancies
    assert found.kind == "position"
    assert "holding office in Georgia (r1/t0)" in found.explanation


def strike(
    id: str, text: str, date: str, polarity: str, speaker: str = "union", kind: str = "pledge"
) -> WeighedReport:
    d = Draft(id, text, date, id)
    source = d.who(speaker, f"{speaker}-id", kind="organisation", sector="LAB", type="organisation")
    port = d.who("port", type="place")
    e = d.event(
        "PROTEST",
        "strike",
        mode="strike",
        realis="future",
        polarity=polarity,
        actors=(source,),
        recipients=(port,),
    )
    d.says(kind, source, text.partition("said ")[2].rstrip("."), events=[e])
    return d.done()


def test_announced_and_called_off() -> None:
    yes = strike("r1", "The union said it would strike at the port.", "2024-05-01", "positive")
    no = strike("r2", "The union said it would not strike at the port.", "2024-07-01", "negative")
    assert [d.kind for d in weigh([yes, no], BOOK).discrepancies] == ["position"]
    other = strike("r2", "The guild said it would not strike at the port.", "2024-07-01", "negative", "guild")
    assert weigh([yes, other], BOOK).discrepancies == ()
    conditional = strike(
        "r2", "The union said it would not strike at the port if paid.", "2024-07-01", "negative"
    )
    assert weigh([yes, conditional], BOOK).discrepancies == ()


def stance(id: str, text: str, date: str, kind: str, speaker: str = "minister") -> WeighedReport:
    d = Draft(id, text, date, id)
    source = d.who(speaker, f"{speaker}-id", kind="person", sector="GOV", type="person")
    d.who("Northern League", "northern-league")
    d.says(kind, source, text.partition("ed ")[2].rstrip("."))
    return d.done()


def test_praise_and_condemnation_of_one_deal() -> None:
    praise = stance(
        "r1", "The minister praised the harbour deal with the Northern League.", "2024-05-01", "praise"
    )
    blame = stance(
        "r2",
        "The minister denounced the harbour deal with the Northern League.",
        "2024-06-01",
        "condemnation",
    )
    [found] = weigh([praise, blame], BOOK).discrepancies
    assert (found.kind, found.rule) == ("position", "position.stance")


@pytest.mark.parametrize(
    "text",
    [
        "The minister denounced a school fire for which he blamed the Northern League.",
        "The minister denounced the Northern League.",
    ],
)
def test_blame_for_something_else_is_no_reversal(text: str) -> None:
    praise = stance(
        "r1", "The minister praised the harbour deal with the Northern League.", "2024-05-01", "praise"
    )
    assert weigh([praise, stance("r2", text, "2024-06-01", "condemnation")], BOOK).discrepancies == ()


def test_a_negation_that_is_not_in_the_speakers_words_reverses_nothing() -> None:
    """What another turned down ("rejected his offer to widen …") its speaker has not taken back."""
    unsaid = relations("r1", "relations with the League are Vardan's to widen, the governor said.", *NO[2:])
    assert not weigh([unsaid, relations(*YES)], BOOK).discrepancies
