"""What must hold of times whatever the text and the date."""

from __future__ import annotations

import re
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from linking_plain import plain_reading

from saydo.linking.times import find_times
from saydo.linking.times_grammar import may_hold, pieces
from saydo.linking.times_holidays import NAMES, easter, occurrences
from saydo.linking.times_lengths import LENGTHS
from saydo.linking.times_lexicon import words
from saydo.linking.times_patterns import TABLE
from saydo.model.dates import PRECISIONS

VOCABULARY = sorted(words())
NUMBERS = st.integers(0, 2200).map(str)
WORDS = st.one_of(
    st.sampled_from(VOCABULARY),
    st.sampled_from(
        ["troops", "the", "attack", ".", "9/11", "03/04/05", "1990s", "FY2016", "31st", "'", "mid-1990s"]
    ),
    NUMBERS,
)
DATES = st.one_of(st.none(), st.dates().map(date.isoformat), st.just("no date"))


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=25), DATES, st.booleans())
def test_any_words_of_time(pieces: list[str], published: str | None, title: bool) -> None:
    """Never raises; ends are in order; quotes are exact; tokens, precision and reason are sound."""
    check(" ".join(p.title() if title else p for p in pieces), published)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200), DATES)
def test_any_text(text: str, published: str | None) -> None:
    """The same for any text at all."""
    check(text, published)


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=8), st.booleans())
def test_fast_judgement_loses_nothing(words_: list[str], title: bool) -> None:
    """A sentence that may hold no expression by its words holds none by the grammar."""
    text = " ".join(w.title() if title else w for w in words_)
    reading = plain_reading(text)
    for sentence in reading.sentences:
        told = pieces(reading.tokens[sentence.first : sentence.last], frozenset())
        if told is not None:
            assert may_hold(text[sentence.start : sentence.end])


@settings(max_examples=300, deadline=None)
@given(st.text("MWYyDdnaqKUSPeLlXvTARFNVrCEI1QmGgxHwZJkjchotsiOf2ub&zpB'/.", max_size=12))
def test_pattern_needs_its_letter(letters: str) -> None:
    """A pattern matches only where the letter that the table names for it stands."""
    for pattern, needed, _ in (*TABLE, *LENGTHS):
        for match in re.finditer(pattern, letters):
            assert needed in match.group() or needed in letters[match.end() :]


def check(text: str, published: str | None) -> None:
    reading = plain_reading(text, published)
    found = find_times(reading)
    at = 0
    for linked in found:
        time = linked.time
        assert at <= time.start < time.end
        at = time.end
        assert text[time.start : time.end] == time.text
        if time.from_ and time.to:
            assert time.from_ <= time.to
        for end in (time.from_, time.to):
            assert end is None or date.fromisoformat(end)
        assert time.precision in PRECISIONS
        assert time.reason
        first, last = linked.tokens
        assert first <= linked.head < last <= len(reading.tokens)
        assert reading.tokens[first].start <= time.start
        assert time.end <= reading.tokens[last - 1].end
    assert find_times(reading) == found


def test_easter_against_known_years() -> None:
    """Easter Sundays that almanacs list."""
    known = {
        1990: (4, 15),
        2000: (4, 23),
        2008: (3, 23),
        2011: (4, 24),
        2016: (3, 27),
        2017: (4, 16),
        2038: (4, 25),
    }
    for year, (month, day) in known.items():
        assert easter(year) == date(year, month, day)


@given(st.integers(1583, 4000))
def test_easter_is_a_sunday_of_spring(year: int) -> None:
    """Easter falls on a Sunday between 22 March and 25 April."""
    day = easter(year)
    assert day.weekday() == 6
    assert (3, 22) <= (day.month, day.day) <= (4, 25)


@given(st.sampled_from(sorted(NAMES)), st.integers(1, 9998))
def test_named_days_begin_in_their_year(name: str, year: int) -> None:
    """Whatever is computed begins in the year asked for and ends no earlier."""
    for start, end in occurrences(name, year):
        assert start is not None
        assert end is not None
        assert start.year == year
        assert start <= end
