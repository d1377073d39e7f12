"""Statements over hand-made readings: spans, voices, kinds and what counts as said."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from saydo.codebook import load
from saydo.coding.match import Scene
from saydo.coding.statements import DraftStatement, find_statements, read_statements, to_record
from saydo.coding.statements_spans import members, quotations
from saydo.model.document import Document
from saydo.model.ids import slug
from saydo.model.linked import LinkedMention, LinkedReading, LinkedTime
from saydo.model.reading import Attribution, Reading, Sentence, Token, TokenRange
from saydo.model.records import Time
from saydo.reading.scripted import scripted_reading

CODEBOOK = load()


def linked(text: str, script: str, actors: dict[str, str] | None = None) -> LinkedReading:
    """A linked reading of a script: named mentions are their own actors; ``actors`` says who others are."""
    reading = scripted_reading(Document(id="d", text=text), script)
    known = actors or {}
    mentions = []
    for n, m in enumerate(reading.mentions):
        words = text[reading.tokens[m.first].start : reading.tokens[m.last - 1].end]
        actor = known.get(words) or (slug(words) if m.named else None)
        mentions.append(LinkedMention(f"m{n}", m.first, m.last, m.head, m.type, m.named, actor, "test"))
    return LinkedReading(reading, tuple(mentions), (), (), (), ())


def words(linked_reading: LinkedReading, spans: tuple[TokenRange, ...]) -> list[str]:
    tokens = linked_reading.reading.tokens
    text = linked_reading.reading.document.text
    return [text[tokens[a].start : tokens[b - 1].end] for a, b in spans]


def only(found: LinkedReading) -> DraftStatement:
    """The one statement of a reading."""
    (draft,) = find_statements(found, CODEBOOK)
    return draft


SPLIT = """
1 “ “ PUNCT 4 punct
2 The the DET 3 det
3 bridge bridge NOUN 4 nsubj
4 stands stand VERB 9 ccomp
5 , , PUNCT 4 punct
6 ” ” PUNCT 4 punct
7 Ana Ana PROPN 9 nsubj
8 Prado Prado PROPN 7 flat
9 said say VERB 0 root
10 . . PUNCT 9 punct
# mention 7-8 person named

1 “ “ PUNCT 3 punct
2 We we PRON 3 nsubj
3 crossed cross VERB 0 root
4 it it PRON 3 obj
5 at at ADP 6 case
6 dawn dawn NOUN 3 obl
7 . . PUNCT 3 punct
8 ” ” PUNCT 3 punct
"""


def test_a_quotation_without_a_cue_goes_on_with_the_speaker_before() -> None:
    reading = linked("“The bridge stands,” Ana Prado said. “We crossed it at dawn.”", SPLIT)
    draft = only(reading)
    assert words(reading, draft.content) == ["“The bridge stands,”", "“We crossed it at dawn.”"]
    assert (words(reading, draft.source), words(reading, draft.cue)) == (["Ana Prado"], ["said"])
    assert draft.quoted and draft.source_mention == "m0" and draft.kind == "assertion"


def test_a_quotation_in_the_next_paragraph_goes_on_too() -> None:
    text = "“The bridge stands,” Ana Prado said.\n“We crossed it at dawn.”"
    reading = linked(text, SPLIT.replace("\n\n1 “", "\n\n# newpar\n1 “"))
    assert len(only(reading).content) == 2


def test_offsets_of_the_record_quote_the_text_exactly() -> None:
    text = "“The bridge stands,” Ana Prado said. “We crossed it at dawn.”"
    reading = linked(text, SPLIT)
    record = to_record(only(reading), "s0", ("e1",), (), reading.reading)
    assert [text[a:b] for a, b in record.content] == ["“The bridge stands,”", "“We crossed it at dawn.”"]
    assert [text[a:b] for a, b in record.cue] == ["said"]
    assert record.events == ("e1",) and record.source_mention == "m0" and record.rule == "assertion/say"


def test_a_message_speaks_for_whoever_issued_it_and_to_whom_it_was_sent() -> None:
    text = (
        "In May, the Harbour Front issued a letter to the bishops. The letter said it would end the strike."
    )
    reading = linked(
        text,
        """
