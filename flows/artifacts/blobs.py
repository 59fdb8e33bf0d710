"""The port of named bytes in one place, and the one that keeps them in a folder."""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import Protocol

from flows.errors import write_failure
from flows.files import write_atomically

_ASIDE = ".gone"

# By so much the age of what is written again, and is the same, may be off: what clears away by age
# counts in days, and a run that finds everything stored writes nothing at all.
_FRESH = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Blob:
    """What a listing tells of bytes.

    Attributes:
        name: With ``/`` between its parts.
        size_bytes: How many there are.
        changed_at: When they were last written, also if by the same.
    """

    name: str
    size_bytes: int
    changed_at: datetime


class Blobs(Protocol):
    """Bytes under names such as ``objects/ab/abcd``; safe for several threads and processes.

    Names are relative, their parts are not empty and do not begin with a dot; ValueError for any
    other. Every method raises a StorageError when the place cannot be used.
    """

    def read(self, name: str) -> bytes:
        """The bytes; KeyError when there are none."""
        ...

    def write(self, name: str, data: bytes) -> None:
        """Put the bytes there in one step: a reader meets the old ones or the new ones, whole.

        Of several writers the last one wins. The blob counts as changed now, give or take an
        hour, also if it held these very bytes.
        """
        ...

    def listed(self, folder: str) -> Iterator[Blob]:
        """All whose names begin with ``folder`` and a slash, in any order."""
        ...

    def remove_older(self, name: str, before: datetime) -> bool:
        """Remove the bytes if they were last written before that; whether they were removed."""
        ...


def parts_of(name: str) -> tuple[str, ...]:
    """The parts of a blob's name; ValueError for one that leads elsewhere."""
    parts = PurePosixPath(name).parts
    if not parts or "/".join(parts) != name or any(part[0] in "./" for part in parts):
        raise ValueError(f"not the name of a blob: {name!r}")
    return parts


class FolderBlobs:
    """Implements `Blobs` as files in a folder, which is made when something is written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, name: str) -> bytes:
        """See `Blobs.read`."""
        try:
            return self._path(name).read_bytes()
        except (FileNotFoundError, NotADirectoryError) as error:
            raise KeyError(name) from error

    def write(self, name: str, data: bytes) -> None:
        """See `Blobs.write`.

        Raises:
            CannotWriteError: full disk or missing permission; nothing half-written stays.
        """
        path = self._path(name)
        while not write_atomically(path, data):
            try:
                # It stood there already; whoever clears away by age must see that it is wanted.
                if _is_older(path, datetime.now(UTC) - _FRESH):
                    os.utime(path)
            except FileNotFoundError:
                continue
            except OSError as error:
                raise write_failure(path, error) from error
            return

    def listed(self, folder: str) -> Iterator[Blob]:
        """See `Blobs.listed`."""
        for where, _, names in os.walk(self._path(folder)):
            for name in names:
                path = Path(where, name)
                if name.startswith("."):
                    continue
                with suppress(FileNotFoundError):
                    found = path.stat()
                    yield Blob(
                        name=path.relative_to(self.folder).as_posix(),
                        size_bytes=found.st_size,
                        changed_at=datetime.fromtimestamp(found.st_mtime, UTC),
                    )

    def remove_older(self, name: str, before: datetime) -> bool:
        """See `Blobs.remove_older`; what is written at the same moment is never removed."""
        path = self._path(name)
        aside = path.with_name(f".{path.name}{_ASIDE}")
        try:
            if not _is_older(path, before):
                return False
            path.rename(aside)
            # Out of sight nobody can write it any more: now its age is certain.
            is_removed = _is_older(aside, before)
            if not is_removed:
                _put_back(aside, path)
            aside.unlink(missing_ok=True)
        except FileNotFoundError:
            return False
        except OSError as error:
            raise write_failure(path, error) from error
        return is_removed

    def _path(self, name: str) -> Path:
        return self.folder.joinpath(*parts_of(name))


def _is_older(path: Path, before: datetime) -> bool:
    return path.stat().st_mtime < before.timestamp()


def _put_back(aside: Path, path: Path) -> None:
    """Under its name again, unless there is a newer one by now."""
    try:
        os.link(aside, path)
    except FileExistsError:
        return
    except OSError:  # a file system without links
        aside.replace(path)
