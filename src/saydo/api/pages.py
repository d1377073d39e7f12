"""What a notebook shows of a report, of findings and of a case: HTML that runs nothing and fetches nothing.

Every word of a report is escaped. Colours are the report page's own, on a ground of their own, so that they
can be read on light and dark notebooks alike: JupyterLab, VS Code and Colab tell which one it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from saydo import desk

if TYPE_CHECKING:
    from saydo.model.case import CaseView
    from saydo.model.records import Record

MOST_ROWS = 10
MOST_WORDS = 160
"""Characters of a passage in a table; the whole stands in its title, which shows when it is pointed at."""
LONGEST = 20_000
"""Characters of a text that are shown; the rest is in ``report.text``."""

_LIGHT = (
    "--card:#fff;--ink:#1c2326;--soft:#566066;--line:#e0dcd1;--faint:#f1eee6;--said:#1f5f99;--said-mark:#d6e6f5;"
    "--done-mark:#fce0cb;--tied-mark:#eadcf0;--q1:#2473ab;--q2:#0a7d5a;--q3:#946200;--q4:#c2480a;"
    "--chain:#1f5f99;--belonging:#8d3d80;--support:#0a7d5a;--fight:#c2480a;--where:#7b8388;"
)
_DARK = (
    "--card:#1b2124;--ink:#e7e4dc;--soft:#a3adb2;--line:#323a3e;--faint:#20272a;--said:#8cbdea;"
    "--said-mark:#1d4468;--done-mark:#653012;--tied-mark:#4d2f5c;--q1:#6cb4e8;--q2:#4fc19b;--q3:#eab54a;"
    "--q4:#f08a54;--chain:#8cbdea;--belonging:#d99acd;--support:#4fc19b;--fight:#f08a54;--where:#98a2a7;"
)
_DARK_GROUNDS = ("html[theme=dark]", "[data-jp-theme-light=false]", "[data-theme=dark]", "body.vscode-dark")
_OWN = """
--sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif;
background: var(--card); color: var(--ink); border: 1px solid var(--line); border-radius: .6rem;
padding: .8rem 1rem; max-width: 62rem; font: .95rem/1.55 var(--sans);
* { box-sizing: border-box; }
p, figure, ul { margin: 0; padding: 0; list-style: none; }
.head { font-weight: 650; font-size: 1.05rem; } .meta { color: var(--soft); font-size: .87rem; }
.words { margin: .7rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
mark { color: inherit; border-radius: .2rem; padding: .05em 0; }
mark.said { background: var(--said-mark); } mark.done { background: var(--done-mark); }
mark.tied { background: var(--tied-mark); }
mark.said.done, mark.said.tied, mark.done.tied { text-decoration: underline; text-underline-offset: .2em; }
.key span { padding: 0 .4em; border-radius: .2rem; margin-inline-end: .8em; color: var(--ink); }
table { border-collapse: collapse; margin: .5rem 0; width: 100%; background: transparent; }
th, td { text-align: start; vertical-align: top; padding: .25rem .6rem; border-top: 1px solid var(--line);
  color: var(--ink); background: transparent; font-size: .87rem; white-space: normal;
  overflow-wrap: break-word; }
th { color: var(--soft); font-weight: 600; border-top: 0; }
.picture { margin-top: .7rem; }
.canvas svg { min-width: 0; }
"""
SHOWN: dict[str, tuple[tuple[str, str], ...]] = {
    "events": (
        ("from", "day"), ("type", "event"), ("mode", "how"), ("actors", "who"), ("recipients", "to whom"),
        ("place", "where"), ("quote", "in the words of the report"),
    ),
    "ties": (
        ("type", "tie"), ("from", "from"), ("to", "to"), ("state", "state"), ("since", "since"),
        ("until", "until"), ("quote", "in the words of the report"),
    ),
    "statements": (
        ("from", "day"), ("kind", "kind"), ("speaker", "who"), ("addressees", "to whom"), ("content", "what"),
    ),
    "discrepancies": (
        ("kind", "kind"), ("speaker", "who"), ("statement.quote", "said"), ("against.quote", "against it"),
        ("basis", "basis"), ("score", "score"),
    ),
    "actors": (
        ("name", "name"), ("kind", "kind"), ("country", "country"), ("mentions", "mentions"),
        ("events", "events"), ("ties", "ties"), ("statements", "statements"),
    ),
}  # fmt: skip
"""Columns of a table that a notebook shows, and what it calls them."""


@cache
def _style() -> Markup:
    """One style sheet; every rule holds inside of ``.saydo-page`` alone."""
    dark = ", ".join(f"{ground} .saydo-page" for ground in _DARK_GROUNDS)
    css = f".saydo-page {{ {_LIGHT} {_OWN} {desk.pictures_css()} .canvas svg {{ min-width: 0; }} }}"
    return Markup("<style>{} {} {{ {} }}</style>").format(Markup(css), Markup(dark), Markup(_DARK))


def _page(*parts: str) -> str:
    """A block of its own; characters that HTML cannot hold are shown as U+FFFD."""
    whole = Markup('{}<div class="saydo-page">{}</div>').format(
        _style(), Markup("").join(escape(part) for part in parts)
    )
    return "".join(
        "\ufffd" if (c < " " and c not in "\t\n\r") or "\ud800" <= c <= "\udfff" else c for c in whole
    )


def report_html(view: CaseView, failure: str | None, discrepancies: Iterable[desk.Row]) -> str:
    """The one report of a view: its text with what was found in it, its ties and its events in pictures."""
    document = view.documents[0]
    known = " · ".join(word for word in (document.publisher, document.date) if word)
    head = Markup('<p class="head">{}</p><p class="meta">{}</p>').format(
        document.title or "Report without a title", known or "publisher and day not known"
    )
    if failure is not None or not view.records:
        return _page(head, Markup("<p>Not coded: {}</p>").format(failure or "no record of it"))
    record = view.records[0]
    key = Markup(
        '<p class="meta key">Marked: <span style="background:var(--said-mark)">said ({})</span>'
        '<span style="background:var(--done-mark)">done ({})</span>'
        '<span style="background:var(--tied-mark)">tied ({})</span>underlined: more than one</p>'
    ).format(len(record.statements), len(record.events), len(record.ties))
    parts = [head, key, _text(view, record)]
    for picture, title in zip(desk.figures_of(view), ("Ties", "Events and binding statements"), strict=True):
        if picture is not None:
            parts.append(_figure(picture, title))
    listed = list(islice(discrepancies, MOST_ROWS))
    if listed:
        parts.append(Markup('<p class="meta">Words and conduct that part:</p>'))
        parts.append(_table("discrepancies", listed))
    return _page(*parts)


def _text(view: CaseView, record: Record) -> Markup:
    text = view.documents[0].text
    sides = {f.id: "said" for f in record.statements} | {f.id: "done" for f in record.events}
    sides |= {f.id: "tied" for f in record.ties}
    pieces = []
    for run in desk.cut_runs(text[:LONGEST], desk.marks_of(view.documents[0], record)):
        marked = sorted({sides[id] for id in run.findings if id in sides})
        if marked:
            pieces.append(Markup('<mark class="{}">{}</mark>').format(" ".join(marked), run.text))
        else:
            pieces.append(escape(run.text))
    more = len(text) - LONGEST
    if more > 0:
        pieces.append(Markup('<span class="meta"> … {:,} more characters</span>').format(more))
    return Markup('<div class="words" dir="auto">{}</div>').format(Markup("").join(pieces))


def _figure(picture: desk.Figure, title: str) -> Markup:
    legend = Markup("").join(Markup("<li>{} {}</li>").format(swatch, name) for name, swatch in picture.legend)
    return Markup(
        '<figure class="picture" aria-label="{}"><div class="canvas">{}</div>'
        '<figcaption><ul class="legend">{}</ul></figcaption></figure>'
    ).format(title, picture.svg, legend)


def findings_html(table: desk.Table, rows: Iterable[desk.Row], number: int) -> str:
    """The first rows of a table with the columns that a reader looks for first."""
    shown = min(number, MOST_ROWS)
    told = f"{number:,} {table}" + (f", the first {shown} of them:" if number > shown else "")
    return _page(Markup('<p class="head">{}</p>').format(told), _table(table, rows))


def _table(table: desk.Table, rows: Iterable[desk.Row]) -> Markup:
    columns = {column.name: column for column in desk.columns_of(table)}
    head = Markup("").join(Markup("<th>{}</th>").format(name) for _, name in SHOWN[table])
    lines = []
    for row in islice(rows, MOST_ROWS):
        cells = [columns[name].cell(row) for name, _ in SHOWN[table]]
        lines.append(Markup("<tr>{}</tr>").format(Markup("").join(map(_cell, cells))))
    return Markup("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(
        head, Markup("").join(lines)
    )


def _cell(value: desk.Cell) -> Markup:
    if isinstance(value, float):
        return Markup("<td>{:.2f}</td>").format(value)
    text = "" if value is None else str(value)
    if len(text) <= MOST_WORDS:
        return Markup('<td dir="auto">{}</td>').format(text)
    return Markup('<td dir="auto" title="{}">{}…</td>').format(text, text[:MOST_WORDS].rstrip())


def case_html(name: str, counts: Mapping[str, int], discrepancies: Iterable[desk.Row]) -> str:
    """The case at a glance: what it holds, and the strongest discrepancies."""
    counted = " · ".join(f"{number:,} {what}" for what, number in counts.items() if number)
    head = Markup('<p class="head">{}</p><p class="meta">{}</p>')
    parts = [head.format(name, counted or "nothing in it yet")]
    listed = list(islice(discrepancies, MOST_ROWS))
    if listed:
        parts.append(_table("discrepancies", listed))
    return _page(*parts)
