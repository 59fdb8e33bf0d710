"""What there is to hear in a title, and who listens: what every stage of recognition is made of."""

from dataclasses import dataclass

from asr.hearing.language_vote import VOTE_VERSION
from asr.hearing.listener import LISTENING_VERSION
from asr.hearing.listening import VoiceDetector
from asr.media import AudioStream, MediaAsset
from asr.recognizer import Recognizer, SpokenLanguage
from asr.sound.av_samples import DECODING_VERSION
from asr.sound.chunking import CHUNKING_VERSION, ChunkPlan
from flows.engines import LazyEngine
from subtitles.language import LanguageTag


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """One audio stream of one title, and who is to listen to it.

    Attributes:
        asset: The title.
        stream: Its sound.
        language: Of the speech, when a person said so; None detects it.
        recognizer: Who writes down what is said.
        detector: Who tells where somebody speaks.
        plan: How the stream is cut into chunks.
    """

    asset: MediaAsset
    stream: AudioStream
    language: LanguageTag | None
    recognizer: LazyEngine[Recognizer]
    detector: LazyEngine[VoiceDetector]
    plan: ChunkPlan

    @property
    def forced(self) -> SpokenLanguage | None:
        """The language a person named."""
        return None if self.language is None else SpokenLanguage(tag=self.language, is_forced=True)

    def sound(self) -> dict[str, object]:
        """What decides the samples."""
        return {
            "media": self.asset.media_id,
            "audio_stream": self.stream.index,
            "decoding": DECODING_VERSION,
        }

    def listening(self) -> dict[str, object]:
        """What decides where somebody speaks, and the chunks."""
        return {
            **self.sound(),
            "detector": str(self.detector.signature),
            "listening": LISTENING_VERSION,
            "chunking": [CHUNKING_VERSION, str(self.plan)],
        }

    def hearing(self) -> dict[str, object]:
        """Who decides which words are heard."""
        signature = self.recognizer.signature
        return {"recognizer": str(signature), "revision": signature.model_revision}

    def made_from(self) -> dict[str, object]:
        """What decides the spoken language and with it the transcript."""
        return {
            **self.listening(),
            **self.hearing(),
            "language": self.language or f"voted {VOTE_VERSION}",
        }
