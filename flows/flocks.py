"""Locks on files that the kernel lets go of when their holder dies, however it dies.

They hold between the processes of one machine (`flock`). A file that was removed or renamed while
somebody waited for its lock is no longer the file of that name: see `is_in_place`.
"""

import fcntl
import os
from pathlib import Path
from typing import IO, Any


def lock_or_wait(file: IO[Any] | int) -> None:
    """Hold the lock of an open file, as soon as whoever has it lets go."""
    fcntl.flock(file, fcntl.LOCK_EX)


def lock_if_free(file: IO[Any] | int) -> bool:
    """Hold the lock of an open file unless somebody has it; whether it is held now."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_in_place(path: Path, file: IO[Any]) -> bool:
    """Whether this very file still has its name: who had its lock before may have removed it."""
    try:
        return path.stat().st_ino == os.fstat(file.fileno()).st_ino
    except FileNotFoundError:
        return False
