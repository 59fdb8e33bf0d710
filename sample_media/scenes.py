"""The eight scenes of the sample film; each paints what is seen so many seconds into the shot."""

import math

from brushes import ASPECT, Canvas


def house(canvas: Canvas, x: float, y: float, size: float, tints: tuple[str, str, str]) -> None:
    """A country house: wings, roofs, chimneys and rows of windows; y is its foot."""
    wall, roof, window = tints
    for left, width, height in ((-1.0, 0.55, 0.5), (0.45, 0.55, 0.5), (-0.5, 1.0, 0.62)):
        x0, top = x + left * size, y - height * size
        canvas.box(x0, top, (width * size, height * size), wall)
        eaves = 0.05 * size
        canvas.polygon(
            [
                (x0 + 0.12 * size, top - 0.2 * size),
                (x0 + (width - 0.12) * size, top - 0.2 * size),
                (x0 + width * size + eaves, top),
                (x0 - eaves, top),
            ],
            roof,
        )
    for left in (-0.75, -0.3, 0.22, 0.68):
        canvas.box(x + left * size, y - 0.95 * size, (0.08 * size, 0.25 * size), roof)
    for column in range(9):
        for row in (0.18, 0.42):
            left = x + (-0.93 + column * 0.215) * size
            canvas.box(left, y - row * size - 0.1 * size, (0.09 * size, 0.13 * size), window)


def dawn(canvas: Canvas, seconds: float) -> None:
    """The country house under a rising sun."""
    canvas.sky("5b7fb4", "9fb6cf", "f4cfa0", "f7b77c")
    sun = 0.50 - 0.018 * seconds
    canvas.glow(1.28, sun, 0.5, "fff0c0", 0.75)
    canvas.ellipse(1.28, sun, (0.055, 0.055), "fff6dc")
    canvas.cloud(0.35 + 0.012 * seconds, 0.2, 0.13, "fbe3cf", 0.75)
    canvas.cloud(0.95 + 0.008 * seconds, 0.12, 0.09, "fde9d6", 0.6)
    canvas.hills(0.60, 0.06, 0.4 + 0.01 * seconds, "7d93a0", "a9b3b0")
    canvas.hills(0.70, 0.06, 2.2 + 0.02 * seconds, "4f7355", "86a06f")
    house(canvas, 0.62, 0.745, 0.25, ("e9d3b4", "7a4b42", "5d6f86"))
    canvas.hills(0.80, 0.05, 4.0 + 0.035 * seconds, "24452f", "5d8550")


def avenue(canvas: Canvas, seconds: float) -> None:
    """A carriage between poplars against an evening sky."""
    canvas.sky("2d2a55", "8a3f6b", "e0703f", "fbb55a")
    canvas.glow(0.45, 0.66, 0.7, "ffe08a", 0.6)
    canvas.ellipse(0.45, 0.63, (0.11, 0.11), "ffeaa8")
    canvas.hills(0.70, 0.04, 1.0, "4a2140", "7a3450")
    for index in range(7):
        x = 0.1 + index * 0.29 - 0.02 * seconds
        canvas.box(x - 0.006, 0.6, (0.012, 0.22), "1d1026")
        canvas.ellipse(x, 0.5, (0.045, 0.2), "241330")
    canvas.hills(0.82, 0.015, 3.0, "140a1c", "2b1530")
    x = 0.15 + 0.27 * seconds
    bounce = 0.003 * math.sin(seconds * 11)
    for offset in (0.0, 0.13):
        canvas.ellipse(x + offset, 0.795, (0.036, 0.036), "0e0716")
        canvas.ellipse(x + offset, 0.795, (0.026, 0.026), "5c2b3c")
        canvas.ellipse(x + offset, 0.795, (0.007, 0.007), "0e0716")
    canvas.box(x - 0.03, 0.685 + bounce, (0.19, 0.085), "0e0716")
    canvas.box(x + 0.005, 0.7 + bounce, (0.04, 0.035), "f2a65a")
    canvas.box(x + 0.085, 0.7 + bounce, (0.04, 0.035), "f2a65a")
    canvas.stroke([(x + 0.16, 0.77), (x + 0.26, 0.755)], 0.006, "0e0716")
    canvas.ellipse(x + 0.31, 0.745, (0.062, 0.027), "0e0716")
    canvas.stroke([(x + 0.355, 0.735), (x + 0.395, 0.675)], 0.026, "0e0716")
    canvas.ellipse(x + 0.41, 0.672, (0.027, 0.013), "0e0716")
    for leg, start in enumerate((0.265, 0.285, 0.34, 0.36)):
        swing = 0.022 * math.sin(seconds * 13 + leg * 1.6)
        canvas.stroke([(x + start, 0.755), (x + start + swing, 0.825)], 0.008, "0e0716")


