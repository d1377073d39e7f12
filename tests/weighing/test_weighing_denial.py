"""Denials and ties: what is said not to be so, against reports that it is."""

from __future__ import annotations

import pytest
from weighing_build import Draft, codebook

from saydo.weighing import WeighedReport, weigh

BOOK = codebook()
TURKEY = {"kind": "state", "country": "TUR", "sector": "GOV", "type": "government"}


def denial_of_arming(
    kind: str = "denial", polarity: str = "positive", date: str = "2015-03-02"
) -> WeighedReport:
    d = Draft("r1", "Ankara rejects claims that it armed the Reef Battalion.", date)
    ankara = d.who("Ankara", "TUR", **TURKEY)
    it = d.who("it", "TUR", **TURKEY)
    reef = d.who("Reef Battalion", "reef-battalion")
    e = d.event("AID", "armed", actors=(it,), recipients=(reef,), polarity=polarity)
    d.says(kind, ankara, "claims that it armed the Reef Battalion", events=[e])
    return d.done()


def court(giver: str = "Ankara", actor: str = "TUR", **more: object) -> WeighedReport:
    d = Draft("r2", f"A court heard that {giver} armed the Reef Battalion in 2014.", "2015-04-09")
    who = d.who(giver, actor, kind="state", country=actor, sector="GOV", type="government")
    reef = d.who("Reef Battalion", "reef-battalion")
    judges = d.who("court", "court", kind="organisation", sector="JUD", type="organisation")
    when = d.time("2014", "2014-01-01", "2014-12-31")
    e = d.event("AID", "armed", actors=(who,), recipients=(reef,), time=when, **more)
    d.says("assertion", judges, f"{giver} armed the Reef Battalion in 2014", events=[e])
    return d.done()


def test_a_denial_against_another_voice() -> None:
    [found] = weigh([denial_of_arming(), court()], BOOK).discrepancies
    assert (found.kind, found.speaker, found.statement.id) == ("denial", "TUR", "s0")
    assert [(p.document, p.id) for p in found.against] == [("r2", "e0")]


def test_saying_outright_that_one_did_not_is_a_denial_too() -> None:
    [found] = weigh([denial_of_arming("assertion", "negative"), court()], BOOK).discrepancies
    assert found.kind == "denial"


def test_two_voices_that_deny_one_thing_do_not_contradict_each_other() -> None:
    """What Ankara denies is nobody's report that Ankara did it."""
    d = Draft("r2", "The observers said that Ankara had not armed the Reef Battalion.", "2015-04-09")
    observers = d.who("observers", "observers", kind="igo", type="igo")
    ankara = d.who("Ankara", "TUR", **TURKEY)
    reef = d.who("Reef Battalion", "reef-battalion")
    e = d.event("AID", "armed", actors=(ankara,), recipients=(reef,), polarity="negative")
    d.says("assertion", observers, "Ankara had not armed the Reef Battalion", events=[e])
    assert weigh([denial_of_arming(), d.done()], BOOK).discrepancies == ()


def test_asserting_it_denies_nothing() -> None:
    assert weigh([denial_of_arming("assertion"), court()], BOOK).discrepancies == ()


def test_another_actor_does_not_contradict_a_denial() -> None:
    assert weigh([denial_of_arming(), court("Minsk", "BLR")], BOOK).discrepancies == ()


@pytest.mark.parametrize("more", [{"polarity": "negative"}, {"realis": "hypothetical"}, {"realis": "future"}])
def test_what_is_not_reported_as_done_does_not_contradict(more: dict[str, str]) -> None:
    assert weigh([denial_of_arming(), court(**more)], BOOK).discrepancies == ()


def brigade_denies(place: str = "Orle", date: str = "2024-05-03") -> WeighedReport:
    d = Draft("r1", f"The brigade denied shelling the market of {place}.", date)
    brigade = d.who("brigade", "lake-brigade", kind="military")
    e = d.event("ASSAULT", "shelling", mode="heavy-weapons", actors=(brigade,), place=d.place(place))
    d.says("denial", brigade, f"shelling the market of {place}", events=[e])
    return d.done()


