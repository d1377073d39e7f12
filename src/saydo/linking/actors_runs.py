"""Names that no codebook lists: runs of capitals around a word like *front* or *ministry*, and proper nouns
in argument positions that nobody tagged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from saydo.linking.drafts import Draft, Drafts
from saydo.linking.lexicon import Lexicon
from saydo.linking.phrases import Phrases
from saydo.model.names import ARTICLES
from saydo.model.reading import Reading, Sentence, Token

BODY_WORDS: dict[str, str] = {
    **dict.fromkeys(
        "front movement brigade brigades battalion battalions army militia resistance legion"
        " emirate caliphate bloc shield rifles"
        " jihad alliance network faction cartel gang tigers guards mujahideen mujahidin katibat katiba jabhat"
        " jaysh jaish liwa harakat hizb lashkar ansar jund jamaat kataib tehreek tehrik squad"
        " fighters guerrillas"
        " rebels forces force command commandos cells cell regiment battalion unit militias partisans"
        " revolutionaries martyrs phalange falcons wolves hawks".split(),
        "group",
    ),
    **dict.fromkeys(
        "party union league council committee organization organisation association federation foundation"
        " institute university company corporation corp group bank society trust centre center congress"
        " commission agency authority club coalition confederation conference college hospital church"
        " observatory forum assembly initiative programme program society syndicate board fund".split(),
        "organisation",
    ),
    **dict.fromkeys(
        "ministry department government embassy bureau parliament court senate".split(), "government"
    ),
    **dict.fromkeys("times post news tv radio television herald gazette tribune newspaper".split(), "media"),
}  # fmt: skip
"""Words that a named body is built on, with the type of mention that it makes."""

_HEADS_FIRST = frozenset(
    """
    katibat katiba jabhat jaysh jaish liwa harakat hizb lashkar ansar jund jamaat kataib tehreek
    tehrik
    """.split()
)
_STATE_BODIES = frozenset("government ministry department embassy bureau parliament court senate".split())
_ARMS = frozenset("force forces army command guards".split())
PORTFOLIOS = frozenset(
    """
    foreign interior defence defense finance justice health information education culture
    agriculture trade energy oil labour labor affairs internal external national security public
    economy economic development federal royal armed air state supreme constitutional high interim
    transitional central provisional people's
    """.split()
)
"""Words by which states tell their own bodies apart."""
_LINKS = frozenset(["of", "for", "de", "del", "la", "do", "da", "des", "du", "y", "e"])
_POSITIONS = frozenset(
    "nsubj nsubj:pass obj iobj obl obl:agent nmod nmod:poss appos conj root nsubj:outer".split()
)
_TITLES_IN_NAMES = frozenset(["general", "major", "justice", "member", "chief"])
_CALENDAR = frozenset(
    "january february march april may june july august september october november december monday tuesday"
    " wednesday thursday friday saturday sunday jan feb mar apr jun jul aug sep sept oct nov dec ramadan"
    " christmas easter gmt internet covid covid-19 quran koran bible".split()
)


def add_long_names(drafts: Drafts, reading: Reading, lexicon: Lexicon, phrases: Phrases) -> None:
    """Adds bodies named by a run of capitals; fragments of it that the reader tagged are left behind."""
    for sentence in reading.sentences:
        if is_headline(reading, sentence):
            continue
        for first, last in _runs(phrases, sentence):
            draft = _body(phrases, lexicon, drafts, _without_people(phrases, sentence, first, last), last)
            if draft is not None:
                drafts.add(draft)


def is_headline(reading: Reading, sentence: Sentence) -> bool:
    """Whether nearly all longer words are capitalised, the verbs among them, so that capitals say nothing."""
    words = [
        t for t in reading.tokens[sentence.first : sentence.last] if t.text.isalpha() and len(t.text) > 3
    ]
    if any(t.upos == "VERB" and t.text.islower() for t in words):
        return False
    capital = sum(t.text[0].isupper() for t in words)
    return len(words) > 2 and capital >= 0.75 * len(words)


def _runs(phrases: Phrases, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Maximal runs of capitalised words with the small words that join them."""
    tokens = phrases.tokens
    i = sentence.first
    while i < sentence.last:
        if i in phrases.dated or not _starts(tokens[i], i == sentence.first):
            i += 1
            continue
        j = i + 1
        while j < sentence.last:
            if j in phrases.dated:
                break
            if _continues(tokens[j]):
                j += 1
                continue
            step = _link(tokens, j, sentence.last)
            if not step:
                break
            j += step
        if j - i > 1:
            yield i, j
        i = j


