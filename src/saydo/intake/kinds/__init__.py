"""One module per kind of source. A kind turns bytes into clean text and facts, or a stream into reports."""
