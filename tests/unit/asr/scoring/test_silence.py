"""Words where nobody speaks, speech without words, and whether anybody is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asr.scoring.silence import (
    EDGE_MS,
    invented,
    invented_words,
    missed,
)
from subtitles.doubts import Doubt, DoubtfulSpan
from subtitles.span import Span
from subtitles.span_sets import inside, merged, outside
from subtitles.words import Word

SPEECH = [Span(10_000, 20_000), Span(60_000, 70_000)]


def doubt(start_ms, end_ms, *kinds):
    return DoubtfulSpan(span=Span(start_ms, end_ms), doubts=kinds)


def word(start_ms, end_ms, *doubts):
    return Word(text=" so", span=Span(start_ms, end_ms), probability=1.0, doubts=doubts)


@pytest.mark.parametrize(
    ("heard", "total_ms"),
    [
        ([], 0),
        ([Span(10_000, 20_000)], 0),
        ([Span(9_000, 21_000)], 2_000),
        ([Span(30_000, 31_000), Span(30_500, 31_500)], 1_500),
        ([Span(15_000, 65_000)], 40_000),
        ([Span(80_000, 81_000)], 1_000),
    ],
)
def test_time_of_words_outside_the_speech_is_invented(heard, total_ms):
    assert invented(heard, SPEECH).total_ms == total_ms


def test_invented_time_is_flagged_where_the_transcript_says_probably_not_said():
    doubts = [
        doubt(30_000, 30_600, Doubt.NO_SPEECH),
        doubt(30_400, 30_800, Doubt.UNSURE, Doubt.FOREIGN),
        doubt(30_000, 40_000, Doubt.QUIET_SPEECH),
    ]
    found = invented([Span(30_000, 31_000), Span(11_000, 12_000)], SPEECH, doubts)
    assert (found.total_ms, found.flagged_ms, found.unflagged_ms) == (1_000, 800, 200)
    assert found.share == 0.5


@pytest.mark.parametrize(
    ("words", "total_ms"),
    [
        ([], 20_000),
        ([Span(10_000, 20_000), Span(60_000, 70_000)], 0),
        # A start a little late and an end a little early are no words that were missed.
        ([Span(10_300, 19_700), Span(60_000, 70_000)], 0),
        ([Span(10_301, 20_000), Span(60_000, 70_000)], 301),
        # A breath between two words belongs to them, anything longer does not.
        ([Span(10_000, 12_000), Span(13_000, 20_000), Span(60_000, 70_000)], 0),
        ([Span(10_000, 12_000), Span(13_001, 20_000), Span(60_000, 70_000)], 1_001),
        # Words elsewhere do not help.
        ([Span(10_000, 20_000), Span(30_000, 50_000)], 10_000),
    ],
)
def test_speech_without_words_is_missed(words, total_ms):
    assert missed(words, SPEECH).total_ms == total_ms


def test_missed_time_is_flagged_where_the_transcript_says_probably_missed():
    doubts = [
        doubt(60_000, 64_000, Doubt.SPEECH_WITHOUT_WORDS),
        doubt(64_000, 66_000, Doubt.NO_SPEECH),
        doubt(66_000, 69_000, Doubt.QUIET_SPEECH),
    ]
    found = missed([Span(10_000, 20_000)], SPEECH, doubts)
    assert (found.total_ms, found.flagged_ms, found.of_ms) == (10_000, 7_000, 20_000)
    assert found.share == 0.5


def test_without_any_speech_nothing_is_missed_and_every_word_is_invented():
    assert missed([], []).share == 0
    assert invented([Span(0, 500)], []).share == 1
    assert len(invented_words([word(0, 500)], []).unflagged) == 1


@pytest.mark.parametrize(
    ("start_ms", "end_ms", "is_invented"),
    [
        (10_000, 10_500, False),
        (9_000, 10_000 - EDGE_MS, False),
        (9_000, 10_000 - EDGE_MS - 1, True),
        (20_000 + EDGE_MS, 21_000, False),
        (40_000, 40_000, True),
        (0, 80_000, False),
    ],
)
def test_a_word_is_invented_when_it_is_away_from_all_speech(start_ms, end_ms, is_invented):
    found = invented_words([word(start_ms, end_ms)], SPEECH)
    assert bool(found.unflagged) == is_invented
    assert not found.flagged


def test_an_invented_word_is_flagged_by_its_own_doubts_or_by_a_doubtful_stretch():
    words = [
        word(30_000, 30_500, Doubt.UNSURE),
        word(31_000, 31_500, Doubt.FOREIGN),
        word(32_000, 32_500),
        word(33_000, 33_500),
        word(11_000, 12_000, Doubt.UNSURE),
    ]
    found = invented_words(words, SPEECH, [doubt(32_400, 32_900, Doubt.REPETITION)])
    assert found.flagged == (words[0], words[2])
    assert found.unflagged == (words[1], words[3])


spans = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 20)).map(lambda p: Span(p[0], p[0] + p[1])),
    max_size=6,
)


def moments(some):
    return {ms for span in some for ms in range(span.start_ms, span.end_ms)}


@given(spans, spans)
def test_parts_inside_and_outside_are_those_of_sets_of_milliseconds(some, others):
    one, other = merged(some), merged(others)
    assert moments(one) == moments(some)
    assert moments(inside(one, other)) == moments(some) & moments(others)
    assert moments(outside(one, other)) == moments(some) - moments(others)


@given(spans, spans, spans)
def test_flagged_is_a_part_of_what_is_wrong_and_that_a_part_of_the_whole(words, speech, doubted):
    flags = [
        DoubtfulSpan(span=span, doubts=(Doubt.NO_SPEECH, Doubt.QUIET_SPEECH)) for span in doubted
    ]
    for found in (invented(words, speech, flags), missed(words, speech, flags)):
        assert 0 <= found.flagged_ms <= found.total_ms <= found.of_ms
        assert 0 <= found.share <= 1
