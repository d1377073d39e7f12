"""Subtitles: readable paragraphs whose every piece knows when it is spoken."""

from __future__ import annotations

from pathlib import Path

from intake_making import one, refused

SRT = """1
00:00:01,000 --> 00:00:03,500
We never crossed the river,

2
00:00:03,600 --> 00:00:06,000
and nobody <i>from our side</i> did.

3
00:01:23,000 --> 00:01:26,250
- Who fired first?
- They did.
"""

VTT = """WEBVTT
Title: An evening with the commander
Date: 2020-10-11
Publisher: Radio Wakhan

NOTE made for a test

intro
00:05.000 --> 00:08.000
<v Host>Your men were seen at the mill.

00:08.500 --> 00:12.000 align:start
<v Davlat Nazar>Not <b>one</b> of my men
was near it &amp; I have said so.

01:00:00.000 --> 01:00:02.000
<v Davlat Nazar>Not one.
"""


def test_srt_cues_become_paragraphs_with_time_codes(tmp_path: Path) -> None:
    path = tmp_path / "talk.srt"
    path.write_text(SRT, encoding="utf-8-sig")
    document = one(path).document
    assert document.text == (
        "We never crossed the river, and nobody from our side did.\n\nWho fired first?\n\nThey did."
    )
    spoken = [(document.text[code.start : code.end], code.from_seconds) for code in document.timecodes]
    assert spoken == [
        ("We never crossed the river,", 1.0),
        ("and nobody from our side did.", 3.6),
        ("Who fired first?", 83.0),
        ("They did.", 83.0),
    ]


def test_vtt_voices_and_header_are_used(tmp_path: Path) -> None:
    path = tmp_path / "evening.vtt"
    path.write_text(VTT)
    document = one(path).document
    assert document.text == (
        "Host: Your men were seen at the mill.\n\n"
        "Davlat Nazar: Not one of my men was near it & I have said so.\n\nNot one."
    )
    assert (document.title, document.date) == ("An evening with the commander", "2020-10-11")
    assert document.publisher == "Radio Wakhan"
    last = document.timecodes[-1]
    assert (document.text[last.start : last.end], last.from_seconds, last.to_seconds) == (
        "Not one.",
        3600.0,
        3602.0,
    )


def test_front_matter_may_stand_before_the_first_srt_cue(tmp_path: Path) -> None:
    path = tmp_path / "headed.srt"
    path.write_text("Title: A talk\nDate: 2021-01-02\nFiction: yes\n\n" + SRT)
    document = one(path).document
    assert (document.title, document.date) == ("A talk", "2021-01-02")
    assert document.text.startswith("We never crossed")


def test_rolling_captions_are_not_repeated(tmp_path: Path) -> None:
    path = tmp_path / "roll.srt"
    path.write_text(
        "1\n00:00:01,000 --> 00:00:02,000\nthe governor told\n\n2\n00:00:02,000 --> 00:00:03,000\n"
        "the governor told\nreporters in Osh\n\n3\n00:00:03,000 --> 00:00:04,000\nreporters in Osh\nthat he would stay.\n"
    )
    assert one(path).document.text == "the governor told reporters in Osh that he would stay."


def test_speakers_named_in_capitals_begin_paragraphs(tmp_path: Path) -> None:
    path = tmp_path / "named.srt"
    path.write_text(
        "1\n00:00:01,000 --> 00:00:02,000\nHOST: Good evening.\n\n2\n00:00:02,000 --> 00:00:03,000\n"
        "GUEST: Good evening\n\n3\n00:00:03,100 --> 00:00:04,000\nto you all.\n"
    )
    assert one(path).document.text == "HOST: Good evening.\n\nGUEST: Good evening to you all."


def test_what_is_no_subtitle_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "no.srt").write_text("Just words.\n")
    (tmp_path / "no.vtt").write_text("Just words.\n")
    (tmp_path / "silent.vtt").write_text("WEBVTT\n\n")
    assert "SRT" in refused(tmp_path / "no.srt").reason
    assert "WebVTT" in refused(tmp_path / "no.vtt").reason
    assert "no cue" in refused(tmp_path / "silent.vtt").reason
