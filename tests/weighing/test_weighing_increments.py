"""Weighing report by report comes to the same as weighing all at once, in whatever order and portions."""

from __future__ import annotations

import gc
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_weighing_account import army, began, blame, relatives
from test_weighing_choices import coded_anew, on, on_events, undo
from test_weighing_commitment import by_reef_battalion, pledge, promise_to_leave, reef_tie, shelling
from test_weighing_contested import denied, told
from test_weighing_denial import brigade_denies, court, denial_of_arming, links, market_shelled
from test_weighing_links import dune_front, minister, raid, soil_pledge, talks
from test_weighing_position import NO, YES, relations, stance
from weighing_build import Draft, codebook
from weighing_case import Growing, at_once

from saydo.model.choices import Choices
from saydo.model.document import text_sha256
from saydo.model.errors import StoreError
from saydo.model.records import Record
from saydo.weighing import WeighedReport
from saydo.weighing.decided import Decided
from saydo.weighing.facts import pack, unpack
from saydo.weighing.unfolding import unfold

BOOK = codebook()


def called(id: str, report: WeighedReport, date: str | None = None, text: str | None = None) -> WeighedReport:
    """A report under another id, of another day or with more text behind it."""
    update: dict[str, object] = {"id": id, "date": date or report.record.date}
    whole = report.text + (text or "")
    return WeighedReport(
        report.record.model_copy(update={**update, "text_sha256": text_sha256(whole)}), whole
    )


def leader(id: str, name: str, date: str) -> WeighedReport:
    """Who leads the League, by one of several names."""
    d = Draft(id, f"{name} leads the Northern League.", date)
    chief = d.who(name, "chief", kind="person", type="person")
    d.tie("leadership", "leads", chief, d.who("Northern League", "northern-league"), state="current")
    return d.done()


def chief_promises(id: str, name: str) -> WeighedReport:
    """The leader himself gives his word."""
    d = Draft(id, f"On 2 May {name} vowed not to shell the port of Orle.", "2024-05-02")
    chief = d.who(name, "chief", kind="person", type="person")
    e = d.event("ASSAULT", "shell", realis="future", polarity="negative", actors=(chief,))
    d.says("pledge", chief, "not to shell the port of Orle", events=[e], time=d.time("2 May", "2024-05-02"))
    return d.done()


LONG = " ".join(f"Nothing further was known by evening of matter {n} in ward {n * 7}." for n in range(12))
MATTER = "the truce deal with the Northern League for the lake villages"
POOL: tuple[WeighedReport, ...] = (
    called("p1", pledge()),
    called("p2", pledge(), "2024-05-04", " A second office repeats it."),
    called("s1", shelling()),
    called("s2", by_reef_battalion()),
    called("s3", shelling(), "2024-05-12", " Harbour staff said so again later."),
    called("t1", reef_tie()),
    called("t2", reef_tie(date="2024-03-20")),
    called("t3", reef_tie("affiliation", date="2024-04-28")),
    leader("t4", "Ismet Dol", "2024-04-01"),
    leader("t5", "Commander Dol", "2024-05-20"),
    chief_promises("p3", "Ismet Dol"),
    called("w1", promise_to_leave()),
    called("d1", denial_of_arming()),
    called("d2", court()),
    called("d3", brigade_denies()),
    called("d4", market_shelled("Orle", "2024-05-02")),
    called("l1", links("r1", "Tirana has cut its links with the Hill Front, Agron Leka said.", "2020-03-01", speaker=("Agron Leka", "agron-leka"), state="ended")),
    called("l2", links("r2", "Tirana directs the Hill Front.", "2020-05-01", trigger="directs", type="command")),
    called("a1", army()),
    called("a2", relatives()),
    called("a3", relatives(), "2024-05-04", " The hospital did not say more."),
    called("b1", blame("r1", ("governor", "governor"), ("guerrillas", "guerrillas"))),
    called("b2", blame("r2", ("radio", "guerrillas"), ("soldiers", "soldiers"))),
    called("f1", began("r1", "The navy said the trawlers fired first on 2 May.", ("navy", "navy"), ("trawlers", "fleet"))),
    called("f2", began("r2", "The skippers said the navy fired first on 2 May.", ("skippers", "fleet"), ("navy", "navy"))),
    called("n1", relations(*NO)),
    called("n2", relations(*YES)),
    called("n3", relations(*YES), "2024-06-09", " The bishop was there too."),
    called("h1", stance("r1", f"The minister praised {MATTER}.", "2024-04-02", "praise")),
    called("h2", stance("r2", f"The minister condemned {MATTER}.", "2024-06-02", "condemnation")),
    called("v1", talks("r1", "Ivo Brod rejected talks with the dockers.", "2024-02-01", "REJECT", "rejected")),
    called("v2", talks("r2", "Ivo Brod backed talks with the dockers.", "2024-04-01", "SUPPORT", "backed")),
    called("v3", talks("r2", "Ivo Brod backed talks with the dockers.", "2024-05-01", "SUPPORT", "backed"), None, " On Friday it rained."),
    called("g1", soil_pledge()),
    called("g2", dune_front()),
    called("g3", raid()),
    called("o1", minister("foreign minister")),
    called("c1", shelling(), "2024-05-11", " " + LONG),
    called("k1", denied()),
    called("k2", told("the Orvo Works had dumped slag in Lake Selm")),
    called("k3", told("the Orvo Works had dumped slag in Lake Teal", "2011-06-03")),
    called("c2", shelling(), "2024-05-10", " " + LONG),
)  # fmt: skip
BY_ID = {report.record.id: report for report in POOL}


