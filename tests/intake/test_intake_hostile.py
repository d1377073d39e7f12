"""Files made to do harm: each costs bounded time and memory, and ends as a report or as one line that says why."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import hostile_making as making
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from intake_making import LOCAL, Page, server

from saydo.intake import Intaken, Limits, ParserProcess, Skipped, read_inputs
from saydo.intake.fetch import Fetcher, is_private
from saydo.intake.known import Known
from saydo.intake.parsers import Nowhere
from saydo.intake.source import Source
from saydo.intake.take import take_bytes
from saydo.model.errors import InputError

SHORT = Limits(allow_private=True, delay=0.0, parse_seconds=8, parse_memory=400_000_000)


@pytest.fixture(scope="module")
def parser() -> Iterator[ParserProcess]:
    """The parser's child, warm: what it needs of libraries it has loaded."""
    with ParserProcess() as parser:
        for name, data in making.corpus().items():
            assert any(isinstance(i, Intaken) for i in taken(name, data, parser)), name
        yield parser


def taken(name: str, data: bytes, parser: ParserProcess, limits: Limits = SHORT) -> list[Intaken | Skipped]:
    """What intake makes of a file."""
    items = list(take_bytes(data, Source(name, name, limits, Nowhere(), parser=parser)))
    for item in items:
        if isinstance(item, Skipped):
            assert item.reason
            assert "\n" not in item.reason
    return items


def reason(name: str, data: bytes, parser: ParserProcess, limits: Limits = SHORT) -> str:
    """Why nothing came of a file."""
    (item,) = taken(name, data, parser, limits)
    assert isinstance(item, Skipped), item
    return item.reason


def text(name: str, data: bytes, parser: ParserProcess, limits: Limits = SHORT) -> str:
    """The text of a file that must give one report."""
    (item,) = taken(name, data, parser, limits)
    assert isinstance(item, Intaken), item
    return item.document.text


# --- the child ------------------------------------------------------------------------------------------


def test_a_parser_in_a_child_gives_what_it_gives_here(parser: ParserProcess) -> None:
    """For every kind: the same documents to the last field."""
    for name, data in making.corpus().items():
        here = list(take_bytes(data, Source(name, name, SHORT, Nowhere())))
        assert taken(name, data, parser) == here


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGSEGV to send")
def test_a_file_that_breaks_its_parser_is_skipped_and_the_next_is_read(tmp_path: Path) -> None:
    """Also the one before it; and whoever takes in does not die with the parser."""
    for name, words in (("a", "Quiet."), ("b", "SEGFAULT"), ("c", "Calm.")):
        (tmp_path / f"{name}.html").write_bytes(making.page(f"<p>{words}</p>".encode()))
    with ParserProcess("hostile_making:serve") as parser:
        items = list(read_inputs([str(tmp_path)], limits=SHORT, parser=parser))
    assert [i.document.text if isinstance(i, Intaken) else "skipped" for i in items] == [
        "Quiet.",
        "skipped",
        "Calm.",
    ]
    assert isinstance(items[1], Skipped)
    assert "its parser broke down (it was killed by SIGSEGV)" in items[1].reason


def test_a_file_on_which_its_parser_never_ends_is_given_up(tmp_path: Path) -> None:
    for name, words in (("a", "NEVER ENDS"), ("b", "Calm.")):
        (tmp_path / f"{name}.html").write_bytes(making.page(f"<p>{words}</p>".encode()))
    limits = Limits(parse_seconds=4)
    with ParserProcess("hostile_making:serve") as parser:
        begun = time.monotonic()
        first, second = read_inputs([str(tmp_path)], limits=limits, parser=parser)
    assert isinstance(first, Skipped)
    assert "takes longer than 4 s to parse" in first.reason
    assert isinstance(second, Intaken)
    assert time.monotonic() - begun < 30


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux heeds a limit of memory")
def test_a_file_that_takes_too_much_memory_is_skipped(parser: ParserProcess) -> None:
    """One line of JSON with more lists in it than there is memory for."""
    many = b'{"text": "x", "a": [' + b"[]," * 9_000_000 + b"[]]}\n"
    assert "bytes of memory" in reason("a.jsonl", many, parser)
    assert text("b.jsonl", b'{"text": "Calm."}\n', parser) == "Calm."


