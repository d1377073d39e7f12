"""The door for Python: what ``import saydo`` offers, in notebooks and programs.

:func:`saydo.load` gives a :class:`saydo.Coder`, which turns texts into :class:`saydo.Report` s;
:class:`saydo.Case` reads a case. What either found comes as :class:`saydo.Findings`: typed values, and tables
of pandas, polars or Arrow.
"""
