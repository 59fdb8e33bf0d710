"""Speech in any language to English text, with the model that also recognises."""

import logging
import math
from collections.abc import Sequence

from asr.doubts.heard import HeardWindow
from asr.doubts.invented import invented, is_surely_invented
from asr.errors import UntranslatingModelError
from asr.hearing.decode_windows import LONGEST_WINDOW_MS
from asr.hearing.listening import VoiceDetector
from asr.hearing.speech_regions import AUDIBLE, EDGES, speech_regions
from asr.media import AudioStream, MediaAsset
from asr.recognizer import AudioChunk
from asr.sound.av_media import decode_spans
from asr.whisper.model import WhisperModelHandle
from asr.whisper.voice import SileroVoiceDetector
from subtitles.language import LanguageTag, parse_language
from subtitles.signature import EngineSignature
from subtitles.span import Span

RULES_VERSION = "3"
"""Part of the signature: raise it when the same speech would be cut or guarded otherwise."""

TARGET = parse_language("en")
"""The one language Whisper translates into."""

logger = logging.getLogger(__name__)


class FasterWhisperSpeechTranslator:
    """Translates spans of speech into English, without a detour over a transcript.

    Args:
        model: `FasterWhisperRecognizer.model`, or one's own; must be multilingual.
        detector: Says where somebody speaks.
    """

    def __init__(self, model: WhisperModelHandle, detector: VoiceDetector | None = None) -> None:
        self._model = model
        self._detector = detector or SileroVoiceDetector()

    @property
    def signature(self) -> EngineSignature:
        """Who makes these translations."""
        return self._model.signature(rules=RULES_VERSION, task="translate")

    def translate_spans(
        self,
        asset: MediaAsset,
        stream: AudioStream,
        spans: Sequence[Span],
        language: LanguageTag,
    ) -> tuple[str, ...]:
        """One English text per span, in the order given; empty where nobody speaks.

        The stream is decoded once, from the first span to the last, and not held.

        Raises:
            UntranslatingModelError: the model knows only English.
            UnheardLanguageError: it does not understand ``language``.
            MediaError: the stream cannot be decoded.
        """
        if not self._model.is_multilingual:
            raise UntranslatingModelError(self._model.model_name)
        pieces = [(piece, index) for index, span in enumerate(spans) for piece in _pieces(span)]
        pieces.sort()
        texts: list[list[str]] = [[] for _ in spans]
        chunks = decode_spans(asset, stream, [piece for piece, _ in pieces])
        for chunk, (_, index) in zip(chunks, pieces, strict=True):
            texts[index].append(self._translated(chunk, language))
        return tuple(" ".join(filter(None, parts)) for parts in texts)

    def _translated(self, chunk: AudioChunk, language: LanguageTag) -> str:
        probabilities = self._detector.speech_probabilities(chunk.samples)
        if not speech_regions(probabilities, AUDIBLE):
            return ""
        passage = self._model.translate(chunk.samples, language)
        sure_ms, audible_ms = (
            sum(region.duration_ms for region in speech_regions(probabilities, rules))
            for rules in (EDGES, AUDIBLE)
        )
        heard = HeardWindow(
            window=Span(0, chunk.duration_ms),
            language=TARGET,
            text=passage.text,
            words=(),
            mean_log_probability=passage.mean_log_probability,
            no_speech_probability=passage.no_speech_probability,
            compression_ratio=0.0,
            speech_share=min(1.0, sure_ms / chunk.duration_ms),
            audible_share=min(1.0, audible_ms / chunk.duration_ms),
        )
        if is_surely_invented(heard):
            logger.warning(
                "translation of the speech at %d ms taken for invented and left out (%s)",
                chunk.start_ms,
                ", ".join(invented(heard)),
            )
            return ""
        return passage.text


def _pieces(span: Span) -> list[Span]:
    """The span itself, or equal parts short enough for Whisper's window."""
    count = max(1, math.ceil(span.duration_ms / LONGEST_WINDOW_MS))
    cuts = [span.start_ms + span.duration_ms * part // count for part in range(count + 1)]
    return [Span(cuts[part], cuts[part + 1]) for part in range(count)]
