"""Sound, encoding and reference texts of the samples: everything that `build.py` puts together."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from brushes import HEIGHT, WIDTH, Canvas
from numpy.typing import NDArray
from shots import FRAMES_PER_SECOND, storyboard

Samples = NDArray[np.int16]

MAX_LINE_CHARACTERS = 42
"""Of a reference cue's line: the usual limit for English subtitles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceCue:
    """One cue of a reference: when it is spoken, and its one or two lines."""

    start_ms: int
    end_ms: int
    lines: tuple[str, ...]


def decode_mono(path: Path) -> tuple[Samples, int]:
    """All samples of a 16-bit mono file, and its rate in Hz."""
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        if stream.channels != 1 or stream.format.name != "s16":
            message = f"{path.name}: expected 16-bit mono, found {stream.format.name}"
            raise SystemExit(message)
        parts = [frame.to_ndarray().ravel() for frame in container.decode(stream)]
        return np.concatenate(parts), stream.rate


def silence(duration_ms: int, rate_hz: int) -> Samples:
    """Digital silence."""
    return np.zeros(duration_ms * rate_hz // 1000, np.int16)


def read_prompts(path: Path) -> dict[int, tuple[int, int, str]]:
    """Start, end (ms) and text of every block of a plain SubRip file, by its number."""
    stamp = r"(\d\d):(\d\d):(\d\d),(\d\d\d)"
    block = re.compile(rf"(\d+)\n{stamp} --> {stamp}\n(.+)\n")
    found = {}
    for match in block.finditer(path.read_text("utf-8")):
        number, *clock = (int(part) for part in match.groups()[:9])
        start_ms, end_ms = (
            ((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds
            for hours, minutes, seconds, milliseconds in (clock[:4], clock[4:])
        )
        found[number] = (start_ms, end_ms, match.group(10).strip())
    return found


def balanced_lines(text: str) -> tuple[str, ...]:
    """One line, or two of at most `MAX_LINE_CHARACTERS`: broken at a stop or comma, else evenly."""
    if len(text) <= MAX_LINE_CHARACTERS:
        return (text,)
    breaks = [(text[: at.start()], text[at.end() :]) for at in re.finditer(" ", text)]
    fitting = [pair for pair in breaks if max(map(len, pair)) <= MAX_LINE_CHARACTERS]
    if not fitting:
        message = f"no two lines of {MAX_LINE_CHARACTERS} characters hold {text!r}"
        raise SystemExit(message)
    return min(
        fitting, key=lambda pair: (pair[0][-1] not in ".,;", abs(len(pair[0]) - len(pair[1])))
    )


def srt(cues: tuple[ReferenceCue, ...]) -> str:
    """The cues as a SubRip file."""

    def clock(ms: int) -> str:
        return f"{ms // 3600000:02}:{ms // 60000 % 60:02}:{ms // 1000 % 60:02},{ms % 1000:03}"

    blocks = (
        f"{number}\n{clock(cue.start_ms)} --> {clock(cue.end_ms)}\n" + "\n".join(cue.lines) + "\n"
        for number, cue in enumerate(cues, start=1)
    )
    return "\n".join(blocks)


def _frames() -> Iterator[av.VideoFrame]:
    number = 0
    for shot in storyboard():
        for frame in range(shot.frames):
            canvas = Canvas()
            shot.paint(canvas, frame / FRAMES_PER_SECOND)
            picture = av.VideoFrame.from_ndarray(canvas.pixels(), format="rgb24")
            picture = picture.reformat(format="yuv420p", dst_colorspace="itu709")
            picture.pts, picture.time_base = number, Fraction(1, FRAMES_PER_SECOND)
            yield picture
            number += 1


def _sound_frame(samples: Samples, rate_hz: int) -> av.AudioFrame:
    frame = av.AudioFrame.from_ndarray(samples[None, :], format="s16", layout="mono")
    frame.sample_rate, frame.pts, frame.time_base = rate_hz, 0, Fraction(1, rate_hz)
    return frame


def encode_film(path: Path, sound: Samples, rate_hz: int, title: str) -> None:
    """Write the film: H.264 and AAC in MP4, index in front, a keyframe at least every second.

    One encoder thread and no clock time in the headers, so that the same libraries give the same
    bytes again.
    """
    with av.open(
        str(path), "w", format="mp4", options={"movflags": "+faststart", "fflags": "+bitexact"}
    ) as out:
        out.metadata["title"] = title
        video = out.add_stream("libx264", rate=FRAMES_PER_SECOND)
        video.width, video.height, video.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        video.codec_context.thread_count = 1
        video.codec_context.gop_size = FRAMES_PER_SECOND
        video.codec_context.color_primaries = video.codec_context.color_trc = 1  # BT.709
        video.codec_context.colorspace = 1
        video.options = {"crf": "22", "preset": "slow", "flags": "+bitexact"}
        audio = out.add_stream("aac", rate=48000, layout="mono")
        audio.bit_rate = 96000
        audio.codec_context.options = {"flags": "+bitexact"}
        audio.metadata["language"] = "eng"
        resampler = av.AudioResampler(format="fltp", layout="mono", rate=48000, frame_size=1024)
        for piece in [*resampler.resample(_sound_frame(sound, rate_hz)), *resampler.resample(None)]:
            out.mux(audio.encode(piece))
        out.mux(audio.encode(None))
        for picture in _frames():
            out.mux(video.encode(picture))
        out.mux(video.encode(None))


def encode_flac(path: Path, sound: Samples, rate_hz: int, title: str) -> None:
    """Write a mono FLAC file: lossless, so that the reference stays exact."""
    with av.open(str(path), "w", format="flac", options={"fflags": "+bitexact"}) as out:
        out.metadata["title"] = title
        stream = out.add_stream("flac", rate=rate_hz, layout="mono")
        stream.codec_context.options = {"compression_level": "12", "flags": "+bitexact"}
        resampler = av.AudioResampler(format="s16", layout="mono", rate=rate_hz, frame_size=4096)
        for piece in [*resampler.resample(_sound_frame(sound, rate_hz)), *resampler.resample(None)]:
            out.mux(stream.encode(piece))
        out.mux(stream.encode(None))
