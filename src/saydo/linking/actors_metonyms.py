"""Whether a capital, a seat of power or a region stands for those who rule there."""

from __future__ import annotations

from saydo.linking.actors_world import World
from saydo.linking.drafts import Draft

_LOCATIVE = frozenset(
    "in at near around outside inside within over through across on above below beyond off along via".split()
)
_PARTNERS = frozenset("with against between toward towards by than among for upon".split())
_SUFFERED = frozenset(
    "fall lie sit burn witness see wake sleep host experience endure suffer surrender shake tremble remain"
    " stretch celebrate mourn grow empty lose die".split()
)
_ADDRESSED = frozenset(
    """
    accuse blame urge warn support back sanction criticise criticize condemn isolate pressure press
    ask tell inform arm fund thank praise pressurise pressurize persuade convince force oblige help
    assist anger irritate provoke threaten punish embarrass reassure assure trust distrust alienate
    antagonise antagonize allow involve expect want advise demand call implicate suspect fault
    prompt push lobby enrage infuriate upset challenge represent oppose defy please alarm worry
    invite
    """.split()
)
_INNER_LIFE = frozenset(
    """
    confidence trust faith belief interest hope hostility loyalty support ally alliance influence
    pressure policy position stance role strategy decision attitude response reaction claim demand
    ambition objective friend enemy envoy ambassador aid help assistance approval backing consent
    threat offer promise message order orders recognition dependence reliance goodwill view
    accusation ties relations relation talks
    """.split()
)
_SENDING = frozenset(
    """
    support money weapon arm aid help pressure order orders pressure funding backing instruction
    approval independence assistance guarantee assurance call denial criticism reaction response
    pledge threat demand word warning
    """.split()
)
_RECEIVING = frozenset("receive get obtain accept take buy purchase acquire secure procure win seek".split())
_SENT = frozenset("arms drone rifle fuel ammunition training salary cash missile fund funds command".split())
_CLOSE = frozenset("beneficial close loyal friendly hostile allied favourable favorable subordinate".split())


def stands_for_state(world: World, draft: Draft) -> str:
    """Why the place acts for its rulers here; empty where it is only a place."""
    phrases, tokens = world.phrases, world.reading.tokens
    head = phrases.first_conjunct(draft.head)
    t = tokens[head]
    governor = tokens[t.head]
    relation = t.deprel
    case = phrases.case(head)
    if (
        tokens[draft.first - 1].text.lower() in _LOCATIVE
        and draft.first > 0
        and governor.lemma not in _INNER_LIFE
    ):
        return ""
    if relation == "nsubj" or relation == "nsubj:outer":
        return _subject(world, governor.i)
    if relation == "nsubj:pass":
        return "it is addressed" if governor.lemma.lower() in _ADDRESSED else ""
    if relation == "obl:agent" or (case == "by" and relation.startswith("obl")):
        return "it is the agent"
    if relation == "nmod:poss":
        return "" if _spot(governor.lemma.lower()) else "it owns what follows"
    if relation in ("obj", "iobj"):
        return "it is addressed" if governor.lemma.lower() in _ADDRESSED else ""
    if case == "from" and governor.lemma.lower() in _RECEIVING and _gets_aid(world, governor.i):
        return f"one “{governor.text}” it from its rulers"
    return _oblique(case, governor.lemma.lower(), governor.upos)


def _gets_aid(world: World, verb: int) -> bool:
    """Whether what is received is what rulers give: arms, money, orders."""
    tokens = world.reading.tokens
    return any(tokens[k].lemma.lower() in _SENDING | _SENT for k in world.phrases.kids_by(verb, "obj"))


def _subject(world: World, verb: int) -> str:
    t = world.reading.tokens[verb]
    if t.upos == "VERB" and t.lemma.lower() not in _SUFFERED:
        return "it is the subject of an action"
    if t.upos == "ADJ":
        return "it is said to be of a mind" if t.lemma.lower() in _MINDED else ""
    return ""


_MINDED = frozenset(
    """
    ready willing unwilling eager reluctant angry furious keen determined prepared concerned worried
    aware responsible guilty able unable confident sceptical skeptical wary nervous interested
    committed opposed silent happy unhappy cautious adamant anxious afraid upset
    """.split()
)


def _oblique(case: str, governor: str, upos: str) -> str:
    if case in _PARTNERS and case not in ("for", "by") and governor not in ("fly", "march", "advance"):
        return f"it is a party to something (“{case}”)"
    if case in ("of", "in") and governor in _INNER_LIFE:
        return f"“{governor}” is about its rulers"
    if case == "from" and governor in _SENDING:
        return f"“{governor}” comes from its rulers"
    if case in ("to", "for") and (upos == "ADJ" or governor in _CLOSE or governor in _INNER_LIFE):
        return f"“{governor} {case}” somebody"
    return ""


def _spot(noun: str) -> bool:
    """Nouns that a city owns as a place."""
    return noun in _SPOTS


_SPOTS = frozenset(
    """
    airport street square suburb outskirts centre center hospital university hotel district market
    station port mayor population resident skyline neighbourhood neighborhood river museum stadium
    bridge school park cathedral mosque embassy east west north south weather road palace prison
    theatre
    """.split()
)
