"""Which windows are taken for another language than the title's."""

import pytest

from asr.whisper.foreign import decoded_in, may_be_foreign
from subtitles.span import Span


@pytest.mark.parametrize(
    ("probabilities", "expected"),
    [
        ({"en": 0.99, "fr": 0.01}, "en"),
        ({"fr": 0.97, "en": 0.01}, "fr"),
        ({"fr": 0.85, "en": 0.002}, "fr"),
        # Not certain, or the title's language is not out of the question.
        ({"fr": 0.84, "es": 0.1}, "en"),
        ({"fr": 0.94, "en": 0.05}, "en"),
        ({}, "en"),
    ],
)
def test_another_language_must_be_certain(probabilities, expected):
    assert decoded_in("en", probabilities) == expected


@pytest.mark.parametrize(
    ("sure", "expected"),
    [
        ([], False),
        ([Span(0, 2_400)], False),
        ([Span(0, 2_500)], True),
        ([Span(0, 1_300), Span(2_000, 3_300)], True),
        # What lies outside the window says nothing about it.
        ([Span(9_000, 20_000)], False),
    ],
)
def test_a_language_is_judged_by_enough_sure_speech(sure, expected):
    assert may_be_foreign(Span(0, 10_000), sure) is expected
