"""Byte streams with bounds: unpacking that stops at a limit, lines that are never longer than allowed."""

from __future__ import annotations

import codecs
import io
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from saydo.model.errors import InputError

if TYPE_CHECKING:
    from typing_extensions import Buffer

HEAD = 65_536
"""Bytes looked at to tell what a source is."""
_CHUNK = 65_536
_FREE_OF_RATIO = 64_000_000
"""Bytes that any gzip file may unpack to."""


class Gunzip(io.RawIOBase):
    """A gzip stream unpacked as it is read; raises InputError where it is damaged or ends too early."""

    def __init__(self, packed: BinaryIO, max_ratio: int) -> None:
        self._packed = packed
        self._max_ratio = max_ratio
        self._in = self._out = 0
        self._unpacker = zlib.decompressobj(wbits=31)
        self._begun = False
        self._broken: str | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer)
        while True:
            if self._broken:
                raise InputError(self._broken)
            data = self._next(len(view))
            if data is None:
                return 0
            if data:
                view[: len(data)] = data
                return len(data)

    def _next(self, size: int) -> bytes | None:
        """Up to ``size`` unpacked bytes, none if more packed bytes are needed, None at the end."""
        if self._unpacker.eof:
            rest = self._unpacker.unused_data or self._packed.read(_CHUNK)
            if not rest.strip(b"\x00"):
                return None
            # Further members may follow; the bytes after the last one may be padding.
            self._unpacker = zlib.decompressobj(wbits=31)
            return self._unpack(rest, size)
        packed = self._unpacker.unconsumed_tail or self._packed.read(_CHUNK)
        if not packed:
            # A decompressor may hold output back without needing more input.
            held = self._unpack(b"", size) if self._begun else b""
            if held or self._unpacker.eof:
                return held
            self._broken = "the gzip file is cut short; get a complete copy"
            return b""
        return self._unpack(packed, size)

    def _unpack(self, packed: bytes, size: int) -> bytes:
        self._begun = True
        try:
            unpacked = self._unpacker.decompress(packed, size)
        except zlib.error:
            self._broken = "the gzip file is damaged; get a complete copy"
            return b""
        self._in += len(packed) - len(self._unpacker.unconsumed_tail) - len(self._unpacker.unused_data)
        self._out += len(unpacked)
        if self._out > _FREE_OF_RATIO and self._out > self._max_ratio * self._in:
            self._broken = f"the gzip file unpacks to over {self._max_ratio} times its size; it is no report"
        return unpacked


class Transcoded(io.RawIOBase):
    """A text stream in another encoding, as UTF-8."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("strict")
        self._encoding = encoding
        self._ready = b""
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer)
        while not self._ready and not self._ended:
            data = self._stream.read(_CHUNK)
            self._ended = not data
            try:
                text = self._decoder.decode(data, final=self._ended)
            except UnicodeDecodeError:
                raise InputError(f"is not {self._encoding} throughout; save it as UTF-8") from None
            self._ready = text.encode("utf-8", "surrogatepass")
        taken, self._ready = self._ready[: len(view)], self._ready[len(view) :]
        view[: len(taken)] = taken
        return len(taken)


class Line(NamedTuple):
    """A line with its end, counted from 1; ``data`` is None where it is longer than allowed."""

    number: int
    data: bytes | None


def lines(stream: BinaryIO, longest: int) -> Iterator[Line]:
    """The lines of a stream, each with its line end; one that is too long is passed over, not held."""
    number = 0
    while data := stream.readline(longest + 1):
        number += 1
        if len(data) <= longest or data.endswith(b"\n"):
            yield Line(number, data)
            continue
        while (more := stream.readline(_CHUNK)) and not more.endswith(b"\n"):
            pass
        yield Line(number, None)


def read_all(stream: BinaryIO, most: int, what: str) -> bytes:
    """Everything a stream holds; raises InputError beyond ``most`` bytes."""
    parts: list[bytes] = []
    size = 0
    while data := stream.read(min(_CHUNK * 16, most + 1 - size)):
        parts.append(data)
        size += len(data)
        if size > most:
            raise InputError(
                f"is over the limit of {most:,} bytes {what}; split it or take its text out first"
            )
    return b"".join(parts)


class ShortReads:
    """A stream that hands over what it has instead of waiting until a read is full.

    A full read that meets a break loses the bytes before it; a short one has already given them.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        """Up to ``size`` bytes, nothing at the end."""
        short = self._stream.read1 if isinstance(self._stream, io.BufferedReader) else self._stream.read
        return short(size if size > 0 else HEAD)


class _Rejoined(io.RawIOBase):
    """Bytes already read, and then the rest of the stream they came from."""

    def __init__(self, head: bytes, rest: ShortReads) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer)
        if self._head:
            taken, self._head = self._head[: len(view)], self._head[len(view) :]
        else:
            taken = self._rest.read(len(view))
        view[: len(taken)] = taken
        return len(taken)


def peek(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The first bytes of a stream, and a stream that still begins with them.

    Where the stream breaks inside its head, the head is what came before the break; the break is met again
    by whoever reads on, so that whole lines before it are not lost.
    """
    head = b""
    rest = ShortReads(stream)
    try:
        while len(head) < HEAD and (more := rest.read(HEAD - len(head))):
            head += more
    except InputError:
        if not head:
            raise
    return head, buffered(_Rejoined(head, rest))


def buffered(raw: io.RawIOBase) -> BinaryIO:
    """A raw stream with a buffer, so that it has lines."""
    return io.BufferedReader(raw, HEAD)
