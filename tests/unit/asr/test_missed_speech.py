"""Listening again to speech that got no words."""

from itertools import pairwise

import numpy as np
import pytest
from asr_fakes import ScriptedVoiceDetector, noise
from hypothesis import given
from hypothesis import strategies as st

from asr.doubts.heard import HeardWindow
from asr.hearing.word_times import TimedText
from asr.whisper.missed_speech import (
    LEVEL_DBFS,
    MOST_GAIN_DB,
    accepted,
    raised,
    windows_of,
    with_found,
)
from subtitles.language import parse_language
from subtitles.span import Span
from subtitles.words import Word

LONGEST_MS = 24_000


@st.composite
def stretches(draw):
    """A stretch without words, words around it, and the chunk they lie in."""
    cuts = sorted(draw(st.lists(st.integers(0, 90_000), min_size=6, max_size=6)))
    first, one, start, end, two, last = cuts
    words = [Span(first, one), Span(two, last)]
    return Span(start, end), words, Span(0, draw(st.integers(last, 100_000)))


@given(stretches())
def test_windows_cover_the_stretch_touch_no_word_and_are_never_too_long(case):
    stretch, words, within = case
    windows = windows_of(stretch, words=words, within=within)
    for window in windows:
        assert within.start_ms <= window.start_ms < window.end_ms <= within.end_ms
        assert window.duration_ms <= LONGEST_MS
        assert not any(window.overlap_ms(word) for word in words)
    assert all(one.end_ms == other.start_ms for one, other in pairwise(windows))
    if stretch.duration_ms >= 300:
        assert sum(map(stretch.overlap_ms, windows)) == stretch.duration_ms


def test_a_stretch_is_heard_with_a_little_around_it():
    assert windows_of(Span(5_000, 6_000), words=[], within=Span(0, 9_000)) == (Span(4_700, 6_300),)


def word(text, start_ms, end_ms):
    return Word(text=text, span=Span(start_ms, end_ms), probability=0.9)


def test_a_word_stretched_over_speech_that_is_found_starts_after_it():
    stretched = word(" do.", 1_000, 18_000)
    found = [word(" He", 1_200, 1_500), word(" was", 1_500, 16_000)]
    after = word(" Then", 18_000, 18_500)
    told = with_found([word(" to", 500, 900), stretched, after], found)
    assert [one.text for one in told] == [" to", " He", " was", " do.", " Then"]
    assert told[3].span == Span(16_000, 18_000)


def level_db(samples):
    return 10 * np.log10(np.mean(np.square(samples, dtype=np.float64)))


@pytest.mark.parametrize("level", [0.003, 0.01, 0.1])
def test_quiet_speech_is_raised_to_the_usual_level(level):
    louder = raised(noise(2_000, level=level).samples)
    assert level_db(louder) == pytest.approx(LEVEL_DBFS, abs=0.1)
    assert louder.dtype == np.float32


def test_loud_speech_stays_as_it_is():
    samples = noise(1_000, level=0.9).samples
    assert raised(samples) is samples


def test_nothing_is_clipped_and_no_microphone_is_made_a_voice():
    click = noise(2_000, level=0.001).samples.copy()
    click[100] = -0.9
    assert np.abs(raised(click)).max() <= 1.0
    faint = noise(2_000, level=1e-6).samples
    assert level_db(raised(faint)) - level_db(faint) <= MOST_GAIN_DB + 0.01
    assert not raised(np.zeros(1_000, np.float32)).any()
    assert len(raised(np.zeros(0, np.float32))) == 0


@pytest.mark.parametrize(
    ("text", "logp", "detected", "is_accepted"),
    [
        ("Come here.", -0.3, [Span(0, 1_900)], True),
        # The detector hears nobody even when it is louder.
        ("Come here.", -0.9, [], False),
        ("Thanks for watching!", -1.0, [Span(0, 300)], False),
        ("", 0.0, [Span(0, 1_900)], False),
    ],
)
def test_words_are_taken_where_somebody_is_heard(text, logp, detected, is_accepted):
    window = Span(4_000, 6_000)
    word = TimedText(text=f" {text}", start_ms=4_200, end_ms=5_600, probability=0.8)
    heard = HeardWindow(
        window=window,
        language=parse_language("en"),
        text=text,
        words=(word,) if text else (),
        mean_log_probability=logp,
        no_speech_probability=0.1,
        compression_ratio=0.9,
        speech_share=0.0,
        audible_share=0.4,
    )
    found = accepted(heard, noise(2_000).samples, ScriptedVoiceDetector(detected))
    assert (found is not None) is is_accepted
