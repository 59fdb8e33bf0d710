"""How loud each of two channels is over time: for recordings with a speaker a channel."""

from collections.abc import Callable
from fractions import Fraction

import numpy as np
from av.audio.frame import AudioFrame
from av.filter import Graph
from av.stream import Discard
from numpy.typing import NDArray

from asr.containers.av_container import opened, origin_s
from asr.media import AudioStream, MediaAsset
from asr.sound.audio_timeline import AudioClock
from asr.sound.av_audio import decoded
from asr.speakers.channel_dominance import STEP_MS, ChannelLevels
from subtitles.span import MS_PER_SECOND

# Stated durations are rounded, or leave out the last packets.
_SLACK_S = Fraction(10)
_CHANNELS = 2
_TOLD_EVERY_MS = 1000


def channel_levels(
    asset: MediaAsset, stream: AudioStream, *, advanced: Callable[[int], None]
) -> ChannelLevels:
    """The power of left and right, step by step on the title's clock.

    Frames that are not of two channels (a broadcast may change in mid-stream) count as silence.

    Args:
        asset: The title.
        stream: One of its streams.
        advanced: Told now and then how many milliseconds are done.

    Raises:
        UnreadableMediaError, NotMediaError, DamagedMediaError: as for any decoding.
    """
    steps = (asset.duration_ms + round(_SLACK_S * MS_PER_SECOND)) // STEP_MS + 1
    powers = np.zeros((_CHANNELS, steps))
    counts = np.zeros(steps)
    latest_s = Fraction(asset.duration_ms, MS_PER_SECOND) + _SLACK_S
    told_ms = end_step = 0
    with opened(asset.path) as container:
        chosen = container.streams.audio[stream.index]
        for other in container.streams:
            if other.index != chosen.index:
                other.discard = Discard.all
        origin, clock, packer = origin_s(container), AudioClock(latest_s=latest_s), _Packer()
        at_s = Fraction(0)
        for frame in decoded(container, chosen, path=asset.path):
            duration_s = Fraction(frame.samples, frame.sample_rate)
            started = clock.admit(_time_s(frame, origin), duration_s)
            at_s = at_s if started is None else started
            if frame.layout.nb_channels == _CHANNELS:
                end_step = max(end_step, _add(packer.packed(frame), at_s, frame, powers, counts))
            at_s += duration_s
            if at_s * MS_PER_SECOND >= told_ms + _TOLD_EVERY_MS:
                told_ms = min(asset.duration_ms, int(at_s * MS_PER_SECOND))
                advanced(told_ms)
    mean = (powers[:, :end_step] / np.maximum(counts[:end_step], 1)).astype(np.float32)
    return ChannelLevels(left=mean[0], right=mean[1])


def _time_s(frame: AudioFrame, origin: Fraction) -> Fraction | None:
    if frame.pts is None or frame.time_base is None:
        return None
    return frame.pts * frame.time_base - origin


def _add(
    samples: NDArray[np.float32],
    at_s: Fraction,
    frame: AudioFrame,
    powers: NDArray[np.float64],
    counts: NDArray[np.float64],
) -> int:
    """Add the samples' power to the steps they lie in; the step after the last."""
    first = round(at_s * frame.sample_rate)
    step = (first + np.arange(samples.shape[1])) * MS_PER_SECOND // (frame.sample_rate * STEP_MS)
    inside = (step >= 0) & (step < len(counts))
    if not inside.any():
        return 0
    step, low = step[inside], int(step[inside][0])
    heard = slice(low, int(step[-1]) + 1)
    for channel in range(_CHANNELS):
        power = np.square(samples[channel, inside], dtype=np.float64)
        powers[channel, heard] += np.bincount(step - low, weights=power)
    counts[heard] += np.bincount(step - low)
    return heard.stop


class _Packer:
    """Interleaved floats of any two-channel frame, made by FFmpeg's own filter."""

    def __init__(self) -> None:
        self._kind: tuple[str, str, int] | None = None
        self._graph = Graph()

    def packed(self, frame: AudioFrame) -> NDArray[np.float32]:
        """Samples of shape (2, n)."""
        kind = (frame.format.name, frame.layout.name, frame.sample_rate)
        if kind != self._kind:
            self._kind, self._graph = kind, _graph_for(frame)
        self._graph.push(frame)
        values = np.asarray(self._graph.pull().to_ndarray(), dtype=np.float32)
        return np.nan_to_num(values.reshape(-1, _CHANNELS).T)


def _graph_for(frame: AudioFrame) -> Graph:
    graph = Graph()
    source = graph.add(
        "abuffer",
        sample_rate=str(frame.sample_rate),
        sample_fmt=frame.format.name,
        channel_layout=frame.layout.name,
        time_base=f"1/{frame.sample_rate}",
    )
    graph.link_nodes(
        source,
        graph.add("aformat", sample_fmts="flt"),
        graph.add("abuffersink"),
    ).configure()
    return graph
