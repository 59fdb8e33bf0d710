"""The journal of a set of files: what is put where, so that any later process can go on with it."""

import errno
import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pydantic import TypeAdapter, ValidationError

from flows.errors import CannotWriteError

ROOM_SUFFIX = ".part"
_JOURNAL, _UNDO, _NEW, _OLD = "journal", "undo", "new", "old"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One file of the set.

    Attributes:
        path: Below the folder of the set, with ``/``.
        is_put: Whether a new file comes; otherwise the old one goes.
        had_old: Whether there was one before.
    """

    path: str
    is_put: bool
    had_old: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Journal:
    """The steps in order; the last one is the manifest's, where there is one."""

    steps: tuple[Step, ...]
    has_manifest: bool


_JOURNALS = TypeAdapter(Journal)


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The hidden folder beside a set in which it is prepared, and what is in it.

    ``new/N`` is the file of step N, ``old/N`` what it takes the place of. While there is a
    ``journal``, the set is to be completed; while there is an ``undo``, to be taken back; otherwise
    nothing of it was begun.
    """

    folder: Path
    place: Path

    def new(self, number: int) -> Path:
        """The new file of a step."""
        return self.place / _NEW / str(number)

    def old(self, number: int) -> Path:
        """What a step takes the place of."""
        return self.place / _OLD / str(number)

    def target(self, step: Step) -> Path:
        """Where a step's file belongs."""
        return self.folder / step.path

    def make(self) -> None:
        """Make room for files."""
        for name in (_NEW, _OLD):
            (self.place / name).mkdir(exist_ok=True)

    def begin(self, journal: Journal) -> None:
        """From here on the set is completed, whatever happens."""
        for name in (_NEW, _OLD):
            sync_folder(self.place / name)
        draft = self.place / f"{_JOURNAL}{ROOM_SUFFIX}"
        write_synced(draft, _JOURNALS.dump_json(journal))
        draft.replace(self.place / _JOURNAL)
        sync_folder(self.place)

    def turn_back(self) -> None:
        """From here on the set is taken back."""
        (self.place / _JOURNAL).replace(self.place / _UNDO)
        sync_folder(self.place)

    def begun(self) -> Journal | None:
        """What is to be completed."""
        return self._read(_JOURNAL)

    def turned_back(self) -> Journal | None:
        """What is to be taken back."""
        return self._read(_UNDO)

    def is_busy(self) -> bool:
        """Whether something was begun and is neither complete nor taken back."""
        return any((self.place / name).exists() for name in (_JOURNAL, _UNDO))

    def end(self) -> None:
        """Forget the journal: complete, or taken back."""
        for name in (_JOURNAL, _UNDO):
            if (self.place / name).exists():
                (self.place / name).unlink()

    def _read(self, name: str) -> Journal | None:
        path = self.place / name
        try:
            journal = _JOURNALS.validate_json(path.read_bytes())
        except FileNotFoundError:
            return None
        except ValidationError as error:
            raise _damaged(path) from error
        for step in journal.steps:
            if not is_inside(step.path):
                raise _damaged(path)
        return journal


def is_inside(path: str) -> bool:
    """Whether a path that was read from a file stays below the folder it is relative to."""
    pure = PurePosixPath(path)
    return bool(pure.parts) and not pure.is_absolute() and ".." not in pure.parts


def write_synced(path: Path, data: bytes) -> None:
    """Write a file and wait until it is on the disk."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where its file system can be asked."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some network shares answer so for every folder.
        if error.errno not in {errno.EINVAL, errno.EBADF, errno.ENOTSUP}:
            raise
    finally:
        os.close(descriptor)


def _damaged(path: Path) -> CannotWriteError:
    return CannotWriteError(
        str(path), "the record of an interrupted delivery is damaged; remove its folder"
    )
