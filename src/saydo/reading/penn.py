"""Universal parts of speech from the tags of the Penn Treebank, for pipelines that give tags alone."""

from __future__ import annotations

_TAGS = {
    "ADJ": "JJ JJR JJS AFX",
    "ADP": "IN RP",
    "ADV": "RB RBR RBS WRB",
    "AUX": "MD",
    "CCONJ": "CC",
    "DET": "DT PDT",
    "INTJ": "UH",
    "NOUN": "NN NNS",
    "NUM": "CD",
    "PART": "TO POS",
    "PRON": "PRP PRP$ WP WP$ WDT EX",
    "PROPN": "NNP NNPS",
    "PUNCT": ". , : `` '' -LRB- -RRB- ( ) HYPH NFP",
    "SYM": "SYM $ #",
    "VERB": "VB VBD VBG VBN VBP VBZ",
    "X": "FW LS ADD GW XX",
}
PENN = {tag: upos for upos, tags in _TAGS.items() for tag in tags.split()}
"""Tag → part of speech. Auxiliaries are tagged as verbs; their relation tells them."""

UPOS = frozenset([*_TAGS, "SCONJ"])
