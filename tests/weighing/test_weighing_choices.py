"""What people decide on events and discrepancies holds in weighing, and outlives coding the reports anew."""

from __future__ import annotations

import pytest
from test_weighing_account import army, relatives
from test_weighing_commitment import pledge, shelling
from weighing_build import codebook

from saydo.desk.derive import judged
from saydo.model.choices import (
    Choices,
    Decision,
    DiscrepancyAnchor,
    FindingAnchor,
    anchor_of,
    findings_of,
    found_again,
)
from saydo.model.records import Discrepancy, Pole
from saydo.weighing import Weighed, WeighedReport, weigh

BOOK = codebook()
AT = "2026-01-02T03:04:05Z"


def anchor(report: WeighedReport, id: str) -> FindingAnchor:
    finding = next(f for f in findings_of(report.record) if f.id == id)
    return anchor_of(report.record, finding, report.text)


def on_events(kind: str, *reports: WeighedReport, number: int = 1) -> Decision:
    """A decision on the first event of each report."""
    events = tuple(anchor(r, r.record.events[0].id) for r in reports)
    return Decision(number=number, at=AT, who="Noor", kind=kind, events=events)


def on(kind: str, found: Discrepancy, reports: list[WeighedReport], number: int = 1) -> Decision:
    """A verdict on a discrepancy."""
    by_id = {r.record.id: r for r in reports}

    def at(pole: Pole) -> FindingAnchor:
        return anchor(by_id[pole.document], pole.id)

    meant = DiscrepancyAnchor(
        kind=found.kind, field=found.field, statement=at(found.statement),
        against=tuple(at(p) for p in found.against),
    )  # fmt: skip
    return Decision(number=number, at=AT, who="Noor", kind=kind, discrepancy=meant)


def undo(number: int, of: int) -> Decision:
    return Decision(number=number, at=AT, who="Noor", kind="undo", undoes=of)


def coded_anew(report: WeighedReport) -> WeighedReport:
    """The same report as another coder reads it: other ids, triggers cut a little otherwise."""
    record = report.record
    renamed = {f.id: f"{f.id[0]}{int(f.id[1:]) + 40}" for f in findings_of(record)}
    events = tuple(
        e.model_copy(update={
            "id": renamed[e.id], "trigger": (e.trigger[0], e.trigger[1] + 1),
            "attributed_to": renamed.get(e.attributed_to or ""),
        })
        for e in record.events
    )  # fmt: skip
    statements = tuple(
        s.model_copy(update={"id": renamed[s.id], "events": tuple(renamed[e] for e in s.events)})
        for s in record.statements
    )
    return report._replace(record=record.model_copy(update={"events": events, "statements": statements}))


def standing(
    weighed: Weighed, reports: list[WeighedReport], choices: Choices
) -> tuple[list[str], dict[str, str], set[int]]:
    """Kinds of the discrepancies that stand, the verdicts on them by kind, and the decisions that match none."""
    records = {r.record.id: r.record for r in reports}
    left, verdicts, lost = judged(weighed.discrepancies, choices, weighed.rejected, records.get)
    by_number = {d.number: d.kind for d in choices.decisions}
    return [d.kind for d in left], {id: by_number[n] for id, n in verdicts.items()}, set(lost | weighed.lost)


REPORTS = [pledge(), shelling()]


def test_a_rejected_discrepancy_is_gone_and_its_pledge_is_open_again() -> None:
    before = weigh(REPORTS, BOOK)
    [found] = before.discrepancies
    assert [c.outcome for c in before.commitments] == ["broken"]
    choices = Choices((on("reject", found, REPORTS),))
    after = weigh(REPORTS, BOOK, choices)
    assert standing(after, REPORTS, choices) == ([], {}, set())
    assert [c.outcome for c in after.commitments] == ["open"]


def test_a_rejected_discrepancy_stays_rejected_when_the_reports_are_coded_anew() -> None:
    [found] = weigh(REPORTS, BOOK).discrepancies
    choices = Choices((on("reject", found, REPORTS),))
    anew = [coded_anew(r) for r in REPORTS]
    assert weigh(anew, BOOK).discrepancies
    assert standing(weigh(anew, BOOK, choices), anew, choices) == ([], {}, set())


def test_new_conduct_against_the_same_words_is_a_discrepancy_again() -> None:
    [found] = weigh(REPORTS, BOOK).discrepancies
    choices = Choices((on("reject", found, REPORTS),))
    later = shelling(
        "Stevedores saw the League shelled the port once more on 19 May.", day=None, published="2024-05-20",
        who="League", id="r9",
    )  # fmt: skip
    listed = weigh([*REPORTS, later], BOOK, choices).discrepancies
    assert [[p.document for p in d.against] for d in listed] == [["r9"]]


