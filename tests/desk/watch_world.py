"""A small world for the tests of watching: a web server that can be told what to answer, a clock that moves only
when somebody sleeps, a mail server, and a watch that is put together from them."""

from __future__ import annotations

import base64
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

from desk_rooms import ROOMS, PlainReader, codebook

from saydo.desk import watching
from saydo.intake import Limits

LOCAL = Limits(delay=0.0, timeout=5.0, max_bytes=2_000_000)
BEGAN = 1_700_000_000.0
DULL = "it rained all day and nobody was about " * 8


class Request(NamedTuple):
    """What somebody asked of the server."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Web:
    """Paths and what is answered there: an answer, or a function from the request to one."""

    base: str
    pages: dict[str, Answer | Callable[[Request], Answer]] = field(default_factory=dict)
    asked: list[Request] = field(default_factory=list)

    def times(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(each.path == path for each in self.asked)

    def article(self, path: str, words: str, head: str = "") -> str:
        """A page with these words and some dull ones; gives its address."""
        body = f"<html><head><title>{path.strip('/')}</title>{head}</head><body><article><p>{words}</p><p>{DULL}</p></article></body></html>"
        self.pages[path] = (200, {"Content-Type": "text/html; charset=utf-8"}, body.encode())
        return self.base + path

    def feed(self, path: str, *links: str, more: str = "", etag: str = "") -> str:
        """A feed that links to these pages; with an ETag it answers 304 to who has it. Gives its address."""
        items = "".join(
            f"<item><title>{link.rpartition('/')[2]}</title><link>{link}</link>"
            f"<guid>{link}</guid><pubDate>Mon, 06 May 2019 10:00:00 GMT</pubDate>"
            f"<description>own words of {link.rpartition('/')[2]}</description></item>"
            for link in links
        )
        body = f'<rss version="2.0"><channel><title>Wire {path}</title>{more}{items}</channel></rss>'.encode()
        headers = {"Content-Type": "application/rss+xml", **({"ETag": etag} if etag else {})}

        def answer(request: Request) -> Answer:
            if etag and request.headers.get("If-None-Match") == etag:
                return 304, {"ETag": etag}, b""
            return 200, headers, body

        self.pages[path] = answer
        return self.base + path


@contextmanager
def web() -> Iterator[Web]:
    """A server on this machine."""

    class Handler(BaseHTTPRequestHandler):
        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            request = Request(self.command, self.path, dict(self.headers.items()), body)
            made.asked.append(request)
            answer = made.pages.get(self.path, (404, {"Content-Type": "text/plain"}, b"none"))
            status, headers, data = answer(request) if callable(answer) else answer
            self.send_response(status)
            for key, value in headers.items():
                self.send_header(key, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = _serve

        def log_message(self, format: str, *args: object) -> None:
            """Keep the test's output quiet."""

    served = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made = Web(f"http://127.0.0.1:{served.server_address[1]}")
    thread = threading.Thread(target=served.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield made
    finally:
        served.shutdown()
        served.server_close()
        thread.join()


@dataclass
class Time:
    """A clock that moves only when somebody sleeps, or when a test moves it."""

    at: float = BEGAN

    def now(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.at += seconds

    def world(self) -> watching.World:
        return watching.World(self.now, self.sleep, lambda: 0.0)


@dataclass
class Desk:
    """A case with a clock, and everything that a watch over it told."""

    case: Path
    time: Time = field(default_factory=Time)
    told: list[str] = field(default_factory=list)
    out: list[str] = field(default_factory=list)
    reader: PlainReader = field(default_factory=PlainReader)

    def watch(self, *feeds: str, **more: object) -> watching.Watch:
        """A watch over these feeds, as it would be begun anew."""
        more.setdefault("channels", [watching.Terminal(self.out.append)])
        more.setdefault("rooms", ROOMS)
        more.setdefault("private", True)
        more.setdefault("reader", lambda: self.reader)
        return watching.Watch(
            case=self.case, feeds=lambda: watching.FeedList(feeds), codebook=codebook(),
            tell=lambda where, what: self.told.append(f"{where}: {what}"),
            world=self.time.world(), limits=LOCAL, **more,
        )  # type: ignore[arg-type]  # fmt: skip

    def round(self, *feeds: str, **more: object) -> watching.Told:
        """One round of a watch that is begun and ended for it."""
        with self.watch(*feeds, **more) as at_work:
            return at_work.round()


class Post(NamedTuple):
    """A letter that the mail server took."""

    sender: str
    to: tuple[str, ...]
    letter: Message
    encrypted: bool
    user: str


@dataclass
class Posts:
    """What a mail server took, and how it behaves."""

    port: int = 0
    taken: list[Post] = field(default_factory=list)
    refuse: list[str] = field(default_factory=list)
    """Lines with which the next letters are refused."""


@contextmanager
def mail_server(context: ssl.SSLContext | None = None) -> Iterator[Posts]:
    """A mail server on this machine; with a context it offers STARTTLS."""
    posts = Posts()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            sender, to, user, encrypted = "", [], "", False
            self._say("220 post.test ready")
            while line := self.rfile.readline().decode().strip():
                verb, _, rest = line.partition(" ")
                verb = verb.upper()
                if verb == "EHLO":
                    offers = ["post.test", "AUTH PLAIN"] + (["STARTTLS"] if context and not encrypted else [])
                    for offer in offers[:-1]:
                        self._say(f"250-{offer}")
                    self._say(f"250 {offers[-1]}")
                elif verb == "STARTTLS" and context is not None:
                    self._say("220 go")
                    self.connection = context.wrap_socket(self.connection, server_side=True)
                    self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)
                    encrypted = True
                elif verb == "AUTH":
                    user = base64.b64decode(rest.split()[1]).decode().split("\0")[1]
                    self._say("235 welcome")
                elif verb == "MAIL":
                    sender = rest.partition("<")[2].partition(">")[0]
                    self._say(posts.refuse.pop(0) if posts.refuse else "250 ok")
                elif verb == "RCPT":
                    to.append(rest.partition("<")[2].partition(">")[0])
                    self._say("250 ok")
                elif verb == "DATA":
                    self._say("354 go on")
                    data = b""
                    while (part := self.rfile.readline()) != b".\r\n":
                        data += part.removeprefix(b".") if part.startswith(b"..") else part
                    letter = message_from_bytes(data, policy=default)
                    posts.taken.append(Post(sender, tuple(to), letter, encrypted, user))
                    to = []
                    self._say("250 taken")
                elif verb == "QUIT":
                    self._say("221 bye")
                    return
                else:
                    self._say("250 ok")

        def _say(self, line: str) -> None:
            self.wfile.write(line.encode() + b"\r\n")

    served = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    served.daemon_threads = True
    posts.port = served.server_address[1]
    thread = threading.Thread(target=served.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield posts
    finally:
        served.shutdown()
        served.server_close()
        thread.join()
