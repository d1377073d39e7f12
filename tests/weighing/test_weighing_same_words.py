"""Pledges and denials held against passages of the same words, whoever these name as the doer."""

from __future__ import annotations

from functools import cache

import pytest

from saydo.codebook import load
from saydo.coding import code
from saydo.desk.record import assemble
from saydo.linking import link
from saydo.model.document import Document
from saydo.model.reading import Reader
from saydo.model.records import CoderInfo, Discrepancy
from saydo.reading import load_reader
from saydo.weighing import WeighedReport, weigh

pytestmark = pytest.mark.model


@cache
def reader() -> Reader:
    return load_reader()


def found(*dated: tuple[str, str]) -> tuple[Discrepancy, ...]:
    book, info = load(), CoderInfo(version="t", reader="t", codebook="t")
    reports = []
    for k, (date, text) in enumerate(dated):
        linked = link(reader().read(Document(f"r{k}", text, date=date, publisher=f"Paper {k}")), book)
        reports.append(WeighedReport(assemble(linked, code(linked, book), info), text))
    return weigh(reports, book).discrepancies


PLEDGE = (
    "1997-03-11",
    "Denmark will not lower its subsidies for wind farms, Energy Minister Ulla Bak promised.",
)
RANSOM = ("2012-02-03", "No ransom was paid for the sailors of the Orsova, an official of the port said.")


def test_a_promise_is_held_against_a_passive_that_names_no_doer() -> None:
    later = (
        "1998-10-02",
        "Danish subsidies for wind farms were lowered by a quarter in August, farmers complain.",
    )
    [one] = found(PLEDGE, later)
    assert one.kind == "commitment"
    assert "were lowered" in one.against[0].quote


def test_what_was_done_before_the_promise_breaks_nothing() -> None:
    earlier = (
        "1996-10-02",
        "Danish subsidies for wind farms were lowered by a quarter in August, farmers complain.",
    )
    assert found(earlier, PLEDGE) == ()


def test_another_state_may_do_what_this_one_promised_not_to() -> None:
    other = ("1998-10-02", "Norwegian subsidies for wind farms were lowered by a quarter in August.")
    assert found(PLEDGE, other) == ()


def test_that_nobody_did_it_is_gainsaid_by_whoever_did() -> None:
    later = (
        "2012-06-20",
        "Balta Shipping paid a ransom for the sailors of the Orsova, a broker told the court.",
    )
    [one] = found(RANSOM, later)
    assert one.kind == "denial"


def test_a_denial_speaks_of_what_it_names_only() -> None:
    other = (
        "2012-06-20",
        "Balta Shipping paid a ransom for the sailors of the Minerva, a broker told the court.",
    )
    assert found(RANSOM, other) == ()


def test_a_second_denial_gainsays_nothing() -> None:
    again = ("2012-06-20", "Balta Shipping denied that it had paid a ransom for the sailors of the Orsova.")
    assert found(RANSOM, again) == ()