def candle(canvas: Canvas, seconds: float) -> None:
    """A candle and a letter at a window by night."""
    canvas.sky("3b2418", "4a2d1c", "2d1a12")
    canvas.box(1.02, 0.08, (0.56, 0.62), "6b4226")
    canvas.box(1.05, 0.11, (0.5, 0.56), "16233f")
    canvas.ellipse(1.40, 0.24, (0.05, 0.05), "e9edf5")
    for x, y in ((1.12, 0.2), (1.22, 0.33), (1.17, 0.47), (1.48, 0.42), (1.34, 0.52)):
        canvas.ellipse(x, y, (0.004, 0.004), "c9d6ee")
    canvas.box(1.29, 0.11, (0.02, 0.56), "6b4226")
    canvas.box(1.05, 0.38, (0.5, 0.02), "6b4226")
    canvas.box(0.0, 0.76, (ASPECT, 0.24), "5f3620")
    canvas.box(0.0, 0.76, (ASPECT, 0.012), "8a5530")
    canvas.polygon([(0.66, 0.83), (1.06, 0.83), (1.14, 0.95), (0.6, 0.95)], "e9d9b6")
    for line, end in enumerate((0.99, 0.99, 0.99, 0.95)):
        y = 0.853 + 0.022 * line
        canvas.stroke([(0.71 - 0.01 * line, y), (end, y)], 0.004, "7a5b42")
    flicker = 0.5 + 0.3 * math.sin(seconds * 9.0) + 0.2 * math.sin(seconds * 23.0)
    sway = 0.006 * math.sin(seconds * 4.3)
    canvas.glow(0.42, 0.46, 0.5 + 0.03 * flicker, "ffb347", 0.55)
    canvas.box(0.385, 0.56, (0.07, 0.24), "f3e6cf")
    canvas.ellipse(0.42, 0.81, (0.11, 0.025), "b98a3e")
    canvas.stroke([(0.42, 0.56), (0.42, 0.53)], 0.005, "2a1a10")
    height = 0.055 + 0.01 * flicker
    canvas.ellipse(0.42 + sway, 0.495, (0.022, height), "ffd166")
    canvas.ellipse(0.42 + sway / 2, 0.512, (0.011, height * 0.55), "fff6d8")


def _scatter(number: int) -> tuple[float, float]:
    """Evenly scattered points of the unit square, one a number (powers of the plastic number)."""
    return number * 0.7548776662 % 1, number * 0.5698402910 % 1


