"""Gathers the mentions of a document: codebook names, the reader's, long names, and what neither saw."""

from __future__ import annotations

from collections.abc import Sequence

from saydo.linking.actors_beside_nouns import add_names_beside
from saydo.linking.actors_no_names import no_person, only_opens, people_in_capitals
from saydo.linking.actors_nominals import STATE_BODIES, add_nominals, add_pronouns
from saydo.linking.actors_runs import PORTFOLIOS, add_long_names, add_untagged_names
from saydo.linking.actors_world import TYPE_OF_KIND
from saydo.linking.drafts import Draft, Drafts
from saydo.linking.lexicon import Hit, Known, Lexicon
from saydo.linking.phrases import Phrases
from saydo.model.names import ARTICLES
from saydo.model.reading import Reading, ReadMention, Token

_PLACE_KINDS = frozenset(["state", "de facto state", "state group", "community", "media", "party"])
_NOBODY = frozenset(["god", "allah", "jihad", "islam", "lord", "sharia"])
_CERTAIN = 0.5
_PLAIN = 0.7
"""Score from which on a word at the beginning of a sentence is believed to name a person."""


def gather(reading: Reading, lexicon: Lexicon, phrases: Phrases) -> Drafts:
    """All mentions of the document, none crossing, each with its type and what the codebook knows of it."""
    drafts = Drafts()
    caseless = is_caseless(reading)
    people = _long_people(reading)
    for hit in lexicon.hits(reading.tokens, caseless):
        if phrases.dated and any(i in phrases.dated for i in range(hit.first, hit.last)):
            continue  # "on November 17" names a day and no movement
        if not _part_of_person(hit, phrases, people):
            drafts.add(_from_hit(hit, phrases))
    if not caseless:
        add_long_names(drafts, reading, lexicon, phrases)
    for mention in reading.mentions:
        if mention.named:
            _add_named(drafts, mention, lexicon, phrases)
    _repeat_names(drafts, phrases)
    if not caseless:
        add_names_beside(drafts, phrases)
    add_nominals(drafts, reading, lexicon, phrases, caseless)
    add_untagged_names(drafts, reading, lexicon, phrases)
    for mention in reading.mentions:
        if not mention.named:
            _add_unnamed(drafts, mention, phrases)
    add_pronouns(drafts, reading, phrases)
    return drafts


def is_caseless(reading: Reading) -> bool:
    """Whether the text was written, or printed by the wire, in one case only."""
    lower = upper = mixed = 0
    for t in reading.tokens[:600]:
        if len(t.text) > 2 and t.text.isalpha():
            if t.text.islower():
                lower += 1
            elif t.text.isupper():
                upper += 1
            else:
                mixed += 1
    total = lower + upper + mixed
    return total > 5 and (mixed + upper <= 0.01 * total or upper > 0.8 * total)


def _long_people(reading: Reading) -> dict[int, ReadMention]:
    """Tokens inside persons' names of two words or more."""
    return {
        i: m
        for m in reading.mentions
        if m.type == "person" and m.named and m.last - m.first > 1 and m.score >= _CERTAIN
        for i in range(m.first, m.last)
    }


def _part_of_person(hit: Hit, phrases: Phrases, people: dict[int, ReadMention]) -> bool:
    """Whether a codebook name of one word is a part of a person's name: the ``Jordan`` of Jordan Smith."""
    if hit.last - hit.first > 1 or hit.known[0].entry.kind not in _PLACE_KINDS:
        return False
    tokens = phrases.tokens
    if hit.known[0].form in ("adjective", "demonym") and tokens[hit.first].upos == "ADJ":
        return False
    at = hit.last - 1
    t = tokens[at]
    if hit.known[0].entry.kind == "party" and t.text.endswith("s"):
        return False  # "Kentucky Republicans"
    tied = t.deprel == "flat" and tokens[t.head].upos == "PROPN" and at - t.head < 4
    tied = tied or any(tokens[k].upos == "PROPN" and k - at < 4 for k in phrases.kids_by(at, "flat"))
    person = people.get(at)
    if person is None or person.last - person.first < 2:
        return tied and hit.known[0].form not in ("adjective", "demonym")
    inside = [tokens[i] for i in range(person.first, person.last) if i != at]
    return tied or all(o.upos in ("PROPN", "PUNCT") or o.text.lower() in ARTICLES for o in inside)


def _from_hit(hit: Hit, phrases: Phrases) -> Draft:
    tokens = phrases.tokens
    head = phrases.head_of(hit.first, hit.last)
    best = hit.known[0]
    adjectival = best.form in ("adjective", "demonym")
    first = hit.first
    if not adjectival and first > 0:
        det = tokens[first - 1]
        if det.deprel == "det" and det.text.lower() == "the" and det.head == head:
            first -= 1
    return Draft(
        first,
        hit.last,
        head,
        _type(best),
        True,
        "codebook",
        known=hit.known,
        name=tuple(range(hit.first, hit.last)),
    )


