"""One run per title: locks that are let go of when their holder dies."""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from flows.errors import TitleBusyError, write_failure
from flows.flocks import is_in_place, lock_if_free
from flows.settings import Settings
from review.locks import Holder, NamedLocks


@contextmanager
def title_lock(settings: Settings, media_id: str, title: str) -> Iterator[None]:
    """Hold the title for the length of the block, wherever the review database reaches.

    Raises:
        TitleBusyError: another process holds it; says which, where and since when.
        StorageError: the lock folder cannot be written, or the database server does not answer.
    """
    with ExitStack() as stack:
        for locks in _locks_of(settings):
            holder = stack.enter_context(locks.hold(media_id[:32]))
            if holder is not None:
                raise TitleBusyError(title, str(holder))
        yield


def _locks_of(settings: Settings) -> Iterator[NamedLocks]:
    """Those of this machine, then those between machines if there is a server to keep them."""
    yield FolderLocks(settings.locks_folder)
    if settings.review_database_url.startswith("postgresql"):
        from review.sql.advisory_locks import AdvisoryLocks  # noqa: PLC0415 - half a second

        yield AdvisoryLocks(settings.review_database_url)


class FolderLocks:
    """Implements `review.locks.NamedLocks` for the processes of one machine.

    An OS lock (`flock`), not a lock file's existence: ``kill -9`` frees it at once. The files stay
    and say who held them last.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def hold(self, name: str) -> Iterator[Holder | None]:
        """See `NamedLocks.hold`; CannotWriteError when the folder cannot be written."""
        path = self._folder / f"{name}.lock"
        while True:
            with self._open(path) as file:
                if not lock_if_free(file):
                    yield _last_holder(file)
                    return
                if is_in_place(path, file):
                    _sign(file)
                    yield None
                    return

    def remove_unused(self, before: datetime, *, dry_run: bool = False) -> int:
        """Remove the files of locks that nobody holds nor held since then; how many there were."""
        count = 0
        for path in self._folder.glob("*.lock"):
            with self._open(path) as file:
                if os.fstat(file.fileno()).st_mtime < before.timestamp() and lock_if_free(file):
                    count += 1
                    if not dry_run:
                        path.unlink(missing_ok=True)
        return count

    def _open(self, path: Path) -> TextIO:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            return path.open("a+", encoding="utf-8")
        except OSError as error:
            raise write_failure(path, error) from error


def _sign(file: TextIO) -> None:
    """Say who holds it."""
    now = datetime.now(UTC).isoformat()
    try:
        file.seek(0)
        file.truncate()
        json.dump({"pid": os.getpid(), "host": socket.gethostname(), "since": now}, file)
        file.flush()
    except OSError as error:
        raise write_failure(file.name, error) from error


def _last_holder(file: TextIO) -> Holder:
    """Who signed; the holder may be just about to."""
    file.seek(0)
    try:
        said = json.loads(file.read(1_000))
        since = datetime.fromisoformat(said["since"])
        return Holder(pid=int(said["pid"]), host=str(said["host"]), since=since)
    except (ValueError, KeyError, TypeError):
        return Holder(pid=0, host="this machine", since=datetime.now(UTC))
