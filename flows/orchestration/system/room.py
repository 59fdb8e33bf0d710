"""How many titles a machine has room for."""

import os
from contextlib import suppress
from pathlib import Path

TITLE_MB = 1_000
"""Peak of a run of the starter tier without its translation models, rounded up: 995 MB with 30.7
minutes of speech, 917 MB with a film of 3 hours (BENCHMARKS.md, "Recognition")."""

SYSTEM_MB = 1_000
"""Left to the parts of the system and to whatever else the machine does."""

_CONTAINER_LIMIT = Path("/sys/fs/cgroup/memory.max")


def memory_mb(container_limit: Path = _CONTAINER_LIMIT) -> int:
    """What this machine has, or the container that this process is in.

    Args:
        container_limit: Where Linux says what the container may use.
    """
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    # A number, or "max"; not there outside of Linux.
    with suppress(OSError, ValueError):
        total = min(total, int(container_limit.read_text()))
    return total // 1_000_000


def titles_that_fit(
    *, memory_mb: int, processors: int, threads: int, models_mb: int, queues: int = 1
) -> int:
    """How many titles may run at a time in each queue; at least one.

    A title's engines work on ``threads`` processors, so that more titles than these allow would
    only take memory.

    Args:
        memory_mb: Of the machine.
        processors: That it has.
        threads: Of each engine.
        models_mb: Size of the translation models that a run may keep loaded.
        queues: From which titles are taken at the same time.
    """
    by_memory = (memory_mb - SYSTEM_MB) // (TITLE_MB + models_mb)
    by_processors = processors // max(threads, 1)
    return max(1, min(by_memory, by_processors) // queues)
