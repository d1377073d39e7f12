"""Material that waits in a case to be run: files, addresses and pasted text, as somebody added them.

``inbox/000007/0003.json`` says what the third piece of material 7 is; a file lies under ``0003/`` with a
name made harmless. A piece is there when its ``.json`` is there, so that an upload cut short leaves none.
After a run that skipped nothing of it the bytes go away: ``sources/`` keeps every original.
"""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from io import RawIOBase
from pathlib import Path
from typing import Any, Literal, NamedTuple

from saydo.desk.case import bound
from saydo.intake import Facts, Given, check_address
from saydo.model.errors import InputError, StoreError

INBOX = "inbox"
Kind = Literal["file", "address", "text"]
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')


class InboxLimits(NamedTuple):
    """Bounds on what may be added."""

    file_bytes: int = 512 * 1024 * 1024
    material_bytes: int = 4 * 1024 * 1024 * 1024
    pieces: int = 2_000
    text: int = 5_000_000
    """Characters of a pasted text."""
    spare_bytes: int = 256 * 1024 * 1024
    """What must stay free on the disk."""


class Known(NamedTuple):
    """What a person says of a piece; it holds where the reports do not say it themselves."""

    title: str = ""
    publisher: str = ""
    date: str = ""
    language: str = ""
    url: str = ""

    def checked(self) -> Known:
        """With spaces trimmed. Raises InputError for a date that is none, or an unusable address."""
        flat = Known(*(" ".join(value.split())[:500] for value in self))
        if flat.date:
            flat = flat._replace(date=_day(flat.date))
        if flat.language and not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", flat.language):
            raise InputError(f"{flat.language!r} is no language; write its code, such as en or ru")
        return flat._replace(url=check_address(flat.url)) if flat.url else flat

    def facts(self) -> Facts:
        """For intake."""
        told = {name: value for name, value in self._asdict().items() if value}
        return Facts(**told)


NOTHING = Known()


class Foreseen(NamedTuple):
    """A report as intake will give it, seen before the run."""

    title: str | None
    date: str | None
    publisher: str | None
    words: int
    known: str | None
    """The id under which the case has it already."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a look at a piece showed."""

    reports: tuple[Foreseen, ...] = ()
    more: bool = False
    """Whether it holds more reports than were looked at."""
    skipped: tuple[tuple[str, str, bool], ...] = ()
    """``(origin, reason, harmless)``."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One file, address or text."""

    number: int
    kind: Kind
    name: str
    """As a person gave it, made harmless; of an address, the address."""
    bytes: int
    known: Known
    outlook: Outlook | None = None
    """None before anybody looked, and for an address, which is fetched when it is run."""


