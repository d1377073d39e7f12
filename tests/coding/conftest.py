"""What several tests of coding need."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from saydo.codebook import load
from saydo.desk.coder import code_documents
from saydo.model.document import Document
from saydo.model.records import Record
from saydo.reading import load_reader


@pytest.fixture(scope="module")
def record() -> Callable[[str], Record]:
    """Codes a text of 16 March 2011 with the real reader."""
    reader, codebook = load_reader(pairs=True), load()

    def code(text: str) -> Record:
        (found,) = code_documents([Document("d", text, date="2011-03-16")], reader, codebook, strict=True)
        assert isinstance(found, Record)
        return found

    return code
