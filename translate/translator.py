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
        before: The text said before it, for engines that use context; may be empty.
        after: The text said after it, likewise.
        terms: The show's words in it and how they are to be rendered, for engines that can be told.
    """

    text: str
    span: Span
    cue_ids: tuple[str, ...]
    cue_lengths: tuple[int, ...]
    before: str = ""
    after: str = ""
    terms: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """Which characters of a sentence a stretch of its rendering comes from.

    Attributes:
        target: First character of the rendering, and the one after the last.
        source: The same in the sentence's text.
        weight: How much of the engine's attention went there, 0…1.
    """

    target: tuple[int, int]
    source: tuple[int, int]
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """One way to say a sentence in the target language.

    Attributes:
        text: In the target language.
        score: Mean natural log probability per target token (≤ 0); None when the engine has none.
        alignment: In the order of the rendering, stretches not overlapping in it; empty when the
            engine gives none or was not asked for it.
    """

    text: str
    score: float | None = None
    alignment: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation(Rendering):
    """One sentence translated: the engine's best rendering, and others.

    Attributes:
        candidates: Other renderings, best first, none with the same text as another or the best.
    """

    candidates: tuple[Rendering, ...] = ()

    @property
    def renderings(self) -> tuple[Rendering, ...]:
        """All of them, the best first."""
        best = Rendering(text=self.text, score=self.score, alignment=self.alignment)
        return (best, *self.candidates)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """How to answer. An engine that cannot do what is asked answers as well as it can.

    Attributes:
        candidates: Renderings wanted per sentence, the best included.
        brevity: 0 as the model was trained; up to 1, ever shorter renderings preferred.
        attempt: 0 the first time; a higher number wants other decoding settings, after an answer
            that was no good.
        wants_alignment: Whether renderings should say what comes from where.
    """

    candidates: int = 1
    brevity: float = 0.0
    attempt: int = 0
    wants_alignment: bool = False


PLAIN = Ask()
"""The best rendering of each sentence and nothing else."""


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

    @property
    def uses_context(self) -> bool:
        """Whether ``before``, ``after`` and ``terms`` of a sentence can change its translation."""
        ...

    def supports(self, pair: LanguagePair) -> bool:
        """Whether `translate` serves this pair."""
        ...

    def translate(
        self, sentences: Sequence[Sentence], pair: LanguagePair, ask: Ask = PLAIN
    ) -> tuple[Translation, ...]:
        """One per sentence, in order; UnsupportedPairError for a pair it does not serve.

        The same sentence, pair and ask give the same answer, whatever stands beside it.
        """
        ...
