"""The case of the export tests with ties over time and a verdict."""

from __future__ import annotations

from dataclasses import replace

from export_case import build_case

from saydo.model.case import Bound, CaseView, Spell
from saydo.model.choices import Decision

PAID = Spell(
    type="sponsorship",
    from_actor="salt-road-front",
    to_actor="delta-guard",
    from_name="Salt Road Front",
    to_name="Delta Guard",
    role=None,
    since=Bound("2018", True, (("court", "t0"),)),
    until=Bound("2018-12-31", True, (("court", "t0"),)),
    last="2018-12-31",
    rests_on=(("court", "t0"),),
    against=(("pledge", "t3"),),
)
LEADS = Spell(
    type="leadership",
    from_actor="ilya-marsh",
    to_actor="delta-guard",
    from_name="Ilya Marsh",
    to_name="Delta Guard",
    role=None,
    since=Bound("2019-05-04", False, (("pledge", "t0"),)),
    until=None,
    last="2019-05-12",
    rests_on=(("pledge", "t0"),),
)
BELONGS = Spell(
    type="affiliation",
    from_actor="samir-vale",
    to_actor="salt-road-front",
    from_name="Samir Vale",
    to_name="Salt Road Front",
    role="paymaster",
    since=None,
    until=Bound("2019-06", True, (("court", "t1"),)),
    last=None,
    rests_on=(("court", "t1"),),
)
FOUGHT = Spell(
    type="rivalry",
    from_actor="heron-brigade",
    to_actor="river-police",
    from_name="Heron Brigade",
    to_name="River Police",
    role=None,
    since=Bound("2019-05-30", True, (("court", "t4"),)),
    until=None,
    last="2019-06-21",
    rests_on=(("court", "t4"),),
    only_said=True,
)
SPELLS = (PAID, LEADS, BELONGS, FOUGHT)


def linked_case() -> CaseView:
    """Four ties over time; a person upheld the first discrepancy."""
    view = build_case()
    upheld = Decision(number=7, at="2020-01-02T03:04:05Z", who="Ada", kind="uphold", why="both were filmed")
    return replace(view, spells=SPELLS, decisions=(upheld,), verdicts={view.discrepancies[0].id: 7})
