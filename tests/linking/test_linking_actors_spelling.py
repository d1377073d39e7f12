"""However a writer spells a name from Arabic, Persian or Urdu, it is the same actor."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saydo.codebook import ActorEntry, load
from saydo.linking.lexicon import lexicon
from saydo.model.names import name_key, sound
from saydo.model.reading import Token
from saydo.reading.tokens import Tokenizer

_WORDS = frozenset(
    """
    katibat jaysh jaish jabhat liwa harakat ansar jund jamaat jamaah lashkar hizb hezb tehrik tehreek hizbul
    harkat saraya kataib asaib quwat ahrar
    """.split()
)


_TOKENIZER = Tokenizer()


def found(text: str) -> set[str]:
    words = _TOKENIZER.words(f"they saw {text} there")
    tokens = [Token(i, w.start, w.end, w.text, w.text, "PROPN", 0, "dep", 0) for i, w in enumerate(words)]
    return {k.entry.id for hit in lexicon(load()).hits(tokens, caseless=False) for k in hit.known}


def transliterated() -> list[ActorEntry]:
    """Armed groups whose names begin with a word that English does not translate."""
    return [
        e for e in load().actors.values()
        if e.kind == "armed group" and re.split(r"[ -]", e.name.lower())[0].replace("'", "") in _WORDS
    ]  # fmt: skip


def _particle(new: str) -> Callable[[str], str]:
    return lambda name: re.sub(r"\b([Aa]l|[Ee]l|[Uu]l)-", f"{new}-", name)


SPELLINGS: dict[str, Callable[[str], str]] = {
    "al- as el-": _particle("el"),
    "al- as ul-": _particle("ul"),
    "al- as Al": lambda name: re.sub(r"\b[Aa]l-", "Al ", name),
    "al- dropped": lambda name: re.sub(r"(?<= )[Aa]l-", "", name),
    "hyphens as spaces": lambda name: name.replace("-", " "),
    "no apostrophes": lambda name: re.sub("['’]", "", name),
    "other apostrophes": lambda name: re.sub("['’]", "ʿ", name),
    "i as ee": lambda name: re.sub(r"(?<=[a-z]{2})i(?=[bdfhklmnrstz]{1,2}\b)", "ee", name),
    "u as oo": lambda name: re.sub(r"(?<=[a-z]{2})u(?=[bdfhklmnrstz]\b)", "oo", name),
    "-iyya as -ia": lambda name: re.sub(r"iyy?a(?=h?\b)", "ia", name),
    "-ia as -iyya": lambda name: re.sub(r"(?<=[a-z]{3})ia\b", "iyya", name),
    "-at as -a": lambda name: re.sub(r"^(Katib|Harak|Jabh)at\b", r"\1a", name),
    "-at as -eeba": lambda name: re.sub(r"^Katibat\b", "Kateeba", name),
    "q as k": lambda name: re.sub(r"(?<=[a-z])q(?=[a-tv-z])", "k", name),
    "doubled consonant": lambda name: re.sub(r"(?<=[aiu])([bdlmnrst])(?=[aiu]\w)", r"\1\1", name, count=1),
    "single consonant": lambda name: re.sub(r"([bdlmnrst])\1", r"\1", name),
}


@pytest.mark.parametrize("way", SPELLINGS)
def test_each_way_of_spelling_leads_to_the_same_group(way: str) -> None:
    changed = [(e, SPELLINGS[way](e.name)) for e in transliterated() if SPELLINGS[way](e.name) != e.name]
    assert changed, f"no name shows {way}"
    lost = [(e.name, name) for e, name in changed if e.id not in found(name)]
    assert not lost


@settings(deadline=None, max_examples=60, derandomize=True)
@given(st.sampled_from(transliterated()), st.permutations(sorted(SPELLINGS)), st.integers(2, 4))
def test_several_ways_at_once_do_too(entry: ActorEntry, ways: list[str], how_many: int) -> None:
    name = entry.name
    for way in ways[:how_many]:
        name = SPELLINGS[way](name)
    assert entry.id in found(name), name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Abdel Rahman Nasser", "Abdul-Rahman Naser"),
        ("Abd al-Rahman Nasir", "Abdurrahman Nasir"),
        ("Abdulaziz al-Hakim", "Abdel Aziz el-Hakim"),
        ("Abd el-Karim Qasim", "Abdul Kareem Qassim"),
        ("Hussein al-Shami", "Husein el Shami"),
        ("Yousef Ibn Daoud", "Yusuf bin Daud"),
        ("Mohammed Hameed", "Muhammad Hamid"),
    ],
)
def test_persons_names_agree_in_all_their_spellings(one: str, other: str) -> None:
    assert name_key(one.split()) == name_key(other.split())


@pytest.mark.parametrize(
    ("one", "other"),
    [("Abdul Rahman", "Abdul Rahim"), ("Karim Nasser", "Karim Naser al-Din"), ("Hasan", "Hussein")],
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert name_key(one.split()) != name_key(other.split())


@pytest.mark.parametrize(
    ("text", "identity"),
    [
        ("Organization for Security and Cooperation in Europe", "osce"),
        ("Food and Agriculture Organisation", "fao"),
        ("Organization of Eastern Caribbean States", "organisation-of-eastern-caribbean-states"),
        ("World Food Program", "wfp"),
    ],
)
def test_british_and_american_spelling_are_one(text: str, identity: str) -> None:
    assert identity in found(text)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", max_size=14))
def test_what_a_word_sounds_like_is_settled_at_once(word: str) -> None:
    """Sounding the sound again changes nothing more than once, so that names learnt in a document, which are
    compared as they sound, cannot drift apart."""
    once = sound(word)
    twice = sound(once)
    assert sound(twice) == twice
