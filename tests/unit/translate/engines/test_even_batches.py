"""Batches of like size for engines that work on several side by side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.engines.even_batches import Batching, even_batches

SIZES = st.lists(st.integers(1, 60), max_size=80).map(lambda sizes: dict(enumerate(sizes)))
LIMITS = st.builds(
    Batching,
    most_tokens=st.integers(60, 600),
    least_tokens=st.integers(1, 60),
    at_once=st.integers(1, 6),
)


@given(SIZES, LIMITS)
def test_every_input_is_in_one_batch_and_no_batch_is_too_large(sizes, batching):
    batches = even_batches(sizes, batching)
    assert sorted(number for batch in batches for number in batch) == sorted(sizes)
    assert all(batches)
    for batch in batches:
        assert sum(sizes[number] for number in batch) < batching.most_tokens + max(sizes.values())


@given(SIZES, LIMITS)
def test_longer_inputs_come_first_and_like_lengths_together(sizes, batching):
    lengths = [sizes[number] for batch in even_batches(sizes, batching) for number in batch]
    assert lengths == sorted(lengths, reverse=True)


@pytest.mark.parametrize(
    ("inputs", "batches"),
    [
        (4, 1),  # 40 tokens: not worth two
        (30, 2),  # 300 tokens: one to each of two
        (100, 2),  # 1,000 tokens: as large as may be, and even
        (110, 4),  # 1,100 tokens: three would leave one thread waiting
    ],
)
def test_batches_come_in_rounds_of_those_that_work_side_by_side(inputs, batches):
    limits = Batching(most_tokens=512, least_tokens=128, at_once=2)
    found = even_batches(dict.fromkeys(range(inputs), 10), limits)
    assert len(found) == batches
    counts = [len(batch) for batch in found]
    assert max(counts) - min(counts) <= 1
