"""PDF and Word files."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path

import docx
import pytest
from intake_making import LOCAL, one, pdf, refused

from saydo.intake import Limits


def lines(*words: str, top: int = 700, left: int = 72) -> list[tuple[float, float, str]]:
    return [(left, top - 14 * number, text) for number, text in enumerate(words)]


FIRST = lines(
    "The provincial council in Batken said on Tuesday that both",
    "sides had agreed to pull their men back from the water in-",
    "take before the end of the week.",
)
SECOND = lines(
    "Farmers on the lower canal said they had seen no sign of it,", "and kept their own watch.", top=640
)


def test_lines_of_a_pdf_become_paragraphs(tmp_path: Path) -> None:
    path = tmp_path / "council.pdf"
    path.write_bytes(pdf([FIRST + SECOND], title="Council statement"))
    document = one(path).document
    assert document.text.split("\n\n") == [
        "The provincial council in Batken said on Tuesday that both sides had agreed to pull their men back from "
        "the water intake before the end of the week.",
        "Farmers on the lower canal said they had seen no sign of it, and kept their own watch.",
    ]
    assert (document.title, document.author, document.date) == (
        "Council statement",
        "D. Sattor",
        "2019-05-14",
    )
    assert ("date_from", "PDF creation date") in document.metadata


def test_running_heads_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    pages = []
    villages = ("Sangvor", "Labijar", "Childara", "Mionadu")
    for number, village in enumerate(villages, start=1):
        body = lines(
            f"{village} is where the writers of the report", "spent one more night in the upper valley."
        )
        pages.append([(72, 800, "Valley Monitor, issue 12"), *body, *SECOND, (290, 30, str(number))])
    path = tmp_path / "long.pdf"
    path.write_bytes(pdf(pages))
    text = one(path).document.text
    assert "Valley Monitor" not in text
    assert "\n4" not in text
    assert all(f"{village} is where the writers" in text for village in villages)


def test_a_sentence_goes_on_over_the_page_break(tmp_path: Path) -> None:
    path = tmp_path / "two.pdf"
    path.write_bytes(
        pdf([lines("The column left Garm at dawn and reached"), lines("Tavildara in the afternoon.")])
    )
    assert one(path).document.text == "The column left Garm at dawn and reached Tavildara in the afternoon."


def test_a_pdf_with_a_password_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    path.write_bytes(pdf([FIRST], password="geheim"))
    assert "password" in refused(path).reason


def test_a_pdf_encrypted_without_a_user_password_is_another_matter(tmp_path: Path) -> None:
    """The handmade encryption is right: the same file opens with its password."""
    import pypdfium2

    opened = pypdfium2.PdfDocument(pdf([FIRST], password="geheim"), password="geheim")
    assert "provincial council" in opened[0].get_textpage().get_text_range()


def test_a_scanned_pdf_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf([[], []]))
    reason = refused(path).reason
    assert "no text layer" in reason
    assert "OCR" in reason


def test_a_damaged_pdf_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cut.pdf"
    path.write_bytes(b"%PDF-1.4\n1 0 obj\n<<")
    assert "damaged" in refused(path).reason


def word_file(path: Path) -> Path:
    document = docx.Document()
    document.core_properties.title = "Ceasefire bulletin"
    document.core_properties.author = "Field office"
    document.core_properties.created = datetime.datetime(2022, 7, 9, 8, 0)
    document.add_heading("Summary", 1)
    document.add_paragraph("Both commanders signed in Khorog.")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "wounded", "three"
    document.add_paragraph("The road was open by noon.")
    document.save(str(path))
    return path


def test_a_word_file_gives_paragraphs_tables_and_properties(tmp_path: Path) -> None:
    document = one(word_file(tmp_path / "bulletin.docx")).document
    assert document.text == (
        "Summary\n\nBoth commanders signed in Khorog.\n\nwounded\tthree\n\nThe road was open by noon."
    )
    assert (document.title, document.author, document.date) == (
        "Ceasefire bulletin",
        "Field office",
        "2022-07-09",
    )


@pytest.mark.parametrize("keep", [0.3, 0.9])
def test_a_truncated_word_file_is_refused(tmp_path: Path, keep: float) -> None:
    path = word_file(tmp_path / "cut.docx")
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * keep)])
    assert "complete copy" in refused(path).reason


def test_a_word_file_with_broken_xml_is_refused(tmp_path: Path) -> None:
    whole = zipfile.ZipFile(word_file(tmp_path / "whole.docx"))
    path = tmp_path / "bad.docx"
    with zipfile.ZipFile(path, "w") as package:
        for name in whole.namelist():
            data = whole.read(name)
            package.writestr(name, data[:200] if name == "word/document.xml" else data)
    assert "damaged" in refused(path).reason


def test_a_word_file_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", b" " * 3_000_000)
    path = tmp_path / "bomb.docx"
    path.write_bytes(buffer.getvalue())
    assert "unpacks to more" in refused(path, Limits(max_unpacked_bytes=1_000_000)).reason


@pytest.mark.parametrize(
    ("part", "told"),
    [("xl/workbook.xml", "Excel"), ("ppt/slides.xml", "PowerPoint"), ("notes.txt", "zip archive")],
)
def test_other_zip_files_are_named_for_what_they_are(tmp_path: Path, part: str, told: str) -> None:
    path = tmp_path / "thing.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(part, "x")
    assert told in refused(path, LOCAL).reason
