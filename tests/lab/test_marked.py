"""Marked pairs, relations between mentions and chains, as the lab reads them from its sources."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab import labels
from lab.chains import Chained, gum_chains
from lab.corpora import Pair
from lab.marked import dyad, event_labels, relation_pairs, unmarked
from saydo.reading.tokens import Tokenizer

TOKENIZER = Tokenizer()


@pytest.mark.parametrize(
    ("marked", "actor", "recipient"),
    [
        ("<s>Herders</s> sued <t>the dam company</t>.", "Herders", "the dam company"),
        ("<t>Two clerks</t> were freed by <s>Toure's men</s> on Monday.", "Toure's men", "Two clerks"),
        ("The <s>Omani</s>-<t>Kenyan</t> talks failed.", "Omani", "Kenyan"),
        ("<s>Ana “La Voz” Sol</s><t>Per</t>", "Ana “La Voz” Sol", "Per"),
        ("<s>She</s> asked if 2 < 3 and a <b>judge</b> met <t>him</t>", "She", "him"),
    ],
)
def test_marks_are_taken_out_and_their_characters_told(marked: str, actor: str, recipient: str) -> None:
    text, spans = unmarked(marked)
    assert text == marked.replace("<s>", "").replace("</s>", "").replace("<t>", "").replace("</t>", "")
    assert {side: text[a:b] for side, (a, b) in spans.items()} == {"s": actor, "t": recipient}


@pytest.mark.parametrize(
    ("marked", "sides"),
    [
        ("<s>Herders</s> sued the dam company.", {"s"}),
        ("Herders sued the dam company.", set()),
        ("<s>Herders</s> sued <t>the dam company.", {"s"}),
        ("<s>Herders</s> sued the dam company</t>.", {"s"}),
    ],
)
def test_a_missing_mark_marks_nothing_and_leaves_the_text(marked: str, sides: set[str]) -> None:
    text, spans = unmarked(marked)
    assert text == "Herders sued the dam company." and set(spans) == sides
    assert dyad({"marked": marked}, TOKENIZER) is None


@pytest.mark.parametrize(
    "marked", ["<s></s>Rain fell on <t>Suva</t>", "<s>Rain</s> fell on <t> </t>", "<s>A</s> b<t></t>"]
)
def test_a_mark_without_a_word_makes_no_pair(marked: str) -> None:
    assert dyad({"marked": marked}, TOKENIZER) is None


def test_a_dyad_is_told_in_words() -> None:
    """A mark may stand inside of what is one word between spaces."""
    told = dyad({"marked": "Yesterday, <t>Suva</t>-based <s>nurses</s>' leaders left."}, TOKENIZER)
    assert told is not None
    words, actor, recipient = told
    assert [w.text for w in words[slice(*actor)]] == ["nurses"]
    assert [w.text for w in words[slice(*recipient)]] == ["Suva"]


WORDS = st.lists(
    st.sampled_from("rebels Suva met , the U.S. nurses' don't “ ” . 政府 é".split()), min_size=1, max_size=4
)


@given(parts=st.tuples(WORDS, WORDS, WORDS, WORDS, WORDS), turned=st.booleans())
def test_marks_between_spaces_hold_whole_words(parts: tuple[list[str], ...], turned: bool) -> None:
    """Any words in, before, between and behind the marks."""
    first, second = ("t", "s") if turned else ("s", "t")
    before, one, between, other, behind = (" ".join(part) for part in parts)
    told = dyad(
        {"marked": f"{before} <{first}>{one}</{first}> {between} <{second}>{other}</{second}> {behind}"},
        TOKENIZER,
    )
    assert told is not None
    words, actor, recipient = told
    text = " ".join((before, one, between, other, behind))
    assert [text[w.start : w.end] for w in words] == [w.text for w in words]
    for (a, b), quote in ((recipient if turned else actor, one), (actor if turned else recipient, other)):
        assert text[words[a].start : words[b - 1].end] == quote


def test_the_dyads_yield_is_either_of_two_types() -> None:
    assert [labels.EVENT_TYPES[i] for i in event_labels("YIELD")] == ["CONCEDE", "RETREAT"]
    assert [labels.EVENT_TYPES[i] for i in event_labels("AID")] == ["AID"]


REPORT = "Captain Bello leads the River Guard. The River Guard fights the Salt League in Oro."


def entity(quote: str, kind: str = "Organisation", at: int = 0, confidence: float = 1.0) -> dict:
    start = REPORT.index(quote, at)
    return {"start": start, "end": start + len(quote), "type": kind, "confidence": confidence, "text": quote}


BELLO, LED = entity("Captain Bello", "Person"), entity("the River Guard")
GUARD, LEAGUE = entity("The River Guard"), entity("the Salt League")
ORO, ALREADY = entity("Oro", "Location"), entity("fights", "Temporal")


def relation(kind: str, source: dict, target: dict, confidence: float = 1.0) -> dict:
    ends = {side: [e["start"], e["end"], e["text"]] for side, e in (("source", source), ("target", target))}
    return {"type": kind, "confidence": confidence, **ends}


def related(
    *relations: dict, entities: tuple[dict, ...] = (BELLO, LED, GUARD, LEAGUE, ORO, ALREADY)
) -> dict[tuple[str, str], str]:
    """Pairs of quotes of either sentence → relation."""
    document = {"entities": list(entities), "relations": list(relations)}
    words = TOKENIZER.words(REPORT)
    cut = next(i for i, w in enumerate(words) if w.text == "The")
    found = {}
    for here in (words[:cut], words[cut:]):

        def quote(span: tuple[int, int], here: list = here) -> str:
            return REPORT[here[span[0]].start : here[span[1] - 1].end]

        pairs: list[Pair] = relation_pairs(document, here)
        found |= {
            (quote(p.actor), quote(p.recipient)): labels.RELATION_TYPES[p.told["relation"][0]] for p in pairs
        }
    return found


def test_a_relation_holds_in_its_own_direction() -> None:
    found = related(relation("InChargeOf", BELLO, LED))
    assert found["Captain Bello", "the River Guard"] == "InChargeOf"
    assert found["the River Guard", "Captain Bello"] == "none"


@pytest.mark.parametrize("kind", ["FightingAgainst", "AlliesOf", "CommWith"])
def test_a_relation_without_direction_holds_both_ways(kind: str) -> None:
    for source, target in ((GUARD, LEAGUE), (LEAGUE, GUARD)):
        found = related(relation(kind, source, target))
        assert (
            found["The River Guard", "the Salt League"] == kind == found["the Salt League", "The River Guard"]
        )
        assert {found[pair] for pair in found if "Oro" in pair} == {"none"}


def test_pairs_are_made_of_typed_mentions_of_one_sentence_in_both_orders() -> None:
    """A time is none, and neither is an entity that annotators did not confirm."""
    second = ["The River Guard", "the Salt League", "Oro"]
    wanted = {("Captain Bello", "the River Guard"), ("the River Guard", "Captain Bello")}
    assert set(related()) == wanted | {(a, b) for a in second for b in second if a != b}
    doubtful = entity("Oro", "Location", confidence=0.3)
    assert not [p for p in related(entities=(GUARD, LEAGUE, doubtful)) if "Oro" in p]


def test_relations_that_are_doubtful_or_of_other_kinds_are_none() -> None:
    found = related(relation("BelongsTo", GUARD, LEAGUE, confidence=0.4), relation("LocatedAt", GUARD, ORO))
    assert set(found.values()) == {"none"}


def test_mentions_that_overlap_are_no_pair() -> None:
    whole = entity("the Salt League in Oro")
    found = related(entities=(GUARD, whole, ORO))
    assert set(found) == {
        ("The River Guard", "the Salt League in Oro"), ("the Salt League in Oro", "The River Guard"),
        ("The River Guard", "Oro"), ("Oro", "The River Guard"),
    }  # fmt: skip


def documents(folder: Path, *told: str) -> list[Chained]:
    """Documents of GUM in short: a word, its head and its entities on a line, an empty line between sentences."""
    path = folder / "own.conllu"
    text = ""
    for number, document in enumerate(told):
        text += f"# newdoc id = own{number}\n"
        for sentence in document.strip().split("\n\n"):
            text += "# text = left out\n"
            for i, line in enumerate(sentence.splitlines()):
                word, head, *entities = line.split()
                misc = f"SpaceAfter=No|Entity={entities[0]}" if entities else "_"
                text += "\t".join((str(i + 1), word, word, "X", "_", "_", head, "dep", "_", misc)) + "\n"
            text += "\n"
    path.write_text(text, encoding="utf-8")
    return list(gum_chains(path))


CLERK = """
The      2 (4-person-new-cf1-2-coref
clerk    6
of       4
Oro      2 (7-place-new-cf2-1-sgl)4)
has      6
fled     0

