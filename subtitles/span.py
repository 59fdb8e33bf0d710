"""Stretches of time on the title's own clock, in whole milliseconds."""

from dataclasses import dataclass
from fractions import Fraction

from subtitles.errors import PolycueError

MS_PER_SECOND = 1000
MS_PER_MINUTE = 60 * MS_PER_SECOND


class InvalidSpanError(PolycueError, ValueError):
    """A span that starts before zero or ends before it starts."""

    def __init__(self, start_ms: int, end_ms: int) -> None:
        super().__init__(start_ms, end_ms)
        self.start_ms, self.end_ms = start_ms, end_ms

    def __str__(self) -> str:
        return f"a span cannot run from {self.start_ms} ms to {self.end_ms} ms"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open stretch of time, milliseconds from the first video frame (or audio sample).

    Raises:
        InvalidSpanError: unless ``0 <= start_ms <= end_ms``. Empty spans are allowed, since
            recognisers do emit zero-length words.
    """

    start_ms: int
    end_ms: int

    def __post_init__(self) -> None:
        if not 0 <= self.start_ms <= self.end_ms:
            raise InvalidSpanError(self.start_ms, self.end_ms)

    @property
    def duration_ms(self) -> int:
        """Length in milliseconds."""
        return self.end_ms - self.start_ms

    def shifted(self, offset_ms: int) -> "Span":
        """The same length, ``offset_ms`` later (earlier when negative)."""
        return Span(self.start_ms + offset_ms, self.end_ms + offset_ms)

    def overlap_ms(self, other: "Span") -> int:
        """How long both spans run at once; 0 when they only touch or lie apart."""
        return max(0, min(self.end_ms, other.end_ms) - max(self.start_ms, other.start_ms))


def gap_ms(earlier: Span, later: Span) -> int:
    """Silence between two spans; negative when they overlap."""
    return later.start_ms - earlier.end_ms


def ms_from_seconds(seconds: float) -> int:
    """Convert once, at the edge, by rounding."""
    return round(seconds * MS_PER_SECOND)


def ms_from_frames(frames: int, frame_rate: Fraction) -> int:
    """Return the start of frame ``frames``, exact for 24000/1001 and its kin."""
    return round(frames * MS_PER_SECOND / frame_rate)
