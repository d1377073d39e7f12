"""A case beside files of ACLED, UCDP GED, POLECAT or ICEWS, as a second coder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from saydo.desk.files import whole_bytes
from saydo.export import codes
from saydo.export.accounts import Accounts, all_accounts, is_civilian, is_group, is_state
from saydo.export.acled import AcledLike, acled_event
from saydo.export.compared_chart import by_type, over_time
from saydo.export.compared_page import figures as comparison_figures
from saydo.export.compared_page import render
from saydo.export.compared_tables import TABLES, chunks
from saydo.export.contract import Left
from saydo.export.told_events import Side
from saydo.export.ucdp import UcdpLike, sides
from saydo.model.case import CaseView
from saydo.model.compared import (
    Account,
    CodedEvent,
    Comparison,
    Fineness,
    Format,
    Limits,
    Party,
    Role,
)
from saydo.model.errors import InputError
from saydo.secondcoder.compare import compare
from saydo.secondcoder.files import recognise
from saydo.secondcoder.formats import cameo_label, ucdp_label
from saydo.secondcoder.known import Known, all_names, role_of_sector

__all__ = ["Limits", "compare_case", "comparison_figures", "write_comparison"]
UNDATED = "events of which no report tells when, and that has no date of publication"
BROAD = "events of which no report tells the month"
_BROADEST = 31
"""Days within which an event must lie to be compared."""
_STORY = 3
"""Days before publication within which an event without a time is taken to lie."""
_FINENESS: Mapping[str, Fineness] = {
    "exact": "town", "city": "town", "district": "district", "admin1": "province", "country": "country",
    "region": "country", "water": "country",
}  # fmt: skip


def compare_case(
    view: CaseView, name: str, files: Sequence[Path], format: str | None, limits: Limits
) -> tuple[Comparison, ...]:
    """One comparison for each data set of which there are files. Raises InputError where a file is none of
    them or cannot be read."""
    if not files:
        raise InputError("no file is named to compare with")
    sources = defaultdict(list)
    for path in files:
        source = recognise(path, format)
        sources[source.format].append(source)
    found = []
    for each, own in sources.items():
        ours, left = coded_events(view, each)
        found.append(compare(name, ours, left, own, known(), limits))
    return tuple(found)


def known() -> Known:
    """The tables by which saydo writes those formats, read backwards."""
    states = codes.countries().values()
    return Known(
        countries=all_names((state.name, state.iso3) for state in states),
        numbers={state.numeric: state.iso3 for state in states if state.numeric},
        gleditsch_ward={state.gw: state.iso3 for state in states if state.gw},
        acled=_backwards((event.sub, key) for key, events in codes.acled().items() for event in events),
        cameo=_backwards((code, key) for key, code in codes.cameo_codes().items()),
        modes=frozenset(codes.cameo_codes()),
    )


def _backwards(pairs: Iterator[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for code, key in pairs:
        if code:
            found[code].append(key)
    return {code: tuple(keys) for code, keys in found.items()}


def coded_events(view: CaseView, format: Format) -> tuple[list[CodedEvent], Left]:
    """The events of a case that a data set would record, in its terms; those of several reports once. What it
    would not record, and what has no date, is counted."""
    left = Left()
    rows: Mapping[str, Iterator[Accounts]] = {
        "acled": AcledLike().rows(view, left),
        "ucdp": UcdpLike().rows(view, left),
    }
    aliases = {found.actor.id: found.actor.aliases for found in view.actors}
    events = []
    for found in rows.get(format) or all_accounts(view, left):
        when = _when(found)
        if when is None:
            left[UNDATED if found.first is None and found.last is None else BROAD] += 1
        else:
            events.append(_event(found, format, when, aliases))
    return events, left


def _when(found: Accounts) -> tuple[date, date, bool] | None:
    """The time, and whether a report tells it; else the days before the first report that tells no time."""
    if found.first and found.last:
        return (found.first, found.last, True) if (found.last - found.first).days <= _BROADEST else None
    if found.first or found.last:
        return None
    days = [told.published[:10] for told in found.members if told.published and told.event.realis == "actual"]
    days = [day for day in days if len(day) == 10]
    if not days:
        return None
    last = date.fromisoformat(min(days))
    return last - timedelta(_STORY), last, False


def _event(
    found: Accounts, format: Format, when: tuple[date, date, bool], aliases: Mapping[str, tuple[str, ...]]
) -> CodedEvent:
    place, type = found.place, found.members[0].event.type
    coarse, fine = _labels(found, format)
    directed = format in ("polecat", "icews")
    pointed = place is not None and place.lat is not None
    return CodedEvent(
        id=found.id, first=when[0], last=when[1], told=when[2],
        types=(f"{type}.{found.mode}" if found.mode else type,), coarse=coarse, fine=fine,
        country=place.country if place else None,
        place=(place.name or place.text) if place else "",
        lat=place.lat if place else None, lon=place.lon if place else None,
        fineness=_FINENESS.get(place.precision or "", "country") if place and pointed else None,
        parties=tuple(
            _party(side, acts if directed else None, aliases)
            for those, acts in ((found.actors, True), (found.recipients, False)) for side in those
        ),
        low=found.low, high=found.high,
        accounts=tuple(
            Account(told.id, told.quote, told.publisher or "", told.published or "", told.title or "")
            for told in found.members
        ),
    )  # fmt: skip


def _labels(found: Accounts, format: Format) -> tuple[str, str]:
    """What the data set would call it, coarse and fine, as the exports do."""
    event = found.members[0].event
    if format == "acled":
        sort = acled_event(found)
        return (sort.event, sort.sub) if sort else ("", "")
    if format == "ucdp":
        return ucdp_label(sides(found)[0]), ""
    if format == "icews":
        code = codes.cameo(event.model_copy(update={"mode": found.mode})).code
        return cameo_label(code), code
    return event.type, found.mode or ""


def _party(side: Side, acts: bool | None, aliases: Mapping[str, tuple[str, ...]]) -> Party:
    country = side.country if codes.country(side.country) else None
    return Party(side.name, country, _role(side), acts, aliases.get(side.actor or "", ()))


def _role(side: Side) -> Role | None:
    found = role_of_sector(side.sector)
    if found is None and is_state(side):
        return "state"
    if found is None and is_group(side):
        return "armed"
    return "civilians" if is_civilian(side) else found


def write_comparison(found: Comparison, folder: Path) -> tuple[Path, ...]:
    """Writes the page, the pictures and the tables into a folder; gives the files, the page first. Raises
    SaydoError where they cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"{folder}: cannot be made ({error.strerror}); choose another place with -o"
        ) from error
    pieces: dict[str, Iterable[str]] = {"index.html": [render(found)]}
    for name, picture in (("by_week.svg", over_time(found)), ("by_type.svg", by_type(found))):
        if picture is not None:
            pieces[name] = [picture, "\n"]
    pieces |= {f"{name}.csv": chunks(name, found) for name in TABLES}
    for name, parts in pieces.items():
        with whole_bytes(folder / name) as out:
            for part in parts:
                out.write(part.encode("utf-8", "backslashreplace"))
    return tuple(folder / name for name in pieces)
