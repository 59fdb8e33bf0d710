"""Probing and decoding media with PyAV (the FFmpeg libraries): the only home of ``av``.

Together with `asr.containers.av_container`. The title's own clock starts with its first video
frame, or with the first audio sample when there is no moving picture. FFmpeg applies edit lists and
encoder delays itself; what is left to us is to subtract the origin and to keep gaps.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.audio.stream import AudioStream as AvAudioStream
from av.container import InputContainer
from av.stream import Disposition, Stream
from numpy.typing import NDArray

from asr.containers.av_container import opened, origin_s, packets, start_s, video_of
from asr.containers.media_file import checked_digest
from asr.errors import NotMediaError
from asr.media import AudioStream, MediaAsset, StreamRole
from asr.picture.av_frame_rate import frame_rate
from asr.recognizer import AudioChunk
from asr.sound.av_samples import SEGMENT_MS, is_segmented, samples
from asr.sound.chunking import cut_spans, runs_of
from subtitles.language import LanguageTag, UnknownLanguageError, parse_language
from subtitles.span import MS_PER_SECOND, Span

# Bare streams state no duration; FFmpeg guesses it from the first packets' bit rate.
_GUESSED_DURATION_FORMATS = frozenset({"mp3", "aac", "ac3", "eac3", "loas", "amr"})
# Their index makes a seek land on true timestamps.
_SEEKABLE_FORMATS = frozenset({"mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm"})
# No title lasts two days. A damaged header or stamp easily claims a century, and all that is
# planned by the length would be planned for that.
_LONGEST_S = Fraction(48 * 3600)
_ROLES = (
    (Disposition.original, StreamRole.ORIGINAL),
    (Disposition.dub, StreamRole.DUB),
    (Disposition.comment, StreamRole.COMMENTARY),
    (Disposition.visual_impaired, StreamRole.AUDIO_DESCRIPTION),
    (Disposition.descriptions, StreamRole.AUDIO_DESCRIPTION),
    (Disposition.hearing_impaired, StreamRole.HEARING_IMPAIRED),
    (Disposition.karaoke, StreamRole.KARAOKE),
    (Disposition.clean_effects, StreamRole.NO_DIALOGUE),
)


def probe(path: Path) -> MediaAsset:
    """Describe a media file; reads all of it once, for its digest.

    Raises:
        UnreadableMediaError: see `checked_digest`.
        NotMediaError, DamagedMediaError: when no container can be opened.
    """
    media_id = checked_digest(path)
    with opened(path) as container:
        audio = list(container.streams.audio)
        video = video_of(container)
        if not audio and video is None:
            raise NotMediaError(path, "it holds neither sound nor moving pictures")
        origin = origin_s(container)
        ends = [*_stated_ends_s(container)]
        guessed = container.format.name in _GUESSED_DURATION_FORMATS
        if guessed or not ends or max(ends) - origin > _LONGEST_S:
            ends = [_scanned_end_s(path)]
        return MediaAsset(
            media_id=media_id,
            path=path,
            duration_ms=_ms(min(max(Fraction(0), max(ends) - origin), _LONGEST_S)),
            frame_rate=None if video is None else _frame_rate(path, container, video),
            has_video=video is not None,
            video_index=None if video is None else video.index,
            audio_streams=tuple(
                _described(index, stream, origin) for index, stream in enumerate(audio)
            ),
        )


def decode_blocks(asset: MediaAsset, stream: AudioStream) -> Iterator[NDArray[np.float32]]:
    """The whole stream as 16 kHz mono blocks on the title's clock, from 0 on, gapless.

    A block is what one packet or one gap gives: seconds at most. Damaged packets are skipped,
    logged and heard as silence.

    Raises:
        DamagedMediaError: when nothing at all can be decoded.
    """
    return samples(asset, stream, from_ms=0, to_ms=None)


def decode_spans(
    asset: MediaAsset, stream: AudioStream, spans: Sequence[Span]
) -> Iterator[AudioChunk]:
    """One chunk per span, in the given order, which must be that of their starts.

    A span beyond the end of the audio gives what there is, maybe no samples. Segments that no span
    is in are not decoded, where the stream has segments.
    """
    apart = len(spans) > 1 and is_segmented(asset, stream)
    runs = runs_of(spans, segment_ms=SEGMENT_MS) if apart else [spans] if spans else []
    index = 0
    for run in runs:
        from_ms, to_ms = run[0].start_ms, max(span.end_ms for span in run)
        blocks = samples(asset, stream, from_ms=from_ms, to_ms=to_ms)
        for chunk in cut_spans(blocks, run, start_ms=from_ms):
            yield replace(chunk, index=index)
            index += 1


def _stated_ends_s(container: InputContainer) -> Iterator[Fraction]:
    if container.duration is not None:
        yield Fraction((container.start_time or 0) + container.duration, av.time_base)
    for stream in (*container.streams.audio, *container.streams.video):
        if stream.duration is not None and stream.time_base is not None:
            yield (start_s(stream) or Fraction(0)) + stream.duration * stream.time_base


def _scanned_end_s(path: Path) -> Fraction:
    end = Fraction(0)
    with opened(path) as container:
        for packet in packets(container, (*container.streams.audio, *container.streams.video)):
            if packet.pts is not None and packet.time_base is not None:
                end = max(end, (packet.pts + (packet.duration or 0)) * packet.time_base)
    return end


def _frame_rate(path: Path, container: InputContainer, video: Stream) -> Fraction | None:
    can_seek = container.format.name in _SEEKABLE_FORMATS
    return frame_rate(path, video.index, can_seek=can_seek)


def _described(index: int, stream: AvAudioStream, origin: Fraction) -> AudioStream:
    start = start_s(stream)
    codec: AudioCodecContext | None = stream.codec_context  # None when no decoder knows it
    return AudioStream(
        index=index,
        language=_language(stream.language),
        title=stream.metadata.get("title", ""),
        channels=0 if codec is None else codec.channels,
        sample_rate_hz=0 if codec is None else codec.sample_rate,
        is_default=bool(stream.disposition & Disposition.default),
        start_ms=0 if start is None else _ms(start - origin),
        roles=frozenset(role for flag, role in _ROLES if stream.disposition & flag),
    )


def _language(code: str | None) -> LanguageTag | None:
    try:
        return parse_language(code) if code else None
    except UnknownLanguageError:  # "und", or whatever an encoder wrote there
        return None


def _ms(seconds: Fraction) -> int:
    return round(seconds * MS_PER_SECOND)
