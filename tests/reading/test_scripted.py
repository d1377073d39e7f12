"""The scripted reader: other rooms' tests lean on it, so it must say exactly what it was told."""

import pytest

from saydo.model.document import Document
from saydo.model.errors import ReaderError
from saydo.reading import ScriptedReader

TEXT = "The Front left. “Good,” said Sol. “Very good.”"
SCRIPT = """
1  The    the    DET    2  det
2  Front  Front  PROPN  3  nsubj
3  left   leave  VERB   0  root
4  .      .      PUNCT  3  punct
# mention 1-2 group named

# newpar
1  “      “     PUNCT  2  punct
2  Good   good  ADJ    5  ccomp
3  ,      ,     PUNCT  2  punct
4  ”      ”     PUNCT  2  punct
5  said   say   VERB   0  root
6  Sol    Sol   PROPN  5  nsubj
7  .      .     PUNCT  5  punct
# mention 6 person named
# attribution source=6 cue=5 content=1-4,3:1-5

1  “      “     PUNCT  3  punct
2  Very   very  ADV    3  advmod
3  good   good  ADJ    0  root
4  .      .     PUNCT  3  punct
5  ”      ”     PUNCT  3  punct
"""


def test_a_script_becomes_a_reading() -> None:
    reading = ScriptedReader({TEXT: SCRIPT}).read(Document("d", TEXT))
    assert [TEXT[t.start : t.end] for t in reading.tokens] == [t.text for t in reading.tokens]
    assert [(s.first, s.last, s.paragraph) for s in reading.sentences] == [(0, 4, 0), (4, 11, 1), (11, 16, 1)]
    assert [t.head for t in reading.tokens[4:11]] == [5, 8, 5, 5, 8, 8, 8]
    assert [(m.first, m.last, m.head, m.type, m.named) for m in reading.mentions] == [
        (0, 2, 1, "group", True),
        (9, 10, 9, "person", True),
    ]
    (attribution,) = reading.attributions
    assert attribution.source == ((9, 10),)
    assert attribution.content == ((4, 8), (11, 16))


def test_a_text_without_a_script_is_refused() -> None:
    with pytest.raises(ReaderError, match="no script"):
        ScriptedReader({}).read(Document("d", TEXT))


@pytest.mark.parametrize(
    ("script", "fault"),
    [
        ("1 Front Front PROPN 0", "needs number"),
        ("2 Front Front PROPN 0 root", "should have number 1"),
        ("1 Back Back PROPN 0 root", "does not follow"),
        ("1 Front Front PROPN 0 root\n# mention 1 tribe", "no type of mention"),
    ],
)
def test_a_faulty_script_says_what_is_wrong(script: str, fault: str) -> None:
    with pytest.raises(ReaderError, match=fault):
        ScriptedReader({TEXT: script}).read(Document("d", TEXT))
