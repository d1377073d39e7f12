"""The last step of intake: clean text and facts become an immutable Document."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from saydo.intake.dates import day, day_in_name
from saydo.intake.results import Intaken
from saydo.intake.source import Clean, Facts, Source
from saydo.model.document import Document, text_sha256
from saydo.model.errors import InputError


def assemble(clean: Clean, original: bytes, media_type: str, source: Source) -> Intaken:
    """The document of a report; raises InputError where it holds no text or too much of it.

    Without an id of its own a document is identified by the SHA-256 of its text, so that the same text has
    the same id everywhere. What the source says of itself goes before what the archive, feed or server said
    about it, except for the address: where it was fetched is a fact.
    """
    check_text(clean.text, source)
    facts = clean.facts.or_else(source.facts)
    if source.facts.url and facts.url != source.facts.url:
        facts = replace(facts, url=source.facts.url).noting(("canonical_url", clean.facts.url or ""))
    facts = _dated(_within(facts, source), source.name)
    document = Document(
        id=facts.id or text_sha256(clean.text),
        text=clean.text,
        date=facts.date,
        title=facts.title,
        publisher=facts.publisher,
        url=facts.url,
        language=facts.language,
        author=facts.author,
        source_sha256=hashlib.sha256(original).hexdigest(),
        timecodes=clean.timecodes,
        metadata=facts.extra,
    )
    return Intaken(document, original, media_type, source.origin, source.capture)


def check_text(text: str, source: Source) -> None:
    """Raises InputError for a text that is empty, only white space, or beyond the limit."""
    if not text:
        raise InputError("is empty: it holds no text")
    if not text.strip():
        raise InputError("holds only white space")
    if len(text) > source.limits.max_text:
        raise InputError(
            f"its text has {len(text):,} characters, over the limit of {source.limits.max_text:,} for one "
            "report; split it into its reports (one per line of a .jsonl file)"
        )


def _within(facts: Facts, source: Source) -> Facts:
    """The facts, none of them longer than the limits: longer ones are cut and that is noted. An id or address
    cut short would be another, so that an address goes and an id is refused."""
    most, longest = source.limits.max_name, source.limits.max_id
    if facts.id is not None and len(facts.id) > longest:
        raise InputError(
            f"its id has {len(facts.id):,} characters, over the limit of {longest:,}; shorten it"
        )
    for name in ("title", "author", "publisher", "language", "date"):
        value = getattr(facts, name)
        if value is not None and len(value) > most:
            facts = replace(facts, **{name: value[:most]}).noting(
                (f"{name}_cut", f"of {len(value):,} characters")
            )
    if facts.url is not None and len(facts.url) > most:
        facts = replace(facts, url=None).noting(("url_dropped", f"of {len(facts.url):,} characters"))
    return facts


def _dated(facts: Facts, name: str) -> Facts:
    """The facts with an ISO day, or with none and the reason in the metadata."""
    if facts.date is not None:
        found = day(facts.date)
        if found.iso is not None:
            return replace(facts, date=found.iso)
        facts = replace(facts, date=None).noting(
            ("date_as_given", facts.date), ("date_unread", found.reason or "")
        )
    in_name = day_in_name(name)
    if in_name is not None:
        return replace(facts, date=in_name).noting(("date_from", "file name"))
    return facts
