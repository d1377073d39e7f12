"""Denials that are not worded as denials, and the presence that they deny. The real reader reads."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from saydo.model.records import Record

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Kenya ruled out that any of its aircraft had bombed Kismayo in 1993.", "denial"),
        ("Hanoi categorically ruled out that its divisions had entered Laos.", "denial"),
        ("The junta has ruled out that its officers were in Bissau that night.", "denial"),
        ("Seoul ruled out sending troops to Kandahar.", "pledge"),
        ("The bank ruled out that it would close branches.", "pledge"),
        ("Brazil ruled out any increase in fuel prices.", "pledge"),
    ],
)
def test_ruling_out_what_is_or_was_is_a_denial_and_what_will_be_a_pledge(
    text: str, kind: str, record: Callable[[str], Record]
) -> None:
    assert [s.kind for s in record(text).statements] == [kind]


@pytest.mark.parametrize(
    ("text", "kind", "first"),
    [
        (
            "Reports that its planes bombed the market in Gori are a lie, the air force said.",
            "denial",
            "Reports",
        ),
        ("News that its envoys met the rebels was nonsense, the palace in Rabat said.", "denial", "News"),
        ("The army said claims that it had shelled the hospital in Taiz were baseless.", "denial", "claims"),
        ("The village that its men burned was empty, the brigade said.", "assertion", "The village"),
    ],
)
def test_what_is_called_false_is_part_of_what_is_said(
    text: str, kind: str, first: str, record: Callable[[str], Record]
) -> None:
    (said,) = record(text).statements
    assert said.kind == kind
    assert text[said.content[0][0] :].startswith(first)


@pytest.mark.parametrize(
    "text",
    [
        "Turkish tanks were in Jarabulus by dawn, villagers said.",
        "Libyan instructors had been spotted at Faya in 1983, nomads reported.",
        "Two Soviet trawlers were seen near Vardø on Sunday.",
    ],
)
def test_being_or_being_seen_in_a_place_is_a_proposition(text: str, record: Callable[[str], Record]) -> None:
    assert [p.verb for p in record(text).propositions] == ["be-there"]


@pytest.mark.parametrize(
    "text",
    [
        "The talks in Muscat were in trouble, the envoy said.",
        "The minister was seen as weak in the press.",
    ],
)
def test_no_place_no_presence(text: str, record: Callable[[str], Record]) -> None:
    assert "be-there" not in [p.verb for p in record(text).propositions]


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("Chad has no troops in Birao, its foreign minister said.", "negative"),
        ("There are no Ugandan troops in Watsa, the Ugandan army said.", "negative"),
        ('The envoy said his country did not have "one single soldier" in Birao.', "negative"),
        ("Cuba kept advisers in Angola, the admiral said.", "positive"),
        ("A company of Chadian soldiers was camped in Birao.", "positive"),
    ],
)
def test_having_forces_in_a_place_is_being_there(
    text: str, polarity: str, record: Callable[[str], Record]
) -> None:
    (there,) = [p for p in record(text).propositions if p.verb == "be-there"]
    assert there.polarity == polarity


def test_having_anything_else_in_a_place_is_not(record: Callable[[str], Record]) -> None:
    assert not [p for p in record("Chad has no embassy in Suva, its minister said.").propositions if p.place]


@pytest.mark.parametrize(
    "text",
    [
        'The bishop rejected as "a wicked slander" a charge that the mission was selling donated grain.',
        "The general dismissed as a fabrication the claim that his men were selling donated grain.",
    ],
)
def test_what_is_rejected_as_something_is_what_follows(text: str, record: Callable[[str], Record]) -> None:
    (said,) = record(text).statements
    assert said.kind == "denial"
    assert "selling donated grain" in text[said.content[-1][0] : said.content[-1][1]]


def test_dismissing_baseless_reports_is_the_speaker_s_word_not_the_report_s(
    record: Callable[[str], Record],
) -> None:
    text = "The minister dismissed as baseless reports that police had fired on the march in Puno."
    assert not record(text).discrepancies


@pytest.mark.parametrize(
    ("text", "realis"),
    [
        ("Mr Ode: Did the firm pay the harbour master?", "hypothetical"),
        ("Mr Ode: The firm did pay the harbour master.", "actual"),
    ],
)
def test_what_is_asked_is_not_told_and_the_one_who_asks_does_nothing_in_it(
    text: str, realis: str, record: Callable[[str], Record]
) -> None:
    (paid,) = [p for p in record(text).propositions if p.verb == "pay"]
    assert paid.realis == realis
    assert paid.doers[:1] == ("firm",) or len(paid.actors) == 1


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("At no time did the army shell Tal, the general said.", "negative"),
        ("On no occasion did the army shell Tal, the general said.", "negative"),
        ("On one occasion the army shelled Tal, the general said.", "positive"),
        ("A court acquitted the army of shelling Tal.", "negative"),
        ("A court convicted the army of shelling Tal.", "positive"),
    ],
)
def test_at_no_time_and_acquitted_are_negations(
    text: str, polarity: str, record: Callable[[str], Record]
) -> None:
    (shelled,) = [p for p in record(text).propositions if p.verb == "shell"]
    assert shelled.polarity == polarity


@pytest.mark.parametrize(
    ("text", "objects", "by"),
    [
        ("The Kenyan army had four prisoners shot.", "prisoner", 1),
        ("The Kenyan mayor had his car stolen.", "car", 0),
    ],
)
def test_what_one_has_done_is_ones_doing_unless_it_is_done_to_ones_own(
    text: str, objects: str, by: int, record: Callable[[str], Record]
) -> None:
    (done,) = [p for p in record(text).propositions if p.verb in ("fire", "take")]
    assert objects in done.objects
    assert len(done.actors) == by
