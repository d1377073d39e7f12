"""A row of each data set as an event.

Columns after the codebooks: ACLED 2023 and the files before 2019 (in capitals, ``ally_actor_1``, ``gwno``,
event types in one level); UCDP GED up to 25.1 and its monthly candidate files; the yearly and weekly files of
POLECAT (with words for nothing); the yearly files of ICEWS, in which a program may have taken the 0 from the
front of a CAMEO code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypedDict

from saydo.model.compared import Account, CodedEvent, Fineness, Format, Party
from saydo.secondcoder.cells import Unreadable, around, day, names, point, whole
from saydo.secondcoder.files import Row
from saydo.secondcoder.known import Known, role_of, role_of_inter, role_of_sector, state_in, table


def read_event(row: Row, format: Format, known: Known) -> CodedEvent:
    """The event of a row. Raises Unreadable with the reason."""
    return _READ[format](row, known)


def _acled(row: Row, known: Known) -> CodedEvent:
    event, sub = row.get("event_type"), row.get("sub_event_type")
    middle = day(row.get("event_date"), "event_date")
    precision = whole(row.get("time_precision"), "time_precision") or 1
    first, last = around(middle, {1: 0, 2: 3}.get(precision, 15))
    lat, lon = point(row.get("latitude"), row.get("longitude"))
    fineness: Mapping[int, Fineness] = {1: "town", 2: "district"}
    killed = whole(row.get("fatalities"), "fatalities")
    coarse = table("crosswalk")["acled_now"].get(event, event)
    return CodedEvent(
        id=row.get("event_id_cnty", "data_id") or row.where,
        first=first, last=last, types=_acled_types(event, sub, known), coarse=coarse, fine=sub,
        country=_country(row, known), place=row.get("location", "admin2", "admin1"), lat=lat, lon=lon,
        fineness=fineness.get(whole(row.get("geo_precision"), "geo_precision") or 1, "province")
        if lat is not None else "country",
        parties=_acled_parties(row, known), low=killed, high=killed,
        accounts=(_account(row, "notes", "source", "event_date"),),
    )  # fmt: skip


def _acled_types(event: str, sub: str, known: Known) -> tuple[str, ...]:
    own = table("crosswalk")["acled"]
    if sub and sub in known.acled:
        return known.acled[sub]
    for name in (sub, event):
        if name in own:
            return tuple(own[name])
    if not event:
        # saydo leaves it empty for an attack on somebody of whom nobody knows whether they are civilians
        return ("ASSAULT",)
    raise Unreadable(f"event_type {event!r} is none of ACLED's")


def _acled_parties(row: Row, known: Known) -> tuple[Party, ...]:
    found = []
    for n in "12":
        role = role_of_inter(row.get(f"inter{n}"))
        first = row.get(f"actor{n}")
        others = names(row.get(f"assoc_actor_{n}", f"ally_actor_{n}"))
        for name in [*([first] if first else []), *others]:
            own = role if name == first else None
            found.append(Party(name, state_in(name, known), own or role_of(name)))
    return tuple(found)


def _ucdp(row: Row, known: Known) -> CodedEvent:
    kind = whole(row.get("type_of_violence"), "type_of_violence")
    if kind not in (None, 1, 2, 3):
        raise Unreadable(f"type_of_violence {kind} is none of UCDP's")
    first = day(row.get("date_start"), "date_start", day_first=False)
    last = day(row.get("date_end", "date_start"), "date_end", day_first=False)
    if last < first:
        raise Unreadable(f"date_end {last} is before date_start {first}")
    lat, lon = point(row.get("latitude"), row.get("longitude"))
    precision = whole(row.get("where_prec"), "where_prec") or 1
    fineness: Mapping[int, Fineness] = {1: "town", 2: "district", 3: "district", 4: "province", 5: "province"}
    low, high, best = (whole(row.get(name), name) for name in ("low", "high", "best"))
    return CodedEvent(
        id=row.get("id", "relid") or row.where,
        first=first, last=last, types=("ASSAULT",), coarse=ucdp_label(kind),
        country=_country(row, known), place=row.get("where_coordinates", "adm_2", "adm_1"), lat=lat, lon=lon,
        fineness=fineness.get(precision, "country") if lat is not None else "country",
        parties=tuple(
            Party(name, state_in(name, known), role_of(name))
            for side in "ab" if (name := row.get(f"side_{side}"))
        ),
        low=low if low is not None else best, high=high if high is not None else best,
        accounts=(Account(row.where, row.get("source_headline", "where_description", "source_article"),
                          row.get("source_office"), row.get("source_date")),),
    )  # fmt: skip


def _polecat(row: Row, known: Known) -> CodedEvent:
    type, mode = row.get("event_type").upper(), row.get("event_mode").lower().replace("_", "-")
    older = table("crosswalk")["polecat"].get(type)
    if older is None and type not in known.modes:
        raise Unreadable(f"Event Type {type!r} is none of PLOVER's")
    exact = f"{type}.{mode}"
    types = (exact,) if mode and exact in known.modes else tuple(older or (type,))
    coarse = older[0].partition(".")[0] if older else type
    when = day(row.get("event_date"), "Event Date")
    return CodedEvent(
        id=row.get("event_id") or row.where,
        first=when, last=when, types=types, coarse=coarse, fine=mode,
        country=_country(row, known), **_place(row),
        parties=(*_sides(row, "actor", True), *_sides(row, "recipient", False)),
        accounts=(_account(row, "raw_placename", "source", "publication_date"),),
    )  # fmt: skip


def _sides(row: Row, side: str, acts: bool) -> tuple[Party, ...]:
    """The parties of a side; where the lists are as long as each other, each has its own country."""
    listed = names(row.get(f"{side}_name", f"{side}_name_raw"))
    states, sectors = names(row.get(f"{side}_country")), names(row.get(f"{side}_sectors"))
    primary = row.get(f"primary_{side}_sector")
    each = list(zip(listed, states, strict=True)) if len(listed) == len(states) else None
    paired: list[tuple[str, str | None]] = (
        [*each] if each else [(name, states[0] if len(states) == 1 else None) for name in listed]
    )
    if not paired and states:
        paired = [("", state) for state in states]
    role = role_of_sector(primary or (sectors[0] if len(sectors) == 1 else None))
    return tuple(
        Party(
            name,
            state if state and len(state) == 3 and state.isupper() else None,
            role or role_of(name),
            acts,
        )
        for name, state in paired
    )


def _icews(row: Row, known: Known) -> CodedEvent:
    code = row.get("cameo_code")
    if not code.isdigit():
        raise Unreadable(f"CAMEO Code {code!r} is no code" if code else "CAMEO Code is empty")
    # ICEWS writes three or four digits: what has two, or begins with no root, lost the 0 in front
    code = code if len(code) > 2 and cameo_types(code, known) is not None else f"0{code}"
    types = cameo_types(code, known)
    if types is None:
        raise Unreadable(f"CAMEO Code {code!r} is none of CAMEO's")
    when = day(row.get("event_date"), "Event Date")
    parties = []
    for side, acts in (("source", True), ("target", False)):
        name, country = row.get(f"{side}_name"), row.get(f"{side}_country")
        if name or country:
            role = role_of(row.get(f"{side}_sectors")) or role_of(name)
            parties.append(Party(name, known.country(country), role, acts))
    return CodedEvent(
        # the number of an event is unique only together with its day
        id=f"{row.get('event_id') or row.where}/{when}",
        first=when, last=when, types=types, coarse=cameo_label(code), fine=code,
        country=_country(row, known), **_place(row), parties=tuple(parties),
        accounts=(_account(row, "event_text", "publisher", "event_date"),),
    )  # fmt: skip


def ucdp_label(kind: int | None) -> str:
    """A type of violence as it is shown; empty where it is not known."""
    return str(table("crosswalk")["ucdp_words"][kind]) if kind else ""


def cameo_label(code: str) -> str:
    """The root of a CAMEO code as it is shown."""
    return str(table("crosswalk")["cameo_words"][code[:2]])


def cameo_types(code: str, known: Known) -> tuple[str, ...] | None:
    """The PLOVER types of a CAMEO code: by itself, else by the longest beginning that is known. None for what
    is no code: roots are 01 to 20."""
    own = table("crosswalk")["cameo"]
    if code[:2] not in own or len(code) > 4:
        return None
    for length in range(len(code), 1, -1):
        part = code[:length]
        if part in own:
            return tuple(own[part])
        if part in known.cameo:
            return known.cameo[part]
    return None


def _account(row: Row, words: str, publisher: str, published: str) -> Account:
    return Account(row.where, row.get(words), row.get(publisher), row.get(published))


def _country(row: Row, known: Known) -> str | None:
    """The state of the place: by ISO's number, ISO's letters, Gleditsch and Ward's number, or its name."""
    iso, gw = row.get("iso"), row.get("country_id", "gwno")
    if iso.isdigit() and int(iso) in known.numbers:
        return known.numbers[int(iso)]
    named = known.country(row.get("country", "iso3"))
    if named is None and gw.isdigit():
        return known.gleditsch_ward.get(int(gw))
    return named


class _Where(TypedDict):
    """Where an event of POLECAT or ICEWS lies."""

    place: str
    lat: float | None
    lon: float | None
    fineness: Fineness


def _place(row: Row) -> _Where:
    lat, lon = point(row.get("latitude"), row.get("longitude"))
    finest: Fineness = "town" if row.get("city") else "district" if row.get("district") else "province"
    if not row.get("city", "district", "province") or lat is None:
        finest = "country"
    name = row.get("city", "district", "placename", "province")
    return {"place": name, "lat": lat, "lon": lon, "fineness": finest}


_READ: Mapping[Format, Callable[[Row, Known], CodedEvent]] = {
    "acled": _acled,
    "ucdp": _ucdp,
    "polecat": _polecat,
    "icews": _icews,
}
