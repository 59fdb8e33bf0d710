"""Films constructed with numpy, so that every cut in them is known."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.float32]
"""Brightness 0…255, shape (height, width)."""

SIZE = (128, 80)
_SCENE = 3  # a scene is so many times as wide and high as the picture


@lru_cache(maxsize=64)
def scene(seed: int, *, size: tuple[int, int] = SIZE) -> Picture:
    """Something to film: light and shade with sharp-edged things in it, larger than a picture."""
    rng = np.random.default_rng(seed)
    width, height = size[0] * _SCENE, size[1] * _SCENE
    canvas = np.zeros((height, width), dtype=np.float32)
    for cells in (3, 7, 15):
        knots = rng.random((cells, cells), dtype=np.float32) - 0.5
        rows = np.linspace(0, cells - 1.001, height)
        columns = np.linspace(0, cells - 1.001, width)
        top, left = rows.astype(int), columns.astype(int)
        down, right = (rows - top)[:, None], (columns - left)[None, :]
        upper = knots[top][:, left] * (1 - right) + knots[top][:, left + 1] * right
        lower = knots[top + 1][:, left] * (1 - right) + knots[top + 1][:, left + 1] * right
        canvas += (upper * (1 - down) + lower * down) * 180 / cells**0.5
    canvas += rng.integers(70, 180)
    for _ in range(40):
        x, y = rng.integers(width), rng.integers(height)
        wide, high = rng.integers(width // 40, width // 8), rng.integers(height // 40, height // 6)
        canvas[y : y + high, x : x + wide] += rng.integers(-90, 90)
    return np.clip(canvas, 0, 255)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A camera on a scene.

    Attributes:
        seed: Of the scene.
        frames: How long.
        at: Where the camera looks first, as shares of the room it has, 0…1.
        pan: How far it moves a frame, in widths and heights of the picture.
        zoom: How much larger things get a frame.
        close: How much larger they are at first.
        shake: How far it trembles, in widths of the picture.
        light: Brightness: the share that is left.
        grain: Standard deviation of the film's noise.
    """

    seed: int
    frames: int
    at: tuple[float, float] = (0.5, 0.5)
    pan: tuple[float, float] = (0.0, 0.0)
    zoom: float = 0.0
    close: float = 1.0
    shake: float = 0.0
    light: float = 1.0
    grain: float = 0.0

    def pictures(self, *, size: tuple[int, int] = SIZE) -> Iterator[Picture]:
        """Its frames."""
        filmed, rng = scene(self.seed, size=size), np.random.default_rng(self.seed)
        width, height = size
        for number in range(self.frames):
            scale = self.close * (1 + self.zoom) ** number
            wide, high = width / scale, height / scale
            tremble = self.shake * rng.standard_normal(2)
            x = self.at[0] * (filmed.shape[1] - wide) + (self.pan[0] * number + tremble[0]) * width
            y = self.at[1] * (filmed.shape[0] - high) + (self.pan[1] * number + tremble[1]) * height
            columns = np.mod(x + np.arange(width) / scale, filmed.shape[1]).astype(int)
            rows = np.mod(y + np.arange(height) / scale, filmed.shape[0]).astype(int)
            picture = filmed[rows][:, columns] * self.light
            if self.grain:
                picture = picture + rng.normal(0, self.grain, picture.shape)
            yield np.clip(picture, 0, 255).astype(np.float32)


def pictures_of(*shots: Shot, size: tuple[int, int] = SIZE) -> list[Picture]:
    """The frames of shots joined by hard cuts."""
    return [picture for shot in shots for picture in shot.pictures(size=size)]


def cuts_of(*shots: Shot) -> list[int]:
    """Numbers of the first frames after the cuts."""
    return [int(number) for number in np.cumsum([shot.frames for shot in shots])[:-1]]


def dissolved(before: Sequence[Picture], after: Sequence[Picture], frames: int) -> list[Picture]:
    """Two shots, the last frames of one mixed with the first of the other."""
    shares = [(number + 1) / (frames + 1) for number in range(frames)]
    mixed = [
        (1 - share) * one + share * other
        for share, one, other in zip(shares, before[-frames:], after[:frames], strict=True)
    ]
    return [*before[:-frames], *mixed, *after[frames:]]


def faded(pictures: Sequence[Picture], frames: int, *, to: float = 0.0) -> list[Picture]:
    """A shot that goes out to an even grey in its last frames."""
    keep = [1.0] * (len(pictures) - frames) + [1 - (n + 1) / frames for n in range(frames)]
    return [
        share * picture + (1 - share) * to for share, picture in zip(keep, pictures, strict=True)
    ]


def flashed(pictures: Sequence[Picture], at: Iterable[int], *, share: float = 0.9) -> list[Picture]:
    """Some frames burnt out, as by a photographer's flash."""
    burnt = set(at)
    return [
        (1 - share) * one + share * 255 if number in burnt else one
        for number, one in enumerate(pictures)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reel:
    """How pictures become a video stream.

    Attributes:
        rate: Pictures a second.
        stamps: Of the time base 1/90000, for a variable rate; None for a steady one.
        first: Number of the first frame: how much later than 0 the stream starts.
        codec: FFmpeg's name.
        pixels: FFmpeg's name of the pixel format.
        options: Of the encoder.
    """

    rate: Fraction = Fraction(25)
    stamps: Sequence[int] | None = None
    first: int = 0
    codec: str = "libx264"
    pixels: str = "yuv420p"
    options: dict[str, str] = field(default_factory=lambda: {"preset": "ultrafast", "crf": "26"})


def make_film(path: Path, pictures: Sequence[Picture], reel: Reel | None = None) -> Path:
    """Write a video of these pictures, and nothing else."""
    reel = reel or Reel()
    with av.open(str(path), "w") as container:
        stream = container.add_stream(reel.codec, rate=reel.rate, options=reel.options)
        stream.height, stream.width = pictures[0].shape
        stream.pix_fmt = reel.pixels
        if reel.stamps is not None:
            stream.codec_context.time_base = Fraction(1, 90_000)
        for number, picture in enumerate(pictures):
            grey = np.clip(picture, 0, 255).astype(np.uint8)
            frame = av.VideoFrame.from_ndarray(grey, format="gray").reformat(format=reel.pixels)
            if reel.stamps is None:
                frame.pts, frame.time_base = reel.first + number, 1 / reel.rate
            else:
                frame.pts, frame.time_base = reel.stamps[number], Fraction(1, 90_000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path
