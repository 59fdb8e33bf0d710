"""Decoding one audio stream with PyAV into placed 16 kHz mono samples.

Damaged packets are skipped, counted and logged; what they held is heard as silence.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from math import gcd
from pathlib import Path

import av.error
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream as AvAudioStream
from av.container import InputContainer
from av.filter import Graph
from av.filter.context import FilterContext
from numpy.typing import NDArray

from asr.containers.av_container import decoded as decoded_frames
from asr.errors import DamagedMediaError
from asr.recognizer import SAMPLE_RATE_HZ
from asr.sound.audio_timeline import AudioClock, PlacedAudio
from asr.sound.mixing import Mix, mixing_weights

# Frames are handed on in groups of about a second: calls cost more than samples.
_GROUP_S = 1.0
# ... and of no more values than this (8 MB), whatever rate and channels a header claims.
_GROUP_VALUES = 2_000_000
# Stamps of one group differ by no more from what the samples say than containers round them.
_ROUNDING_S = 0.0015

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
    frames: Iterable[AudioFrame],
    *,
    origin: Fraction,
    latest_s: Fraction,
    mix: Mix = Mix.BALANCED,
    counted_from: Fraction | None = None,
) -> Iterator[PlacedAudio]:
    """Decoded frames on the title's clock, run by run.

    Each run of continuous audio has its own resampler, so that none smears over a gap.

    Args:
        frames: In order of decoding.
        origin: Where the title's clock starts on the container's, in seconds.
        latest_s: See `AudioClock`.
        mix: Which channels are heard.
        counted_from: Where the stream starts on the container's clock, when decoding was begun
            in its middle: the first frame is then placed on the grid of samples of a stream
            decoded from there, and up to a second of sound before the first such sample is left
            out.
    """
    clock = AudioClock(latest_s=latest_s)
    resampler, at_sample, runs = _Resampler(mix), 0, 0
    for group in _groups(frames):
        first = group[0]
        duration_s = Fraction(sum(frame.samples for frame in group), first.sample_rate)
        run_start = clock.admit(_time_s(first, origin), duration_s)
        if run_start is not None or not resampler.fits(first):
            rest = resampler.finish()
            yield PlacedAudio(at_sample=at_sample, samples=rest)
            at_sample += len(rest)
            resampler = _Resampler(mix)
        if run_start is not None:
            at_sample, runs = round(run_start * SAMPLE_RATE_HZ), runs + 1
            if counted_from is not None and runs == 1:
                at_sample, left_out = _on_grid(first, run_start, counted_from - origin)
                resampler = _Resampler(mix, left_out=left_out)
        samples = resampler.feed(group)
        yield PlacedAudio(at_sample=at_sample, samples=samples)
        at_sample += len(samples)
    yield PlacedAudio(at_sample=at_sample, samples=resampler.finish())
    if runs > 1:
        logger.warning("the audio has %d gaps or overlaps: left silent, or heard once", runs - 1)


def _time_s(frame: AudioFrame, origin: Fraction) -> Fraction | None:
    if frame.pts is None or frame.time_base is None:
        return None
    return frame.pts * frame.time_base - origin


def _groups(frames: Iterable[AudioFrame]) -> Iterator[list[AudioFrame]]:
    """Frames alike that follow each other without a gap, about a second of them."""
    group: list[AudioFrame] = []
    kind, ends_s, length_s = None, 0.0, 0.0
    for frame in frames:
        own, starts_s = kind_of(frame), frame.time
        follows = starts_s is None or abs(starts_s - ends_s) <= _ROUNDING_S
        longest_s = min(_GROUP_S, _GROUP_VALUES / _values_a_second(frame))
        if group and not (own == kind and follows and length_s < longest_s):
            yield group
            group = []
        if not group:
            kind, length_s = own, 0.0
            ends_s = ends_s if starts_s is None else starts_s
        group.append(frame)
        ends_s += frame.samples / frame.sample_rate
        length_s += frame.samples / frame.sample_rate
    if group:
        yield group


def _on_grid(frame: AudioFrame, start_s: Fraction, stream_start_s: Fraction) -> tuple[int, int]:
    """Where sound from the middle of a stream is placed, and how many samples to leave out first.

    Containers round their stamps. Where a whole number of such frames, counted from the start of
    the stream, lies within the rounding, that is where the frame is. Of its samples, the first
    one that a resampler started at the stream's first sample would also have begun with is kept:
    so the result is the same, sample by sample.
    """
    rate = frame.sample_rate
    whole = round((start_s - stream_start_s) * rate / frame.samples) * frame.samples
    tick_s = frame.time_base or Fraction(1, rate)
    exact = abs(Fraction(whole, rate) + stream_start_s - start_s) <= tick_s
    passed = whole if exact else round((start_s - stream_start_s) * rate)
    step = rate // gcd(rate, SAMPLE_RATE_HZ)
    left_out = -passed % step
    begun = round(stream_start_s * SAMPLE_RATE_HZ)
    return begun + (passed + left_out) * SAMPLE_RATE_HZ // rate, left_out


class _Resampler:
    """Mixes to mono and resamples one run of equal frames; rate and delay are FFmpeg's matter.

    All in FFmpeg's own filters: PyAV's access to single channels crashes the process on planar
    sound with eight or more of them.
    """

    def __init__(self, mix: Mix, *, left_out: int = 0) -> None:
        self._mix, self._left_out = mix, left_out
        self._kind: tuple[str, str, int] | None = None
        self._graph = Graph()

    def fits(self, frame: AudioFrame) -> bool:
        """Whether the frame looks like those before (broadcasts change in mid-stream)."""
        return self._kind is None or self._kind == kind_of(frame)

    def feed(self, frames: Sequence[AudioFrame]) -> NDArray[np.float32]:
        """Take frames; give back what is resampled so far, in order, maybe nothing yet."""
        if self._kind is None:
            self._kind = kind_of(frames[0])
            self._configure(frames[0])
        for frame in frames:
            frame.pts = None  # what is fed is one run: a rounded stamp must not move a sample
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
        names = tuple(channel.name for channel in frame.layout.channels)
        weights = mixing_weights(names, self._mix)
        terms = "+".join(f"{weight:.6f}*c{index}" for index, weight in enumerate(weights))
        at_once = min(frame.sample_rate, _GROUP_VALUES // len(names))
        trim = [graph.add("atrim", f"start_sample={self._left_out}")] if self._left_out else []
        graph.link_nodes(
            source_of(graph, frame),
            *trim,
            graph.add("asetnsamples", f"n={at_once}:p=0"),
            graph.add("pan", f"mono|c0={terms}"),
            graph.add("aresample", rate),
            graph.add("aformat", sample_fmts="flt", channel_layouts="mono", sample_rates=rate),
            graph.add("abuffersink"),
        ).configure()

    def _pulled(self) -> NDArray[np.float32]:
        parts = list(pulled(self._graph))
        samples = np.concatenate([np.empty(0, dtype=np.float32), *(part[0] for part in parts)])
        np.nan_to_num(samples, copy=False, posinf=1.0, neginf=-1.0)
        return np.clip(samples, -1.0, 1.0, out=samples)


def source_of(graph: Graph, frame: AudioFrame) -> FilterContext:
    """The filter that takes frames like this one."""
    return graph.add(
        "abuffer",
        sample_rate=str(frame.sample_rate),
        sample_fmt=frame.format.name,
        channel_layout=frame.layout.name,
        time_base=f"1/{frame.sample_rate}",
    )


def pulled(graph: Graph) -> Iterator[NDArray[np.float32]]:
    """What a graph that ends in packed floats gives until it wants more, or has no more."""
    try:
        while True:
            yield np.asarray(graph.pull().to_ndarray(), dtype=np.float32)
    except (av.error.BlockingIOError, av.error.EOFError):
        return


def _values_a_second(frame: AudioFrame) -> int:
    return frame.sample_rate * max(1, frame.layout.nb_channels)


def kind_of(frame: AudioFrame) -> tuple[str, str, int]:
    """What frames must have in common to go through one resampler."""
    return frame.format.name, frame.layout.name, frame.sample_rate
