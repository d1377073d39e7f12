"""Temporal expressions: what is found, and the days it is resolved to."""

from __future__ import annotations

import pytest
from linking_plain import plain_reading

from saydo.linking.times import find_times
from saydo.model.records import Time


def times(text: str, date: str | None = "2017-04-01", **tags: str) -> list[Time]:
    return [found.time for found in find_times(plain_reading(text, date, tags=tags))]


def one(text: str, date: str | None = "2017-04-01", **tags: str) -> Time:
    found = times(text, date, **tags)
    assert len(found) == 1, [f.text for f in found]
    return found[0]


DATES = [
    # words of the sentence, expression, from, to, precision
    ("Shells fell on March 28, 2017 near the mill.", "March 28, 2017", "2017-03-28", "2017-03-28", "day"),
    ("They signed it on 28 March 2017.", "28 March 2017", "2017-03-28", "2017-03-28", "day"),
    ("They signed it on the 28th of March, 2017.", "the 28th of March, 2017", "2017-03-28", "2017-03-28", "day"),
    ("Dated 2014-11-05, the note was short.", "2014-11-05", "2014-11-05", "2014-11-05", "day"),
    ("Filed 28/03/2016 by the clerk.", "28/03/2016", "2016-03-28", "2016-03-28", "day"),
    ("Filed 03/28/2016 by the clerk.", "03/28/2016", "2016-03-28", "2016-03-28", "day"),
    ("On Thursday, May 8, 2003 a bus burned.", "Thursday, May 8, 2003", "2003-05-08", "2003-05-08", "day"),
    ("The truce of Nov. 5 held.", "Nov. 5", "2016-11-05", "2016-11-05", "day"),
    ("They meet from 5 to 7 May 2015.", "from 5 to 7 May 2015", "2015-05-05", "2015-05-07", "interval"),
    ("The talks of March 17-18 failed.", "March 17-18", "2017-03-17", "2017-03-18", "interval"),
    ("Floods began in August 2010.", "August 2010", "2010-08-01", "2010-08-31", "month"),
    ("Raids resumed in mid-November 2016.", "mid-November 2016", "2016-11-01", "2016-11-30", "month"),
    ("Raids resumed in late March 2012.", "late March 2012", "2012-03-01", "2012-03-31", "month"),
    ("Strikes hit in the first months of 2011.", "the first months of 2011", "2011-01-01", "2011-03-31", "interval"),
    ("They left in the last week of June 1999.", "the last week of June 1999", "1999-06-24", "1999-06-30", "week"),
    ("Output fell in the third quarter of 2009.", "the third quarter of 2009", "2009-07-01", "2009-09-30", "interval"),
    ("Output fell in Q1 2009.", "Q1 2009", "2009-01-01", "2009-03-31", "interval"),
    ("It grew in the first half of 2013.", "the first half of 2013", "2013-01-01", "2013-06-30", "interval"),
    ("It began in July last year.", "July last year", "2016-07-01", "2016-07-31", "month"),
    ("It began on March 23 of this year.", "March 23 of this year", "2017-03-23", "2017-03-23", "day"),
    ("It began on the 5th of May next year.", "the 5th of May next year", "2018-05-05", "2018-05-05", "day"),
    ("He was jailed in 1987.", "1987", "1987-01-01", "1987-12-31", "year"),
    ("The war of 1979-89 scarred them.", "1979-89", "1979-01-01", "1989-12-31", "interval"),
    ("They fought from 1979 to 1989 there.", "from 1979 to 1989", "1979-01-01", "1989-12-31", "interval"),
    ("It closed between May and July 2015.", "between May and July 2015", "2015-05-01", "2015-07-31", "interval"),
    ("It closed between 1998 and 2004.", "between 1998 and 2004", "1998-01-01", "2004-12-31", "interval"),
    ("Unrest in the 1990s drove them out.", "the 1990s", "1990-01-01", "1999-12-31", "decade"),
    ("Unrest in the late 1980s drove them out.", "the late 1980s", "1980-01-01", "1989-12-31", "decade"),
    ("Unrest in the '70s drove them out.", "the '70s", "1970-01-01", "1979-12-31", "decade"),
    ("A shrine of the 12th century fell.", "the 12th century", "1101-01-01", "1200-12-31", "interval"),
    ("They regrouped in the spring of 2008.", "the spring of 2008", "2008-03-01", "2008-05-31", "season"),
    ("They regrouped in winter 2008.", "winter 2008", "2008-12-01", "2009-02-28", "season"),
    ("Prices rose over the last five years.", "the last five years", "2012-01-01", "2017-12-31", "interval"),
    ("Prices rose over the past three months.", "the past three months", "2017-01-01", "2017-04-30", "interval"),
    ("Elders met last month.", "last month", "2017-03-01", "2017-03-31", "month"),
    ("Elders met last year.", "last year", "2016-01-01", "2016-12-31", "year"),
    ("Elders met earlier this week.", "earlier this week", "2017-03-27", "2017-04-02", "week"),
    ("Elders met yesterday.", "yesterday", "2017-03-31", "2017-03-31", "day"),
    ("Elders meet tonight.", "tonight", "2017-04-01", "2017-04-01", "day"),
    ("Elders met last night.", "last night", "2017-03-31", "2017-03-31", "day"),
    ("Two weeks ago elders met.", "Two weeks ago", "2017-03-13", "2017-03-19", "week"),
    ("Elders met three days ago.", "three days ago", "2017-03-29", "2017-03-29", "day"),
    ("Elders met on Thursday.", "Thursday", "2017-03-30", "2017-03-30", "day"),
    ("Elders met on Saturday.", "Saturday", "2017-04-01", "2017-04-01", "day"),
    ("Elders gather next Thursday.", "next Thursday", "2017-04-06", "2017-04-06", "day"),
    ("Elders met last Saturday.", "last Saturday", "2017-03-25", "2017-03-25", "day"),
    ("Sunday's attack shook the town.", "Sunday", "2017-03-26", "2017-03-26", "day"),
    ("After the 5 May attack they fled.", "5 May", "2016-05-05", "2016-05-05", "day"),
    ("The planes of the September 11 attacks flew west.", "September 11", "2001-09-11", "2001-09-11", "day"),
    ("Crowds gathered over the weekend.", "the weekend", "2017-04-01", "2017-04-02", "interval"),
    ("Shops shut for Christmas 2014.", "Christmas 2014", "2014-12-25", "2014-12-25", "day"),
    ("They fasted in Ramadan 2016.", "Ramadan 2016", "2016-06-06", "2016-07-05", "month"),
    ("A truce began at Eid al-Adha 2016.", "Eid al-Adha 2016", "2016-09-11", "2016-09-14", "interval"),
    ("They danced at Nowruz.", "Nowruz", "2017-03-20", "2017-03-21", "interval"),
    ("They danced on Christmas Eve 2014.", "Christmas Eve 2014", "2014-12-24", "2014-12-24", "day"),
    ("They danced on New Year's Day.", "New Year's Day", "2017-01-01", "2017-01-01", "day"),
    ("Shells fell at 9:30 p.m. on Tuesday.", "9:30 p.m. on Tuesday", "2017-03-28", "2017-03-28", "day"),
    ("Shells fell at four o'clock on 28 March.", "four o'clock on 28 March", "2017-03-28", "2017-03-28", "day"),
    ("Shells fell at 11am on 28 March.", "11am on 28 March", "2017-03-28", "2017-03-28", "day"),
    ("Shells fell on the night of March 5.", "the night of March 5", "2017-03-05", "2017-03-05", "day"),
    ("Shells fell early Sunday morning.", "early Sunday morning", "2017-03-26", "2017-03-26", "day"),
    ("Shells fell last Tuesday, March 28.", "last Tuesday, March 28", "2017-03-28", "2017-03-28", "day"),
    ("Elders met this past weekend.", "this past weekend", "2017-03-25", "2017-03-26", "interval"),
    ("Output fell in the third quarter.", "the third quarter", "2016-07-01", "2016-09-30", "interval"),
    ("Output fell in the first half of the year.", "the first half of the year", "2017-01-01", "2017-06-30",
     "interval"),
    ("Output fell in the October-to-December period.", "October-to-December", "2016-10-01", "2016-12-31",
     "interval"),
    ("Stocks were low at year's end.", "year's end", "2017-01-01", "2017-12-31", "year"),
    ("A 2014 study found none.", "2014", "2014-01-01", "2014-12-31", "year"),
    ("Output is below 2005 levels.", "2005", "2005-01-01", "2005-12-31", "year"),
    ("Pilgrims came at Easter 2016.", "Easter 2016", "2016-03-27", "2016-03-27", "day"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "start", "end", "precision"), DATES)
