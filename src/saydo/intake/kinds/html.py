"""Web pages: the article without the furniture, a paragraph per block; facts from the page's metadata."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

from saydo.intake import frontmatter
from saydo.intake.decode import decode
from saydo.intake.kinds.plain import noted
from saydo.intake.source import Clean, Facts, Source
from saydo.model.errors import InputError
from saydo.model.ids import fold

if TYPE_CHECKING:
    from lxml.etree import _Element

_META_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]+encoding\s*=\s*[\"']([\w.:-]+)", re.I)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_BLOCKS = frozenset("p head item quote row code list table div body main article section".split())
_PAGE_BLOCKS = _BLOCKS | frozenset(
    "h1 h2 h3 h4 h5 h6 li ul ol tr td th blockquote pre dd dt header figure figcaption address html".split()
)
_FURNITURE = ("script", "style", "noscript", "template", "nav", "footer", "form", "iframe", "svg", "head")


def read(data: bytes, source: Source) -> Clean:
    """The article of a page, with title, author, publisher, date, language and address where it has them.

    The date is the one of first publication, from the page's metadata; days named in its prose are no dates
    of publication and are not looked at. Raises InputError where the page shows no text.
    """
    decoded = decode(data, source.charset or _declared(data))
    markup = _parsable(decoded.text)
    from trafilatura.core import bare_extraction

    _without_a_word("trafilatura", "htmldate")

    # The library can also give a dict; asked as here it gives its Document.
    page: Any = bare_extraction(
        markup,
        url=source.facts.url,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        # A fixed upper bound: the library's own is today, and the same page must always read the same.
        date_extraction_params={"extensive_search": False, "original_date": True, "max_date": "2199-12-31"},
    )
    facts = _facts(page, markup, source)
    blocks = blocks_of(page.body, _BLOCKS) if page is not None and page.body is not None else []
    if blocks and facts.title and fold(blocks[0]) == fold(facts.title):
        blocks = blocks[1:]
    if not blocks:
        blocks = page_blocks(markup)
    if not blocks:
        raise InputError(
            "the page shows no text; it may be built by a script: save it from a browser as .html"
        )
    return Clean("\n\n".join(blocks), noted(facts, decoded))


def _without_a_word(*libraries: str) -> None:
    """Keep what libraries log about odd pages off the terminal where no logging is set up."""
    for name in libraries:
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())


def fragment_text(markup: str) -> str:
    """The text of a piece of HTML (a feed entry), a paragraph per block, nothing left out."""
    return "\n\n".join(page_blocks(_parsable(markup)))


def page_blocks(markup: str) -> list[str]:
    """All visible text of a page, block by block: for pages in which no article can be made out."""
    from lxml import etree, html

    if not markup.strip():
        return []
    try:
        tree = html.document_fromstring(markup, parser=html.HTMLParser(huge_tree=True))
    except (etree.ParserError, ValueError):
        return []
    etree.strip_elements(tree, *_FURNITURE, with_tail=False)
    return blocks_of(tree, _PAGE_BLOCKS)


def blocks_of(root: _Element, block_tags: frozenset[str]) -> list[str]:
    """The text of a tree as blocks; spaces are folded, cells of a row are parted by tabs."""
    blocks: list[str] = []
    run: list[str] = []

    def close() -> None:
        lines = (" ".join(line.split()) for line in "".join(run).split("\n"))
        block = "\n".join(line for line in lines if line).replace("\x00", "\t").strip()
        if block:
            blocks.append(block)
        run.clear()

    # An explicit stack: hostile pages nest deeper than Python recurses.
    stack: list[tuple[_Element, bool]] = [(root, False)]
    while stack:
        element, leaving = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else None
        if leaving:
            if tag in ("cell", "td", "th"):
                run.append("\x00")
            elif tag in block_tags:
                close()
            run.append(_spaced(element.tail))
            continue
        if tag is None:
            run.append(_spaced(element.tail))
            continue
        in_row = tag in ("cell", "td", "th")
        if tag in block_tags and not in_row:
            close()
        run.append("\n" if tag in ("lb", "br") else _spaced(element.text))
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    close()
    return [block.strip("\t ") for block in blocks if block.strip("\t \n")]


def _spaced(text: str | None) -> str:
    """Text with line ends of the markup as spaces: only ``br`` breaks a line."""
    return re.sub(r"[\r\n\x00]+", " ", text) if text else ""


def _declared(data: bytes) -> str | None:
    match = _XML_CHARSET.search(data[:1024]) or _META_CHARSET.search(data[:4096])
    return match[1].decode("ascii") if match else None


def _parsable(text: str) -> str:
    """The markup without what an HTML parser stumbles over: zero bytes, surrogates, an XML declaration."""
    text = text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")
    return _XML_DECLARATION.sub("", text)


def _facts(page: Any, markup: str, source: Source) -> Facts:
    attributes = _page_attributes(markup)
    if page is None:
        return attributes
    publisher = page.sitename or None
    found = Facts(
        title=page.title or None,
        author=page.author or None,
        date=page.date or None,
        publisher=publisher,
        url=page.url or None,
    )
    facts = found.or_else(attributes)
    if facts.publisher is None and source.facts.publisher is None and page.hostname:
        facts = facts.or_else(Facts(publisher=page.hostname.removeprefix("www.")))
    if page.description:
        facts = facts.noting(("description", page.description))
    return facts


def _page_attributes(markup: str) -> Facts:
    """The page's language, and ``meta`` names that say what front matter would say (``fiction``)."""
    from lxml import etree, html

    try:
        tree = html.document_fromstring(markup)
    except (etree.ParserError, ValueError):
        return Facts()
    pairs = [
        (str(meta.get("name")), str(meta.get("content")))
        for meta in tree.iter("meta")
        if meta.get("name") and meta.get("content") and frontmatter.is_known(str(meta.get("name")))
    ]
    title = tree.findtext(".//title")
    language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    return frontmatter.facts_from(pairs).or_else(
        Facts(title=" ".join(title.split()) if title else None, language=language)
    )
