"""Whisper's own translation of speech into English, as a translation engine of one title."""

from collections.abc import Sequence

from asr.media import AudioStream, MediaAsset
from asr.whisper.speech_translator import TARGET, FasterWhisperSpeechTranslator
from subtitles.language import base_language
from subtitles.signature import EngineSignature
from translate.translator import (
    PLAIN,
    Ask,
    LanguagePair,
    Sentence,
    Translation,
    UnsupportedPairError,
)


class SpeechTranslator:
    """The Translator port on the speech of one title: it listens where a sentence was said.

    Here and not in a room, since it joins the two rooms that may not know each other.
    """

    def __init__(
        self, engine: FasterWhisperSpeechTranslator, asset: MediaAsset, stream: AudioStream
    ) -> None:
        self._engine = engine
        self._asset = asset
        self._stream = stream

    @property
    def signature(self) -> EngineSignature:
        """Of the speech model and its rules."""
        return self._engine.signature

    @property
    def uses_context(self) -> bool:
        """It hears the context."""
        return False

    def supports(self, pair: LanguagePair) -> bool:
        """Any speech into English."""
        return serves(pair)

    def translate(
        self,
        sentences: Sequence[Sentence],
        pair: LanguagePair,
        ask: Ask = PLAIN,  # noqa: ARG002
    ) -> tuple[Translation, ...]:
        """One per sentence, in order; an empty text where nothing was understood."""
        if not serves(pair):
            raise UnsupportedPairError(pair.source, pair.target, (f"{pair.source}→{TARGET}",))
        spans = [sentence.span for sentence in sentences]
        texts = self._engine.translate_spans(self._asset, self._stream, spans, pair.source)
        return tuple(Translation(text=text.strip()) for text in texts)


def serves(pair: LanguagePair) -> bool:
    """Whisper translates any speech into English."""
    return base_language(pair.target) == TARGET != base_language(pair.source)
