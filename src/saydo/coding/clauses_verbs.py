"""The verbs and nouns that pass arguments on: control, light verbs, transparent nouns."""

from __future__ import annotations

from collections.abc import Container

OBJECT_CONTROL = frozenset({
    "allow", "ask", "call", "cause", "compel", "convince", "direct", "enable", "encourage", "force", "get",
    "help", "instruct", "invite", "lead", "let", "make", "oblige", "order", "permit", "persuade", "press",
    "pressure", "push", "require", "summon", "task", "tell", "urge", "want", "warn", "authorise", "authorize",
    "command", "see", "show", "hear", "leave", "accuse", "watch", "film", "depict", "find", "appeal",
})  # fmt: skip
ASKING = {"call": ("on", "upon", "for"), "appeal": ("to",), "plead": ("with",), "look": ("to",)}
"""Verbs that name in a phrase whom they ask to do something, and its prepositions."""
DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december jan feb mar apr jun jul aug sept sep oct nov dec day eve "
    "morning afternoon evening night week weekend anniversary occasion".split()
)
"""Names of days, months and other whiles on which things are done."""
SUPPORT = frozenset({
    "carry", "conduct", "launch", "stage", "mount", "wage", "hold", "make", "issue", "give", "take", "have",
    "undertake", "perform", "commit", "continue", "begin", "start", "plan", "resume", "execute", "lead",
    "sign", "reach", "strike", "enter", "offer", "provide", "deliver", "send", "impose", "place", "deal",
    "order", "announce", "declare", "open", "intensify", "step", "unleash", "organise", "organize", "attend",
    "do", "pay", "voice", "express", "extend", "maintain", "keep", "establish", "form", "forge", "cut",
    "sever", "break", "end", "halt", "stop", "suspend", "swear", "pledge", "propose", "seek", "prepare",
    "refrain", "abstain", "desist", "cease", "renounce", "forgo", "forswear",
    "participate", "engage", "join", "fight", "escalate", "publish", "release", "complete", "threaten",
})  # fmt: skip
"""Verbs whose subject is the doer of the noun that they govern."""
OBLIQUE_SUPPORT = frozenset({
    "engage", "participate", "enter", "come", "take", "go", "resort", "embark", "be", "involve",
    "refrain", "abstain", "desist",
})  # fmt: skip
"""Verbs that carry a noun in a phrase: "engaged in talks", "took part in the raid", "came under fire"."""
BLAMING = frozenset({"blame", "fault", "accuse", "attribute", "ascribe", "pin", "charge", "suspect"})
"""Verbs that say of somebody that it has done what a noun names."""
INVERSE = frozenset(
    {"suffer", "undergo", "receive", "face", "come", "repel", "repulse", "survive", "sustain"}
)
"""Verbs whose subject is the one to whom the noun is done ("came under attack")."""
TRANSPARENT = frozenset({
    "series", "number", "wave", "string", "spate", "campaign", "round", "kind", "type", "lot", "dozen",
    "score", "hundred", "thousand", "handful", "couple", "group", "majority", "part", "member", "some",
    "many", "most", "several", "one", "two", "three", "bulk", "rest", "pair", "bunch", "all", "any", "none",
    "act", "half", "use", "flurry", "barrage", "total", "percent", "range", "variety", "set", "form",
})  # fmt: skip
NEVERS = frozenset(
    "time point moment stage juncture circumstance condition way account occasion mean means case event "
    "pretext manner sense".split()
)
"""Nouns that with "no" in a phrase negate the verb: "at no time", "under no circumstances"."""

_DENYING = frozenset({"deny", "disclaim", "disavow", "dispute"})
_TOWARDS = ("obl:with", "obl:to", "obl:for")


def denied_towards(verb: str, roles: Container[str]) -> bool:
    """Whether a verb denies of its subject what a noun with these roles names: "denies any link *to the
    sect*"."""
    return verb in _DENYING and any(role in roles for role in _TOWARDS)


RENOUNCING = frozenset({
    "renounce", "forswear", "foreswear", "abjure", "forgo", "give up", "swear off", "rule out",
})  # fmt: skip
"""Verbs by which somebody says that he will do something no more."""