def test_expression_is_resolved(
    text: str, words: str, start: str | None, end: str | None, precision: str
) -> None:
    """The one expression of the sentence has these words, days and precision."""
    time = one(text, fled="VERB/flee")
    assert (time.text, time.from_, time.to, time.precision) == (words, start, end, precision)
    assert time.reason


OPENED = [
    # words of the sentence, expression, its days, days of what it governs
    ("He has ruled since 2014.", "2014", "2014-01-01", "2014-12-31", "2014-01-01", None),
    ("He has ruled since the late 1980s.", "the late 1980s", "1980-01-01", "1989-12-31", "1980-01-01", None),
    ("The curfew holds until 5 May.", "5 May", "2017-05-05", "2017-05-05", None, "2017-05-05"),
    ("They had schools before 2001.", "2001", "2001-01-01", "2001-12-31", None, "2000-12-31"),
    ("They had none after 2001.", "2001", "2001-01-01", "2001-12-31", "2002-01-01", None),
    ("Prior to March 1998 they had none.", "March 1998", "1998-03-01", "1998-03-31", None, "1998-02-28"),
]


@pytest.mark.parametrize(("text", "words", "start", "end", "opens", "closes"), OPENED)
def test_preposition_opens_what_the_expression_governs(
    text: str, words: str, start: str, end: str, opens: str | None, closes: str | None
) -> None:
    """The record holds the days of the words; what they govern has one end only."""
    (found,) = find_times(plain_reading(text, "2017-04-01"))
    assert (found.time.text, found.time.from_, found.time.to) == (words, start, end)
    assert found.opened is not None
    assert (found.opened.from_, found.opened.to, found.opened.precision) == (opens, closes, "open")