1 In in ADP 2 case
2 May May PROPN 7 obl
3 , , PUNCT 2 punct
4 the the DET 6 det
5 Harbour Harbour PROPN 6 compound
6 Front Front PROPN 7 nsubj
7 issued issue VERB 0 root
8 a a DET 9 det
9 letter letter NOUN 7 obj
10 to to ADP 12 case
11 the the DET 12 det
12 bishops bishop NOUN 9 nmod
13 . . PUNCT 7 punct
# mention 4-6 group named
# mention 11-12 person

1 The the DET 2 det
2 letter letter NOUN 3 nsubj
3 said say VERB 0 root
4 it it PRON 6 nsubj
5 would would AUX 6 aux
6 end end VERB 3 ccomp
7 the the DET 8 det
8 strike strike NOUN 6 obj
9 . . PUNCT 3 punct
""",
    )
    time = Time.model_validate(
        {"start": 3, "end": 6, "text": "May", "from": "2001-05-01", "to": "2001-05-31",
         "precision": "month", "reason": "test"}
    )  # fmt: skip
    reading = LinkedReading(reading.reading, reading.mentions, (), (), (LinkedTime((1, 2), 1, time),), ())
    draft = only(reading)
    assert words(reading, draft.source) == ["The letter"]
    assert draft.source_mention == "m0", draft.reason
    assert draft.addressees == ("m1",)
    assert draft.medium == "letter"
    assert draft.time is not None and draft.time.from_ == "2001-05-01"
    assert draft.kind == "pledge"


NOT_SAID = """
1 The the DET 2 det
2 ministry ministry NOUN 5 nsubj
3 {aux} {aux} AUX 5 aux
4 {adverb} {adverb} {upos} 5 advmod
5 confirmed confirm VERB 0 root
6 that that SCONJ 9 mark
7 the the DET 8 det
8 road road NOUN 9 nsubj
9 opened open VERB 5 ccomp
10 . . PUNCT 5 punct
# mention 1-2 government
"""


def test_negated_and_merely_possible_speech_is_withheld_with_the_reason() -> None:
    for aux, adverb, upos, said in (
        ("has", "not", "PART", False),
        ("may", "soon", "ADV", False),
        ("has", "now", "ADV", True),
    ):
        text = f"The ministry {aux} {adverb} confirmed that the road opened."
        reading = linked(text, NOT_SAID.format(aux=aux, adverb=adverb, upos=upos))
        found = read_statements(Scene.of(reading), CODEBOOK)
        assert bool(found.drafts) is said, text
        reasons = [n.reason for n in found.notes if "confirmed" in n.about]
        assert bool(reasons) is not said, text
        assert all(aux in r or adverb in r for r in reasons)


def test_words_set_against_a_clause_are_a_denial_by_their_speaker() -> None:
    text = "The port is open, contrary to what the navy claims."
    reading = linked(
        text,
        """
1 The the DET 2 det
2 port port NOUN 4 nsubj
3 is be AUX 4 cop
4 open open ADJ 0 root
5 , , PUNCT 8 punct
6 contrary contrary ADJ 8 case
7 to to ADP 6 fixed
8 what what PRON 4 obl
9 the the DET 10 det
10 navy navy NOUN 11 nsubj
11 claims claim VERB 8 acl:relcl
12 . . PUNCT 4 punct
# mention 9-10 military
""",
    )
    draft = only(reading)
    assert (draft.kind, draft.source_mention) == ("denial", "m0")
    assert not members(draft.content) & set(range(0, 5)), "the document's own clause is not the navy's words"


VOW = """
1 The the DET 2 det
2 army army NOUN 3 nsubj
3 vowed vow VERB 0 root
4 to to PART 5 mark
5 {verb} {verb} VERB 3 xcomp
6 the the DET 7 det
7 {noun} {noun} NOUN 5 obj
8 . . PUNCT 3 punct
# mention 1-2 military
"""


def test_a_vow_to_harm_is_a_threat_and_a_vow_to_mend_a_pledge() -> None:
    for verb, noun, kind in (("bomb", "port", "threat"), ("rebuild", "port", "pledge")):
        reading = linked(f"The army vowed to {verb} the {noun}.", VOW.format(verb=verb, noun=noun))
        draft = only(reading)
        assert draft.kind == kind, draft.reason
        assert words(reading, draft.content) == [f"to {verb} the {noun}"]


def test_the_next_words_about_others_go_on_with_an_accusation() -> None:
    text = "Chad accused Sudan of arming raiders. The raiders crossed the border by night, it said."
    script = """
