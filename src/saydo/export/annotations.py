"""W3C Web Annotation: every finding as an annotation of the words it stands on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from saydo.export.case_parts import json_array, stable_uuid
from saydo.export.contract import Left, Sidecar, notes
from saydo.export.findings import Part, passages
from saydo.export.passages import Passages, finding, flat, spans
from saydo.export.words import DISCREPANCY, STATEMENT, TIE
from saydo.model.case import CaseDocument, CaseView
from saydo.model.records import Event, Offsets, Statement, Tie

Annotation = dict[str, Any]
AROUND = 32
"""Characters before and after the words, to find them again in a text that differs a little."""


class WebAnnotation:
    """For annotation tools and as evidence: each finding as a W3C Web Annotation on the exact words, by quote
    and by position."""

    name = "webannotation"
    extension = ".jsonld"
    media_type = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
    tables: tuple[Part, ...] = ("events", "ties", "statements", "discrepancies")

    def limits(self, table: Part) -> tuple[str, ...]:
        """What an annotation has no place for."""
        return (
            "Positions count code points of the text that saydo read, from which menus and the like are "
            "gone: in the page itself the quote finds the words, the position does not.",
            "A report without a web address is a URN that only this case knows.",
            "What was found is a line of text and tags; times, places, numbers, and the ids of actors are "
            "in jsonl.",
        )

    def chunks(self, view: CaseView, table: Part, left: Left | None = None) -> Iterator[str]:
        """One collection with one page, an annotation a line."""
        made = _discrepancies(view) if table == "discrepancies" else _findings(view, table)
        collection, page = (f"urn:uuid:{stable_uuid('anno', n, table, view.name)}" for n in ("all", "page"))
        start = (
            f'{{"@context":"http://www.w3.org/ns/anno.jsonld","id":"{collection}",'
            f'"type":"AnnotationCollection","label":"saydo {table}",'
            f'"first":{{"id":"{page}","type":"AnnotationPage","startIndex":0,"items":['
        )
        return json_array(made, start, "]}}\n")

    def sidecar(self, table: Part, file_name: str, left: Mapping[str, int] | None = None) -> Sidecar:
        """``FILE-notes.txt``."""
        return notes(f"saydo {table} as Web Annotations", file_name, self.limits(table), left)


def _findings(view: CaseView, table: Part) -> Iterator[Annotation]:
    for of in passages(view):
        for found in getattr(of.record, table):
            where = found.content if isinstance(found, Statement) else spans(found)
            targets = [_target(of.document, span) for span in where]
            yield _annotation((of.document.id, found.id), _words(of, found), _tags(found), targets)


def _discrepancies(view: CaseView) -> Iterator[Annotation]:
    for found in view.discrepancies:
        targets = []
        for pole in (found.statement, *found.against):
            document = view.document(pole.document)
            stands = finding(view.record(pole.document), pole.id)
            targets += [_target(document, span) for span in spans(stands)]
        text = f"{DISCREPANCY[found.kind][0]}. {flat(found.explanation)}"
        tags = (found.kind, found.basis, *(("needs review",) if found.needs_review else ()))
        yield _annotation(("discrepancy", found.id), text, tags, targets, motivation="assessing")


def _annotation(
    key: tuple[str, ...],
    text: str,
    tags: Iterable[str],
    targets: list[dict[str, Any]],
    motivation: str = "classifying",
) -> Annotation:
    body = [{"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": text}]
    body += [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in tags]
    return {
        "id": f"urn:uuid:{stable_uuid('anno', *key)}",
        "type": "Annotation",
        "motivation": motivation,
        "generator": {"id": "urn:saydo", "type": "Software", "name": "saydo"},
        "body": body,
        "target": targets if len(targets) > 1 else targets[0],
    }


def _target(document: CaseDocument, span: Offsets) -> dict[str, Any]:
    start, end = span
    web = document.url if document.url and document.url.startswith(("http://", "https://")) else None
    return {
        "type": "SpecificResource",
        "source": web or f"urn:saydo:report:{quote(document.id, safe='', errors='replace')}",
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": document.text[start:end],
                "prefix": document.text[max(0, start - AROUND) : start],
                "suffix": document.text[end : end + AROUND],
            },
            {"type": "TextPositionSelector", "start": start, "end": end},
        ],
    }


def _words(of: Passages, found: Event | Tie | Statement) -> str:
    if isinstance(found, Statement):
        speaker = of.speaker(found)
        return f"{STATEMENT[found.kind][0]} by {flat(speaker.name) if speaker else 'somebody not told'}"
    if isinstance(found, Tie):
        text = f"{flat(of.party(found.from_).name)} {TIE[found.type]} {flat(of.party(found.to).name)}"
    else:
        who, whom = (
            ", ".join(flat(party.name) for party in of.parties(side))
            for side in (found.actors, found.recipients)
        )
        text = found.type.lower() + (f" ({found.mode})" if found.mode else "")
        text += f": {who or 'not told'} → {whom}" if whom else f": {who}" if who else ""
    said_by = of.said_by(found)
    denied = " (said not to be so)" if found.polarity == "negative" else ""
    return f"{text}{denied}{f', asserted by {flat(said_by.name)}' if said_by else ''}"


def _tags(found: Event | Tie | Statement) -> tuple[str, ...]:
    if isinstance(found, Statement):
        return (found.kind,)
    mode = (found.mode,) if isinstance(found, Event) and found.mode else ()
    return (found.type, *mode, found.realis, found.polarity)
