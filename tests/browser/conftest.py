"""A real Chromium in front of a real server; a test fails on whatever the page complains about."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from web_browser import BROWSERS, Desk, Line, ShiftableClock, find_browser, running
from web_site import Site

# One site at a time is open here, and nobody attacks it: no spare process is kept for another.
LEAN = ["--disable-site-isolation-trials"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One for a module: as long as it is open, nothing else in the process can run a loop."""
    path = find_browser()
    if path is None and "CI" in os.environ:
        pytest.fail("Chromium is not installed: no page was looked at")
    if path is None:
        pytest.skip(f"no browser on this machine: looked for {', '.join(BROWSERS)}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=LEAN)
        yield browser
        browser.close()


@pytest.fixture
def clock() -> ShiftableClock:
    return ShiftableClock()


@pytest.fixture
def site(sqlite_url: str, clock: ShiftableClock) -> Iterator[Site]:
    made = Site(sqlite_url, clock=clock)
    yield made
    made.close()


@pytest.fixture
def desk(chromium: Browser, site: Site) -> Iterator[Desk]:
    """People at browsers; what their pages complained about is looked at in the end."""
    line = Line(site.app)
    with running(line) as address:
        made = Desk(chromium, site, line, address)
        yield made
        made.close()
    assert made.complaints == []


@pytest.fixture(scope="module")
def page(
    chromium: Browser, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Page]:
    """One page for all tests of modules alone: modules keep nothing between calls."""
    path = tmp_path_factory.mktemp("modules") / "review.db"
    shutil.copy(sqlite_template, path)
    site = Site(f"sqlite:///{path}")
    line = Line(site.app)
    with running(line) as address:
        desk = Desk(chromium, site, line, address)
        page = desk.sit_down()
        page.goto("/login")
        yield page
        desk.close()
    site.close()
    assert desk.complaints == []
