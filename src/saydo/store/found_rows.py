"""From a record to the rows of ``found``: each finding with its words and the names in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from saydo.model.records import Event, Offsets, Place, Record, Statement, Tie
from saydo.model.tables import QUOTED, REPORTED
from saydo.store.columns import FOUND, Row, bounds_of, day_of

LONGEST_QUOTE = 2000
POSITION_BITS = 20
"""How far up in a key the position of the report stands."""
_WHAT = {"event": 0, "tie": 1, "statement": 2}


def key(position: int, what: str, number: int) -> int:
    """The number by which a finding is known in searches: in the order of reports, and of their text."""
    return position << POSITION_BITS | _WHAT[what] << 18 | number


def spot(place: Place | None) -> str | None:
    """A place as one word to group by: ``lat,lon,precision,country,name``, in degrees."""
    if place is None or place.lat is None or place.lon is None:
        return None
    name = place.name or place.text
    return f"{place.lat:.4f},{place.lon:.4f},{place.precision or ''},{place.country or ''},{name}"


def found_rows(record: Record, position: int, text: str) -> Iterator[Row]:
    """A row for every event, tie and statement; ``text`` is that of the report."""
    names = {actor.id: actor.name for actor in record.actors}
    called = {
        m.id: " ".join(dict.fromkeys((m.text, names.get(m.actor or "", m.text)))) for m in record.mentions
    }

    def row(
        what: str, n: int, of: Event | Tie | Statement, kind: str, facet: str | None, at: Place | None,
        who: Iterable[str | None], spans: tuple[Offsets, ...],
    ) -> Row:  # fmt: skip
        said = [called.get(mention, "") for mention in who if mention]
        start, end = min(s for s, _ in spans), max(e for _, e in spans)
        quote = " ".join(text[start : min(end, start + LONGEST_QUOTE)].split())
        place = (at.name or at.text) if at else None
        words = " ; ".join(dict.fromkeys((*said, place or "")))
        values = (
            key(position, what, n), position, what, of.id, kind, day_of(of, record), facet, of.score, place,
            spot(at), words, quote, of.rule, *bounds_of(of, record),
        )  # fmt: skip
        return Row(FOUND, values)

    for n, e in enumerate(record.events):
        where = record.places[e.place] if e.place is not None else None
        country = where.country if where else None
        yield row("event", n, e, e.type, country, where, (*e.actors, *e.recipients), (e.evidence,))
    for n, t in enumerate(record.ties):
        yield row("tie", n, t, t.type, t.state, None, (t.from_, t.to), (t.evidence,))
    for n, s in enumerate(record.statements):
        spans = s.content or s.cue or s.source
        who = (s.source_mention, *s.addressees)
        yield row("statement", n, s, s.kind, QUOTED if s.quoted else REPORTED, None, who, spans)
