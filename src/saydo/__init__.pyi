"""What checkers of types and editors see of ``import saydo``; the names are loaded when asked for."""

from saydo.api.case import Case as Case
from saydo.api.coder import Coder as Coder
from saydo.api.coder import NotCoded as NotCoded
from saydo.api.coder import load as load
from saydo.api.extras import MissingExtra as MissingExtra
from saydo.api.findings import Findings as Findings
from saydo.api.report import Report as Report
from saydo.model.errors import CodebookError as CodebookError
from saydo.model.errors import CodingError as CodingError
from saydo.model.errors import InputError as InputError
from saydo.model.errors import ReaderError as ReaderError
from saydo.model.errors import SaydoError as SaydoError
from saydo.model.errors import StoreError as StoreError
from saydo.model.records import Actor as Actor
from saydo.model.records import Discrepancy as Discrepancy
from saydo.model.records import Event as Event
from saydo.model.records import Record as Record
from saydo.model.records import Statement as Statement
from saydo.model.records import Tie as Tie

__version__: str
