"""Direction marks for export, and glyphs that subtitle systems lack."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timed_text import any_text

from subtitles.typography.direction import with_direction_marks, without_direction_marks
from subtitles.typography.glyphs import unusual_glyphs

ROWS = ("- שלום.", "OK.", "{\\an8}<i>نعم!</i>")


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("none", ROWS),
        ("rlm", ("\u200f- שלום.", "OK.", "{\\an8}\u200f<i>نعم!</i>")),
        ("embed", ("\u202b- שלום.\u202c", "OK.", "{\\an8}\u202b<i>نعم!</i>\u202c")),
    ],
)
def test_rows_of_right_to_left_letters_get_marks_and_lose_them_again(mode, expected):
    assert with_direction_marks(ROWS, mode) == expected
    assert with_direction_marks(expected, mode) == expected
    assert with_direction_marks(expected, "none") == ROWS
    assert without_direction_marks(expected) == ROWS


def test_marks_inside_a_row_and_in_other_scripts_stay():
    rows = ("שלום \u200fABC", "\u200fABC", "\u202bABC\u202c")
    assert without_direction_marks(rows) == rows


@given(st.lists(any_text() | st.text("אב ن.\u200f\u202b\u202c{\\}<i>", max_size=12), max_size=3))
def test_whatever_marks_are_put_on_come_off_again(rows):
    bare = without_direction_marks(rows)
    for mode in ("none", "rlm", "embed"):
        assert without_direction_marks(with_direction_marks(rows, mode)) == bare


@pytest.mark.parametrize(
    ("text", "unusual"),
    [
        ("“Yes…” – «no» ♪ ♫ „a“ ’ a\u00a0b", ""),
        ("؟ ـ 「字」 ไทย हिन्दी 한글 বাংলা தமிழ் తెలుగు", ""),
        ("a\u200eb\u200f\u202a\u202e\u2066\ufeff", "\u200e\u200f\u202a\u202e\u2066\ufeff"),
        ("a\u200bb\u202fc ⋯", "\u200b\u202f⋯"),
        ("fine 😀😀 ❤\ufe0f 🇧🇷", "😀\ufe0f🇧🇷"),
        ("\ue000 \U000f0000 \u0378", "\ue000\U000f0000\u0378"),
        ("می\u200cخواهم, क्\u200dष", ""),
        ("a\u200cb, \u200dक", "\u200c\u200d"),
        ("© ® ™ ♀ line\nfeed", ""),
    ],
)
def test_glyphs_that_subtitle_systems_lack_are_named_once_in_order(text, unusual):
    assert unusual_glyphs(text) == unusual


@given(any_text())
def test_only_characters_of_the_text_are_named(text):
    assert set(unusual_glyphs(text)) <= set(text)
