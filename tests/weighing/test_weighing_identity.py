"""Who is who over several reports: what is merged and why, what is only asked, what stays apart."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from weighing_build import Draft, codebook

from saydo.model.choices import NO_CHOICES, ActorAnchor, Choices, Decision
from saydo.model.identity import Identities
from saydo.model.names import OF_SENTENCE
from saydo.weighing import WeighedReport, rebuild, weigh
from saydo.weighing.decided import applied, identify

BOOK = codebook()


def names(
    id: str, *people: tuple[str, ...], date: str | None = "2020-05-01", text: str = ""
) -> WeighedReport:
    """A report that names actors: ``(words, actor id, kind, country)``, the last two if they matter."""
    body = text or ". ".join(words for words, *_ in people) + "."
    d = Draft(id, body, date)
    for words, actor, *more in people:
        kind = more[0] if more else "person"
        country = more[1] if len(more) > 1 else None
        d.who(
            words,
            actor,
            kind=kind,
            country=country or None,
            sector=None,
            type="person" if kind == "person" else "group",
        )
    report = d.done()
    named = tuple(a.model_copy(update={"resolved_by": "name"}) for a in report.record.actors)
    return report._replace(record=report.record.model_copy(update={"actors": named}))


def who(*reports: WeighedReport, choices: Choices = NO_CHOICES) -> Identities:
    return identify(reports, BOOK, choices)


BRIGADE = ("Kolda River Brigade", "kolda-river-brigade", "armed group")
INTRODUCED = names(
    "r1", BRIGADE, ("KRB", "kolda-river-brigade", "armed group"),
    text="The Kolda River Brigade (KRB) took the ferry.",
)  # fmt: skip
ALONE = names("r2", ("KRB", "krb", "organisation"), text="On Monday the KRB let the ferry go.")


def test_an_abbreviation_given_in_one_report_is_known_in_another() -> None:
    found = who(INTRODUCED, ALONE)
    assert found.of("r2", "krb") == "kolda-river-brigade"
    [merge] = found.merges
    assert (merge.rule, merge.actor, merge.merged) == ("abbreviation", "kolda-river-brigade", "krb")
    assert "r1" in merge.reason
    assert [(s.document, s.words) for s in merge.evidence] == [
        ("r2", "KRB"), ("r1", "KRB"), ("r1", "Kolda River Brigade"),
    ]  # fmt: skip


def test_an_abbreviation_that_two_bodies_are_given_is_only_asked_about() -> None:
    other = names(
        "r3", ("Karst Rescue Board", "karst-rescue-board", "organisation"), ("KRB", "karst-rescue-board"),
        text="The Karst Rescue Board (KRB) closed the caves.",
    )  # fmt: skip
    found = who(INTRODUCED, ALONE, other)
    assert not found.merges
    [question] = found.questions
    assert question.actor == "krb"
    assert {c.actor for c in question.candidates} == {"kolda-river-brigade", "karst-rescue-board"}


def test_initials_alone_are_only_asked_about() -> None:
    """No report says that the one is short for the other."""
    found = who(names("r1", BRIGADE, text="The Kolda River Brigade took the ferry."), ALONE)
    assert not found.merges
    [question] = found.questions
    assert question.candidates[0].against == "no report gives the one with the other"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Yusuf al-Hamdani", "yusuf-al-hamdani"), ("Yousef Hamdani", "yousef-hamdani")),
        (("Senator Ines Okafor", "senator-ines-okafor"), ("Ines Okafor", "ines-okafor")),
        (("Nadia Q. Lindqvist", "nadia-q-lindqvist"), ("Nadia Lindqvist", "nadia-lindqvist")),
        (("Tamsin River Guards", "tamsin-river-guards", "armed group"),
         ("Tamsin River Guard", "tamsin-river-guard", "armed group")),
        (("Ashkol Front", "ashkol-front", "armed group"),
         ("Ashkol Front Fighters", "ashkol-front-fighters", "armed group")),
    ],
)  # fmt: skip
def test_one_name_written_in_two_ways_is_one_actor(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    found = who(names("r1", one), names("r2", other))
    assert found.of("r1", one[1]) == found.of("r2", other[1])
    assert found.merges[0].reason


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Yusuf al-Hamdani", "yusuf-al-hamdani", "person", "YEM"),
         ("Yousef Hamdani", "yousef-hamdani", "person", "SDN")),
        (("Piotr Zaleski Jr", "piotr-zaleski-jr"), ("Piotr Zaleski", "piotr-zaleski")),
    ],
)  # fmt: skip
def test_what_speaks_against_a_merge_makes_it_a_question(
    one: tuple[str, ...], other: tuple[str, ...]
) -> None:
    found = who(names("r1", one), names("r2", other))
    assert not found.merges
    [question] = found.questions
    assert question.candidates[0].against


def test_two_that_one_report_names_side_by_side_are_not_made_one() -> None:
    both = names("r1", ("Nadia Lindqvist", "nadia-lindqvist"), ("Nadia Q. Lindqvist", "nadia-q-lindqvist"))
    found = who(both, names("r2", ("Nadia Lindqvist", "nadia-lindqvist")))
    assert not found.merges
    assert "as two" in found.questions[0].candidates[0].against


LUND = ("Astrid Lund", "astrid-lund")
SHE = ("Lund", "lund"), ("she", "lund")
HARBOUR = ("Harbour Union", "harbour-union", "organisation")


def test_a_last_name_is_the_one_person_who_bears_it_if_the_company_fits() -> None:
    """Only in that report: elsewhere another Lund may be meant."""
    found = who(names("r1", LUND, HARBOUR), names("r2", *SHE, HARBOUR), names("r3", *SHE))
    assert (found.of("r2", "lund"), found.of("r3", "lund")) == ("astrid-lund", "lund")
    assert found.merges[0].document == "r2"
    assert "Harbour Union" in found.merges[0].reason
    assert [q.documents for q in found.questions] == [("r3",)]


def test_a_last_name_with_two_bearers_is_only_asked_about() -> None:
    other = names("r3", ("Karl Lund", "karl-lund"))
    found = who(names("r1", LUND, HARBOUR), names("r2", *SHE, HARBOUR), other)
    assert not found.merges
    assert {c.name for c in found.questions[0].candidates} == {"Astrid Lund", "Karl Lund"}


def test_what_no_report_shows_to_be_a_person_has_no_last_name() -> None:
    """ "Cadmium" and "Noisy Cadmium" may be taken for persons, but nobody speaks of him or her."""
    found = who(names("r1", ("Noisy Cadmium", "noisy-cadmium")), names("r2", ("Cadmium", "cadmium")))
    assert not found.merges
    assert not found.questions


def test_names_that_only_sound_alike_are_only_asked_about() -> None:
    found = who(names("r1", ("Owen Murray", "owen-murray")), names("r2", ("Owen Moore", "owen-moore")))
    assert not found.merges
    assert found.questions[0].candidates[0].against == "they sound alike, but are spelled otherwise"


def test_a_bare_title_is_nobody_in_particular() -> None:
    """The President of one report is not that of another, though both records call him so."""
    title = ("President", "president")
    found = who(names("r1", title), names("r2", title))
    assert found.of("r1", "president") != found.of("r2", "president")


def test_a_bare_title_is_the_one_who_holds_the_office_then() -> None:
    d = Draft("r1", "Ilse Brandt, president of Austria, spoke.", "2020-04-02")
    ilse = d.who("Ilse Brandt", "ilse-brandt", kind="person", sector=None, type="person")
    state = d.who("Austria", "AUT", kind="state", country="AUT", type="government")
    d.tie("office", "president", ilse, state, role="president", state="current")
    title = ("President", "president", "person", "AUT")
    found = who(d.done(), names("r2", title, date="2020-06-01"), names("r3", title, date="2009-06-01"))
    assert found.of("r2", "president") == "ilse-brandt"
    assert found.of("r3", "president") != "ilse-brandt"


def test_a_report_that_says_so_joins_two_names() -> None:
    said = names(
        "r1", ("Mirza Ghaznavi", "mirza-ghaznavi"), ("Uncle Saffron", "uncle-saffron"),
        text="Mirza Ghaznavi, also known as Uncle Saffron, fled.",
    )  # fmt: skip
    found = who(said, names("r2", ("Uncle Saffron", "uncle-saffron")))
    assert found.of("r2", "uncle-saffron") == found.of("r1", "mirza-ghaznavi")


def test_actors_of_the_codebook_are_never_merged_with_each_other() -> None:
    """Their names may be as alike as they will."""
    listed = [
        names("r1", ("Tamsin River Guards", "one-guards", "armed group")),
        names("r2", ("Tamsin River Guard", "other-guard", "armed group")),
    ]
    known = [
        r._replace(record=r.record.model_copy(update={"actors": tuple(
            a.model_copy(update={"resolved_by": "codebook"}) for a in r.record.actors)}))
        for r in listed
    ]  # fmt: skip
    found = who(*known)
    assert not found.merges
    assert not found.questions


def decision(number: int, kind: str, *ends: tuple[str, str] | tuple[str, str, str]) -> Decision:
    actors = tuple(ActorAnchor(id=e[0], name=e[1], document=e[2] if len(e) > 2 else None) for e in ends)
    return Decision(number=number, at="2026-01-02T03:04:05Z", who="Noor", kind=kind, actors=actors)


BOTH = (("krb", "KRB"), ("kolda-river-brigade", "Kolda River Brigade"))


def test_what_a_person_holds_apart_is_not_merged_and_not_asked_again() -> None:
    found = who(INTRODUCED, ALONE, choices=Choices((decision(1, "not-same-actor", *BOTH),)))
    assert found.of("r2", "krb") == "krb"
    assert not found.merges
    assert not found.questions


def test_what_a_person_joins_is_one_whatever_speaks_against_it() -> None:
    reports = names("r1", ("KRB", "krb", "organisation", "FRA")), names("r2", (*BRIGADE, "MMR"))
    found = who(*reports, choices=Choices((decision(1, "same-actor", *BOTH),)))
    assert found.of("r1", "krb") == found.of("r2", "kolda-river-brigade")
    assert (found.merges[0].decision, "Noor" in found.merges[0].reason) == (1, True)


def test_the_later_of_two_decisions_holds_and_an_undone_one_does_not() -> None:
    joined, apart = decision(1, "same-actor", *BOTH), decision(2, "not-same-actor", *BOTH)
    undo = Decision(number=3, at="2026-01-03T00:00:00Z", who="Noor", kind="undo", undoes=2)
    plain = names("r1", ("KRB", "krb", "organisation")), names("r2", BRIGADE)
    assert who(*plain, choices=Choices((joined, apart))).of("r1", "krb") == "krb"
    assert who(*plain, choices=Choices((joined, apart, undo))).of("r1", "krb") == "kolda-river-brigade"


def test_deciding_and_undoing_leaves_everything_as_it_was() -> None:
    apart = decision(1, "not-same-actor", *BOTH)
    undo = Decision(number=2, at="2026-01-03T00:00:00Z", who="Noor", kind="undo", undoes=1)
    assert who(INTRODUCED, ALONE, choices=Choices((apart, undo))) == who(INTRODUCED, ALONE)


def test_one_report_can_mean_somebody_else_by_a_name() -> None:
    reports = names("r1", LUND), names("r2", LUND)
    apart = decision(1, "not-same-actor", (*LUND[::-1], "r2"), LUND[::-1])
    found = who(*reports, choices=Choices((apart,)))
    assert found.of("r1", "astrid-lund") == "astrid-lund"
    assert found.of("r2", "astrid-lund") != "astrid-lund"


def test_a_decision_finds_its_actor_by_name_where_the_id_is_another_one_now() -> None:
    renamed = names("r2", ("KRB", "krb-organisation", "organisation"))
    found = who(INTRODUCED, renamed, choices=Choices((decision(1, "not-same-actor", *BOTH),)))
    assert not found.merges
    assert not found.lost


def test_a_decision_on_nobody_in_the_case_is_told() -> None:
    found = who(INTRODUCED, ALONE, choices=Choices((decision(7, "same-actor", ("zz", "Zed"), BOTH[0]),)))
    assert found.lost == {7}


CAST = [
    INTRODUCED, ALONE, names("r3", LUND, HARBOUR), names("r4", ("Lund", "lund"), HARBOUR),
    names("r5", ("Astrid M. Lund", "astrid-m-lund", "person", "NOR")), names("r6", ("Karl Lund", "karl-lund")),
    names("r7", ("President", "president")), names("r8", ("Kolda River Brigade Forces", "krb-forces", "armed group")),
]  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(st.permutations(CAST))
def test_the_order_of_the_reports_does_not_matter(order: list[WeighedReport]) -> None:
    assert who(*order) == who(*CAST)


# --- in weighing --------------------------------------------------------------------------------------


def vow() -> WeighedReport:
    d = Draft("r1", "The Kolda River Brigade (KRB) promised not to bomb Orle.", "2024-05-01")
    brigade = d.who("Kolda River Brigade", "kolda-river-brigade")
    d.who("KRB", "kolda-river-brigade")
    e = d.event(
        "ASSAULT", "bomb", realis="future", polarity="negative", actors=(brigade,), place=d.place("Orle")
    )
    d.says("pledge", brigade, "not to bomb Orle", events=[e], cue="promised")
    return d.done()


def deed(actor: str = "krb") -> WeighedReport:
    d = Draft("r2", "KRB gunners bombed Orle on 9 May.", "2024-05-10")
    krb = d.who("KRB", actor)
    d.event("ASSAULT", "bombed", actors=(krb,), place=d.place("Orle"), time=d.time("9 May", "2024-05-09"))
    return d.done()


def test_words_under_one_name_meet_deeds_under_another_and_the_explanation_says_how() -> None:
    reports = [vow(), deed()]
    [found] = weigh(reports, BOOK).discrepancies
    assert (found.kind, found.speaker) == ("commitment", "kolda-river-brigade")
    assert "the abbreviation “KRB” in brackets (r2/m0, r1/m1, r1/m0)" in found.explanation
    assert rebuild(found, reports, BOOK) == found
    for order in permutations(reports):
        assert weigh(order, BOOK).discrepancies == (found,)


def test_a_merge_that_was_not_needed_is_not_named() -> None:
    [found] = weigh([vow(), deed("kolda-river-brigade")], BOOK).discrepancies
    assert "abbreviation" not in found.explanation


def test_without_the_merge_there_is_no_discrepancy() -> None:
    apart = Choices((decision(1, "not-same-actor", *BOTH),))
    assert weigh([vow(), deed()], BOOK, apart).discrepancies == ()


def test_records_get_the_actors_of_the_case() -> None:
    reports = [INTRODUCED, ALONE]
    known = applied(reports, who(*reports))
    assert {m.actor for r in known for m in r.record.mentions} == {"kolda-river-brigade"}
    assert [a.name for a in known[1].record.actors] == ["Kolda River Brigade"]


def test_a_lone_name_may_be_a_body_whose_name_says_what_it_is() -> None:
    one = names("a", ("the Emirate of Sulwan", "emirate-of-sulwan", "organisation"), ("Ida Moe", "ida-moe"))
    two = names("b", ("Sulwan", "sulwan", "person"), ("Ida Moe", "ida-moe"))
    found = identify([one, two], BOOK, NO_CHOICES)
    assert found.of("b", "sulwan") == found.of("a", "emirate-of-sulwan")


def test_a_country_that_only_the_setting_tells_holds_nobody_apart() -> None:
    """An abbreviation that one report gives a group is that group's, whatever state another was set in."""

    def setting(report: WeighedReport, reason: str) -> WeighedReport:
        actors = tuple(a.model_copy(update={"reason": reason}) for a in report.record.actors)
        return report._replace(record=report.record.model_copy(update={"actors": actors}))

    text = "The Lantern Coast Front (LCF) met envoys."
    whole = ("Lantern Coast Front", "lantern-coast-front", "armed group", "TCD")
    one = names("a", whole, ("LCF", "lantern-coast-front", "armed group", "TCD"), text=text)
    two = names("b", ("LCF", "lcf", "armed group", "NER"))
    guessed = identify([one, setting(two, f"taken to be of NER: {OF_SENTENCE}")], BOOK, NO_CHOICES)
    told = identify([one, setting(two, "taken to be of NER: “Nigerien”")], BOOK, NO_CHOICES)
    assert guessed.of("b", "lcf") == "lantern-coast-front"
    assert told.of("b", "lcf") == "lcf" and told.questions
