"""Cutting a long stream of samples into chunks at quiet moments (pure).

A chunk is the unit that is recognised, cached and retried. It is cut where nobody speaks, so that
no word is split between two chunks.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from asr.recognizer import SAMPLE_RATE_HZ, AudioChunk
from subtitles.errors import PolycueError
from subtitles.span import Span

CHUNKING_VERSION = "2"
"""Part of every cache key made from chunks: raise it when the same audio would be cut elsewhere."""

SAMPLES_PER_MS = SAMPLE_RATE_HZ // 1000
"""Exact, so a cut on a whole millisecond is a cut on a whole sample."""

# The stretch over which quietness is judged: longer than the closure of a plosive (about 100 ms),
# which is quiet and yet inside a word, and shorter than a pause between sentences.
_QUIET_WINDOW_MS = 300
# Resolution of the search; speech power changes little within it.
_FRAME_MS = 10
# Loading a model and starting a task for less sound than this would be absurd.
_LEAST_CHUNK_MS = 1000


class InvalidChunkPlanError(PolycueError, ValueError):
    """A plan that could never make a chunk."""

    def __init__(self, shortest_ms: int, longest_ms: int) -> None:
        super().__init__(shortest_ms, longest_ms)
        self.shortest_ms, self.longest_ms = shortest_ms, longest_ms

    def __str__(self) -> str:
        return (
            f"chunks of {self.shortest_ms} to {self.longest_ms} ms cannot be cut: "
            "the shortest must last a second, and the longest not be shorter than that"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ChunkPlan:
    """How long chunks are: the best place to cut is looked for between the two.

    Attributes:
        shortest_ms: Three minutes by default: in less time even a busy scene takes a breath.
        longest_ms: Six minutes by default: 23 MB of samples, and little work lost when a run is
            interrupted.
    """

    shortest_ms: int = 180_000
    longest_ms: int = 360_000

    def __post_init__(self) -> None:
        if not _LEAST_CHUNK_MS <= self.shortest_ms <= self.longest_ms:
            raise InvalidChunkPlanError(self.shortest_ms, self.longest_ms)

    @classmethod
    def around(cls, target_ms: int) -> "ChunkPlan":
        """Chunks of about that length: three fifths of it to six fifths, as 3 to 6 minutes of 5."""
        return cls(shortest_ms=target_ms * 3 // 5, longest_ms=target_ms * 6 // 5)


def cut_chunks(
    blocks: Iterable[NDArray[np.float32]], *, plan: ChunkPlan, start_ms: int = 0
) -> Iterator[AudioChunk]:
    """Cut a gapless stream of sample blocks, holding never more than one chunk and one block.

    Every sample comes out exactly once and in order; the last chunk takes what is left.
    """
    buffer = np.empty(plan.longest_ms * SAMPLES_PER_MS, dtype=np.float32)
    filled = index = 0
    for whole_block in blocks:
        block = whole_block
        while len(block):
            taken = min(len(block), len(buffer) - filled)
            buffer[filled : filled + taken] = block[:taken]
            filled, block = filled + taken, block[taken:]
            if filled == len(buffer):
                cut_ms = quietest_ms(buffer, from_ms=plan.shortest_ms, to_ms=plan.longest_ms)
                cut = cut_ms * SAMPLES_PER_MS
                yield AudioChunk(index=index, start_ms=start_ms, samples=buffer[:cut].copy())
                filled -= cut
                buffer[:filled] = buffer[cut:].copy()
                start_ms, index = start_ms + cut_ms, index + 1
    if filled:
        yield AudioChunk(index=index, start_ms=start_ms, samples=buffer[:filled].copy())


def cut_spans(
    blocks: Iterable[NDArray[np.float32]], spans: Sequence[Span], *, start_ms: int
) -> Iterator[AudioChunk]:
    """Cut the wanted spans out of a gapless stream that starts at ``start_ms``, one chunk each.

    The spans are in the order of their starts and may overlap. Not more than the span at hand and
    one block is held. Beyond the end of the stream a chunk is short or has no samples.
    """
    source = iter(blocks)
    position = start_ms * SAMPLES_PER_MS
    held = np.empty(0, dtype=np.float32)  # what was read last, up to `position`
    for index, span in enumerate(spans):
        start, end = span.start_ms * SAMPLES_PER_MS, span.end_ms * SAMPLES_PER_MS
        parts = [held[max(0, start - (position - len(held))) :]]
        while position < end and (block := next(source, None)) is not None:
            parts.append(block[max(0, start - position) :])
            position += len(block)
        held = np.concatenate(parts)
        yield AudioChunk(index=index, start_ms=span.start_ms, samples=held[: end - start].copy())


def quietest_ms(samples: NDArray[np.float32], *, from_ms: int, to_ms: int) -> int:
    """The middle of the quietest stretch between two moments, in milliseconds from the start.

    Among equally quiet moments, the one nearest to the middle of the search wins.
    """
    frame = _FRAME_MS * SAMPLES_PER_MS
    searched = samples[from_ms * SAMPLES_PER_MS : to_ms * SAMPLES_PER_MS].astype(np.float64)
    count = len(searched) // frame
    width = _QUIET_WINDOW_MS // _FRAME_MS
    if count < width:
        return (from_ms + to_ms) // 2
    power = np.square(searched[: count * frame]).reshape(count, frame).mean(axis=1)
    total = np.concatenate(([0.0], np.cumsum(power)))
    # Rounded, since sums that should be equal differ in their last bits.
    windows = np.round((total[width:] - total[:-width]) / width, 12)
    quietest = np.flatnonzero(windows == windows.min())
    middle = (len(windows) - 1) / 2
    best = int(quietest[np.argmin(np.abs(quietest - middle))])
    return from_ms + best * _FRAME_MS + _QUIET_WINDOW_MS // 2
