"""Two windows that overlap: what both heard comes once, what one heard is not lost."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from timed_text import word as one_word

from asr.hearing.seams import join_words
from asr.hearing.word_times import TimedText
from subtitles.span import Span


def timed(text, start_ms, end_ms):
    return TimedText(text=text, start_ms=start_ms, end_ms=end_ms, probability=0.9)


def said(*words):
    """Words from (text, start, end)."""
    return [timed(*word) for word in words]


def texts(words):
    return "".join(word.text for word in words).strip()


# Few different words, so that many are repeated.
_steps = st.tuples(
    st.sampled_from([" no", " yes", " the", " a", " film", " 40", "!", "。"]),
    st.sampled_from([0, 0, 0, 30, 200, 900]),
    st.integers(20, 700),
)


@st.composite
def speech(draw, most=60):
    words, now = [], draw(st.integers(0, 3_000))
    for text, pause, length in draw(st.lists(_steps, max_size=most)):
        words.append(timed(text, now + pause, now + pause + length))
        now += pause + length
    return words


overlaps = st.tuples(st.integers(0, 20_000), st.integers(1, 3_000)).map(
    lambda pair: Span(pair[0], pair[0] + pair[1])
)


def heard_left(words, overlap):
    """All that a window hears that ends with the overlap: whole words only."""
    return [word for word in words if word.end_ms <= overlap.end_ms]


def heard_right(words, overlap):
    return [word for word in words if word.start_ms >= overlap.start_ms]


def every_word_is_whole_somewhere(words, overlap):
    return all(w.end_ms <= overlap.end_ms or w.start_ms >= overlap.start_ms for w in words)


@given(speech(), overlaps)
def test_words_that_both_windows_hear_alike_come_once_and_the_others_are_kept(words, overlap):
    left, right = heard_left(words, overlap), heard_right(words, overlap)
    joined = join_words(left, right, overlap)
    expected = [word for word in words if word in left or word in right]
    assert list(joined) == expected


@given(speech(), overlaps)
def test_half_words_at_the_borders_are_dropped_where_the_other_window_heard_the_whole(
    words, overlap
):
    if not every_word_is_whole_somewhere(words, overlap):
        return
    before = [w for w in words if w.start_ms < overlap.start_ms < w.end_ms]
    after = [w for w in words if w.start_ms < overlap.end_ms < w.end_ms]
    left = heard_left(words, overlap)
    left += said(*((" ha", w.start_ms, overlap.end_ms) for w in after))
    right = said(*((" alf", overlap.start_ms, w.end_ms) for w in before))
    right += heard_right(words, overlap)
    matched = [w for w in words if w in left and w in right and w.text not in "!。"]
    if matched:  # without any word heard alike nobody can tell a half word from a word
        assert list(join_words(left, right, overlap)) == words


@given(speech(), speech(), overlaps)
def test_whatever_two_windows_hear_nothing_outside_the_overlap_is_lost_or_out_of_order(
    one, other, overlap
):
    left, right = heard_left(one, overlap), heard_right(other, overlap)
    joined = join_words(left, right, overlap)
    early = [(w.text, w.start_ms) for w in left if w.start_ms < overlap.start_ms]
    late = [(w.text, w.end_ms) for w in right if w.end_ms > overlap.end_ms]
    assert [(w.text, w.start_ms) for w in joined][: len(early)] == early
    assert [(w.text, w.end_ms) for w in joined][len(joined) - len(late) :] == late
    for word, following in pairwise(joined):
        assert word.start_ms <= following.start_ms
        assert word.end_ms <= max(following.start_ms, word.start_ms + 1)


@pytest.mark.slow
@settings(max_examples=2_000)
@given(speech(), speech(), overlaps)
def test_thousands_of_windows_join_in_order(one, other, overlap):
    joined = join_words(heard_left(one, overlap), heard_right(other, overlap), overlap)
    assert all(word.start_ms <= after.start_ms for word, after in pairwise(joined))


OVERLAP = Span(10_000, 12_000)


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        pytest.param([], [], "", id="nothing was heard"),
        pytest.param([(" a", 9_000, 9_200)], [(" b", 12_500, 12_900)], "a b", id="apart"),
        pytest.param(
            [(" no", 10_100, 10_400), (" no", 10_600, 10_900), (" no", 11_100, 11_400)],
            [(" no", 10_130, 10_420), (" no", 10_640, 10_910), (" no", 11_120, 11_400)],
            "no no no",
            id="a word said three times",
        ),
        pytest.param(
            [(" no", 10_100, 10_400), (" no", 10_600, 10_900), (" no", 11_100, 11_400)],
            [(" no", 10_640, 10_910), (" no", 11_120, 11_400), (" way", 12_000, 12_300)],
            "no no no way",
            id="the right window missed the first of three",
        ),
        pytest.param(
            [(" Hello,", 10_200, 10_600), (" WORLD", 10_900, 11_400)],
            [(" hello", 10_180, 10_650), (" world.", 10_880, 11_420), (" Next", 11_700, 12_200)],
            "Hello, world. Next",
            id="other case and punctuation",
        ),
        pytest.param(
            [(" we", 10_500, 10_700), (" went", 10_800, 11_200), (" hum", 11_700, 12_000)],
            [(" went", 10_820, 11_180), (" home", 11_700, 12_250), (" early", 12_300, 12_700)],
            "we went home early",
            id="the left window heard half of the last word",
        ),
        pytest.param(
            [(" the", 9_600, 9_700), (" station", 9_750, 10_300), (" is", 10_500, 10_700)],
            [(" Asian", 10_000, 10_320), (" is", 10_510, 10_720), (" far", 11_000, 11_400)],
            "the station is far",
            id="the right window heard half of the first word",
        ),
        pytest.param(
            [(" I", 10_200, 10_400), (" scream", 10_450, 11_000)],
            [(" Ice", 10_200, 10_500), (" cream", 10_600, 11_000), (" please", 11_500, 12_400)],
            "I scream please",
            id="heard otherwise: the pause that both agree on",
        ),
        pytest.param(
            [(" Bonjour", 10_100, 10_800)],
            [(" madame", 11_300, 11_900)],
            "Bonjour madame",
            id="each window missed the other word",
        ),
        pytest.param(
            [(" so", 10_100, 10_300), (" so", 11_600, 11_800)],
            [(" so", 10_900, 11_100), (" so", 11_620, 11_800)],
            "so so",
            id="equal words far apart in time are not the same",
        ),
        pytest.param(
            [("今", 10_400, 10_600), ("日", 10_600, 10_800), ("は", 10_800, 11_000)],
            [("日", 10_610, 10_800), ("は", 10_800, 11_000), ("、雨", 11_000, 11_300)],
            "今日は、雨",
            id="a script without spaces",
        ),
        pytest.param(
            [(" number", 10_100, 10_700), (" followed", 10_800, 11_200), (" by", 11_300, 11_500)],
            [(" You", 10_000, 12_700), (" have", 12_750, 13_000)],
            "number followed by You have",
            id="the right window skipped to the next sentence",
        ),
        pytest.param(
            [(" setup", 10_200, 10_700), (" process.", 10_740, 11_300)],
            [(" Please", 10_000, 11_300), (" enter", 12_320, 12_900)],
            "setup process. Please enter",
            id="a word stretched back over what the right window did not hear",
        ),
        pytest.param([(" a", 10_000, 12_000)], [], "a", id="only the left window heard a word"),
        pytest.param([], [(" a", 10_000, 12_000)], "a", id="only the right window heard a word"),
    ],
)
def test_hard_seams(left, right, joined):
    assert texts(join_words(said(*left), said(*right), OVERLAP)) == joined


def test_a_word_that_would_run_into_the_next_is_cut_there():
    left = [one_word(" one", 10_000, 11_300), one_word(" two", 11_500, 11_900)]
    right = [one_word(" one", 10_500, 11_200), one_word(" two", 11_250, 11_800)]
    joined = join_words(left, right, OVERLAP)
    assert [(w.text, w.span) for w in joined] == [
        (" one", Span(10_000, 11_250)),
        (" two", Span(11_250, 11_800)),
    ]
