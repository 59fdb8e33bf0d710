"""Work beside the main work: it gives way, it ends with the block, its result is the caller's."""

import os
import sys
import threading
from contextvars import ContextVar

import pytest

from flows.aside import Abandon, Aside
from flows.errors import AbandonedError

who = ContextVar("who", default="nobody")


def until_abandoned(abandon):
    while True:
        abandon.check()


def test_the_work_runs_beside_the_block_in_the_callers_context():
    token = who.set("caller")
    try:
        other = threading.Event()
        with Aside("beside", lambda _abandon: (other.wait(10), who.get())) as aside:
            other.set()  # the work can only end because the block goes on
            assert aside.result() == (True, "caller")
            assert aside.result() == (True, "caller")
    finally:
        who.reset(token)


def test_what_the_work_raises_is_raised_where_its_result_is_asked_for():
    with Aside("failing", lambda _abandon: 1 / 0) as aside, pytest.raises(ZeroDivisionError):
        aside.result()


def test_a_block_that_fails_ends_the_work_and_keeps_its_own_error():
    ended = []

    def work(abandon):
        try:
            until_abandoned(abandon)
        finally:
            ended.append(threading.current_thread().name)

    with pytest.raises(KeyError, match="the block's"), Aside("work", work):
        raise KeyError("the block's")
    assert ended == ["work"]


def test_the_end_of_the_whole_ends_its_parts_and_not_the_other_way_round():
    whole = Abandon()
    with Aside("first", lambda _abandon: 7, within=whole) as aside:
        assert aside.result() == 7
    whole.check()
    with Aside("second", until_abandoned, within=whole) as aside:
        whole.now()
        with pytest.raises(AbandonedError, match="run the same command again"):
            aside.result()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux knows a priority of one thread")
def test_the_work_gives_way_and_nobody_else_does():
    def niceness(_abandon=None):
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    before = niceness()
    with Aside("polite", niceness) as aside:
        assert aside.result() == min(19, before + 10)
    assert niceness() == before
