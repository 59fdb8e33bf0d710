"""The recogniser: windows of speech, Whisper, second opinions, word times one can cut on."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from asr.doubts.heard import HeardWindow
from asr.doubts.invented import is_surely_invented
from asr.doubts.missed import certain_spans, missed
from asr.doubts.plain_words import says_something
from asr.hearing.listening import ChunkSpeech, VoiceDetector
from asr.hearing.seams import SEAMS_VERSION, join_words
from asr.hearing.speech_edge_aligner import SpeechEdgeAligner
from asr.hearing.word_aligner import WordAligner
from asr.recognizer import AudioChunk, ChunkTranscript, SpokenLanguage
from asr.whisper.chunk_sound import ChunkSound, chunk_sound
from asr.whisper.decoder import Manner
from asr.whisper.doubtful_spans import set_aside, spans_of, words_of
from asr.whisper.foreign import SURELY_FOREIGN, may_be_foreign
from asr.whisper.missed_speech import accepted, raised, windows_of, with_found
from asr.whisper.model import RecognitionOptions, WhisperModelHandle
from asr.whisper.second_opinion import reconsidered
from asr.whisper.voice import SileroVoiceDetector
from subtitles.doubts import DoubtfulSpan
from subtitles.language import LanguageTag
from subtitles.signature import EngineSignature
from subtitles.span import Span
from subtitles.words import Word

RULES_VERSION = "7"
"""Part of the signature: raise it when words or doubts come out otherwise."""


class FasterWhisperRecognizer:
    """Implements `asr.recognizer.Recognizer` with a faster-whisper model.

    Args:
        model_dir: Folder of the model; only looked at when first needed.
        model_name: As in the registry.
        model_revision: Digest or commit of the model.
        options: How it decodes.
        aligner: Who says when exactly each word is spoken.
        detector: Who says whether missed speech, made louder, is speech.

    Attributes:
        model: What a `FasterWhisperSpeechTranslator` takes to share the model.
    """

    def __init__(
        self,
        model_dir: Path,
        *,
        model_name: str,
        model_revision: str,
        options: RecognitionOptions,
        aligner: WordAligner | None = None,
        detector: VoiceDetector | None = None,
    ) -> None:
        self.model = WhisperModelHandle(
            model_dir, model_name=model_name, model_revision=model_revision, options=options
        )
        self._aligner = aligner or SpeechEdgeAligner()
        self._detector = detector or SileroVoiceDetector()

    @property
    def signature(self) -> EngineSignature:
        """Who makes these transcripts."""
        return self.model.signature(
            aligner=self._aligner.name,
            detector=str(self._detector.signature),
            rules=RULES_VERSION,
            seams=SEAMS_VERSION,
        )

    def detect_language(self, speech: NDArray[np.float32]) -> tuple[LanguageTag, float]:
        """See `Recognizer.detect_language`.

        Raises:
            UnusableModelError: the model cannot be loaded.
        """
        return self.model.detect_language(speech)

    def recognize(
        self, chunk: AudioChunk, speech: ChunkSpeech, spoken: SpokenLanguage
    ) -> ChunkTranscript:
        """See `Recognizer.recognize`.

        Raises:
            UnheardLanguageError: the model does not understand the language.
            UnusableModelError: the model cannot be loaded.
        """
        sound = chunk_sound(chunk, speech)
        heard = reconsidered(
            self._first_heard(sound, spoken),
            hear=lambda asked, manner: self._heard(sound, asked, manner),
            audible=sound.speech.audible,
            spoken=spoken.tag,
        )
        aside = [set_aside(one) for one in heard if is_surely_invented(one)]
        kept = [one for one in heard if not is_surely_invented(one)]
        words = self._joined(sound, kept, spoken.tag)
        found = self._found_again(sound, words, aside, spoken)
        words = with_found(words, found)
        gaps = missed(words, sound.speech.audible, sound.speech.sure, known=aside)
        doubts = sorted([*aside, *spans_of(words), *gaps], key=lambda one: one.span)
        language, probability = _language(words, spoken)
        return ChunkTranscript(
            language=language,
            language_probability=probability,
            words=tuple(words),
            doubts=tuple(doubts),
        )

    def _first_heard(self, sound: ChunkSound, spoken: SpokenLanguage) -> list[HeardWindow]:
        """Every window, in the language that is surely spoken in it."""
        windows = sound.speech.windows
        passages = self.model.hear(
            [sound.samples(window) for window in windows],
            [spoken.tag] * len(windows),
            Manner(),
            may_be_foreign=_judged(windows, sound, spoken),
        )
        return [sound.heard(*one) for one in zip(windows, passages, strict=True)]

    def _heard(
        self, sound: ChunkSound, asked: Sequence[tuple[Span, LanguageTag]], manner: Manner
    ) -> list[HeardWindow]:
        passages = self.model.hear(
            [sound.samples(window) for window, _ in asked],
            [language for _, language in asked],
            manner,
        )
        return [sound.heard(window, p) for (window, _), p in zip(asked, passages, strict=True)]

    def _joined(
        self, sound: ChunkSound, heard: Sequence[HeardWindow], spoken: LanguageTag
    ) -> list[Word]:
        """The words of all windows, aligned; what two windows heard comes once."""
        words: list[Word] = []
        end_ms = 0  # of the last window
        for one in heard:
            if says_something(one.text):
                aligned = sound.aligned(one, self._aligner)
                new = words_of(aligned, speech=sound.speech, spoken=spoken)
                if one.window.start_ms < end_ms:
                    words = list(join_words(words, new, Span(one.window.start_ms, end_ms)))
                else:
                    words += new
                end_ms = one.window.end_ms
        return words

    def _found_again(
        self,
        sound: ChunkSound,
        words: Sequence[Word],
        aside: Sequence[DoubtfulSpan],
        spoken: SpokenLanguage,
    ) -> list[Word]:
        """Words of speech that was missed at first."""
        gaps = missed(words, sound.speech.audible, sound.speech.sure, known=aside)
        windows = [window for gap in gaps for window in self._free(sound, gap.span, words)]
        louder = [raised(sound.samples(window)) for window in windows]
        passages = self.model.hear(
            louder,
            [spoken.tag] * len(windows),
            Manner(),
            may_be_foreign=_judged(windows, sound, spoken),
        )
        found: list[Word] = []
        for window, samples, passage in zip(windows, louder, passages, strict=True):
            trusted = accepted(sound.heard(window, passage), samples, self._detector)
            if trusted is not None:
                aligned = sound.aligned(trusted, self._aligner)
                found += words_of(aligned, speech=sound.speech, spoken=spoken.tag)
        return found

    @staticmethod
    def _free(sound: ChunkSound, gap: Span, words: Sequence[Word]) -> Iterator[Span]:
        within = Span(sound.chunk.start_ms, sound.chunk.start_ms + sound.chunk.duration_ms)
        said = [span for word in words for span in certain_spans(word.span)]
        yield from windows_of(gap, words=said, within=within)


def _judged(windows: Sequence[Span], sound: ChunkSound, spoken: SpokenLanguage) -> list[bool]:
    """In which windows another language than the title's may be heard."""
    return [
        not spoken.is_forced and may_be_foreign(window, sound.speech.sure) for window in windows
    ]


def _language(words: Sequence[Word], spoken: SpokenLanguage) -> tuple[LanguageTag | None, float]:
    """The language spoken longest, and how sure that is."""
    if not words:
        return (spoken.tag, spoken.probability) if spoken.is_forced else (None, 0.0)
    spoken_ms: Counter[LanguageTag] = Counter()
    for word in words:
        spoken_ms[word.language or spoken.tag] += word.span.duration_ms
    longest = max(spoken_ms, key=lambda tag: (spoken_ms[tag], tag == spoken.tag))
    return longest, spoken.probability if longest == spoken.tag else SURELY_FOREIGN
