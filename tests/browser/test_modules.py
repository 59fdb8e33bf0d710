"""The page's own modules, alone: run in the browser, against the same data as in Python."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

DAYS = Path(__file__).with_name("saver_days.js")
VECTORS = Path(__file__).parents[2] / "subtitles" / "counting_vectors.json"


def test_the_browser_counts_like_the_pipeline(page: Page):
    vectors = json.loads(VECTORS.read_text("utf-8"))
    counted = page.evaluate(
        """async vectors => {
            const { lineWidth, charsPerSecond } = await import("/static/counting.js");
            return vectors.map(vector => "width" in vector
                ? lineWidth(vector.text, vector.rule)
                : charsPerSecond(vector.lines, vector.duration_ms, vector.rule));
        }""",
        vectors,
    )
    wanted = [vector.get("width", vector.get("cps")) for vector in vectors]
    differing = [
        (vector, ours, theirs)
        for vector, ours, theirs in zip(vectors, wanted, counted, strict=True)
        if abs(ours - theirs) > 1e-9
    ]
    assert differing == []
    assert len(vectors) > 50


@pytest.mark.parametrize(
    ("pressed", "action"),
    [
        ({"key": "Enter", "ctrlKey": True}, "confirm-next"),
        ({"key": "Enter", "metaKey": True}, "confirm-next"),
        ({"key": "Enter", "ctrlKey": True, "isComposing": True}, None),
        ({"key": "Enter", "ctrlKey": True, "keyCode": 229}, None),
        ({"key": "Enter", "ctrlKey": True, "altKey": True}, None),
        ({"key": "Enter"}, None),
        ({"key": "s", "ctrlKey": True}, "save"),
        ({"key": "S", "ctrlKey": True}, "save"),
        ({"key": "ś", "ctrlKey": True, "altKey": True}, None),
        ({"key": "s", "altKey": True}, None),
        ({"key": "ArrowDown", "altKey": True}, "next"),
        ({"key": "ArrowDown"}, None),
        ({"key": "F8"}, "next-issue"),
        ({"key": "F8", "shiftKey": True}, "previous-issue"),
        ({"key": "Escape"}, "leave"),
        ({"key": "?", "shiftKey": True}, None),
        ({"key": " "}, None),
        ({"key": "a"}, None),
    ],
    ids=str,
)
def test_in_a_text_field_only_keys_that_type_nothing_act(page: Page, pressed, action):
    assert _action(page, "textarea", pressed) == action


@pytest.mark.parametrize(
    ("place", "pressed", "single", "action"),
    [
        ("div", {"key": "?", "shiftKey": True}, True, "help"),
        ("div", {"key": "?", "shiftKey": True}, False, None),
        ("div", {"key": " "}, True, "play-pause"),
        ("div", {"key": " "}, False, None),
        ("button", {"key": " "}, True, None),
        ("button", {"key": "Enter"}, True, None),
        ("div", {"key": "Enter"}, True, "edit"),
        ("div", {"key": "Escape"}, True, None),
        ("div", {"key": "F2"}, False, "play-cue"),
        ("div", {"key": "F2", "shiftKey": True}, False, "loop-cue"),
    ],
    ids=str,
)
def test_outside_fields_single_keys_act_unless_switched_off(
    page: Page, place, pressed, single, action
):
    assert _action(page, place, pressed, single=single) == action


def test_a_dialog_answers_its_own_keys_and_none_once_it_is_closed(page: Page):
    # It keeps the focus until the page is painted again: what is pressed before is for the page.
    actions = page.evaluate(
        """async () => {
            const { actionOf } = await import("/static/keymap.js");
            const dialog = document.createElement("dialog");
            const button = dialog.appendChild(document.createElement("button"));
            document.body.append(dialog);
            const told = [];
            button.addEventListener("keydown", (event) => told.push(actionOf(event)));
            const enter = { key: "Enter" };
            const press = () => button.dispatchEvent(new KeyboardEvent("keydown", enter));
            dialog.showModal();
            press();
            dialog.close();
            press();
            dialog.remove();
            return told;
        }"""
    )
    assert actions == [None, "edit"]


def test_no_key_of_the_map_is_one_that_types_a_letter(page: Page):
    keys = page.evaluate(
        """async () => (await import("/static/keymap.js")).KEYMAP.flatMap(entry => entry.keys)"""
    )
    for key in keys:
        parts = key.split("+")
        assert not ("Alt" in parts and len(parts[-1]) == 1), key
        assert not ("Alt" in parts and "Mod" in parts), key


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("a\nb", '<div dir="auto">a</div><div dir="auto">b</div>'),
        ("<i>a</i>", '<div dir="auto"><i>a</i></div>'),
        ("<I>a <b>b</b></I>", '<div dir="auto"><i>a <b>b</b></i></div>'),
        ("<i>open", '<div dir="auto"><i>open</i></div>'),
        ("close</i>", '<div dir="auto">close</div>'),
        ("<i>x</b>y", '<div dir="auto"><i>xy</i></div>'),
        ('<font color="red">a</font>', '<div dir="auto">a</div>'),
        ("{\\an8}a", '<div dir="auto">a</div>'),
        ("<script>x</script>", '<div dir="auto">&lt;script&gt;x&lt;/script&gt;</div>'),
        ("<i onclick=x>a", '<div dir="auto">&lt;i onclick=x&gt;a</div>'),
        ("a & <b", '<div dir="auto">a &amp; &lt;b</div>'),
    ],
)
def test_the_overlay_makes_italics_bold_and_underline_and_nothing_else(
    page: Page, text: str, markup: str
):
    drawn = page.evaluate(
        """async text => {
            const { drawText } = await import("/static/overlay.js");
            const box = document.createElement("div");
            drawText(box, text);
            return box.innerHTML;
        }""",
        text,
    )
    assert drawn == markup


def test_the_cue_on_screen_is_found_and_none_in_a_gap(page: Page):
    found = page.evaluate(
        """async () => {
            const { cueAt } = await import("/static/cue_at.js");
            const spans = [[0, 10], [10, 20], [30, 40]];
            const cues = spans.map(([startMs, endMs]) => ({ startMs, endMs }));
            const times = [-1, 0, 9, 10, 19, 20, 29, 30, 39, 40, 99];
            return times.map(at => cueAt(cues, at)?.startMs ?? null);
        }"""
    )
    assert found == [None, 0, 0, 10, 10, None, None, 30, 30, None, None]


def test_a_word_diff_holds_both_texts_whatever_they_are(page: Page):
    faults = page.evaluate(
        """async () => {
            const { wordDiff } = await import("/static/texts.js");
            const words = ["a", "b", " ", "é", "ção", "…", "\\n", "مرحبا", "😀", "-", "'"];
            let seed = 7;
            const random = n => (seed = (seed * 48271) % 2147483647) % n;
            const word = () => words[random(words.length)];
            const text = () => Array.from({ length: random(12) }, word).join("");
            const faults = [];
            for (let round = 0; round < 400; round += 1) {
                const [before, after] = [text(), text()];
                const parts = wordDiff(before, after);
                const without = kind =>
                    parts.filter(part => part.kind !== kind).map(part => part.text).join("");
                if (without("new") !== before || without("gone") !== after) {
                    faults.push([before, after]);
                }
            }
            return faults;
        }"""
    )
    assert faults == []


def test_a_saver_loses_nothing_whatever_the_line_does(page: Page):
    faults = page.evaluate(
        f"""async () => {{
            const saver = await import("/static/saver.js");
            {DAYS.read_text("utf-8")}
            const faults = [];
            for (let seed = 1; seed <= 2000; seed += 1) faults.push(await day(seed, saver));
            return faults.filter(Boolean);
        }}"""
    )
    assert faults == []


def _action(page: Page, place: str, pressed: dict, *, single: bool = True) -> str | None:
    return page.evaluate(
        """async ([place, pressed, single]) => {
            const { actionOf } = await import("/static/keymap.js");
            const target = document.createElement(place);
            return actionOf({ target, ...pressed }, { singleKeys: single });
        }""",
        [place, pressed, single],
    )
