"""Shares as bars, in the units of an SVG's view box."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 640
LABEL_WIDTH = 150
ROW_HEIGHT = 24
BAR_HEIGHT = 14
_VALUE_ROOM = 60
_TOP = 4
# As many as are read with ease; the table below has them all.
MAX_BARS = 24
_LONGEST_LABEL = 22


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar with its label before it and its value behind it."""

    label: str
    value: str
    y: int
    text_y: int
    width: float
    value_x: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BarPlot:
    """Bars below each other, all from one line; ``left_out``: how many more there were."""

    height: int
    bars: tuple[Bar, ...]
    left_out: int


def bar_plot(shares: Sequence[tuple[str, float]]) -> BarPlot:
    """Bars of shares, 0…1 and beyond; the longest one fills the width.

    Args:
        shares: Label and share of each, in order.
    """
    shown = shares[:MAX_BARS]
    most = max((share for _, share in shown), default=0.0) or 1.0
    room = WIDTH - LABEL_WIDTH - _VALUE_ROOM
    bars = []
    for number, (label, share) in enumerate(shown):
        y, width = _TOP + number * ROW_HEIGHT, round(room * share / most, 1)
        bars.append(
            Bar(
                label=_shortened(label),
                value=percent(share),
                y=y,
                text_y=y + BAR_HEIGHT - 2,
                width=width,
                value_x=round(LABEL_WIDTH + width + 6, 1),
            )
        )
    height = 2 * _TOP + len(shown) * ROW_HEIGHT
    return BarPlot(height=height, bars=tuple(bars), left_out=len(shares) - len(shown))


def percent(share: float | None) -> str:
    """Such as ``12.5 %``; a dash where there is nothing to count."""
    return "–" if share is None else f"{100 * share:.1f} %"


def _shortened(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1]}…"
