"""saydo inside of spaCy: ``nlp.add_pipe("saydo")``. spaCy finds the factory by its
entry point."""