def cut(report: WeighedReport, keep: int) -> WeighedReport:
    """The report as another coder might have coded it: without some of its ties and events."""
    record = report.record
    return report._replace(
        record=record.model_copy(
            update={"ties": record.ties[: keep % 2], "events": record.events[: keep // 2]}
        )
    )


steps = st.lists(
    st.lists(
        st.tuples(st.sampled_from(sorted(BY_ID)), st.integers(-1, 4)), min_size=1, max_size=9, unique_by=lambda s: s[0]
    ),
    min_size=1,
    max_size=7,
)  # fmt: skip
"""Portions of ``(id, how it comes)``: -1 goes away, 0 to 3 coded anew with less in it, 4 as it is."""


def test_the_pool_holds_findings_of_every_kind() -> None:
    """Else the tests below would compare nothing with nothing."""
    whole = at_once(POOL, BOOK)
    assert {d.kind for d in whole.discrepancies} == {"commitment", "denial", "tie", "account", "position"}
    assert {d.rule for d in whole.discrepancies} >= {
        "commitment.soil", "commitment.foresworn", "account.killed", "account.first", "position.stance",
        "position.verbal", "denial.gainsaid",
    }  # fmt: skip
    assert whole.clusters
    assert {c.outcome for c in whole.commitments} >= {"broken", "open"}


@settings(max_examples=60, deadline=None)
@given(steps)
def test_whatever_comes_and_goes(portions: list[list[tuple[str, int]]]) -> None:
    growing = Growing(BOOK)
    held: dict[str, WeighedReport] = {}
    for portion in portions:
        changes: list[tuple[str, WeighedReport | None]] = []
        for id, how in portion:
            report = None if how < 0 else BY_ID[id] if how == 4 else cut(BY_ID[id], how)
            if report is None and id not in held:
                continue
            changes.append((id, report))
            held.pop(id, None)
            if report is not None:
                held[id] = report
        growing.update(changes)
        assert growing.whole() == at_once(list(held.values()), BOOK)
    growing.update([(id, None) for id in held])
    assert not any(growing.rows().values())


@pytest.mark.parametrize("together", [1, 2, 7, 20, len(POOL)])
@pytest.mark.parametrize("seed", range(6))
def test_every_order_and_size_of_portions(seed: int, together: int) -> None:
    """Ties come late, reprints before their sources, the later of two tellings first."""
    order = list(BY_ID)
    random.Random(seed).shuffle(order)
    growing = Growing(BOOK)
    for start in range(0, len(order), together):
        growing.update([(id, BY_ID[id]) for id in order[start : start + together]])
    assert growing.whole() == at_once(POOL, BOOK)


def test_a_late_tie_makes_a_breach_of_what_was_weighed_long_ago() -> None:
    growing = Growing(BOOK)
    growing.update([("p1", BY_ID["p1"]), ("s2", BY_ID["s2"])])
    assert growing.whole().discrepancies == []
    growing.update([("t1", BY_ID["t1"])])
    [found] = growing.whole().discrepancies
    assert "t1/t0" in found.explanation
    growing.update([("t1", None)])
    assert growing.whole().discrepancies == []


def test_weighing_leaves_nothing_in_circles() -> None:
    """Python's collector rests meanwhile, so that whatever is dropped must be freed without it."""
    growing = Growing(BOOK)
    growing.update([(id, report) for id, report in BY_ID.items() if id != "s1"])
    gc.collect()
    gc.disable()
    try:
        growing.update([("s1", BY_ID["s1"]), ("t1", cut(BY_ID["t1"], 2)), ("n1", None)])
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_what_has_nothing_to_do_with_a_new_report_is_not_weighed_again() -> None:
    growing = Growing(BOOK)
    growing.update([(id, report) for id, report in BY_ID.items() if id not in ("g3", "f2")])
    assert growing.update([("g3", BY_ID["g3"])]) <= 3  # itself, the pledge about soil, the guest


@pytest.mark.parametrize("report", POOL, ids=lambda r: r.record.id)
def test_a_report_comes_back_from_its_bytes(report: WeighedReport) -> None:
    one = unfold(3, report)
    assert replace(unpack(3, pack(one), one.read), read=one.read) == one


@pytest.mark.parametrize("data", [b"", b"\x80\x04K\x01.", pack(unfold(0, POOL[0]))[:-9]])
def test_bytes_that_are_no_report_are_one_line(data: bytes) -> None:
    with pytest.raises(StoreError, match="what was weighed of report 3 cannot be read"):
        unpack(3, data, str)


def test_words_that_more_and_more_reports_use_gainsay_no_longer() -> None:
    """Whether a word is rare is asked of the case as it is now."""
    growing, held = Growing(BOOK), {id: BY_ID[id] for id in ("k1", "k2")}
    growing.update(list(held.items()))
    assert [d.rule for d in growing.whole().discrepancies] == ["denial.gainsaid"]
    others = (
        "a barge had dumped slag in Lake Selm for years",
        "whoever dumped slag there knew Lake Selm well",
        "the slag that strangers dumped has clouded Lake Selm",
        "nets from Lake Selm hold slag, dumped by night",
        "Lake Selm is dead where slag was dumped",
    )
    for n, words in enumerate(others):
        id = f"more{n}"
        held[id] = called(id, told(words))
        growing.update([(id, held[id])])
        assert growing.whole() == at_once(list(held.values()), BOOK)
    assert growing.whole().discrepancies == []
    growing.update([(f"more{n}", None) for n in range(5)])
    assert growing.whole() == at_once([BY_ID["k1"], BY_ID["k2"]], BOOK)


@pytest.mark.parametrize("together", [1, 9])
def test_a_case_that_grows_large_is_weighed_as_a_large_one(together: int) -> None:
    """From some size on, and again at each doubling, more is asked of shared words."""
    growing, held = Growing(BOOK), dict(BY_ID)
    more = {f"x{n}": called(f"x{n}", told(f"the mill of Anten{n} ground rye and oats")) for n in range(40)}
    order = [*held.items(), *more.items()]
    random.Random(together).shuffle(order)
    for start in range(0, len(order), together):
        growing.update(order[start : start + together])
    assert growing.whole() == at_once([*held.values(), *more.values()], BOOK)


def test_what_people_decide_is_followed_and_what_they_undo_is_not() -> None:
    """A decision makes the reports that it speaks of be weighed anew; so does its undoing."""
    held = {id: BY_ID[id] for id in ("p1", "s1", "a1", "a2", "d4")}
    before = at_once(list(held.values()), BOOK)
    broken = next(d for d in before.discrepancies if d.kind == "commitment")
    made = (
        on("reject", broken, list(held.values()), 1),
        on_events("not-same-event", held["a1"], held["a2"], number=2),
        undo(3, 1),
        undo(4, 2),
        on_events("same-event", held["a1"], held["d4"], number=5),
    )
    growing = Growing(BOOK)
    growing.update(list(held.items()))
    assert growing.whole() == before
    for count in range(1, len(made) + 1):
        choices = Choices(made[:count])
        growing.decide(Decided.of(choices, {id: r.record for id, r in held.items()}))
        growing.update(list(held.items()))
        assert growing.whole() == at_once(list(held.values()), BOOK, choices), f"decision {count}"


def test_a_report_with_other_ids_takes_the_place_of_the_old_one() -> None:
    growing, held = Growing(BOOK), {id: BY_ID[id] for id in ("p1", "s1", "s3", "t1")}
    growing.update(list(held.items()))
    held["s1"] = called("s1", coded_anew(BY_ID["s1"]))
    growing.update([("s1", held["s1"])])
    assert growing.whole() == at_once(list(held.values()), BOOK)


def test_a_report_that_touches_nothing_makes_nothing_be_weighed_again() -> None:
    growing = Growing(BOOK)
    growing.update(list(BY_ID.items()))
    alone = leader("z1", "Ada Renn", "1911-03-01")
    alone = alone._replace(record=renamed(alone.record, "z"))
    assert growing.update([("z1", called("z1", alone))]) == 1


def renamed(record: Record, prefix: str) -> Record:
    """The record with actors that no other report knows."""
    return record.model_copy(
        update={
            "actors": tuple(a.model_copy(update={"id": f"{prefix}-{a.id}"}) for a in record.actors),
            "mentions": tuple(
                m.model_copy(update={"actor": f"{prefix}-{m.actor}" if m.actor else None})
                for m in record.mentions
            ),
        }
    )
