"""saydo: sourced, structured data on events, ties and statements, and where words and conduct part."""

__version__ = "0.1.0"

__all__ = ["__version__"]
