"""What is made once per test run, although the tests are divided between processes."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest


def once_per_run(
    factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]
) -> Path:
    """The folder ``name``, filled by ``make`` in the first process that asks for it.

    The other processes wait for it; nobody may change it afterwards. When ``make`` fails, its test
    fails, and the next one that asks tries again in another folder.
    """
    base = factory.getbasetemp()
    # A process of pytest-xdist has a folder of its own inside the folder of the run.
    root = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    done = root / f"{name}.done"
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            folder = factory.mktemp(name)
            make(folder)
            done.write_text(str(folder), "utf-8")
    return Path(done.read_text("utf-8"))
