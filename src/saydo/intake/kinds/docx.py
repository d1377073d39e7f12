"""Word documents: paragraphs and tables in reading order, and the core properties."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from saydo.intake import frontmatter
from saydo.intake.source import Clean, Facts, Source
from saydo.model.errors import InputError


def read(data: bytes, source: Source) -> Clean:
    """The text of a ``.docx`` file, a blank line between paragraphs, cells of a table row parted by tabs.

    Raises InputError where the file is damaged or would unpack beyond the limit.
    """
    _check_package(data, source.limits.max_unpacked_bytes)
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        document = docx.Document(io.BytesIO(data))
        blocks = [block for block in _blocks(document) if block.strip()]
        facts = _facts(document.core_properties)
    except (OpcError, LxmlError, KeyError, ValueError, zipfile.BadZipFile) as err:
        raise InputError(
            f"the Word file is damaged ({type(err).__name__}); open it in a word processor and save it anew"
        ) from None
    header, text = frontmatter.split("\n".join(blocks[:1]) + "\n\n" + "\n\n".join(blocks[1:]))
    if header == Facts():
        text = "\n\n".join(blocks)
    return Clean(text.rstrip("\n"), header.or_else(facts))


def _check_package(data: bytes, most: int) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError):
        raise InputError("the Word file is cut short or damaged; get a complete copy") from None
    if any(part.flag_bits & 1 for part in parts):
        raise InputError("the Word file asks for a password; save it without one")
    if sum(part.file_size for part in parts) > most:
        raise InputError(f"the Word file unpacks to more than {most:,} bytes; it is no ordinary document")
    if not any(part.filename == "word/document.xml" for part in parts):
        raise InputError("is a zip archive but no Word file; unpack it first")


def _blocks(container: Any) -> Iterator[str]:
    from docx.table import Table

    for item in container.iter_inner_content():
        if isinstance(item, Table):
            for row in item.rows:
                # Merged cells come up once per column that they span.
                cells = list(dict.fromkeys(row.cells))
                yield "\t".join(" ".join(cell.text.split()) for cell in cells)
        else:
            yield str(item.text)


def _facts(properties: Any) -> Facts:
    extra: list[tuple[str, str]] = []
    if properties.created is not None:
        extra.append(("date_from", "Word creation date"))
    extra.extend(
        (name, str(getattr(properties, name)))
        for name in ("subject", "keywords", "category", "last_modified_by")
        if getattr(properties, name)
    )
    return Facts(
        title=properties.title or None,
        author=properties.author or None,
        date=properties.created.date().isoformat() if properties.created is not None else None,
        language=properties.language or None,
        extra=tuple(extra),
    )
