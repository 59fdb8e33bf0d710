"""What Whisper heard in one window, in our own terms (pure)."""

import math
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from asr.doubts.plain_words import says_something
from asr.hearing.word_times import TimedText
from subtitles.language import LanguageTag
from subtitles.span import ms_from_seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What Whisper heard in one window.

    Attributes:
        language: It was decoded in.
        words: Times in milliseconds from the start of the window, as raw as Whisper gives them;
            none without a letter or a digit. Empty when it was translated.
        text: Everything, joined.
        mean_log_probability: Natural log per token; 0.0 without text.
        no_speech_probability: Whisper's own doubt that anybody speaks.
    """

    language: LanguageTag
    words: tuple[TimedText, ...]
    text: str
    mean_log_probability: float
    no_speech_probability: float


def words_of(alignment: Iterable[Mapping[str, Any]]) -> tuple[TimedText, ...]:
    """faster-whisper's aligned words (seconds) in our terms, without those that say nothing."""
    return tuple(
        TimedText(
            text=word["word"],
            start_ms=ms_from_seconds(float(word["start"])),
            end_ms=ms_from_seconds(float(word["end"])),
            probability=probability_of(word["probability"]),
        )
        for word in alignment
        if says_something(word["word"])
    )


def probability_of(value: float) -> float:
    """A probability within 0…1; what is not a number says nothing and is 0."""
    return 0.0 if math.isnan(value) else min(1.0, max(0.0, float(value)))


def compression_ratio(text: str) -> float:
    """Bytes of UTF-8 per byte of zlib, as Whisper measures repetition; below 1 for short texts."""
    plain = text.encode()
    return len(plain) / len(zlib.compress(plain))
