"""A title in which somebody speaks at known times, and who listens to it."""

import threading

import numpy as np
from asr_fakes import ScriptedRecognizer
from flows_fakes import InMemoryArtifactStore
from media_factory import AudioTrack, make_media

from asr.recognizer import ChunkTranscript
from asr.sound.av_media import probe
from asr.sound.chunking import ChunkPlan
from asr.sound.stream_choice import stream_choice
from flows.engines import LazyEngine
from flows.request import LocalizeRequest
from flows.title import Title
from flows.transcribing import Transcriber
from subtitles.signature import EngineSignature

RATE_HZ = 16_000
# "Speech" is noise; the silence after it is longer than any window of the recogniser holds.
BURST_MS, SILENCE_MS = 1500, 2500
LONGEST_MS = 9000


def make_speech(path, *, bursts, language=None):
    """A FLAC file with so many stretches of noise."""
    rng = np.random.default_rng(7)
    burst, silence = BURST_MS * RATE_HZ // 1000, SILENCE_MS * RATE_HZ // 1000
    samples = np.zeros((1, bursts * (burst + silence)), dtype=np.float32)
    for start in range(0, samples.shape[1], burst + silence):
        samples[0, start : start + burst] = rng.uniform(-0.3, 0.3, burst)
    track = AudioTrack(pieces=[(0.0, samples)], codec="flac", rate_hz=RATE_HZ, language=language)
    make_media(path, audio=[track])
    return path


def script(bursts):
    """A word in each stretch of noise."""
    starts = [number * (BURST_MS + SILENCE_MS) for number in range(bursts)]
    return [(f" word{start}", start + 200, start + 900) for start in starts]


class LoudnessDetector:
    """Takes any noise for speech."""

    signature = EngineSignature(engine="loudness", engine_version="1")

    def __init__(self):
        self.frames = 0

    def speech_probabilities(self, samples):
        """1 for a loud frame of 32 ms, 0 for a quiet one."""
        padded = np.pad(samples, (0, -len(samples) % 512)).reshape(-1, 512)
        self.frames += len(padded)
        return [float(loud) for loud in np.abs(padded).max(axis=1) > 0.01]


class FailingOnce(ScriptedRecognizer):
    """Fails at one chunk, the first time."""

    def __init__(self, script, *, at):
        super().__init__(script)
        self._at = at
        self._lock = threading.Lock()

    def recognize(self, chunk, speech, spoken) -> ChunkTranscript:
        with self._lock:
            failing = chunk.index == self._at
            if failing:
                self._at = None
        if failing:
            message = "the machine lost its power"
            raise RuntimeError(message)
        return super().recognize(chunk, speech, spoken)


def loaded_engine(engine):
    return LazyEngine(engine.signature, lambda: engine)


def transcriber(recognizer, *, store=None, diarizer=None, longest_ms=LONGEST_MS):
    return Transcriber(
        store=InMemoryArtifactStore() if store is None else store,
        recognizer=loaded_engine(recognizer),
        detector=loaded_engine(LoudnessDetector()),
        plan=ChunkPlan(shortest_ms=3000, longest_ms=longest_ms),
        diarizer=None if diarizer is None else loaded_engine(diarizer),
    )


def title_of(media, **request):
    asset = probe(media)
    asked = LocalizeRequest(media=media, **request)
    return Title(request=asked, asset=asset, stream=stream_choice(asset, None).stream)
