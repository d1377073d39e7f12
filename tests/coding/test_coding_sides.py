"""Which side somebody takes on what, in the many words for it, and ties that are denied as such: with the real
reader."""

from __future__ import annotations

import pytest

from saydo.model.records import Proposition, Record, Tie

pytestmark = pytest.mark.model


def sides(record: Record) -> list[tuple[str, str, str]]:
    """(verb, polarity, main noun of the matter) of the stances of a record."""
    return [
        (p.verb, p.polarity, p.objects[0] if p.objects else "")
        for p in record.propositions
        if p.verb in ("support", "oppose")
    ]


def tie(record: Record, type_: str) -> Tie:
    return next(t for t in record.ties if t.type == type_)


def names(record: Record, *mentions: str) -> list[str | None]:
    actors = {a.id: a.name for a in record.actors}
    held = {m.id: actors.get(m.actor or "") for m in record.mentions}
    return [held[m] for m in mentions]


@pytest.mark.parametrize(
    ("text", "verb", "matter"),
    [
        ("Senator Odile Marchand came out in favour of the tunnel.", "support", "tunnel"),
        ("Senator Odile Marchand has spoken out against the tunnel.", "oppose", "tunnel"),
        ("The bishops' conference declared itself opposed to the tunnel.", "oppose", "tunnel"),
        ("Mayor Jorge Pinto threw his weight behind the tunnel on Friday.", "support", "tunnel"),
        ("Mayor Jorge Pinto voiced his opposition to the tunnel on Friday.", "oppose", "tunnel"),
        ("The imam of Kano, Musa Bello, urged voters to reject the charter.", "oppose", "charter"),
    ],
)
def test_phrases_take_sides_as_verbs_do(record, text: str, verb: str, matter: str) -> None:
    assert (verb, "positive", matter) in sides(record(text))


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Minister Rosa Lind opposes the abolition of the salt levy.", "support"),
        ("Minister Rosa Lind came out in favour of scrapping the salt levy.", "oppose"),
        ("Minister Rosa Lind demanded the reintroduction of the salt levy.", "support"),
        ("Minister Rosa Lind spoke against the removal of the salt levy.", "support"),
    ],
)
def test_who_is_against_doing_away_with_a_thing_is_for_it(record, text: str, verb: str) -> None:
    assert (verb, "positive", "levy") in sides(record(text))


def test_what_is_accepted_is_no_longer_opposed_and_what_might_be_says_nothing(record) -> None:
    assert ("support", "positive", "quota") in sides(record("Iceland has accepted the quotas."))
    assert ("support", "negative", "quota") in sides(record("Iceland will never accept the quotas."))
    assert not sides(record("Iceland would accept the quotas if Norway paid for the patrols."))


def test_talks_that_there_will_not_be_are_opposed_by_whoever_says_so(record) -> None:
    refused = record("There will be no talks with the smugglers, Governor Lin Chao said.")
    assert ("support", "negative", "talk") in sides(refused)
    assert ("support", "positive", "talk") in sides(record("Governor Lin Chao called for talks at once."))


def test_a_side_given_up_is_turned(record) -> None:
    given_up = record("The dockers' union dropped its opposition to the merger.")
    assert ("oppose", "negative", "merger") in sides(given_up)


def test_what_is_called_names_is_opposed_and_what_is_ruled_out_too(record) -> None:
    assert ("oppose", "positive", "levy") in sides(record("Minister Ole Berg called the levy a disgrace."))
    assert ("oppose", "positive", "election") in sides(record("Minister Ole Berg ruled out an election."))
    assert not sides(record("Minister Ole Berg called an election."))


def test_support_withdrawn_is_told_once(record) -> None:
    assert sides(record("The Miners' Union has withdrawn its support for the merger.")) == [
        ("support", "negative", "merger")
    ]


def test_speaking_for_an_hour_takes_no_side(record) -> None:
    assert not sides(record("Senator Odile Marchand spoke for two hours."))


# --- ties ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Gabon denied any link to the Kestrel militia.",
        "Gabon has nothing to do with the Kestrel militia.",
        "Gabon disclaimed all contact with the Kestrel militia.",
    ],
)
def test_a_tie_that_is_denied_is_a_tie_that_does_not_hold(record, text: str) -> None:
    coded = record(text)
    found = tie(coded, "contact")
    assert found.polarity == "negative"
    assert names(coded, found.from_, found.to) == ["Gabon", "Kestrel"]


def test_no_longer_having_to_do_with_somebody_is_an_end(record) -> None:
    found = tie(record("Gabon no longer has anything to do with the Kestrel militia."), "contact")
    assert found.state == "ended"


@pytest.mark.parametrize(
    ("text", "type_", "ends"),
    [
        ("Inspectors found a pipeline of arms from Libya to the Kestrel militia.", "sponsorship", ["Libya", "Kestrel"]),
        ("The Kestrel militia is still paid by Libya.", "sponsorship", ["Libya", "Kestrel"]),
        ("The Kestrel militia operates under the protection of Libya.", "sponsorship", ["Libya", "Kestrel"]),
        ("Libya was giving orders to the Kestrel militia.", "command", ["Libya", "Kestrel"]),
        ("Jana Horak was on the payroll of the Kestrel militia.", "affiliation", ["Jana Horak", "Kestrel"]),
    ],
)  # fmt: skip
def test_arms_pay_shelter_and_orders_tie(record, text: str, type_: str, ends: list[str]) -> None:
    coded = record(text)
    assert ends in [names(coded, t.from_, t.to) for t in coded.ties if t.type == type_]


def test_the_party_of_one_who_leads_a_party_is_that_party(record) -> None:
    coded = record(
        "Ana Kovar, who leads the Orchard Alliance, spoke last. Her party had no connection with the Delta "
        "Foundation, she said."
    )
    found = tie(coded, "contact")
    assert names(coded, found.from_, found.to) == ["Orchard Alliance", "Delta Foundation"]


def test_propositions_keep_what_a_refused_matter_is(record) -> None:
    [found] = [
        p
        for p in record("Mayor Pinto came out against selling the waterworks.").propositions
        if p.verb == "oppose"
    ]
    assert isinstance(found, Proposition) and found.objects == ("waterworks",)
