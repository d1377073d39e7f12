"""Weighing: sets reports against each other. Pure functions over records; no input or output.

:func:`weigh` takes coded reports and gives discrepancies, kept commitments and clusters of reports of one
incident; :func:`rebuild` weighs a discrepancy again from the records that its explanation names.
"""

from saydo.weighing.engine import rebuild, weigh
from saydo.weighing.increments import Weigher
from saydo.weighing.types import EventCluster, Kept, Tally, Weighed, WeighedReport

__all__ = ["EventCluster", "Kept", "Tally", "Weighed", "WeighedReport", "Weigher", "rebuild", "weigh"]
