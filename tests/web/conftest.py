"""A reviewer form of its own for every test."""

from collections.abc import Iterator

import pytest
from web_site import Site


@pytest.fixture
def site(sqlite_url: str) -> Iterator[Site]:
    made = Site(sqlite_url)
    yield made
    made.close()
