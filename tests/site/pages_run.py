"""The commands and the Python of a page, and how they are run as a reader would: in order, in a folder of the page's own."""

from __future__ import annotations

import re
import shlex
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from click.testing import Result
from markdown_it import MarkdownIt
from typer.testing import CliRunner

from saydo.cli.main import app

ROOT = Path(__file__).resolve().parents[2]
# Programs that pages call; a block whose first word is none of these is no block of commands.
PROGRAMS = {"saydo", "python", "python3", ".venv/bin/python", "pip", "pipx", "uvx", "make", "docker", "ray", "export", "cat", "open", "openssl", "git", "sha256sum", "uv", "minisign", "cosign", "."}  # fmt: skip
ASSIGNED = re.compile(r"[A-Z_]+=\S+")
SERVING = ("open", "serve")


class Piece(NamedTuple):
    """A line of a terminal (``shell``), a block of ``python``, or something else that is shown (``other``)."""

    kind: str
    text: str


def pieces(page: str) -> Iterator[Piece]:
    """What a page shows in its blocks, in order."""
    text = (ROOT / page).read_text(encoding="utf-8")
    for token in MarkdownIt().parse(text):
        if token.type == "fence" and token.info.split()[:1] == ["python"]:
            yield Piece("python", token.content)
        elif token.type in ("code_block", "fence"):
            yield from block(token.content, token.info.strip())


def block(content: str, language: str) -> Iterator[Piece]:
    """A block that is not Python: its lines where it holds commands, else the whole."""
    lines = [line for line in content.splitlines() if line.strip()]
    if language not in ("", "bash", "sh", "console") or not lines or first_word(lines[0]) not in PROGRAMS:
        yield Piece("other", content)
    elif lines[0].startswith("cat ") and len(lines) > 1:  # shows a file
        yield Piece("shell", "\n".join(lines))
    else:
        yield from (Piece("shell", re.sub(r"\s+#\s.*$", "", line)) for line in lines)


def first_word(line: str) -> str:
    return next((word for word in line.split() if not ASSIGNED.fullmatch(word)), "")


def saydo(line: str) -> Result | None:
    """Runs a line that begins with ``saydo``; None for one that serves, which is asked for a page and ended."""
    words = [word for word in shlex.split(line)[1:] if word]
    if words[0] in SERVING and "--help" not in words:
        serve(words)
        return None
    given = [name for word in words for name in (expanded(word) if f"'{word}'" not in line else [word])]
    return CliRunner().invoke(app, given)


def expanded(word: str) -> list[str]:
    """A pattern as the shell fills it in, where no quotation marks keep it from that."""
    return sorted(map(str, Path().glob(word))) if "*" in word else [word]


def serve(words: list[str]) -> None:
    """Starts what serves, asks it for a page, ends it as Ctrl-C does."""
    quiet = ["--no-browser"] if words[0] == "open" else []
    asked = [sys.executable, "-c", "from saydo.cli.main import app; app()", *words, *quiet]
    if words[0] == "serve" and "--port" not in words:
        asked += ["--port", "0"]
    with subprocess.Popen(asked, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as running:
        assert running.stderr
        try:
            said = ""
            while "http://" not in said:
                line = running.stderr.readline()
                assert line, f"{' '.join(words)} ended: {said}"
                said += line
            address = re.search(r"http://[\w.:/-]+", said)
            assert address
            with urllib.request.urlopen(address[0], timeout=20) as page:
                assert page.status == 200
        finally:
            running.send_signal(signal.SIGINT)
            until = time.monotonic() + 20
            while running.poll() is None and time.monotonic() < until:
                time.sleep(0.05)
            running.kill()


def shown_file(text: str) -> None:
    """``cat NAME`` and what it prints: the file that a page shows is there from then on."""
    command, _, content = text.partition("\n")
    Path(command.split()[1]).write_text(content + "\n", encoding="utf-8")
