"""What Whisper heard in one window, in our own terms (pure)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from asr.hearing.word_times import TimedText
from subtitles.span import ms_from_seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What Whisper heard in one window.

    Attributes:
        words: Times in milliseconds from the start of the window, as raw as Whisper gives them.
        text: Everything, joined.
        mean_log_probability: Natural log per token.
        no_speech_probability: Whisper's own doubt that anybody speaks.
    """

    words: tuple[TimedText, ...]
    text: str
    mean_log_probability: float
    no_speech_probability: float


def passage_of(segments: Sequence[Any]) -> Passage:
    """What faster-whisper's segments of one window amount to; wordless tokens are left out."""
    words = [word for segment in segments for word in segment.words or ()]
    tokens = sum(len(segment.tokens) for segment in segments)
    return Passage(
        words=tuple(
            TimedText(
                text=word.word,
                start_ms=ms_from_seconds(float(word.start)),
                end_ms=ms_from_seconds(float(word.end)),
                probability=_probability(word.probability),
            )
            for word in words
            if word.word.strip()
        ),
        text="".join(segment.text for segment in segments).strip(),
        mean_log_probability=(
            sum(segment.avg_logprob * len(segment.tokens) for segment in segments) / tokens
            if tokens
            else 0.0
        ),
        no_speech_probability=max((segment.no_speech_prob for segment in segments), default=0.0),
    )


def _probability(value: float) -> float:
    return 0.0 if math.isnan(value) else min(1.0, max(0.0, float(value)))
