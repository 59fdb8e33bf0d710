"""The ten shots of the sample film: what each shows at a given second, and how long it lasts."""

from collections.abc import Callable
from dataclasses import dataclass

import scenes
from brushes import ASPECT, Canvas, letter

FRAMES_PER_SECOND = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One shot: ``paint(canvas, seconds since its own first frame)``, for ``frames`` frames."""

    name: str
    frames: int
    paint: Callable[[Canvas, float], None]


def _frame_border(canvas: Canvas, tint: str) -> None:
    for inset, width in ((0.06, 0.008), (0.085, 0.003)):
        left, right, top, bottom = inset, ASPECT - inset, inset, 1 - inset
        corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
        canvas.stroke(corners, width, tint)


def _leaf_row(canvas: Canvas, y: float, tint: str, grown: float) -> None:
    """An ornament that grows outwards from the middle."""
    middle = ASPECT / 2
    reach = 0.36 * grown
    canvas.stroke([(middle - reach - 0.01, y), (middle + reach + 0.01, y)], 0.004, tint)
    for step in range(1, 7):
        along = 0.06 * step
        if along > reach:
            break
        for side in (-1, 1):
            for lift in (-0.016, 0.016):
                canvas.ellipse(middle + side * along, y + lift, (0.016, 0.008), tint)
    canvas.ellipse(middle, y, (0.017, 0.017), tint)


def title(canvas: Canvas, seconds: float) -> None:
    """Title card on cream paper."""
    canvas.sky("f6ecd9", "f1e2c6", "e8d4b0")
    _frame_border(canvas, "8a5a3c")
    letter(canvas, "SENSE", ASPECT / 2, 0.20, 0.115, "5b2e2a")
    letter(canvas, "AND", ASPECT / 2, 0.405, 0.05, "a0703f")
    letter(canvas, "SENSIBILITY", ASPECT / 2, 0.545, 0.115, "5b2e2a")
    _leaf_row(canvas, 0.79, "7c8a5a", min(1.0, 0.25 + seconds / 2))


def closing(canvas: Canvas, seconds: float) -> None:
    """Closing card in dark green."""
    canvas.sky("20392f", "1b3028", "14241f")
    _frame_border(canvas, "c9a25a")
    grown = min(1.0, 0.2 + seconds / 2)
    for y in (0.40, 0.60):
        _leaf_row(canvas, y, "c9a25a", grown)
    scenes.house(canvas, ASPECT / 2, 0.535, 0.1, ("e6d7b8", "8d5b45", "20392f"))


def storyboard() -> tuple[Shot, ...]:
    """The shots in order; a hard cut lies between any two."""
    return (
        Shot(name="title card", frames=72, paint=title),
        Shot(name="country house at dawn", frames=108, paint=scenes.dawn),
        Shot(name="carriage at sunset", frames=90, paint=scenes.avenue),
        Shot(name="candle and letter", frames=102, paint=scenes.candle),
        Shot(name="rain over a lake", frames=72, paint=scenes.lake),
        Shot(name="windmill at noon", frames=78, paint=scenes.mill),
        Shot(name="ship off white cliffs", frames=78, paint=scenes.cliffs),
        Shot(name="village street at dusk", frames=90, paint=scenes.street),
        Shot(name="winter night", frames=90, paint=scenes.winter),
        Shot(name="closing card", frames=84, paint=closing),
    )


def cut_frames() -> tuple[int, ...]:
    """The number of the first frame after each cut."""
    cuts, frame = [], 0
    for shot in storyboard()[:-1]:
        frame += shot.frames
        cuts.append(frame)
    return tuple(cuts)
