"""One audio stream as samples on the title's own clock, whole or from a moment on, with PyAV.

A stream is always decoded in the same segments, each from a seek of its own: so a moment in the
middle of a film has the same samples, bit by bit, whether the whole stream is listened to or only
a stretch of it, and a stretch costs no more than its own length and a segment. Where a seek could
not be exact, the stream is one segment, and a stretch costs all that is before it.
"""

import logging
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import chain, count

import av
import av.error
import numpy as np
from numpy.typing import NDArray

from asr.containers.av_container import only, opened, origin_s, packets, start_s
from asr.errors import DamagedMediaError
from asr.media import AudioStream, MediaAsset
from asr.sound.audio_timeline import AudioClock, PlacedAudio, lay_out
from asr.sound.av_audio import decoded, placed_audio
from asr.sound.av_mix import mix_of
from asr.sound.chunking import SAMPLES_PER_MS
from subtitles.span import MS_PER_SECOND

DECODING_VERSION = "3"
"""Part of every cache key made from samples: raise it when the same file gives other ones."""

SEGMENT_MS = 300_000
"""About a chunk: opening a file again costs a fraction of a second, decoding a segment one."""

# A seek lands on a true time: by an index, because every packet carries its own time, or (bare
# streams) since packets are counted from the start without decoding them.
_SEEKABLE_FORMATS = frozenset(
    {"mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm", "mpegts", "ogg", "flac", "wav", "mp3", "aac"}
)
# Decoded before a sought moment: more than the pre-roll of any audio codec (Opus: 80 ms), and than
# the second that `placed_audio` may leave out.
_PREROLL_MS = 2000
# Stated durations are rounded, or leave out the last packets.
_SLACK_S = Fraction(10)
# A stream that ends this much before it promised was cut off.
_MISSING_END_MS = 2000

logger = logging.getLogger(__name__)

Blocks = Iterator[NDArray[np.float32]]


def samples(asset: MediaAsset, stream: AudioStream, *, from_ms: int, to_ms: int | None) -> Blocks:
    """Gapless 16 kHz mono blocks from ``from_ms`` on, at least until ``to_ms`` (None: the end).

    Raises:
        DamagedMediaError: when nothing at all can be decoded.
    """
    try:
        yield from _samples(asset, stream, from_ms, to_ms)
    except av.error.FFmpegError as error:
        raise DamagedMediaError(asset.path, "its audio cannot be mixed") from error


def _samples(asset: MediaAsset, stream: AudioStream, from_ms: int, to_ms: int | None) -> Blocks:
    wanted, end = from_ms * SAMPLES_PER_MS, None if to_ms is None else to_ms * SAMPLES_PER_MS
    if not is_segmented(asset, stream):
        yield from _cut(_stretch(asset, stream, at=0), at=0, wanted=wanted, end=end)
        return
    segment = SEGMENT_MS * SAMPLES_PER_MS
    for at in count(wanted // segment * segment, segment):
        position = at
        for block in _cut(_stretch(asset, stream, at=at), at=at, wanted=at, end=at + segment):
            position += len(block)
            yield block[max(0, wanted - (position - len(block))) :]
            if end is not None and position >= end:
                return
        if position < at + segment:
            return


def is_segmented(asset: MediaAsset, stream: AudioStream) -> bool:
    """Whether the stream is decoded in segments of `SEGMENT_MS`, and not from its start alone."""
    return asset.duration_ms > SEGMENT_MS and _can_seek(asset, stream)


@lru_cache(maxsize=64)
def _can_seek(asset: MediaAsset, stream: AudioStream) -> bool:
    """Whether a seek is exact: by the format, and since no clock starts again in the middle."""
    with opened(asset.path) as container:
        if container.format.name not in _SEEKABLE_FORMATS:
            return False
        chosen, last_s = only(container, stream.index), None
        for packet in packets(container, (chosen,)):
            if packet.dts is None or packet.time_base is None:
                continue
            time_s = float(packet.dts * packet.time_base)
            if last_s is not None and not AudioClock.is_plausible_step(time_s - last_s):
                logger.warning("the clock of audio stream %d starts again", stream.index)
                return False
            last_s = time_s
    return True


def _cut(blocks: Blocks, *, at: int, wanted: int, end: int | None) -> Blocks:
    """The blocks, which begin at sample ``at``, between two samples."""
    for block in blocks:
        fresh = block[max(0, wanted - at) : None if end is None else max(0, end - at)]
        at += len(block)
        if len(fresh):
            yield fresh
        if end is not None and at >= end:
            return


def _stretch(asset: MediaAsset, stream: AudioStream, *, at: int) -> Blocks:
    """Gapless blocks from sample ``at`` to the end of the stream."""
    if at:
        placed = _placed(asset, stream, sought_ms=at // SAMPLES_PER_MS)
        try:
            first = next((piece for piece in placed if len(piece.samples)), None)
        except (av.error.FFmpegError, DamagedMediaError):
            first = None
        if first is not None and first.at_sample <= at:
            yield from lay_out(chain([first], placed), start_sample=at)
            return
        # It did not land before that moment, so it is not known what is heard there.
    yield from lay_out(_placed(asset, stream, sought_ms=None), start_sample=at)


def _placed(
    asset: MediaAsset, stream: AudioStream, *, sought_ms: int | None
) -> Iterator[PlacedAudio]:
    mix = mix_of(asset, stream)
    with opened(asset.path) as container:
        chosen = only(container, stream.index)
        origin = origin_s(container)
        if sought_ms is not None:
            wanted_s = origin + Fraction(sought_ms - _PREROLL_MS, MS_PER_SECOND)
            container.seek(int(wanted_s * av.time_base))
        end_sample = 0
        for piece in placed_audio(
            decoded(container, chosen, path=asset.path),
            origin=origin,
            latest_s=Fraction(asset.duration_ms, MS_PER_SECOND) + _SLACK_S,
            mix=mix,
            counted_from=None if sought_ms is None else start_s(chosen),
        ):
            end_sample = max(end_sample, piece.at_sample + len(piece.samples))
            yield piece
        if start_s(chosen) is not None and chosen.duration is not None and chosen.time_base:
            ends_s = (start_s(chosen) or 0) + chosen.duration * chosen.time_base - origin
            _warn_of_missing_end(end_sample // SAMPLES_PER_MS, round(ends_s * MS_PER_SECOND))


def _warn_of_missing_end(end_ms: int, promised_ms: int) -> None:
    if end_ms < promised_ms - _MISSING_END_MS:
        logger.warning("the audio ends at %d ms and promised %d ms", end_ms, promised_ms)
