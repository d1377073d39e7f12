from collections.abc import Iterator

import pytest
from hypothesis import settings
from throwaway_postgres import Server, serving

# How long an example takes says nothing of whether it is right, and machines are noisy.
settings.register_profile("saydo", deadline=None)
settings.load_profile("saydo")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server of the tests' own."""
    with serving() as started:
        yield started
