"""A process beside this one that answers messages: what it does to itself, it does to nobody else.

The parent starts a :class:`Child` with the name of a function; the function gets what the parent sends, one
message after the other, and tells what it likes. Messages are pickles over two pipes of the child's own, so
that the death of one child leaves nothing locked for another. The child ends when the parent does, however
that ends, and does not hear Ctrl-C: to stop it is the parent's part.

The child imports nothing but the function's module: a script that uses saydo is not run a second time in it,
and needs no guard around its main part.
"""

from __future__ import annotations

import json
import os
import pickle
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from itertools import count
from queue import SimpleQueue
from typing import Any, BinaryIO, NamedTuple

Serve = Callable[[Iterator[Any], Callable[[Any], None]], None]
"""What a child runs: the messages that it is sent, and what it tells its parent with."""

_BOOT = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); import saydo.apart; saydo.apart.main()"
_SIZE = struct.Struct("<Q")
_PATIENCE_SECONDS = 1.0


class Gone(NamedTuple):
    """The last that is heard of a child."""

    how: str
    """How it ended, as a person would say it."""


class Child:
    """A running process. What it tells comes as ``(child, message)`` in ``told``, at last a :class:`Gone`."""

    def __init__(self, function: str, told: SimpleQueue[tuple[Child, Any]]) -> None:
        """``function`` is ``module:name`` of a :data:`Serve`."""
        command = [sys.executable, "-c", _BOOT, json.dumps(sys.path), function]
        apart = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)  # on Windows: it gets no Ctrl-C
        with _deaf():
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, creationflags=apart
            )
        self._told = told
        self._ears = threading.Thread(target=self._listen, daemon=True)
        self._ears.start()

    @property
    def pid(self) -> int:
        """Its number in the system."""
        return self._process.pid

    def send(self, message: Any) -> None:
        """Sends a message. To one that is gone nothing is sent: that it is gone is told."""
        with suppress(BrokenPipeError, ValueError):
            _write(self._process.stdin, pickle.dumps(message, protocol=5))

    def kill(self) -> None:
        """Ends it at once, whatever it is doing."""
        self._process.kill()

    def close(self, patience: float = _PATIENCE_SECONDS) -> None:
        """Ends it: it is let go, and killed where it has not gone in so many seconds."""
        with suppress(OSError):
            if self._process.stdin is not None:
                self._process.stdin.close()
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._ears.join(_PATIENCE_SECONDS)
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _listen(self) -> None:
        try:
            with suppress(OSError, ValueError, EOFError):
                while True:
                    self._told.put((self, pickle.loads(_read(self._process.stdout))))
        finally:
            self._process.kill()  # one that has nothing more to say is of no use
            self._told.put((self, Gone(_how(self._process.wait()))))


def main() -> None:
    """What a child does from its first line to its last."""
    if hasattr(signal, "SIGINT"):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    heard, said = os.fdopen(os.dup(0), "rb", 0), os.fdopen(os.dup(1), "wb", 0)
    # whatever a library prints must not get between the messages
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    messages: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_hear, args=(heard, messages), daemon=True).start()

    def tell(message: Any) -> None:
        try:
            _write(said, pickle.dumps(message, protocol=5))
        except BrokenPipeError:
            os._exit(0)

    module, _, name = sys.argv[2].partition(":")
    serve: Serve = getattr(import_module(module), name)
    # unpickled in this thread alone: two that import the same modules at once get in each other's way
    serve((pickle.loads(messages.get()) for _ in count()), tell)


def _hear(heard: BinaryIO, messages: SimpleQueue[bytes]) -> None:
    """Reads ahead, so that the parent never waits long; where the parent is gone, so is the child."""
    with suppress(EOFError, OSError):
        while True:
            messages.put(_read(heard))
    os._exit(0)


def _write(pipe: Any, data: bytes) -> None:
    left = memoryview(_SIZE.pack(len(data)) + data)
    while left:
        left = left[pipe.write(left) or 0 :]


def _read(pipe: Any) -> bytes:
    (size,) = _SIZE.unpack(_exactly(pipe, _SIZE.size))
    return _exactly(pipe, size)


def _exactly(pipe: Any, size: int) -> bytes:
    held = bytearray(size)
    view = memoryview(held)
    while view:
        got = pipe.readinto(view)
        if not got:
            raise EOFError
        view = view[got:]
    return bytes(held)


def _how(code: int) -> str:
    if code >= 0:
        return f"it ended with code {code}"
    with suppress(ValueError):
        return f"it was killed by {signal.Signals(-code).name}"
    return f"it was killed by signal {-code}"


@contextmanager
def _deaf() -> Iterator[None]:
    """What is started in the block never gets Ctrl-C, not even before its first line."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
