"""Every process of a system bears its mark in its environment, so that none can be left behind.

A worker starts flow runs, a server its own helpers; when one of them is killed, its children go on.
They are found by what they inherited (Linux: ``/proc/PID/environ``).
"""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

MARK = "POLYCUE_SYSTEM_MARK"
_LOOK_S = 0.1


def marked(mark: str) -> tuple[int, ...]:
    """The ids of all processes with this mark but the one that asks."""
    return tuple(bearers(MARK, mark))


def bearers(name: str, value: str) -> Iterator[int]:
    """The ids of all processes with this in their environment but the one that asks."""
    wanted = f"{name}={value}".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        pid = int(folder.name)
        if pid != os.getpid() and wanted in _environment(folder):
            yield pid


def _environment(folder: Path) -> list[bytes]:
    try:
        return (folder / "environ").read_bytes().split(b"\0")
    except OSError:  # gone meanwhile, or another user's
        return []


def end_marked(mark: str, *, grace_s: float) -> int:
    """Ask every process with this mark to end, and after ``grace_s`` make it; how many there were.

    A process that is started while this goes on is found as well.
    """
    ended: set[int] = set()
    deadline = time.monotonic() + grace_s
    while left := marked(mark):
        late = time.monotonic() > deadline
        for pid in left:
            if late or pid not in ended:
                _signal(pid, signal.SIGKILL if late else signal.SIGTERM)
            ended.add(pid)
        time.sleep(_LOOK_S)
    return len(ended)


def _signal(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return
