"""Decoding one audio stream with PyAV into placed 16 kHz mono samples.

Damaged packets are skipped, counted and logged; what they held is heard as silence.
"""

import logging
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path

import av.error
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream as AvAudioStream
from av.container import InputContainer
from av.filter import Graph
from numpy.typing import NDArray

from asr.containers.av_container import decoded as decoded_frames
from asr.errors import DamagedMediaError
from asr.recognizer import SAMPLE_RATE_HZ
from asr.sound.audio_timeline import AudioClock, PlacedAudio
from asr.sound.mixing import mixing_weights

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
    yield from decoded_frames(container, chosen, path=path, what="audio")


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
    resampler, at_sample, runs = _Resampler(), 0, 0
    for frame in frames:
        duration_s = Fraction(frame.samples, frame.sample_rate)
        run_start = clock.admit(_time_s(frame, origin), duration_s)
        if run_start is not None or not resampler.fits(frame):
            rest = resampler.finish()
            yield PlacedAudio(at_sample=at_sample, samples=rest)
            at_sample += len(rest)
            resampler = _Resampler()
        if run_start is not None:
            at_sample, runs = round(run_start * SAMPLE_RATE_HZ), runs + 1
        samples = resampler.feed(frame)
        yield PlacedAudio(at_sample=at_sample, samples=samples)
        at_sample += len(samples)
    yield PlacedAudio(at_sample=at_sample, samples=resampler.finish())
    if runs > 1:
        logger.warning("the audio has %d gaps or overlaps: left silent, or heard once", runs - 1)


def _time_s(frame: AudioFrame, origin: Fraction) -> Fraction | None:
    if frame.pts is None or frame.time_base is None:
        return None
    return frame.pts * frame.time_base - origin


class _Resampler:
    """Mixes to mono and resamples one run of equal frames; rate and delay are FFmpeg's matter.

    All in FFmpeg's own filters: PyAV's access to single channels crashes the process on planar
    sound with eight or more of them.
    """

    def __init__(self) -> None:
        self._kind: tuple[str, str, int] | None = None
        self._graph = Graph()

    def fits(self, frame: AudioFrame) -> bool:
        """Whether the frame looks like those before (broadcasts change in mid-stream)."""
        return self._kind is None or self._kind == _kind_of(frame)

    def feed(self, frame: AudioFrame) -> NDArray[np.float32]:
        """Take a frame; give back what is resampled so far, in order, maybe nothing yet."""
        if self._kind is None:
            self._kind = _kind_of(frame)
            self._configure(frame)
        self._graph.push(frame)
        return self._pulled()

    def finish(self) -> NDArray[np.float32]:
        """The rest of the run."""
        if self._kind is None:
            return np.empty(0, dtype=np.float32)
        self._graph.push(None)
        return self._pulled()

    def _configure(self, frame: AudioFrame) -> None:
        graph, rate = self._graph, str(SAMPLE_RATE_HZ)
        source = graph.add(
            "abuffer",
            sample_rate=str(frame.sample_rate),
            sample_fmt=frame.format.name,
            channel_layout=frame.layout.name,
            time_base=f"1/{frame.sample_rate}",
        )
        weights = mixing_weights(tuple(channel.name for channel in frame.layout.channels))
        terms = "+".join(f"{weight:.6f}*c{index}" for index, weight in enumerate(weights))
        graph.link_nodes(
            source,
            graph.add("pan", f"mono|c0={terms}"),
            graph.add("aresample", rate),
            graph.add("aformat", sample_fmts="flt", channel_layouts="mono", sample_rates=rate),
            graph.add("abuffersink"),
        ).configure()

    def _pulled(self) -> NDArray[np.float32]:
        parts = []
        try:
            while True:
                parts.append(self._graph.pull().to_ndarray()[0])
        except (av.error.BlockingIOError, av.error.EOFError):  # it wants more, or has no more
            samples = np.concatenate([np.empty(0, dtype=np.float32), *parts])
            return np.clip(samples, -1.0, 1.0, out=samples)


def _kind_of(frame: AudioFrame) -> tuple[str, str, int]:
    return frame.format.name, frame.layout.name, frame.sample_rate
