"""Who answers for whom: hosts for guests, offices for states, last names for whole ones."""

from __future__ import annotations

import pytest
from weighing_build import Draft, codebook

from saydo.weighing import WeighedReport, rebuild, weigh

BOOK = codebook()
KGZ = {"kind": "state", "country": "KGZ", "sector": "GOV", "type": "government"}


def soil_pledge(
    content: str = "it would not allow its soil to be used against any neighbour",
) -> WeighedReport:
    d = Draft("r1", f"Bishkek promised that {content}.", "2011-05-02")
    speaker = d.who("Bishkek", "KGZ", **KGZ)
    d.says("pledge", speaker, f"that {content}", cue="promised")
    return d.done()


def dune_front(tie: str | None = "presence", date: str = "2011-06-01") -> WeighedReport:
    d = Draft("r3", "The Dune Front has its camps in Kyrgyzstan.", date)
    front, state = d.who("Dune Front", "dune-front"), d.who("Kyrgyzstan", "KGZ", **KGZ)
    if tie == "presence":
        d.tie(tie, "camps", front, state, state="current")
    elif tie:
        d.tie(tie, "camps", state, front, state="current")
    return d.done()


def raid(
    country: str = "TJK", day: str = "2011-07-04", actor: str = "dune-front", id: str = "r2"
) -> WeighedReport:
    d = Draft(id, "The Dune Front raided a border post on 4 July, killing two guards.", "2011-07-05")
    front = d.who("Dune Front", actor)
    post = d.who(
        "border post", f"{country}-MIL", kind="military", country=country, sector="MIL", type="military"
    )
    d.event("ASSAULT", "raided", actors=(front,), recipients=(post,), time=d.time("4 July", day))
    return d.done()


@pytest.mark.parametrize("tie", ["presence", "sponsorship", "command"])
def test_soil_that_is_used_after_all(tie: str) -> None:
    reports = [soil_pledge(), dune_front(tie), raid()]
    [found] = weigh(reports, BOOK).discrepancies
    assert (found.kind, found.rule, found.speaker) == ("commitment", "commitment.soil", "KGZ")
    assert "r3/t0" in found.explanation
    assert rebuild(found, reports, BOOK) == found


@pytest.mark.parametrize(
    "reports",
    [
        pytest.param([soil_pledge(), dune_front(None), raid()], id="no tie"),
        pytest.param([soil_pledge(), dune_front("alliance"), raid()], id="an ally"),
        pytest.param([soil_pledge(), dune_front(), raid("KGZ")], id="at home"),
        pytest.param([soil_pledge(), dune_front(), raid(day="2011-04-04")], id="before"),
        pytest.param([soil_pledge(), dune_front(), raid(actor="hill-front")], id="another group"),
        pytest.param(
            [soil_pledge("it would allow its soil to be used by relief flights"), dune_front(), raid()],
            id="allowed",
        ),
        pytest.param([soil_pledge("it would not raise the price of bread"), dune_front(), raid()], id="bread"),
    ],
)  # fmt: skip
def test_soil_that_is_not(reports: list[WeighedReport]) -> None:
    assert weigh(reports, BOOK).discrepancies == ()


def minister(role: str) -> WeighedReport:
    """Somebody of Georgia pledges not to bomb Orle; whether for Georgia depends on the title."""
    d = Draft("r1", f"Nino Lomia, {role} of Georgia, promised not to bomb Orle.", "2024-05-01")
    nino = d.who("Nino Lomia", "nino-lomia", kind="person", sector=None, type="person")
    state = d.who("Georgia", "GEO", kind="state", country="GEO", sector="GOV", type="government")
    d.tie("office", role, nino, state, role=role)
    e = d.event("ASSAULT", "bomb", realis="future", polarity="negative", place=d.place("Orle"))
    d.says("pledge", nino, "not to bomb Orle", events=[e])
    return d.done()


def bombing() -> WeighedReport:
    r = Draft("r2", "Georgia bombed Orle on 4 May.", "2024-05-05")
    state = r.who("Georgia", "GEO", kind="state", country="GEO", sector="GOV", type="government")
    when = r.time("4 May", "2024-05-04")
    r.event("ASSAULT", "bombed", mode="aerial", actors=(state,), place=r.place("Orle"), time=when)
    return r.done()


@pytest.mark.parametrize(
    ("role", "binds"),
    [
        ("defence minister", True),
        ("president", True),
        ("former president", False),
        ("senator", False),
        ("mayor", False),
        ("professor", False),
    ],
)
def test_titles_that_bind_a_state(role: str, binds: bool) -> None:
    assert bool(weigh([minister(role), bombing()], BOOK).discrepancies) is binds