def _starts(t: Token, initial: bool) -> bool:
    if not t.text[0].isupper() or not t.text[0].isalpha():
        return False
    return t.upos == "PROPN" or (not initial and t.upos in ("NOUN", "ADJ", "X", "VERB"))


def _continues(t: Token) -> bool:
    return t.text[0].isupper() and t.upos in ("PROPN", "NOUN", "ADJ", "X", "NUM", "VERB")


def _link(tokens: Sequence[Token], j: int, end: int) -> int:
    """How many joining tokens stand at ``j`` before the next capital; 0 where the run ends."""
    for width in (1, 2, 3):
        if j + width >= end:
            return 0
        words = [t.text.lower() for t in tokens[j : j + width]]
        following = tokens[j + width]
        if not (following.text[0].isupper() and following.upos in ("PROPN", "NOUN", "ADJ")):
            continue
        glued = words == ["-"] and tokens[j - 1].end == tokens[j].start
        if (
            glued
            or words in (["'s"], ["’s"])
            or (width == 1 and words[0] in _LINKS | ARTICLES)
            or (width == 2 and words[0] in _LINKS and words[1] == "the")
            or (width == 3 and words[1] in ARTICLES and words[0] == words[2] == "-")
            or (width == 2 and words[0] in ARTICLES and words[1] == "-")
        ):
            return width
    return 0


def _body(phrases: Phrases, lexicon: Lexicon, drafts: Drafts, first: int, last: int) -> Draft | None:
    tokens = phrases.tokens
    first, last = _without_titles(tokens, lexicon, first, last)
    if last - first > 3 and tokens[first + 1].text in ("'s", "’s") and any(d.known for d in drafts.at(first)):
        first += 2  # "Sweden's Centre Union" is the Centre Union
    keys = [i for i in range(first, last) if tokens[i].text.lower() in BODY_WORDS]
    if not keys or last - first < 2:
        return None
    links = [i for i in range(first, last) if tokens[i].text.lower() in _LINKS]
    at = max((i for i in keys if not links or i < links[0]), default=-1)
    if at < 0:
        return None
    word = tokens[at].text.lower()
    if at != last - 1 and not (links and at == links[0] - 1) and word not in _HEADS_FIRST:
        last = at + 1  # what follows the body word is another name: "Resistance Army General Ode"
    others = [i for i in range(first, last) if i not in keys and i not in links and tokens[i].text.isalpha()]
    inside = [d for d in drafts.touching(first, last) if d.origin == "codebook"]
    if any(d.type not in ("place", "nationality") for d in inside):
        return None
    # "Western" alone is a camp of states; in capitals before a body's word it tells where the body is
    told = {i for d in inside for i in d.name if tokens[i].text.lower() != "western"}
    if word in _STATE_BODIES or not others or all(i in told for i in others):
        return None  # "Afghan Army", "Ministry of Defence": described, not named
    if told and word in _ARMS and all(tokens[i].text.lower() in PORTFOLIOS or i in told for i in others):
        return None  # "Kenya Defence Forces": the state's own, like "Kenyan army"
    start = first
    det = tokens[first - 1] if first else None
    head = phrases.head_of(first, last)
    if det is not None and det.text.lower() == "the" and det.deprel == "det":
        start = first - 1
    return Draft(start, last, head, BODY_WORDS[word], True, "name", name=tuple(range(first, last)))


