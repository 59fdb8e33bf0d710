import os
import signal
import subprocess
import sys
import time

import pytest

from flows.errors import TitleBusyError
from flows.locks import title_lock

HOLDER = """
import sys, time
from pathlib import Path
from flows.locks import title_lock
with title_lock(Path(sys.argv[1]), "a" * 64, "film"):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_second_process_is_refused_and_told_who_holds_the_title(tmp_path, holder):
    with (
        pytest.raises(TitleBusyError, match=rf"film .* process {holder.pid}\b"),
        title_lock(tmp_path, "a" * 64, "film"),
    ):
        pytest.fail("two processes hold one title")


def test_another_title_is_free(tmp_path, holder):
    with title_lock(tmp_path, "b" * 64, "other"):
        pass


def test_kill_minus_nine_of_the_holder_frees_the_title(tmp_path, holder):
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    deadline = time.monotonic() + 5
    while True:
        try:
            with title_lock(tmp_path, "a" * 64, "film"):
                return
        except TitleBusyError:
            assert time.monotonic() < deadline
            time.sleep(0.05)


def test_the_lock_is_free_again_after_the_block(tmp_path):
    for _ in range(2):
        with title_lock(tmp_path, "a" * 64, "film"):
            pass
