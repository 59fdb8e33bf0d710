"""Words and phrases in scripts without spaces."""

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timed_text import any_text, language

from subtitles.segmentation.word_breaks import phrase_splitter, phrase_starts


@pytest.mark.parametrize(
    ("tag", "phrases"),
    [
        ("ja", ["吾輩は", "猫である。", "名前は", "まだ", "無い。"]),
        ("zh", ["今天", "的", "天气", "非常", "好，", "我们", "去", "公园", "吧。"]),
        ("zh-Hant", ["今天", "的", "天氣", "非常", "好，", "我們", "去", "公園吧。"]),
        ("zh-TW", ["今天", "的", "天氣", "非常", "好，", "我們", "去", "公園吧。"]),
        ("th", ["สวัสดี", "ครับ", "วัน", "นี้", "อากาศ", "ดี", "มาก"]),
    ],
)
def test_phrases_start_where_a_reader_would_have_them(tag: str, phrases: list[str]) -> None:
    text = "".join(phrases)
    starts = phrase_starts(text, language(tag))
    assert starts is not None
    edges = [*sorted(starts), len(text)]
    assert [text[start:end] for start, end in pairwise(edges)] == phrases


@pytest.mark.parametrize("tag", ["km", "lo", "my", "en", "ko"])
def test_other_languages_have_no_phrases(tag: str) -> None:
    assert phrase_starts("text", language(tag)) is None
    assert phrase_splitter(language(tag)) is None


def test_a_space_ends_a_phrase() -> None:
    assert phrase_starts("猫で ある", language("ja")) == {0, 3}


@given(any_text(), st.sampled_from(["ja", "zh", "zh-Hant", "th"]))
def test_phrases_of_any_text_start_inside_it(text: str, tag: str) -> None:
    starts = phrase_starts(text, language(tag))
    assert starts is not None
    assert 0 in starts
    assert all(0 <= start <= len(text) for start in starts)
    assert {number + 1 for number, char in enumerate(text) if char == " "} <= starts


def test_the_splitter_is_loaded_when_asked_for() -> None:
    code = (
        "import subtitles.segmentation.segmenter, sys; before = 'budoux' in sys.modules; "
        "from subtitles.segmentation.word_breaks import phrase_starts; phrase_starts('猫', 'ja'); "
        "print(before, 'budoux' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
