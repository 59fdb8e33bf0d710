"""Reading picture times out of a container with PyAV, a few stretches of it, undecoded."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from pathlib import Path

import av
import av.error
from av.container import InputContainer
from av.stream import Discard
from av.video.stream import VideoStream

from asr.containers.av_container import opened, packets
from asr.picture.frame_rates import FEWEST_STAMPS, constant_rate, plausible, standard

# Stretches of a film, and pictures of each: enough for every recorder's habits, and quick.
_WINDOWS = 8
_WINDOW_PICTURES = 250
# Without an index the file is read from its start on.
_ONLY_WINDOW_PICTURES = 2000
# Where an average is this far from what the stream states, the statement is of something else
# (fields, or the time base).
_SAME_RATE = Fraction(1, 100)


def frame_rate(path: Path, video_index: int, *, can_seek: bool) -> Fraction | None:
    """The exact rate at which pictures come; None when it varies, or nothing tells it."""
    with opened(path) as container:
        video = container.streams[video_index]
        if not isinstance(video, VideoStream):
            return None
        for stream in container.streams:
            if stream.index != video_index:
                stream.discard = Discard.all
        exact, average = video.guessed_rate, video.average_rate
        stated = [rate for rate in (exact, average) if rate is not None and plausible(rate)]
        tick_s = video.time_base or Fraction(1, av.time_base)
        windows = list(_windows(container, video, can_seek=can_seek))
    if sum(map(len, windows)) < FEWEST_STAMPS:
        return _stated_rate(exact, average)
    return constant_rate(windows, tick_s=tick_s, stated=stated)


def _stated_rate(exact: Fraction | None, average: Fraction | None) -> Fraction | None:
    """The exact rate where the stream keeps one, else the average; None when implausible."""
    if average is None or not plausible(average):
        average = None
    if exact is None or not plausible(exact):
        return None if average is None else standard(average)
    trusted = average is None or abs(exact / average - 1) <= _SAME_RATE
    return standard(exact if trusted or average is None else average)


def _windows(
    container: InputContainer, video: VideoStream, *, can_seek: bool
) -> Iterator[list[Fraction]]:
    """Picture times of stretches all over the file, or of its start."""
    duration = container.duration
    if not can_seek or not duration:
        yield _stamps(container, video, _ONLY_WINDOW_PICTURES)
        return
    start = container.start_time or 0
    for number in range(_WINDOWS):
        try:
            container.seek(start + duration * number // _WINDOWS)
        except av.error.FFmpegError:  # a damaged index: what was read so far must do
            return
        yield _stamps(container, video, _WINDOW_PICTURES)


def _stamps(container: InputContainer, video: VideoStream, count: int) -> list[Fraction]:
    stamped = (
        packet.pts * packet.time_base
        for packet in packets(container, (video,))
        if packet.pts is not None and packet.time_base is not None and not packet.is_discard
    )
    return list(islice(stamped, count))