# --- formats --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("nested.html", making.page(b"<div><b><i>" * 300_000 + b"Calm.")),
        ("flat.html", making.page(b"<p>a</p><br>" * 200_000)),
        ("attributes.html", making.page(b"<p " + b"a=1 " * 1_000_000 + b">Calm.</p>")),
        ("unclosed.html", making.page(b"<!--" * 500_000)),
        ("entities.html", making.page(b"&amp" * 1_000_000)),
        ("brackets.md", b"[" * 50_000 + b"](" * 50_000),
        ("quotes.md", b"> " * 100_000 + b"a"),
        ("stars.md", b"*a _b " * 50_000),
        ("ticks.md", b"`" * 200_000 + b" a"),
        ("voices.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"<v " * 5_000 + b" " * 30_000),
        ("cues.srt", b"1\n00:00:01,000 --> 00:00:02,000\n" + b"<a" * 300_000),
        ("deep.jsonl", b'{"text": "x", "a": ' + b"[" * 500_000 + b"]" * 500_000 + b"}"),
        ("long.jsonl", b'{"text": "x", "a": ' + b"9" * 2_000_000 + b"}"),
        ("packed.pdf", making.packed_page(300_000_000)),
        ("letters.docx", making.docx(making.word_xml(b"<w:b/>" * 1 + b"a " * 20_000_000))),
        ("runs.docx", making.docx(making.word_xml(b"</w:t></w:r></w:p><w:p><w:r><w:t>" * 400_000))),
        ("nul.html", making.page(b"\x00" * 1_000_000)),
    ],
)  # fmt: skip
def test_much_of_anything_ends_in_time(name: str, data: bytes, parser: ParserProcess) -> None:
    """As a report or as a reason; the limit of time holds whatever the library does."""
    begun = time.monotonic()
    assert taken(name, data, parser)
    assert time.monotonic() - begun < SHORT.parse_seconds + 12
    assert text("calm.html", making.page(b"<p>Calm.</p>"), parser) == "Calm."


def test_white_space_does_not_hold_up_the_look_at_a_file(parser: ParserProcess) -> None:
    """Telling what a file is takes no longer for one that nearly begins like subtitles."""
    begun = time.monotonic()
    taken("a.txt", b"1" + b"\n" * 65_000 + b"x", parser)
    taken("b.txt", b" \n" * 32_000 + b"1\n", parser)
    assert time.monotonic() - begun < 5


def test_entities_of_a_word_file_are_not_unfolded(parser: ParserProcess, tmp_path: Path) -> None:
    """Neither into a billion words nor into a file of this machine."""
    secret = tmp_path / "secret"
    secret.write_text("the password is swordfish")
    for prologue, entity in ((making.laughs(), b"&e9;"), (making.stranger(str(secret)), b"&e;")):
        for item in taken("a.docx", making.docx(making.word_xml(b"Calm. " + entity, prologue)), parser):
            assert not isinstance(item, Intaken) or len(item.document.text) < 100
            assert "swordfish" not in repr(item)


