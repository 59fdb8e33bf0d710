"""Geometry of the report's drawings, in the units of their view boxes; the page only paints."""

from dataclasses import dataclass

from subtitles.distributions import Histogram
from subtitles.report.model import Strip
from subtitles.report.timecode import short_clock
from subtitles.report.wording import counted, number
from subtitles.span import MS_PER_MINUTE, MS_PER_SECOND

PLOT_WIDTH, PLOT_HEIGHT = 460.0, 180.0
_LEFT, _RIGHT, _TOP, _BASE = 34.0, 452.0, 26.0, 158.0
_LABEL_CHAR = 6.2
"""Width of a character of a label, about."""

STRIP_WIDTH, STRIP_HEIGHT = 1000.0, 132.0
_STRIP_LEFT, _STRIP_RIGHT = 78.0, 992.0
_CUTS_BASE, _CUTS_HIGH = 18.0, 12.0
_CUES_BASE, _CUES_HIGH = 52.0, 26.0
LANES = (("errors", "error", 66.0), ("warnings", "warning", 82.0), ("infos", "info", 98.0))
"""Name of the counts, severity, and the middle of the lane."""
_TICK_STEPS_MS = (
    *(1_000, 2_000, 5_000, 10_000, 15_000, 30_000),
    *(minutes * MS_PER_MINUTE for minutes in (1, 2, 5, 10, 15, 20, 30, 60, 120, 240, 600, 1200)),
)
_MOST_TICKS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar; ``beyond`` when all it holds is beyond a limit."""

    x: float
    y: float
    width: float
    height: float
    beyond: bool
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A text at a place; ``anchor`` as SVG has it."""

    x: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A histogram."""

    bars: tuple[Bar, ...]
    ticks: tuple[Label, ...]
    limits: tuple[Label, ...]
    most: int
    top: float = _TOP
    base: float = _BASE
    left: float = _LEFT
    right: float = _RIGHT


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Findings of one severity in one part of the strip."""

    x: float
    size: float
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StripDrawing:
    """A strip: two paths, three lanes of marks, an axis."""

    cuts: str
    cues: str
    lanes: tuple[tuple[str, float, tuple[Mark, ...]], ...]
    ticks: tuple[Label, ...]
    left: float = _STRIP_LEFT
    right: float = _STRIP_RIGHT
    cues_base: float = _CUES_BASE


def plot_of(histogram: Histogram, *, shown_unit: str, per_unit: float, tick: float) -> Plot:
    """A histogram drawn with an axis in ``shown_unit``.

    Args:
        histogram: What to draw.
        shown_unit: Of the axis.
        per_unit: The histogram's units in one of the axis.
        tick: Between two labels of the axis, in the histogram's unit.
    """
    step, counts = histogram.step, histogram.counts
    end = max(len(counts) * step, histogram.highest + 2 * step)
    scale = (_RIGHT - _LEFT) / end
    most = max(counts, default=0)
    high = (_BASE - _TOP) / max(most, 1)
    while end / tick > _MOST_TICKS:
        tick *= 2
    bars = [
        Bar(
            x=round(_LEFT + bar * step * scale, 1),
            y=round(_BASE - count * high, 1),
            width=round(max(step * scale - 1, 1), 1),
            height=round(count * high, 1),
            beyond=_is_beyond(bar * step, histogram),
            says=f"{number(bar * step / per_unit)} to {number((bar + 1) * step / per_unit)} "
            f"{shown_unit}: {counted(count, 'cue')}",
        )
        for bar, count in enumerate(counts)
        if count
    ]
    return Plot(
        bars=tuple(bars),
        ticks=tuple(
            Label(x=round(_LEFT + at * tick * scale, 1), text=number(at * tick / per_unit))
            for at in range(int(end / tick) + 1)
        ),
        limits=tuple(
            _limit(limit, _LEFT + limit * scale, f"{number(limit / per_unit)} {shown_unit}", side)
            for limit, side in ((histogram.lowest, "at least"), (histogram.highest, "at most"))
            if limit is not None
        ),
        most=most,
    )


def _is_beyond(start: float, histogram: Histogram) -> bool:
    is_below = histogram.lowest is not None and start + histogram.step <= histogram.lowest
    return is_below or start >= histogram.highest


def _limit(limit: float, x: float, text: str, side: str) -> Label:
    """The label stands where it fits."""
    said = f"{side} {text}"
    fits_right = limit and x + len(said) * _LABEL_CHAR < _RIGHT
    return Label(x=round(x, 1), text=said, anchor="start" if fits_right else "end")


def strip_drawing(strip: Strip) -> StripDrawing:
    """The strip over the page's width."""
    wide = (_STRIP_RIGHT - _STRIP_LEFT) / len(strip.covered)
    most_cuts = max((*strip.shot_changes, 1))
    cuts = [
        f"M{_STRIP_LEFT + (part + 0.5) * wide:.1f} {_CUTS_BASE}v{-_high(count, most_cuts):.1f}"
        for part, count in enumerate(strip.shot_changes)
        if count
    ]
    cues = [
        f"M{_STRIP_LEFT + part * wide:.1f} {_CUES_BASE}"
        f"v{-share * _CUES_HIGH:.1f}h{wide - 0.4:.1f}V{_CUES_BASE}z"
        for part, share in enumerate(strip.covered)
        if share
    ]
    lanes = (
        (severity, y, _marks(strip, getattr(strip, counts), severity, wide))
        for counts, severity, y in LANES
    )
    return StripDrawing(
        cuts="".join(cuts), cues="".join(cues), lanes=tuple(lanes), ticks=_time_ticks(strip)
    )


def _high(count: int, most: int) -> float:
    """Half the height for the first, the rest in proportion."""
    return _CUTS_HIGH * (0.5 + 0.5 * count / most)


def _marks(strip: Strip, counts: tuple[int, ...], severity: str, wide: float) -> tuple[Mark, ...]:
    part_ms = strip.length_ms / len(counts)
    return tuple(
        Mark(
            x=round(_STRIP_LEFT + (part + 0.5) * wide, 1),
            size=2.6 if count == 1 else 3.4 if count < 4 else 4.2,  # noqa: PLR2004 - looks
            says=f"{short_clock(int(part * part_ms))} to {short_clock(int((part + 1) * part_ms))}: "
            f"{counted(count, severity)}",
        )
        for part, count in enumerate(counts)
        if count
    )


def _time_ticks(strip: Strip) -> tuple[Label, ...]:
    step_ms = next(
        (step for step in _TICK_STEPS_MS if strip.length_ms / step <= _MOST_TICKS),
        strip.length_ms,
    )
    scale = (_STRIP_RIGHT - _STRIP_LEFT) / strip.length_ms
    instants = range(0, strip.length_ms + 1, max(step_ms, MS_PER_SECOND))
    return tuple(
        Label(
            x=round(_STRIP_LEFT + at * scale, 1),
            text=short_clock(at),
            anchor="start" if not at else "end" if at == strip.length_ms else "middle",
        )
        for at in instants
    )
