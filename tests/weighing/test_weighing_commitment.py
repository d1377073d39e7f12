"""Pledges against conduct: what breaks a word, what keeps it, and what has nothing to do with it."""

from __future__ import annotations

import pytest
from weighing_build import Draft, codebook

from saydo.weighing import Weighed, WeighedReport, weigh

BOOK = codebook()


def pledge(
    content: str = "it would not shell the port",
    *,
    said_on: str = "2024-05-03",
    polarity: str = "negative",
    type: str = "ASSAULT",
    mode: str | None = "heavy-weapons",
    trigger: str = "shell",
    tail: str = "",
    id: str = "r1",
) -> WeighedReport:
    d = Draft(id, f"On 3 May the Northern League vowed that {content}{tail}.", said_on, "Gulf Post")
    league = d.who("Northern League", "northern-league")
    e = d.event(type, trigger, mode=mode, realis="future", polarity=polarity, actors=(league,))
    when = d.time("3 May", said_on)
    d.says("pledge", league, content + tail, events=[e], cue="vowed", time=when)
    return d.done()


def shelling(
    text: str = "On 9 May Northern League gunners shelled the port, harbour staff said.",
    *,
    day: str | None = "2024-05-09",
    who: str = "Northern League gunners",
    actor: str | None = "northern-league",
    trigger: str = "shelled",
    published: str = "2024-05-10",
    id: str = "r2",
    mode: str = "heavy-weapons",
    **more: object,
) -> WeighedReport:
    d = Draft(id, text, published, "Harbour Herald")
    gunners = d.who(who, actor)
    when = d.time("9 May", day) if day and "9 May" in text else None
    d.event("ASSAULT", trigger, mode=mode, actors=(gunners,), time=when, **more)
    return d.done()


def kinds(weighed: Weighed) -> list[str]:
    return [d.kind for d in weighed.discrepancies]


def test_conduct_after_the_pledge_breaks_it() -> None:
    weighed = weigh([pledge(), shelling()], BOOK)
    [found] = weighed.discrepancies
    assert (found.kind, found.basis, found.speaker) == ("commitment", "inferred", "northern-league")
    assert (found.statement.document, found.statement.id) == ("r1", "s0")
    assert [(p.document, p.id) for p in found.against] == [("r2", "e0")]
    assert found.statement.quote == "On 3 May the Northern League vowed that it would not shell the port."
    assert found.against[0].quote.startswith("On 9 May Northern League gunners")
    assert found.explanation.index("(r1/s0, r1/e0)") < found.explanation.index("(r2/e0)")
    assert found.score > 0.7


def test_conduct_before_the_pledge_breaks_nothing() -> None:
    d = Draft("r2", "On 1 May Northern League gunners shelled the port.", "2024-05-10")
    gunners = d.who("Northern League gunners", "northern-league")
    d.event("ASSAULT", "shelled", actors=(gunners,), time=d.time("1 May", "2024-05-01"))
    assert weigh([pledge(), d.done()], BOOK).discrepancies == ()


def test_undated_conduct_counts_from_its_report_on() -> None:
    text = "Northern League gunners shelled the port, harbour staff said."
    assert kinds(weigh([pledge(), shelling(text)], BOOK)) == ["commitment"]
    assert weigh([pledge(), shelling(text, published="2024-05-03")], BOOK).discrepancies == ()


def test_conduct_of_nobody_known_breaks_nothing() -> None:
    unknown = shelling(
        "On 9 May unidentified gunmen shelled the port.", who="unidentified gunmen", actor=None
    )
    assert weigh([pledge(), unknown], BOOK).discrepancies == ()


def by_reef_battalion() -> WeighedReport:
    return shelling(
        "On 9 May the Reef Battalion shelled the port.", who="Reef Battalion", actor="reef-battalion"
    )


def reef_tie(type: str = "command", date: str = "2024-04-20", **more: object) -> WeighedReport:
    d = Draft("r3", "The Reef Battalion takes its orders from the Northern League.", date)
    reef, league = d.who("Reef Battalion", "reef-battalion"), d.who("Northern League", "northern-league")
    ends = (reef, league) if type in ("affiliation", "allegiance") else (league, reef)
    d.tie(type, "orders", *ends, state=more.pop("state", "current"), **more)
    return d.done()


def test_a_subordinate_counts_through_the_command_tie() -> None:
    [found] = weigh([pledge(), by_reef_battalion(), reef_tie()], BOOK).discrepancies
    assert found.kind == "commitment"
    assert "under the command of Northern League (r3/t0)" in found.explanation
    direct = weigh([pledge(), shelling()], BOOK).discrepancies[0]
    assert found.score < direct.score