def market_shelled(
    place: str, day: str, published: str = "2024-05-20", voice: str | None = None
) -> WeighedReport:
    text = f"The Lake Brigade shelled the market of {place} on 2 May"
    d = Draft("r2", f"{text}, {voice} said." if voice else f"{text}.", published)
    brigade = d.who("Lake Brigade", "lake-brigade", kind="military")
    when = d.time("2 May", day)
    e = d.event(
        "ASSAULT", "shelled", mode="heavy-weapons", actors=(brigade,), place=d.place(place), time=when
    )
    if voice:
        speaker = d.who(voice, "lake-brigade" if "brigade" in voice else "mayor", kind="military")
        d.says("assertion", speaker, text, events=[e])
    return d.done()


def test_a_denied_incident_reported_for_the_days_before() -> None:
    [found] = weigh([brigade_denies(), market_shelled("Orle", "2024-05-02")], BOOK).discrepancies
    assert found.kind == "denial"


def test_an_incident_elsewhere_is_another() -> None:
    assert weigh([brigade_denies(), market_shelled("Zor", "2024-05-02")], BOOK).discrepancies == ()


def test_a_place_that_no_gazetteer_knows_still_tells_incidents_apart() -> None:
    assert weigh([brigade_denies("Tal"), market_shelled("Hern", "2024-05-02")], BOOK).discrepancies == ()
    assert weigh([brigade_denies("Tal"), market_shelled("Tal", "2024-05-02")], BOOK).discrepancies


def test_an_incident_after_the_denial_is_another() -> None:
    assert weigh([brigade_denies(), market_shelled("Orle", "2024-05-10")], BOOK).discrepancies == ()


def test_an_incident_long_before_the_denial_is_another() -> None:
    assert weigh([brigade_denies(), market_shelled("Orle", "2022-05-02")], BOOK).discrepancies == ()


def test_the_speakers_own_words_are_no_other_voice() -> None:
    own = market_shelled("Orle", "2024-05-02", voice="the brigade")
    assert [d.kind for d in weigh([brigade_denies(), own], BOOK).discrepancies] == ["position"]


def test_the_charge_inside_the_denial_stands_against_nothing() -> None:
    d = Draft("r1", "Ankara rejects claims that it armed the Reef Battalion.", "2015-03-02")
    ankara, reef = d.who("Ankara", "TUR", **TURKEY), d.who("Reef Battalion", "reef-battalion")
    d.event("AID", "armed", actors=(ankara,), recipients=(reef,))
    inside = d.event("AID", "armed", actors=(ankara,), recipients=(reef,))
    d.says("denial", ankara, "claims that it armed the Reef Battalion", events=[inside])
    assert weigh([d.done()], BOOK).discrepancies == ()


def links(
    id: str,
    text: str,
    date: str,
    *,
    trigger: str = "links",
    type: str = "contact",
    speaker: tuple[str, str] | None = None,
    kind: str = "assertion",
    second: tuple[str, str] = ("Hill Front", "hill-front"),
    **more: object,
) -> WeighedReport:
    """A report on how Tirana stands to somebody, in its own voice or a speaker's."""
    d = Draft(id, text, date, id)
    tirana = d.who("Tirana", "ALB", kind="state", country="ALB", sector="GOV", type="government")
    other = d.who(*second)
    t = d.tie(type, trigger, tirana, other, **more)
    if speaker:
        source = d.who(speaker[0], speaker[1], kind="person", type="person", sector=None)
        d.says(kind, source, text.partition(", ")[0], ties=[t])
    return d.done()


def test_ended_links_reported_alive_are_a_tie_discrepancy() -> None:
    ended = links("r1", "Tirana has cut its links with the Hill Front, Agron Leka said.", "2020-03-01",
                  speaker=("Agron Leka", "agron-leka"), state="ended")  # fmt: skip
    alive = links("r2", "Tirana directs the Hill Front.", "2020-05-01", trigger="directs", type="command")
    [found] = weigh([ended, alive], BOOK).discrepancies
    assert (found.kind, found.rule, found.speaker) == ("tie", "tie.ended", "agron-leka")
    assert found.against[0].id == "t0"


