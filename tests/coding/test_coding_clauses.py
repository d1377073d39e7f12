"""Frames say the same of the same deed, whatever the construction."""

from __future__ import annotations

import pytest

from saydo.coding.clauses import Clauses
from saydo.coding.counts import count_of, number
from saydo.model.document import Document
from saydo.reading.scripted import scripted_reading


def clauses(text: str, script: str) -> Clauses:
    return Clauses.of(scripted_reading(Document("d", text), script))


def words(tree: Clauses, tokens: tuple[int, ...]) -> list[str]:
    return [tree.tokens[i].text for i in tokens]


ACTIVE = (
    "Bandits burned crops",
    """
1 Bandits bandit NOUN 2 nsubj
2 burned burn VERB 0 root
3 crops crop NOUN 2 obj
""",
)
PASSIVE = (
    "Crops were burned by bandits",
    """
1 Crops crop NOUN 3 nsubj:pass
2 were be AUX 3 aux:pass
3 burned burn VERB 0 root
4 by by ADP 5 case
5 bandits bandit NOUN 3 obl
""",
)
RELATIVE = (
    "Bandits who burned crops fled",
    """
1 Bandits bandit NOUN 5 nsubj
2 who who PRON 3 nsubj
3 burned burn VERB 1 acl:relcl
4 crops crop NOUN 3 obj
5 fled flee VERB 0 root
""",
)
PARTICIPLE = (
    "Crops burned by bandits smouldered",
    """
1 Crops crop NOUN 5 nsubj
2 burned burn VERB 1 acl
3 by by ADP 4 case
4 bandits bandit NOUN 2 obl
5 smouldered smoulder VERB 0 root
""",
)
CONTROL = (
    "Bandits threatened to burn crops",
    """
1 Bandits bandit NOUN 2 nsubj
2 threatened threaten VERB 0 root
3 to to PART 4 mark
4 burn burn VERB 2 xcomp
5 crops crop NOUN 4 obj
""",
)
COORDINATED = (
    "Bandits came and burned crops",
    """
1 Bandits bandit NOUN 2 nsubj
2 came come VERB 0 root
3 and and CCONJ 4 cc
4 burned burn VERB 2 conj
5 crops crop NOUN 4 obj
""",
)


@pytest.mark.parametrize(
    ("construction", "verb"),
    [(ACTIVE, 1), (PASSIVE, 2), (RELATIVE, 2), (PARTICIPLE, 1), (CONTROL, 3), (COORDINATED, 3)],
    ids=["active", "passive", "relative", "participle", "control", "coordinated"],
)
def test_doer_and_sufferer_are_found_in_every_construction(construction, verb) -> None:
    tree = clauses(*construction)
    frame = tree.frame(verb)
    assert [w.lower() for w in words(tree, frame.get("subj"))] == ["bandits"]
    assert [w.lower() for w in words(tree, frame.get("obj"))] == ["crops"]


def test_the_object_of_an_order_is_who_carries_it_out() -> None:
    tree = clauses(
        "Moroni ordered guards to fire",
        """
1 Moroni Moroni PROPN 2 nsubj
2 ordered order VERB 0 root
3 guards guard NOUN 2 obj
4 to to PART 5 mark
5 fire fire VERB 2 xcomp
""",
    )
    assert words(tree, tree.frame(4).get("subj")) == ["guards"]


def test_a_light_verb_lends_its_subject_and_phrases_to_the_noun() -> None:
    tree = clauses(
        "Pirates carried out a series of raids on ports",
        """
1 Pirates pirate NOUN 2 nsubj
2 carried carry VERB 0 root
3 out out ADP 2 compound:prt
4 a a DET 5 det
5 series series NOUN 2 obj
6 of of ADP 7 case
7 raids raid NOUN 5 nmod
8 on on ADP 9 case
9 ports port NOUN 7 nmod
""",
    )
    frame = tree.frame(6)
    assert frame.support == 1
    assert words(tree, frame.get("subj")) == ["Pirates"]
    assert words(tree, frame.get("obl:on|against")) == ["ports"]
    assert tree.particle(1) == "out"


def test_whoever_comes_under_attack_suffers_it() -> None:
    tree = clauses(
        "Convoys came under attack",
        """
1 Convoys convoy NOUN 2 nsubj
2 came come VERB 0 root
3 under under ADP 4 case
4 attack attack NOUN 2 obl
""",
    )
    frame = tree.frame(3)
    assert words(tree, frame.get("obj")) == ["Convoys"]
    assert frame.get("subj") == ()


def test_coordinated_names_all_fill_the_role() -> None:
    tree = clauses(
        "Chad warned Libya and Niger",
        """
1 Chad Chad PROPN 2 nsubj
2 warned warn VERB 0 root
3 Libya Libya PROPN 2 obj
4 and and CCONJ 5 cc
5 Niger Niger PROPN 3 conj
""",
    )
    assert words(tree, tree.frame(1).get("obj")) == ["Libya", "Niger"]