UNPLACED = [
    # words of the sentence, expression, precision, code in the reason
    ("They held out for three days.", "three days", "duration", "P3D"),
    ("They held out for more than 20 years.", "more than 20 years", "duration", "P20Y"),
    ("They held out at least twenty-five months.", "at least twenty-five months", "duration", "P25M"),
    ("A 20-day truce failed.", "20-day", "duration", "P20D"),
    ("A weeklong truce failed.", "weeklong", "duration", "P1W"),
    ("They waited half an hour.", "half an hour", "duration", "PT30M"),
    ("They waited a year and a half.", "a year and a half", "duration", "P18M"),
    ("A two-and-a-half-year siege ended.", "two-and-a-half-year", "duration", "P30M"),
    ("They waited for decades.", "decades", "duration", "PXDE"),
    ("They waited several weeks.", "several weeks", "duration", "PXW"),
    ("Three days after the raid they fled.", "Three days", "duration", "P3D"),
    ("The mill burns every two weeks.", "every two weeks", "set", "P2W"),
    ("The mill burns almost every day.", "almost every day", "set", "P1D"),
    ("The market opens on Mondays.", "Mondays", "set", "P1W"),
    ("The ferry runs twice a month.", "a month", "set", "P1M"),
    ("It ships 300 barrels a day.", "a day", "set", "P1D"),
    ("It ships ten tonnes per year.", "per year", "set", "P1Y"),
    ("Shells fell week after week.", "week after week", "set", "P1W"),
    ("An annual fair was held.", "annual", "set", "P1Y"),
    ("They are now in Gao.", "now", "vague", "PRESENT_REF"),
    ("The current truce holds.", "current", "vague", "PRESENT_REF"),
    ("These days few remember.", "These days", "vague", "PRESENT_REF"),
    ("A recent raid failed.", "recent", "vague", "PAST_REF"),
    ("They left years ago.", "years ago", "vague", "PAST_REF"),
    ("They fear for the future.", "the future", "vague", "FUTURE_REF"),
    ("They met in recent weeks.", "recent weeks", "duration", "PXW"),
]


@pytest.mark.parametrize(("text", "words", "precision", "code"), UNPLACED)
def test_lengths_rates_and_now_are_listed_without_days(
    text: str, words: str, precision: str, code: str
) -> None:
    """What has no place in the calendar is listed with its ISO or TIMEX3 code as the reason."""
    time = one(text, current="ADJ", recent="ADJ", future="NOUN")
    assert (time.text, time.from_, time.to, time.precision) == (words, None, None, precision)
    assert f"({code})" in time.reason