She      2 (4-person-giv:act-cf1-1-ana)
took     0
her      4 (9-object-new-cf3-2-sgl(4-person-giv:act-cf1-1-ana)
keys     2 9)
"""


def test_a_chain_holds_the_head_words_of_its_mentions(tmp_path: Path) -> None:
    """Words are counted through the document; a mention may close behind one that lies in it."""
    (found,) = documents(tmp_path, CLERK)
    assert found.sentences == [["The", "clerk", "of", "Oro", "has", "fled"], ["She", "took", "her", "keys"]]
    assert found.heads == {1: 4, 3: 7, 6: 4, 8: 4, 9: 9}
    assert (found.chain_of(8), found.chain_of(0)) == (4, -1)


def test_every_document_counts_its_words_and_chains_anew(tmp_path: Path) -> None:
    first, second = documents(tmp_path, CLERK, "Ida 2 (1-person-new-cf1-1-coref)\nslept 0")
    assert len(first.heads) == 5 and second.heads == {0: 1}


def test_of_mentions_with_one_head_the_longest_counts(tmp_path: Path) -> None:
    (found,) = documents(
        tmp_path, "Nurses 3 (2-person-new-cf1-1-coref(5-person-new-cf2-1-coref)\nthere 1 2)\nslept 0"
    )
    assert found.heads == {0: 2}


def test_a_mention_whose_governor_lies_outside_is_headed_by_that_word(tmp_path: Path) -> None:
    (found,) = documents(tmp_path, "We 2\nsaw 0\nold 5 (3-person-new-cf1-3-sgl\nMayor 5\nSol 2\nhimself 5 3)")
    assert found.heads == {4: 3}
