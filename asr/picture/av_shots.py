"""Finding shot changes in a video with PyAV: every picture decoded once, and looked at tiny.

FFmpeg decodes without the interpreter's lock, so this runs beside recognition in one process.
"""

import logging
from collections.abc import Callable, Iterator
from fractions import Fraction

import av
import av.error
import numpy as np
from av.codec.context import ThreadType
from av.stream import Discard
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

from asr.containers.av_container import decoded, opened, origin_s
from asr.errors import DamagedMediaError
from asr.media import MediaAsset
from asr.picture.cuts import CUTS_VERSION, HEIGHT, WIDTH, CutDetector, Thumbnail
from asr.picture.picture_timeline import PictureClock, exact_ms
from asr.picture.shots import ShotChanges
from subtitles.signature import EngineSignature
from subtitles.span import MS_PER_SECOND

# A decoder thread keeps a whole picture, and sixteen of them at 4K are 200 MB.
_MOST_THREADS = 4
# Blocks an encoder left unsmoothed vanish in a thumbnail; smoothing them costs a tenth of the time.
_DECODER_OPTIONS = {"skip_loop_filter": "all"}
# Rows read for each row of a thumbnail: the rest of a large picture adds nothing but time.
_ROWS_EACH = 4
_BYTE = 8
# Stated durations are rounded, or leave out the last packets.
_SLACK_S = Fraction(10)

logger = logging.getLogger(__name__)


class AvShotFinder:
    """Implements `asr.picture.shots.ShotFinder`.

    Args:
        threads: Of the decoder.
    """

    def __init__(self, *, threads: int = 1) -> None:
        self._threads = max(1, min(threads, _MOST_THREADS))

    @property
    def signature(self) -> EngineSignature:
        """See the port."""
        return EngineSignature(
            engine="polycue-cuts",
            engine_version=CUTS_VERSION,
            options=(("pyav", av.__version__),),
        )

    def find(self, asset: MediaAsset, *, advanced: Callable[[int], None]) -> ShotChanges:
        """See the port."""
        if asset.video_index is None:
            return ShotChanges()
        detector, frames, told_ms = CutDetector(), 0, 0
        cuts: list[Fraction] = []
        for time_s, thumbnail in self._thumbnails(asset, asset.video_index):
            frames += 1
            cuts += detector.feed(time_s, thumbnail)
            if time_s * MS_PER_SECOND >= told_ms + MS_PER_SECOND:
                told_ms = int(time_s * MS_PER_SECOND)
                advanced(told_ms)
        cuts += detector.finish()
        at_ms = {exact_ms(cut, asset.frame_rate) for cut in cuts}
        return ShotChanges(at_ms=tuple(sorted(ms for ms in at_ms if ms > 0)), frames=frames)

    def _thumbnails(
        self, asset: MediaAsset, video_index: int
    ) -> Iterator[tuple[Fraction, Thumbnail]]:
        """Every picture with the time it is shown at, on the title's own clock."""
        with opened(asset.path) as container:
            for stream in container.streams:
                if stream.index != video_index:
                    stream.discard = Discard.all
            video = container.streams[video_index]
            if not isinstance(video, VideoStream) or video.codec_context is None:
                raise DamagedMediaError(asset.path, "the codec of its video is unknown")
            video.codec_context.thread_type = ThreadType.AUTO
            video.codec_context.thread_count = self._threads
            video.codec_context.options = dict(_DECODER_OPTIONS)
            clock = PictureClock(
                origin_s=origin_s(container),
                frame_s=None if asset.frame_rate is None else 1 / asset.frame_rate,
                latest_s=Fraction(asset.duration_ms, MS_PER_SECOND) + _SLACK_S,
            )
            for frame in decoded(container, video, path=asset.path, what="video"):
                yield clock.admit(_stamp_s(frame)), _thumbnail(frame)


def _stamp_s(frame: VideoFrame) -> Fraction | None:
    """When a picture is shown, on the container's clock; None when nothing tells."""
    if frame.pts is None or frame.time_base is None:
        return None
    return frame.pts * frame.time_base


def _thumbnail(frame: VideoFrame) -> Thumbnail:
    """The brightness of a picture, `WIDTH` × `HEIGHT`, each value the mean of its part."""
    plane = _luma(frame)
    if plane is None or plane.shape[0] < HEIGHT or plane.shape[1] < WIDTH:
        small = frame.reformat(width=WIDTH, height=HEIGHT, format="gray", interpolation="AREA")
        return small.to_ndarray().astype(np.float32)
    rows = plane[:: max(1, plane.shape[0] // (HEIGHT * _ROWS_EACH))]
    high, wide = rows.shape[0] // HEIGHT, rows.shape[1] // WIDTH
    top, left = (rows.shape[0] - high * HEIGHT) // 2, (rows.shape[1] - wide * WIDTH) // 2
    parts = rows[top : top + high * HEIGHT, left : left + wide * WIDTH]
    sums = parts.reshape(HEIGHT, high, -1).sum(axis=1, dtype=np.uint32).astype(np.float32)
    # A product with ones adds neighbours up five times as fast as a sum over an axis does.
    sums = (sums.reshape(-1, wide) @ np.ones(wide, dtype=np.float32)).reshape(HEIGHT, WIDTH)
    depth = 1 << (frame.format.components[0].bits - _BYTE)
    return np.asarray(sums / np.float32(high * wide * depth), dtype=np.float32)


def _luma(frame: VideoFrame) -> NDArray[np.unsignedinteger] | None:
    """The brightness plane as it lies in memory; None where there is none of its own."""
    form, plane = frame.format, frame.planes[0]
    bits = form.components[0].bits
    has_own = form.name.startswith(("yuv4", "yuvj4", "gray")) and form.is_planar
    if not has_own or form.is_big_endian or bits < _BYTE or plane.line_size <= 0:
        return None
    kind: np.dtype[np.unsignedinteger] = np.dtype("u1" if bits == _BYTE else "<u2")
    flat = np.frombuffer(memoryview(plane), dtype=kind)
    rows: NDArray[np.unsignedinteger] = flat.reshape(frame.height, -1)[:, : frame.width]
    return rows
