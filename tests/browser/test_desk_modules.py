"""Modules of the workbench, alone in the browser: times, places in texts, room, matches, keys."""

import json
from fractions import Fraction

import pytest
from playwright.sync_api import Page

from review.web.views import clock_text
from subtitles.span import ms_from_frames

pytestmark = pytest.mark.browser

RATES = (Fraction(24), Fraction(25), Fraction(24000, 1001), Fraction(30000, 1001), Fraction(60))


def _call(page: Page, module: str, code: str, *arguments):
    """The value of an expression over the names that a module exports."""
    return page.evaluate(
        f"""async given => {{
            const all = await import("/static/{module}");
            return (({{ {_names(code)} }}, args) => {code})(all, given);
        }}""",
        list(arguments),
    )


def _names(code: str) -> str:
    known = ("clockText", "parseTime", "stretchesIn", "FrameGrid", "charsBefore", "wordsAround")
    more = ("fitted", "snapped", "patternOf", "countIn", "replacedIn", "isBindable", "strokeOf")
    return ", ".join(name for name in (*known, *more, "signedMs", "Scale") if name in code)


def test_times_are_written_as_the_server_writes_them_and_read_back(page: Page):
    times_ms = [0, 7, 999, 1000, 59_999, 60_000, 3_599_999, 3_600_000, 36_061_001]
    written = _call(page, "times.js", "args[0].map(clockText)", times_ms)
    assert written == [clock_text(time_ms) for time_ms in times_ms]
    assert _call(page, "times.js", "args[0].map(parseTime)", written) == times_ms


@pytest.mark.parametrize(
    ("typed", "time_ms"),
    [
        ("62.12", 62_120),
        ("1:02,5", 62_500),
        (" 1:01:02 ", 3_662_000),
        ("0", 0),
        ("1:62", None),
        ("-1", None),
        ("1:02.1234", None),
        ("", None),
        ("1e3", None),
        ("１", None),
    ],
)
def test_a_time_is_read_as_people_type_it_or_not_at_all(page: Page, typed: str, time_ms):
    assert _call(page, "times.js", "parseTime(args[0])", typed) == time_ms


def test_frames_start_where_the_pipeline_says(page: Page):
    for rate in RATES:
        frames = [0, 1, 2, 3, 17, 1000, 1001, 123_457, 600_001]
        wanted = [ms_from_frames(frame, rate) for frame in frames]
        found = page.evaluate(
            """async ([rate, times]) => {
                const { FrameGrid } = await import("/static/times.js");
                const grid = new FrameGrid(rate);
                return times.map(at => [grid.nearest(at), grid.step(grid.step(at, 5), -5)]);
            }""",
            [f"{rate.numerator}/{rate.denominator}", wanted],
        )
        assert found == [[time_ms, time_ms] for time_ms in wanted], rate


@pytest.mark.parametrize(
    ("text", "place", "chars"),
    [
        ("ab cd", 3, 3),
        ("a 😀 b", 5, 4),  # two code units, one character
        ("e\u0301 b", 2, 1),  # stored composed
        ("row  \nnext", 6, 4),  # stored without the spaces at the row's end
        ("end  ", 5, 3),
        ("", 0, 0),
    ],
)
def test_places_are_counted_in_the_text_that_the_server_stores(page: Page, text, place, chars):
    assert _call(page, "steps/places.js", "charsBefore(args[0], args[1])", text, place) == chars


@pytest.mark.parametrize(
    ("text", "place", "around"),
    [
        ("one two three", 0, (0, 3)),
        ("one two three", 4, (1, 2)),
        ("one two three", 5, (1, 1)),
        ("one two\nthree", 7, (2, 1)),
        ("one", 3, (1, 0)),
    ],
)
def test_words_beyond_the_cursor_are_whole_words(page: Page, text: str, place: int, around):
    found = _call(page, "steps/places.js", "wordsAround(args[0], args[1])", text, place)
    assert (found["before"], found["after"]) == around


