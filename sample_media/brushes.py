"""Brushes for the sample film: an anti-aliased canvas and the few shapes its shots are made of.

Lengths are in picture heights: x runs from 0 to 848/480, y from 0 at the top to 1 at the bottom,
colours are RGB within [0, 1]. Everything is computed, nothing is loaded, so that equal calls give
equal pixels and the pictures belong to this project.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

WIDTH = 848
HEIGHT = 480
ASPECT = WIDTH / HEIGHT

Plane = NDArray[np.float32]
Colour = tuple[float, float, float]


def colour(hexadecimal: str) -> Colour:
    """``d97b4f`` as three numbers within [0, 1]."""
    red, green, blue = bytes.fromhex(hexadecimal)
    return red / 255, green / 255, blue / 255


class Canvas:
    """One frame being painted."""

    def __init__(self) -> None:
        grid_y, grid_x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
        self.x: Plane = (grid_x + 0.5) / HEIGHT
        self.y: Plane = (grid_y + 0.5) / HEIGHT
        self.rgb: Plane = np.zeros((HEIGHT, WIDTH, 3), np.float32)

    def _window(self, box: tuple[float, float, float, float]) -> tuple[slice, slice]:
        """The pixels a shape can touch, so that small shapes stay cheap."""
        left, top, right, bottom = (int(edge * HEIGHT) for edge in box)
        rows = slice(max(0, top - 2), max(0, min(HEIGHT, bottom + 3)))
        return rows, slice(max(0, left - 2), max(0, min(WIDTH, right + 3)))

    def _lay(
        self, cover: Plane, tint: Colour, window: tuple[slice, slice], opacity: float = 1.0
    ) -> None:
        region = self.rgb[window]
        region += (cover * opacity)[..., None] * (np.asarray(tint, np.float32) - region)

    def sky(self, *tints: str) -> None:
        """Fill the frame with a vertical run through the tints, top first."""
        stops = np.linspace(0, 1, len(tints))
        table = np.array([colour(tint) for tint in tints], np.float32)
        for channel in range(3):
            self.rgb[..., channel] = np.interp(self.y, stops, table[:, channel])

    def glow(self, x: float, y: float, radius: float, tint: str, opacity: float = 1.0) -> None:
        """A soft light that fades out as a bell curve."""
        distance = ((self.x - x) ** 2 + (self.y - y) ** 2) / (radius * radius)
        self._lay(np.exp(-2 * distance), colour(tint), np.s_[:, :], opacity)

    def ellipse(
        self, x: float, y: float, half: tuple[float, float], tint: str, opacity: float = 1.0
    ) -> None:
        """A filled ellipse around (x, y) with the given half axes."""
        window = self._window((x - half[0], y - half[1], x + half[0], y + half[1]))
        across, down = (self.x[window] - x) / half[0], (self.y[window] - y) / half[1]
        distance = (np.sqrt(across**2 + down**2) - 1) * min(half)
        self._lay(np.clip(0.5 - distance * HEIGHT, 0, 1), colour(tint), window, opacity)

    def polygon(self, points: Sequence[tuple[float, float]], tint: str, opacity: float = 1) -> None:
        """A filled convex polygon, corners clockwise as seen on the screen."""
        xs, ys = zip(*points, strict=True)
        window = self._window((min(xs), min(ys), max(xs), max(ys)))
        across, down = self.x[window], self.y[window]
        distance = np.full(across.shape, -1e3, np.float32)
        for (x0, y0), (x1, y1) in pairwise([*points, points[0]]):
            length = float(np.hypot(x1 - x0, y1 - y0))
            edge = ((across - x0) * (y1 - y0) - (down - y0) * (x1 - x0)) / length
            np.maximum(distance, edge, out=distance)
        self._lay(np.clip(0.5 - distance * HEIGHT, 0, 1), colour(tint), window, opacity)

    def box(self, x: float, y: float, size: tuple[float, float], tint: str) -> None:
        """A filled rectangle with its top left corner at (x, y)."""
        right, bottom = x + size[0], y + size[1]
        self.polygon([(x, y), (right, y), (right, bottom), (x, bottom)], tint)

    def stroke(self, points: Sequence[tuple[float, float]], width: float, tint: str) -> None:
        """A line with round ends through the points."""
        xs, ys = zip(*points, strict=True)
        pad = width
        window = self._window((min(xs) - pad, min(ys) - pad, max(xs) + pad, max(ys) + pad))
        across, down = self.x[window], self.y[window]
        distance = np.full(across.shape, 1e3, np.float32)
        for (x0, y0), (x1, y1) in pairwise(points):
            run, rise = x1 - x0, y1 - y0
            along = ((across - x0) * run + (down - y0) * rise) / (run * run + rise * rise)
            along = np.clip(along, 0, 1)
            np.minimum(
                distance,
                np.hypot(across - x0 - along * run, down - y0 - along * rise),
                out=distance,
            )
        self._lay(np.clip(0.5 - (distance - width / 2) * HEIGHT, 0, 1), colour(tint), window)

    def hills(self, level: float, height: float, phase: float, near: str, far: str) -> None:
        """Rolling ground from a wavy ridge downwards, lit from ``far`` at the ridge to ``near``."""
        x = self.x[0]
        ridge = level - height * (
            0.55 * np.sin(1.9 * x + phase)
            + 0.30 * np.sin(4.3 * x + 1.7 * phase + 1)
            + 0.15 * np.sin(9.1 * x + 2.3 * phase + 2)
        )
        depth = self.y - ridge[None, :]
        blend = np.clip(depth / 0.35, 0, 1)[..., None]
        tint = np.asarray(colour(far)) * (1 - blend) + np.asarray(colour(near)) * blend
        cover = np.clip(0.5 + depth * HEIGHT, 0, 1)[..., None]
        self.rgb += cover * (tint.astype(np.float32) - self.rgb)

    def cloud(self, x: float, y: float, size: float, tint: str, opacity: float = 0.8) -> None:
        """A heap of soft puffs with a flat foot."""
        cover = np.zeros_like(self.x)
        for dx, dy, radius in (
            (-1.1, 0.1, 0.6),
            (-0.4, -0.25, 0.8),
            (0.4, -0.1, 0.75),
            (1.1, 0.12, 0.5),
        ):
            gap = (self.x - x - dx * size) ** 2 + ((self.y - y - dy * size) * 1.5) ** 2
            np.maximum(cover, np.exp(-2.2 * gap / (radius * size) ** 2), out=cover)
        foot = np.clip((y + 0.3 * size - self.y) / (0.25 * size), 0, 1)
        self._lay(np.clip(cover * 1.6 - 0.3, 0, 1) * foot, colour(tint), np.s_[:, :], opacity)

    def pixels(self) -> NDArray[np.uint8]:
        """The frame as 24-bit RGB of shape (HEIGHT, WIDTH, 3), corners darkened a little."""
        away = ((self.x - ASPECT / 2) / ASPECT) ** 2 + (self.y - 0.5) ** 2
        shaded = self.rgb * (1 - 0.45 * away)[..., None]
        return (np.clip(shaded, 0, 1) * 255 + 0.5).astype(np.uint8)


def _arc(x: float, y: float, radius: float, start: float, end: float) -> list[tuple[float, float]]:
    """Points on a circle, angles in degrees, 0 to the right and 90 downwards."""
    angles = np.radians(np.linspace(start, end, 15))
    return [(x + radius * float(np.cos(a)), y + radius * float(np.sin(a))) for a in angles]


def glyph(letter: str) -> tuple[float, list[list[tuple[float, float]]]]:
    """Width and pen strokes of a capital, 1 high: only the letters that the title card needs."""
    s_curve = [*_arc(0.25, 0.25, 0.25, -30, -270), *_arc(0.25, 0.75, 0.25, -90, 150)[1:]]
    bowl = [(0.0, 0.0), *_arc(0.25, 0.25, 0.25, -90, 90), (0.0, 0.5)]
    belly = [(0.0, 0.5), *_arc(0.28, 0.75, 0.25, -90, 90), (0.0, 1.0)]
    big = [(0.0, 0.0), *_arc(0.12, 0.5, 0.5, -90, 90), (0.0, 1.0)]
    stem = [(0.0, 0.0), (0.0, 1.0)]
    table: dict[str, tuple[float, list[list[tuple[float, float]]]]] = {
        "A": (0.7, [[(0, 1), (0.35, 0), (0.7, 1)], [(0.13, 0.65), (0.57, 0.65)]]),
        "B": (0.53, [stem, bowl, belly]),
        "D": (0.62, [stem, big]),
        "E": (0.45, [stem, [(0, 0), (0.45, 0)], [(0, 0.5), (0.36, 0.5)], [(0, 1), (0.45, 1)]]),
        "I": (0.0, [stem]),
        "L": (0.43, [[(0, 0), (0, 1), (0.43, 1)]]),
        "N": (0.65, [[(0, 1), (0, 0), (0.65, 1), (0.65, 0)]]),
        "S": (0.5, [s_curve]),
        "T": (0.6, [[(0, 0), (0.6, 0)], [(0.3, 0), (0.3, 1)]]),
        "Y": (0.64, [[(0, 0), (0.32, 0.5), (0.64, 0)], [(0.32, 0.5), (0.32, 1)]]),
        " ": (0.25, []),
    }
    return table[letter]


def letter(canvas: Canvas, text: str, centre: float, top: float, size: float, tint: str) -> None:
    """Letter a line of capitals ``size`` high, centred at x = ``centre``."""
    gap = 0.32
    total = sum(glyph(char)[0] + gap for char in text) - gap
    pen = centre - total * size / 2
    for char in text:
        width, strokes = glyph(char)
        for points in strokes:
            placed = [(pen + x * size, top + y * size) for x, y in points]
            canvas.stroke(placed, size * 0.11, tint)
        pen += (width + gap) * size