1 Chad Chad PROPN 2 nsubj
2 accused accuse VERB 0 root
3 Sudan Sudan PROPN 2 obj
4 of of SCONJ 5 mark
5 arming arm VERB 2 advcl
6 raiders raider NOUN 5 obj
7 . . PUNCT 2 punct
# mention 1-1 government named
# mention 3-3 government named

1 The the DET 2 det
2 raiders raider NOUN 3 nsubj
3 crossed cross VERB 0 root
4 the the DET 5 det
5 border border NOUN 3 obj
6 by by ADP 7 case
7 night night NOUN 3 obl
8 , , PUNCT 10 punct
9 it it PRON 10 nsubj
10 said say VERB 3 parataxis
11 . . PUNCT 3 punct
# mention 1-2 group
# mention 9-9 government
"""
    reading = linked(text, script, {"it": "chad"})
    first, second = find_statements(reading, CODEBOOK)
    assert (first.kind, second.kind) == ("accusation", "accusation"), second.reason
    assert words(reading, first.content) == ["Sudan of arming raiders"] and first.addressees == ("m1",)
    assert words(reading, second.content) == ["The raiders crossed the border by night"]
    other = linked(text, script, {"it": "niger"})
    assert [d.kind for d in find_statements(other, CODEBOOK)] == ["accusation", "assertion"]


def test_a_speaker_before_a_colon_is_heard_in_transcripts() -> None:
    text = "COL BRANDT: We held the bridge all night."
    reading = linked(
        text,
        """
1 COL COL PROPN 0 root
2 BRANDT BRANDT PROPN 1 flat
3 : : PUNCT 5 punct
4 We we PRON 5 nsubj
5 held hold VERB 1 parataxis
6 the the DET 7 det
7 bridge bridge NOUN 5 obj
8 all all DET 9 det
9 night night NOUN 5 obl:unmarked
10 . . PUNCT 1 punct
# mention 1-2 person named
""",
    )
    draft = only(reading)
    assert words(reading, draft.source) == ["COL BRANDT"]
    assert words(reading, draft.content) == ["We held the bridge all night"]


FEAR = """
1 Delegates delegate NOUN 2 nsubj
2 {cue} {cue} VERB 0 root
3 the the DET 4 det
4 talks talk NOUN 6 nsubj
5 will will AUX 6 aux
6 fail fail VERB 2 ccomp
7 . . PUNCT 2 punct
# mention 1-1 person
# attribution source=1 cue=2 content=3-6
"""


def test_the_reader_alone_makes_no_statement_of_a_fear() -> None:
    reading = linked("Delegates fear the talks will fail.", FEAR.format(cue="fear"))
    found = read_statements(Scene.of(reading), CODEBOOK)
    assert found.drafts == ()
    assert any("fear" in n.about for n in found.notes), "what the reader found is withheld with a reason"


def test_tree_and_reader_make_one_statement_of_one_cue() -> None:
    reading = linked("Delegates predict the talks will fail.", FEAR.format(cue="predict"))
    alone = LinkedReading(
        Reading(**{f: getattr(reading.reading, f) for f in reading.reading.__slots__ if f != "attributions"},
                attributions=()),
        reading.mentions, (), (), (), (),
    )  # fmt: skip
    both, tree = only(reading), only(alone)
    assert both.kind == tree.kind == "prediction"
    assert words(reading, both.content) == ["the talks will fail"]
    assert both.score > tree.score


def test_a_cue_with_nobody_to_say_it_needs_the_readers_source() -> None:
    text = "Hard to believe, adding that boats sank."
    script = """
