"""A reader for the tests of the command line: it knows a few texts by heart and takes no time to load."""

from __future__ import annotations

import os
import time

from saydo.model.document import Document
from saydo.model.reading import Reading
from saydo.reading.scripted import ScriptedReader

VOW = "The Taliban vowed that they would not attack Tajikistan."
DEED = "The Taliban attacked Tajikistan on 9 May."
DULL = "It rained."

_VOW = """
1 The the DET 2 det
2 Taliban Taliban PROPN 3 nsubj
3 vowed vow VERB 0 root
4 that that SCONJ 8 mark
5 they they PRON 8 nsubj
6 would would AUX 8 aux
7 not not PART 8 advmod
8 attack attack VERB 3 ccomp
9 Tajikistan Tajikistan PROPN 8 obj
10 . . PUNCT 3 punct
# mention 1-2 group named
# mention 5 group
# mention 9 place named
# attribution source=1-2 cue=3 content=4-9
"""
_DEED = """
1 The the DET 2 det
2 Taliban Taliban PROPN 3 nsubj
3 attacked attack VERB 0 root
4 Tajikistan Tajikistan PROPN 3 obj
5 on on ADP 7 case
6 9 9 NUM 7 nummod
7 May May PROPN 3 obl
8 . . PUNCT 3 punct
# mention 1-2 group named
# mention 4 place named
"""
_DULL = """
1 It it PRON 2 nsubj
2 rained rain VERB 0 root
3 . . PUNCT 2 punct
"""


class Slow(ScriptedReader):
    """Takes as long over a document as ``SAYDO_TEST_SECONDS`` says."""

    def read(self, document: Document) -> Reading:
        time.sleep(float(os.environ.get("SAYDO_TEST_SECONDS", "0")))
        return super().read(document)


def reader() -> Slow:
    """The reader, as ``--reader cli_reader:reader`` asks for it."""
    return Slow({VOW: _VOW, DEED: _DEED, DULL: _DULL}, version="scripted for the command line")


def other() -> Slow:
    """A reader of another version, which says the same."""
    return Slow({VOW: _VOW, DEED: _DEED, DULL: _DULL}, version="another")
