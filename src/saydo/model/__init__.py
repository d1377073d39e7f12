"""Frozen types that travel down the corridor: document, reading, linked reading, records.

Imports nothing else of saydo. Internal types that exist once per word are named tuples (a report has
thousands of words and nobody outside sees them); what saydo writes is pydantic, so that the JSON Schema
is generated from the very types that are written.
"""
