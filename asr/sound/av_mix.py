"""Hearing some stretches of a stream with PyAV, to learn which of its channels carry the speech."""

import logging
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile

import av
import av.error
import numpy as np
from av.audio.frame import AudioFrame
from av.container import InputContainer
from av.filter import Graph
from numpy.typing import NDArray

from asr.containers.av_container import only, opened
from asr.errors import DamagedMediaError
from asr.media import AudioStream, MediaAsset
from asr.recognizer import SAMPLE_RATE_HZ
from asr.sound.av_audio import decoded, kind_of, pulled, source_of
from asr.sound.mixing import Mix, chosen_mix

# Stretches spread over the title, and how long each is: in half a minute of a film somebody speaks.
_STRETCHES = 12
_STRETCH_S = 2.5
# Twice what a wide television layout has; a header that claims more is no film sound.
_MOST_CHANNELS = 16

logger = logging.getLogger(__name__)


@lru_cache(maxsize=64)
def mix_of(asset: MediaAsset, stream: AudioStream) -> Mix:
    """Which channels of a stream are listened to; decides the same for the same file.

    Raises:
        UnreadableMediaError, NotMediaError: the file is not what it was.
    """
    if not 1 < stream.channels <= _MOST_CHANNELS:
        return Mix.BALANCED
    names: tuple[str, ...] = ()
    products = np.zeros((0, 0))
    heard = 0
    with opened(asset.path) as container:
        for frames in _stretches(container, asset, stream):
            if not names:
                names = tuple(channel.name for channel in frames[0].layout.channels)
                products = np.zeros((len(names), len(names)))
            try:
                values = _samples(frames, len(names))
            except av.error.FFmpegError:  # no filter takes such sound: decoding says so
                return Mix.BALANCED
            products += values @ values.T
            heard += values.shape[1]
    if len(set(names)) < len(names) or not heard:
        return Mix.BALANCED
    mix = chosen_mix(names, products / heard)
    if mix in {Mix.LEFT, Mix.RIGHT}:
        logger.warning("audio stream %d: only its %s channel is heard", stream.index, mix)
    return mix


def _stretches(
    container: InputContainer, asset: MediaAsset, stream: AudioStream
) -> Iterator[list[AudioFrame]]:
    """Frames of equal kind from here and there; none where nothing can be decoded."""
    chosen = only(container, stream.index)
    start = container.start_time or 0
    for number in range(_STRETCHES):
        try:
            if number:
                container.seek(start + asset.duration_ms * 1000 * number // _STRETCHES)
            frames = decoded(container, chosen, path=asset.path)
            found = list(_first_seconds(frames))
        except (av.error.FFmpegError, DamagedMediaError):
            return  # no index, or a damaged one: what was heard so far must do
        if found:
            yield found


def _first_seconds(frames: Iterator[AudioFrame]) -> Iterator[AudioFrame]:
    first = next(frames, None)
    if first is None:
        return
    yield first
    left = _STRETCH_S - first.samples / first.sample_rate
    for frame in takewhile(lambda frame: frame.layout.name == first.layout.name, frames):
        yield frame
        left -= frame.samples / frame.sample_rate
        if left <= 0:
            return


def _samples(frames: list[AudioFrame], channels: int) -> NDArray[np.float64]:
    """Samples of shape (channels, n) at a rate at which speech is heard whole."""
    graph = Graph()
    rate = str(SAMPLE_RATE_HZ)
    graph.link_nodes(
        source_of(graph, frames[0]),
        graph.add("aresample", rate),
        graph.add("aformat", sample_fmts="flt", sample_rates=rate),
        graph.add("abuffersink"),
    ).configure()
    like_first = [f for f in frames if kind_of(f) == kind_of(frames[0])]
    for frame in like_first:
        frame.pts = None
        graph.push(frame)
    graph.push(None)
    parts = [part.reshape(-1, channels).astype(np.float64) for part in pulled(graph)]
    samples: NDArray[np.float64] = np.concatenate([np.empty((0, channels)), *parts])
    return np.asarray(np.nan_to_num(samples.T), dtype=np.float64)
