"""Chunks hold every sample once, are cut where it is quiet, and never grow."""

import pickle
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asr.sound.chunking import ChunkPlan, InvalidChunkPlanError, cut_chunks, cut_spans, quietest_ms
from subtitles.span import Span

PLAN = ChunkPlan(shortest_ms=1000, longest_ms=2000)
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


@given(st.integers(0, 9_000), block_sizes, st.integers(0, 3))
def test_every_sample_comes_out_once_and_in_order(ms, sizes, seed):
    samples = noise(ms, seed)
    chunks = list(cut_chunks(in_blocks(samples, sizes), plan=PLAN))
    joined = np.concatenate([chunk.samples for chunk in chunks]) if chunks else samples[:0]
    np.testing.assert_array_equal(joined, samples)
    assert [chunk.index for chunk in chunks] == list(range(len(chunks)))
    for one, other in pairwise(chunks):
        assert other.start_ms * RATE == one.start_ms * RATE + len(one.samples)


@given(st.integers(2_001, 9_000), block_sizes, st.integers(0, 3))
def test_every_chunk_but_the_last_is_as_long_as_planned_and_none_is_longer(ms, sizes, seed):
    *chunks, last = cut_chunks(in_blocks(noise(ms, seed), sizes), plan=PLAN)
    assert all(1000 <= chunk.duration_ms <= 2000 for chunk in chunks)
    assert 0 < last.duration_ms <= PLAN.longest_ms


@given(block_sizes, block_sizes)
def test_cuts_do_not_depend_on_how_the_stream_arrives(one, other):
    samples = noise(7_000)
    cuts = [
        [chunk.start_ms for chunk in cut_chunks(in_blocks(samples, sizes), plan=PLAN)]
        for sizes in (one, other)
    ]
    assert cuts[0] == cuts[1]


@pytest.mark.parametrize("pause_ms", [1_050, 1_400, 1_650])
def test_a_chunk_ends_in_the_pause_between_two_sentences(pause_ms):
    samples = noise(4_000)
    samples[pause_ms * RATE : (pause_ms + 320) * RATE] *= 0.01
    first = next(iter(cut_chunks([samples], plan=PLAN)))
    assert pause_ms <= first.duration_ms <= pause_ms + 320


def test_a_plosive_is_not_taken_for_a_pause():
    samples = noise(3_000)
    samples[1_200 * RATE : 1_280 * RATE] = 0  # 80 ms of nothing, as in the middle of "happen"
    samples[1_600 * RATE : 1_900 * RATE] *= 0.2  # a soft pause
    assert 1_600 <= quietest_ms(samples, from_ms=1_000, to_ms=2_000) <= 1_900


def test_in_plain_silence_the_cut_is_in_the_middle_of_the_search():
    silence = np.zeros(4_000 * RATE, dtype=np.float32)
    first = next(iter(cut_chunks([silence], plan=PLAN)))
    assert abs(first.duration_ms - 1_500) <= 10


def test_no_sound_gives_no_chunk():
    assert list(cut_chunks([], plan=PLAN)) == []


def test_the_first_chunk_starts_where_it_is_told():
    chunks = list(cut_chunks([noise(3_000)], plan=PLAN, start_ms=700))
    assert chunks[0].start_ms == 700
    assert chunks[1].start_ms == 700 + chunks[0].duration_ms


def test_a_chunk_is_its_own_copy():
    block = noise(2_500)
    chunks = list(cut_chunks([block], plan=PLAN))
    before = chunks[0].samples.copy()
    block[:] = 1
    chunks[1].samples[:] = 1
    np.testing.assert_array_equal(chunks[0].samples, before)


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
