"""Trees in the labels of ClearNLP become trees in Universal Dependencies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saydo.reading.clear import Node, flat_names, scheme, to_ud
from saydo.reading.clear_labels import ONLY_CLEAR, RENAMED, UNIVERSAL


def nodes(told: str) -> list[Node]:
    """Words as ``text/UPOS/head/relation``, heads counted from 1, 0 for the root."""
    found = []
    for i, word in enumerate(told.split()):
        text, upos, head, dep = word.rsplit("/", 3)
        found.append(Node(text, upos, int(head) - 1 if head != "0" else i, dep))
    return found


def arcs(told: str) -> dict[str, str]:
    """``word → relation>governor`` of the converted sentence."""
    given = to_ud(nodes(told))
    return {
        n.text: "root" if n.head == i else f"{n.deprel}>{given[n.head].text}" for i, n in enumerate(given)
    }


def test_what_a_preposition_governs_takes_its_place() -> None:
    """On a verb ``obl``, on a noun ``nmod``; the preposition is its ``case``."""
    found = arcs(
        "Sailors/NOUN/2/nsubj rowed/VERB/0/ROOT across/ADP/2/prep the/DET/5/det mouth/NOUN/3/pobj "
        "of/ADP/5/prep the/DET/8/det Senegal/PROPN/6/pobj"
    )
    assert found == {
        "Sailors": "nsubj>rowed", "rowed": "root", "across": "case>mouth", "the": "det>Senegal",
        "mouth": "obl>rowed", "of": "case>Senegal", "Senegal": "nmod>mouth",
    }  # fmt: skip


def test_prepositions_one_behind_the_other_all_mark_the_noun() -> None:
    found = arcs("Smoke/NOUN/2/nsubj rose/VERB/0/ROOT from/ADP/2/prep behind/ADP/3/prep barracks/NOUN/4/pobj")
    assert found["barracks"] == "obl>rose"
    assert (found["from"], found["behind"]) == ("case>barracks", "case>barracks")


@pytest.mark.parametrize(
    "told",
    [
        "They/PRON/2/nsubj fled/VERB/0/ROOT because/SCONJ/2/prep of/ADP/3/pcomp drought/NOUN/3/pobj",
        "They/PRON/2/nsubj fled/VERB/0/ROOT because/ADP/2/prep of/ADP/3/prep drought/NOUN/4/pobj",
        "They/PRON/2/nsubj fled/VERB/0/ROOT because/ADV/2/advmod of/ADP/3/prep drought/NOUN/4/pobj",
    ],
)
def test_prepositions_of_two_words_are_one(told: str) -> None:
    """However the parser put the two together."""
    found = arcs(told)
    assert found["drought"] == "obl>fled"
    assert (found["because"], found["of"]) == ("case>drought", "fixed>because")


def test_a_phrase_behind_a_particle_is_the_verbs() -> None:
    found = arcs("Monks/NOUN/2/nsubj broke/VERB/0/ROOT away/ADV/2/advmod from/ADP/3/prep Rome/PROPN/4/pobj")
    assert (found["Rome"], found["away"], found["from"]) == ("obl>broke", "advmod>broke", "case>Rome")


def test_a_clause_under_a_preposition_is_marked_by_it() -> None:
    given = to_ud(
        nodes("After/ADP/5/prep burning/VERB/1/pcomp crops/NOUN/2/dobj raiders/NOUN/5/nsubj left/VERB/0/ROOT")
    )
    assert [(n.deprel, n.upos) for n in given[:3]] == [("mark", "SCONJ"), ("advcl", "VERB"), ("obj", "NOUN")]
    assert given[1].head == 4 and given[0].head == 1


def test_a_passive_has_its_own_labels_and_its_agent() -> None:
    found = arcs(
        "Nets/NOUN/3/nsubjpass were/AUX/3/auxpass cut/VERB/0/ROOT by/ADP/3/agent the/DET/6/det poachers/NOUN/4/pobj"
    )
    assert (found["Nets"], found["were"]) == ("nsubj:pass>cut", "aux:pass>cut")
    assert (found["poachers"], found["by"]) == ("obl:agent>cut", "case>poachers")


@pytest.mark.parametrize(
    ("told", "predicate", "relation"),
    [
        ("Ayele/PROPN/2/nsubj is/AUX/0/ROOT a/DET/4/det judge/NOUN/2/attr", "judge", "root"),
        ("Ayele/PROPN/2/nsubj is/AUX/0/ROOT not/PART/2/neg afraid/ADJ/2/acomp", "afraid", "root"),
        ("Ayele/PROPN/2/nsubj was/AUX/0/ROOT in/ADP/2/prep Gondar/PROPN/3/pobj", "Gondar", "root"),
        ("Ayele/PROPN/2/nsubj is/AUX/0/ROOT abroad/ADV/2/advmod", "abroad", "root"),
    ],
)
def test_what_be_says_governs_and_be_is_a_copula(told: str, predicate: str, relation: str) -> None:
    found = arcs(told)
    assert found[predicate] == relation
    assert found["Ayele"] == f"nsubj>{predicate}"
    assert {"is", "was"} & {word for word, arc in found.items() if arc == f"cop>{predicate}"}


def test_a_copula_deep_in_a_sentence_hands_its_place_on() -> None:
    """The clause keeps its relation, whoever governs it now."""
    found = arcs(
        "Nuns/NOUN/2/nsubj swore/VERB/0/ROOT the/DET/4/det well/NOUN/6/nsubj had/AUX/6/aux been/AUX/2/ccomp dry/ADJ/6/acomp"
    )
    assert found["dry"] == "ccomp>swore"
    assert (found["been"], found["had"], found["well"]) == ("cop>dry", "aux>dry", "nsubj>dry")


def test_a_clause_may_be_what_be_says() -> None:
    found = arcs(
        "Our/PRON/2/poss fear/NOUN/3/nsubj is/AUX/0/ROOT that/SCONJ/6/mark dikes/NOUN/6/nsubj break/VERB/3/ccomp"
    )
    assert found["break"] == "root"
    assert (found["fear"], found["is"], found["dikes"]) == ("nsubj:outer>break", "cop>break", "nsubj>break")


def test_there_is_has_a_subject_and_no_copula() -> None:
    given = to_ud(nodes("There/PRON/2/expl is/AUX/0/ROOT a/DET/4/det curfew/NOUN/2/attr"))
    assert [n.deprel for n in given] == ["expl", "root", "det", "nsubj"]
    assert given[1].upos == "VERB"


def test_conjuncts_hang_on_the_first_and_the_conjunction_on_the_last() -> None:
    found = arcs(
        "Miners/NOUN/4/nsubj ,/PUNCT/1/punct nurses/NOUN/1/conj marched/VERB/0/ROOT ,/PUNCT/4/punct "
        "sang/VERB/4/conj and/CCONJ/6/cc dispersed/VERB/6/conj"
    )
    assert (found["sang"], found["dispersed"], found["and"]) == (
        "conj>marched",
        "conj>marched",
        "cc>dispersed",
    )
    assert found["nurses"] == "conj>Miners"


def test_phrases_are_coordinated_by_their_nouns() -> None:
    found = arcs(
        "Snow/NOUN/2/nsubj fell/VERB/0/ROOT in/ADP/2/prep Osh/PROPN/3/pobj and/CCONJ/3/cc near/ADP/3/conj Uzgen/PROPN/6/pobj"
    )
    assert (found["Osh"], found["Uzgen"]) == ("obl>fell", "conj>Osh")
    assert (found["near"], found["and"]) == ("case>Uzgen", "cc>Uzgen")


def test_relative_clauses_possessives_and_negation() -> None:
    found = arcs(
        "Omar/PROPN/3/poss 's/PART/1/case cousin/NOUN/8/nsubj who/PRON/7/nsubj did/AUX/7/aux not/PART/7/neg "
        "vote/VERB/3/relcl wept/VERB/0/ROOT"
    )
    assert found == {
        "Omar": "nmod:poss>cousin", "'s": "case>Omar", "cousin": "nsubj>wept", "who": "nsubj>vote",
        "did": "aux>vote", "not": "advmod>vote", "vote": "acl:relcl>cousin", "wept": "root",
    }  # fmt: skip


def test_who_gets_something_is_the_indirect_object() -> None:
    assert arcs("We/PRON/2/nsubj sent/VERB/0/ROOT them/PRON/2/dative rice/NOUN/2/dobj")["them"] == "iobj>sent"
    found = arcs("We/PRON/2/nsubj sent/VERB/0/ROOT rice/NOUN/2/dobj to/ADP/2/dative them/PRON/4/pobj")
    assert (found["them"], found["rice"]) == ("obl>sent", "obj>sent")


def test_whom_one_wants_to_act_is_an_object() -> None:
    """UD splits what ClearNLP takes for one clause: "wanted [the pilots to land]"."""
    found = arcs(
        "She/PRON/2/nsubj wanted/VERB/0/ROOT the/DET/4/det pilots/NOUN/6/nsubj to/PART/6/aux land/VERB/2/ccomp"
    )
    assert (found["pilots"], found["land"], found["to"]) == ("obj>wanted", "xcomp>wanted", "mark>land")


def test_the_first_word_of_a_persons_name_governs_and_a_title_describes() -> None:
    told = "General/NOUN/3/compound Binta/PROPN/3/compound Sow/PROPN/4/nsubj resigned/VERB/0/ROOT"
    given = flat_names(to_ud(nodes(told)), [(1, 3)])
    assert [(n.deprel, n.head) for n in given] == [("nmod:desc", 1), ("nsubj", 3), ("flat", 1), ("root", 3)]


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        (["ROOT", "nsubj", "dobj", "prep", "pobj"], "clear"),
        (["ROOT", "nsubj:pass", "obl", "case"], "ud"),
        (["root", "nsubj", "punct", "nsubj||ccomp"], "ud"),
        (["ROOT", "sb", "oa", "nk"], None),
    ],
)
def test_the_labels_tell_their_scheme(labels: list[str], found: str | None) -> None:
    assert scheme(labels) == found


LABELS = sorted(ONLY_CLEAR | UNIVERSAL | {"conj", "cc", "prep", "pobj", "pcomp", "relcl", "ROOT", ""})
WORDS = ["be", "is", "there", "to", "because", "of", "such", "as", "let", "word", "instead", "not"]


@st.composite
def trees(draw: st.DrawFn) -> list[Node]:
    """Any tree over any words under any labels."""
    size = draw(st.integers(1, 12))
    root = draw(st.integers(0, size - 1))
    order = draw(st.permutations([i for i in range(size) if i != root]))
    placed, heads = [root], {root: root}
    for i in order:
        heads[i] = draw(st.sampled_from(placed))
        placed.append(i)
    upos = st.sampled_from(
        ["NOUN", "VERB", "AUX", "ADP", "ADJ", "ADV", "PRON", "PUNCT", "PART", "CCONJ", "SCONJ"]
    )
    return [
        Node(
            draw(st.sampled_from(WORDS)),
            draw(upos),
            heads[i],
            "ROOT" if i == root else draw(st.sampled_from(LABELS)),
        )
        for i in range(size)
    ]


@given(trees())
def test_any_tree_stays_one_tree_of_universal_relations(tree: list[Node]) -> None:
    found = to_ud(tree)
    assert [n.text for n in found] == [n.text for n in tree]
    roots = [i for i, n in enumerate(found) if n.head == i]
    assert len(roots) == 1
    assert [n.deprel for n in found].count("root") == 1 and found[roots[0]].deprel == "root"
    for i in range(len(found)):
        steps = 0
        while found[i].head != i:
            i, steps = found[i].head, steps + 1
            assert steps <= len(found)
    assert {n.deprel.partition(":")[0] for n in found} <= UNIVERSAL
    assert to_ud(tree) == found


def test_every_label_of_clearnlp_has_a_place() -> None:
    """Those that are not renamed are handled by their own rule."""
    assert ONLY_CLEAR - set(RENAMED) == {"neg", "npadvmod", "prep", "relcl", "rcmod", "quantmod"} - set(
        RENAMED
    )
