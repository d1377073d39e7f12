"""Plain text and Markdown: exact text, front matter, encodings, dates."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from intake_making import one, refused, take

from saydo.intake.dates import day
from saydo.intake.decode import decode, wide
from saydo.intake.frontmatter import split

STORY = "Trucks were turned back at Kyzyl-Art.\r\n\r\nNo reason was given.  Drivers waited.\n"


def test_plain_text_is_used_exactly_as_it_stands(tmp_path: Path) -> None:
    """Line ends, double spaces and the last newline survive: offsets must fit the file."""
    path = tmp_path / "pass.txt"
    path.write_bytes(STORY.encode())
    item = one(path)
    assert item.document.text == STORY
    assert item.original == STORY.encode()
    assert item.document.source_sha256 == hashlib.sha256(STORY.encode()).hexdigest()
    assert item.document.id == hashlib.sha256(STORY.encode()).hexdigest()
    assert item.media_type == "text/plain"


def test_leading_header_lines_become_facts_and_leave_the_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "Title: Ferry halted at Qonghirot\nDate: 3 September 2018\nPublisher: Amu Gazette\nBy: Z. Orinova\n"
        f"URL: https://amu.example/7\nFiction: yes\n\n{STORY}",
        newline="",
    )
    document = one(path).document
    assert document.text == STORY
    assert (document.title, document.date) == ("Ferry halted at Qonghirot", "2018-09-03")
    assert (document.publisher, document.author) == ("Amu Gazette", "Z. Orinova")
    assert document.url == "https://amu.example/7"
    assert ("fiction", "yes") in document.metadata


def test_a_block_between_dashes_may_hold_keys_of_ones_own() -> None:
    facts, text = split(
        "---\nid: r-7\ntitle: 'Night at the bridge'\ntags:\n  - border\n  - water\nmood: tense\n---\n\nIt rained."
    )
    assert text == "It rained."
    assert (facts.id, facts.title) == ("r-7", "Night at the bridge")
    assert facts.extra == (("tags", "border, water"), ("mood", "tense"))


@pytest.mark.parametrize(
    "text",
    [
        "Isfara: a town divided\n\nThe bazaar is shut.",
        "Date: unknown to the villagers themselves, they counted winters instead.\nIt was cold.",
        "---\nA rule, and then prose.\n---\nMore prose.",
        "Source: " + "word " * 200 + "\n\nprose",
        "",
    ],
)
def test_prose_that_only_looks_like_a_header_stays_text(text: str) -> None:
    assert split(text)[1] == text


def test_markdown_gives_words_without_markup(tmp_path: Path) -> None:
    path = tmp_path / "b.md"
    path.write_text(
        "---\ndate: 2020-02-29\n---\n# Water talks *stall*\n\nThe [envoy](https://x.example) said\nthe talks "
        "had **ended**.\n\n- first point\n- second point\n\n| gate | state |\n|--|--|\n| north | shut |\n\n"
        "<div>raw <b>words</b></div>\n\n> A quotation.\n"
    )
    document = one(path).document
    assert document.title == "Water talks stall"
    assert document.date == "2020-02-29"
    assert document.text.split("\n\n") == [
        "Water talks stall",
        "The envoy said the talks had ended.",
        "first point",
        "second point",
        "gate\tstate",
        "north\tshut",
        "raw words",
        "A quotation.",
    ]


@pytest.mark.parametrize(
    ("encoded", "text"),
    [
        ("Šarif said “no”.".encode("utf-8-sig"), "Šarif said “no”."),
        ("Ночью в Оше было тихо.".encode("utf-16"), "Ночью в Оше было тихо."),
        ("A quiet night in Osh.".encode("utf-16-le"), "A quiet night in Osh."),
        ("The café’s owner – Žarko – left.".encode("cp1252"), "The café’s owner – Žarko – left."),
        (("Вчера вечером жители села вышли на дорогу. " * 9).encode("cp1251"), None),
        ("text \ud83d with half a pair".encode("utf-8", "surrogatepass"), "text \ud83d with half a pair"),
        (b"one zero byte \x00 in a line of words", "one zero byte \x00 in a line of words"),
    ],
)
def test_encodings_are_told_from_the_bytes(tmp_path: Path, encoded: bytes, text: str | None) -> None:
    path = tmp_path / "enc.txt"
    path.write_bytes(encoded)
    expected = text if text is not None else encoded.decode("cp1251")
    assert one(path).document.text == expected


def test_a_few_broken_bytes_are_replaced_and_said_so(tmp_path: Path) -> None:
    path = tmp_path / "broken.txt"
    path.write_bytes("Жители ушли. ".encode() * 20 + b"\xd0 end")
    document = one(path).document
    assert document.text.count("\ufffd") == 1
    assert ("encoding_damage", "1 undecodable places replaced by U+FFFD") in document.metadata


@given(st.text(min_size=1))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    """Any text that is written as UTF-8 is read as that text, whatever its characters.

    Only what begins with a byte order mark, or has a zero byte in every other place, is something else.
    """
    data = text.encode("utf-8", "surrogatepass")
    assume(not text.startswith("\ufeff") and wide(data) is None)
    assert decode(data).text == text


@given(st.binary(min_size=1, max_size=200), st.sampled_from([None, "utf-8", "koi8-r", "nonsense", "hex"]))
def test_decoding_never_breaks(data: bytes, declared: str | None) -> None:
    """Bytes give text or one clear error, nothing else."""
    from saydo.model.errors import InputError

    try:
        assert isinstance(decode(data, declared).text, str)
    except InputError as err:
        assert "UTF-8" in str(err)


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("2021-05-03T23:50:00+06:00", "2021-05-03"),
        ("2009-03-20 12:24:52.002364-05", "2009-03-20"),
        ("Tue, 05 Nov 2019 08:00:00 GMT", "2019-11-05"),
        ("5 Nov. 2019", "2019-11-05"),
        ("November 5th, 2019", "2019-11-05"),
        ("Friday, 1 March 2024", "2024-03-01"),
        ("05.11.2019", "2019-11-05"),
        ("25/12/2019", "2019-12-25"),
        ("12/25/2019", "2019-12-25"),
        ("07/07/2017", "2017-07-07"),
        ("20190514", "2019-05-14"),
        ("D:20190514093000+05'00'", "2019-05-14"),
        ("12 марта 2014", "2014-03-12"),
        ("12 марта 2014 г., 09:30", "2014-03-12"),
        ("le 3 août 2012", "2012-08-03"),
        ("13. Dezember 2011", "2011-12-13"),
        ("32 марта 2014", None),
        ("03/04/2021", None),
        ("March 2021", None),
        ("2021", None),
        ("2021-02-30", None),
        ("yesterday", None),
        ("last week in 2019 or so", None),
        ("", None),
    ],
)
def test_publication_dates_are_read_or_refused_with_a_reason(words: str, iso: str | None) -> None:
    found = day(words)
    assert found.iso == iso
    assert (found.reason is None) == (iso is not None)


@given(st.text(max_size=40))
def test_any_words_for_a_date_give_a_day_or_a_reason(words: str) -> None:
    found = day(words)
    assert (found.iso is None) != (found.reason is None)


def test_a_date_that_cannot_be_read_is_kept_in_the_metadata(tmp_path: Path) -> None:
    path = tmp_path / "c.txt"
    path.write_text("Date: 03/04/2021\n\nShots were heard.")
    document = one(path).document
    assert document.date is None
    metadata = dict(document.metadata)
    assert metadata["date_as_given"] == "03/04/2021"
    assert "YYYY-MM-DD" in metadata["date_unread"]


def test_a_day_in_the_file_name_is_the_last_resort(tmp_path: Path) -> None:
    path = tmp_path / "2016-08-30-khujand.txt"
    path.write_text("The bridge reopened.")
    document = one(path).document
    assert document.date == "2016-08-30"
    assert ("date_from", "file name") in document.metadata


@pytest.mark.parametrize("text", ["😀😱🔥", "שלום, אמר הדובר.", "قال المتحدث إن الهجوم وقع ليلا."])
def test_unusual_but_whole_texts_are_read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "odd.txt"
    path.write_text(text, encoding="utf-8")
    assert one(path).document.text == text


def test_the_same_bytes_and_the_same_text_come_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The pass is open.")
    (tmp_path / "b.txt").write_text("The pass is open.")
    (tmp_path / "c.txt").write_bytes("\ufeffThe pass is open.".encode())
    taken, skipped = take(tmp_path, tmp_path / "a.txt")
    assert [Path(item.origin).name for item in taken] == ["a.txt"]
    assert all(item.harmless for item in skipped)
    reasons = [item.reason.partition(" as ")[0] for item in skipped]
    assert reasons == ["the same bytes", "the same text", "the same file"]


def test_an_empty_file_and_one_of_white_space_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "blank.txt").write_bytes(b" \n\t\n")
    assert "0 bytes" in refused(tmp_path / "empty.txt").reason
    assert "white space" in refused(tmp_path / "blank.txt").reason
