"""What nobody does to anybody: harm by animals and by nature, ways closed by weather, accidents or works,
what is one's own, closed."""

from __future__ import annotations

from saydo.coding.drafts import DraftEvent
from saydo.coding.match import Scene

_WAYS = frozenset({
    "road", "lane", "street", "highway", "motorway", "freeway", "expressway", "interstate", "avenue", "drive",
    "boulevard", "bridge", "tunnel", "route", "intersection", "junction", "exit", "ramp", "trail", "pass",
    "traffic", "railway", "track", "line", "runway", "path", "sidewalk", "pavement", "beach", "park",
    "school", "playground", "pool", "driveway", "way", "parkway", "lot", "us", "i",
})  # fmt: skip
"""What is closed to everybody alike by a storm, a crash or works."""
_NATURE = frozenset({
    "snow", "ice", "fog", "mist", "smoke", "ash", "rain", "rainfall", "wind", "storm", "blizzard",
    "snowstorm", "flood", "flooding", "floodwater", "water", "mud", "mudslide", "landslide", "rockslide",
    "rockfall", "rock", "avalanche", "debris", "tree", "branch", "hurricane", "cyclone", "typhoon", "tornado",
    "earthquake", "quake", "wildfire", "fire", "blaze", "crash", "accident", "collision", "wreck", "leak",
    "spill", "mountain", "hill", "sea", "river", "forest", "wall", "weather", "repair", "construction",
    "work", "roadwork", "maintenance", "renovation", "resurfacing", "collapse", "outage", "sinkhole",
    "overturn", "overturned", "jackknife", "swell", "heat", "cold", "lava", "volcano", "eruption", "virus",
})  # fmt: skip
"""What closes ways without anybody's will, or for works."""
_ANIMALS = frozenset(
    """
    bear wolf dog bee wasp hornet shark crocodile alligator snake lion tiger leopard jaguar panther
    cougar coyote elephant hippo hippopotamus rhino buffalo bull cow horse camel goat boar pig monkey
    ape chimpanzee baboon rat mosquito ant spider scorpion jellyfish whale orca bird gull hawk eagle owl
    swan goose rooster cat fox hyena jackal dingo moose elk deer stag kangaroo otter seal insect locust
    animal beast puma lynx raccoon squirrel
""".split()
)
"""What has no ends. In the plural of a name (the "Tigers") it is an armed group's."""
_SHOT = frozenset("artillery mortar gun machine-gun rocket tank sniper enemy army rebel heavy".split())
_DISASTERS = frozenset(
    """
    flood flooding floodwater storm blizzard snowstorm mudslide landslide rockslide avalanche hurricane
    cyclone typhoon tornado earthquake quake tsunami wildfire blaze volcano eruption lightning drought
    famine heatwave epidemic outbreak virus disease swell
""".split()
)
_LED = frozenset("police army military guard security prison attack sniffer guerrilla rebel".split())
"""Words before an animal that somebody sets on people."""
_OWN = frozenset({
    "office", "plant", "factory", "store", "shop", "branch", "outlet", "restaurant", "mine", "mill", "bureau",
    "door", "eye", "mouth", "book", "account", "business", "campaign", "deal", "gap", "practice", "fund",
})  # fmt: skip
"""What one may close that is one's own."""
_POSSESSIVE = frozenset({"its", "their", "his", "her", "our", "my", "your"})


def harmless(scene: Scene, draft: DraftEvent, violence: frozenset[str]) -> str | None:
    """Why a restriction is none, or None: nature or works closed a way, or somebody what is his own.
    ``violence``: words beside which a closed road tells of more."""
    match = draft.match
    if match.concept in ("ASSAULT", "COERCE") and _without_will(scene, draft):
        return "an animal or nature did it"
    if match.concept != "COERCE" or match.unit.mode != "restrict" or draft.modality.polarity == "negative":
        return None
    clauses = scene.clauses
    tokens = clauses.tokens
    objects = match.frame.get("obj")
    if not match.unit.verb or not objects:
        return None
    doers = {tokens[i].lemma.lower() for i in match.frame.get("subj")}
    if doers & _NATURE and not draft.actors:
        return "nature or works set the limit"
    own = any(
        tokens[c].text.lower() in _POSSESSIVE for o in objects for c in clauses.with_rel(o, "nmod:poss")
    )
    if own and match.frame.get("subj") and {tokens[o].lemma.lower() for o in objects} & _OWN:
        return "what is closed is their own"
    ways = all(_way(scene, o) for o in objects)
    sentence = scene.linked.reading.sentences[tokens[match.frame.trigger].sentence]
    here = {t.lemma.lower() for t in tokens[sentence.first : sentence.last]}
    if ways and here & _NATURE:
        return "the way is closed by weather, an accident or works"
    if ways and not draft.actors and not here & (violence | _PURPOSE):
        return "nobody is said to have closed the way"
    return None


def _without_will(scene: Scene, draft: DraftEvent) -> bool:
    """Whether all who did it are animals, or fire, water and weather."""
    tokens, doers = scene.clauses.tokens, draft.match.frame.get("subj")
    fire = draft.match.concept == "COERCE"
    return bool(doers) and all(tokens[i].upos == "NOUN" and _wild(scene, i, fire=fire) for i in doers)


def _wild(scene: Scene, i: int, *, fire: bool) -> bool:
    """Whether a noun is an animal's or nature's; a ``fire`` drives people out and is not what is shot."""
    noun = scene.clauses.tokens[i].lemma.lower()
    before = {scene.clauses.tokens[c].lemma.lower() for c in scene.clauses.with_rel(i, "compound", "amod")}
    if fire and noun == "fire":
        return not before & _SHOT
    return (noun in _ANIMALS and not before & _LED) or noun in _DISASTERS


_PURPOSE = frozenset({
    "protest", "protester", "demonstration", "demonstrator", "march", "siege", "blockade", "curfew", "unrest",
    "riot", "war", "rebel", "junta", "government", "ministry", "order", "security",
})  # fmt: skip


def _way(scene: Scene, i: int) -> bool:
    """Whether a noun, or a word of a name, is a way: "two *lanes*", "Elm *Street*", "*Interstate* 40"."""
    mention = scene.by_head.get(i)
    words = range(mention.first, mention.last) if mention is not None and mention.named else (i,)
    return any(scene.clauses.tokens[w].lemma.lower() in _WAYS for w in words)
