"""What a report's own voice sets against each other, and contrasts that set nothing against anything."""

from __future__ import annotations

import flagged_scripts as scripts
import pytest
from flagged_making import Report

from saydo.model.citations import cited


def despite(**denied: object) -> Report:
    r = Report(scripts.DESPITE_DENIALS)
    eritrea, it, rebels = r.who("Eritrea", "ERI"), r.who("it", "ERI", nth=1), r.who("the Afar rebels", "afar")
    officers, again = r.who("its officers", "ERI-MIL"), r.who("the rebels", "afar")
    e = r.event("AID", "arms", actors=(it,), recipients=(rebels,), **denied)
    r.event("AID", "delivered", actors=(officers,), recipients=(again,))
    r.says("denial", eritrea, "denials", "that it arms the Afar rebels", e)
    return r


def test_despite_a_denial() -> None:
    [found] = despite().flagged()
    assert (found.kind, found.basis, found.rule) == ("denial", "flagged", "flagged.preposition")
    assert (found.speaker, found.statement.id, found.against[0].id) == ("ERI", "s0", "e1")
    assert found.statement.quote == scripts.DESPITE_DENIALS[0]
    assert cited(found.explanation) == (("d", "s0"), ("d", "e0"), ("d", "e1"))
    assert "despite" in found.explanation


def test_contrary_to_what_somebody_claims() -> None:
    r = Report(scripts.CONTRARY_TO)
    company, skopje, again = (
        r.who("The Gorge Company", "gorge"),
        r.who("Skopje", "MKD"),
        r.who("Skopje", "MKD", 1),
    )
    r.tie("command", "orders", skopje, company)
    r.says("denial", again, "claims", "what Skopje", rule="denial/contrary to")
    [found] = r.flagged()
    assert (found.kind, found.speaker, found.against[0].id) == ("tie", "MKD", "t0")


def although(freed: str = "RETREAT", **conduct: object) -> Report:
    r = Report(scripts.ALTHOUGH)
    junta, it = r.who("the junta", "junta"), r.who("it", "junta", nth=0)
    soldiers = r.who("its soldiers", "junta")
    mine, two = r.who("all captives"), r.who("two captives")
    e = r.event(freed, "freed", mode="release", actors=(it,), recipients=(mine,))
    r.event("ASSAULT", "abducted", mode="abduct", actors=(soldiers,), recipients=(two,), **conduct)
    r.says("assertion", junta, "insists", "that it freed all captives", e)
    return r


def test_although_in_one_sentence() -> None:
    [found] = although().flagged()
    assert (found.kind, found.rule, found.against[0].id) == ("account", "flagged.subordinate", "e1")


@pytest.mark.parametrize(
    "conduct", [{"realis": "future"}, {"realis": "hypothetical"}, {"polarity": "negative"}]
)
def test_what_did_not_happen_stands_against_nothing(conduct: dict[str, str]) -> None:
    assert although(**conduct).flagged() == ()


def test_what_is_not_opposed_stands_against_nothing() -> None:
    assert although("AID").flagged() == ()


def test_the_siege_that_is_said_to_be_lifted() -> None:
    r = Report(scripts.SIEGE)
    ministry, siege = r.who("the ministry", "ministry"), r.who("the siege")
    soldiers, trucks = r.who("soldiers", "ministry"), r.who("trucks", type="platform")
    e = r.event("RETREAT", "lifted", mode="access", recipients=(siege,))
    r.event("COERCE", "turning", mode="restrict", actors=(soldiers,), recipients=(trucks,))
    r.says("assertion", ministry, "insists", "the siege has been lifted", e)
    [found] = r.flagged()
    assert (found.statement.id, found.against[0].id) == ("s0", "e1")


def however(second: str | None = "league") -> Report:
    r = Report(scripts.HOWEVER)
    league, gunners = r.who("The Northern League", "league"), r.who("its gunners", second)
    port, again = r.who("the port", type="place"), r.who("the port", nth=1, type="place")
    e = r.event(
        "ASSAULT",
        "shell",
        realis="future",
        polarity="negative",
        mode="heavy-weapons",
        actors=(league,),
        recipients=(port,),
    )
    r.event("ASSAULT", "shelled", actors=(gunners,), recipients=(again,))
    r.says("pledge", league, "pledged", "not to shell the port", e)
    return r


def test_however_in_the_next_sentence() -> None:
    [found] = however().flagged()
    assert (found.kind, found.rule) == ("commitment", "flagged.adverb")
    assert found.against[0].quote == "However, its gunners shelled the port on Friday."


def test_however_about_somebody_else() -> None:
    assert however("hill-front").flagged() == ()