def lake(canvas: Canvas, seconds: float) -> None:
    """Rain over a lake."""
    canvas.sky("5d6d78", "8b9aa2", "a9b5b8")
    for index, x in enumerate((0.2, 0.7, 1.2, 1.65)):
        canvas.cloud(x - 0.02 * seconds, 0.1 + 0.04 * (index % 2), 0.2, "6b7a84", 0.85)
    canvas.hills(0.50, 0.08, 5.1, "5a6d70", "70838a")
    canvas.hills(0.56, 0.04, 0.9, "3f5654", "51696a")
    canvas.box(0.0, 0.58, (ASPECT, 0.42), "6f868f")
    for row in range(9):
        y = 0.6 + 0.045 * row
        x = (0.37 * row + 0.1 * math.sin(seconds + row)) % 1.2
        canvas.stroke([(x, y), (x + 0.3 + 0.03 * row, y)], 0.003, "8fa4aa")
    for drop in range(70):
        scatter_x, scatter_y = _scatter(drop)
        x = (scatter_x * ASPECT - 0.05 * seconds) % ASPECT
        y = (scatter_y * 1.1 + (1.3 + 0.1 * (drop % 5)) * seconds) % 1.1 - 0.05
        canvas.stroke([(x, y), (x - 0.006, y + 0.04)], 0.0025, "cfdadd")


def mill(canvas: Canvas, seconds: float) -> None:
    """A windmill above corn fields at noon."""
    canvas.sky("3f8fd0", "8cc4ea", "d8eef7")
    canvas.cloud(0.3 + 0.03 * seconds, 0.22, 0.14, "ffffff", 0.95)
    canvas.cloud(1.5 + 0.02 * seconds, 0.15, 0.11, "ffffff", 0.9)
    canvas.hills(0.66, 0.05, 2.9, "5d9a58", "8fbf72")
    canvas.hills(0.76, 0.06, 0.3, "d69a2d", "f2cf63")
    canvas.polygon([(0.90, 0.36), (1.04, 0.36), (1.09, 0.74), (0.85, 0.74)], "f4ead8")
    canvas.polygon([(0.97, 0.27), (1.06, 0.36), (0.88, 0.36)], "8d3b2e")
    canvas.box(0.945, 0.63, (0.05, 0.11), "6a4a36")
    for arm in range(4):
        angle = seconds * 0.9 + arm * math.pi / 2
        dx, dy = math.cos(angle), math.sin(angle)
        hub_x, hub_y = 0.97, 0.37
        near, far, side = 0.05, 0.27, 0.045
        canvas.polygon(
            [
                (hub_x + near * dx, hub_y + near * dy),
                (hub_x + far * dx, hub_y + far * dy),
                (hub_x + far * dx - side * dy, hub_y + far * dy + side * dx),
                (hub_x + near * dx - side * dy, hub_y + near * dy + side * dx),
            ],
            "fbf5e6",
        )
        canvas.stroke([(hub_x, hub_y), (hub_x + far * dx, hub_y + far * dy)], 0.009, "5b3d2b")
    canvas.hills(0.90, 0.03, 1.6 + 0.05 * seconds, "b87b1f", "e5b544")


def cliffs(canvas: Canvas, seconds: float) -> None:
    """A ship off white cliffs."""
    canvas.sky("6fb6d9", "a8d8e8", "e4f3ee", "e4f3ee")
    canvas.cloud(1.25 - 0.01 * seconds, 0.18, 0.16, "ffffff", 0.9)
    canvas.box(0.0, 0.60, (ASPECT, 0.4), "1f7a8c")
    for row in range(8):
        y = 0.63 + 0.05 * row
        for column in range(4):
            x = (0.47 * column + 0.21 * row + 0.05 * seconds) % (ASPECT + 0.2) - 0.1
            canvas.stroke([(x, y), (x + 0.05 + 0.015 * row, y)], 0.004, "4fa3ad")
    x, y = 0.85 + 0.06 * seconds, 0.64 + 0.006 * math.sin(seconds * 2.2)
    canvas.polygon(
        [(x - 0.12, y - 0.03), (x + 0.15, y - 0.03), (x + 0.1, y + 0.03), (x - 0.09, y + 0.03)],
        "5a2f22",
    )
    for mast, tall in ((-0.05, 0.24), (0.045, 0.28)):
        canvas.stroke([(x + mast, y - 0.03), (x + mast, y - tall - 0.03)], 0.007, "3c2018")
        top = y - tall
        canvas.polygon(
            [(x + mast + 0.008, top), (x + mast + 0.09, y - 0.06), (x + mast + 0.008, y - 0.06)],
            "fdf6e8",
        )
        canvas.polygon(
            [
                (x + mast - 0.008, top + 0.03),
                (x + mast - 0.008, y - 0.06),
                (x + mast - 0.05, y - 0.06),
            ],
            "efe2c8",
        )
    canvas.polygon([(-0.05, 0.3), (0.34, 0.34), (0.43, 0.72), (-0.05, 0.86)], "f3efe4")
    canvas.polygon([(-0.05, 0.3), (0.12, 0.32), (0.16, 0.8), (-0.05, 0.86)], "dcd6c6")
    canvas.polygon([(-0.05, 0.25), (0.34, 0.30), (0.37, 0.37), (-0.05, 0.36)], "6fa04f")


