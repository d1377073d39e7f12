"""``saydo weigh``: what is due of a case is weighed, by one process or by several, and its report written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from saydo import store as cases
from saydo.codebook.entries import Codebook
from saydo.desk.coder import coder_version
from saydo.desk.corridor import Corridor, corridor
from saydo.desk.derive import derive, fingerprint
from saydo.desk.progress import Progress, Silent
from saydo.desk.run import write_report
from saydo.desk.summary import RunSummary, summarise
from saydo.model.records import CoderInfo

if TYPE_CHECKING:
    from saydo.desk.team import Hire

Engine = Literal["local", "ray"]


def weigh_case(
    case: Path,
    codebook: Codebook,
    *,
    workers: int = 1,
    engine: Engine = "local",
    progress: Progress | None = None,
    rooms: Corridor | None = None,
) -> RunSummary:
    """Weighs what is due of a case that is there, and writes its report; nothing is taken in or coded. What
    was weighed stays so, whatever stops it. Raises StoreError where there is no case or a run is at work on
    it, SaydoError where there is no Ray."""
    cases.for_reading(case).close()
    rooms, progress = rooms or corridor(), progress or Silent()
    by = fingerprint(CoderInfo(version=coder_version(), reader="", codebook=codebook.version))
    with cases.for_writing(case) as store:
        if store.derived_by() != by:
            hire = _hire(case, codebook, workers, engine)
            store.put_derived(derive(store, codebook, rooms, by, progress, hire), by)
        progress.begin("writing the report")
        report = write_report(store, case, rooms)
        return summarise(store, case, report, new=0, coded=0, words=0, seconds=0.0)


def _hire(case: Path, codebook: Codebook, workers: int, engine: Engine) -> Hire | None:
    if workers == 1 and engine == "local":
        return None
    from saydo.desk.scale import Place

    place = Place(case, codebook)
    if engine == "ray":
        from saydo.desk.team_on_ray import on_ray

        return on_ray(place, workers)
    from saydo.desk.team import here

    return here(place, workers)
