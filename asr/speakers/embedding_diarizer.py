"""Speakers told apart by the sound of their voices."""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from asr.media import AudioStream, MediaAsset
from asr.recognizer import AudioChunk
from asr.sound.av_media import decode_spans
from asr.sound.chunking import SAMPLES_PER_MS
from asr.speakers.campplus import CampPlus
from asr.speakers.clustering import CLUSTERING_VERSION, NOBODY, VoiceRules, voices_of
from asr.speakers.diarizer import SpeakerTurn
from asr.speakers.filterbank import log_mel
from asr.speakers.turns import joined, named_by_appearance
from asr.speakers.voice_windows import (
    STEP_MS,
    TELLING_MS,
    WINDOW_MS,
    VoiceRegion,
    shares,
    voice_regions,
)
from subtitles.signature import EngineSignature
from subtitles.span import Span

MODEL_FILE = "campplus_cn_en_common.pt"

RULES = VoiceRules(same_voice=0.25, least_weight=2.0, switch_cost=0.15, stranger=0.2)
"""Measured by `make bench-speakers`; docs/speakers.md says on what, and what other values do."""

_TURN_PAUSE_MS = 1000
# The features of that many windows are held at once; more are no faster.
_BATCH = 8


class EmbeddingDiarizer:
    """Implements `asr.speakers.diarizer.Diarizer` with CAM++ embeddings and clustering.

    The network is loaded when first used, once.

    Args:
        model_dir: Folder with `MODEL_FILE`.
        model_name: As in the registry.
        model_revision: Digest.
        rules: When two voices are one.
    """

    def __init__(
        self, model_dir: Path, *, model_name: str, model_revision: str, rules: VoiceRules = RULES
    ) -> None:
        self._path = model_dir / MODEL_FILE
        self._model_name, self._model_revision, self._rules = model_name, model_revision, rules
        self._lock = threading.Lock()
        self._network: CampPlus | None = None

    @property
    def signature(self) -> EngineSignature:
        """See the port."""
        rules = self._rules
        options = {
            "least-weight": str(rules.least_weight),
            "same-voice": str(rules.same_voice),
            "stranger": str(rules.stranger),
            "switch-cost": str(rules.switch_cost),
            "window": f"{WINDOW_MS}/{STEP_MS}",
        }
        return EngineSignature(
            engine="polycue-voices",
            engine_version=CLUSTERING_VERSION,
            model=self._model_name,
            model_revision=self._model_revision,
            options=tuple(sorted(options.items())),
        )

    def turns(
        self,
        asset: MediaAsset,
        stream: AudioStream,
        speech: Sequence[Span],
        *,
        advanced: Callable[[int], None],
    ) -> tuple[SpeakerTurn, ...]:
        """See the port.

        Raises:
            UnusableModelError: the network cannot be loaded.
        """
        regions = voice_regions(speech)
        if not regions:
            return ()
        chunks = decode_spans(asset, stream, [region.span for region in regions])
        vectors = np.concatenate(list(self._vectors(chunks, regions, advanced)))
        return turns_of(regions, vectors, self._rules)

    def _vectors(
        self,
        chunks: Iterator[AudioChunk],
        regions: Sequence[VoiceRegion],
        advanced: Callable[[int], None],
    ) -> Iterator[NDArray[np.float32]]:
        network = self._loaded()
        for region, chunk in zip(regions, chunks, strict=True):
            features = [_features(chunk, window) for window in region.windows]
            yield _embedded(network, features)
            advanced(region.span.end_ms)

    def _loaded(self) -> CampPlus:
        with self._lock:
            if self._network is None:
                self._network = CampPlus(self._path, model_name=self._model_name)
            return self._network


def turns_of(
    regions: Sequence[VoiceRegion], vectors: NDArray[np.float32], rules: VoiceRules
) -> tuple[SpeakerTurn, ...]:
    """The turns that the voices of all windows, in order, make (pure)."""
    runs, at = [], 0
    for region in regions:
        runs.append(range(at, at + len(region.windows)))
        at += len(region.windows)
    labels = voices_of(vectors, _weights(regions), runs, rules)
    turns = [
        SpeakerTurn(span=share, speaker=f"{labels[number]}")
        for region, run in zip(regions, runs, strict=True)
        for share, number in zip(shares(region), run, strict=True)
        if labels[number] != NOBODY and share.duration_ms
    ]
    return named_by_appearance(joined(turns, pause_ms=_TURN_PAUSE_MS))


def _weights(regions: Sequence[VoiceRegion]) -> NDArray[np.float32]:
    """Seconds each window speaks for; 0 for those too short to tell a voice by."""
    seconds = [
        share.duration_ms / 1000 if window.duration_ms >= TELLING_MS else 0.0
        for region in regions
        for share, window in zip(shares(region), region.windows, strict=True)
    ]
    return np.array(seconds, dtype=np.float32)


def _features(chunk: AudioChunk, window: Span) -> NDArray[np.float32]:
    start = (window.start_ms - chunk.start_ms) * SAMPLES_PER_MS
    samples = chunk.samples[start : start + window.duration_ms * SAMPLES_PER_MS]
    missing = window.duration_ms * SAMPLES_PER_MS - len(samples)
    # A region may reach a little beyond the last sample, for the detector hears in frames.
    return log_mel(np.pad(samples, (0, missing)))


def _embedded(network: CampPlus, features: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
    """One vector per window; windows of one length go through the network together."""
    vectors = np.empty((len(features), network.dimensions), dtype=np.float32)
    by_length: dict[int, list[int]] = defaultdict(list)
    for number, one in enumerate(features):
        by_length[len(one)].append(number)
    for numbers in by_length.values():
        waiting = iter(numbers)
        while batch := list(islice(waiting, _BATCH)):
            vectors[batch] = network.embed(np.stack([features[number] for number in batch]))
    return vectors
