"""The reading room: a document goes in, a reading (words, trees, mentions, attributions) comes out."""

from saydo.reading.reader import OnnxReader, load_reader
from saydo.reading.scripted import ScriptedReader, scripted_reading

__all__ = ["OnnxReader", "ScriptedReader", "load_reader", "scripted_reading"]
