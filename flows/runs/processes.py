"""Which process runs what, and whether it still does."""

import os
import socket
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessMark:
    """A process that no later one is taken for.

    Attributes:
        host: Name of the machine.
        pid: Its number there.
        kernel: Which start of which machine, and which of its process lists; empty where the
            system does not tell.
        started: When the process was started, as that kernel counts.
    """

    host: str
    pid: int
    kernel: str = ""
    started: str = ""

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host}"


def this_process() -> ProcessMark:
    """The mark of the process that asks."""
    pid = os.getpid()
    return ProcessMark(
        host=socket.gethostname(), pid=pid, kernel=_kernel(), started=_started(pid) or ""
    )


def is_alive(mark: ProcessMark) -> bool | None:
    """Whether the process is there; None when that cannot be told from here."""
    kernel = _kernel()
    if not mark.kernel or mark.kernel != kernel:
        return None
    return _started(mark.pid) == mark.started


def _kernel() -> str:
    """Of this process: two containers on one machine have the same kernel and not the same pids."""
    if sys.platform != "linux":
        return ""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
        return f"{boot} {Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return ""


def _started(pid: int) -> str | None:
    """When a process was started, in clock ticks since the machine was; None for none of that pid.

    Field 22 of /proc/PID/stat (proc(5)), counted behind the name, which may hold anything. What
    waits for its parent to take notice (state Z) is dead.
    """
    try:
        text = Path(f"/proc/{pid}/stat").read_text("utf-8", errors="replace")
    except OSError:
        return None
    fields = text.rpartition(")")[2].split()
    return None if fields[0] in {"Z", "X"} else fields[19]
