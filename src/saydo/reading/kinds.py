"""Words that tell the type of a mention, where a pipeline says only that it is an organisation, a product or
a noun. What an actor is called by name is the codebook's matter; these are common words."""

from __future__ import annotations

LABELS = {
    "PERSON": "person", "PER": "person", "NORP": "nationality", "GPE": "place", "LOC": "place",
    "FAC": "place", "MONEY": "money", "QUANTITY": "quantity", "CARDINAL": "quantity", "PERCENT": "quantity",
}  # fmt: skip
"""Entity labels of OntoNotes and CoNLL 2003 that stand for one type of mention."""
ORGANISATIONS = frozenset(["ORG"])
PRODUCTS = frozenset(["PRODUCT"])
PEOPLES = frozenset(["NORP", "MISC"])
"""Labels of nationalities among other things."""

BODIES: tuple[tuple[str, frozenset[str]], ...] = (
    ("igo", frozenset(
        """united nations un u.n. eu nato opec osce imf unicef unesco unhcr iaea interpol ecowas wto asean gcc
        oas union african european international world""".split()
    )),
    ("media", frozenset(
        """news newspaper times post press radio television tv journal magazine herald tribune gazette
        broadcasting media daily reuters bbc cnn xinhua tass interfax""".split()
    )),
    ("group", frozenset(
        """front movement brigades martyrs liberation resistance rebels militants insurgents guerrillas cartel
        jihad fighters islamic""".split()
    )),
    ("military", frozenset(
        """army navy forces force military troops marines battalion brigade regiment squadron command guard
        guards coalition infantry corps militia air""".split()
    )),
    ("government", frozenset(
        """government ministry department cabinet parliament congress senate house kremlin treasury presidency
        administration police court embassy office authority council agency secretariat commission bureau
        intelligence supreme assembly""".split()
    )),
)  # fmt: skip
"""Types of organisations with the words that tell them, the first that fits."""
WEAK = frozenset(
    "united union african european international world force air office house post islamic".split()
)
"""Words that tell only together with another of their type: the *International* Monetary Fund is no proof."""

WEAPONS = frozenset(
    """bomb rifle missile rocket mortar grenade shell gun pistol ammunition explosive ied artillery weapon
    mine landmine machete knife munition warhead torpedo handgun revolver shotgun kalashnikov bullet dynamite
    firearm howitzer cannon""".split()
)
PLATFORMS = frozenset(
    """tank helicopter aircraft drone jet warship frigate destroyer submarine bomber humvee warplane airplane
    gunboat uav vessel fighter-jet gunship""".split()
)
PERSONS = frozenset(
    """man woman boy girl militant rebel fighter gunman attacker terrorist insurgent soldier policeman
    official protester activist civilian resident villager witness victim prisoner hostage refugee citizen
    person lawmaker politician candidate diplomat spy mother father son daughter brother sister wife husband
    relative worker farmer teacher student doctor journalist reporter""".split()
)
"""Nouns that, in the singular, are one person although the codebook knows them as people of a kind."""
PRONOUNS = {
    **dict.fromkeys("i me my mine myself he him his himself she her hers herself".split(), "person"),
    **dict.fromkeys("we us our ours ourselves they them their theirs themselves".split(), "group"),
}
