"""Deciding about a case: the case follows at once, coding anew keeps it, undoing takes it back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from desk_rooms import PlainReader, code, codebook, link, render

from saydo.codebook import Codebook, load
from saydo.coding import Coded
from saydo.desk import Corridor, Reviewer, decisions, open_case, run, ties_over_time
from saydo.model.case import CaseView
from saydo.model.errors import InputError, StoreError
from saydo.model.linked import LinkedReading
from saydo.model.records import Tie
from saydo.weighing import Weigher, weigh

BOOK = load()
REPORTS = [
    ("may", "2016-05-02", "Dessalegn commands Ridgeguard."),
    ("april", "2017-04-01", "Dessalegn commands Ridgeguard and Zor shelled Tal."),
    ("june", "2017-06-01", "Dessalegn deserted Ridgeguard."),
    ("other", "2017-06-02", "Rgf met Zor."),
    ("tal", "2017-04-01", "Zur shelled Tal."),
]


def coded(linked: LinkedReading, book: Codebook) -> Coded:
    """As in the other tests, and a tie for each "commands" (current) and "deserted" (ended)."""
    made = code(linked, book)
    ties = []
    for token in linked.reading.tokens:
        before = [m for m in linked.mentions if m.head < token.i][-1:]
        behind = [m for m in linked.mentions if m.head > token.i][:1]
        if token.text not in ("commands", "deserted") or not before or not behind:
            continue
        ended = token.text == "deserted"
        where = (token.start, token.end)
        ties.append(
            Tie.model_validate(
                {"id": f"t{len(ties)}", "type": "affiliation" if ended else "command", "from": before[0].id,
                 "to": behind[0].id, "state": "ended" if ended else "current", "trigger": where,
                 "evidence": where, "rule": "test", "score": 0.9}
            )
        )  # fmt: skip
    return Coded(made.events, tuple(ties), made.statements, (), ())


ROOMS = Corridor(link, coded, weigh, render, Weigher)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    inbox = tmp_path / "inbox.jsonl"
    lines = [{"id": id, "date": date, "text": text} for id, date, text in REPORTS]
    inbox.write_text("".join(json.dumps(line) + "\n" for line in lines))
    code_with(tmp_path / "case", PlainReader())
    return tmp_path / "case"


def code_with(case: Path, reader: PlainReader) -> None:
    run([str(case.with_name("inbox.jsonl"))], case, reader, BOOK, rooms=ROOMS)


def view(case: Path) -> CaseView:
    return open_case(case).view()


def reviewer(case: Path, who: str = "Noor", book: Codebook = BOOK) -> Reviewer:
    return Reviewer(case, who, book, rooms=ROOMS, clock=lambda: "2026-01-02T03:04:05Z")


def test_two_actors_made_one_are_one_at_once_and_after_coding_anew(case: Path) -> None:
    with reviewer(case) as deciding:
        [made] = deciding.same("Rgf", "Ridgeguard", "one flag")
    assert (made.decision.number, made.decision.who, made.decision.why, made.follows) == (
        1,
        "Noor",
        "one flag",
        True,
    )
    for version in ("plain 1", "plain 2"):
        code_with(case, PlainReader(version))
        held = view(case)
        actor = next(a for a in held.actors if a.actor.id == "ridgeguard")
        assert ("Rgf" in actor.actor.aliases, "other" in actor.documents) == (True, True)
        [merge] = held.identities.merges
        assert (merge.decision, merge.reason) == (1, "Noor decided so on 2026-01-02: one flag")


def test_undoing_a_decision_leaves_the_case_as_it_was_and_both_on_record(case: Path) -> None:
    before = view(case)
    with reviewer(case) as deciding:
        deciding.same("rgf", "ridgeguard")
        deciding.undo(1, "two flags")
    after = view(case)
    assert (after.actors, after.identities, after.spells) == (before.actors, before.identities, before.spells)
    assert [(h.decision.kind, h.undone_by) for h in decisions(after)] == [("same-actor", 2), ("undo", None)]


def test_a_question_is_answered_by_its_number(case: Path) -> None:
    """Zor and Zur shelled Tal: nobody asks, but a person may say so, and an event has its name in the report."""
    with reviewer(case) as deciding:
        [made] = deciding.same("april/e0", "tal/e0")
    assert (made.decision.kind, [e.words for e in made.decision.events]) == (
        "same-event",
        ["shelled", "shelled"],
    )


def test_what_matches_nothing_any_more_is_kept_and_told(case: Path) -> None:
    with reviewer(case) as deciding:
        deciding.same("rgf", "ridgeguard")
    lines = case.with_name("inbox.jsonl").read_text().splitlines()
    emptied = case.with_name("case2")
    case.with_name("inbox.jsonl").write_text("\n".join(line for line in lines if "Rgf" not in line) + "\n")
    code_with(emptied, PlainReader())
    with reviewer(emptied) as deciding, pytest.raises(InputError, match="no actor 'rgf'"):
        deciding.same("rgf", "ridgeguard")
    [held] = decisions(view(case))
    assert not held.lost


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (lambda r: r.same("nobody here", "zor"), "no actor 'nobody here'"),
        (lambda r: r.same("zor", "Zor"), "are one id, zor"),
        (lambda r: r.same("april/e0", "april/e0"), "the same event"),
        (lambda r: r.same("april/e7", "tal/e0"), "has no e7"),
        (lambda r: r.same("april/e0", "nowhere/e0"), "no report matches 'nowhere'"),
        (lambda r: r.same("tal", "zor", "", "june"), "report june names no actor 'tal'"),
        (lambda r: r.verdict("d-none", "reject"), "no discrepancy has the id"),
        (lambda r: r.verdict("d-none", "wrong"), "is no verdict; say one of: uphold, reject, unclear"),
        (lambda r: r.undo(3), "there is no decision 3"),
    ],
)
def test_what_cannot_be_decided_is_told_in_one_line_and_nothing_is_written(
    case: Path, act, told: str
) -> None:
    with reviewer(case) as deciding:
        with pytest.raises(InputError) as caught:
            act(deciding)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not view(case).decisions


def test_a_decision_is_undone_once(case: Path) -> None:
    with reviewer(case) as deciding:
        deciding.same("rgf", "ridgeguard")
        deciding.undo(1)
        with pytest.raises(InputError, match="undone already, by decision 2"):
            deciding.undo(1)


def test_only_somebody_decides_in_a_case_that_is_there_and_with_its_codebook(
    case: Path, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="nobody is named"):
        reviewer(case, "  ")
    with pytest.raises(InputError, match="give it with --codebook"):
        reviewer(case, book=codebook())
    with pytest.raises(StoreError, match="holds no case"):
        reviewer(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_who_commanded_whom_on_a_day_is_answered_with_the_sentences(case: Path) -> None:
    [found] = ties_over_time(view(case), of="Ridgeguard", types=("command",), on="2016-08")
    assert (
        found.sentence
        == "Dessalegn commanded Ridgeguard by 2016-05-02 until a day not told, before 2017-06-01"
    )
    assert found.on_the_day == "held"
    assert [(s.citation.document, s.citation.quote) for s in found.evidence][:2] == [
        ("april", "Dessalegn commands Ridgeguard and Zor shelled Tal."),
        ("june", "Dessalegn deserted Ridgeguard."),
    ]


def test_after_the_end_nobody_commands(case: Path) -> None:
    assert list(ties_over_time(view(case), of="ridgeguard", types=("command",), on="2017-07-01")) == []


def test_a_tie_is_asked_for_by_any_name_that_was_merged(case: Path) -> None:
    with reviewer(case) as deciding:
        deciding.same("rgf", "ridgeguard")
    assert [t.to_name for t in ties_over_time(view(case), of="Rgf", types=("command",))] == ["Ridgeguard"]
