"""Flagged discrepancies end to end with the real reader: what a report sets against each other, and what not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from saydo.codebook import load
from saydo.coding import code
from saydo.linking import link
from saydo.model.document import Document
from saydo.model.records import Discrepancy
from saydo.reading import load_reader

pytestmark = pytest.mark.model

# text, kind, words of the statement, words of what stands against it
FLAGGED = [
    ("Contrary to this government's word, given in May, nothing was paid. The Manila port authority said last week "
     "that it had removed the squatters peacefully. Contrary to this statement, its guards burned forty shacks.",
     "account", "removed the squatters", "burned forty shacks"),
    ("Despite repeated assurances that no villager would be resettled, the dam authority has resettled four "
     "thousand families from the valley of Sardar.", "commitment", "no villager", "four thousand families"),
    ("Colonel Barreto had vowed never to stand for president. In defiance of that vow he registered as a candidate "
     "for president on Wednesday.", "commitment", "vowed never", "registered as a candidate"),
    ("The garrison of Cabinda is back. In breach of its undertaking to leave the peninsula by August, the garrison "
     "remains on the peninsula.", "commitment", "undertaking to leave", "remains on"),
    ("The company's insistence that it had not dumped mercury in the bay does not square with the diaries of its "
     "own foremen, which record that it dumped mercury there every Friday.",
     "denial", "insistence", "every Friday"),
    ("The ride company insists that it does not employ drivers. A ruling of the Ghent labour court gives the lie "
     "to this claim; it found that the company employs eleven hundred drivers.",
     "denial", "does not employ", "eleven hundred"),
    ("The Nicaraguan guard commander said his men had taken no prisoners. That is not true: a photographer saw "
     "guardsmen take six prisoners behind the cathedral.", "denial", "no prisoners", "six prisoners"),
    ("The provincial government claims the wells are safe. Tests by the university of Ibadan tell a different "
     "story. The wells are unsafe in nine villages, the tests show.", "account", "are safe", "unsafe"),
    ("Tobacco executives swore before Congress that they did not market cigarettes to children. Their own memoranda "
     "expose that oath as false: the companies marketed cigarettes to fourteen-year-olds.",
     "denial", "swore before", "fourteen-year-olds"),
    ("The airline falsely claimed that it had grounded the aircraft; it flew the aircraft to Recife four more "
     "times.", "account", "had grounded", "to Recife"),
    ("The defence minister told parliament that the prisoners had been released. In reality they are still in "
     "prison at Gldani, their mothers say.", "account", "had been released", "still in prison"),
    ("The auditor has no doubts. While the club said that it had paid its players, the players had not been paid "
     "since July.", "account", "had paid", "since July"),
]  # fmt: skip

QUIET = [
    "Although he was tired after the flight from Dakar, the envoy spoke to the crowd for an hour.",
    "The ministry denied that it had closed the school. However, the rains closed the road to it for a week.",
    "The customs office said it had seized no ivory in 1988. In 1990, however, it seized two tonnes of ivory.",
    "The airline promised not to raise fares. But its rival raised fares by a tenth the next morning.",
    "The prison service said no inmate had escaped from Lurigancho. However, four inmates escaped from the jail "
    "of Callao, which the city runs.",
    "Despite its promise to open a branch in Oulu, the bank's shares fell.",
    "The garrison pledged to leave the peninsula. It left in July, despite a storm.",
    "The bishop said that he had never met the dealer. In fact, he added, he had never been in Lugano.",
    "The rebels denied that they had mined the road. The government contradicted the rebels, saying that they "
    "feared the truth.",
    "Although Okello was not charged, he has accused the premier of pushing to indict him.",
    "Delhi said its aircraft had not bombed the orphanage, while the navy shelled the harbour.",
    "The union said that the mill would close a gate in May. But the rise in prices, economists said, would stay.",
    "Senator Aguirre said that the law lets the governor cut the wage. Cutting the wage does not concern those "
    "now employed, however, and needs a vote.",
    "The guide said that the caves never flood, which is not true of the caves further north.",
    "Asked if the company had paid the divers, the agent said that it had not, but had offered them a boat.",
    "Contrary to expectations, the premier denied that he would resign.",
]


@pytest.fixture(scope="module")
def flagged() -> Callable[[str], tuple[Discrepancy, ...]]:
    reader, codebook = load_reader(), load()

    def find(text: str) -> tuple[Discrepancy, ...]:
        document = Document("told", text, date="2015-06-01")
        return code(link(reader.read(document), codebook), codebook).discrepancies

    return find


@pytest.mark.parametrize(("text", "kind", "said", "told"), FLAGGED)
def test_what_a_report_sets_against_words(
    text: str, kind: str, said: str, told: str, flagged: Callable[[str], tuple[Discrepancy, ...]]
) -> None:
    found = [d for d in flagged(text) if said in d.statement.quote and told in d.against[0].quote]
    assert [d.kind for d in found] == [kind]


@pytest.mark.parametrize("text", QUIET)
def test_a_contrast_of_things_that_are_not_opposed(
    text: str, flagged: Callable[[str], tuple[Discrepancy, ...]]
) -> None:
    assert flagged(text) == ()


def test_words_that_are_only_named_are_shown_by_what_names_them(
    flagged: Callable[[str], tuple[Discrepancy, ...]],
) -> None:
    """There is nothing to quote but "what the army claims": no half of it, and no verb of ours."""
    [found] = flagged("Contrary to what the army claims, its soldiers have not withdrawn from Kidal.")
    assert "is gainsaid in “what the army claims”" in found.explanation
