"""How long chunks are, and cutting spans out of a stream of samples (pure).

A chunk is the unit that is recognised, cached and retried; where one ends, `asr.hearing.chunks`
decides.
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


def runs_of(spans: Sequence[Span], *, segment_ms: int) -> list[Sequence[Span]]:
    """Spans in the order of their starts, parted where at least one border of segments is between.

    A stream that can be entered at the start of every segment is entered anew for each run, at no
    cost in samples: what is between the last end and that border is left out.
    """
    runs: list[list[Span]] = []
    reached_ms = 0
    for span in spans:
        if not runs or span.start_ms // segment_ms > reached_ms // segment_ms:
            runs.append([])
        runs[-1].append(span)
        reached_ms = max(reached_ms, span.end_ms)
    return list(runs)


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
