"""report.html: a case as one self-contained, printable page."""

from __future__ import annotations

from saydo.export.gathered import Gathered, gather
from saydo.export.page import DiscrepancyBlock, Page, PublisherLine, Shown, SourceLine
from saydo.export.passages import flat
from saydo.export.poles import explained, passages
from saydo.export.rendered import rendered
from saydo.export.report_events import event_entries, events_figure
from saydo.export.report_people import actor_entries, nameless_block, speaker_blocks
from saydo.export.report_pledges import pledge_blocks
from saydo.export.report_ties import tie_entries, ties_figure
from saydo.export.words import BASIS, DISCREPANCY, FIELD, STATEMENT, day, period
from saydo.model.capture import Capture
from saydo.model.case import CaseDocument, CaseView
from saydo.model.records import Discrepancy

MOST_DISCREPANCIES = 100
MOST_SKIPPED = 200
_NOT_TRUE = ("", "no", "false", "0", "none")


def render(view: CaseView) -> str:
    """The whole page as HTML text; the same case gives the same text.

    Nothing in it is fetched, run or sent: no scripts, no outside files. Lists are cut where a page would
    become unreadable, and say so. Characters that HTML cannot hold are printed as U+FFFD.
    """
    return rendered("report.html", build(view))


def build(view: CaseView) -> Page:
    """What the page shows."""
    numbers = {document.id: n for n, document in enumerate(view.documents, start=1)}
    gathered = gather(view, {kind: n for n, kind in enumerate(STATEMENT)})
    sources, fiction = _sources(view, numbers, gathered)
    listed, plotted = event_entries(view, gathered, numbers)
    ties = tie_entries(gathered, numbers)
    pledges = pledge_blocks(view, numbers)
    speakers = speaker_blocks(view, gathered, numbers)
    actors = actor_entries(view)
    dates = sorted(document.date for document in view.documents if document.date)
    counts = (
        ("reports", len(sources), "sources"),
        ("actors", len(view.actors), "actors"),
        ("events", len(gathered.events), "events"),
        ("ties", len(gathered.ties), "ties"),
        ("statements", gathered.statements, "statements"),
        ("discrepancies", len(view.discrepancies), "discrepancies"),
    )
    return Page(
        name=flat(view.name),
        fiction=fiction,
        period=period(dates[0][:10], dates[-1][:10]) if dates else "",
        counts=counts,
        words=sum(source.words for source in sources),
        publishers=_publishers(view),
        skipped=tuple((s.origin, s.reason, s.harmless) for s in view.skipped[:MOST_SKIPPED]),
        skipped_shown=Shown(min(len(view.skipped), MOST_SKIPPED), len(view.skipped)),
        discrepancies=tuple(
            _discrepancy(view, found, n, numbers)
            for n, found in enumerate(view.discrepancies[:MOST_DISCREPANCIES], start=1)
        ),
        discrepancies_shown=Shown(min(len(view.discrepancies), MOST_DISCREPANCIES), len(view.discrepancies)),
        pledges=pledges.speakers,
        pledges_shown=pledges.shown,
        ties_figure=ties_figure(gathered),
        ties=ties.entries,
        ties_shown=ties.shown,
        events_figure=events_figure(view, gathered, plotted),
        events=listed.entries,
        events_shown=listed.shown,
        speakers=speakers,
        speakers_shown=Shown(len(speakers), len(gathered.speakers)),
        nameless=nameless_block(gathered, numbers),
        unnamed=gathered.unnamed,
        actors=actors,
        actors_shown=Shown(len(actors), len(view.actors)),
        sources=sources,
        coder=_coder(view),
    )


def _coder(view: CaseView) -> str:
    if view.coder is None:
        return "nothing is coded yet"
    return f"saydo {view.coder.version} · reader {view.coder.reader} · codebook {view.coder.codebook}"


def _sources(
    view: CaseView, numbers: dict[str, int], gathered: Gathered
) -> tuple[tuple[SourceLine, ...], bool]:
    """The list of sources, and whether one of them says that it is fiction."""
    lines, fiction = [], False
    for document in view.documents:
        fiction = fiction or _is_fiction(document)
        lines.append(
            SourceLine(
                number=numbers[document.id],
                title=flat(document.title or document.origin),
                publisher=flat(document.publisher or ""),
                date=day(document.date),
                author=flat(document.author or ""),
                origin=flat(document.origin),
                link=_link(document.url),
                words=document.words,
                findings=gathered.findings[document.id],
                source_sha256=document.source_sha256,
                text_sha256=document.text_sha256,
                captured=_captured(view.captures.get(document.id)),
            )
        )
    return tuple(lines), fiction


def _captured(capture: Capture | None) -> str:
    """The record of a capture in one line."""
    if capture is None:
        return ""
    at = f"{day(capture.at)}, {capture.at[11:19]} UTC" if len(capture.at) > 10 else day(capture.at)
    asked = f", asked for as {flat(capture.requested)}" if capture.requested != capture.url else ""
    return (
        f"captured {at} from {flat(capture.url)}{asked}, answer {capture.status}, by {flat(capture.tool)}; "
        f"body {capture.payload}"
    )


def _is_fiction(document: CaseDocument) -> bool:
    return any(
        key.casefold() == "fiction" and value.strip().casefold() not in _NOT_TRUE
        for key, value in document.metadata
    )


def _link(url: str | None) -> str | None:
    """The address where it is one of the web; no other scheme may become a link."""
    return url if url and url.lower().startswith(("http://", "https://")) else None


def _publishers(view: CaseView) -> tuple[PublisherLine, ...]:
    """Who published what came in, those with most reports first."""
    found: dict[str, list[tuple[str | None, int]]] = {}
    for document in view.documents:
        name = flat(document.publisher or "") or "publisher not given"
        found.setdefault(name, []).append((document.date, document.words))
    lines = []
    for name, reports in found.items():
        dates = sorted(date[:10] for date, _ in reports if date)
        span = period(dates[0], dates[-1]) if dates else ""
        lines.append(PublisherLine(name, len(reports), sum(words for _, words in reports), span))
    return tuple(sorted(lines, key=lambda line: (-line.reports, line.name)))


def _discrepancy(
    view: CaseView, found: Discrepancy, number: int, numbers: dict[str, int]
) -> DiscrepancyBlock:
    title, said, against = DISCREPANCY[found.kind]
    names = view.actor_names()
    speaker = found.speaker_name or (names.get(found.speaker, found.speaker) if found.speaker else "")
    return DiscrepancyBlock(
        number=number,
        kind=found.kind,
        title=title,
        speaker=flat(speaker or "speaker not named"),
        basis=found.basis,
        basis_words=BASIS[found.basis],
        field=FIELD.get(found.field, found.field) if found.field else "",
        explanation=explained(found.explanation),
        score=found.score,
        needs_review=found.needs_review,
        statement=passages(view, [found.statement], said, numbers)[0],
        against=passages(view, found.against, against, numbers),
    )
