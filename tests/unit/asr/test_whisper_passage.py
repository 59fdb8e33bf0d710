"""faster-whisper's segments in our own terms."""

from types import SimpleNamespace

import pytest

from asr.whisper.passage import passage_of


def segment(words, *, text="", logprob=-0.5, tokens=10, no_speech=0.0):
    return SimpleNamespace(
        words=words, text=text, avg_logprob=logprob, tokens=[0] * tokens, no_speech_prob=no_speech
    )


def heard(word, start, end, probability=0.5):
    return SimpleNamespace(word=word, start=start, end=end, probability=probability)


def test_seconds_become_milliseconds_by_rounding_and_texts_stay_verbatim():
    passage = passage_of([segment([heard(" Hé,", 0.1, 1.2346)], text=" Hé,")])
    (word,) = passage.words
    assert (word.text, word.start_ms, word.end_ms) == (" Hé,", 100, 1235)
    assert passage.text == "Hé,"


def test_segments_are_joined_and_their_doubt_weighted_by_length():
    passage = passage_of(
        [
            segment([heard(" a", 0, 1)], text=" a", logprob=-1.0, tokens=30, no_speech=0.2),
            segment([heard(" b", 1, 2)], text=" b", logprob=-0.2, tokens=10, no_speech=0.6),
        ]
    )
    assert passage.text == "a b"
    assert passage.mean_log_probability == pytest.approx(-0.8)
    assert passage.no_speech_probability == 0.6


@pytest.mark.parametrize(
    ("given", "kept"), [(1.0000001, 1.0), (-0.1, 0.0), (float("nan"), 0.0), (0.25, 0.25)]
)
def test_probabilities_are_within_zero_and_one(given, kept):
    assert passage_of([segment([heard(" a", 0, 1, given)])]).words[0].probability == kept


@pytest.mark.parametrize(
    "segments", [[], [segment(None)], [segment([])], [segment([heard(" ", 0, 1)])]]
)
def test_nothing_heard_is_an_empty_passage(segments):
    assert passage_of(segments).words == ()


def test_without_segments_there_is_no_doubt():
    assert passage_of([]).mean_log_probability == 0.0
