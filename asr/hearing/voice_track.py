"""Following voices through a stream of any length: how probable, and how loud (pure).

A detector that remembers from frame to frame wants the whole stream at once; a film does not fit
into memory. So it is given stretches that overlap: what it says about the overlap is thrown away,
which only brings its memory to about where one pass over the whole would have it.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from asr.hearing.in_turn import in_turn
from asr.hearing.listening import VoiceDetector
from asr.hearing.second_listening import listen_again
from asr.hearing.speech_regions import DETECTOR_FRAME_MS, DETECTOR_FRAME_SAMPLES
from asr.sound.chunking import SAMPLES_PER_MS
from subtitles.span import Span

# 19 s at a call. After long music or noise Silero goes deaf: in stretches of 60 s it heard nothing
# of a whisper at -45 dBFS after music, of which it is sure when it starts anew. Of 130 s of quiet
# and whispered speech planted between music, noise and silence, 103 s were audible with 60 s at a
# call and 113 s with 19 s; of what was no speech, 4.3 s and 3.0 s. (With `second_listening` 115 s
# and 3.8 s.)
_STRETCH_FRAMES = 600
# 2 s. Silero never quite forgets: even 30 s after a start single frames differ from one pass over
# the whole. What counts is where speech begins and ends: of 19 minutes (speech, music, silence)
# 0.5 % comes out otherwise with 1 s, 0.3 % with 16 s; as much reference speech is found.
_WARM_UP_FRAMES = 60
# The last frame of a call lacks its neighbour; it is heard again in the next call.
_LOOK_AHEAD_FRAMES = 1
# Stretches listened to at the same time, while the next one is decoded. A detector has one thread
# for each; more than the two cores of a small machine would only hold more of the stream.
_LISTENERS = 2
# Over which the weakest moment is looked for: 160 ms, shorter than most syllables.
_MOMENT_FRAMES = 5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class VoiceTrack:
    """A stream, frame by frame of `DETECTOR_FRAME_MS`: 8 bytes a frame, 1 MB an hour.

    Attributes:
        duration_ms: Of the stream.
        probabilities: How sure it is that somebody speaks, 0…1.
        powers: Mean square of the samples, 0…1.
    """

    duration_ms: int
    probabilities: "array[float]" = field(repr=False)
    powers: "array[float]" = field(repr=False)

    def weakest_ms(self, within: Span) -> int:
        """The moment at which a voice is least probable; of several, the quietest.

        Args:
            within: Where to look, on the clock of the stream.
        """
        first = -(-within.start_ms // DETECTOR_FRAME_MS)
        last = within.end_ms // DETECTOR_FRAME_MS
        if last - first < _MOMENT_FRAMES or last > len(self.powers):
            return (within.start_ms + within.end_ms) // 2
        # Rounded, since a voice that is as good as sure is not less there for the fourth digit.
        sure = np.round(_means(self.probabilities[first:last]), 1)
        power = _means(self.powers[first:last])
        best = int(np.lexsort((power, sure))[0])
        return (first + best) * DETECTOR_FRAME_MS + _MOMENT_FRAMES * DETECTOR_FRAME_MS // 2


def follow(blocks: Iterable[NDArray[np.float32]], detector: VoiceDetector) -> VoiceTrack:
    """Listen to a stream block by block, holding a minute or so of it.

    Args:
        blocks: Gapless, mono, `asr.recognizer.SAMPLE_RATE_HZ`, of any length each.
        detector: Who listens, in several threads at once.
    """
    probabilities, powers, samples = array("f"), array("f"), 0

    def listened(stretch: _Stretch) -> tuple[_Stretch, Sequence[float]]:
        first = detector.speech_probabilities(stretch.samples)
        return stretch, listen_again(stretch.samples, first, detector)

    for stretch, heard in in_turn(listened, _stretches(blocks), threads=_LISTENERS):
        frames = slice(stretch.first_frame, stretch.first_frame + stretch.frame_count)
        probabilities.extend(heard[frames])
        powers.frombytes(_powers(stretch.samples)[frames].tobytes())
        samples = stretch.end_sample
    return VoiceTrack(
        duration_ms=samples // SAMPLES_PER_MS, probabilities=probabilities, powers=powers
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Stretch:
    """What the detector is given at once, samples of its own, and which of its frames count."""

    samples: NDArray[np.float32]
    first_frame: int
    frame_count: int
    end_sample: int


def _stretches(blocks: Iterable[NDArray[np.float32]]) -> Iterator[_Stretch]:
    longest = (_WARM_UP_FRAMES + _STRETCH_FRAMES + _LOOK_AHEAD_FRAMES) * DETECTOR_FRAME_SAMPLES
    held = np.empty(longest, dtype=np.float32)
    filled = warm = at_sample = 0  # in samples, frames, and samples given out so far
    for whole_block in blocks:
        block = whole_block
        while len(block):
            taken = min(len(block), longest - filled)
            held[filled : filled + taken] = block[:taken]
            filled, block = filled + taken, block[taken:]
            if filled < longest:
                continue
            count = longest // DETECTOR_FRAME_SAMPLES - warm - _LOOK_AHEAD_FRAMES
            at_sample += count * DETECTOR_FRAME_SAMPLES
            yield _Stretch(samples=held, first_frame=warm, frame_count=count, end_sample=at_sample)
            kept = (_WARM_UP_FRAMES + _LOOK_AHEAD_FRAMES) * DETECTOR_FRAME_SAMPLES
            ahead = np.empty_like(held)  # who was given the stretch may still be listening to it
            ahead[:kept] = held[longest - kept :]
            held = ahead
            filled, warm = kept, _WARM_UP_FRAMES
    rest = filled - warm * DETECTOR_FRAME_SAMPLES
    if rest > 0:
        yield _Stretch(
            samples=held[:filled],
            first_frame=warm,
            frame_count=-(-rest // DETECTOR_FRAME_SAMPLES),
            end_sample=at_sample + rest,
        )


def _powers(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Mean square of each frame; the last one may be short."""
    starts = np.arange(0, len(samples), DETECTOR_FRAME_SAMPLES)
    lengths = np.diff(np.append(starts, len(samples)))
    means = np.add.reduceat(np.square(samples), starts) / lengths
    return means.astype(np.float32)


def _means(values: "array[float]") -> NDArray[np.float64]:
    """Over `_MOMENT_FRAMES` each; one for every place where so many fit."""
    total = np.concatenate(([0.0], np.cumsum(np.asarray(values, dtype=np.float64))))
    return (total[_MOMENT_FRAMES:] - total[:-_MOMENT_FRAMES]) / _MOMENT_FRAMES
