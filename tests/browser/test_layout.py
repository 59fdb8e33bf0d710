"""Every page with German, Japanese and Arabic titles, wide and narrow: nothing overlaps."""

import pytest
from every_page import every_page, opened
from house_words import ARABIC, GERMAN, JAPANESE
from page_faults import faults_in_sight
from playwright.sync_api import Page
from web_browser import Desk
from web_house import House, Words

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.mark.parametrize("words", [GERMAN, JAPANESE, ARABIC], ids=lambda words: words.language)
def test_nothing_overlaps_or_is_cut_off_or_crushed(desk: Desk, words: Words):
    house = House(desk.site, words)
    desk.expected = ("404",)
    seats: dict[str, Page] = {}
    for stop in every_page(house):
        seat = stop.who.user_id if stop.who else ""
        page = seats.get(seat) or seats.setdefault(seat, desk.sit_down(stop.who))
        for state in opened(page, stop):
            for width, height in ((1440, 900), (1000, 760)):
                page.set_viewport_size({"width": width, "height": height})
                assert faults_in_sight(page) == [], f"{state} at {width}"


@pytest.mark.parametrize(
    "page_of",
    [
        "<p style='width:2em;overflow-wrap:anywhere'>Schifffahrtsgesellschaft</p>",
        "<p style='width:4em;overflow:hidden;white-space:nowrap'>Schifffahrtsgesellschaft</p>",
        "<p style='position:absolute;left:99vw;white-space:nowrap'>Schifffahrt</p>",
        "<p>Schifffahrt</p><button style='position:relative;top:-2.5em'>Save</button>",
    ],
    ids=["crushed", "cut off", "out of view", "overlapping"],
)
def test_the_look_sees_what_it_is_there_for(desk: Desk, page_of: str):
    page = desk.sit_down()
    page.set_content(page_of)
    assert faults_in_sight(page)