@pytest.mark.parametrize("type", ["alliance", "contact", "rivalry", "sponsorship", "allegiance"])
def test_an_ally_does_not_count(type: str) -> None:
    assert weigh([pledge(), by_reef_battalion(), reef_tie(type)], BOOK).discrepancies == ()


def test_a_command_that_had_ended_does_not_count() -> None:
    ended = reef_tie(state="ended", until="2024-04-30")
    assert weigh([pledge(), by_reef_battalion(), ended], BOOK).discrepancies == ()


def test_a_denied_command_does_not_count() -> None:
    assert weigh([pledge(), by_reef_battalion(), reef_tie(polarity="negative")], BOOK).discrepancies == ()


def test_a_part_counts_through_affiliation() -> None:
    [found] = weigh([pledge(), by_reef_battalion(), reef_tie("affiliation")], BOOK).discrepancies
    assert "part of Northern League (r3/t0)" in found.explanation


def test_another_actor_breaks_nothing() -> None:
    other = shelling("On 9 May the Hill Front shelled the port.", who="Hill Front", actor="hill-front")
    assert weigh([pledge(), other], BOOK).discrepancies == ()


@pytest.mark.parametrize("realis", ["hypothetical", "future"])
def test_what_is_feared_or_planned_breaks_nothing(realis: str) -> None:
    feared = shelling("On 9 May staff feared that Northern League gunners shelled the port.", realis=realis)
    assert weigh([pledge(), feared], BOOK).discrepancies == ()


def test_what_was_not_done_breaks_nothing() -> None:
    not_done = shelling("On 9 May Northern League gunners shelled the port no more.", polarity="negative")
    assert weigh([pledge(), not_done], BOOK).discrepancies == ()


def test_another_thing_attacked_breaks_nothing() -> None:
    barracks = shelling("On 9 May Northern League gunners shelled the barracks, staff said.")
    assert weigh([pledge(), barracks], BOOK).discrepancies == ()


def test_another_kind_of_violence_is_not_shelling_but_is_an_attack() -> None:
    beating = shelling("On 9 May Northern League gunners beat the crews.", trigger="beat", mode="beat")
    assert weigh([pledge(), beating], BOOK).discrepancies == ()
    broad = pledge("it would not attack the crews", trigger="attack", mode=None)
    [found] = weigh([broad, beating], BOOK).discrepancies
    assert found.kind == "commitment"


@pytest.mark.parametrize(
    "tail", [" unless it came under fire", " as long as the truce held", " except in self-defence"]
)
def test_a_conditional_pledge_is_left_alone(tail: str) -> None:
    assert weigh([pledge(tail=tail), shelling()], BOOK).discrepancies == ()


def test_an_expired_pledge_is_not_broken() -> None:
    def until(words: str, day: str) -> WeighedReport:
        content = f"it would not shell the port until {words}"
        d = Draft("r1", f"On 3 May the Northern League vowed that {content}.", "2024-05-03")
        league = d.who("Northern League", "northern-league")
        e = d.event("ASSAULT", "shell", realis="future", polarity="negative", actors=(league,))
        d.time(words, day)
        d.says("pledge", league, content, events=[e], time=d.time("3 May", "2024-05-03"))
        return d.done()

    assert weigh([until("6 May", "2024-05-06"), shelling()], BOOK).discrepancies == ()
    assert kinds(weigh([until("20 May", "2024-05-20"), shelling()], BOOK)) == ["commitment"]


def test_a_pledge_for_some_days_runs_so_long() -> None:
    assert weigh([pledge(tail=" for three days"), shelling()], BOOK).discrepancies == ()
    assert kinds(weigh([pledge(tail=" for two weeks"), shelling()], BOOK)) == ["commitment"]


def test_a_period_without_dates_is_left_alone() -> None:
    assert weigh([pledge(tail=" during the pilgrimage"), shelling()], BOOK).discrepancies == ()


def test_a_promise_to_do_is_broken_by_the_opposite() -> None:
    promise = pledge(
        "it would free the captives", type="RETREAT", mode="release", polarity="positive", trigger="free"
    )
    d = Draft("r2", "On 9 May the Northern League abducted more captives.", "2024-05-10")
    league = d.who("Northern League", "northern-league")
    d.event("ASSAULT", "abducted", mode="abduct", actors=(league,), time=d.time("9 May", "2024-05-09"))
    [found] = weigh([promise, d.done()], BOOK).discrepancies
    assert found.rule == "commitment.opposite"


def leaving(text: str, trigger: str, day_words: str, day: str, polarity: str = "positive") -> WeighedReport:
    d = Draft("r2", text, "2024-07-02")
    league = d.who("Northern League", "northern-league")
    d.event(
        "RETREAT", trigger, mode="withdraw", actors=(league,), polarity=polarity, time=d.time(day_words, day)
    )
    return d.done()


