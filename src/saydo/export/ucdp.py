"""Events as UCDP GED has them: 49 columns, one row an event of organised lethal violence.

The columns are those of the UCDP Georeferenced Event Dataset (Sundberg and Melander 2013; codebook 23.1);
``priogrid_gid`` after Tollefsen, Strand and Buhaug (2012).
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from math import floor

from saydo.export.accounts import Accounts, all_accounts, is_civilian, is_group, is_state
from saydo.export.codes import country
from saydo.export.contract import Left
from saydo.export.flat_table import Field, FlatTable
from saydo.export.told_events import ONLY_HAPPENED, Side, listed
from saydo.model.case import CaseView

NOT_LETHAL = "accounts of events that are no attack, or of which no report tells a death"
NOBODY = "accounts of deadly attacks in which no state and no armed group is named"


def sides(found: Accounts) -> tuple[int | None, Side | None, Side | None]:
    """UCDP's type of violence (1 with a state on a side, 2 between groups, 3 one-sided; None where it cannot
    be told), side a and side b; for type 1 side a is a state."""
    actors, targets = found.actors, found.recipients
    states = [side for side in (*actors, *targets) if is_state(side)]
    groups = [side for side in (*actors, *targets) if is_group(side)]
    doer = next((side for side in actors if is_state(side) or is_group(side)), None)
    armed_target = any(is_state(side) or is_group(side) for side in targets)
    if doer and targets and not armed_target and all(is_civilian(side) for side in targets):
        return 3, doer, None
    if states and (groups or len(states) > 1):
        return 1, states[0], (groups or states[1:])[0]
    if len(groups) > 1:
        return 2, groups[0], groups[1]
    return None, doer or (states or groups)[0], None


def prio_grid(lat: float, lon: float) -> int:
    """The cell of PRIO-GRID: half-degree cells, numbered from 1 in the south-west, row by row."""
    row = min(floor((lat + 90) * 2), 359)
    column = min(floor((lon + 180) * 2), 719)
    return row * 720 + column + 1


def _name(side: Side | None) -> str | None:
    return side.name if side else None


def _side_b(found: Accounts) -> str | None:
    type, _, b = sides(found)
    return "Civilians" if type == 3 else _name(b)


def _dyad(found: Accounts) -> str | None:
    a, b = _name(sides(found)[1]), _side_b(found)
    return f"{a} - {b}" if a and b else None


def _gw(side: Side | None) -> int | None:
    found = country(side.country) if side and is_state(side) else None
    return found.gw if found else None


def _number(found: Accounts) -> int:
    return int.from_bytes(sha256(found.id.encode("utf-8", "backslashreplace")).digest()[:6], "big")


def _date_precision(found: Accounts) -> int | None:
    days = found.days
    if days is None:
        return None
    return 1 if days == 1 else 2 if days < 7 else 3 if days == 7 else 4 if days <= 31 else 5


def _where_precision(found: Accounts) -> int | None:
    codes = {"exact": 1, "city": 1, "district": 3, "admin1": 4, "region": 5, "country": 6, "water": 7}
    precision = found.place.precision if found.place else None
    return codes.get(precision or "")


def _region(found: Accounts) -> str | None:
    state = country(found.place.country) if found.place else None
    if state is None or state.gw is None:
        return None
    bounds = ((199, "Americas"), (399, "Europe"), (629, "Africa"), (699, "Middle East"))
    return next((name for last, name in bounds if state.gw <= last), "Asia")


def _wkt(found: Accounts) -> str | None:
    place = found.place
    return f"POINT ({place.lon} {place.lat})" if place and place.lat is not None else None


def _grid(found: Accounts) -> int | None:
    place = found.place
    return (
        prio_grid(place.lat, place.lon) if place and place.lat is not None and place.lon is not None else None
    )


def _article(found: Accounts) -> str | None:
    parts = ((t.publisher, t.published, t.title) for t in found.members)
    return listed((", ".join(part for part in each if part) for each in parts), "; ")


_FIELDS: tuple[Field[Accounts], ...] = (
    Field("id", "integer", "a number that follows from relid", _number),
    Field("relid", "string", "report and event of the first account, as in report:e3", lambda f: f.id),
    Field("year", "integer", "year of the last day on which it can have happened",
          lambda f: f.last.year if f.last else None),
    Field("active_year", "integer", "whether the conflict passed 25 deaths in the year"),
    Field("code_status", "string", "how far UCDP has checked it"),
    Field("type_of_violence", "integer", "1 state-based, 2 non-state, 3 one-sided", lambda f: sides(f)[0]),
    Field("conflict_dset_id", "integer", "UCDP's number of the conflict"),
    Field("conflict_new_id", "integer", "UCDP's number of the conflict"),
    Field("conflict_name", "string", "UCDP's name of the conflict"),
    Field("dyad_dset_id", "integer", "UCDP's number of the pair"),
    Field("dyad_new_id", "integer", "UCDP's number of the pair"),
    Field("dyad_name", "string", "side a - side b", _dyad),
    Field("side_a_dset_id", "integer", "UCDP's number of the side"),
    Field("side_a_new_id", "integer", "UCDP's number of the side"),
    Field("side_a", "string", "a state, where one takes part; else who did it", lambda f: _name(sides(f)[1])),
    Field("side_b_dset_id", "integer", "UCDP's number of the side"),
    Field("side_b_new_id", "integer", "UCDP's number of the side"),
    Field("side_b", "string", "the other side; Civilians for type 3", _side_b),
    Field("number_of_sources", "integer", "reports that tell of it",
          lambda f: len({t.document for t in f.members})),
    Field("source_article", "string", "publisher, date and title of each report", _article),
    Field("source_office", "string", "who published the reports",
          lambda f: listed((t.publisher for t in f.members), "; ")),
    Field("source_date", "string", "when they were published",
          lambda f: listed((t.published for t in f.members), "; ")),
    Field("source_headline", "string", "their titles", lambda f: listed((t.title for t in f.members), "; ")),
    Field("source_original", "string", "who asserts it, where not the report itself",
          lambda f: listed((t.said_by for t in f.members), "; ")),
    Field("where_prec", "integer", "1 the place, 3 its district, 4 its province, 5 a region, 6 the country, "
          "7 water", _where_precision),
    Field("where_coordinates", "string", "the place", lambda f: f.place.name if f.place else None),
    Field("where_description", "string", "the words for the place",
          lambda f: listed((t.place.text for t in f.members if t.place), "; ")),
    Field("adm_1", "string", "first-level division", lambda f: f.place.admin1 if f.place else None),
    Field("adm_2", "string", "the place, where it is a district",
          lambda f: f.place.name if f.place and f.place.precision == "district" else None),
    Field("latitude", "number", "degrees, WGS 84", lambda f: f.place.lat if f.place else None),
    Field("longitude", "number", "degrees, WGS 84", lambda f: f.place.lon if f.place else None),
    Field("geom_wkt", "string", "the point as well-known text", _wkt),
    Field("priogrid_gid", "integer", "cell of PRIO-GRID", _grid),
    Field("country", "string", "name of the country",
          lambda f: c.name if f.place and (c := country(f.place.country)) else None),
    Field("country_id", "integer", "number of the country in Gleditsch and Ward's list",
          lambda f: c.gw if f.place and (c := country(f.place.country)) else None),
    Field("region", "string", "UCDP's region", _region),
    Field("event_clarity", "integer", "UCDP's judgment of how clear the reports are"),
    Field("date_prec", "integer", "1 the day, 2 a few days, 3 a week, 4 a month, 5 longer", _date_precision),
    Field("date_start", "date", "first day on which it can have happened",
          lambda f: f.first.isoformat() if f.first else None),
    Field("date_end", "date", "last day on which it can have happened",
          lambda f: f.last.isoformat() if f.last else None),
    Field("deaths_a", "integer", "deaths of side a"),
    Field("deaths_b", "integer", "deaths of side b"),
    Field("deaths_civilians", "integer", "deaths of civilians"),
    Field("deaths_unknown", "integer", "deaths of people of unknown side: all of best", lambda f: f.exact),
    Field("best", "integer", "how many died, where all reports that count agree", lambda f: f.exact),
    Field("high", "integer", "most that a report tells; empty where one leaves it open", lambda f: f.high),
    Field("low", "integer", "fewest that a report tells", lambda f: f.low),
    Field("gwnoa", "integer", "number of side a in Gleditsch and Ward's list, if a state",
          lambda f: _gw(sides(f)[1])),
    Field("gwnob", "integer", "the same of side b", lambda f: _gw(sides(f)[2])),
)  # fmt: skip


class UcdpLike(FlatTable[Accounts]):
    """For those who work with UCDP GED: its 49 columns, a row for each attack with deaths that a state or an
    armed group takes part in."""

    name = "ucdp"
    extension = ".csv"
    media_type = "text/csv; charset=utf-8"
    delimiter = ","
    line_end = "\r\n"
    source = "UCDP GED"
    fields = _FIELDS
    own_limits = (
        ONLY_HAPPENED,
        "Only attacks of which a report tells a death and in which a state or an armed group takes part; the "
        "others are left out, and counted by accounts. UCDP's threshold of 25 deaths a year is not applied.",
        "Events of several reports that the case takes for one are one row: the shortest time, the most "
        "exact place, all numbers of killed.",
        "best is empty where the reports that count give different numbers, or a range; low and high have "
        "them. Whose dead they are is not known: all are deaths_unknown.",
        "type_of_violence is empty where nobody is known to be hit.",
        "Events of other kinds, injured, weapons, contexts, and how sure the coding is have no column.",
        "Lists are joined by '; '; a semicolon inside of a name is a comma.",
    )

    def rows(self, view: CaseView, left: Left) -> Iterator[Accounts]:
        """Deadly attacks by or on somebody organised."""
        for found in all_accounts(view, left):
            deadly = any(told.event.killed and told.event.killed.high != 0 for told in found.members)
            if found.members[0].event.type != "ASSAULT" or not deadly:
                left[NOT_LETHAL] += len(found.members)
            elif not any(is_state(s) or is_group(s) for s in (*found.actors, *found.recipients)):
                left[NOBODY] += len(found.members)
            else:
                yield found
