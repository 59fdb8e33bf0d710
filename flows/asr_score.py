"""How good a transcript is against a reference: all measures of recognition in one value (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from asr.scoring.readings import Reading
from asr.scoring.silence import InventedWords, Seconds, invented, invented_words, missed
from asr.scoring.timing import (
    DEFAULT_FRAME_RATE,
    TimedPassage,
    TimingErrors,
    passage_errors,
    start_errors,
    summary,
)
from asr.scoring.word_errors import WordErrors, word_errors
from subtitles.doubts import DoubtfulSpan
from subtitles.language import LanguageTag
from subtitles.span import MS_PER_SECOND, Span
from subtitles.words import Word

FAR_FRAMES = 12
"""Beyond so many frames a cue is out of step for anybody to see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What a transcript or a subtitle file says was said.

    Attributes:
        text: All of it.
        spans: When; empty when nobody says when.
        words: Each with its time; empty when nobody says when.
        doubts: What it doubts itself.
        language: Of the text, None when it does not say.
        is_timed_by_cue: The times of words are those of whole cues, shared out by length.
    """

    text: str
    spans: tuple[Span, ...] = ()
    words: tuple[Word, ...] = ()
    doubts: tuple[DoubtfulSpan, ...] = ()
    language: LanguageTag | None = None
    is_timed_by_cue: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What was said.

    Attributes:
        text: All of it.
        passages: When, in order of time; empty when nobody says when.
        language: Of the text, None when it does not say.
    """

    text: str
    passages: tuple[TimedPassage, ...] = ()
    language: LanguageTag | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StartErrors:
    """How far off the starts of the reference's passages were heard.

    Attributes:
        frame_rate: In which frames are counted.
        errors: In milliseconds.
        share_within_far_frames: Of those compared, within `FAR_FRAMES`, 0…1; None without any.
    """

    frame_rate: Fraction
    errors: TimingErrors
    share_within_far_frames: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AsrScore:
    """Everything measured.

    Attributes:
        language: In which texts were compared.
        words: Errors by how the texts are read.
        starts: None when one side has no times, as all below.
        invented: Time of words, or of cues, where nobody speaks.
        invented_words: The words there; None for cues, which stay on the screen after the speech.
        missed: Time of speech without words.
    """

    language: LanguageTag
    words: dict[Reading, WordErrors]
    starts: StartErrors | None = None
    invented: Seconds | None = None
    invented_words: InventedWords | None = None
    missed: Seconds | None = None


def asr_score(
    heard: Heard,
    reference: Reference,
    *,
    language: LanguageTag,
    frame_rate: Fraction = DEFAULT_FRAME_RATE,
) -> AsrScore:
    """Compare what was heard with what was said.

    Args:
        heard: By a recogniser, or written by a person.
        reference: What is right.
        language: Of both.
        frame_rate: In which frames are counted.
    """
    words = {
        reading: word_errors(reference.text, heard.text, language=language, reading=reading)
        for reading in Reading
    }
    if not reference.passages or (heard.text and not heard.spans):
        return AsrScore(language=language, words=words)
    speech = [passage.span for passage in reference.passages]
    errors = passage_errors(reference.passages, heard.words, language=language)
    return AsrScore(
        language=language,
        words=words,
        starts=_starts(start_errors(errors), frame_rate),
        invented=invented(heard.spans, speech, heard.doubts),
        invented_words=(
            None if heard.is_timed_by_cue else invented_words(heard.words, speech, heard.doubts)
        ),
        missed=missed(heard.spans, speech, heard.doubts),
    )


def _starts(errors_ms: Sequence[int | None], frame_rate: Fraction) -> StartErrors:
    far_ms = FAR_FRAMES * MS_PER_SECOND / frame_rate
    known = [abs(error) for error in errors_ms if error is not None]
    return StartErrors(
        frame_rate=frame_rate,
        errors=summary(errors_ms, frame_rate=frame_rate),
        share_within_far_frames=(
            sum(error <= far_ms for error in known) / len(known) if known else None
        ),
    )
