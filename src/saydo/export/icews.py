"""Events as ICEWS tables have them: 20 columns, tab-separated, one row for each source and target.

The columns are those of the yearly files of ICEWS Coded Event Data (Boschee and others 2015).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from saydo.export.codes import SECTORS, cameo, country_name
from saydo.export.contract import Left
from saydo.export.flat_table import Field, FlatTable
from saydo.export.told_events import ONLY_HAPPENED, Side, ToldEvent, happened, told_events
from saydo.model.case import CaseView

_NOBODY = Side(name="", words="")


class Dyad(NamedTuple):
    """An event with one of those who did it and one of those whom it was done to."""

    id: str
    told: ToldEvent
    source: Side
    target: Side


def _date(dyad: Dyad) -> str | None:
    told = dyad.told
    if told.event.time is None and told.event.realis == "actual":
        return told.published[:10] if told.published else None
    return told.day


def _scale(dyad: Dyad) -> float | None:
    return cameo(dyad.told.event).scale


def _place(dyad: Dyad, *precisions: str) -> str | None:
    place = dyad.told.place
    return place.name if place and place.precision in precisions else None


_FIELDS: tuple[Field[Dyad], ...] = (
    Field("Event ID", "string", "report and event, as in report:e3", lambda d: d.id),
    Field("Event Date", "date", "the day, ISO 8601; of publication where the text gives no time", _date),
    Field("Source Name", "string", "who did it", lambda d: d.source.name or None),
    Field("Source Sectors", "string", "sector of the source", lambda d: SECTORS.get(d.source.sector or "")),
    Field("Source Country", "string", "country of the source", lambda d: country_name(d.source.country)),
    Field("Event Text", "string", "what the CAMEO code stands for", lambda d: cameo(d.told.event).words),
    Field("CAMEO Code", "string", "CAMEO code; starts with 0 up to 09", lambda d: cameo(d.told.event).code),
    Field("Intensity", "number", "scale of the code, -10 to 10", _scale),
    Field("Target Name", "string", "to whom", lambda d: d.target.name or None),
    Field("Target Sectors", "string", "sector of the target", lambda d: SECTORS.get(d.target.sector or "")),
    Field("Target Country", "string", "country of the target", lambda d: country_name(d.target.country)),
    Field("Story ID", "string", "id of the report", lambda d: d.told.document),
    Field("Sentence Number", "integer", "sentence of the report, from 1", lambda d: d.told.sentence),
    Field("Publisher", "string", "who published the report", lambda d: d.told.publisher),
    Field("City", "string", "the place, where it is a town or a point", lambda d: _place(d, "exact", "city")),
    Field("District", "string", "the place, where it is a district", lambda d: _place(d, "district")),
    Field("Province", "string", "first-level division of the country",
          lambda d: d.told.place.admin1 if d.told.place else None),
    Field("Country", "string", "country of the place",
          lambda d: country_name(d.told.place.country) if d.told.place else None),
    Field("Latitude", "number", "degrees, WGS 84", lambda d: d.told.place.lat if d.told.place else None),
    Field("Longitude", "number", "degrees, WGS 84", lambda d: d.told.place.lon if d.told.place else None),
)  # fmt: skip


class Icews(FlatTable[Dyad]):
    """For those who work with ICEWS or CAMEO: its 20 columns, tab-separated, a row for each pair of source
    and target."""

    name = "icews"
    extension = ".tsv"
    media_type = "text/tab-separated-values; charset=utf-8"
    delimiter = "\t"
    line_end = "\n"
    source = "ICEWS"
    fields = _FIELDS
    own_limits = (
        ONLY_HAPPENED,
        "CAMEO codes follow from PLOVER's type and mode, and no further than those go. Intensity is the "
        "published scale of the code.",
        "CAMEO Code is text: a program that takes it for a number loses the 0 in front.",
        "Event ID and Story ID are words, not numbers: report:e3, and report:e3:2 for the second pair.",
        "An event without source or target keeps its row, with that side empty. Several who acted together "
        "without a target are rows of their own, not pairs of each other.",
        "Who asserts an event that the report does not assert itself has no column, nor have "
        "contexts, modes, actor ids, the words, the numbers of killed and injured, the weapon, and how sure "
        "the coding is.",
        "Event Date is the day; where the text gives no time at all it is the day of publication, as in "
        "ICEWS, and where it gives more than a day, or tells of something long past, it is empty.",
        "Sectors are plain words for PLOVER's; countries have names, international codes stay codes.",
    )

    def rows(self, view: CaseView, left: Left) -> Iterator[Dyad]:
        """Every pair of every event that happened."""
        for told in happened(told_events(view), left):
            pairs = [(s, t) for s in told.actors or (_NOBODY,) for t in told.recipients or (_NOBODY,)]
            for n, (source, target) in enumerate(pairs, start=1):
                yield Dyad(told.id if n == 1 else f"{told.id}:{n}", told, source, target)
