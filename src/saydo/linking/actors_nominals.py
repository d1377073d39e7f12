"""Mentions that describe rather than name: "the militants", "a police spokesman", "they"."""

from __future__ import annotations

from saydo.codebook import NominalEntry, OfficeEntry
from saydo.linking.actors_not_bodies import something_else
from saydo.linking.drafts import Draft, Drafts
from saydo.linking.lexicon import Lexicon
from saydo.linking.phrases import Phrases
from saydo.model.names import ARTICLES
from saydo.model.reading import Reading, Token

PERSONAL = frozenset(
    """
    he him his himself she her hers herself they them their theirs themselves we us our ours
    ourselves i me my mine myself it its itself
    """.split()
)
_SINGULAR_PERSON = frozenset("he him his himself she her hers herself i me my mine myself".split())
_MODIFIER_RELATIONS = frozenset(["compound", "flat", "nmod:desc", "amod", "nummod", "det"])
STATE_BODIES = frozenset(
    "government ministries parliament courts army police forces spies state officials".split()
)
_ABSTRACT_SINGULAR = frozenset(
    """
    authority state leadership force division brigade front press executive division alliance
    committee guard mission source radio television agency assembly party administration power crew
    patrol department league community institution contingent commission network channel council
    coalition nation bank opposition executive movement parent driver speaker guest critic union
    operator witness society liberal conservative socialist minority public
    """.split()
)
"""Nouns that describe an actor in the singular only with a determiner or a name before them."""

_FIRST_HALVES = frozenset("secretary attorney director prosecutor governor consul commander".split())
_NO_OFFICES = frozenset(["fighter", "soldier", "lawyer"])
_ONE_PERSON = frozenset(
    """
    militants rebels gunmen militias criminals soldiers civilians protesters refugees farmers
    diplomats
    """.split()
)
_COLLECTIVE = frozenset(
    """
    garrison crew special forces commando tribe clan family population public people crowd mob gang
    cartel mafia militia squad network cell minority youth townspeople townsfolk insurgency staff
    personnel group column
    """.split()
)
_NEEDS_OWNER = frozenset(
    """
    head chief chair secretary captain major general private father sister count justice member
    leader minister representative operative assistant director commander founder officer aide
    adviser advisor driver author editor boss deputy chairman negotiator owner manager spokesman
    """.split()
)
_FORCE_KINDS = frozenset(
    """
    security police military government coalition armed air task peacekeeping multinational defence
    defense border special ground naval expeditionary rapid paramilitary allied guerrilla rebel
    state federal
    """.split()
)
_UNDER = frozenset(["under", "amid"])
_LEADING = frozenset(["leadership", "command", "presidency", "government", "administration", "opposition"])


def add_nominals(
    drafts: Drafts, reading: Reading, lexicon: Lexicon, phrases: Phrases, caseless: bool
) -> None:
    """Adds noun phrases headed by a describing noun or an office title."""
    nominals, offices = lexicon.nominals, lexicon.offices
    for t in reading.tokens:
        upos = t.upos
        if upos not in ("NOUN", "PROPN", "ADJ"):
            continue
        low = t.lemma.lower() if upos != "PROPN" else t.text.lower()
        if low not in nominals and low not in offices:
            if upos != "PROPN" or not low.endswith("s") or low[:-1] not in nominals:
                continue
            low = low[:-1]
        if upos == "ADJ" and not _noun_like(phrases, t):
            continue
        _add(drafts, lexicon, phrases, t, low, caseless)


def _noun_like(phrases: Phrases, t: Token) -> bool:
    """An adjective that stands as a noun: "the military said", "Kenya's military"."""
    determined = any(phrases.tokens[k].deprel in ("det", "nmod:poss", "amod") for k in phrases.kids(t.i))
    if t.i > 0 and phrases.tokens[t.i - 1].text in ("'s", "’s", "'", "’"):
        return t.deprel not in ("amod", "compound")
    return determined and t.deprel.partition(":")[0] in ("nsubj", "obj", "obl", "nmod")


