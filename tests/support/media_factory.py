"""Media files constructed with PyAV, so that every time in them is known."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.fifo import AudioFifo
from numpy.typing import NDArray

RATE_HZ = 48_000
CLICK_MS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioTrack:
    """One audio stream: pieces of (start in seconds, samples of shape (channels, n))."""

    pieces: Sequence[tuple[float, NDArray[np.float32]]]
    codec: str = "aac"
    layout: str = "mono"
    rate_hz: int = RATE_HZ
    language: str | None = None
    title: str | None = None
    is_default: bool = False
    roles: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoTrack:
    """A grey picture."""

    seconds: float
    start_s: float = 0.0
    codec: str = "mpeg4"
    rate: Fraction = Fraction(25)
    size: tuple[int, int] = (64, 48)
    is_cover: bool = False
    options: dict[str, str] = field(default_factory=dict)


def clicks(
    seconds: float, at_s: Sequence[float], *, channels: int = 1, rate_hz: int = RATE_HZ
) -> NDArray[np.float32]:
    """Silence with a short loud tone at each of the given times."""
    samples = np.zeros((channels, round(seconds * rate_hz)), dtype=np.float32)
    length = CLICK_MS * rate_hz // 1000
    tone = 0.9 * np.sin(2 * np.pi * 1000 * np.arange(length) / rate_hz)
    for time in at_s:
        start = round(time * rate_hz)
        samples[:, start : start + length] = tone[: samples.shape[1] - start]
    return samples


def onsets_s(samples: NDArray[np.float32], *, rate_hz: int = 16_000) -> list[float]:
    """When each click starts in decoded samples."""
    loud = np.flatnonzero(np.abs(samples) > 0.2)
    if len(loud) == 0:
        return []
    first = np.concatenate(([True], np.diff(loud) > rate_hz // 10))
    return [round(float(index) / rate_hz, 4) for index in loud[first]]


def make_media(
    path: Path,
    *,
    audio: Sequence[AudioTrack] = (),
    video: VideoTrack | None = None,
    options: dict[str, str] | None = None,
    container_format: str | None = None,
) -> Path:
    """Write a media file; the container is chosen by the name's suffix unless given."""
    with av.open(str(path), "w", options=options or {}, format=container_format) as container:
        video_stream = None if video is None else _add_video(container, video)
        audio_streams = [_add_audio(container, track) for track in audio]
        packets = []
        if video is not None:
            packets += _video_packets(video_stream, video)
        for stream, track in zip(audio_streams, audio, strict=True):
            packets += _audio_packets(stream, track)
        packets.sort(key=lambda packet: packet.dts * packet.time_base)
        for packet in packets:
            container.mux(packet)
    return path


def _add_video(container, track):
    stream = container.add_stream(track.codec, rate=track.rate, options=track.options)
    stream.width, stream.height = track.size
    stream.pix_fmt = "yuvj420p" if track.codec == "mjpeg" else "yuv420p"
    if track.is_cover:
        stream.disposition = av.stream.Disposition.attached_pic
    return stream


def _add_audio(container, track):
    stream = container.add_stream(track.codec, rate=track.rate_hz, layout=track.layout)
    if track.language:
        stream.metadata["language"] = track.language
    if track.title:
        stream.metadata["title"] = track.title
    default = av.stream.Disposition.default if track.is_default else av.stream.Disposition(0)
    stream.disposition = default | av.stream.Disposition(track.roles)
    return stream


def _video_packets(stream, track):
    packets = []
    for index in range(1 if track.is_cover else round(track.seconds * track.rate)):
        picture = np.full((track.size[1], track.size[0], 3), index % 200, dtype=np.uint8)
        frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
        frame.time_base = 1 / track.rate
        frame.pts = index + round(track.start_s * track.rate)
        packets += stream.encode(frame)
    return packets + stream.encode(None)


def _packed(samples, layout):
    """Interleaved: PyAV crashes on planar frames of eight channels and more."""
    interleaved = np.ascontiguousarray(samples.T.reshape(1, -1))
    return av.AudioFrame.from_ndarray(interleaved, format="flt", layout=layout)


def _audio_packets(stream, track):
    packets = []
    frame_size = None
    for start_s, samples in track.pieces:
        fifo = AudioFifo()
        whole = _packed(samples, track.layout)
        whole.sample_rate = track.rate_hz
        fifo.write(whole)
        resampler = None
        position = round(start_s * track.rate_hz)
        frame_size = stream.codec_context.frame_size or 1024
        while (frame := fifo.read(frame_size, partial=True)) is not None:
            if frame.samples < frame_size and track.codec in {"aac", "libopus", "ac3"}:
                missing = (frame_size - frame.samples) * samples.shape[0]
                padded = np.pad(frame.to_ndarray(), ((0, 0), (0, missing)))
                frame = av.AudioFrame.from_ndarray(padded, format="flt", layout=track.layout)
                frame.sample_rate = track.rate_hz
            # The encoder's own sample format, and nothing else, is what it takes.
            resampler = resampler or av.AudioResampler(
                format=stream.codec_context.format, layout=track.layout, rate=track.rate_hz
            )
            frame.pts = position
            frame.time_base = Fraction(1, track.rate_hz)
            position += frame.samples
            for ready in resampler.resample(frame):
                packets += stream.encode(ready)
    return packets + stream.encode(None)
