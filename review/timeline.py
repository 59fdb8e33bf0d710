"""What a film sounds and cuts like over time: the ground on which people set in- and out-times."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from review.hearing import HeardWord
from subtitles.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A film's sound and picture along its own clock.

    Attributes:
        duration_ms: Of the film's sound.
        peaks_hz: Stretches of waveform a second; 0 without a waveform.
        peaks: Base64 of pairs of signed bytes, lowest and highest sample of each stretch, full
            scale 127; empty without a waveform.
        shot_changes_ms: In-times of the shots, ascending; empty when nobody looked for them.
        speech: Where somebody surely speaks, in order.
    """

    duration_ms: int
    peaks_hz: int
    peaks: str
    shot_changes_ms: tuple[int, ...]
    speech: tuple[Span, ...]


class Timelines(Protocol):
    """One timeline a film, whatever the languages it is reviewed in."""

    def keep(self, media_id: str, timeline: Timeline, words: Sequence[HeardWord] = ()) -> None:
        """Store it in the place of what was known before. Twice is once.

        Args:
            media_id: The film.
            timeline: What it sounds and cuts like.
            words: What was heard in it, in order.
        """
        ...

    def timeline(self, media_id: str) -> Timeline | None:
        """What is known of a film; None for nothing."""
        ...

    def words(self, media_id: str) -> tuple[HeardWord, ...]:
        """What was heard in a film, in order; empty for nothing."""
        ...