def street(canvas: Canvas, seconds: float) -> None:
    """A village street at dusk; one window after another is lit."""
    canvas.sky("1f2148", "4a3b73", "b0678a", "e6a08a")
    canvas.hills(0.66, 0.05, 3.6, "2d2550", "4f3d70")
    for index in range(6):
        width, height = 0.27, 0.2 + 0.06 * ((index * 5) % 3)
        x, foot = -0.03 + index * 0.305, 0.80
        canvas.box(x, foot - height, (width, height), ("40305e", "4b3564", "382a55")[index % 3])
        canvas.polygon(
            [
                (x + width / 2, foot - height - 0.13),
                (x + width + 0.02, foot - height),
                (x - 0.02, foot - height),
            ],
            "231a3c",
        )
        for pane in range(2):
            lit = seconds * 2.6 > (index * 7 + pane * 5) % 9
            tint = "ffd27a" if lit else "2a2146"
            canvas.box(x + 0.055 + 0.105 * pane, foot - height + 0.045, (0.055, 0.07), tint)
        canvas.box(x + 0.11, foot - 0.09, (0.05, 0.09), "1c1430")
    canvas.box(0.0, 0.80, (ASPECT, 0.2), "2b2140")
    for x in (0.28, 1.2):
        canvas.glow(x, 0.56, 0.12, "ffdf9a", 0.7)
        canvas.stroke([(x, 0.86), (x, 0.58)], 0.01, "120c20")
        canvas.box(x - 0.016, 0.54, (0.032, 0.045), "fff0c4")


def winter(canvas: Canvas, seconds: float) -> None:
    """Snow and a full moon."""
    canvas.sky("0b1738", "1c3262", "48669a")
    canvas.glow(0.42, 0.24, 0.35, "dfe9ff", 0.55)
    canvas.ellipse(0.42, 0.24, (0.085, 0.085), "f7f9ff")
    canvas.hills(0.66, 0.07, 1.9, "6f8bb8", "9db4d8")
    for index, x in enumerate((0.16, 0.3, 0.98, 1.1, 1.52, 1.66)):
        foot, size = 0.74 + 0.015 * (index % 3), 0.1 + 0.02 * (index % 2)
        for tier in range(3):
            top = foot - size * (2.3 - 0.65 * tier)
            half = size * (0.32 + 0.16 * tier)
            canvas.polygon([(x, top), (x + half, top + size), (x - half, top + size)], "17304f")
    canvas.hills(0.82, 0.06, 5.5 + 0.02 * seconds, "c6d5ee", "eef4ff")
    house(canvas, 1.3, 0.82, 0.12, ("4b3a45", "e8effa", "ffcf70"))
    for flake in range(90):
        scatter_x, scatter_y = _scatter(flake)
        x = (scatter_x * ASPECT + 0.03 * math.sin(seconds * 1.3 + flake)) % ASPECT
        y = (scatter_y * 1.04 + (0.09 + 0.02 * (flake % 4)) * seconds) % 1.04 - 0.02
        size = 0.003 + 0.0015 * (flake % 3)
        canvas.ellipse(x, y, (size, size), "ffffff", 0.85)
