"""Decoding one audio stream with PyAV into placed 16 kHz mono samples.

Damaged packets are skipped, counted and logged; what they held is heard as silence.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import av.error
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream as AvAudioStream
from av.container import InputContainer
from numpy.typing import NDArray

from asr.audio_timeline import AudioClock, PlacedAudio
from asr.av_container import packets
from asr.errors import DamagedMediaError
from asr.mixing import mixing_weights, mono_mix
from asr.recognizer import SAMPLE_RATE_HZ

# A filter call per frame of 20 ms would cost as much as the decoding itself.
_BATCHES_PER_SECOND = 2

logger = logging.getLogger(__name__)


def decoded(
    container: InputContainer, chosen: AvAudioStream, *, path: Path
) -> Iterator[AudioFrame]:
    """All frames of a stream that can be decoded.

    Raises:
        DamagedMediaError: when there are packets and none of them can be.
    """
    if chosen.codec_context is None:
        raise DamagedMediaError(path, "the codec of its audio is unknown")
    frames = damaged = 0
    for packet in packets(container, (chosen,)):
        try:
            for frame in packet.decode():
                if frame.samples and frame.sample_rate:
                    frames += 1
                    yield frame
        except av.error.FFmpegError:
            damaged += 1
    if damaged and not frames:
        raise DamagedMediaError(path, "none of its audio can be decoded")
    if damaged:
        logger.warning("%d damaged audio packets of %r were skipped", damaged, path.name)


def placed_audio(
    frames: Iterable[AudioFrame], *, origin: Fraction, latest_s: Fraction
) -> Iterator[PlacedAudio]:
    """Decoded frames on the title's clock, run by run.

    Each run of continuous audio has its own resampler, so that none smears over a gap.

    Args:
        frames: In order of decoding.
        origin: Where the title's clock starts on the container's, in seconds.
        latest_s: See `AudioClock`.
    """
    clock = AudioClock(latest_s=latest_s)
    resampler, at_sample = _Resampler(), 0
    for frame in frames:
        time_s = _time_s(frame, origin)
        run_start = clock.admit(time_s, Fraction(frame.samples, frame.sample_rate))
        if run_start is not None or not resampler.fits(frame):
            rest = resampler.finish()
            yield PlacedAudio(at_sample=at_sample, samples=rest)
            at_sample += len(rest)
            resampler = _Resampler()
        if run_start is not None:
            at_sample = round(run_start * SAMPLE_RATE_HZ)
        samples = resampler.feed(frame)
        yield PlacedAudio(at_sample=at_sample, samples=samples)
        at_sample += len(samples)
    yield PlacedAudio(at_sample=at_sample, samples=resampler.finish())


def _time_s(frame: AudioFrame, origin: Fraction) -> Fraction | None:
    if frame.pts is None or frame.time_base is None:
        return None
    return frame.pts * frame.time_base - origin


class _Resampler:
    """Mixes to mono and resamples one run of equal frames; rate and delay are FFmpeg's matter."""

    def __init__(self) -> None:
        self._resampler = AudioResampler(format="flt", layout="mono", rate=SAMPLE_RATE_HZ)
        self._kind: tuple[str, str, int] | None = None
        self._weights = np.empty(0, dtype=np.float32)
        self._waiting: list[NDArray[np.float32]] = []
        self._waiting_samples = 0

    def fits(self, frame: AudioFrame) -> bool:
        """Whether the frame looks like those before (broadcasts change in mid-stream)."""
        return self._kind is None or self._kind == _kind_of(frame)

    def feed(self, frame: AudioFrame) -> NDArray[np.float32]:
        """Take a frame; give back what is resampled so far, in order, maybe nothing yet."""
        if self._kind is None:
            self._kind = _kind_of(frame)
            self._weights = mixing_weights(tuple(c.name for c in frame.layout.channels))
        self._waiting.append(mono_mix(frame.to_ndarray(), self._weights))
        self._waiting_samples += frame.samples
        if self._waiting_samples < frame.sample_rate // _BATCHES_PER_SECOND:
            return np.empty(0, dtype=np.float32)
        return self._resampled()

    def finish(self) -> NDArray[np.float32]:
        """The rest of the run."""
        return np.concatenate([self._resampled(), _joined(self._resampler.resample(None))])

    def _resampled(self) -> NDArray[np.float32]:
        if self._kind is None or not self._waiting:
            return np.empty(0, dtype=np.float32)
        mono = AudioFrame.from_ndarray(
            np.concatenate(self._waiting)[np.newaxis], format="flt", layout="mono"
        )
        mono.sample_rate = self._kind[2]
        self._waiting, self._waiting_samples = [], 0
        return _joined(self._resampler.resample(mono))


def _kind_of(frame: AudioFrame) -> tuple[str, str, int]:
    return frame.format.name, frame.layout.name, frame.sample_rate


def _joined(frames: Sequence[AudioFrame]) -> NDArray[np.float32]:
    parts = [frame.to_ndarray()[0].astype(np.float32, copy=False) for frame in frames]
    return np.clip(np.concatenate(parts), -1.0, 1.0) if parts else np.empty(0, np.float32)
