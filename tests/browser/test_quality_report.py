"""The quality report in a real browser: no fault that axe can find, nothing cut off."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from quality_reports import report_of

from subtitles.report.page import render_html

pytestmark = pytest.mark.browser

# WCAG 2.2 A and AA, and what axe's authors hold for good practice.
OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
TITLES = {
    "de": "Der Krieg im Äther: Die unglaubliche Geschichte eines Donaudampfschifffahrtskapitäns",
    "ja": "吾輩は猫である 第一章",
    "ar": "نافذة على البحر (الجزء 2)",
}


@pytest.mark.parametrize(
    ("tag", "theme", "width"),
    [
        ("de", "light", 1440),
        ("ar", "dark", 1000),
        pytest.param("ja", "dark", 1440, marks=pytest.mark.slow),
        pytest.param("de", "dark", 1000, marks=pytest.mark.slow),
        pytest.param("ja", "light", 1000, marks=pytest.mark.slow),
        pytest.param("ar", "light", 1440, marks=pytest.mark.slow),
    ],
)
def test_the_report_is_accessible_and_fits(
    chromium: Browser, tmp_path: Path, tag: str, theme: str, width: int
):
    path = tmp_path / "title.report.html"
    path.write_text(render_html(report_of("en", tag, title=TITLES[tag], count=24)), "utf-8")
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=theme, offline=True
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(path.as_uri())
    assert complaints == []
    assert requests == [path.as_uri()]
    if folder := os.environ.get("POLYCUE_TEST_SCREENSHOTS"):
        name = f"report-{tag}-{theme}-{width}.png"
        page.screenshot(path=Path(folder) / name, full_page=True)
    wider_by = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wider_by <= 0, "it has to be scrolled sideways"
    direction = "getComputedStyle(document.querySelector('#language-2 .text.this')).direction"
    assert page.evaluate(direction) == ("rtl" if tag == "ar" else "ltr")
    assert _faults(page) == []
    assert complaints == []
    context.close()


def _faults(page: Page) -> list[str]:
    found = Axe().run(page, options=OPTIONS)
    return [
        f"{fault['id']}: {node['html'][:200]} {node.get('failureSummary', '')}"
        for fault in found.response["violations"]
        for node in fault["nodes"]
    ]
