"""faster-whisper's words in our own terms."""

import pytest

from asr.whisper.passage import compression_ratio, words_of


def heard(word, start=0.0, end=1.0, probability=0.5):
    return {"word": word, "start": start, "end": end, "probability": probability}


def test_seconds_become_milliseconds_by_rounding_and_texts_stay_verbatim():
    (word,) = words_of([heard(" Hé,", 0.1, 1.2346)])
    assert (word.text, word.start_ms, word.end_ms) == (" Hé,", 100, 1235)


@pytest.mark.parametrize(
    ("given", "kept"), [(1.0000001, 1.0), (-0.1, 0.0), (float("nan"), 0.0), (0.25, 0.25)]
)
def test_probabilities_are_within_zero_and_one(given, kept):
    assert words_of([heard(" a", probability=given)])[0].probability == kept


def test_signs_without_letters_are_no_words():
    words = words_of([heard(text) for text in (" ♪", " La", "", " ", " ...", " 5")])
    assert [word.text for word in words] == [" La", " 5"]


def test_text_that_repeats_itself_compresses_well():
    assert compression_ratio("I do not know. " * 20) > 2.4
    assert compression_ratio("He was not an ill-disposed young man.") < 1.2