def test_entities_of_a_feed_are_not_unfolded(parser: ParserProcess, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the password is swordfish")
    for prologue, entity in ((making.laughs(), b"&e9;"), (making.stranger(str(secret)), b"&e;")):
        for item in taken("a.xml", making.feed(entity, prologue), parser):
            assert len(repr(item)) < 20_000
            assert "swordfish" not in repr(item)


def test_a_word_file_with_paths_out_of_its_folder_writes_nothing(
    parser: ParserProcess, tmp_path: Path
) -> None:
    """It is never unpacked to the disk, so that names in it lead nowhere."""
    out = tmp_path / "slipped.txt"
    data = making.docx(
        making.word_xml(b"Calm."), {f"../../../../../../..{out}": b"slipped", str(out): b"slipped"}
    )
    assert text("a.docx", data, parser) == "Calm."
    assert not out.exists()


@pytest.mark.parametrize("name", ["a.txt.gz", "a.jsonl.gz"])
def test_a_gzip_bomb_is_met_by_its_ratio(name: str, parser: ParserProcess) -> None:
    """Long before the limit for one report, and for streams of reports, which have none."""
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as out:
        for _ in range(150):
            out.write(b"x" * 1_000_000)
    assert "300 times its size" in reason(name, packed.getvalue(), parser)


def test_a_row_without_end_is_skipped(parser: ParserProcess) -> None:
    """Quotes that go on over all lines; rows behind the limit are read."""
    limits = Limits(max_bytes=100_000)
    data = b"id,text\n1,Calm.\n" + b'"a\n",' * 40_000 + b"x\n2,Still.\n"
    items = taken("a.csv", data, parser, limits)
    assert next(i.document.text for i in items if isinstance(i, Intaken)) == "Calm."
    assert any("the row is longer than" in i.reason for i in items if isinstance(i, Skipped))


def test_headers_without_end_stop_a_web_archive(parser: ParserProcess) -> None:
    """One of any length, or any number of them; in a moment, since they are not read to their end."""
    for headers in (b"X-Long: " + b"x" * 30_000_000 + b"\r\n", b"X-Many: x\r\n" * 2_000_000):
        begun = time.monotonic()
        items = taken("a.warc", making.warc(making.page(b"<p>Calm.</p>"), headers=headers), parser)
        assert any("headers of over 1,000,000 bytes" in i.reason for i in items if isinstance(i, Skipped))
        assert time.monotonic() - begun < 10


def test_a_page_in_an_archive_that_breaks_its_parser_costs_only_itself() -> None:
    if os.name == "nt":
        pytest.skip("Windows has no SIGSEGV to send")
    pages = [making.page(b"<p>" + words + b"</p>") for words in (b"Quiet.", b"SEGFAULT", b"Calm.")]
    with ParserProcess("hostile_making:serve") as parser:
        items = taken("a.warc", making.warc(*pages), parser)
    assert [i.document.text if isinstance(i, Intaken) else "-" for i in items] == ["Quiet.", "-", "Calm."]


def test_what_a_source_says_of_itself_is_bounded(parser: ParserProcess) -> None:
    """A title of a megabyte is cut and that is noted; an id of that length is refused."""
    long = "x" * 1_000_000
    (item,) = taken("a.jsonl", json.dumps({"text": "Calm.", "title": long, "url": long}).encode(), parser)
    assert isinstance(item, Intaken)
    assert item.document.title == "x" * 4_000
    assert item.document.url is None
    assert ("title_cut", "of 1,000,000 characters") in item.document.metadata
    assert "id has 1,000,000" in reason("b.jsonl", json.dumps({"text": "Calm.", "id": long}).encode(), parser)


def test_a_full_folder_for_temporary_files_is_one_line() -> None:
    """What was taken in already is kept there."""
    with (
        closing(Known()) as known,
        pytest.raises(InputError, match="temporary files cannot be written") as told,
    ):
        known._db.execute("PRAGMA max_page_count = 12")
        for n in range(10_000):
            known.file((1, n), "some file")
    assert "set TMPDIR" in str(told.value)
    assert "\n" not in str(told.value)


# --- folders and addresses --------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own on Windows")
def test_links_out_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    """To a file or to a folder, by a whole path or by dots; links within the folder are."""
    inbox, out = tmp_path / "inbox", tmp_path / "out"
    for folder in (inbox, out):
        folder.mkdir()
    (out / "secret.txt").write_text("swordfish")
    (inbox / "a.txt").write_text("Calm.")
    (inbox / "b.txt").symlink_to(out / "secret.txt")
    (inbox / "c").symlink_to(out, target_is_directory=True)
    (inbox / "d.txt").symlink_to(Path("..") / "out" / "secret.txt")
    (inbox / "e.txt").symlink_to("a.txt")
    items = list(read_inputs([str(inbox)], limits=LOCAL))
    assert [i.document.text for i in items if isinstance(i, Intaken)] == ["Calm."]
    reasons = [i.reason for i in items if isinstance(i, Skipped)]
    assert sum("leads out of the folder" in r for r in reasons) == 3
    assert "the same file" in reasons[-1]
    (linked,) = read_inputs([str(inbox / "b.txt")], limits=LOCAL)
    assert isinstance(linked, Intaken)  # named by a person, it is what that person wants


def test_a_name_with_any_private_address_is_not_visited() -> None:
    """A name may have a public address for the check and a private one for the visit."""
    fetcher = Fetcher(Limits(), resolve=lambda host, port: ["93.184.215.14", "10.0.0.7"])
    with pytest.raises(InputError, match="private network"):
        fetcher.fetch("http://news.example/a")
    fetcher.close()


def test_a_name_that_points_elsewhere_after_the_check_is_visited_where_it_was_checked() -> None:
    """Each visit asks for the address once, and connects to what it checked. A redirect is a new visit."""
    pages: dict[str, Page] = {"/a": (302, {"Location": "http://news.example/b"}, b"")}
    with server(pages) as (base, visits):
        port = base.rsplit(":", 1)[1]
        answers = iter(["127.0.0.1", "10.0.0.7", "10.0.0.7"])
        fetcher = Fetcher(
            Limits(delay=0.0, respect_robots=False),
            barred=lambda address: address != "127.0.0.1" and is_private(address),
            resolve=lambda host, port: [next(answers)],
        )
        with pytest.raises(InputError, match=r"news\.example is an address of a private network"):
            fetcher.fetch(f"http://news.example:{port}/a")
        fetcher.close()
    assert visits == ["/a"]


# --- anything ---------------------------------------------------------------------------------------------

CORPUS = making.corpus()


@st.composite
def grown(draw: st.DrawFn) -> tuple[str, bytes]:
    """A file of the corpus, with some of it cut out, doubled, overwritten, or put in from another."""
    name = draw(st.sampled_from(sorted(CORPUS)))
    data = bytearray(CORPUS[name])
    for _ in range(draw(st.integers(0, 6))):
        first = draw(st.integers(0, len(data)))
        last = draw(st.integers(first, min(len(data), first + 200)))
        how = draw(st.sampled_from(["cut", "double", "bytes", "other", "repeat"]))
        if how == "cut":
            del data[first:last]
        elif how == "double":
            data[first:first] = data[first:last]
        elif how == "bytes":
            data[first:last] = draw(st.binary(max_size=40))
        elif how == "other":
            other = CORPUS[draw(st.sampled_from(sorted(CORPUS)))]
            data[first:first] = other[: draw(st.integers(0, len(other)))]
        else:
            data[first:last] = bytes(data[first:last]) * draw(st.integers(2, 50))
    return draw(st.sampled_from([name, *sorted(CORPUS)])), bytes(data)


@given(grown())
@settings(max_examples=int(os.environ.get("SAYDO_FUZZ", "150")), suppress_health_check=list(HealthCheck))
def test_whatever_is_grown_from_good_files_gives_reports_or_reasons(
    parser: ParserProcess, file: tuple[str, bytes]
) -> None:
    """Through the child that is used in earnest; it never breaks down. ``SAYDO_FUZZ`` says how many."""
    name, data = file
    for item in taken(name, data, parser, LOCAL):
        if isinstance(item, Intaken):
            assert item.document.text.strip()
            json.dumps(item.document.metadata)
        else:
            assert "broke down" not in item.reason, item.reason
            assert "takes longer" not in item.reason, item.reason
