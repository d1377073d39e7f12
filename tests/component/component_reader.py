"""A reader for the tests of the component: it knows two sentences by heart, apart and together."""

from __future__ import annotations

from saydo.reading.scripted import ScriptedReader

VOW = "The Seleka vowed that they would not shell Bossangoa."
DEED = "Seleka shelled Bossangoa."

_VOW = """
1 The the DET 2 det
2 Seleka Seleka PROPN 3 nsubj
3 vowed vow VERB 0 root
4 that that SCONJ 8 mark
5 they they PRON 8 nsubj
6 would would AUX 8 aux
7 not not PART 8 advmod
8 shell shell VERB 3 ccomp
9 Bossangoa Bossangoa PROPN 8 obj
10 . . PUNCT 3 punct
# mention 1-2 group named
# mention 5 group
# mention 9 place named
# attribution source=1-2 cue=3 content=4-9
"""
_DEED = """
1 Seleka Seleka PROPN 2 nsubj
2 shelled shell VERB 0 root
3 Bossangoa Bossangoa PROPN 2 obj
4 . . PUNCT 2 punct
# mention 1 group named
# mention 3 place named
"""


def reader() -> ScriptedReader:
    """The reader, as ``reader = "component_reader:reader"`` asks for it."""
    together = f"{_DEED}\n# newpar\n{_VOW}"
    return ScriptedReader({VOW: _VOW, DEED: _DEED, f"{DEED}\n\n{VOW}": together, "": "", "  \n": ""})
