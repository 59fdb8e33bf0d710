"""What of the moving picture matters for the timing of cues."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from subtitles.errors import PolycueError


class InvalidPictureError(PolycueError, ValueError):
    """A frame rate of zero, or shot changes out of order."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what

    def __str__(self) -> str:
        return f"not a picture track: {self.what}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The frame grid, the cuts and the end of a title; audio alone has none of them.

    Attributes:
        frame_rate: Exact, such as 24000/1001; None for audio alone and for a variable frame rate,
            where times are plain milliseconds.
        duration_ms: Where the media ends; None when nobody knows.
        shot_changes_ms: First frame of every new shot, ascending, without the first shot of all.
    """

    frame_rate: Fraction | None = None
    duration_ms: int | None = None
    shot_changes_ms: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.frame_rate is not None and self.frame_rate <= 0:
            raise InvalidPictureError(f"a frame rate of {self.frame_rate}")
        if any(later <= earlier for earlier, later in pairwise(self.shot_changes_ms)):
            raise InvalidPictureError("its shot changes are out of order")


NO_PICTURE = Picture()
"""Of a title about which nothing but its sound is known."""
