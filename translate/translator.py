"""The port every translation engine implements."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from subtitles.errors import LanguageError
from subtitles.language import LanguageTag
from subtitles.signature import EngineSignature
from subtitles.span import Span


@dataclass(frozen=True, slots=True)
class LanguagePair:
    """From one language into another."""

    source: LanguageTag
    target: LanguageTag

    def __str__(self) -> str:
        return f"{self.source}→{self.target}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of the source track and the cues it runs through.

    Attributes:
        text: Plain text, line breaks and cue borders turned into spaces.
        span: From the in-time of its first cue to the out-time of its last.
        cue_ids: The cues it covers, in order; a cue may hold several sentences.
        cue_lengths: How many characters of ``text`` stand in each of those cues.
    """

    text: str
    span: Span
    cue_ids: tuple[str, ...]
    cue_lengths: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """One sentence translated.

    Attributes:
        text: In the target language.
        score: Mean natural log probability per target token (≤ 0); None when the engine has none.
        candidates: Other renderings, best first, without ``text`` itself.
    """

    text: str
    score: float | None = None
    candidates: tuple[str, ...] = ()


class UnsupportedPairError(LanguageError):
    """A pair that the engine at hand cannot serve."""

    def __init__(self, source: str, target: str, served_by: tuple[str, ...]) -> None:
        super().__init__(source, target, served_by)
        self.source, self.target, self.served_by = source, target, served_by

    def __str__(self) -> str:
        if self.served_by:
            return (
                f"{self.source}→{self.target} is not served here; try {', '.join(self.served_by)}"
            )
        return (
            f"{self.source}→{self.target} is not served by any registered model; "
            "convert one and name its folder with --translation-model DIR"
        )


class Translator(Protocol):
    """Sentences in, translations out."""

    @property
    def signature(self) -> EngineSignature:
        """Who makes these translations."""
        ...

    def supports(self, pair: LanguagePair) -> bool:
        """Whether `translate` serves this pair."""
        ...

    def translate(
        self, sentences: Sequence[Sentence], pair: LanguagePair
    ) -> tuple[Translation, ...]:
        """One per sentence, in order; UnsupportedPairError for a pair it does not serve."""
        ...
