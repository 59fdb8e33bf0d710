"""Silero's voice detector, as it comes with faster-whisper."""

import importlib.metadata
import threading
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from asr.hearing.speech_regions import DETECTOR_FRAME_SAMPLES
from subtitles.signature import EngineSignature

ENGINE = "silero-vad"
_CARRIER = "faster-whisper"


class SileroVoiceDetector:
    """Implements `asr.hearing.listening.VoiceDetector`; loaded when first used, once a process.

    Its memory starts anew with every call. Nothing in it is random, and a call runs on one thread,
    so equal samples give equal probabilities, also when several threads ask at the same time.
    """

    _lock = threading.Lock()  # loading: the model is one per process, and so is this

    @property
    def signature(self) -> EngineSignature:
        """Who listens: the model travels in the package, so the package's version names it."""
        return EngineSignature(
            engine=ENGINE,
            engine_version=importlib.metadata.version(_CARRIER),
            options=(("onnxruntime", importlib.metadata.version("onnxruntime")),),
        )

    def speech_probabilities(self, samples: NDArray[np.float32]) -> Sequence[float]:
        """See `VoiceDetector.speech_probabilities`; a last frame cut short is filled with zeros."""
        from faster_whisper.vad import get_vad_model  # noqa: PLC0415

        padded = np.pad(samples, (0, -len(samples) % DETECTOR_FRAME_SAMPLES))
        if not len(padded):
            return []
        with self._lock:
            listen = get_vad_model()
        return [float(p) for p in np.ravel(listen(padded))]
