"""lemminflect's dictionary, opened in a tenth of the time that it takes by itself.

lemminflect imports spaCy, where that is installed, to hang itself on spaCy's words, and reads its table a
line at a time. Neither is needed to look words up: its lookup is imported without the package's own start, as
a copy under a name of ours, so that ``import lemminflect`` still gives whoever wants it the whole, and the
table is read in one piece. A test holds the answers against lemminflect's own.
"""

from __future__ import annotations

import gzip
import sys
from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from saydo.model.errors import ReaderError

_OURS = "saydo_lemminflect"


@cache
def dictionary() -> Any:
    """What answers ``getLemma(word, upos)``. Raises ReaderError where lemminflect is not installed."""
    found = find_spec("lemminflect")
    if found is None or found.origin is None:
        raise ReaderError("the package lemminflect is missing from the installation; install saydo anew")
    folder = Path(found.origin).parent
    spec = spec_from_file_location(_OURS, found.origin, submodule_search_locations=[str(folder)])
    assert spec is not None
    sys.modules[_OURS] = module_from_spec(spec)  # made, not run
    names: Any = import_module(f"{_OURS}.core.LexicalUtils")
    lookup: Any = import_module(f"{_OURS}.core.Lemmatizer").Lemmatizer()
    lookup.lemma_dict = _Table(Path(lookup.lemma_lu_fn), names.categoryToUPos)
    return lookup


class _Table:
    """Word → part of speech → its dictionary forms. The lines stay as they are until they are asked for."""

    def __init__(self, file: Path, part_of_speech: Callable[[str], str]) -> None:
        self._part_of_speech = part_of_speech
        self._lines: dict[str, str] = {}
        for line in gzip.decompress(file.read_bytes()).decode("utf-8").split("\n"):
            word, _, rest = line.partition(",")
            self._lines[word] = f"{self._lines[word]};{rest}" if word in self._lines else rest

    def get(self, word: str, default: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        """What the table says of a word."""
        lines = self._lines.get(word)
        if not lines:
            return default
        told = (line.strip().split(",") for line in lines.split(";"))
        return {self._part_of_speech(category): tuple(forms.split("/")) for category, forms in told}
