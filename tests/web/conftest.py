"""A reviewer form of its own for every test."""

from collections.abc import Iterator

import pytest
from anyio.from_thread import start_blocking_portal
from web_site import Site


@pytest.fixture(scope="session", autouse=True)
def _one_event_loop() -> Iterator[None]:
    with start_blocking_portal() as Site.portal:
        yield
    Site.portal = None


@pytest.fixture
def site(sqlite_url: str) -> Iterator[Site]:
    made = Site(sqlite_url)
    yield made
    made.close()
