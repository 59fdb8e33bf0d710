"""Files that appear whole or not at all."""

import os
import tempfile
from pathlib import Path

from flows.errors import write_failure


def write_atomically(path: Path, data: bytes) -> bool:
    """Put ``data`` at ``path`` in one step; False when it already stood there.

    The bytes go to a temporary file in the same folder, are flushed to disk and then renamed, so
    that a crash leaves the old file or the new one, never half of either.

    Raises:
        CannotWriteError: full disk, missing permission, or a file where a folder is needed.
    """
    try:
        if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, data)
    except OSError as error:
        raise write_failure(path, error) from error
    return True


def _replace(path: Path, data: bytes) -> None:
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes private files; what people get follows their umask like any other file.
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