def test_links_of_before_do_not_stand_against_their_end() -> None:
    ended = links("r1", "Tirana has cut its links with the Hill Front, Agron Leka said.", "2020-03-01",
                  speaker=("Agron Leka", "agron-leka"), state="ended")  # fmt: skip
    before = links("r2", "Tirana directed the Hill Front until 2019.", "2020-05-01", trigger="directed",
                   type="command", until="2019-12-31")  # fmt: skip
    assert weigh([ended, before], BOOK).discrepancies == ()


def test_what_was_told_half_a_century_before_stands_against_no_denial() -> None:
    never = links("r1", "Tirana has never had links with the Hill Front, Agron Leka denied.", "2020-03-01",
                  kind="denial", speaker=("Agron Leka", "agron-leka"))  # fmt: skip
    for told, kinds in (("1985-05-01", ["denial"]), ("1970-05-01", [])):
        once = links("r2", "Tirana keeps links with the Hill Front.", told)
        assert [d.kind for d in weigh([never, once], BOOK).discrepancies] == kinds


def test_no_financing_said_but_reported() -> None:
    no = links("r1", "Tirana does not finance the Hill Front, Agron Leka said.", "2020-03-01",
               trigger="finance", type="sponsorship", polarity="negative",
               speaker=("Agron Leka", "agron-leka"))  # fmt: skip
    yes = links("r2", "Tirana finances the Hill Front.", "2020-04-01", trigger="finances", type="sponsorship")
    [found] = weigh([no, yes], BOOK).discrepancies
    assert (found.kind, found.rule) == ("tie", "tie.denied")
    other = links("r2", "Tirana finances the Gorge Company.", "2020-04-01", trigger="finances",
                  type="sponsorship", second=("Gorge Company", "gorge-company"))  # fmt: skip
    assert weigh([no, other], BOOK).discrepancies == ()
    weaker = links("r2", "Tirana has contacts with the Hill Front.", "2020-04-01", trigger="contacts")
    assert weigh([no, weaker], BOOK).discrepancies == ()


def test_an_explicit_denial_of_a_tie_is_a_denial() -> None:
    no = links("r1", "Tirana has any links with the Hill Front, Agron Leka denied.", "2020-03-01",
               kind="denial", speaker=("Agron Leka", "agron-leka"))  # fmt: skip
    yes = links("r2", "Tirana keeps links with the Hill Front.", "2020-04-01")
    assert [d.kind for d in weigh([no, yes], BOOK).discrepancies] == ["denial"]


def test_a_tie_asserted_that_a_report_says_is_over() -> None:
    yes = links("r1", "Tirana keeps its links with the Hill Front, Agron Leka said.", "2020-03-01",
                speaker=("Agron Leka", "agron-leka"))  # fmt: skip
    no = links("r2", "Tirana has broken its links with the Hill Front.", "2020-04-01", state="ended",
               until="2020-01-15")  # fmt: skip
    [found] = weigh([yes, no], BOOK).discrepancies
    assert (found.kind, found.rule) == ("tie", "tie.asserted")


def test_allies_and_enemies_at_once() -> None:
    yes = links("r1", "Tirana is an ally of the Hill Front, Agron Leka said.", "2020-03-01", trigger="ally",
                type="alliance", speaker=("Agron Leka", "agron-leka"))  # fmt: skip
    no = links("r2", "Tirana is at war with the Hill Front.", "2020-04-01", trigger="war", type="rivalry")
    assert [d.kind for d in weigh([yes, no], BOOK).discrepancies] == ["tie"]
    much_later = links(
        "r2", "Tirana is at war with the Hill Front.", "2026-04-01", trigger="war", type="rivalry"
    )
    assert weigh([yes, much_later], BOOK).discrepancies == ()
