"""Two browsers, one task: nothing that somebody typed is lost or overwritten unseen."""

import os

import pytest
from interleavings import Days
from web_browser import Desk, ShiftableClock

DAYS = int(os.environ.get("INTERLEAVINGS") or 60)
SEED = int(os.environ.get("INTERLEAVINGS_SEED") or 1)

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(120 + 12 * DAYS)]


@pytest.fixture(autouse=True)
def quick_days(monkeypatch: pytest.MonkeyPatch):
    """Days of a second each hold more logins a minute than the form allows an address."""
    monkeypatch.setattr("review.web.throttle.PER_ADDRESS", 10_000)
    monkeypatch.setattr("review.web.throttle.PER_ACCOUNT_AND_ADDRESS", 10_000)


def test_no_text_is_lost_or_overwritten_unseen_whatever_two_people_and_their_lines_do(
    desk: Desk, clock: ShiftableClock
):
    days = Days(desk, clock, SEED)
    for number in range(DAYS):
        assert not (wrong := days.day(number)), "\n".join(wrong)
