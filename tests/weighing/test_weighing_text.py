"""From real sentences to discrepancies: the whole corridor, with the model that ships."""

from __future__ import annotations

import pytest
from weighing_read import reports, weighed

from saydo.codebook import load
from saydo.weighing import rebuild, weigh

pytestmark = pytest.mark.model


POSITIVE = {
    "deadline missed": (
        "commitment",
        ("2008-08-13", "Russia promised on Tuesday to withdraw its troops from Georgia by 22 August."),
        (
            "2008-09-30",
            "Russia has still not withdrawn its troops from Georgia, monitors reported on Monday.",
        ),
    ),
    "arming after all": (
        "commitment",
        (
            "2019-05-03",
            "“We will not arm the rebels,” Uganda's foreign minister, Sam Okello, told reporters.",
        ),
        ("2019-08-10", "Uganda delivered rifles to the rebels in July, a United Nations report said."),
    ),
    "soil": (
        "commitment",
        (
            "2012-03-01",
            "Kabul will not allow anyone to use Afghan soil against Pakistan, President Hamid Karzai said.",
        ),
        (
            "2012-04-01",
            "The Mahsud Front, which has its bases in Afghanistan, attacked a Pakistani army post in Dir on "
            "28 March, killing six soldiers.",
        ),
    ),
    "armed in 2014": (
        "denial",
        ("2015-03-01", "Ankara rejects claims that it armed the Reef Battalion."),
        ("2015-04-01", "A court heard that Ankara armed the Reef Battalion in 2014."),
    ),
    "civilians": (
        "denial",
        ("2012-06-01", "The Syrian army denied on Thursday that it had killed civilians in Houla."),
        ("2012-06-04", "Syrian troops killed 108 civilians in Houla on 25 May, UN observers said."),
    ),
    "the raid on Tal": (
        "account",
        ("2024-05-03", "The army said two rebels died in the raid on Tal."),
        ("2024-05-04", "In the raid on Tal, eleven villagers died, relatives said."),
    ),
    "the church": (
        "account",
        (
            "2001-04-10",
            "The Macedonian government said that Albanian rebels burned the church in Tetovo on 7 April.",
        ),
        (
            "2001-04-12",
            "The rebels' spokesman, Ali Ahmeti, said that Macedonian police burned the church in Tetovo on 7 April.",
        ),
    ),
    "relations": (
        "position",
        (
            "2024-03-20",
            "“We have no relations with the Northern League,” the governor, Omar Dast, said in March.",
        ),
        (
            "2024-04-20",
            "In April Omar Dast told a radio station that “our relations with the Northern League are excellent.”",
        ),
    ),
    "the port deal": (
        "position",
        ("2016-02-01", "Sri Lanka's prime minister praised the port deal with China on Sunday."),
        ("2016-09-01", "Sri Lanka's prime minister condemned the port deal with China on Wednesday."),
    ),
    "support that goes on": (
        "tie",
        (
            "1999-05-01",
            "Pakistan has ended its support for the Taliban, its foreign ministry said on Friday.",
        ),
        ("1999-09-01", "Pakistan is still arming and financing the Taliban, a western diplomat said."),
    ),
}
NEGATIVE = {
    "somebody else arms": (
        (
            "2019-05-03",
            "“We will not arm the rebels,” Uganda's foreign minister, Sam Okello, told reporters.",
        ),
        ("2019-08-10", "Ethiopia delivered rifles to the rebels in July, a United Nations report said."),
    ),
    "killed elsewhere": (
        ("2012-06-01", "The Syrian army denied on Thursday that it had killed civilians in Houla."),
        ("2012-06-04", "Syrian troops killed 20 civilians in Qubair on 3 June, UN observers said."),
    ),
    "the raid on Zor": (
        ("2024-05-03", "The army said two rebels died in the raid on Tal."),
        ("2024-05-04", "In the raid on Zor, eleven villagers died, relatives said."),
    ),
    "feared": (
        ("2011-03-02", "The ELN pledged on Tuesday not to attack oil pipelines in Arauca."),
        ("2011-04-11", "Oil companies fear that the ELN will attack pipelines in Arauca."),
    ),
    "under a condition": (
        (
            "2011-03-02",
            "The ELN pledged not to attack oil pipelines in Arauca unless the army bombed its camps.",
        ),
        ("2011-04-11", "ELN guerrillas blew up an oil pipeline in Arauca on Sunday, the army said."),
    ),
    "until 20 March": (
        ("2011-03-02", "The ELN pledged on Tuesday not to attack oil pipelines in Arauca until 20 March."),
        ("2011-04-11", "ELN guerrillas blew up an oil pipeline in Arauca on Sunday, the army said."),
    ),
    "long past": (
        ("2013-01-05", "Rwanda has ended its ties with the CNDP, President Paul Kagame said on Friday."),
        ("2013-02-01", "Rwanda supported the CNDP from 2006 to 2008, a UN report says."),
    ),
    "wheat": (
        (
            "2024-03-20",
            "The minister denied that the army had shelled the market. However, wheat prices fell.",
        ),
    ),
    "kept": (
        ("2011-03-02", "The ELN promised on Tuesday to release two engineers."),
        ("2011-04-11", "The ELN released the two engineers on Sunday, the Red Cross said."),
    ),
}


@pytest.mark.parametrize("name", POSITIVE)
def test_words_and_deeds_that_part(name: str) -> None:
    kind, *dated = POSITIVE[name]
    read = reports(*dated)
    found = weigh(read, load()).discrepancies
    assert [d.kind for d in found] == [kind]
    assert rebuild(found[0], read, load()) == found[0]


@pytest.mark.parametrize("name", NEGATIVE)
def test_what_only_looks_alike(name: str) -> None:
    read = reports(*NEGATIVE[name])
    assert weigh(read, load()).discrepancies == ()
    assert not any(r.record.discrepancies for r in read)


def test_a_promise_that_was_kept() -> None:
    [kept] = weighed(*NEGATIVE["kept"]).kept
    assert kept.by[0].document == "r1"


FLAGGED = {
    "despite": (
        "denial",
        "Despite Eritrea's repeated denials that it arms the Afar rebels, its officers were delivering rifles to "
        "the Afar rebels in March.",
    ),
    "but": (
        "account",
        "Kenya says it has withdrawn its troops from Somalia, but Kenyan soldiers are still stationed in Kismayo.",
    ),
    "in reality": (
        "account",
        "The junta claims that it freed all political prisoners. In reality, the junta still holds forty prisoners "
        "in Insein, relatives say.",
    ),
    "however": (
        "commitment",
        "The Hill Front pledged not to shell the market. However, its gunners shelled the market on Friday.",
    ),
}


@pytest.mark.parametrize("name", FLAGGED)
def test_what_a_report_sets_against_itself(name: str) -> None:
    kind, text = FLAGGED[name]
    [report] = reports(("2014-08-20", text))
    assert [(d.kind, d.basis) for d in report.record.discrepancies] == [(kind, "flagged")]
