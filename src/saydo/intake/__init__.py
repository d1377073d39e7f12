"""Intake: files, folders, addresses, feeds and archives to documents with their original bytes."""

from saydo.intake.fetch import check_address
from saydo.intake.given import Given, Input, name_of, place_of
from saydo.intake.inputs import read_inputs
from saydo.intake.known import Known
from saydo.intake.limits import Limits
from saydo.intake.lines import read_line, unpacked
from saydo.intake.parsers import ParserProcess
from saydo.intake.results import Intaken, Skipped
from saydo.intake.source import Facts

__all__ = [
    "Facts",
    "Given",
    "Input",
    "Intaken",
    "Known",
    "Limits",
    "ParserProcess",
    "Skipped",
    "check_address",
    "name_of",
    "place_of",
    "read_inputs",
    "read_line",
    "unpacked",
]
