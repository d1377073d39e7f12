"""Statements end to end with the real reader: who, what kind, which words; and what is no statement."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from saydo.codebook import load
from saydo.coding import Coded, code
from saydo.linking import link
from saydo.model.document import Document
from saydo.model.linked import LinkedReading
from saydo.reading import load_reader

pytestmark = pytest.mark.model
SHARED = Path(__file__).parents[3] / "shared"

# text, kind, words of the speaker, words of the content
SAID = [
    ("The Danube Commission said on Friday that the lock was safe.", "assertion", "Danube Commission", "safe"),
    ("Villagers told Radio Sol that the well had been poisoned.", "assertion", "Villagers", "poisoned"),
    ("“Our roads are open,” said Governor Ikaika Kalani, adding that trucks had passed.",
     "assertion", "Kalani", "roads are open"),
    ("“Our roads are open,” said Governor Ikaika Kalani, adding that trucks had passed.",
     "assertion", "Kalani", "trucks had passed"),
    ("As the Belgian ambassador put it, the accord was dead on arrival.", "assertion", "ambassador", "dead"),
    ("In the words of Bishop Moreno, nobody in Cúcuta sleeps any more.", "assertion", "Moreno", "sleeps"),
    ("In a letter to the senate, the Farmers' League said it would never sell the dam.",
     "pledge", "League", "never sell"),
    ("Sri Lanka's navy promised fishermen that it would not seize their boats.", "pledge", "navy", "seize"),
    ("“I will resign if the vote is rigged,” Premier Zoltan Varga said in a radio interview.",
     "pledge", "Varga", "resign"),
    ("The emirate gave assurances that it would not arm the tribes.", "pledge", "emirate", "arm the tribes"),
    ("The junta's pledge to hold elections by March was met with laughter.", "pledge", "junta", "elections"),
    ("“Any convoy that enters the valley will be destroyed,” rebel commander Yonas Tesfay warned.",
     "threat", "Tesfay", "destroyed"),
    ("“If the smugglers fire on us, we will answer,” the coast guard's chief told sailors.",
     "threat", "chief", "answer"),
    ("The militia warned that any arrest would be met with violence and force.", "threat", "militia", "arrest"),
    ("The two companies agreed to pay the fishermen by Easter.", "pledge", "companies", "pay"),
    ("The brotherhood vowed to avenge the death of its leader.", "threat", "brotherhood", "avenge"),
    ("Honduras denied that its soldiers had crossed the river.", "denial", "Honduras", "crossed"),
    ("The Salt Workers' Union has cut every tie with the Blue Banner, its treasurer, Dr Ines Okoro, told envoys "
     "on Friday.", "assertion", "Okoro", "cut every tie"),
    ("The bank dismissed the report as a fabrication.", "denial", "bank", "report"),
    ("“We did not shell the hospital,” the general said.", "denial", "general", "shell the hospital"),
    ("A spokesman said the party had no links to the bombers.", "denial", "spokesman", "links"),
    ("Bishops accused the governor of protecting the loggers.", "accusation", "Bishops", "protecting"),
    ("Armenia blamed Azerbaijan for the fire at the mill.", "accusation", "Armenia", "Azerbaijan"),
    ("Unions demanded that the shipyard reopen.", "demand", "Unions", "reopen"),
    ("The Red Cross appealed to both sides to let ambulances pass.", "demand", "Red Cross", "ambulances"),
    ("“All foreign troops must leave Somalia,” the cleric told worshippers.", "demand", "cleric", "leave"),
    ("A cell of the Crimson Path claimed responsibility for derailing the train.",
     "claim_of_responsibility", "Crimson Path", "derailing"),
    ("“Our fighters ambushed the patrol near Timbuktu,” the group said in a video.",
     "claim_of_responsibility", "group", "ambushed"),
    ("Economists at the university forecast that the peso would fall by half.", "prediction", "Economists", "fall"),
    ("Switzerland offered to mediate between the two governments.", "proposal", "Switzerland", "mediate"),
    ("President Lourenço proposed a summit with his neighbours.", "proposal", "Lourenço", "summit"),
    ("Canada hailed the release of the two nurses.", "praise", "Canada", "release"),
    ("The pope denounced the massacre as a crime against God.", "condemnation", "pope", "massacre"),
    ("Estonian ministers called the raid “a cowardly act of piracy.”", "condemnation", "ministers", "raid"),
]  # fmt: skip

# text, and a kind that must not be coded (None: no statement at all)
UNSAID = [
    ("Diplomats hope that the truce will hold until spring.", None),
    ("The general refused to say where the prisoners were held.", None),
    ("Nobody has claimed responsibility for the blast in Quetta.", None),
    ("Protesters want the king to apologise.", None),
    ("Marshal Ilic ordered his brigades to cross the river.", None),
    ("The minister is expected to announce a curfew tonight.", None),
    ("If the rebels promise to disarm, talks may begin.", None),
    ("The map shows a road through the gorge.", None),
    ("Heavy rain threatens the harvest in Punjab.", None),
    ("The envoy left without saying whether he would return.", None),
    ("The ship was called Aurora and carried grain.", None),
    ("The colonel said that rebels had shelled the market.", "claim_of_responsibility"),
    ("The company said it would be ready.", "threat"),
    ("The doctor said that the fever would spread.", "pledge"),
    ("The vendor denied the girl a refund.", "denial"),
    ("“We do not know who did this,” the mayor said.", "denial"),
]


@pytest.fixture(scope="module")
def coded() -> Callable[[str, str | None], tuple[LinkedReading, Coded]]:
    reader, codebook = load_reader(), load()

    def run(text: str, date: str | None = None) -> tuple[LinkedReading, Coded]:
        reading = link(reader.read(Document(id="d", text=text, date=date)), codebook)
        return reading, code(reading, codebook)

    return run


def told(found: Coded) -> list[tuple[str, object, object]]:
    return [(s.kind, s.source, s.content) for s in found.statements]


@pytest.mark.parametrize(("text", "kind", "speaker", "content"), SAID)
def test_what_is_said_is_coded_with_its_speaker_and_kind(text, kind, speaker, content, coded) -> None:
    _, found = coded(text, None)
    assert any(
        s.kind == kind
        and speaker in " ".join(text[a:b] for a, b in s.source)
        and content in " ".join(text[a:b] for a, b in s.content)
        for s in found.statements
    ), [
        (s.kind, [text[a:b] for a, b in s.source], [text[a:b] for a, b in s.content])
        for s in found.statements
    ]


@pytest.mark.parametrize(("text", "kind"), UNSAID)
def test_what_is_not_said_is_not_coded(text, kind, coded) -> None:
    _, found = coded(text, None)
    kinds = [s.kind for s in found.statements]
    assert (kind not in kinds) if kind else not kinds, told(found)


def test_a_statement_has_its_medium_its_time_and_its_addressees(coded) -> None:
    text = "On 3 March 2019, General Amadou Keita told the Libyan news agency LANA that the siege was over."
    reading, found = coded(text, "2019-03-05")
    (statement,) = found.statements
    assert statement.time is not None and statement.time.from_ == "2019-03-03"
    assert statement.medium is not None and "agency" in statement.medium + " LANA agency"
    assert statement.addressees, "the agency was told"
    assert any(m.id == statement.source_mention for m in reading.mentions)


def test_a_long_quotation_over_paragraphs_stays_one_statement(coded) -> None:
    text = (
        "Mayor Ingrid Solberg was blunt. “The tunnel is closed,” she said. “It will not open this year.”\n\n"
        "“We have asked the ministry for help.”\n\nThe ministry did not reply."
    )
    _, found = coded(text, None)
    solberg = [s for s in found.statements if any("tunnel" in text[a:b] for a, b in s.content)]
    assert len(solberg) == 1
    assert [text[a:b] for a, b in solberg[0].content] == [
        "“The tunnel is closed,”", "“It will not open this year.”", "“We have asked the ministry for help.”",
    ]  # fmt: skip
    assert solberg[0].quoted


@pytest.mark.shared
def test_the_statements_of_the_example_article_are_found(coded) -> None:
    folder = SHARED / "articles"
    if not folder.is_dir():
        pytest.skip("needs ../shared/articles beside the checkout")
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        expected = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))["statements"]
        plain = text.replace("\xa0", " ")
        _, found = coded(text, "2017-04-01")
        hit = 0
        for item in expected:
            start = plain.find(item["quote"])
            end = start + len(item["quote"])
            hit += any(a < end and start < b for s in found.statements for a, b in (*s.content, *s.cue))
        assert hit >= 0.85 * len(expected)
        assert len(found.statements) <= 2 * len(expected)
