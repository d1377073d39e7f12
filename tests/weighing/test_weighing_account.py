"""Accounts of one incident by two voices, and incidents that only look alike."""

from __future__ import annotations

from weighing_build import Draft, codebook, count

from saydo.model.records import Count
from saydo.weighing import WeighedReport, weigh

BOOK = codebook()


def toll(
    id: str,
    text: str,
    killed: Count | None,
    *,
    place: str = "Orle",
    voice: tuple[str, str] | None = None,
    day: str = "2024-05-02",
    published: str = "2024-05-03",
    doer: tuple[str, str] | None = None,
    trigger: str = "raid",
    mode: str | None = None,
    recipient: str | None = None,
    injured: Count | None = None,
) -> WeighedReport:
    """A report of a raid on a place, in its own voice or that of ``voice`` (words, actor id)."""
    d = Draft(id, text, published, id)
    actors = (d.who(doer[0], doer[1]),) if doer else ()
    recipients = (d.who(recipient, type="place"),) if recipient else ()
    at = d.place(place)
    when = d.time("2 May", day) if "2 May" in text else None
    e = d.event(
        "ASSAULT", trigger, killed=killed, injured=injured, place=at, time=when, actors=actors,
        recipients=recipients, mode=mode,
    )  # fmt: skip
    if voice:
        source = d.who(voice[0], voice[1] or None, kind="military", sector="MIL")
        d.says("assertion", source, text.rstrip("."), events=[e])
    return d.done()


def army(place: str = "Orle", killed: Count | None = None, **more: object) -> WeighedReport:
    text = f"The army said two rebels died in the raid on {place} on 2 May."
    return toll("r1", text, killed or count(2), place=place, voice=("army", "GEO-MIL"), **more)


def relatives(place: str = "Orle", killed: Count | None = None, **more: object) -> WeighedReport:
    text = f"In the raid on {place} on 2 May, eleven villagers died, relatives said."
    return toll("r2", text, killed or count(11), place=place, voice=("relatives", ""), **more)


def test_tolls_of_one_raid_that_differ() -> None:
    [found] = weigh([army(), relatives()], BOOK).discrepancies
    assert (found.kind, found.field, found.speaker) == ("account", "killed", "GEO-MIL")
    assert found.statement.document == "r1"
    assert [(p.document, p.id) for p in found.against] == [("r2", "s0")]


def test_a_raid_elsewhere_is_another_raid() -> None:
    assert weigh([army(), relatives("Zor")], BOOK).discrepancies == ()


def test_villages_that_no_gazetteer_knows() -> None:
    assert [d.kind for d in weigh([army("Tal"), relatives("Tal")], BOOK).discrepancies] == ["account"]
    assert weigh([army("Tal"), relatives("Hern")], BOOK).discrepancies == ()


def test_a_raid_on_another_day_is_another_raid() -> None:
    assert weigh([army(), relatives(day="2024-05-12", published="2024-05-13")], BOOK).discrepancies == ()


def test_numbers_that_can_both_be_right_do_not_differ() -> None:
    assert weigh([army(killed=count(2, None)), relatives()], BOOK).discrepancies == ()
    assert weigh([army(killed=count(10)), relatives(killed=count(8, 12))], BOOK).discrepancies == ()


def test_a_later_slightly_higher_toll_is_news() -> None:
    later = relatives(killed=count(13), published="2024-05-06")
    assert weigh([army(killed=count(10)), later], BOOK).discrepancies == ()
    assert weigh(
        [army(killed=count(10)), relatives(killed=count(30), published="2024-05-06")], BOOK
    ).discrepancies


def test_the_same_voice_correcting_itself_is_no_other_account() -> None:
    text = "Eleven died in the raid on Orle on 2 May, the army now said."
    again = toll("r2", text, count(11), voice=("army", "GEO-MIL"))
    assert weigh([army(), again], BOOK).discrepancies == ()


def test_a_publishers_own_count_against_a_speakers() -> None:
    own = toll("r2", "Reporters counted eleven bodies after the raid on Orle on 2 May.", count(11))
    [found] = weigh([army(), own], BOOK).discrepancies
    assert found.against[0].id == "e0"


def test_the_injured_are_a_field_of_their_own() -> None:
    one = army(killed=count(2), injured=count(1))
    two = relatives(killed=count(2), injured=count(40))
    assert [d.field for d in weigh([one, two], BOOK).discrepancies] == ["injured"]


def blame(id: str, speaker: tuple[str, str], doer: tuple[str, str], place: str = "Orle") -> WeighedReport:
    text = f"The {speaker[0]} said the {doer[0]} burned the bridge at {place} on 2 May."
    return toll(
        id, text, None, place=place, voice=speaker, doer=doer, trigger="burned", mode="destroy",
        recipient="bridge",
    )  # fmt: skip


def test_who_did_it() -> None:
    one = blame("r1", ("governor", "governor"), ("guerrillas", "guerrillas"))
    two = blame("r2", ("radio", "radio"), ("soldiers", "GEO-MIL"))
    [found] = weigh([one, two], BOOK).discrepancies
    assert (found.kind, found.field) == ("account", "actor")
    elsewhere = blame("r2", ("radio", "radio"), ("soldiers", "GEO-MIL"), "Zor")
    assert weigh([one, elsewhere], BOOK).discrepancies == ()


def test_one_blames_the_troops_the_other_their_state() -> None:
    one = blame("r1", ("governor", "governor"), ("Georgians", "GEO"))
    two = blame("r2", ("radio", "radio"), ("soldiers", "GEO-MIL"))
    assert weigh([one, two], BOOK).discrepancies == ()


def began(id: str, text: str, speaker: tuple[str, str], doer: tuple[str, str]) -> WeighedReport:
    d = Draft(id, text, "2024-05-03", id)
    source = d.who(*speaker)
    who = d.who(*doer)
    e = d.event("ASSAULT", "fired", mode="firearms", actors=(who,), time=d.time("2 May", "2024-05-02"))
    d.says("accusation", source, text.partition("said ")[2].rstrip("."), events=[e])
    return d.done()


def test_who_fired_first() -> None:
    one = began(
        "r1", "The navy said the trawlers fired first on 2 May.", ("navy", "navy"), ("trawlers", "fleet")
    )
    two = began(
        "r2", "The skippers said the navy fired first on 2 May.", ("skippers", "fleet"), ("navy", "navy")
    )
    [found] = weigh([one, two], BOOK).discrepancies
    assert (found.kind, found.field) == ("account", "first")


def test_both_blaming_one_side_is_no_dispute() -> None:
    one = began(
        "r1", "The navy said the trawlers fired first on 2 May.", ("navy", "navy"), ("trawlers", "fleet")
    )
    two = began(
        "r2",
        "The pilots said the trawlers fired first on 2 May.",
        ("pilots", "pilots"),
        ("trawlers", "fleet"),
    )
    assert weigh([one, two], BOOK).discrepancies == ()


def test_reports_of_one_incident_are_clustered_with_the_reason() -> None:
    [cluster] = weigh([army(), relatives(), relatives("Zor")._replace(text="Other.")], BOOK).clusters
    assert cluster.members == (("r1", "e0"), ("r2", "e0"))
    assert "same place" in cluster.reason
