"""Media to transcript, chunk by chunk: a crash loses at most the chunk at hand."""

from collections.abc import Iterator
from dataclasses import dataclass

from asr.media import AudioStream, MediaAsset
from asr.recognizer import AudioChunk, ChunkTranscript, Recognizer
from asr.sound.av_media import decode_chunks
from asr.sound.chunking import CHUNKING_VERSION, ChunkPlan
from asr.transcription import JOIN_VERSION, join
from flows.artifacts.codec import JsonCodec
from flows.artifacts.store import ArtifactStore
from flows.engines import LazyEngine
from flows.progress import current_progress
from flows.stages.once import Stage, compute_once
from subtitles.language import LanguageTag
from subtitles.words import Transcript

LABEL = "Recognising speech"

_CHUNKS = JsonCodec(ChunkTranscript)
TRANSCRIPTS = JsonCodec(Transcript)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """One audio stream of one title, and who is to recognise it.

    Attributes:
        language: Of the speech; None detects it on the first chunk in which somebody speaks.
    """

    asset: MediaAsset
    stream: AudioStream
    language: LanguageTag | None
    recognizer: LazyEngine[Recognizer]
    plan: ChunkPlan

    def made_from(self) -> dict[str, object]:
        """What decides the transcript."""
        return {
            "media": self.asset.media_id,
            "audio_stream": self.stream.index,
            "language": self.language,
            "recognizer": str(self.recognizer.signature),
            "revision": self.recognizer.signature.model_revision,
            "chunking": [CHUNKING_VERSION, str(self.plan)],
        }


def transcript_stage(store: ArtifactStore, speech: Speech) -> Stage[Transcript]:
    """The whole transcript; its chunks are artifacts of their own."""

    def compute() -> Transcript:
        progress = current_progress.get()
        progress.started(LABEL, speech.asset.duration_ms)
        parts = list(_recognized_chunks(store, speech))
        return join(speech.asset.media_id, parts, speech.recognizer.signature)

    return Stage(
        name="transcript",
        made_from={**speech.made_from(), "join": JOIN_VERSION},
        codec=TRANSCRIPTS,
        compute=compute,
    )


def _recognized_chunks(store: ArtifactStore, speech: Speech) -> Iterator[ChunkTranscript]:
    progress = current_progress.get()
    language = speech.language
    for chunk in decode_chunks(speech.asset, speech.stream, plan=speech.plan):
        part = compute_once(store, _chunk_stage(speech, chunk, language)).value
        if language is None and part.words:
            language = part.language
        progress.advanced(LABEL, chunk.start_ms + chunk.duration_ms)
        yield part


def _chunk_stage(
    speech: Speech, chunk: AudioChunk, language: LanguageTag | None
) -> Stage[ChunkTranscript]:
    return Stage(
        name="chunk",
        made_from={
            **speech.made_from(),
            "language": language,
            "chunk": [chunk.index, chunk.start_ms, len(chunk.samples)],
        },
        codec=_CHUNKS,
        compute=lambda: speech.recognizer.get().recognize(chunk, language=language),
    )
