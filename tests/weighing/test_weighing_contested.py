"""Claims that another voice contests, positions a report tells as changed, and denials told in words."""

from __future__ import annotations

import pytest
from weighing_build import Draft, codebook

from saydo.weighing import WeighedReport, rebuild, weigh

BOOK = codebook()
RAW = BOOK.model_copy(update={"weights": {}})
"""Without weights every match is shown, however unsure."""


def contested(claim: str, contest: str, cue: str, content: str, kind: str = "denial") -> WeighedReport:
    """A claim by the Harbour Union about the Delta Line, and what the Delta Line says to it."""
    d = Draft("r1", f"{claim} {contest}", "2009-03-04", "Coast Daily")
    union = d.who("Harbour Union", "harbour-union")
    line = d.who("Delta Line", "delta-line", kind="company", type="organisation")
    d.says("accusation", union, claim.partition("said that ")[2].rstrip("."), cue="said")
    d.says(kind, line, content, cue=cue)
    return d.done()


CLAIM = "The Harbour Union said that the Delta Line locked the crew of its tanker below deck."


@pytest.mark.parametrize(
    ("contest", "cue", "content"),
    [
        ("The Delta Line denied the charges.", "denied", "the charges"),
        (
            "The Delta Line disputed that the crew was locked below deck.",
            "disputed",
            "that the crew was locked",
        ),
        ("The Delta Line called the claim a lie.", "called", "the claim a lie"),
    ],
)
def test_a_claim_that_the_accused_contests(contest: str, cue: str, content: str) -> None:
    [found] = weigh([contested(CLAIM, contest, cue, content)], RAW).discrepancies
    assert (found.kind, found.speaker, found.rule) == ("denial", "delta-line", "denial.contested")
    assert [p.id for p in found.against] == ["s0"]


@pytest.mark.parametrize(
    ("contest", "cue", "content"),
    [
        ("The Delta Line denied the crew a rise.", "denied", "the crew a rise"),
        ("The Delta Line rejected the bill for the repairs.", "rejected", "the bill for the repairs"),
        ("The Delta Line said a false passport was found.", "said a", "false passport was found"),
        ("The Delta Line denied the Pilot Office's claim.", "denied", "the Pilot Office's claim"),
    ],
)
def test_words_that_contest_nothing_that_was_claimed(contest: str, cue: str, content: str) -> None:
    assert not weigh([contested(CLAIM, contest, cue, content, "assertion")], RAW).discrepancies


def talk(*parts: tuple[str, str, str, str, str], pronoun: str | None = None) -> WeighedReport:
    """A report of sentences "SPEAKER CUE CONTENT.", each given with the kind of statement and the id of its
    speaker; ``pronoun`` is a word that stands for the first speaker."""
    text = " ".join(f"{name} {cue} {content}." for name, _, _, cue, content in parts)
    d = Draft("r1", text, "2003-09-01", "Fjord Post")
    who = {id: d.who(name, id, kind="person", type="person") for name, id, *_ in parts}
    if pronoun is not None:
        d.who(pronoun, parts[0][1], kind="person", type="person")
    for _, id, kind, cue, content in parts:
        d.says(kind, who[id], content, cue=cue)
    return d.done()


def test_a_pronoun_says_whose_claim_is_contested() -> None:
    """ "Her statement" is hers, though another spoke last."""
    report = talk(
        ("Ruta Kazlauskaite", "ruta", "assertion", "said", "the dam had been inspected in spring"),
        ("Engineer Pohl", "pohl", "assertion", "added", "he was not asked about the dam"),
        ("The auditors", "auditors", "denial", "contradicted", "her statement"),
        pronoun="her",
    )
    [found] = weigh([report], RAW).discrepancies
    assert (found.statement.id, [p.id for p in found.against]) == ("s0", ["s2"])


def test_untrue_may_be_what_somebody_denied() -> None:
    """Who says that a denial is false contests it like any claim."""
    report = talk(
        ("Minister Aho", "aho", "denial", "testified", "he had not received any letter about the reactor"),
        ("Inspector Lind", "lind", "assertion", "replied", "that statement was wrong"),
    )
    [found] = weigh([report], RAW).discrepancies
    assert (found.rule, found.statement.id) == ("account.contested", "s0")


def test_what_is_told_of_somebody_and_denied_in_its_own_words() -> None:
    """Nobody says "denied": that it never did what the other tells of it is enough."""
    report = talk(
        ("Dealer Oduya", "oduya", "assertion", "claimed", "the Lagos Museum offered money for the bronze"),
        ("The Lagos Museum", "museum", "denial", "wrote", "we never offered money for any bronze"),
    )
    [found] = weigh([report], RAW).discrepancies
    assert (found.kind, found.rule, found.speaker) == ("denial", "denial.contested", "museum")


def test_denying_something_else_of_oneself_contests_nothing() -> None:
    report = talk(
        ("Dealer Oduya", "oduya", "assertion", "claimed", "the Lagos Museum offered money for the bronze"),
        ("The Lagos Museum", "museum", "denial", "wrote", "we never closed on Sundays in winter"),
    )
    assert not weigh([report], RAW).discrepancies


