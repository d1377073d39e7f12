"""Events as POLECAT tables have them: 40 columns, tab-separated, one row an event, in PLOVER's terms.

The columns are those of the weekly files of POLECAT (Halterman, Bagozzi, Beger, Schrodt, Scarborough 2023).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from saydo.export.codes import country, intensity
from saydo.export.contract import Left
from saydo.export.flat_table import Field, FlatTable
from saydo.export.told_events import ONLY_HAPPENED, Side, ToldEvent, happened, listed, told_events
from saydo.export.words import QUAD
from saydo.model.case import CaseView


def _of_sides(
    of: Callable[[ToldEvent], tuple[Side, ...]], value: Callable[[Side], Iterable[str | None]]
) -> Callable[[ToldEvent], str | None]:
    return lambda told: listed(each for side in of(told) for each in value(side))


def _cow(side: Side) -> tuple[str | None, ...]:
    found = country(side.country)
    return (str(found.cow) if found and found.cow else None,)


def _first_sector(sides: tuple[Side, ...]) -> str | None:
    return next((side.sector for side in sides if side.sector), None)


def _side_fields(
    actor: str, title: str, of: Callable[[ToldEvent], tuple[Side, ...]]
) -> tuple[Field[ToldEvent], ...]:
    return (
        Field(f"{title} Name", "string", f"name of the {actor}, where one is known",
              _of_sides(of, lambda s: (s.name if s.known else None,))),
        Field(f"{title} Country", "string", "ISO 3166-1 alpha-3 or a PLOVER international code",
              _of_sides(of, lambda s: (s.country,))),
        Field(f"{title} COW", "string", "number of the country in the Correlates of War project",
              _of_sides(of, _cow)),
        Field(f"Primary {title} Sector", "string", "PLOVER sector of the first that has one",
              lambda told: _first_sector(of(told))),
        Field(f"{title} Sectors", "string", "PLOVER sectors", _of_sides(of, lambda s: (s.sector,))),
        Field(f"{title} Title", "string", "office that the report gives",
              _of_sides(of, lambda s: s.titles)),
        Field(f"{title} Name Raw", "string", "the words of the text", _of_sides(of, lambda s: (s.words,))),
        Field(f"Wikipedia {title} ID", "string", "the article in Wikipedia"),
    )  # fmt: skip


def _named(told: ToldEvent, *precisions: str) -> str | None:
    place = told.place
    return place.name if place and place.precision in precisions else None


_FIELDS: tuple[Field[ToldEvent], ...] = (
    Field("Event ID", "string", "report and event, as in report:e3", lambda t: t.id),
    Field("Event Date", "date", "the day, ISO 8601", lambda t: t.day),
    Field("Event Type", "string", "PLOVER event type", lambda t: t.event.type),
    Field("Event Mode", "string", "PLOVER mode", lambda t: t.event.mode),
    Field("Intensity", "number", "PLOVER score of the type, -10 to 10", lambda t: intensity(t.event)),
    Field("Quad Code", "integer", "1 verbal and 2 material cooperation, 3 verbal and 4 material conflict",
          lambda t: QUAD[t.event.type]),
    Field("Contexts", "string", "PLOVER contexts", lambda t: listed(t.event.contexts)),
    *_side_fields("actor", "Actor", lambda t: t.actors),
    *_side_fields("recipient", "Recipient", lambda t: t.recipients),
    Field("Placename", "string", "where it happened", lambda t: t.place.name if t.place else None),
    Field("City", "string", "the place, where it is a town or a point", lambda t: _named(t, "exact", "city")),
    Field("District", "string", "the place, where it is a district", lambda t: _named(t, "district")),
    Field("Province", "string", "first-level division of the country",
          lambda t: t.place.admin1 if t.place else None),
    Field("Country", "string", "country of the place, ISO 3166-1 alpha-3",
          lambda t: t.place.country if t.place else None),
    Field("Latitude", "number", "degrees, WGS 84", lambda t: t.place.lat if t.place else None),
    Field("Longitude", "number", "degrees, WGS 84", lambda t: t.place.lon if t.place else None),
    Field("GeoNames ID", "integer", "id of the place in GeoNames",
          lambda t: t.place.geonames_id if t.place else None),
    Field("Raw Placename", "string", "the words for the place", lambda t: t.place.text if t.place else None),
    Field("Feature Type", "string", "feature code of GeoNames"),
    Field("Source", "string", "who published the report", lambda t: t.publisher),
    Field("Publication Date", "date", "when the report was published", lambda t: t.published),
    Field("Story People", "string", "people that the report names", lambda t: listed(t.story.people)),
    Field("Story Organizations", "string", "groups, governments and organisations that it names",
          lambda t: listed(t.story.organisations)),
    Field("Story Locations", "string", "places that it names", lambda t: listed(t.story.places)),
    Field("Language", "string", "language of the report, ISO 639-1", lambda t: t.language),
    Field("Version", "string", "saydo, and the version of the coder", lambda t: f"saydo {t.version}"),
)  # fmt: skip


class Polecat(FlatTable[ToldEvent]):
    """For those who work with POLECAT: its 40 columns, tab-separated, a row for each event of each report."""

    name = "polecat"
    extension = ".tsv"
    media_type = "text/tab-separated-values; charset=utf-8"
    delimiter = "\t"
    line_end = "\n"
    source = "POLECAT"
    fields = _FIELDS
    own_limits = (
        ONLY_HAPPENED,
        "Who asserts an event that the report does not assert itself has no column, nor have the words, "
        "the numbers of killed and injured, the weapon, and how sure the coding is.",
        "An event whose time is not one single day has no Event Date; the report has its Publication Date.",
        "Lists are joined by semicolons, each value once; a semicolon inside of a name is a comma. Where "
        "several take part, nothing tells which of them has which country or sector.",
        "One event told by several reports is a row for each: Event ID starts with the report.",
        "Story columns list what the report names, not only what the event names.",
        "Intensity is the PLOVER score of the type.",
    )

    def rows(self, view: CaseView, left: Left) -> Iterator[ToldEvent]:
        """The events that happened."""
        return happened(told_events(view), left)
