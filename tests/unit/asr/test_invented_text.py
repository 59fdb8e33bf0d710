"""Inventions are told from quiet and from fast speech."""

import pytest

from asr.hearing.invented_text import invention, says_something


def judged(text, *, logp, share, ms=4_000):
    return invention(text, mean_log_probability=logp, duration_ms=ms, speech_share=share)


@pytest.mark.parametrize(
    ("text", "logp", "share", "ms"),
    [
        ("And it was the best of times.", -0.2, 0.9, 4_000),
        ("Mumbled, but surely spoken.", -0.9, 0.8, 4_000),
        ("Whispered, and missed by the detector.", -0.5, 0.0, 4_000),
        ("Andthisisveryfastbutspeech", -0.2, 0.9, 900),
        ("", 0.0, 0.0, 4_000),
    ],
)
def test_speech_is_kept(text, logp, share, ms):
    assert judged(text, logp=logp, share=share, ms=ms) is None


@pytest.mark.parametrize(
    ("text", "logp", "share", "ms"),
    [
        # As measured in room noise, in music and in tones.
        ("x" * 85, -0.96, 0.0, 520),
        (". . .", -0.73, 0.11, 1_100),
        ("I don't know what that means", -1.5, 0.04, 3_900),
        ("Subtitles by somebody far too fast" * 5, -0.1, 1.0, 4_000),
    ],
)
def test_inventions_are_named_with_what_gave_them_away(text, logp, share, ms):
    assert judged(text, logp=logp, share=share, ms=ms)


@pytest.mark.parametrize("word", [" hello", "42", " 你", "é", " don't", "№5"])
def test_words_with_letters_or_digits_say_something(word):
    assert says_something(word)


@pytest.mark.parametrize("word", ["", " ", " .", "♪", " ...", "–", "¿?", "🎵"])
def test_signs_alone_say_nothing(word):
    assert not says_something(word)