def test_whoever_passes_a_claim_on_is_contested() -> None:
    """ "She said that doctors had found it safe. – That is untrue": her words, not the doctors'."""
    text = "Baroness Vance said that doctors found the mine safe; Miner Tadic replied that is untrue."
    d = Draft("r1", text, "1984-02-11", "Pit Gazette")
    baroness = d.who("Baroness Vance", "vance", kind="person", type="person")
    doctors = d.who("doctors", "doctors", kind="group", type="group")
    miner = d.who("Miner Tadic", "tadic", kind="person", type="person")
    d.says("assertion", baroness, "that doctors found the mine safe", cue="said")
    d.says("assertion", doctors, "the mine safe", cue="found")
    d.says("assertion", miner, "that is untrue", cue="replied")
    [found] = weigh([d.done()], RAW).discrepancies
    assert {found.statement.id, *(p.id for p in found.against)} == {"s0", "s2"}


def test_one_side_does_not_contest_itself() -> None:
    d = Draft(
        "r1", "The Delta Line said that the pump failed. The Delta Line denied the report.", "2009-03-04"
    )
    first = d.who("Delta Line", "delta-line", kind="company", type="organisation")
    d.says("assertion", first, "the pump failed", cue="said")
    d.says("denial", first, "the report", cue="denied")
    assert not weigh([d.done()], RAW).discrepancies


def test_a_contested_claim_is_rebuilt_from_its_explanation() -> None:
    report = contested(CLAIM, "The Delta Line denied the charges.", "denied", "the charges")
    [found] = weigh([report], BOOK).discrepancies
    assert rebuild(found, [report], BOOK) == found


def changed(once: str, now: str, first: str, second: str) -> WeighedReport:
    text = f"Mayor Ilse Brandt {once} the canal. Brandt {now} the canal."
    d = Draft("r1", text, "1998-05-06", "Lowland Post")
    mayor = d.who("Ilse Brandt", "ilse-brandt", kind="person", type="person")
    d.says(first, mayor, "the canal", cue=once)
    d.says(second, mayor, "the canal", cue=now, nth=1)
    return d.done()


def test_a_position_that_a_report_tells_as_changed() -> None:
    report = changed("once praised", "now condemns", "praise", "condemnation")
    [found] = weigh([report], RAW).discrepancies
    assert (found.kind, found.rule, found.speaker) == ("position", "position.changed", "ilse-brandt")
    assert (found.statement.id, found.against[0].id) == ("s0", "s1")


def test_praise_then_and_now_is_no_change() -> None:
    assert not weigh([changed("once praised", "now praises", "praise", "praise")], RAW).discrepancies


def test_a_clause_that_goes_on_where_another_ends_is_no_change() -> None:
    """ "Had at first hailed the canal and condemned its foes" tells of one time."""
    text = "Mayor Ilse Brandt at first hailed the canal and condemned the canal levy."
    d = Draft("r1", text, "1998-05-06", "Lowland Post")
    mayor = d.who("Ilse Brandt", "ilse-brandt", kind="person", type="person")
    d.says("praise", mayor, "the canal", cue="at first hailed")
    d.says("condemnation", mayor, "the canal levy", cue="condemned")
    assert not weigh([d.done()], RAW).discrepancies


def denied(content: str = "that it had dumped slag in Lake Selm") -> WeighedReport:
    d = Draft("r1", f"The Orvo Works denied {content}.", "2011-06-02", "Lake Post")
    works = d.who("Orvo Works", "orvo-works", kind="company", type="organisation")
    d.says("denial", works, content, cue="denied")
    return d.done()


def told(words: str, date: str = "2011-06-01") -> WeighedReport:
    d = Draft("r2", f"A diver said {words}.", date, "Valley Radio")
    diver = d.who("diver", "a-diver", kind="person", type="person")
    if "Orvo Works" in words:
        d.who("Orvo Works", "orvo-works", kind="company", type="organisation")
    d.says("assertion", diver, words, cue="said")
    return d.done()


def test_a_denial_in_words_against_the_same_words_of_another() -> None:
    report = told("the Orvo Works had dumped slag in Lake Selm")
    [found] = weigh([denied(), report], RAW).discrepancies
    assert (found.kind, found.rule) == ("denial", "denial.gainsaid")
    assert found.against[0].document == "r2"


@pytest.mark.parametrize(
    "words",
    [
        "the Teal Works had dumped slag in Lake Selm",
        "the Orvo Works had dumped slag in Lake Teal",
        "the Orvo Works had not dumped slag in Lake Selm",
        "the Orvo Works would dump slag in Lake Selm",
        "the Orvo Works had built a pier in Lake Selm",
    ],
    ids=["another doer", "another place", "denied there too", "only feared", "another deed"],
)
def test_other_words_gainsay_no_denial(words: str) -> None:
    found = weigh([denied(), told(words)], RAW).discrepancies
    assert not [d for d in found if d.rule == "denial.gainsaid"]


def test_what_came_after_gainsays_no_denial() -> None:
    later = told("the Orvo Works dumped slag in Lake Selm", "2011-09-20")
    found = weigh([denied(), later], RAW).discrepancies
    assert not [d for d in found if d.rule == "denial.gainsaid"]
