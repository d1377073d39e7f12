"""Sources made by hand for the tests of intake: PDFs, archives, a web server on this machine."""

from __future__ import annotations

import hashlib
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from saydo.intake import Intaken, Limits, Skipped, read_inputs

LOCAL = Limits(allow_private=True, delay=0.0, timeout=5.0)


def take(*inputs: object, limits: Limits = LOCAL) -> tuple[list[Intaken], list[Skipped]]:
    """What intake makes of the inputs: the documents, and what it skipped."""
    items = list(read_inputs([str(name) for name in inputs], limits=limits))
    return (
        [item for item in items if isinstance(item, Intaken)],
        [item for item in items if isinstance(item, Skipped)],
    )


def one(path: object, limits: Limits = LOCAL) -> Intaken:
    """The single document of a source that must give exactly one and skip nothing."""
    taken, skipped = take(path, limits=limits)
    assert not skipped, skipped
    assert len(taken) == 1
    return taken[0]


def refused(path: object, limits: Limits = LOCAL) -> Skipped:
    """The single reason of a source that must give no document."""
    taken, skipped = take(path, limits=limits)
    assert not taken, taken
    assert len(skipped) == 1
    assert "\n" not in skipped[0].reason
    return skipped[0]


def pdf(pages: list[list[tuple[float, float, str]]], *, title: str = "", password: str = "") -> bytes:
    """A PDF whose pages hold lines of text at ``(x, y)``; with a password it is encrypted (RC4, 40 bit)."""
    fonts = 3 + 2 * len(pages)
    kids = " ".join(f"{3 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
    ]
    identity = b"0123456789abcdef"
    owner, user, key = _encryption(password, identity)
    for number, lines in enumerate(pages):
        drawn = "".join(f"BT /F1 11 Tf {x} {y} Td ({_escaped(words)}) Tj ET\n" for x, y, words in lines)
        stream = drawn.encode("cp1252")
        if password:
            stream = _rc4(_object_key(key, 4 + 2 * number), stream)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {4 + 2 * number} 0 R "
            f"/Resources << /Font << /F1 {fonts} 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    objects.append(
        f"<< /Title ({title}) /Author (D. Sattor) /CreationDate (D:20190514093000+05'00') >>".encode()
    )
    extra = b""
    if password:
        encrypt = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (
            owner.hex().encode(),
            user.hex().encode(),
        )
        objects.append(encrypt)
        extra = b"/Encrypt %d 0 R /ID [<%s> <%s>]" % (
            len(objects),
            identity.hex().encode(),
            identity.hex().encode(),
        )
    return _file(objects, b"/Info %d 0 R %s" % (fonts + 1, extra))


def _file(objects: list[bytes], trailer: bytes) -> bytes:
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(
        b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, trailer, table)
    )
    return out.getvalue()


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def _encryption(password: str, identity: bytes) -> tuple[bytes, bytes, bytes]:
    """The owner and user entries and the file key of the standard security handler, revision 2."""
    padded = (password.encode() + _PADDING)[:32]
    owner = _rc4(hashlib.md5(padded).digest()[:5], padded)
    key = hashlib.md5(padded + owner + (-4).to_bytes(4, "little", signed=True) + identity).digest()[:5]
    return owner, _rc4(key, _PADDING), key


def _object_key(key: bytes, number: int) -> bytes:
    return hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


Page = tuple[int, dict[str, str], bytes]


@contextmanager
def server(pages: dict[str, Page]) -> Iterator[tuple[str, list[str]]]:
    """A web server on this machine with these pages; gives its address and the paths asked for, in order."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            status, headers, body = pages.get(self.path, (404, {"Content-Type": "text/plain"}, b"none"))
            self.send_response(status)
            for key, value in headers.items():
                self.send_header(key, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Keep the test's output quiet."""

    served = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=served.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{served.server_address[1]}", asked
    finally:
        served.shutdown()
        served.server_close()
        thread.join()
