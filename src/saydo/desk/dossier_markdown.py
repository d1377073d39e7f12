"""A dossier as Markdown, with footnotes to the exact words. Whatever stands in a report stays words:
nothing of it becomes markup."""

from __future__ import annotations

import re
from collections.abc import Iterator

from saydo.desk.discrepancy import ContextPassage, DiscrepancyFile
from saydo.desk.dossier import Dossier, Note, printed, words_of
from saydo.desk.grades import Grades
from saydo.export.words import day
from saydo.model.grading import Graded

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&$!^])")
_AT_START = re.compile(r"^(\d{0,9})([-+=.)])")
_VERDICT = {"uphold": "upheld", "reject": "rejected", "unclear": "left open"}
_WEB = re.compile(r"https?://[^\s<>]+")


def markdown(made: Dossier) -> str:
    """The whole dossier as one text."""
    return "\n".join(_lines(made)).rstrip() + "\n"


def _lines(made: Dossier) -> Iterator[str]:
    yield f"# {plain(made.title)}"
    yield ""
    yield f"Case {plain(made.case)}, {printed(made.made)}."
    if made.limits:
        yield f"Cut down to: {plain('; '.join(made.limits))}."
    yield ""
    yield (
        "saydo shows what reports say and where their words part. It does not say who is right: the verdict "
        "is the reader’s. Numbers lead to the exact words."
    )
    if made.who is not None:
        w = made.who
        yield ""
        yield f"Commitments kept: {w.kept}; broken: {w.broken}; open: {w.open}."
        yield f"Discrepancies: {w.discrepancies}."
    if made.commitments:
        yield from ("", "## Commitments", "")
        for k in made.commitments:
            facing = "; ".join(_quoted(made, p) for p in k.conduct)
            yield f"- **{k.outcome.capitalize()}.** {_quoted(made, k.said)}{f': {facing}' if facing else ''}"
    for n, file in enumerate(made.files, start=1):
        yield from _file(made, n, file)
    if not made.files:
        yield from ("", "No discrepancy passes.")
    if made.cut:
        rest = "the next part goes on" if made.following else "the others are left out"
        yield from ("", f"Only {len(made.files)} discrepancies are in this part; {rest}.")
    yield ""
    for note in made.notes:
        yield _note(note, made.grades)
    if made.head is not None:
        yield ""
        yield (
            f"Made when the log of the case ended with entry {made.head.number}, SHA-256 {made.head.hash}. "
            "The case can be held against it: `saydo verify --head`."
        )


def _file(made: Dossier, number: int, file: DiscrepancyFile) -> Iterator[str]:
    view = file.view
    yield from ("", f"## {number}. {plain(view.speaker_name)}: {plain(view.title)}", "")
    if view.field:
        yield f"They differ in {plain(view.field)}."
        yield ""
    yield f"**{view.said_heading}:** {_quoted(made, file.said)}"
    yield ""
    for p in file.against:
        yield f"**{view.against_heading}:** {_quoted(made, p)}"
        yield ""
    yield f"{plain(''.join(word.text for word in file.explanation))} {view.basis_words}"
    yield ""
    for step in file.steps:
        notes = "".join(f"[^{made.note(p)}]" for p in step.passages)
        yield f"- {plain(step.line)}{notes}"
    review = " It needs review." if view.needs_review else ""
    yield f"- Strength {view.score:.2f}: the probability that an analyst keeps it, no verdict.{review}"
    if view.verdict is not None:
        v = view.verdict
        why = f": {plain(v.why)}" if v.why else ""
        yield f"- Verdict: {_VERDICT[v.kind]} by {plain(v.who)} on {day(v.at)}{why}"
    else:
        yield "- Verdict: none yet"
    graded = made.grades.discrepancy(view.id)
    if graded is not None:
        yield f"- {_graded('Claim', graded)}"
    yield f"- Discrepancy {plain(view.id)}"


def _quoted(made: Dossier, passage: ContextPassage) -> str:
    return f"“{plain(words_of(passage))}”[^{made.note(passage)}]"


def _graded(sort: str, graded: Graded) -> str:
    d = graded.decision
    why = f": {plain(d.why)}" if d.why else ""
    return f"{sort} graded {graded.grade}, {graded.words}, by {plain(d.who)} on {day(d.at)}{why}"


def _note(note: Note, grades: Grades) -> str:
    p, heading = note.passage, note.passage.view.heading
    where = [
        plain(heading.publisher or "publisher not given"),
        plain(f"“{' '.join((heading.title or heading.origin).split())}”"),
        plain(day(heading.date) or "no date"),
    ]
    link = ""
    if p.url:
        link = f" <{p.url}>." if _WEB.fullmatch(p.url) else f" {plain(p.url)}."
    held = (("Source", grades.source(heading.id)), ("Claim", grades.claim(heading.id, p.view.finding)))
    told = "".join(f" {_graded(sort, graded)}." for sort, graded in held if graded is not None)
    return (
        f"[^{note.number}]: “{plain(words_of(p))}” {', '.join(where)}.{link}{told} "
        f"Report {plain(heading.id)}, code points {p.start} to {p.end} of the text with the SHA-256 "
        f"{p.text_sha256}."
    )


def plain(text: str) -> str:
    """Words that stay words in Markdown, on one line."""
    return _AT_START.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", " ".join(text.split())))