@pytest.mark.parametrize(
    "text",
    [
        "They may leave the valley.",
        "Protesters march to the palace.",
        "A column of 1,979 people crossed.",
        "The state sent 2000 troops.",
        "He lives at 1935 Orchard Road, Alexandria.",
        "A man in his mid-20s ran.",
        "They would fall back to the river.",
        "He paid $1999 for it.",
        "The second battalion came.",
        "He read the Sunday Times and USA Today.",
        "A 40-year-old man ran.",
        "She is 29 years old.",
        "He read the Daily Gazette.",
        "They sued the Sunday Mirror.",
        "A quarter of the crop failed.",
        "They went past the mill.",
        "They won 3:2 at home.",
        "They work long hours.",
    ],
)
def test_what_is_no_time(text: str) -> None:
    """Verbs, counts, addresses, prices, ages and titles are left alone."""
    found = times(text, march="VERB", may="AUX", fall="VERB", past="ADP", long="ADJ")
    assert [f.text for f in found] == []


@pytest.mark.parametrize(
    ("text", "words", "reason"),
    [
        ("They met recently.", "recently", "no definite time"),
        ("They met in recent weeks.", "recent weeks", "no definite time"),
        ("Filed 03/04/2016 by the clerk.", "03/04/2016", "either way round"),
        ("They met at Diwali.", "Diwali", "not computed"),
        ("Aid was cut in fiscal year 2016.", "fiscal year 2016", "fiscal"),
        ("Three days after the raid they fled.", "Three days", "event"),
        ("Three days earlier they fled.", "Three days earlier", "none was found"),
        ("On February 30, 2015 they fled.", "February 30, 2015", "no day"),
    ],
)
def test_what_cannot_be_resolved_says_why(text: str, words: str, reason: str) -> None:
    """An expression without definite days is still listed, with no ends and the reason."""
    time = one(text)
    assert time.text == words
    assert time.from_ is None
    assert time.to is None
    assert reason in time.reason


def test_without_publication_date_relative_times_stay_open() -> None:
    """No guess is made where nothing dates the text."""
    for words in ("on Thursday", "yesterday", "in March", "last week", "two years ago", "last summer"):
        time = one(f"They met {words}.", None)
        assert time.from_ is None
        assert "publication date" in time.reason


def test_dateline_stands_in_for_the_publication_date() -> None:
    """A full date at the head of a text anchors what follows."""
    found = times("SAN SALVADOR, 3 JAN 90 -- Gunmen fired yesterday.", None)
    assert [(t.from_, t.to) for t in found] == [("1990-01-03", "1990-01-03"), ("1990-01-02", "1990-01-02")]
    assert "dateline" in found[1].reason


def test_future_verbs_look_ahead() -> None:
    """With "will" the next weekday or month is meant, else the last."""
    ahead = times("They will meet on Thursday.", meet="VERB")[0]
    assert ahead.from_ == "2017-04-06"
    assert times("They will meet in March.", meet="VERB")[0].from_ == "2018-03-01"
    assert times("They met in March.", met="VERB/meet")[0].from_ == "2017-03-01"
    assert times("They met in May.", met="VERB/meet")[0].from_ == "2016-05-01"


def test_present_tense_tells_what_is_fixed() -> None:
    """A date that a present-tense verb governs is the nearest; what is about to begin, or is on a weekday,
    lies ahead."""
    assert times("The envoy leaves office on 20 July.", leaves="VERB/leave")[0].from_ == "2017-07-20"
    assert times("The envoy left office on 20 July.", left="VERB/leave")[0].from_ == "2016-07-20"
    assert times("The senate convenes on Thursday.", convenes="VERB/convene")[0].from_ == "2017-04-06"
    assert times("The senate convened on Thursday.", convened="VERB/convene")[0].from_ == "2017-03-30"


def test_date_of_what_a_deed_comes_before_may_lie_ahead() -> None:
    """The vote is still to come, though the verb is in the past."""
    found = times("They met ten days before the vote on 3 May.", met="VERB/meet")
    assert found[1].from_ == "2017-05-03"
    assert one("They met after the vote on 3 May.", met="VERB/meet").from_ == "2016-05-03"


