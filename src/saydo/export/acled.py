"""Events as ACLED has them: 31 columns, one row an event, whichever reports tell of it.

The columns are those of ACLED's export from 2022 on; codes after its codebook (Raleigh, Kishi, Linke 2023).
"""

from __future__ import annotations

from collections.abc import Iterator

from saydo.export.accounts import Accounts, all_accounts, is_civilian, is_group, is_state
from saydo.export.codes import AcledEvent, acled, country
from saydo.export.contract import Left
from saydo.export.flat_table import Field, FlatTable
from saydo.export.told_events import ONLY_HAPPENED, Side, listed
from saydo.model.case import CaseView

NO_PLACE = "accounts of events of types that ACLED does not record"


def acled_event(found: Accounts) -> AcledEvent | None:
    """How ACLED sorts an event; with empty words where that hangs on a target that is not known, None for
    what it does not record."""
    type = found.members[0].event.type
    sorts = acled().get(f"{type}.{found.mode}") or acled().get(type)
    if not sorts or len(sorts) == 1:
        return sorts[0] if sorts else None
    civilians, armed = sorts
    if any(is_group(side) or is_state(side) for side in found.recipients):
        return armed
    if any(is_civilian(side) for side in found.recipients):
        return civilians
    return AcledEvent(civilians.disorder, "", "")


def inter(found: Accounts, sides: tuple[Side, ...]) -> int | None:
    """ACLED's code for who the first of a side is: 1 state forces, 2 rebels, 3 militias, 5 rioters, 6
    protesters, 7 civilians, 8 forces from abroad; None where that is not known, as of an armed group of which
    nothing says whether it rebels."""
    if not sides:
        return None
    side, sort = sides[0], acled_event(found)
    if found.members[0].event.type == "PROTEST" and sides is found.actors and sort is not None:
        return 5 if sort.event == "Riots" else 6
    if is_state(side):
        here = found.place.country if found.place else None
        return 8 if here and side.country and country(side.country) and side.country != here else 1
    if side.sector == "REB":
        return 2
    if side.sector in ("PRM", "CRM"):
        return 3
    return 7 if is_civilian(side) else None


def _interaction(found: Accounts) -> int | None:
    one, other = inter(found, found.actors), inter(found, found.recipients)
    if one is None or (other is None and found.recipients):
        return None
    return int("".join(map(str, sorted((one, other))))) if other else one * 10


def _targeting(found: Accounts) -> str | None:
    sort = acled_event(found)
    hit = any(is_civilian(side) for side in found.recipients)
    violent = sort is not None and sort.disorder == "Political violence"
    return "Civilian targeting" if violent and hit else None


def _precision(found: Accounts) -> int | None:
    days = found.days
    return None if days is None or days > 31 else 1 if days == 1 else 2 if days <= 7 else 3


def _date(found: Accounts) -> str | None:
    return found.first.isoformat() if found.first and _precision(found) else None


def _year(found: Accounts) -> int | None:
    same = found.first and found.last and found.first.year == found.last.year
    return found.first.year if found.first and same else None


def _geo(found: Accounts) -> int | None:
    precision = found.place.precision if found.place else None
    return {"exact": 1, "city": 1, "district": 2, "admin1": 3}.get(precision or "")


def _notes(found: Accounts) -> str:
    return " | ".join(
        f"{told.publisher or 'publisher not given'}, {told.published or 'no date'}: {told.quote}"
        for told in found.members
    )


def _sort(found: Accounts) -> AcledEvent:
    return acled_event(found) or AcledEvent("", "", "")


