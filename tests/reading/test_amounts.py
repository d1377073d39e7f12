"""Sums of money and quantities, told by their form."""

import pytest

from saydo.reading.amounts import amounts


def told(sentence: str) -> list[tuple[str, str]]:
    """Amounts of a sentence written as ``word/POS>HEAD`` where a number counts word HEAD (from 1)."""
    words, upos, heads, deprels = [], [], [], []
    for i, token in enumerate(sentence.split()):
        word, _, rest = token.partition("/")
        tag, _, head = rest.partition(">")
        words.append(word)
        upos.append(tag or "X")
        heads.append(int(head) - 1 if head else i)
        deprels.append("nummod" if head else "dep")
    return [(" ".join(words[a.first : a.last]), a.type) for a in amounts(words, upos, heads, deprels)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("paid $/SYM 15/NUM million/NUM today", [("$ 15 million", "money")]),
        ("paid 300/NUM>3 dinars", [("300 dinars", "money")]),
        ("killed five/NUM>3 soldiers", [("five", "quantity")]),
        ("four/NUM>2 miles away", [("four miles", "quantity")]),
        ("dozens of houses", [("dozens", "quantity")]),
        ("on 5/NUM>3 May", []),
        ("in 2014/NUM", []),
        ("", []),
    ],
)
def test_amounts(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert told(sentence) == expected