def test_a_last_name_is_the_one_person_of_the_report_who_bears_it() -> None:
    def report(*people: str) -> WeighedReport:
        d = Draft("r1", f"{' and '.join(people)} met. Beridze vowed not to attack in Orle.", "2024-05-01")
        for name in people:
            d.who(name, name.lower().replace(" ", "-"), kind="person", sector=None, type="person")
        short = d.who("Beridze", "beridze", kind="person", sector=None, type="person", nth=len(people))
        e = d.event("ASSAULT", "attack", realis="future", polarity="negative", place=d.place("Orle"))
        d.says("pledge", short, "not to attack in Orle", events=[e])
        return d.done()

    r = Draft("r2", "Ana Beridze attacked in Orle on 4 May.", "2024-05-05")
    ana = r.who("Ana Beridze", "ana-beridze", kind="person", sector=None, type="person")
    when = r.time("4 May", "2024-05-04")
    r.event("ASSAULT", "attacked", actors=(ana,), place=r.place("Orle"), time=when)
    attack = r.done()
    assert [d.speaker for d in weigh([report("Ana Beridze"), attack], BOOK).discrepancies] == ["ana-beridze"]
    assert weigh([report("Ana Beridze", "Tea Beridze"), attack], BOOK).discrepancies == ()


def talks(id: str, text: str, date: str, type: str, trigger: str, to: str = "dockers") -> WeighedReport:
    d = Draft(id, text, date, id)
    mayor = d.who("Ivo Brod", "ivo-brod", kind="person", sector="GOV", type="person")
    other = d.who(to, f"{to}-union", kind="organisation", sector="LAB")
    d.event(type, trigger, actors=(mayor,), recipients=(other,))
    return d.done()


def test_rejecting_and_later_backing_the_same_talks() -> None:
    no = talks("r1", "Ivo Brod rejected talks with the dockers.", "2024-05-01", "REJECT", "rejected")
    yes = talks("r2", "Ivo Brod backed talks with the dockers.", "2024-07-01", "SUPPORT", "backed")
    [found] = weigh([no, yes], BOOK).discrepancies
    assert (found.kind, found.rule, found.speaker) == ("position", "position.verbal", "ivo-brod")
    assert rebuild(found, [no, yes], BOOK) == found
    others = talks(
        "r2", "Ivo Brod backed talks with the bakers.", "2024-07-01", "SUPPORT", "backed", "bakers"
    )
    assert weigh([no, others], BOOK).discrepancies == ()


def test_an_agreement_binds_to_what_was_agreed() -> None:
    d = Draft("r1", "The Hill Front agreed to stop all attacks on Orle.", "2024-05-01")
    front = d.who("Hill Front", "hill-front")
    orle = d.place("Orle")
    d.event("AGREE", "agreed", actors=(front,))
    d.event("ASSAULT", "attacks", realis="future", polarity="negative", actors=(front,), place=orle)
    r = Draft("r2", "The Hill Front attacked Orle on 4 May.", "2024-05-05")
    actor, when = r.who("Hill Front", "hill-front"), r.time("4 May", "2024-05-04")
    r.event("ASSAULT", "attacked", actors=(actor,), place=r.place("Orle"), time=when)
    reports = [d.done(), r.done()]
    [found] = weigh(reports, BOOK).discrepancies
    assert (found.kind, found.statement.id) == ("commitment", "e0")
    assert rebuild(found, reports, BOOK) == found


def test_a_truce_that_two_signed_binds_both() -> None:
    def truce(signed: bool) -> WeighedReport:
        d = Draft("r1", "The Hill Front and the Gorge Company signed a ceasefire.", "2024-05-01")
        front, company = d.who("Hill Front", "hill-front"), d.who("Gorge Company", "gorge-company")
        d.event("RETREAT", "ceasefire", mode="ceasefire", actors=(front,), recipients=(company,))
        if signed:
            d.event("AGREE", "signed", actors=(front,), recipients=(company,))
        return d.done()

    r = Draft("r2", "The Gorge Company attacked the Hill Front on 4 May.", "2024-05-05")
    company, front = r.who("Gorge Company", "gorge-company"), r.who("Hill Front", "hill-front")
    when = r.time("4 May", "2024-05-04")
    r.event("ASSAULT", "attacked", actors=(company,), recipients=(front,), time=when)
    reports = [truce(signed=True), r.done()]
    [found] = weigh(reports, BOOK).discrepancies
    assert found.kind == "commitment"
    assert rebuild(found, reports, BOOK) == found
    assert weigh([truce(signed=False), r.done()], BOOK).discrepancies == ()


