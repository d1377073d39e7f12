"""What no event type stands for: promises, denials and accounts compared by their own words."""

from __future__ import annotations

from functools import cache

import pytest

from saydo.codebook import load
from saydo.coding import code
from saydo.desk.record import assemble
from saydo.linking import link
from saydo.model.document import Document
from saydo.model.reading import Reader
from saydo.model.records import CoderInfo, Record
from saydo.reading import load_reader
from saydo.weighing import WeighedReport, rebuild, weigh
from saydo.weighing.numbers import how_many
from saydo.weighing.worded import Things

pytestmark = pytest.mark.model


@cache
def reader() -> Reader:
    return load_reader()


def report(id: str, date: str, text: str) -> WeighedReport:
    book = load()
    linked = link(reader().read(Document(id, text, date=date, publisher=f"Paper {id}")), book)
    made = assemble(linked, code(linked, book), CoderInfo(version="t", reader="t", codebook="t"))
    return WeighedReport(made, text)


def record(text: str) -> Record:
    return report("r", "2004-05-20", text).record


FOUND = {
    "recruiting": (
        "commitment",
        "The Free Nuba Army pledged last week in Geneva to stop recruiting children.",
        "Aid workers met forty boys in a camp at Kurchi. The Free Nuba Army had recruited them in May, the boys "
        "said.",
    ),
    "arms ruled out": (
        "commitment",
        "The Dutch government ruled out sending arms to the Sirte council, its foreign minister told parliament "
        "on Monday.",
        "A Dutch freighter unloaded at Misur on Thursday. The Dutch government had sent two hundred rifles to "
        "the Sirte council, the manifest shows.",
    ),
    "a prison denied": (
        "denial",
        "The Interior Ministry of Baluria dismissed as baseless reports that it ran a secret prison in the "
        "brickworks at Onda.",
        "A former guard has described the place. The Interior Ministry of Baluria ran a secret prison in the "
        "brickworks at Onda from 2001, he told the tribunal.",
    ),
    "a nation's skippers": (
        "denial",
        "Spanish skippers rejected suggestions that they had fished inside the Irish box.",
        "Irish naval officers boarded two Spanish trawlers. Spanish skippers had fished inside the Irish box for "
        "nine days in February, their logbooks show.",
    ),
    "for and against": (
        "position",
        "The Liberal Alliance opposes the lowering of the voting age, its chairman said in March.",
        "The Liberal Alliance is in favour of lowering the voting age, its chairman told students on Tuesday.",
    ),
}
SILENT = {
    "another matter": (
        "The Liberal Alliance opposes the lowering of the voting age, its chairman said in March.",
        "The Liberal Alliance is in favour of lowering the fuel tax, its chairman told students on Tuesday.",
    ),
    "another prison": (
        "The Interior Ministry of Baluria denied that it ran a secret prison in the brickworks at Onda.",
        "The Interior Ministry of Baluria ran a bakery in the harbour of Senn from 2001, a clerk recalled.",
    ),
    "another who sent": (
        "The Dutch government ruled out sending arms to the Sirte council on Monday.",
        "In May the Danish government sent two hundred rifles to the Sirte council, a manifest shows.",
    ),
    "to another": (
        "The Dutch government ruled out sending arms to the Sirte council on Monday.",
        "In May the Dutch government sent two hundred rifles to the Kenyan army, a manifest shows.",
    ),
    "not done": (
        "Kalabo Hardwoods promised villagers on Monday that it would fell no trees inside the Lunga reserve.",
        "Kalabo Hardwoods has felled no trees inside the Lunga reserve, a forester said.",
    ),
}


@pytest.mark.parametrize("case", FOUND, ids=FOUND)
def test_words_and_deeds_of_any_kind_are_compared(case: str) -> None:
    kind, first, second = FOUND[case]
    reports = [report("a", "2004-03-10", first), report("b", "2004-05-20", second)]
    found = [d for d in weigh(reports, load()).discrepancies if d.statement.document != d.against[0].document]
    assert kind in {d.kind for d in found}
    for each in found:
        again = rebuild(each, reports, load())
        assert again is not None and again.id == each.id


@pytest.mark.parametrize("case", SILENT, ids=SILENT)
def test_lookalikes_yield_nothing(case: str) -> None:
    first, second = SILENT[case]
    reports = [report("a", "2004-03-10", first), report("b", "2004-05-20", second)]
    assert weigh(reports, load()).discrepancies == ()


def test_a_proposition_says_who_does_what_to_what_and_whether_it_is_so() -> None:
    [told] = record("Eleven factory ships were issued licences by the Fisheries Board of Nour.").propositions
    assert (told.verb, told.realis, told.polarity) == ("grant", "actual", "positive")
    assert {"licence", "ship"} <= {*told.objects, *told.others}


@pytest.mark.parametrize(
    "text",
    [
        "The Selu Mining Company will discharge no more waste into the river, it promised on Monday.",
        "The Selu Mining Company promised to keep out of the valley.",
        "The Selu Mining Company has yet to refund the farmers.",
    ],
)
def test_what_is_not_to_be_is_negative_in_whatever_words(text: str) -> None:
    assert "negative" in {p.polarity for p in record(text).propositions}


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("nine demonstrators", 9, 9),
        ("More than two hundred demonstrators", 200, None),
        ("some 4,500 marchers", 4500, 4500),
        ("Sixty-three people", 63, 63),
        ("up to thirty men", 0, 30),
        ("dozens of villagers", 24, 99),
    ],
)
def test_a_description_begins_with_its_number(words: str, low: int, high: int | None) -> None:
    count = how_many(words)
    assert count is not None
    assert (count.low, count.high) == (low, high)


def test_a_description_without_a_number_has_none() -> None:
    assert how_many("the villagers of Orle") is None


def test_nouns_for_one_thing_are_alike() -> None:
    things = Things.read(load())
    assert things("lorry", things.alike(["convoy"]))
    assert not things("lorry", things.alike(["ship"]))
