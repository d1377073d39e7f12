"""Rules and reader together: what each sees alone, what both see, and where they differ."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from saydo.codebook import load
from saydo.codebook.entries import Codebook, WeightsEntry
from saydo.coding import Coded, code
from saydo.linking import link
from saydo.model.document import Document
from saydo.model.reading import PairReading, Reading, Trigger
from saydo.reading.scripted import scripted_reading

RAID = """
1 Herdsmen herdsman NOUN 2 nsubj
2 shelled shell VERB 0 root
3 two two NUM 4 nummod
4 farmers farmer NOUN 2 obj
5 . . PUNCT 2 punct
# mention 1-1 group head=1
# mention 3-4 group head=4
"""
SAID = """
1 Ministers minister NOUN 2 nsubj
2 said say VERB 0 root
3 herdsmen herdsman NOUN 4 nsubj
4 menaced menace VERB 2 ccomp
5 farmers farmer NOUN 4 obj
6 . . PUNCT 2 punct
# mention 1-1 government head=1
# mention 3-3 group head=3
# mention 5-5 group head=5
"""


def reading(text: str, script: str, heard: list[Trigger] | None, pairs: list[PairReading]) -> Reading:
    plain = scripted_reading(Document("d", text), script.strip())
    return replace(plain, triggers=None if heard is None else tuple(heard), pairs=tuple(pairs))


def weighed(weights: dict[str, float]) -> Codebook:
    """The shipped codebook with other weights."""
    return load().model_copy(
        update={"weights": {"events": WeightsEntry(id="events", definition="of a test", weights=weights)}}
    )


def coded(given: Reading, weights: dict[str, float]) -> Coded:
    book = weighed(weights)
    return code(link(given, book), book)


def word(token: int, kind: str, score: float = 0.9) -> Trigger:
    return Trigger(token, kind, "actual", "positive", score)


def pair(actor: int, recipient: int, kind: str, score: float = 0.9) -> PairReading:
    return PairReading(actor, recipient, kind, score, 1 - score, "alliance", 0.1, 0.9)


def by_reader(kind: str = "COERCE") -> Reading:
    """The reader takes for an event what no rule does."""
    return reading("Ministers said herdsmen menaced farmers .", SAID, [word(3, kind)], [pair(1, 2, kind)])


def rules(found: Coded) -> list[str]:
    return [e.rule for e in found.events]


def test_what_the_reader_alone_sees_is_coded_when_it_is_probable() -> None:
    (event,) = coded(by_reader(), {"always": 2.0}).events
    assert (event.rule, event.type, event.score) == (
        "COERCE/reader",
        "COERCE",
        pytest.approx(0.881, abs=0.001),
    )
    assert len(event.actors) == len(event.recipients) == 1


def test_what_is_doubtful_stands_in_the_notes_and_what_is_improbable_nowhere() -> None:
    doubtful, improbable = coded(by_reader(), {"always": 0.0}), coded(by_reader(), {"always": -3.0})
    assert rules(doubtful) == rules(improbable) == []
    assert [n.about for n in doubtful.notes if n.about.startswith("event")] == ["event coerce/reader"]
    assert not [n for n in improbable.notes if n.about.startswith("event")]


def test_a_rule_needs_less_than_the_reader_alone() -> None:
    """At even odds the rule's event is coded, the reader's is not."""
    given = reading("Herdsmen shelled two farmers .", RAID, [], [])
    assert rules(coded(given, {"always": 0.0})) == ["ASSAULT/shell"]
    assert rules(coded(by_reader(), {"always": 0.0})) == []


def test_a_reader_that_looks_for_no_events_leaves_the_rules_alone() -> None:
    given = reading("Herdsmen shelled two farmers .", RAID, None, [])
    assert rules(coded(given, {"always": -9.0})) == ["ASSAULT/shell"]


def test_both_seeing_one_event_make_one() -> None:
    given = reading("Herdsmen shelled two farmers .", RAID, [word(1, "ASSAULT")], [pair(0, 1, "ASSAULT")])
    assert rules(coded(given, {"always": 2.0})) == ["ASSAULT/shell"]


def test_where_they_differ_the_more_probable_stands_and_a_note_tells_the_other() -> None:
    given = reading("Herdsmen shelled two farmers .", RAID, [word(1, "COERCE")], [pair(0, 1, "COERCE")])
    by_rule = coded(given, {"always": 1.0, "rule": 1.0})
    assert rules(by_rule) == ["ASSAULT/shell"]
    assert any(n.about == "e0" and "COERCE by the reader" in n.reason for n in by_rule.notes)
    assert rules(coded(given, {"always": 1.0, "rule": -1.0})) == ["COERCE/reader"]


def test_who_says_what_another_does_has_not_done_it() -> None:
    """A minister who tells of menaces is no menacer; what can be done by saying it, a speaker does."""
    text = "Ministers said herdsmen menaced farmers ."
    told = reading(text, SAID, [word(3, "COERCE")], [pair(0, 2, "COERCE")])
    blamed = reading(text, SAID, [word(3, "ACCUSE")], [pair(0, 1, "ACCUSE")])
    assert rules(coded(told, {"always": 3.0})) == []
    assert rules(coded(blamed, {"always": 3.0})) == ["ACCUSE/reader"]


def test_of_several_pairs_for_one_word_the_most_probable_stands() -> None:
    """The reader is surer of the pair that the weights make the less probable one."""
    pairs = [pair(1, 0, "COERCE", 0.95), pair(1, 2, "COERCE", 0.8)]
    given = reading("Ministers said herdsmen menaced farmers .", SAID, [word(3, "COERCE")], pairs)
    found = coded(given, {"always": 3.0, "recipient government": -2.0})
    (event,) = found.events
    farmers = next(m for m in link(given, load()).mentions if m.head == 4)
    assert event.recipients == (farmers.id,)
    assert not [n for n in found.notes if n.about.startswith("event")], "another pair is no other reading"


def test_how_the_words_look_counts_as_much_as_the_weights_say() -> None:
    looks = np.zeros((6, 3), np.float32)
    looks[3, 0], looks[2, 1], looks[4, 2] = 1.0, 0.5, 0.75
    looks[2, 0] = looks[3, 1] = 9.0  # what the words of other parts are worth there does not count
    given = replace(by_reader(), looks=looks)
    weights = {"trigger looks": 1.0, "actor looks": 1.0, "recipient looks": 1.0}
    (event,) = coded(given, weights).events
    assert event.score == pytest.approx(1 / (1 + np.exp(-2.25)), abs=0.001)
    assert rules(coded(by_reader(), weights)) == [], "a reader that tells no looks adds nothing"


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "type_", "recipient"),
    [
        ("The senate in Lusaka rejected Malawi's proposal on Thursday.", "REJECT", "Malawi"),
        ("In 1994 the bishops condemned the plan of the Ustad Front.", "ACCUSE", "Ustad Front"),
    ],
)
def test_whose_thing_stands_in_a_role_fills_it(text: str, type_: str, recipient: str) -> None:
    from saydo.reading import load_reader

    book = load()
    linked = link(load_reader(pairs=True).read(Document("d", text)), book)
    named = {m.id: text[linked.reading.tokens[m.first].start : linked.reading.tokens[m.last - 1].end]
             for m in linked.mentions}  # fmt: skip
    events = [e for e in code(linked, book).events if e.type == type_]
    assert any(recipient in named[r] for e in events for r in e.recipients)
