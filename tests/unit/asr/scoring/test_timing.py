"""Errors of word times against timed references."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asr.scoring.timing import (
    TimedPassage,
    passage_errors,
    summary,
)
from subtitles.language import parse_language
from subtitles.span import Span
from subtitles.words import Word

ENGLISH = parse_language("en")


def passage(text, start_ms, end_ms):
    return TimedPassage(text=text, span=Span(start_ms, end_ms))


def spoken(text, start_ms, step_ms=100):
    """One word after the other, each of the same length."""
    return [
        Word(
            text=f" {part}",
            span=Span(start_ms + index * step_ms, start_ms + (index + 1) * step_ms),
            probability=1.0,
        )
        for index, part in enumerate(text.split())
    ]


def errors(reference, words):
    found = passage_errors(reference, words, language=ENGLISH)
    return [(one.start_error_ms, one.end_error_ms) for one in found]


def test_a_sentence_is_as_far_off_as_its_first_and_its_last_word():
    words = spoken("He was not.", 1_040)
    assert errors([passage("He was not.", 1_000, 1_350)], words) == [(40, -10)]


def test_cue_boundaries_and_misheard_words_inside_do_not_matter():
    words = spoken("Well, here was a knot. And then he left the", 500)
    reference = [
        passage("Well, he was not.", 480, 950),
        passage("And then he left them.", 1_000, 1_500),
    ]
    assert errors(reference, words) == [(20, 50), (0, 0)]


def test_a_misheard_first_word_still_tells_when_the_sentence_begins():
    words = spoken("Tea was not ill", 1_040)
    assert errors([passage("He was not ill.", 1_000, 1_440)], words) == [(40, 0)]


def test_a_first_word_that_was_not_heard_has_no_start():
    words = spoken("was not ill", 1_140)
    assert errors([passage("He was not ill.", 1_000, 1_440)], words) == [(None, 0)]


def test_a_sentence_that_was_not_heard_is_not_found_in_a_single_the():
    words = spoken("in the end of all things", 60_000)
    assert errors([passage("The dog barks at noon.", 1_000, 3_000)], words) == [(None, None)]


def test_a_sentence_heard_minutes_off_is_minutes_off():
    assert errors([passage("He was not.", 1_000, 1_300)], spoken("He was not.", 181_000)) == [
        (180_000, 180_000)
    ]


def test_the_same_sentence_said_twice_is_found_in_order():
    words = [*spoken("Go home now.", 1_000), *spoken("Go home now.", 5_000)]
    reference = [passage("Go home now.", 990, 1_300), passage("Go home now.", 5_010, 5_300)]
    assert errors(reference, words) == [(10, 0), (-10, 0)]


def test_passages_without_a_word_are_left_out():
    found = passage_errors([passage("♪", 0, 1_000)], spoken("la la", 0), language=ENGLISH)
    assert found == ()


def test_single_words_are_passages_too():
    reference = [passage("one", 100, 200), passage("two", 250, 300)]
    assert errors(reference, spoken("one two", 110)) == [(10, 10), (-40, 10)]


def test_a_word_of_several_words_counts_for_its_first_and_its_last():
    words = spoken("twenty-five cats", 1_000)
    assert errors([passage("Twenty five cats.", 1_000, 1_200)], words) == [(0, 0)]


def test_in_a_script_without_spaces_characters_are_matched():
    words = [
        Word(text="今日は", span=Span(1_020, 1_400), probability=1.0),
        Word(text="晴れ。", span=Span(1_400, 1_900), probability=1.0),
    ]
    found = passage_errors(
        [passage("今日は晴れ", 1_000, 2_000)], words, language=parse_language("ja")
    )
    assert (found[0].start_error_ms, found[0].end_error_ms) == (20, -100)


def test_a_summary_is_made_of_absolute_errors_and_a_signed_bias():
    found = summary([-100, -10, 0, 20, None, 300], frame_rate=Fraction(25))
    assert (found.count, found.unheard) == (5, 1)
    assert (found.median_ms, found.worst_ms, found.bias_ms) == (20, 300, 0)
    assert found.p90_ms == pytest.approx(220)
    assert found.share_within_two_frames == pytest.approx(3 / 5)


def test_two_frames_are_as_long_as_the_frame_rate_makes_them():
    assert summary([83], frame_rate=Fraction(24)).share_within_two_frames == 1
    assert summary([84], frame_rate=Fraction(24)).share_within_two_frames == 0
    assert summary([83]).share_within_two_frames == 0


@pytest.mark.parametrize("nothing", [[], [None, None]])
def test_nothing_to_compare_gives_no_numbers(nothing):
    found = summary(nothing)
    assert (found.count, found.unheard) == (0, len(nothing))
    assert found.median_ms is found.p90_ms is found.worst_ms is found.bias_ms is None
    assert found.share_within_two_frames is None


sentences = st.lists(
    st.tuples(
        st.lists(st.sampled_from(["so", "it", "is", "not", "here"]), min_size=1, max_size=5),
        st.integers(0, 2_000),
    ),
    min_size=1,
    max_size=6,
)


@given(sentences, st.integers(-400, 400))
def test_a_transcript_shifted_as_a_whole_is_off_by_that_everywhere(plan, shift_ms):
    reference, words, now = [], [], 1_000
    for parts, gap_ms in plan:
        text = " ".join(parts)
        reference.append(passage(text, now, now + 100 * len(parts)))
        words += spoken(text, now + shift_ms)
        now += 100 * len(parts) + gap_ms
    assert errors(reference, words) == [(shift_ms, shift_ms)] * len(reference)


@given(st.lists(st.integers(-5_000, 5_000), min_size=1, max_size=30))
def test_the_numbers_of_a_summary_are_in_order(known):
    found = summary(known)
    assert 0 <= found.median_ms <= found.p90_ms <= found.worst_ms == max(map(abs, known))
    assert abs(found.bias_ms) <= found.worst_ms
