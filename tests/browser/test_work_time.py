"""Time at work as the page counts it, alone in the browser, on a clock that the test turns."""

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

DAY = """async steps => {
    const { WorkTime } = await import("/static/work_time.js");
    const desk = Object.assign(new EventTarget(), { hidden: false });
    let nowMs = 5000.25;
    const work = new WorkTime({ now: () => nowMs, page: desk });
    const happen = name => desk.dispatchEvent(new Event(name));
    const play = at => {
        const event = new Event("timeupdate");
        Object.defineProperty(event, "target", { value: { paused: false, currentTime: at } });
        desk.dispatchEvent(event);
    };
    const taken = [];
    for (const [what, value] of steps) {
        if (what === "pass") nowMs += value * 1000;
        else if (what === "play") play(value);
        else if (what === "look away" || what === "look") {
            desk.hidden = what === "look away";
            happen("visibilitychange");
        } else if (what === "take") taken.push(work.take());
        else happen(what);
    }
    return taken;
}"""
PASS_50, TAKE = ("pass", 50), ("take", None)
LOOP = [step for _ in range(4) for at in (10, 20) for step in (("play", at), ("pass", 25), TAKE)]


@pytest.mark.parametrize(
    ("steps", "taken_ms"),
    [
        ([PASS_50, TAKE, ("pass", 5), TAKE], [50_000, 5_000]),
        ([PASS_50, ("keydown", None), PASS_50, TAKE], [60_000]),
        ([PASS_50, TAKE, PASS_50, TAKE, PASS_50, TAKE], [50_000, 10_000, 0]),
        ([("pass", 3600), ("pointerdown", None), ("pass", 0.0009), TAKE], [60_000]),
        ([("pass", 10), ("look away", None), ("pass", 20), ("look", None), TAKE], [10_000]),
        ([("look away", None), ("keydown", None), PASS_50, TAKE], [0]),
        ([("pass", 3600), TAKE, TAKE, ("input", None), ("pass", 1.5), TAKE], [60_000, 0, 1_500]),
    ],
    ids=[
        "opening the page is a sign",
        "never more than a minute at once",
        "nobody there after a minute without a sign",
        "an idle hour is a minute",
        "away is not at work",
        "nothing counts out of sight",
        "back at work after a break",
    ],
)
def test_a_minute_after_the_last_sign_nobody_is_at_work(page: Page, steps, taken_ms):
    assert page.evaluate(DAY, steps) == taken_ms


def test_watching_is_work_but_a_cue_left_playing_again_and_again_is_not(page: Page):
    watched = [step for at in range(8) for step in (("play", at * 25), ("pass", 25), TAKE)]
    assert page.evaluate(DAY, watched) == [25_000] * 8
    left_s = [ms / 1000 for ms in page.evaluate(DAY, LOOP)]
    assert left_s == [25, 25, 25, 10, 0, 0, 0, 0]
