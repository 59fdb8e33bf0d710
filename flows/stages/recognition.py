"""Chunks to words, and words to a transcript: a crash loses at most the chunks at hand.

A chunk depends on no other chunk: any may be recognised first, by any process that shares the
artifact store. Its sound is always decoded alone, so that its bytes do not depend on who does it.
"""

from dataclasses import replace

from asr.hearing.listening import ChunkSpeech, Listening
from asr.recognizer import ChunkTranscript, SpokenLanguage
from asr.sound.av_media import decode_spans
from asr.transcription import JOIN_VERSION, join
from flows.artifacts.codec import JsonCodec
from flows.artifacts.store import ArtifactStore
from flows.stages.language import language_stage
from flows.stages.listening import listening_stage
from flows.stages.once import Stage, compute_once
from flows.stages.speech import Speech
from subtitles.words import Transcript

_CHUNKS = JsonCodec(ChunkTranscript)
_SPEECH = JsonCodec(ChunkSpeech)
TRANSCRIPTS = JsonCodec(Transcript)


def chunk_stage(
    speech: Speech, listening: Listening, spoken: SpokenLanguage, index: int
) -> Stage[ChunkTranscript]:
    """The words of one chunk, the first of which has the index 0."""
    part = listening.chunks[index]

    def compute() -> ChunkTranscript:
        (chunk,) = decode_spans(speech.asset, speech.stream, [part.span])
        return speech.recognizer.get().recognize(replace(chunk, index=index), part, spoken)

    return Stage(
        name="chunk",
        made_from={
            **speech.sound(),
            **speech.hearing(),
            "speech": _SPEECH.encode(part).decode(),
            "spoken": [spoken.tag, spoken.probability, spoken.is_forced],
        },
        codec=_CHUNKS,
        compute=compute,
        language=spoken.tag,
        chunk=index + 1,
    )


def stored_chunks(
    store: ArtifactStore, speech: Speech, listening: Listening, spoken: SpokenLanguage
) -> frozenset[int]:
    """Indexes of the chunks that need no recognition any more."""
    stages = [chunk_stage(speech, listening, spoken, index) for index in _indexes(listening)]
    return frozenset(
        index for index, stage in enumerate(stages) if store.find(stage.name, stage.key)
    )


def transcript_stage(store: ArtifactStore, speech: Speech) -> Stage[Transcript]:
    """The whole transcript; what it is made from are artifacts of their own.

    Computing it raises NoSpeechError when nobody speaks and no language is given.
    """

    def compute() -> Transcript:
        listening = compute_once(store, listening_stage(speech)).value
        spoken = speech.forced or compute_once(store, language_stage(speech, listening)).value
        stages = (chunk_stage(speech, listening, spoken, index) for index in _indexes(listening))
        return join(
            speech.asset.media_id,
            [compute_once(store, stage).value for stage in stages],
            speech.recognizer.signature,
            spans=[part.span for part in listening.chunks],
            spoken=spoken,
        )

    return Stage(
        name="transcript",
        made_from={**speech.made_from(), "join": JOIN_VERSION},
        codec=TRANSCRIPTS,
        compute=compute,
    )


def _indexes(listening: Listening) -> range:
    return range(len(listening.chunks))
