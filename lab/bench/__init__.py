"""How fast saydo is beside its peers, on the same texts in the same run: ``python -m lab.bench --help``.

Each peer is a process of its own with one thread. All take turns, round by round, so that a machine that is
busy with something else is so for all of them; a ratio is always one of two passes of the same round.

``prepare`` makes from the texts what each peer takes in, ``child`` is the process of a peer, ``rounds`` lets
them take turns, ``page`` and ``plots`` write down what was measured.
"""
