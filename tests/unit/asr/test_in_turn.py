"""Several threads work on a stream; what comes of it is what one loop would give."""

import threading
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asr.hearing.in_turn import in_turn

_PATIENCE_S = 10


@settings(max_examples=20)
@given(st.lists(st.integers()), st.integers(1, 4))
def test_results_come_in_the_order_of_the_stream(numbers, threads):
    assert list(in_turn(lambda n: 2 * n, numbers, threads=threads)) == [2 * n for n in numbers]


def test_two_things_are_worked_on_at_the_same_time():
    both = threading.Barrier(2, timeout=_PATIENCE_S)
    assert len(list(in_turn(lambda _: both.wait(), range(4), threads=2))) == 4


def test_only_as_much_of_an_endless_stream_is_taken_as_is_being_worked_on():
    taken = []

    def stream():
        for number in count():
            taken.append(number)
            yield number

    results = in_turn(lambda n: n, stream(), threads=2)
    assert [next(results) for _ in range(5)] == [0, 1, 2, 3, 4]
    assert len(taken) <= 5 + 2
    results.close()


def test_an_error_of_the_work_ends_it_after_what_came_before():
    results = in_turn(lambda n: 12 // (3 - n), count(), threads=2)
    assert [next(results) for _ in range(3)] == [4, 6, 12]
    with pytest.raises(ZeroDivisionError):
        next(results)


def test_an_error_of_the_stream_ends_it_and_leaves_no_thread_behind():
    def stream():
        yield 1
        raise OSError("the file is gone")

    before = threading.active_count()
    with pytest.raises(OSError, match="gone"):
        list(in_turn(lambda n: n, stream(), threads=2))
    assert threading.active_count() == before
