"""Who said what, by rule over trees in Universal Dependencies."""

import pytest

from saydo.codebook import load
from saydo.model.document import Document
from saydo.model.reading import Reading, TokenRange
from saydo.reading.reported import Reporting, attributions
from saydo.reading.scripted import scripted_reading

REPORTING = Reporting(load())


def told(script: str) -> list[tuple[str, str, str]]:
    """``(source, cue, content)`` of a script's sentences, the parts of each joined with `` … ``."""
    words = [line.split()[1] for line in script.splitlines() if line.strip() and line.strip()[0].isdigit()]
    text = " ".join(words)
    reading = scripted_reading(Document("d", text), script)
    found = attributions(reading.tokens, reading.sentences, REPORTING)
    return [tuple(quote(reading, part) for part in (a.source, a.cue, a.content)) for a in found]  # type: ignore[misc]


def quote(reading: Reading, ranges: tuple[TokenRange, ...]) -> str:
    text, tokens = reading.document.text, reading.tokens
    return " … ".join(text[tokens[a].start : tokens[b - 1].end] for a, b in ranges)


def test_a_clause_under_a_verb_of_saying_is_its_content() -> None:
    """With its conjunction, without the full stop."""
    assert told("""
        1 The the DET 2 det
        2 bishop bishop NOUN 3 nsubj
        3 insisted insist VERB 0 root
        4 that that SCONJ 6 mark
        5 nobody nobody PRON 6 nsubj
        6 drowned drown VERB 3 ccomp
        7 . . PUNCT 3 punct
    """) == [("The bishop", "insisted", "that nobody drowned")]


def test_a_pledge_has_an_infinitive_for_its_content() -> None:
    assert told("""
        1 Herders herder NOUN 2 nsubj
        2 vowed vow VERB 0 root
        3 to to PART 4 mark
        4 return return VERB 2 xcomp
    """) == [("Herders", "vowed", "to return")]


def test_an_aside_reports_the_clause_around_it() -> None:
    assert told("""
        1 Wells well NOUN 6 nsubj
        2 , , PUNCT 4 punct
        3 she she PRON 4 nsubj
        4 said say VERB 6 parataxis
        5 , , PUNCT 4 punct
        6 collapsed collapse VERB 0 root
        7 overnight overnight ADV 6 advmod
    """) == [("she", "said", "Wells … collapsed overnight")]


def test_according_to_names_the_source_of_the_clause() -> None:
    assert told("""
        1 According accord VERB 3 case
        2 to to ADP 1 fixed
        3 Unicef Unicef PROPN 6 obl
        4 , , PUNCT 3 punct
        5 cholera cholera NOUN 6 nsubj
        6 spread spread VERB 0 root
    """) == [("Unicef", "According to", "cholera spread")]


def test_a_quotation_beside_its_verb_is_content_with_its_marks() -> None:
    assert told("""
        1 “ “ PUNCT 2 punct
        2 Never never ADV 5 advmod
        3 ! ! PUNCT 2 punct
        4 ” ” PUNCT 2 punct
        5 shouted shout VERB 0 root
        6 the the DET 7 det
        7 harbourmaster harbourmaster NOUN 5 nsubj
        8 . . PUNCT 5 punct
    """) == [("the harbourmaster", "shouted", "“ Never ! ”")]


def test_a_relative_clause_has_its_noun_for_source() -> None:
    assert told("""
        1 Doctors doctor NOUN 6 nsubj
        2 who who PRON 3 nsubj
        3 warned warn VERB 1 acl:relcl
        4 floods flood NOUN 5 nsubj
        5 loomed loom VERB 3 ccomp
        6 left leave VERB 0 root
    """) == [("Doctors", "warned", "floods loomed")]


def test_the_agent_of_a_passive_is_its_source() -> None:
    assert told("""
        1 It it PRON 3 nsubj:pass
        2 was be AUX 3 aux:pass
        3 announced announce VERB 0 root
        4 by by ADP 6 case
        5 the the DET 6 det
        6 port port NOUN 3 obl:agent
        7 that that SCONJ 9 mark
        8 cranes crane NOUN 9 nsubj
        9 stopped stop VERB 3 ccomp
    """) == [("the port", "announced", "that cranes stopped")]


@pytest.mark.parametrize(
    "script",
    [
        "1 Sheep sheep NOUN 2 nsubj\n2 grazed graze VERB 0 root",
        "1 Saying say VERB 0 root\n2 so so ADV 1 advmod",
        "1 Miners miner NOUN 2 nsubj\n2 said say VERB 0 root\n3 nothing nothing PRON 2 obj",
        # "Continue" reports only beside quotation marks.
        "1 Rains rain NOUN 2 nsubj\n2 continued continue VERB 0 root\n3 to to PART 4 mark\n4 fall fall VERB 2 xcomp",
    ],
)
def test_where_nothing_is_reported_nothing_is_found(script: str) -> None:
    assert told(script) == []
