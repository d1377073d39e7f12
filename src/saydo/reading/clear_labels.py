"""The words and labels by which ClearNLP trees are told and turned into Universal Dependencies."""

from __future__ import annotations

UNIVERSAL = frozenset(
    """acl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det discourse dislocated
    expl fixed flat goeswith iobj list mark nmod nsubj nummod obj obl orphan parataxis punct reparandum root
    vocative xcomp""".split()
)
"""The relations of UD 2, without subtypes."""

ONLY_CLEAR = frozenset(
    """acomp agent attr auxpass complm csubjpass dative dobj hmod hyph infmod meta neg nn npadvmod nsubjpass
    num number oprd partmod pcomp pobj poss possessive preconj predet prep prt quantmod rcmod relcl""".split()
)
"""Labels that UD 2 has not; one of them tells the scheme."""

RENAMED = {
    "acomp": "xcomp", "agent": "obl:agent", "attr": "xcomp", "auxpass": "aux:pass", "complm": "mark",
    "csubjpass": "csubj:pass", "dative": "iobj", "dobj": "obj", "hmod": "compound", "hyph": "punct",
    "infmod": "acl", "intj": "discourse", "meta": "dep", "nn": "compound", "nsubjpass": "nsubj:pass",
    "num": "nummod", "number": "compound", "oprd": "xcomp", "partmod": "acl", "pcomp": "ccomp", "pobj": "obl",
    "poss": "nmod:poss", "possessive": "case", "preconj": "cc:preconj", "predet": "det:predet",
    "prt": "compound:prt", "quantmod": "advmod",
}  # fmt: skip
"""Relations that only change their name."""

NOMINAL = frozenset(["NOUN", "PROPN", "PRON", "NUM", "SYM", "DET"])
CLAUSE_PARTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "aux", "auxpass", "cop")
"""Relations that only the predicate of a clause has under it."""

FORMS_OF_BE = frozenset(
    "be am is are was were been being 's 're 'm ’s ’re ’m s ai isn wasn aren weren".split()
)
PERCEIVING = frozenset(
    """let lets letting make makes made making help helps helped helping see sees saw seen seeing watch
    watches watched watching hear hears heard hearing""".split()
)
"""Verbs that take an object and an infinitive without "to"."""
PLACE_ADVERBS = frozenset(
    """here there home away back abroad overseas out in up down over nearby inside outside upstairs downstairs
    underway under-way aboard ashore""".split()
)
"""Adverbs that "be" may say of its subject."""
DIRECTIONS = frozenset("away back out up down off over together along apart in on around forward".split())
"""Adverbs and particles that leave to their verb the phrase behind them."""
COMPLEX_PREPOSITIONS = frozenset(
    [
        ("according", "to"), ("as", "for"), ("as", "of"), ("as", "per"), ("as", "to"), ("because", "of"),
        ("due", "to"), ("instead", "of"), ("out", "of"), ("prior", "to"), ("rather", "than"),
        ("such", "as"), ("other", "than"), ("less", "than"), ("more", "than"), ("contrary", "to"),
        ("owing", "to"), ("thanks", "to"), ("along", "with"), ("ahead", "of"),
    ]
)  # fmt: skip
"""Two words that together are one preposition."""
