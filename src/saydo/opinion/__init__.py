"""A second opinion: what a language model proposes about a report, asked by any endpoint that speaks as
OpenAI's does, and held to the words of the report. Nothing here is a finding: a person makes it one, or
not."""

from saydo.opinion.agreeing import Agreement, agreement
from saydo.opinion.asking import Prompt, pieces
from saydo.opinion.checking import Proposal, Refused, checked, found_in, items_of
from saydo.opinion.endpoint import Endpoint, EndpointError

__all__ = [
    "Agreement",
    "Endpoint",
    "EndpointError",
    "Prompt",
    "Proposal",
    "Refused",
    "agreement",
    "checked",
    "found_in",
    "items_of",
    "pieces",
]
