"""KML 2.2: events as placemarks with their time, as Google Earth and GIS programs read it.

Written here and not with simplekml, which is under the LGPL and holds a whole file in memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from saydo.export.case_parts import account, headline, source
from saydo.export.contract import Left, Sidecar, notes
from saydo.export.findings import Part
from saydo.export.placed import LIMITS, Placed, placed_events
from saydo.export.told_events import ToldEvent
from saydo.export.words import QUAD, QUAD_NAMES
from saydo.export.xml_words import element, opening
from saydo.model.case import CaseView

_COLOURS = ("ff8f5f2f", "ff5f8f2f", "ff2f8fcf", "ff2f2fbf")
"""Of the four quads, alpha blue green red."""


class Kml:
    """For Google Earth and other globes: a placemark for each event of each report, with its time."""

    name = "kml"
    extension = ".kml"
    media_type = "application/vnd.google-earth.kml+xml"
    tables: tuple[Part, ...] = ("events",)

    def limits(self, table: Part) -> tuple[str, ...]:
        """What a globe has no place for."""
        return (*LIMITS, "A time that is open on one side is a TimeSpan without that side.")

    def chunks(self, view: CaseView, table: Part, left: Left | None = None) -> Iterator[str]:
        """The file, a placemark at a time."""
        yield '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n'
        yield element("name", f"saydo: {view.name}") + "\n"
        for n, colour in enumerate(_COLOURS, start=1):
            icon = f"<IconStyle>{element('color', colour)}</IconStyle>"
            yield f"{opening('Style', id=f'quad{n}')}{icon}</Style>\n"
        for placed in placed_events(view, Left() if left is None else left):
            yield _placemark(placed)
        yield "</Document>\n</kml>\n"

    def sidecar(self, table: Part, file_name: str, left: Mapping[str, int] | None = None) -> Sidecar:
        """``FILE-notes.txt``."""
        return notes("the events of a saydo case as KML", file_name, self.limits(table), left)


def _placemark(placed: Placed) -> str:
    told = placed.told
    event, place = told.event, told.place
    data = {
        "id": told.id, "type": event.type, "mode": event.mode, "quad": QUAD_NAMES[QUAD[event.type] - 1],
        "place_precision": place.precision if place else None, "report": told.document, "url": told.url,
        "score": str(event.score),
    }  # fmt: skip
    held = "".join(
        f"{opening('Data', name=name)}{element('value', value)}</Data>"
        for name, value in data.items()
        if value
    )
    words = f"“{told.quote}” ({source(told)}). {account(told)}"
    return "".join(
        (
            "<Placemark>",
            element("name", headline(told)),
            element("description", words),
            _time(told),
            element("styleUrl", f"#quad{QUAD[event.type]}"),
            f"<ExtendedData>{held}</ExtendedData>",
            f"<Point>{element('coordinates', f'{placed.lon},{placed.lat}')}</Point>",
            "</Placemark>\n",
        )
    )


def _time(told: ToldEvent) -> str:
    time = told.event.time
    if time is None or not (time.from_ or time.to):
        return ""
    if told.day:
        return f"<TimeStamp>{element('when', told.day)}</TimeStamp>"
    begin = element("begin", time.from_) if time.from_ else ""
    end = element("end", time.to) if time.to else ""
    return f"<TimeSpan>{begin}{end}</TimeSpan>"
