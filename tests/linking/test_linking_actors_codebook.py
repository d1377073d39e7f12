"""The shipped actors, nominals and offices: complete, well-formed, and found in text by all their names."""

from __future__ import annotations

from collections import Counter

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saydo.codebook import ActorEntry, load
from saydo.linking.lexicon import lexicon
from saydo.model.ids import slug
from saydo.model.names import pieces, sound
from saydo.model.reading import Token

_FORMER = {"SUN", "YUG", "CSK", "DDR", "SCG", "VDR", "YMD", "XKX"}
_CODES = {"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"}
_SECTORS = set(
    "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC".split()
)


def _tokens(text: str) -> list[Token]:
    from saydo.reading.tokens import Tokenizer

    return [
        Token(i, w.start, w.end, w.text, w.text, "PROPN", 0, "dep", 0)
        for i, w in enumerate(Tokenizer().words(text))
    ]


def _found(text: str) -> set[str]:
    hits = lexicon(load()).hits(_tokens(text), caseless=False)
    return {k.entry.id for hit in hits for k in hit.known}


def test_every_present_state_is_there_under_its_iso_code() -> None:
    ours = {e.id for e in load().actors.values() if e.kind == "state"}
    members = {c.alpha_3 for c in pycountry.countries}
    assert ours - members - _FORMER == set()
    assert len(ours & members) >= 195


def test_every_state_has_an_adjective_or_demonym_or_is_tiny() -> None:
    without = [
        e.id for e in load().actors.values() if e.kind == "state" and not e.adjectives and not e.demonyms
    ]
    assert set(without) <= {"COG", "DMA", "STP", "SCG", "VUT"}


def test_countries_sectors_and_ids_are_of_the_known_kinds() -> None:
    iso = {c.alpha_3 for c in pycountry.countries} | _FORMER | _CODES
    for e in load().actors.values():
        assert e.country is None or e.country in iso, e.id
        assert e.sector is None or e.sector in _SECTORS, e.id
        assert e.kind == "state" or e.id == slug(e.id), e.id
        assert e.since is None or e.until is None or e.since <= e.until, e.id


def test_members_of_a_group_of_states_are_states() -> None:
    actors = load().actors
    for e in actors.values():
        for member in e.regions:
            assert actors[member].kind == "state", f"{e.id}: {member}"


def test_there_are_movements_of_all_continents_and_many_decades() -> None:
    kinds = ("armed group", "movement", "party", "criminal organisation")
    bodies = [e for e in load().actors.values() if e.kind in kinds]
    assert len([e for e in bodies if e.kind == "armed group"]) >= 250
    decades = Counter((e.since or 0) // 10 for e in bodies)
    assert all(decades[d] >= 10 for d in range(194, 203)), decades


def test_no_name_is_listed_twice_in_one_entry() -> None:
    for e in load().actors.values():
        for names in (e.aliases, e.abbreviations, e.metonyms, e.adjectives, e.demonyms):
            assert len(names) == len(set(names)), e.id
        assert e.name not in e.aliases, e.id


def test_no_lemma_or_title_is_claimed_by_two_entries() -> None:
    for listed in (
        [lemma for n in load().nominals.values() for lemma in n.lemmas],
        [title for o in load().offices.values() for title in o.titles],
    ):
        assert [w for w, n in Counter(listed).items() if n > 1] == []


@pytest.mark.parametrize(
    "entry", [e for e in load().actors.values() if e.kind == "armed group"][::7], ids=lambda e: e.id
)
def test_an_armed_groups_name_and_aliases_are_found_in_text(entry: ActorEntry) -> None:
    for name in (entry.name, *entry.aliases):
        assert entry.id in _found(f"they met {name} there"), name


@pytest.mark.parametrize(
    ("text", "identity"),
    [
        ("Hizbollah", "hezbollah"),
        ("Hizballah", "hezbollah"),
        ("Ansar al Islam", "ansar-al-islam"),
        ("Ansar ul-Islam", "ansar-al-islam"),
        ("Jabhat al Nusra", "jabhat-al-nusra"),
        ("Katiba al-Imam al-Bukhari", "katibat-al-imam-al-bukhari"),
        ("Lashkar e Tayyiba", "lashkar-e-taiba"),
        ("Lord's Resistance Army", "lords-resistance-army"),
        ("Lord’s Resistance Army", "lords-resistance-army"),
        ("Farabundo Marti National Liberation Front", "farabundo-marti-national-liberation-front"),
        ("ISIS-K", "islamic-state-khorasan-province"),
        ("Jamaah Islamiyya", "jemaah-islamiyah"),
        ("U.S.", "USA"),
        ("N'Djamena", "TCD"),
    ],
)
def test_spellings_that_writers_use_lead_to_the_entry(text: str, identity: str) -> None:
    assert identity in _found(f"it was {text} again")


@pytest.mark.parametrize(
    "text", ["who is us", "a shining path", "it is up", "the dawn broke", "the contra band"]
)
def test_everyday_words_in_lower_case_are_nobodys_name(text: str) -> None:
    assert _found(text) == set()


def test_a_longer_name_is_preferred_to_the_shorter_one_inside_it() -> None:
    assert _found("the Islamic State Khorasan Province said") == {"islamic-state-khorasan-province"}


@given(st.text(max_size=30))
def test_pieces_never_fail_and_keep_their_three_forms_in_step(word: str) -> None:
    told = pieces(word)
    assert len(told.folded) == len(told.cased) == len(told.sound)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=12), st.sampled_from("blmnprst"))
def test_doubling_a_consonant_does_not_change_how_a_name_sounds(word: str, letter: str) -> None:
    """Hamas and Hammas are one; the letters are those that no digraph begins or ends with."""
    assert sound(f"{word[:2]}{letter}{letter}{word[2:]}") == sound(f"{word[:2]}{letter}{word[2:]}")