def test_hour_without_a_day_is_of_the_day_just_named() -> None:
    """ "At 9 p.m." is on the day named before, near the publication date; else its day is a guess."""
    found = times("They met on Tuesday. Guns fired at 9 p.m. there.")
    assert [(t.text, t.from_) for t in found] == [("Tuesday", "2017-03-28"), ("9 p.m.", "2017-03-28")]
    guess = one("Guns fired at 9 p.m. there.")
    assert (guess.from_, guess.approximate) == ("2017-04-01", True)


def test_figures_before_a_closing_quotation_mark() -> None:
    """A full stop and quotation mark behind the day's number do not hide it."""
    assert one("He said: “It fell on May 6.” They left.").text == "May 6"


def test_narrative_time_moves() -> None:
    """ "Three days later" counts from the date that the text named last, not from the publication date."""
    found = times(
        "The siege began on 4 June 1992. Three days later the bridge fell. The same month aid came."
    )
    assert [t.from_ for t in found] == ["1992-06-04", "1992-06-07", "1992-06-01"]
    assert found[1].reason.endswith("1992-06-04")


def test_look_back_leaves_the_story_where_it_is() -> None:
    """ "The next day" counts from the story's day, not from the flashback before it."""
    found = times("Guns fell silent on 4 June 1992. Three days earlier they fired. The next day aid came.")
    assert [t.from_ for t in found] == ["1992-06-04", "1992-06-01", "1992-06-05"]


def test_month_or_weekday_beside_the_story() -> None:
    """ "The following March" is the next one after the time named before."""
    found = times("He fled in 1998. The following March he was shot.")
    assert [t.from_ for t in found] == ["1998-01-01", "1999-03-01"]
    found = times("They met on 4 June 1992. The previous Tuesday it rained; the following Tuesday too.")
    assert [t.from_ for t in found] == ["1992-06-04", "1992-06-02", "1992-06-09"]


def test_year_of_the_paragraph_holds_for_bare_months() -> None:
    """In a paragraph dated 2011 a bare month is of 2011; in the next one it is the nearest."""
    found = times("Riots broke out in June 2011. In August they spread.\n\nIn February a truce came.")
    assert [t.from_ for t in found] == ["2011-06-01", "2011-08-01", "2017-02-01"]


def test_shared_year() -> None:
    """The year behind the last of several months or days holds for all of them."""
    assert [t.from_ for t in times("It shut in May and July 2015.")] == ["2015-05-01", "2015-07-01"]
    assert [t.from_ for t in times("Talks on May 5 and June 6, 2014 failed.")] == ["2014-05-05", "2014-06-06"]


def test_lower_cased_text() -> None:
    """Nothing hangs on capitals."""
    found = times(
        "on 5 may 1990 guerrillas struck; in march 1991 they returned on a sunday.", None, may="AUX"
    )
    assert [(t.text, t.from_) for t in found[:2]] == [
        ("5 may 1990", "1990-05-05"),
        ("march 1991", "1991-03-01"),
    ]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("on 4 June 1992", "1992-06-04"),
        ("in early 2016", "2016~"),
        ("in mid-November 2016", "2016-11~"),
        ("in the 1990s", "199X"),
        ("since 2014", "2014"),
        ("until June 2015", "2015-06"),
        ("from 1979 to 1989", "1979/1989"),
        ("in the summer of 2014", "2014-22~"),
        ("in the first quarter of 2014", "2014-01/2014-03"),
    ],
)
def test_edtf(text: str, edtf: str) -> None:
    """The EDTF string says the same as the two ends."""
    assert one(f"They met {text}.").edtf == edtf


def test_person_names_are_no_months() -> None:
    """A month's name inside a person's name is not read as one."""
    reading = plain_reading("April Glaspie and August Wilson spoke.", "2017-04-01",
                            mentions=[("April Glaspie", "person"), ("August Wilson", "person")])  # fmt: skip
    assert find_times(reading) == ()


def test_tokens_and_head_cover_the_expression() -> None:
    """Token range and head point at the words of the expression."""
    reading = plain_reading("Guards fired on 4 June 1992 there.", "2017-04-01")
    (found,) = find_times(reading)
    assert [t.text for t in reading.tokens[slice(*found.tokens)]] == ["4", "June", "1992"]
    assert found.tokens[0] <= found.head < found.tokens[1]