_FIELDS: tuple[Field[Accounts], ...] = (
    Field("event_id_cnty", "string", "report and event of the first account, as in report:e3",
          lambda f: f.id),
    Field("event_date", "date", "the first day on which it can have happened, ISO 8601", _date),
    Field("year", "integer", "the year", _year),
    Field("time_precision", "integer", "1 the day, 2 within a week, 3 within a month", _precision),
    Field("disorder_type", "string", "ACLED's disorder type", lambda f: _sort(f).disorder or None),
    Field("event_type", "string", "ACLED's event type", lambda f: _sort(f).event or None),
    Field("sub_event_type", "string", "ACLED's sub-event type", lambda f: _sort(f).sub or None),
    Field("actor1", "string", "first of those who did it", lambda f: f.actors[0].name if f.actors else None),
    Field("assoc_actor_1", "string", "the others", lambda f: listed((s.name for s in f.actors[1:]), "; ")),
    Field("inter1", "integer", "what actor1 is, by ACLED's numbers", lambda f: inter(f, f.actors)),
    Field("actor2", "string", "first of those whom it was done to",
          lambda f: f.recipients[0].name if f.recipients else None),
    Field("assoc_actor_2", "string", "the others",
          lambda f: listed((s.name for s in f.recipients[1:]), "; ")),
    Field("inter2", "integer", "what actor2 is, by ACLED's numbers", lambda f: inter(f, f.recipients)),
    Field("interaction", "integer", "inter1 and inter2, the smaller first", _interaction),
    Field("civilian_targeting", "string", "Civilian targeting, where civilians are known to be hit",
          _targeting),
    Field("iso", "integer", "ISO 3166-1 numeric code of the country",
          lambda f: c.numeric if f.place and (c := country(f.place.country)) else None),
    Field("region", "string", "ACLED's region",
          lambda f: c.region if f.place and (c := country(f.place.country)) else None),
    Field("country", "string", "name of the country",
          lambda f: c.name if f.place and (c := country(f.place.country)) else None),
    Field("admin1", "string", "first-level division", lambda f: f.place.admin1 if f.place else None),
    Field("admin2", "string", "the place, where it is a district",
          lambda f: f.place.name if f.place and f.place.precision == "district" else None),
    Field("admin3", "string", "third-level division"),
    Field("location", "string", "the place", lambda f: f.place.name if f.place else None),
    Field("latitude", "number", "degrees, WGS 84", lambda f: f.place.lat if f.place else None),
    Field("longitude", "number", "degrees, WGS 84", lambda f: f.place.lon if f.place else None),
    Field("geo_precision", "integer", "1 the place, 2 its district, 3 its province", _geo),
    Field("source", "string", "who published the reports",
          lambda f: listed((t.publisher for t in f.members), "; ")),
    Field("source_scale", "string", "how far the sources reach"),
    Field("notes", "string", "who published what when: the words of each account", _notes),
    Field("fatalities", "integer", "the lowest number of killed that is told", lambda f: f.low),
    Field("tags", "string", "the accounts, as saydo=report:e3",
          lambda f: listed((f"saydo={t.id}" for t in f.members), "; ")),
    Field("timestamp", "integer", "when ACLED last changed the row"),
)  # fmt: skip


class AcledLike(FlatTable[Accounts]):
    """For those who work with ACLED: its 31 columns, a row for each event however many reports tell of it."""

    name = "acled"
    extension = ".csv"
    media_type = "text/csv; charset=utf-8"
    delimiter = ","
    line_end = "\r\n"
    source = "ACLED"
    fields = _FIELDS
    own_limits = (
        ONLY_HAPPENED,
        "Only events of the kinds that ACLED records: the others are left out, and counted by accounts.",
        "Events of several reports that the case takes for one are one row: the shortest time, the most "
        "exact place, all actors, the lowest number of killed. What they disagree on is in no column.",
        "actor1 did it and actor2 suffered it, as far as reports say so; in ACLED the two have no direction.",
        "An event whose time is not told or spans over 31 days has no event_date; notes say when each report "
        "was published.",
        "An attack on somebody of whom it is not known whether they are civilians has no event_type.",
        "A place, a vehicle or the like that is attacked is no actor2.",
        "fatalities is empty, not 0, where no report gives a number. Ranges are cut to their lower end.",
        "Injured, weapons, contexts, who asserts an event, and how sure the coding is have no column.",
        "Lists are joined by '; '; a semicolon inside of a name is a comma.",
    )

    def rows(self, view: CaseView, left: Left) -> Iterator[Accounts]:
        """The events that ACLED records."""
        for found in all_accounts(view, left):
            if acled_event(found) is None:
                left[NO_PLACE] += len(found.members)
            else:
                yield found