@pytest.mark.parametrize("kind", ["uphold", "unclear"])
def test_other_verdicts_are_kept_with_the_discrepancy(kind: str) -> None:
    [found] = weigh(REPORTS, BOOK).discrepancies
    choices = Choices((on(kind, found, REPORTS),))
    anew = [coded_anew(r) for r in REPORTS]
    kinds, verdicts, lost = standing(weigh(anew, BOOK, choices), anew, choices)
    assert (kinds, list(verdicts.values()), lost) == (["commitment"], [kind], set())


def test_undoing_a_verdict_brings_the_discrepancy_back() -> None:
    plain = weigh(REPORTS, BOOK)
    reject = on("reject", plain.discrepancies[0], REPORTS)
    assert weigh(REPORTS, BOOK, Choices((reject, undo(2, 1)))) == plain
    assert weigh(REPORTS, BOOK, Choices((reject, undo(2, 1), undo(3, 2)))).discrepancies == ()


def test_the_last_verdict_on_a_discrepancy_is_the_one_that_holds() -> None:
    [found] = weigh(REPORTS, BOOK).discrepancies
    choices = Choices((on("reject", found, REPORTS), on("uphold", found, REPORTS, number=2)))
    kinds, verdicts, _ = standing(weigh(REPORTS, BOOK, choices), REPORTS, choices)
    assert (kinds, list(verdicts.values())) == (["commitment"], ["uphold"])


def test_a_verdict_on_what_is_not_found_any_more_is_told() -> None:
    [found] = weigh(REPORTS, BOOK).discrepancies
    for kind in ("uphold", "reject"):
        choices = Choices((on(kind, found, REPORTS),))
        assert standing(weigh(REPORTS[:1], BOOK, choices), REPORTS[:1], choices)[2] == {1}


RAID = [army(), relatives()]


def test_reports_of_one_incident_that_somebody_holds_apart_are_two() -> None:
    before = weigh(RAID, BOOK)
    assert (len(before.clusters), [d.kind for d in before.discrepancies]) == (1, ["account"])
    apart = Choices((on_events("not-same-event", *RAID),))
    after = weigh(RAID, BOOK, apart)
    assert (after.clusters, after.discrepancies, after.lost) == ((), (), frozenset())
    anew = [coded_anew(r) for r in RAID]
    assert weigh(anew, BOOK, apart).clusters == ()
    assert weigh(RAID, BOOK, Choices((*apart.decisions, undo(2, 1)))) == before


def test_reports_that_somebody_says_are_of_one_incident_are_one() -> None:
    """Though they have it on days that lie far apart."""
    early, late = army(), relatives()
    moved = tuple(
        e.model_copy(
            update={"time": e.time and e.time.model_copy(update={"from_": "2019-01-05", "to": "2019-01-05"})}
        )
        for e in late.record.events
    )
    late = late._replace(record=late.record.model_copy(update={"events": moved, "date": "2019-01-06"}))
    assert weigh([early, late], BOOK).clusters == ()
    [cluster] = weigh([early, late], BOOK, Choices((on_events("same-event", early, late),))).clusters
    assert {document for document, _ in cluster.members} == {early.record.id, late.record.id}
    assert "Noor decided so (decision 1)" in cluster.reason


def test_of_contrary_decisions_on_two_events_the_later_one_holds() -> None:
    apart, same = on_events("not-same-event", *RAID), on_events("same-event", *RAID, number=2)
    assert len(weigh(RAID, BOOK, Choices((apart, same))).clusters) == 1


def test_a_decision_on_an_event_that_is_coded_no_more_is_told() -> None:
    apart = Choices((on_events("not-same-event", *RAID),))
    bare = RAID[1]._replace(record=RAID[1].record.model_copy(update={"events": ()}))
    assert weigh([RAID[0], bare], BOOK, apart).lost == {1}


def test_an_event_is_found_again_by_overlap_and_type_only() -> None:
    report = shelling()
    event = report.record.events[0]
    at = anchor(report, event.id)
    assert found_again(report.record, at) == (event.id,)
    assert found_again(report.record, at.model_copy(update={"type": "AID"})) == ()
    elsewhere = at.model_copy(update={"start": at.end, "end": at.end + 3})
    assert found_again(report.record, elsewhere) == ()
    assert found_again(report.record, at.model_copy(update={"document": "other"})) == ()