def test_an_apposition_says_whom_a_noun_denotes() -> None:
    tree = clauses(
        "Okello , leader of rebels , fled",
        """
1 Okello Okello PROPN 7 nsubj
2 , , PUNCT 3 punct
3 leader leader NOUN 1 appos
4 of of ADP 5 case
5 rebels rebel NOUN 3 nmod
6 , , PUNCT 3 punct
7 fled flee VERB 0 root
""",
    )
    frame = tree.frame(2)
    assert words(tree, frame.get("self")) == ["Okello"]
    assert words(tree, frame.get("obl:of")) == ["rebels"]


def test_who_stands_under_a_command_is_found_from_the_noun() -> None:
    tree = clauses(
        "Scouts fight under orders of Bamako",
        """
1 Scouts scout NOUN 2 nsubj
2 fight fight VERB 0 root
3 under under ADP 4 case
4 orders order NOUN 2 obl
5 of of ADP 6 case
6 Bamako Bamako PROPN 4 nmod
""",
    )
    frame = tree.frame(3)
    assert words(tree, frame.get("under")) == ["Scouts"]
    assert words(tree, frame.get("obl:of")) == ["Bamako"]


def test_of_two_phrases_joined_the_second_stands_where_the_first_does() -> None:
    tree = clauses(
        "Scouts fight with pay and under orders of Bamako",
        """
1 Scouts scout NOUN 2 nsubj
2 fight fight VERB 0 root
3 with with ADP 4 case
4 pay pay NOUN 2 obl
5 and and CCONJ 7 cc
6 under under ADP 7 case
7 orders order NOUN 4 conj
8 of of ADP 9 case
9 Bamako Bamako PROPN 7 nmod
""",
    )
    assert words(tree, tree.frame(6).get("under")) == ["Scouts"]


def test_a_hyphenated_verb_has_its_subject() -> None:
    script = """
1 Seoul Seoul PROPN {head} compound
2 air air NOUN 4 obl:unmarked
3 - - PUNCT 2 punct
4 dropped drop VERB {above}
5 rice rice NOUN {rice}
"""
    tree = clauses("Seoul air-dropped rice", script.format(head=2, above="0 root", rice="4 obj"))
    assert words(tree, tree.frame(3).get("subj")) == ["Seoul"]
    noun = clauses("Seoul air-dropped rice", script.format(head=2, above="5 amod", rice="0 root"))
    assert noun.tokens[0].deprel == "compound", "what was dropped there is rice, by nobody"


def test_a_mended_tree_stays_a_tree() -> None:
    """The clause would go to its "what", which already hangs on it: nothing may close a circle."""
    tree = clauses(
        "what happened camps fell",
        """
1 what what PRON 2 obl
2 happened happen VERB 3 acl:relcl
3 camps camp NOUN 4 nsubj
4 fell fall VERB 0 root
""",
    )
    assert [a for a, _ in zip(tree.ancestors(0), range(9), strict=False)] == [1, 2, 3]


def test_a_phrase_with_of_belongs_to_the_noun_before_it() -> None:
    tree = clauses(
        "Scouts began raids under orders of Bamako",
        """
1 Scouts scout NOUN 2 nsubj
2 began begin VERB 0 root
3 raids raid NOUN 2 obj
4 under under ADP 5 case
5 orders order NOUN 3 nmod
6 of of ADP 7 case
7 Bamako Bamako PROPN 3 nmod
""",
    )
    assert tree.frame(2).get("obl:of") == ()
    assert words(tree, tree.frame(4).get("obl:of")) == ["Bamako"]


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("7", 7),
        ("1,200", 1200),
        ("twelve", 12),
        ("Forty-two", 42),
        ("hundred", 100),
        ("May", None),
        ("½", None),
    ],
)
def test_number_words_and_figures(word: str, value: int | None) -> None:
    assert number(word) == value


@pytest.mark.parametrize(
    ("text", "script", "noun", "low", "high"),
    [
        ("at least 12 miners", "1 at at ADP 2 case\n2 least least ADJ 3 nmod\n3 12 12 NUM 4 nummod\n4 miners miner NOUN 0 root", 3, 12, None),
        ("dozens of miners", "1 dozens dozen NOUN 0 root\n2 of of ADP 3 case\n3 miners miner NOUN 1 nmod", 0, 24, 99),
        ("no miners", "1 no no DET 2 det\n2 miners miner NOUN 0 root", 1, 0, 0),
        ("two hundred miners", "1 two two NUM 2 compound\n2 hundred hundred NUM 3 nummod\n3 miners miner NOUN 0 root", 2, 200, 200),
        ("a miner", "1 a a DET 2 det\n2 miner miner NOUN 0 root", 1, 1, 1),
        ("up to 40 miners", "1 up up ADP 3 advmod\n2 to to ADP 1 fixed\n3 40 40 NUM 4 nummod\n4 miners miner NOUN 0 root", 3, 0, 40),
        ("between 10 and 15 miners", "1 between between ADP 2 case\n2 10 10 NUM 5 nummod\n3 and and CCONJ 4 cc\n4 15 15 NUM 2 conj\n5 miners miner NOUN 0 root", 4, 10, 15),
        ("miners", "1 miners miner NOUN 0 root", 0, None, None),
    ],
)  # fmt: skip
def test_counts_become_ranges(text: str, script: str, noun: int, low: int | None, high: int | None) -> None:
    count = count_of(clauses(text, script), noun)
    if low is None:
        assert count is None
    else:
        assert count is not None
        assert (count.low, count.high) == (low, high)
