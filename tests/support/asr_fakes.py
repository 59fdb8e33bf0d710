"""A recogniser that says what it is told to, and sound to give it."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from asr.hearing.decode_windows import decode_windows
from asr.hearing.listening import ChunkSpeech, VoiceDetector
from asr.hearing.speech_regions import AUDIBLE, EDGES, speech_regions
from asr.hearing.word_times import TimedText
from asr.recognizer import SAMPLE_RATE_HZ, AudioChunk, ChunkTranscript, SpokenLanguage
from asr.whisper.decoder import Manner, Task
from asr.whisper.passage import Passage
from subtitles.language import LanguageTag, parse_language
from subtitles.signature import EngineSignature
from subtitles.span import Span
from subtitles.words import Word

ENGLISH = parse_language("en")
IN_ENGLISH = SpokenLanguage(tag=ENGLISH, probability=0.9)
FORCED_ENGLISH = SpokenLanguage(tag=ENGLISH, is_forced=True)


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
        self.heard: list[tuple[int, LanguageTag]] = []

    @property
    def signature(self) -> EngineSignature:
        """Changes with the script, as a real engine's does with its model."""
        return EngineSignature(
            engine="scripted", engine_version="1", options=(("script", str(self._script)),)
        )

    def detect_language(self, speech: NDArray[np.float32]) -> tuple[LanguageTag, float]:
        """The scripted one."""
        return self._language, 0.9

    def recognize(
        self, chunk: AudioChunk, speech: ChunkSpeech, spoken: SpokenLanguage
    ) -> ChunkTranscript:
        """The words that start in the chunk, cut at its end; nothing where there is no window."""
        self.heard.append((chunk.index, spoken.tag))
        end_ms = chunk.start_ms + chunk.duration_ms
        words = tuple(
            Word(text=text, span=Span(start, min(end, end_ms)), probability=0.9)
            for text, start, end in self._script
            if chunk.start_ms <= start < end_ms and speech.windows
        )
        if not words and not spoken.is_forced:
            return ChunkTranscript(language=None, language_probability=0.0, words=())
        return ChunkTranscript(
            language=spoken.tag, language_probability=spoken.probability, words=words
        )


class ScriptedVoiceDetector:
    """Sure in the scripted spans, in ms from the start of what it is given, and nowhere else."""

    def __init__(self, speech: Sequence[Span] = ()) -> None:
        self.speech = tuple(speech)

    @property
    def signature(self) -> EngineSignature:
        """Changes with the script."""
        return EngineSignature(
            engine="scripted-voice", engine_version="1", options=(("script", str(self.speech)),)
        )

    def speech_probabilities(self, samples: NDArray[np.float32]) -> list[float]:
        """1 in the scripted speech, else 0, per 32 ms."""
        count = -(-len(samples) // 512)
        return [
            float(any(s.start_ms <= frame * 32 < s.end_ms for s in self.speech))
            for frame in range(count)
        ]


def chunk_speech(chunk: AudioChunk, detector: VoiceDetector) -> ChunkSpeech:
    """A chunk listened to alone, as if it were the whole title."""
    probabilities = detector.speech_probabilities(chunk.samples)
    return speech_in(
        chunk,
        audible=speech_regions(probabilities, AUDIBLE),
        sure=speech_regions(probabilities, EDGES),
    )


def speech_in(
    chunk: AudioChunk, *, audible: Sequence[Span], sure: Sequence[Span] | None = None
) -> ChunkSpeech:
    """Speech in ms from the start of the chunk, all sure unless said otherwise."""
    windows = decode_windows(audible, duration_ms=chunk.duration_ms)

    def shifted(spans: Sequence[Span]) -> tuple[Span, ...]:
        return tuple(span.shifted(chunk.start_ms) for span in spans)

    return ChunkSpeech(
        span=Span(chunk.start_ms, chunk.start_ms + chunk.duration_ms),
        windows=shifted(windows),
        audible=shifted(audible),
        sure=shifted(audible if sure is None else sure),
    )


class ScriptedWhisper:
    """Stands in for `WhisperModelHandle`: passages by script.

    Args:
        passages: What is heard in the first window, the second, and so on, whoever asks.

    Attributes:
        asked: Length in ms, language and manner of every window it was given.
        may_be_foreign: For every window whether another language may be taken for certain.
    """

    model_name = "scripted"

    def __init__(
        self,
        *,
        passages: Iterable[Passage] = (),
        language: LanguageTag = ENGLISH,
        is_multilingual: bool = True,
    ) -> None:
        self.passages = list(passages)
        self.language = language
        self.is_multilingual = is_multilingual
        self.asked: list[tuple[int, LanguageTag, Manner]] = []
        self.may_be_foreign: list[bool] = []

    @property
    def windows_ms(self) -> list[int]:
        """How long the windows were."""
        return [ms for ms, _, _ in self.asked]

    def signature(self, **rules: str) -> EngineSignature:
        """Nothing but the rules."""
        return EngineSignature(
            engine="scripted", engine_version="1", options=tuple(sorted(rules.items()))
        )

    def detect_language(self, speech: NDArray[np.float32]) -> tuple[LanguageTag, float]:
        """The scripted language."""
        return self.language, 0.8

    def hear(
        self,
        sounds: Sequence[NDArray[np.float32]],
        languages: Sequence[LanguageTag],
        manner: Manner,
        *,
        may_be_foreign: Sequence[bool] | None = None,
    ) -> list[Passage]:
        """The next passages."""
        self.may_be_foreign += may_be_foreign or [False] * len(sounds)
        asked = zip(sounds, languages, strict=True)
        self.asked += [(_ms(sound), language, manner) for sound, language in asked]
        return [self.passages.pop(0) for _ in sounds]

    def translate(self, samples: NDArray[np.float32], language: LanguageTag) -> Passage:
        """The next passage."""
        return self.hear([samples], [language], Manner(task=Task.TRANSLATE))[0]


def passage(
    *words: tuple[str, int, int],
    text: str | None = None,
    logp: float = -0.2,
    probability: float = 0.9,
    language: LanguageTag = ENGLISH,
) -> Passage:
    """A passage from (text, start, end) in ms from the start of its window."""
    return Passage(
        language=language,
        words=tuple(
            TimedText(text=said, start_ms=start, end_ms=end, probability=probability)
            for said, start, end in words
        ),
        text="".join(said for said, _, _ in words).strip() if text is None else text,
        mean_log_probability=logp,
        no_speech_probability=0.1,
    )


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