def _add(drafts: Drafts, lexicon: Lexicon, phrases: Phrases, t: Token, low: str, caseless: bool) -> None:
    if any(d.named or d.origin == "codebook" for d in drafts.at(t.i)):
        return
    if _second_half(phrases, t):
        return
    before = phrases.before(t.i)
    if something_else(low, before):
        return
    plural = phrases.plural(t.i)
    office = lexicon.office(low, before)
    joined = _joined(lexicon, phrases, t)
    if joined is not None:
        office = joined[1], 0
    nominal = lexicon.nominal(low, before)
    if nominal is not None and (plural or (office is not None and office[0].id in _NO_OFFICES)):
        office = None
    if nominal is None and office is None:
        return
    if t.deprel in _MODIFIER_RELATIONS:
        _add_modifier(drafts, lexicon, phrases, t, nominal)
        return
    if not _means_somebody(phrases, t, low, nominal, office, plural):
        return
    if t.upos == "PROPN" and not caseless and not _is_description(drafts, phrases, t, nominal, office):
        return
    first = _first(drafts, phrases, t.i)
    kind = nominal.type if nominal else "group"
    one = nominal is not None and nominal.id in _ONE_PERSON and low not in _COLLECTIVE
    if not plural and (office is not None or one):
        kind = "person"
    for held in [d for d in drafts.at(t.i) if d.head == t.i and d.origin == "reader" and not d.named]:
        drafts.remove(held)
    drafts.add(
        Draft(
            first,
            joined[0] if joined is not None else t.i + 1,
            t.i,
            kind,
            False,
            "nominal",
            nominal=nominal,
            office=office[0] if office is not None else None,
        )
    )


def _joined(lexicon: Lexicon, phrases: Phrases, t: Token) -> tuple[int, OfficeEntry] | None:
    """The end and the office of a title written with hyphens: ``secretary-general``."""
    tokens = phrases.tokens
    words = [t.text.lower()]
    i = t.i + 1
    best: tuple[int, OfficeEntry] | None = None
    if i < len(tokens) and tokens[i].text.lower() == "general" and words[0] in _FIRST_HALVES:
        found = lexicon.office("general", words)
        return (i + 1, found[0]) if found is not None else None
    while i + 1 < len(tokens) and tokens[i].text == "-" and tokens[i].start == tokens[i - 1].end:
        words.append(tokens[i + 1].text.lower())
        i += 2
        found = lexicon.office(words[-1], words[:-1]) or lexicon.office("-".join(words), ())
        if found is not None and (found[1] == len(words) - 1 or found[1] == 0):
            best = (i, found[0])
    return best


def _second_half(phrases: Phrases, t: Token) -> bool:
    """Whether the word follows another title word and a hyphen: the ``general`` of ``secretary-general``."""
    tokens = phrases.tokens
    if t.i and t.text.lower() == "general" and tokens[t.i - 1].text.lower() in _FIRST_HALVES:
        return tokens[t.i - 1].head != t.i
    glued = t.i > 1 and tokens[t.i - 1].text == "-" and tokens[t.i - 1].end == t.start
    return glued and tokens[t.i - 2].text.lower() in _FIRST_HALVES


def _first(drafts: Drafts, phrases: Phrases, head: int) -> int:
    """The first token of the noun phrase; a possessor before it stays a mention of its own, inside."""
    first = phrases.base(head)
    for other in drafts.touching(first, head + 1):
        if other.first < first < other.last:
            first = other.first
    return first


def _add_modifier(
    drafts: Drafts, lexicon: Lexicon, phrases: Phrases, t: Token, nominal: NominalEntry | None
) -> None:
    """A describing noun before another noun: the police of "an Afghan police station"."""
    if nominal is None or t.deprel != "compound" or nominal.type == "person":
        return
    tokens = phrases.tokens
    head = tokens[t.head]
    after = head.lemma.lower()
    if head.i < t.i or lexicon.nominal(after, ()) is not None or lexicon.office(after, ()) is not None:
        return
    if head.upos == "PROPN" and head.i == t.i + 1:
        return
    first = t.i
    while first > 0 and tokens[first - 1].head == t.head and tokens[first - 1].deprel == "amod":
        if not any(d.type == "nationality" for d in drafts.at(first - 1)):
            break
        first -= 1
    drafts.add(Draft(first, t.i + 1, t.i, nominal.type, False, "nominal", nominal=nominal))