def test_a_pledge_for_ones_battalion_is_broken_by_it() -> None:
    d = Draft("r1", "The Hill Front pledged that the Reef Battalion would not attack Orle.", "2024-05-01")
    front, reef = d.who("Hill Front", "hill-front"), d.who("Reef Battalion", "reef-battalion")
    e = d.event(
        "ASSAULT", "attack", realis="future", polarity="negative", actors=(reef,), place=d.place("Orle")
    )
    d.says("pledge", front, "that the Reef Battalion would not attack Orle", events=[e])
    t = Draft("r3", "The Hill Front commands the Reef Battalion.", "2024-04-01")
    t.tie("command", "commands", t.who("Hill Front", "hill-front"), t.who("Reef Battalion", "reef-battalion"))
    r = Draft("r2", "The Reef Battalion attacked Orle on 4 May.", "2024-05-05")
    actor, when = r.who("Reef Battalion", "reef-battalion"), r.time("4 May", "2024-05-04")
    r.event("ASSAULT", "attacked", actors=(actor,), place=r.place("Orle"), time=when)
    reports = [d.done(), t.done(), r.done()]
    [found] = weigh(reports, BOOK).discrepancies
    assert (found.kind, found.speaker) == ("commitment", "hill-front")
    assert "which binds Reef Battalion" in found.explanation
    assert rebuild(found, reports, BOOK) == found
    assert weigh([reports[0], reports[2]], BOOK).discrepancies == ()


def test_somebody_named_beside_the_deed() -> None:
    """The two soldiers are nobody's in the coding; the post is said to be the Authority's."""

    def raid(text: str) -> WeighedReport:
        r = Draft("r2", text, "2024-05-05")
        front, soldiers = r.who("Hill Front", "hill-front"), r.who("two soldiers", type="military")
        r.who("Authority", "authority", kind="government", sector="GOV", type="government")
        r.event(
            "ASSAULT", "attacked", actors=(front,), recipients=(soldiers,), time=r.time("4 May", "2024-05-04")
        )
        return r.done()

    d = Draft("r1", "The Hill Front agreed not to attack the Authority.", "2024-05-01")
    front = d.who("Hill Front", "hill-front")
    authority = d.who("Authority", "authority", kind="government", sector="GOV", type="government")
    e = d.event(
        "ASSAULT", "attack", realis="future", polarity="negative", actors=(front,), recipients=(authority,)
    )
    d.says("pledge", front, "not to attack the Authority", events=[e])
    pledge = d.done()
    struck = raid("The Hill Front attacked a post of the Authority on 4 May, killing two soldiers.")
    assert [x.kind for x in weigh([pledge, struck], BOOK).discrepancies] == ["commitment"]
    watched = raid("Seen by the Authority, the Hill Front attacked two soldiers of Kosh on 4 May.")
    assert weigh([pledge, watched], BOOK).discrepancies == ()


def party_led(by: str, date: str) -> WeighedReport:
    """A report calls a party only that, and says who leads it."""
    d = Draft("r3", f"The party is led by {by}.", date)
    chief = d.who(by, "ilo-brandt", kind="person", type="person")
    d.tie("leadership", "led", chief, d.who("The party", None, kind="party", type="group"), state="current")
    return d.done()


def test_what_a_party_without_a_name_is_tied_to_is_told_of_that_party_alone() -> None:
    """There is a party in every town: the leader of one does not answer for what another one did."""
    d = Draft("r1", "Ilo Brandt promised not to shell Orle.", "2024-05-01")
    chief = d.who("Ilo Brandt", "ilo-brandt", kind="person", type="person")
    e = d.event("ASSAULT", "shell", realis="future", polarity="negative", place=d.place("Orle"))
    d.says("pledge", chief, "not to shell Orle", events=[e])
    pledge = d.done()
    d = Draft("r2", "The party shelled Orle.", "2024-05-09")
    party = d.who("The party", None, kind="party", type="group")
    d.event("ASSAULT", "shelled", actors=(party,), place=d.place("Orle"))
    deed = d.done()
    assert weigh([pledge, party_led("Ilo Brandt", "2024-04-20"), deed], BOOK).discrepancies == ()
    d = Draft("r2", "The party shelled Orle. The party is led by Ilo Brandt.", "2024-05-09")
    chief = d.who("Ilo Brandt", "ilo-brandt", kind="person", type="person")
    party = d.who("The party", None, kind="party", type="group")
    other = d.who("The party", None, kind="party", type="group", nth=1)
    d.event("ASSAULT", "shelled", actors=(party,), place=d.place("Orle"))
    d.tie("leadership", "led", chief, other, state="current")
    [found] = weigh([pledge, d.done()], BOOK).discrepancies
    assert found.kind == "commitment"
