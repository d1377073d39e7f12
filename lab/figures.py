"""The installed reader's figures on our own gold: ``python -m lab.figures`` writes
``lab/gold/figures.json``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from lab.score import TASKS
from saydo.reading.network import Network, packaged

GOLD = Path(__file__).parent / "gold"
FIGURES = GOLD / "figures.json"
FILES = {
    "syntax": "syntax.conllu", "attribution": "attribution.jsonl", "mentions": "reports.jsonl",
    "dyads": "dyads.jsonl", "ties": "reports.jsonl", "realis": "realis.jsonl",
    "coreference": "coreference.jsonl",
    "search": "reports.jsonl",
}  # fmt: skip
"""Task → file of ``lab/gold``."""


def figures(network: Network) -> dict[str, dict[str, float]]:
    """All figures, task by task, rounded to four places."""
    return {
        task: {name: round(value, 4) for name, value in TASKS[task](GOLD / file, network, False).items()}
        for task, file in FILES.items()
    }


def main() -> int:
    network = Network(packaged(), "reader-en")
    told = {"model": network.fingerprint, "figures": figures(network)}
    FIGURES.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
