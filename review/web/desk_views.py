"""What the workbench needs to know beside the cues: the grid of times, and a row for new cues."""

from dataclasses import dataclass
from fractions import Fraction

from review.tasks import CueState, ReviewCue, ReviewTask
from review.web.views import CueView, cue_view
from subtitles.span import Span
from subtitles.style.profile import StyleProfile, min_gap_ms

_BLANK = ReviewCue(
    cue_id="",
    ordinal=0,
    span=Span(0, 1),
    text="",
    source_text="",
    machine_text="",
    confidence=1.0,
    state=CueState.EDITED,
    version=0,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskView:
    """What the page of a task tells its scripts.

    Attributes:
        frame_rate: Frames a second as ``24000/1001``; empty where times are plain milliseconds.
        gap_ms: Smallest gap between cues.
        blank: A cue without anything: the mould of rows that steps bring into being.
    """

    frame_rate: str
    gap_ms: int
    blank: CueView


def desk_view(task: ReviewTask, profile: StyleProfile) -> DeskView:
    """The workbench of a task."""
    rate = None if task.frame_rate is None else Fraction(task.frame_rate)
    return DeskView(
        frame_rate="" if rate is None else f"{rate.numerator}/{rate.denominator}",
        gap_ms=min_gap_ms(profile, rate),
        blank=cue_view(_BLANK, profile),
    )
