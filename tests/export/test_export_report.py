"""The report shows the whole case, is inert, stands alone, and can be read by everybody."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from importlib import resources
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from export_case import ACTORS, Report, build_case, reports

from saydo.export.report import build, render
from saydo.model.capture import Capture
from saydo.model.case import CaseView, Commitment, Incident, SkippedInput

VOID = {"meta", "br", "link", "img", "hr", "input", "col"}


class Outline(HTMLParser):
    """The elements of a page; fails where one is closed that is not open."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.marked: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open, f"never closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "mark":
            self.marked.append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1] == tag, f"</{tag}> closes <{self.open[-1:]}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if "mark" in self.open:
            self.marked[-1] += data


PAGE = render(build_case())
OUTLINE = Outline(PAGE)


def words(page: str) -> str:
    """The page without its marks-up, on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.split("</style>")[1]).split())


def test_both_passages_of_a_discrepancy_are_shown_in_full_with_the_evidence_marked() -> None:
    text = " ".join(re.sub(r"</?mark>", "", PAGE).split())
    assert (
        "The Delta Guard will not fire on the grain port of Atyrau while talks go on, its commander" in text
    )
    assert "Fighters of the Reed Company shelled the grain silos for an hour, killing three dockers" in text
    assert OUTLINE.marked == [
        "The Delta Guard will not fire on the grain port of Atyrau while talks go on",
        "shelled",
        "his men had ever taken money from the Salt Road Front",
        "paid",
        "Two people died at the silos, not more",
        "shelled",
    ]


def test_discrepancies_come_strongest_first_with_kind_basis_explanation_and_score() -> None:
    text = words(PAGE)
    kinds = ["A promise, and what was then done", "A denial, and a report", "Two accounts of one event"]
    assert [text.index(kind) for kind in kinds] == sorted(text.index(kind) for kind in kinds)
    assert "strength 0.88" in text and "inferred" in text and "they differ in how many were killed" in text
    assert "under its command (t2) , shelled it (e0) ." in text
    assert '<span class="ids">(t2)</span>' in PAGE
    assert "the verdict is the reader’s." in text


def test_a_passage_names_its_report_date_and_time_code() -> None:
    text = words(PAGE)
    assert "[2] Shells fall on the grain port , Caspian Wire , 10 May 2019" in text
    assert "Radio Estuary , 12 May 2019, at 00:01:00" in text
    assert "ASSAULT (heavy-weapons) · Reed Company · 9 May 2019 · Atyrau · according to port staff" in text


def test_two_findings_of_one_sentence_share_its_passage() -> None:
    denial = build(build_case()).discrepancies[1]
    (against,) = denial.against
    assert len(against.coded) == 2, "the payment as event and as tie"


def test_the_summary_counts_everything_and_names_what_was_skipped() -> None:
    view = build_case()
    page = build(view)
    assert [(what, number) for what, number, _ in page.counts] == [
        ("reports", 4),
        ("actors", len(view.actors)),
        ("events", sum(len(r.events) for r in view.records)),
        ("ties", sum(len(r.ties) for r in view.records)),
        ("statements", sum(len(r.statements) for r in view.records)),
        ("discrepancies", 3),
    ]
    assert "reports/torn.pdf not a PDF: it has no trailer" in words(PAGE)
    assert "Reports published 4 May – 21 June 2019." in words(PAGE)
    assert "Estuary Post 2" in words(PAGE)


def test_pledges_are_counted_as_kept_and_broken_with_the_conduct() -> None:
    broken, kept = build(build_case()).pledges
    assert (broken.speaker, broken.broken, broken.kept) == ("Ilya Marsh", 1, 0)
    assert broken.lines[0].conduct[0][0].startswith("Fighters of the Reed Company shelled")
    assert (kept.speaker, kept.broken, kept.kept) == ("Government of Kazakhstan", 0, 1)


def test_fiction_is_said_only_where_a_source_says_it() -> None:
    assert "Fiction." in words(PAGE)
    for metadata in ((), (("fiction", "no"),), (("genre", "fiction report"),)):
        report = reports()[0]
        report.metadata = metadata
        assert "Fiction." not in words(render(build_case([report])))


def test_ties_that_a_text_denies_are_not_drawn_as_ties() -> None:
    page = build(build_case())
    assert page.ties_figure is not None
    drawn = page.ties_figure.svg
    assert "Salt Road Front supports Delta Guard (sponsorship, ended, 2018; 1 report)" in drawn
    assert "Harbour Council fights" not in drawn and "Delta Guard fights" not in drawn
    assert "2 ties that a text denies" in page.ties_figure.note


def test_reports_of_the_same_tie_are_one_line_of_the_picture() -> None:
    twice = [reports()[0], reports()[0]]
    twice[1].id = "again"
    page = build(build_case(twice))
    led = [tie for tie in page.ties if (tie.source, tie.verb) == ("Ilya Marsh", "leads")]
    assert [(tie.target, tie.reports) for tie in led] == [("Delta Guard", 2)]


def test_accounts_of_one_incident_are_one_event_with_the_range_of_its_toll() -> None:
    members = (("breach", "e0"), ("radio", "e0"))
    page = build(build_case(incidents=(Incident("i0", "ASSAULT", members, "same day, same place"),)))
    (shelling,) = [event for event in page.events if event.accounts > 1]
    assert (shelling.toll, shelling.who, shelling.sources) == ("2–3 killed", "Reed Company", (2, 3))


def test_an_incident_has_the_date_of_the_account_that_gives_one() -> None:
    view = build_case(incidents=(Incident("i0", "ASSAULT", (("breach", "e0"), ("radio", "e0")), "same"),))
    breach = view.records[1]
    undated = breach.model_copy(
        update={"events": (breach.events[0].model_copy(update={"time": None}), *breach.events[1:])}
    )
    page = build(replace(view, records=(view.records[0], undated, *view.records[2:])))
    (shelling,) = [event for event in page.events if event.accounts > 1]
    assert shelling.date == "9 May 2019"


def test_numbers_in_the_picture_are_those_of_the_list() -> None:
    page = build(build_case())
    assert page.events_figure is not None
    drawn = re.findall(r'class="mark-number">(\d+)<', page.events_figure.svg)
    assert sorted(map(int, drawn)) == [event.number for event in page.events if event.date]


def test_undated_and_unreal_events_are_left_out_of_the_picture_and_counted() -> None:
    report = reports()[1]
    report.event("ASSAULT", "struck", None)
    report.event("ASSAULT", "tearing", "2019-05-10", realis="hypothetical")
    report.event("ASSAULT", "brought", "2019-05-10", polarity="negative")
    figure = build(build_case([report])).events_figure
    assert figure is not None
    assert "1 event without a date not drawn." in figure.note
    assert "2 events that a text denies, expects or only imagines left out." in figure.note


def hostile() -> CaseView:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&{{7*7}}"
    report = Report(
        "evil", f"{evil} said no. The {evil} struck.", title=evil, publisher=evil, date="2020-01-01"
    )
    ACTORS["evil"] = ACTORS["delta-guard"].model_copy(update={"id": "evil", "name": evil, "aliases": (evil,)})
    who = report.mention(evil, "evil")
    said = report.statement("denial", who, "said", "no", medium=evil)
    struck = report.event("ASSAULT", "struck", "2020-01-01", actors=(who,))
    report.tie("rivalry", who, report.mention("The", None), "struck", role=evil)
    found = (
        build_case()
        .discrepancies[0]
        .model_copy(
            update={
                "speaker_name": evil,
                "explanation": evil,
                "statement": report.pole(said),
                "against": (report.pole(struck),),
            }
        )
    )
    view = build_case([report], name=evil, discrepancies=(found,), skipped=(SkippedInput(evil, evil),))
    documents = tuple(replace(d, url="javascript:alert(1)", origin=evil, author=evil) for d in view.documents)
    return replace(view, documents=documents)


def test_markup_in_a_report_is_inert() -> None:
    page = render(hostile())
    outline = Outline(page)
    assert "&lt;script&gt;alert(1)" in page, "the words themselves are shown"
    assert "{{7*7}}" in page, "and are no template"
    for tag, attributes in outline.elements:
        assert tag not in ("script", "img", "iframe", "object", "embed", "form"), tag
        assert not [name for name in attributes if name.startswith("on")], attributes
        address = attributes.get("href") or ""
        assert address.startswith(("#", "https://", "http://")) or not address, address


def test_the_page_fetches_nothing_and_says_so_to_the_browser() -> None:
    assert "default-src 'none'" in PAGE
    assert not [a for _, a in OUTLINE.elements if "src" in a]
    style = PAGE.split("<style>")[1].split("</style>")[0]
    assert "url(" not in style and "@import" not in style
    assert not [t for t, a in OUTLINE.elements if t in ("link", "script")]
    assert all(str(a["href"]).startswith("#") for t, a in OUTLINE.elements if t == "a"), (
        "no source had an address"
    )


def test_a_source_from_the_web_has_its_record_of_capture() -> None:
    capture = Capture(
        "2026-05-04T09:08:07Z", "http://news.example/old", "https://news.example/<new>", 200, (), "ab" * 32,
        "saydo 0.1.0",
    )  # fmt: skip
    view = build_case()
    page = render(replace(view, captures={view.documents[0].id: capture}))
    assert (
        "captured 4 May 2026, 09:08:07 UTC from https://news.example/&lt;new&gt;, asked for as "
        f"http://news.example/old, answer 200, by saydo 0.1.0; body {'ab' * 32}" in page
    )
    assert "captured" not in render(view).partition('id="sources"')[2]


def test_web_addresses_of_sources_are_linked_without_a_referrer() -> None:
    view = build_case()
    with_url = (replace(view.documents[0], url="https://example.org/a?b=1&c=2"), *view.documents[1:])
    outline = Outline(render(replace(view, documents=with_url)))
    (link,) = [a for t, a in outline.elements if t == "a" and str(a["href"]).startswith("https:")]
    assert link["href"] == "https://example.org/a?b=1&c=2" and "noreferrer" in str(link["rel"])


def test_every_reference_on_the_page_leads_somewhere() -> None:
    ids = [attributes["id"] for _, attributes in OUTLINE.elements if "id" in attributes]
    assert len(set(ids)) == len(ids)
    for _, attributes in OUTLINE.elements:
        for name in ("href", "aria-labelledby"):
            for target in str(attributes.get(name) or "").split():
                assert target.removeprefix("#") in ids, f"{name}={target}"


def test_headings_form_an_outline_and_pictures_have_a_name() -> None:
    levels = [int(tag[1]) for tag, _ in OUTLINE.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    pictures = [a for t, a in OUTLINE.elements if t == "svg"]
    assert all("aria-labelledby" in a or a.get("aria-hidden") == "true" for a in pictures)
    landmarks = [t for t, _ in OUTLINE.elements]
    assert all(landmarks.count(t) == 1 for t in ("main", "nav", "footer")) and "header" in landmarks
    assert ("html", {"lang": "en"}) in OUTLINE.elements


def test_the_pictures_are_well_formed_svg() -> None:
    page = build(build_case())
    assert page.ties_figure and page.events_figure
    for figure in (page.ties_figure, page.events_figure):
        root = ElementTree.fromstring(figure.svg)
        assert root.find("{http://www.w3.org/2000/svg}title") is not None
        for _, swatch in figure.legend:
            ElementTree.fromstring(swatch)


def test_the_same_case_gives_the_same_bytes_whatever_the_hash_order() -> None:
    code = "import sys; from export_case import build_case; from saydo.export.report import render\n"
    code += "sys.stdout.buffer.write(render(build_case()).encode())"
    here = str(Path(__file__).parent)
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": here}
        made = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True)
        assert made.stdout.decode() == PAGE


def test_an_empty_case_is_a_whole_page_that_says_so() -> None:
    page = render(build_case([], coder=None))
    Outline(page)
    for line in ("None was found.", "No event was found.", "Nothing was skipped.", "nothing is coded yet"):
        assert line in words(page)


def test_characters_that_html_cannot_hold_are_replaced() -> None:
    report = Report("odd", "A\x00b\ud800c said no.", title="x\x1by", publisher=None, date=None)
    report.statement("denial", report.mention("A\x00b\ud800c"), "said", "no")
    page = render(build_case([report]))
    assert "A\ufffdb\ufffdc" in page and "x\ufffdy" in page
    page.encode("utf-8")


def test_text_of_either_direction_is_isolated() -> None:
    report = Report("rtl", "قال المجلس no.", title="تقرير", publisher="وكالة", date=None)
    report.statement("denial", report.mention("المجلس"), "قال", "no")
    outline = Outline(render(build_case([report])))
    assert ("cite", {"dir": "auto"}) in outline.elements


def test_long_lists_are_cut_and_say_so() -> None:
    many = [SkippedInput(f"file {n}", "empty") for n in range(300)]
    text = words(render(build_case(skipped=tuple(many))))
    assert "200 of 300 skipped inputs" in text and "file 199" in text and "file 200" not in text


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _themes() -> list[dict[str, str]]:
    css = resources.files("saydo.export").joinpath("templates/report.css").read_text(encoding="utf-8")
    light, dark = (
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block)) for block in css.split(":root {")[1:3]
    )
    return [light, {**light, **dark}]


@pytest.mark.parametrize("theme", _themes(), ids=["light", "dark"])
def test_colours_have_enough_contrast(theme: dict[str, str]) -> None:
    text = [("ink", "paper"), ("ink", "card"), ("soft", "paper"), ("soft", "card"), ("soft", "faint")]
    text += [("accent", "paper"), ("said", "card"), ("against", "card"), ("ink", "said-mark")]
    text += [("ink", "against-mark"), ("kept", "kept-fill"), ("broken", "broken-fill"), ("open", "open-fill")]
    text += [(f"q{n}", "card") for n in (1, 2, 3, 4)]
    lines = [(name, "card") for name in ("chain", "belonging", "support", "fight", "where")]
    for pairs, least in ((text, 4.5), (lines, 3.0)):
        for front, back in pairs:
            high, low = sorted((_luminance(theme[front]), _luminance(theme[back])), reverse=True)
            assert (high + 0.05) / (low + 0.05) >= least, f"{front} on {back}"


def test_a_tie_of_somebody_unnamed_is_in_the_table_but_not_in_the_picture() -> None:
    report = Report(
        "r",
        "The owners feed the herders. Delta Guard fights River Police.",
        title=None,
        publisher=None,
        date=None,
    )
    owners, herders = report.mention("The owners"), report.mention("the herders")
    report.mentions = [mention.model_copy(update={"named": False}) for mention in report.mentions]
    report.tie("sponsorship", owners, herders, "feed")
    report.tie(
        "rivalry",
        report.mention("Delta Guard", "delta-guard"),
        report.mention("River Police", "river-police"),
        "fights",
    )
    page = build(build_case([report]))
    assert [tie.source for tie in page.ties] == ["Delta Guard", "The owners"]
    assert page.ties_figure is not None and "owners" not in page.ties_figure.svg
    assert "1 tie of somebody whom the text does not name" in page.ties_figure.note


def test_quoted_words_are_not_put_in_quotation_marks_twice() -> None:
    report = Report(
        "r", "“We will not go,” he said, “not now.”", title=None, publisher=None, date="2020-01-01"
    )
    he = report.mention("he", "ilya-marsh", "person")
    report.statement("pledge", he, "said", "“We will not go,”", quoted=True)
    second = report.at("“not now.”")
    report.statements = [s.model_copy(update={"content": (*s.content, second)}) for s in report.statements]
    (speaker,) = build(build_case([report])).speakers
    assert speaker.rows[0].words == "We will not go, … not now."


def test_pledges_beyond_the_most_are_open_ones_and_counted() -> None:
    view = build_case()
    kept, open_ = view.commitments[1], replace_outcome(view.commitments[0], "open")
    page = build(build_case(commitments=(*[open_] * 200, kept)))
    assert (page.pledges_shown.shown, page.pledges_shown.of) == (120, 201)
    assert page.pledges[0].kept == 1 and "120 of 201 pledges" in words(
        render(build_case(commitments=(*[open_] * 200, kept)))
    )


def replace_outcome(commitment: Commitment, outcome: str) -> Commitment:
    return commitment._replace(outcome=outcome, against=())


def test_speakers_without_a_name_are_not_taken_for_one_another() -> None:
    made = []
    for n in (1, 2):
        report = Report(
            f"r{n}", f"He said that {n} boats left.", title=None, publisher=None, date="2020-01-01"
        )
        report.statement("assertion", report.mention("He"), "said", f"that {n} boats left")
        report.mentions = [mention.model_copy(update={"named": False}) for mention in report.mentions]
        made.append(report)
    page = build(build_case(made))
    assert not page.speakers and page.nameless is not None
    assert [(row.who, row.words) for row in page.nameless.rows] == [
        ("He", "that 1 boats left"),
        ("He", "that 2 boats left"),
    ]


def test_the_same_words_in_a_reprint_are_one_line_with_both_sources() -> None:
    twice = [reports()[2], reports()[2]]
    twice[1].id = "again"
    (speaker,) = [s for s in build(build_case(twice)).speakers if s.name == "Ilya Marsh"]
    assert [row.sources for row in speaker.rows] == [(1, 2), (1, 2)] and speaker.more == 0
    assert speaker.counts == ("4 assertions",)


def test_only_words_that_the_report_quotes_stand_in_quotation_marks() -> None:
    report = reports()[2]
    report.statements = [s.model_copy(update={"quoted": s.id == "s1"}) for s in report.statements]
    page = render(build_case([report]))
    assert "<q>We have no quarrel with the Harbour Council</q>" in page
    assert '<span class="told">Two people died at the silos, not more</span>' in page