def test_however_and_the_price_of_wheat() -> None:
    r = Report(scripts.WHEAT)
    minister, army, market = r.who("The minister", "minister"), r.who("the army", "army"), r.who("the market")
    e = r.event("ASSAULT", "shelled", actors=(army,), recipients=(market,))
    r.says("denial", minister, "denied", "that the army had shelled the market", e)
    assert r.flagged() == ()


def story(tie_to: str = "hill-front") -> Report:
    r = Report(scripts.STORY)
    front, valley = r.who("The Hill Front", "hill-front"), r.who("the valley", type="place")
    men, again = r.who("Hill Front men", tie_to), r.who("the valley", nth=1, type="place")
    e = r.event(
        "ASSAULT", "attack", realis="future", polarity="negative", actors=(front,), recipients=(valley,)
    )
    r.event("ASSAULT", "attacking", actors=(men,), recipients=(again,))
    r.says("pledge", front, "promised", "not to attack the valley", e)
    return r


def test_evidence_that_tells_a_different_story() -> None:
    [found] = story().flagged()
    assert (found.kind, found.rule, found.against[0].id) == ("commitment", "flagged.story", "e1")
    assert found.statement.quote == "The Hill Front promised not to attack the valley."


def test_a_story_about_others() -> None:
    assert story("gorge-company").flagged() == ()


def test_a_truce_binds_those_who_declared_it() -> None:
    def truce(by: str) -> Report:
        r = Report(scripts.TRUCE)
        front, men = r.who("the Dune Front", "dune-front"), r.who("its men", by)
        zor = r.who("Zor", type="place")
        r.event("RETREAT", "ceasefire", mode="ceasefire", actors=(front,))
        r.event("ASSAULT", "attacked", actors=(men,), recipients=(zor,))
        return r

    [found] = truce("dune-front").flagged()
    assert (found.kind, found.statement.id, found.speaker) == ("commitment", "e0", "dune-front")
    assert truce("hill-front").flagged() == ()


def test_a_log_that_belies_a_denial() -> None:
    r = Report(scripts.BELIES)
    navy, it, ship = r.who("the navy", "navy"), r.who("it", "navy"), r.who("the trawler")
    again, hull = r.who("the navy", "navy", nth=1), r.who("the trawler", nth=1)
    e = r.event("ASSAULT", "sank", actors=(it,), recipients=(ship,))
    r.event("ASSAULT", "sank", nth=1, actors=(again,), recipients=(hull,))
    r.says("denial", navy, "denial", "that it sank the trawler", e)
    [found] = r.flagged()
    assert (found.kind, found.rule, found.against[0].id) == ("denial", "flagged.verb", "e1")


def test_another_actor_on_the_other_side() -> None:
    r = Report(scripts.OTHER_ACTOR)
    skopje, it, front = r.who("Skopje", "MKD"), r.who("it", "MKD"), r.who("the Hill Front", "hill-front")
    tirana, again = r.who("Tirana", "ALB"), r.who("the Hill Front", "hill-front", nth=1)
    e = r.event("AID", "arms", actors=(it,), recipients=(front,))
    r.event("AID", "armed", actors=(tirana,), recipients=(again,))
    r.says("denial", skopje, "denies", "that it arms the Hill Front", e)
    assert r.flagged() == ()


def test_a_contrast_inside_a_quotation_is_not_the_reports_own() -> None:
    r = Report(scripts.IN_QUOTES)
    minsk, it, front = r.who("Minsk", "BLR"), r.who("it", "BLR"), r.who("the Hill Front", "hill-front")
    again, same = r.who("Minsk", "BLR", nth=1), r.who("the Hill Front", "hill-front", nth=1)
    e = r.event("AID", "armed", actors=(it,), recipients=(front,))
    f = r.event("AID", "armed", nth=1, actors=(again,), recipients=(same,))
    r.says("denial", minsk, "denies", "that it armed the Hill Front", e)
    assert r.flagged()  # as long as nobody is known to be quoted
    envoy = r.who("the envoy", "envoy")
    r.says("assertion", envoy, "said", r.text.partition(" the envoy")[0].rstrip(","), f)
    assert r.flagged() == ()


def test_a_warning_is_nothing_that_conduct_can_gainsay() -> None:
    r = Report(scripts.WARNING)
    mayor, marchers, police = r.who("the mayor", "mayor"), r.who("marchers"), r.who("police", "mayor")
    e = r.event("COERCE", "arrested", mode="arrest", realis="future", recipients=(marchers,))
    r.event("COERCE", "arrested", nth=1, mode="arrest", actors=(police,), polarity="negative")
    r.says("threat", mayor, "warning", "that marchers would be arrested", e)
    assert r.flagged() == ()


def test_it_is_the_same_every_time_and_ids_differ() -> None:
    first, second = despite().flagged(), despite().flagged()
    assert first == second
    assert first[0].id != although().flagged()[0].id