def _means_somebody(
    phrases: Phrases,
    t: Token,
    low: str,
    nominal: NominalEntry | None,
    office: tuple[OfficeEntry, int] | None,
    plural: bool,
) -> bool:
    """Whether the noun stands for people here: "by force" and "under the leadership of" do not."""
    tokens = phrases.tokens
    if low == "force":
        modifiers = {tokens[i].text.lower() for i in range(phrases.base(t.i), t.i)}
        return bool(modifiers & _FORCE_KINDS) or (plural and phrases.case(t.i) != "by")
    if plural:
        return True
    kids = phrases.kids(t.i)
    if low in _LEADING and phrases.case(t.i) in _UNDER:
        return False
    if office is not None and nominal is None and low in _NEEDS_OWNER and not office[1]:
        owned = any(
            tokens[k].deprel.split(":")[0] in ("nmod", "compound", "appos", "det", "amod") for k in kids
        )
        return owned or t.deprel in ("appos", "conj", "nsubj", "xcomp")
    if low in _ABSTRACT_SINGULAR:
        determined = any(
            tokens[k].deprel in ("det", "nmod:poss", "compound")
            or (tokens[k].deprel == "amod" and tokens[k].text[0].isupper())
            for k in kids
        )
        return determined or t.upos == "PROPN"
    return True


def _is_description(
    drafts: Drafts,
    phrases: Phrases,
    t: Token,
    nominal: NominalEntry | None,
    office: tuple[OfficeEntry, int] | None,
) -> bool:
    """Whether a capitalised noun still describes ("the Defence Ministry") and is no part of a name."""
    if office is not None:
        tokens = phrases.tokens
        following = t.i + 1
        if following + 1 < len(tokens) and tokens[following].text.lower() in ARTICLES:
            return False
        return not (following < len(tokens) and tokens[following].upos == "PROPN")
    if nominal is None:
        return False
    if nominal.id in STATE_BODIES:
        return True
    first = phrases.base(t.i)
    told = {i for d in drafts.touching(first, t.i + 1) if d.type == "nationality" for i in d.name}
    return (
        all(i in told or phrases.tokens[i].upos not in ("PROPN",) for i in range(first, t.i))
        and phrases.tokens[t.i].text.lower() != phrases.tokens[t.i].lemma
    )


def add_pronouns(drafts: Drafts, reading: Reading, phrases: Phrases) -> None:
    """Adds personal and possessive pronouns, except the ``it`` that stands for nothing."""
    for t in reading.tokens:
        if t.upos not in ("PRON", "DET"):
            continue
        low = t.text.lower()
        if low not in PERSONAL or t.deprel == "expl" or (drafts.at(t.i) and drafts.headed(t.i) is not None):
            continue
        if low == "it" and _stands_for_nothing(phrases, t):
            continue
        kind = "person" if low in _SINGULAR_PERSON else "group"
        drafts.add(Draft(t.i, t.i + 1, t.i, kind, False, "pronoun"))


def _stands_for_nothing(phrases: Phrases, t: Token) -> bool:
    """The ``it`` of "it is likely that", "it rained", "if it's God's will"."""
    head = phrases.tokens[t.head]
    if not t.deprel.startswith("nsubj"):
        return False
    if head.upos in ("ADJ", "NOUN") and any(
        phrases.tokens[k].deprel in ("ccomp", "csubj", "advcl", "xcomp", "acl", "advcl:relcl")
        for k in phrases.kids(head.i)
    ):
        return True
    passive = t.deprel == "nsubj:pass" and any(True for _ in phrases.kids_by(head.i, "ccomp", "csubj"))
    return passive or head.lemma.lower() in ("rain", "snow", "seem", "appear", "turn")
