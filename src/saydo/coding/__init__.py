"""Coding: rules over a linked reading and the codebook → events, ties, statements. Pure."""

from saydo.coding.coder import Coded, Coder, code

__all__ = ["Coded", "Coder", "code"]
