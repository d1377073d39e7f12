"""A reader for the tests of the Python interface: it knows a few texts by heart and takes no time to load."""

from __future__ import annotations

from saydo.model.document import Document
from saydo.model.reading import Reading
from saydo.reading.scripted import ScriptedReader

VOW = "The Seleka vowed that they would not shell Bossangoa."
DEED = "Seleka shelled Bossangoa on 4 June."
AGAIN = "On 4 June Seleka shelled Bossangoa."
CALM = "It snowed."
BROKEN = "This one <b>breaks</b> the reader."

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
4 on on ADP 6 case
5 4 4 NUM 6 nummod
6 June June PROPN 2 obl
7 . . PUNCT 2 punct
# mention 1 group named
# mention 3 place named
"""
_AGAIN = """
1 On on ADP 3 case
2 4 4 NUM 3 nummod
3 June June PROPN 5 obl
4 Seleka Seleka PROPN 5 nsubj
5 shelled shell VERB 0 root
6 Bossangoa Bossangoa PROPN 5 obj
7 . . PUNCT 5 punct
# mention 4 group named
# mention 6 place named
"""
_CALM = """
1 It it PRON 2 nsubj
2 snowed snow VERB 0 root
3 . . PUNCT 2 punct
"""


class Brittle(ScriptedReader):
    """Fails on one of its texts."""

    def read(self, document: Document) -> Reading:
        if document.text == BROKEN:
            raise ValueError("no such luck")
        return super().read(document)


def reader() -> Brittle:
    """The reader, as ``saydo.load("api_reader:reader")`` asks for it."""
    return Brittle(
        {VOW: _VOW, DEED: _DEED, AGAIN: _AGAIN, CALM: _CALM, "": ""}, version="scripted for the interface"
    )
