"""Where somebody speaks, from a voice detector's probabilities (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass

from asr.sound.chunking import SAMPLES_PER_MS
from subtitles.span import Span

DETECTOR_FRAME_SAMPLES = 512
"""Silero's fixed frame at 16 kHz."""
DETECTOR_FRAME_MS = DETECTOR_FRAME_SAMPLES // SAMPLES_PER_MS


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechRules:
    """How probabilities become regions.

    Attributes:
        enter: Speech starts at this probability.
        leave: It goes on until the probability stays below this one…
        min_pause_ms: …for so long; the region ends where that pause starts.
        min_speech_ms: Anything shorter is a click, not speech.
    """

    enter: float
    leave: float
    min_pause_ms: int
    min_speech_ms: int


EDGES = SpeechRules(enter=0.5, leave=0.35, min_pause_ms=100, min_speech_ms=64)
"""For times one can cut on. 0.5 and 0.35 are Silero's own; 100 ms is longer than a plosive."""

AUDIBLE = SpeechRules(enter=0.3, leave=0.15, min_pause_ms=100, min_speech_ms=64)
"""For what is worth listening to: whispered and distant lines stay well below Silero's own 0.5."""


def speech_regions(probabilities: Sequence[float], rules: SpeechRules) -> tuple[Span, ...]:
    """Stretches of speech in milliseconds, in order, apart by at least the minimal pause.

    Args:
        probabilities: One per detector frame of 32 ms.
        rules: Thresholds.
    """
    regions: list[Span] = []
    start = last = -1
    for frame, probability in enumerate([*probabilities, *[0.0] * (rules.min_pause_ms + 1)]):
        if start < 0:
            start = last = frame if probability >= rules.enter else -1
        elif probability >= rules.leave:
            last = frame
        elif (frame - last) * DETECTOR_FRAME_MS > rules.min_pause_ms:
            regions.append(Span(start * DETECTOR_FRAME_MS, (last + 1) * DETECTOR_FRAME_MS))
            start = -1
    return tuple(region for region in regions if region.duration_ms >= rules.min_speech_ms)
