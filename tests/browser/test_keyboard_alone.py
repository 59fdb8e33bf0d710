"""A whole title without a mouse: from the login to the approval, every step with a key."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from web_browser import Desk, expect_save_state, field
from web_film import film_draft
from web_site import PASSWORD

from review.tasks import CueState, TaskState

pytestmark = pytest.mark.browser

# However many cues there are: more stops with Tab than these nobody makes again and again.
MOST_STOPS = 12


def _tab_to(page: Page, wanted: Locator) -> None:
    """Walk with Tab until the focus is there, and see that it shows."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            assert wanted.evaluate("element => element.matches(':focus-visible')")
            return
    pytest.fail(f"Tab does not lead to {wanted}")


def _press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_a_title_is_approved_with_the_keyboard_alone(desk: Desk):
    ana = desk.site.person()
    task, _ = desk.site.store.park(film_draft(9))
    page = desk.sit_down()
    _log_in(page)
    _tab_to(page, page.get_by_role("button", name="Take the next task"))
    _press(page, "Enter")
    expect(page.locator("main[data-ready=true]")).to_be_visible()

    # The first key needs no walk: a finding is a key away, and its field has the cursor.
    _press(page, "n")
    expect(field(page, 5)).to_be_focused()
    _press(page, "Control+a")
    page.keyboard.type("Acreditou nele?")
    expect_save_state(page, "saved")
    _confirm_all(page)
    _press(page, "n")
    expect(field(page, 9)).to_be_focused()
    _let_it_stay(page)

    _tab_to(page, page.get_by_role("button", name="Approve", exact=True))
    _press(page, "Enter")
    expect(page.get_by_text("This text is frozen.")).to_be_visible()
    assert desk.site.store.task(task.task_id).state is TaskState.APPROVED
    cues = desk.site.store.cues(task.task_id)
    assert {cue.state for cue in cues} == {CueState.CONFIRMED}
    assert cues[4].text == "Acreditou nele?"
    (own,) = desk.site.backend.ledger.own_times(ana.user_id)
    assert own.active_ms > 0


def _log_in(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_label("Name")).to_be_focused()
    page.keyboard.type("Ana")
    _press(page, "Tab")
    page.keyboard.type(PASSWORD)
    _press(page, "Enter")
    expect(page).to_have_title(re.compile("Review queue"))


def _confirm_all(page: Page) -> None:
    """Walk to the last cue, and confirm everything up to there."""
    for _ in range(4):
        _press(page, "Alt+ArrowDown")
    expect(page.locator(".cue.active[data-number='9']")).to_be_visible()
    _press(page, "Escape", "h")
    expect(page.locator("#confirmed-count")).to_have_text("9 of 9 confirmed")


def _let_it_stay(page: Page) -> None:
    """Say why the finding of the active cue may stay: from its field to the panel."""
    _press(page, "Escape", "d")
    _tab_to(page, page.locator("#detail-findings summary").first)
    _press(page, "Enter", "Tab")
    page.keyboard.type("The client wants this line whole.")
    _press(page, "Tab", "Enter")
    expect(page.locator("#issue-count .chip:visible")).to_have_count(0)
