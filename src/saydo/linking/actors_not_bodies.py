"""Nouns for bodies that, with the word before them, mean something else: a tennis court, a blood cell, a
beauty queen."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

_ELSE = MappingProxyType({
    head: frozenset(words.split())
    for head, words in {
        "court": "tennis basketball squash badminton volleyball handball netball racquetball clay grass hard "
        "indoor outdoor food home front centre center",
        "queen": "fair beauty prom homecoming drag pageant carnival festival dancing drama pop",
        "king": "prom homecoming carnival burger",
        "princess": "fair carnival",
        "party": "birthday christmas dinner dance garden house search rescue wedding cocktail tea farewell "
        "halloween easter lawn block beach costume pool holiday drinking working warring third injured "
        "guilty contracting interested",
        "cell": "stem blood cancer fuel solar prison jail police brain skin holding detention battery nerve "
        "white red padded phone",
        "network": "road rail railway bus phone telephone mobile computer television tv radio broadcast "
        "cable electricity power grid water pipeline transport social support sewer neural wireless gas "
        "river distribution food",
        "squad": "football soccer cricket rugby basketball hockey olympic training playing first-team cup "
        "national team man cheerleading rescue",
        "front": "cold warm weather home storm shop store ocean water lake beach river eastern western "
        "northern southern",
        "force": "labour labor work sales task driving life g gale market air-resistance",
        "division": "first second third premier top lower sales cell domestic general vehicle records parks "
        "lightweight heavyweight middleweight welterweight junior senior varsity girls boys men women "
        "juvenile civil criminal wildlife marketing patrol traffic gender racial class long",
        "legion": "american foreign-born",
        "bank": "river food blood sperm data seed left right sand cloud fog power piggy",
        "ranger": "park forest",
        "patrol": "ski crossing school",
        "cabinet": "kitchen filing file china medicine bathroom wooden",
        "union": "credit student students civil",
        "guard": "security point shooting crossing mouth splash honour honor lawn private prison",
        "recruit": "football basketball graduate company top team new",
        "radical": "free",
        "congregation": "local",
        "committee": "organising organizing fair festival church parade booster planning steering volunteer "
        "wedding reunion fundraising scholarship",
        "executive": "company business advertising marketing bank oil senior record studio",
    }.items()
})  # fmt: skip
"""Head noun → words before it with which it names no body of a state and no armed men."""


def something_else(head: str, before: Sequence[str]) -> bool:
    """Whether a noun means something else than a body, given the lower-case words before it."""
    return bool(before) and before[-1] in _ELSE.get(head, ())
