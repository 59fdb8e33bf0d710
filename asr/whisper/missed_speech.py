"""Speech that got no words is listened to again on its own, louder where it is quiet."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from asr.doubts.heard import HeardWindow
from asr.doubts.invented import better
from asr.hearing.listening import VoiceDetector
from asr.hearing.speech_regions import AUDIBLE, EDGES, speech_regions
from asr.whisper.chunk_sound import nothing_heard
from subtitles.span import Span
from subtitles.words import Word

LEVEL_DBFS = -20.0
"""Root mean square that quiet speech is raised to: usual for speech in recordings."""

MOST_GAIN_DB = 40.0
"""More would make speech of a microphone's own noise."""

_LEAST_POWER = 1e-10
# What the detector misses at the edges of speech.
_MARGIN_MS = 300
# A window ends well before Whisper's 30 s.
_LONGEST_WINDOW_MS = 24_000
# Less holds no word.
_LEAST_WINDOW_MS = 300


def windows_of(stretch: Span, *, words: Sequence[Span], within: Span) -> tuple[Span, ...]:
    """Windows to listen to again in a stretch without words, in order; they touch no word.

    Args:
        stretch: Missed speech.
        words: When words are said, in order.
        within: No window leaves it.
    """
    free_from_ms = max([w.end_ms for w in words if w.start_ms < stretch.end_ms], default=0)
    free_to_ms = min([w.start_ms for w in words if w.start_ms >= stretch.end_ms], default=10**12)
    start_ms = max(within.start_ms, free_from_ms, stretch.start_ms - _MARGIN_MS)
    end_ms = min(within.end_ms, free_to_ms, stretch.end_ms + _MARGIN_MS)
    if end_ms - start_ms < _LEAST_WINDOW_MS:
        return ()
    count = -(-(end_ms - start_ms) // _LONGEST_WINDOW_MS)
    cuts = [start_ms + (end_ms - start_ms) * part // count for part in range(count + 1)]
    return tuple(Span(one, other) for one, other in pairwise(cuts))


def with_found(words: Sequence[Word], found: Sequence[Word]) -> list[Word]:
    """All words in time order.

    A word that was stretched back over speech now found starts where that ends: it is said last
    (`asr.doubts.missed.certain_spans`).

    Args:
        words: Heard at first.
        found: Heard again, in windows that touch none of them where they are surely said.
    """
    moved = []
    for word in words:
        ends = [one.span.end_ms for one in found if one.span.overlap_ms(word.span)]
        start_ms = min(max([word.span.start_ms, *ends]), word.span.end_ms)
        moved.append(replace(word, span=Span(start_ms, word.span.end_ms)))
    return sorted([*moved, *found], key=lambda word: word.span)


def raised(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Quiet samples made as loud as usual speech, without clipping; loud ones as they are."""
    power = float(np.mean(np.square(samples, dtype=np.float64))) if len(samples) else 0.0
    gain_db = min(MOST_GAIN_DB, LEVEL_DBFS - 10 * np.log10(power + _LEAST_POWER))
    if gain_db <= 0:
        return samples
    peak = float(np.abs(samples).max(initial=0.0))
    gain = min(10 ** (gain_db / 20), 1.0 / max(peak, _LEAST_POWER))
    louder: NDArray[np.float32] = (samples * np.float32(max(1.0, gain))).astype(np.float32)
    return louder


def accepted(
    heard: HeardWindow, samples: NDArray[np.float32], detector: VoiceDetector
) -> HeardWindow | None:
    """What was heard in missed speech, if its words can be trusted, else None.

    Args:
        heard: What was heard in the samples.
        samples: As they were listened to: how much speech there is, is judged by them, since a
            detector that misses quiet speech finds it when it is raised.
        detector: Who judges.
    """
    probabilities = detector.speech_probabilities(samples)
    judged = replace(
        heard,
        speech_share=_share(speech_regions(probabilities, EDGES), heard.window),
        audible_share=_share(speech_regions(probabilities, AUDIBLE), heard.window),
    )
    nothing = nothing_heard(heard.window, heard.language)
    return judged if better(nothing, judged) is judged else None


def _share(regions: Sequence[Span], window: Span) -> float:
    return min(1.0, sum(one.duration_ms for one in regions) / window.duration_ms)
