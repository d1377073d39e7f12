"""Documents in, records out, in order, whatever happens to one of them."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from desk_rooms import ROOMS, PlainReader, codebook, without
from hypothesis import given
from hypothesis import strategies as st

from saydo import __version__
from saydo.desk import Failure, code_documents, code_stream
from saydo.model.document import Document
from saydo.model.errors import CodingError
from saydo.model.reading import Reading
from saydo.model.records import CoderInfo, Record

TEXT = "Reef vowed peace. Reef shelled Tal on Sunday and nobody knew why it was so."


def documents(*texts: str) -> list[Document]:
    return [Document(f"d{n}", text, date="2020-01-02", title=f"T{n}") for n, text in enumerate(texts)]


def coded(*texts: str) -> list[Record | Failure]:
    return list(code_documents(documents(*texts), PlainReader(), codebook(), rooms=ROOMS))


def test_a_record_holds_what_each_room_found() -> None:
    """Document fields, sentences, mentions with their words and heads, findings, who coded."""
    (record,) = coded(TEXT)
    assert isinstance(record, Record)
    assert (record.id, record.title, record.date) == ("d0", "T0", "2020-01-02")
    assert record.text_sha256 == Document("x", TEXT).text_sha256
    assert record.coder == CoderInfo(version=__version__, reader="plain 1", codebook="tiny 1")
    assert record.sentences == ((0, 17), (18, 75))
    assert [(m.id, m.text, m.actor, m.head) for m in record.mentions] == [
        ("m0", "Reef", "reef", (0, 4)), ("m1", "Reef", "reef", (18, 22)), ("m2", "Tal", "tal", (31, 34)),
        ("m3", "Sunday", "sunday", (38, 44)),
    ]  # fmt: skip
    assert [e.actors for e in record.events] == [("m1",)]
    assert [s.source_mention for s in record.statements] == ["m0"]


def test_what_a_document_sets_against_itself_is_in_its_record() -> None:
    """Weighing runs over the single document; its ids go on from those that the coder gave."""
    (record,) = coded(TEXT)
    assert isinstance(record, Record)
    assert [(d.id, d.statement.id, d.against[0].id) for d in record.discrepancies] == [("d0", "s0", "e0")]


@given(st.lists(st.sampled_from(["Reef shelled Tal.", "FAIL", "BREAK", "Nothing here.", ""]), max_size=40))
def test_order_is_kept_and_each_document_answers_for_itself(texts: list[str]) -> None:
    """One record or failure for each document, in order, whatever its neighbours do; the same as alone."""
    together = coded(*texts)
    assert len(together) == len(texts)
    for n, (text, outcome) in enumerate(zip(texts, together, strict=True)):
        name = outcome.document if isinstance(outcome, Failure) else outcome.id
        assert name == f"d{n}"
        assert isinstance(outcome, Failure) == (text in ("FAIL", "BREAK"))
        alone = list(code_documents([documents(*texts)[n]], PlainReader(), codebook(), rooms=ROOMS))
        assert alone == [outcome]


def test_a_failure_is_one_line_with_its_cause() -> None:
    (failure,) = coded("FAIL")
    assert isinstance(failure, Failure)
    assert "ValueError: cannot read this" in failure.reason
    assert "\n" not in failure.reason


@pytest.mark.parametrize("room", ["link", "code", "weigh"])
def test_a_failure_of_any_room_is_that_documents_alone(room: str) -> None:
    outcomes = list(code_documents(documents("A.", "B."), PlainReader(), codebook(), rooms=without(room)))
    assert [type(outcome) for outcome in outcomes] == [Failure, Failure]


def test_strict_coding_raises_what_went_wrong() -> None:
    """For whoever looks for the cause."""
    with pytest.raises(KeyError, match="broken rule"):
        list(code_documents(documents("BREAK"), PlainReader(), codebook(), rooms=ROOMS, strict=True))


def test_documents_are_drawn_as_they_are_needed() -> None:
    """A stream of a million documents must not be read to its end before the first record."""
    drawn = 0

    def endless() -> Iterator[Document]:
        nonlocal drawn
        while True:
            drawn += 1
            yield Document(str(drawn), "Reef shelled Tal.")

    records = code_documents(endless(), PlainReader(), codebook(), rooms=ROOMS)
    for _ in range(3):
        next(records)
    assert drawn < 50


def test_a_reader_that_gives_another_documents_reading_is_caught() -> None:
    class Confused(PlainReader):
        def read(self, document: Document) -> object:  # type: ignore[override]
            return super().read(Document("other", document.text))

    (failure,) = code_documents(documents(TEXT), Confused(), codebook(), rooms=ROOMS)  # type: ignore[arg-type]
    assert isinstance(failure, Failure)
    assert "gave a reading of 'other'" in failure.reason


def test_half_a_surrogate_pair_is_named() -> None:
    """JSON may smuggle one in; no file can hold it."""
    (failure,) = coded("Reef \ud800 shelled Tal.")
    assert isinstance(failure, Failure)
    assert "half of a surrogate pair at character 5" in failure.reason


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("🚀🔥🔥🚀 !!", "no words"),
        ("قالت الحكومة إن الهجوم وقع في المدينة صباح الأحد", "letters are arabic"),
        ("Правительство заявило, что атака произошла утром", "letters are cyrillic"),
        ("政府表示袭击发生在星期日早上", "letters are cjk"),
        ("Le gouvernement a déclaré que les rebelles avaient attaqué la ville dimanche matin et que plusieurs "
         "personnes sont mortes pendant les combats qui ont suivi dans les rues du centre, selon des témoins "
         "qui se trouvaient près du marché lorsque les premiers tirs ont éclaté", "does not read like English"),
        ("Die Regierung teilte mit, dass die Rebellen am Sonntag die Stadt angegriffen haben und dass mehrere "
         "Menschen bei den Gefechten ums Leben kamen, die danach in den Straßen ausbrachen, sagten Zeugen, die "
         "in der Nähe des Marktes waren, als die ersten Schüsse fielen und Rauch aufstieg", "does not read like"),
    ],
)  # fmt: skip
def test_a_text_that_is_not_english_says_so(text: str, remark: str) -> None:
    """Its record is there, with a note: findings in it would be chance."""
    (record,) = coded(text)
    assert isinstance(record, Record)
    assert remark in record.notes[0].reason
    assert record.language is None


def test_english_is_detected_and_a_given_language_kept() -> None:
    long = "The men said that they had been to the town and that it was quiet. " * 4
    (record,) = coded(long)
    assert isinstance(record, Record)
    assert (record.language, record.notes) == ("en", ())
    given = Document("d", long, language="en-GB")
    (record,) = code_documents([given], PlainReader(), codebook(), rooms=ROOMS)
    assert isinstance(record, Record)
    assert record.language == "en-GB"


def test_a_record_that_does_not_hold_together_is_a_failure() -> None:
    """It would break whatever reads it later; the line says what is wrong with it."""
    from dataclasses import replace

    from desk_rooms import code

    def wrong(linked: object, book: object) -> object:
        found = code(linked, book)  # type: ignore[arg-type]
        return found._replace(events=(found.events[0].model_copy(update={"actors": ("m77",)}),))

    rooms = replace(ROOMS, code=wrong)  # type: ignore[arg-type]
    (failure,) = code_documents(documents(TEXT), PlainReader(), codebook(), rooms=rooms)
    assert isinstance(failure, Failure)
    assert "event e0 refers to 'm77', which is not there" in failure.reason
    with pytest.raises(CodingError):
        list(code_documents(documents(TEXT), PlainReader(), codebook(), rooms=rooms, strict=True))


def stream(*inputs: str, stdin: bytes = b"") -> tuple[list[dict[str, object]], object]:
    out = io.StringIO()
    summary = code_stream(inputs, out, PlainReader(), codebook(), rooms=ROOMS, stdin=io.BytesIO(stdin))
    return [json.loads(line) for line in out.getvalue().splitlines()], summary


def test_a_stream_of_inputs_gives_lines_in_their_order(tmp_path: Path) -> None:
    """Files, then lines of a file, then standard input; what failed is listed and the rest is there."""
    (tmp_path / "b.txt").write_text("Bree shelled Tal.")
    (tmp_path / "a.jsonl").write_text(
        '{"id": "x", "text": "Reef vowed."}\n{broken\n{"id": "y", "text": "FAIL"}\n'
    )
    lines, summary = stream(
        str(tmp_path / "b.txt"), str(tmp_path / "a.jsonl"), "-", stdin=b'{"id": "z", "text": "Zor vowed."}\n'
    )
    texts = [line["mentions"][0]["text"] for line in lines]  # type: ignore[index]
    assert texts == ["Bree", "Reef", "Zor"]
    assert (summary.records, summary.words, summary.complete) == (3, 7, False)  # type: ignore[attr-defined]
    origins = [Path(skipped.origin).name for skipped in summary.skipped]  # type: ignore[attr-defined]
    assert origins == ["a.jsonl:2", "a.jsonl:3"]


def test_a_line_reads_back_as_the_record(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    lines, _ = stream(str(tmp_path / "a.txt"))
    assert Record.model_validate(lines[0]).model_dump(mode="json") == lines[0]


def test_an_error_of_reading_together_is_told_where_no_document_is_at_fault(
    caplog: pytest.LogCaptureFixture,
) -> None:
    class Together(PlainReader):
        def read_all(self, documents: Iterable[Document]) -> Iterator[Reading]:
            raise MemoryError("too many\nat once")

    found = list(code_documents(documents(TEXT, TEXT), Together(), codebook(), rooms=ROOMS))
    assert all(isinstance(record, Record) for record in found)
    (line,) = caplog.messages
    assert "2 reports were read one by one" in line and "MemoryError: too many at once" in line


def test_where_a_document_is_at_fault_it_alone_is_told(caplog: pytest.LogCaptureFixture) -> None:
    _, failed = coded(TEXT, "FAIL here.")
    assert isinstance(failed, Failure) and caplog.messages == []
