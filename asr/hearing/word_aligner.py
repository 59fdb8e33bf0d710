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
    """Words with rough times in, words with times one can cut on out.

    An aligner may trust the times it is given (`asr.hearing.speech_edge_aligner`) or find its own
    in the samples. One that finds its own (forced alignment with a phonetic model) must spell out
    what the model has no letters for, digits and signs, and give the whole word the time of its
    spelling; must keep the given times where its model does not know the language or finds no
    path; and must pass its result through `asr.hearing.settling.settle`, which makes good on all
    that is promised here.
    """

    @property
    def name(self) -> str:
        """Name and version, part of the recogniser's signature."""
        ...

    def align(self, words: Sequence[TimedText], audio: AlignedAudio) -> tuple[TimedText, ...]:
        """The same words in the same order, in time order and apart.

        Each lasts at least `asr.hearing.word_times.LEAST_WORD_MS` and lies in the window, whatever
        times it came with; so do words of digits or signs alone. A word with speech on one side
        and a pause on the other touches that edge of speech when it came with a time near it.

        Raises:
            CrowdedWordsError: the window has no room for so many words.
        """
        ...
