"""The columns of the flat tables: name, type, meaning, and which part of a row they show."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from saydo.export.findings import Part
from saydo.export.passages import flat
from saydo.export.rows import Row

Cell = str | int | float | bool | None


class Column(NamedTuple):
    """One column. ``path`` leads to its value through the fields of a row (:mod:`saydo.export.rows`): a
    part that is None leaves the cell empty, the members of a tuple are joined by ``between``."""

    name: str
    datatype: str
    """A base type of CSV on the Web: ``string``, ``integer``, ``number``, ``boolean``."""
    about: str
    path: str
    between: str = "; "

    def cell(self, row: Row) -> Cell:
        """The value for one row."""
        return _walk(row, self.path.split("."), self.between)


def _walk(value: object, path: list[str], between: str) -> Cell:
    if isinstance(value, tuple):
        members = [_walk(member, path, between) for member in value]
        if all(member is None for member in members):
            return None
        return between.join("" if member is None else flat(str(member)) for member in members)
    if value is None or not path:
        assert value is None or isinstance(value, str | int | float | bool)
        return flat(value) if isinstance(value, str) else value
    return _walk(getattr(value, path[0]), path[1:], between)


_CITATION = (
    Column("quote", "string", "the full sentence or sentences it stands in", "citation.quote"),
    Column("document", "string", "id of the report", "citation.document"),
    Column("title", "string", "title of the report", "citation.title"),
    Column("publisher", "string", "who published the report", "citation.publisher"),
    Column("published", "string", "publication date, ISO 8601", "citation.published"),
    Column("url", "string", "where the report was published", "citation.url"),
    Column("timecode", "string", "hh:mm:ss at which the words are spoken", "citation.timecode"),
    Column("start", "integer", "first character of the quote in the report's text", "citation.start"),
    Column("end", "integer", "character after the last of the quote", "citation.end"),
)
_SAID = (
    Column("said_by", "string", "who asserts it, where not the report itself", "said_by.name"),
    Column("said_by_id", "string", "actor id of who asserts it", "said_by.actor"),
    Column("attributed_to", "string", "id of the statement that asserts it", "attributed_to"),
)
_CODED = (
    Column("rule", "string", "codebook rule that coded it", "rule"),
    Column("score", "number", "0 to 1: how sure the coding is", "score"),
)
_REALIS = (
    Column("realis", "string", "actual, historical, future or hypothetical", "realis"),
    Column("polarity", "string", "negative: the text says that it is not so", "polarity"),
)

_ACTORS = (
    Column("id", "string", "stable id of the actor", "id"),
    Column("name", "string", "what the case calls it", "name"),
    Column("kind", "string", "state, government, armed group, person, …", "kind"),
    Column("country", "string", "ISO 3166-1 alpha-3 or a PLOVER international code", "country"),
    Column("sector", "string", "PLOVER sector", "sector"),
    Column("aliases", "string", "other names in the reports", "aliases"),
    Column("wikidata", "string", "Wikidata id", "wikidata"),
    Column("mentions", "integer", "times it is mentioned", "mentions"),
    Column("events", "integer", "events it takes part in", "events"),
    Column("ties", "integer", "ties it is an end of", "ties"),
    Column("statements", "integer", "statements it is the source of", "statements"),
    Column("merged", "string", "ids of the records that were taken for it", "merged.id"),
    Column("documents", "string", "ids of the reports that name it", "documents"),
    Column("resolved_by", "string", "what resolved it: codebook, introduced, …", "resolved_by"),
    Column("reason", "string", "why it was resolved so", "reason"),
)

_EVENTS = (
    Column("id", "string", "id of the event in its report", "id"),
    Column("type", "string", "PLOVER event type", "type"),
    Column("mode", "string", "PLOVER mode", "mode"),
    Column("contexts", "string", "PLOVER contexts", "contexts"),
    Column("actors", "string", "who did it", "actor_parties.name"),
    Column("actor_ids", "string", "their actor ids, in the same order", "actor_parties.actor"),
    Column("recipients", "string", "to whom", "recipient_parties.name"),
    Column("recipient_ids", "string", "their actor ids, in the same order", "recipient_parties.actor"),
    Column("from", "string", "first day on which it can have happened, ISO 8601", "time.from_"),
    Column("to", "string", "last day on which it can have happened", "time.to"),
    Column("time_precision", "string", "day, month, year, …", "time.precision"),
    Column("place", "string", "where it happened", "where.name"),
    Column("place_words", "string", "the words for the place", "where.text"),
    Column("country", "string", "country of the place, ISO 3166-1 alpha-3", "where.country"),
    Column("latitude", "number", "degrees, WGS 84", "where.lat"),
    Column("longitude", "number", "degrees, WGS 84", "where.lon"),
    Column("place_precision", "string", "exact, city, district, admin1, country, …", "where.precision"),
    Column("geonames_id", "integer", "GeoNames id of the place", "where.geonames_id"),
    Column("killed_low", "integer", "people killed, at least", "killed.low"),
    Column("killed_high", "integer", "people killed, at most; empty: open above", "killed.high"),
    Column("killed_words", "string", "the words that say how many were killed", "killed.text"),
    Column("injured_low", "integer", "people injured, at least", "injured.low"),
    Column("injured_high", "integer", "people injured, at most; empty: open above", "injured.high"),
    Column("injured_words", "string", "the words that say how many were injured", "injured.text"),
    Column("weapon", "string", "the words for the weapon", "weapon_words"),
    *_REALIS,
    *_SAID,
    Column("trigger", "string", "the word that names the event", "trigger_words"),
    *_CODED,
    *_CITATION,
)

_TIES = (
    Column("id", "string", "id of the tie in its report", "id"),
    Column("type", "string", "allegiance, command, rivalry, …", "type"),
    Column("from", "string", "the actor it goes out from", "from_party.name"),
    Column("from_id", "string", "its actor id", "from_party.actor"),
    Column("to", "string", "the actor or place it goes to", "to_party.name"),
    Column("to_id", "string", "its actor id", "to_party.actor"),
    Column("role", "string", "title of an office, kind of a succession", "role"),
    Column("state", "string", "current, ended or unknown", "state"),
    Column("since", "string", "since when it holds, ISO 8601", "since"),
    Column("until", "string", "until when it held, ISO 8601", "until"),
    *_REALIS,
    *_SAID,
    Column("trigger", "string", "the word that names the tie", "trigger_words"),
    *_CODED,
    *_CITATION,
)

_STATEMENTS = (
    Column("id", "string", "id of the statement in its report", "id"),
    Column("kind", "string", "assertion, pledge, denial, …", "kind"),
    Column("speaker", "string", "who said it", "speaker.name"),
    Column("speaker_id", "string", "actor id of the speaker", "speaker.actor"),
    Column("source_words", "string", "the words that name the speaker", "source_words"),
    Column("addressees", "string", "to whom", "addressee_parties.name"),
    Column("addressee_ids", "string", "their actor ids, in the same order", "addressee_parties.actor"),
    Column("cue", "string", "the words that report the saying", "cue_words"),
    Column("content", "string", "what was said", "content_words"),
    Column("quoted", "boolean", "true: the content stands in quotation marks", "quoted"),
    Column("from", "string", "first day on which it can have been said, ISO 8601", "time.from_"),
    Column("to", "string", "last day on which it can have been said", "time.to"),
    Column("time_precision", "string", "day, month, year, …", "time.precision"),
    Column("medium", "string", "how it was said: on the radio, in a letter, …", "medium"),
    Column("events", "string", "ids of the events it asserts", "events"),
    Column("ties", "string", "ids of the ties it asserts", "ties"),
    *_CODED,
    *_CITATION,
)


def _poles(name: str, about: str, between: str = "; ") -> tuple[Column, Column]:
    return (
        Column(f"statement.{name}", "string", f"of the statement: {about}", f"statement.{name}"),
        Column(
            f"against.{name}", "string", f"of what stands against it: {about}", f"against.{name}", between
        ),
    )


_DISCREPANCIES = (
    Column("id", "string", "id of the discrepancy in the case", "id"),
    Column("kind", "string", "commitment, denial, account, position or tie", "kind"),
    Column("basis", "string", "flagged: a report says so itself; inferred: saydo matched it", "basis"),
    Column("speaker", "string", "whose statement it is", "speaker_name"),
    Column("speaker_id", "string", "actor id of the speaker", "speaker"),
    *_poles("quote", "the full sentence", between=" | "),
    Column("field", "string", "of kind account: what differs", "field"),
    Column("explanation", "string", "the steps that join the two", "explanation"),
    *_poles("document", "id of the report"),
    *_poles("id", "id of the record in its report"),
    *_poles("record", "statement, event or tie"),
    *_poles("title", "title of the report"),
    *_poles("publisher", "who published the report"),
    *_poles("published", "publication date, ISO 8601"),
    *_poles("url", "where the report was published"),
    *_poles("timecode", "hh:mm:ss at which the words are spoken"),
    Column("rule", "string", "rule that found it", "rule"),
    Column("score", "number", "0 to 1: the probability that an analyst keeps it", "score"),
    Column("needs_review", "boolean", "whether a person should look before it is passed on", "needs_review"),
)

COLUMNS: Mapping[Part, tuple[Column, ...]] = MappingProxyType(
    {
        "actors": _ACTORS,
        "events": _EVENTS,
        "ties": _TIES,
        "statements": _STATEMENTS,
        "discrepancies": _DISCREPANCIES,
    }
)