def test_a_cue_never_goes_over_its_neighbours_wherever_it_is_dragged(page: Page):
    faults = page.evaluate(
        """async () => {
            const { fitted } = await import("/static/timeline/limits.js");
            let seed = 11;
            const random = n => (seed = (seed * 48271) % 2147483647) % n;
            const faults = [];
            for (let round = 0; round < 3000; round += 1) {
                const fromMs = random(1000);
                const shortestMs = 42;
                const startMs = fromMs + random(500);
                const endMs = startMs + shortestMs + random(2000);
                const room = { fromMs, untilMs: endMs + random(800), shortestMs };
                const edge = ["start", "end", "body"][random(3)];
                const by = random(8000) - 4000;
                const wanted = {
                    startMs: edge === "end" ? startMs : startMs + by,
                    endMs: edge === "start" ? endMs : endMs + by,
                };
                const got = fitted(wanted, edge, room);
                const isInside = got.startMs >= room.fromMs && got.endMs <= room.untilMs;
                const length = got.endMs - got.startMs;
                const isLong = edge === "body" ? length === endMs - startMs : length >= shortestMs;
                if (!isInside || !isLong) faults.push([startMs, endMs, edge, by, room, got]);
            }
            return faults;
        }"""
    )
    assert faults == []


def test_the_nearest_mark_within_reach_pulls_and_none_beyond(page: Page):
    code = "args[0].map(at => snapped(at, [100, 200, 215], 10))"
    found = _call(page, "timeline/limits.js", code, [89, 90, 105, 207, 208, 230])
    assert found == [89, 100, 100, 200, 215, 230]


@pytest.mark.parametrize(
    ("find", "how", "text", "count", "replaced"),
    [
        ("light", "", "Light, lights", 2, "*, *s"),
        ("light", "whole", "Light, lights", 1, "*, lights"),
        ("light", "whole, case", "Light, light", 1, "Light, *"),
        ("a.b", "", "a.b axb", 1, "* axb"),
        ("é", "whole", "e\u0301 vé", 1, "* vé"),
        ("two words", "", "two\nwords", 1, "*"),
        ("сад", "whole", "сад садик", 1, "* садик"),
        ("$&", "", "pay $& now", 1, "pay * now"),
    ],
)
def test_matches_are_literal_and_know_the_words_of_every_script(
    page: Page, find: str, how: str, text: str, count: int, replaced: str
):
    asked = {"text": find, "isWholeWord": "whole" in how, "isCaseSensitive": "case" in how}
    code = "[countIn(args[1], patternOf(args[0])), replacedIn(args[1], patternOf(args[0]), '*')]"
    assert _call(page, "panels/matching.js", code, asked, text) == [count, replaced]


def test_a_replacement_means_nothing_but_itself(page: Page):
    asked = {"text": "a", "isWholeWord": False, "isCaseSensitive": False}
    code = "replacedIn('a', patternOf(args[0]), '$&$1')"
    assert _call(page, "panels/matching.js", code, asked) == "$&$1"
    blank = asked | {"text": "  "}
    assert _call(page, "panels/matching.js", "patternOf(args[0])", blank) is None


def test_the_stretches_a_finding_speaks_of_can_be_played(page: Page):
    words = "Said: 0:00:12.3–0:00:14.0: no words; 1:00:01.0–1:00:02.5: “x”"
    found = _call(page, "times.js", "stretchesIn(args[0])", words)
    spans = [(one["startMs"], one["endMs"]) for one in found]
    assert spans == [(12_300, 14_000), (3_601_000, 3_602_500)]


@pytest.mark.parametrize(
    ("typed", "by_ms"),
    [("0.5", 500), ("-1.25", -1250), ("−2", -2000), ("+3,004", 3004), ("x", None), ("1:0", None)],
)
def test_a_shift_is_typed_in_seconds_with_a_sign(page: Page, typed: str, by_ms):
    assert _call(page, "shift_dialog.js", "signedMs(args[0])", typed) == by_ms


