"""Markdown: the words a reader would see, a paragraph per block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from saydo.intake import frontmatter
from saydo.intake.decode import decode
from saydo.intake.kinds.plain import noted
from saydo.intake.source import Clean, Facts, Source

if TYPE_CHECKING:
    from markdown_it.token import Token


def read(data: bytes, source: Source) -> Clean:
    """The text of a Markdown file without its markup; a leading top heading gives the title."""
    decoded = decode(data, source.charset)
    facts, body = frontmatter.split(decoded.text)
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    title = _title(tokens)
    if title and not facts.title:
        facts = facts.or_else(Facts(title=title))
    return Clean("\n\n".join(_blocks(tokens)), noted(facts, decoded))


def _title(tokens: list[Token]) -> str | None:
    opening = tokens[:2]
    if len(opening) == 2 and opening[0].type == "heading_open" and opening[0].tag == "h1":
        return _words(opening[1]).strip() or None
    return None


def _blocks(tokens: list[Token]) -> list[str]:
    blocks: list[str] = []
    cells: list[str] | None = None
    for token in tokens:
        if token.type == "tr_open":
            cells = []
        elif token.type == "tr_close":
            blocks.append("\t".join(cells or ()))
            cells = None
        elif token.type == "inline":
            (blocks if cells is None else cells).append(_words(token).strip())
        elif token.type in ("fence", "code_block"):
            blocks.append(token.content.strip("\n"))
        elif token.type == "html_block":
            blocks.append(_html_words(token.content))
    return [block for block in blocks if block.strip()]


def _words(token: Token) -> str:
    parts: list[str] = []
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type == "softbreak":
            parts.append(" ")
        elif child.type == "hardbreak":
            parts.append("\n")
    return "".join(parts)


def _html_words(markup: str) -> str:
    from lxml import etree, html

    try:
        fragment = html.fragment_fromstring(markup, create_parent="div")
    except (etree.ParserError, ValueError):
        return ""
    etree.strip_elements(fragment, etree.Comment, "script", "style", with_tail=False)
    return " ".join(fragment.text_content().split())
