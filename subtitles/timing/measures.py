"""How far times are from what they should stand on, in frames: for reports and for the form."""

from bisect import bisect_left
from fractions import Fraction

from subtitles.cues import Cue, Edge
from subtitles.picture import Picture
from subtitles.span import MS_PER_SECOND
from subtitles.style.profile import FALLBACK_FRAME_RATE


def frames_between(earlier_ms: int, later_ms: int, frame_rate: Fraction | None) -> int:
    """Frames from one instant to another, to the nearest; negative when it lies before.

    Without a constant frame rate, frames of 24/s, as the published rules count them.
    """
    rate = frame_rate or FALLBACK_FRAME_RATE
    unit = 2 * MS_PER_SECOND * rate.denominator
    return (2 * (later_ms - earlier_ms) * rate.numerator + unit // 2) // unit


def cut_distance_frames(edge_ms: int, picture: Picture) -> int | None:
    """How far an end of a cue is from the nearest cut; None without cuts.

    0 is on the cut, -2 two frames before it, 12 half a second after it at 24 frames/s. Of two cuts
    as near, the earlier one counts.
    """
    cuts = picture.shot_changes_ms
    if not cuts:
        return None
    index = bisect_left(cuts, edge_ms)
    near = cuts[max(0, index - 1) : index + 1]
    nearest_ms = min(near, key=lambda cut_ms: abs(edge_ms - cut_ms))
    return frames_between(nearest_ms, edge_ms, picture.frame_rate)


def speech_offset_frames(cue: Cue, edge: Edge, picture: Picture) -> int | None:
    """How much later than its speech a cue comes or goes; None when nobody knows its speech.

    Negative when it comes (or goes) before. One or two frames pass as on the speech.
    """
    if cue.speech is None:
        return None
    if edge is Edge.IN_TIME:
        return frames_between(cue.speech.start_ms, cue.span.start_ms, picture.frame_rate)
    return frames_between(cue.speech.end_ms, cue.span.end_ms, picture.frame_rate)
