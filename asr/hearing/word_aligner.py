"""The port of whoever says when exactly each word is spoken."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from asr.hearing.word_times import TimedText
from subtitles.language import LanguageTag
from subtitles.span import Span


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AlignedAudio:
    """The audio that words are aligned to; all times in milliseconds from its first sample.

    Attributes:
        samples: Mono, `asr.recognizer.SAMPLE_RATE_HZ`, of the whole chunk.
        window: What the recogniser heard the words in.
        audible: Regions worth listening to, in order.
        sure: Regions that are surely speech, in order.
        language: Of the words.
    """

    samples: NDArray[np.float32] = field(repr=False)
    window: Span
    audible: tuple[Span, ...]
    sure: tuple[Span, ...]
    language: LanguageTag


class WordAligner(Protocol):
    """Words with rough times in, words with times one can cut on out."""

    @property
    def name(self) -> str:
        """Name and version, part of the recogniser's signature."""
        ...

    def align(self, words: Sequence[TimedText], audio: AlignedAudio) -> tuple[TimedText, ...]:
        """The same words in the same order: in time order, apart, none without length."""
        ...