def _repeat_names(drafts: Drafts, phrases: Phrases) -> None:
    """Finds names of three words or more again where the reader saw only a part of them, or nothing."""
    tokens = phrases.tokens
    told: dict[str, list[tuple[list[str], Draft]]] = {}
    for draft in drafts:
        words = [tokens[i].text for i in range(draft.name[0], draft.name[-1] + 1)] if draft.name else []
        if draft.named and not draft.known and len(words) > 2 and draft.type not in ("place", "nationality"):
            told.setdefault(words[0], []).append((words, draft))
    if not told:
        return
    for t in tokens:
        for words, model in told.get(t.text, ()):
            last = t.i + len(words)
            if last > len(tokens) or [o.text for o in tokens[t.i : last]] != words:
                continue
            held = drafts.touching(t.i, last)
            if any((d.first <= t.i and last <= d.last) or d.known for d in held):
                continue
            for d in held:
                drafts.remove(d)
            first = t.i - 1 if t.i and tokens[t.i - 1].text.lower() == "the" else t.i
            head = phrases.head_of(t.i, last)
            name = tuple(range(t.i, last))
            drafts.add(Draft(first, last, head, model.type, True, "name", score=model.score, name=name))


def _type(known: Known) -> str:
    """The type of mention that a codebook name makes."""
    if known.form in ("adjective", "demonym"):
        return "nationality"
    if known.entry.kind == "state group" and known.form != "metonym":
        return "government"
    return TYPE_OF_KIND.get(known.entry.kind, "organisation")


def _add_named(drafts: Drafts, mention: ReadMention, lexicon: Lexicon, phrases: Phrases) -> None:
    """A name that the reader tagged, mended at its edges, unless a longer known name covers it."""
    tokens = phrases.tokens
    first, last = _mended(mention, phrases)
    opened = next((i for i in range(first + 1, last) if tokens[i].text == "("), None)
    if opened is not None and all(tokens[i].text != ")" for i in range(opened, last)):
        last = opened  # "the Freedom Resistance (FR": the bracket is no part of the name
    owned = last - first > 3 and tokens[first + 1].text in ("'s", "’s")
    if owned and mention.type == "igo" and any(d.known for d in drafts.at(first)):
        first += 2  # "Sweden's Centre Union" is the Centre Union
    if mention.type in ("group", "organisation", "military") and tokens[last - 1].text[0].isupper():
        while last - first > 2 and _describes(tokens, first, lexicon):
            first += 2  # "rockets of the Front": the name is that of the Front
        first = _past_organ(tokens, first, last)
        first = _past_description(tokens, first, last)
    ranked = lexicon.office(tokens[first].text.lower(), ()) if last - first > 1 else None
    if mention.type in ("group", "organisation") and (ranked is None or ranked[0].id != "military"):
        last = _with_of(drafts, phrases, first, last)
    words = [t for t in tokens[first:last] if t.upos not in ("DET", "PUNCT")]
    if not words or (len(words) == 1 and (words[0].text.lower() in _NOBODY or len(words[0].text) == 1)):
        return
    if len(words) == 1 and words[0].upos == "ADJ" and mention.type not in ("nationality", "place"):
        return
    for other in drafts.touching(first, last):
        if other.first <= first and last <= other.last:
            return
        if other.origin in ("codebook", "name") and other.last - other.first >= last - first - 1:
            if all(i in other.name or tokens[i].upos in ("DET", "PUNCT") for i in range(first, last)):
                return
    head = mention.head if first <= mention.head < last else phrases.head_of(first, last)
    if len(words) == 1 and people_in_capitals(words[0], phrases, lexicon):
        return
    if mention.type == "person" and no_person(drafts, phrases, words, first, last):
        return
    if mention.type == "person" and mention.score < _PLAIN and only_opens(phrases, words, first):
        plain = words[0].text.lower().removesuffix("s")
        if lexicon.office(plain, ()) or lexicon.nominal(plain, ()):
            drafts.add(Draft(first, last, head, "person", False, "reader", score=mention.score))
        return
    if _common_head(drafts, phrases, head, first, last, lexicon):
        return
    if mention.type == "place":
        _drop_inside(drafts, phrases, first, last)
    kind = mention.type
    if kind == "person" and _has_article(phrases, first, head) and not _titled(phrases, first, head, lexicon):
        kind = "organisation"
    elif kind == "nationality" and tokens[head].upos == "PROPN" and len(words) > 1:
        kind = "organisation"
    name = tuple(t.i for t in words if t.upos != "DET")
    drafts.add(Draft(first, last, head, kind, True, "reader", score=mention.score, name=name))


