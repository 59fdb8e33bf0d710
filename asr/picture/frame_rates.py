"""Whether a video's pictures come at one steady rate, and at which (pure).

What a container says about its frame rate is a hint: an average over a rounded duration, or the
time base in disguise. The timestamps themselves decide.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from statistics import median_low

from subtitles.span import MS_PER_SECOND

STANDARD_RATES = (
    Fraction(24000, 1001),
    Fraction(24),
    Fraction(25),
    Fraction(30000, 1001),
    Fraction(30),
    Fraction(50),
    Fraction(60000, 1001),
    Fraction(60),
)

# Frame rates outside are time bases in disguise (90000, 1000) or still pictures.
_SLOWEST, _FASTEST = Fraction(1), Fraction(300)
# A stated rate this near to a standard one is that one, written with few digits: 23.98 is off by
# 1/6000, 2997/125 by a millionth; 24 and 24000/1001 lie five times as far apart.
_SAME_RATE = Fraction(1, 5000)
# A stated rate this far from the usual step between pictures is no candidate.
_NEAR = Fraction(1, 50)
# Timestamps are rounded to the time base, and were rounded to a millisecond if ever in Matroska.
_ROUNDING_S = Fraction(1, MS_PER_SECOND)
FEWEST_STAMPS = 6
"""With fewer timestamps nothing can be told."""


def plausible(rate: Fraction | None) -> bool:
    """Whether a stated rate can be one of moving pictures."""
    return rate is not None and _SLOWEST <= rate <= _FASTEST


def standard(rate: Fraction) -> Fraction:
    """The standard rate that is meant, or the rate itself when none is within 0.02 %."""
    nearest = min(STANDARD_RATES, key=lambda known: abs(rate / known - 1))
    return nearest if abs(rate / nearest - 1) <= _SAME_RATE else rate


def constant_rate(
    windows: Sequence[Sequence[Fraction]], *, tick_s: Fraction, stated: Sequence[Fraction]
) -> Fraction | None:
    """The rate on whose grid every picture lies; None for a variable rate.

    A picture left out, as screen recorders do, leaves the grid as it is. Of several rates that fit
    a short video, the one nearest to the first stated rate is meant.

    Args:
        windows: Times of pictures in seconds, from one or more stretches of the video; at least
            `FEWEST_STAMPS` of them.
        tick_s: The time base.
        stated: What the container says, most trusted first.
    """
    ordered = [sorted(set(window)) for window in windows]
    steps = [later - earlier for window in ordered for earlier, later in pairwise(window)]
    if not steps:
        return None
    usual_s = median_low(steps)
    tolerance_s = tick_s + _ROUNDING_S
    for rate in _candidates(usual_s, tick_s, stated):
        if all(_unrest(window, rate) <= tolerance_s for window in ordered):
            return standard(rate)
    return None


def _candidates(
    usual_s: Fraction, tick_s: Fraction, stated: Sequence[Fraction]
) -> Iterator[Fraction]:
    """Rates whose pictures are about that far apart, the likeliest first."""
    wanted = next(iter(stated), 1 / usual_s)
    known = sorted((*STANDARD_RATES, *stated), key=lambda rate: abs(rate / wanted - 1))
    for rate in dict.fromkeys(known):
        if abs(1 / rate - usual_s) <= usual_s * _NEAR + max(tick_s, _ROUNDING_S):
            yield rate


def _unrest(window: Sequence[Fraction], rate: Fraction) -> Fraction:
    """How far the pictures of one stretch are from one grid of that rate."""
    offsets = [time - round((time - window[0]) * rate) / rate for time in window]
    return max(offsets) - min(offsets) if offsets else Fraction(0)
