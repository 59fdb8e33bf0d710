"""When each picture of a video is shown, on the title's own clock (pure)."""

import logging
from fractions import Fraction

from subtitles.span import MS_PER_SECOND, ms_from_frames

# A longer step back is a clock that started again because two recordings were glued together; the
# sound is followed through such a jump in the same way.
_LONGEST_STEP_BACK_S = Fraction(1)
# Where nothing says how long a picture stays.
_USUAL_FRAME_S = Fraction(1, 25)
# Containers round timestamps to a millisecond: the picture itself and the first of all.
_ROUNDING_MS = 2

logger = logging.getLogger(__name__)


class PictureClock:
    """Follows the timestamps of one video stream.

    Args:
        origin_s: Where the title's clock starts on the container's.
        frame_s: How long a picture stays; None when that varies.
        latest_s: No picture is later than this on the title's clock; a timestamp beyond it is
            taken for a clock that jumped.
    """

    def __init__(self, *, origin_s: Fraction, frame_s: Fraction | None, latest_s: Fraction) -> None:
        self._shift_s = -origin_s
        self._frame_s = frame_s or _USUAL_FRAME_S
        self._latest_s = latest_s
        self._last_s: Fraction | None = None

    def admit(self, stamp_s: Fraction | None) -> Fraction:
        """When a picture is shown, in seconds; one without a timestamp follows the one before."""
        following = Fraction(0) if self._last_s is None else self._last_s + self._frame_s
        time_s = following if stamp_s is None else stamp_s + self._shift_s
        if time_s > self._latest_s or time_s < following - _LONGEST_STEP_BACK_S:
            logger.warning("video clock jumps at %.3f s: taken as continuous", float(following))
            self._shift_s += following - time_s
            time_s = following
        if self._last_s is not None:
            time_s = max(time_s, self._last_s)
        self._last_s = time_s
        return time_s


def exact_ms(time_s: Fraction, frame_rate: Fraction | None) -> int:
    """A picture's time in milliseconds: that of its frame number where there is a frame rate.

    A timestamp that lies off the frame grid by more than containers round is kept as it is.
    """
    if frame_rate is not None:
        on_grid = ms_from_frames(round(time_s * frame_rate), frame_rate)
        if abs(on_grid - time_s * MS_PER_SECOND) <= _ROUNDING_MS:
            return on_grid
    return round(time_s * MS_PER_SECOND)
