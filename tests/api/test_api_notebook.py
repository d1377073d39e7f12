"""What a notebook shows: readable, escaped, running nothing and fetching nothing."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from api_reader import DEED, VOW

import saydo


class Tags(HTMLParser):
    """The tags, attributes and words of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self.marked: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attributes

    def handle_data(self, data: str) -> None:
        self.words += data
        if self.tags and self.tags[-1] == "mark":
            self.marked.append(data)
            self.tags.append("")


@pytest.fixture
def pages(coder: saydo.Coder, case: saydo.Case) -> dict[str, str]:
    made = {
        "vow": coder(VOW, date="2013-05-20"),
        "deed": coder(DEED),
        "report": case.report("deed.md"),
        "case": case,
    }
    tables = {
        name: getattr(case, name) for name in ("actors", "events", "ties", "statements", "discrepancies")
    }
    return {name: shown._repr_html_() for name, shown in {**made, **tables}.items()}


def test_the_whole_text_is_shown_with_what_was_found_marked(pages: dict[str, str]) -> None:
    assert DEED in Tags(pages["deed"]).words
    assert Tags(pages["vow"]).marked[-1] == "they would not shell Bossangoa"
    assert 'class="said' in pages["vow"] and 'class="done' in pages["deed"]


def test_events_are_drawn_over_time(pages: dict[str, str]) -> None:
    tags = Tags(pages["report"]).tags
    assert "svg" in tags and "assault" in Tags(pages["report"]).words


def test_nothing_is_run_and_nothing_is_fetched(pages: dict[str, str]) -> None:
    for name, page in pages.items():
        tags = Tags(page)
        assert not {"script", "link", "img", "iframe", "object", "form"} & set(tags.tags), name
        assert not [
            key for key, _ in tags.attributes if key.startswith("on") or key in ("src", "href", "srcset")
        ], name
        assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org/2000/svg)", page), name


def test_the_words_of_a_report_cannot_become_tags(coder: saydo.Coder) -> None:
    report = coder(DEED, title='<script>alert("a")</script>', publisher="<img src=x onerror=alert(1)>")
    for page in (report._repr_html_(), report.events._repr_html_()):
        assert not {"script", "img"} & set(Tags(page).tags)
    assert '<script>alert("a")</script>' in Tags(report._repr_html_()).words


def test_every_rule_of_the_style_holds_inside_of_the_block_alone(pages: dict[str, str]) -> None:
    """A notebook's own pages look as before: at the outermost level every rule begins with the block."""
    css = re.search(r"<style>(.*)</style>", pages["deed"], re.S)
    assert css is not None
    depth, outermost, at = 0, [], ""
    for letter in css[1]:
        at = "" if letter in "{}" and depth else at + letter
        if letter == "{":
            outermost += [at] if depth == 0 else []
            depth += 1
        elif letter == "}":
            depth -= 1
            at = ""
    assert depth == 0 and len(outermost) == 2
    assert all(".saydo-page" in selector for rule in outermost for selector in rule.split(","))


def test_dark_notebooks_get_dark_colours(pages: dict[str, str]) -> None:
    for ground in ("[data-jp-theme-light=false]", "body.vscode-dark", "html[theme=dark]"):
        assert f"{ground} .saydo-page" in pages["deed"]


def test_long_tables_and_texts_are_cut_and_say_so(
    case: saydo.Case, coder: saydo.Coder, monkeypatch: pytest.MonkeyPatch
) -> None:
    from saydo.api import pages

    monkeypatch.setattr(pages, "MOST_ROWS", 2)
    monkeypatch.setattr(pages, "LONGEST", 10)
    assert "4 events, the first 2 of them:" in case.events._repr_html_()
    assert f"… {len(DEED) - 10} more characters" in coder(DEED)._repr_html_()


def test_the_plain_form_is_one_short_line(case: saydo.Case, coder: saydo.Coder) -> None:
    for shown in (case, case.events, case.reports, case.report("deed.md"), coder, coder(DEED * 1)):
        assert "\n" not in repr(shown) and len(repr(shown)) < 130
