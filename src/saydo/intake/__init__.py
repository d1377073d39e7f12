"""Intake: files, folders, addresses, feeds and archives to documents with their original bytes."""

from saydo.intake.fetch import (
    Answered,
    Fetcher,
    Unfetched,
    addresses_of,
    check_address,
    host_of,
    is_private,
)
from saydo.intake.given import Given, Input, name_of, place_of
from saydo.intake.inputs import read_inputs
from saydo.intake.kinds.feed import Entry, Feed, take_entry
from saydo.intake.known import Known
from saydo.intake.limits import Limits
from saydo.intake.lines import read_line, unpacked
from saydo.intake.parsers import ParserProcess
from saydo.intake.results import Intaken, Skipped
from saydo.intake.sniff import FEED
from saydo.intake.source import Facts, Fetched, Fetches, Source
from saydo.intake.take import take_bytes

__all__ = [
    "FEED",
    "Answered",
    "Entry",
    "Facts",
    "Feed",
    "Fetched",
    "Fetcher",
    "Fetches",
    "Given",
    "Input",
    "Intaken",
    "Known",
    "Limits",
    "ParserProcess",
    "Skipped",
    "Source",
    "Unfetched",
    "addresses_of",
    "check_address",
    "host_of",
    "is_private",
    "name_of",
    "place_of",
    "read_inputs",
    "read_line",
    "take_bytes",
    "take_entry",
    "unpacked",
]
