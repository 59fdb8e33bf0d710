"""Two browsers, one task: nothing that somebody typed is lost or overwritten unseen."""

import os

import pytest
from interleavings import Days
from web_browser import Desk, ShiftableClock

DAYS = int(os.environ.get("INTERLEAVINGS") or 60)
SEED = int(os.environ.get("INTERLEAVINGS_SEED") or 1)

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(120 + 12 * DAYS)]


def test_no_text_is_lost_or_overwritten_unseen_whatever_two_people_and_their_lines_do(
    desk: Desk, clock: ShiftableClock
):
    days = Days(desk, clock, SEED)
    for number in range(DAYS):
        assert not (wrong := days.day(number)), "\n".join(wrong)
