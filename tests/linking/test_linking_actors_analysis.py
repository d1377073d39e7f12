"""How analyses go on speaking of groups: by unit nouns, by their leaders' men, by their videos."""

from __future__ import annotations

from functools import cache

import pytest

from saydo.codebook import load
from saydo.linking import link
from saydo.model.document import Document
from saydo.model.reading import Reader

pytestmark = pytest.mark.model

BRIGADE = (
    "The Kivu Lions Brigade was founded in 2009. Uganda armed the brigade for years. "
    "The army of Uganda denied it. The brigade moved its base to Goma."
)
VIDEO = "In May the Hill Front published a video. Masked men attack a post in it. “We took this valley,” a fighter says."
RADIO = (
    "The Hill Front runs a radio. Masked men attacked a post on Monday. “We took this valley,” a caller said."
)
MEN = "Osman Bello, the leader of the Lake Movement, fled in 2012. His men attacked a convoy near Diffa."
DELEGATION = "A delegation from the Hill Front met the mayor in Kunming."
ACCUSED = "The Lake Movement fought on. Officials of the Hill Front accuse the River Party of protecting the jihadists."
PAID = "The Delta Bloc grows. Analysts at the Orinoco Institute say it works under the orders of the Gulf Cartel."
RECEIVED = "The Hill Front received arms and fuel from Niamey."
VISITED = "The Hill Front received visitors from Niamey."


@cache
def _reader() -> Reader:
    from saydo.reading import load_reader

    return load_reader()


def _actor(text: str, words: str, nth: int = 0) -> str | None:
    document = Document("d", text, date="2016-05-01")
    linked = link(_reader().read(document), load())
    tokens = linked.reading.tokens
    found = [
        m.actor
        for m in linked.mentions
        if text[tokens[m.first].start : tokens[m.last - 1].end].lower() == words.lower()
    ]
    assert len(found) > nth, f"no mention “{words}”"
    return found[nth]


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        (BRIGADE, "the brigade", "kivu-lions-brigade"),
        (VIDEO, "masked men", "hill-front"),
        (VIDEO, "we", "hill-front"),
        (MEN, "his men", "lake-movement"),
        (DELEGATION, "a delegation", "hill-front"),
        (RECEIVED, "Niamey", "NER"),
    ],
)
def test_who_is_spoken_of_again(text: str, words: str, actor: str) -> None:
    assert _actor(text, words) == actor


def test_a_unit_noun_stays_with_its_group_when_an_army_comes_between() -> None:
    assert _actor(BRIGADE, "the brigade", 1) == "kivu-lions-brigade"


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        (RADIO, "masked men", "hill-front"),
        (RADIO, "we", "hill-front"),
        (ACCUSED, "the jihadists", "hill-front"),
        (PAID, "it", "orinoco-institute"),
        (VISITED, "Niamey", "NER"),
    ],
)
def test_who_is_not_meant(text: str, words: str, actor: str) -> None:
    assert _actor(text, words) != actor