1 Hard hard ADJ 0 root
2 to to PART 3 mark
3 believe believe VERB 1 xcomp
4 , , PUNCT 5 punct
5 adding add VERB 1 advcl
6 that that SCONJ 8 mark
7 boats boat NOUN 8 nsubj
8 sank sink VERB 5 ccomp
9 . . PUNCT 1 punct
"""
    assert find_statements(linked(text, script), CODEBOOK) == (), "nobody is named as the speaker"
    named = linked(
        "Hard to believe, adding that boats sank, Ana.",
        script.replace("9 . . PUNCT", "9 , , PUNCT")
        + "10 Ana Ana PROPN 1 dep\n11 . . PUNCT 1 punct\n# mention 10-10 person named\n"
        "# attribution source=10 cue=5 content=6-8\n",
    )
    draft = only(named)
    assert (words(named, draft.source), draft.source_mention) == (["Ana"], "m0")


# --- properties -------------------------------------------------------------------------------------------

_PIECES = ["“", "”", '"', "‘", "’", "The", "army", "said", ".", ",", "We", "left", "'"]


def _plain(pieces: list[str], breaks: set[int]) -> Reading:
    """A reading in which every word hangs on the first of its sentence."""
    text = " ".join(pieces)
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    at = first = paragraph = 0
    for n, piece in enumerate(pieces):
        upos = "PUNCT" if not piece.isalpha() else "VERB" if piece in ("said", "left") else "NOUN"
        tokens.append(Token(n, at, at + len(piece), piece, piece.lower(), upos, first, "dep", len(sentences)))
        at += len(piece) + 1
        if n in breaks or n == len(pieces) - 1:
            sentences.append(Sentence(tokens[first].start, tokens[n].end, first, n + 1, paragraph))
            first, paragraph = n + 1, paragraph + (n % 2)
    return Reading(Document(id="d", text=text), tuple(tokens), tuple(sentences), (), (), "test")


@given(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=40), st.sets(st.integers(0, 39)))
@settings(max_examples=150, deadline=None)
def test_quotations_lie_apart_in_order_and_within_their_paragraph(
    pieces: list[str], breaks: set[int]
) -> None:
    reading = _plain(pieces, breaks)
    found = quotations(reading)
    assert all(a.last <= b.first for a, b in pairwise(found))
    for quotation in found:
        assert 0 <= quotation.first < quotation.last <= len(pieces)
        inside = {
            reading.sentences[reading.tokens[i].sentence].paragraph
            for i in range(quotation.first, quotation.last)
        }
        assert len(inside) == 1


_LEMMAS = [
    "say",
    "vow",
    "deny",
    "claim",
    "statement",
    "army",
    "not",
    "will",
    "it",
    "attack",
    "according",
    "that",
]
_UPOS = ["VERB", "NOUN", "PROPN", "PRON", "ADP", "AUX", "PUNCT", "SCONJ", "ADV", "ADJ"]
_RELATIONS = [
    "nsubj", "obj", "ccomp", "xcomp", "advcl", "conj", "parataxis", "acl", "acl:relcl", "obl", "nmod", "case",
    "mark", "aux", "advmod", "nmod:poss", "nsubj:pass", "appos", "det",
]  # fmt: skip


@st.composite
def _wild(draw: st.DrawFn) -> LinkedReading:
    """Any tree at all over reporting words, with any attribution: what a bad parse looks like."""
    n = draw(st.integers(2, 14))
    order = draw(st.permutations(range(n)))
    head = {order[0]: order[0]}
    for k in range(1, n):
        head[order[k]] = order[draw(st.integers(0, k - 1))]
    tokens, at = [], 0
    for i in range(n):
        lemma = draw(st.sampled_from(_LEMMAS))
        word = "“" if draw(st.integers(0, 9)) == 0 else "”" if draw(st.integers(0, 9)) == 0 else lemma
        relation = "root" if head[i] == i else draw(st.sampled_from(_RELATIONS))
        upos = draw(st.sampled_from(_UPOS))
        tokens.append(Token(i, at, at + len(word), word, lemma, upos, head[i], relation, 0))
        at += len(word) + 1
    text = " ".join(t.text for t in tokens)
    spans = [tuple(sorted(draw(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1))))) for _ in range(3)]
    source, cue, content = (((a, b + 1),) for a, b in spans)
    attribution = Attribution(source, cue, content, draw(st.floats(0, 1)))
    mention = LinkedMention("m0", 0, 1, 0, "group", True, "a", "test")
    reading = Reading(
        Document(id="d", text=text),
        tuple(tokens),
        (Sentence(0, len(text), 0, n, 0),),
        (),
        (attribution,),
        "t",
    )
    return LinkedReading(reading, (mention,), (), (), (), ())


@given(_wild())
@settings(max_examples=300, deadline=None)
def test_whatever_the_parse_spans_are_sound_and_cues_unique(reading: LinkedReading) -> None:
    found = find_statements(reading, CODEBOOK)
    assert len({d.cue for d in found}) == len(found)
    for draft in found:
        assert draft.content and draft.cue and 0 <= draft.score <= 1 and draft.reason
        assert not members(draft.content) & members(draft.cue)
        for spans in (draft.content, draft.cue, draft.source):
            assert all(0 <= a < b <= len(reading.reading.tokens) for a, b in spans)
            assert list(spans) == sorted(spans)
        to_record(draft, "s0", (), (), reading.reading)
