"""Opening containers and reading their packets with PyAV, distrusting the file.

A file may be cut off, lie about itself, or try to make the demuxer open other files and addresses
(playlists, external tracks): nothing but the file itself is ever opened.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

import av
import av.error
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Discard, Disposition, Stream

from asr.containers.media_file import claims_mp4, unreadable
from asr.errors import DamagedMediaError, NotMediaError

# "tty" draws any text file as a picture; the others are lists of other files or addresses.
_NOT_MEDIA_FORMATS = frozenset({"tty", "hls", "dash", "concat", "concatf", "imf", "sdp", "rtsp"})
# Each error is followed by another read; a file that gives only errors must end.
_MAX_READ_ERRORS = 200
# From the lowest rate at which speech is still made out to the highest of any converter; a header
# that claims another lies, and a filter built for it would take gigabytes.
_LOWEST_RATE_HZ, _HIGHEST_RATE_HZ = 1_000, 768_000

logger = logging.getLogger(__name__)


@contextmanager
def opened(path: Path) -> Iterator[InputContainer]:
    """The container in a file, closed at the end.

    Raises:
        NotMediaError: no container is in it, or one that only points to other files.
        UnreadableMediaError: it cannot be opened as a file (any more).
        DamagedMediaError: it starts like a media file and cannot be opened.
    """
    with ExitStack() as stack:
        try:
            file = stack.enter_context(path.open("rb"))
        except OSError as error:
            raise unreadable(path, error) from error
        try:
            container = _container_in(file, path)
            stack.callback(container.close)
            if container.format.name in _NOT_MEDIA_FORMATS:
                raise NotMediaError(path, "it is text or a list of other files")
            yield container
        except _OutsideError as error:
            raise NotMediaError(path, f"it points to {error.url[:80]!r}") from error


class _OutsideError(Exception):
    """A demuxer wants to open something else than the file it was given."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


def _refuse(url: str, _flags: int, _options: dict[str, str]) -> NoReturn:
    raise _OutsideError(url)


def _container_in(file: BinaryIO, path: Path) -> InputContainer:
    try:
        # Old tags are in Latin-1 or worse, and a title is not worth a film.
        return av.open(file, mode="r", io_open=_refuse, metadata_errors="replace")
    except av.error.FFmpegError as error:
        if claims_mp4(path):
            raise DamagedMediaError(path, "its index is missing or unreadable") from error
        raise NotMediaError(path, "no known container is in it") from error


def video_of(container: InputContainer) -> Stream | None:
    """The first moving picture; cover art and thumbnails are none."""
    pictures = Disposition.attached_pic | Disposition.still_image | Disposition.timed_thumbnails
    moving = (s for s in container.streams.video if not s.disposition & pictures)
    return next(moving, None)


def only(container: InputContainer, audio_index: int) -> AudioStream:
    """The audio stream of that number; the packets of all others are not read any more."""
    chosen = container.streams.audio[audio_index]
    for other in container.streams:
        if other.index != chosen.index:
            other.discard = Discard.all
    return chosen


def start_s(stream: Stream) -> Fraction | None:
    """Where a stream starts, in seconds on the container's clock; None when it does not say."""
    if stream.start_time is None or stream.time_base is None:
        return None
    return stream.start_time * stream.time_base


def origin_s(container: InputContainer) -> Fraction:
    """Where the title's clock starts, on the container's: first picture, else first sound."""
    video = video_of(container)
    start = None if video is None else start_s(video)
    if start is not None:
        return start
    starts = [start_s(stream) for stream in container.streams.audio]
    return min((start for start in starts if start is not None), default=Fraction(0))


def packets(container: InputContainer, streams: Sequence[Any]) -> Iterator[Any]:
    """All packets, also those after a damaged stretch; ends with the decoders' flush packets."""
    for _ in range(_MAX_READ_ERRORS):
        try:
            yield from container.demux(*streams)
        except av.error.FFmpegError as error:
            logger.warning("a damaged stretch of the file was skipped: %s", error.strerror)
        except IndexError:  # PyAV knows no stream that shows itself only in the middle of a file
            logger.warning("a part of the file was skipped: a stream that was not there at first")
        else:
            return


def decoded(container: InputContainer, stream: Stream, *, path: Path, what: str) -> Iterator[Any]:
    """All frames of a stream that can be decoded and hold anything.

    Args:
        container: Open.
        stream: One of its streams.
        path: For the messages.
        what: ``audio`` or ``video``, for the messages.

    Raises:
        DamagedMediaError: when there are packets and none of them can be decoded.
    """
    frames = damaged = 0
    for packet in packets(container, (stream,)):
        try:
            for frame in packet.decode():
                if not _is_possible(frame):
                    damaged += 1
                elif _holds_anything(frame):
                    frames += 1
                    yield frame
        except av.error.FFmpegError:
            damaged += 1
    if damaged and not frames:
        raise DamagedMediaError(path, f"none of its {what} can be decoded")
    if damaged:
        logger.warning("%d damaged %s packets of %r were skipped", damaged, what, path.name)


def _holds_anything(frame: Any) -> bool:  # noqa: ANN401 - of sound or of a picture
    return not isinstance(frame, AudioFrame) or bool(frame.samples)


def _is_possible(frame: Any) -> bool:  # noqa: ANN401 - of sound or of a picture
    if not isinstance(frame, AudioFrame):
        return True
    return _LOWEST_RATE_HZ <= frame.sample_rate <= _HIGHEST_RATE_HZ