def _past_organ(tokens: Sequence[Token], first: int, last: int) -> int:
    """Where the whole begins whose organ is told: "the army council of the *Continuity Brigade*"."""
    at = first
    while at < last - 2 and tokens[at].text.islower() and tokens[at].text != "of":
        at += 1
    if at == first or tokens[at].text != "of":
        return first
    at += 1 + (tokens[at + 1].text == "the")
    return at if at < last and tokens[at].text[0].isupper() else first


def _past_description(tokens: Sequence[Token], first: int, last: int) -> int:
    """Where a body's name begins behind whose and what it is: "Burundi's rebel *Forces for Renewal*"."""
    owners = [i for i in range(first, last - 2) if tokens[i].text in ("'s", "’s")]
    start = owners[0] + 1 if owners else first
    if tokens[start].upos not in ("ADJ", "NOUN") or not tokens[start].text.islower():
        return first
    while start < last - 1 and tokens[start].text.islower() and tokens[start].upos in ("ADJ", "NOUN", "ADV"):
        start += 1
    return start if tokens[start].text[0].isupper() and last - start > 1 else first


def _describes(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> bool:
    """Whether a word before "of" is no part of the name: in lower case, or a noun that opens a sentence."""
    t = tokens[i]
    if tokens[i + 1].text.lower() != "of":
        return False
    opens = i == 0 or tokens[i - 1].sentence != t.sentence
    plural = t.text.endswith("s") and bool(lexicon.nominal(t.text.lower().removesuffix("s"), ()))
    plural = plural or (t.upos == "NOUN" and t.text.lower() != t.lemma.lower())
    return t.text.islower() or (opens and plural)


def _common_head(
    drafts: Drafts, phrases: Phrases, head: int, first: int, last: int, lexicon: Lexicon
) -> bool:
    """Whether the mention's head is a describing noun: the describing nouns have their own pass."""
    t = phrases.tokens[head]
    low = t.lemma.lower()
    if t.upos != "NOUN" and _state_organ(drafts, phrases, head, first, last, lexicon):
        return True
    if t.upos == "PROPN" and _bare_office(drafts, phrases, head, first, last, lexicon):
        return True
    if t.upos != "NOUN":
        # "Guerrillas of the ELN" at the beginning of a sentence is described, not named.
        initial = head == 0 or phrases.tokens[head - 1].sentence != t.sentence
        initial = initial or (t.text.endswith("s") and phrases.tokens[min(head + 1, last - 1)].text == "of")
        if not initial or not any(head < d.head < last and d.known for d in drafts.touching(first, last)):
            return False
        low = low.removesuffix("s")
    before = phrases.before(head)
    return bool(lexicon.nominal(low, before) or lexicon.office(low, before))


def _state_organ(
    drafts: Drafts, phrases: Phrases, head: int, first: int, last: int, lexicon: Lexicon
) -> bool:
    """Whether a name is that of a state's organ, described: "the Salvadoran Army", "the Defence Ministry"."""
    tokens = phrases.tokens
    nominal = lexicon.nominal(tokens[head].text.lower(), phrases.before(head))
    if nominal is None or nominal.id not in STATE_BODIES:
        return False
    states = {i for d in drafts.touching(first, last) if d.type in ("nationality", "place") for i in d.name}
    return all(
        i == head or i in states or tokens[i].upos in ("DET", "ADP", "PART", "PUNCT", "CCONJ")
        or tokens[i].text.lower() in PORTFOLIOS
        for i in range(first, last)
    )  # fmt: skip


def _bare_office(
    drafts: Drafts, phrases: Phrases, head: int, first: int, last: int, lexicon: Lexicon
) -> bool:
    """Whether a name is but an office in capitals, after an article: "the Iraqi Foreign Minister"."""
    tokens = phrases.tokens
    office = lexicon.office(tokens[head].text.lower(), phrases.before(head))
    if office is None or office[0].id in ("courtesy", "fighter", "expert", "press"):
        return False
    if office[0].id == "clergy" and not any(
        tokens[k].upos == "PROPN" for k in phrases.kids_by(head, "appos")
    ):
        return False  # "the Pope" is as good as a name; "the Archbishop, Malachy Okoro," has one beside it
    if tokens[first].upos != "DET" and (first == 0 or tokens[first - 1].upos != "DET"):
        return False
    states = {i for d in drafts.touching(first, last) if d.type in ("nationality", "place") for i in d.name}
    return all(
        i == head or i in states or tokens[i].upos in ("DET", "ADP", "PART", "PUNCT", "CCONJ", "ADJ")
        or tokens[i].text.lower() in PORTFOLIOS or head - office[1] <= i < head
        for i in range(first, last)
    )  # fmt: skip


def _drop_inside(drafts: Drafts, phrases: Phrases, first: int, last: int) -> None:
    """Takes out a state's name that is only the end of a place's: the Ireland of Northern Ireland."""
    tokens = phrases.tokens
    for other in drafts.touching(first, last):
        rest = [i for i in range(first, other.first) if tokens[i].upos != "DET"]
        if other.known and other.type == "place" and other.last == last and rest:
            if all(tokens[i].text[0].isupper() and tokens[i].upos in ("PROPN", "ADJ") for i in rest):
                drafts.remove(other)


def _mended(mention: ReadMention, phrases: Phrases) -> tuple[int, int]:
    """The mention's tokens, drawn out over hyphens and articles inside one written word or name."""
    tokens = phrases.tokens
    first, last, n = mention.first, mention.last, len(tokens)
    if mention.type in ("weapon", "platform", "money", "quantity", "nationality"):
        return first, last
    while last < n and _name_goes_on(phrases, first, last):
        last += 1
    while last + 1 < n and tokens[last].text == "-" and _glued(phrases, last, last + 1):
        if tokens[last - 1].text.lower() not in ARTICLES and not _name_like(phrases, last + 1):
            break
        last += 2
        while last < n and tokens[last].deprel == "flat" and tokens[last].upos == "PROPN":
            last += 1
    while first > 1 and tokens[first - 1].text == "-" and _glued(phrases, first - 2, first - 1):
        if tokens[first - 2].text.lower() not in ARTICLES and not _name_like(phrases, first - 2):
            break
        first -= 2
    return first, last


def _name_goes_on(phrases: Phrases, first: int, at: int) -> bool:
    """Whether the token at ``at`` is one more word of the name, or the article before one."""
    tokens = phrases.tokens
    t = tokens[at]
    if t.sentence != tokens[first].sentence:
        return False
    if t.upos == "PROPN" and t.deprel == "flat" and first <= t.head < at:
        return True
    article = t.text.lower() in ARTICLES and t.upos == "PROPN" and at + 2 < len(tokens)
    return article and tokens[at + 1].text == "-" and _glued(phrases, at, at + 1)


def _with_of(drafts: Drafts, phrases: Phrases, first: int, last: int) -> int:
    """The end of a body's name with "of the River" after it, unless a known name stands there."""
    tokens = phrases.tokens
    at = last + 1
    if at >= len(tokens) or tokens[last].text.lower() != "of" or tokens[last - 1].upos != "PROPN":
        return last
    at += tokens[at].text.lower() == "the"
    end = at
    sentence = tokens[first].sentence
    while end < len(tokens) and tokens[end].sentence == sentence and _name_like(phrases, end):
        if any(d.known for d in drafts.at(end)):
            return last
        end += 1
    return end if end > at else last


def _glued(phrases: Phrases, i: int, j: int) -> bool:
    tokens = phrases.tokens
    same = tokens[i].sentence == tokens[j].sentence
    return same and tokens[i].end == tokens[j].start


def _name_like(phrases: Phrases, i: int) -> bool:
    t = phrases.tokens[i]
    return t.upos == "PROPN" and t.text[:1].isupper()


def _has_article(phrases: Phrases, first: int, head: int) -> bool:
    """Whether a definite article stands before the name: persons have none."""
    tokens = phrases.tokens
    if tokens[first].text.lower() == "the":
        return tokens[first].head == head
    at = first - 1
    return at >= 0 and tokens[at].text.lower() == "the" and tokens[at].head == head


def _titled(phrases: Phrases, first: int, head: int, lexicon: Lexicon) -> bool:
    """Whether an office title stands in or before the name, which excuses an article."""
    tokens = phrases.tokens
    return any(
        lexicon.office(tokens[i].text.lower().rstrip("."), ()) is not None
        for i in range(max(0, first - 1), head)
    )


def _add_unnamed(drafts: Drafts, mention: ReadMention, phrases: Phrases) -> None:
    """A description that the reader tagged and that no lexicon knows."""
    t = phrases.tokens[mention.head]
    if t.upos == "PRON" or mention.score < _CERTAIN:
        return
    if any(d.head == mention.head or (d.first <= mention.first and mention.last <= d.last)
           for d in drafts.touching(mention.first, mention.last)):  # fmt: skip
        return
    drafts.add(
        Draft(mention.first, mention.last, mention.head, mention.type, False, "reader", score=mention.score)
    )
