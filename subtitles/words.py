"""Recognised speech: words with times and probabilities."""

from dataclasses import dataclass

from subtitles.doubts import Doubt, DoubtfulSpan
from subtitles.errors import PolycueError
from subtitles.language import LanguageTag
from subtitles.signature import EngineSignature
from subtitles.span import Span


class InvalidTranscriptError(PolycueError, ValueError):
    """Words that are out of time order, or a probability outside 0…1."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what

    def __str__(self) -> str:
        return f"not a transcript: {self.what}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word as recognised.

    Attributes:
        text: Verbatim, punctuation and leading space included, so that joining the texts of all
            words gives the transcript in any language.
        span: When it was said, on the title's own clock.
        probability: The recogniser's own, 0…1.
        speaker: Label of who says it, the same label the same voice; empty when nobody knows.
        language: Of the word where it is not that of the transcript, else None.
        doubts: Why it may not have been said like that; empty when nothing speaks against it.
    """

    text: str
    span: Span
    probability: float
    speaker: str = ""
    language: LanguageTag | None = None
    doubts: tuple[Doubt, ...] = ()

    def __post_init__(self) -> None:
        if not 0.0 <= self.probability <= 1.0:
            raise InvalidTranscriptError(f"probability {self.probability} of {self.text!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """All words of one audio stream, in time order.

    Attributes:
        media_id: SHA-256 of the media file's bytes.
        language: Language of the speech.
        language_probability: How sure the detection was, 1.0 when the language was given.
        words: In order of their start; silence gives none.
        made_by: The recogniser.
        doubts: Stretches to listen to, in order of their start: doubtful words, and speech without
            words.
    """

    media_id: str
    language: LanguageTag
    language_probability: float
    words: tuple[Word, ...]
    made_by: EngineSignature
    doubts: tuple[DoubtfulSpan, ...] = ()

    def __post_init__(self) -> None:
        starts = [word.span.start_ms for word in self.words]
        if starts != sorted(starts):
            raise InvalidTranscriptError("words are not in time order")

    @property
    def text(self) -> str:
        """Everything said, as one string."""
        return "".join(word.text for word in self.words).strip()
