"""``saydo explain``: a reading and its findings, to be read from top to bottom."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence

import typer
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from saydo import desk
from saydo.cli.coding import Choice, day
from saydo.model.linked import LinkedReading
from saydo.model.reading import Sentence, Token, TokenRange
from saydo.model.records import Count, Discrepancy, Event, Offsets, Record, Statement, Tie, When


def explain(text: str, choice: Choice, as_json: bool) -> None:
    """Reads a text and prints the explanation."""
    date = day(choice.date)
    if text == "-":
        text = sys.stdin.read()
    reader, codebook = choice.load()
    explained = desk.explain(text, reader, codebook, date=date)
    if as_json:
        typer.echo(json.dumps(explained.as_json(), ensure_ascii=False, indent=2).encode() + b"\n", nl=False)
        return
    console = Console(highlight=False)
    for part in Page(explained).parts():
        console.print(part)


class Page:
    """The parts of an explanation, in reading order."""

    def __init__(self, explained: desk.Explanation) -> None:
        self._explained = explained
        self._linked: LinkedReading = explained.linked
        self._record: Record = explained.record
        self._text = explained.linked.reading.document.text
        self._names = {actor.id: actor.name for actor in self._record.actors}
        self._mentions = {mention.id: mention for mention in self._record.mentions}

    def parts(self) -> Iterator[RenderableType]:
        """Sentences with their trees, who and where and when, attributions, findings, what was withheld."""
        coder = self._record.coder
        yield Text(f"saydo {coder.version} · reader {coder.reader} · codebook {coder.codebook}", style="dim")
        for number, sentence in enumerate(self._linked.reading.sentences, start=1):
            yield self._sentence(number, sentence)
        yield from self._section("Mentions", self._mention_rows())
        yield from self._section("Places", self._place_rows())
        yield from self._section("Times", self._time_rows())
        yield from self._section("Attributions", self._attribution_rows())
        for title, found in (
            ("Statements", [self._statement(each) for each in self._record.statements]),
            ("Events", [self._event(each) for each in self._record.events]),
            ("Ties", [self._tie(each) for each in self._record.ties]),
            ("Discrepancies", [self._discrepancy(each) for each in self._record.discrepancies]),
        ):
            yield heading(title)
            yield Group(*found) if found else Padding(Text("none", style="dim"), (0, 0, 0, 2), expand=False)
        yield from self._section("Withheld or not resolved", self._note_rows())

    def _sentence(self, number: int, sentence: Sentence) -> RenderableType:
        tokens = self._linked.reading.tokens[sentence.first : sentence.last]
        table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
        for name in ("", "word", "lemma", "part", "relation", "of"):
            table.add_column(name, justify="right" if not name else "left", no_wrap=True)
        for token in tokens:
            head = self._linked.reading.tokens[token.head]
            root = token.head == token.i
            table.add_row(
                str(token.i - sentence.first + 1),
                Text(
                    "· " * depth(token, self._linked.reading.tokens) + token.text,
                    style="bold" if root else "",
                ),
                Text(token.lemma),
                token.upos,
                token.deprel,
                Text("" if root else f"{head.text} {head.i - sentence.first + 1}", style="dim"),
            )
        words = Text(" ".join(self._text[sentence.start : sentence.end].split()))
        return Group(
            heading(f"Sentence {number}"),
            Padding(words, (0, 0, 1, 2), expand=False),
            Padding(table, (0, 0, 0, 2), expand=False),
        )

    def _section(self, title: str, rows: Iterable[Sequence[str]]) -> Iterator[RenderableType]:
        rows = list(rows)
        yield heading(title)
        if not rows:
            yield Padding(Text("none", style="dim"), (0, 0, 0, 2), expand=False)
            return
        table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
        for number in range(len(rows[0])):
            table.add_column(style="bold" if number == 0 else "", overflow="fold")
        for row in rows:
            table.add_row(*(Text(cell) for cell in row))
        yield Padding(table, (0, 0, 0, 2), expand=False)

    def _mention_rows(self) -> Iterator[Sequence[str]]:
        for mention in self._linked.mentions:
            words = self._explained.words((mention.first, mention.last))
            who = f"→ {self._name(mention.actor)}" if mention.actor else "→ nobody"
            yield words, mention.type, who, mention.reason

    def _place_rows(self) -> Iterator[Sequence[str]]:
        for found in self._linked.places:
            place = found.place
            where = ", ".join(part for part in (place.name, place.admin1, place.country) if part) or "nowhere"
            yield place.text, f"→ {where}", place.precision or "", place.reason

    def _time_rows(self) -> Iterator[Sequence[str]]:
        for found in self._linked.times:
            time = found.time
            about = "about " if time.approximate else ""
            yield time.text, f"→ {about}{interval(time.from_, time.to)}", time.precision, time.reason

    def _attribution_rows(self) -> Iterator[Sequence[str]]:
        for attribution in self._linked.reading.attributions:
            yield (
                self._ranges(attribution.source) or "(nobody named)",
                self._ranges(attribution.cue) or "(no cue)",
                self._ranges(attribution.content),
                f"{attribution.score:.2f}",
            )

    def _note_rows(self) -> Iterator[Sequence[str]]:
        for note in self._record.notes:
            words = "" if note.start is None or note.end is None else self._span((note.start, note.end))
            yield note.about, words, note.reason

    def _statement(self, s: Statement) -> RenderableType:
        source = (
            self._who((s.source_mention,)) if s.source_mention else self._spans(s.source) or "nobody named"
        )
        return self._finding(
            f"{s.id} {s.kind}", s.score, s.rule,
            ("source", source),
            ("to", self._who(s.addressees)),
            ("cue", self._spans(s.cue)),
            ("content", self._spans(s.content)),
            ("as", ("quoted" if s.quoted else "reported") + (f", in {s.medium}" if s.medium else "")),
            ("time", when(s.time)),
            ("asserts", ", ".join((*s.events, *s.ties))),
        )  # fmt: skip

    def _event(self, e: Event) -> RenderableType:
        place = self._record.places[e.place] if e.place is not None else None
        return self._finding(
            f"{e.id} {e.type}" + (f" / {e.mode}" if e.mode else ""), e.score, e.rule,
            ("actor", self._who(e.actors) or "nobody named"),
            ("recipient", self._who(e.recipients)),
            ("trigger", self._span(e.trigger)),
            ("place", (place.name or place.text) if place else ""),
            ("time", when(e.time)),
            ("killed", toll(e.killed)),
            ("injured", toll(e.injured)),
            ("weapon", self._who((e.weapon,)) if e.weapon else ""),
            ("contexts", ", ".join(e.contexts)),
            ("holds as", holds(e.realis, e.polarity, e.attributed_to)),
            ("evidence", self._span(e.evidence)),
        )  # fmt: skip

    def _tie(self, t: Tie) -> RenderableType:
        return self._finding(
            f"{t.id} {t.type}", t.score, t.rule,
            ("from", self._who((t.from_,))),
            ("to", self._who((t.to,))),
            ("role", t.role or ""),
            ("trigger", self._span(t.trigger)),
            ("time", interval(t.since, t.until) if t.since or t.until else ""),
            ("state", t.state),
            ("holds as", holds(t.realis, t.polarity, t.attributed_to)),
            ("evidence", self._span(t.evidence)),
        )  # fmt: skip

    def _discrepancy(self, d: Discrepancy) -> RenderableType:
        return self._finding(
            f"{d.id} {d.kind}" + (f" ({d.field})" if d.field else ""), d.score, f"{d.rule}, {d.basis}",
            ("speaker", d.speaker_name or self._name(d.speaker)),
            ("statement", f"{d.statement.id}: {flat(d.statement.quote)}"),
            *(("against", f"{pole.id}: {flat(pole.quote)}") for pole in d.against),
            ("because", d.explanation),
            ("note", "needs review" if d.needs_review else ""),
        )  # fmt: skip

    def _finding(self, title: str, score: float, rule: str, *facts: tuple[str, str]) -> RenderableType:
        head = Text.assemble((title, "bold"), (f"   score {score:.2f} · rule {rule}", "dim"))
        table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
        table.add_column(style="dim", justify="right", no_wrap=True)
        table.add_column(overflow="fold")
        for name, value in facts:
            if value:
                table.add_row(name, Text(value))
        return Padding(Group(head, Padding(table, (0, 0, 0, 2), expand=False)), (0, 0, 0, 2), expand=False)

    def _name(self, actor: str | None) -> str:
        return "nobody" if actor is None else self._names.get(actor, actor)

    def _who(self, mentions: Iterable[str]) -> str:
        told = []
        for id in mentions:
            mention = self._mentions[id]
            name = self._names.get(mention.actor or "", "")
            told.append(f"{mention.text} = {name}" if name and name != mention.text else mention.text)
        return "; ".join(told)

    def _span(self, span: Offsets) -> str:
        return flat(self._text[span[0] : span[1]])

    def _spans(self, spans: Iterable[Offsets]) -> str:
        return " … ".join(self._span(span) for span in spans)

    def _ranges(self, ranges: Iterable[TokenRange]) -> str:
        return " … ".join(flat(self._explained.words(each)) for each in ranges)


def heading(title: str) -> RenderableType:
    """The title of a part, with room above it."""
    return Padding(Text(title, style="bold underline"), (1, 0, 0, 0), expand=False)


def depth(token: Token, tokens: Sequence[Token]) -> int:
    """How many words govern a word, one above the other."""
    steps = 0
    while token.head != token.i and steps < len(tokens):
        token = tokens[token.head]
        steps += 1
    return steps


def flat(text: str) -> str:
    """A passage on one line."""
    return " ".join(text.split())


def interval(start: str | None, end: str | None) -> str:
    """A closed interval of days; an open end is an ellipsis."""
    if start is None and end is None:
        return "unknown"
    return start if start == end and start else f"{start or '…'} – {end or '…'}"


def when(time: When | None) -> str:
    """A time as it is printed; empty for none."""
    return interval(time.from_, time.to) if time else ""


def toll(count: Count | None) -> str:
    """A number of people with the words that say it."""
    if count is None:
        return ""
    high = "or more" if count.high is None else "" if count.high == count.low else f"– {count.high}"
    return f"{count.low} {high}".strip() + f" (“{count.text}”)"


def holds(realis: str, polarity: str, attributed_to: str | None) -> str:
    """Whether a finding is told as a fact, a plan or a denial, and by whom."""
    voice = f"told by {attributed_to}" if attributed_to else "told by the report itself"
    return ", ".join([realis, *(["negated"] if polarity == "negative" else []), voice])
