"""A recogniser that says what it is told to, and sound to give it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from asr.recognizer import SAMPLE_RATE_HZ, AudioChunk, ChunkTranscript
from subtitles.language import LanguageTag, parse_language
from subtitles.signature import EngineSignature
from subtitles.span import Span
from subtitles.words import Word

ENGLISH = parse_language("en")
# Quieter than any speech; louder than the noise of a good microphone.
_SILENCE = 0.001


class ScriptedRecognizer:
    """Hears the scripted words that lie in a chunk; in a chunk of silence nothing.

    Args:
        script: (text, start in ms on the title's clock, end in ms), in order.
        language: What is spoken.
    """

    def __init__(
        self,
        script: Sequence[tuple[str, int, int]] = (),
        *,
        language: LanguageTag = ENGLISH,
    ) -> None:
        self._script = tuple(script)
        self._language = language
        self.heard: list[tuple[int, LanguageTag | None]] = []

    @property
    def signature(self) -> EngineSignature:
        """Changes with the script, as a real engine's does with its model."""
        return EngineSignature(
            engine="scripted", engine_version="1", options=(("script", str(self._script)),)
        )

    def recognize(self, chunk: AudioChunk, *, language: LanguageTag | None) -> ChunkTranscript:
        """The words that start in the chunk, cut at its end."""
        self.heard.append((chunk.index, language))
        end_ms = chunk.start_ms + chunk.duration_ms
        is_silent = np.abs(chunk.samples).max(initial=0.0) <= _SILENCE
        words = tuple(
            Word(text=text, span=Span(start, min(end, end_ms)), probability=0.9)
            for text, start, end in self._script
            if chunk.start_ms <= start < end_ms and not is_silent
        )
        if language is not None:
            return ChunkTranscript(language=language, language_probability=1.0, words=words)
        return ChunkTranscript(
            language=self._language if words else None,
            language_probability=0.9 if words else 0.0,
            words=words,
        )


class ScriptedWhisper:
    """Stands in for `WhisperModelHandle`: detector and passages by script.

    Args:
        speech: Where the detector is sure, in ms from the start of what it is given.
        passages: What is heard in the first window, the second, and so on.
    """

    model_name = "scripted"

    def __init__(
        self,
        *,
        speech: Sequence[Span] = (),
        passages: Sequence[object] = (),
        language: LanguageTag = ENGLISH,
        is_multilingual: bool = True,
    ) -> None:
        self.speech = list(speech)
        self.passages = list(passages)
        self.language = language
        self.is_multilingual = is_multilingual
        self.windows_ms: list[int] = []
        self.quiet_tails_ms: list[int] = []
        self.languages: list[LanguageTag] = []
        self.judged_ms: list[int] = []

    def signature(self, **rules: str) -> EngineSignature:
        """Nothing but the rules."""
        return EngineSignature(
            engine="scripted", engine_version="1", options=tuple(sorted(rules.items()))
        )

    def speech_probabilities(self, samples: NDArray[np.float32]) -> list[float]:
        """1 in the scripted speech, else 0, per 32 ms."""
        count = -(-len(samples) // 512)
        return [
            float(any(s.start_ms <= frame * 32 < s.end_ms for s in self.speech))
            for frame in range(count)
        ]

    def detect_language(self, speech: NDArray[np.float32]) -> tuple[LanguageTag, float]:
        """The scripted language; remembers how much it was given."""
        self.judged_ms.append(_ms(speech))
        return self.language, 0.8

    def transcribe(
        self, samples: NDArray[np.float32], language: LanguageTag, *, quiet_tail_ms: int = 0
    ) -> object:
        """The next passage."""
        self.quiet_tails_ms.append(quiet_tail_ms)
        self.windows_ms.append(_ms(samples))
        self.languages.append(language)
        return self.passages.pop(0)

    translate = transcribe


def _ms(samples: NDArray[np.float32]) -> int:
    return len(samples) * 1000 // SAMPLE_RATE_HZ


def silence(ms: int, *, index: int = 0, start_ms: int = 0) -> AudioChunk:
    """A chunk of digital silence."""
    return AudioChunk(
        index=index,
        start_ms=start_ms,
        samples=np.zeros(ms * SAMPLE_RATE_HZ // 1000, dtype=np.float32),
    )


def noise(ms: int, *, index: int = 0, start_ms: int = 0, level: float = 0.1) -> AudioChunk:
    """A chunk of white noise, always the same."""
    count = ms * SAMPLE_RATE_HZ // 1000
    samples = level * np.random.default_rng(0).uniform(-1, 1, count)
    return AudioChunk(index=index, start_ms=start_ms, samples=samples.astype(np.float32))
