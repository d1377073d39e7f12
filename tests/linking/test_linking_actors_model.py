"""Actors of running text as the trained reader sees it."""

from __future__ import annotations

from functools import cache

import pytest

from saydo.codebook import load
from saydo.linking import link
from saydo.model.document import Document
from saydo.model.linked import LinkedReading
from saydo.model.reading import Reader

pytestmark = pytest.mark.model

GUERRILLAS = (
    "Guerrillas of the ELN blew up a pipeline in Arauca, the Colombian army said. Gen. Luis Pérez, commander of "
    "the 18th Brigade, said his troops were pursuing the insurgents. The National Liberation Army later released "
    "a statement. In the statement, the guerrillas said they had not harmed civilians."
)
ENVOYS = (
    "The Lebanese prime minister, Saad Hariri, met President Vladimir Putin in Moscow. Hariri told the Russian "
    "leader that Hezbollah fighters had left Aleppo. The prime minister thanked the Kremlin. Hezbollah's "
    "secretary-general, Hassan Nasrallah, said the movement's men remained there."
)
MINISTRIES = (
    "Tehran rejected claims that it had armed the Houthis. Iran's foreign minister, Javad Zarif, said his country "
    "had never sent missiles to the Yemeni rebels. Saudi Arabia's defence ministry said the missiles were found "
    "in Sanaa. The ministry showed reporters fragments."
)
DELTA = (
    "A militia called the Sons of the River, an offshoot of the Delta Front, kidnapped two oil workers in Nigeria. "
    "Police said the Sons of the River demanded a ransom. The militia has denied any link with the Front."
)
LOWER = (
    "members of the shining path attacked the police station in ayacucho, the peruvian government reported. the "
    "terrorists killed three policemen."
)


@cache
def _reader() -> Reader:
    from saydo.reading import load_reader

    return load_reader()


@cache
def _linked(text: str) -> LinkedReading:
    return link(_reader().read(Document("d", text, date="2017-05-05")), load())


def _who(text: str, words: str) -> list[str | None]:
    linked = _linked(text)
    tokens = linked.reading.tokens
    return [m.actor for m in linked.mentions if text[tokens[m.first].start : tokens[m.last - 1].end] == words]


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        (GUERRILLAS, "the ELN", "national-liberation-army-colombia"),
        (GUERRILLAS, "The National Liberation Army", "national-liberation-army-colombia"),
        (GUERRILLAS, "the Colombian army", "COL-MIL"),
        (GUERRILLAS, "the insurgents", "national-liberation-army-colombia"),
        (ENVOYS, "The Lebanese prime minister", "saad-hariri"),
        (ENVOYS, "Hariri", "saad-hariri"),
        (ENVOYS, "the Russian leader", "vladimir-putin"),
        (ENVOYS, "Hezbollah fighters", "hezbollah"),
        (ENVOYS, "the Kremlin", "RUS"),
        (ENVOYS, "Moscow", None),
        (MINISTRIES, "Tehran", "IRN"),
        (MINISTRIES, "it", "IRN"),
        (MINISTRIES, "Saudi Arabia's defence ministry", "SAU-GOV"),
        (MINISTRIES, "The ministry", "SAU-GOV"),
        (MINISTRIES, "the Houthis", "houthis"),
        (DELTA, "the Sons of the River", "sons-of-the-river"),
        (DELTA, "The militia", "sons-of-the-river"),
        (DELTA, "the Front", "delta-front"),
        (DELTA, "Police", "NGA-COP"),
        (LOWER, "the shining path", "shining-path"),
        (LOWER, "the peruvian government", "PER-GOV"),
    ],
)
def test_mentions_in_running_text_come_to_their_actors(text: str, words: str, actor: str | None) -> None:
    found = _who(text, words)
    assert found, f"no mention {words!r}"
    assert set(found) == {actor}


@pytest.mark.parametrize("text", [GUERRILLAS, ENVOYS, MINISTRIES, DELTA, LOWER])
def test_spans_do_not_cross_and_heads_lie_inside(text: str) -> None:
    linked = _linked(text)
    for m in linked.mentions:
        assert m.first <= m.head < m.last
        assert m.reason
        assert not [o for o in linked.mentions if m.first < o.first < m.last < o.last]
    assert {m.actor for m in linked.mentions} - {None} == {a.id for a in linked.actors}


def test_every_actor_tells_how_it_was_resolved() -> None:
    for text in (GUERRILLAS, ENVOYS, MINISTRIES, DELTA, LOWER):
        assert all(a.reason and a.resolved_by for a in _linked(text).actors)


def test_a_pronoun_says_for_which_unresolved_body_it_stands() -> None:
    """Nobody can say whose police these are, but they are the same police."""
    text = "The police deny that they opened fire on the marchers."
    linked = _linked(text)
    tokens = linked.reading.tokens
    words = {text[tokens[m.first].start : tokens[m.last - 1].end]: m for m in linked.mentions}
    assert words["they"].actor is None
    assert words["they"].stands_for == words["The police"].id
