"""Files that are there whole or not at all, and what is no file."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from saydo.desk import whole_bytes, whole_file
from saydo.model.errors import SaydoError


def test_what_is_written_takes_the_place_of_what_was_there_only_in_the_end(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("before")
    with whole_file(path) as out:
        out.write("after")
        assert path.read_text() == "before"
    assert path.read_text() == "after"
    assert list(tmp_path.iterdir()) == [path]


def test_two_that_write_one_file_are_one_too_many(tmp_path: Path) -> None:
    """The second is told so and leaves what the first has written alone."""
    path = tmp_path / "out.jsonl"
    with whole_file(path) as out:
        out.write("the first")
        out.flush()
        with pytest.raises(SaydoError, match="another program is writing it"), whole_file(path):
            pass
    assert path.read_text() == "the first"


def test_a_link_is_kept_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    link = tmp_path / "out.jsonl"
    link.symlink_to(tmp_path / "far" / "whole.jsonl")
    for text in ("first", "second"):
        with whole_file(link) as out:
            out.write(text)
        assert link.is_symlink()
        assert (tmp_path / "far" / "whole.jsonl").read_text() == text


def test_a_pipe_is_written_as_it_comes_and_stays_a_pipe(tmp_path: Path) -> None:
    """So are ``/dev/stdout`` and ``/dev/null``, which must never give way to a file."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    with whole_file(pipe, keep=True) as out:
        out.write("a line\n")
    reader.join(10)
    assert read == ["a line\n"]
    assert pipe.is_fifo()


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="this system has no /dev/full")
def test_a_device_that_takes_nothing_is_told_and_stays(tmp_path: Path) -> None:
    link = tmp_path / "full"
    link.symlink_to("/dev/full")
    with pytest.raises(SaydoError, match="the disk is full"), whole_file(link) as out:
        out.write("a line\n")
    assert Path("/dev/full").is_char_device()


def test_a_folder_is_told_before_any_work_is_done(tmp_path: Path) -> None:
    worked = []
    with pytest.raises(SaydoError, match="Is a directory"), whole_bytes(tmp_path):
        worked.append(1)
    assert not worked
