"""The folder of pulled models: one folder a model and revision, there whole or not at all.

    CACHE/pins.toml                      commits and first-seen digests
    CACHE/.locks/NAME.lock               held while a model is fetched
    CACHE/NAME/KEY/                      a model's files, NOTICE.txt and licence texts
    CACHE/NAME/.incoming-KEY/            being fetched; what a killed run left is used or cleared

KEY is the first 12 digits of the commit, or of the content revision where there is no commit.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.errors import CannotWriteError, write_failure
from flows.flocks import lock_or_wait

# Kept free beyond the model itself: a disk filled to the brim stops everything else too.
_MARGIN_BYTES = 50_000_000


@contextmanager
def cache_lock(cache_dir: Path, name: str) -> Iterator[None]:
    """Wait for, then hold the lock of one model; the kernel lets go of it when its holder dies.

    Raises:
        CannotWriteError: the cache folder cannot be written.
    """
    path = cache_dir / ".locks" / f"{name}.lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+b")
    except OSError as error:
        raise write_failure(path, error) from error
    with file:
        lock_or_wait(file)
        yield


def model_folder(cache_dir: Path, name: str, key: str) -> Path:
    """Where a model's files lie once they are all there."""
    return cache_dir / name / key[:12]


def incoming_folder(cache_dir: Path, name: str, key: str, *, keep: bool) -> Path:
    """A folder to fetch into, on the same disk; emptied unless a broken fetch can be taken up.

    Raises:
        CannotWriteError: it cannot be made.
    """
    folder = cache_dir / name / f".incoming-{key[:12]}"
    try:
        if folder.exists() and not keep:
            shutil.rmtree(folder)
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise write_failure(folder, error) from error
    return folder


def require_room(cache_dir: Path, name: str, needed_bytes: int | None) -> None:
    """Refuse before the first byte what would not fit.

    Raises:
        CannotWriteError: says how much is free and how much is needed.
    """
    if needed_bytes is None:
        return
    free = shutil.disk_usage(cache_dir).free
    if free < needed_bytes + _MARGIN_BYTES:
        why = (
            f"{name} needs {needed_bytes / 1e6:.0f} MB and {free / 1e6:.0f} MB are free; "
            "free some space and run the same command again"
        )
        raise CannotWriteError(str(cache_dir), why)


def put_in_place(incoming: Path, folder: Path) -> None:
    """Make a fetched and verified model visible in one step, replacing what was there.

    Raises:
        CannotWriteError: the disk failed; the old files, if any, are still there.
    """
    outgoing = folder.with_name(f".outgoing-{folder.name}")
    try:
        shutil.rmtree(incoming / ".cache", ignore_errors=True)  # huggingface_hub's own notes
        for path in incoming.iterdir():
            _flush(path)
        _flush(incoming)
        if outgoing.exists():
            shutil.rmtree(outgoing)
        if folder.exists():
            folder.replace(outgoing)
        incoming.replace(folder)
        _flush(folder.parent)
        shutil.rmtree(outgoing, ignore_errors=True)
    except OSError as error:
        raise write_failure(folder, error) from error


def _flush(path: Path) -> None:
    """Force a file or folder to disk, so that a power cut after the rename finds it whole."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