@pytest.mark.parametrize(
    ("pressed", "stroke"),
    [
        ({"key": "ш", "code": "KeyI"}, "i"),  # a Russian keyboard: the key, not the letter
        ({"key": "Я", "code": "KeyZ", "ctrlKey": True, "shiftKey": True}, "Mod+Shift+z"),
        ({"key": "Q", "shiftKey": True}, "Shift+q"),
        ({"key": "Q"}, "q"),  # caps lock
        ({"key": "?", "shiftKey": True}, "?"),
        ({"key": "ł", "code": "KeyL", "altKey": True, "ctrlKey": True}, None),
        ({"key": "ü", "code": "BracketLeft"}, "ü"),
    ],
    ids=str,
)
def test_a_stroke_is_the_key_whatever_the_keyboard_writes(page: Page, pressed: dict, stroke):
    base = {"ctrlKey": False, "metaKey": False, "altKey": False, "shiftKey": False}
    assert _call(page, "keymap.js", "strokeOf(args[0])", base | pressed) == stroke


@pytest.mark.parametrize(
    ("stroke", "where", "may"),
    [
        ("x", "Outside text fields", True),
        ("x", "Anywhere", False),
        ("Alt+x", "Outside text fields", False),
        ("Mod+Alt+Enter", "Anywhere", False),
        ("F7", "Anywhere", True),
        ("Mod+b", "In a text field", True),
        ("Enter", "In a text field", False),
        ("Tab", "Outside text fields", False),
        ("ArrowUp", "Anywhere", False),
        ("Mod++", "Anywhere", True),
    ],
)
def test_nobody_can_bind_a_key_that_types_or_walks(page: Page, stroke: str, where: str, may: bool):
    assert _call(page, "keymap.js", "isBindable(args[0], args[1])", stroke, where) is may


def test_keys_given_anew_act_are_kept_and_never_taken_twice(page: Page):
    found = page.evaluate(
        """async () => {
            const { Keys } = await import("/static/keys.js");
            const kept = new Map();
            const storage = {
                getItem: key => kept.get(key) ?? null,
                setItem: (key, value) => kept.set(key, value),
            };
            const keys = new Keys(storage);
            const entry = keys.keymap.find(one => one.action === "merge");
            const target = document.createElement("div");
            const pressed = key => ({ key, target });
            const taken = keys.bind(entry, pressed("s"));
            const done = keys.bind(entry, pressed("x"));
            const later = new Keys(storage);
            const act = key => later.actionOf(pressed(key)) ?? null;
            const acts = [act("x"), act("m"), act("s")];
            later.reset();
            kept.set("polycue:keys", "{broken");
            return { taken, done, acts, reset: act("m"), broken: new Keys(storage).isChanged };
        }"""
    )
    assert found == {
        "taken": "Already taken: Split at the playhead.",
        "done": "",
        "acts": ["merge", None, "split-playhead"],
        "reset": "merge",
        "broken": False,
    }


def test_what_is_under_the_pointer_stays_there_when_the_timeline_comes_closer(page: Page):
    moved = page.evaluate(
        """async () => {
            const { Scale, ZOOMS } = await import("/static/timeline/scale.js");
            const scale = new Scale();
            Object.assign(scale, { width: 900, titleMs: 3600000, startMs: 600000 });
            const before = scale.timeAt(300);
            const seen = ZOOMS.map(() => (scale.zoomBy(1, 300), scale.timeAt(300) - before));
            scale.reveal(3599000, 3600000);
            return { seen, end: scale.xOf(3600000) <= 900, zoom: scale.zoom };
        }"""
    )
    assert set(moved["seen"]) == {0}
    assert moved == moved | {"end": True, "zoom": 350}


def test_peaks_are_the_widest_of_their_stretch(page: Page):
    # Base64 of the signed bytes -128, 127, -64, 0, 0, 64.
    answer = {
        "duration_ms": 120,
        "peaks_hz": 25,
        "peaks": "gH/AAABA",
        "shot_changes_ms": [40],
        "speech": [[0, 100]],
    }
    found = page.evaluate(
        """async answer => {
            const { timelineOf, peaksBetween } = await import("/static/timeline/data.js");
            const data = timelineOf(JSON.parse(answer));
            const ask = (from, until) => peaksBetween(data, from, until);
            return [ask(0, 120), ask(40, 41), ask(80, 500), ask(120, 200)];
        }""",
        json.dumps(answer),
    )
    assert found[0] == [-1, 1]
    assert found[1] == [-0.5, 0]
    assert found[2] == [0, pytest.approx(64 / 127)]
    assert found[3] is None