def promise_to_leave() -> WeighedReport:
    d = Draft("r1", "On 3 May the Northern League promised to leave the valley by 1 June.", "2024-05-03")
    league = d.who("Northern League", "northern-league")
    e = d.event("RETREAT", "leave", mode="withdraw", realis="future", actors=(league,))
    d.time("1 June", "2024-06-01")
    d.says("pledge", league, "to leave the valley by 1 June", events=[e], time=d.time("3 May", "2024-05-03"))
    return d.done()


def test_a_kept_promise_is_recorded_and_no_discrepancy() -> None:
    left = leaving("The Northern League left the valley on 28 May.", "left", "28 May", "2024-05-28")
    weighed = weigh([promise_to_leave(), left], BOOK)
    assert weighed.discrepancies == ()
    [kept] = weighed.kept
    assert (kept.speaker, kept.by[0].document) == ("northern-league", "r2")
    [tally] = weighed.tallies
    assert (tally.speaker, tally.kept, tally.broken, tally.open) == ("northern-league", 1, 0, 0)


def test_what_is_not_done_by_the_deadline_is_broken() -> None:
    text = "On 1 July the Northern League had still not left the valley."
    weighed = weigh([promise_to_leave(), leaving(text, "left", "1 July", "2024-07-01", "negative")], BOOK)
    [found] = weighed.discrepancies
    assert found.rule == "commitment.overdue"
    assert (weighed.tallies[0].broken, weighed.tallies[0].kept) == (1, 0)


def test_not_done_before_the_deadline_is_nothing_yet() -> None:
    text = "On 20 May the Northern League had not left the valley."
    early = leaving(text, "left", "20 May", "2024-05-20", "negative")
    assert weigh([promise_to_leave(), early], BOOK).discrepancies == ()


def test_as_promised_in_one_report_is_kept() -> None:
    d = Draft("r1", "The envoy promised to leave Orle by June. As promised, the envoy left Orle in May.")
    envoy = d.who("envoy", "tarek-sol", kind="person", sector="GOV", type="person")
    again = d.who("envoy", "tarek-sol", kind="person", sector="GOV", type="person", nth=1)
    e = d.event("RETREAT", "leave", mode="withdraw", realis="future", actors=(envoy,), place=d.place("Orle"))
    d.event("RETREAT", "left", mode="withdraw", actors=(again,), place=d.place("Orle", 1))
    d.says("pledge", envoy, "to leave Orle by June", events=[e])
    d.date = "2024-05-30"
    weighed = weigh([d.done()], BOOK)
    assert weighed.discrepancies == ()
    assert [k.by[0].id for k in weighed.kept] == ["e1"]


def test_a_group_of_states_covers_its_members() -> None:
    def vow() -> WeighedReport:
        d = Draft("r1", "The Dune Front vowed not to attack Central Asian countries.", "2016-06-10")
        front = d.who("Dune Front", "dune-front")
        states = d.who("Central Asian countries", group, kind="state group", sector=None, type="government")
        e = d.event(
            "ASSAULT", "attack", realis="future", polarity="negative", actors=(front,), recipients=(states,)
        )
        d.says("pledge", front, "not to attack Central Asian countries", events=[e])
        return d.done()

    def raid(victim: str, actor: str, country: str) -> WeighedReport:
        d = Draft("r2", f"The Dune Front attacked {victim} on 4 March.", "2017-03-05")
        front = d.who("Dune Front", "dune-front")
        troops = d.who(victim, actor, kind="military", country=country, sector="MIL", type="military")
        when = d.time("4 March", "2017-03-04")
        d.event("ASSAULT", "attacked", actors=(front,), recipients=(troops,), time=when)
        return d.done()

    groups = {a.id for a in BOOK.actors.values() if a.regions and "TJK" in a.regions and "UZB" in a.regions}
    group = sorted(g for g in groups if "asia" in g)[0]
    assert kinds(weigh([vow(), raid("Tajik soldiers", "TJK-MIL", "TJK")], BOOK)) == ["commitment"]
    assert weigh([vow(), raid("Nepali soldiers", "NPL-MIL", "NPL")], BOOK).discrepancies == ()


def test_a_province_covers_its_towns_and_no_others() -> None:
    def vow() -> WeighedReport:
        d = Draft("r1", "The Dune Front vowed not to attack in Vardan.", "2024-05-01")
        front = d.who("Dune Front", "dune-front")
        e = d.event(
            "ASSAULT",
            "attack",
            realis="future",
            polarity="negative",
            actors=(front,),
            place=d.place("Vardan"),
        )
        d.says("pledge", front, "not to attack in Vardan", events=[e])
        return d.done()

    def raid(place: str) -> WeighedReport:
        d = Draft("r2", f"The Dune Front attacked in {place} on 4 June.", "2024-06-05")
        front = d.who("Dune Front", "dune-front")
        when = d.time("4 June", "2024-06-04")
        d.event("ASSAULT", "attacked", actors=(front,), place=d.place(place), time=when)
        return d.done()

    assert kinds(weigh([vow(), raid("Orle")], BOOK)) == ["commitment"]
    assert weigh([vow(), raid("Elsewhere")], BOOK).discrepancies == ()


