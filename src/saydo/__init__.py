"""saydo: sourced, structured data on events, ties and statements, and where words and conduct part.

    coder = saydo.load()                               # ready in about a second
    report = coder(text, date="2018-06-14")            # a saydo.Report
    case = saydo.Case.open("my-case")                  # a case that saydo run made

``docs/guide/python.md`` walks through it; ``docs/reference/python.md`` lists all of it.
"""

from saydo.lazy import offer

__version__ = "0.1.0"

_FROM = {
    "saydo.api.coder": "Coder NotCoded load",
    "saydo.api.report": "Report",
    "saydo.api.findings": "Findings",
    "saydo.api.case": "Case",
    "saydo.api.extras": "MissingExtra",
    "saydo.model.records": "Actor Discrepancy Event Record Statement Tie",
    "saydo.model.errors": "CodebookError CodingError InputError ReaderError SaydoError StoreError",
}
"""Module → what of it is public; loaded when it is asked for, so that ``import saydo`` takes no time."""

__all__ = [
    "__version__",
    *sorted(name for names in _FROM.values() for name in names.split()),
]

offer(__name__, {name: module for module, names in _FROM.items() for name in names.split()})
