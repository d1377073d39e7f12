"""What can go wrong with files and folders: each a clear line, nothing lost, nothing raised."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intake_making import LOCAL, one, refused, take

from saydo.intake import Intaken, Limits, Skipped, read_inputs
from saydo.intake.inputs import why_unopened
from saydo.intake.take import take_bytes

_NOBODY = 65534


def fill(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"The words of {name}.")


def test_inputs_come_in_order_and_folders_by_path(tmp_path: Path) -> None:
    fill(tmp_path, "z.txt", "in/b.txt", "in/a/c.txt", "in/.hidden.txt", "in/.git/x.txt", "in/Z.txt")
    taken, skipped = take(tmp_path / "z.txt", tmp_path / "in")
    names = [Path(item.origin).relative_to(tmp_path).as_posix() for item in taken]
    assert names == ["z.txt", "in/Z.txt", "in/a/c.txt", "in/b.txt"]
    assert not skipped


def test_reading_is_lazy(tmp_path: Path) -> None:
    """A folder of any size is held one report at a time; what vanishes meanwhile is one line."""
    fill(tmp_path, "a.txt", "b.txt", "c.txt")
    items = read_inputs([str(tmp_path)], limits=LOCAL)
    assert isinstance(next(items), Intaken)
    (tmp_path / "b.txt").unlink()
    gone, after = items
    assert isinstance(gone, Skipped)
    assert "not there" in gone.reason
    assert isinstance(after, Intaken)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "PNG"),
        (b"\x7fELF" + bytes(range(256)) * 4, "program"),
        (bytes(range(256)) * 40, "binary"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password-protected"),
        (b"{\\rtf1\\ansi Words}", "rich text"),
        (b"SQLite format 3\x00" + bytes(90), "SQLite"),
    ],
)
def test_binary_data_renamed_txt_is_refused(tmp_path: Path, data: bytes, told: str) -> None:
    path = tmp_path / "renamed.txt"
    path.write_bytes(data)
    reason = refused(path).reason
    assert told in reason
    assert reason.startswith("is named .txt but")


def test_prose_that_begins_like_a_magic_number_is_prose(tmp_path: Path) -> None:
    path = tmp_path / "mz.txt"
    path.write_text("MZ, as the commander is known, spoke on Friday.")
    assert one(path).document.text.startswith("MZ")


def test_a_pdf_renamed_txt_is_read_as_what_it_is(tmp_path: Path) -> None:
    from intake_making import pdf

    path = tmp_path / "really.txt"
    path.write_bytes(pdf([[(72, 700, "Words on paper.")]]))
    assert one(path).media_type == "application/pdf"


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.warc", "a.gz"])
def test_text_under_a_wrong_name_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("Only words.")
    assert refused(path).reason.startswith(f"is named {path.suffix} but is not")


@pytest.mark.parametrize("name", ["a.xlsx", "a.odt", "a.py", "a.doc"])
def test_kinds_without_a_reader_are_named(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("Only words.")
    assert "no reader" in refused(path).reason


def test_a_file_without_a_suffix_is_text_if_it_is(tmp_path: Path) -> None:
    path = tmp_path / "NOTES"
    path.write_text("Only words.")
    assert one(path).document.text == "Only words."


def test_a_text_beyond_the_limit_is_refused_with_both_figures(tmp_path: Path) -> None:
    path = tmp_path / "line.txt"
    path.write_bytes(b"word " * 30_000)
    assert "150,000 characters, over the limit of 100,000" in refused(path, Limits(max_text=100_000)).reason
    assert "over the limit of 9,999 bytes" in refused(path, Limits(max_bytes=9_999)).reason


@pytest.mark.slow
def test_fifty_megabytes_in_one_line_are_one_clear_line(tmp_path: Path) -> None:
    path = tmp_path / "line.txt"
    path.write_bytes(b"word " * 10_000_000)
    assert "over the limit of 20,000,000" in refused(path).reason


def test_paths_that_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "not there" in refused(tmp_path / "none.txt").reason
    assert "no files" in refused(tmp_path / "empty").reason
    refused("a\0b")
    refused("")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_in_a_folder_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "regular file" in refused(tmp_path).reason


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="needs the permissions of a Unix file system")
def test_what_may_not_be_read_is_said_so() -> None:
    """The superuser may read everything, so where the suite runs as root the reading is done as nobody."""
    folder = Path(tempfile.mkdtemp(prefix="shut-", dir="/tmp" if Path("/tmp").is_dir() else None))
    folder.chmod(0o755)
    fill(folder, "open.txt", "shut.txt", "shut/a.txt")
    (folder / "shut.txt").chmod(0)
    (folder / "shut").chmod(0)
    take(folder / "open.txt")  # loads what reading needs while it may be loaded
    me = os.geteuid()
    try:
        if me == 0:
            os.seteuid(_NOBODY)
        taken, skipped = take(folder)
    finally:
        os.seteuid(me)
        (folder / "shut").chmod(0o700)
        shutil.rmtree(folder)
    assert len(taken) == 1
    assert skipped
    assert all("permissions" in item.reason for item in skipped)


def test_reasons_for_not_opening_say_what_to_do() -> None:
    """For the superuser too, to whom the file system denies nothing."""
    assert "permissions" in why_unopened(PermissionError(13, "Permission denied"))
    assert "check the path" in why_unopened(FileNotFoundError(2, "No such file"))
    assert "Too many" in why_unopened(OSError(40, "Too many levels of symbolic links"))


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    fill(tmp_path, "in/a.txt")
    (tmp_path / "in" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "in" / "self").symlink_to(tmp_path / "in" / "self")
    (tmp_path / "in" / "zz.txt").symlink_to(tmp_path / "in" / "a.txt")
    taken, skipped = take(tmp_path)
    assert len(taken) == 1
    harmless = [item for item in skipped if item.harmless]
    assert {item.reason.partition(" as ")[0] for item in harmless} == {
        "the link leads back to a folder above it",
        "the same file",
    }
    assert len(skipped) == len(harmless) + 1


def test_one_broken_source_never_stops_the_run(tmp_path: Path) -> None:
    fill(tmp_path, "a.txt", "z.txt")
    (tmp_path / "m.pdf").write_bytes(b"%PDF-1.7 broken")
    (tmp_path / "n.docx").write_bytes(b"PK\x03\x04[Content_Types].xml word/")
    taken, skipped = take(tmp_path)
    assert len(taken) == 2
    assert len(skipped) == 2


@given(
    st.binary(max_size=400),
    st.sampled_from(
        ["", "%PDF-1.4\n", "WARC/1.0\r\n", "PK\x03\x04word/", "\x1f\x8b\x08", "WEBVTT\n\n", "<html>", "<rss>"]
    ),
    st.sampled_from(
        ["txt", "md", "html", "pdf", "docx", "srt", "vtt", "jsonl", "csv", "warc", "gz", "xml", "zzz"]
    ),
)
@settings(max_examples=150)
def test_any_bytes_under_any_name_give_reports_or_reasons(data: bytes, magic: str, suffix: str) -> None:
    """No bytes raise, and every reason is one line."""
    from saydo.intake.fetch import Fetcher
    from saydo.intake.source import Source

    source = Source(f"x.{suffix}", f"x.{suffix}", LOCAL, Fetcher(LOCAL))
    items = list(take_bytes(magic.encode("latin-1") + data, source))
    assert all("\n" not in item.reason for item in items if isinstance(item, Skipped))
