"""Where news goes: what every way of telling has in common, the terminal, and a file of JSON lines."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from saydo.desk.watching.pace import LEAST, MOST, back_off
from saydo.desk.watching.words import CAUTION, RULE, message_text, paragraph
from saydo.model.errors import SaydoError, StoreError
from saydo.store.watching import Message, WatchLog


class Undelivered(SaydoError):
    """Something could not be delivered; ``asked`` are the seconds after which to try again, if that was
    said."""

    def __init__(self, told: str, asked: float = 0.0) -> None:
        self.asked = asked
        super().__init__(told)


class Channel(Protocol):
    """A way of telling."""

    name: str
    at_once: int
    """How many messages are delivered together; they arrive together or not at all."""

    def deliver(self, messages: Sequence[Message]) -> None:
        """Delivers them. Raises Undelivered."""
        ...


def deliver(
    log: WatchLog, channel: Channel, now: Callable[[], float], chance: float, tell: Callable[[str, str], None]
) -> int:
    """Delivers what is due by one channel; gives how many messages. What cannot be delivered is kept and
    tried again later, and the channel is left alone until then; that is told once, until it works again."""
    done, fault = 0, f"fault of {channel.name}"
    waiting = log.messages(channel.name)
    if any(message.next > now() for message in waiting):
        return 0
    for first in range(0, len(waiting), channel.at_once):
        part = waiting[first : first + channel.at_once]
        try:
            channel.deliver(part)
        except Undelivered as error:
            wait = back_off(part[0].attempts + 1, error.asked, chance)
            log.put_off([m.number for m in part], now() + min(max(wait, LEAST), MOST), str(error))
            if not log.fact(fault):
                left = len(waiting) - done
                tell(channel.name, f"{error}; {left} kept, and tried again later")
                log.put_fact(fault, str(error))
            return done
        log.delivered([m.number for m in part])
        done += len(part)
    if done and log.fact(fault):
        tell(channel.name, "delivers again")
        log.put_fact(fault, "")
    return done


class Terminal:
    """Prints each discrepancy; ``out`` is given the text."""

    name = "terminal"
    at_once = 1

    def __init__(self, out: Callable[[str], None], width: int = 0) -> None:
        self._out, self._width = out, width

    def deliver(self, messages: Sequence[Message]) -> None:
        """Prints, with the caution below each."""
        for each in messages:
            text = message_text(each.message, self._width)
            self._out(f"{RULE}\n{text}\n{paragraph(CAUTION, self._width)}\n")


class JsonLines:
    """Appends each discrepancy to a file as a line of JSON."""

    name = "file"
    at_once = 1

    def __init__(self, path: Path) -> None:
        self._path = path
        self._looked = False

    def deliver(self, messages: Sequence[Message]) -> None:
        """Appends what the file does not have: a process that was killed may have written it just before."""
        try:
            written = self._mend() if not self._looked else frozenset()
            with self._path.open("ab") as out:
                for each in messages:
                    if each.message["id"] not in written:
                        out.write(json.dumps(each.message, ensure_ascii=False).encode() + b"\n")
                out.flush()
                os.fsync(out.fileno())
        except OSError as error:
            raise Undelivered(
                f"{self._path} cannot be written ({error.strerror or error}); see to the file or its folder"
            ) from None
        self._looked = True

    def _mend(self) -> frozenset[str]:
        """Ids in the file; a last line that was cut short is taken away, since it is written again."""
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:
            return frozenset()
        whole, newline, torn = data.rpartition(b"\n")
        if torn:
            if not torn.startswith(b'{"id": "saydo-'):
                raise Undelivered(f"{self._path} ends in the middle of a line that saydo did not write")
            with self._path.open("r+b") as file:
                file.truncate(len(whole) + len(newline))
        ids = set()
        for line in whole.splitlines():
            try:
                ids.add(str(json.loads(line)["id"]))
            except (ValueError, KeyError, TypeError):
                continue  # somebody else's line
        return frozenset(ids)


def check_file(path: Path) -> None:
    """Raises StoreError where a file could not be written, before anything is done."""
    if path.is_dir() or not path.resolve().parent.is_dir():
        raise StoreError(f"{path} is no file in a folder that is there; name another one")