def _without_people(phrases: Phrases, sentence: Sentence, first: int, last: int) -> int:
    """Where the name begins in "Fighters of the Falcon Brigade", whose capital only opens a sentence."""
    tokens = phrases.tokens
    if first != sentence.first or tokens[first].text[-1] != "s" or last - first < 3:
        return first
    if tokens[first + 1].text.lower() not in ("of", "from"):
        return first
    return first + 2 + (tokens[first + 2].text.lower() == "the")


def _without_titles(tokens: Sequence[Token], lexicon: Lexicon, first: int, last: int) -> tuple[int, int]:
    """The run without titles in front: "General" of "General Union of Workers" stays, "President" goes."""
    for i in range(first, last - 1):
        low = tokens[i].text.lower()
        if low in BODY_WORDS:
            break
        office = lexicon.office(low, ())
        if office is not None and office[0].id not in ("clergy", "fighter") and low not in _TITLES_IN_NAMES:
            following = tokens[i + 1].text.lower()
            if following in ("of", "for"):
                first = i + 2
                if first < last and tokens[first].text.lower() == "the":
                    first += 1
            else:
                first = i + 1
    return first, last


def add_untagged_names(drafts: Drafts, reading: Reading, lexicon: Lexicon, phrases: Phrases) -> None:
    """Adds runs of proper nouns that are arguments of something and that nothing covers yet."""
    tokens = reading.tokens
    n = len(tokens)
    i = 0
    while i < n:
        t = tokens[i]
        if t.upos != "PROPN" or drafts.at(i) or t.text.lower() in _CALENDAR or not t.text[0].isalpha():
            i += 1
            continue
        j = i + 1
        while j < n and tokens[j].sentence == t.sentence and not drafts.at(j):
            if tokens[j].upos == "PROPN" or _inner_hyphen(tokens, j, n):
                j += 1
            else:
                break
        head = phrases.head_of(i, j)
        if tokens[head].deprel in _POSITIONS and len(tokens[head].text) > 1:
            _add_untagged(drafts, lexicon, phrases, i, j, head)
        i = j


def _inner_hyphen(tokens: Sequence[Token], j: int, n: int) -> bool:
    glued = tokens[j].text == "-" and tokens[j].start == tokens[j - 1].end
    return glued and j + 1 < n and tokens[j + 1].upos == "PROPN" and tokens[j + 1].start == tokens[j].end


def _add_untagged(
    drafts: Drafts, lexicon: Lexicon, phrases: Phrases, first: int, last: int, head: int
) -> None:
    tokens = phrases.tokens
    words = [t for t in tokens[first:last] if t.text != "-"]
    if any(t.text.lower() in _CALENDAR for t in words):
        return
    low = tokens[head].text.lower()
    if low in BODY_WORDS:
        kind = BODY_WORDS[low]
    elif len(words) > 1 and (
        tokens[head].deprel.startswith("nsubj") or _title_before(phrases, lexicon, first)
    ):
        kind = "person"
    elif any(t.text.isupper() and len(t.text) > 1 for t in words):
        kind = "organisation"
    elif _speaks(phrases, head):
        kind = "person"
    else:
        return
    last_word = words[-1].text.lower()
    if kind == "person" and last_word.endswith("s") and lexicon.nominal(last_word[:-1], ()) is not None:
        return  # "Senate Republicans"
    drafts.add(Draft(first, last, head, kind, True, "name", score=0.4, name=tuple(t.i for t in words)))


def _title_before(phrases: Phrases, lexicon: Lexicon, first: int) -> bool:
    return first > 0 and lexicon.office(phrases.tokens[first - 1].text.lower().rstrip("."), ()) is not None


def _speaks(phrases: Phrases, head: int) -> bool:
    """Whether a name is the subject of a verb with a clause as its content."""
    t = phrases.tokens[head]
    return t.deprel == "nsubj" and any(True for _ in phrases.kids_by(t.head, "ccomp"))
