"""PDF: the text layer, its lines joined into paragraphs by where they stand on the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from saydo.intake.source import Clean, Facts, Source
from saydo.model.errors import InputError

_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD
_HYPHENS = ("\x02", "\u00ad")
"""Hyphens that end a line: pdfium's own mark for one that it took out, and the soft hyphen."""


class _Row(NamedTuple):
    """One printed line: its words and its box in points from the lower left corner of the page."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


def read(data: bytes, source: Source) -> Clean:
    """The text of a PDF and what its metadata say; running heads and page numbers are left out.

    Raises InputError for a password, damage, or pages that are pictures without a text layer.
    """
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as err:
        if err.err_code == _PASSWORD_ERROR:
            raise InputError("the PDF asks for a password; save it without one") from None
        raise InputError(f"the PDF is damaged and cannot be opened ({err}); get a fresh copy") from None
    try:
        pages = list(_pages(document, source.limits.max_text))
        facts = _facts(document.get_metadata_dict(skip_empty=True), len(pages))
    finally:
        document.close()
    text = "\n\n".join(_paragraphs(_without_running_lines(pages)))
    if not text.strip():
        raise InputError(f"the PDF has no text layer on its {len(pages)} page(s); run OCR on it first")
    return Clean(text, facts)


def _facts(info: dict[str, str], pages: int) -> Facts:
    extra = [("pages", str(pages))]
    date = info.get("CreationDate")
    if date:
        # When the file was made: often, not always, the day of publication. Say where it is from.
        extra.append(("date_from", "PDF creation date"))
    extra.extend((key.lower(), info[key]) for key in ("Subject", "Keywords") if key in info)
    return Facts(title=info.get("Title"), author=info.get("Author"), date=date, extra=tuple(extra))


def _pages(document: Any, most: int) -> Iterator[list[_Row]]:
    size = 0
    for number in range(len(document)):
        page = document[number]
        text_page = page.get_textpage()
        try:
            rows = list(_rows(text_page))
        finally:
            text_page.close()
            page.close()
        size += sum(len(row.text) for row in rows)
        if size > most:
            raise InputError(f"its text is over the limit of {most:,} characters for one report; split it")
        yield rows


def _rows(text_page: Any) -> Iterator[_Row]:
    import pypdfium2.raw as raw

    units: list[int] = []
    first: int | None = None
    last = 0
    for index in range(text_page.count_chars()):
        unit = raw.FPDFText_GetUnicode(text_page, index)
        if unit in (10, 13):
            if first is not None:
                yield _row(text_page, units, first, last)
            units, first = [], None
            continue
        units.append(unit)
        if unit > 32:
            first = index if first is None else first
            last = index
        elif unit == 2 and first is not None:
            # A hyphen at the end of a line: pdfium runs the two lines together here.
            yield _row(text_page, units, first, last)
            units, first = [], None
    if first is not None:
        yield _row(text_page, units, first, last)


def _row(text_page: Any, units: list[int], first: int, last: int) -> _Row:
    left, bottom, _, top = text_page.get_charbox(first, loose=True)
    _, end_bottom, right, end_top = text_page.get_charbox(last, loose=True)
    # pdfium gives UTF-16 units on some systems and code points on others; join what are halves.
    text = "".join(map(chr, units)).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = text.replace("\x00", "").strip()
    return _Row(text, left, min(bottom, end_bottom), right, max(top, end_top))


def _without_running_lines(pages: list[list[_Row]]) -> list[list[_Row]]:
    """Pages without the head and foot lines that recur, numbers aside, on most pages, and page numbers."""

    def key(row: _Row) -> tuple[str, int]:
        return re.sub(r"\d+", "#", row.text), round(row.bottom / 4)

    edges = Counter(key(row) for rows in pages for row in _edges(rows))
    common = {mark for mark, count in edges.items() if count >= 3 and count > len(pages) / 2}
    return [
        [
            row
            for row in rows
            if not (row in _edges(rows) and (key(row) in common or _is_page_number(row.text, len(pages))))
        ]
        for rows in pages
    ]


def _edges(rows: list[_Row]) -> list[_Row]:
    """The uppermost and the lowest two lines of a page of some length."""
    if len(rows) < 5:
        return []
    by_height = sorted(rows, key=lambda row: row.bottom)
    return by_height[:2] + by_height[-2:]


def _is_page_number(text: str, pages: int) -> bool:
    return (
        pages > 1
        and re.fullmatch(r"[-–— ]*(?:page )?\d{1,4}(?: (?:of|/) \d{1,4})?[-–— ]*", text, re.I) is not None
    )


def _paragraphs(pages: list[list[_Row]]) -> Iterator[str]:
    rows = [row for page in pages for row in page]
    if not rows:
        return
    gaps = [a.bottom - b.top for page in pages for a, b in pairwise(page) if a.bottom > b.top]
    usual_gap = median(gaps) if gaps else 0.0
    right_edge = sorted(row.right for row in rows)[int(len(rows) * 0.8)]
    paragraph: list[str] = []
    before: _Row | None = None
    for row in rows:
        if before is not None and _breaks(before, row, usual_gap, right_edge):
            yield _joined(paragraph)
            paragraph = []
        paragraph.append(row.text)
        before = row
    yield _joined(paragraph)


def _breaks(before: _Row, row: _Row, usual_gap: float, right_edge: float) -> bool:
    """Whether a paragraph ends between two lines: a gap, an indent, or a short line that ends a sentence."""
    height = max(before.top - before.bottom, 1.0)
    ended = before.text.endswith((".", "!", "?", ":", "”", '"', "’", "…", ")"))
    if row.bottom > before.bottom:
        # A new page or column: the paragraph goes on unless its last line ended a sentence early.
        return ended and before.right < right_edge - 2 * height
    if abs((before.top - before.bottom) - (row.top - row.bottom)) > 0.25 * height:
        return True
    if before.bottom - row.top > usual_gap + 0.5 * height:
        return True
    if ended and row.left > before.left + 0.8 * height:
        return True
    return ended and before.right < right_edge - 4 * height


def _joined(lines: list[str]) -> str:
    text = lines[0]
    for line in lines[1:]:
        if text.endswith(_HYPHENS):
            text = text[:-1] + line
        elif re.search(r"[^\W\d_]-$", text) and line[:1].islower():
            text = text[:-1] + line
        else:
            text = f"{text} {line}"
    for hyphen in _HYPHENS:
        text = text.replace(hyphen, "")
    return text
