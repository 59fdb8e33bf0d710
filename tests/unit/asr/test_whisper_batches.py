"""Lengths of inputs, and which windows are decoded together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asr.hearing.decode_windows import LONGEST_WINDOW_MS
from asr.whisper.batches import BATCH_SIZE, WHOLE_INPUT_MS, batches, input_ms

LENGTHS = st.integers(1, LONGEST_WINDOW_MS)


@given(LENGTHS)
def test_the_input_holds_the_window_and_silence_after_it_as_far_as_whisper_listens(window_ms):
    length_ms = input_ms(window_ms)
    assert length_ms <= WHOLE_INPUT_MS
    assert length_ms >= min(WHOLE_INPUT_MS, window_ms + 1_500)
    assert input_ms(window_ms, whole=True) == WHOLE_INPUT_MS


def test_there_are_few_lengths_so_that_windows_find_company():
    assert len({input_ms(window_ms) for window_ms in range(1, LONGEST_WINDOW_MS)}) <= 15


@given(st.lists(LENGTHS.map(input_ms), max_size=40))
def test_every_window_is_in_one_batch_and_only_with_inputs_of_its_length(inputs):
    planned = batches(inputs)
    assert sorted(index for batch in planned for index in batch) == list(range(len(inputs)))
    for batch in planned:
        assert len({inputs[index] for index in batch}) == 1
        assert len(batch) <= BATCH_SIZE
        assert list(batch) == sorted(batch)


@pytest.mark.parametrize("count", [0, 1, BATCH_SIZE, BATCH_SIZE + 1])
def test_batches_are_as_full_as_they_can_be(count):
    assert len(batches([6_000] * count)) == -(-count // BATCH_SIZE)