class Inbox:
    """The inbox of a case."""

    def __init__(self, case: Path, limits: InboxLimits | None = None) -> None:
        self._root = case / INBOX
        self._limits = limits or InboxLimits()

    def make(self, behind: int = 0) -> int:
        """Room for new material; gives its number, higher than ``behind`` and than any there."""
        with _disk(self._root):
            self._root.mkdir(exist_ok=True)
            number = max([behind, *(int(p.name) for p in self._root.iterdir() if p.name.isdigit())]) + 1
            while True:
                try:
                    self._place(number).mkdir()
                    return number
                except FileExistsError:
                    number += 1

    def numbers(self) -> tuple[int, ...]:
        """All material that holds something, the latest first."""
        if not self._root.is_dir():
            return ()
        found = (int(p.name) for p in self._root.iterdir() if p.name.isdigit() and any(p.glob("*.json")))
        return tuple(sorted(found, reverse=True))

    def pieces(self, material: int) -> tuple[Piece, ...]:
        """The pieces of some material, in the order in which they were added."""
        with _disk(self._root):
            return tuple(_piece(path) for path in sorted(self._place(material).glob("[0-9]*[0-9].json")))

    @contextmanager
    def receive(self, material: int, name: str, known: Known = NOTHING) -> Iterator[Receiving]:
        """Takes in a file as it comes: write it into what is given, bit by bit. It is a piece only once the
        block has ended well. Raises InputError where it is too large or there is no room."""
        known = known.checked()
        number, folder = self._next(material)
        try:
            shown = harmless(name)
            with _disk(self._root):
                room = self._room(material)
                # without a buffer, so that a full disk is told where it is met
                out = (folder / shown).open("xb", buffering=0)
            with out:
                into = Receiving(out, room, shown)
                yield into
            with _disk(self._root):
                self._put(material, Piece(number, "file", shown, into.size, known))
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def add_text(self, material: int, text: str, known: Known = NOTHING) -> None:
        """Adds a pasted text; what is known of it goes with it. Raises InputError."""
        if not text.strip():
            raise InputError("there is no text; paste the words of the report")
        if len(text) > self._limits.text:
            raise InputError(
                f"the text has {len(text):,} characters, over the limit of {self._limits.text:,}; "
                "save it as a file and add that"
            )
        known = known.checked()
        held = {"text": text.replace("\r\n", "\n"), **{k: v for k, v in known._asdict().items() if v}}
        # one line of JSON, so that nothing in the text is ever taken for a heading of it
        data = json.dumps(held, ensure_ascii=True).encode("ascii") + b"\n"
        number, folder = self._next(material)
        with _disk(self._root):
            self._room(material)
            (folder / "pasted.jsonl").write_bytes(data)
            self._put(material, Piece(number, "text", "pasted.jsonl", len(data), known))

    def add_address(self, material: int, url: str, known: Known = NOTHING) -> None:
        """Adds an address, to be fetched in the run. Raises InputError where it never would be."""
        checked = check_address(url)
        known = known.checked()._replace(url="")
        number, _ = self._next(material)
        with _disk(self._root):
            self._put(material, Piece(number, "address", checked, 0, known))

    def remove(self, material: int, number: int) -> None:
        """Takes a piece out again; one that is not there is no fault."""
        with _disk(self._root):
            self._note(material, number).unlink(missing_ok=True)
        shutil.rmtree(self._folder(material, number), ignore_errors=True)

    def empty(self, material: int) -> None:
        """Takes everything out; the number is not given again."""
        for piece in self.pieces(material):
            self.remove(material, piece.number)

    def foresee(self, material: int, number: int, outlook: Outlook) -> None:
        """Keeps what a look at a piece showed."""
        note = self._note(material, number)
        if note.is_file():
            self._put(material, replace(_piece(note), outlook=outlook))

    def inputs(self, material: int) -> tuple[Given, ...]:
        """The material as intake takes it. Raises InputError where there is none."""
        found = tuple(self.given(material, piece) for piece in self.pieces(material))
        if not found:
            raise InputError(f"material {material} holds nothing; add reports first")
        return found

    def given(self, material: int, piece: Piece) -> Given:
        """A piece as intake takes it."""
        if piece.kind == "address":
            return Given(piece.name, piece.name, piece.known.facts())
        place = self._folder(material, piece.number) / piece.name
        origin = f"added-{material}/{piece.number}/{piece.name}"
        return Given(str(place), origin, Facts() if piece.kind == "text" else piece.known.facts())

    def _place(self, material: int) -> Path:
        return self._root / f"{material:06d}"

    def _folder(self, material: int, number: int) -> Path:
        return self._place(material) / f"{number:04d}"

    def _note(self, material: int, number: int) -> Path:
        return self._place(material) / f"{number:04d}.json"

    def _next(self, material: int) -> tuple[int, Path]:
        place = self._place(material)
        if not place.is_dir():
            raise InputError(f"there is no material {material}; begin anew with the page Add")
        number = max((int(p.stem) for p in place.iterdir() if p.stem.isdigit()), default=0) + 1
        while number <= self._limits.pieces:
            try:
                with _disk(self._root):
                    self._folder(material, number).mkdir()
                    return number, self._folder(material, number)
            except FileExistsError:
                number += 1
        raise InputError(
            f"this material has {self._limits.pieces:,} pieces already; run it, then add the rest"
        )

    def _room(self, material: int) -> int:
        """How many bytes a further file may have. Raises InputError where there is no room for any."""
        held = sum(piece.bytes for piece in self.pieces(material))
        free = shutil.disk_usage(self._root).free - self._limits.spare_bytes
        room = min(self._limits.file_bytes, self._limits.material_bytes - held, free)
        if room <= 0:
            raise InputError("there is no room for more; run what is there, or free some of the disk")
        return room

    def _put(self, material: int, piece: Piece) -> None:
        note = self._note(material, piece.number)
        part = note.with_suffix(".part")
        held = {**asdict(piece), "known": piece.known._asdict()}
        if piece.outlook is not None:
            held["outlook"]["reports"] = [report._asdict() for report in piece.outlook.reports]
        part.write_text(json.dumps(held, ensure_ascii=True), encoding="ascii")
        part.replace(note)


class Receiving:
    """A file on its way to the disk."""

    def __init__(self, out: RawIOBase, room: int, name: str) -> None:
        self._out = out
        self._room = room
        self._name = name
        self.size = 0

    def write(self, data: bytes) -> None:
        """Writes the next bytes. Raises InputError where they are too many."""
        self.size += len(data)
        if self.size > self._room:
            raise InputError(f"{self._name} is over the limit of {self._room:,} bytes; split it")
        with _disk(Path(self._name)):
            left = memoryview(data)
            while left:
                left = left[self._out.write(left) :]


def harmless(name: str) -> str:
    """The last part of a name, as every file system holds it: never a path, never hidden, never a device."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rstrip("/").rpartition("/")[2]
    plain = "".join(c if c.isprintable() else "_" for c in last)
    plain = _FORBIDDEN.sub("_", plain).strip().strip(".").strip()
    stem, dot, suffix = plain.rpartition(".")
    stem, suffix = (stem, f"{dot}{suffix}") if dot and len(suffix) <= 12 else (plain, "")
    while len(f"{stem}{suffix}".encode("utf-8", "replace")) > 180:
        stem = stem[:-1]
    whole = f"{stem}{suffix}".encode("utf-8", "replace").decode("utf-8")
    return f"_{whole}" if not whole or _RESERVED.fullmatch(whole) else whole


@contextmanager
def _disk(root: Path) -> Iterator[None]:
    try:
        yield
    except FileExistsError:
        raise
    except OSError as error:
        raise StoreError(
            f"{root}: {error.strerror or error}; free some of the disk, or check the folder's permissions"
        ) from None


def _piece(path: Path) -> Piece:
    try:
        held: dict[str, Any] = json.loads(path.read_text(encoding="ascii"))
        seen: Mapping[str, Any] | None = held["outlook"]
        outlook = seen and Outlook(
            tuple(Foreseen(**report) for report in seen["reports"]),
            bool(seen["more"]),
            tuple((str(o), str(r), bool(h)) for o, r, h in seen["skipped"]),
        )
        return Piece(
            held["number"], held["kind"], held["name"], held["bytes"], Known(**held["known"]), outlook or None
        )
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{path}: cannot be read ({error}); take that piece of material away") from None


def _day(text: str) -> str:
    """A whole day. Raises InputError for anything else."""
    first, last = bound(text, last=False), bound(text, last=True)
    if first != last:
        raise InputError(f"{text!r} is no whole day; write it as 2019-05-09")
    return first
