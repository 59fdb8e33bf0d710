"""What a recogniser heard in one window, with everything that speaks for or against it."""

from dataclasses import dataclass

from asr.hearing.word_times import TimedText
from subtitles.language import LanguageTag
from subtitles.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardWindow:
    """One decoding of one window.

    Attributes:
        window: On the title's own clock, longer than 0.
        language: It was decoded in.
        text: Everything heard, joined; empty when nothing was.
        words: Of that text, times in milliseconds on the title's own clock.
        mean_log_probability: Natural log per token; 0.0 without text.
        no_speech_probability: The recogniser's own doubt that anybody speaks, 0…1.
        compression_ratio: Of the text by zlib: text that repeats itself compresses well.
        speech_share: Part of the window, 0…1, that is surely speech.
        audible_share: Part of it, 0…1, that may be speech.
    """

    window: Span
    language: LanguageTag
    text: str
    words: tuple[TimedText, ...]
    mean_log_probability: float
    no_speech_probability: float
    compression_ratio: float
    speech_share: float
    audible_share: float
