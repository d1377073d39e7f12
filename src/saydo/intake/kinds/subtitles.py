"""Subtitles: cues joined into readable paragraphs, with the seconds at which each piece is spoken."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from saydo.intake import frontmatter
from saydo.intake.decode import decode
from saydo.intake.kinds.plain import noted
from saydo.intake.source import Clean, Facts, Source
from saydo.model.document import TimeCode
from saydo.model.errors import InputError

if TYPE_CHECKING:
    from webvtt import Caption

_PAUSE = 2.5
"""Seconds of silence after a finished sentence that begin a new paragraph."""
_LONG = 600
"""Characters after which a finished sentence ends a paragraph even without a pause."""
_ENDED = re.compile(r"[.!?…][\"'”’)\]]*$")
_NEW_SPEAKER = re.compile(r"(?:>>+|[-–—]\s)\s*|(?=[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}:\s)")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<\d[\d:.]*>|\{\\[^}]*\}")
_VOICE = re.compile(r"<v(?:\.[\w.]+)?\s([^<>]+)>")


class _Piece(NamedTuple):
    """Words of one cue: when they are spoken, by whom where that is marked, and whether the voice changes."""

    words: str
    start: float
    end: float
    speaker: str | None
    turns: bool


def read_srt(data: bytes, source: Source) -> Clean:
    """The text and time codes of an SRT file; front matter may stand before its first cue."""
    decoded = decode(data, source.charset)
    facts, body = frontmatter.split(_unix(decoded.text))
    from webvtt import WebVTT
    from webvtt.errors import MalformedCaptionError, MalformedFileError

    try:
        captions = WebVTT.from_buffer(io.StringIO(body.lstrip()), format="srt").captions
    except (MalformedFileError, MalformedCaptionError) as err:
        raise InputError(f"is not a subtitle file in the SRT format ({err})") from None
    return _clean(captions, noted(facts, decoded))


def read_vtt(data: bytes, source: Source) -> Clean:
    """The text and time codes of a WebVTT file; its header lines and first note may name title and date."""
    decoded = decode(data, source.charset)
    body = _unix(decoded.text)
    from webvtt import WebVTT
    from webvtt.errors import MalformedCaptionError, MalformedFileError

    try:
        captions = WebVTT.from_string(body).captions
    except (MalformedFileError, MalformedCaptionError) as err:
        raise InputError(f"is not a subtitle file in the WebVTT format ({err})") from None
    return _clean(captions, noted(_vtt_facts(body), decoded))


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _vtt_facts(body: str) -> Facts:
    head, _, rest = body.partition("\n\n")
    first, _, header = head.partition("\n")
    facts, _ = frontmatter.split(header + "\n\n")
    note = re.match(r"\s*NOTE[ \t]*\n?", rest)
    if note:
        in_note, _ = frontmatter.split(rest[note.end() :].partition("\n\n")[0] + "\n\n")
        facts = facts.or_else(in_note)
    label = first.removeprefix("WEBVTT").strip(" -–—\t")
    return facts.or_else(Facts(title=label or None))


def _clean(captions: Sequence[Caption], facts: Facts) -> Clean:
    text, timecodes = _joined(_pieces(captions))
    if not text:
        raise InputError("the subtitle file has no cue with words in it")
    return Clean(text, facts, tuple(timecodes))


def _pieces(captions: Sequence[Caption]) -> Iterator[_Piece]:
    shown: list[str] = []
    for caption in captions:
        start = caption.start_time.in_milliseconds() / 1000
        end = caption.end_time.in_milliseconds() / 1000
        lines = [line for line in str(caption.raw_text).split("\n") if _words(line)]
        fresh = lines[_carried(shown, lines) :]
        shown = lines
        voice = None
        for line in fresh:
            named = _VOICE.search(line)
            voice = " ".join(unescape(named[1]).split()) if named else voice
            words = _words(line)
            turn = _NEW_SPEAKER.match(words)
            yield _Piece(words[turn.end() :] if turn else words, start, end, voice, turn is not None)


def _carried(shown: list[str], lines: list[str]) -> int:
    """How many leading lines of a cue were already on the screen: roll-up captions repeat them."""
    for count in range(min(len(shown), len(lines)), 0, -1):
        if shown[-count:] == lines[:count] and count < len(lines):
            return count
    return 0


def _words(line: str) -> str:
    return " ".join(unescape(_TAG.sub("", line)).split())


def _joined(pieces: Iterator[_Piece]) -> tuple[str, list[TimeCode]]:
    parts: list[str] = []
    codes: list[TimeCode] = []
    size = paragraph = 0
    speaker: str | None = None
    spoken_until = 0.0
    for piece in pieces:
        changed = piece.turns or (piece.speaker is not None and piece.speaker != speaker)
        finished = bool(parts) and _ENDED.search(parts[-1]) is not None
        rested = piece.start - spoken_until >= _PAUSE or size - paragraph > _LONG
        if parts:
            gap = "\n\n" if changed or (finished and rested) else " "
            parts.append(gap)
            size += len(gap)
            paragraph = size if gap != " " else paragraph
        if piece.speaker is not None and piece.speaker != speaker:
            parts.append(f"{piece.speaker}: ")
            size += len(parts[-1])
        speaker = None if piece.turns and piece.speaker is None else piece.speaker or speaker
        codes.append(TimeCode(size, size + len(piece.words), piece.start, piece.end))
        parts.append(piece.words)
        size += len(piece.words)
        spoken_until = piece.end
    return "".join(parts), codes