def test_a_state_is_bound_by_its_government_and_its_army_counts() -> None:
    d = Draft("r1", "The Georgian government promised not to bomb Orle.", "2024-05-01")
    government = d.who("Georgian government", "GEO-GOV", "government", "GEO", "GOV", "government")
    e = d.event(
        "ASSAULT", "bomb", realis="future", polarity="negative", actors=(government,), place=d.place("Orle")
    )
    d.says("pledge", government, "not to bomb Orle", events=[e])
    r = Draft("r2", "Georgian troops bombed Orle on 4 May.", "2024-05-05")
    troops = r.who("Georgian troops", "GEO-MIL", "military", "GEO", "MIL", "military")
    when = r.time("4 May", "2024-05-04")
    r.event("ASSAULT", "bombed", mode="aerial", actors=(troops,), place=r.place("Orle"), time=when)
    [found] = weigh([d.done(), r.done()], BOOK).discrepancies
    assert found.kind == "commitment"
    assert "the forces of Georgia" in found.explanation


def test_a_declared_truce_binds_though_nobody_is_quoted() -> None:
    d = Draft("r1", "The Dune Front declared a ceasefire in Orle on 2 May.", "2024-05-02")
    front = d.who("Dune Front", "dune-front")
    when = d.time("2 May", "2024-05-02")
    d.event("RETREAT", "ceasefire", mode="ceasefire", actors=(front,), place=d.place("Orle"), time=when)

    def raid(place: str) -> WeighedReport:
        r = Draft("r2", f"The Dune Front attacked in {place} on 4 June.", "2024-06-05")
        actor = r.who("Dune Front", "dune-front")
        at = r.time("4 June", "2024-06-04")
        r.event("ASSAULT", "attacked", actors=(actor,), place=r.place(place), time=at)
        return r.done()

    [found] = weigh([d.done(), raid("Orle")], BOOK).discrepancies
    assert (found.kind, found.rule) == ("commitment", "commitment.opposite")
    assert weigh([d.done(), raid("Zor")], BOOK).discrepancies == ()


def test_a_reprint_adds_nothing() -> None:
    copy = shelling(id="r4", published="2024-05-11")
    [found] = weigh([pledge(), shelling(), copy], BOOK).discrepancies
    assert [p.document for p in found.against] == ["r2"]


def test_all_that_breaks_one_pledge_is_one_discrepancy() -> None:
    def at_orle(id: str, text: str) -> WeighedReport:
        r = Draft(id, text, "2024-05-10", id)
        who = r.who("Northern League", "northern-league")
        when = r.time("9 May", "2024-05-09")
        r.event("ASSAULT", "shelled", actors=(who,), place=r.place("Orle"), time=when, mode="heavy-weapons")
        return r.done()

    one = at_orle("r2", "On 9 May the Northern League shelled the port at Orle.")
    two = at_orle("r5", "Docks burned after the Northern League shelled the port of Orle on 9 May.")
    [found] = weigh([pledge(), one, two], BOOK).discrepancies
    assert [p.document for p in found.against] == ["r2", "r5"]


def backing(id: str, text: str, day: str, trigger: str, thing: str, polarity: str) -> WeighedReport:
    """The premier on backing Speaker Aune, or something of hers; in the future it is a pledge."""
    d = Draft(id, text, day, id)
    premier = d.who("Premier Roos", "roos", kind="person", sector="ELI", type="person")
    speaker = d.who("Speaker Aune", "aune", kind="person", sector="LEG", type="person")
    realis = "future" if polarity == "negative" else "actual"
    e = d.event(
        "SUPPORT", trigger, realis=realis, polarity=polarity, actors=(premier,), recipients=(speaker,)
    )
    if polarity == "negative":
        d.says("pledge", premier, f"he would not {trigger} {thing}", events=[e], cue="vowed")
    return d.done()


@pytest.mark.parametrize(
    ("thing", "expected"), [("Speaker Aune's budget", []), ("Speaker Aune", ["commitment"])]
)
def test_to_back_somebody_is_not_to_back_all_that_is_hers(thing: str, expected: list[str]) -> None:
    vow = backing(
        "r1", f"Premier Roos vowed he would not support {thing}.", "2021-05-03", "support", thing, "negative"
    )
    deed = backing(
        "r2", "Premier Roos backed Speaker Aune on Friday.", "2021-08-05", "backed", "", "positive"
    )
    assert kinds(weigh([vow, deed], BOOK)) == expected
