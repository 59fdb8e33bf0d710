"""Files that appear whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from flows.errors import write_failure
from flows.flocks import is_in_place, lock_if_free, lock_or_wait

UNFINISHED = (".part", ".gone")
"""How files end that are being written, or being removed."""


def write_atomically(path: Path, data: bytes) -> bool:
    """Put ``data`` at ``path`` in one step; False when it already stood there.

    The bytes go to ``.NAME.part`` in the same folder, are flushed to disk and then renamed, so
    that a crash leaves the old file or the new one, never half of either. What a killed process
    left behind is taken over by the next one that writes this path.

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


def remove_dead_parts(folder: Path, before: datetime, *, dry_run: bool = False) -> int:
    """Remove what killed processes left unfinished anywhere in the folder; how many files.

    Only files last written before that, and never one that somebody is writing.

    Raises:
        CannotWriteError: one cannot be removed.
    """
    count = 0
    for where, _, names in os.walk(folder):
        for path in (Path(where, name) for name in names if name.endswith(UNFINISHED)):
            try:
                count += _cleared(path, before, dry_run=dry_run)
            except FileNotFoundError:
                continue
            except OSError as error:
                raise write_failure(path, error) from error
    return count


def _cleared(path: Path, before: datetime, *, dry_run: bool) -> bool:
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_mtime >= before.timestamp():
            return False
        if not lock_if_free(file):
            return False
        if not dry_run:
            # Still locked: who waits for it finds another file, or none, under its name.
            path.unlink()
        return True


def _replace(path: Path, data: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    with _locked(part) as file:
        try:
            file.truncate()
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


@contextmanager
def _locked(part: Path) -> Iterator[BinaryIO]:
    """The part file, open and this process's alone."""
    while True:
        with part.open("ab") as file:
            lock_or_wait(file)
            if is_in_place(part, file):
                file.seek(0)
                yield file
                return
