"""One run per title: a lock that the kernel lets go of when its holder dies."""

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.errors import TitleBusyError, write_failure


@contextmanager
def title_lock(folder: Path, media_id: str, title: str) -> Iterator[None]:
    """Hold the title for the length of the block.

    An OS lock (`flock`), not a lock file's existence: ``kill -9`` frees it at once.

    Raises:
        TitleBusyError: another process holds it; says which.
        CannotWriteError: the lock folder cannot be written.
    """
    path = folder / f"{media_id[:32]}.lock"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise write_failure(path, error) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            raise TitleBusyError(title, file.read(200) or "another process") from error
        file.seek(0)
        file.truncate()
        file.write(f"process {os.getpid()} on {socket.gethostname()}")
        file.flush()
        yield
