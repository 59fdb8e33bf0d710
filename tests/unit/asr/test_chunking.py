"""Plans of chunks, and spans cut out of a stream."""

import pickle
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asr.sound.chunking import ChunkPlan, InvalidChunkPlanError, cut_spans, runs_of
from subtitles.span import Span

RATE = 16


def noise(ms, seed=0, level=0.3):
    rng = np.random.default_rng(seed)
    return (level * rng.uniform(-1, 1, ms * RATE)).astype(np.float32)


def in_blocks(samples, sizes):
    position = 0
    while position < len(samples):
        size = sizes[position % len(sizes)]
        yield samples[position : position + size]
        position += size


block_sizes = st.lists(st.integers(40, 40_000), min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("shortest_ms", "longest_ms"), [(0, 0), (-1, 5_000), (999, 5_000), (5_000, 4_999)]
)
def test_an_impossible_plan_is_refused(shortest_ms, longest_ms):
    with pytest.raises(InvalidChunkPlanError, match="cannot be cut") as caught:
        ChunkPlan(shortest_ms=shortest_ms, longest_ms=longest_ms)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_a_plan_around_five_minutes_is_the_default():
    assert ChunkPlan.around(300_000) == ChunkPlan()


spans_in_order = st.lists(st.tuples(st.integers(0, 6_000), st.integers(0, 1_500)), max_size=6).map(
    lambda pairs: sorted(Span(start, start + length) for start, length in pairs)
)


@given(spans_in_order, block_sizes, st.integers(0, 5_000))
def test_spans_are_cut_out_exactly_whether_apart_overlapping_or_beyond_the_end(
    spans, sizes, total_ms
):
    samples = noise(total_ms)
    start_ms = spans[0].start_ms if spans else 0
    stream = in_blocks(samples[start_ms * RATE :], sizes)
    chunks = list(cut_spans(stream, spans, start_ms=start_ms))
    assert [chunk.start_ms for chunk in chunks] == [span.start_ms for span in spans]
    for chunk, span in zip(chunks, spans, strict=True):
        expected = samples[span.start_ms * RATE : span.end_ms * RATE]
        np.testing.assert_array_equal(chunk.samples, expected)


@given(spans_in_order, st.integers(1, 3_000))
def test_runs_hold_every_span_and_are_parted_by_a_border_of_segments(spans, segment_ms):
    runs = runs_of(spans, segment_ms=segment_ms)
    assert [span for run in runs for span in run] == spans
    for earlier, later in pairwise(runs):
        border = later[0].start_ms // segment_ms * segment_ms
        assert max(span.end_ms for span in earlier) < border
